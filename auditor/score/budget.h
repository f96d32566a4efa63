/* budget.h - budgets: how much of a metric a page, a step or a journey may take. Ours, and
 * those of Lighthouse and sitespeed.io.
 *
 * Layer: score. Called by audit/. SPDX-License-Identifier: MIT */
#ifndef SCORE_BUDGET_H
#define SCORE_BUDGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "model/snapshot.h"

/** One line of a budget. */
typedef struct BudgetRow {
    PageKind page;       /**< PAGE_KIND_COUNT: any */
    const char *step;    /**< kind of step, "mystery/" left out; NULL: any */
    const char *journey; /**< scenario; NULL: any */
    const char *path;    /**< with * and $ as in robots.txt; NULL: any */
    Metric metric;       /**< METRIC_COUNT: see effort */
    const char *effort;  /**< pages clicks fields human_ms machine_ms, of a whole journey */
    double most;
    const char *name; /**< of the metric as the file has it */
    bool is_foreign;  /**< something we do not measure: cannot tell, never missed */
} BudgetRow;

typedef struct Budget {
    const char *file;
    BudgetRow *rows;
    size_t count, capacity;
} Budget;

/** What a row came to. */
typedef struct BudgetResult {
    const BudgetRow *row;
    double value;  /**< worst median of the journeys; NAN: not measured */
    PageKind page; /**< where the worst was seen; PAGE_KIND_COUNT: a whole journey */
    CheckoutStage stage;
    const char *step; /**< the step that led there; "" none */
    const char *journey;
} BudgetResult;

/** Read a budget file.
 *
 * Ours: {"budget": [{"page": "product", "metric": "ttfb_ms", "max": 800}, …]} with page,
 * step or journey, or none of them. Lighthouse: an array with resourceSizes (KiB),
 * resourceCounts and timings (ms). sitespeed.io: {"budget": {"timings": …, "requests": …,
 * "transferSize": …}}, also below an address or path. Errors: ERROR_INPUT with
 * file:line:column and a did-you-mean. Owns: arena. */
bool budget_load(Arena *arena, const char *path, Budget *budget, Error *err) MUST_USE;
/** Hold a snapshot against a row: for each journey and kind of page the median over its
 * visits, the worst of which counts. */
BudgetResult budget_judge(const BudgetRow *row, const Snapshot *snapshot);

#endif
