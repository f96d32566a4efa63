/* compare_inside.h - what the tellers of a comparison share; private to report/compare*.c.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_COMPARE_INSIDE_H
#define REPORT_COMPARE_INSIDE_H

#include "report/compare.h"
#include "report/locale.h"
#include "report/value.h"

/** Where the tellers read from. */
typedef struct CompareView {
    Arena *arena;
    const Locale *locale;
    const CompareTelling *telling;
} CompareView;

/** The tree for the templates. */
Value *compare_view(CompareView *view);
/** Word of "compare.<key>". */
const char *compare_word(const CompareView *view, const char *key);
/** A value in its metric's unit. */
const char *compare_value(const CompareView *view, Metric metric, double value);
/** "1.42 – 1.56", "?" without an interval. */
const char *compare_interval(const CompareView *view, const Change *change);
/** Why it is open, and how many visits would decide; NULL when it is not. */
const char *compare_open_note(const CompareView *view, const Change *change);
/** Name of a step kind. */
const char *compare_step(const CompareView *view, const char *step);
/** How the visits were made, and what that does to the limit. */
const char *compare_design_note(const CompareView *view);
/** What a finding is about. */
const char *compare_criterion(const CompareView *view, const ComparedFinding *finding);

/** SARIF 2.1.0 (compare_sarif.c). */
bool compare_sarif(const CompareTelling *telling, const ReportOptions *options, Buf *out,
                   Error *err) MUST_USE;

#endif
