/* change.h - did one metric change? Estimate, interval, test, limit, and one of three words
 * (docs/method.md, "Repeated visits").
 *
 * Private to score/. Layer: score. SPDX-License-Identifier: MIT */
#ifndef SCORE_CHANGE_H
#define SCORE_CHANGE_H

#include "base/stats_rank.h"
#include "model/comparison.h"

/** Visits under which nothing is claimed: three against three can never be significant. */
#define CHANGE_VISITS_LEAST 4
/** Sessions under which their spread is not known: the limit is doubled instead. */
#define CHANGE_SESSIONS_LEAST 5

/** Estimate, interval, p and noise of a metric in strata (journeys); word and p_adjusted
 * are left to change_decide.
 *
 * Logarithms where all values are above 0 and the metric is no share or layout shift, else
 * plain differences. Interleaved strata of equal sizes are taken as pairs from eleven pairs
 * on (signed rank), else as two samples. The limit is max(10 %, 100 ms) for times, 10 % for
 * bytes, 10 % and at least 1 for counts, 0.02 for cls, 0.05 for shares; without
 * interleaving it is widened by 1.96 sqrt(2) sd of the session medians, or doubled when
 * fewer than five are known. */
void change_measure(Arena *arena, const RankSample *strata, size_t count, Metric metric,
                    const CompareDesign *design, Change *change);
/** Choose the word: worse when the whole interval is on the bad side, the estimate beyond
 * the limit and p_adjusted under 0.05 (better alike); no notable change when the whole
 * interval lies within the limit; else inconclusive, with the visits that would decide.
 * journeys: strata pooled. */
void change_decide(Change *change, double p_adjusted, size_t journeys);

#endif
