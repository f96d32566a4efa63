/* served_test.c - what only scripts bring. SPDX-License-Identifier: MIT */
#include <string.h>

#include "fake.h"
#include "unit.h"
#include "visit/served.h"

static Words *words_open(Arena *arena)
{
    static const char *const FOLDERS[] = {"scenarios/words", NULL};
    Words *words = NULL;
    Error err = {0};
    assert_true(words_load(arena, FOLDERS, &words, &err));
    return words;
}

#define SHELL "<!doctype html><title>Shop</title><div id=app></div>"
#define DRAWN                                                                              \
    "<!doctype html><title>Lamp</title><header><nav><a href=/a>Lamps</a><a href=/b>"       \
    "Tables</a><a href=/c>Chairs</a></nav><a href=/cart>Cart</a></header><h1>Lamp</h1>"    \
    "<p>42.00 EUR</p><form method=post action=/cart/add><button>Add to cart</button>"      \
    "</form>"

void test_served__a_shell_that_scripts_fill_lacks_everything(void)
{
    Arena *arena = arena_create();
    Words *words = words_open(arena);
    Served sent;
    Served seen;
    int count = 0;
    int looked = 0;
    const char *url = "http://shop.test/lamp";
    served_read(words, fake_document(arena, url, SHELL), PAGE_PRODUCT, &sent);
    served_read(words, fake_document(arena, url, DRAWN), PAGE_PRODUCT, &seen);
    const char *missing = served_missing(arena, &sent, &seen, &count, &looked);
    assert_string_equal(missing, "menu, cart link, price, buy button, heading");
    assert_int_equal(count, 5);
    assert_int_equal(looked, 5);
    arena_release(arena);
}

void test_served__a_page_sent_whole_lacks_nothing(void)
{
    Arena *arena = arena_create();
    Words *words = words_open(arena);
    Served both;
    int count = 0;
    int looked = 0;
    served_read(words, fake_document(arena, "http://shop.test/lamp", DRAWN), PAGE_PRODUCT,
                &both);
    assert_string_equal(served_missing(arena, &both, &both, &count, &looked), "");
    assert_int_equal(count, 0);
    arena_release(arena);
}

void test_served__the_two_views_of_a_page_become_observations(void)
{
    Arena *arena = arena_create();
    Visit *visit = visit_create(arena);
    Exchange *exchange = visit_add_exchange(visit);
    exchange->url = "http://shop.test/lamp";
    exchange->body = STR(SHELL);
    exchange->has_body = true;
    Page *page = visit_add_page(visit);
    page->document = 0;
    page->kind = PAGE_PRODUCT;
    page->dom = STR(DRAWN);
    int count = 0;
    const Document *shown = fake_document(arena, exchange->url, DRAWN);
    assert_non_null(served_compare(visit, page, shown, words_open(arena), &count));
    assert_int_equal(count, 5);
    assert_true(observation_first(&page->observations, "scripts-only.price")->value == 1);
    assert_null(observation_first(&page->observations, "scripts-only.search"));
    arena_release(arena);
}

void test_served__without_the_html_nothing_is_said(void)
{
    Arena *arena = arena_create();
    Visit *visit = visit_create(arena);
    Page *page = visit_add_page(visit);
    int count = 0;
    const Document *shown = fake_document(arena, "http://shop.test/", DRAWN);
    assert_null(served_compare(visit, page, shown, words_open(arena), &count));
    arena_release(arena);
}
