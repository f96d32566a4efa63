/* stats_power_test.c - promises of base/stats_power; the table is checked by simulation in
 * make bench. SPDX-License-Identifier: MIT */
#include "base/stats_power.h"
#include "unit.h"

void test_stats_power__knots_are_the_table(void)
{
    assert_near(stats_detectable(0.10, 11), 0.158, 1e-9);
    assert_near(stats_detectable(0.05, 5), 0.182, 1e-9);
    assert_near(stats_detectable(0.30, 31), 0.261, 1e-9);
}

void test_stats_power__falls_with_visits_and_grows_with_noise(void)
{
    for (size_t n = 4; n < 200; n++)
        assert_true(stats_detectable(0.1, n + 1) < stats_detectable(0.1, n));
    for (double noise = 0.02; noise < 0.6; noise += 0.01)
        assert_true(stats_detectable(noise + 0.01, 11) > stats_detectable(noise, 11));
}

void test_stats_power__three_visits_claim_nothing(void)
{
    assert_true(isnan(stats_detectable(0.05, 3)));
    assert_true(isnan(stats_detectable(NAN, 11)));
}

void test_stats_power__visits_that_would_decide(void)
{
    assert_int_equal(stats_visits_needed(0.10, 0.158), 11);
    assert_int_equal(stats_visits_needed(0.01, 0.5), 5);
    assert_true(stats_visits_needed(0.10, 0.10) > 21);
    assert_true(stats_visits_needed(0.10, 0.10) < 25);
    assert_int_equal(stats_visits_needed(2, 0.001), 1000);
}
