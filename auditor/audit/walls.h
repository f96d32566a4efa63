/* walls.h - which files the processes of an audit may still touch while they read what
 * strangers wrote; the walls themselves are base/confine.h.
 *
 * Layer: audit. Called by run.c and visits.c. SPDX-License-Identifier: MIT */
#ifndef AUDIT_WALLS_H
#define AUDIT_WALLS_H

#include "audit/plan.h"

/** A visit over HTTP: writes to folder alone, reads certificates and cookies beside the
 * system's files. */
void walls_visit(const AuditPlan *plan, Arena *arena, const char *folder);
/** Judging and reporting, which parse the pages once more: for good, so only when the plan
 * says that this process does nothing else behind it (plan->is_confined; nothing then is
 * started: a PDF needs a browser, and leaves the walls away).
 *
 * folder: where results go ("-": nowhere); it need not be there yet. inputs: NULL-ended
 * files and folders that are read; NULL: none. */
void walls_judge(const AuditPlan *plan, const char *folder, const char *const *inputs);

#endif
