/* run.h - the story of an audit: visit, judge, weigh, render.
 *
 * Layer: audit. Called by cli/. SPDX-License-Identifier: MIT */
#ifndef AUDIT_RUN_H
#define AUDIT_RUN_H

#include <stdbool.h>

#include "audit/plan.h"
#include "base/attr.h"

/** What a run leaves behind. */
typedef struct AuditResult {
    const Audit *audit; /**< as read back from audit.json */
    const char *folder; /**< of the report */
    const char *report; /**< path of report.html, NULL when not asked for */
} AuditResult;

/** Audit plan->site: visits, then judge, weigh and render into the output folder.
 * Errors: ERROR_INPUT (plan), ERROR_FAILED; a missed bar is a status, not an Error. */
bool audit_run(const AuditPlan *plan, AuditResult *result, Error *err) MUST_USE;
/** Audit two sites in turns: each visit of the one beside the same visit of the other,
 * which of them first changing every time (A B B A), after one visit each that opens
 * connections and caches and is not compared. plans: two, alike but for site and output.
 * Holds neither against bars. */
bool audit_run_pair(const AuditPlan *plans, AuditResult *results, Error *err) MUST_USE;
/** Only the visits: HAR files into output/visits. paths: NULL-ended. is_seen: did any of
 * them see the shop? Not when all met errors or a robot wall. */
bool audit_visit(const AuditPlan *plan, const char ***paths, bool *is_seen,
                 Error *err) MUST_USE;
/** Judge saved HARs (ours or others') and write what plan->output names: a folder gets the
 * files of plan's formats as audit_run leaves them, a name ending in .json that file alone,
 * "-" prints the one format. Asks no clock: same files, same bytes. With plan->job the
 * audit is kept. */
bool audit_judge(const AuditPlan *plan, const char *const *hars, AuditResult *result,
                 Error *err) MUST_USE;
/** Render a saved audit in plan's formats and language into folder ("-": the one format to
 * standard output). */
bool audit_render(const AuditPlan *plan, const char *audit_path, const char *folder,
                  Error *err) MUST_USE;
/** Add the Markdown summary of a saved audit to the end of a file (a CI's page of the run).
 * Errors: ERROR_INPUT (audit), ERROR_FAILED (file). */
bool audit_append(const AuditPlan *plan, const Audit *audit, const char *path,
                  Error *err) MUST_USE;
/** The terminal's summary of an audit. Owns: plan->arena. */
bool audit_summary(const AuditPlan *plan, const Audit *audit, bool has_colour,
                   const char *report_path, Str *text, Error *err) MUST_USE;

#endif
