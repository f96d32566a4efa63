/* carried_test.c - parameters that all addresses of a shop carry. SPDX-License-Identifier:
 * MIT */
#include "dom/html.h"
#include "unit.h"
#include "words/carried.h"

static Document *parsed(Arena *arena, const char *html)
{
    Document *document = NULL;
    Error err = {0};
    assert_true(html_parse(arena, str_of(html), "text/html; charset=utf-8",
                           "http://shop.example/", NULL, &document, &err));
    return document;
}

static Url address(Arena *arena, const char *text)
{
    Url url;
    assert_true(url_parse(arena, str_of(text), NULL, &url, NULL));
    return url;
}

void test_carried__a_language_in_every_address_chooses_nothing(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = parsed(arena, "<a href='/a?language=en'>a</a>"
                                       "<a href='/b?language=en&amp;p=1'>b</a>"
                                       "<a href='/c'>c</a><a href='http://x.test/'>x</a>");
    unsigned carried = carried_read(document);
    Url one = address(arena, "http://shop.example/b?language=en&p=1");
    Url two = address(arena, "http://shop.example/b?currency=EUR&language=en");
    assert_false(carried_chooses(carried, &one));
    assert_true(carried_chooses(carried, &two));
    assert_string_equal(carried_strip(arena, carried, NULL, &one), "/b?p=1");
}

void test_carried__a_switch_of_language_chooses(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = parsed(
        arena, "<a href='/?lang=fr'>Français</a><a href='/a'>a</a><a href='/b'>b</a>");
    unsigned carried = carried_read(document);
    Url one = address(arena, "http://shop.example/?lang=fr");
    assert_int_equal(carried, 0);
    assert_true(carried_chooses(carried, &one));
    assert_string_equal(carried_strip(arena, carried, NULL, &one), "/?lang=fr");
}
