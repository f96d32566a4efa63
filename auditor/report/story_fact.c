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
    {"cookies.set_after", {STEP_KIND_CHECK_REFUSAL}},
    {"cookies.shop", {STEP_KIND_CHECK_REFUSAL}},
    {"cookies.", {STEP_KIND_OPEN, STEP_KIND_CONSENT}},
    {"search.typo", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.accent", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.nonsense", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.exact", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.category", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.special", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.empty", {STEP_KIND_SEARCH_PROBE, STEP_KIND_SEARCH}},
    {"search.", {STEP_KIND_SEARCH, STEP_KIND_OPEN}},
    {"list.cards", {STEP_KIND_OPEN_CATEGORY, STEP_KIND_SEARCH, STEP_KIND_OPEN_PRODUCT}},
    {"list.sort", {STEP_KIND_SORT}},
    {"list.filter", {STEP_KIND_FILTER}},
    {"list.", {STEP_KIND_OPEN_PRODUCT}},
    {"compare.", {STEP_KIND_COMPARE}},
    {"product.options", {STEP_KIND_CHOOSE_OPTIONS, STEP_KIND_OPEN_PRODUCT}},
    {"product.", {STEP_KIND_OPEN_PRODUCT}},
    {"cart.add", {STEP_KIND_ADD_TO_CART}},
    {"cart.emptied", {STEP_KIND_EMPTY_CART, STEP_KIND_OPEN_CART}},
    {"cart.quantity", {STEP_KIND_CHANGE_QUANTITY}},
    {"cart.coupon", {STEP_KIND_APPLY_COUPON}},
    {"cart.empty_said", {STEP_KIND_EMPTY_CART}},
    {"return.", {STEP_KIND_COME_BACK}},
    {"language.", {STEP_KIND_CHANGE_LANGUAGE}},
    {"cart.", {STEP_KIND_OPEN_CART, STEP_KIND_ADD_TO_CART}},
    {"checkout.offered", {STEP_KIND_GO_TO_CHECKOUT, STEP_KIND_OPEN_CART}},
    {"checkout.guest", {STEP_KIND_GO_TO_CHECKOUT}},
    {"checkout.error", {STEP_KIND_FILL_ADDRESS, STEP_KIND_GO_TO_CHECKOUT}},
    {"checkout.wrong", {STEP_KIND_ADDRESS_MISTAKE}},
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
    {"help.complaint", {STEP_KIND_FIND_COMPLAINT}},
    {"help.mediator", {STEP_KIND_FIND_MEDIATOR}},
    {"returns.", {STEP_KIND_READ_RETURNS}},
    {"newsletter.confirmed", {STEP_KIND_SUBSCRIBE}},
    {"newsletter.", {STEP_KIND_FIND_NEWSLETTER}},
    {"account.", {STEP_KIND_REGISTER}},
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

/* Is a kind among those of a place? An unused one of the row is 0, which tells nothing. */
static bool place_has(const FactPlace *place, StepKind kind)
{
    for (size_t k = 0; k < COUNT_OF(place->kinds); k++) {
        if (place->kinds[k] != 0 && place->kinds[k] == kind)
            return true;
    }
    return false;
}

/* The step at which a visit of the story recorded the fact, if facts of that name are told
 * at such steps. */
static size_t observed_step(const Audit *audit, const Story *story, const FactPlace *place,
                            const char *name)
{
    const Journey *journey = story->journeys[0];

    for (size_t v = 0; v < journey->visit_count; v++) {
        const Visit *visit = audit->visits[journey->visits[v]];
        const Fact *fact = visit_fact(visit, name);
        if (!fact || fact->state == FACT_ABSENT || fact->step < 0 ||
            (size_t)fact->step >= visit->step_count ||
            !place_has(place, visit->steps[fact->step].kind))
            continue;
        for (size_t s = 0; s < story->step_count; s++) {
            if (story->steps[s].number > 0 &&
                strcmp(story->steps[s].id, visit->steps[fact->step].id) == 0)
                return s;
        }
    }
    return story->step_count;
}

size_t story_fact_step(const Audit *audit, const Story *story, const char *fact)
{
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        const FactPlace *place = &places[i];
        size_t step = story->step_count;
        if (strncmp(fact, place->prefix, strlen(place->prefix)) != 0)
            continue;
        step = observed_step(audit, story, place, fact);
        for (size_t k = 0; k < COUNT_OF(place->kinds) && step == story->step_count; k++) {
            if (place->kinds[k] != 0)
                step = kind_step(story, place->kinds[k]);
        }
        return step;
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

/* Facts that a criterion reads from the page itself rather than from the journey: the
 * sentence of the fact must follow that criterion's tick too. */
typedef struct FactTwin {
    const char *fact;
    const char *rule;
} FactTwin;

static const FactTwin twins[] = {
    {"search.offered", "nav-search-visible"},
    {"search.keeps_query", "search-keeps-query"},
    {"search.nonsense_help", "search-nonsense-help"},
    {"list.price_matches", "list-price-same"},
    {"product.available", "product-availability"},
    {"product.schema_price_matches", "seo-offer-price-agrees"},
    {"product.delivery_cost_shown", "product-delivery-cost"},
    {"product.delivery_time_shown", "product-delivery-time"},
    {"cart.add_worked", "cart-add-works"},
    {"cart.add_confirmed", "cart-add-confirms"},
    {"cart.price_matches", "cart-price-same"},
    {"cart.arithmetic_ok", "cart-arithmetic"},
    {"cart.delivery_cost_shown", "cart-shipping-estimate"},
    {"cart.emptied", "cart-remove"},
    {"checkout.guest", "checkout-guest"},
    {"checkout.total_matches", "checkout-total-no-surprise"},
    {"checkout.error_kept_data", "form-error-keeps"},
    {"payment.order_label_clear", "legal-order-button"},
    {"help.response_delay_shown", "inter-response-delay"},
    {"error.says_so", "nav-error-page-useful"},
    {"error.home_link", "nav-error-page-useful"},
};

const char *story_rule_fact(const Rule *rule)
{
    const char *fact = json_text(json_get(rule->check, "fact"), NULL);

    for (size_t i = 0; !fact && i < COUNT_OF(twins); i++) {
        if (strcmp(rule->id, twins[i].rule) == 0)
            fact = twins[i].fact;
    }
    return fact;
}

/* Does a criterion read a fact, from the journey or from the page? */
static bool rule_reads(const Rule *rule, const char *fact)
{
    const char *name = json_text(json_get(rule->check, "fact"), NULL);

    if (name && strcmp(name, fact) == 0)
        return true;
    for (size_t i = 0; i < COUNT_OF(twins); i++) {
        if (strcmp(twins[i].fact, fact) == 0 && strcmp(twins[i].rule, rule->id) == 0)
            return true;
    }
    return false;
}

const Finding *story_fact_finding(const Audit *audit, const char *fact)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        const Finding *finding = audit->findings[i];
        if (finding->outcome == FINDING_FAIL && rule_reads(finding->rule, fact))
            return finding;
    }
    return NULL;
}
