/* str_test.c - promises of base/str.
 *
 * SPDX-License-Identifier: MIT */
#include <limits.h>

#include "base/str.h"
#include "unit.h"

void test_str__finds_with_and_without_case(void)
{
    Str s = STR("Add to Basket");
    assert_int_equal(str_find(s, STR("to"), 0), 4);
    assert_int_equal(str_find(s, STR("to"), 5), SIZE_MAX);
    assert_int_equal(str_find(s, STR(""), 13), 13);
    assert_int_equal(str_find(s, STR(""), 14), SIZE_MAX);
    assert_int_equal(str_find_nocase(s, STR("BASKET"), 0), 7);
    assert_int_equal(str_find_byte(s, 'B', 0), 7);
    assert_int_equal(str_find_byte(s, 'B', 99), SIZE_MAX);
    assert_true(str_contains_nocase(s, STR("ADD")));
    assert_false(str_contains(s, STR("ADD")));
    assert_true(str_starts_with_nocase(s, STR("aDD ")));
    assert_true(str_ends_with(s, STR("ket")));
    assert_false(str_ends_with(STR("et"), STR("ket")));
}

void test_str__compares_bytes(void)
{
    assert_true(str_equal(str_from("a\0b", 3), str_from("a\0b", 3)));
    assert_false(str_equal(str_from("a\0b", 3), str_from("a\0c", 3)));
    assert_true(str_equal_text((Str){NULL, 0}, NULL));
    assert_true(str_equal_nocase(STR("\xC3\x89 A"), STR("\xC3\x89 a")));
    assert_true(str_compare(STR("a"), STR("b")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_int_equal(str_compare(STR(""), (Str){NULL, 0}), 0);
}

void test_str__slices_are_clamped(void)
{
    assert_true(str_equal(str_slice(STR("abc"), 1, 99), STR("bc")));
    assert_int_equal(str_slice(STR("abc"), 9, 9).length, 0);
    assert_true(str_equal(str_trim(STR(" \t\n\v\f\rx y \r\n")), STR("x y")));
    assert_int_equal(str_trim(STR("  ")).length, 0);
}

void test_str__next_gives_the_last_empty_part(void)
{
    Str rest = STR("a,,b,");
    Str part = {0};
    assert_true(str_next(&rest, ',', &part) && str_equal(part, STR("a")));
    assert_true(str_next(&rest, ',', &part) && str_is_empty(part));
    assert_true(str_next(&rest, ',', &part) && str_equal(part, STR("b")));
    assert_true(str_next(&rest, ',', &part) && str_is_empty(part));
    assert_false(str_next(&rest, ',', &part));
}

void test_str__next_word_skips_blanks(void)
{
    Str rest = STR("  one\ttwo ");
    Str word = {0};
    assert_true(str_next_word(&rest, &word) && str_equal(word, STR("one")));
    assert_true(str_next_word(&rest, &word) && str_equal(word, STR("two")));
    assert_false(str_next_word(&rest, &word));
}

void test_str__integers_stop_at_their_range(void)
{
    long long value = 0;
    assert_true(str_to_int(STR("9223372036854775807"), &value) && value == LLONG_MAX);
    assert_true(str_to_int(STR("-9223372036854775808"), &value) && value == LLONG_MIN);
    assert_true(str_to_int(STR("-0"), &value) && value == 0);
    assert_true(str_to_int(STR("0042"), &value) && value == 42);
    assert_false(str_to_int(STR("9223372036854775808"), &value));
    assert_false(str_to_int(STR("-9223372036854775809"), &value));
    assert_false(str_to_int(STR("99999999999999999999999"), &value));
    assert_false(str_to_int(STR(""), &value));
    assert_false(str_to_int(STR("-"), &value));
    assert_false(str_to_int(STR("+1"), &value));
    assert_false(str_to_int(STR(" 1"), &value));
    assert_false(str_to_int(STR("1a"), &value));
}

void test_str__decimals_are_whole_and_plain(void)
{
    double value = 0;
    assert_true(str_to_double(STR("-12.5"), &value) && value < -12.4 && value > -12.6);
    assert_true(str_to_double(STR("1e3"), &value) && value > 999 && value < 1001);
    assert_true(str_to_double(STR(".5"), &value));
    const char *const wrong[] = {"",    "-",  ".",     "inf", "nan", "0x10",
                                 "1,5", "1e", "1e999", " 1",  "1 "};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(str_to_double(str_of(wrong[i]), &value));
}

void test_str__utf8_is_checked_strictly(void)
{
    assert_true(str_is_utf8(STR("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80")));
    const char *const wrong[] = {"\x80",
                                 "\xC0\x80",
                                 "\xC3",
                                 "\xE0\x80\x80",
                                 "\xED\xA0\x80",
                                 "\xF0\x80\x80\x80",
                                 "\xF4\x90\x80\x80",
                                 "\xF5\x80\x80\x80",
                                 "\xFF",
                                 "\xE2\x82"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(str_is_utf8(str_of(wrong[i])));
}

void test_str__bad_bytes_decode_to_replacement_one_by_one(void)
{
    Str s = STR("\xE2\x82"
                "a");
    size_t offset = 0;
    assert_int_equal(str_next_rune(s, &offset), 0xFFFD);
    assert_int_equal(str_next_rune(s, &offset), 0xFFFD);
    assert_int_equal(str_next_rune(s, &offset), 'a');
    assert_int_equal(offset, 3);
    assert_int_equal(str_rune_count(s), 3);
    assert_int_equal(str_rune_count(STR("\xF0\x9F\x98\x80\xC3\xA9")), 2);
}

void test_str__runes_survive_a_round_trip(void)
{
    const unsigned runes[] = {0,      'a',    0x7F,   0x80,    0x7FF,   0x800,
                              0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof(runes) / sizeof(runes[0]); i++) {
        char bytes[4];
        size_t offset = 0;
        size_t length = str_put_rune(bytes, runes[i]);
        assert_int_equal(str_next_rune(str_from(bytes, length), &offset), runes[i]);
        assert_int_equal(offset, length);
    }
}

void test_str__hash_is_fnv_1a(void)
{
    assert_true(str_hash(STR("")) == 0xcbf29ce484222325ULL);
    assert_true(str_hash(STR("a")) == 0xaf63dc4c8601ec8cULL);
}
