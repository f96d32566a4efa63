/* buf_test.c - promises of base/buf.
 *
 * SPDX-License-Identifier: MIT */
#include "base/buf.h"
#include "unit.h"

void test_buf__holds_exactly_its_limit(void)
{
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, 5);
    assert_true(buf_add_text(&buf, "abc"));
    assert_true(buf_add_text(&buf, "de"));
    assert_false(buf_add_byte(&buf, 'f'));
    assert_string_equal(buf_text(&buf), "abcde");
}

void test_buf__failure_is_sticky_and_adds_nothing(void)
{
    AUTO(buf_release) Buf buf = {0};
    Error err = {0};
    buf_init(&buf, 4);
    assert_true(buf_add_text(&buf, "ab"));
    assert_true(buf_check(&buf, "test data", &err));
    assert_false(buf_add_text(&buf, "cde"));
    assert_false(buf_add_byte(&buf, 'c'));
    assert_string_equal(buf_text(&buf), "ab");
    assert_false(buf_check(&buf, "test data", &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_string_equal(err.what, "test data is larger than 4 bytes");
    buf_clear(&buf);
    assert_true(buf_add_text(&buf, "abcd"));
}

void test_buf__grows_and_stays_nul_ended(void)
{
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, SIZE_MAX);
    assert_string_equal(buf_text(&buf), "");
    for (int i = 0; i < 10000; i++)
        assert_true(buf_printf(&buf, "%d,", i % 10));
    assert_int_equal(buf.length, 20000);
    assert_int_equal(buf.data[20000], 0);
    buf_truncate(&buf, 3);
    buf_truncate(&buf, 30000);
    assert_string_equal(buf_text(&buf), "0,1");
    assert_int_equal(buf_str(&buf).length, 3);
}

void test_buf__writes_runes_as_utf8(void)
{
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, 100);
    buf_add_rune(&buf, 'A');
    buf_add_rune(&buf, 0xE9);
    buf_add_rune(&buf, 0x20AC);
    buf_add_rune(&buf, 0x1F600);
    buf_add_rune(&buf, 0xD800);
    buf_add_rune(&buf, 0x110000);
    assert_string_equal(buf_text(&buf),
                        "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xEF\xBF\xBD\xEF\xBF\xBD");
}

void test_buf__keeps_nul_bytes(void)
{
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, 10);
    assert_true(buf_add(&buf, str_from("a\0b", 3)));
    assert_true(buf_add(&buf, (Str){NULL, 0}));
    assert_int_equal(buf.length, 3);
}

void test_buf__limit_zero_takes_nothing(void)
{
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, 0);
    assert_true(buf_add_text(&buf, ""));
    assert_false(buf_add_byte(&buf, 'a'));
    assert_false(buf_printf(&buf, "%s", "a"));
}
