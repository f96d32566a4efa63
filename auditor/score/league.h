/* league.h - ranks with their intervals, tiers, tests and gaps of a panel of shops.
 *
 * Method: docs/benchmark.md. Layer: score. Called by audit/benchmark.
 * SPDX-License-Identifier: MIT */
#ifndef SCORE_LEAGUE_H
#define SCORE_LEAGUE_H

#include "model/benchmark.h"

/** Draws of the bootstrap over blocks. */
#define LEAGUE_DRAWS 1000
/** Blocks below which no rank interval and no tier is claimed. */
#define LEAGUE_BLOCKS_ENOUGH 5

/** Fill everything of a benchmark whose shops (with their audits), block_count and seed are
 * set; shops are put in order. A shop is ahead of another in a draw when it has
 * BENCHMARK_LIMIT marks more. Ranks: one more than the shops ahead; their interval the
 * 2.5th to 97.5th centile over blocks drawn with replacement, the same for all shops
 * (Efron 1979; blocks keep what shops share in an hour). Shops whose rank intervals overlap
 * share a tier. Deterministic by seed. */
void league_compute(Benchmark *benchmark);

#endif
