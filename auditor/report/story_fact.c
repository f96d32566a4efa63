/* story_fact.c - where in the story a fact belongs, and what all visits say about it.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/stats.h"
#include "report/story.h"

/* The steps at which facts of a name are told, best first; the first that was walked. */
typedef struct FactPlace {
    const char *prefix;
    StepKind kinds[3];
} FactPlace;

/* Longer prefixes stand before the shorter ones they begin with. */
static const FactPlace places[] = {
    {"visit.", {STEP_KIND_OPEN}},
    {"home.", {STEP_KIND_OPEN}},
    {"cookies.", {STEP_KIND_OPEN, STEP_KIND_CONSENT}},
    {"search.typo", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.accent", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.nonsense", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.exact", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.", {STEP_KIND_SEARCH, STEP_KIND_OPEN}},
    {"list.cards", {STEP_KIND_OPEN_CATEGORY, STEP_KIND_SEARCH, STEP_KIND_OPEN_PRODUCT}},
    {"list.", {STEP_KIND_OPEN_PRODUCT}},
    {"product.options", {STEP_KIND_CHOOSE_OPTIONS, STEP_KIND_OPEN_PRODUCT}},
    {"product.", {STEP_KIND_OPEN_PRODUCT}},
    {"cart.add", {STEP_KIND_ADD_TO_CART}},
    {"cart.emptied", {STEP_KIND_EMPTY_CART, STEP_KIND_OPEN_CART}},
    {"cart.", {STEP_KIND_OPEN_CART, STEP_KIND_ADD_TO_CART}},
    {"checkout.offered", {STEP_KIND_GO_TO_CHECKOUT, STEP_KIND_OPEN_CART}},
    {"checkout.guest", {STEP_KIND_GO_TO_CHECKOUT}},
    {"checkout.error", {STEP_KIND_FILL_ADDRESS, STEP_KIND_GO_TO_CHECKOUT}},
    {"checkout.fields",
     {STEP_KIND_FILL_ADDRESS, STEP_KIND_GO_TO_CHECKOUT, STEP_KIND_REACH_PAYMENT}},
    {"checkout.delivery",
     {STEP_KIND_CHOOSE_SHIPPING, STEP_KIND_FILL_ADDRESS, STEP_KIND_REACH_PAYMENT}},
    {"checkout.",
     {STEP_KIND_REACH_PAYMENT, STEP_KIND_FILL_ADDRESS, STEP_KIND_GO_TO_CHECKOUT}},
    {"payment.", {STEP_KIND_REACH_PAYMENT}},
    {"help.contact", {STEP_KIND_FIND_CONTACT}},
    {"help.response", {STEP_KIND_FIND_CONTACT}},
    {"help.delivery", {STEP_KIND_FIND_DELIVERY}},
    {"help.returns", {STEP_KIND_FIND_RETURNS}},
    {"help.terms", {STEP_KIND_FIND_TERMS}},
    {"help.legal", {STEP_KIND_FIND_LEGAL}},
    {"help.privacy", {STEP_KIND_FIND_PRIVACY}},
    {"error.", {STEP_KIND_ERROR_PAGE}},
};

static size_t kind_step(const Story *story, StepKind kind)
{
    for (size_t s = 0; s < story->step_count; s++) {
        if (story->steps[s].kind == kind && story->steps[s].number > 0)
            return s;
    }
    return story->step_count;
}

size_t story_fact_step(const Story *story, const char *fact)
{
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        if (strncmp(fact, places[i].prefix, strlen(places[i].prefix)) != 0)
            continue;
        for (size_t k = 0; k < COUNT_OF(places[i].kinds); k++) {
            /* An unused place of the row is 0, a kind no fact is told at. */
            size_t step = places[i].kinds[k] ? kind_step(story, places[i].kinds[k])
                                             : story->step_count;
            if (step < story->step_count)
                return step;
        }
        return story->step_count;
    }
    return story->step_count;
}

static void fact_take(const Visit *visit, const Fact *seen, StoryFact *fact)
{
    const Fact *currency = visit_fact(visit, "product.currency");

    if (fact->state == FACT_ABSENT) {
        fact->state = seen->state;
        fact->text = seen->text;
        if (currency && currency->state == FACT_TEXT)
            fact->currency = currency->text;
    }
    fact->yes += seen->state == FACT_TRUTH && seen->truth;
    fact->no += seen->state == FACT_TRUTH && !seen->truth;
}

void story_fact(Arena *arena, const Audit *audit, const Story *story, const char *name,
                StoryFact *fact)
{
    double *numbers = ARENA_ARRAY(arena, audit->visit_count + 1, double);
    size_t count = 0;

    *fact = (StoryFact){.name = name, .state = FACT_ABSENT, .number = NAN};
    for (size_t j = 0; j < story->journey_count; j++) {
        const Journey *journey = story->journeys[j];
        for (size_t v = 0; v < journey->visit_count; v++) {
            const Visit *visit = audit->visits[journey->visits[v]];
            const Fact *seen = visit_fact(visit, name);
            if (!seen || seen->state == FACT_ABSENT)
                continue;
            fact_take(visit, seen, fact);
            if (seen->state == FACT_NUMBER && isfinite(seen->number) &&
                count < audit->visit_count)
                numbers[count++] = seen->number;
        }
    }
    stats_sort(numbers, count);
    fact->number = stats_median(numbers, count);
}

const Finding *story_fact_finding(const Audit *audit, const char *fact)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        const Finding *finding = audit->findings[i];
        const char *name = json_text(json_get(finding->rule->check, "fact"), NULL);
        if (finding->outcome == FINDING_FAIL && name && strcmp(name, fact) == 0)
            return finding;
    }
    return NULL;
}
