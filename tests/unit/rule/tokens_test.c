/* tokens_test.c - tokens of standards. SPDX-License-Identifier: MIT */
#include "rule/tokens.h"
#include "unit.h"

void test_tokens__language_tags_are_told_from_words(void)
{
    assert_true(language_tag_is_valid(STR("fr")));
    assert_true(language_tag_is_valid(STR("en-GB")));
    assert_true(language_tag_is_valid(STR("zh-Hant-TW")));
    assert_true(language_tag_is_valid(STR("gsw")));
    assert_false(language_tag_is_valid(STR("english")));
    assert_false(language_tag_is_valid(STR("xx")));
    assert_false(language_tag_is_valid(STR("fr_FR")));
    assert_false(language_tag_is_valid(STR("")));
}

void test_tokens__roles_of_the_standard_are_known(void)
{
    assert_true(role_is_known(STR("button")));
    assert_true(role_is_known(STR("doc-toc")));
    assert_false(role_is_known(STR("buton")));
    assert_false(role_is_known(STR("tab list")));
}

void test_tokens__autocomplete_follows_its_grammar(void)
{
    assert_true(autocomplete_is_valid(STR("email")));
    assert_true(autocomplete_is_valid(STR("section-a shipping street-address")));
    assert_true(autocomplete_is_valid(STR("billing home tel")));
    assert_true(autocomplete_is_valid(STR("off")));
    assert_true(autocomplete_is_valid(STR("username webauthn")));
    assert_false(autocomplete_is_valid(STR("firstname")));
    assert_false(autocomplete_is_valid(STR("shipping")));
    assert_false(autocomplete_is_valid(STR("home street-address")));
    assert_false(autocomplete_is_valid(STR("email email")));
    assert_false(autocomplete_is_valid(STR("on email")));
}

void test_tokens__aria_attributes_have_allowed_values(void)
{
    assert_true(aria_attribute_is_valid("aria-expanded", STR("false")));
    assert_true(aria_attribute_is_valid("aria-label", STR("anything")));
    assert_true(aria_attribute_is_valid("aria-hidden", STR("")));
    assert_false(aria_attribute_is_valid("aria-expanded", STR("maybe")));
    assert_false(aria_attribute_is_valid("aria-lable", STR("x")));
    assert_false(aria_attribute_is_valid("aria-labeledby", STR("x")));
}

void test_tokens__paths_of_first_pages_are_known(void)
{
    assert_true(path_is_home(STR("/")));
    assert_true(path_is_home(STR("/en/")));
    assert_true(path_is_home(STR("/fr-FR")));
    assert_true(path_is_home(STR("/index.php")));
    assert_false(path_is_home(STR("/lamps")));
    assert_false(path_is_home(STR("/cart/")));
}
