/* regex_test.c - promises of base/regex.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/regex.h"
#include "unit.h"

static Regex *compiled(Arena *arena, const char *pattern, int flags)
{
    Regex *regex = NULL;
    Error err = {0};
    if (!regex_compile(arena, str_of(pattern), flags, "t", &regex, &err))
        fail_msg("%s: %s", pattern, err.what);
    return regex;
}

void test_regex__finds_groups_and_offsets(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Regex *regex = compiled(arena, "(\\d+)(?:,(\\d{2}))?\\s*(x)?(\\x{20ac})", 0);
    RegexMatch match;
    assert_true(regex_find(regex, STR("only 12,50 \xE2\x82\xAC"), 0, &match));
    assert_int_equal(match.offset, 5);
    assert_true(str_equal(match.groups[1], STR("12")));
    assert_true(str_equal(match.groups[2], STR("50")));
    assert_null(match.groups[3].data);
    assert_true(str_equal(match.groups[4], STR("\xE2\x82\xAC")));
    assert_null(match.groups[9].data);
}

void test_regex__case_is_folded_beyond_ascii(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_true(regex_matches(compiled(arena, "^\xC3\xA9t\xC3\xA9$", REGEX_CASELESS),
                              STR("\xC3\x89T\xC3\x89")));
    assert_false(
        regex_matches(compiled(arena, "^\xC3\xA9t\xC3\xA9$", 0), STR("\xC3\x89T\xC3\x89")));
    assert_true(regex_matches(compiled(arena, "^\\w+$", 0), STR("\xC3\x89T\xC3\x89")));
}

void test_regex__bad_patterns_name_their_offset(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Regex *regex = NULL;
    Error err = {0};
    assert_false(regex_compile(arena, STR("ab(c"), 0, "rule.json:3:4", &regex, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.where, "rule.json:3:4");
    assert_non_null(strstr(err.what, "character 5"));
    assert_false(regex_compile(arena, STR("(*NO_JIT)a"), 0, NULL, &regex, NULL));
    assert_false(regex_compile(arena, STR("a\\Cb"), 0, NULL, &regex, NULL));
    assert_false(regex_compile(arena, STR("\xFF"), 0, NULL, &regex, NULL));
}

void test_regex__bad_bytes_do_not_stop_a_search(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Regex *regex = compiled(arena, "b.r", 0);
    RegexMatch match;
    assert_true(regex_find(regex, STR("\xFF\x80 b\xFFr bar"), 0, &match));
    assert_int_equal(match.offset, 7);
    assert_true(regex_find(regex, str_from("\0bar", 4), 0, &match));
}

void test_regex__search_goes_on_inside_a_character(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Regex *regex = compiled(arena, "a", 0);
    RegexMatch match;
    assert_true(regex_find(regex,
                           STR("\xE2\x82\xAC"
                               "a"),
                           1, &match));
    assert_int_equal(match.offset, 3);
    assert_false(regex_find(regex, STR("a"), 1, &match));
    assert_false(regex_find(regex, STR("a"), 99, &match));
    assert_true(regex_find(compiled(arena, "^$", 0), (Str){NULL, 0}, 0, &match));
}

/* The subjects of the patterns that hurt. */
static void assert_is_quick(const char *pattern, Str subject)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Regex *regex = compiled(arena, pattern, 0);
    /* Of this process alone, however busy the machine is. */
    clock_t start = clock();
    (void)regex_search(regex, subject, 0, NULL);
    assert_true(clock() - start < (clock_t)5 * CLOCKS_PER_SEC);
}

void test_regex__hostile_patterns_end_soon(void)
{
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, 8 << 20);
    for (int i = 0; i < 3 << 20; i++)
        buf_add_byte(&buf, 'a');
    assert_is_quick("(a+)+$", str_slice(buf_str(&buf), 0, 5000));
    assert_is_quick("(a+)+[xy]", buf_str(&buf));
    assert_is_quick("(\\w+\\s?)*[!?]$", buf_str(&buf));
    assert_is_quick("a*[xy]", str_slice(buf_str(&buf), 0, 150000));
    assert_is_quick("(?:a|b|aa)*c", buf_str(&buf));
    assert_is_quick("((((a*)*)*)*)*b", buf_str(&buf));
}

void test_regex__a_limit_is_told_from_no_match(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, 1 << 20);
    for (int i = 0; i < 40; i++)
        buf_add_byte(&buf, 'a');
    buf_add_byte(&buf, '!');
    Regex *regex = compiled(arena, "^(\\w+\\s?)*$", 0);
    assert_int_equal(regex_search(regex, buf_str(&buf), 0, NULL), REGEX_STOPPED);
    assert_int_equal(regex_search(regex, STR("!"), 0, NULL), REGEX_ABSENT);
    assert_int_equal(regex_search(regex, STR("a b"), 0, NULL), REGEX_FOUND);
}

void test_regex__looks_at_a_megabyte(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, 2 << 20);
    for (int i = 0; i < REGEX_SUBJECT_LIMIT; i++)
        buf_add_byte(&buf, '-');
    buf_add_byte(&buf, 'z');
    assert_false(regex_matches(compiled(arena, "z", 0), buf_str(&buf)));
    assert_true(
        regex_matches(compiled(arena, "z", 0), str_slice(buf_str(&buf), 1, SIZE_MAX)));
}
