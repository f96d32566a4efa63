/* steps_product.c - openProduct: from a list to the product's page, or to its card where it
 * has no page.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum { PRODUCT_TRIES = 3 /* cards tried */ };

bool goods_bind(Walk *walk)
{
    if (!walk->document)
        return false;
    Product product;
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    const Page *page = walk_page(walk);
    bool is_kind = page && page->kind == PAGE_PRODUCT;
    bool has_price = product.price.milli >= 0 || product.schema_price.milli >= 0;
    Goods *goods = &walk->goods;
    /* A card led here and the page bears its name: a product's, even one without a button.
     */
    bool is_named = goods->is_listed && names_agree(walk, goods->list_name, product.name);
    if (!product.name || !*product.name ||
        (!is_kind && !(has_price && (product.add_button || is_named))))
        return false;
    goods->is_bound = true;
    goods->name = arena_text(walk->arena, product.name);
    goods->sku = arena_text(walk->arena, product.sku);
    goods->url = page ? page->url : NULL;
    goods->price = product.price.milli >= 0 ? product.price : product.schema_price;
    goods->tax = tax_display(walk);
    return true;
}

static void product_facts(Walk *walk)
{
    Visit *visit = walk->visit;
    Product product;
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    visit_fact_text(visit, "product.name", walk->goods.name, walk->page);
    visit_fact_number(visit, "product.clicks_from_home", walk->clicks, walk->page);
    if (product.price.milli >= 0)
        visit_fact_number(visit, "product.price", price_number(&product.price), walk->page);
    else
        visit_fact_absent(visit, "product.price", "no price was read on the product page");
    const char *currency = walk->goods.price.currency;
    if (*currency)
        visit_fact_text(visit, "product.currency", arena_text(walk->arena, currency),
                        walk->page);
    if (product.available >= 0)
        visit_fact_truth(visit, "product.available", product.available == 1, walk->page);
    else
        visit_fact_absent(visit, "product.available", "the page does not say");
    int agrees =
        prices_agree(&product.price, TAX_UNSAID, &product.schema_price, TAX_UNSAID);
    if (agrees >= 0)
        visit_fact_truth(visit, "product.schema_price_matches", agrees == 1, walk->page);
    else
        visit_fact_absent(visit, "product.schema_price_matches",
                          "no price in structured data, or none shown");
    visit_fact_truth(visit, "product.delivery_cost_shown",
                     text_says(walk, "shipping_cost") || text_says(walk, "free_shipping"),
                     walk->page);
    visit_fact_truth(visit, "product.delivery_time_shown", text_says(walk, "delivery_time"),
                     walk->page);
}

static void list_facts(Walk *walk, TaxDisplay list_tax)
{
    Visit *visit = walk->visit;
    const Goods *goods = &walk->goods;
    if (!goods->is_listed)
        return;
    if (goods->list_price.milli >= 0)
        visit_fact_number(visit, "list.price", price_number(&goods->list_price),
                          walk->page);
    int agrees = prices_agree(&goods->list_price, list_tax, &goods->price, goods->tax);
    if (agrees >= 0) {
        visit_fact_truth(visit, "list.price_matches", agrees == 1, walk->page);
        visit_fact_evidence(visit,
                            arena_printf(walk->arena, "%s in the list, %s on the page",
                                         money_text(walk->arena, &goods->list_price),
                                         money_text(walk->arena, &goods->price)));
    } else {
        visit_fact_absent(visit, "list.price_matches",
                          "one of the prices is missing, or tax is shown differently");
    }
    if (goods->list_name && *goods->list_name)
        visit_fact_truth(visit, "list.name_matches",
                         names_agree(walk, goods->list_name, goods->name), walk->page);
}

/* Is it what the step asks for? */
static bool is_asked_for(const Walk *walk, const Card *card)
{
    const char *pick = step_text(walk, "pick", "first");
    const char *name = strcmp(pick, "name") == 0 ? step_text(walk, "name", NULL) : NULL;
    if (card->is_sold_out && step_bool(walk, "inStock", true))
        return false;
    return !name || names_agree(walk, card->name, name);
}

/* Has it a page of its own? */
static bool is_page_card(const Walk *walk, const Card *card)
{
    const char *url = NULL;
    return card->link && is_site_link(walk, card->link, &url) &&
           !guard_url_changes_state(walk->arena, url) && is_asked_for(walk, card);
}

/* Can it be bought from where it stands? */
static bool is_quick_card(const Walk *walk, const Card *card)
{
    return card->add_button && *card->name && is_asked_for(walk, card);
}

/** Which cards a step may choose. */
typedef bool CardTest(const Walk *walk, const Card *card);

/* The turn-th card that is wanted, in the order that pick asks for. */
static const Card *card_pick(const Walk *walk, const CardList *cards, CardTest *test,
                             size_t turn)
{
    const char *pick = step_text(walk, "pick", "first");
    bool by_price = strcmp(pick, "cheapest") == 0;
    size_t skip =
        turn + (strcmp(pick, "nth") == 0 ? (size_t)step_number(walk, "nth", 0) : 0);
    const Card *best = NULL;
    for (size_t i = 0; i < cards->count; i++) {
        const Card *card = &cards->items[i];
        if (!test(walk, card))
            continue;
        if (by_price && turn == 0) {
            if (card->price.milli >= 0 && (!best || card->price.milli < best->price.milli))
                best = card;
            continue;
        }
        if (skip-- == 0)
            return card;
    }
    return best;
}

/* Does the page say that it cannot be had, and offer no button either? */
static bool is_sold_out(const Walk *walk)
{
    Product product;
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    return product.available == 0 &&
           (!product.add_button || control_is_disabled(product.add_button));
}

static bool product_try(Walk *walk, const Card *card, bool *is_open, Error *err)
{
    TaxDisplay list_tax = tax_display(walk);
    Goods *goods = &walk->goods;
    goods->is_listed = true;
    goods->list_name = arena_text(walk->arena, card->name);
    goods->list_price = card->price;
    match_element(walk, card->link, "link of a product card", 4);
    Move move;
    if (!act_press(walk, card->link, PAGE_PRODUCT, &move, err))
        return false;
    *is_open = false;
    if (step_failed(walk, &move, "the product's link"))
        return true;
    if (goods_bind(walk) && step_bool(walk, "inStock", true) && is_sold_out(walk))
        return step_result(walk, OUTCOME_FAILED, "'%s' is sold out", goods->name);
    if (goods_bind(walk)) {
        *is_open = true;
        walk_settle(walk, PAGE_PRODUCT, "the name on the card that led here, and a price");
        product_facts(walk);
        list_facts(walk, list_tax);
        step_evidence(walk, 'S');
        return step_result(walk, OUTCOME_OK, NULL);
    }
    const Page *page = walk_page(walk);
    return step_result(walk, OUTCOME_FAILED, "'%s' is no product page (status %d)",
                       page ? page->url : "?", page ? page->status : 0);
}

/* Products without a card list: the page may itself be the product's (a search that led
 * straight to it). */
static bool product_is_shown(Walk *walk)
{
    const Page *page = walk_page(walk);
    Product product;
    if (!page || !walk->document)
        return false;
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    if ((page->kind != PAGE_PRODUCT && (product.price.milli < 0 || !product.add_button)) ||
        !goods_bind(walk))
        return false;
    walk_settle(walk, PAGE_PRODUCT, "a name, a price and a way to buy");
    product_facts(walk);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, "already on the product's page");
}

static void quick_facts(Walk *walk)
{
    Visit *visit = walk->visit;
    const Goods *goods = &walk->goods;
    visit_fact_text(visit, "product.name", goods->name, walk->page);
    visit_fact_number(visit, "product.clicks_from_home", walk->clicks, walk->page);
    if (goods->price.milli < 0)
        return;
    visit_fact_number(visit, "list.price", price_number(&goods->price), walk->page);
    if (*goods->price.currency)
        visit_fact_text(visit, "product.currency",
                        arena_text(walk->arena, goods->price.currency), walk->page);
}

/* Products without pages of their own: the button on the card sells them. tried: why no
 * page could be opened; NULL: no card leads to one. */
static bool product_on_card(Walk *walk, const char *list_url, const char *tried,
                            bool *is_bound, Error *err)
{
    const Page *page = walk_page(walk);
    Move move;
    *is_bound = false;
    if (!page || !is_same_page(walk, page->url, list_url)) {
        StepOutcome outcome = walk_record(walk)->outcome;
        if (!act_open(walk, list_url, PAGE_CATEGORY, &move, err))
            return false;
        step_result(walk, outcome, tried ? "%s" : NULL, tried);
    }
    CardList cards = {0};
    if (walk->document)
        cards_find(walk->words, walk->document, walk->arena, &cards);
    const Card *card = card_pick(walk, &cards, is_quick_card, 0);
    if (!card)
        return true;
    Goods *goods = &walk->goods;
    goods->is_bound = goods->is_quick = *is_bound = true;
    goods->name = goods->list_name = arena_text(walk->arena, card->name);
    goods->price = goods->list_price = card->price;
    goods->tax = tax_display(walk);
    goods->url = NULL;
    goods->list_url = list_url;
    match_element(walk, card->add_button, "button on the product's card", 4);
    visit_fact_number(walk->visit, "list.cards", (double)cards.count, walk->page);
    quick_facts(walk);
    step_evidence(walk, 'S');
    return tried
               ? step_result(walk, OUTCOME_OK_HEALED, "%s; the list itself sells it", tried)
               : step_result(walk, OUTCOME_OK,
                             "no page of its own: '%s' is sold from the list", goods->name);
}

static bool product_from_list(Walk *walk, bool *is_open, Error *err)
{
    const Page *list_page = walk_page(walk);
    const char *list_url = list_page ? list_page->url : NULL;
    const char *tried = NULL;
    Move move;
    *is_open = false;
    for (size_t turn = 0; turn < PRODUCT_TRIES && !*is_open && !walk->has_ended; turn++) {
        if (turn > 0 && !act_open(walk, list_url, PAGE_CATEGORY, &move, err))
            return false;
        CardList cards = {0};
        if (walk->document)
            cards_find(walk->words, walk->document, walk->arena, &cards);
        const Card *card = card_pick(walk, &cards, is_page_card, turn);
        if (!card)
            break;
        if (turn == 0)
            visit_fact_number(walk->visit, "list.cards", (double)cards.count, walk->page);
        if (!product_try(walk, card, is_open, err))
            return false;
        tried = walk_record(walk)->reason;
    }
    if (*is_open || walk->has_ended)
        return true;
    if (!product_on_card(walk, list_url, tried, is_open, err) || *is_open)
        return *is_open;
    if (!tried)
        return step_not_found(walk, "a product that can be bought");
    if (scripts_matter(walk))
        step_result(walk, OUTCOME_NEEDS_BROWSER, "no product page could be read, and %s",
                    scripts_matter(walk));
    return true;
}

/* Nothing of this list can be had: another list is looked at, once. */
static bool product_elsewhere(Walk *walk, bool *is_open, Error *err)
{
    Move move;
    StepOutcome outcome = walk_record(walk)->outcome;
    const char *why = walk_record(walk)->reason;
    bool is_list = false;
    if (!act_home(walk, &move, err) || !category_open(walk, &is_list, err))
        return false;
    if (walk->has_ended)
        return true;
    if (is_list && list_cards(walk) > 0 && !product_from_list(walk, is_open, err))
        return false;
    if (walk->has_ended)
        return true;
    if (*is_open)
        return step_result(walk, OUTCOME_OK_HEALED, "%s; another list was opened", why);
    return step_result(walk, outcome, "%s", why);
}

bool step_open_product(Walk *walk, Error *err)
{
    if (!walk->document)
        return step_result(walk, OUTCOME_FAILED, "no page to choose from");
    const char *url = step_text(walk, "url", NULL);
    Move move;
    if (url && *url) {
        if (!act_open(walk, url, PAGE_PRODUCT, &move, err))
            return false;
        if (step_failed(walk, &move, "the product's address") || product_is_shown(walk))
            return true;
        return step_result(walk, OUTCOME_FAILED, "'%s' is no product page", url);
    }
    if (list_cards(walk) == 0) {
        if (product_is_shown(walk))
            return true;
        bool is_open = false;
        if (!act_home(walk, &move, err))
            return false;
        if (list_cards(walk) == 0 && !category_open(walk, &is_open, err))
            return false;
        if (walk->has_ended ||
            (list_cards(walk) == 0 && is_open && product_is_shown(walk)) ||
            list_cards(walk) == 0)
            return true;
    }
    bool is_open = false;
    if (!product_from_list(walk, &is_open, err))
        return false;
    bool is_named = strcmp(step_text(walk, "pick", "first"), "first") != 0;
    return is_open || walk->has_ended || is_named || !walk->document ||
           product_elsewhere(walk, &is_open, err);
}
