/* steps_search_test.c - searching. Tests steps_search.c and steps_probe.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"

#define FLOW(parameters)                                                                   \
    "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","   \
    "\"parameters\":{\"schema\":1}},{\"type\":\"customStep\",\"name\":\"mystery/open\","   \
    "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/search\","             \
    "\"parameters\":" parameters "}]}"

void test_steps_search__searches_for_a_word_of_the_shop(void)
{
    FakeVisit *fake = fake_visit_json(SHOP_PLAIN, FLOW("{}"));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_SEARCH)->outcome, OUTCOME_OK);
    assert_string_equal(fake_text(fake, "search.query"), "aurora");
    assert_true(fake_number(fake, "search.results") >= 1);
    fake_release(fake);
}

void test_steps_search__searches_for_what_is_asked(void)
{
    FakeVisit *fake = fake_visit_json(SHOP_PLAIN, FLOW("{\"query\":\"lamp\"}"));
    fake_walk(fake);
    assert_true(fake_number(fake, "search.results") == 2);
    fake_release(fake);
}

void test_steps_search__an_asked_word_without_result_is_a_dead_end(void)
{
    FakeVisit *fake = fake_visit_json(SHOP_PLAIN, FLOW("{\"query\":\"zeppelin\"}"));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_SEARCH)->outcome, OUTCOME_NOT_FOUND);
    assert_int_equal(fake->visit->outcome, VISIT_ABANDONED);
    fake_release(fake);
}

void test_steps_search__falls_back_to_a_category(void)
{
    FakeVisit *fake =
        fake_visit_json(SHOP_NO_SEARCH, FLOW("{\"fallback\":[\"openCategory\"]}"));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_SEARCH)->outcome, OUTCOME_OK_HEALED);
    assert_false(fake_truth(fake, "search.offered"));
    fake_release(fake);
}

void test_steps_search__a_missing_box_may_be_drawn_by_scripts(void)
{
    FakeVisit *fake = fake_visit_json(SHOP_NO_SEARCH | SHOP_SCRIPTS, FLOW("{}"));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_SEARCH)->outcome, OUTCOME_NEEDS_BROWSER);
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    fake_release(fake);
}

void test_steps_probe__look_around_sees_its_facts(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "look-around");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_COMPLETED);
    assert_true(fake_number(fake, "error.status") == 404);
    assert_true(fake_truth(fake, "error.says_so"));
    assert_true(fake_truth(fake, "error.home_link"));
    assert_true(fake_truth(fake, "error.search"));
    assert_true(fake_truth(fake, "search.nonsense_message"));
    assert_true(fake_truth(fake, "search.nonsense_help"));
    assert_true(fake_number(fake, "search.nonsense_status") == 200);
    assert_true(fake_number(fake, "search.typo_results") == 0);
    fake_release(fake);
}

void test_steps_probe__the_exact_name_needs_a_search_that_knows_spaces(void)
{
    /* The shop in memory compares with "Aurora+desk+lamp", so it does not find it. */
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "look-around");
    fake_walk(fake);
    assert_false(fake_truth(fake, "search.exact_found"));
    fake_release(fake);
}

void test_steps_probe__a_soft_404_is_seen(void)
{
    FakeVisit *fake = fake_visit(SHOP_SOFT_404, "look-around");
    fake_walk(fake);
    assert_true(fake_number(fake, "error.status") == 200);
    assert_false(fake_truth(fake, "error.says_so"));
    fake_release(fake);
}
