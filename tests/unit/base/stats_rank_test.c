/* stats_rank_test.c - promises of base/stats_rank. Golden figures: R's examples for
 * wilcox.test (Hollander and Wolfe 1973) and SciPy 1.10.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "base/attr.h"
#include "base/stats_rank.h"
#include "unit.h"

static RankResult shift_of(const double *before, size_t m, const double *after, size_t n)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RankSample sample = {before, after, m, n};
    return rank_shift(arena, &sample, 1);
}

/* Permeability constants of the human chorioamnion: R's own example. */
void test_stats_rank__mann_whitney_as_r_publishes(void)
{
    const double at_term[] = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    const double early[] = {1.15, 0.88, 0.90, 0.74, 1.21};
    RankResult result = shift_of(early, 5, at_term, 10);
    assert_true(result.is_exact);
    assert_near(result.statistic, 35, 1e-12);
    assert_near(result.p, 0.2544122544122544, 1e-12);
    assert_near(result.shift, 0.305, 1e-12);
    assert_near(result.low, -0.15, 1e-12);
    assert_near(result.high, 0.76, 1e-12);
    assert_near(result.delta, 2 * 35.0 / 50 - 1, 1e-12);
}

void test_stats_rank__ties_are_counted_exactly(void)
{
    const double before[] = {3, 3, 4, 5, 5, 6, 7};
    const double after[] = {5, 6, 6, 7, 8, 9};
    RankResult result = shift_of(before, 7, after, 6);
    assert_near(result.statistic, 35.5, 1e-12);
    assert_near(result.p, 0.04312354312354312, 1e-12);
}

void test_stats_rank__large_samples_are_normal_with_corrections(void)
{
    double before[30];
    double after[25];
    for (int i = 0; i < 30; i++)
        before[i] = (double)(i % 7);
    for (int i = 0; i < 25; i++)
        after[i] = (double)((i * 3) % 9 + 1);
    RankResult result = shift_of(before, 30, after, 25);
    assert_false(result.is_exact);
    assert_near(result.statistic, 467.5, 1e-12);
    assert_near(result.p, 0.11398814473330487, 1e-9);
}

/* Three visits against three can never be significant; four can. */
void test_stats_rank__smallest_p_of_small_samples(void)
{
    const double low[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const double high[] = {11, 12, 13, 14, 15, 16, 17, 18};
    const double least[] = {0.1,
                            0.02857142857142857,
                            0.007936507936507936,
                            0.0021645021645021645,
                            0.0005827505827505828,
                            0.0001554001554001554};
    for (size_t n = 3; n <= 8; n++) {
        RankResult result = shift_of(low, n, high, n);
        assert_near(result.p, least[n - 3], 1e-12);
        assert_near(result.smallest_p, least[n - 3], 1e-12);
    }
    assert_true(isnan(shift_of(low, 3, high, 3).low));
    assert_true(!isnan(shift_of(low, 4, high, 4).low));
}

/* By enumeration of all 20 x 20 arrangements. */
void test_stats_rank__strata_are_pooled_exactly(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const double a1[] = {1, 2, 5};
    const double b1[] = {3, 6, 7};
    const double a2[] = {10, 14, 13};
    const double b2[] = {12, 15, 16};
    const RankSample strata[] = {{a1, b1, 3, 3}, {a2, b2, 3, 3}};
    RankResult result = rank_shift(arena, strata, 2);
    assert_near(result.statistic, 15, 1e-12);
    assert_near(result.p, 0.09, 1e-12);
    assert_near(result.shift, 2, 1e-12);
    assert_near(result.low, -1, 1e-12);
    assert_near(result.high, 5, 1e-12);
}

void test_stats_rank__nothing_says_nothing(void)
{
    const double one[] = {1};
    RankResult result = shift_of(one, 1, one, 0);
    assert_true(isnan(result.p) && isnan(result.shift) && isnan(result.low));
    const double same[] = {2, 2, 2, 2, 2};
    result = shift_of(same, 5, same, 5);
    assert_near(result.p, 1, 1e-12);
    assert_near(result.shift, 0, 1e-12);
    assert_near(result.low, 0, 1e-12);
    assert_near(result.high, 0, 1e-12);
}

/* Hamilton depression scale: R's own example. */
void test_stats_rank__signed_rank_as_r_publishes(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const double before[] = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    const double after[] = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    const RankSample sample = {before, after, 9, 9};
    RankResult result = rank_pairs(arena, &sample);
    assert_true(result.is_exact);
    assert_near(result.statistic, 40, 1e-12);
    assert_near(result.p, 0.0390625, 1e-12);
    assert_near(result.shift, 0.46, 1e-12);
    assert_near(result.low, 0.01, 1e-12);
    assert_near(result.high, 0.786, 1e-12);
}

void test_stats_rank__signed_rank_with_ties_zero_and_many(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const double before[] = {5, 5, 6, 8, 9, 6, 2};
    const double after[] = {5, 7, 8, 9, 10, 4, 6};
    const RankSample sample = {before, after, 7, 7};
    RankResult result = rank_pairs(arena, &sample);
    assert_near(result.statistic, 17, 1e-12);
    assert_near(result.p, 0.21875, 1e-12);
    double many_before[30];
    double many_after[30];
    for (int i = 0; i < 30; i++) {
        many_before[i] = i + 1;
        many_after[i] = sin(i) * 10 + i;
    }
    const RankSample many = {many_before, many_after, 30, 30};
    result = rank_pairs(arena, &many);
    assert_false(result.is_exact);
    assert_near(result.statistic, 204, 1e-12);
    assert_near(result.p, 0.5646736488904178, 1e-9);
}
