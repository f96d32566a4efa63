/* calibrate.c - straight lines from the model to real figures. Layer: score.
 *
 * SPDX-License-Identifier: MIT */
#include "score/calibrate.h"

#include <math.h>

#include "score/customer.h"

static double ours_of(const CalibrationPoint *point, ModelMark mark, bool on_own)
{
    return on_own ? point->model[mark] : point->experience;
}

static bool is_usable(const CalibrationPoint *point, ModelMark mark, bool on_own)
{
    return !isnan(ours_of(point, mark, on_own)) && !isnan(point->real[mark]);
}

static int usable_count(const CalibrationPoint *points, size_t count, ModelMark mark,
                        bool on_own)
{
    int usable = 0;
    for (size_t i = 0; i < count; i++)
        usable += is_usable(&points[i], mark, on_own);
    return usable;
}

/* Sums around the means, so that large values cost no digits. */
static FitFault line_fit(const CalibrationPoint *points, size_t count, ModelMark mark,
                         Fit *fit)
{
    double real_mean = 0, real_spread = 0, together = 0, left = 0;
    fit->low = INFINITY;
    fit->high = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (!is_usable(&points[i], mark, fit->on_own))
            continue;
        double ours = ours_of(&points[i], mark, fit->on_own);
        fit->mean += ours / fit->points;
        real_mean += points[i].real[mark] / fit->points;
        fit->low = fmin(fit->low, ours);
        fit->high = fmax(fit->high, ours);
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_usable(&points[i], mark, fit->on_own))
            continue;
        double x = ours_of(&points[i], mark, fit->on_own) - fit->mean;
        double y = points[i].real[mark] - real_mean;
        fit->spread += x * x;
        real_spread += y * y;
        together += x * y;
    }
    if (!(fit->high - fit->low > 1e-9 * (1 + fabs(fit->mean))))
        return FIT_FLAT;
    fit->slope = together / fit->spread;
    if (!(fit->slope > 0))
        return FIT_REVERSED;
    fit->intercept = real_mean - fit->slope * fit->mean;
    left = fmax(0, real_spread - fit->slope * together);
    fit->residual = sqrt(left / (fit->points - 2));
    fit->r_squared = real_spread > 0 ? 1 - left / real_spread : 0;
    return FIT_FINE;
}

FitFault calibrate_fit(const CalibrationPoint *points, size_t count, ModelMark mark,
                       Fit *fit)
{
    bool is_asked = false;
    for (size_t i = 0; i < count; i++)
        is_asked |= !isnan(points[i].real[mark]);
    *fit = (Fit){0};
    if (!is_asked)
        return FIT_NOT_ASKED;
    fit->on_own = usable_count(points, count, mark, true) >= CALIBRATE_POINTS_MIN;
    fit->points = usable_count(points, count, mark, fit->on_own);
    if (fit->points < CALIBRATE_POINTS_MIN)
        return FIT_FEW;
    return line_fit(points, count, mark, fit);
}

double calibrate_student(double v)
{
    const double z = 1.959963984540054;
    const double z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
    return z + (z3 + z) / (4 * v) + (5 * z5 + 16 * z3 + 3 * z) / (96 * v * v) +
           (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * v * v * v);
}

double calibrate_reach(const Fit *fit, double x)
{
    double away = x - fit->mean;
    return calibrate_student(fit->points - 2) * fit->residual *
           sqrt(1 + 1.0 / fit->points + away * away / fit->spread);
}

static double clamp(double value, const double *bounds)
{
    return fmin(fmax(value, bounds[0]), bounds[1]);
}

/* One mark: its model, or the line through the owner's figures. */
static void figure_calibrate(Audit *audit, ModelFigure *figure, ModelMark mark,
                             const Calibration *calibration)
{
    const Fit *fit = &calibration->fits[mark];
    const double *bounds = model_mark_bounds(mark);
    double own = figure->calibrated ? figure->calibrated->modelled : figure->value;
    double ours = fit->on_own ? own : audit->customer.experience;
    if (!fit->points || isnan(ours))
        return;
    FigureCalibration *made = ARENA_NEW(audit->arena, FigureCalibration);
    double value = fit->intercept + fit->slope * ours;
    double reach = calibrate_reach(fit, ours);
    *made = (FigureCalibration){.date = arena_text(audit->arena, calibration->date),
                                .points = fit->points,
                                .residual = fit->residual,
                                .r_squared = fit->r_squared,
                                .modelled = own,
                                .is_outside = ours < fit->low || ours > fit->high};
    figure->calibrated = made;
    figure->value = clamp(value, bounds);
    figure->interval =
        (Interval){clamp(value - reach, bounds), clamp(value + reach, bounds)};
    audit->customer.is_calibrated = true;
}

void calibrate_apply(Audit *audit, const Calibration *calibration)
{
    Customer *customer = &audit->customer;
    figure_calibrate(audit, &customer->satisfaction, MARK_SATISFACTION, calibration);
    figure_calibrate(audit, &customer->recommendation, MARK_RECOMMENDATION, calibration);
    figure_calibrate(audit, &customer->effort, MARK_EFFORT, calibration);
    figure_calibrate(audit, &customer->completion, MARK_COMPLETION, calibration);
    if (customer->satisfaction.calibrated)
        customer_face(customer);
}
