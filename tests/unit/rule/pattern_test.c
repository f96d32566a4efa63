/* pattern_test.c - conditions on a text. SPDX-License-Identifier: MIT */
#include "fixture.h"
#include "rule/pattern.h"
#include "unit.h"

/** Does a condition, written as JSON, hold of a text (NULL: absent)? */
static bool holds(const char *condition_json, const char *text)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = fixture_words(arena);
    JsonFile file;
    Error error = {0};
    CheckSource source = {.arena = arena, .file = &file, .words = words};
    Subject subject = {.words = words, .arena = arena};
    Condition *condition = NULL;
    assert_true(json_parse(arena, "test", str_of(condition_json), &file, &error));
    if (!condition_compile(&source, file.root, &condition, &error))
        fail_msg("%s", error.what);
    return condition_holds(condition, &subject, text, NULL);
}

void test_pattern__words_ask_for_presence_and_content(void)
{
    assert_true(holds("\"present\"", ""));
    assert_false(holds("\"present\"", NULL));
    assert_true(holds("\"absent\"", NULL));
    assert_true(holds("\"filled\"", "x"));
    assert_false(holds("\"filled\"", "  "));
    assert_true(holds("\"empty\"", NULL));
}

void test_pattern__expressions_ignore_case_unless_told(void)
{
    assert_true(holds("\"nosniff\"", "NoSniff"));
    assert_false(holds("\"(?-i)nosniff\"", "NoSniff"));
    assert_false(holds("\"nosniff\"", NULL));
}

void test_pattern__wording_lists_are_tried_on_folded_text(void)
{
    assert_true(holds("\"@add_to_cart\"", "ADD TO BASKET"));
    assert_true(holds("\"@add_to_cart\"", "Ajouter au panier"));
    assert_false(holds("\"@add_to_cart\"", "Add to wishlist"));
}

void test_pattern__numbers_in_a_group_are_bounded(void)
{
    const char *hsts =
        "{\"matches\": \"max-age=(\\\\d+)\", \"group\": 1, \"min\": 15768000}";
    assert_true(holds(hsts, "max-age=31536000; includeSubDomains"));
    assert_false(holds(hsts, "max-age=300"));
    assert_false(holds(hsts, "none"));
}

void test_pattern__lengths_count_letters_and_words(void)
{
    assert_true(holds("{\"min_chars\": 4, \"max_chars\": 4}", " été! "));
    assert_false(holds("{\"min_words\": 3}", "two words"));
    assert_true(holds("{\"min\": 1}", " 3 "));
    assert_false(holds("{\"min\": 1}", "many"));
}

void test_pattern__what_must_be_lacking_may_be_absent(void)
{
    assert_true(holds("{\"lacks\": \"noindex\"}", NULL));
    assert_false(holds("{\"lacks\": \"noindex\"}", "noindex, follow"));
}
