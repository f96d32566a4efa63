/* visit_test.c - building visits and reading their tables. SPDX-License-Identifier: MIT */
#include <math.h>

#include "model/visit.h"
#include "unit.h"

void test_visit__replaces_a_fact_observed_again(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = visit_create(arena);
    visit_fact_number(visit, "cart.lines", 1, 4);
    visit_fact_truth(visit, "cart.add_worked", true, 4);
    visit_fact_number(visit, "cart.lines", 2, 5);
    visit_fact_evidence(visit, "2 lines");
    assert_int_equal(visit->fact_count, 2);
    const Fact *fact = visit_fact(visit, "cart.lines");
    assert_true(fact->number == 2.0);
    assert_int_equal(fact->page, 5);
    assert_string_equal(fact->evidence, "2 lines");
}

void test_visit__keeps_an_observed_fact_when_it_is_absent_later(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = visit_create(arena);
    visit_fact_truth(visit, "search.offered", true, 0);
    visit_fact_absent(visit, "search.offered", "not looked for");
    visit_fact_absent(visit, "search.results", "no search box");
    assert_int_equal(visit_fact(visit, "search.offered")->state, FACT_TRUTH);
    assert_int_equal(visit_fact(visit, "search.results")->state, FACT_ABSENT);
    assert_null(visit_fact(visit, "cart.lines"));
}

void test_visit__starts_metrics_as_not_measured(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = visit_create(arena);
    assert_true(isnan(visit_add_page(visit)->metrics[METRIC_TTFB]));
    assert_true(isnan(visit_add_step(visit, "open", STEP_KIND_OPEN)->metrics[METRIC_HTML]));
    assert_int_equal(visit_add_exchange(visit)->transfer_bytes, -1);
}

void test_visit__names_outcomes_both_ways(void)
{
    for (int i = 0; i < VISIT_OUTCOME_COUNT; i++)
        assert_int_equal(visit_outcome_of(visit_outcome_name((VisitOutcome)i)), i);
    for (int i = 0; i < STEP_OUTCOME_COUNT; i++)
        assert_int_equal(step_outcome_of(step_outcome_name((StepOutcome)i)), i);
    for (int i = 0; i < PAGE_KIND_COUNT; i++)
        assert_int_equal(page_kind_of(page_kind_name((PageKind)i)), i);
    assert_int_equal(step_kind_of("mystery/addToCart"), STEP_KIND_ADD_TO_CART);
    assert_int_equal(step_kind_of("nonsense"), STEP_KIND_COUNT);
    assert_int_equal(metric_of("lcp_ms"), METRIC_LCP);
}
