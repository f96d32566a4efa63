/* compare.c - times: series drawn from two snapshots, tested and adjusted together.
 *
 * Layer: score. SPDX-License-Identifier: MIT */
#include "score/compare.h"

#include <math.h>
#include <string.h>

#include "base/stats.h"
#include "base/stats_share.h"
#include "score/change.h"

enum { STRATA_MOST = 64 };

/* A kind of page as one engine saw it, and the metric looked at. */
typedef struct Subject {
    PageKind kind;
    CheckoutStage stage;
    const char *engine;
    Metric metric;
} Subject;

static bool is_compared(PageKind kind)
{
    return kind != PAGE_UNKNOWN && kind != PAGE_CHALLENGE && kind != PAGE_CLOSED;
}

static bool fits(const Snapshot *s, const SnapPage *page, const Subject *subject)
{
    return page->kind == subject->kind && page->stage == subject->stage &&
           snap_visit_counts(&s->visits[page->visit]) &&
           strcmp(s->visits[page->visit].engine, subject->engine) == 0 &&
           !isnan(page->metrics[subject->metric]);
}

static bool same_journey(const SnapVisit *a, const SnapVisit *b)
{
    return strcmp(a->scenario, b->scenario) == 0 && strcmp(a->persona, b->persona) == 0 &&
           strcmp(a->engine, b->engine) == 0;
}

/* Values of the visits of a journey, in order of their numbers: one a visit. */
static double *values_of(Arena *arena, const Snapshot *s, const SnapVisit *journey,
                         const Subject *subject, size_t *count)
{
    double *values = ARENA_ARRAY(arena, s->visit_count, double);
    double *pages = ARENA_ARRAY(arena, s->page_count, double);
    *count = 0;
    for (size_t v = 0; v < s->visit_count; v++) {
        size_t seen = 0;
        if (!same_journey(&s->visits[v], journey))
            continue;
        for (size_t p = 0; p < s->page_count; p++)
            if (s->pages[p].visit == v && fits(s, &s->pages[p], subject))
                pages[seen++] = s->pages[p].metrics[subject->metric];
        stats_sort(pages, seen);
        if (seen)
            values[(*count)++] = stats_median(pages, seen);
    }
    return values;
}

static bool journey_is_earlier(const Snapshot *s, size_t visit)
{
    for (size_t v = 0; v < visit; v++)
        if (same_journey(&s->visits[v], &s->visits[visit]))
            return true;
    return false;
}

/* One stratum a journey that both sides walked. */
static size_t strata_of(Arena *arena, const Comparison *c, const Subject *subject,
                        RankSample *strata)
{
    size_t count = 0;
    for (size_t v = 0; v < c->before->visit_count && count < STRATA_MOST; v++) {
        if (journey_is_earlier(c->before, v))
            continue;
        const SnapVisit *journey = &c->before->visits[v];
        RankSample sample = {0};
        sample.before = values_of(arena, c->before, journey, subject, &sample.before_count);
        sample.after = values_of(arena, c->after, journey, subject, &sample.after_count);
        if (sample.before_count && sample.after_count)
            strata[count++] = sample;
    }
    return count;
}

static double step_median(Arena *arena, const Snapshot *s, const Subject *subject,
                          const char *step)
{
    double *values = ARENA_ARRAY(arena, s->page_count, double);
    size_t count = 0;
    for (size_t p = 0; p < s->page_count; p++)
        if (fits(s, &s->pages[p], subject) && strcmp(s->pages[p].step, step) == 0)
            values[count++] = s->pages[p].metrics[subject->metric];
    stats_sort(values, count);
    return stats_median(values, count);
}

/* The step whose pages moved most, in the direction the whole kind moved. */
static const char *step_of(const Comparison *c, const Subject *subject, bool is_worse)
{
    const char *best = "";
    double most = -INFINITY;
    for (size_t p = 0; p < c->after->page_count; p++) {
        const SnapPage *page = &c->after->pages[p];
        AUTO(arena_auto) Arena *scratch = NULL;
        if (!fits(c->after, page, subject) || !page->step[0] ||
            strcmp(page->step, best) == 0)
            continue;
        scratch = arena_create();
        double moved = step_median(scratch, c->after, subject, page->step) -
                       step_median(scratch, c->before, subject, page->step);
        moved = is_worse ? moved : -moved;
        if (isnan(moved) || moved <= most)
            continue;
        most = moved;
        best = page->step;
    }
    return best;
}

static void time_add(Arena *arena, Comparison *c, const Subject *subject, bool is_primary)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    RankSample strata[STRATA_MOST];
    ComparedTime time = {.kind = subject->kind,
                         .stage = subject->stage,
                         .engine = subject->engine,
                         .is_primary = is_primary};
    time.journeys = strata_of(scratch, c, subject, strata);
    if (!time.journeys)
        return;
    change_measure(scratch, strata, time.journeys, subject->metric, &c->design,
                   &time.change);
    double none = time.change.is_ratio ? 1 : 0;
    time.step = step_of(c, subject, time.change.estimate >= none);
    ARENA_PUSH(arena, c->times, c->time_count, c->time_capacity, time);
}

static bool is_known(const Subject *list, size_t count, const Subject *one)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].kind == one->kind && list[i].stage == one->stage &&
            strcmp(list[i].engine, one->engine) == 0)
            return true;
    return false;
}

static int subject_order(const Subject *a, const Subject *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    return strcmp(a->engine, b->engine);
}

/* Kinds of page that both sides could show, in the order of the table of kinds. */
static Subject *subjects_of(Arena *arena, const Comparison *c, size_t *count)
{
    Subject *list = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t p = 0; p < c->after->page_count; p++) {
        const SnapPage *page = &c->after->pages[p];
        const char *engine = c->after->visits[page->visit].engine;
        Subject subject = {page->kind, page->stage, engine, snapshot_primary(engine)};
        if (!is_compared(page->kind) || is_known(list, *count, &subject))
            continue;
        ARENA_PUSH(arena, list, *count, capacity, subject);
        for (size_t at = *count - 1; at > 0 && subject_order(&list[at - 1], &subject) > 0;
             at--) {
            list[at] = list[at - 1];
            list[at - 1] = subject;
        }
    }
    return list;
}

/* Decide all rows from `from` on, their p adjusted together. */
static void decide_from(Arena *arena, Comparison *c, size_t from,
                        void (*adjust)(Arena *, double *, size_t))
{
    size_t count = c->time_count - from;
    double *p = ARENA_ARRAY(arena, count, double);
    for (size_t i = 0; i < count; i++) {
        const Change *change = &c->times[from + i].change;
        p[i] = change->is_too_few ? NAN : change->p;
    }
    adjust(arena, p, count);
    for (size_t i = 0; i < count; i++)
        change_decide(&c->times[from + i].change, p[i], c->times[from + i].journeys);
}

/* Leads: those the false-discovery rate leaves, beyond their limit. */
static void leads_keep(Comparison *c, size_t from)
{
    size_t kept = from;
    for (size_t i = from; i < c->time_count; i++) {
        const Change *change = &c->times[i].change;
        double floor = change->is_ratio ? 1 / change->limit : -change->limit;
        bool is_beyond = change->estimate > change->limit || change->estimate < floor;
        if (change->p_adjusted <= 0.10 && is_beyond)
            c->times[kept++] = c->times[i];
    }
    c->time_count = kept;
}

static void times_fill(Arena *arena, Comparison *c)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    size_t count = 0;
    Subject *subjects = subjects_of(scratch, c, &count);
    for (size_t i = 0; i < count; i++)
        time_add(arena, c, &subjects[i], true);
    decide_from(scratch, c, 0, stats_holm);
    size_t primary = c->time_count;
    for (size_t i = 0; i < count; i++)
        for (int m = 0; m < METRIC_COUNT; m++) {
            Subject subject = subjects[i];
            subject.metric = (Metric)m;
            if (subject.metric != subjects[i].metric)
                time_add(arena, c, &subject, false);
        }
    decide_from(scratch, c, primary, stats_benjamini_hochberg);
    leads_keep(c, primary);
}

static ChangeWord word_of(const Comparison *c)
{
    bool is_any = false, is_open = false, is_better = false;
    for (size_t i = 0; i < c->time_count; i++) {
        if (!c->times[i].is_primary)
            continue;
        is_any = true;
        switch (c->times[i].change.word) {
        case CHANGE_WORSE: return CHANGE_WORSE;
        case CHANGE_INCONCLUSIVE: is_open = true; break;
        case CHANGE_BETTER: is_better = true; break;
        case CHANGE_NONE:
        case CHANGE_WORD_COUNT: break;
        }
    }
    if (!is_any || is_open)
        return CHANGE_INCONCLUSIVE;
    return is_better ? CHANGE_BETTER : CHANGE_NONE;
}

void compare_snapshots(Arena *arena, const Snapshot *before, const Snapshot *after,
                       const CompareDesign *design, Comparison *comparison)
{
    *comparison = (Comparison){.before = before, .after = after, .design = *design};
    times_fill(arena, comparison);
    comparison->word = word_of(comparison);
    compare_findings(arena, comparison);
    compare_journeys(arena, comparison);
}

size_t compare_visits_least(size_t page_kinds, size_t journeys)
{
    static const double values[32] = {0};
    for (size_t n = CHANGE_VISITS_LEAST; n < 32; n++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        RankSample strata[STRATA_MOST];
        size_t count = journeys < STRATA_MOST ? journeys : STRATA_MOST;
        for (size_t i = 0; i < count; i++)
            strata[i] = (RankSample){values, values, n, n};
        if (rank_shift(arena, strata, count).smallest_p * (double)page_kinds < 0.05)
            return n;
    }
    return 32;
}
