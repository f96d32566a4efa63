/* literal_test.c - promises of base/literal.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/literal.h"
#include "unit.h"

/* The needed texts between bars, "?" when nothing can be told. */
static const char *needed(Arena *arena, const char *pattern)
{
    Literals literals;
    const char *text = "";
    if (!literals_read(arena, str_of(pattern), &literals))
        return "?";
    for (size_t i = 0; i < literals.count; i++)
        text = arena_printf(arena, "%s%s%.*s", text, i ? "|" : "",
                            STR_ARGS(literals.items[i]));
    return text;
}

void test_literal__a_pattern_needs_its_letters(void)
{
    static const struct {
        const char *pattern, *want;
    } CASES[] = {
        {"Add to Cart", "add to cart"},
        {"^add to (cart|basket)$", "add to cart|add to basket"},
        {"colou?r", "colour|color"},
        {"customi[sz]e", "customise|customize"},
        {"foo\\bbar", "foobar"},
        {"foo(?=bar)baz", "foobaz"},
        {"(?:one|two)\\d+", "one|two"},
        {"a+bcd", "abcd"},
        {"x{2}yz", "xyz"},
        {"\\d+ (days|hours)", " days| hours"},
        {"(?i)Hello", "hello"},
        {"price\\.html", "price.html"},
        {"(\\d)/\\1", "/"},
        {"\xC3\xA9tage", "tage"},
    };

    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        if (strcmp(needed(arena, CASES[i].pattern), CASES[i].want) != 0)
            fail_msg("%s needs %s", CASES[i].pattern, needed(arena, CASES[i].pattern));
}

void test_literal__what_may_be_missing_is_not_needed(void)
{
    static const char *const CASES[] = {
        "(add to cart)?", "(add to cart)*", "[a-z]+",
        "x|long word",    "(?=long word)",  "\\w\\s",
        "a{0,3}",         "(?!never).",     "",
        "(foo|)",         "(?#long word)",  "\\Qlong word\\E",
        "(?R)",           "(foo|\\d)",      " ",
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        if (strcmp(needed(arena, CASES[i]), "?") != 0)
            fail_msg("%s needs %s", CASES[i], needed(arena, CASES[i]));
}

void test_literal__a_run_ends_where_anything_may_stand(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(needed(arena, "long.er word"), "er word");
    assert_string_equal(needed(arena, "ab.longest.cd"), "longest");
    assert_string_equal(needed(arena, "\\p{L}bcd\\x{e9}f"), "bcd");
    assert_string_equal(needed(arena, "ab(cd)*efg"), "efg");
}

void test_literal__letters_that_count_as_ascii_are_seen(void)
{
    assert_true(literals_may_hide(STR("\xC5\xBF"
                                      "earch")));
    assert_true(literals_may_hide(STR("20 \xE2\x84\xAA")));
    assert_false(literals_may_hide(STR("\xC3\xA9t\xC3\xA9 20 \xE2\x82\xAC")));
}
