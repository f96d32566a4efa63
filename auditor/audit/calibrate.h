/* calibrate.h - `mystery calibrate FILE`: a table of real figures to a calibration file.
 *
 * Layer: audit. Called by cli/cmd_calibrate.c and run.c. SPDX-License-Identifier: MIT */
#ifndef AUDIT_CALIBRATE_H
#define AUDIT_CALIBRATE_H

#include "audit/plan.h"
#include "base/buf.h"
#include "score/calibrate.h"

/** What came of it. */
typedef struct CalibrateResult {
    Calibration calibration;
    FitFault faults[MARK_COUNT];
    size_t rows;
} CalibrateResult;

/** Read a table (docs/method.md "Calibration": CSV, or JSON with a list 'points'), fit what
 * can be fitted. A column 'audit' names an audit.json, from beside the table, and its
 * figures of the model are taken. Errors: ERROR_INPUT with file:line; also when no mark can
 * be fitted, with the reason. */
bool calibrate_file(const AuditPlan *plan, const char *path, CalibrateResult *result,
                    Error *err) MUST_USE;
/** Say in the plan's language what was fitted, how well, and what was not. */
bool calibrate_tell(const AuditPlan *plan, const CalibrateResult *result, Buf *out,
                    Error *err) MUST_USE;
/** The calibration of the plan (--calibration); fits empty when none was asked for. */
bool calibration_open(const AuditPlan *plan, Calibration *calibration, Error *err) MUST_USE;

#endif
