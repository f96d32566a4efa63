/* score.c - the order in which an audit is weighed. Layer: score. SPDX-License-Identifier:
 * MIT */
#include "score/score.h"

#include <math.h>

#include "score/customer.h"
#include "score/interval.h"
#include "score/mark.h"
#include "score/priority.h"
#include "score/verdict.h"

/* Declared alternatives, printed when they change a rank (scoring.md 3.5.5). */
static const double equal_shares[DIMENSION_COUNT] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
static const double speed_shares[DIMENSION_COUNT] = {
    [DIMENSION_SPEED] = 40,
    [DIMENSION_ERGONOMICS] = 20,
    [DIMENSION_ATTRACTIVENESS] = 8,
    [DIMENSION_INTERACTIVITY] = 8,
    [DIMENSION_TRUST_LEGAL] = 8,
    [DIMENSION_ACCESSIBILITY] = 6,
    [DIMENSION_SEO] = 2,
    [DIMENSION_TECHNICAL] = 5,
    [DIMENSION_ECO] = 3,
};

/* Weighing again gives the same: what an earlier weighing wrote is forgotten. */
static void weights_forget(Audit *audit)
{
    Audit *fresh = audit_create(audit->arena);
    audit->strength_count = audit->weakness_count = audit->opportunity_count = 0;
    audit->question_count = 0;
    audit->customer = fresh->customer;
    audit->headline = (Phrase){0};
    audit->interval = audit->range = audit->judgement = fresh->range;
    for (int i = 0; i < (int)COUNT_OF(audit->questions); i++)
        audit->questions[i] = (Question){0};
    for (size_t j = 0; j < audit->journey_count; j++)
        audit->journeys[j].summary = (Phrase){0};
}

static void counts_fill(Audit *audit)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        const Finding *finding = audit->findings[i];
        audit->dimensions[finding->rule->dimension].counts[finding->outcome]++;
    }
}

static void marks_fill(Audit *audit, const RuleValue *values)
{
    Marks marks;
    Marks other;
    mark_compute(audit, values, NULL, true, &marks);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        audit->dimensions[d] = marks.dimensions[d];
    audit->score = marks.overall;
    audit->uncapped_score = marks.uncapped;
    audit->cap_dimension = marks.cap_dimension;
    audit->confidence = marks.confidence;
    mark_compute(audit, values, equal_shares, true, &other);
    audit->score_equal = other.overall;
    mark_compute(audit, values, speed_shares, true, &other);
    audit->score_speed = other.overall;
}

/* One letter, or both when the interval crosses a boundary. */
static const char *letter_of(const Audit *audit)
{
    const char *letter = mark_letter(audit->score);
    const char *low = mark_letter(audit->interval.low);
    const char *high = mark_letter(audit->interval.high);
    if (!letter || !low || !high || low[0] == high[0])
        return letter;
    return arena_printf(audit->arena, "%s-%s", high, low);
}

void score_audit(Audit *audit)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RuleValue *values = ARENA_ARRAY(arena, audit->finding_count, RuleValue);
    weights_forget(audit);
    mark_choose_counted(audit);
    mark_values(audit, values);
    marks_fill(audit, values);
    counts_fill(audit);
    interval_visits(audit);
    interval_judgement(audit, values);
    audit->letter = letter_of(audit);
    priority_fill(audit, values);
    customer_fill(audit);
    verdict_fill(audit);
}
