/* steps_delivery.c - chooseShipping: which way of delivery, and sending the choice.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum { REDRAW_US = 2000000 /* in which a page draws its choices anew */ };

/* Price named beside a radio: in its label or its row. */
static int64_t choice_price(const Walk *walk, const Node *radio)
{
    Price price = {.milli = -1};
    Str label = str_of(node_name(walk->arena, walk->document, radio, NULL));
    size_t at = 0;
    if (price_next(label, &at, &price))
        return price.milli;
    if (words_match(walk->words, "free_shipping", walk_language(walk), label, NULL))
        return 0;
    const Node *row = node_parent(radio);
    for (int i = 0; row && i < 2; i++, row = node_parent(row))
        if (price_in(walk->document, row, &price))
            return price.milli;
    return -1;
}

static const Node *delivery_pick(const Walk *walk, const Checkout *checkout)
{
    bool by_price = strcmp(step_text(walk, "pick", "first"), "cheapest") == 0 &&
                    walk->step->kind == STEP_KIND_CHOOSE_SHIPPING;
    const Node *best = NULL;
    int64_t best_milli = -1;
    for (size_t i = 0; i < checkout->fields.count; i++) {
        const Node *field = checkout->fields.items[i];
        if (field_recognise(walk->words, walk->document, field) != FIELD_DELIVERY ||
            strcmp(control_type(field), "radio") != 0)
            continue;
        int64_t milli = choice_price(walk, field);
        if (!best || (by_price && milli >= 0 && (best_milli < 0 || milli < best_milli))) {
            best = field;
            best_milli = milli;
        }
    }
    return best;
}

/* Has the group of that radio an answer already? */
static bool is_answered(const Walk *walk, const Checkout *checkout)
{
    for (size_t i = 0; i < checkout->fields.count; i++) {
        const Node *field = checkout->fields.items[i];
        if (field_recognise(walk->words, walk->document, field) == FIELD_DELIVERY &&
            control_is_checked(walk->state, field))
            return true;
    }
    return false;
}

/* The first of the choices that scripts draw (role=radio) and none of which is made; NULL:
 * none. Those of the payment are left alone. */
static const Node *drawn_choice(const Walk *walk)
{
    const NodeList *all = document_by_attribute(walk->document, "role");
    const Node *first = NULL;
    for (size_t i = 0; i < all->count; i++) {
        const Node *node = all->items[i];
        const char *why = NULL;
        if (!str_equal_text(str_of(node_attribute(node, "role")), "radio") ||
            node_is_seen(node) == 0)
            continue;
        if (str_equal_text(str_of(node_attribute(node, "aria-checked")), "true"))
            return NULL;
        if (!first && guard_allows_press(walk->document, walk->state, node,
                                         walk->visitor->safety, &why))
            first = node;
    }
    return first;
}

/* The way on waits for a choice: make it. */
static bool drawn_choose(Walk *walk, Checkout *checkout, Error *err)
{
    Move move;
    const Node *next = passage_way_on(walk, checkout);
    const Node *choice = walk->visitor->has_scripts && next && control_is_disabled(next)
                             ? drawn_choice(walk)
                             : NULL;
    if (!choice)
        return true;
    step_typed(walk, "delivery", node_name(walk->arena, walk->document, choice, NULL));
    return act_press(walk, choice, PAGE_CHECKOUT, &move, err) &&
           (!walk->document || passage_await_way_on(walk, checkout, err));
}

bool delivery_beside(Walk *walk, Checkout *checkout, Error *err)
{
    const Node *choice = delivery_pick(walk, checkout);
    Move move;
    if (!choice)
        return drawn_choose(walk, checkout, err);
    if (is_answered(walk, checkout))
        return true;
    step_typed(walk, "delivery", node_name(walk->arena, walk->document, choice, NULL));
    return act_choose(walk, choice, "on", &move, err) &&
           (!walk->document || passage_await_way_on(walk, checkout, err));
}

static bool send_delivery(Walk *walk, Checkout *checkout, Error *err)
{
    const Node *next = passage_way_on(walk, checkout);
    bool is_on = false;
    bool is_final = false;
    if (passage_is_door(walk, checkout) || passage_asks_data(walk, checkout) || !next)
        return step_result(walk, OUTCOME_OK,
                           "chosen on a page with more than the delivery");
    const char *needed = scripts_needed_for(walk, next);
    if (needed)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the button to the next step: %s",
                           needed);
    const char *signature = passage_signature(walk, checkout);
    if (!passage_press(walk, next, &is_on, &is_final, err))
        return false;
    if (is_final)
        return step_result(walk, OUTCOME_OK, "chosen; %s", walk_record(walk)->reason);
    if (!is_on || !walk->document)
        return true;
    if (!passage_await(walk, signature, checkout, err))
        return false;
    if (!walk->document)
        return true;
    if (strcmp(signature, passage_signature(walk, checkout)) == 0)
        return passage_lost(walk, "the choice of delivery");
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

/* Once more on the page as it is now; move says what came of it. */
static bool choose_anew(Walk *walk, Move *move, Error *err)
{
    Checkout checkout;
    if (!visitor_pass(walk->visitor, REDRAW_US, err) ||
        !visitor_look(walk->visitor, &walk->document, &walk->state, err))
        return false;
    if (!walk->document)
        return true;
    passage_look(walk, &checkout);
    const Node *choice = delivery_pick(walk, &checkout);
    if (!choice || control_is_checked(walk->state, choice)) {
        move->result = MOVE_STATE;
        return true;
    }
    return act_choose(walk, choice, "on", move, err);
}

bool step_choose_shipping(Walk *walk, Error *err)
{
    Checkout checkout;
    if (!walk->document || walk->passage.pages == 0)
        return step_result(walk, OUTCOME_SKIPPED, "no checkout is open");
    passage_look(walk, &checkout);
    const Node *choice = delivery_pick(walk, &checkout);
    Move move;
    if (!choice && !drawn_choose(walk, &checkout, err))
        return false;
    if (!walk->document || (!choice && walk_record(walk)->typed == NULL))
        return step_result(walk, OUTCOME_SKIPPED, "no choice of delivery");
    if (!choice)
        return send_delivery(walk, &checkout, err);
    if (!control_is_checked(walk->state, choice)) {
        if (!act_choose(walk, choice, "on", &move, err))
            return false;
        /* Drawn anew while the visitor chose: it may be chosen all the same. */
        if (move.result == MOVE_NOTHING && walk->visitor->has_scripts &&
            !choose_anew(walk, &move, err))
            return false;
        if (step_failed(walk, &move, "the choice of delivery"))
            return true;
        passage_look(walk, &checkout);
        choice = delivery_pick(walk, &checkout);
        if (!choice)
            return step_result(walk, OUTCOME_OK, NULL);
    }
    step_typed(walk, "delivery", node_name(walk->arena, walk->document, choice, NULL));
    passage_look(walk, &checkout);
    if (!send_delivery(walk, &checkout, err))
        return false;
    passage_keep_failure(walk);
    return true;
}
