/* compare.h - two audits held against each other, told: terminal, JSON, page, Markdown,
 * JUnit, CSV.
 *
 * Layer: report. Called by audit/. SPDX-License-Identifier: MIT */
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H

#include "model/comparison.h"
#include "model/lang.h"
#include "report/locale.h"
#include "report/report.h"

/** What a comparison is told with: the texts of rules by id (NULL when a rule is gone). */
typedef struct CompareTelling {
    const Comparison *comparison;
    const Grid *grid;
    const char *reason; /**< what decided the exit code, in English; NULL: nothing failed */
} CompareTelling;

/** Formats of a comparison; ended by a NULL name. */
typedef struct CompareFormat {
    const char *name; /**< html json markdown junit csv sarif */
    const char *file; /**< "comparison.html" */
    bool (*write)(const CompareTelling *telling, const ReportOptions *options, Buf *out,
                  Error *err);
} CompareFormat;

const CompareFormat *compare_formats(void);
/** The summary for a terminal. */
bool compare_text(const CompareTelling *telling, const ReportOptions *options, Buf *out,
                  Error *err) MUST_USE;
/** One time in one English sentence, as the last line of a gate has it: "product page, step
 * openProduct: ttfb_ms 612 ms -> 914 ms, ratio 1.49 (95 % 1.42-1.56), p 0.0004". Owns:
 * arena. */
const char *compare_time_line(Arena *arena, const ComparedTime *time);
/** A page kind with its stage in the reader's language: "Checkout (details)". name: as
 * snap_page_name has it. Owns: arena. */
const char *say_page(const Locale *locale, Arena *arena, const char *name);

#endif
