/* mark.h - marks of the dimensions and the overall mark from rule results:
 * scoring.md 3.5.1-3.5.5, to be recomputed by hand. Method and sources: docs/method.md.
 *
 * Private to score/. Layer: score. SPDX-License-Identifier: MIT */
#ifndef SCORE_MARK_H
#define SCORE_MARK_H

#include <stdbool.h>
#include <stddef.h>

#include "model/audit.h"

/** What a rule says in one (re)computation. */
typedef struct RuleValue {
    double r; /**< 0 to 1; meaningless unless conclusive */
    bool is_conclusive;
    bool is_applicable;
} RuleValue;

/** Marks of one computation. */
typedef struct Marks {
    DimensionScore dimensions[DIMENSION_COUNT];
    double overall; /**< NAN: no dimension has enough evidence */
    double uncapped;
    Dimension cap_dimension; /**< DIMENSION_COUNT: no cap */
    double confidence;       /**< Σ g·coverage / Σ g */
} Marks;

/** Below this coverage a dimension has not enough evidence for a mark (scoring.md 3.5.3).
 */
#define MARK_COVERAGE_ENOUGH 0.5
/** Ceiling of a dimension with a failed blocker of high, of medium confidence (3.5.4). */
#define MARK_CAP_HIGH   50.0
#define MARK_CAP_MEDIUM 65.0
/** How far the overall mark may exceed the weakest journey-critical dimension (3.5.5). */
#define MARK_CAP_ABOVE 25.0

/** Weight times confidence of a rule in this grid. */
double mark_weight(const Grid *grid, const Rule *rule);
/** Values of the findings as they stand; values: audit->finding_count of them. */
void mark_values(const Audit *audit, RuleValue *values);
/** Set is_counted of the findings: of rules that read the same fact inside one dimension
 * only the heaviest counts (3.5.7), a conclusive one before one that could not tell. */
void mark_choose_counted(Audit *audit);
/** Compute all marks. shares: DIMENSION_COUNT shares, NULL for the grid's. is_capped: apply
 * the caps (the order of repairs is computed without). Intervals are left NAN. */
void mark_compute(const Audit *audit, const RuleValue *values, const double *shares,
                  bool is_capped, Marks *marks);
/** Letter of a mark: A from 85, B 70, C 55, D 40, E (a convention, 3.5.8). NULL for NAN. */
const char *mark_letter(double mark);

#endif
