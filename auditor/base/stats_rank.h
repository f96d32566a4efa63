/* stats_rank.h - tests by ranks and the intervals that go with them: two samples, pairs.
 *
 * Knows no metric and no limit. The reasons are in the project's docs/method.md.
 * Layer: base. Called by score/change. SPDX-License-Identifier: MIT */
#ifndef BASE_STATS_RANK_H
#define BASE_STATS_RANK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/** Two samples of one stratum (a persona, a journey): before and after. No NANs. */
typedef struct RankSample {
    const double *before;
    const double *after;
    size_t before_count, after_count;
} RankSample;

/** What a test by ranks says about "after minus before". */
typedef struct RankResult {
    double
        statistic; /**< U of after over before (pairs won, ties half), or signed rank V */
    double p;      /**< two-sided; NAN without data */
    double shift;  /**< Hodges-Lehmann estimate; NAN without data */
    double low, high;  /**< 95 % interval of the shift; NAN when 95 % cannot be reached */
    double delta;      /**< Cliff's delta, -1 to 1; NAN for pairs */
    double smallest_p; /**< the least p that so many values can give */
    bool is_exact;     /**< from the exact distribution, not the normal one */
} RankResult;

/** Pairs (one value of each side) up to which a stratum is counted exactly. */
#define RANK_EXACT_PAIRS 400
/** Differences up to which the signed rank is counted exactly. */
#define RANK_EXACT_SIGNED 25

/** Compare two samples in one or more strata.
 *
 * The statistic is the sum of the strata's Mann-Whitney U (Mann and Whitney 1947), pooled
 * as by van Elteren (1960): with strata of one size his weights are all equal, and they are
 * taken as equal where failed visits left sizes that differ a little. Up to
 * RANK_EXACT_PAIRS pairs a stratum its distribution is counted: without ties by the product
 * form of the generating function, with ties by the shift algorithm (Streitberg and Roehmel
 * 1986); strata are then convolved. Beyond that normal, with tie and continuity corrections
 * (Hollander and Wolfe 1999, 4.1). shift: median of all differences inside strata (Hodges
 * and Lehmann 1963); its interval: the k-th difference from each end, k from the same
 * distribution without ties (Hollander and Wolfe 1999, 4.3), as R's wilcox.test has it.
 * delta: 2U/(nm) - 1 (Cliff 1993). Errors: none. Owns: nothing (arena is scratch). */
RankResult rank_shift(Arena *arena, const RankSample *strata, size_t count);
/** Compare pairs made one after the other: Wilcoxon's signed rank (1945), zeros dropped;
 * exact to RANK_EXACT_SIGNED differences, also with ties (shift algorithm), else normal
 * with tie and continuity corrections. shift and interval by Walsh averages (Hollander and
 * Wolfe 1999, 3.2-3.3). sample->before_count must equal after_count. */
RankResult rank_pairs(Arena *arena, const RankSample *sample);

#endif
