/* compare_test.c - promises of score/compare, compare_findings.c, change.c and trend.c;
 * false alarms and power by simulation (the long runs are in make bench).
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "score/change.h"
#include "score/compare.h"
#include "score/trend.h"
#include "snapshots.h"
#include "unit.h"

static const CompareDesign interleaved = {.is_interleaved = true, .session_sd = NAN};

static Change change_of(const double *before, const double *after, size_t n, Metric metric,
                        const CompareDesign *design)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RankSample sample = {before, after, n, n};
    Change change;
    change_measure(arena, &sample, 1, metric, design, &change);
    change_decide(&change, change.p, 1);
    return change;
}

void test_change__three_words_and_an_improvement(void)
{
    const double quick[] = {1000, 1010, 990, 1020, 980, 1005, 995, 1015};
    const double slow[] = {1400, 1410, 1390, 1420, 1380, 1405, 1395, 1415};
    const double wild[] = {700, 1410, 600, 1620, 980, 1305, 795, 1500};
    Change change = change_of(quick, slow, 8, METRIC_TTFB, &interleaved);
    assert_int_equal(change.word, CHANGE_WORSE);
    assert_near(change.estimate, 1.4, 0.02);
    assert_true(change.low > 1.3 && change.high < 1.5);
    assert_int_equal(change_of(slow, quick, 8, METRIC_TTFB, &interleaved).word,
                     CHANGE_BETTER);
    assert_int_equal(change_of(quick, quick, 8, METRIC_TTFB, &interleaved).word,
                     CHANGE_NONE);
    change = change_of(quick, wild, 8, METRIC_TTFB, &interleaved);
    assert_int_equal(change.word, CHANGE_INCONCLUSIVE);
    assert_true(change.needed > 8);
}

void test_change__under_four_visits_nothing_is_claimed(void)
{
    const double quick[] = {100, 101, 102};
    const double slow[] = {900, 901, 902};
    Change change = change_of(quick, slow, 3, METRIC_TTFB, &interleaved);
    assert_int_equal(change.word, CHANGE_INCONCLUSIVE);
    assert_true(change.is_too_few);
    assert_true(isnan(change.p_adjusted));
    assert_true(change.needed >= 5);
}

void test_change__limits_by_metric(void)
{
    const double ms[] = {200, 210, 190, 205, 195};
    const double later[] = {270, 275, 265, 272, 268};
    const double bytes[] = {100000, 100000, 100000, 100000, 100000};
    const double heavier[] = {109000, 109000, 109000, 109000, 109000};
    const double shift[] = {0.00, 0.00, 0.01, 0.01, 0.00};
    const double shifts[] = {0.01, 0.01, 0.02, 0.02, 0.01};
    /* 70 ms more is 35 %, yet nobody feels it. */
    assert_int_equal(change_of(ms, later, 5, METRIC_TTFB, &interleaved).word, CHANGE_NONE);
    assert_int_equal(change_of(bytes, heavier, 5, METRIC_TRANSFER, &interleaved).word,
                     CHANGE_NONE);
    Change change = change_of(shift, shifts, 5, METRIC_CLS, &interleaved);
    assert_false(change.is_ratio);
    assert_near(change.limit, 0.02, 1e-12);
    assert_int_equal(change.word, CHANGE_NONE);
}

void test_change__a_saved_baseline_widens_the_limit(void)
{
    const double a[] = {2000, 2010, 1990, 2005, 1995};
    const CompareDesign few = {.sessions = 3, .session_sd = 0.05};
    const CompareDesign known = {.sessions = 8, .session_sd = 0.05};
    assert_near(change_of(a, a, 5, METRIC_TTFB, &interleaved).limit, 1.1, 1e-9);
    assert_near(change_of(a, a, 5, METRIC_TTFB, &few).limit, 1.2, 1e-9);
    assert_near(change_of(a, a, 5, METRIC_TTFB, &known).limit,
                1.1 * exp(1.96 * sqrt(2) * 0.05), 1e-9);
}

static SnapFinding finding(const char *rounds, const char *revision)
{
    return (SnapFinding){.rule = "tech-csp", .rounds = rounds, .revision = revision};
}

static FindingChange state(const char *before, const char *after)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SnapFinding was = finding(before, "1"), is = finding(after, "1");
    Snapshot a = {.findings = &was, .finding_count = 1};
    Snapshot b = {.findings = &is, .finding_count = 1};
    Comparison c = {.before = &a, .after = &b};
    compare_findings(arena, &c);
    return c.finding_count ? c.findings[0].state : FINDING_CHANGE_COUNT;
}

void test_compare_findings__states_by_rounds(void)
{
    assert_int_equal(state("ppp", "fff"), FINDING_NEW);
    assert_int_equal(state("ppp", "pff"), FINDING_NEW);
    assert_int_equal(state("ppp", "ppf"), FINDING_FLICKERING);
    assert_int_equal(state("pfp", "fff"), FINDING_FLICKERING);
    assert_int_equal(state("fff", "ppp"), FINDING_FIXED);
    assert_int_equal(state("fff", "fpf"), FINDING_STILL);
    assert_int_equal(state("ppp", "ppp"), FINDING_CHANGE_COUNT);
    assert_int_equal(state("---", "fff"), FINDING_UNSEEN);
    assert_int_equal(state("p", "f"), FINDING_NEW);
    /* Only the last three that could be told. */
    assert_int_equal(state("ffppp", "ff?"), FINDING_NEW);
}

void test_compare_findings__a_changed_rule_is_no_regression(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SnapFinding was = finding("ppp", "1"), is = finding("fff", "2");
    Snapshot a = {.findings = &was, .finding_count = 1};
    Snapshot b = {.findings = &is, .finding_count = 1};
    Snapshot none = {0};
    Comparison c = {.before = &a, .after = &b};
    compare_findings(arena, &c);
    assert_int_equal(c.counts[FINDING_BY_GRID], 1);
    c = (Comparison){.before = &none, .after = &b};
    compare_findings(arena, &c);
    assert_int_equal(c.counts[FINDING_BY_GRID], 1);
}

void test_compare__names_the_slow_page_and_step(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Clock dice;
    clock_init_fixed(&dice, 0, 5);
    SampleNoise noise = {.dice = &dice, .sigma = 0.05};
    const Snapshot *before = sample_snapshot(arena, "a", SAMPLE_TIME_US, 6, &noise);
    noise.slow = PAGE_PRODUCT;
    noise.slow_log = log(1.5);
    const Snapshot *after = sample_snapshot(arena, "a", SAMPLE_TIME_US + 1, 6, &noise);
    Comparison c;
    compare_snapshots(arena, before, after, &interleaved, &c);
    assert_int_equal(c.word, CHANGE_WORSE);
    assert_int_equal(c.time_count, 4);
    for (size_t i = 0; i < c.time_count; i++) {
        bool is_product = c.times[i].kind == PAGE_PRODUCT;
        assert_int_equal(c.times[i].change.word == CHANGE_WORSE, is_product);
        assert_int_equal(c.times[i].journeys, 2);
        if (is_product)
            assert_string_equal(c.times[i].step, "mystery/openProduct");
    }
}

void test_compare__metrics_beside_the_primary_are_leads(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Snapshot *before = sample_snapshot(arena, "a", SAMPLE_TIME_US, 6, NULL);
    Snapshot *after = sample_snapshot(arena, "a", SAMPLE_TIME_US + 1, 6, NULL);
    for (size_t p = 0; p < after->page_count; p++)
        if (after->pages[p].kind == PAGE_HOME)
            after->pages[p].metrics[METRIC_TRANSFER] = 900000;
    Comparison c;
    compare_snapshots(arena, before, after, &interleaved, &c);
    assert_int_equal(c.word, CHANGE_NONE);
    assert_int_equal(c.time_count, 5);
    assert_false(c.times[4].is_primary);
    assert_int_equal(c.times[4].change.metric, METRIC_TRANSFER);
}

void test_compare__journeys_and_prices_exactly(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Snapshot *before = sample_snapshot(arena, "a", SAMPLE_TIME_US, 6, NULL);
    Snapshot *after = sample_snapshot(arena, "a", SAMPLE_TIME_US + 1, 6, NULL);
    after->prices[0].price = 66;
    for (size_t v = 0; v < after->visit_count; v++)
        after->visits[v].outcome = VISIT_ABANDONED;
    Comparison c;
    compare_snapshots(arena, before, after, &interleaved, &c);
    assert_int_equal(c.price_count, 1);
    assert_near(c.prices[0].before->price, 64, 0);
    assert_int_equal(c.journey_count, 2);
    assert_int_equal(c.journeys[0].before_done, 7);
    assert_int_equal(c.journeys[0].after_done, 0);
    assert_true(c.journeys[0].p < 0.001);
}

void test_compare__visits_that_a_gate_needs_at_least(void)
{
    assert_int_equal(compare_visits_least(1, 1), 4);
    assert_int_equal(compare_visits_least(10, 1), 6);
    assert_int_equal(compare_visits_least(10, 2), 4);
}

/* Shares as promised, with room for the 200 runs that a test has time for. */
void test_compare__simulated_false_alarms_and_power(void)
{
    Simulation aa = {.runs = 200, .visits = 11, .sigma = 0.10, .seed = 1};
    Simulation saved = aa, slow = aa;
    saved.sessions = 8;
    saved.session_sd = 0.05;
    slow.slow_log = log(1.25);
    assert_true(simulate(&aa).worse <= 4);
    assert_true(simulate(&saved).worse <= 10);
    assert_true(simulate(&slow).named >= 180);
}

void test_trend__only_changes_that_matter(void)
{
    double values[60];
    int64_t times[60];
    HistorySeries series = {.kind = SERIES_TIME, .values = values, .times = times};
    Clock dice;
    clock_init_fixed(&dice, 0, 9);
    series.count = 60;
    for (int i = 0; i < 60; i++)
        values[i] = (i < 30 ? 1000 : 1300) * exp(0.03 * sample_normal(&dice));
    trend_changes(&series);
    assert_int_equal(series.change_count, 1);
    assert_in_range(series.changes[0].at, 29, 31);
    assert_near(series.changes[0].after, 1300, 40);
    for (int i = 0; i < 60; i++)
        values[i] = (i < 30 ? 100 : 150) * exp(0.03 * sample_normal(&dice));
    trend_changes(&series);
    assert_int_equal(series.change_count, 0);
}
