/* audit.c - an empty audit: everything that is not measured yet is NAN, never 0.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include "model/audit.h"

#include <assert.h>
#include <math.h>

#include "base/attr.h"

static const char *const status_names[] = {[AUDIT_PASSED] = "passed",
                                           [AUDIT_FAILED] = "failed",
                                           [AUDIT_INCONCLUSIVE] = "inconclusive"};

static const Interval interval_none = {NAN, NAN};

static void model_clear(ModelFigure *figure)
{
    figure->value = NAN;
    figure->interval = interval_none;
}

Audit *audit_create(Arena *arena)
{
    Audit *audit = ARENA_NEW(arena, Audit);
    audit->arena = arena;
    audit->language = "en";
    for (int i = 0; i < DIMENSION_COUNT; i++) {
        DimensionScore *score = &audit->dimensions[i];
        score->score = score->uncapped = score->coverage = NAN;
        score->bounds = score->interval = score->range = interval_none;
    }
    audit->score = audit->uncapped_score = NAN;
    audit->score_equal = audit->score_speed = NAN;
    audit->confidence = NAN;
    audit->min_score = NAN;
    audit->cap_dimension = DIMENSION_COUNT;
    audit->interval = audit->range = audit->judgement = interval_none;
    audit->customer.stars = audit->customer.experience = NAN;
    model_clear(&audit->customer.satisfaction);
    model_clear(&audit->customer.recommendation);
    model_clear(&audit->customer.effort);
    for (int i = 0; i < PATIENCE_COUNT; i++)
        audit->customer.completion_by[i] = NAN;
    model_clear(&audit->customer.completion);
    audit->countries = ARENA_ARRAY(arena, 1, const char *);
    return audit;
}

const char *audit_status_name(AuditStatus status)
{
    return status_names[status];
}

void phrase_add(Phrase *phrase, const char *name, const char *value)
{
    assert(phrase->count < (int)COUNT_OF(phrase->names));
    phrase->names[phrase->count] = name;
    phrase->values[phrase->count++] = value;
}
