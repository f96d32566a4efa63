/* units_test.c - promises of base/units.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "unit.h"

static void assert_number(double number, const char *expected)
{
    char text[32];
    assert_string_equal(number_text(number, text, sizeof(text)), expected);
}

static void assert_fixed(double number, int decimals, const char *expected)
{
    char text[64];
    assert_string_equal(number_fixed(number, decimals, text, sizeof(text)), expected);
}

void test_units__numbers_take_their_shortest_form(void)
{
    assert_number(0, "0");
    assert_number(-0.0, "0");
    assert_number(1, "1");
    assert_number(-12345678, "-12345678");
    assert_number(0.1, "0.1");
    assert_number(0.1 + 0.2, "0.30000000000000004");
    assert_number(1.0 / 3, "0.3333333333333333");
    assert_number(1e15, "1000000000000000");
    assert_number(1e21, "1e+21");
    assert_number(-1.5e-9, "-1.5e-9");
    assert_number(0.00001, "0.00001");
    assert_number(1.7976931348623157e308, "1.7976931348623157e+308");
    assert_number(5e-324, "5e-324");
    assert_number(NAN, "null");
    assert_number(-INFINITY, "null");
}

void test_units__shortest_form_reads_back_the_same(void)
{
    uint64_t state = 12345;
    for (int i = 0; i < 20000; i++) {
        char text[32];
        double number = 0;
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        memcpy(&number, &state, sizeof(number));
        if (!isfinite(number))
            continue;
        number_text(number, text, sizeof(text));
        double back = strtod(text, NULL);
        assert_memory_equal(&back, &number, sizeof(number));
    }
}

void test_units__fixed_rounds_half_away_from_zero(void)
{
    assert_fixed(2.675, 2, "2.68");
    assert_fixed(-2.5, 0, "-3");
    assert_fixed(0.5, 0, "1");
    assert_fixed(0.4999, 0, "0");
    assert_fixed(-0.001, 2, "0.00");
    assert_fixed(9.995, 2, "10.00");
    assert_fixed(99.99, 0, "100");
    assert_fixed(0.05, 1, "0.1");
    assert_fixed(0.04, 1, "0.0");
    assert_fixed(0.0449, 1, "0.0");
    assert_fixed(0, 3, "0.000");
    assert_fixed(1234.5, 3, "1234.500");
    assert_fixed(1e-300, 2, "0.00");
    assert_fixed(12, 0, "12");
    assert_fixed(NAN, 2, "null");
}

void test_units__durations_need_a_unit(void)
{
    int64_t us = 0;
    Error err = {0};
    assert_true(duration_parse("250ms", &us, &err) && us == 250000);
    assert_true(duration_parse("1.5s", &us, &err) && us == 1500000);
    assert_true(duration_parse("5m", &us, &err) && us == 300000000);
    assert_true(duration_parse("1h", &us, &err) && us == 3600000000LL);
    assert_false(duration_parse("30", &us, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.hint, "did you mean '30s'?");
    const char *const wrong[] = {
        "", "s", "-1s", "1d", "1 s", "1e3s", "1..5s", "99999999999999h", "1ss"};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_false(duration_parse(wrong[i], &us, NULL));
}

void test_units__bounds_are_named(void)
{
    int64_t value = 0;
    double number = 0;
    Error err = {0};
    assert_true(integer_parse("3", 1, 3, &value, &err) && value == 3);
    assert_false(integer_parse("4", 1, 3, &value, &err));
    assert_string_equal(err.what, "'4' is not a whole number from 1 to 3");
    error_clear(&err);
    assert_true(number_parse("0.5", 0, 1, &number, &err));
    assert_false(number_parse("1.5", 0, 1, &number, &err));
    assert_string_equal(err.what, "'1.5' is not a number from 0 to 1");
}

void test_units__size_arithmetic_sees_overflow(void)
{
    size_t size = 0;
    assert_true(size_add(1, 2, &size) && size == 3);
    assert_false(size_add(SIZE_MAX, 1, &size));
    assert_true(size_multiply(3, 4, &size) && size == 12);
    assert_false(size_multiply(SIZE_MAX / 2, 3, &size));
}
