/* pack_text_test.c - sentences with places in them. SPDX-License-Identifier: MIT */
#include "rule/pack_text.h"
#include "unit.h"

static bool is_valid(const char *sentence)
{
    const char *what = NULL;
    return sentence_is_valid(sentence, &what);
}

void test_pack_text__places_are_known_names_or_two_forms(void)
{
    assert_true(is_valid("No picture has an alternative."));
    assert_true(is_valid("{count} of {total} {total|picture|pictures}: {text}"));
    assert_true(is_valid("{value} over {threshold}"));
}

void test_pack_text__wrong_places_are_refused(void)
{
    assert_false(is_valid("{number} pictures"));
    assert_false(is_valid("{count|picture}"));
    assert_false(is_valid("{count|a|b|c}"));
    assert_false(is_valid("{count of many"));
}
