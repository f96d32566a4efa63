/* league_steps.c - steps of a panel. Layer: score. SPDX-License-Identifier: MIT */
#include "score/league_steps.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/stats.h"

enum { TIMES_MOST = 4096 };

/* What a shop makes of a step, and its best record as evidence. */
typedef struct Best {
    double median, done;
    double ms;
    const Visit *visit;
    const StepRecord *step;
    size_t at;
} Best;

static void shop_step(const LeagueShop *shop, StepKind kind, double *scratch, Best *best)
{
    size_t walked = 0, count = 0;
    *best = (Best){.median = NAN, .done = NAN, .ms = INFINITY};
    for (size_t v = 0; shop->audit && v < shop->audit->visit_count; v++) {
        const Visit *visit = shop->audit->visits[v];
        for (size_t i = 0; i < visit->step_count; i++) {
            const StepRecord *step = &visit->steps[i];
            if (step->kind != kind || step->outcome == OUTCOME_SKIPPED)
                continue;
            walked++;
            if (!step_is_ok(step->outcome) || count == TIMES_MOST)
                continue;
            double ms = (double)step->duration_us / 1000;
            scratch[count++] = ms;
            if (ms < best->ms)
                *best = (Best){NAN, NAN, ms, visit, step, v};
        }
    }
    if (walked)
        best->done = (double)count / (double)walked;
    stats_sort(scratch, count);
    best->median = stats_median(scratch, count);
}

static bool is_better(const LeagueStep *step, size_t a, size_t b)
{
    if (isnan(step->done[a]) || isnan(step->times_ms[a]))
        return false;
    if (b == SIZE_MAX || step->done[a] > step->done[b])
        return true;
    return step->done[a] >= step->done[b] && step->times_ms[a] < step->times_ms[b];
}

static void controls_set(const Benchmark *benchmark, LeagueStep *step, double *scratch)
{
    size_t count = 0;
    for (size_t s = 0; s < benchmark->shop_count; s++)
        if (!isnan(step->times_ms[s]))
            scratch[count++] = step->times_ms[s];
    stats_sort(scratch, count);
    step->p10 = stats_quantile(scratch, count, 0.1);
    step->median = stats_median(scratch, count);
}

static void evidence_set(const Benchmark *benchmark, LeagueStep *step, const Best *best)
{
    const LeagueShop *shop = &benchmark->shops[step->shop];
    int page = best->step->page;
    if (page >= 0 && (size_t)page < best->visit->page_count)
        step->url = best->visit->pages[page]->url;
    if (shop->audit->visit_files && shop->folder)
        step->file = arena_printf(benchmark->arena, "%s/%s", shop->folder,
                                  shop->audit->visit_files[best->at]);
}

static bool step_fill(const Benchmark *benchmark, StepKind kind, double *scratch,
                      LeagueStep *step)
{
    Best best = {0}, chosen = {0};
    size_t walked = 0;
    *step = (LeagueStep){.kind = kind, .shop = SIZE_MAX, .url = "", .file = ""};
    step->times_ms = ARENA_ARRAY(benchmark->arena, benchmark->shop_count, double);
    step->done = ARENA_ARRAY(benchmark->arena, benchmark->shop_count, double);
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        shop_step(&benchmark->shops[s], kind, scratch, &best);
        step->times_ms[s] = best.median;
        step->done[s] = best.done;
        walked += isnan(step->done[s]) ? 0 : 1;
        if (!is_better(step, s, step->shop))
            continue;
        step->shop = s;
        chosen = best;
    }
    if (walked < 2 || step->shop == SIZE_MAX)
        return false;
    controls_set(benchmark, step, scratch);
    evidence_set(benchmark, step, &chosen);
    return true;
}

void league_steps(Benchmark *benchmark)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    double *scratch = ARENA_ARRAY(arena, TIMES_MOST, double);
    size_t capacity = 0;
    for (int kind = 0; kind < STEP_KIND_COUNT; kind++) {
        LeagueStep step;
        if (step_fill(benchmark, (StepKind)kind, scratch, &step))
            ARENA_PUSH(benchmark->arena, benchmark->steps, benchmark->step_count, capacity,
                       step);
    }
}
