/* priority.c - the order of repairs. Layer: score. SPDX-License-Identifier: MIT */
#include "score/priority.h"

#include <math.h>
#include <string.h>

/* Work of a repair by effort class: wording 1, template 3, architecture 9 (scoring.md 3.6).
 */
static const double effort_cost[EFFORT_COUNT] = {1, 3, 9};

typedef struct Ranking {
    Audit *audit;
    RuleValue *values; /* with the repairs listed so far done */
    bool *is_listed;
} Ranking;

static double overall_with(const Ranking *ranking, bool is_capped)
{
    Marks marks;
    mark_compute(ranking->audit, ranking->values, NULL, is_capped, &marks);
    return marks.overall;
}

/* Overall mark if finding i passed. */
static double overall_after(const Ranking *ranking, size_t i, bool is_capped)
{
    RuleValue before = ranking->values[i];
    ranking->values[i] = (RuleValue){.r = 1, .is_conclusive = true, .is_applicable = true};
    double after = overall_with(ranking, is_capped);
    ranking->values[i] = before;
    return after;
}

static double worth(const Ranking *ranking, size_t i, double gain)
{
    const Rule *rule = ranking->audit->findings[i]->rule;
    return gain * ranking->audit->grid->confidence_weights[rule->confidence] /
           effort_cost[rule->effort];
}

static bool is_open(const Ranking *ranking, size_t i)
{
    const Finding *finding = ranking->audit->findings[i];
    return finding->outcome == FINDING_FAIL && finding->is_counted &&
           !ranking->is_listed[i];
}

/* Does the finding cap its dimension, the repairs so far done? */
static bool is_cap(const Marks *marks, const Finding *finding)
{
    return marks->dimensions[finding->rule->dimension].cap_rule != NULL &&
           finding->rule->impact == IMPACT_BLOCKER && finding->score <= 0 &&
           finding->rule->confidence != CONFIDENCE_LOW;
}

/* Best open finding; caps_only: of those that cap. Returns finding_count when there is
 * none. */
static size_t best_of(const Ranking *ranking, bool caps_only, double *gain)
{
    const Audit *audit = ranking->audit;
    Marks marks;
    mark_compute(audit, ranking->values, NULL, true, &marks);
    double now = overall_with(ranking, caps_only);
    size_t best = audit->finding_count;
    double best_worth = 0;
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (!is_open(ranking, i) || (caps_only && !is_cap(&marks, audit->findings[i])))
            continue;
        double gained = overall_after(ranking, i, caps_only) - now;
        double value = worth(ranking, i, gained);
        if (!(value > best_worth) && !(caps_only && best == audit->finding_count))
            continue;
        best = i;
        best_worth = value;
        *gain = gained;
    }
    return best;
}

/* What keeps the mark below what it would be without caps, once the repairs so far are
 * done. */
static void hold_find(const Ranking *ranking, Opportunity *opportunity)
{
    Marks marks;
    mark_compute(ranking->audit, ranking->values, NULL, true, &marks);
    opportunity->mark_after = marks.overall;
    opportunity->held_by = marks.cap_dimension;
    for (int d = 0; d < DIMENSION_COUNT && opportunity->held_by == DIMENSION_COUNT; d++)
        if (marks.dimensions[d].cap_rule)
            opportunity->held_by = (Dimension)d;
    if (opportunity->held_by < DIMENSION_COUNT)
        opportunity->held_rule = marks.dimensions[opportunity->held_by].cap_rule;
}

static void list(Ranking *ranking, size_t i, double gain)
{
    Audit *audit = ranking->audit;
    Opportunity opportunity = {
        .finding = audit->findings[i], .gain = gain, .priority = worth(ranking, i, gain)};
    ranking->is_listed[i] = true;
    ranking->values[i] = (RuleValue){.r = 1, .is_conclusive = true, .is_applicable = true};
    hold_find(ranking, &opportunity);
    ARENA_PUSH(audit->arena, audit->opportunities, audit->opportunity_count,
               audit->opportunity_capacity, opportunity);
}

void priority_fill(Audit *audit, const RuleValue *values)
{
    if (isnan(audit->score))
        return;
    AUTO(arena_auto) Arena *arena = arena_create();
    Ranking ranking = {.audit = audit};
    ranking.values = ARENA_ARRAY(arena, audit->finding_count, RuleValue);
    ranking.is_listed = ARENA_ARRAY(arena, audit->finding_count, bool);
    memcpy(ranking.values, values, audit->finding_count * sizeof *values);
    /* What caps comes first, also where a dimension reaches its cap by the repairs before.
     */
    while (audit->opportunity_count < PRIORITY_MOST) {
        double gain = 0;
        size_t best = best_of(&ranking, true, &gain);
        if (best == audit->finding_count)
            best = best_of(&ranking, false, &gain);
        if (best == audit->finding_count)
            break;
        list(&ranking, best, gain);
    }
}
