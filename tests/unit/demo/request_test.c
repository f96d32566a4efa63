/* request_test.c - requests taken apart, hostile ones too. SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/request.h"
#include "unit.h"

static const char *path_of(Arena *arena, const char *target)
{
    Request request = {.arena = arena};
    request_target(&request, target);
    return request.path;
}

void test_request__decodes_a_query_once(void)
{
    Arena *arena = arena_create();
    Request request = {.arena = arena};
    request_target(&request, "/fr/recherche?q=th%C3%A9i%C3%A8re+verte&x=%2541&empty&=y");
    assert_string_equal(request.path, "/fr/recherche");
    assert_string_equal(request_query(&request, "q"), "théière verte");
    assert_string_equal(request_query(&request, "x"), "%41");
    assert_string_equal(request_query(&request, "empty"), "");
    assert_string_equal(request_query(&request, "none"), "");
    arena_release(arena);
}

void test_request__repairs_what_is_no_text(void)
{
    Arena *arena = arena_create();
    Request request = {.arena = arena};
    request_target(&request, "/?q=%FF%00a%07b%zz%");
    assert_string_equal(request_query(&request, "q"), "\xEF\xBF\xBD"
                                                      "ab%zz%");
    arena_release(arena);
}

void test_request__a_path_always_begins_with_a_slash(void)
{
    Arena *arena = arena_create();
    assert_string_equal(path_of(arena, ""), "/");
    assert_string_equal(path_of(arena, "*"), "/");
    assert_string_equal(path_of(arena, "http://evil.example/x"), "/");
    assert_string_equal(path_of(arena, "/a%20b"), "/a b");
    arena_release(arena);
}

void test_request__looks_at_a_bounded_number_of_fields(void)
{
    Arena *arena = arena_create();
    Buf text = {0};
    buf_init(&text, 1 << 16);
    for (int i = 0; i < 5000; i++)
        buf_printf(&text, "a%d=1&", i);
    Fields fields = {.count = 0};
    fields_parse(arena, buf_str(&text), &fields);
    assert_int_equal(fields.count, REQUEST_FIELD_LIMIT);
    buf_release(&text);
    arena_release(arena);
}

void test_request__finds_a_cookie_by_its_whole_name(void)
{
    Arena *arena = arena_create();
    Request request = {.arena = arena, .cookie = "xsession=1; session=two ;other"};
    assert_string_equal(request_cookie(&request, "session"), "two");
    assert_null(request_cookie(&request, "sess"));
    assert_null(request_cookie(&request, "other"));
    arena_release(arena);
}

void test_request__redirects_stay_in_the_shop(void)
{
    assert_true(path_is_local("/fr/panier?added=GR-TA-01"));
    assert_false(path_is_local("//evil.example/"));
    assert_false(path_is_local("/\\evil.example"));
    assert_false(path_is_local("https://evil.example/"));
    assert_false(path_is_local("/a\r\nSet-Cookie: x=y"));
    Reply reply = {0};
    buf_init(&reply.body, 100);
    reply_redirect(&reply, 303, "//evil.example/");
    assert_string_equal(reply.headers[0].value, "/");
    buf_release(&reply.body);
}
