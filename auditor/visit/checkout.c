/* checkout.c - the way through the checkout: what its pages tell, and its doors.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum {
    SUM_MILLI = 20,      /* 0.02: rounding of a sum */
    DRAW_US = 10000000,  /* in which scripts draw the first step of a checkout */
    REDRAW_US = 4000000, /* ... the next one in its place */
    TURN_US = 500000,
    REFUSAL_BYTES = 600, /* a page with less text says hardly more than one sentence */
};

static bool is_personal(FieldKind kind)
{
    return kind == FIELD_EMAIL || kind == FIELD_FIRST_NAME || kind == FIELD_LAST_NAME ||
           kind == FIELD_FULL_NAME || kind == FIELD_STREET || kind == FIELD_POSTAL_CODE ||
           kind == FIELD_CITY || kind == FIELD_PHONE;
}

bool passage_asks_data(const Walk *walk, const Checkout *checkout)
{
    for (size_t i = 0; i < checkout->fields.count; i++)
        if (is_personal(
                field_recognise(walk->words, walk->document, checkout->fields.items[i])))
            return true;
    return false;
}

/* Is the field another button of a radio group that came before? */
static bool is_of_known_group(const Checkout *checkout, size_t i)
{
    const Node *field = checkout->fields.items[i];
    const char *name = node_attribute(field, "name");
    if (!name || strcmp(control_type(field), "radio") != 0)
        return false;
    for (size_t k = 0; k < i; k++) {
        const char *other = node_attribute(checkout->fields.items[k], "name");
        if (other && strcmp(other, name) == 0)
            return true;
    }
    return false;
}

/* Was the field of that page counted before? Scripts draw a form bit by bit. */
static bool is_counted(Walk *walk, const Node *field)
{
    Passage *passage = &walk->passage;
    const char *name = node_attribute(field, "name");
    const Page *page = walk_page(walk);
    if (!name || !*name)
        name = node_attribute(field, "id");
    Str url = str_of(page ? page->url : "");
    size_t hash = str_find_byte(url, '#', 0);
    url = hash == SIZE_MAX ? url : str_slice(url, 0, hash);
    const char *key =
        arena_printf(walk->arena, "%.*s %s", (int)url.length, url.data,
                     name ? name : node_name(walk->arena, walk->document, field, NULL));
    for (int i = 0; i < passage->counted; i++)
        if (strcmp(passage->counted_fields[i], key) == 0)
            return true;
    if (passage->counted < COUNTED_MOST)
        passage->counted_fields[passage->counted++] = key;
    return false;
}

/* Radio groups count as one field. */
static void count_fields(Walk *walk, const Checkout *checkout)
{
    for (size_t i = 0; i < checkout->fields.count; i++) {
        if (is_of_known_group(checkout, i) || is_counted(walk, checkout->fields.items[i]))
            continue;
        walk->passage.fields++;
        if (field_is_required(walk->words, walk->document, checkout->fields.items[i]))
            walk->passage.fields_required++;
    }
}

static void note_delivery(Walk *walk, const Checkout *checkout)
{
    Passage *passage = &walk->passage;
    const Fact *cart = visit_fact(walk->visit, "cart.delivery_cost_shown");
    const Fact *product = visit_fact(walk->visit, "product.delivery_cost_shown");
    if (passage->delivery_step < 0 &&
        ((cart && cart->state == FACT_TRUTH && cart->truth) ||
         (product && product->state == FACT_TRUTH && product->truth))) {
        passage->delivery_step = 0;
        passage->is_named_before = true;
    }
    if (checkout->delivery.milli >= 0) {
        if (passage->delivery_step < 0)
            passage->delivery_step = passage->pages;
        passage->delivery = checkout->delivery;
        visit_fact_number(walk->visit, "checkout.delivery_cost",
                          price_number(&checkout->delivery), walk->page);
    }
    if (passage->delivery_step >= 0)
        visit_fact_number(walk->visit, "checkout.delivery_cost_step",
                          passage->delivery_step, walk->page);
}

/* How much the total grew without having been named before the checkout; -1: unknown. */
static int64_t surprise(const Walk *walk, const Price *total)
{
    const Passage *passage = &walk->passage;
    int64_t more = total->milli - passage->cart_total.milli;
    if (more <= SUM_MILLI)
        return 0;
    int64_t announced = passage->cart_delivery.milli > 0 ? passage->cart_delivery.milli : 0;
    if (llabs(more - announced) <= SUM_MILLI)
        return 0;
    /* Named in words before ("from 4.90", "free from 50"): no surprise, if that is all. */
    if (passage->is_named_before && passage->delivery.milli >= 0 &&
        llabs(more - passage->delivery.milli) <= SUM_MILLI)
        return 0;
    return more - announced;
}

static void total_facts(Walk *walk, const Price *total)
{
    Visit *visit = walk->visit;
    visit_fact_number(visit, "checkout.total", price_number(total), walk->page);
    if (walk->passage.cart_total.milli < 0) {
        visit_fact_absent(visit, "checkout.total_matches", "no total was read in the cart");
        visit_fact_absent(visit, "checkout.surprise_cost", "no total was read in the cart");
        return;
    }
    int64_t added = surprise(walk, total);
    int64_t more = total->milli - walk->passage.cart_total.milli;
    bool is_less = more < -SUM_MILLI;
    visit_fact_number(visit, "checkout.surprise_cost", (double)added / 1000.0, walk->page);
    visit_fact_evidence(visit,
                        arena_printf(walk->arena, "%s in the cart, %s here",
                                     money_text(walk->arena, &walk->passage.cart_total),
                                     money_text(walk->arena, total)));
    if (is_less)
        visit_fact_absent(visit, "checkout.total_matches",
                          "the total is lower than the cart's: taxes or rebates differ");
    else
        visit_fact_truth(visit, "checkout.total_matches", added == 0, walk->page);
}

void passage_look(Walk *walk, Checkout *checkout)
{
    Passage *passage = &walk->passage;
    checkout_read(walk->words, walk->document, walk->state, walk->arena, checkout);
    if (passage->counted_page != walk->page) {
        passage->counted_page = walk->page;
        const char *signature = passage_signature(walk, checkout);
        bool is_again = passage->last_form && strcmp(passage->last_form, signature) == 0;
        passage->last_form = signature;
        passage->pages += !is_again;
    }
    count_fields(walk, checkout);
    if (passage_is_door(walk, checkout) || passage_asks_data(walk, checkout))
        walk_settle(walk, PAGE_CHECKOUT, "fields of an order, reached from the cart");
    note_delivery(walk, checkout);
    if (checkout->total.milli >= 0)
        total_facts(walk, &checkout->total);
    visit_fact_number(walk->visit, "checkout.steps", passage->pages, walk->page);
    visit_fact_number(walk->visit, "checkout.fields", passage->fields, walk->page);
    visit_fact_number(walk->visit, "checkout.fields_required", passage->fields_required,
                      walk->page);
    if (!checkout->asks_account && passage_asks_data(walk, checkout))
        visit_fact_truth(walk->visit, "checkout.guest", true, walk->page);
}

/* Is anything of a checkout shown: data asked for, a door, a way on? */
static bool is_step_shown(const Walk *walk, const Checkout *checkout)
{
    return checkout->next || checkout->guest || checkout->asks_account ||
           checkout->fields.count > 0 || passage_is_door(walk, checkout);
}

bool passage_await(Walk *walk, const char *known, Checkout *checkout, Error *err)
{
    const Clock *clock = walk->visitor->clock;
    int64_t end_us = clock_now_us(clock) + (known ? REDRAW_US : DRAW_US);
    while (walk->visitor->has_scripts && walk->document && !walk->has_ended) {
        checkout_read(walk->words, walk->document, walk->state, walk->arena, checkout);
        bool is_other = !known || strcmp(known, passage_signature(walk, checkout)) != 0 ||
                        page_error_text(walk->words, walk->document, walk->arena) != NULL;
        if ((is_other && is_step_shown(walk, checkout)) || clock_now_us(clock) >= end_us)
            break;
        if (!visitor_pass(walk->visitor, TURN_US, err) ||
            !visitor_look(walk->visitor, &walk->document, &walk->state, err))
            return false;
    }
    if (walk->document)
        passage_look(walk, checkout);
    return true;
}

bool passage_await_way_on(Walk *walk, Checkout *checkout, Error *err)
{
    const Clock *clock = walk->visitor->clock;
    int64_t end_us = clock_now_us(clock) + REDRAW_US;
    for (;;) {
        if (walk->document)
            checkout_read(walk->words, walk->document, walk->state, walk->arena, checkout);
        if (!walk->visitor->has_scripts || !walk->document ||
            passage_way_on(walk, checkout) || passage_is_door(walk, checkout) ||
            clock_now_us(clock) >= end_us)
            return true;
        if (!visitor_pass(walk->visitor, TURN_US, err) ||
            !visitor_look(walk->visitor, &walk->document, &walk->state, err))
            return false;
    }
}

bool passage_is_door(const Walk *walk, const Checkout *checkout)
{
    return checkout->has_payment_choice || checkout->order_button ||
           guard_page_shows_payment(walk->document);
}

void passage_door(Walk *walk, const Checkout *checkout)
{
    Visit *visit = walk->visit;
    visit_fact_text(visit, "checkout.door", "payment", walk->page);
    bool is_payment =
        checkout->has_payment_choice || guard_page_shows_payment(walk->document);
    if (is_payment)
        visit_fact_number(visit, "payment.methods", checkout->payment_methods, walk->page);
    else
        visit_fact_absent(visit, "payment.methods", "the last page asks for no payment");
    if (is_payment || checkout->total.milli >= 0)
        visit_fact_truth(visit, "payment.total_shown", checkout->total.milli >= 0,
                         walk->page);
    else
        visit_fact_absent(visit, "payment.total_shown", "the last page is no payment page");
    visit_fact_truth(visit, "payment.terms_shown", checkout->has_terms_link, walk->page);
    if (checkout->order_button) {
        visit_fact_text(visit, "payment.order_label",
                        arena_text(walk->arena, node_name(walk->arena, walk->document,
                                                          checkout->order_button, NULL)),
                        walk->page);
        visit_fact_truth(visit, "payment.order_label_clear", checkout->is_order_label_clear,
                         walk->page);
    } else {
        visit_fact_absent(visit, "payment.order_label",
                          "no order button on the page reached");
        visit_fact_absent(visit, "payment.order_label_clear",
                          "no order button on the page reached");
    }
    walk_end(walk, VISIT_STOPPED_BEFORE_PAYMENT, "payment",
             "%s is reached; nothing was ordered",
             is_payment ? "the payment" : "the button of the order");
}

void passage_account(Walk *walk)
{
    Visit *visit = walk->visit;
    visit_fact_truth(visit, "checkout.guest", false, walk->page);
    visit_fact_text(visit, "checkout.door", "account", walk->page);
    step_result(walk, OUTCOME_BLOCKED_BY, "going on needs an account");
    walk_end(walk, VISIT_STOPPED_BEFORE_PAYMENT, "account",
             "the shop sells to account holders only: going on needs an account");
}

bool passage_lost(Walk *walk, const char *what)
{
    const char *why = scripts_matter(walk);
    const char *error =
        walk->document ? page_error_text(walk->words, walk->document, walk->arena) : NULL;
    const Page *page = walk_page(walk);
    if (page && page->status >= 400 && !error)
        return step_result(walk, OUTCOME_ERROR_SHOWN, "%s answers with status %d", what,
                           page->status);
    if (error) {
        walk_record(walk)->shop_text = error;
        return step_result(walk, OUTCOME_ERROR_SHOWN, "the shop says: %.200s", error);
    }
    if (page && walk->home_url && is_same_page(walk, page->url, walk->home_url))
        return step_result(walk, why ? OUTCOME_NEEDS_BROWSER : OUTCOME_NOT_FOUND,
                           "%s leads back to the first page%s%s", what, why ? ", and " : "",
                           why ? why : "");
    if (why)
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "%s shows no way on in its HTML, and %s", what, why);
    Str text = walk->document ? document_visible_text(walk->document) : (Str){0};
    if (text.length > 0 && text.length < REFUSAL_BYTES)
        walk_record(walk)->shop_text = arena_str_text(walk->arena, str_slice(text, 0, 200));
    return step_result(walk, OUTCOME_NOT_FOUND, "%s shows no way on", what);
}

bool passage_press(Walk *walk, const Node *next, bool *is_on, bool *is_final, Error *err)
{
    const char *why = NULL;
    *is_on = false;
    *is_final = false;
    match_element(walk, next, "the way on", 3);
    GuardVerdict verdict =
        guard_judge(walk->document, walk->state, next, walk->visitor->safety, &why);
    if (verdict == GUARD_ACCOUNT) {
        passage_account(walk);
        return true;
    }
    if (verdict != GUARD_ALLOWS) {
        *is_final = verdict == GUARD_FINAL;
        return step_result(walk, OUTCOME_REFUSED, "'%s' was not pressed: %s",
                           walk_record(walk)->match.text, why ? why : "in doubt");
    }
    Move move;
    Checkout after;
    checkout_read(walk->words, walk->document, walk->state, walk->arena, &after);
    const char *before = passage_signature(walk, &after);
    if (!act_press(walk, next, PAGE_CHECKOUT, &move, err))
        return false;
    /* A script may take its time to draw the next step. */
    if (move.result == MOVE_NOTHING && walk->visitor->has_scripts && walk->document) {
        if (!passage_await(walk, before, &after, err))
            return false;
        if (walk->document && strcmp(before, passage_signature(walk, &after)) != 0)
            move.result = MOVE_STATE;
    }
    *is_on = !step_failed(walk, &move, "the button to the next step");
    return true;
}

const Node *passage_way_on(const Walk *walk, const Checkout *checkout)
{
    if (checkout->next)
        return checkout->next;
    bool can_submit = false;
    return checkout->form ? form_default_button(walk->document, checkout->form, &can_submit)
                          : NULL;
}

void passage_keep_failure(Walk *walk)
{
    const StepRecord *record = walk_record(walk);
    if (!step_is_ok(record->outcome) && record->outcome != OUTCOME_SKIPPED) {
        walk->passage.failure = record->outcome;
        walk->passage.failure_reason = record->reason;
    }
}

const char *passage_signature(const Walk *walk, const Checkout *checkout)
{
    const char *action = checkout->form ? node_attribute(checkout->form, "action") : NULL;
    const char *text =
        arena_printf(walk->arena, "%d %s", (int)checkout->stage, action ? action : "");
    /* Steps without a field are told apart by where they stand. */
    const Page *page = walk_page(walk);
    if (checkout->fields.count == 0 && page)
        text = arena_printf(walk->arena, "%s %s", text, page->url);
    for (size_t i = 0; i < checkout->fields.count && i < 60; i++) {
        const char *name = node_attribute(checkout->fields.items[i], "name");
        text = arena_printf(walk->arena, "%s|%s", text, name ? name : "");
    }
    return text;
}
