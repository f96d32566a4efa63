/* curve.c - a measured value to a score between two thresholds.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/curve.h"

#include <math.h>
#include <string.h>

static const char *const names[] = {"step", "linear", "log-linear", "log-normal"};

/** Error function, Abramowitz and Stegun 7.1.26. */
static double erf_of(double x)
{
    double sign = x < 0 ? -1 : 1, t, y;
    x = fabs(x);
    t = 1 / (1 + 0.3275911 * x);
    y = t * (0.254829592 +
             t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return sign * (1 - y * exp(-x * x));
}

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static double log_normal(const Curve *curve, double value)
{
    double z, score;
    if (value <= 0)
        return 1;
    z = log(value / curve->poor) * 0.9061938024368232 / -log(curve->good / curve->poor);
    score = (1 - erf_of(z)) / 2;
    if (value <= curve->good)
        score = clamp(score, 0.9, 1);
    else if (value <= curve->poor)
        score = clamp(score, 0.5, 0.8999999999999999);
    else
        score = clamp(score, 0, 0.49999999999999994);
    return floor(100 * (score + (score > 0.9 ? 0.05 * (score - 0.9) : 0))) / 100;
}

double curve_score(const Curve *curve, double value)
{
    if (isnan(value))
        return NAN;
    switch (curve->kind) {
    case CURVE_STEP: return value <= curve->good ? 1 : 0;
    case CURVE_LINEAR:
        return clamp((curve->poor - value) / (curve->poor - curve->good), 0, 1);
    case CURVE_LOG_LINEAR:
        if (value <= curve->good)
            return 1;
        return clamp(log(curve->poor / value) / log(curve->poor / curve->good), 0, 1);
    case CURVE_LOG_NORMAL: return log_normal(curve, value);
    }
    return NAN;
}

bool curve_read(const JsonFile *file, const Json *json, Curve *curve, Error *err)
{
    const char *name = json_text(json_get(json, "curve"), names[curve->kind]);
    size_t i = 0;
    while (i < COUNT_OF(names) && strcmp(names[i], name) != 0)
        i++;
    if (i == COUNT_OF(names))
        return json_error(file, json_get(json, "curve"), err,
                          "'curve' must be step, linear, log-linear or log-normal");
    curve->kind = (CurveKind)i;
    curve->good = json_number(json_get(json, "good"), curve->good);
    curve->poor = json_number(json_get(json, "poor"), curve->poor);
    if (isnan(curve->good))
        return json_error(file, json, err, "needs 'good'");
    if (curve->kind == CURVE_STEP)
        return true;
    if (!(curve->poor > curve->good) || (curve->kind != CURVE_LINEAR && !(curve->good > 0)))
        return json_error(file, json, err, "needs 'good' above 0 and 'poor' above 'good'");
    return true;
}
