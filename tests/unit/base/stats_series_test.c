/* stats_series_test.c - promises of base/stats_series. SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "base/clock.h"
#include "base/stats_series.h"
#include "unit.h"

static double noise(Clock *dice)
{
    double sum = 0;
    for (int i = 0; i < 12; i++)
        sum += (double)clock_random(dice, 1000001) / 1000000.0;
    return sum - 6;
}

static size_t changes_of(uint64_t seed, size_t count, double step, ChangePoint *changes)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    double values[100];
    Clock dice;
    clock_init_fixed(&dice, 0, seed);
    for (size_t i = 0; i < count; i++)
        values[i] = 5 + 0.1 * noise(&dice) + (i >= 60 ? step : 0);
    return series_changes(arena, values, count, 1, changes, 8);
}

void test_stats_series__a_step_is_found_with_its_interval(void)
{
    int found = 0, covered = 0;
    for (uint64_t seed = 0; seed < 40; seed++) {
        ChangePoint changes[8];
        if (changes_of(seed, 100, 0.3, changes) < 1)
            continue;
        found++;
        covered += changes[0].low <= 60 && changes[0].high >= 60;
        assert_near(changes[0].after - changes[0].before, 0.3, 0.15);
    }
    assert_int_equal(found, 40);
    assert_true(covered >= 35);
}

void test_stats_series__a_quiet_series_seldom_has_any(void)
{
    ChangePoint changes[8];
    int alarms = 0;
    for (uint64_t seed = 0; seed < 40; seed++)
        alarms += changes_of(seed, 100, 0, changes) > 0;
    assert_true(alarms <= 3);
    assert_int_equal(changes_of(7, 9, 0, changes), 0);
    assert_int_equal(changes_of(7, 0, 0, changes), 0);
}

void test_stats_series__two_steps_come_first_to_last(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    ChangePoint changes[8];
    double values[120];
    Clock dice;
    clock_init_fixed(&dice, 0, 3);
    for (int i = 0; i < 120; i++)
        values[i] = 0.1 * noise(&dice) + (i >= 40 && i < 80 ? 1 : 0);
    assert_int_equal(series_changes(arena, values, 120, 1, changes, 8), 2);
    assert_in_range(changes[0].at, 38, 42);
    assert_in_range(changes[1].at, 78, 82);
}
