/* stats_rank.c - Mann-Whitney in strata, signed rank, Hodges-Lehmann.
 *
 * Distributions are kept over doubled statistics, so that half ranks of ties stay whole
 * numbers. Layer: base. SPDX-License-Identifier: MIT */
#include "base/stats_rank.h"

#include <math.h>
#include <string.h>

#include "base/stats.h"

static const double NORMAL_975 = 1.959963984540054;
static const double ALPHA_HALF = 0.025;

/* Probabilities of the doubled statistic 0, 1, 2 ... size - 1. */
typedef struct Law {
    double *p;
    size_t size;
} Law;

/* A value with the side it came from, for joint ranks. */
typedef struct Ranked {
    double value;
    bool is_after;
    size_t doubled_rank;
} Ranked;

/* Joint midranks, doubled. Returns sum of t^3 - t over groups of ties. Insertion would be
 * quadratic; the values are sorted beforehand and looked up. */
static double midranks(Arena *arena, Ranked *items, size_t count)
{
    double *sorted = ARENA_ARRAY(arena, count, double);
    double ties = 0;
    for (size_t i = 0; i < count; i++)
        sorted[i] = items[i].value;
    stats_sort(sorted, count);
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (sorted[middle] < items[i].value)
                low = middle + 1;
            else
                high = middle;
        }
        size_t last = low;
        while (last + 1 < count && sorted[last + 1] <= items[i].value)
            last++;
        double t = (double)(last - low + 1);
        items[i].doubled_rank = low + last + 2;
        /* Each of the t members adds its share of t^3 - t. */
        ties += t * t - 1;
    }
    return ties;
}

/* Coefficients of prod (1 - q^(m+i)) / (1 - q^i), i = 1..n: ways to reach each U. */
static Law law_without_ties(Arena *arena, size_t n, size_t m)
{
    size_t most = n * m;
    double *ways = ARENA_ARRAY(arena, most + 1, double);
    double total = 0;
    Law law = {ARENA_ARRAY(arena, 2 * most + 1, double), 2 * most + 1};
    ways[0] = 1;
    for (size_t i = 1; i <= n; i++) {
        for (size_t u = most; u >= m + i; u--)
            ways[u] -= ways[u - m - i];
        for (size_t u = i; u <= most; u++)
            ways[u] += ways[u - i];
    }
    for (size_t u = 0; u <= most; u++)
        total += ways[u];
    for (size_t u = 0; u <= most; u++)
        law.p[2 * u] = ways[u] / total;
    return law;
}

/* Ways to choose the `after` members among all ranks, by their sum of doubled ranks. */
static Law law_with_ties(Arena *arena, const Ranked *items, size_t n, size_t m)
{
    size_t base = n * (n + 1), sums = n * (n + 1) + 2 * n * m + 1;
    double *ways = ARENA_ARRAY(arena, (n + 1) * sums, double);
    double total = 0;
    Law law = {ARENA_ARRAY(arena, 2 * n * m + 1, double), 2 * n * m + 1};
    ways[0] = 1;
    for (size_t i = 0; i < n + m; i++) {
        size_t rank = items[i].doubled_rank;
        for (size_t k = i + 1 < n ? i + 1 : n; k >= 1; k--)
            for (size_t s = sums - 1; s >= rank; s--)
                ways[k * sums + s] += ways[(k - 1) * sums + s - rank];
    }
    /* Doubled U = doubled rank sum - n(n+1); it is never below 0. */
    for (size_t u = 0; u < law.size; u++)
        total += ways[n * sums + base + u];
    for (size_t u = 0; u < law.size; u++)
        law.p[u] = ways[n * sums + base + u] / total;
    return law;
}

static Law law_convolve(Arena *arena, Law a, Law b)
{
    Law law = {ARENA_ARRAY(arena, a.size + b.size - 1, double), a.size + b.size - 1};
    for (size_t i = 0; i < a.size; i++) {
        if (a.p[i] <= 0)
            continue;
        for (size_t j = 0; j < b.size; j++)
            law.p[i + j] += a.p[i] * b.p[j];
    }
    return law;
}

/* Twice the smaller tail, at most 1. */
static double law_two_sided(Law law, size_t at)
{
    double below = 0, above = 0;
    for (size_t i = 0; i < law.size; i++) {
        if (i <= at)
            below += law.p[i];
        if (i >= at)
            above += law.p[i];
    }
    return fmin(1, 2 * fmin(below, above));
}

/* The smallest undoubled q with P(X <= q) >= alpha / 2: qwilcox, qsignrank of R. */
static size_t law_quantile(Law law)
{
    double below = 0;
    for (size_t i = 0; i < law.size; i++) {
        below += law.p[i];
        /* A hair of rounding must not move the quantile. */
        if (below >= ALPHA_HALF * (1 - 1e-12))
            return i / 2;
    }
    return law.size / 2;
}

/* One pass over the strata. */
typedef struct Pool {
    Arena *arena;
    Law law, untied;  /* of the sum over the strata */
    size_t doubled_u; /* observed */
    size_t pairs;     /* sum of n m */
    double variance;  /* of U, corrected for ties */
    double plain;     /* variance without ties */
    double *differences;
    size_t filled;
    bool is_exact, has_ties;
} Pool;

static void pool_law(Pool *pool, const Ranked *items, const RankSample *s, bool has_ties)
{
    size_t n = s->after_count, m = s->before_count;
    if (!pool->is_exact)
        return;
    Law untied = law_without_ties(pool->arena, n, m);
    Law law = has_ties ? law_with_ties(pool->arena, items, n, m) : untied;
    pool->law = pool->law.size ? law_convolve(pool->arena, pool->law, law) : law;
    pool->untied =
        pool->untied.size ? law_convolve(pool->arena, pool->untied, untied) : untied;
}

static void pool_add(Pool *pool, const RankSample *s)
{
    size_t n = s->after_count, m = s->before_count, count = n + m;
    Ranked *items = ARENA_ARRAY(pool->arena, count, Ranked);
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        items[i] = (Ranked){s->after[i], true, 0};
    for (size_t i = 0; i < m; i++)
        items[n + i] = (Ranked){s->before[i], false, 0};
    double ties = midranks(pool->arena, items, count);
    for (size_t i = 0; i < n; i++)
        sum += items[i].doubled_rank;
    pool->doubled_u += sum - n * (n + 1);
    double size = (double)count;
    double scale = (double)n * (double)m / 12;
    pool->variance += scale * (size + 1 - ties / (size * (size - 1)));
    pool->plain += scale * (size + 1);
    pool->has_ties |= ties > 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            pool->differences[pool->filled++] = s->after[i] - s->before[j];
    pool_law(pool, items, s, ties > 0);
}

static double normal_two_sided(double distance, double variance)
{
    if (variance <= 0)
        return 1;
    return 2 * stats_normal_cdf(-fmax(0, fabs(distance) - 0.5) / sqrt(variance));
}

/* The k-th difference from each end; none when the least tail is already too heavy. */
static void interval_take(RankResult *result, const double *sorted, size_t count, size_t k)
{
    result->shift = stats_median(sorted, count);
    result->low = result->high = NAN;
    if (k < 1 || k > count)
        return;
    result->low = sorted[k - 1];
    result->high = sorted[count - k];
}

static size_t normal_k(double pairs, double variance)
{
    double k = floor(pairs / 2 - NORMAL_975 * sqrt(variance) + 0.5);
    return k > 0 ? (size_t)k : 0;
}

RankResult rank_shift(Arena *arena, const RankSample *strata, size_t count)
{
    Pool pool = {.arena = arena, .is_exact = true};
    RankResult result = {.p = NAN, .shift = NAN, .low = NAN, .high = NAN, .delta = NAN};
    result.smallest_p = 1;
    for (size_t i = 0; i < count; i++) {
        size_t pairs = strata[i].before_count * strata[i].after_count;
        pool.pairs += pairs;
        pool.is_exact &= pairs <= RANK_EXACT_PAIRS;
    }
    /* Many strata are as good as normal, and their convolution costs. */
    pool.is_exact &= pool.pairs <= 8 * RANK_EXACT_PAIRS;
    if (!pool.pairs)
        return result;
    pool.differences = ARENA_ARRAY(arena, pool.pairs, double);
    for (size_t i = 0; i < count; i++)
        if (strata[i].before_count && strata[i].after_count)
            pool_add(&pool, &strata[i]);
    stats_sort(pool.differences, pool.pairs);
    result.is_exact = pool.is_exact;
    result.statistic = (double)pool.doubled_u / 2;
    result.delta = 2 * result.statistic / (double)pool.pairs - 1;
    double distance = result.statistic - (double)pool.pairs / 2;
    result.p = pool.is_exact ? law_two_sided(pool.law, pool.doubled_u)
                             : normal_two_sided(distance, pool.variance);
    result.smallest_p = pool.is_exact
                            ? law_two_sided(pool.untied, 0)
                            : normal_two_sided((double)pool.pairs / 2, pool.plain);
    interval_take(&result, pool.differences, pool.pairs,
                  pool.is_exact ? law_quantile(pool.untied)
                                : normal_k((double)pool.pairs, pool.plain));
    return result;
}

/* Sums of doubled ranks that signs can give. Without ties ranks are 1..n. */
static Law law_signed(Arena *arena, const size_t *doubled, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += doubled[i];
    Law law = {ARENA_ARRAY(arena, most + 1, double), most + 1};
    law.p[0] = 1;
    for (size_t i = 0; i < count; i++)
        for (size_t s = most + 1; s-- > 0;)
            law.p[s] = (law.p[s] + (s >= doubled[i] ? law.p[s - doubled[i]] : 0)) / 2;
    return law;
}

/* Differences, those of zero left out of the test but not of the estimate. */
typedef struct Signs {
    double *differences;
    size_t *doubled, *plain; /* ranks of |difference|; 1..n doubled */
    size_t count, all, doubled_v;
    double ties;
} Signs;

static void signs_make(Arena *arena, const RankSample *sample, Signs *signs)
{
    size_t n = sample->before_count;
    Ranked *items = ARENA_ARRAY(arena, n, Ranked);
    signs->differences = ARENA_ARRAY(arena, n, double);
    for (size_t i = 0; i < n; i++) {
        double difference = sample->after[i] - sample->before[i];
        signs->differences[signs->all++] = difference;
        if (fabs(difference) > 0)
            items[signs->count++] = (Ranked){fabs(difference), difference > 0, 0};
    }
    signs->ties = midranks(arena, items, signs->count);
    signs->doubled = ARENA_ARRAY(arena, signs->count, size_t);
    signs->plain = ARENA_ARRAY(arena, n, size_t);
    for (size_t i = 0; i < signs->count; i++) {
        signs->doubled[i] = items[i].doubled_rank;
        signs->doubled_v += items[i].is_after ? items[i].doubled_rank : 0;
    }
    for (size_t i = 0; i < n; i++)
        signs->plain[i] = 2 * (i + 1);
}

/* All averages of two differences, each with itself too. */
static double *walsh_averages(Arena *arena, const Signs *signs, size_t *count)
{
    size_t n = signs->all, filled = 0;
    *count = n * (n + 1) / 2;
    double *averages = ARENA_ARRAY(arena, *count, double);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++)
            averages[filled++] = signs->differences[i] / 2 + signs->differences[j] / 2;
    stats_sort(averages, *count);
    return averages;
}

RankResult rank_pairs(Arena *arena, const RankSample *sample)
{
    RankResult result = {.p = NAN, .shift = NAN, .low = NAN, .high = NAN, .delta = NAN};
    Signs signs = {0};
    size_t averages = 0;
    result.smallest_p = 1;
    if (!sample->before_count || sample->before_count != sample->after_count)
        return result;
    signs_make(arena, sample, &signs);
    double n = (double)signs.count, all = (double)signs.all;
    double half = n * (n + 1) / 4;
    double variance = n * (n + 1) * (2 * n + 1) / 24 - signs.ties / 48;
    double untied = all * (all + 1) * (2 * all + 1) / 24;
    result.is_exact = signs.all <= RANK_EXACT_SIGNED;
    result.statistic = (double)signs.doubled_v / 2;
    result.p = normal_two_sided(result.statistic - half, variance);
    size_t k = normal_k(all * (all + 1) / 2, untied);
    if (result.is_exact) {
        Law law = law_signed(arena, signs.doubled, signs.count);
        Law plain = law_signed(arena, signs.plain, signs.all);
        result.p = law_two_sided(law, signs.doubled_v);
        result.smallest_p = law_two_sided(plain, 0);
        k = law_quantile(plain);
    }
    double *walsh = walsh_averages(arena, &signs, &averages);
    interval_take(&result, walsh, averages, k);
    return result;
}
