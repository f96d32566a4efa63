/* robots_test.c - RFC 9309 by examples. SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "crawl/robots.h"
#include "unit.h"

static Robots *parse(Arena *arena, const char *text)
{
    return robots_parse(arena, str_of(text));
}

void test_robots__lets_the_longest_pattern_win(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Robots *robots = parse(arena, "User-agent: *\nDisallow: /shop\nAllow: /shop/lamps\n");
    assert_false(robots_allows(robots, "/shop/cart"));
    assert_true(robots_allows(robots, "/shop/lamps/1"));
    assert_true(robots_allows(robots, "/"));
}

void test_robots__knows_stars_and_end_marks(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Robots *robots = parse(arena, "User-agent: *\nDisallow: /*?sort=\nDisallow: /*.pdf$\n");
    assert_false(robots_allows(robots, "/list?sort=price"));
    assert_false(robots_allows(robots, "/a/b.pdf"));
    assert_true(robots_allows(robots, "/a/b.pdf?x=1"));
}

void test_robots__prefers_a_group_of_our_name(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Robots *robots = parse(arena, "User-agent: *\nDisallow: /\n\nUser-agent: bot\n"
                                  "User-agent: Mystery\nDisallow: /private\n"
                                  "Crawl-delay: 2.5\n");
    assert_true(robots_allows(robots, "/x"));
    assert_false(robots_allows(robots, "/private/x"));
    assert_int_equal(robots_delay_us(robots), 2500000);
}

void test_robots__survives_what_is_no_robots_file(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Robots *robots = parse(arena, "<html>Disallow: /</html>\nDisallow: /\nCrawl-delay: -1");
    assert_true(robots_allows(robots, "/x"));
    assert_int_equal(robots_delay_us(robots), 0);
    robots = parse(arena, "User-agent: *\r\nDisallow: /a*a*a*a*a*a*a*a*a*b\r\n");
    assert_true(
        robots_allows(robots, "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    robots = parse(arena, "User-agent: *\nDisallow:\n");
    assert_true(robots_allows(robots, "/x"));
}

void test_robots__names_the_sitemaps_of_any_group(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Robots *robots = parse(arena, "Sitemap: https://s.example/a.xml\nUser-agent: x\n"
                                  "SITEMAP: /b.xml\n");
    assert_string_equal(robots_sitemaps(robots)[0], "https://s.example/a.xml");
    assert_string_equal(robots_sitemaps(robots)[1], "/b.xml");
    assert_null(robots_sitemaps(robots)[2]);
}
