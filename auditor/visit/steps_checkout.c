/* steps_checkout.c - goToCheckout, fillAddress, reachPayment.
 *
 * A step of the checkout is sent only when its button is not final (guard.h); where payment
 * shows, nothing more is pressed. Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/lexicon.h"
#include "visit/steps.h"
#include "words/actions.h"

enum {
    PAGES_LIMIT = 6, /* pages of a checkout that are passed */
    GUEST_TRIES = 2, /* choices of ordering as a guest */
};

/* Nobody's data are typed with --leave-no-trace: the first page that asks is the door. */
static bool ends_at_identity(Walk *walk)
{
    if (!walk->options->leaves_no_trace)
        return false;
    visit_fact_text(walk->visit, "checkout.door", "identity", walk->page);
    walk_end(walk, VISIT_STOPPED_BEFORE_PAYMENT, "identity",
             "personal data are asked for, and no trace is to be left");
    return true;
}

static bool is_account_wall(const Walk *walk, const Checkout *checkout)
{
    const Page *page = walk_page(walk);
    return checkout->asks_account ||
           (page && page->kind == PAGE_ACCOUNT && !checkout->guest &&
            !passage_asks_data(walk, checkout));
}

/* Take the guest's way when an account is offered as well. */
static bool take_guest(Walk *walk, Checkout *checkout, Error *err)
{
    for (int i = 0; i < GUEST_TRIES && checkout->guest && !walk->has_ended; i++) {
        const Node *guest = checkout->guest;
        const char *type = node_is_tag(guest, "input") ? control_type(guest) : "";
        Move move;
        bool is_on = false;
        bool is_final = false;
        const Node *press = guest;
        if (strcmp(type, "radio") == 0 || strcmp(type, "checkbox") == 0) {
            if (!act_choose(walk, guest, "on", &move, err))
                return false;
            checkout_read(walk->words, walk->document, walk->state, walk->arena, checkout);
            if (passage_asks_data(walk, checkout) || !checkout->next)
                return true;
            press = checkout->next;
        }
        if (!passage_press(walk, press, &is_on, &is_final, err))
            return false;
        if (!is_on || !walk->document)
            return true;
        passage_look(walk, checkout);
    }
    return true;
}

/* Is this a page of a checkout at all? */
static bool is_checkout(const Walk *walk, const Checkout *checkout)
{
    const Page *page = walk_page(walk);
    if (passage_is_door(walk, checkout) || passage_asks_data(walk, checkout))
        return true;
    return page && page->kind == PAGE_CHECKOUT &&
           (checkout->next || checkout->fields.count > 0 || checkout->guest);
}

/* Still in the cart after pressing the button to the checkout. */
static bool is_back_in_cart(const Walk *walk, const Checkout *checkout)
{
    const Page *page = walk_page(walk);
    return page && walk->cart_url && is_same_page(walk, page->url, walk->cart_url) &&
           !is_checkout(walk, checkout);
}

static bool judge_arrival(Walk *walk, bool is_without_script, Error *err)
{
    Checkout checkout;
    if (!walk->document)
        return step_result(walk, OUTCOME_FAILED, "the checkout is no HTML page");
    const Page *page = walk_page(walk);
    if (page && page->status >= 400)
        return passage_lost(walk, "the checkout");
    if (!passage_await(walk, NULL, &checkout, err))
        return false;
    if (!walk->document)
        return true;
    if (is_account_wall(walk, &checkout) || checkout.guest) {
        if (checkout.guest && !take_guest(walk, &checkout, err))
            return false;
        if (walk->has_ended || walk_record(walk)->outcome == OUTCOME_REFUSED)
            return true;
        if (is_account_wall(walk, &checkout)) {
            passage_account(walk);
            return true;
        }
    }
    if (is_back_in_cart(walk, &checkout) || !is_checkout(walk, &checkout))
        return passage_lost(walk, "the checkout");
    step_evidence(walk, 'S');
    if (passage_asks_data(walk, &checkout) && !passage_is_door(walk, &checkout) &&
        ends_at_identity(walk))
        return step_result(walk, OUTCOME_OK, NULL);
    return step_result(walk, is_without_script ? OUTCOME_OK_WITHOUT_SCRIPT : OUTCOME_OK,
                       NULL);
}

/* Carts without a word of a checkout, but with a button that orders by its words: whether
 * it may be pressed is the guard's to say. */
static const Node *ordering_button(Walk *walk)
{
    for (size_t i = 0; i < document_element_count(walk->document); i++) {
        const Node *node = document_element(walk->document, i);
        ButtonWords words;
        if (!action_is(node) || node_visibility(node) == VISIBILITY_HIDDEN ||
            control_is_disabled(node) || node_closest(node, "header") ||
            node_closest(node, "nav") || node_closest(node, "footer"))
            continue;
        button_words(walk->arena, node_name(walk->arena, walk->document, node, NULL),
                     &words);
        if (words.count == 0 || words.count > 4 || !name_orders(&words))
            continue;
        match_element(walk, node, "orders by its words", 3);
        return node;
    }
    return NULL;
}

static const Node *checkout_button(Walk *walk)
{
    Cart cart;
    cart_see(walk, &cart);
    if (cart.checkout) {
        match_element(walk, cart.checkout, cart.checkout_why, 4);
        return cart.checkout;
    }
    CandidateList list;
    candidates_named(walk, "checkout", PLACE_MAIN, &list);
    if (list.count == 0)
        return ordering_button(walk);
    candidates_match(walk, &list, 0);
    return list.items[0].node;
}

/* Cart and checkout on one page (trap 9): payment beside the address, or an address form
 * and no other way on. */
static bool is_one_page(Walk *walk)
{
    Checkout checkout;
    Cart cart;
    const Page *page = walk_page(walk);
    checkout_read(walk->words, walk->document, walk->state, walk->arena, &checkout);
    if (page && page->kind == PAGE_CHECKOUT && is_checkout(walk, &checkout))
        return true;
    if (!passage_asks_data(walk, &checkout))
        return false;
    cart_see(walk, &cart);
    return checkout.has_payment_choice || (cart.count > 0 && !cart.checkout);
}

/* The box of the terms that stands unticked beside the button, NULL: none. */
static const Node *terms_beside(const Walk *walk, const Node *button)
{
    const NodeList *inputs = document_by_tag(walk->document, "input");
    const Node *form = form_owner(walk->document, button);
    for (size_t i = 0; i < inputs->count; i++) {
        const Node *input = inputs->items[i];
        if (strcmp(control_type(input), "checkbox") == 0 &&
            form_owner(walk->document, input) == form &&
            !control_is_checked(walk->state, input) &&
            field_recognise(walk->words, walk->document, input) == FIELD_TERMS)
            return input;
    }
    return NULL;
}

/* Carts that want the terms accepted before the checkout. */
static bool terms_accept(Walk *walk, const Node **button, Error *err)
{
    Move move;
    const Node *box = terms_beside(walk, *button);
    if (!box)
        return true;
    step_typed(walk, "terms", "accepted");
    if (!act_choose(walk, box, "on", &move, err))
        return false;
    const Node *again = walk->document ? checkout_button(walk) : NULL;
    *button = again ? again : *button;
    return true;
}

static bool press_checkout(Walk *walk, const Node *button, Error *err)
{
    const char *needed = scripts_needed_for(walk, button);
    if (needed) {
        visit_fact_truth(walk->visit, "checkout.offered", true, walk->page);
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the button '%s': %s",
                           walk_record(walk)->match.text, needed);
    }
    visit_fact_truth(walk->visit, "checkout.offered", true, walk->page);
    Move move;
    if (!terms_accept(walk, &button, err) ||
        !act_press(walk, button, PAGE_CHECKOUT, &move, err))
        return false;
    if (step_failed(walk, &move, "the button to the checkout")) {
        if (walk_record(walk)->outcome == OUTCOME_REFUSED && walk->document) {
            Checkout checkout;
            passage_look(walk, &checkout);
            passage_door(walk, &checkout);
        }
        return true;
    }
    return judge_arrival(walk, move.is_without_script, err);
}

bool step_go_to_checkout(Walk *walk, Error *err)
{
    bool is_found = false;
    if (walk->document && is_one_page(walk)) {
        visit_fact_truth(walk->visit, "checkout.offered", true, walk->page);
        return judge_arrival(walk, false, err);
    }
    if (!cart_visit(walk, &is_found, err))
        return false;
    if (walk->has_ended)
        return true;
    if (!is_found || !walk->document)
        return step_not_found(walk, "the cart");
    Cart cart;
    cart_see(walk, &cart);
    /* Nobody orders nothing: that an empty cart leads nowhere says nothing (trap 9). */
    if (cart.is_empty_said && cart.count == 0 && !scripts_matter(walk)) {
        visit_fact_absent(walk->visit, "checkout.offered", "the cart is empty");
        return step_result(walk, OUTCOME_FAILED, "the cart is empty");
    }
    const Node *button = checkout_button(walk);
    if (!button) {
        const char *why = scripts_matter(walk);
        if (why)
            visit_fact_absent(walk->visit, "checkout.offered", why);
        else
            visit_fact_truth(walk->visit, "checkout.offered", false, walk->page);
        return step_not_found(walk, "a way from the cart to the checkout");
    }
    return press_checkout(walk, button, err);
}

/* --- address --- */

/* What the shop sent back: is everything typed still there? */
static bool keeps_typed(const Walk *walk, const Typed *typed)
{
    const NodeList *inputs = document_by_tag(walk->document, "input");
    for (int t = 0; t < typed->count; t++) {
        bool is_kept = false;
        bool is_shown = false;
        /* The blank sent by mistake need not come back. */
        if (strcmp(typed->values[t], " ") == 0)
            continue;
        for (size_t i = 0; i < inputs->count && !is_kept; i++) {
            const char *name = node_attribute(inputs->items[i], "name");
            if (!name || strcmp(name, typed->names[t]) != 0)
                continue;
            is_shown = true;
            const char *value = control_value(walk->state, inputs->items[i]);
            is_kept = value && strcmp(value, typed->values[t]) == 0;
        }
        if (is_shown && !is_kept)
            return false;
    }
    return true;
}

static void note_refusal(Walk *walk, const Typed *typed, const char *error)
{
    walk->passage.was_refused = true;
    walk_record(walk)->shop_text = error;
    if (typed->count > 0)
        visit_fact_truth(walk->visit, "checkout.error_kept_data", keeps_typed(walk, typed),
                         walk->page);
}

/* One page filled in and sent. is_on: another step is shown. */
static bool send_address(Walk *walk, Checkout *checkout, bool everything, bool *is_on,
                         Error *err)
{
    Typed typed = {0};
    bool is_final = false;
    *is_on = false;
    if (!form_fill(walk, everything, &typed, err) ||
        !passage_await_way_on(walk, checkout, err) ||
        (walk->document && !delivery_beside(walk, checkout, err)))
        return false;
    if (!walk->document)
        return true;
    const char *needs = form_needs_script(walk, checkout);
    const Node *next = passage_way_on(walk, checkout);
    if (needs)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "%s", needs);
    if (!step_bool(walk, "submit", true))
        return step_result(walk, OUTCOME_OK, "filled in, not sent");
    if (!next)
        return passage_lost(walk, "the address form");
    const char *needed = scripts_needed_for(walk, next);
    if (needed)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the button to the next step: %s",
                           needed);
    /* One page for all, whose button waits for the payment to be chosen. */
    if (walk->visitor->has_scripts && control_is_disabled(next) &&
        passage_is_door(walk, checkout))
        return step_result(walk, OUTCOME_OK, "filled in; the payment is on the same page");
    const char *signature = passage_signature(walk, checkout);
    if (!passage_press(walk, next, is_on, &is_final, err))
        return false;
    if (is_final)
        return step_result(walk, OUTCOME_OK, "filled in; %s", walk_record(walk)->reason);
    if (!*is_on || !walk->document)
        return true;
    walk->passage.is_data_sent = true;
    if (!passage_await(walk, signature, checkout, err))
        return false;
    if (!walk->document)
        return true;
    const char *error = page_error_text(walk->words, walk->document, walk->arena);
    bool is_same = strcmp(signature, passage_signature(walk, checkout)) == 0;
    if (!is_same)
        return step_result(walk, OUTCOME_OK, NULL);
    *is_on = false;
    note_refusal(walk, &typed, error);
    if (error)
        return step_result(walk, OUTCOME_ERROR_SHOWN, "the shop says: %.200s", error);
    /* One page for all: the data were taken, and the payment stands beside them. */
    if (walk->visitor->has_scripts && passage_is_door(walk, checkout))
        return step_result(walk, OUTCOME_OK, "sent; the payment is on the same page");
    if (scripts_matter(walk))
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the same form comes back, and %s",
                           scripts_matter(walk));
    return step_result(walk, OUTCOME_NO_EFFECT, "the same form comes back without a word");
}

/* The field that a mistake is made in: one without a format of its own, so that the browser
 * lets it pass and the shop has to refuse it. */
static const Node *mistake_field(const Walk *walk, const Checkout *checkout)
{
    static const FieldKind KINDS[] = {FIELD_POSTAL_CODE, FIELD_CITY, FIELD_STREET};
    for (size_t k = 0; k < COUNT_OF(KINDS); k++)
        for (size_t i = 0; i < checkout->fields.count; i++) {
            const Node *field = checkout->fields.items[i];
            if (node_is_tag(field, "input") && strcmp(control_type(field), "text") == 0 &&
                field_recognise(walk->words, walk->document, field) == KINDS[k])
                return field;
        }
    return NULL;
}

/* On one's own shop only: send the form with a blank where the shop needs a word, and see
 * whether the rest is still there. */
static bool send_mistake(Walk *walk, Checkout *checkout, Error *err)
{
    const Node *field = mistake_field(walk, checkout);
    const Node *next = passage_way_on(walk, checkout);
    const char *why = NULL;
    Typed typed = {0};
    Move move;
    if (!field || !next || scripts_needed_for(walk, next))
        return true;
    if (!form_fill(walk, false, &typed, err) || !act_fill(walk, field, " ", &move, err))
        return false;
    const char *name = node_attribute(field, "name");
    for (int i = 0; i < typed.count; i++)
        if (name && strcmp(typed.names[i], name) == 0)
            typed.values[i] = " ";
    if (guard_judge(walk->document, walk->state, next, walk->visitor->safety, &why) !=
        GUARD_ALLOWS)
        return true;
    const char *signature = passage_signature(walk, checkout);
    if (!act_press(walk, next, PAGE_CHECKOUT, &move, err))
        return false;
    if (move.result != MOVE_PAGE || !walk->document)
        return true;
    passage_look(walk, checkout);
    if (strcmp(signature, passage_signature(walk, checkout)) == 0)
        note_refusal(walk, &typed,
                     page_error_text(walk->words, walk->document, walk->arena));
    return true;
}

static bool pass_address(Walk *walk, Error *err)
{
    Checkout checkout;
    int sent = 0;
    for (int i = 0; i < PAGES_LIMIT && !walk->has_ended; i++) {
        passage_look(walk, &checkout);
        if (is_account_wall(walk, &checkout) && !checkout.guest) {
            passage_account(walk);
            return true;
        }
        if (!passage_asks_data(walk, &checkout))
            return sent > 0 ? step_result(walk, OUTCOME_OK, NULL)
                            : step_result(walk, OUTCOME_SKIPPED, "no address is asked for");
        if (ends_at_identity(walk))
            return step_result(walk, OUTCOME_SKIPPED, "personal data are asked for");
        bool is_on = false;
        if (i == 0 && walk->options->is_own_site && step_bool(walk, "submit", true) &&
            !send_mistake(walk, &checkout, err))
            return false;
        if (!passage_asks_data(walk, &checkout))
            continue;
        if (!send_address(walk, &checkout, false, &is_on, err))
            return false;
        bool is_refused = walk_record(walk)->outcome == OUTCOME_ERROR_SHOWN;
        walk->passage.was_refused = walk->passage.was_refused || is_refused;
        if (!is_on && is_refused && !send_address(walk, &checkout, true, &is_on, err))
            return false;
        if (!is_on)
            return true;
        sent++;
    }
    return true;
}

bool step_fill_address(Walk *walk, Error *err)
{
    if (!walk->document || walk->passage.pages == 0)
        return step_result(walk, OUTCOME_SKIPPED, "no checkout is open");
    if (!pass_address(walk, err))
        return false;
    if (step_is_ok(walk_record(walk)->outcome))
        step_evidence(walk, 'S');
    passage_keep_failure(walk);
    return true;
}

/* --- payment --- */

static bool go_on(Walk *walk, Checkout *checkout, bool *is_on, Error *err)
{
    bool is_final = false;
    *is_on = false;
    const Node *next = passage_way_on(walk, checkout);
    if (!next)
        return passage_lost(walk, "the checkout");
    const char *needed = scripts_needed_for(walk, next);
    if (needed)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the button to the next step: %s",
                           needed);
    const char *signature = passage_signature(walk, checkout);
    if (!passage_press(walk, next, is_on, &is_final, err))
        return false;
    if (is_final) {
        const char *reason = walk_record(walk)->reason;
        passage_door(walk, checkout);
        return step_result(walk, OUTCOME_OK, "%s", reason);
    }
    if (!*is_on || !walk->document)
        return true;
    if (!passage_await(walk, signature, checkout, err))
        return false;
    if (!walk->document)
        return true;
    if (strcmp(signature, passage_signature(walk, checkout)) == 0 &&
        !passage_is_door(walk, checkout)) {
        *is_on = false;
        return passage_lost(walk, "the next step");
    }
    return true;
}

bool step_reach_payment(Walk *walk, Error *err)
{
    Checkout checkout;
    if (!walk->document || walk->passage.pages == 0)
        return step_result(walk, OUTCOME_FAILED, "no checkout is open");
    for (int i = 0; i < PAGES_LIMIT && !walk->has_ended; i++) {
        passage_look(walk, &checkout);
        if (passage_is_door(walk, &checkout)) {
            passage_door(walk, &checkout);
            step_evidence(walk, 'S');
            return step_result(walk, OUTCOME_OK, NULL);
        }
        if (is_account_wall(walk, &checkout)) {
            passage_account(walk);
            return true;
        }
        if (walk->passage.failure_reason && i == 0)
            return step_result(walk, walk->passage.failure, "%s",
                               walk->passage.failure_reason);
        bool is_on = false;
        if (!go_on(walk, &checkout, &is_on, err))
            return false;
        if (!is_on)
            return true;
    }
    return walk->has_ended ||
           step_result(walk, OUTCOME_NOT_FOUND, "no payment after %d pages", PAGES_LIMIT);
}
