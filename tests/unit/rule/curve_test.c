/* curve_test.c - scores between two thresholds. SPDX-License-Identifier: MIT */
#include <math.h>

#include "rule/curve.h"
#include "unit.h"

static void assert_score(Curve curve, double value, double expected)
{
    double score = curve_score(&curve, value);
    if (fabs(score - expected) > 0.005)
        fail_msg("%g gives %g instead of %g", value, score, expected);
}

void test_curve__log_normal_keeps_published_points(void)
{
    /* scoring.md 3.1, test vectors. */
    const Curve lcp = {CURVE_LOG_NORMAL, 2500, 4000}, tbt = {CURVE_LOG_NORMAL, 200, 600},
                cls = {CURVE_LOG_NORMAL, 0.1, 0.25};
    assert_score(lcp, 1000, 1);
    assert_score(lcp, 2500, 0.90);
    assert_score(lcp, 3000, 0.78);
    assert_score(lcp, 4000, 0.50);
    assert_score(lcp, 6000, 0.13);
    assert_score(lcp, 10000, 0);
    assert_score(tbt, 0, 1);
    assert_score(tbt, 100, 0.98);
    assert_score(tbt, 1500, 0.14);
    assert_score(cls, 0.05, 0.99);
    assert_score(cls, 0.5, 0.16);
}

void test_curve__linear_is_straight_between_good_and_poor(void)
{
    const Curve curve = {CURVE_LINEAR, 100, 300};
    assert_score(curve, 50, 1);
    assert_score(curve, 200, 0.5);
    assert_score(curve, 900, 0);
}

void test_curve__log_linear_halves_at_the_geometric_mean(void)
{
    const Curve curve = {CURVE_LOG_LINEAR, 100, 10000};
    assert_score(curve, 100, 1);
    assert_score(curve, 1000, 0.5);
    assert_score(curve, 10000, 0);
}

void test_curve__a_step_is_all_or_nothing(void)
{
    const Curve curve = {CURVE_STEP, 10, NAN};
    assert_score(curve, 10, 1);
    assert_score(curve, 10.1, 0);
}

void test_curve__nothing_measured_gives_no_score(void)
{
    const Curve curve = {CURVE_LINEAR, 1, 2};
    assert_true(isnan(curve_score(&curve, NAN)));
}
