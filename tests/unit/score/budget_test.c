/* budget_test.c - promises of score/budget; tests budget_foreign.c too.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/out.h"
#include "score/budget.h"
#include "snapshots.h"
#include "unit.h"

static bool loaded(Arena *arena, const char *text, Budget *budget, Error *err)
{
    char path[] = "/tmp/mystery-budget-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    assert_true(file_write(path, str_of(text), err));
    bool is_loaded = budget_load(arena, path, budget, err);
    unlink(path);
    return is_loaded;
}

void test_budget__ours_by_page_step_and_journey(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Snapshot *s = sample_snapshot(arena, "a", SAMPLE_TIME_US, 3, NULL);
    Budget budget;
    Error err = {0};
    assert_true(loaded(arena,
                       "{\"budget\": [{\"page\": \"product\", \"metric\": \"ttfb_ms\","
                       " \"max\": 1700}, {\"step\": \"search\", \"metric\": \"ttfb_ms\","
                       " \"max\": 1600}, {\"journey\": \"buy\", \"metric\": \"clicks\","
                       " \"max\": 5}, {\"metric\": \"lcp_ms\", \"max\": 1}]}",
                       &budget, &err));
    assert_int_equal(budget.count, 4);
    BudgetResult result = budget_judge(&budget.rows[0], s);
    assert_near(result.value, 1800, 1e-9);
    assert_int_equal(result.page, PAGE_PRODUCT);
    assert_string_equal(result.step, "mystery/openProduct");
    assert_near(budget_judge(&budget.rows[1], s).value, 1500, 1e-9);
    result = budget_judge(&budget.rows[2], s);
    assert_near(result.value, 6, 1e-9);
    assert_int_equal(result.page, PAGE_KIND_COUNT);
    /* Not measured is never 0. */
    assert_true(isnan(budget_judge(&budget.rows[3], s).value));
}

void test_budget__lighthouse_files_are_read(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Snapshot *s = sample_snapshot(arena, "a", SAMPLE_TIME_US, 3, NULL);
    Budget budget;
    Error err = {0};
    assert_true(loaded(arena,
                       "[{\"path\": \"/pro*\", \"resourceSizes\": [{\"resourceType\":"
                       " \"total\", \"budget\": 400}, {\"resourceType\": \"font\","
                       " \"budget\": 10}], \"timings\": [{\"metric\":"
                       " \"largest-contentful-paint\", \"budget\": 2500}]}]",
                       &budget, &err));
    assert_int_equal(budget.count, 3);
    assert_near(budget.rows[0].most, 409600, 0);
    BudgetResult result = budget_judge(&budget.rows[0], s);
    assert_near(result.value, 500000, 1e-9);
    assert_int_equal(result.page, PAGE_PRODUCT);
    assert_true(budget.rows[1].is_foreign);
    assert_int_equal(budget.rows[2].metric, METRIC_LCP);
}

void test_budget_foreign__sitespeed_files_are_read(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Snapshot *s = sample_snapshot(arena, "a", SAMPLE_TIME_US, 3, NULL);
    Budget budget;
    Error err = {0};
    assert_true(loaded(arena,
                       "{\"budget\": {\"timings\": {\"ttfb\": 900, \"firstPaint\": 1},"
                       " \"https://shop.example/cart\": {\"transferSize\": {\"total\":"
                       " 300000}}}}",
                       &budget, &err));
    assert_int_equal(budget.count, 3);
    assert_near(budget_judge(&budget.rows[0], s).value, 1800, 1e-9);
    assert_true(budget.rows[1].is_foreign);
    BudgetResult result = budget_judge(&budget.rows[2], s);
    assert_int_equal(result.page, PAGE_CART);
}

void test_budget__mistakes_are_named_with_their_place(void)
{
    static const char *const texts[] = {
        "{\"budget\": [{\"metric\": \"ttbf_ms\", \"max\": 1}]}",
        "{\"budget\": [{\"page\": \"produkt\", \"metric\": \"ttfb_ms\", \"max\": 1}]}",
        "{\"budget\": [{\"metric\": \"ttfb_ms\"}]}",
        "{\"budget\": [{\"metric\": \"clicks\", \"page\": \"cart\", \"max\": 1}]}",
        "{\"budgets\": []}",
        "[{\"timings\": [{\"metric\": \"interactive\"}]}]",
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Budget budget;
        Error err = {0};
        assert_false(loaded(arena, texts[i], &budget, &err));
        assert_int_equal(err.code, ERROR_INPUT);
        assert_non_null(strstr(err.where, ":1:"));
    }
}
