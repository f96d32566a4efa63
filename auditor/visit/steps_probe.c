/* steps_probe.c - mistakes on purpose: a page that does not exist, searches with faults.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/text.h"
#include "visit/steps.h"

enum {
    SEEDS_LOOKED_AT = 8,
    EXACT_DEPTH = 10 /* results looked at for the product itself */
};

static bool says_not_found(const Walk *walk)
{
    if (words_match(walk->words, "not_found", walk_language(walk),
                    str_of(document_title(walk->document)), NULL))
        return true;
    static const char *const TAGS[] = {"h1", "h2"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(walk->document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            Str text = node_visible_text(walk->arena, list->items[i]);
            if (words_match(walk->words, "not_found", walk_language(walk), text, NULL))
                return true;
        }
    }
    return false;
}

static bool links_home(const Walk *walk)
{
    const NodeList *links = document_by_tag(walk->document, "a");
    for (size_t i = 0; i < links->count; i++)
        if (is_home_link(walk, links->items[i]))
            return true;
    return false;
}

bool step_error_page(Walk *walk, Error *err)
{
    const char *path = step_text(walk, "path", "/zzqxjk-no-such-page");
    const char *url = url_resolve(walk->arena, str_of(path), walk->visit->site);
    if (!url)
        return step_result(walk, OUTCOME_FAILED, "'%s' is no path", path);
    Move move;
    if (!act_open(walk, url, PAGE_ERROR404, &move, err))
        return false;
    if (step_failed(walk, &move, "the page that does not exist"))
        return true;
    Visit *visit = walk->visit;
    const Page *page = walk_page(walk);
    if (page) {
        /* Whatever it looks like: nobody asked for the first page here. */
        Page *answer = visit->pages[walk->page];
        answer->kind = PAGE_ERROR404;
        answer->stage = STAGE_NONE;
        answer->kind_signs = "the answer to an address that does not exist";
    }
    visit_fact_number(visit, "error.status", page ? page->status : 0, walk->page);
    if (!walk->document)
        return step_result(walk, OUTCOME_OK, "the answer is no HTML page");
    visit_fact_truth(visit, "error.says_so", says_not_found(walk), walk->page);
    visit_fact_truth(visit, "error.home_link", links_home(walk), walk->page);
    visit_fact_truth(visit, "error.search",
                     search_find(walk->words, walk->document, NULL) != NULL, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

/* --- searches with faults --- */

/* Byte offset of the n-th rune. */
static size_t rune_offset(Str text, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < n && at < text.length; i++)
        (void)str_next_rune(text, &at);
    return at;
}

/* One letter from the middle is left out. */
static const char *with_typo(const Walk *walk, const char *word)
{
    Str text = str_of(word);
    size_t from = rune_offset(text, str_rune_count(text) / 2);
    size_t to = from;
    if (to < text.length)
        (void)str_next_rune(text, &to);
    return arena_printf(walk->arena, "%.*s%s", (int)from, word, word + to);
}

/* Accents dropped, as people type who are in a hurry; NULL where there are none: nobody
 * adds an accent that a word has not. */
static const char *without_accents(const Walk *walk, const char *word)
{
    Str folded = text_fold(walk->arena, str_of(word));
    Str bare = text_fold_accents(walk->arena, str_of(word));
    return str_equal(folded, bare) ? NULL : arena_str_text(walk->arena, bare);
}

/* A word of what was seen that is written with an accent; NULL. */
static const char *accented_word(const Walk *walk)
{
    const char *texts[SEEDS_LOOKED_AT + 1] = {walk->goods.name};
    for (int i = 0; i < walk->seed_count && i < SEEDS_LOOKED_AT; i++)
        texts[1 + i] = walk->seeds[i];
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        Str rest = str_of(texts[i] ? texts[i] : ""), word = {0};
        while (str_next_word(&rest, &word)) {
            const char *text = arena_str_text(walk->arena, word);
            if (str_rune_count(word) >= 4 && without_accents(walk, text))
                return text;
        }
    }
    return NULL;
}

/* The word that faults are made in: of the product seen, else of the first page. */
static const char *base_word(Walk *walk)
{
    const char *given = step_text(walk, "query", NULL);
    if (given && *given)
        return given;
    return walk->seed_count > 0 ? walk->seeds[0] : NULL;
}

static bool probe_exact(Walk *walk, Error *err)
{
    const char *name = step_text(walk, "query", NULL);
    if (!name || !*name)
        name = walk->goods.name;
    if (!name || !*name)
        return step_result(walk, OUTCOME_SKIPPED, "no product was seen before");
    bool is_done = false;
    if (!search_run(walk, name, &is_done, err))
        return false;
    if (!is_done)
        return true;
    bool is_found = false;
    CardList cards = {0};
    cards_find(walk->words, walk->document, walk->arena, &cards);
    for (size_t i = 0; i < cards.count && i < EXACT_DEPTH && !is_found; i++)
        is_found = names_agree(walk, cards.items[i].name, name);
    const Page *page = walk_page(walk);
    if (!is_found && page && page->kind == PAGE_PRODUCT) {
        Product product;
        product_read(walk->words, walk->document, NULL, walk->arena, &product);
        is_found = names_agree(walk, product.name, name);
    }
    if (!is_found && cards.count == 0 && !search_found_nothing(walk) &&
        scripts_matter(walk))
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "no result is in the HTML, and %s",
                           scripts_matter(walk));
    visit_fact_truth(walk->visit, "search.exact_found", is_found, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, is_found ? OUTCOME_OK : OUTCOME_NOT_FOUND, "%s",
                       is_found ? "the product is among the results"
                                : "the product's own name does not find it");
}

/* Search for the right word, then for the faulty one: only a word that finds something can
 * be searched for wrongly. */
static bool probe_fault(Walk *walk, const char *fact, const char *word, const char *faulty,
                        Error *err)
{
    bool is_done = false;
    if (!search_run(walk, word, &is_done, err))
        return false;
    if (!is_done)
        return true;
    size_t right = search_results(walk);
    if (right == 0) {
        visit_fact_absent(walk->visit, fact,
                          arena_printf(walk->arena, "'%s' itself finds nothing", word));
        return step_result(walk, OUTCOME_SKIPPED, "'%s' itself finds nothing", word);
    }
    if (!search_run(walk, faulty, &is_done, err))
        return false;
    if (!is_done)
        return true;
    size_t results = search_results(walk);
    if (results == 0 && !search_found_nothing(walk) && scripts_matter(walk))
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "no result is in the HTML, and %s",
                           scripts_matter(walk));
    visit_fact_number(walk->visit, fact, (double)results, walk->page);
    visit_fact_evidence(walk->visit, faulty);
    step_evidence(walk, 'S');
    return step_result(walk, results > 0 ? OUTCOME_OK : OUTCOME_NOT_FOUND,
                       "'%s' finds %zu, '%s' finds %zu", word, right, faulty, results);
}

static bool probe_nonsense(Walk *walk, Error *err)
{
    const char *query = step_text(walk, "query", "zzqxjk");
    bool is_done = false;
    if (!search_run(walk, *query ? query : "zzqxjk", &is_done, err))
        return false;
    if (!is_done || !walk->document)
        return true;
    const Page *page = walk_page(walk);
    Visit *visit = walk->visit;
    bool is_said = search_found_nothing(walk);
    CardList cards = {0};
    cards_find(walk->words, walk->document, walk->arena, &cards);
    if (!is_said && cards.count == 0 && scripts_matter(walk)) {
        visit_fact_absent(visit, "search.nonsense_message", "scripts may draw the answer");
    } else {
        visit_fact_truth(visit, "search.nonsense_message", is_said, walk->page);
    }
    CandidateList categories;
    candidates_categories(walk, &categories);
    visit_fact_truth(visit, "search.nonsense_help",
                     cards.count > 0 || categories.count > 0 ||
                         search_find(walk->words, walk->document, NULL) != NULL,
                     walk->page);
    visit_fact_number(visit, "search.nonsense_status", page ? page->status : 0, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

/* "Offers" and "Our shop" gather goods of all kinds: nobody searches for their name. */
static bool names_category(const Walk *walk, Str name)
{
    static const char *const others[] = {"whole_range", "mixed_category"};

    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (words_has(walk->words, others[i]) &&
            words_match(walk->words, others[i], walk_language(walk), name, NULL))
            return false;
    return name.length > 0;
}

/* The name of a category of the menu finds what stands there. */
static bool probe_category(Walk *walk, Error *err)
{
    const char *query = step_text(walk, "query", NULL);
    Move move;
    bool is_done = false;
    if (!query || !*query) {
        CandidateList list;
        if (!act_home(walk, &move, err))
            return false;
        candidates_categories(walk, &list);
        for (size_t i = 0; i < list.count && (!query || !*query); i++)
            if (names_category(walk, str_trim(str_of(list.items[i].text))))
                query = arena_text(walk->arena, list.items[i].text);
    }
    if (!query || !*query)
        return step_result(walk, OUTCOME_SKIPPED, "no category is named on the first page");
    if (!search_run(walk, query, &is_done, err))
        return false;
    if (!is_done)
        return true;
    size_t results = search_results(walk);
    const Page *page = walk_page(walk);
    /* A search that leads to the category itself answers best. */
    bool is_there = results > 0 || (page && page->kind == PAGE_CATEGORY);
    if (!is_there && !search_found_nothing(walk) && scripts_matter(walk)) {
        visit_fact_absent(walk->visit, "search.category_results", scripts_matter(walk));
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "no result is in the HTML, and %s",
                           scripts_matter(walk));
    }
    visit_fact_number(walk->visit, "search.category_results", (double)results, walk->page);
    visit_fact_evidence(walk->visit, query);
    step_evidence(walk, 'S');
    return step_result(walk, is_there ? OUTCOME_OK : OUTCOME_NOT_FOUND,
                       "'%s', the name of a category, finds %zu products", query, results);
}

/* Does an element stand on the page that only our query can have put there? */
static bool is_echoed_raw(const Walk *walk)
{
    return document_by_tag(walk->document, "mystery-probe")->count > 0;
}

/* Signs that break careless shops, or nothing at all. */
static bool probe_odd(Walk *walk, const char *fact, const char *query, Error *err)
{
    bool is_done = false;
    if (!search_run(walk, query, &is_done, err))
        return false;
    if (!is_done) {
        const StepRecord *record = walk_record(walk);
        /* The browser's own validation keeps an empty box: no error page either. */
        if (record->outcome == OUTCOME_ERROR_SHOWN) {
            visit_fact_truth(walk->visit, fact, true, walk->page);
            return step_result(walk, OUTCOME_OK, "the browser itself keeps it");
        }
        visit_fact_absent(walk->visit, fact,
                          record->reason ? record->reason : "the search was not sent");
        return true;
    }
    const Page *page = walk_page(walk);
    bool is_fine = page && page->status < 400 && walk->document &&
                   !text_says(walk, "technical_error") && !is_echoed_raw(walk);
    visit_fact_truth(walk->visit, fact, is_fine, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, is_fine ? OUTCOME_OK : OUTCOME_ERROR_SHOWN, "%s",
                       is_fine ? "the shop answers with a page"
                               : "the shop answers with an error");
}

bool step_search_probe(Walk *walk, Error *err)
{
    const char *probe = step_text(walk, "probe", "nonsense");
    if (strcmp(probe, "category") == 0)
        return probe_category(walk, err);
    if (strcmp(probe, "special") == 0)
        /* A tag is sent to one's own shop only. */
        return probe_odd(walk, "search.special_ok",
                         walk->options->is_own_site ? "l'été \"50%\" <mystery-probe>"
                                                    : "l'été \"50%\"",
                         err);
    if (strcmp(probe, "empty") == 0)
        return probe_odd(walk, "search.empty_ok", "", err);
    if (strcmp(probe, "exact") == 0)
        return probe_exact(walk, err);
    if (strcmp(probe, "nonsense") == 0)
        return probe_nonsense(walk, err);
    bool is_typo = strcmp(probe, "typo") == 0;
    const char *given = step_text(walk, "query", NULL);
    bool has_own = is_typo || (given && *given);
    const char *word = has_own ? base_word(walk) : accented_word(walk);
    const char *faulty = !word     ? NULL
                         : is_typo ? with_typo(walk, word)
                                   : without_accents(walk, word);
    if (!faulty)
        return step_result(walk, OUTCOME_SKIPPED, "no word of the shop to make a fault in");
    return probe_fault(walk, is_typo ? "search.typo_results" : "search.accent_results",
                       word, faulty, err);
}
