/* cache.c - see cache.h. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/http/cache.h"

#include <string.h>

#include "net/cookie_parse.h"

enum { TABLE_SIZE = 1024, GUESS_MAX_S = 86400, AGE_MAX_S = 400 * 86400 };

typedef struct Bucket {
    CacheEntry *items;
    size_t count, capacity;
} Bucket;

struct HttpCache {
    Arena *arena;
    Bucket buckets[TABLE_SIZE];
};

HttpCache *cache_create(Arena *arena)
{
    HttpCache *cache = ARENA_NEW(arena, HttpCache);
    cache->arena = arena;
    return cache;
}

/** What Cache-Control and its elders say. */
typedef struct CacheWords {
    bool no_store, no_cache, has_age;
    long long age_s;
} CacheWords;

static void directive_take(Str directive, CacheWords *words)
{
    size_t equals = str_find_byte(directive, '=', 0);
    Str name = str_trim(str_slice(directive, 0, equals));
    if (str_equal_nocase(name, STR("no-store")))
        words->no_store = true;
    if (str_equal_nocase(name, STR("no-cache")))
        words->no_cache = true;
    if (!str_equal_nocase(name, STR("max-age")) || equals == SIZE_MAX)
        return;
    Str value = str_trim(str_slice(directive, equals + 1, directive.length));
    if (value.length >= 2 && value.data[0] == '"')
        value = str_slice(value, 1, value.length - 2);
    if (str_to_int(value, &words->age_s))
        words->has_age = true;
    else
        words->no_cache = true; /* unreadable: stale (RFC 9111, 4.2.1) */
}

static CacheWords words_read(const Exchange *exchange)
{
    CacheWords words = {0};
    const char *line;
    for (int i = 0; (line = exchange_header_at(exchange, "Cache-Control", i)); i++) {
        Str rest = str_of(line);
        Str directive;
        while (str_next(&rest, ',', &directive))
            directive_take(str_trim(directive), &words);
    }
    const char *pragma = exchange_header(exchange, "Pragma");
    if (pragma && !exchange_header(exchange, "Cache-Control") &&
        str_contains_nocase(str_of(pragma), STR("no-cache")))
        words.no_cache = true;
    const char *vary = exchange_header(exchange, "Vary");
    if (vary && strchr(vary, '*'))
        words.no_cache = true;
    return words;
}

static bool date_of(const Exchange *exchange, const char *name, int64_t *wall_us)
{
    const char *text = exchange_header(exchange, name);
    return text && cookie_date_parse(str_of(text), wall_us);
}

/** How long the answer is fresh, in s; is_explicit: the server said so. */
static int64_t lifetime_s(const Exchange *exchange, const CacheWords *words, int64_t now_us,
                          bool *is_explicit)
{
    *is_explicit = true;
    int64_t date_us = now_us;
    date_of(exchange, "Date", &date_us);
    if (words->no_cache)
        return 0;
    if (words->has_age)
        return words->age_s < AGE_MAX_S ? words->age_s : AGE_MAX_S;
    int64_t expires_us = 0;
    if (exchange_header(exchange, "Expires")) {
        int64_t left_us =
            date_of(exchange, "Expires", &expires_us) ? expires_us - date_us : 0;
        return left_us / 1000000 < AGE_MAX_S ? left_us / 1000000 : AGE_MAX_S;
    }
    *is_explicit = false;
    int64_t modified_us = 0;
    if (!date_of(exchange, "Last-Modified", &modified_us) || modified_us > date_us)
        return 0;
    int64_t guess_s = (date_us - modified_us) / 10000000; /* a tenth, as browsers guess */
    return guess_s < GUESS_MAX_S ? guess_s : GUESS_MAX_S;
}

static void entry_age(CacheEntry *entry, const Exchange *answer, int64_t now_us)
{
    CacheWords words = words_read(answer);
    long long age_s = 0;
    const char *age = exchange_header(answer, "Age");
    if (age &&
        (!str_to_int(str_trim(str_of(age)), &age_s) || age_s < 0 || age_s > AGE_MAX_S))
        age_s = 0;
    int64_t left_s = lifetime_s(answer, &words, now_us, &entry->is_explicit) - age_s;
    entry->fresh_until_us = now_us + left_s * 1000000;
}

static Bucket *bucket_of(HttpCache *cache, unsigned long long hash)
{
    return &cache->buckets[hash % TABLE_SIZE];
}

CacheEntry *cache_find(HttpCache *cache, const char *url)
{
    unsigned long long hash = str_hash(str_of(url));
    Bucket *bucket = bucket_of(cache, hash);
    for (size_t i = 0; i < bucket->count; i++)
        if (bucket->items[i].hash == hash && strcmp(bucket->items[i].url, url) == 0)
            return bucket->items[i].exchange ? &bucket->items[i] : NULL;
    return NULL;
}

static CacheEntry *entry_make(HttpCache *cache, const char *url)
{
    unsigned long long hash = str_hash(str_of(url));
    Bucket *bucket = bucket_of(cache, hash);
    for (size_t i = 0; i < bucket->count; i++)
        if (bucket->items[i].hash == hash && strcmp(bucket->items[i].url, url) == 0)
            return &bucket->items[i];
    CacheEntry entry = {.url = url, .hash = hash};
    ARENA_PUSH(cache->arena, bucket->items, bucket->count, bucket->capacity, entry);
    return &bucket->items[bucket->count - 1];
}

void cache_store(HttpCache *cache, const Exchange *exchange, int64_t now_us)
{
    if (strcmp(exchange->method, "GET") != 0 || exchange->is_from_cache ||
        exchange->status != 200 || exchange->error)
        return;
    CacheWords words = words_read(exchange);
    if (words.no_store && !cache_find(cache, exchange->url))
        return;
    CacheEntry *entry = entry_make(cache, exchange->url);
    entry->exchange = words.no_store ? NULL : exchange;
    entry->etag = exchange_header(exchange, "ETag");
    entry->last_modified = exchange_header(exchange, "Last-Modified");
    entry_age(entry, exchange, now_us);
}

bool cache_is_fresh(const CacheEntry *entry, int64_t now_us)
{
    return now_us < entry->fresh_until_us;
}

static void entry_confirm(CacheEntry *entry, Exchange *answer, int64_t now_us)
{
    const Exchange *kept = entry->exchange;
    /* A 304 that says nothing about freshness leaves the old rule in force. */
    bool says =
        exchange_header(answer, "Cache-Control") || exchange_header(answer, "Expires");
    entry_age(entry, says ? answer : kept, now_us);
    answer->status = kept->status;
    answer->headers = kept->headers;
    answer->header_count = kept->header_count;
    answer->mime = kept->mime;
    answer->body = kept->body;
    answer->has_body = kept->has_body;
    answer->body_bytes = kept->body_bytes;
    answer->image_width = kept->image_width;
    answer->image_height = kept->image_height;
}

void cache_settle(HttpCache *cache, CacheEntry *entry, Exchange *answer, int64_t now_us)
{
    if (entry && answer->status == 304)
        entry_confirm(entry, answer, now_us);
    else
        cache_store(cache, answer, now_us);
}

void cache_answer(const CacheEntry *entry, Exchange *exchange, int64_t now_us)
{
    const Exchange *kept = entry->exchange;
    int page = exchange->page;
    ResourceType type = exchange->type;
    bool is_blocking = exchange->is_render_blocking;
    *exchange = *kept;
    exchange->page = page;
    exchange->type = type;
    exchange->is_render_blocking = is_blocking;
    exchange->is_from_cache = true;
    exchange->is_connection_reused = false;
    exchange->transfer_bytes = 0;
    exchange->started_us = now_us;
    exchange->duration_us = 0;
    exchange->timings = (Timings){.dns_us = -1, .connect_us = -1, .ssl_us = -1};
}
