/* compare_findings.c - findings round by round, journeys and prices. Layer: score.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/stats.h"
#include "base/stats_share.h"
#include "score/compare.h"

enum { ROUNDS = 3 };

/* The last three rounds that could be told. */
typedef struct Rounds {
    int told, failed;
} Rounds;

static Rounds rounds_of(const SnapFinding *finding)
{
    Rounds rounds = {0, 0};
    for (size_t i = strlen(finding->rounds); i-- > 0 && rounds.told < ROUNDS;) {
        rounds.told += finding->rounds[i] == 'p' || finding->rounds[i] == 'f';
        rounds.failed += finding->rounds[i] == 'f';
    }
    return rounds;
}

/* In two of three; with one round there is no more to ask for. */
static bool fails(Rounds rounds)
{
    return rounds.failed >= (rounds.told < 2 ? 1 : 2);
}

static FindingChange state_of(const SnapFinding *before, const SnapFinding *after)
{
    if (!before || !after)
        return FINDING_BY_GRID;
    bool is_same = !before->revision[0] || !after->revision[0] ||
                   strcmp(before->revision, after->revision) == 0;
    Rounds was = rounds_of(before), is = rounds_of(after);
    if (!was.told || !is.told)
        return FINDING_UNSEEN;
    if (fails(was) && fails(is))
        return FINDING_STILL;
    if (!is_same)
        return FINDING_BY_GRID;
    if (!was.failed && fails(is))
        return FINDING_NEW;
    if (fails(was) && !is.failed)
        return FINDING_FIXED;
    return FINDING_FLICKERING;
}

static const SnapFinding *finding_of(const Snapshot *s, const char *rule)
{
    for (size_t i = 0; i < s->finding_count; i++)
        if (strcmp(s->findings[i].rule, rule) == 0)
            return &s->findings[i];
    return NULL;
}

static bool has_failed(const SnapFinding *finding)
{
    return finding && rounds_of(finding).failed > 0;
}

static Impact impact_now(const ComparedFinding *f)
{
    return f->after ? f->after->impact : f->before->impact;
}

static bool is_behind(const ComparedFinding *a, const ComparedFinding *b)
{
    if (a->state != b->state)
        return a->state > b->state;
    return impact_now(a) < impact_now(b);
}

static void finding_add(Arena *arena, Comparison *c, const SnapFinding *before,
                        const SnapFinding *after)
{
    if (!has_failed(before) && !has_failed(after))
        return;
    ComparedFinding finding = {state_of(before, after), before, after};
    ARENA_PUSH(arena, c->findings, c->finding_count, c->finding_capacity, finding);
    c->counts[finding.state]++;
    for (size_t at = c->finding_count - 1;
         at > 0 && is_behind(&c->findings[at - 1], &finding); at--) {
        c->findings[at] = c->findings[at - 1];
        c->findings[at - 1] = finding;
    }
}

void compare_findings(Arena *arena, Comparison *c)
{
    for (size_t i = 0; i < c->after->finding_count; i++) {
        const SnapFinding *after = &c->after->findings[i];
        finding_add(arena, c, finding_of(c->before, after->rule), after);
    }
    for (size_t i = 0; i < c->before->finding_count; i++)
        if (!finding_of(c->after, c->before->findings[i].rule))
            finding_add(arena, c, &c->before->findings[i], NULL);
}

/* What a journey came to on one side. */
typedef struct Walked {
    size_t done, count;
    double fields, pages, clicks;
} Walked;

static double median_of(Arena *arena, const double *values, size_t count)
{
    double *sorted = ARENA_ARRAY(arena, count, double);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            sorted[kept++] = values[i];
    stats_sort(sorted, kept);
    return stats_median(sorted, kept);
}

static Walked walked_of(const Snapshot *s, const ComparedJourney *journey)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Walked walked = {0};
    double *fields = ARENA_ARRAY(arena, s->visit_count, double);
    double *pages = ARENA_ARRAY(arena, s->visit_count, double);
    double *clicks = ARENA_ARRAY(arena, s->visit_count, double);
    for (size_t v = 0; v < s->visit_count; v++) {
        const SnapVisit *visit = &s->visits[v];
        if (strcmp(visit->scenario, journey->scenario) != 0 ||
            strcmp(visit->persona, journey->persona) != 0 ||
            strcmp(visit->engine, journey->engine) != 0)
            continue;
        walked.done += visit->outcome == VISIT_COMPLETED ||
                       visit->outcome == VISIT_STOPPED_BEFORE_PAYMENT;
        fields[walked.count] = visit->fields;
        pages[walked.count] = visit->pages;
        clicks[walked.count++] = visit->clicks;
    }
    walked.fields = median_of(arena, fields, walked.count);
    walked.pages = median_of(arena, pages, walked.count);
    walked.clicks = median_of(arena, clicks, walked.count);
    return walked;
}

static bool journey_is_known(const Comparison *c, const SnapVisit *visit)
{
    for (size_t j = 0; j < c->journey_count; j++)
        if (strcmp(c->journeys[j].scenario, visit->scenario) == 0 &&
            strcmp(c->journeys[j].persona, visit->persona) == 0 &&
            strcmp(c->journeys[j].engine, visit->engine) == 0)
            return true;
    return false;
}

static void prices_compare(Arena *arena, Comparison *c)
{
    for (size_t a = 0; a < c->after->price_count; a++)
        for (size_t b = 0; b < c->before->price_count; b++) {
            const SnapPrice *now = &c->after->prices[a], *then = &c->before->prices[b];
            if (strcmp(now->path, then->path) != 0 ||
                strcmp(now->currency, then->currency) != 0 ||
                !(fabs(now->price - then->price) > 0))
                continue;
            ComparedPrice price = {then, now};
            ARENA_PUSH(arena, c->prices, c->price_count, c->price_capacity, price);
        }
}

void compare_journeys(Arena *arena, Comparison *c)
{
    for (size_t v = 0; v < c->after->visit_count; v++) {
        const SnapVisit *visit = &c->after->visits[v];
        if (journey_is_known(c, visit))
            continue;
        ComparedJourney journey = {.scenario = visit->scenario,
                                   .persona = visit->persona,
                                   .engine = visit->engine};
        Walked was = walked_of(c->before, &journey), is = walked_of(c->after, &journey);
        journey.before_done = was.done;
        journey.before_count = was.count;
        journey.after_done = is.done;
        journey.after_count = is.count;
        journey.p = was.count ? stats_fisher(was.done, was.count, is.done, is.count) : NAN;
        journey.before_fields = was.fields;
        journey.after_fields = is.fields;
        journey.before_pages = was.pages;
        journey.after_pages = is.pages;
        journey.before_clicks = was.clicks;
        journey.after_clicks = is.clicks;
        ARENA_PUSH(arena, c->journeys, c->journey_count, c->journey_capacity, journey);
    }
    prices_compare(arena, c);
}
