/* hars.h - the visits' files of an audit: named, copied, and told relative to its folder.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_HARS_H
#define AUDIT_HARS_H

#include "audit/plan.h"

/** Is the format "har" asked for? */
bool hars_wanted(const AuditPlan *plan);
/** Tell visit_files as paths from inside folder; until now they are paths from here. */
void hars_relate(Audit *audit, const char *folder);
/** Write every visit that was judged into folder/visits, credentials masked unless the plan
 * keeps them, and name it in visit_files. Errors: ERROR_FAILED, ERROR_LIMIT. */
bool hars_write(const AuditPlan *plan, Audit *audit, const char *folder,
                Error *err) MUST_USE;
/** Copy a saved audit's visits as they are from one report folder into another, and name
 * them in visit_files. Errors: ERROR_INPUT (a visit is gone), ERROR_FAILED. */
bool hars_copy(const AuditPlan *plan, Audit *audit, const char *from, const char *to,
               Error *err) MUST_USE;

#endif
