/* refresh_test.c - pages that move on by themselves. SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "dom/html.h"
#include "unit.h"
#include "visit/http/http.h"

static const char *refresh_of(Arena *arena, const char *content, double *seconds)
{
    Document *document = NULL;
    Error err = {0};
    const char *html = arena_printf(
        arena, "<noscript><meta http-equiv=Refresh content=\"%s\"></noscript>", content);
    Exchange exchange = {.url = "http://shop.example/a/b"};
    const char *url = NULL;
    assert_true(html_parse(arena, str_of(html), "text/html", "http://shop.example/a/b",
                           NULL, &document, &err));
    return refresh_find(arena, document, &exchange, seconds, &url) ? url : NULL;
}

void test_refresh__reads_the_forms_that_browsers_accept(void)
{
    static const struct {
        const char *content;
        double seconds;
        const char *url; /* NULL: none */
    } cases[] = {
        {"0;url=/x", 0, "http://shop.example/x"},
        {"5; URL='c'", 5, "http://shop.example/a/c"},
        {" 3 ; /path", 3, "http://shop.example/path"},
        {"2,url=http://other.example/", 2, "http://other.example/"},
        {"1.9; url = /x", 1, "http://shop.example/x"},
        {"5", 5, "http://shop.example/a/b"},
        {"0; url='/x' trailing", 0, "http://shop.example/x"},
        {"5x; url=/y", 0, NULL},
        {"; url=/y", 0, NULL},
        {"", 0, NULL},
    };

    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double seconds = -1;
        const char *url = refresh_of(arena, cases[i].content, &seconds);
        if (!cases[i].url) {
            assert_null(url);
            continue;
        }
        assert_non_null(url);
        assert_string_equal(url, cases[i].url);
        assert_true(seconds == cases[i].seconds);
    }
    arena_release(arena);
}

void test_refresh__a_header_counts_too(void)
{
    Arena *arena = arena_create();
    Header headers[] = {{"refresh", "0;/next"}};
    Exchange exchange = {
        .url = "http://shop.example/", .headers = headers, .header_count = 1};
    double seconds = -1;
    const char *url = NULL;
    assert_true(refresh_find(arena, NULL, &exchange, &seconds, &url));
    assert_string_equal(url, "http://shop.example/next");
    arena_release(arena);
}
