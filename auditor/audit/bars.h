/* bars.h - the bars of a comparison and of a budget: what was missed, what is unclear.
 *
 * Decides nothing about exit codes. Private to audit/. Layer: audit.
 * SPDX-License-Identifier: MIT */
#ifndef AUDIT_BARS_H
#define AUDIT_BARS_H

#include "audit/known.h"
#include "audit/plan.h"
#include "model/comparison.h"
#include "score/budget.h"

typedef struct BarList {
    Bar *items;
    size_t count, capacity;
} BarList;

/** Is a word of --fail-on in force? Without --fail-on: new-major, regression, budget. */
bool bars_count(const AuditPlan *plan, const char *word);
/** Are the words of --fail-on known? Errors: ERROR_INPUT with a did-you-mean. */
bool bars_check(const AuditPlan *plan, Error *err) MUST_USE;
/** Regressions and new findings of a comparison, those that count. Owns: plan->arena. */
void bars_of_comparison(const AuditPlan *plan, const Comparison *comparison, BarList *bars);
/** Rows of a budget that are missed or could not be told. */
void bars_of_budget(const AuditPlan *plan, const Budget *budget, const Snapshot *now,
                    BarList *bars);
/** Bars that a known issue covers become "known"; one that has expired stays, and says so.
 */
void bars_forgive(const AuditPlan *plan, const KnownIssues *known, BarList *bars);
/** Bars missed here that the second list does not miss become "once". */
void bars_repeat(BarList *bars, const BarList *again);
/** First bar of a state, or NULL; count: how many. */
const Bar *bars_first(const BarList *bars, const char *state, size_t *count);
/** "regression: product page, …" and how many more. Owns: plan->arena. */
const char *bars_reason(const AuditPlan *plan, const BarList *bars, const char *state);

#endif
