/* address_test.c - one form, shapes and traps of addresses. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "crawl/address.h"
#include "unit.h"

static Url parsed(Arena *arena, const char *text)
{
    Url url;
    assert_true(url_parse(arena, str_of(text), NULL, &url, NULL));
    return url;
}

static const char *normal(Arena *arena, const char *text)
{
    Url url = parsed(arena, text);
    return address_normal(arena, &url);
}

static const char *shape(Arena *arena, const char *text)
{
    Url url = parsed(arena, text);
    return address_shape(arena, &url);
}

static const char *trap(Arena *arena, const char *text)
{
    Url url = parsed(arena, text);
    return address_trap(&url);
}

void test_address__drops_what_names_no_page(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(normal(arena, "HTTP://Shop.Example:80/a/../b?utm_source=x&c=1#top"),
                        "http://shop.example/b?c=1");
    assert_string_equal(normal(arena, "https://u:p@shop.example/?fbclid=1"),
                        "https://shop.example/");
    assert_string_equal(normal(arena, "https://shop.example/x;jsessionid=12?PHPSESSID=3"),
                        "https://shop.example/x");
    assert_string_equal(normal(arena, "https://shop.example/?a=&b"),
                        "https://shop.example/?a=&b");
    assert_null(normal(arena, "mailto:a@example.com"));
}

void test_address__writes_percent_codes_in_one_way(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(normal(arena, "https://shop.example/%7ea%c3%a9%2f"),
                        "https://shop.example/~a%C3%A9%2F");
}

void test_address__gives_pages_of_one_template_one_shape(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(shape(arena, "https://s.example/product/vase-bleu-12"),
                        shape(arena, "https://s.example/product/lamp"));
    assert_string_equal(shape(arena, "https://s.example/product/lamp"), "/product/{s}");
    assert_string_equal(shape(arena, "https://s.example/p/12.html"), "/p/{n}.html");
    assert_string_equal(shape(arena, "https://s.example/cart"), "/cart");
    assert_string_equal(shape(arena, "https://s.example/"), "/");
    assert_string_equal(shape(arena, "https://s.example/c/lamps?color=red&size=2"),
                        "/c/{s}?color&size");
    assert_string_equal(
        shape(arena, "https://s.example/index.php?route=product/product&product_id=43"),
        "/index.php?route=product/product&product_id");
}

static bool knows(void *context, const char *url)
{
    return strcmp(context, url) == 0;
}

static AddressQuery query(Arena *arena, const char *text, char *known)
{
    Url url = parsed(arena, text);
    AddressQuery found;
    address_query(arena, &url, known ? knows : NULL, known, &found);
    return found;
}

void test_address__sees_the_facets_of_a_list(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AddressQuery one =
        query(arena, "https://s.example/c/lamps?color=red&size=2&page=3", NULL);
    AddressQuery two =
        query(arena, "https://s.example/c/lamps?size=9&color=x&page=1", NULL);
    AddressQuery page = query(arena, "https://s.example/c/lamps?page=2", NULL);
    assert_int_equal(one.facets, 2);
    assert_true(one.is_paged);
    assert_true(one.list == two.list);
    assert_string_equal(one.base, "https://s.example/c/lamps");
    assert_int_equal(page.facets, 0);
    assert_true(page.is_paged);
    assert_true(page.list != one.list);
}

void test_address__takes_a_parameter_for_a_facet_when_the_page_stands_without_it(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    char known[] = "https://s.example/index.php?route=product/category&path=20";
    AddressQuery list = query(arena, known, known);
    AddressQuery watts =
        query(arena, "https://s.example/index.php?route=product/category&path=20&watts=40",
              known);
    assert_int_equal(list.facets, 0);
    assert_int_equal(watts.facets, 1);
    assert_string_equal(watts.base, known);
}

void test_address__knows_endless_paths(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(trap(arena, "https://s.example/a/b/a/b/a/b/"), "repeats");
    assert_string_equal(trap(arena,
                             "https://s.example/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16"
                             "/17/18/19/20/21"),
                        "deep");
    assert_null(trap(arena, "https://s.example/fr/lamps/fr/x"));
    assert_string_equal(trap(arena, "https://s.example/?a&b&c&d&e&f&g&h&i&j&k&l&m&n"),
                        "parameters");
}

void test_address__takes_www_and_the_scheme_for_one_shop(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url a = parsed(arena, "https://www.shop.example/"),
        b = parsed(arena, "http://shop.example/x");
    Url c = parsed(arena, "https://blog.shop.example/"),
        d = parsed(arena, "http://shop.example:81/");
    assert_true(address_same_shop(&a, &b));
    assert_false(address_same_shop(&a, &c));
    assert_false(address_same_shop(&b, &d));
}
