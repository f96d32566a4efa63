/* steps_browse.c - arriving and looking around: open, consent and what refusing changes,
 * dismiss, keyboard, openCategory, back, reload, read, note.
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
    CATEGORY_TRIES = 6,   /* links tried before giving up */
    MENU_SCORE = 1,       /* at least: links of menus and of categories' addresses */
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

/* A shop of a few products may have no families of them. */
static bool lists_products(Walk *walk)
{
    CardList cards = {0};
    cards_find(walk->words, walk->document, walk->arena, &cards);
    return cards.count > 0 && !cards.is_secondary;
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
    else if (categories.count == 0 && lists_products(walk))
        visit_fact_absent(walk->visit, "home.category_links",
                          "the first page lists the products themselves");
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

/* Where there is no page, nothing can be said about the shop: no dead end of its own. */
static bool no_page(Walk *walk, const Page *page)
{
    const Exchange *answer =
        page && page->document >= 0 ? walk->visit->exchanges[page->document] : NULL;
    const char *why = "nothing came";
    if (answer && answer->error)
        why = answer->error;
    else if (answer)
        why = arena_printf(walk->arena, "status %d, %s", answer->status,
                           answer->mime[0] ? answer->mime : "of no type");
    walk_end(walk, VISIT_ERROR, NULL, "the address given leads to no HTML page: %s", why);
    return step_result(walk, OUTCOME_FAILED, "the answer is no HTML page: %s", why);
}

/* Answers that say: not you. */
static bool is_kept_out(int status)
{
    return status == 401 || status == 403 || status == 407 || status == 429 ||
           status == 451;
}

static bool judge_first_page(Walk *walk, const Move *move)
{
    const Page *page = walk_page(walk);
    if (page && is_kept_out(page->status)) {
        walk_end(walk, VISIT_BLOCKED, NULL,
                 "the shop answers the first page with status %d", page->status);
        return step_result(walk, OUTCOME_BLOCKED_BY,
                           "the first page answers with status %d", page->status);
    }
    if (!page || !walk->document)
        return no_page(walk, page);
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
    if (walk->visitor->engine->consent) {
        walk->exchanges_then = walk->visit->exchange_count;
        return layers_consent(walk, accepts, err);
    }
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
    walk->is_refused = !accepts;
    walk->exchanges_then = walk->visit->exchange_count;
    step_typed(walk, "cookies", accepts ? "accepted" : "refused");
    if (consent_button(walk, intent, &is_scripted))
        return step_result(walk, walk->scripts ? OUTCOME_UNSURE : OUTCOME_NO_EFFECT,
                           "the question is asked again");
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

/* Having refused, the visitor goes on: which cookies come now, and does the shop work? */
bool step_check_refusal(Walk *walk, Error *err)
{
    Move move;
    const Fact *answer = visit_fact(walk->visit, "consent.answer");
    if (!walk->is_refused &&
        !(answer && answer->state == FACT_TEXT && strcmp(answer->text, "refused") == 0))
        return step_result(walk, OUTCOME_SKIPPED, "nothing could be refused before");
    if (!act_go(walk, HISTORY_RELOAD, PAGE_HOME, &move, err))
        return false;
    if (step_failed(walk, &move, "the page after refusing") || !walk->document)
        return true;
    bool is_open = false;
    size_t cards = list_cards(walk);
    if (cards < LIST_CARDS && !category_open(walk, &is_open, err))
        return false;
    if (walk->has_ended)
        return true;
    facts_refusal(walk);
    bool works = cards >= LIST_CARDS || is_open;
    if (!works && scripts_matter(walk)) {
        visit_fact_absent(walk->visit, "cookies.shop_after_refusal", scripts_matter(walk));
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "no list is in the HTML, and %s",
                           scripts_matter(walk));
    }
    visit_fact_truth(walk->visit, "cookies.shop_after_refusal", works, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, works ? OUTCOME_OK : OUTCOME_NO_EFFECT, "%s",
                       works ? "the shop works on" : "no products after refusing");
}

/* Where the focus is, and whether it is seen, only a browser shows. */
bool step_keyboard(Walk *walk, Error *err)
{
    (void)err;
    if (!walk->visitor->has_scripts)
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "where the focus is, and whether it can be seen, only a "
                           "browser shows");
    walk->is_keyboard = true;
    return step_result(walk, OUTCOME_OK, "no pointer from here on");
}

bool step_dismiss(Walk *walk, Error *err)
{
    if (!walk->document)
        return step_result(walk, OUTCOME_SKIPPED, "no page");
    if (walk->visitor->engine->dismiss)
        return layers_dismiss(walk, err);
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

size_t list_cards(Walk *walk)
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

/* The turn-th link to try: of the menu, which may have to be opened first; then any that
 * may lead to goods: those that say so where the menu misled, all where there is none. */
static bool category_choose(Walk *walk, size_t turn, CandidateList *list,
                            const Candidate **wanted, Error *err)
{
    bool is_opened = false;
    bool is_named = walk->step->kind == STEP_KIND_OPEN_CATEGORY &&
                    (step_text(walk, "name", NULL) || step_number(walk, "index", 0) > 0);
    candidates_categories(walk, list);
    /* On a small screen the menu may be drawn only when it is asked for. */
    if (list->count == 0 && turn == 0) {
        if (!opener_press(walk, "menu_toggle", &is_opened, err))
            return false;
        candidates_categories(walk, list);
    }
    *wanted = category_wanted(walk, list, turn);
    size_t menu = list->count;
    if (*wanted || is_named || turn < menu || list_cards(walk) >= LIST_CARDS)
        return true;
    candidates_goods(walk, menu > 0, list);
    *wanted = turn - menu < list->count ? &list->items[turn - menu] : NULL;
    return true;
}

/* Does the page now shown list goods? A link that was no category's may lead to few. */
static bool is_list_shown(Walk *walk, bool is_menu)
{
    size_t cards = list_cards(walk);
    return cards >= LIST_CARDS || (!is_menu && cards > 0);
}

/* Shops of a few things link each of them and have no list. */
static bool is_product_shown(Walk *walk)
{
    Product product;
    if (!walk->document)
        return false;
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    return *product.name && product.price.milli >= 0 && product.add_button;
}

/* Back to the category with a product or two: all others had none. */
static bool short_list_open(Walk *walk, const char *url, bool *is_open, Error *err)
{
    Move move;
    if (!act_open(walk, url, PAGE_CATEGORY, &move, err))
        return false;
    if (step_failed(walk, &move, "the category"))
        return true;
    *is_open = true;
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, "the categories hold few products each");
}

bool category_open(Walk *walk, bool *is_open, Error *err)
{
    *is_open = false;
    Move move;
    size_t tried = 0;
    const char *short_list = NULL; /* of fewer products: better than none */
    for (; tried < CATEGORY_TRIES; tried++) {
        /* The list is read anew: nodes are stale after a move. */
        if (tried > 0 && !act_home(walk, &move, err))
            return false;
        CandidateList list;
        const Candidate *wanted = NULL;
        if (!category_choose(walk, tried, &list, &wanted, err))
            return false;
        if (!wanted)
            break;
        candidates_match(walk, &list, (size_t)(wanted - list.items));
        bool is_menu = wanted->score >= MENU_SCORE;
        if (!act_press(walk, wanted->node, PAGE_CATEGORY, &move, err))
            return false;
        if (move.result == MOVE_BLOCKED || move.result == MOVE_UNREACHABLE) {
            step_failed(walk, &move, "the category's link");
            return true;
        }
        if (move.result != MOVE_PAGE)
            continue;
        bool is_list = is_list_shown(walk, is_menu);
        if (is_list || (!is_menu && is_product_shown(walk))) {
            *is_open = true;
            step_evidence(walk, 'S');
            return step_result(walk, OUTCOME_OK,
                               is_list ? NULL
                                       : "the links lead to products, not to a list");
        }
        const Page *page = walk_page(walk);
        if (!short_list && page && page->kind == PAGE_CATEGORY && list_cards(walk) > 0)
            short_list = page->url;
    }
    if (short_list)
        return short_list_open(walk, short_list, is_open, err);
    if (tried > 0)
        return step_result(walk,
                           scripts_matter(walk) ? OUTCOME_NEEDS_BROWSER : OUTCOME_FAILED,
                           "none of %zu links tried leads to a list of products%s%s", tried,
                           scripts_matter(walk) ? ", and " : "",
                           scripts_matter(walk) ? scripts_matter(walk) : "");
    return step_not_found(walk, "a link to a category");
}

bool step_open_category(Walk *walk, Error *err)
{
    bool is_open = false;
    size_t home_cards = list_cards(walk);
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
