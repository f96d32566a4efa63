/* steps_expect_test.c - assertions of a scenario.
 *
 * SPDX-License-Identifier: MIT */
#include "unit.h"
#include "visit/fake.h"

#define FLOW(parameters)                                                                    \
    "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","    \
    "\"parameters\":{\"schema\":1,\"data\":{\"word\":\"evenings\"}}},{\"type\":"            \
    "\"customStep\",\"name\":\"mystery/open\",\"parameters\":{}},{\"type\":\"customStep\"," \
    "\"name\":\"mystery/expect\",\"parameters\":" parameters "}]}"

static StepOutcome outcome_of(const char *json)
{
    FakeVisit *fake = fake_visit_json(SHOP_PLAIN, json);
    fake_walk(fake);
    StepOutcome outcome = fake_step(fake, STEP_KIND_EXPECT)->outcome;
    assert_int_equal(fake->visit->outcome, VISIT_COMPLETED);
    fake_release(fake);
    return outcome;
}

void test_steps_expect__what_holds_is_ok(void)
{
    assert_int_equal(outcome_of(FLOW("{\"status\":200,\"url\":{\"path\":\"/\"},\"title\":"
                                     "{\"contains\":\"Luma\"},\"text\":{\"present\":"
                                     "[\"${data.word}\"],\"absent\":[\"lorem ipsum\"]}}")),
                     OUTCOME_OK);
}

void test_steps_expect__what_does_not_hold_fails(void)
{
    assert_int_equal(outcome_of(FLOW("{\"status\":404}")), OUTCOME_FAILED);
    assert_int_equal(outcome_of(FLOW("{\"text\":{\"absent\":[\"lamps\"]}}")),
                     OUTCOME_FAILED);
}

void test_steps_expect__what_cannot_be_known_is_not_passed(void)
{
    assert_int_equal(outcome_of(FLOW("{\"console\":{\"errors\":0}}")), OUTCOME_SKIPPED);
    assert_int_equal(outcome_of(FLOW("{\"status\":200,\"lcp_ms\":2500}")), OUTCOME_UNSURE);
}

void test_steps_expect__counts_elements(void)
{
    assert_int_equal(
        outcome_of(FLOW("{\"element\":{\"selectors\":[\"li.card\"],\"count\":4}}")),
        OUTCOME_OK);
}
