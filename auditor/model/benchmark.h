/* benchmark.h - several shops walked alike, in blocks of time, held against each other.
 *
 * Layer: model. Filled by audit/ and score/league, rendered by report/.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_BENCHMARK_H
#define MODEL_BENCHMARK_H

#include <stdbool.h>

#include "model/audit.h"
#include "model/panel.h"

enum { BENCHMARK_SHOPS_MOST = 64, WEIGHTING_COUNT = 3, GAPS_MOST = 8 };

/** A shop in the league. */
typedef struct LeagueShop {
    PanelShop panel;
    const char *name;
    const char *folder;  /**< of its audit, from the benchmark's folder */
    const Audit *audit;  /**< NULL: it failed */
    const char *failure; /**< why there is no mark; NULL */
    double score;        /**< NAN */
    Interval interval;   /**< of score; NAN below five blocks */
    double *blocks;      /**< mark of each block; NAN */
    double rank;         /**< 1 first; equal shops share it; NAN */
    Interval rank_interval;
    int tier; /**< 1 first; 0 none */
    double dimensions[DIMENSION_COUNT];
    double weighted[WEIGHTING_COUNT]; /**< grid's, equal, speed-heavy */
    int weighted_rank[WEIGHTING_COUNT];
    const Finding *gaps[GAPS_MOST]; /**< missed here, met by most of the others */
    size_t gap_count;
} LeagueShop;

/** Two shops held against each other, block by block. */
typedef struct LeaguePair {
    size_t a, b;     /**< indexes into shops, the better first */
    double shift;    /**< marks of a above b */
    Interval range;  /**< 95 % of it; NAN */
    double p;        /**< after Holm */
    bool is_certain; /**< p under 0.05 and at least BENCHMARK_LIMIT apart */
} LeaguePair;

/** Best practice: who does a step best. */
typedef struct LeagueStep {
    StepKind kind;
    size_t shop;        /**< the best; SIZE_MAX none */
    double *times_ms;   /**< median of each shop; NAN */
    double *done;       /**< share of visits that did it; NAN */
    const char *url;    /**< where it was done best; "" */
    const char *file;   /**< the visit, from the benchmark's folder; "" */
    double p10, median; /**< control points of the panel, ms */
} LeagueStep;

/** Marks apart under which nothing is called a difference. */
#define BENCHMARK_LIMIT 2.0

typedef struct Benchmark {
    Arena *arena;
    const char *name;
    const char *tool_version;
    const Grid *grid;
    int64_t started_us;
    size_t planned,
        block_count; /**< blocks asked for; made by every shop that did not fail */
    bool is_partial;
    bool is_saved; /**< some audits are of other days: the blocks are no blocks */
    unsigned long long seed;
    LeagueShop *shops; /**< in order of rank, failed ones last */
    size_t shop_count;
    double friedman, friedman_p; /**< NAN */
    LeaguePair *pairs;
    size_t pair_count;
    LeagueStep *steps;
    size_t step_count;
    bool is_weight_bound; /**< another weighting gives another order of what is certain */
} Benchmark;

#endif
