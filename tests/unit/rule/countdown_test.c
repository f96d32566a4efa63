/* countdown_test.c - remaining times as shops write them. SPDX-License-Identifier: MIT */
#include "rule/countdown.h"
#include "unit.h"

static double seconds_of(const char *text)
{
    double seconds = -1;
    Str quote;
    return countdown_read(str_of(text), &seconds, &quote) ? seconds : -1;
}

void test_countdown__reads_colons_and_words(void)
{
    assert_float_equal(seconds_of("offer ends in 02:14:59"), 8099, 0);
    assert_float_equal(seconds_of("sale: 1:02:14:59 left"), 94499, 0);
    assert_float_equal(seconds_of("hurry, 2 h 14 min 59 s"), 8099, 0);
    assert_float_equal(seconds_of("il reste 3 jours 2 heures 1 minute 5 secondes"), 266465,
                       0);
    assert_float_equal(seconds_of("deal ends in 04 mins 09 secs"), 249, 0);
}

void test_countdown__a_time_of_day_or_a_clock_at_rest_is_none(void)
{
    assert_float_equal(seconds_of("offer until 18:00"), -1, 0);
    assert_float_equal(seconds_of("offer ends in 00:00:00"), -1, 0);
    assert_float_equal(seconds_of("video, 01:02:03"), -1, 0);
    assert_float_equal(seconds_of("offer 10:99:99"), -1, 0);
    assert_float_equal(seconds_of("offer, version 1.2.3, 12/11/2026"), -1, 0);
    assert_float_equal(seconds_of(""), -1, 0);
}
