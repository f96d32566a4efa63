/* url_site_test.c - promises of base/url: origin, site, loopback, what a user types.
 *
 * SPDX-License-Identifier: MIT */
#include "base/url.h"
#include "unit.h"

static Url parsed(Arena *arena, const char *text)
{
    Url url;
    Error err = {0};
    if (!url_parse(arena, str_of(text), NULL, &url, &err))
        fail_msg("%s", err.what);
    return url;
}

static bool same_site(const char *a, const char *b)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url one = parsed(arena, a);
    Url other = parsed(arena, b);
    return url_same_site(&one, &other);
}

static bool same_origin(const char *a, const char *b)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url one = parsed(arena, a);
    Url other = parsed(arena, b);
    return url_same_origin(&one, &other);
}

static bool loopback(const char *text)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url url = parsed(arena, text);
    return url_is_loopback(&url);
}

void test_url_site__sites_go_by_the_public_suffix_list(void)
{
    assert_true(same_site("http://www.shop.co.uk/", "https://img.shop.co.uk/"));
    assert_false(same_site("http://shop.co.uk/", "http://other.co.uk/"));
    assert_false(same_site("http://a.github.io/", "http://b.github.io/"));
    assert_true(same_site("http://a.example.com/", "http://example.com/"));
    assert_false(same_site("http://co.uk/", "http://shop.co.uk/"));
    assert_true(same_site("http://www.b\xC3\xBC"
                          "cher.de/",
                          "http://xn--bcher-kva.de/"));
}

void test_url_site__addresses_and_localhost_compare_whole(void)
{
    assert_true(same_site("http://127.0.0.1:81/", "http://127.0.0.1/"));
    assert_false(same_site("http://127.0.0.1/", "http://127.0.0.2/"));
    assert_false(same_site("http://1.2.3.4/", "http://5.2.3.4/"));
    assert_true(same_site("http://[::1]/", "http://[::1]:8080/"));
    assert_true(same_site("http://localhost/", "http://localhost:8080/"));
    assert_false(same_site("http://a.localhost/", "http://127.0.0.1/"));
    assert_false(same_site("mailto:a@b", "mailto:a@b"));
}

void test_url_site__names_the_registrable_domain(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url url = parsed(arena, "https://www.shop.co.uk/");
    assert_string_equal(url_site(arena, &url), "shop.co.uk");
    url = parsed(arena, "https://10.0.0.1/");
    assert_string_equal(url_site(arena, &url), "10.0.0.1");
}

void test_url_site__origins_compare_ports_in_force(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url url = parsed(arena, "https://a.example:8443/x?y#z");
    assert_string_equal(url_origin(arena, &url), "https://a.example:8443");
    assert_int_equal(url_port(&url), 8443);
    url = parsed(arena, "http://a.example/");
    assert_string_equal(url_origin(arena, &url), "http://a.example");
    assert_int_equal(url_port(&url), 80);
    url = parsed(arena, "data:,x");
    assert_string_equal(url_origin(arena, &url), "null");
    assert_true(same_origin("http://a:80/x", "http://a/y"));
    assert_false(same_origin("http://a/", "https://a/"));
    assert_false(same_origin("http://a/", "http://a:81/"));
    assert_false(same_origin("data:,x", "data:,x"));
}

void test_url_site__loopback_in_every_spelling(void)
{
    assert_true(loopback("http://127.0.0.1/"));
    assert_true(loopback("http://127.9.9.9/"));
    assert_true(loopback("http://0x7f.1/"));
    assert_true(loopback("http://localhost/"));
    assert_true(loopback("http://LOCALHOST./"));
    assert_true(loopback("http://shop.localhost/"));
    assert_true(loopback("http://[::1]/"));
    assert_true(loopback("http://[0:0:0:0:0:0:0:1]/"));
    assert_false(loopback("http://127.example.com/"));
    assert_false(loopback("http://notlocalhost/"));
    assert_false(loopback("http://localhost.example/"));
    assert_false(loopback("http://[::2]/"));
    assert_false(loopback("http://128.0.0.1/"));
}

static void assert_typed(const char *text, const char *expected)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url url;
    Error err = {0};
    bool is_good = url_from_user(arena, text, &url, &err);
    if (!expected) {
        assert_false(is_good);
        assert_int_equal(err.code, ERROR_INPUT);
        assert_true(err.hint[0] != '\0');
        return;
    }
    if (!is_good)
        fail_msg("%s: %s", text, err.what);
    assert_string_equal(url.href, expected);
}

void test_url_site__users_may_leave_the_scheme_out(void)
{
    assert_typed("shop.example", "https://shop.example/");
    assert_typed(" Shop.Example/a?b ", "https://shop.example/a?b");
    assert_typed("shop.example:8080", "https://shop.example:8080/");
    assert_typed("localhost:8080/x", "http://localhost:8080/x");
    assert_typed("127.0.0.1:8080", "http://127.0.0.1:8080/");
    assert_typed("[::1]:81", "http://[::1]:81/");
    assert_typed("http://shop.example", "http://shop.example/");
    assert_typed("HTTPS://shop.example", "https://shop.example/");
    assert_typed("//shop.example/x", "https://shop.example/x");
    assert_typed("shop.example/?next=http://a/", "https://shop.example/?next=http://a/");
    assert_typed("b\xC3\xBC"
                 "cher.example",
                 "https://xn--bcher-kva.example/");
}

void test_url_site__other_schemes_and_nonsense_are_refused(void)
{
    const char *const wrong[] = {"",
                                 "   ",
                                 "ftp://a/",
                                 "file:///etc/passwd",
                                 "mailto:a@b",
                                 "javascript:alert(1)",
                                 "./x",
                                 "/x/y",
                                 "?x",
                                 "#x",
                                 "http://",
                                 "a b.example",
                                 "gopher://a/",
                                 "about:blank",
                                 "http://a:99999"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_typed(wrong[i], NULL);
}

void test_url_site__fragments_are_cut(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(url_without_fragment(arena, "http://a/b#c#d"), "http://a/b");
    assert_string_equal(url_without_fragment(arena, "http://a/b"), "http://a/b");
}
