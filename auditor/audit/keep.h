/* keep.h - the way between audits and the history: kept after a run, looked up before one.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_KEEP_H
#define AUDIT_KEEP_H

#include "audit/plan.h"
#include "model/comparison.h"
#include "store/store.h"

/** For AUTO(keep_close): closes the store if it is open. */
void keep_close(Store **store);
/** Open the history of a plan; *store stays NULL when none is asked for. A history in its
 * default place that cannot be opened is no reason to lose an audit: told as a note.
 * Errors: as store_open, for a place that the user named. */
bool keep_open(const AuditPlan *plan, Store **store, Error *err) MUST_USE;
/** Keep an audit whose visits still hold their pages. calibration_us: 0 unknown. */
bool keep_audit(const AuditPlan *plan, const Audit *audit, int64_t calibration_us,
                Error *err) MUST_USE;
/** µs that a fixed piece of work takes on this machine now. */
int64_t keep_calibrate(const Clock *clock);

/** Load one side of a comparison: "last" (the newest of the host that passed), the name of
 * a kept audit, a folder or file with an audit.json, or an exported audit. host: for
 * "last". snapshot->name is NULL when "last" finds none. Errors: ERROR_INPUT, those of the
 * store. */
bool baseline_load(const AuditPlan *plan, const Grid *grid, const char *place,
                   const Snapshot *like, Snapshot *snapshot, Error *err) MUST_USE;
/** How two audits of a shop compare, by what the history knows of the spread between its
 * sessions: the last 20 that passed, from the same place with the same engines. Without a
 * history nothing is known. */
bool baseline_design(const AuditPlan *plan, const Snapshot *like, CompareDesign *design,
                     Error *err) MUST_USE;

#endif
