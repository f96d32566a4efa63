/* steps_return.c - comeBack and changeLanguage: is what was done still there?
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

/* Is the product still in the cart? 1, 0, -1 cannot tell. */
static bool cart_holds(Walk *walk, int *holds, Error *err)
{
    bool is_found = false;
    Cart cart;
    *holds = -1;
    if (!cart_visit(walk, &is_found, err))
        return false;
    if (!is_found || !walk->document)
        return true;
    cart_read(walk->words, walk->document, walk->arena, &cart);
    if (cart_line_of(walk, &cart) || (cart.count == 0 && cart_mentions(walk)) ||
        cart.count > 0)
        *holds = 1;
    else if (cart.is_readable && !scripts_matter(walk))
        *holds = 0;
    return true;
}

/* Later in the same browser: the first page by its address, then the cart. */
bool step_come_back(Walk *walk, Error *err)
{
    Move move;
    int holds = -1;
    if (!act_open(walk, walk->visit->site, PAGE_HOME, &move, err))
        return false;
    if (step_failed(walk, &move, "the first page, called again"))
        return true;
    const Page *page = walk_page(walk);
    double html_ms = page ? page->metrics[METRIC_HTML] : NAN;
    if (isnan(html_ms))
        visit_fact_absent(walk->visit, "return.first_ms", "not measured");
    else
        visit_fact_number(walk->visit, "return.first_ms", html_ms, walk->page);
    step_evidence(walk, 'S');
    if (!walk->is_cart_filled) {
        visit_fact_absent(walk->visit, "return.cart_kept", "the cart was not filled");
        return step_result(walk, OUTCOME_OK, NULL);
    }
    if (!cart_holds(walk, &holds, err))
        return false;
    if (walk->has_ended)
        return true;
    if (holds < 0) {
        visit_fact_absent(walk->visit, "return.cart_kept", "the cart could not be read");
        return step_result(walk, OUTCOME_UNSURE, "the cart could not be read");
    }
    visit_fact_truth(walk->visit, "return.cart_kept", holds == 1, walk->page);
    return step_result(walk, holds == 1 ? OUTCOME_OK : OUTCOME_NO_EFFECT, "%s",
                       holds == 1 ? "the cart is as it was left" : "the cart is empty");
}

/* --- languages --- */

/** What languages call themselves. */
typedef struct Tongue {
    const char *code;
    const char *name; /**< folded, no accents */
} Tongue;

static const Tongue TONGUES[] = {
    {"en", "english"},   {"fr", "francais"}, {"de", "deutsch"},
    {"es", "espanol"},   {"it", "italiano"}, {"nl", "nederlands"},
    {"pt", "portugues"}, {"pl", "polski"},   {"da", "dansk"},
    {"sv", "svenska"},   {"fi", "suomi"},    {"nb", "norsk"},
    {"cs", "cestina"},   {"hu", "magyar"},   {"ro", "romana"},
    {"el", "ελληνικα"},  {"ru", "русский"},  {"tr", "turkce"},
    {"zh", "中文"},      {"ja", "日本語"},   {"en", "british english"},
};

/* Code of the language that a text names: "Deutsch", "DE", "Français (FR)"; NULL: none. */
static const char *tongue_of(const Walk *walk, const char *text)
{
    Str folded = str_trim(text_fold_accents(walk->arena, str_of(text)));
    for (size_t i = 0; i < COUNT_OF(TONGUES); i++) {
        Str name = str_of(TONGUES[i].name);
        bool is_name = str_equal(folded, name) ||
                       (str_starts_with(folded, name) && folded.length <= name.length + 8);
        if (is_name || str_equal(folded, str_of(TONGUES[i].code)))
            return TONGUES[i].code;
    }
    return NULL;
}

/** A way to another language. */
typedef struct Switch {
    const Node *node;
    const char *code;
} Switch;

static const char *switch_code(const Walk *walk, const Node *node)
{
    static const char *const NAMES[] = {"hreflang", "lang", "data-lang"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *value = node_attribute(node, NAMES[i]);
        if (value && strlen(value) >= 2 && strcmp(value, "x-default") != 0)
            return arena_str_text(walk->arena, text_fold(walk->arena, str_from(value, 2)));
    }
    return tongue_of(walk, node_name(walk->arena, walk->document, node, NULL));
}

/* Links and buttons that name a language, one each; count receives how many languages. */
static Switch switch_find(const Walk *walk, const char *wanted, const char *current,
                          int *count)
{
    static const char *const TAGS[] = {"a", "button"};
    Switch found = {0};
    const char *codes = "";
    *count = 0;
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(walk->document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const Node *node = list->items[i];
            const char *url = NULL;
            if (node_visibility(node) == VISIBILITY_HIDDEN ||
                (t == 0 && !is_site_link(walk, node, &url)))
                continue;
            const char *code = switch_code(walk, node);
            if (!code)
                continue;
            if (!strstr(codes, code)) {
                codes = arena_printf(walk->arena, "%s %s", codes, code);
                (*count)++;
            }
            bool is_wanted =
                wanted ? strcmp(code, wanted) == 0 : strncmp(code, current, 2) != 0;
            if (!found.node && is_wanted && !scripts_needed_for(walk, node))
                found = (Switch){.node = node, .code = code};
        }
    }
    return found;
}

static const char *primary(const Walk *walk, const char *tag)
{
    return arena_str_text(walk->arena,
                          text_fold(walk->arena, str_slice(str_of(tag), 0, 2)));
}

/* Back to the language the visitor came in. */
static bool language_restore(Walk *walk, const char *before, Error *err)
{
    int count = 0;
    Move move;
    if (!walk->document ||
        strcmp(primary(walk, document_language(walk->document)), before) == 0)
        return true;
    Switch back = switch_find(walk, before, before, &count);
    return back.node ? act_press(walk, back.node, PAGE_UNKNOWN, &move, err)
                     : act_go(walk, HISTORY_BACK, PAGE_UNKNOWN, &move, err);
}

static bool language_judge(Walk *walk, const char *before, PageKind kind, Error *err)
{
    Visit *visit = walk->visit;
    const Page *page = walk_page(walk);
    const char *now = primary(walk, document_language(walk->document));
    bool is_changed = *now && strcmp(now, before) != 0;
    int holds = -1;
    visit_fact_truth(visit, "language.works", is_changed, walk->page);
    if (is_changed)
        visit_fact_truth(visit, "language.keeps_page", page && page->kind == kind,
                         walk->page);
    if (is_changed && walk->is_cart_filled) {
        if (!cart_holds(walk, &holds, err))
            return false;
        if (holds >= 0)
            visit_fact_truth(visit, "language.keeps_cart", holds == 1, walk->page);
    }
    step_evidence(walk, 'S');
    if (walk->has_ended)
        return true;
    return step_result(walk, is_changed ? OUTCOME_OK : OUTCOME_NO_EFFECT,
                       is_changed ? "the page now speaks '%s'"
                                  : "the page still says that it speaks '%s'",
                       *now ? now : "nothing");
}

bool step_change_language(Walk *walk, Error *err)
{
    Move move;
    int count = 0;
    if (!walk->document)
        return step_result(walk, OUTCOME_SKIPPED, "no page");
    const char *before = primary(walk, document_language(walk->document));
    const char *wanted = step_text(walk, "to", NULL);
    Switch other = switch_find(walk, wanted, before, &count);
    visit_fact_number(walk->visit, "language.choices", count, walk->page);
    if (!other.node)
        return step_result(walk, OUTCOME_SKIPPED, "%s",
                           count > 1 ? "the languages can only be changed by a script"
                                     : "the shop speaks one language");
    const Page *page = walk_page(walk);
    PageKind kind = page ? page->kind : PAGE_UNKNOWN;
    match_element(walk, other.node, "names another language", 4);
    if (!act_press(walk, other.node, kind, &move, err))
        return false;
    if (step_failed(walk, &move, "the other language") || !walk->document)
        return true;
    if (!language_judge(walk, before, kind, err))
        return false;
    StepRecord kept = *walk_record(walk);
    if (walk->has_ended || !language_restore(walk, before, err))
        return walk->has_ended;
    walk_record(walk)->outcome = kept.outcome;
    walk_record(walk)->reason = kept.reason;
    return true;
}
