/* stats_share_test.c - promises of base/stats_share. Golden figures: R's fisher.test and
 * p.adjust, SciPy 1.10.
 *
 * SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "base/stats_share.h"
#include "unit.h"

void test_stats_share__fisher_as_published(void)
{
    /* The lady tasting tea. */
    assert_near(stats_fisher(3, 4, 1, 4), 0.48571428571428565, 1e-9);
    assert_near(stats_fisher(1, 10, 11, 14), 0.0027594561852200836, 1e-9);
    assert_near(stats_fisher(0, 11, 4, 11), 0.09022556390977444, 1e-9);
    /* Convictions of twins: R's example. */
    assert_near(stats_fisher(2, 12, 15, 18), 0.0005367241191434357, 1e-9);
    assert_near(stats_fisher(8, 10, 1, 6), 0.034965034965034975, 1e-9);
    assert_near(stats_fisher(0, 5, 0, 5), 1, 1e-9);
}

void test_stats_share__holm_steps_down(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    double p[] = {0.01, 0.04, NAN, 0.03, 0.005, 0.5};
    const double adjusted[] = {0.04, 0.09, NAN, 0.09, 0.025, 0.5};
    stats_holm(arena, p, 6);
    for (int i = 0; i < 6; i++)
        assert_true(i == 2 ? isnan(p[i]) : fabs(p[i] - adjusted[i]) < 1e-12);
}

void test_stats_share__false_discovery_steps_up(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    double p[] = {0.01, 0.04, 0.03, 0.005, 0.5};
    const double adjusted[] = {0.025, 0.05, 0.05, 0.025, 0.5};
    stats_benjamini_hochberg(arena, p, 5);
    for (int i = 0; i < 5; i++)
        assert_near(p[i], adjusted[i], 1e-12);
}
