/* url_escape_test.c - promises of base/url: decoding, encoding, query values.
 *
 * SPDX-License-Identifier: MIT */
#include "base/url.h"
#include "base/url_escape.h"
#include "unit.h"

void test_url_escape__decodes_what_is_whole(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_true(
        str_equal(url_decode(arena, STR("a%20b+%C3%a9%zz%4")), STR("a b+\xC3\xA9%zz%4")));
    assert_true(str_equal(url_decode(arena, STR("%00%")), str_from("\0%", 2)));
    assert_true(str_equal(url_decode(arena, STR("%4%31")), STR("%41")));
    assert_int_equal(url_decode(arena, (Str){NULL, 0}).length, 0);
}

void test_url_escape__encodes_all_but_the_unreserved(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(url_encode(arena, str_from("aZ09-_.~ &=+/\xC3\xA9\0", 16)),
                        "aZ09-_.~%20%26%3D%2B%2F%C3%A9%00");
}

void test_url_escape__query_values_are_form_decoded(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url url;
    assert_true(url_parse(arena, STR("http://h/?a=1&b=x+y%26&&c&d=&%65=e&a=2&=n"), NULL,
                          &url, NULL));
    assert_string_equal(url_query_value(arena, &url, "a"), "1");
    assert_string_equal(url_query_value(arena, &url, "b"), "x y&");
    assert_string_equal(url_query_value(arena, &url, "c"), "");
    assert_string_equal(url_query_value(arena, &url, "d"), "");
    assert_string_equal(url_query_value(arena, &url, "e"), "e");
    assert_string_equal(url_query_value(arena, &url, ""), "n");
    assert_null(url_query_value(arena, &url, "f"));
    assert_true(url_parse(arena, STR("http://h/"), NULL, &url, NULL));
    assert_null(url_query_value(arena, &url, "a"));
}

void test_url_escape__sets_are_those_of_the_standard(void)
{
    static const struct {
        UrlSet set;
        const char *escaped;
    } rows[] = {
        {URL_SET_CONTROL, ""},         {URL_SET_FRAGMENT, " \"<>`"},
        {URL_SET_QUERY, " \"#<>"},     {URL_SET_SPECIAL_QUERY, " \"#'<>"},
        {URL_SET_PATH, " \"#<>?^`{}"}, {URL_SET_USERINFO, " \"#/:;<=>?@[\\]^`{|}"},
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char seen[128] = "";
        size_t count = 0;
        for (char c = ' '; c < 0x7F; c++) {
            AUTO(buf_release) Buf out = {0};
            buf_init(&out, 10);
            url_escape(&out, str_from(&c, 1), rows[i].set);
            if (out.length == 3)
                seen[count++] = c;
        }
        assert_string_equal(seen, rows[i].escaped);
    }
}
