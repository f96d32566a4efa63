/* stats_test.c - promises of base/stats.
 *
 * SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>

#include "base/attr.h"
#include "base/stats.h"
#include "unit.h"

void test_stats__median_of_odd_even_and_none(void)
{
    double values[] = {3, 1, 2, 10};
    stats_sort(values, 4);
    assert_near(stats_median(values, 3), 2, 1e-12);
    assert_near(stats_median(values, 4), 2.5, 1e-12);
    assert_true(isnan(stats_median(values, 0)));
    double huge[] = {DBL_MAX, DBL_MAX};
    assert_true(isfinite(stats_median(huge, 2)));
}

void test_stats__quantiles_are_type_7(void)
{
    const double values[] = {1, 2, 3, 4, 10};
    assert_near(stats_quantile(values, 5, 0.25), 2, 1e-12);
    assert_near(stats_quantile(values, 5, 0.9), 7.6, 1e-12);
    assert_near(stats_quantile(values, 5, 0), 1, 1e-12);
    assert_near(stats_quantile(values, 5, 1), 10, 1e-12);
    assert_near(stats_quantile(values, 5, 7), 10, 1e-12);
    assert_near(stats_quantile(values, 1, 0.5), 1, 1e-12);
    assert_true(isnan(stats_quantile(values, 0, 0.5)));
    assert_true(isnan(stats_quantile(values, 5, NAN)));
}

void test_stats__mad_is_scaled_to_sigma(void)
{
    const double values[] = {1, 1, 2, 2, 4, 6, 9};
    double scratch[7];
    assert_near(stats_mad_sigma(values, 7, scratch), 1.4826, 1e-12);
    assert_true(isnan(stats_mad_sigma(values, 0, scratch)));
}

void test_stats__mean_of_none_is_unknown(void)
{
    const double values[] = {1, 2, 6};
    assert_near(stats_mean(values, 3), 3, 1e-12);
    assert_true(isnan(stats_mean(values, 0)));
}

void test_stats__wilson_interval_as_published(void)
{
    double low = 0;
    double high = 0;
    stats_wilson(15, 148, &low, &high);
    assert_near(low, 0.0624, 5e-5);
    assert_near(high, 0.1605, 5e-5);
    stats_wilson(0, 20, &low, &high);
    assert_true(low <= 0 && low >= 0);
    assert_near(high, 0.1611, 5e-5);
    stats_wilson(3, 3, &low, &high);
    assert_true(high >= 1 && high <= 1);
    assert_near(low, 0.4385, 5e-5);
}

void test_stats__normal_cdf_at_known_points(void)
{
    assert_near(stats_normal_cdf(0), 0.5, 1e-12);
    assert_near(stats_normal_cdf(1.959963984540054), 0.975, 1e-9);
    assert_near(stats_normal_cdf(-8), 6.22e-16, 1e-18);
}
