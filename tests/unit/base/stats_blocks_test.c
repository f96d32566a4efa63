/* stats_blocks_test.c - Friedman's test against published figures. SPDX-License-Identifier:
 * MIT */
#include "base/attr.h"
#include "base/stats_blocks.h"
#include "unit.h"

void test_stats_blocks__knows_the_chi_square_table(void)
{
    assert_near(stats_chi_square_tail(3.841459, 1), 0.05, 1e-6);
    assert_near(stats_chi_square_tail(9.487729, 4), 0.05, 1e-6);
    assert_near(stats_chi_square_tail(18.46683, 4), 0.001, 1e-6);
    assert_near(stats_chi_square_tail(0, 3), 1, 1e-12);
}

void test_stats_blocks__agrees_with_the_rounding_first_base_example(void)
{
    /* Hollander and Wolfe (1999), table 7.1: S = 11.14 over 22 players and 3 ways. */
    static const double times[] = {
        5.40, 5.50, 5.55, 5.85, 5.70, 5.75, 5.20, 5.60, 5.50, 5.55, 5.50, 5.40, 5.90, 5.85,
        5.70, 5.45, 5.55, 5.60, 5.40, 5.40, 5.35, 5.45, 5.50, 5.35, 5.25, 5.15, 5.00, 5.85,
        5.80, 5.70, 5.25, 5.20, 5.10, 5.65, 5.55, 5.45, 5.60, 5.35, 5.45, 5.05, 5.00, 4.95,
        5.50, 5.50, 5.40, 5.45, 5.55, 5.50, 5.55, 5.55, 5.35, 5.45, 5.50, 5.55, 5.50, 5.45,
        5.25, 5.65, 5.60, 5.40, 5.70, 5.65, 5.55, 6.30, 6.30, 6.25};
    AUTO(arena_auto) Arena *arena = arena_create();
    double statistic = 0;
    double p = stats_friedman(arena, times, 22, 3, &statistic);
    assert_near(statistic, 11.14, 0.01);
    assert_near(p, 0.0038, 0.0002);
}

void test_stats_blocks__ties_everywhere_are_no_difference(void)
{
    static const double same[] = {1, 1, 1, 1, 1, 1};
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_near(stats_friedman(arena, same, 2, 3, NULL), 1, 1e-12);
    assert_true(isnan(stats_friedman(arena, same, 1, 3, NULL)));
}
