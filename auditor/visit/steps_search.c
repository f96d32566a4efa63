/* steps_search.c - searching as a customer does: a word of the shop, typed into its box.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/structured.h"
#include "dom/text.h"
#include "visit/steps.h"

enum {
    WORD_LETTERS = 4,      /* shorter words distinguish nothing */
    WORD_LETTERS_MAX = 14, /* longer ones are codes or compounds */
    SEED_TRIES = 3,
};

static bool is_filler(Str word)
{
    static const char *const WORDS[] = {
        "with",       "pour",  "avec",   "from",   "your",  "this",     "sans",
        "dans",       "pack",  "size",   "taille", "color", "colour",   "couleur",
        "und",        "mit",   "para",   "with",   "shop",  "home",     "accueil",
        "boutique",   "more",  "plus",   "sale",   "promo", "soldes",   "nouveau",
        "nouveautes", "all",   "tous",   "toutes", "tout",  "products", "produits",
        "gift",       "offer", "offers",
    };
    for (size_t i = 0; i < COUNT_OF(WORDS); i++)
        if (str_equal_text(word, WORDS[i]))
            return true;
    return false;
}

/* The most telling word of a name: the longest of letters only, the first of several. */
static const char *telling_word(const Walk *walk, const char *name)
{
    Str rest = text_fold(walk->arena, str_of(name));
    Str word;
    Str best = {0};
    size_t best_letters = 0;
    while (str_next_word(&rest, &word)) {
        while (word.length > 0 && strchr(",.;:!?()[]'\"/|-", word.data[word.length - 1]))
            word.length--;
        bool is_letters = word.length > 0;
        for (size_t i = 0; i < word.length && is_letters; i++)
            is_letters =
                (word.data[i] >= 'a' && word.data[i] <= 'z') || (word.data[i] & 0x80);
        size_t letters = str_rune_count(word);
        if (!is_letters || letters < WORD_LETTERS || letters > WORD_LETTERS_MAX ||
            is_filler(word) || letters <= best_letters)
            continue;
        best = word;
        best_letters = letters;
    }
    return best_letters > 0 ? arena_str_text(walk->arena, best) : NULL;
}

static void seed_add(Walk *walk, const char *name)
{
    const char *word = name ? telling_word(walk, name) : NULL;
    if (!word || walk->seed_count == SEED_LIMIT)
        return;
    for (int i = 0; i < walk->seed_count; i++)
        if (strcmp(walk->seeds[i], word) == 0)
            return;
    walk->seeds[walk->seed_count++] = word;
}

void search_seeds(Walk *walk)
{
    walk->seed_count = 0;
    CardList cards = {0};
    cards_find(walk->words, walk->document, walk->arena, &cards);
    for (size_t i = 0; i < cards.count && i < 6; i++)
        seed_add(walk, cards.items[i].name);
    CandidateList categories;
    candidates_categories(walk, &categories);
    for (size_t i = 0; i < categories.count && i < 6; i++)
        seed_add(walk, categories.items[i].text);
}

bool search_found_nothing(const Walk *walk)
{
    return text_says(walk, "no_results");
}

size_t search_results(Walk *walk)
{
    const Page *page = walk_page(walk);
    if (!walk->document)
        return 0;
    CardList cards = {0};
    cards_find(walk->words, walk->document, walk->arena, &cards);
    if (cards.count == 0 && page && page->kind == PAGE_PRODUCT)
        return 1;
    /* Cards under "nothing found" are suggestions. */
    return search_found_nothing(walk) ? 0 : cards.count;
}

/* The search box of the page now shown; one that is there but not seen is no help yet. */
static const Node *box_seen(const Walk *walk, const Node **button)
{
    const Node *box =
        walk->document ? search_find(walk->words, walk->document, button) : NULL;
    const Visitor *visitor = walk->visitor;
    bool is_unseen =
        box && visitor->has_scripts && visitor->engine->sees(visitor, box) == 0;
    return is_unseen ? NULL : box;
}

/* The box of the page now shown, else behind a button or link named search, else the first
 * page's. */
static bool box_reach(Walk *walk, const Node **box, const Node **button, Error *err)
{
    *box = box_seen(walk, button);
    if (*box)
        return true;
    Move move;
    CandidateList list;
    bool is_opened = false;
    if (!opener_press(walk, "search_box", &is_opened, err))
        return false;
    *box = box_seen(walk, button);
    if (*box)
        return true;
    candidates_named(walk, "search_box", PLACE_NAVIGATION, &list);
    for (size_t i = 0; i < list.count; i++) {
        if (!list.items[i].url)
            continue;
        if (!act_press(walk, list.items[i].node, PAGE_SEARCH, &move, err))
            return false;
        *box = walk->document ? search_find(walk->words, walk->document, button) : NULL;
        if (*box)
            return true;
        break;
    }
    const Page *page = walk_page(walk);
    if (!walk->home_url || (page && is_same_page(walk, page->url, walk->home_url))) {
        /* The engine may know another way to show it. */
        *box = walk->document ? search_find(walk->words, walk->document, button) : NULL;
        return true;
    }
    if (!act_home(walk, &move, err))
        return false;
    *box = walk->document ? search_find(walk->words, walk->document, button) : NULL;
    return true;
}

/* Address that schema.org's SearchAction gives for a query, or NULL. */
static const char *action_address(const Walk *walk, const char *query)
{
    if (!walk->document)
        return NULL;
    const ItemList *items = structured_read(walk->arena, walk->document);
    const Item *action = structured_first(items, "SearchAction");
    const char *template = action ? item_text(action, "target.urlTemplate") : NULL;
    if (!template && action)
        template = item_text(action, "target");
    if (!template)
        return NULL;
    Str whole = str_of(template);
    size_t open = str_find_byte(whole, '{', 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : str_find_byte(whole, '}', open);
    if (close == SIZE_MAX)
        return NULL;
    const char *url =
        arena_printf(walk->arena, "%.*s%s%s", (int)open, template,
                     url_encode(walk->arena, str_of(query)), template + close + 1);
    url = url_resolve(walk->arena, str_of(url), document_url(walk->document));
    return url && is_own_site(walk, url) ? url : NULL;
}

static bool box_missing(Walk *walk, const char *query, bool *is_done, Error *err)
{
    const char *address = action_address(walk, query);
    if (address) {
        Move move;
        if (!act_open(walk, address, PAGE_SEARCH, &move, err))
            return false;
        *is_done = !step_failed(walk, &move, "the search address");
        return true;
    }
    CandidateList list;
    candidates_named(walk, "search_box", PLACE_NAVIGATION, &list);
    if (list.count > 0)
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "the search box is opened by a script (button '%s')",
                           list.items[0].text);
    return step_not_found(walk, "a search box");
}

/* Press the button, or strike Enter. */
static bool box_send(Walk *walk, const Node *box, const Node *button, bool *is_done,
                     Error *err)
{
    Move move;
    bool is_fine = button && !scripts_needed_for(walk, button)
                       ? act_press(walk, button, PAGE_SEARCH, &move, err)
                       : act_enter(walk, box, PAGE_SEARCH, &move, err);
    if (!is_fine)
        return false;
    *is_done = !step_failed(walk, &move, "the search");
    if (*is_done && move.is_without_script)
        step_result(walk, OUTCOME_OK_WITHOUT_SCRIPT, "%s", move.reason ? move.reason : "");
    return true;
}

bool search_run(Walk *walk, const char *query, bool *is_done, Error *err)
{
    const Node *box = NULL;
    const Node *button = NULL;
    *is_done = false;
    step_result(walk, OUTCOME_OK, NULL);
    if (!box_reach(walk, &box, &button, err))
        return false;
    if (!box) {
        if (!box_missing(walk, query, is_done, err))
            return false;
        if (!*is_done && walk_record(walk)->outcome == OUTCOME_NEEDS_BROWSER)
            visit_fact_absent(walk->visit, "search.offered", walk_record(walk)->reason);
        else
            visit_fact_truth(walk->visit, "search.offered", false, walk->page);
        return true;
    }
    visit_fact_truth(walk->visit, "search.offered", true, walk->page);
    match_element(walk, box, "search box", 4);
    if (!form_owner(walk->document, box) && !walk->visitor->has_scripts)
        return step_result(
            walk, OUTCOME_NEEDS_BROWSER,
            "the search box stands outside any form: only a script can send it");
    Move move;
    if (!act_fill(walk, box, query, &move, err))
        return false;
    if (step_failed(walk, &move, "the search box"))
        return true;
    step_typed(walk, "search", query);
    return box_send(walk, box, button, is_done, err);
}

static bool text_has(const Walk *walk, const char *text, const char *query)
{
    Str folded = text_fold_accents(walk->arena, str_of(text));
    return str_contains(folded, text_fold_accents(walk->arena, str_of(query)));
}

/* Is the query shown: in the box, the title or a first heading? */
static bool keeps_query(const Walk *walk, const char *query)
{
    const Node *box = search_find(walk->words, walk->document, NULL);
    if (box && walk->state && text_has(walk, control_value(walk->state, box), query))
        return true;
    if (text_has(walk, document_title(walk->document), query))
        return true;
    const NodeList *headings = document_by_tag(walk->document, "h1");
    for (size_t i = 0; i < headings->count; i++)
        if (text_has(walk, node_text_cut(walk->arena, headings->items[i], 300), query))
            return true;
    return false;
}

static void search_facts(Walk *walk, const char *query, size_t results)
{
    visit_fact_text(walk->visit, "search.query", query, walk->page);
    const Page *page = walk_page(walk);
    if (results == 0 && !search_found_nothing(walk) && scripts_matter(walk)) {
        visit_fact_absent(walk->visit, "search.results", "scripts may draw the results");
    } else {
        visit_fact_number(walk->visit, "search.results", (double)results, walk->page);
    }
    if (walk->document && page && page->kind != PAGE_PRODUCT)
        visit_fact_truth(walk->visit, "search.keeps_query", keeps_query(walk, query),
                         walk->page);
}

static bool judge_results(Walk *walk, const char *query, size_t results)
{
    size_t wanted = (size_t)step_number(walk, "expect.results.min", 1);
    if (results >= wanted) {
        step_evidence(walk, 'S');
        StepOutcome outcome = walk_record(walk)->outcome;
        return outcome == OUTCOME_OK_WITHOUT_SCRIPT || step_result(walk, OUTCOME_OK, NULL);
    }
    if (!search_found_nothing(walk) && scripts_matter(walk))
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "no result is in the HTML for '%s', and %s", query,
                           scripts_matter(walk));
    return step_result(walk, OUTCOME_NOT_FOUND,
                       "searching for '%s', a word of the shop itself, finds %zu products",
                       query, results);
}

static bool search_try(Walk *walk, const char *query, bool *is_done, Error *err)
{
    if (!search_run(walk, query, is_done, err))
        return false;
    if (!*is_done)
        return true;
    size_t results = search_results(walk);
    search_facts(walk, query, results);
    return judge_results(walk, query, results);
}

/* Another way to a list, when the scenario names it. */
static bool search_fall_back(Walk *walk, Error *err)
{
    const StepRecord *record = walk_record(walk);
    if (step_is_ok(record->outcome) || walk->has_ended ||
        !step_has_fallback(walk, "openCategory"))
        return true;
    const char *reason =
        record->reason ? record->reason : step_outcome_name(record->outcome);
    StepOutcome outcome = record->outcome;
    bool is_open = false;
    Move move;
    if (!act_home(walk, &move, err))
        return false;
    size_t home_cards = search_results(walk);
    if (!category_open(walk, &is_open, err))
        return false;
    if (is_open)
        return list_cards(walk) > 0
                   ? step_result(walk, OUTCOME_OK_HEALED,
                                 "%s; a category was opened instead", reason)
                   : step_result(walk, OUTCOME_OK_HEALED,
                                 "%s; a product was opened instead", reason);
    if (walk->has_ended)
        return true;
    if (home_cards > 2) {
        if (!act_home(walk, &move, err))
            return false;
        return step_result(walk, OUTCOME_OK_HEALED,
                           "%s; the first page lists products instead", reason);
    }
    return step_result(walk, outcome, "%s; no category could be opened either", reason);
}

bool step_search(Walk *walk, Error *err)
{
    const char *query = step_text(walk, "query", NULL);
    bool is_done = false;
    if (query && *query) {
        if (!search_try(walk, query, &is_done, err))
            return false;
        return search_fall_back(walk, err);
    }
    if (walk->seed_count == 0)
        step_result(walk, scripts_matter(walk) ? OUTCOME_NEEDS_BROWSER : OUTCOME_NOT_FOUND,
                    "the first page names no product to search for");
    for (int i = 0; i < walk->seed_count && i < SEED_TRIES; i++) {
        if (!search_try(walk, walk->seeds[i], &is_done, err))
            return false;
        StepOutcome outcome = walk_record(walk)->outcome;
        if (step_is_ok(outcome) || !is_done || walk->has_ended)
            break;
    }
    return search_fall_back(walk, err);
}
