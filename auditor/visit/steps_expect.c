/* steps_expect.c - assertions of a scenario: mystery/expect, mystery/budget, and the expect
 * of an intent.
 *
 * What this engine cannot know is "not assessable", never "passed" (scenarios.md 6.5).
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/regex.h"
#include "base/url.h"
#include "dom/css.h"
#include "dom/structured.h"
#include "dom/text.h"
#include "visit/steps.h"

/** Tally of one step's expectations. */
typedef struct Verdicts {
    int held;
    const char *broken;  /**< list, NULL: none */
    const char *unknown; /**< list, NULL: none */
} Verdicts;

static void tell(Walk *walk, Verdicts *verdicts, int holds, const char *what)
{
    if (holds > 0)
        verdicts->held++;
    else if (holds == 0)
        verdicts->broken = verdicts->broken
                               ? arena_printf(walk->arena, "%s, %s", verdicts->broken, what)
                               : what;
    else
        verdicts->unknown =
            verdicts->unknown ? arena_printf(walk->arena, "%s, %s", verdicts->unknown, what)
                              : what;
}

static bool text_fits(const Walk *walk, const char *key, const char *wanted,
                      const char *own)
{
    wanted = fill_in(walk, wanted);
    if (strcmp(key, "is") == 0 || strcmp(key, "path") == 0 || strcmp(key, "equals") == 0 ||
        strcmp(key, "name") == 0)
        return strcmp(own, wanted) == 0;
    if (strcmp(key, "startsWith") == 0)
        return str_starts_with(str_of(own), str_of(wanted));
    if (strcmp(key, "contains") == 0)
        return str_contains_nocase(str_of(own), str_of(wanted));
    if (strcmp(key, "matches") == 0) {
        Regex *regex = NULL;
        return regex_compile(walk->arena, str_of(wanted), 0, NULL, &regex, NULL) &&
               regex_matches(regex, str_of(own));
    }
    return false;
}

/* {"contains": "x", "matches": "y"} or a plain text. */
static int text_object_holds(const Walk *walk, const Json *wanted, const char *own)
{
    if (json_type(wanted) == JSON_STRING)
        return strcmp(fill_in(walk, json_text(wanted, "")), own) == 0;
    for (const Json *one = json_first(wanted); one; one = json_next(one))
        if (!text_fits(walk, json_key(one), json_text(one, ""), own))
            return 0;
    return 1;
}

static int url_holds(const Walk *walk, const Json *wanted, const char *own)
{
    Url url;
    if (!url_parse(walk->arena, str_of(own), NULL, &url, NULL))
        return 0;
    if (json_type(wanted) == JSON_STRING)
        return text_object_holds(walk, wanted, own);
    for (const Json *one = json_first(wanted); one; one = json_next(one)) {
        const char *key = json_key(one);
        const char *part = strcmp(key, "path") == 0 ? url.path : own;
        if (!text_fits(walk, key, json_text(one, ""), part))
            return 0;
    }
    return 1;
}

static int texts_hold(const Walk *walk, const Json *wanted)
{
    Str text = document_visible_text(walk->document);
    const Json *present = json_get(wanted, "present");
    const Json *absent = json_get(wanted, "absent");
    for (const Json *one = json_first(present); one; one = json_next(one))
        if (!str_contains_nocase(text, str_of(fill_in(walk, json_text(one, "")))))
            return 0;
    for (const Json *one = json_first(absent); one; one = json_next(one))
        if (str_contains_nocase(text, str_of(fill_in(walk, json_text(one, "")))))
            return 0;
    return 1;
}

static int element_holds(Walk *walk, const Json *wanted)
{
    const char *text =
        json_text(json_get(wanted, "selectors"),
                  json_text(json_first(json_get(wanted, "selectors")), NULL));
    Selector *selector = NULL;
    if (!text || !selector_compile(walk->arena, str_of(text), NULL, &selector, NULL))
        return -1;
    NodeList list = {0};
    selector_all(selector, walk->document, NULL, walk->arena, &list);
    double count = json_number(json_get(wanted, "count"), NAN);
    if (isnan(count))
        return list.count > 0;
    return list.count == (size_t)count;
}

static const Exchange *own_exchange(const Walk *walk)
{
    const Page *page = walk_page(walk);
    if (!page || page->document < 0 ||
        (size_t)page->document >= walk->visit->exchange_count)
        return NULL;
    return walk->visit->exchanges[page->document];
}

static int header_holds(const Walk *walk, const Json *wanted)
{
    const Exchange *exchange = own_exchange(walk);
    if (!exchange)
        return -1;
    const char *value = exchange_header(exchange, json_text(json_get(wanted, "name"), ""));
    const char *contains = json_text(json_get(wanted, "contains"), "");
    return value && str_contains_nocase(str_of(value), str_of(contains));
}

/* The cookie as the visit's answers set it last. */
static const char *cookie_line(const Walk *walk, const char *name)
{
    const char *found = NULL;
    for (size_t i = 0; i < walk->visit->exchange_count; i++) {
        const char *line = NULL;
        for (int n = 0;
             (line = exchange_header_at(walk->visit->exchanges[i], "set-cookie", n)); n++)
            if (str_starts_with(str_of(line),
                                str_of(arena_printf(walk->arena, "%s=", name))))
                found = line;
    }
    return found;
}

static int cookie_holds(const Walk *walk, const Json *wanted)
{
    const char *line = cookie_line(walk, json_text(json_get(wanted, "name"), ""));
    if (json_bool(json_get(wanted, "absent"), false))
        return line == NULL;
    if (!line)
        return walk->visitor->has_scripts ? -1 : 0;

    static const struct {
        const char *key;
        const char *mark;
    } MARKS[] = {{"httpOnly", "httponly"}, {"secure", "secure"}};

    for (size_t i = 0; i < COUNT_OF(MARKS); i++) {
        const Json *flag = json_get(wanted, MARKS[i].key);
        if (flag && str_contains_nocase(str_of(line), str_of(MARKS[i].mark)) !=
                        json_bool(flag, true))
            return 0;
    }
    const char *site = json_text(json_get(wanted, "sameSite"), NULL);
    return !site ||
           str_contains_nocase(str_of(line),
                               str_of(arena_printf(walk->arena, "samesite=%s", site)));
}

static int jsonld_holds(const Walk *walk, const Json *wanted)
{
    const ItemList *items = structured_read(walk->arena, walk->document);
    const Item *item = structured_first(items, json_text(json_get(wanted, "type"), ""));
    const char *path = json_text(json_get(wanted, "path"), NULL);
    if (!item || !path)
        return item != NULL;
    const char *value = item_text(item, path);
    const char *equals = json_text(json_get(wanted, "equals"), NULL);
    return value && (!equals || strcmp(value, fill_in(walk, equals)) == 0);
}

static int price_holds(const Walk *walk, const Json *wanted)
{
    Str text = str_of(fill_in(walk, json_text(json_get(wanted, "equals"), "")));
    Price price = {.milli = -1};
    size_t at = 0;
    if (!price_next(text, &at, &price) && !price_of_number(text, &price))
        return -1;
    Price shown;
    at = 0;
    Str page = document_visible_text(walk->document);
    while (price_next(page, &at, &shown))
        if (price_equal(&price, &shown, 0))
            return 1;
    return 0;
}

/* A limit on a metric of the page now shown. */
static int metric_holds(const Walk *walk, const Json *wanted)
{
    Metric metric = metric_of(json_key(wanted));
    const Page *page = walk_page(walk);
    if (metric == METRIC_COUNT || !page || isnan(page->metrics[metric]))
        return -1;
    return page->metrics[metric] <= json_number(wanted, NAN);
}

static int fact_holds(const Walk *walk, const char *name, bool wanted)
{
    const Fact *fact = visit_fact(walk->visit, name);
    if (!fact || fact->state != FACT_TRUTH)
        return -1;
    return fact->truth == wanted;
}

static int fact_at_least(const Walk *walk, const char *name, const Json *wanted)
{
    const Fact *fact = visit_fact(walk->visit, name);
    double low = json_type(wanted) == JSON_NUMBER ? json_number(wanted, 0)
                                                  : json_number(json_get(wanted, "min"), 0);
    if (!fact || fact->state != FACT_NUMBER)
        return -1;
    return fact->number >= low;
}

static int is_secure(const Walk *walk)
{
    const Page *page = walk_page(walk);
    Url url;
    if (!page || !url_parse(walk->arena, str_of(page->url), NULL, &url, NULL))
        return -1;
    /* Nobody listens on loopback. */
    return url_is_loopback(&url) ? -1 : strcmp(url.scheme, "https") == 0;
}

/* Expectations that rest on facts of the journey. */
static int journey_holds(const Walk *walk, const char *key, const Json *wanted)
{
    static const struct {
        const char *key;
        const char *fact;
        bool is_number;
    } ROWS[] = {
        {"results", "search.results", true},
        {"lines", "cart.lines", true},
        {"methods", "payment.methods", true},
        {"contains", "cart.name_matches", false},
        {"unitPrice", "cart.price_matches", false},
        {"guestAllowed", "checkout.guest", false},
        {"totalShown", "payment.total_shown", false},
        {"terms", "payment.terms_shown", false},
    };

    for (size_t i = 0; i < COUNT_OF(ROWS); i++) {
        if (strcmp(key, ROWS[i].key) != 0)
            continue;
        if (ROWS[i].is_number)
            return fact_at_least(walk, ROWS[i].fact, wanted);
        bool is_wanted = json_type(wanted) == JSON_FALSE ? false : true;
        return fact_holds(walk, ROWS[i].fact, is_wanted);
    }
    return strcmp(key, "https") == 0 ? is_secure(walk) : -1;
}

static int success_holds(const Walk *walk, const char *intent)
{
    if (strcmp(intent, "addToCart") == 0)
        return fact_holds(walk, "cart.add_worked", true);
    StepKind kind = step_kind_of(arena_printf(walk->arena, "mystery/%s", intent));
    for (size_t i = walk->visit->step_count; i-- > 0;)
        if (walk->visit->steps[i].kind == kind)
            return step_is_ok(walk->visit->steps[i].outcome);
    return -1;
}

static int page_holds(Walk *walk, const char *key, const Json *wanted)
{
    const Page *page = walk_page(walk);
    if (!page)
        return -1;
    if (strcmp(key, "status") == 0)
        return page->status == (int)json_number(wanted, 0);
    if (strcmp(key, "url") == 0)
        return url_holds(walk, wanted, page->url);
    if (strcmp(key, "title") == 0)
        return text_object_holds(walk, wanted, page->title);
    if (strcmp(key, "header") == 0)
        return header_holds(walk, wanted);
    if (strcmp(key, "cookie") == 0)
        return cookie_holds(walk, wanted);
    if (!walk->document)
        return -1;
    if (strcmp(key, "text") == 0)
        return texts_hold(walk, wanted);
    if (strcmp(key, "element") == 0)
        return element_holds(walk, wanted);
    if (strcmp(key, "jsonld") == 0)
        return jsonld_holds(walk, wanted);
    return strcmp(key, "price") == 0 ? price_holds(walk, wanted) : -1;
}

static void check_all(Walk *walk, const Json *expectations, Verdicts *verdicts)
{
    for (const Json *one = json_first(expectations); one; one = json_next(one)) {
        const char *key = json_key(one);
        int holds = page_holds(walk, key, one);
        if (holds < 0)
            holds = journey_holds(walk, key, one);
        if (holds < 0 && metric_of(key) != METRIC_COUNT)
            holds = metric_holds(walk, one);
        if (holds < 0 && strcmp(key, "success") == 0)
            holds = success_holds(walk, json_text(one, ""));
        tell(walk, verdicts, holds, key);
    }
}

static bool conclude(Walk *walk, const Verdicts *verdicts)
{
    if (verdicts->broken)
        return step_result(walk, OUTCOME_FAILED, "does not hold: %s", verdicts->broken);
    if (verdicts->unknown)
        return step_result(walk, verdicts->held > 0 ? OUTCOME_UNSURE : OUTCOME_SKIPPED,
                           "not assessable here: %s", verdicts->unknown);
    return step_result(walk, OUTCOME_OK, NULL);
}

bool step_expect(Walk *walk, Error *err)
{
    (void)err;
    Verdicts verdicts = {0};
    check_all(walk, walk->step->parameters, &verdicts);
    return conclude(walk, &verdicts);
}

bool step_budget(Walk *walk, Error *err)
{
    return step_expect(walk, err);
}

void expect_note(Walk *walk)
{
    const Json *expectations = json_get(walk->step->parameters, "expect");
    StepRecord *record = walk_record(walk);
    if (!expectations || !step_is_ok(record->outcome))
        return;
    Verdicts verdicts = {0};
    check_all(walk, expectations, &verdicts);
    if (verdicts.broken)
        record->reason = arena_printf(walk->arena, "%s%snot as expected: %s",
                                      record->reason ? record->reason : "",
                                      record->reason ? "; " : "", verdicts.broken);
}
