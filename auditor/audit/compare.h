/* compare.h - two audits compared, or two shops visited in turns and compared.
 *
 * Layer: audit. Called by cli compare and by the gate. SPDX-License-Identifier: MIT */
#ifndef AUDIT_COMPARE_H
#define AUDIT_COMPARE_H

#include "audit/plan.h"
#include "base/buf.h"
#include "model/comparison.h"

/** What a comparison came to. */
typedef struct CompareResult {
    const Comparison *comparison;
    const Grid *grid;
    AuditStatus status; /**< passed: nothing that counts; failed; inconclusive */
    const char *reason; /**< the last line; NULL when passed */
    const char *folder; /**< where the report stands; NULL: none written */
} CompareResult;

/** Compare two audits: folders, audit.json files, exported audits, names of kept audits, or
 * "last" of the other's shop. Writes plan's formats into plan->output when it is given.
 * Errors: ERROR_INPUT. */
bool compare_audits(const AuditPlan *plan, const char *before, const char *after,
                    CompareResult *result, Error *err) MUST_USE;
/** Visit two shops in turns (A B B A …, plan->visits pairs of each journey after one visit
 * each that does not count), judge both, compare. Both audits stand in folders "before" and
 * "after" of the output. */
bool compare_live(const AuditPlan *plan, const char *before, const char *after,
                  CompareResult *result, Error *err) MUST_USE;
/** The summary for a terminal. */
bool compare_summary(const AuditPlan *plan, const CompareResult *result, Buf *out,
                     Error *err) MUST_USE;
/** Write the formats of a comparison that plan asks for; "-" prints the one. */
bool compare_write(const AuditPlan *plan, const Grid *grid, const Comparison *comparison,
                   const char *reason, const char *folder, Error *err) MUST_USE;

#endif
