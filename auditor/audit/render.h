/* render.h - hand an audit to the writers of report/ and put their files into the folder.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_RENDER_H
#define AUDIT_RENDER_H

#include "audit/plan.h"

/** Serialise in plan's language. Owns: plan->arena. */
bool render_json(const AuditPlan *plan, const Catalogue *catalogue, const Audit *audit,
                 Str *json, Error *err) MUST_USE;
/** Write plan's formats into folder; "-" writes the one format to standard output.
 * audit.json and HARs are there already. */
bool render_formats(const AuditPlan *plan, const Catalogue *catalogue, const Audit *audit,
                    const char *folder, Error *err) MUST_USE;

/** A format as `list formats` shows it. */
typedef struct FormatRow {
    const char *name;
    const char *file;
    const char *en;
    const char *fr;
} FormatRow;

/** All formats: those of report/, and audit.json and the HARs, which are there already.
 * Ends with a NULL name. Owns: arena. */
const FormatRow *render_rows(Arena *arena);
/** Are the formats asked for all known? Errors: ERROR_INPUT with a did-you-mean. */
bool render_check(const AuditPlan *plan, Error *err) MUST_USE;
/** Are there words for the language of the report? Asked before a visit, not after it.
 * Errors: ERROR_INPUT, with the languages there are. */
bool render_language_check(const AuditPlan *plan, const Catalogue *catalogue,
                           Error *err) MUST_USE;

#endif
