/* story_test.c - visits laid side by side tell what happened, no more.
 *
 * Tests story.c and story_fact.c.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "report/story.h"
#include "unit.h"

static const StoryStep *step_of(const Story *story, StepKind kind)
{
    size_t s = 0;

    while (s + 1 < story->step_count && story->steps[s].kind != kind)
        s++;
    assert_int_equal(story->steps[s].kind, kind);
    return &story->steps[s];
}

void test_story__joins_the_personas_of_a_scenario(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Story *stories = NULL;

    assert_int_equal(story_build(arena, fixture_audit(arena), &stories), 2);
    assert_int_equal(stories[0].journey_count, 2);
    assert_string_equal(stories[1].journeys[0]->scenario_id, "get-help");
}

void test_story__takes_medians_and_extremes_of_the_waits(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Story *stories = NULL;
    const StoryCell *cell = NULL;

    story_build(arena, fixture_audit(arena), &stories);
    cell = &step_of(&stories[0], STEP_KIND_CHOOSE_SHIPPING)->cells[0];
    assert_int_equal(cell->wait_count, 3);
    assert_true(fabs(cell->wait - 9600) < 1);
    assert_true(fabs(cell->wait_low - 9024) < 1);
    assert_true(fabs(cell->wait_high - 10176) < 1);
    assert_int_equal(cell->beyond_patience, 3);
    assert_int_equal(cell->beyond_ten, 1);
    assert_int_equal(step_of(&stories[0], STEP_KIND_FILL_ADDRESS)->cells[1].fields, 14);
}

void test_story__numbers_only_steps_that_were_walked(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Story *stories = NULL;

    story_build(arena, fixture_audit(arena), &stories);
    assert_int_equal(step_of(&stories[0], STEP_KIND_DISMISS)->number, 0);
    assert_int_equal(step_of(&stories[0], STEP_KIND_SEARCH)->number, 3);
}

void test_story__does_not_blame_a_shop_for_what_the_engine_cannot_see(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Story *stories = NULL;

    story_build(arena, fixture_scripts(arena), &stories);
    assert_int_equal(step_of(&stories[0], STEP_KIND_ADD_TO_CART)->cells[0].moment,
                     MOMENT_UNSEEN);
}

void test_story__puts_a_missed_criterion_where_its_fact_was_seen(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Story *stories = NULL;
    const StoryStep *cart = NULL;

    story_build(arena, fixture_audit(arena), &stories);
    cart = step_of(&stories[0], STEP_KIND_OPEN_CART);
    assert_int_equal(cart->stumble_count, 1);
    assert_string_equal(cart->stumbles[0]->rule->id, "cart-shipping-estimate");
    assert_int_equal(cart->cells[0].moment, MOMENT_PART);
    assert_int_equal(step_of(&stories[0], STEP_KIND_REACH_PAYMENT)->cells[1].moment,
                     MOMENT_MISSED);
}

void test_story__counts_a_fact_over_all_visits(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = fixture_audit(arena);
    Story *stories = NULL;
    StoryFact fact;

    visit_fact_truth(audit->visits[1], "cart.add_worked", false, 4);
    story_build(arena, audit, &stories);
    story_fact(arena, audit, &stories[0], "cart.add_worked", &fact);
    assert_int_equal(fact.yes, 5);
    assert_int_equal(fact.no, 1);
    story_fact(arena, audit, &stories[0], "checkout.error_kept_data", &fact);
    assert_int_equal(fact.state, FACT_ABSENT);
}

void test_story__survives_an_audit_without_visits(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Story *stories = NULL;

    assert_int_equal(story_build(arena, fixture_unreachable(arena), &stories), 0);
}
