/* url_fuzz.c - any bytes as a URL: first line the base, the rest the input.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "fuzz.h"

static void assert_clean(const char *part)
{
    for (; part && *part != '\0'; part++)
        FUZZ_ASSERT((unsigned char)*part >= 0x20 && (unsigned char)*part < 0x7F);
}

/* What was parsed once must read as itself. */
static void assert_stable(Arena *arena, const Url *url)
{
    Url again;
    FUZZ_ASSERT(url_parse(arena, str_of(url->href), NULL, &again, NULL));
    FUZZ_ASSERT(strcmp(again.href, url->href) == 0);
    FUZZ_ASSERT(strcmp(again.host, url->host) == 0);
    FUZZ_ASSERT(strcmp(again.path, url->path) == 0);
    FUZZ_ASSERT(again.port == url->port);
    assert_clean(url->href);
    if (url_is_http(url)) {
        FUZZ_ASSERT(url->host[0] != '\0');
        FUZZ_ASSERT(url->path[0] == '/');
        FUZZ_ASSERT(url_same_site(url, &again) && url_same_origin(url, &again));
        FUZZ_ASSERT(url_is_loopback(url) == url_is_loopback(&again));
    }
    (void)url_query_value(arena, url, "a");
    (void)url_origin(arena, url);
    (void)url_site(arena, url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str rest = str_from((const char *)data, size);
    Str first = {0};
    Url base;
    Url url;
    Url typed;
    bool has_base = false;

    if (!str_next(&rest, '\n', &first))
        return 0;
    has_base = url_parse(arena, first, NULL, &base, NULL);
    if (has_base)
        assert_stable(arena, &base);
    if (url_parse(arena, rest, has_base ? &base : NULL, &url, NULL))
        assert_stable(arena, &url);
    if (url_from_user(arena, arena_str_text(arena, first), &typed, NULL))
        FUZZ_ASSERT(url_is_http(&typed));
    FUZZ_ASSERT(str_equal(url_decode(arena, str_of(url_encode(arena, first))), first));
    return 0;
}
