/* steps_cart.c - openCart and removeFromCart: what the cart holds, and leaving it as found.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum { REMOVALS = 5 /* lines removed at most when cleaning up */ };

static bool cart_unreadable(Walk *walk)
{
    const char *why = scripts_matter(walk);
    if (why)
        return step_result(
            walk, OUTCOME_NEEDS_BROWSER,
            "the cart's HTML shows neither lines nor that it is empty, and %s", why);
    return step_result(walk, OUTCOME_UNSURE, "the cart's lines could not be read");
}

/* cart_visit never stops at the answer to a sent form, so nothing is sent twice. */
static bool reload_cart(Walk *walk, bool *is_lost, Error *err)
{
    Move move;
    *is_lost = false;
    if (!act_go(walk, HISTORY_RELOAD, PAGE_CART, &move, err))
        return false;
    if (move.result != MOVE_PAGE || !walk->document) {
        visit_fact_absent(walk->visit, "cart.survives_reload",
                          "the cart did not load again");
        return true;
    }
    bool is_found = true;
    if (walk->is_cart_drawer && !cart_visit(walk, &is_found, err))
        return false;
    if (!is_found || !walk->document) {
        visit_fact_absent(walk->visit, "cart.survives_reload",
                          "the cart could not be opened again");
        return true;
    }
    Cart cart;
    cart_see(walk, &cart);
    *is_lost = !cart_line_of(walk, &cart) && (cart.count > 0 || !cart_mentions(walk));
    visit_fact_truth(walk->visit, "cart.survives_reload", !*is_lost, walk->page);
    return true;
}

/* Loading the page again emptied the cart: that is noted, and the visitor, who would not
 * have done it, fills it again. */
static bool fill_again(Walk *walk, Error *err)
{
    bool is_filled = false;
    if (!goods_add_again(walk, &is_filled, err))
        return false;
    if (walk->has_ended)
        return true;
    if (!is_filled)
        return step_result(walk, OUTCOME_NO_EFFECT,
                           "loading the page again empties the cart, and it could not be "
                           "filled a second time");
    return step_result(
        walk, OUTCOME_OK,
        "loading the page again empties the cart; it was filled a second time");
}

bool step_open_cart(Walk *walk, Error *err)
{
    bool is_found = false;
    bool was_there = walk->cart_url != NULL && walk_page(walk) &&
                     is_same_page(walk, walk_page(walk)->url, walk->cart_url);
    if (!cart_visit(walk, &is_found, err))
        return false;
    if (walk->has_ended)
        return true;
    if (!is_found || !walk->document)
        return step_not_found(walk, "the cart");
    Cart cart;
    cart_see(walk, &cart);
    bool is_mentioned = cart.count == 0 && cart_mentions(walk);
    if (!cart.is_readable && !is_mentioned)
        return cart_unreadable(walk);
    if (!is_mentioned)
        cart_facts(walk, &cart);
    if (cart.count == 0 && !is_mentioned) {
        const char *why = scripts_matter(walk);
        if (why)
            return step_result(walk, OUTCOME_NEEDS_BROWSER,
                               "the cart's HTML says that it is empty, but %s", why);
        return step_result(walk, walk->is_cart_filled ? OUTCOME_NO_EFFECT : OUTCOME_OK,
                           "the cart is empty");
    }
    step_evidence(walk, 'S');
    bool is_lost = false;
    if (walk->is_cart_filled && !reload_cart(walk, &is_lost, err))
        return false;
    if (is_lost)
        return fill_again(walk, err);
    if (is_mentioned)
        return step_result(walk, OUTCOME_OK,
                           "the product is named, its line could not be read");
    if (was_there)
        return step_result(walk, OUTCOME_OK, "already in the cart");
    return step_result(walk, OUTCOME_OK, NULL);
}

/* Remove one line; is_tried false: there is no native way. */
static bool remove_line(Walk *walk, const CartLine *line, bool *is_tried, Error *err)
{
    Move move;
    *is_tried = line->remove && !scripts_needed_for(walk, line->remove);
    if (*is_tried) {
        match_element(walk, line->remove, "removes the line", 4);
        if (!act_press(walk, line->remove, PAGE_CART, &move, err))
            return false;
        *is_tried = !step_failed(walk, &move, "the button that removes the line");
        return true;
    }
    const NodeList *inputs = document_by_tag(walk->document, "input");
    for (size_t i = 0; i < inputs->count; i++) {
        const Node *input = inputs->items[i];
        const char *type = control_type(input);
        bool is_number = strcmp(type, "number") == 0 || strcmp(type, "text") == 0;
        if (!is_number || !line->node || !node_contains(line->node, input) ||
            !form_owner(walk->document, input))
            continue;
        if (!act_fill(walk, input, "0", &move, err) ||
            !act_enter(walk, input, PAGE_CART, &move, err))
            return false;
        *is_tried = !step_failed(walk, &move, "the quantity nought");
        return true;
    }
    return true;
}

/* An empty cart that says nothing: the product's name has gone from the page. */
static bool is_gone(const Walk *walk)
{
    Str text = document_visible_text(walk->document);
    return walk->goods.name && !scripts_matter(walk) &&
           !str_contains_nocase(text, str_of(walk->goods.name));
}

static bool cart_again(Walk *walk, bool *is_found, Error *err)
{
    Move move;
    if (!walk->cart_url)
        return true;
    if (!act_open(walk, walk->cart_url, PAGE_CART, &move, err))
        return false;
    *is_found = move.result == MOVE_PAGE && walk->document;
    return true;
}

static bool removed_unseen(Walk *walk)
{
    visit_fact_absent(walk->visit, "cart.emptied", "the cart was not found again");
    return step_result(walk, OUTCOME_UNSURE,
                       "the line was removed; the cart was not found again");
}

static bool is_at_cart(const Walk *walk)
{
    const Page *page = walk_page(walk);
    return walk->is_cart_drawer ||
           (page && walk->cart_url && is_same_page(walk, page->url, walk->cart_url));
}

/* is_told: the cart was emptied here, or says that it is empty. is_sent_away: an empty cart
 * leads somewhere else. */
static bool emptied(Walk *walk, const Cart *cart, bool is_told, bool is_sent_away)
{
    walk->is_cart_filled = false;
    if (is_told && !is_sent_away && cart->count == 0 &&
        (cart->is_empty_said || !scripts_matter(walk)))
        visit_fact_truth(walk->visit, "cart.empty_said", cart->is_empty_said, walk->page);
    if (is_told)
        visit_fact_truth(walk->visit, "cart.emptied", true, walk->page);
    else
        visit_fact_absent(walk->visit, "cart.emptied", "the cart was empty already");
    step_evidence(walk, 'S');
    if (is_sent_away)
        return step_result(walk, OUTCOME_OK, "an empty cart leads to another page");
    return step_result(walk, OUTCOME_OK, is_told ? NULL : "the cart was empty already");
}

bool step_empty_cart(Walk *walk, Error *err)
{
    if (!walk->is_cart_filled)
        return step_result(walk, OUTCOME_SKIPPED, "nothing was put into the cart");
    for (int i = 0; i < REMOVALS; i++) {
        bool is_found = false;
        if (!cart_visit(walk, &is_found, err))
            return false;
        /* A cart that says nothing once it is empty is known by its address alone. */
        if (i > 0 && !is_found && !cart_again(walk, &is_found, err))
            return false;
        if (!is_found || !walk->document)
            return i > 0 ? removed_unseen(walk) : step_not_found(walk, "the cart");
        Cart cart;
        cart_see(walk, &cart);
        const CartLine *line = cart_line_of(walk, &cart);
        bool is_sent_away = i > 0 && !is_at_cart(walk);
        if (is_sent_away ||
            (!line && (cart.is_empty_said || cart.count > 0 || is_gone(walk))))
            return emptied(walk, &cart, i > 0 || cart.is_empty_said, is_sent_away);
        bool is_tried = false;
        if (line && !remove_line(walk, line, &is_tried, err))
            return false;
        if (!is_tried) {
            visit_fact_absent(walk->visit, "cart.emptied",
                              "no way to remove the line without scripts was found");
            return walk_record(walk)->outcome != OUTCOME_OK ||
                   step_not_found(walk, "a way to remove the line");
        }
    }
    visit_fact_truth(walk->visit, "cart.emptied", false, walk->page);
    return step_result(walk, OUTCOME_NO_EFFECT, "the line stays in the cart");
}
