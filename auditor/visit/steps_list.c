/* steps_list.c - working with a list of products: sort, filter, compareProducts.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum {
    COMPARED = 3,      /* products opened one after the other */
    FILTER_TRIES = 3,  /* values tried until one changes the list */
    ZONE_LEVELS = 4,   /* levels from a facet's heading up to its zone */
    OPTIONS_MAX = 200, /* entries of a select that are read */
};

/* --- the list as it stands, to see that it changes --- */

/** What a list shows. */
typedef struct ListState {
    size_t count;
    size_t priced;
    bool is_ascending;
    const char *names; /**< of the first cards, joined */
    const char *url;
} ListState;

static ListState list_state(Walk *walk)
{
    const Page *page = walk_page(walk);
    ListState state = {.is_ascending = true, .names = "", .url = page ? page->url : ""};
    CardList cards = {0};
    int64_t last = -1;
    if (walk->document)
        cards_find(walk->words, walk->document, walk->arena, &cards);
    state.count = cards.count;
    for (size_t i = 0; i < cards.count; i++) {
        const Card *card = &cards.items[i];
        if (i < 6)
            state.names = arena_printf(walk->arena, "%s|%s", state.names, card->name);
        if (card->price.milli < 0)
            continue;
        state.priced++;
        state.is_ascending = state.is_ascending && card->price.milli >= last;
        last = card->price.milli;
    }
    return state;
}

static bool is_other_list(const ListState *a, const ListState *b)
{
    return a->count != b->count || strcmp(a->names, b->names) != 0;
}

static bool needs_list(Walk *walk, bool *is_there)
{
    *is_there = walk->document && list_cards(walk) > 0;
    return *is_there || step_result(walk, OUTCOME_SKIPPED, "no list of products is open");
}

/* --- sorting --- */

static bool says(const Walk *walk, const char *intent, Str text)
{
    return words_match(walk->words, intent, walk_language(walk), text, NULL);
}

/* The entry of a select that sorts by rising price, or NULL. */
static const Node *price_option(const Walk *walk, const Node *select)
{
    size_t end = node_order_end(select);
    for (size_t i = node_order(select) + 1; i < end && i < node_order(select) + OPTIONS_MAX;
         i++) {
        const Node *option = document_element(walk->document, i);
        Str text = str_of(node_text_cut(walk->arena, option, 80));
        if (node_is_tag(option, "option") && says(walk, "sort_price", text))
            return option;
    }
    return NULL;
}

static const Node *sort_select(const Walk *walk, const Node **option)
{
    const NodeList *selects = document_by_tag(walk->document, "select");
    for (size_t i = 0; i < selects->count; i++) {
        *option = price_option(walk, selects->items[i]);
        if (*option && node_visibility(selects->items[i]) != VISIBILITY_HIDDEN)
            return selects->items[i];
    }
    return NULL;
}

static const char *entry_value(const Walk *walk, const Node *option)
{
    const char *value = node_attribute(option, "value");
    return value ? value : node_text_cut(walk->arena, option, 200);
}

/* The button of the select's form on the page as it is now: nodes are stale after a change
 * that a script may have answered. */
static bool button_again(const Walk *walk, const Node **button)
{
    const Node *option = NULL;
    bool can_submit = false;
    const Node *select = walk->document ? sort_select(walk, &option) : NULL;
    const Node *form = select ? form_owner(walk->document, select) : NULL;
    *button = form ? form_default_button(walk->document, form, &can_submit) : NULL;
    return *button != NULL;
}

/* Choose the entry and send its form. is_done false: the outcome is set. */
static bool sort_by_select(Walk *walk, const Node *select, const Node *option,
                           bool *is_done, Error *err)
{
    Move move;
    match_element(walk, select, "a select that sorts by price", 4);
    bool can_submit = false;
    const Node *form = form_owner(walk->document, select);
    const Node *button =
        form ? form_default_button(walk->document, form, &can_submit) : NULL;
    int before = walk->page;
    ListState old = list_state(walk);
    const char *label = arena_text(walk->arena, node_text_cut(walk->arena, option, 80));
    if (!act_choose(walk, select, entry_value(walk, option), &move, err))
        return false;
    step_typed(walk, "sort", label);
    ListState now = list_state(walk);
    /* A script may have sent the choice; else there is a button for it. */
    *is_done = walk->page != before || is_other_list(&old, &now) ||
               (walk->visitor->has_scripts && !button);
    if (*is_done)
        return true;
    if (!button)
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "the choice is sent by a script only");
    if (walk->visitor->has_scripts && !button_again(walk, &button))
        return step_result(walk, OUTCOME_UNSURE, "the list has changed under the hand");
    if (!act_press(walk, button, PAGE_CATEGORY, &move, err))
        return false;
    *is_done = !step_failed(walk, &move, "the sorting");
    return true;
}

static bool sort_judge(Walk *walk)
{
    ListState now = list_state(walk);
    if (now.priced < 2) {
        visit_fact_absent(walk->visit, "list.sort_works", "fewer than two prices to order");
        return step_result(walk, OUTCOME_UNSURE, "fewer than two prices to order");
    }
    if (!now.is_ascending && scripts_matter(walk)) {
        visit_fact_absent(walk->visit, "list.sort_works", scripts_matter(walk));
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the order stays, and %s",
                           scripts_matter(walk));
    }
    visit_fact_truth(walk->visit, "list.sort_works", now.is_ascending, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, now.is_ascending ? OUTCOME_OK : OUTCOME_NO_EFFECT, "%s",
                       now.is_ascending ? "the prices rise"
                                        : "the prices do not rise in the sorted list");
}

bool step_sort(Walk *walk, Error *err)
{
    bool is_there = false;
    bool is_done = false;
    const Node *option = NULL;
    if (!needs_list(walk, &is_there) || !is_there)
        return true;
    const Node *select = sort_select(walk, &option);
    if (select) {
        visit_fact_truth(walk->visit, "list.sort_offered", true, walk->page);
        if (!sort_by_select(walk, select, option, &is_done, err))
            return false;
        return !is_done || sort_judge(walk);
    }
    CandidateList list;
    candidates_named(walk, "sort_price", PLACE_MAIN, &list);
    if (list.count == 0 || scripts_needed_for(walk, list.items[0].node)) {
        const char *why = scripts_matter(walk);
        if (why)
            visit_fact_absent(walk->visit, "list.sort_offered", why);
        else
            visit_fact_truth(walk->visit, "list.sort_offered", false, walk->page);
        return step_not_found(walk, "a way to sort by price");
    }
    visit_fact_truth(walk->visit, "list.sort_offered", true, walk->page);
    Move move;
    candidates_match(walk, &list, 0);
    if (!act_press(walk, list.items[0].node, PAGE_CATEGORY, &move, err))
        return false;
    return step_failed(walk, &move, "the link that sorts") || sort_judge(walk);
}

/* --- filtering --- */

static bool is_named_filter(const Node *node)
{
    static const char *const MARKS[] = {"filter", "facet", "layered", "refine"};
    static const char *const NAMES[] = {"class", "id"};
    for (size_t n = 0; n < COUNT_OF(NAMES); n++)
        for (size_t m = 0; m < COUNT_OF(MARKS); m++)
            if (str_contains_nocase(str_of(node_attribute(node, NAMES[n])),
                                    str_of(MARKS[m])))
                return true;
    return false;
}

/* "Filters", "Refine by": hardly more than the word, or it is the name of something
 * ("Refined steel lamp"). */
static bool is_filter_heading(const Walk *walk, const Node *heading)
{
    RegexMatch found;
    Str text = str_trim(str_of(node_text_cut(walk->arena, heading, 60)));
    return text.length > 0 &&
           words_match(walk->words, "filter", walk_language(walk), text, &found) &&
           2 * found.groups[0].length >= text.length;
}

/* Does the element stand in a zone of filters: called so, or headed so? */
static bool is_in_filters(const Walk *walk, const Node *node)
{
    const Node *up = node_parent(node);
    for (int i = 0; up && i < 8 && !node_is_tag(up, "body"); i++, up = node_parent(up)) {
        if (is_named_filter(up))
            return true;
        for (const Node *child = node_first_child(up); i < ZONE_LEVELS && child;
             child = node_next(child)) {
            const char *tag = node_tag(child);
            bool is_head = strcmp(tag, "legend") == 0 || strcmp(tag, "summary") == 0 ||
                           (tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' && !tag[2]);
            if (is_head && is_filter_heading(walk, child))
                return true;
        }
    }
    return false;
}

static bool is_in_card(const CardList *cards, const Node *node)
{
    for (size_t i = 0; i < cards->count; i++)
        if (node_contains(cards->items[i].node, node))
            return true;
    return false;
}

/* Links and boxes that narrow the list, in order. */
static void filters_read(const Walk *walk, NodeList *list)
{
    CardList cards = {0};
    cards_find(walk->words, walk->document, walk->arena, &cards);
    const NodeList *links = document_by_tag(walk->document, "a");
    const NodeList *inputs = document_by_tag(walk->document, "input");
    for (size_t i = 0; i < inputs->count; i++) {
        const Node *input = inputs->items[i];
        if (strcmp(control_type(input), "checkbox") == 0 && !control_is_disabled(input) &&
            form_owner(walk->document, input) && is_in_filters(walk, input))
            node_list_add(walk->arena, list, input);
    }
    for (size_t i = 0; i < links->count; i++) {
        const char *url = NULL;
        const Node *link = links->items[i];
        if (is_site_link(walk, link, &url) && !guard_url_changes_state(walk->arena, url) &&
            node_visibility(link) != VISIBILITY_HIDDEN && is_in_filters(walk, link) &&
            !is_in_card(&cards, link))
            node_list_add(walk->arena, list, link);
    }
}

static bool filter_press(Walk *walk, const Node *filter, Move *move, Error *err)
{
    match_element(walk, filter, "narrows the list", 3);
    if (!node_is_tag(filter, "input"))
        return act_press(walk, filter, PAGE_CATEGORY, move, err);
    bool can_submit = false;
    int before = walk->page;
    ListState old = list_state(walk);
    const Node *form = form_owner(walk->document, filter);
    const Node *button = form_default_button(walk->document, form, &can_submit);
    if (!act_choose(walk, filter, "on", move, err))
        return false;
    ListState now = list_state(walk);
    bool is_sent = walk->page != before || is_other_list(&old, &now);
    if (is_sent || !walk->document)
        return true;
    /* Where scripts run the page is read anew after each choice, and its nodes with it. */
    if (walk->visitor->has_scripts) {
        NodeList again = {0};
        filters_read(walk, &again);
        form = again.count > 0 ? form_owner(walk->document, again.items[0]) : NULL;
        button = form ? form_default_button(walk->document, form, &can_submit) : NULL;
    }
    return !button || act_press(walk, button, PAGE_CATEGORY, move, err);
}

static bool filter_judge(Walk *walk, const ListState *before, bool *is_done)
{
    ListState now = list_state(walk);
    *is_done = is_other_list(before, &now) && now.count > 0;
    if (!*is_done)
        return true;
    visit_fact_truth(walk->visit, "list.filter_works", true, walk->page);
    visit_fact_truth(walk->visit, "list.filter_address",
                     !is_same_page(walk, before->url, now.url), walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, "%zu products instead of %zu", now.count,
                       before->count);
}

bool step_filter(Walk *walk, Error *err)
{
    bool is_done = false;
    Move move;
    if (!needs_list(walk, &is_done) || !is_done)
        return true;
    ListState before = list_state(walk);
    is_done = false;
    for (size_t turn = 0; turn < FILTER_TRIES && !is_done && !walk->has_ended; turn++) {
        NodeList filters = {0};
        if (turn > 0 && !act_open(walk, before.url, PAGE_CATEGORY, &move, err))
            return false;
        if (walk->document)
            filters_read(walk, &filters);
        if (turn == 0 && filters.count == 0) {
            const char *why = scripts_matter(walk);
            if (why)
                visit_fact_absent(walk->visit, "list.filter_offered", why);
            else
                visit_fact_truth(walk->visit, "list.filter_offered", false, walk->page);
            return step_not_found(walk, "a way to narrow the list");
        }
        if (turn >= filters.count)
            break;
        visit_fact_truth(walk->visit, "list.filter_offered", true, walk->page);
        if (!filter_press(walk, filters.items[turn], &move, err))
            return false;
        if (step_failed(walk, &move, "the filter"))
            return true;
        filter_judge(walk, &before, &is_done);
    }
    if (is_done || walk->has_ended)
        return true;
    const char *why = scripts_matter(walk);
    if (why)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the list stays the same, and %s",
                           why);
    visit_fact_truth(walk->visit, "list.filter_works", false, walk->page);
    return step_result(walk, OUTCOME_NO_EFFECT, "the list stays the same");
}

/* --- comparing --- */

/** What was seen of the products compared. */
typedef struct Comparison {
    int opened, priced, available;
    bool is_list_back, has_tool;
} Comparison;

static bool offers_tool(Walk *walk)
{
    CandidateList list;
    candidates_named(walk, "compare", PLACE_MAIN, &list);
    return list.count > 0;
}

/* Open the turn-th card of the list, read its product, come back. */
static bool compare_one(Walk *walk, size_t turn, Comparison *seen, bool *is_more,
                        Error *err)
{
    CardList cards = {0};
    Product product;
    const char *url = NULL;
    Move move;
    ListState before = list_state(walk);
    cards_find(walk->words, walk->document, walk->arena, &cards);
    *is_more = turn < cards.count && cards.items[turn].link &&
               is_site_link(walk, cards.items[turn].link, &url) &&
               !guard_url_changes_state(walk->arena, url);
    if (!*is_more)
        return true;
    match_element(walk, cards.items[turn].link, "link of a product card", 4);
    if (!act_press(walk, cards.items[turn].link, PAGE_PRODUCT, &move, err))
        return false;
    *is_more = !step_failed(walk, &move, "the product's link");
    if (!*is_more || !walk->document)
        return true;
    const Page *page = walk_page(walk);
    if (page && page->status >= 400)
        return act_go(walk, HISTORY_BACK, PAGE_CATEGORY, &move, err);
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    seen->opened++;
    seen->priced += product.price.milli >= 0;
    seen->available += product.available >= 0;
    seen->has_tool = seen->has_tool || offers_tool(walk);
    if (!act_go(walk, HISTORY_BACK, PAGE_CATEGORY, &move, err))
        return false;
    ListState after = list_state(walk);
    seen->is_list_back = seen->is_list_back && !is_other_list(&before, &after);
    *is_more = walk->document != NULL && after.count > 0;
    return true;
}

static bool has_pages(Walk *walk)
{
    CardList cards = {0};
    cards_find(walk->words, walk->document, walk->arena, &cards);
    for (size_t i = 0; i < cards.count; i++)
        if (cards.items[i].link)
            return true;
    return false;
}

bool step_compare(Walk *walk, Error *err)
{
    bool is_more = false;
    int wanted = (int)step_number(walk, "count", COMPARED);
    if (!needs_list(walk, &is_more) || !is_more)
        return true;
    if (!has_pages(walk))
        return step_result(walk, OUTCOME_SKIPPED,
                           "the products have no pages of their own");
    Comparison seen = {.is_list_back = true, .has_tool = offers_tool(walk)};
    for (int i = 0; i < wanted && is_more && !walk->has_ended; i++)
        if (!compare_one(walk, (size_t)i, &seen, &is_more, err))
            return false;
    if (walk->has_ended)
        return true;
    visit_fact_number(walk->visit, "compare.products", seen.opened, walk->page);
    visit_fact_truth(walk->visit, "compare.tool_offered", seen.has_tool, walk->page);
    if (seen.opened < 2)
        return step_not_found(walk, "a second product to compare with");
    visit_fact_truth(walk->visit, "compare.prices_shown", seen.priced == seen.opened,
                     walk->page);
    visit_fact_truth(walk->visit, "compare.stock_shown", seen.available == seen.opened,
                     walk->page);
    visit_fact_truth(walk->visit, "compare.list_back", seen.is_list_back, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, "%d products looked at", seen.opened);
}
