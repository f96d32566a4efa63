/* verdict.c - strengths, weaknesses, questions, headline. Layer: score.
 * SPDX-License-Identifier: MIT */
#include "score/verdict.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/units.h"
#include "score/mark.h"

enum {
    STRENGTHS_MOST = 8,
    STRENGTHS_PER_DIMENSION = 2,
    WEAKNESSES_MOST = 12,
    EVIDENCE_MOST = 12
};

static double loss_of(const Audit *audit, const Finding *finding)
{
    return mark_weight(audit->grid, finding->rule) * (1 - finding->score);
}

/* Findings by falling key; equal keys keep the order of the grid. */
typedef struct Ranked {
    Arena *arena;
    const Finding **items;
    double *keys;
    size_t count;
} Ranked;

static Ranked ranked_create(const Audit *audit)
{
    size_t most = audit->finding_count + 1;
    return (Ranked){audit->arena, ARENA_ARRAY(audit->arena, most, const Finding *),
                    ARENA_ARRAY(audit->arena, most, double), 0};
}

static void ranked_add(Ranked *ranked, const Finding *finding, double key)
{
    size_t i = ranked->count++;
    for (; i > 0 && ranked->keys[i - 1] < key; i--) {
        ranked->items[i] = ranked->items[i - 1];
        ranked->keys[i] = ranked->keys[i - 1];
    }
    ranked->items[i] = finding;
    ranked->keys[i] = key;
}

static void weaknesses_fill(Audit *audit)
{
    Ranked ranked = ranked_create(audit);
    for (size_t i = 0; i < audit->finding_count; i++) {
        const Finding *finding = audit->findings[i];
        if (finding->outcome == FINDING_FAIL && finding->is_counted)
            ranked_add(&ranked, finding, loss_of(audit, finding));
    }
    for (size_t i = 0; i < ranked.count && i < WEAKNESSES_MOST; i++)
        ARENA_PUSH(audit->arena, audit->weaknesses, audit->weakness_count,
                   audit->weakness_capacity, ranked.items[i]);
}

/* The heaviest criteria met, no more than two of a dimension, so that praise is varied too.
 */
static void strengths_fill(Audit *audit)
{
    Ranked ranked = ranked_create(audit);
    for (size_t i = 0; i < audit->finding_count; i++) {
        const Finding *finding = audit->findings[i];
        if (finding->outcome == FINDING_PASS && finding->is_counted &&
            finding->score >= 1 && finding->rule->impact != IMPACT_MINOR)
            ranked_add(&ranked, finding, mark_weight(audit->grid, finding->rule));
    }
    int per_dimension[DIMENSION_COUNT] = {0};
    for (size_t i = 0; i < ranked.count && audit->strength_count < STRENGTHS_MOST; i++)
        if (per_dimension[ranked.items[i]->rule->dimension]++ < STRENGTHS_PER_DIMENSION)
            ARENA_PUSH(audit->arena, audit->strengths, audit->strength_count,
                       audit->strength_capacity, ranked.items[i]);
}

static bool helps_answer(const Rule *rule, const char *question)
{
    for (const char **id = rule->questions; id && *id; id++)
        if (strcmp(*id, question) == 0)
            return true;
    return false;
}

static const char *count_text(Arena *arena, int count)
{
    return arena_printf(arena, "%d", count);
}

static void question_answer(Audit *audit, Question *question, const char *id)
{
    Ranked ranked = ranked_create(audit);
    int checked = 0;
    question->id = id;
    for (size_t i = 0; i < audit->finding_count; i++) {
        const Finding *finding = audit->findings[i];
        if (!helps_answer(finding->rule, id))
            continue;
        checked += finding->outcome == FINDING_PASS || finding->outcome == FINDING_FAIL;
        if (finding->outcome == FINDING_FAIL)
            ranked_add(&ranked, finding, loss_of(audit, finding));
    }
    const char *state = ranked.count ? "some" : checked ? "none" : "unknown";
    question->answer.key = arena_printf(audit->arena, "question.%s.%s", id, state);
    phrase_add(&question->answer, "count", count_text(audit->arena, (int)ranked.count));
    phrase_add(&question->answer, "checked", count_text(audit->arena, checked));
    for (size_t i = 0; i < ranked.count && i < EVIDENCE_MOST; i++) {
        question->evidence[question->evidence_count++] = ranked.items[i];
        if (question->answer.finding_count < (int)COUNT_OF(question->answer.findings))
            question->answer.findings[question->answer.finding_count++] =
                ranked.items[i]->fingerprint;
    }
}

static void questions_fill(Audit *audit)
{
    static const char *const ids[] = {"unfinished-sales", "early-leavers", "unsold-product",
                                      "no-return"};
    for (size_t i = 0; i < COUNT_OF(ids); i++)
        question_answer(audit, &audit->questions[i], ids[i]);
    audit->question_count = (int)COUNT_OF(ids);
}

/* The step at which a visit ended: the last one that is required and not ok. */
static const StepRecord *stopping_step(const Visit *visit)
{
    for (size_t i = 0; i < visit->step_count; i++)
        if (!step_is_ok(visit->steps[i].outcome) &&
            visit->steps[i].outcome != OUTCOME_SKIPPED)
            return &visit->steps[i];
    return NULL;
}

/* The outcome most visits of a journey had; the worst of equals (declared order). */
static VisitOutcome common_outcome(const Audit *audit, const Journey *journey, int *times)
{
    int counts[VISIT_OUTCOME_COUNT] = {0};
    for (size_t i = 0; i < journey->visit_count; i++)
        counts[audit->visits[journey->visits[i]]->outcome]++;
    int best = 0;
    for (int o = 1; o < VISIT_OUTCOME_COUNT; o++)
        if (counts[o] >= counts[best] && counts[o] > 0)
            best = o;
    *times = counts[best];
    return (VisitOutcome)best;
}

/* The purchase: of its visitors the first, unless another one was left in a dead end,
 * which no headline may keep silent about. */
static const Journey *main_journey(const Audit *audit)
{
    const Journey *first = NULL;
    int times = 0;

    for (size_t j = 0; j < audit->journey_count; j++) {
        const Journey *journey = &audit->journeys[j];
        if (strcmp(journey->scenario_id, "buy") != 0 || !journey->visit_count)
            continue;
        if (common_outcome(audit, journey, &times) == VISIT_ABANDONED)
            return journey;
        first = first ? first : journey;
    }
    return first ? first : audit->journey_count ? &audit->journeys[0] : NULL;
}

static const Visit *visit_with(const Audit *audit, const Journey *journey,
                               VisitOutcome outcome)
{
    for (size_t i = 0; i < journey->visit_count; i++)
        if (audit->visits[journey->visits[i]]->outcome == outcome)
            return audit->visits[journey->visits[i]];
    return NULL;
}

static void add_stop(Phrase *phrase, const Visit *visit)
{
    const StepRecord *step = visit ? stopping_step(visit) : NULL;
    phrase_add(phrase, "step", step ? step_info(step->kind)->name : "");
    const char *reason = visit && visit->reason ? visit->reason : "";
    phrase_add(phrase, "reason", step && step->reason ? step->reason : reason);
    if (step && step->shop_text)
        phrase_add(phrase, "said", step->shop_text);
}

/* What a browser could not do is not for want of scripts. */
static const char *engine_key(Arena *arena, const char *key, const Visit *visit)
{
    bool is_browser = visit && visit->engine && strcmp(visit->engine, "http") != 0;
    return visit && visit->outcome == VISIT_CANNOT && is_browser
               ? arena_printf(arena, "%s-browser", key)
               : key;
}

static void summaries_fill(Audit *audit)
{
    for (size_t j = 0; j < audit->journey_count; j++) {
        Journey *journey = &audit->journeys[j];
        if (!journey->visit_count)
            continue;
        int times = 0;
        VisitOutcome outcome = common_outcome(audit, journey, &times);
        const Visit *visit = visit_with(audit, journey, outcome);
        journey->summary.key =
            arena_printf(audit->arena, "summary.%s", visit_outcome_name(outcome));
        journey->summary.key = engine_key(audit->arena, journey->summary.key, visit);
        phrase_add(&journey->summary, "times", count_text(audit->arena, times));
        phrase_add(&journey->summary, "visits",
                   count_text(audit->arena, (int)journey->visit_count));
        phrase_add(&journey->summary, "door", visit && visit->door ? visit->door : "");
        add_stop(&journey->summary, visit);
    }
}

static double longest_wait_ms(const Visit *visit, const char **step)
{
    double longest = 0;
    for (size_t i = 0; i < visit->step_count; i++) {
        double wait_ms = (double)visit->steps[i].effort.machine_us / 1e3;
        if (wait_ms <= longest)
            continue;
        longest = wait_ms;
        *step = step_info(visit->steps[i].kind)->name;
    }
    return longest;
}

/* Dimensions that a failed blocker caps. */
static int caps_count(const Audit *audit)
{
    int count = 0;
    for (int d = 0; d < DIMENSION_COUNT; d++)
        count += audit->dimensions[d].cap_rule && isfinite(audit->dimensions[d].score);
    return count;
}

static void headline_reached(Audit *audit, Phrase *headline, const Journey *journey,
                             const Visit *visit)
{
    const Fact *surprise = visit_fact(visit, "checkout.surprise_cost");
    const Fact *currency = visit_fact(visit, "product.currency");
    const char *step = "";
    char number[32];
    double wait_ms = longest_wait_ms(visit, &step);
    if (surprise && surprise->state == FACT_NUMBER && surprise->number > 0) {
        headline->key = "headline.reached-surprise";
        phrase_add(headline, "cost",
                   arena_printf(audit->arena, "%s %s",
                                currency && currency->text ? currency->text : "",
                                number_fixed(surprise->number, 2, number, sizeof number)));
    } else if (caps_count(audit) > 0) {
        headline->key = "headline.reached-faults";
        phrase_add(headline, "count", count_text(audit->arena, caps_count(audit)));
    } else if (wait_ms * 1000 > (double)journey->patience_us && journey->patience_us > 0) {
        headline->key = "headline.reached-slow";
    } else {
        headline->key = "headline.reached-fine";
    }
    phrase_add(headline, "wait_ms",
               arena_text(audit->arena, number_fixed(wait_ms, 0, number, sizeof number)));
    phrase_add(headline, "step", step);
}

static void headline_fill(Audit *audit)
{
    static const char *const keys[VISIT_OUTCOME_COUNT] = {
        [VISIT_ERROR] = "headline.unreachable", [VISIT_COMPLETED] = "headline.completed",
        [VISIT_STOPPED_BEFORE_PAYMENT] = NULL,  [VISIT_ABANDONED] = "headline.dead-end",
        [VISIT_CANNOT] = "headline.cannot",     [VISIT_BLOCKED] = "headline.blocked",
    };
    Phrase *headline = &audit->headline;
    const Journey *journey = main_journey(audit);
    if (!journey) {
        size_t pages = 0;
        for (size_t v = 0; v < audit->visit_count; v++)
            pages += audit->visits[v]->page_count;
        headline->key = pages ? "headline.pages-only" : "headline.no-evidence";
        phrase_add(headline, "count", count_text(audit->arena, (int)pages));
        return;
    }
    int times = 0;
    VisitOutcome outcome = common_outcome(audit, journey, &times);
    const Visit *visit = visit_with(audit, journey, outcome);
    if (!visit)
        headline->key = "headline.no-evidence";
    else if (outcome == VISIT_STOPPED_BEFORE_PAYMENT && visit->door &&
             strcmp(visit->door, "payment") == 0)
        headline_reached(audit, headline, journey, visit);
    else if (outcome == VISIT_STOPPED_BEFORE_PAYMENT)
        headline->key = arena_printf(audit->arena, "headline.door-%s",
                                     visit->door ? visit->door : "identity");
    else
        headline->key = engine_key(audit->arena, keys[outcome], visit);
    if (!headline->count)
        add_stop(headline, visit);
}

void verdict_fill(Audit *audit)
{
    strengths_fill(audit);
    weaknesses_fill(audit);
    questions_fill(audit);
    summaries_fill(audit);
    headline_fill(audit);
}
