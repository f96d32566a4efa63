/* steps_buy.c - addToCart: which button, what it did, and the proof.
 *
 * Nothing counts as added until the cart was looked into (traps.md 3).
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/units.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/lexicon.h"
#include "visit/steps.h"

enum {
    SHOP_TEXT = 200,    /* bytes of a message of the shop that are kept */
    SHOWN_PRICES = 200, /* prices of a page that are compared */
};

/** The attempt to add, as far as it came. */
typedef struct Adding {
    Move move;
    bool is_confirmed;           /**< the answer says so, or is the cart */
    bool is_counter_up;          /**< the figure in the cart link grew */
    bool is_named;               /**< the page names the product once more than before */
    bool wants_option;           /**< the answer asks to choose */
    bool is_second;              /**< the runner-up's turn */
    const char *error;           /**< text of the shop; NULL */
    const char *product_scripts; /**< why scripts of the product page may matter */
    int digits_before;           /**< figure in the cart link */
    int names_before;
    const char *url_before;
} Adding;

/* Only a visit without scripts can know whether they are needed. */
static void needs_browser_note(Walk *walk, bool needs)
{
    if (walk->visitor->has_scripts)
        visit_fact_absent(walk->visit, "cart.add_needs_browser",
                          "scripts ran in this visit");
    else
        visit_fact_truth(walk->visit, "cart.add_needs_browser", needs, walk->page);
}

/* "Buy now" stands beside "add to cart": the cart is wanted (trap 7). */
static const Node *add_button(Walk *walk, const Product *product, bool is_second)
{
    const Node *best = product->add_button;
    const Node *second = product->add_runner_up;
    ButtonWords best_words;
    ButtonWords second_words;
    Arena *arena = walk->arena;
    button_words(arena, node_name(arena, walk->document, best, NULL), &best_words);
    StepRecord *record = walk_record(walk);
    match_element(walk, best, product->add_why, product->add_score);
    if (!second)
        return name_is_wallet(&best_words) || is_second ? NULL : best;
    button_words(arena, node_name(arena, walk->document, second, NULL), &second_words);
    if (is_second) {
        match_element(walk, second, "as likely as the first", product->add_runner_up_score);
        return name_buys_at_once(&second_words) || name_is_wallet(&second_words) ? NULL
                                                                                 : second;
    }
    bool is_swapped = (name_buys_at_once(&best_words) || name_is_wallet(&best_words)) &&
                      !name_buys_at_once(&second_words) && !name_is_wallet(&second_words);
    const Node *other = is_swapped ? best : second;
    if (is_swapped)
        match_element(walk, second, "not 'buy now', which passes the cart by",
                      product->add_runner_up_score);
    record->match.runner_up = node_name(arena, walk->document, other, NULL);
    record->match.runner_up_score =
        is_swapped ? product->add_score : product->add_runner_up_score;
    if (!is_swapped && name_is_wallet(&best_words))
        return NULL;
    return is_swapped ? second : best;
}

static bool no_button(Walk *walk, const Product *product)
{
    Visit *visit = walk->visit;
    const char *why = scripts_matter(walk);
    if (product->available == 0) {
        visit_fact_absent(visit, "cart.add_offered", "the product is not available");
        return step_result(walk, OUTCOME_NOT_FOUND, "the product is not available");
    }
    if (why) {
        visit_fact_absent(visit, "cart.add_offered", why);
        needs_browser_note(walk, true);
    } else {
        visit_fact_truth(visit, "cart.add_offered", false, walk->page);
    }
    return step_not_found(walk, "a way to add to the cart");
}

static bool is_number_open(const Walk *walk, const Node *field)
{
    const char *value = walk->state && node_is_tag(field, "input")
                            ? control_value(walk->state, field)
                            : NULL;
    return value && (!*value || strcmp(value, "0") == 0);
}

static bool fill_quantity(Walk *walk, const Product *product, Error *err)
{
    int quantity = (int)step_number(walk, "quantity", 1);
    walk->goods.quantity = quantity;
    /* A field left empty, or at nought, buys nothing: people say how many. */
    if (!product->quantity || (quantity <= 1 && !is_number_open(walk, product->quantity)))
        return true;
    Move move;
    const char *text = arena_printf(walk->arena, "%d", quantity);
    step_typed(walk, "quantity", text);
    return node_is_tag(product->quantity, "select")
               ? act_choose(walk, product->quantity, text, &move, err)
               : act_fill(walk, product->quantity, text, &move, err);
}

static void page_note(Walk *walk, Adding *adding)
{
    adding->digits_before = cart_digits(walk);
    adding->names_before = text_count(walk, walk->goods.name);
    adding->url_before = walk->document ? document_url(walk->document) : "";
}

static void read_answer(Walk *walk, Adding *adding)
{
    const Page *page = walk_page(walk);
    adding->is_confirmed =
        text_says(walk, "added_feedback") || (page && page->kind == PAGE_CART);
    int digits = cart_digits(walk);
    adding->is_counter_up = digits > 0 && digits > adding->digits_before;
    /* A small cart that opens on the same page is an answer too. */
    adding->is_named = walk->document &&
                       !strcmp(document_url(walk->document), adding->url_before) &&
                       text_count(walk, walk->goods.name) > adding->names_before;
    adding->error =
        walk->document ? page_error_text(walk->words, walk->document, walk->arena) : NULL;
    adding->wants_option =
        adding->error && words_match(walk->words, "choose_variant", walk_language(walk),
                                     str_of(adding->error), NULL);
    if (page && page->status < 400)
        step_evidence(walk, 'N');
    if (text_says(walk, "added_feedback"))
        step_evidence(walk, 'A');
    if (adding->is_counter_up)
        step_evidence(walk, 'D');
}

/* The button on the product's card, for products without pages. */
static const Node *card_button(Walk *walk)
{
    CardList cards = {0};
    cards_find(walk->words, walk->document, walk->arena, &cards);
    for (size_t i = 0; i < cards.count; i++) {
        const Card *card = &cards.items[i];
        if (!card->add_button || !names_agree(walk, card->name, walk->goods.name))
            continue;
        match_element(walk, card->add_button, "button on the product's card", 4);
        return card->add_button;
    }
    return NULL;
}

/* The field that asks how many in the card's own form, not in its neighbour's. */
static const Node *card_quantity(const Walk *walk, const Node *button)
{
    const Node *form = form_owner(walk->document, button);
    NodeList controls = {0};
    if (form)
        form_controls(walk->document, form, walk->arena, &controls);
    for (size_t i = 0; i < controls.count; i++)
        if (strcmp(control_type(controls.items[i]), "hidden") != 0 &&
            field_recognise(walk->words, walk->document, controls.items[i]) ==
                FIELD_QUANTITY)
            return controls.items[i];
    return NULL;
}

/* A product without a page is bought from its list, wherever the visitor went since. */
static bool list_reach(Walk *walk, Error *err)
{
    const Page *page = walk_page(walk);
    const char *url = walk->goods.list_url;
    Move move;
    if (!walk->goods.is_quick || !url || (page && is_same_page(walk, page->url, url)))
        return true;
    return act_open(walk, url, PAGE_CATEGORY, &move, err);
}

/* The card's "add to cart" was a link to the product (trap 6): options wait there. */
static bool is_led_to_product(Walk *walk)
{
    const Page *page = walk_page(walk);
    const char *name = walk->goods.name;
    if (!walk->goods.is_quick || !page || page->kind != PAGE_PRODUCT || !walk->document)
        return false;
    Product product;
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    return product.add_button && names_agree(walk, product.name, name);
}

/* The only button buys past any cart: it is the shop's door of payment, and no further way
 * is known. */
static void sold_at_once(Walk *walk, const char *name)
{
    ButtonWords words;
    button_words(walk->arena, name, &words);
    if (!name_buys_at_once(&words) && !name_orders(&words))
        return;
    visit_fact_text(walk->visit, "checkout.door", "payment", walk->page);
    visit_fact_absent(walk->visit, "cart.add_worked", "the shop sells without a cart");
    walk_end(walk, VISIT_STOPPED_BEFORE_PAYMENT, "payment",
             "the shop sells without a cart: '%.60s' buys at once and was not pressed",
             name);
}

/* Press the button. is_tried false: the step's outcome is set. */
static bool add_try(Walk *walk, Adding *adding, bool *is_tried, Error *err)
{
    Product product;
    *is_tried = false;
    if (!list_reach(walk, err))
        return false;
    if (!walk->document)
        return step_result(walk, OUTCOME_FAILED, "no page to buy from");
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    const Node *button = walk->goods.is_quick ? card_button(walk)
                         : product.add_button
                             ? add_button(walk, &product, adding->is_second)
                             : NULL;
    if (!button)
        return no_button(walk, &product);
    if (walk->goods.is_quick)
        product.quantity = card_quantity(walk, button);
    visit_fact_truth(walk->visit, "cart.add_offered", true, walk->page);
    const char *needed = scripts_needed_for(walk, button);
    if (needed) {
        needs_browser_note(walk, true);
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the button '%s': %s",
                           walk_record(walk)->match.text, needed);
    }
    if (!fill_quantity(walk, &product, err))
        return false;
    page_note(walk, adding);
    const char *name = node_name(walk->arena, walk->document, button, NULL);
    adding->product_scripts = scripts_step_in(walk, button);
    if (!act_press(walk, button, PAGE_CART, &adding->move, err))
        return false;
    if (adding->move.result == MOVE_INVALID) {
        *is_tried = true;
        return true;
    }
    if (step_failed(walk, &adding->move, "the button that adds to the cart")) {
        if (walk_record(walk)->outcome == OUTCOME_NEEDS_BROWSER)
            needs_browser_note(walk, true);
        if (adding->move.result == MOVE_REFUSED)
            sold_at_once(walk, name);
        return true;
    }
    *is_tried = true;
    read_answer(walk, adding);
    return true;
}

static bool added(Walk *walk, const Adding *adding)
{
    Visit *visit = walk->visit;
    walk->is_cart_filled = true;
    walk_settle(walk, PAGE_CART, "it holds what was added");
    step_evidence(walk, 'S');
    visit_fact_truth(visit, "cart.add_worked", true, walk->page);
    needs_browser_note(walk, false);
    visit_fact_truth(visit, "cart.add_confirmed", adding->is_confirmed || adding->is_named,
                     walk->page);
    if (adding->move.is_without_script)
        return step_result(walk, OUTCOME_OK_WITHOUT_SCRIPT, "%s",
                           adding->move.reason ? adding->move.reason
                                               : "a script would have stepped in");
    return step_result(walk, OUTCOME_OK, NULL);
}

static bool add_unseen(Walk *walk, const char *what, const char *why)
{
    needs_browser_note(walk, true);
    visit_fact_absent(walk->visit, "cart.add_worked", what);
    return step_result(walk, OUTCOME_NEEDS_BROWSER, "%s; %s", what, why);
}

/* Was another button as likely (within 10 %)? */
static bool is_tie(Walk *walk, const Adding *adding)
{
    const Match *match = &walk_record(walk)->match;
    return adding->is_second || (match->runner_up && walk->goods.url &&
                                 match->runner_up_score >= 0.9 * match->score);
}

static const char *what_came(const Walk *walk, const Cart *cart)
{
    bool is_live = walk->visitor->has_scripts;
    if (!cart->is_readable)
        return is_live ? "neither lines nor emptiness can be read in the cart"
                       : "neither lines nor emptiness can be read in the cart's HTML";
    if (cart->count > 0)
        return is_live ? "the button puts something else into the cart"
                       : "the form as served puts something else into the cart";
    return is_live ? "the button leaves the cart empty"
                   : "the form as served leaves the cart empty";
}

/* The cart does not hold the product. Whose fault is it? */
static bool not_added(Walk *walk, const Adding *adding, const Cart *cart)
{
    const char *why = adding->move.is_without_script && adding->move.reason
                          ? adding->move.reason
                      : adding->product_scripts ? adding->product_scripts
                                                : scripts_matter(walk);
    const char *what = what_came(walk, cart);
    walk_record(walk)->shop_text = adding->error;
    if (why && (!adding->error || adding->wants_option || !cart->is_readable))
        return add_unseen(walk, what, why);
    if (!cart->is_readable)
        return step_result(walk, OUTCOME_UNSURE, "%s", what);
    if (adding->error || !is_tie(walk, adding)) {
        visit_fact_truth(walk->visit, "cart.add_worked", false, walk->page);
        visit_fact_truth(walk->visit, "cart.add_confirmed", adding->is_confirmed,
                         walk->page);
    }
    if (adding->error)
        return step_result(walk, OUTCOME_ERROR_SHOWN, "the shop says: %.*s", SHOP_TEXT,
                           adding->error);
    return walk->visitor->has_scripts ? step_result(walk, OUTCOME_NO_EFFECT, "%s", what)
                                      : step_result(walk, OUTCOME_NO_EFFECT,
                                                    "%s, and no script is to blame", what);
}

static bool no_cart_found(Walk *walk, const Adding *adding)
{
    if (walk->has_ended)
        return true;
    if (adding->is_confirmed && adding->is_counter_up) {
        added(walk, adding);
        return step_result(walk, OUTCOME_UNSURE,
                           "the shop says that it was added; the cart was not found");
    }
    if (adding->product_scripts)
        return add_unseen(walk, "the cart was not found", adding->product_scripts);
    return step_not_found(walk, "the cart");
}

/* Did adding lead to a page that wants the visitor to sign in? */
static bool asks_account(Walk *walk)
{
    const Page *page = walk_page(walk);
    if (!page || !walk->document || page->kind != PAGE_ACCOUNT)
        return false;
    const NodeList *inputs = document_by_tag(walk->document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(control_type(inputs->items[i]), "password") == 0)
            return true;
    return false;
}

/* Address of the page that answered, when it is a cart's and shows the goods' price. */
static const char *cart_answer(const Walk *walk)
{
    const Page *page = walk_page(walk);
    const Goods *goods = &walk->goods;
    if (!page || !walk->document || page->status >= 400 || !is_cart_address(page->url) ||
        (goods->list_url && is_same_page(walk, page->url, goods->list_url)) ||
        (goods->url && is_same_page(walk, page->url, goods->url)))
        return NULL;
    Str text = document_visible_text(walk->document);
    size_t at = 0;
    Price price;
    for (int i = 0; i < SHOWN_PRICES && price_next(text, &at, &price); i++)
        if (goods->price.milli >= 0 && price_equal(&price, &goods->price, 0))
            return page->url;
    return NULL;
}

/* No link leads to it and its lines cannot be read, yet it is where adding led to. */
static bool answered_by_cart(Walk *walk, const Adding *adding, const char *answer,
                             Error *err)
{
    Move move;
    walk->cart_url = answer;
    if (!act_open(walk, answer, PAGE_CART, &move, err))
        return false;
    if (step_failed(walk, &move, "the cart"))
        return true;
    added(walk, adding);
    return step_result(walk, OUTCOME_UNSURE,
                       "adding leads to a page that is the cart by its address and the "
                       "price on it; its lines could not be read");
}

static bool verify(Walk *walk, const Adding *adding, Error *err)
{
    const Page *page = walk_page(walk);
    if (page && page->status >= 400 && !adding->product_scripts) {
        visit_fact_truth(walk->visit, "cart.add_worked", false, walk->page);
        return step_result(walk, OUTCOME_ERROR_SHOWN, "the shop answers with status %d",
                           page->status);
    }
    if (asks_account(walk)) {
        needs_browser_note(walk, false);
        passage_account(walk);
        return true;
    }
    bool is_found = false;
    Match match = walk_record(walk)->match;
    const char *answer = cart_answer(walk);
    if (!cart_visit(walk, &is_found, err))
        return false;
    walk_record(walk)->match = match;
    if (!is_found && answer && !walk->has_ended)
        return answered_by_cart(walk, adding, answer, err);
    if (!is_found || !walk->document)
        return no_cart_found(walk, adding);
    Cart cart;
    cart_see(walk, &cart);
    if (cart_line_of(walk, &cart) || (cart.count == 0 && cart_mentions(walk)))
        return added(walk, adding);
    return not_added(walk, adding, &cart);
}

static bool is_added(const Walk *walk)
{
    const Fact *fact = visit_fact(walk->visit, "cart.add_worked");
    return fact && fact->state == FACT_TRUTH && fact->truth;
}

/* Once more with (other) options chosen, from the product's page. */
static bool add_again(Walk *walk, Adding *adding, bool *is_tried, Error *err)
{
    const Page *page = walk_page(walk);
    Move move;
    if (page && walk->goods.url && !is_same_page(walk, page->url, walk->goods.url) &&
        !act_open(walk, walk->goods.url, PAGE_PRODUCT, &move, err))
        return false;
    int count = 0;
    const char *needs = NULL;
    if (!options_choose(walk, true, &count, &needs, err))
        return false;
    *is_tried = false;
    if (count == 0)
        return true;
    *adding = (Adding){0};
    return add_try(walk, adding, is_tried, err);
}

/* The first attempt, with what the page asks for on the way: its options, or the product's
 * own page. is_tried false: the outcome is set. */
static bool add_first(Walk *walk, Adding *adding, bool *is_tried, Error *err)
{
    int count = 0;
    const char *needs = NULL;
    if (!add_try(walk, adding, is_tried, err))
        return false;
    if (*is_tried && is_led_to_product(walk)) {
        walk->goods.is_quick = false;
        *adding = (Adding){0};
        (void)goods_bind(walk);
        if (!options_choose(walk, false, &count, &needs, err) ||
            !add_try(walk, adding, is_tried, err))
            return false;
    }
    /* The shop says what is missing; a script may have kept it from being sent. */
    bool is_refused = adding->error && !adding->is_counter_up && !adding->is_confirmed &&
                      walk->visitor->has_scripts;
    if (!*is_tried ||
        (adding->move.result != MOVE_INVALID && !adding->wants_option && !is_refused))
        return true;
    Adding first = *adding;
    bool again = false;
    if (!add_again(walk, adding, &again, err))
        return false;
    if (!again)
        *adding = first;
    return true;
}

/* Nothing came of it and nothing was said: another choice of options, or the words that the
 * product asks for, may be what is missing. */
static bool add_otherwise(Walk *walk, Error *err)
{
    Match first = walk_record(walk)->match;
    Adding adding = {0};
    bool is_tried = false;
    if (walk_record(walk)->outcome != OUTCOME_NO_EFFECT || !walk->visitor->has_scripts ||
        walk->goods.is_quick || walk->has_ended)
        return true;
    StepRecord kept = *walk_record(walk);
    if (!add_again(walk, &adding, &is_tried, err) ||
        (is_tried && !verify(walk, &adding, err)))
        return false;
    if (is_added(walk))
        return step_result(walk, OUTCOME_OK_HEALED,
                           "'%s' does nothing until everything is chosen", first.text);
    if (!is_tried)
        *walk_record(walk) = kept;
    return true;
}

/* Two buttons were as likely, and the first did nothing: the second's turn. */
static bool add_second(Walk *walk, Error *err)
{
    Match first = walk_record(walk)->match;
    Adding adding = {.is_second = true};
    bool is_tried = false;
    Move move;
    if (walk_record(walk)->outcome != OUTCOME_NO_EFFECT || !is_tie(walk, &(Adding){0}))
        return true;
    if (!act_open(walk, walk->goods.url, PAGE_PRODUCT, &move, err) ||
        !add_try(walk, &adding, &is_tried, err))
        return false;
    if (is_tried && !verify(walk, &adding, err))
        return false;
    if (is_added(walk))
        return step_result(walk, OUTCOME_OK_HEALED, "'%s' does nothing, '%s' adds",
                           first.text, first.runner_up);
    visit_fact_absent(walk->visit, "cart.add_worked", "two buttons are as likely");
    walk_record(walk)->match = first;
    return step_result(walk, OUTCOME_UNSURE,
                       "'%s' and '%s' are as likely, and neither fills the cart",
                       first.text, first.runner_up);
}

/* The same product once more, from where it was bought. */
static bool add_anew(Walk *walk, Error *err)
{
    const Page *page = walk_page(walk);
    const Goods *goods = &walk->goods;
    Adding adding = {0};
    Move move;
    bool is_tried = false;
    int count = 0;
    const char *needs = NULL;
    if (!goods->is_quick && goods->url &&
        !(page && is_same_page(walk, page->url, goods->url)) &&
        !act_open(walk, goods->url, PAGE_PRODUCT, &move, err))
        return false;
    if (!goods->is_quick && walk->document &&
        !options_choose(walk, false, &count, &needs, err))
        return false;
    return add_try(walk, &adding, &is_tried, err);
}

bool goods_add_again(Walk *walk, bool *is_filled, Error *err)
{
    StepRecord kept = *walk_record(walk);
    bool is_found = false;
    *is_filled = false;
    if (!add_anew(walk, err) || (!walk->has_ended && !cart_visit(walk, &is_found, err)))
        return false;
    if (is_found && walk->document) {
        Cart cart;
        cart_see(walk, &cart);
        *is_filled = cart_line_of(walk, &cart) || (cart.count == 0 && cart_mentions(walk));
    }
    /* What it cost is no effort of the shop's customers. */
    kept.page = walk_record(walk)->page;
    *walk_record(walk) = kept;
    return true;
}

bool step_add_to_cart(Walk *walk, Error *err)
{
    if (!walk->goods.is_bound && !goods_bind(walk))
        return step_result(walk, OUTCOME_FAILED, "no product page is open");
    Adding adding = {0};
    bool is_tried = false;
    if (!add_first(walk, &adding, &is_tried, err))
        return false;
    if (!is_tried)
        return true;
    if (adding.move.result == MOVE_INVALID) {
        step_failed(walk, &adding.move, "the buy form");
        const char *why = scripts_matter(walk);
        return !why || add_unseen(walk, walk_record(walk)->reason, why);
    }
    if (!verify(walk, &adding, err) || !add_otherwise(walk, err) || !add_second(walk, err))
        return false;
    const Page *page = walk_page(walk);
    if (is_added(walk) && page && page->stage != STAGE_NONE && page->kind == PAGE_CHECKOUT)
        step_result(walk, OUTCOME_OK, "the way to the cart leads to the checkout");
    return true;
}
