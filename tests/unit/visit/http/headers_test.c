/* headers_test.c - what a request says about its visitor. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "unit.h"
#include "visit/http/http.h"

static const Persona PHONE = {
    .is_phone = true,
    .user_agent = "Mozilla/5.0 (Linux; Android 10; K) Chrome/156.0.0.0 Mobile",
    .platform = "Android",
    .brands = "\"Chromium\";v=\"156\", \"Not-A.Brand\";v=\"24\"",
    .accept_language = "fr-FR,fr;q=0.9"};

/** All header lines of a wish, as text. */
static const char *lines_of(Arena *arena, const HeaderWish *wish)
{
    HttpVisitor visitor = {.arena = arena, .user_agent = PHONE.user_agent};
    visitor.base.persona = &PHONE;
    Header *headers = NULL;
    int count = http_headers(&visitor, wish, &headers);
    const char *text = "";
    for (int i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s: %s\n", text, headers[i].name, headers[i].value);
    return text;
}

void test_headers__of_a_typed_navigation(void)
{
    Arena *arena = arena_create();
    HeaderWish wish = {.url = "https://shop.example/", .method = "GET"};
    wish.is_navigation = wish.is_user = true;
    assert_string_equal(
        lines_of(arena, &wish),
        "sec-ch-ua: \"Chromium\";v=\"156\", \"Not-A.Brand\";v=\"24\"\n"
        "sec-ch-ua-mobile: ?1\n"
        "sec-ch-ua-platform: \"Android\"\n"
        "Upgrade-Insecure-Requests: 1\n"
        "User-Agent: Mozilla/5.0 (Linux; Android 10; K) Chrome/156.0.0.0 Mobile\n"
        "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
        "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7\n"
        "Sec-Fetch-Site: none\n"
        "Sec-Fetch-Mode: navigate\n"
        "Sec-Fetch-User: ?1\n"
        "Sec-Fetch-Dest: document\n"
        "Accept-Language: fr-FR,fr;q=0.9\n");
    arena_release(arena);
}

void test_headers__of_a_form_sent(void)
{
    Arena *arena = arena_create();
    HeaderWish wish = {.url = "https://shop.example/cart", .method = "POST"};
    wish.content_type = "application/x-www-form-urlencoded";
    wish.initiator = "https://shop.example/p?x=1#top";
    wish.is_navigation = wish.is_user = true;
    const char *lines = lines_of(arena, &wish);
    assert_non_null(strstr(lines, "Cache-Control: max-age=0\n"));
    assert_non_null(strstr(lines, "Origin: https://shop.example\n"));
    assert_non_null(strstr(lines, "Content-Type: application/x-www-form-urlencoded\n"));
    assert_non_null(strstr(lines, "Referer: https://shop.example/p?x=1\n"));
    assert_non_null(strstr(lines, "Sec-Fetch-Site: same-origin\n"));
    arena_release(arena);
}

void test_headers__plain_http_gets_no_hints(void)
{
    Arena *arena = arena_create();
    HeaderWish wish = {.url = "http://shop.example/", .method = "GET"};
    wish.is_navigation = true;
    const char *lines = lines_of(arena, &wish);
    assert_null(strstr(lines, "sec-ch-ua"));
    assert_null(strstr(lines, "Sec-Fetch"));
    wish.url = "http://127.0.0.1:8080/";
    assert_non_null(strstr(lines_of(arena, &wish), "sec-ch-ua"));
    arena_release(arena);
}

void test_headers__of_a_font_from_elsewhere(void)
{
    Arena *arena = arena_create();
    HeaderWish wish = {.url = "https://fonts.example/f.woff2", .method = "GET"};
    wish.type = RESOURCE_FONT;
    wish.is_cors = true;
    wish.initiator = "https://cdn.example/a.css";
    wish.origin_of = "https://shop.example/p";
    const char *lines = lines_of(arena, &wish);
    assert_non_null(strstr(lines, "Origin: https://shop.example\n"));
    assert_non_null(strstr(lines, "Accept: */*\n"));
    assert_non_null(strstr(lines, "Sec-Fetch-Site: cross-site\n"));
    assert_non_null(strstr(lines, "Sec-Fetch-Mode: cors\n"));
    assert_non_null(strstr(lines, "Sec-Fetch-Dest: font\n"));
    assert_non_null(strstr(lines, "Referer: https://cdn.example/\n"));
    arena_release(arena);
}

void test_headers__referrer_follows_its_policy(void)
{
    static const struct {
        ReferrerPolicy policy;
        const char *to, *referrer;
    } cases[] = {
        {REFERRER_DEFAULT, "https://shop.example/b", "https://shop.example/a?q=1"},
        {REFERRER_DEFAULT, "https://other.example/", "https://shop.example/"},
        {REFERRER_DEFAULT, "http://other.example/", NULL},
        {REFERRER_NONE, "https://shop.example/b", NULL},
        {REFERRER_NONE_DOWN, "https://other.example/", "https://shop.example/a?q=1"},
        {REFERRER_NONE_DOWN, "http://shop.example/", NULL},
        {REFERRER_ORIGIN, "https://shop.example/b", "https://shop.example/"},
        {REFERRER_ORIGIN_CROSS, "http://other.example/", "https://shop.example/"},
        {REFERRER_SAME_ORIGIN, "https://shop.example/b", "https://shop.example/a?q=1"},
        {REFERRER_SAME_ORIGIN, "https://www.shop.example/b", NULL},
        {REFERRER_STRICT_ORIGIN, "http://shop.example/b", NULL},
        {REFERRER_UNSAFE, "http://other.example/", "https://shop.example/a?q=1"},
    };

    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *referrer = http_referrer(
            arena, cases[i].policy, "https://me:pw@shop.example/a?q=1#f", cases[i].to);
        if (cases[i].referrer)
            assert_string_equal(referrer, cases[i].referrer);
        else
            assert_null(referrer);
    }
    assert_int_equal(referrer_policy_of("no-referrer, bogus, ORIGIN"), REFERRER_ORIGIN);
    assert_int_equal(referrer_policy_of("bogus"), REFERRER_DEFAULT);
    arena_release(arena);
}
