/* steps_mistake.c - mistakes in the checkout's form, on one's own site only: a postal code
 * or an e-mail address that cannot be. The form comes back, and nothing is kept of it.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

/** One mistake. */
typedef struct Mistake {
    const char *name;
    FieldKind kind;
    const char *value;
    const char *fact;
} Mistake;

static const Mistake MISTAKES[] = {
    {"postal-code", FIELD_POSTAL_CODE, "??", "checkout.wrong_postcode_refused"},
    {"email", FIELD_EMAIL, "alex.example.example.com", "checkout.wrong_email_refused"},
};

static const Mistake *mistake_of(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(MISTAKES); i++)
        if (strcmp(MISTAKES[i].name, name) == 0)
            return &MISTAKES[i];
    return NULL;
}

static const Node *field_of(const Walk *walk, const Checkout *checkout, FieldKind kind)
{
    for (size_t i = 0; i < checkout->fields.count; i++)
        if (node_is_tag(checkout->fields.items[i], "input") &&
            field_recognise(walk->words, walk->document, checkout->fields.items[i]) == kind)
            return checkout->fields.items[i];
    return NULL;
}

static const Node *way_on(const Walk *walk, const Checkout *checkout)
{
    bool can_submit = false;
    if (checkout->next)
        return checkout->next;
    return checkout->form ? form_default_button(walk->document, checkout->form, &can_submit)
                          : NULL;
}

/* The form as the visitor found it, for the steps that follow. */
static bool form_again(Walk *walk, const char *url, Error *err)
{
    Move move;
    return act_open(walk, url, PAGE_CHECKOUT, &move, err);
}

static bool judge(Walk *walk, const Mistake *mistake, const Move *move,
                  const char *signature)
{
    Checkout checkout;
    Visit *visit = walk->visit;
    if (move->result == MOVE_INVALID) {
        visit_fact_truth(visit, mistake->fact, true, walk->page);
        return step_result(walk, OUTCOME_OK, "the browser itself keeps the form");
    }
    if (step_failed(walk, move, "the form with a mistake"))
        return true;
    checkout_read(walk->words, walk->document, walk->state, walk->arena, &checkout);
    const char *error = page_error_text(walk->words, walk->document, walk->arena);
    bool is_back = strcmp(signature, passage_signature(walk, &checkout)) == 0;
    if (is_back)
        walk_record(walk)->shop_text = error;
    if (is_back && !error && scripts_matter(walk)) {
        visit_fact_absent(visit, mistake->fact, scripts_matter(walk));
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the form comes back, and %s",
                           scripts_matter(walk));
    }
    visit_fact_truth(visit, mistake->fact, is_back, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, is_back ? OUTCOME_OK : OUTCOME_NO_EFFECT, "%s",
                       is_back ? "the mistake is refused"
                               : "the shop goes on as if nothing were wrong");
}

bool step_address_mistake(Walk *walk, Error *err)
{
    const char *name = step_text(walk, "mistake", "postal-code");
    const Mistake *mistake = mistake_of(name);
    Checkout checkout;
    Typed typed = {0};
    Move move;
    const char *why = NULL;
    if (!mistake)
        return step_result(walk, OUTCOME_FAILED, "'%s' is no mistake known here", name);
    if (!walk->options->is_own_site || walk->options->leaves_no_trace)
        return step_result(walk, OUTCOME_SKIPPED, "only on one's own site (--own-site)");
    if (!walk->document || walk->passage.pages == 0)
        return step_result(walk, OUTCOME_SKIPPED, "no checkout is open");
    passage_look(walk, &checkout);
    const Node *field = field_of(walk, &checkout, mistake->kind);
    const Node *next = way_on(walk, &checkout);
    if (!field || !next || passage_is_door(walk, &checkout))
        return step_result(walk, OUTCOME_SKIPPED, "no form to make the mistake in");
    if (scripts_needed_for(walk, next))
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the form is sent by a script");
    const char *url = walk_page(walk)->url;
    if (!form_fill(walk, false, &typed, err) ||
        !act_fill(walk, field, mistake->value, &move, err))
        return false;
    if (guard_judge(walk->document, walk->state, next, walk->visitor->safety, &why) !=
        GUARD_ALLOWS)
        return step_result(walk, OUTCOME_SKIPPED, "not sent: %s", why ? why : "in doubt");
    const char *signature = passage_signature(walk, &checkout);
    step_typed(walk, name, mistake->value);
    match_element(walk, next, "the way on", 3);
    if (!act_press(walk, next, PAGE_CHECKOUT, &move, err) || !walk->document)
        return !walk->document;
    if (!judge(walk, mistake, &move, signature) || walk->has_ended)
        return true;
    StepRecord kept = *walk_record(walk);
    if (!form_again(walk, url, err))
        return false;
    walk_record(walk)->outcome = kept.outcome;
    walk_record(walk)->reason = kept.reason;
    return true;
}
