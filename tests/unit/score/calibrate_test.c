/* calibrate_test.c - promises of the straight lines. SPDX-License-Identifier: MIT */
#include <string.h>

#include "score/calibrate.h"
#include "unit.h"

/* The first set of Anscombe (1973), whose least squares every textbook prints. */
static const double xs[] = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
static const double ys[] = {8.04, 6.95, 7.58,  8.81, 8.33, 9.96,
                            7.24, 4.26, 10.84, 4.82, 5.68};

static void points_fill(CalibrationPoint *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        points[i].experience = xs[i];
        for (int mark = 0; mark < MARK_COUNT; mark++)
            points[i].model[mark] = points[i].real[mark] = NAN;
        points[i].real[MARK_SATISFACTION] = ys[i];
    }
}

void test_calibrate__least_squares_agree_with_the_textbook(void)
{
    CalibrationPoint points[COUNT_OF(xs)];
    Fit fit;
    points_fill(points, COUNT_OF(xs));
    assert_int_equal(calibrate_fit(points, COUNT_OF(xs), MARK_SATISFACTION, &fit),
                     FIT_FINE);
    assert_near(fit.slope, 0.5001, 1e-4);
    assert_near(fit.intercept, 3.0001, 1e-4);
    assert_near(fit.residual, 1.2366, 1e-4);
    assert_near(fit.r_squared, 0.6665, 1e-4);
    assert_int_equal(fit.points, 11);
    assert_false(fit.on_own);
    /* predict.lm(..., interval = "prediction") at 10: 8.0010 within 5.0671 and 10.9349. */
    assert_near(calibrate_reach(&fit, 10), 2.9339, 2e-3);
}

void test_calibrate__student_agrees_with_the_tables(void)
{
    assert_near(calibrate_student(8), 2.306, 1e-3);
    assert_near(calibrate_student(9), 2.262, 1e-3);
    assert_near(calibrate_student(30), 2.042, 1e-3);
    assert_near(calibrate_student(1e6), 1.960, 1e-3);
}

void test_calibrate__too_few_flat_and_reversed_are_refused(void)
{
    CalibrationPoint points[COUNT_OF(xs)];
    Fit fit;
    points_fill(points, COUNT_OF(xs));
    assert_int_equal(calibrate_fit(points, 9, MARK_SATISFACTION, &fit), FIT_FEW);
    assert_int_equal(fit.points, 9);
    assert_int_equal(calibrate_fit(points, COUNT_OF(xs), MARK_EFFORT, &fit), FIT_NOT_ASKED);
    for (size_t i = 0; i < COUNT_OF(xs); i++)
        points[i].experience = -xs[i];
    assert_int_equal(calibrate_fit(points, COUNT_OF(xs), MARK_SATISFACTION, &fit),
                     FIT_REVERSED);
    for (size_t i = 0; i < COUNT_OF(xs); i++)
        points[i].experience = 70;
    assert_int_equal(calibrate_fit(points, COUNT_OF(xs), MARK_SATISFACTION, &fit),
                     FIT_FLAT);
}

void test_calibrate__a_mark_leans_on_its_own_model_where_it_is_known(void)
{
    CalibrationPoint points[COUNT_OF(xs)];
    Fit fit;
    points_fill(points, COUNT_OF(xs));
    for (size_t i = 0; i < COUNT_OF(xs); i++) {
        points[i].model[MARK_EFFORT] = 1 + xs[i] / 3;
        points[i].real[MARK_EFFORT] = xs[i] / 3;
    }
    assert_int_equal(calibrate_fit(points, COUNT_OF(xs), MARK_EFFORT, &fit), FIT_FINE);
    assert_true(fit.on_own);
    assert_near(fit.intercept, -1, 1e-9);
    assert_near(fit.slope, 1, 1e-9);
    assert_near(fit.residual, 0, 1e-6);
}

void test_calibrate__laid_on_twice_it_starts_from_the_model_again(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Calibration made = {.date = "2026-10-03"};
    made.fits[MARK_EFFORT] = (Fit){.points = 12,
                                   .on_own = true,
                                   .intercept = 1,
                                   .slope = 0.5,
                                   .residual = 0.1,
                                   .mean = 5,
                                   .spread = 10,
                                   .low = 3,
                                   .high = 5.5};
    made.fits[MARK_SATISFACTION] = made.fits[MARK_EFFORT];
    made.fits[MARK_SATISFACTION].on_own = false;
    audit->customer.experience = 14;
    audit->customer.effort.value = 6;
    audit->customer.satisfaction.value = 9;
    calibrate_apply(audit, &made);
    calibrate_apply(audit, &made);
    const Customer *customer = &audit->customer;
    assert_true(customer->is_calibrated);
    assert_near(customer->effort.value, 4, 1e-9);
    assert_near(customer->effort.calibrated->modelled, 6, 1e-9);
    assert_true(customer->effort.calibrated->is_outside);
    assert_true(customer->effort.interval.low < 4 && customer->effort.interval.high > 4);
    assert_near(customer->satisfaction.value, 8, 1e-9);
    assert_near(customer->stars, 4, 1e-9);
    assert_string_equal(customer->smiley, "very-happy");
    assert_null(customer->recommendation.calibrated);
    assert_true(isnan(customer->completion.value));
}
