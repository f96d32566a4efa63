/* facts.c - comparing what pages say, and closing the list of facts honestly.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/units.h"
#include "base/url.h"
#include "dom/text.h"
#include "visit/steps.h"

enum {
    ROUNDING_MILLI = 10, /* 0.01: one rounding step of a display */
};

bool text_says(const Walk *walk, const char *intent)
{
    return walk->document && words_has(walk->words, intent) &&
           words_match(walk->words, intent, walk_language(walk),
                       document_visible_text(walk->document), NULL);
}

int text_count(const Walk *walk, const char *words)
{
    Str wanted = text_fold(walk->arena, str_of(words));
    int count = 0;
    if (!walk->document || str_is_empty(wanted))
        return 0;
    Str text = text_fold(walk->arena, document_visible_text(walk->document));
    for (size_t at = str_find(text, wanted, 0); at != SIZE_MAX;
         at = str_find(text, wanted, at + wanted.length))
        count++;
    return count;
}

TaxDisplay tax_display(const Walk *walk)
{
    bool with = text_says(walk, "tax_included");
    bool without = text_says(walk, "tax_excluded");
    if (with && without)
        return TAX_BOTH;
    return with ? TAX_INCLUDED : without ? TAX_EXCLUDED : TAX_UNSAID;
}

int prices_agree(const Price *a, TaxDisplay tax_a, const Price *b, TaxDisplay tax_b)
{
    if (a->milli < 0 || b->milli < 0)
        return -1;
    if (price_equal(a, b, ROUNDING_MILLI))
        return 1;
    /* "42.00 - 45.00" agrees with any price inside. */
    const Price *range = a->is_range ? a : b->is_range ? b : NULL;
    if (range) {
        const Price *other = range == a ? b : a;
        return other->milli >= range->milli && other->milli <= range->upper_milli ? 1 : 0;
    }
    bool differs = tax_a != tax_b && (tax_a == TAX_EXCLUDED || tax_b == TAX_EXCLUDED);
    return differs || tax_a == TAX_BOTH || tax_b == TAX_BOTH ? -1 : 0;
}

static bool holds_all_words(Arena *arena, Str longer, Str shorter)
{
    Str rest = shorter;
    Str word;
    int count = 0;
    while (str_next_word(&rest, &word)) {
        Str padded = str_of(arena_printf(arena, " %.*s ", STR_ARGS(longer)));
        if (!str_contains(padded, str_of(arena_printf(arena, " %.*s ", STR_ARGS(word)))))
            return false;
        count++;
    }
    return count > 0;
}

/* Letters and digits only, words apart by one space. */
static Str plain_words(Arena *arena, const char *text)
{
    Str folded = text_fold_accents(arena, str_of(text));
    char *out = arena_alloc(arena, folded.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < folded.length; i++) {
        char c = folded.data[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
        if (is_word)
            out[length++] = c;
        else if (length > 0 && out[length - 1] != ' ')
            out[length++] = ' ';
    }
    return str_trim(str_from(out, length));
}

bool names_agree(const Walk *walk, const char *a, const char *b)
{
    if (!a || !b || !*a || !*b)
        return false;
    Str left = plain_words(walk->arena, a);
    Str right = plain_words(walk->arena, b);
    if (left.length == 0 || right.length == 0)
        return false;
    if (str_equal(left, right))
        return true;
    /* Lists cut long names, carts add the option chosen. */
    Str stem = str_of(a);
    if (str_ends_with(stem, STR("…")) || str_ends_with(stem, STR("...")))
        return str_starts_with(right, left);
    return left.length < right.length ? holds_all_words(walk->arena, right, left)
                                      : holds_all_words(walk->arena, left, right);
}

const char *money_text(Arena *arena, const Price *price)
{
    if (price->milli < 0)
        return "";
    char number[40];
    number_fixed(price_number(price), 2, number, sizeof number);
    return *price->currency ? arena_printf(arena, "%s %s", number, price->currency)
                            : arena_text(arena, number);
}

/* Does a Set-Cookie line outlive the session? (Deletion, Max-Age=0, does not.) */
static bool is_lasting(Str line)
{
    size_t age = str_find_nocase(line, STR("max-age="), 0);
    if (age != SIZE_MAX) {
        Str value = str_slice(line, age + 8, line.length);
        return value.length > 0 && value.data[0] != '0' && value.data[0] != '-';
    }
    return str_contains_nocase(line, STR("expires=")) &&
           !str_contains_nocase(line, STR("1970")) &&
           !str_contains_nocase(line, STR("2000"));
}

static bool is_foreign(const Walk *walk, const char *url)
{
    Url a;
    Url b;
    return url_parse(walk->arena, str_of(url), NULL, &a, NULL) &&
           url_parse(walk->arena, str_of(walk->visit->site), NULL, &b, NULL) &&
           !url_same_site(&a, &b);
}

/* The browser's own store, which also has what scripts put there. */
static void facts_kept_cookies(Walk *walk)
{
    CookieSeen *list = NULL;
    size_t count = 0;
    int wanted = 0;
    const char *example = NULL;
    if (!walk->visitor->engine->cookies(walk->visitor, &list, &count, NULL)) {
        visit_fact_absent(walk->visit, "cookies.before_choice",
                          "the browser did not tell its cookies");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!list[i].is_lasting && !list[i].is_foreign)
            continue;
        wanted++;
        example = example ? example : list[i].name;
    }
    visit_fact_number(walk->visit, "cookies.before_choice", wanted, walk->page);
    if (example)
        visit_fact_evidence(walk->visit, example);
}

/* A cookie that only remembers the answer itself. */
static bool is_choice(Str line)
{
    static const char *const MARKS[] = {"consent", "cookie",        "cmp",    "gdpr",
                                        "rgpd",    "tarteaucitron", "didomi", "axeptio"};
    Str name = str_slice(line, 0, str_find_byte(line, '=', 0));
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (str_contains_nocase(name, str_of(MARKS[i])))
            return true;
    return false;
}

/* Cookies that outlive the session or belong to others, set by exchanges from a place on.
 * example receives the first one's name, or NULL. */
static int count_cookies(const Walk *walk, size_t from, bool is_choice_known,
                         const char **example)
{
    const Visit *visit = walk->visit;
    int count = 0;
    *example = NULL;
    for (size_t i = from; i < visit->exchange_count; i++) {
        const Exchange *exchange = visit->exchanges[i];
        const char *line = NULL;
        for (int n = 0; (line = exchange_header_at(exchange, "set-cookie", n)); n++) {
            if (!is_lasting(str_of(line)) && !is_foreign(walk, exchange->url))
                continue;
            if (is_choice_known && is_choice(str_of(line)))
                continue;
            count++;
            size_t end = str_find_byte(str_of(line), '=', 0);
            if (!*example && end != SIZE_MAX)
                *example = arena_str_text(walk->arena, str_slice(str_of(line), 0, end));
        }
    }
    return count;
}

static void cookie_fact(Walk *walk, const char *fact, int count, const char *example)
{
    /* Without scripts nought proves little where scripts were not run. */
    if (count == 0 && scripts_may_store(walk)) {
        visit_fact_absent(walk->visit, fact,
                          "no answer sets one, but scripts that may were not run");
        return;
    }
    visit_fact_number(walk->visit, fact, count, walk->page);
    if (example)
        visit_fact_evidence(walk->visit, example);
}

void facts_cookies(Walk *walk)
{
    const char *example = NULL;
    if (walk->visitor->engine->cookies) {
        facts_kept_cookies(walk);
        return;
    }
    int count = count_cookies(walk, 0, false, &example);
    cookie_fact(walk, "cookies.before_choice", count, example);
}

void facts_refusal(Walk *walk)
{
    const char *example = NULL;
    int count = count_cookies(walk, walk->exchanges_then, true, &example);
    cookie_fact(walk, "cookies.set_after_refusal", count, example);
}

/** Facts by the first letters of their names, and the steps that see them. */
typedef struct FactGroup {
    const char *prefix;
    StepKind kinds[4];
    int count;
} FactGroup;

static const FactGroup groups[] = {
    {"home.", {STEP_KIND_OPEN}, 1},
    {"search.nonsense", {STEP_KIND_SEARCH_PROBE}, 1},
    {"search.typo", {STEP_KIND_SEARCH_PROBE}, 1},
    {"search.accent", {STEP_KIND_SEARCH_PROBE}, 1},
    {"search.exact", {STEP_KIND_SEARCH_PROBE}, 1},
    {"search.category", {STEP_KIND_SEARCH_PROBE}, 1},
    {"search.special", {STEP_KIND_SEARCH_PROBE}, 1},
    {"search.empty", {STEP_KIND_SEARCH_PROBE}, 1},
    {"search.offered", {STEP_KIND_SEARCH, STEP_KIND_SEARCH_PROBE}, 2},
    {"search.", {STEP_KIND_SEARCH}, 1},
    {"list.sort", {STEP_KIND_SORT}, 1},
    {"list.filter", {STEP_KIND_FILTER}, 1},
    {"list.", {STEP_KIND_OPEN_PRODUCT}, 1},
    {"compare.", {STEP_KIND_COMPARE}, 1},
    {"product.options", {STEP_KIND_CHOOSE_OPTIONS, STEP_KIND_ADD_TO_CART}, 2},
    {"product.", {STEP_KIND_OPEN_PRODUCT}, 1},
    {"cart.add", {STEP_KIND_ADD_TO_CART}, 1},
    {"cart.emptied", {STEP_KIND_EMPTY_CART}, 1},
    {"cart.empty_said", {STEP_KIND_EMPTY_CART}, 1},
    {"cart.quantity", {STEP_KIND_CHANGE_QUANTITY}, 1},
    {"cart.coupon", {STEP_KIND_APPLY_COUPON}, 1},
    {"cart.", {STEP_KIND_ADD_TO_CART, STEP_KIND_OPEN_CART}, 2},
    {"checkout.wrong", {STEP_KIND_ADDRESS_MISTAKE}, 1},
    {"checkout.",
     {STEP_KIND_GO_TO_CHECKOUT, STEP_KIND_FILL_ADDRESS, STEP_KIND_REACH_PAYMENT},
     3},
    {"payment.", {STEP_KIND_REACH_PAYMENT}, 1},
    {"help.contact", {STEP_KIND_FIND_CONTACT}, 1},
    {"help.response", {STEP_KIND_FIND_CONTACT}, 1},
    {"help.delivery", {STEP_KIND_FIND_DELIVERY}, 1},
    {"help.returns", {STEP_KIND_FIND_RETURNS}, 1},
    {"help.terms", {STEP_KIND_FIND_TERMS}, 1},
    {"help.legal", {STEP_KIND_FIND_LEGAL}, 1},
    {"help.privacy", {STEP_KIND_FIND_PRIVACY}, 1},
    {"help.complaint", {STEP_KIND_FIND_COMPLAINT}, 1},
    {"help.mediator", {STEP_KIND_FIND_MEDIATOR}, 1},
    {"returns.", {STEP_KIND_READ_RETURNS}, 1},
    {"return.", {STEP_KIND_COME_BACK}, 1},
    {"language.", {STEP_KIND_CHANGE_LANGUAGE}, 1},
    {"newsletter.confirmed", {STEP_KIND_SUBSCRIBE}, 1},
    {"newsletter.", {STEP_KIND_FIND_NEWSLETTER}, 1},
    {"account.", {STEP_KIND_REGISTER}, 1},
    {"error.", {STEP_KIND_ERROR_PAGE}, 1},
    {"cookies.after", {STEP_KIND_CONSENT}, 1},
    {"cookies.set_after", {STEP_KIND_CHECK_REFUSAL}, 1},
    {"cookies.shop", {STEP_KIND_CHECK_REFUSAL}, 1},
    {"cookies.", {STEP_KIND_OPEN}, 1},
    {"trackers.", {STEP_KIND_CONSENT}, 1},
    {"scripts.", {STEP_KIND_OPEN}, 1},
    {"consent.", {STEP_KIND_CONSENT}, 1},
};

static bool has_step(const Walk *walk, StepKind kind)
{
    for (int i = 0; i < walk->scenario->step_count; i++)
        if (walk->scenario->steps[i].kind == kind)
            return true;
    return false;
}

/* The group whose steps see a fact, when the scenario has one of them. */
static const FactGroup *group_of(const Walk *walk, const char *name)
{
    for (size_t g = 0; g < COUNT_OF(groups); g++) {
        if (!str_starts_with(str_of(name), str_of(groups[g].prefix)))
            continue;
        for (int k = 0; k < groups[g].count; k++)
            if (has_step(walk, groups[g].kinds[k]))
                return &groups[g];
        return NULL;
    }
    return NULL;
}

/* Why a step of the group saw nothing; NULL: all went well. */
static const char *step_reason(const Walk *walk, const FactGroup *group)
{
    for (size_t i = 0; i < walk->visit->step_count; i++) {
        const StepRecord *record = &walk->visit->steps[i];
        for (int k = 0; k < group->count; k++)
            if (record->kind == group->kinds[k] && !step_is_ok(record->outcome) &&
                record->reason)
                return record->reason;
    }
    return NULL;
}

static void count_failures(Walk *walk)
{
    int failed = 0;
    int documents = 0;
    for (size_t i = 0; i < walk->visit->exchange_count; i++) {
        const Exchange *exchange = walk->visit->exchanges[i];
        if (exchange->type != RESOURCE_DOCUMENT)
            continue;
        documents++;
        failed += exchange->status == 0 || exchange->status >= 500;
    }
    if (documents > 0)
        visit_fact_number(walk->visit, "visit.failed_requests", failed, -1);
    else
        visit_fact_absent(walk->visit, "visit.failed_requests", "no exchange was recorded");
    visit_fact_truth(walk->visit, "visit.robot_blocked",
                     walk->visit->outcome == VISIT_BLOCKED, -1);
}

void facts_close(Walk *walk)
{
    count_failures(walk);
    for (const char *const *name = fact_names(); *name; name++) {
        const FactGroup *group = group_of(walk, *name);
        if (!group || visit_fact(walk->visit, *name))
            continue;
        const char *reason = step_reason(walk, group);
        if (!walk->visitor->has_scripts && str_starts_with(str_of(*name), STR("scripts.")))
            reason = "scripts were not run";
        visit_fact_absent(walk->visit, *name, reason ? reason : "not seen on the way");
    }
}
