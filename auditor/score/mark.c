/* mark.c - the marks. Layer: score. SPDX-License-Identifier: MIT */
#include "score/mark.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"

double mark_weight(const Grid *grid, const Rule *rule)
{
    return grid->impact_weights[rule->impact] * grid->confidence_weights[rule->confidence];
}

void mark_values(const Audit *audit, RuleValue *values)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        const Finding *finding = audit->findings[i];
        bool is_conclusive =
            finding->outcome == FINDING_PASS || finding->outcome == FINDING_FAIL;
        values[i].is_applicable = finding->outcome != FINDING_NOT_APPLICABLE;
        values[i].is_conclusive = is_conclusive && !isnan(finding->score);
        values[i].r = values[i].is_conclusive ? finding->score : 0;
    }
}

static bool names_other(const Rule *rule, const Rule *other)
{
    for (const char **id = rule->same_as; id && *id; id++)
        if (strcmp(*id, other->id) == 0)
            return true;
    return false;
}

static bool is_conclusive(const Finding *finding)
{
    return finding->outcome == FINDING_PASS || finding->outcome == FINDING_FAIL;
}

/* Does a count before b, when both read the same fact? */
static bool outranks(const Grid *grid, const Finding *a, const Finding *b)
{
    if (is_conclusive(a) != is_conclusive(b))
        return is_conclusive(a);
    return mark_weight(grid, a->rule) > mark_weight(grid, b->rule);
}

void mark_choose_counted(Audit *audit)
{
    for (size_t i = 0; i < audit->finding_count; i++)
        audit->findings[i]->is_counted = true;
    for (size_t i = 0; i < audit->finding_count; i++) {
        for (size_t j = i + 1; j < audit->finding_count; j++) {
            Finding *a = audit->findings[i];
            Finding *b = audit->findings[j];
            if (a->rule->dimension != b->rule->dimension || !a->is_counted ||
                !(names_other(a->rule, b->rule) || names_other(b->rule, a->rule)))
                continue;
            if (outranks(audit->grid, b, a))
                a->is_counted = false;
            else
                b->is_counted = false;
        }
    }
}

/** Sums of one dimension. */
typedef struct Sums {
    double conclusive, met, applicable;
    double ceiling;
    const Rule *cap_rule;
} Sums;

static void sums_cap(Sums *sums, const Rule *rule, double r)
{
    if (rule->impact != IMPACT_BLOCKER || r > 0)
        return;
    double ceiling = 100;
    if (rule->confidence == CONFIDENCE_HIGH)
        ceiling = MARK_CAP_HIGH;
    else if (rule->confidence == CONFIDENCE_MEDIUM)
        ceiling = MARK_CAP_MEDIUM;
    if (ceiling < sums->ceiling) {
        sums->ceiling = ceiling;
        sums->cap_rule = rule;
    }
}

static void dimension_finish(const Sums *sums, bool is_capped, DimensionScore *score)
{
    score->score = score->uncapped = score->coverage = NAN;
    score->bounds = score->interval = score->range = (Interval){NAN, NAN};
    score->cap_rule = NULL;
    if (!(sums->applicable > 0))
        return;
    double open = sums->applicable - sums->conclusive;
    score->coverage = sums->conclusive / sums->applicable;
    score->bounds.low = 100 * sums->met / sums->applicable;
    score->bounds.high = 100 * (sums->met + open) / sums->applicable;
    if (score->coverage < MARK_COVERAGE_ENOUGH)
        return;
    score->uncapped = 100 * sums->met / sums->conclusive;
    score->score = score->uncapped;
    if (is_capped && sums->cap_rule && score->score > sums->ceiling) {
        score->score = sums->ceiling;
        score->cap_rule = sums->cap_rule;
    }
}

/* The overall mark may not shine over a journey that does not work. */
static void overall_cap(Marks *marks)
{
    static const Dimension critical[] = {DIMENSION_ERGONOMICS, DIMENSION_SPEED,
                                         DIMENSION_TRUST_LEGAL};
    for (size_t i = 0; i < COUNT_OF(critical); i++) {
        double ceiling = marks->dimensions[critical[i]].score + MARK_CAP_ABOVE;
        if (isnan(ceiling) || marks->overall <= ceiling)
            continue;
        marks->overall = ceiling;
        marks->cap_dimension = critical[i];
    }
}

static void overall_compute(const double *shares, bool is_capped, Marks *marks)
{
    double sum = 0;
    double share_sum = 0;
    double all_shares = 0;
    double covered = 0;
    for (int d = 0; d < DIMENSION_COUNT; d++) {
        const DimensionScore *score = &marks->dimensions[d];
        all_shares += shares[d];
        if (!isnan(score->coverage))
            covered += shares[d] * score->coverage;
        if (isnan(score->score))
            continue;
        sum += shares[d] * score->score;
        share_sum += shares[d];
    }
    marks->confidence = all_shares > 0 ? covered / all_shares : NAN;
    marks->overall = share_sum > 0 ? sum / share_sum : NAN;
    marks->uncapped = marks->overall;
    marks->cap_dimension = DIMENSION_COUNT;
    if (is_capped && !isnan(marks->overall))
        overall_cap(marks);
}

void mark_compute(const Audit *audit, const RuleValue *values, const double *shares,
                  bool is_capped, Marks *marks)
{
    Sums sums[DIMENSION_COUNT];
    *marks = (Marks){0}; /* the counts are filled by who has them */
    for (int d = 0; d < DIMENSION_COUNT; d++)
        sums[d] = (Sums){.ceiling = 100};
    for (size_t i = 0; i < audit->finding_count; i++) {
        const Finding *finding = audit->findings[i];
        if (!finding->is_counted || !values[i].is_applicable)
            continue;
        Sums *sum = &sums[finding->rule->dimension];
        double weight = mark_weight(audit->grid, finding->rule);
        sum->applicable += weight;
        if (!values[i].is_conclusive)
            continue;
        sum->conclusive += weight;
        sum->met += weight * values[i].r;
        sums_cap(sum, finding->rule, values[i].r);
    }
    for (int d = 0; d < DIMENSION_COUNT; d++)
        dimension_finish(&sums[d], is_capped, &marks->dimensions[d]);
    overall_compute(shares ? shares : audit->grid->shares, is_capped, marks);
}

const char *mark_letter(double mark)
{
    if (isnan(mark))
        return NULL;
    return mark >= 85 ? "A" : mark >= 70 ? "B" : mark >= 55 ? "C" : mark >= 40 ? "D" : "E";
}
