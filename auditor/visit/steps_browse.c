/* steps_browse.c - arriving and looking around: open, consent, dismiss, openCategory,
 * openProduct, back, reload, read, note.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/css.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum {
    LIST_CARDS = 3,       /* cards that make a list */
    CATEGORY_TRIES = 5,   /* menu links tried before giving up */
    PRODUCT_TRIES = 3,    /* cards tried */
    READABLE_BYTES = 200, /* visible text that makes a page readable */
};

/* The other spelling of the address: with or without www. NULL for IP addresses and hosts
 * without a dot. */
static const char *other_spelling(const Walk *walk, const char *address)
{
    Url url;
    if (!url_parse(walk->arena, str_of(address), NULL, &url, NULL) ||
        !strchr(url.host, '.') || url_is_loopback(&url) || url.host[0] == '[')
        return NULL;
    const char *host = strncmp(url.host, "www.", 4) == 0
                           ? url.host + 4
                           : arena_printf(walk->arena, "www.%s", url.host);
    const char *port = url.port ? arena_printf(walk->arena, ":%d", url.port) : "";
    return arena_printf(walk->arena, "%s://%s%s%s", url.scheme, host, port, url.path);
}

static void home_facts(Walk *walk, const Move *move)
{
    const Page *page = walk_page(walk);
    double first_ms = page ? page->metrics[METRIC_HTML] : NAN;
    if (isnan(first_ms))
        first_ms = (double)walk_record(walk)->effort.machine_us / 1000.0;
    visit_fact_number(walk->visit, "visit.first_ms", first_ms, move->page);
    CandidateList categories;
    candidates_categories(walk, &categories);
    if (categories.count == 0 && scripts_matter(walk))
        visit_fact_absent(walk->visit, "home.category_links",
                          "none in the HTML; scripts may draw the menu");
    else
        visit_fact_number(walk->visit, "home.category_links", (double)categories.count,
                          walk->page);
    facts_cookies(walk);
}

static bool shows_goods(Walk *walk)
{
    CardList cards = {0};
    size_t offset = 0;
    Price price;
    cards_find(walk->words, walk->document, walk->arena, &cards);
    return cards.count > 0 ||
           price_next(document_visible_text(walk->document), &offset, &price);
}

static bool judge_first_page(Walk *walk, const Move *move)
{
    const Page *page = walk_page(walk);
    if (!page || !walk->document)
        return step_result(walk, OUTCOME_FAILED, "the answer is no HTML page");
    if (page->kind == PAGE_CLOSED)
        return step_result(walk, OUTCOME_ERROR_SHOWN, "the shop is closed");
    if (page->status >= 400)
        return step_result(walk, OUTCOME_ERROR_SHOWN,
                           "the first page answers with status %d", page->status);
    walk->home_url = page->url;
    walk->clicks = 0;
    walk->is_home_shell = page->is_script_shell;
    walk_recognise(walk, PAGE_HOME);
    if (!page->is_script_shell)
        walk_settle(walk, PAGE_HOME, "the address given");
    home_facts(walk, move);
    search_seeds(walk);
    if (page->is_script_shell && !walk->visitor->has_scripts)
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "the first page's HTML is an empty shell that scripts fill");
    /* Few words are no empty page where goods and prices stand. */
    if (document_visible_text(walk->document).length < READABLE_BYTES &&
        !shows_goods(walk) && scripts_matter(walk))
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "the first page holds hardly any text, and %s",
                           scripts_matter(walk));
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

bool step_open(Walk *walk, Error *err)
{
    const char *url = step_text(walk, "url", walk->visit->site);
    Move move;
    if (!act_open(walk, url, PAGE_HOME, &move, err))
        return false;
    bool is_other = false;
    if (move.result == MOVE_UNREACHABLE) {
        const char *other = other_spelling(walk, url);
        const char *reason = move.reason;
        if (other) {
            if (!act_open(walk, other, PAGE_HOME, &move, err))
                return false;
            is_other = move.result == MOVE_PAGE;
            if (!is_other)
                move.reason = reason;
        }
    }
    if (step_failed(walk, &move, "the first page"))
        return true;
    judge_first_page(walk, &move);
    if (is_other && step_is_ok(walk_record(walk)->outcome))
        step_result(walk, OUTCOME_OK_HEALED, "only '%s' answers", walk->home_url);
    return true;
}

/* --- consent --- */

static bool is_consent_layer(const Walk *walk, const Node *node)
{
    const Node *up = node_parent(node);
    for (int level = 0; up && level < 6 && !node_is_tag(up, "body"); level++) {
        Str text = node_visible_text(document_arena(walk->document), up);
        if (words_match(walk->words, "consent_words", walk_language(walk), text, NULL))
            return true;
        up = node_parent(up);
    }
    return false;
}

static const Node *consent_button(Walk *walk, const char *intent, bool *is_scripted)
{
    CandidateList list;
    candidates_named(walk, intent, PLACE_MAIN, &list);
    for (size_t i = 0; i < list.count; i++) {
        const Node *node = list.items[i].node;
        Str name = str_of(list.items[i].text);
        if (words_match(walk->words, "pay_to_refuse", walk_language(walk), name, NULL) ||
            !is_consent_layer(walk, node))
            continue;
        if (scripts_needed_for(walk, node)) {
            *is_scripted = true;
            continue;
        }
        candidates_match(walk, &list, i);
        return node;
    }
    return NULL;
}

bool step_consent(Walk *walk, Error *err)
{
    const char *choice = step_text(walk, "choice", NULL);
    if (!choice && walk->visitor->persona)
        choice = walk->visitor->persona->consent;
    bool accepts = choice && strcmp(choice, "accept") == 0;
    if (!walk->document || (choice && strcmp(choice, "ignore") == 0))
        return step_result(walk, OUTCOME_SKIPPED, "the visitor ignores the question");
    bool is_scripted = false;
    const char *intent = accepts ? "accept_cookies" : "refuse_cookies";
    const Node *button = consent_button(walk, intent, &is_scripted);
    if (!button)
        return step_result(walk, OUTCOME_SKIPPED, "%s",
                           is_scripted
                               ? "the question can only be answered by a script; without "
                                 "scripts it does not stand in the way"
                               : "no question about cookies in the HTML");
    Move move;
    int clicks = walk->clicks;
    if (!act_press(walk, button, PAGE_UNKNOWN, &move, err))
        return false;
    /* The answer leads nowhere: it is no click on the way to a product. */
    walk->clicks = clicks;
    if (step_failed(walk, &move, "the answer to the cookie question"))
        return true;
    walk->is_consent_given = true;
    step_typed(walk, "cookies", accepts ? "accepted" : "refused");
    if (consent_button(walk, intent, &is_scripted))
        return step_result(walk, walk->scripts ? OUTCOME_UNSURE : OUTCOME_NO_EFFECT,
                           "the question is asked again");
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

bool step_dismiss(Walk *walk, Error *err)
{
    if (!walk->document)
        return step_result(walk, OUTCOME_SKIPPED, "no page");
    NodeList layers = {0};
    select_all(walk->document, NULL, "dialog[open], [role=dialog], [aria-modal=true]",
               walk->arena, &layers);
    for (size_t i = 0; i < layers.count; i++) {
        if (node_visibility(layers.items[i]) == VISIBILITY_HIDDEN)
            continue;
        const Node *close =
            words_find(walk->words, "close", walk->document, layers.items[i]);
        if (!close || scripts_needed_for(walk, close))
            continue;
        Move move;
        match_element(walk, close, "closes a dialog", 2);
        if (!act_press(walk, close, PAGE_UNKNOWN, &move, err))
            return false;
        return step_failed(walk, &move, "the closing button") ||
               step_result(walk, OUTCOME_OK, NULL);
    }
    return step_result(walk, OUTCOME_SKIPPED, "nothing lies over the page");
}

/* --- category --- */

static size_t count_cards(Walk *walk)
{
    CardList cards = {0};
    if (walk->document)
        cards_find(walk->words, walk->document, walk->arena, &cards);
    return cards.count;
}

static const Candidate *category_wanted(const Walk *walk, const CandidateList *list,
                                        size_t turn)
{
    const char *name = step_text(walk, "name", NULL);
    if (walk->step->kind != STEP_KIND_OPEN_CATEGORY)
        name = NULL;
    if (name) {
        for (size_t i = 0; i < list->count; i++)
            if (names_agree(walk, list->items[i].text, name))
                return turn == 0 ? &list->items[i] : NULL;
        return NULL;
    }
    size_t first = walk->step->kind == STEP_KIND_OPEN_CATEGORY
                       ? (size_t)step_number(walk, "index", 0)
                       : 0;
    return first + turn < list->count ? &list->items[first + turn] : NULL;
}

bool category_open(Walk *walk, bool *is_open, Error *err)
{
    *is_open = false;
    Move move;
    size_t tried = 0;
    for (; tried < CATEGORY_TRIES; tried++) {
        /* The list is read anew: nodes are stale after a move. */
        if (tried > 0 && !act_home(walk, &move, err))
            return false;
        CandidateList list;
        candidates_categories(walk, &list);
        const Candidate *wanted = category_wanted(walk, &list, tried);
        if (!wanted)
            break;
        candidates_match(walk, &list, (size_t)(wanted - list.items));
        if (!act_press(walk, wanted->node, PAGE_CATEGORY, &move, err))
            return false;
        if (move.result == MOVE_BLOCKED || move.result == MOVE_UNREACHABLE) {
            step_failed(walk, &move, "the category's link");
            return true;
        }
        if (move.result == MOVE_PAGE && count_cards(walk) >= LIST_CARDS) {
            *is_open = true;
            step_evidence(walk, 'S');
            return step_result(walk, OUTCOME_OK, NULL);
        }
    }
    if (tried > 0)
        return step_result(walk,
                           scripts_matter(walk) ? OUTCOME_NEEDS_BROWSER : OUTCOME_FAILED,
                           "none of %zu links of the menu leads to a list of products%s%s",
                           tried, scripts_matter(walk) ? ", and " : "",
                           scripts_matter(walk) ? scripts_matter(walk) : "");
    return step_not_found(walk, "a link to a category");
}

bool step_open_category(Walk *walk, Error *err)
{
    bool is_open = false;
    size_t home_cards = count_cards(walk);
    if (!category_open(walk, &is_open, err))
        return false;
    StepOutcome outcome = walk_record(walk)->outcome;
    bool is_lost = outcome == OUTCOME_NOT_FOUND || outcome == OUTCOME_NEEDS_BROWSER;
    if (!is_open && is_lost && home_cards >= LIST_CARDS && !walk->has_ended) {
        /* Trap 13: the first page is the list. */
        Move move;
        if (!act_home(walk, &move, err))
            return false;
        return step_result(walk, OUTCOME_OK_HEALED,
                           "no link to a category; the page itself lists products");
    }
    return true;
}

/* --- product --- */

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

static bool is_wanted_card(const Walk *walk, const Card *card)
{
    const char *pick = step_text(walk, "pick", "first");
    const char *name = strcmp(pick, "name") == 0 ? step_text(walk, "name", NULL) : NULL;
    const char *url = NULL;
    if (!card->link || !is_site_link(walk, card->link, &url) ||
        guard_url_changes_state(walk->arena, url))
        return false;
    if (card->is_sold_out && step_bool(walk, "inStock", true))
        return false;
    return !name || names_agree(walk, card->name, name);
}

/* The turn-th card that is wanted, in the order that pick asks for. */
static const Card *card_pick(const Walk *walk, const CardList *cards, size_t turn)
{
    const char *pick = step_text(walk, "pick", "first");
    bool by_price = strcmp(pick, "cheapest") == 0;
    size_t skip =
        turn + (strcmp(pick, "nth") == 0 ? (size_t)step_number(walk, "nth", 0) : 0);
    const Card *best = NULL;
    for (size_t i = 0; i < cards->count; i++) {
        const Card *card = &cards->items[i];
        if (!is_wanted_card(walk, card))
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
    if (!page || page->kind != PAGE_PRODUCT || !goods_bind(walk))
        return false;
    product_facts(walk);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, "already on the product's page");
}

/* Products without pages of their own: the button on the card sells them. */
static bool product_on_card(Walk *walk, const char *list_url, bool *is_bound, Error *err)
{
    const char *reason = walk_record(walk)->reason;
    StepOutcome outcome = walk_record(walk)->outcome;
    Move move;
    if (!act_open(walk, list_url, PAGE_CATEGORY, &move, err))
        return false;
    CardList cards = {0};
    if (walk->document)
        cards_find(walk->words, walk->document, walk->arena, &cards);
    const Card *card = card_pick(walk, &cards, 0);
    if (!card || !card->has_add_button || !*card->name)
        return step_result(walk, outcome, "%s", reason ? reason : "");
    Goods *goods = &walk->goods;
    goods->is_bound = goods->is_quick = *is_bound = true;
    goods->name = arena_text(walk->arena, card->name);
    goods->price = card->price;
    goods->tax = tax_display(walk);
    goods->url = NULL;
    visit_fact_text(walk->visit, "product.name", goods->name, walk->page);
    return step_result(walk, OUTCOME_OK_HEALED, "%s; the list itself sells it",
                       reason ? reason : "no product page opens");
}

static bool product_from_list(Walk *walk, Error *err)
{
    const Page *list_page = walk_page(walk);
    const char *list_url = list_page ? list_page->url : NULL;
    Move move;
    bool is_open = false;
    for (size_t turn = 0; turn < PRODUCT_TRIES && !is_open && !walk->has_ended; turn++) {
        if (turn > 0 && !act_open(walk, list_url, PAGE_CATEGORY, &move, err))
            return false;
        CardList cards = {0};
        if (walk->document)
            cards_find(walk->words, walk->document, walk->arena, &cards);
        const Card *card = card_pick(walk, &cards, turn);
        if (!card)
            return turn > 0 || step_not_found(walk, "a product that can be bought");
        if (turn == 0)
            visit_fact_number(walk->visit, "list.cards", (double)cards.count, walk->page);
        if (!product_try(walk, card, &is_open, err))
            return false;
    }
    if (is_open || walk->has_ended)
        return true;
    bool is_bound = false;
    if (!product_on_card(walk, list_url, &is_bound, err))
        return false;
    if (!is_bound && scripts_matter(walk))
        step_result(walk, OUTCOME_NEEDS_BROWSER, "no product page could be read, and %s",
                    scripts_matter(walk));
    return true;
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
    if (count_cards(walk) == 0) {
        if (product_is_shown(walk))
            return true;
        bool is_open = false;
        if (!act_home(walk, &move, err))
            return false;
        if (count_cards(walk) == 0 && !category_open(walk, &is_open, err))
            return false;
        if (walk->has_ended || count_cards(walk) == 0)
            return true;
    }
    return product_from_list(walk, err);
}

/* --- small ones --- */

bool step_back(Walk *walk, Error *err)
{
    Move move;
    if (!act_go(walk, HISTORY_BACK, PAGE_UNKNOWN, &move, err))
        return false;
    return step_failed(walk, &move, "going back") || step_result(walk, OUTCOME_OK, NULL);
}

bool step_reload(Walk *walk, Error *err)
{
    Move move;
    if (!act_go(walk, HISTORY_RELOAD, PAGE_UNKNOWN, &move, err))
        return false;
    return step_failed(walk, &move, "reloading") || step_result(walk, OUTCOME_OK, NULL);
}

bool step_read(Walk *walk, Error *err)
{
    (void)err;
    double pause_ms = step_number(walk, "ms", 1000);
    if (pause_ms > 60000)
        pause_ms = 60000;
    if (walk->options->is_human_pace)
        clock_sleep_us(walk->visitor->clock, (int64_t)(pause_ms * 1000));
    return step_result(walk, OUTCOME_OK, NULL);
}

bool step_note(Walk *walk, Error *err)
{
    (void)err;
    return step_result(walk, OUTCOME_OK, "%s", step_text(walk, "text", ""));
}
