/* change.c - one metric, before and after. Layer: score. SPDX-License-Identifier: MIT */
#include "score/change.h"

#include <math.h>
#include <string.h>

#include "base/stats.h"
#include "base/stats_power.h"

/* Fewer pairs cannot reach a p that many kinds of page leave room for (0.001 with eleven).
 */
enum { PAIRS_LEAST = 11, PAIRS_MOST = 400 };

static bool all_positive(const RankSample *strata, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t v = 0; v < strata[i].before_count; v++)
            if (!(strata[i].before[v] > 0))
                return false;
        for (size_t v = 0; v < strata[i].after_count; v++)
            if (!(strata[i].after[v] > 0))
                return false;
    }
    return true;
}

static double *logs_of(Arena *arena, const double *values, size_t count, bool is_ratio)
{
    double *logs = ARENA_ARRAY(arena, count, double);
    for (size_t i = 0; i < count; i++)
        logs[i] = is_ratio ? log(values[i]) : values[i];
    return logs;
}

static double median_of(Arena *arena, const RankSample *strata, size_t count, bool after)
{
    size_t total = 0, filled = 0;
    for (size_t i = 0; i < count; i++)
        total += after ? strata[i].after_count : strata[i].before_count;
    double *all = ARENA_ARRAY(arena, total, double);
    for (size_t i = 0; i < count; i++) {
        size_t size = after ? strata[i].after_count : strata[i].before_count;
        if (size)
            memcpy(all + filled, after ? strata[i].after : strata[i].before,
                   size * sizeof *all);
        filled += size;
    }
    stats_sort(all, total);
    return stats_median(all, total);
}

static void residuals_add(Arena *arena, const double *values, size_t count, double *all,
                          size_t *filled)
{
    double *sorted = ARENA_ARRAY(arena, count, double);
    if (count)
        memcpy(sorted, values, count * sizeof *sorted);
    stats_sort(sorted, count);
    double middle = stats_median(sorted, count);
    for (size_t i = 0; i < count; i++)
        all[(*filled)++] = values[i] - middle;
}

/* Noise inside strata and sides: 1.4826 MAD of what is left of the logarithms. */
static double sigma_of(Arena *arena, const RankSample *strata, size_t count)
{
    size_t total = 0, filled = 0;
    for (size_t i = 0; i < count; i++)
        total += strata[i].before_count + strata[i].after_count;
    double *all = ARENA_ARRAY(arena, total, double);
    double *scratch = ARENA_ARRAY(arena, total, double);
    for (size_t i = 0; i < count; i++) {
        residuals_add(arena, strata[i].before, strata[i].before_count, all, &filled);
        residuals_add(arena, strata[i].after, strata[i].after_count, all, &filled);
    }
    stats_sort(all, total);
    return stats_mad_sigma(all, total, scratch);
}

/* The limit as the logarithm of a ratio, or as a difference. */
static double limit_of(const Change *change, const CompareDesign *design)
{
    const char *unit = metric_info(change->metric)->unit;
    double share = 0.10;
    if (!change->is_ratio) {
        double least = strcmp(unit, "share") == 0     ? 0.05
                       : change->metric == METRIC_CLS ? 0.02
                                                      : 0.10 * fabs(change->before);
        if (!unit[0] && change->metric != METRIC_CLS)
            least = fmax(1, least);
        return design->is_interleaved ? least : 2 * least;
    }
    if (strcmp(unit, "ms") == 0)
        share = fmax(share, 100 / change->before);
    else if (!unit[0])
        share = fmax(share, 1 / change->before);
    if (design->is_interleaved)
        return log1p(share);
    if (design->sessions < CHANGE_SESSIONS_LEAST || isnan(design->session_sd))
        return log1p(2 * share);
    return log1p(share) + 1.96 * sqrt(2) * design->session_sd;
}

/* All strata as one list of pairs, when every visit has its partner. */
static bool pairs_of(Arena *arena, const RankSample *strata, size_t count,
                     RankSample *pairs)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        if (strata[i].before_count != strata[i].after_count)
            return false;
        total += strata[i].before_count;
    }
    if (total < PAIRS_LEAST || total > PAIRS_MOST)
        return false;
    double *before = ARENA_ARRAY(arena, total, double);
    double *after = ARENA_ARRAY(arena, total, double);
    *pairs = (RankSample){before, after, 0, 0};
    for (size_t i = 0; i < count; i++)
        for (size_t v = 0; v < strata[i].before_count; v++) {
            before[pairs->before_count++] = strata[i].before[v];
            after[pairs->after_count++] = strata[i].after[v];
        }
    return true;
}

static void result_take(Change *change, const RankResult *result)
{
    change->estimate = change->is_ratio ? exp(result->shift) : result->shift;
    change->low = change->is_ratio ? exp(result->low) : result->low;
    change->high = change->is_ratio ? exp(result->high) : result->high;
    change->p = result->p;
    change->delta = result->delta;
}

void change_measure(Arena *arena, const RankSample *strata, size_t count, Metric metric,
                    const CompareDesign *design, Change *change)
{
    RankSample *logs = ARENA_ARRAY(arena, count, RankSample);
    RankSample pairs;
    bool is_plain = metric == METRIC_CLS || strcmp(metric_info(metric)->unit, "share") == 0;
    *change = (Change){.metric = metric, .p_adjusted = NAN};
    change->before = median_of(arena, strata, count, false);
    change->after = median_of(arena, strata, count, true);
    change->is_ratio = !is_plain && all_positive(strata, count);
    for (size_t i = 0; i < count; i++) {
        const RankSample *s = &strata[i];
        size_t both = s->before_count < s->after_count ? s->before_count : s->after_count;
        change->visits = both > change->visits ? both : change->visits;
        logs[i] = (RankSample){logs_of(arena, s->before, s->before_count, change->is_ratio),
                               logs_of(arena, s->after, s->after_count, change->is_ratio),
                               s->before_count, s->after_count};
    }
    change->is_too_few = change->visits < CHANGE_VISITS_LEAST;
    RankResult result = design->is_interleaved && pairs_of(arena, logs, count, &pairs)
                            ? rank_pairs(arena, &pairs)
                            : rank_shift(arena, logs, count);
    result_take(change, &result);
    double limit = limit_of(change, design);
    change->limit = change->is_ratio ? exp(limit) : limit;
    change->sigma = change->is_ratio ? sigma_of(arena, logs, count) : NAN;
    change->detectable = stats_detectable(change->sigma, change->visits * count);
}

/* Visits of each journey that would find the limit; always more than there were. */
static size_t needed_of(const Change *change, size_t journeys)
{
    size_t more = change->visits + (change->visits + 1) / 2;
    size_t least = more > 5 ? more : 5;
    if (!change->is_ratio || isnan(change->sigma) || !journeys)
        return least;
    size_t needed = stats_visits_needed(change->sigma, change->limit - 1);
    needed = (needed + journeys - 1) / journeys;
    return needed > least ? needed : least;
}

void change_decide(Change *change, double p_adjusted, size_t journeys)
{
    double none = change->is_ratio ? 1 : 0;
    double floor = change->is_ratio ? 1 / change->limit : -change->limit;
    bool is_sure = p_adjusted < 0.05 && !change->is_too_few;
    change->p_adjusted = change->is_too_few ? NAN : p_adjusted;
    change->word = CHANGE_INCONCLUSIVE;
    if (change->is_too_few) {
        change->needed = needed_of(change, journeys);
        return;
    }
    if (is_sure && change->low > none && change->estimate > change->limit)
        change->word = CHANGE_WORSE;
    else if (is_sure && change->high < none && change->estimate < floor)
        change->word = CHANGE_BETTER;
    else if (change->low >= floor && change->high <= change->limit)
        change->word = CHANGE_NONE;
    else
        change->needed = needed_of(change, journeys);
}
