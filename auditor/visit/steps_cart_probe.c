/* steps_cart_probe.c - what a customer tries in a cart: other quantities, a code that does
 * not exist. What was changed is put back.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/units.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

/** A cart, and the visitor's line in it. */
typedef struct CartView {
    Cart cart;
    const CartLine *line; /**< NULL: not there */
    const Node *quantity; /**< field of the line; NULL: none */
} CartView;

static const Node *line_quantity(const Walk *walk, const CartLine *line)
{
    for (size_t i = node_order(line->node); i < node_order_end(line->node); i++) {
        const Node *node = document_element(walk->document, i);
        if (node_is_control(node) && strcmp(control_type(node), "hidden") != 0 &&
            field_recognise(walk->words, walk->document, node) == FIELD_QUANTITY)
            return node;
    }
    return NULL;
}

static bool cart_look(Walk *walk, CartView *view, bool *is_there, Error *err)
{
    *view = (CartView){0};
    if (!cart_visit(walk, is_there, err))
        return false;
    *is_there = *is_there && walk->document;
    if (!*is_there)
        return true;
    cart_read(walk->words, walk->document, walk->arena, &view->cart);
    view->line = cart_line_of(walk, &view->cart);
    view->quantity = view->line ? line_quantity(walk, view->line) : NULL;
    return true;
}

/* The button that makes the cart count anew: of the field's form, and no way on. */
static const Node *update_button(Walk *walk, const Node *field)
{
    const Node *form = form_owner(walk->document, field);
    NodeList controls = {0};
    if (!form)
        return NULL;
    form_controls(walk->document, form, walk->arena, &controls);
    for (size_t i = 0; i < controls.count; i++) {
        const Node *node = controls.items[i];
        Str name = str_of(node_name(walk->arena, walk->document, node, NULL));
        if (control_is_submit(node) &&
            words_match(walk->words, "update_cart", walk_language(walk), name, NULL))
            return node;
    }
    bool can_submit = false;
    const Node *button = form_default_button(walk->document, form, &can_submit);
    return button && !words_match(
                         walk->words, "checkout", walk_language(walk),
                         str_of(node_name(walk->arena, walk->document, button, NULL)), NULL)
               ? button
               : NULL;
}

/* Type a quantity and let the cart count. is_sent false: move says why. */
static bool quantity_send(Walk *walk, const Node *field, const char *value, Move *move,
                          Error *err)
{
    bool is_select = node_is_tag(field, "select");
    int before = walk->page;
    if (!(is_select ? act_choose(walk, field, value, move, err)
                    : act_fill(walk, field, value, move, err)))
        return false;
    if (move->result != MOVE_STATE && move->result != MOVE_PAGE)
        return true;
    if (walk->page != before)
        return true;
    const Node *button = update_button(walk, field);
    if (button && !scripts_needed_for(walk, button))
        return act_press(walk, button, PAGE_CART, move, err);
    return act_enter(walk, field, PAGE_CART, move, err);
}

static bool is_broken(const Walk *walk)
{
    const Page *page = walk_page(walk);
    return (page && page->status >= 500) || text_says(walk, "technical_error");
}

/* The quantity now in the line's field, or as the line tells it; -1: unknown. */
static int quantity_now(const Walk *walk, const CartView *view)
{
    long long value = 0;
    if (view->quantity &&
        str_to_int(str_of(control_value(walk->state, view->quantity)), &value) &&
        llabs(value) < 100000)
        return (int)value;
    return view->line ? view->line->quantity : -1;
}

/** What a quantity came to. */
typedef struct Trial {
    const char *value;
    int asked;
    int64_t sum_before; /**< of the line; -1 unknown */
    bool is_refused;    /**< by the browser's own validation, or in words of the shop */
    const char *error;
} Trial;

/* 1 as it should be, 0 not, -1 cannot tell. */
static int trial_judge(const Walk *walk, const Trial *trial, const CartView *view)
{
    int now = quantity_now(walk, view);
    if (is_broken(walk))
        return 0;
    if (trial->is_refused)
        return 1;
    if (!view->line)
        return trial->asked <= 0 && view->cart.is_readable ? 1 : -1;
    if (now < 0 && trial->asked >= 0)
        return -1;
    if (trial->asked == 2) {
        int64_t sum = view->line->sum.milli;
        if (now != 2)
            return 0;
        return sum < 0 || trial->sum_before < 0 ? -1 : sum >= 2 * trial->sum_before - 20;
    }
    if (trial->asked > 2)
        return now > 1; /* as asked, or as many as there are */
    return now > 0;
}

static const char *trial_fact(int asked)
{
    return asked == 2   ? "cart.quantity_follows"
           : asked == 0 ? "cart.quantity_zero_ok"
           : asked < 0  ? "cart.quantity_negative_ok"
                        : "cart.quantity_huge_ok";
}

/* Put the product back into a cart that lost it. */
static bool cart_refill(Walk *walk, Error *err)
{
    bool is_filled = false;
    if (!goods_add_again(walk, &is_filled, err))
        return false;
    walk->is_cart_filled = is_filled;
    return true;
}

/* As many as before. */
static bool quantity_restore(Walk *walk, Error *err)
{
    CartView view;
    bool is_there = false;
    Move move;
    if (!cart_look(walk, &view, &is_there, err))
        return false;
    if (!is_there)
        return true;
    if (!view.line)
        return view.cart.is_readable ? cart_refill(walk, err) : true;
    int wanted = walk->goods.quantity > 0 ? walk->goods.quantity : 1;
    if (!view.quantity || quantity_now(walk, &view) == wanted)
        return true;
    return quantity_send(walk, view.quantity, arena_printf(walk->arena, "%d", wanted),
                         &move, err);
}

static bool trial_record(Walk *walk, const Trial *trial, int verdict)
{
    const char *fact = trial_fact(trial->asked);
    if (trial->error)
        walk_record(walk)->shop_text = trial->error;
    if (verdict < 0) {
        const char *why = scripts_matter(walk);
        visit_fact_absent(walk->visit, fact,
                          why ? why : "the cart's answer could not be read");
        return step_result(walk, why ? OUTCOME_NEEDS_BROWSER : OUTCOME_UNSURE,
                           "what a quantity of %s does could not be read", trial->value);
    }
    visit_fact_truth(walk->visit, fact, verdict == 1, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, verdict == 1 ? OUTCOME_OK : OUTCOME_NO_EFFECT,
                       verdict == 1 ? "the cart copes with a quantity of %s"
                                    : "the cart does not cope with a quantity of %s",
                       trial->value);
}

static bool quantity_try(Walk *walk, CartView *view, Trial *trial, Error *err)
{
    Move move;
    bool is_there = false;
    match_element(walk, view->quantity, "quantity of the line", 4);
    Match match = walk_record(walk)->match;
    step_typed(walk, "quantity", trial->value);
    if (!quantity_send(walk, view->quantity, trial->value, &move, err))
        return false;
    trial->is_refused = move.result == MOVE_INVALID;
    if (move.result == MOVE_NEEDS_BROWSER || move.result == MOVE_REFUSED ||
        move.result == MOVE_UNREACHABLE || move.result == MOVE_BLOCKED) {
        visit_fact_absent(walk->visit, trial_fact(trial->asked),
                          move.reason ? move.reason : "it could not be sent");
        return step_failed(walk, &move, "the quantity");
    }
    trial->error =
        walk->document ? page_error_text(walk->words, walk->document, walk->arena) : NULL;
    trial->is_refused = trial->is_refused || trial->error;
    int verdict = is_broken(walk) ? 0 : -1;
    if (verdict < 0) {
        if (!cart_look(walk, view, &is_there, err))
            return false;
        verdict = is_there ? trial_judge(walk, trial, view) : -1;
        walk_record(walk)->match = match;
    }
    return trial_record(walk, trial, verdict);
}

bool step_change_quantity(Walk *walk, Error *err)
{
    long long asked = 2;
    CartView view;
    bool is_there = false;
    Trial trial = {.value = step_text(walk, "to", "2"), .sum_before = -1};
    if (!str_to_int(str_of(trial.value), &asked))
        return step_result(walk, OUTCOME_FAILED, "'%s' is no quantity", trial.value);
    trial.asked = (int)asked;
    if (!walk->is_cart_filled)
        return step_result(walk, OUTCOME_SKIPPED, "nothing was put into the cart");
    if (!cart_look(walk, &view, &is_there, err))
        return false;
    if (!is_there || !view.line)
        return step_not_found(walk, "the line in the cart");
    if (!view.quantity)
        return step_not_found(walk, "a field for the quantity");
    if (view.line->quantity == 1)
        trial.sum_before =
            view.line->sum.milli >= 0 ? view.line->sum.milli : view.line->unit.milli;
    if (!quantity_try(walk, &view, &trial, err))
        return false;
    StepRecord kept = *walk_record(walk);
    if (walk->has_ended || !quantity_restore(walk, err))
        return walk->has_ended;
    walk_record(walk)->outcome = kept.outcome;
    walk_record(walk)->reason = kept.reason;
    walk_record(walk)->match = kept.match;
    return true;
}

/* --- a code that does not exist --- */

static const Node *coupon_field(const Walk *walk)
{
    const NodeList *inputs = document_by_tag(walk->document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (node_visibility(inputs->items[i]) != VISIBILITY_HIDDEN &&
            field_recognise(walk->words, walk->document, inputs->items[i]) == FIELD_COUPON)
            return inputs->items[i];
    return NULL;
}

static bool coupon_judge(Walk *walk, const CartView *before)
{
    Visit *visit = walk->visit;
    Cart cart;
    const char *error =
        walk->document ? page_error_text(walk->words, walk->document, walk->arena) : NULL;
    if (is_broken(walk)) {
        visit_fact_truth(visit, "cart.coupon_refused_in_words", false, walk->page);
        return step_result(walk, OUTCOME_ERROR_SHOWN, "the code breaks the page");
    }
    if (error) {
        walk_record(walk)->shop_text = error;
        visit_fact_truth(visit, "cart.coupon_refused_in_words", true, walk->page);
        step_evidence(walk, 'S');
        return step_result(walk, OUTCOME_OK, "the shop says: %.200s", error);
    }
    const char *why = scripts_matter(walk);
    if (why) {
        visit_fact_absent(visit, "cart.coupon_refused_in_words", why);
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "no word in the HTML, and %s", why);
    }
    cart_see(walk, &cart);
    bool is_cheaper = cart.total.milli >= 0 && before->cart.total.milli > cart.total.milli;
    visit_fact_truth(visit, "cart.coupon_refused_in_words", false, walk->page);
    return step_result(walk, OUTCOME_NO_EFFECT, "%s",
                       is_cheaper ? "a code that does not exist makes the cart cheaper"
                                  : "the code is passed over without a word");
}

bool step_apply_coupon(Walk *walk, Error *err)
{
    const char *code = step_text(walk, "code", "ZZQXJK-2000");
    CartView view;
    bool is_there = false;
    Move move;
    if (!walk->is_cart_filled)
        return step_result(walk, OUTCOME_SKIPPED, "nothing was put into the cart");
    if (!cart_look(walk, &view, &is_there, err))
        return false;
    if (!is_there)
        return step_not_found(walk, "the cart");
    const Node *field = coupon_field(walk);
    if (!field && scripts_matter(walk))
        visit_fact_absent(walk->visit, "cart.coupon_offered", scripts_matter(walk));
    else
        visit_fact_truth(walk->visit, "cart.coupon_offered", field != NULL, walk->page);
    if (!field)
        return step_result(walk, OUTCOME_SKIPPED, "the cart asks for no code");
    match_element(walk, field, "field for a code", 4);
    if (!act_fill(walk, field, code, &move, err))
        return false;
    step_typed(walk, "code", code);
    if (!act_enter(walk, field, PAGE_CART, &move, err))
        return false;
    return step_failed(walk, &move, "the code") || coupon_judge(walk, &view);
}
