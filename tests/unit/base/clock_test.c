/* clock_test.c - promises of base/clock.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/clock.h"
#include "unit.h"

void test_clock__fixed_clock_stands_still(void)
{
    Clock clock;
    clock_init_fixed(&clock, 123456789, 1);
    assert_int_equal(clock_wall_us(&clock), 123456789);
    clock_sleep_us(&clock, 3600000000LL);
    assert_int_equal(clock_now_us(&clock), 123456789);
}

void test_clock__source_date_epoch_fixes_wall_time_only(void)
{
    Clock clock;
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    clock_init(&clock);
    unsetenv("SOURCE_DATE_EPOCH");
    assert_int_equal(clock_wall_us(&clock), 1700000000000000LL);
    int64_t before = clock_now_us(&clock);
    clock_sleep_us(&clock, 2000);
    assert_true(clock_now_us(&clock) - before >= 2000);
}

void test_clock__random_is_repeatable_and_below(void)
{
    Clock one;
    Clock other;
    clock_init_fixed(&one, 0, 42);
    clock_init_fixed(&other, 0, 42);
    for (int i = 0; i < 1000; i++) {
        uint64_t draw = clock_random(&one, 7);
        assert_true(draw < 7);
        assert_int_equal(draw, clock_random(&other, 7));
    }
    assert_int_equal(clock_random(&one, 1), 0);
}

static void assert_iso(int64_t wall_us, const char *expected)
{
    char text[64];
    int64_t back = 0;
    clock_iso8601(wall_us, text, sizeof(text));
    assert_string_equal(text, expected);
    assert_true(clock_parse_iso8601(text, &back));
    assert_int_equal(back, wall_us);
}

void test_clock__iso8601_goes_there_and_back(void)
{
    assert_iso(0, "1970-01-01T00:00:00.000Z");
    assert_iso(1795080725123000LL, "2026-11-19T09:32:05.123Z");
    assert_iso(951782400000000LL, "2000-02-29T00:00:00.000Z");
    assert_iso(-1000, "1969-12-31T23:59:59.999Z");
    assert_iso(-62135596800000000LL, "0001-01-01T00:00:00.000Z");
    assert_iso(253402300799999000LL, "9999-12-31T23:59:59.999Z");
}

void test_clock__iso8601_reads_offsets_and_fractions(void)
{
    int64_t us = 0;
    assert_true(clock_parse_iso8601("2009-07-24T19:20:30.45+01:00", &us));
    assert_int_equal(us, 1248459630450000LL);
    assert_true(clock_parse_iso8601("2009-07-24T19:20:30-0030", &us));
    assert_int_equal(us, 1248465030000000LL);
    assert_true(clock_parse_iso8601("2009-07-24T19:20:30.1234569Z", &us));
    assert_int_equal(us % 1000000, 123456);
}

void test_clock__iso8601_refuses_other_texts(void)
{
    const char *const wrong[] = {"",
                                 "2009",
                                 "2009-07-24",
                                 "2009-07-24T19:20:30",
                                 "2009-13-24T19:20:30Z",
                                 "2009-02-29T00:00:00Z",
                                 "2009-07-24T24:00:00Z",
                                 "2009-07-24T19:60:00Z",
                                 "2009-07-24T19:20:30.Z",
                                 "2009-07-24T19:20:30+1:00",
                                 "2009-07-24T19:20:30Zx",
                                 "2009-07-24 19:20:30Z",
                                 "2009-00-24T19:20:30Z"};
    int64_t us = 0;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(clock_parse_iso8601(wrong[i], &us));
    assert_false(clock_parse_iso8601(NULL, &us));
}

void test_clock__civil_dates_know_their_weekday(void)
{
    CivilTime civil;
    clock_civil(1795080725123000LL, &civil);
    assert_int_equal(civil.year, 2026);
    assert_int_equal(civil.month, 11);
    assert_int_equal(civil.day, 19);
    assert_int_equal(civil.weekday, 4);
    assert_int_equal(civil.second, 5);
    clock_civil(-1, &civil);
    assert_int_equal(civil.weekday, 3);
    assert_int_equal(civil.year, 1969);
}
