/* hold.h - an audit held against its bars: baseline and budget, once more before it fails.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_HOLD_H
#define AUDIT_HOLD_H

#include "audit/plan.h"

/** What a gate needs, read before the first visit so that a mistake costs no visits. */
typedef struct Hold Hold;

/** Read baseline, budget and known issues; *hold is NULL when none is asked for. Tells, as
 * a note, when so few visits cannot decide. Errors: ERROR_INPUT. Owns: plan->arena. */
bool hold_prepare(const AuditPlan *plan, const Grid *grid, Hold **hold,
                  Error *err) MUST_USE;
/** Compare with the baseline, hold against the budget; what is missed is looked at once
 * more with fresh visits (folder/repeat) and counts only when it is missed again. Fills
 * bars, status and bar_text; keeps a bar already missed. Writes comparison.* into folder.
 */
bool hold_judge(Hold *hold, const Grid *grid, Audit *audit, const char *folder,
                Error *err) MUST_USE;

#endif
