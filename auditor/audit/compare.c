/* compare.c - comparisons run and written. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/compare.h"

#include <math.h>
#include <string.h>

#include "audit/bars.h"
#include "audit/keep.h"
#include "audit/run.h"
#include "base/out.h"
#include "report/compare.h"
#include "score/compare.h"

enum { OUTPUT_LIMIT = 64 << 20 };

static ReportOptions options_of(const AuditPlan *plan)
{
    Catalogue catalogue;
    catalogue_folders(plan->arena, plan->data_folders, &catalogue);
    return (ReportOptions){.language = plan->language, .folders = catalogue.report_folders};
}

static const CompareFormat *format_named(const char *name)
{
    const CompareFormat *format = compare_formats();
    while (format->name && strcmp(format->name, name) != 0)
        format++;
    return format->name ? format : NULL;
}

bool compare_write(const AuditPlan *plan, const Grid *grid, const Comparison *comparison,
                   const char *reason, const char *folder, Error *err)
{
    CompareTelling telling = {comparison, grid, reason};
    ReportOptions options = options_of(plan);
    bool is_stdout = strcmp(folder, "-") == 0;
    for (size_t i = 0; i < plan->formats.count; i++) {
        AUTO(buf_release) Buf out = {0};
        const CompareFormat *format = format_named(plan->formats.items[i]);
        if (!format)
            continue; /* HARs are of one audit, not of two */
        buf_init(&out, OUTPUT_LIMIT);
        const char *path = is_stdout ? "-" : path_join(plan->arena, folder, format->file);
        if (!format->write(&telling, &options, &out, err) ||
            !file_write(path, buf_str(&out), err))
            return false;
    }
    return true;
}

bool compare_summary(const AuditPlan *plan, const CompareResult *result, Buf *out,
                     Error *err)
{
    CompareTelling telling = {result->comparison, result->grid, result->reason};
    ReportOptions options = options_of(plan);
    return compare_text(&telling, &options, out, err);
}

static void result_decide(const AuditPlan *plan, const KnownIssues *known,
                          CompareResult *result)
{
    BarList bars = {0};
    bars_of_comparison(plan, result->comparison, &bars);
    bars_forgive(plan, known, &bars);
    const char *missed = bars_reason(plan, &bars, "missed");
    const char *unclear = bars_reason(plan, &bars, "unclear");
    result->reason = missed ? missed : unclear;
    result->status = missed ? AUDIT_FAILED : unclear ? AUDIT_INCONCLUSIVE : AUDIT_PASSED;
    if (!result->comparison->time_count && bars_count(plan, "regression") && !missed) {
        result->status = AUDIT_INCONCLUSIVE;
        result->reason = "no kind of page was measured on both sides";
    }
}

/* Compare, decide, write. */
static bool compare_finish(const AuditPlan *plan, const Grid *grid, const Snapshot *sides,
                           const CompareDesign *design, CompareResult *result, Error *err)
{
    Comparison *comparison = ARENA_NEW(plan->arena, Comparison);
    KnownIssues known = {0};
    if (!bars_check(plan, err) ||
        (plan->known_issues && !known_load(plan->arena, plan->known_issues, &known, err)))
        return false;
    compare_snapshots(plan->arena, &sides[0], &sides[1], design, comparison);
    result->comparison = comparison;
    result->grid = grid;
    result_decide(plan, &known, result);
    result->folder = plan->output;
    if (!plan->output)
        return true;
    if (strcmp(plan->output, "-") != 0 && !folder_make(plan->output, err))
        return false;
    return compare_write(plan, grid, comparison, result->reason, plan->output, err);
}

bool compare_audits(const AuditPlan *plan, const char *before, const char *after,
                    CompareResult *result, Error *err)
{
    Catalogue catalogue;
    CompareDesign design;
    Snapshot *sides = ARENA_ARRAY(plan->arena, 2, Snapshot);
    *result = (CompareResult){0};
    if (!catalogue_open(plan, &catalogue, err) ||
        !baseline_load(plan, catalogue.grid, after, NULL, &sides[1], err) ||
        !baseline_load(plan, catalogue.grid, before, &sides[1], &sides[0], err))
        return false;
    if (!sides[0].name) {
        error_set(err, ERROR_INPUT, NULL, "no earlier audit of %s passed", sides[1].host);
        return error_hint(err, "'mystery history' names those that are kept");
    }
    return baseline_design(plan, &sides[0], &design, err) &&
           compare_finish(plan, catalogue.grid, sides, &design, result, err);
}

bool compare_live(const AuditPlan *plan, const char *before, const char *after,
                  CompareResult *result, Error *err)
{
    Catalogue catalogue;
    CompareDesign design = {.is_interleaved = true};
    AuditPlan plans[2] = {*plan, *plan};
    AuditResult audits[2];
    Snapshot *sides = ARENA_ARRAY(plan->arena, 2, Snapshot);
    const char *folder = plan->output && strcmp(plan->output, "-") != 0
                             ? plan->output
                             : path_join(plan->arena, "mystery-report", "compare");
    *result = (CompareResult){0};
    plans[0].site = before;
    plans[1].site = after;
    plans[0].output = path_join(plan->arena, folder, "before");
    plans[1].output = path_join(plan->arena, folder, "after");
    for (int side = 0; side < 2; side++) {
        plans[side].formats = (TextList){0};
        text_list_add(plan->arena, &plans[side].formats, "json");
        plans[side].min_score = NAN;
    }
    if (!catalogue_open(plan, &catalogue, err) || !audit_run_pair(plans, audits, err))
        return false;
    for (int side = 0; side < 2; side++)
        snapshot_take(plan->arena, audits[side].audit, &sides[side]);
    AuditPlan writing = *plan;
    writing.output = plan->output ? plan->output : folder;
    return compare_finish(&writing, catalogue.grid, sides, &design, result, err);
}
