/* cache_test.c - what may be used again, and how long. SPDX-License-Identifier: MIT */
#include "unit.h"
#include "visit/http/cache.h"

enum { SECOND = 1000000 };

static const int64_t NOW = 1780000000LL * SECOND; /* Thu, 28 May 2026 20:26:40 GMT */

typedef struct Fixture {
    Arena *arena;
    HttpCache *cache;
} Fixture;

static Fixture fixture_open(void)
{
    Arena *arena = arena_create();
    return (Fixture){arena, cache_create(arena)};
}

static void store(Fixture *fixture, const char *name, const char *value)
{
    Exchange *exchange = ARENA_NEW(fixture->arena, Exchange);
    exchange->method = "GET";
    exchange->url = "http://shop.example/a.css";
    exchange->status = 200;
    exchange->mime = "text/css";
    exchange->body = STR("body{}");
    exchange->headers = ARENA_ARRAY(fixture->arena, 2, Header);
    exchange->headers[0] = (Header){"ETag", "\"1\""};
    exchange->headers[1] = (Header){name, value};
    exchange->header_count = 2;
    cache_store(fixture->cache, exchange, NOW);
}

/** Seconds that an answer with this header is fresh; -1: not kept. */
static long long fresh_s(const char *name, const char *value)
{
    Fixture fixture = fixture_open();
    store(&fixture, name, value);
    const CacheEntry *entry = cache_find(fixture.cache, "http://shop.example/a.css");
    long long seconds = entry ? (entry->fresh_until_us - NOW) / SECOND : -1;
    arena_release(fixture.arena);
    return seconds;
}

void test_cache__reads_how_long_an_answer_is_fresh(void)
{
    assert_int_equal(fresh_s("Cache-Control", "public, max-age=600"), 600);
    assert_int_equal(fresh_s("cache-control", "MAX-AGE=\"60\""), 60);
    assert_int_equal(fresh_s("Cache-Control", "no-cache"), 0);
    assert_int_equal(fresh_s("Cache-Control", "no-store"), -1);
    assert_int_equal(fresh_s("Cache-Control", "max-age=soon"), 0);
    assert_int_equal(fresh_s("Expires", "Thu, 28 May 2026 20:27:40 GMT"), 60);
    assert_int_equal(fresh_s("Expires", "0"), 0);
    assert_int_equal(fresh_s("Vary", "*"), 0);
    assert_int_equal(fresh_s("Last-Modified", "Thu, 28 May 2026 20:10:00 GMT"), 100);
    assert_int_equal(fresh_s("X-Other", "1"), 0);
}

void test_cache__answers_without_time_and_bytes(void)
{
    Fixture fixture = fixture_open();
    store(&fixture, "Cache-Control", "max-age=600");
    const CacheEntry *entry = cache_find(fixture.cache, "http://shop.example/a.css");
    assert_non_null(entry);
    assert_true(cache_is_fresh(entry, NOW + 599LL * SECOND));
    assert_false(cache_is_fresh(entry, NOW + 601LL * SECOND));
    Exchange exchange = {.page = 3, .type = RESOURCE_STYLE};
    cache_answer(entry, &exchange, NOW);
    assert_true(exchange.is_from_cache);
    assert_int_equal(exchange.page, 3);
    assert_int_equal(exchange.status, 200);
    assert_int_equal(exchange.transfer_bytes, 0);
    assert_int_equal(exchange.duration_us, 0);
    assert_true(str_equal_text(exchange.body, "body{}"));
    arena_release(fixture.arena);
}

void test_cache__a_304_becomes_the_kept_answer(void)
{
    Fixture fixture = fixture_open();
    store(&fixture, "Cache-Control", "max-age=0");
    CacheEntry *entry = cache_find(fixture.cache, "http://shop.example/a.css");
    assert_string_equal(entry->etag, "\"1\"");
    Header headers[] = {{"Cache-Control", "max-age=90"}};
    Exchange answer = {.method = "GET",
                       .url = "http://shop.example/a.css",
                       .status = 304,
                       .transfer_bytes = 120,
                       .headers = headers,
                       .header_count = 1,
                       .mime = ""};
    cache_settle(fixture.cache, entry, &answer, NOW);
    assert_int_equal(answer.status, 200);
    assert_string_equal(answer.mime, "text/css");
    assert_int_equal(answer.transfer_bytes, 120);
    assert_false(answer.is_from_cache);
    assert_true(cache_is_fresh(entry, NOW + 89LL * SECOND));
    arena_release(fixture.arena);
}

void test_cache__keeps_only_whole_answers_to_get(void)
{
    Fixture fixture = fixture_open();
    Exchange exchange = {.method = "POST", .url = "http://shop.example/a", .status = 200};
    cache_store(fixture.cache, &exchange, NOW);
    exchange.method = "GET";
    exchange.status = 404;
    cache_store(fixture.cache, &exchange, NOW);
    exchange.status = 200;
    exchange.error = "cut";
    cache_store(fixture.cache, &exchange, NOW);
    assert_null(cache_find(fixture.cache, "http://shop.example/a"));
    arena_release(fixture.arena);
}
