/* cookies_test.c - who may set a cookie, who gets it back.
 *
 * Tests cookies.c and cookie_parse.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "net/cookie_file.h"
#include "net/cookie_parse.h"
#include "net/cookies.h"
#include "unit.h"

enum { SECOND = 1000000 };

static const int64_t NOW = 1780000000LL * SECOND; /* 2026-05-28 */

typedef struct Fixture {
    Arena *arena;
    CookieJar *jar;
} Fixture;

static Fixture fixture_open(void)
{
    Arena *arena = arena_create();
    return (Fixture){arena, cookie_jar_create(arena)};
}

static bool receive(Fixture *fixture, const char *url, const char *line)
{
    const char *why = NULL;
    bool is_taken = cookie_jar_receive(fixture->jar, url, line, NOW, &why);
    assert_int_equal(why == NULL, is_taken);
    return is_taken;
}

/** The Cookie header for a typed navigation; "" when none. */
static const char *sent(Fixture *fixture, const char *url)
{
    const char *header =
        cookie_jar_header(fixture->jar, fixture->arena, url, NULL, true, "GET", NOW);
    return header ? header : "";
}

void test_cookies__go_back_to_their_host(void)
{
    Fixture fixture = fixture_open();
    assert_true(receive(&fixture, "https://shop.example/", "a=1"));
    assert_string_equal(sent(&fixture, "https://shop.example/x"), "a=1");
    assert_string_equal(sent(&fixture, "https://www.shop.example/x"), "");
    assert_string_equal(sent(&fixture, "https://other.example/x"), "");
    arena_release(fixture.arena);
}

void test_cookies__of_a_domain_go_to_its_hosts(void)
{
    Fixture fixture = fixture_open();
    assert_true(
        receive(&fixture, "https://www.shop.example/", "a=1; Domain=.Shop.Example"));
    assert_string_equal(sent(&fixture, "https://shop.example/"), "a=1");
    assert_string_equal(sent(&fixture, "https://img.shop.example/"), "a=1");
    assert_string_equal(sent(&fixture, "https://myshop.example/"), "");
    arena_release(fixture.arena);
}

void test_cookies__refuses_foreign_domains_and_public_suffixes(void)
{
    Fixture fixture = fixture_open();
    assert_false(receive(&fixture, "https://shop.example/", "a=1; Domain=other.example"));
    assert_false(
        receive(&fixture, "https://shop.example/", "a=1; Domain=www.shop.example"));
    assert_false(receive(&fixture, "https://shop.co.uk/", "a=1; Domain=co.uk"));
    assert_false(receive(&fixture, "https://shop.example/", "a=1; Domain=example"));
    assert_false(receive(&fixture, "http://127.0.0.1/", "a=1; Domain=0.0.1"));
    assert_int_equal(cookie_jar_count(fixture.jar), 0);
    arena_release(fixture.arena);
}

void test_cookies__keep_to_their_path(void)
{
    Fixture fixture = fixture_open();
    assert_true(receive(&fixture, "https://shop.example/a/b", "deep=1"));
    assert_true(receive(&fixture, "https://shop.example/a/b", "root=1; Path=/"));
    assert_true(receive(&fixture, "https://shop.example/a/b", "odd=1; Path=b"));
    assert_string_equal(sent(&fixture, "https://shop.example/a/c"),
                        "deep=1; odd=1; root=1");
    assert_string_equal(sent(&fixture, "https://shop.example/ab"), "root=1");
    arena_release(fixture.arena);
}

void test_cookies__longer_paths_and_older_ones_come_first(void)
{
    Fixture fixture = fixture_open();
    receive(&fixture, "https://shop.example/", "one=1; Path=/");
    receive(&fixture, "https://shop.example/", "two=2; Path=/");
    receive(&fixture, "https://shop.example/", "deep=3; Path=/a");
    receive(&fixture, "https://shop.example/", "one=4; Path=/");
    assert_string_equal(sent(&fixture, "https://shop.example/a"), "deep=3; one=4; two=2");
    arena_release(fixture.arena);
}

void test_cookies__secure_ones_need_tls_or_loopback(void)
{
    Fixture fixture = fixture_open();
    assert_false(receive(&fixture, "http://shop.example/", "a=1; Secure"));
    assert_true(receive(&fixture, "https://shop.example/", "a=1; Secure"));
    assert_string_equal(sent(&fixture, "http://shop.example/"), "");
    assert_true(receive(&fixture, "http://127.0.0.1:8080/", "b=1; Secure"));
    assert_string_equal(sent(&fixture, "http://127.0.0.1:8080/"), "b=1");
    assert_false(receive(&fixture, "http://shop.example/", "a=2"));
    arena_release(fixture.arena);
}

void test_cookies__prefixes_are_kept(void)
{
    static const struct {
        const char *line;
        bool is_taken;
    } cases[] = {
        {"__Host-a=1; Secure; Path=/", true},
        {"__Host-a=1; Secure", false},
        {"__Host-a=1; Secure; Path=/; Domain=shop.example", false},
        {"__host-a=1; Path=/", false},
        {"__Secure-a=1; Secure", true},
        {"__Secure-a=1", false},
        {"=__Host-a=1; Secure; Path=/", false},
    };

    Fixture fixture = fixture_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(receive(&fixture, "https://shop.example/", cases[i].line),
                         cases[i].is_taken);
    arena_release(fixture.arena);
}

static bool goes(Fixture *fixture, const char *name, bool is_navigation, const char *method,
                 int64_t now_us)
{
    const char *header =
        cookie_jar_header(fixture->jar, fixture->arena, "https://shop.example/",
                          "https://other.example/", is_navigation, method, now_us);
    return header && strstr(header, name);
}

void test_cookies__same_site_holds_for_other_sites_requests(void)
{
    Fixture fixture = fixture_open();
    receive(&fixture, "https://shop.example/", "strict=1; SameSite=Strict");
    receive(&fixture, "https://shop.example/", "lax=1; SameSite=Lax");
    receive(&fixture, "https://shop.example/", "none=1; SameSite=None; Secure");
    receive(&fixture, "https://shop.example/", "plain=1");
    assert_false(receive(&fixture, "https://shop.example/", "bad=1; SameSite=None"));
    assert_false(goes(&fixture, "strict", true, "GET", NOW));
    assert_true(goes(&fixture, "lax", true, "GET", NOW));
    assert_false(goes(&fixture, "lax", true, "POST", NOW));
    assert_false(goes(&fixture, "lax", false, "GET", NOW));
    assert_true(goes(&fixture, "none", false, "GET", NOW));
    assert_true(goes(&fixture, "plain", true, "POST", NOW));
    assert_false(goes(&fixture, "plain", true, "POST", NOW + 121LL * SECOND));
    assert_true(strstr(sent(&fixture, "https://shop.example/"), "strict"));
    arena_release(fixture.arena);
}

void test_cookies__http_and_https_are_two_sites(void)
{
    Fixture fixture = fixture_open();
    receive(&fixture, "https://shop.example/", "strict=1; SameSite=Strict");
    assert_null(cookie_jar_header(fixture.jar, fixture.arena, "https://shop.example/",
                                  "http://shop.example/", true, "GET", NOW));
    arena_release(fixture.arena);
}

void test_cookies__expire(void)
{
    Fixture fixture = fixture_open();
    receive(&fixture, "https://shop.example/", "a=1; Max-Age=60");
    receive(&fixture, "https://shop.example/",
            "b=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT");
    receive(&fixture, "https://shop.example/",
            "c=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    assert_string_equal(sent(&fixture, "https://shop.example/"), "a=1; b=1; c=1");
    assert_int_equal(cookie_jar_at(fixture.jar, 1)->expires_us,
                     NOW + 400LL * 86400 * SECOND);
    assert_string_equal(cookie_jar_header(fixture.jar, fixture.arena,
                                          "https://shop.example/", NULL, true, "GET",
                                          NOW + 61LL * SECOND),
                        "b=1");
    receive(&fixture, "https://shop.example/", "b=; Max-Age=0");
    assert_int_equal(cookie_jar_count(fixture.jar), 2);
    arena_release(fixture.arena);
}

void test_cookies__refuses_what_is_malformed(void)
{
    Fixture fixture = fixture_open();
    char large[5000];
    memset(large, 'x', sizeof large);
    memcpy(large, "a=", 2);
    large[sizeof large - 1] = '\0';
    assert_false(receive(&fixture, "https://shop.example/", ""));
    assert_false(receive(&fixture, "https://shop.example/", " = ; Path=/"));
    assert_false(receive(&fixture, "https://shop.example/", "a=1\x01"));
    assert_false(receive(&fixture, "https://shop.example/", large));
    assert_true(receive(&fixture, "https://shop.example/", "nameless"));
    assert_string_equal(sent(&fixture, "https://shop.example/"), "nameless");
    arena_release(fixture.arena);
}

void test_cookies__the_jar_is_bounded(void)
{
    Fixture fixture = fixture_open();
    for (int i = 0; i < 300; i++)
        receive(&fixture, "https://shop.example/",
                arena_printf(fixture.arena, "n%d=1%s", i, i == 0 ? "; Secure" : ""));
    assert_int_equal(cookie_jar_count(fixture.jar), 180);
    assert_string_equal(cookie_jar_at(fixture.jar, 0)->name, "n0");
    for (int i = 0; i < 4000; i++)
        receive(&fixture, arena_printf(fixture.arena, "https://h%d.example/", i), "a=1");
    assert_int_equal(cookie_jar_count(fixture.jar), 3000);
    cookie_jar_clear(fixture.jar);
    assert_int_equal(cookie_jar_count(fixture.jar), 0);
    assert_true(receive(&fixture, "https://shop.example/", "again=1"));
    arena_release(fixture.arena);
}

void test_cookies__dates_are_read_forgivingly(void)
{
    static const struct {
        const char *text;
        int64_t seconds; /* -1: none */
    } cases[] = {
        {"Wed, 09 Jun 2021 10:18:14 GMT", 1623233894},
        {"Wednesday, 09-Jun-21 10:18:14 GMT", 1623233894},
        {"Wed Jun  9 10:18:14 2021", 1623233894},
        {"09 June 2021 10:18:14 +0200", 1623233894},
        {"1-1-1970 0:0:0", -1},
        {"01 Jan 1970 00:00:00", 0},
        {"31 Feb 2021 10:18:14", -1},
        {"09 Jun 2021", -1},
        {"09 Jun 1600 10:18:14", -1},
        {"09 Jun 2021 24:18:14", -1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t wall_us = 0;
        bool is_date = cookie_date_parse(str_of(cases[i].text), &wall_us);
        assert_int_equal(is_date, cases[i].seconds >= 0);
        if (is_date)
            assert_int_equal(wall_us, cases[i].seconds * SECOND);
    }
}

void test_cookies__the_option_takes_pairs(void)
{
    Fixture fixture = fixture_open();
    Error err = {0};
    assert_true(cookie_option_take(fixture.jar, fixture.arena, "a=b; c=d=e",
                                   "https://shop.example/deep/path", NOW, &err));
    assert_string_equal(sent(&fixture, "https://shop.example/"), "a=b; c=d=e");
    arena_release(fixture.arena);
}
