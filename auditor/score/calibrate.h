/* calibrate.h - the modelled marks put on an owner's real figures (scoring.md 3.6
 * "Calibration file").
 *
 * Layer: score. Called by audit/calibrate.c and audit/run.c. SPDX-License-Identifier: MIT
 */
#ifndef SCORE_CALIBRATE_H
#define SCORE_CALIBRATE_H

#include "model/audit.h"
#include "model/calibration.h"

/** Points a mark needs before its model is replaced (scoring.md 3.6). */
#define CALIBRATE_POINTS_MIN 10

/** One shop (or one shop at one time): what the model said, what its customers said. NAN:
 * not known. */
typedef struct CalibrationPoint {
    double experience;        /**< E, 0-100 */
    double model[MARK_COUNT]; /**< the mark's own model; of effort and completion */
    double real[MARK_COUNT];
} CalibrationPoint;

/** Why a mark was not fitted. */
typedef enum FitFault {
    FIT_FINE,
    FIT_NOT_ASKED, /**< no real figure at all */
    FIT_FEW,       /**< under CALIBRATE_POINTS_MIN points with both figures */
    FIT_FLAT,      /**< our figure is the same at all points: nothing to lean a line on */
    FIT_REVERSED,  /**< the real figure does not rise with ours */
} FitFault;

/** Fit one mark by ordinary least squares (each point counts once: between shops the spread
 * is not one of sample size). Effort and completion lean on their own model where
 * CALIBRATE_POINTS_MIN points know it, else on the experience index as the other two do.
 * fit->points: those with both figures, also when the fit is refused. */
FitFault calibrate_fit(const CalibrationPoint *points, size_t count, ModelMark mark,
                       Fit *fit);
/** Half width of the 95 % prediction interval of one more shop at x: t(n-2) · s ·
 * sqrt(1 + 1/n + (x - mean)²/spread). */
double calibrate_reach(const Fit *fit, double x);
/** Student's t, two-sided 95 %, by the expansion of Abramowitz and Stegun 26.7.5 (to three
 * decimals from 8 degrees of freedom on). */
double calibrate_student(double freedom);
/** Replace the model by the fits: values, intervals, stars, face. A mark without a fit
 * stays as it is. Laying it on twice, or another one over it, starts from the model again.
 * Owns: audit->arena. */
void calibrate_apply(Audit *audit, const Calibration *calibration);

#endif
