/* score_test.c - marks to be recomputed by hand, and the models' published vectors.
 *
 * Tests score.c, mark.c, interval.c, customer.c, priority.c and verdict.c.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/out.h"
#include "sample.h"
#include "score/customer.h"
#include "score/mark.h"
#include "score/score.h"
#include "unit.h"

void test_score__weighs_rules_by_impact_and_shows_coverage_and_bounds(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    sample_finding(audit, "a", DIMENSION_SEO, IMPACT_MAJOR, 1);
    sample_finding(audit, "b", DIMENSION_SEO, IMPACT_MINOR, 0);
    sample_finding(audit, "c", DIMENSION_SEO, IMPACT_MINOR, NAN);
    score_audit(audit);
    const DimensionScore *seo = &audit->dimensions[DIMENSION_SEO];
    assert_near(seo->score, 75, 1e-9);      /* 3 of 4 */
    assert_near(seo->coverage, 0.8, 1e-9);  /* 4 of 5 */
    assert_near(seo->bounds.low, 60, 1e-9); /* 3 of 5 */
    assert_near(seo->bounds.high, 80, 1e-9);
    assert_near(audit->score, 75, 1e-9);
    assert_near(audit->confidence, 0.8 / 9, 1e-9);
    assert_string_equal(audit->letter, "B");
}

/* The counts once were whatever the stack held. */
void test_mark__leaves_nothing_of_a_mark_unset(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    RuleValue value = {.r = 1, .is_conclusive = true, .is_applicable = true};
    Marks marks;
    sample_finding(audit, "a", DIMENSION_SEO, IMPACT_MAJOR, 1);
    audit->findings[0]->is_counted = true;
    memset(&marks, 0x5A, sizeof marks);
    mark_compute(audit, &value, NULL, true, &marks);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        for (int o = 0; o < FINDING_OUTCOME_COUNT; o++)
            assert_int_equal(marks.dimensions[d].counts[o], 0);
    assert_near(marks.overall, 100, 1e-9);
}

void test_score__caps_a_dimension_whose_blocker_failed(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    Finding *blocker = sample_finding(audit, "a", DIMENSION_ERGONOMICS, IMPACT_BLOCKER, 0);
    for (int i = 0; i < 9; i++)
        sample_finding(audit, "b", DIMENSION_ERGONOMICS, IMPACT_BLOCKER, 1);
    sample_finding(audit, "c", DIMENSION_SEO, IMPACT_MAJOR, 1);
    score_audit(audit);
    const DimensionScore *ergonomics = &audit->dimensions[DIMENSION_ERGONOMICS];
    assert_near(ergonomics->uncapped, 90, 1e-9);
    assert_near(ergonomics->score, 50, 1e-9);
    assert_ptr_equal(ergonomics->cap_rule, blocker->rule);
    /* Overall (50 + 100) / 2 = 75 = 50 + 25: just at the journey's ceiling. */
    assert_near(audit->score, 75, 1e-9);
    assert_ptr_equal(audit->opportunities[0].finding, blocker);
    assert_near(audit->opportunities[0].mark_after, 100, 1e-9);
}

void test_score__says_which_cap_holds_the_mark_after_a_repair(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    /* Speed 0: the overall mark may be 25 at most, whatever else is repaired. */
    sample_finding(audit, "a", DIMENSION_SEO, IMPACT_BLOCKER, 0.5);
    sample_finding(audit, "b", DIMENSION_SPEED, IMPACT_MINOR, 0);
    sample_finding(audit, "c", DIMENSION_TECHNICAL, IMPACT_MAJOR, 1);
    score_audit(audit);
    assert_near(audit->score, 25, 1e-9);
    assert_int_equal(audit->opportunity_count, 2);
    for (size_t i = 0; i < audit->opportunity_count; i++) {
        const Opportunity *repair = &audit->opportunities[i];
        bool is_speed_done = repair->finding->rule->dimension == DIMENSION_SPEED || i == 1;
        assert_int_equal(repair->held_by,
                         is_speed_done ? DIMENSION_COUNT : DIMENSION_SPEED);
        assert_null(repair->held_rule);
        if (!is_speed_done)
            assert_near(repair->mark_after, 25, 1e-9);
    }
    assert_near(audit->opportunities[1].mark_after, 100, 1e-9);
}

void test_score__does_not_cap_for_a_blocker_met_in_part(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    sample_finding(audit, "a", DIMENSION_ERGONOMICS, IMPACT_BLOCKER, 0.9);
    score_audit(audit);
    assert_near(audit->dimensions[DIMENSION_ERGONOMICS].score, 90, 1e-9);
    assert_null(audit->dimensions[DIMENSION_ERGONOMICS].cap_rule);
}

void test_score__gives_no_mark_without_enough_evidence(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    sample_finding(audit, "a", DIMENSION_SPEED, IMPACT_MINOR, 1);
    sample_finding(audit, "b", DIMENSION_SPEED, IMPACT_MAJOR, NAN);
    score_audit(audit);
    assert_true(isnan(audit->dimensions[DIMENSION_SPEED].score));
    assert_true(isnan(audit->score));
    assert_null(audit->letter);
    assert_int_equal(audit->opportunity_count, 0);
    assert_string_equal(audit->headline.key, "headline.no-evidence");
}

void test_score__counts_the_same_fact_once_in_a_dimension(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    Finding *minor = sample_finding(audit, "a", DIMENSION_SEO, IMPACT_MINOR, 0);
    Finding *major = sample_finding(audit, "b", DIMENSION_SEO, IMPACT_MAJOR, 0);
    static const char *same[] = {"a", NULL};
    ((Rule *)(uintptr_t)major->rule)->same_as = same;
    sample_finding(audit, "c", DIMENSION_SEO, IMPACT_MAJOR, 1);
    score_audit(audit);
    assert_false(minor->is_counted);
    assert_near(audit->score, 50, 1e-9);
}

void test_score__claims_a_range_below_five_visits_and_an_interval_from_five(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    Finding *finding = sample_finding(audit, "a", DIMENSION_SEO, IMPACT_MAJOR, 0.5);
    sample_finding(audit, "b", DIMENSION_SEO, IMPACT_MAJOR, 1);
    sample_result(audit, audit->findings[1], 0, 1);
    for (int v = 0; v < 4; v++) {
        sample_visit_add(audit);
        sample_result(audit, finding, v, v % 2 ? 0 : 1);
    }
    score_audit(audit);
    assert_true(isnan(audit->interval.low));
    assert_true(audit->range.low < audit->range.high);
    sample_visit_add(audit);
    sample_result(audit, finding, 4, 1);
    score_audit(audit);
    assert_true(audit->interval.low < audit->interval.high);
    assert_true(audit->judgement.high >= audit->score);
}

void test_score__gives_the_same_numbers_twice(void)
{
    double first = 0;
    for (int run = 0; run < 2; run++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Audit *audit = sample_audit(arena);
        Finding *finding = sample_finding(audit, "a", DIMENSION_SEO, IMPACT_MAJOR, 0.6);
        for (int v = 0; v < 7; v++) {
            sample_visit_add(audit);
            sample_result(audit, finding, v, v % 3 ? 0.2 : 0.9);
        }
        score_audit(audit);
        if (run == 0)
            first = audit->interval.low;
        else
            assert_true(audit->interval.low == first);
    }
}

void test_customer__agrees_with_the_published_examples_of_recommendation(void)
{
    static const double rows[][3] = {{52, -62, -53}, {60, -45, -38}, {68, -26, -21},
                                     {75, -7, -6},   {80, 7, 6},     {85, 20, 17},
                                     {90, 33, 28}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_near(customer_recommendation(rows[i][0], 2.4), rows[i][1], 0.75);
        assert_near(customer_recommendation(rows[i][0], 3.0), rows[i][2], 0.75);
    }
}

/** Is there a rule of that id in the grid? */
static bool is_rule(Arena *arena, const char *id)
{
    for (int d = 0; d < DIMENSION_COUNT; d++)
        if (path_is_file(
                arena_printf(arena, "rules/%s/%s.json", dimension_name((Dimension)d), id)))
            return true;
    return false;
}

void test_customer__reads_its_losses_from_rules_that_exist(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    size_t count = 0;
    for (; customer_loss_rule(count); count++)
        if (!is_rule(arena, customer_loss_rule(count)))
            fail_msg("the grid has no rule '%s'", customer_loss_rule(count));
    assert_true(count > 8);
}

/** Two visits that bought up to the door, with one wait of a step in seconds. */
static Audit *bought(Arena *arena, double wait_s)
{
    Audit *audit = sample_audit(arena);
    Journey *journey = ARENA_NEW(arena, Journey);
    Visit *visit = visit_create(arena);
    StepRecord *step = visit_add_step(visit, "open", STEP_KIND_OPEN);
    step->effort.machine_us = (int64_t)(wait_s * 1e6);
    step->effort.human_us = 20000000;
    visit->outcome = VISIT_STOPPED_BEFORE_PAYMENT;
    visit->door = "payment";
    visit->scenario_id = "buy";
    visit->persona_id = "phone";
    visit->engine = "http";
    visit_fact_number(visit, "checkout.fields", 11.3, -1);
    visit_fact_number(visit, "checkout.steps", 5.1, -1);
    audit->visit_count = audit->visit_capacity = 0;
    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity, visit);
    journey->scenario_id = "buy";
    journey->persona_id = "phone";
    journey->engine = "http";
    journey->patience_us = 9000000;
    journey->visits = ARENA_ARRAY(arena, 1, size_t);
    journey->visit_count = 1;
    audit->journeys = journey;
    audit->journey_count = 1;
    customer_fill(audit);
    return audit;
}

void test_customer__who_could_not_buy_is_not_content(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = bought(arena, 1);
    sample_finding(audit, "a", DIMENSION_ERGONOMICS, IMPACT_MAJOR, 1);
    score_audit(audit);
    double content = audit->customer.experience;
    assert_true(content > 90);
    visit_fact_truth(audit->visits[0], "cart.add_worked", true, -1);
    visit_fact_truth(audit->visits[0], "checkout.way_open", false, -1);
    score_audit(audit);
    assert_float_equal(audit->customer.experience, 50, 0.001);
    visit_fact_absent(audit->visits[0], "checkout.way_open", "not observed");
    visit_fact_truth(audit->visits[0], "checkout.way_open", true, -1);
    score_audit(audit);
    assert_float_equal(audit->customer.experience, content, 0.001);
}

void test_customer__the_cascade_ends_at_the_completion(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Customer *customer = &bought(arena, 6)->customer;
    const CascadeStep *last = &customer->cascade[customer->cascade_count - 1];
    double product = 1;
    for (int i = 0; i < customer->cascade_count; i++) {
        product *= customer->cascade[i].kept;
        assert_near(customer->cascade[i].remains, product, 1e-9);
    }
    assert_string_equal(customer->cascade[0].name, "browsing");
    assert_string_equal(last->name, "patience");
    assert_near(last->remains, customer->completion.value, 1e-9);
    assert_near(customer->completion_by[1], customer->completion.value, 1e-9);
    assert_true(customer->completion_by[0] < customer->completion_by[1]);
    assert_true(customer->completion_by[1] < customer->completion_by[2]);
}

void test_customer__waits_are_weighed_by_all_steps_walked(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    /* The usual checkout with one second beyond the first: B = 1, 5.3. */
    assert_near(bought(arena, 2)->customer.effort.value, 5.3, 0.05);
}

void test_customer__agrees_with_the_published_examples_of_effort(void)
{
    assert_near(customer_effort_mark(0.5), 6.5, 0.05);
    assert_near(customer_effort_mark(1), 5.3, 0.05);
    assert_near(customer_effort_mark(1.5), 4.2, 0.05);
    assert_near(customer_effort_mark(2), 3.3, 0.05);
    assert_near(customer_effort_mark(3), 2.3, 0.05);
}

void test_customer__charges_no_patience_for_waits_under_a_second(void)
{
    assert_true(customer_patience(0.4, 9, 0.8) == 1);
    assert_true(customer_patience(4, 9, 0.8) > customer_patience(9, 9, 0.8));
    assert_near(customer_patience(9, 9, 0.8), 0.5, 0.01);
}

void test_score__says_which_step_was_the_dead_end(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    sample_finding(audit, "a", DIMENSION_SEO, IMPACT_MAJOR, 1);
    Visit *visit = sample_visit_add(audit);
    visit->outcome = VISIT_ABANDONED;
    visit_add_step(visit, "open", STEP_KIND_OPEN);
    StepRecord *step = visit_add_step(visit, "add-to-cart", STEP_KIND_ADD_TO_CART);
    step->outcome = OUTCOME_ERROR_SHOWN;
    step->reason = "the shop refuses";
    score_audit(audit);
    assert_string_equal(audit->headline.key, "headline.dead-end");
    assert_string_equal(audit->headline.values[0], "mystery/addToCart");
    assert_string_equal(audit->journeys[0].summary.key, "summary.abandoned");
}

void test_score__a_headline_keeps_no_serious_fault_silent(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    Visit *visit = sample_visit_add(audit);
    sample_result(
        audit, sample_finding(audit, "a", DIMENSION_ERGONOMICS, IMPACT_BLOCKER, 0), 0, 0);
    for (int i = 0; i < 12; i++)
        sample_result(audit,
                      sample_finding(audit, arena_printf(arena, "m%d", i),
                                     DIMENSION_ERGONOMICS, IMPACT_MAJOR, 1),
                      0, 1);
    visit_add_step(visit, "open", STEP_KIND_OPEN);
    score_audit(audit);
    assert_string_equal(audit->headline.key, "headline.reached-faults");
    assert_string_equal(audit->headline.values[0], "1");
}

void test_score__a_dead_end_of_one_visitor_is_the_headline(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    sample_finding(audit, "a", DIMENSION_SEO, IMPACT_MAJOR, 1);
    visit_add_step(sample_visit_add(audit), "open", STEP_KIND_OPEN);
    Journey second = {.scenario_id = "buy", .persona_id = "desktop", .engine = "http"};
    Visit *visit = visit_create(arena);
    visit->scenario_id = "buy";
    visit->outcome = VISIT_ABANDONED;
    visit_add_step(visit, "add-to-cart", STEP_KIND_ADD_TO_CART)->outcome =
        OUTCOME_NO_EFFECT;
    ARENA_PUSH(arena, second.visits, second.visit_count, second.visit_capacity,
               audit->visit_count);
    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity, visit);
    ARENA_PUSH(arena, audit->journeys, audit->journey_count, audit->journey_capacity,
               second);
    score_audit(audit);
    assert_string_equal(audit->headline.key, "headline.dead-end");
}

void test_score__models_nothing_when_buying_was_not_seen(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample_audit(arena);
    sample_finding(audit, "a", DIMENSION_SPEED, IMPACT_MAJOR, 1);
    score_audit(audit);
    assert_true(isnan(audit->customer.satisfaction.value));
    assert_true(isnan(audit->customer.recommendation.value));
    assert_null(audit->customer.smiley);
}
