/* curve.h - turns a measured value into a score between two thresholds.
 *
 * Knows no metric and no rule. Layer: rule. Called by check_metric.c, check_resource.c,
 * check_journey.c. SPDX-License-Identifier: MIT */
#ifndef RULE_CURVE_H
#define RULE_CURVE_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/error.h"
#include "base/json.h"

typedef enum CurveKind {
    CURVE_STEP,       /**< 1 up to good, 0 beyond */
    CURVE_LINEAR,     /**< 1 at good, 0 at poor, straight between */
    CURVE_LOG_LINEAR, /**< the same on the logarithm */
    CURVE_LOG_NORMAL, /**< 0.9 at good, 0.5 at poor (Lighthouse's p10 and median) */
} CurveKind;

/** A curve: the value that is still good, and the one that is poor. Smaller is better. */
typedef struct Curve {
    CurveKind kind;
    double good, poor;
} Curve;

/** Score of a value, 0 to 1; NAN when value is NAN. scoring.md 3.1 for log-normal
 * (Lighthouse's formula, erf by Abramowitz and Stegun 7.1.26). */
double curve_score(const Curve *curve, double value);
/** Read {"curve", "good", "poor"} of a check; fallbacks are used for what is missing.
 * Errors: ERROR_INPUT (unknown curve, poor not above good). */
bool curve_read(const JsonFile *file, const Json *json, Curve *curve, Error *err) MUST_USE;

#endif
