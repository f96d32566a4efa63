/* recordings_test.c - recordings that nobody here made, walked in a real browser on a page
 * built like theirs (tests/pages/coffee).
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "scenario/load.h"
#include "unit.h"
#include "visit.h"
#include "visit/walk.h"

#define RECORDINGS "../shared/data/recorder/recordings/"

static void walk(TestVisit *test, const char *file)
{
    Error err = {0};
    Scenario scenario;
    const char *path = arena_printf(test->arena, RECORDINGS "%s.json", file);
    if (!scenario_load(test->arena, path, false, NULL, NULL, &scenario, &err))
        fail_msg("%s: %s", err.where, err.what);
    WalkOptions options = {.scenario = &scenario, .words = test->words};
    if (!walk_scenario(test->visitor, &options, &err))
        fail_msg("%s: %s", err.where, err.what);
}

static void needs_recordings(void)
{
    if (access(RECORDINGS, R_OK) != 0)
        skip();
}

static void fail_with(const TestVisit *test, size_t i)
{
    const StepRecord *step = &test->visit->steps[i];
    fail_msg("step %zu (%s): %s, %s", i, step->id, step_outcome_name(step->outcome),
             step->reason ? step->reason : "");
}

void test_recordings__a_coffee_is_ordered_into_the_cart(void)
{
    TestVisit test;
    needs_recordings();
    test_visit_open(&test, NULL);
    walk(&test, "recorder-demo--order-a-coffee-simple");
    for (size_t i = 0; i < test.visit->step_count; i++)
        if (!step_is_ok(test.visit->steps[i].outcome) &&
            test.visit->steps[i].outcome != OUTCOME_SKIPPED)
            fail_with(&test, i);
    assert_int_equal(test.visit->outcome, VISIT_COMPLETED);
    test_visit_look(&test);
    assert_true(str_contains(document_visible_text(test.document), STR("cart (1)")));
    test_visit_close(&test);
}

void test_recordings__a_checkout_stops_before_its_payment_button(void)
{
    TestVisit test;
    needs_recordings();
    test_visit_open(&test, NULL);
    walk(&test, "coffee-cart--checkout-user-flow");
    size_t last = test.visit->step_count - 1;
    for (size_t i = 0; i < last; i++)
        if (!step_is_ok(test.visit->steps[i].outcome) &&
            test.visit->steps[i].outcome != OUTCOME_SKIPPED)
            fail_with(&test, i);
    assert_int_equal(test.visit->steps[last].outcome, OUTCOME_REFUSED);
    assert_int_equal(test.visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(test.visit->door, "payment");
    assert_int_equal(server_count(&test.server, "POST /"), 0);
    test_visit_look(&test);
    assert_true(str_contains(document_visible_text(test.document), STR("$58.00")));
    test_visit_close(&test);
}
