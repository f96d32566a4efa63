/* calibration.h - how the modelled marks are put on an owner's real figures, and its file.
 *
 * Fitted by score/calibrate.c (`mystery calibrate`), laid over the marks by it too.
 * Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_CALIBRATION_H
#define MODEL_CALIBRATION_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"

/** The modelled marks, in the order of the report. */
typedef enum ModelMark {
    MARK_SATISFACTION,
    MARK_RECOMMENDATION,
    MARK_EFFORT,
    MARK_COMPLETION,
    MARK_COUNT,
} ModelMark;

/** A straight line through an owner's figures: real = intercept + slope · ours. */
typedef struct Fit {
    int points;       /**< 0: not fitted, the model stays as it is */
    bool on_own;      /**< "ours" is the mark's own model; false: the experience index */
    double intercept; /**< in the unit of the real figure */
    double slope;
    double residual;  /**< standard deviation around the line, n - 2 degrees of freedom */
    double r_squared; /**< share of the spread that the line explains, 0-1 */
    double mean;      /**< of "ours" over the points */
    double spread;    /**< sum of squared distances of "ours" from its mean */
    double low, high; /**< least and greatest of "ours" among the points */
} Fit;

/** What `mystery calibrate` makes of a table of real figures. */
typedef struct Calibration {
    const char *date; /**< day of the newest figure, "2026-10-03" */
    int respondents;  /**< answers behind the figures, summed; 0: not said */
    Fit fits[MARK_COUNT];
} Calibration;

/** "satisfaction", "recommendation", "effort", "completion". */
const char *model_mark_name(ModelMark mark);
/** Lowest and highest value of a mark: 0-10, -100-100, 1-7, 0-1. */
const double *model_mark_bounds(ModelMark mark);

/** Serialise (schema mystery-calibration/1). Same calibration, same bytes. */
bool calibration_write(const Calibration *calibration, Buf *out, Error *err) MUST_USE;
/** Read a file of calibration_write. Errors: ERROR_INPUT with file:line:column.
 * Owns: arena. */
bool calibration_load(Arena *arena, const char *path, Calibration *calibration,
                      Error *err) MUST_USE;

#endif
