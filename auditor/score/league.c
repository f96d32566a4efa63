/* league.c - the league of a panel. Layer: score. SPDX-License-Identifier: MIT */
#include "score/league.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/stats.h"
#include "base/stats_blocks.h"
#include "base/stats_rank.h"
#include "base/stats_share.h"
#include "score/league_steps.h"
#include "score/resample.h"
#include "score/score.h"

enum { PAIRS_MOST = 300 };

/* What the computation carries. */
typedef struct League {
    Benchmark *benchmark;
    Arena *arena;         /* scratch */
    Resample **resamples; /* NULL: the shop failed */
    int *times;
} League;

static bool is_in(const LeagueShop *shop)
{
    return shop->audit && !isnan(shop->score);
}

/* ---- marks ---- */

static void shop_marks(League *league, size_t s)
{
    Benchmark *benchmark = league->benchmark;
    LeagueShop *shop = &benchmark->shops[s];
    Marks marks;
    shop->blocks = ARENA_ARRAY(benchmark->arena, benchmark->block_count + 1, double);
    shop->score = shop->rank = NAN;
    shop->interval = shop->rank_interval = (Interval){NAN, NAN};
    for (int d = 0; d < DIMENSION_COUNT; d++)
        shop->dimensions[d] = NAN;
    for (int w = 0; w < WEIGHTING_COUNT; w++)
        shop->weighted[w] = NAN;
    if (!shop->audit)
        return;
    league->resamples[s] = resample_open(league->arena, shop->audit);
    for (size_t b = 0; b < benchmark->block_count; b++) {
        memset(league->times, 0, benchmark->block_count * sizeof *league->times);
        league->times[b] = 1;
        resample_marks(league->resamples[s], league->times, benchmark->block_count, NULL,
                       &marks);
        shop->blocks[b] = marks.overall;
    }
    shop->score = shop->audit->score;
    for (int d = 0; d < DIMENSION_COUNT; d++)
        shop->dimensions[d] = shop->audit->dimensions[d].score;
    const double weighted[] = {shop->audit->score, shop->audit->score_equal,
                               shop->audit->score_speed};
    memcpy(shop->weighted, weighted, sizeof weighted);
}

/* ---- ranks ---- */

static int rank_in(const double *scores, size_t count, size_t of)
{
    int rank = 1;
    for (size_t i = 0; i < count; i++)
        rank += i != of && !isnan(scores[i]) && scores[i] >= scores[of] + BENCHMARK_LIMIT;
    return rank;
}

static Interval centiles(double *values, size_t count)
{
    stats_sort(values, count);
    return (Interval){stats_quantile(values, count, 0.025),
                      stats_quantile(values, count, 0.975)};
}

typedef struct Draws {
    double *ranks, *scores; /* by shop, then draw */
} Draws;

static void draw_one(League *league, Clock *dice, const Draws *draws, size_t at)
{
    const Benchmark *benchmark = league->benchmark;
    double scores[BENCHMARK_SHOPS_MOST];
    Marks marks;
    memset(league->times, 0, benchmark->block_count * sizeof *league->times);
    for (size_t b = 0; b < benchmark->block_count; b++)
        league->times[clock_random(dice, benchmark->block_count)]++;
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        scores[s] = NAN;
        if (!is_in(&benchmark->shops[s]))
            continue;
        resample_marks(league->resamples[s], league->times, benchmark->block_count, NULL,
                       &marks);
        scores[s] = marks.overall;
    }
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        draws->scores[s * LEAGUE_DRAWS + at] = scores[s];
        draws->ranks[s * LEAGUE_DRAWS + at] = rank_in(scores, benchmark->shop_count, s);
    }
}

static void ranks_draw(League *league)
{
    Benchmark *benchmark = league->benchmark;
    size_t size = benchmark->shop_count * LEAGUE_DRAWS;
    Draws draws = {ARENA_ARRAY(league->arena, size, double),
                   ARENA_ARRAY(league->arena, size, double)};
    Clock dice;
    clock_init_fixed(&dice, 0, benchmark->seed);
    for (size_t at = 0; at < LEAGUE_DRAWS; at++)
        draw_one(league, &dice, &draws, at);
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        LeagueShop *shop = &benchmark->shops[s];
        if (!is_in(shop))
            continue;
        shop->rank_interval = centiles(draws.ranks + s * LEAGUE_DRAWS, LEAGUE_DRAWS);
        shop->interval = centiles(draws.scores + s * LEAGUE_DRAWS, LEAGUE_DRAWS);
    }
}

static void ranks_set(League *league)
{
    Benchmark *benchmark = league->benchmark;
    for (int w = 0; w < WEIGHTING_COUNT; w++) {
        double scores[BENCHMARK_SHOPS_MOST];
        for (size_t s = 0; s < benchmark->shop_count; s++)
            scores[s] = benchmark->shops[s].weighted[w];
        for (size_t s = 0; s < benchmark->shop_count; s++) {
            LeagueShop *shop = &benchmark->shops[s];
            if (!is_in(shop))
                continue;
            shop->weighted_rank[w] = rank_in(scores, benchmark->shop_count, s);
            if (w == 0)
                shop->rank = shop->weighted_rank[0];
        }
    }
}

static int shop_compare(const void *a, const void *b)
{
    const LeagueShop *left = a, *right = b;
    if (is_in(left) != is_in(right))
        return is_in(left) ? -1 : 1;
    if (!is_in(left))
        return strcmp(left->name, right->name);
    if (left->score > right->score)
        return -1;
    if (left->score < right->score)
        return 1;
    return strcmp(left->name, right->name);
}

/* In order of score; a tier ends where a shop is surely behind all of it. */
static void tiers_set(Benchmark *benchmark)
{
    double last = -INFINITY;
    int tier = 0;
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        LeagueShop *shop = &benchmark->shops[s];
        if (!is_in(shop) || isnan(shop->rank_interval.low))
            continue;
        if (shop->rank_interval.low > last)
            tier++;
        shop->tier = tier;
        last = fmax(last, shop->rank_interval.high);
    }
}

/* ---- tests ---- */

static bool has_blocks(const Benchmark *benchmark, const LeagueShop *shop)
{
    if (!is_in(shop))
        return false;
    for (size_t b = 0; b < benchmark->block_count; b++)
        if (isnan(shop->blocks[b]))
            return false;
    return true;
}

static void friedman_test(League *league)
{
    Benchmark *benchmark = league->benchmark;
    size_t count = 0, blocks = benchmark->block_count;
    benchmark->friedman = benchmark->friedman_p = NAN;
    double *values = ARENA_ARRAY(league->arena, blocks * benchmark->shop_count + 1, double);
    for (size_t s = 0; s < benchmark->shop_count; s++)
        count += has_blocks(benchmark, &benchmark->shops[s]);
    for (size_t s = 0, at = 0; s < benchmark->shop_count; s++) {
        if (!has_blocks(benchmark, &benchmark->shops[s]))
            continue;
        for (size_t b = 0; b < blocks; b++)
            values[b * count + at] = benchmark->shops[s].blocks[b];
        at++;
    }
    benchmark->friedman_p =
        stats_friedman(league->arena, values, blocks, count, &benchmark->friedman);
}

static LeaguePair pair_test(League *league, size_t a, size_t b)
{
    const Benchmark *benchmark = league->benchmark;
    RankSample sample = {.before = benchmark->shops[b].blocks,
                         .after = benchmark->shops[a].blocks,
                         .before_count = benchmark->block_count,
                         .after_count = benchmark->block_count};
    RankResult result = rank_pairs(league->arena, &sample);
    /* All differences zero: no test, and no difference. */
    return (LeaguePair){.a = a,
                        .b = b,
                        .shift = isnan(result.shift) ? 0 : result.shift,
                        .range = {result.low, result.high},
                        .p = isnan(result.p) ? 1 : result.p};
}

static void pairs_test(League *league)
{
    Benchmark *benchmark = league->benchmark;
    size_t capacity = 0;
    double *p = ARENA_ARRAY(league->arena, PAIRS_MOST, double);
    for (size_t a = 0; a < benchmark->shop_count; a++)
        for (size_t b = a + 1; b < benchmark->shop_count; b++)
            if (benchmark->pair_count < PAIRS_MOST &&
                has_blocks(benchmark, &benchmark->shops[a]) &&
                has_blocks(benchmark, &benchmark->shops[b])) {
                p[benchmark->pair_count] = 0;
                ARENA_PUSH(benchmark->arena, benchmark->pairs, benchmark->pair_count,
                           capacity, pair_test(league, a, b));
            }
    for (size_t i = 0; i < benchmark->pair_count; i++)
        p[i] = benchmark->pairs[i].p;
    stats_holm(league->arena, p, benchmark->pair_count);
    for (size_t i = 0; i < benchmark->pair_count; i++) {
        LeaguePair *pair = &benchmark->pairs[i];
        pair->p = p[i];
        pair->is_certain = p[i] < 0.05 && fabs(pair->shift) >= BENCHMARK_LIMIT;
    }
}

/* ---- gaps ---- */

static const Finding *finding_of(const Audit *audit, const char *id)
{
    for (size_t i = 0; i < audit->finding_count; i++)
        if (strcmp(audit->findings[i]->rule->id, id) == 0)
            return audit->findings[i];
    return NULL;
}

/* Of the other shops that could be judged, do most meet it? */
static bool is_met_elsewhere(const Benchmark *benchmark, size_t but, const char *id)
{
    size_t met = 0, seen = 0;
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        const Finding *finding = s != but && benchmark->shops[s].audit
                                     ? finding_of(benchmark->shops[s].audit, id)
                                     : NULL;
        if (!finding)
            continue;
        met += finding->outcome == FINDING_PASS;
        seen += finding->outcome == FINDING_PASS || finding->outcome == FINDING_FAIL;
    }
    return seen > 0 && met * 2 > seen;
}

static void gaps_find(Benchmark *benchmark, size_t s)
{
    LeagueShop *shop = &benchmark->shops[s];
    for (int impact = IMPACT_COUNT - 1; shop->audit && impact >= 0; impact--)
        for (size_t i = 0; i < shop->audit->finding_count; i++) {
            const Finding *finding = shop->audit->findings[i];
            if (shop->gap_count < GAPS_MOST && finding->outcome == FINDING_FAIL &&
                (int)finding->rule->impact == impact &&
                is_met_elsewhere(benchmark, s, finding->rule->id))
                shop->gaps[shop->gap_count++] = finding;
        }
}

/* Does another weighting turn round two shops that are certain to differ, or put another
 * shop first? */
static bool is_weight_bound(const Benchmark *benchmark)
{
    for (size_t s = 0; s < benchmark->shop_count; s++)
        for (int w = 1; w < WEIGHTING_COUNT; w++)
            if (is_in(&benchmark->shops[s]) && benchmark->shops[s].weighted_rank[w] !=
                                                   benchmark->shops[s].weighted_rank[0])
                return true;
    return false;
}

void league_compute(Benchmark *benchmark)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    League league = {.benchmark = benchmark, .arena = arena};
    league.resamples = ARENA_ARRAY(arena, benchmark->shop_count + 1, Resample *);
    league.times = ARENA_ARRAY(arena, benchmark->block_count + 1, int);
    /* The order is by the marks, which are known before anything is drawn. */
    for (size_t s = 0; s < benchmark->shop_count; s++)
        benchmark->shops[s].score =
            benchmark->shops[s].audit ? benchmark->shops[s].audit->score : NAN;
    if (benchmark->shop_count)
        qsort(benchmark->shops, benchmark->shop_count, sizeof *benchmark->shops,
              shop_compare);
    for (size_t s = 0; s < benchmark->shop_count; s++)
        shop_marks(&league, s);
    ranks_set(&league);
    if (benchmark->block_count >= LEAGUE_BLOCKS_ENOUGH)
        ranks_draw(&league);
    tiers_set(benchmark);
    friedman_test(&league);
    if (benchmark->block_count >= LEAGUE_BLOCKS_ENOUGH)
        pairs_test(&league);
    for (size_t s = 0; s < benchmark->shop_count; s++)
        gaps_find(benchmark, s);
    benchmark->is_weight_bound = is_weight_bound(benchmark);
    league_steps(benchmark);
}
