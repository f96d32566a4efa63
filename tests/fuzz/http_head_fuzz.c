/* http_head_fuzz.c - any bytes as the head of an answer: headers, cookies, HSTS, caching,
 * redirect and refresh.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "net/session.h"
#include "visit/http/http.h"

static const int64_t NOW = 1780000000LL * 1000000;

/** Hand the bytes over line by line, as libcurl does; false when the head was refused. */
static bool head_feed(Transfer *transfer, Str bytes)
{
    while (bytes.length > 0) {
        size_t end = str_find_byte(bytes, '\n', 0);
        size_t length = end == SIZE_MAX ? bytes.length : end + 1;
        char *line = arena_str_text(transfer->arena, str_slice(bytes, 0, length));
        if (net_on_header(line, 1, length, transfer) != length)
            return false;
        bytes = str_slice(bytes, length, bytes.length);
    }
    return net_on_header((char[]){"\r\n"}, 1, 2, transfer) == 2;
}

static void cookies_try(Arena *arena, const Exchange *exchange)
{
    CookieJar *jar = cookie_jar_create(arena);
    const char *line;
    for (int i = 0; (line = exchange_header_at(exchange, "Set-Cookie", i)); i++) {
        const char *why = NULL;
        bool is_taken = cookie_jar_receive(jar, exchange->url, line, NOW, &why);
        FUZZ_ASSERT(is_taken == (why == NULL));
    }
    FUZZ_ASSERT(cookie_jar_count(jar) <= 180);
    const char *header =
        cookie_jar_header(jar, arena, exchange->url, NULL, true, "GET", NOW);
    for (; header && *header; header++)
        FUZZ_ASSERT((unsigned char)*header >= 0x20 || *header == '\t');
}

static void follow_try(Arena *arena, const Exchange *exchange)
{
    double seconds = 0;
    const char *url = NULL;
    if (refresh_find(arena, NULL, exchange, &seconds, &url))
        FUZZ_ASSERT(url && seconds >= 0);
    const char *target = http_redirect_target(arena, exchange);
    FUZZ_ASSERT(!target || strchr(target, ':'));
    (void)referrer_policy_of(exchange_header(exchange, "Referrer-Policy"));
    HttpCache *cache = cache_create(arena);
    cache_store(cache, exchange, NOW);
    const CacheEntry *entry = cache_find(cache, exchange->url);
    FUZZ_ASSERT(!entry || entry->fresh_until_us <= NOW + 401LL * 86400 * 1000000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Clock clock;
    clock_init_fixed(&clock, NOW, 1);
    Net net = {.arena = arena, .clock = &clock};
    NetHost host = {.origin = "http://shop.example"};
    Exchange exchange = {
        .method = "GET", .url = "https://www.shop.example/a/b", .mime = ""};
    Transfer transfer = {.net = &net, .host = &host, .exchange = &exchange, .arena = arena};
    if (head_feed(&transfer, str_from((const char *)data, size)))
        FUZZ_ASSERT(exchange.header_count <= NET_HEADER_LINES_MAX);
    static const int statuses[] = {200, 302};
    for (size_t i = 0; i < 2; i++) {
        exchange.status = statuses[i];
        follow_try(arena, &exchange);
    }
    cookies_try(arena, &exchange);
    const char *line = exchange_header(&exchange, "Strict-Transport-Security");
    if (line)
        net_hsts_receive(&net, exchange.url, line);
    (void)net_is_hsts(&net, "http://shop.example/");
    return 0;
}
