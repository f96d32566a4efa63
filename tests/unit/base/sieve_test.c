/* sieve_test.c - promises of base/sieve.
 *
 * SPDX-License-Identifier: MIT */
#include "base/regex.h"
#include "base/sieve.h"
#include "unit.h"

void test_sieve__lets_through_what_holds_a_needed_word(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Sieve *sieve = sieve_make(arena, STR("^(add|put) to (cart|basket)$|checkout"));
    assert_non_null(sieve);
    assert_true(sieve_lets(sieve, STR("Add TO cart")));
    assert_true(sieve_lets(sieve, STR("please put to basket now")));
    assert_true(sieve_lets(sieve, STR("CHECKOUT")));
    assert_false(sieve_lets(sieve, STR("add to wish list")));
    assert_false(sieve_lets(sieve, STR("cart")));
    assert_false(sieve_lets(sieve, STR("")));
}

void test_sieve__there_is_none_where_nothing_is_needed(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_null(sieve_make(arena, STR("\\d+")));
}

void test_sieve__never_hides_a_match_from_an_expression(void)
{
    static const struct {
        const char *pattern, *text;
    } CASES[] = {
        {"search", "\xC5\xBF\x65\x61rch"}, /* the long s counts as s */
        {"kilo", "\xE2\x84\xAAilo"},       /* the Kelvin sign counts as k */
        {"ok", "OK"},
        {"-\\s?\\d{1,2}\\s?%", "now - 20 %"},
        {"a.c", "xabcx"},
        {"(?-i)[a-z]{2,}(\\.[a-z]{2,}){2}", "menu.item.title"},
    };

    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Regex *regex = NULL;
        assert_true(regex_compile(arena, str_of(CASES[i].pattern), REGEX_CASELESS, NULL,
                                  &regex, NULL));
        if (!regex_matches(regex, str_of(CASES[i].text)))
            fail_msg("%s is not found in %s", CASES[i].pattern, CASES[i].text);
    }
}
