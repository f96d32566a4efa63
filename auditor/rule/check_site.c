/* check_site.c - kind site: what only several pages together show.
 *
 *     {"kind": "site", "unique": "title"}
 *     {"kind": "site", "links": "internal", "tolerate_share": 0.01}
 *     {"kind": "site", "file": "/robots.txt", "where": {"status_max": 299}}
 *
 * Links and files are those that a visit of scenario "links" asked for: nothing is fetched
 * here. Layer: rule. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "rule/exchange.h"

typedef enum SiteQuestion {
    SITE_UNIQUE,
    SITE_LINKS,
    SITE_FILE,
    SITE_REDIRECTS,
    SITE_COUNTDOWN
} SiteQuestion;

/** What must differ between pages. */
typedef enum SiteText { SITE_TITLE, SITE_DESCRIPTION, SITE_H1, SITE_TEXT_COUNT } SiteText;

typedef struct SiteCheck {
    SiteQuestion question;
    SiteText text;
    uint32_t kinds; /**< of pages that count */
    bool is_inside; /**< links: to the site itself */
    bool in_menus;  /**< links: only those of header and footer */
    double share;   /**< tolerated */
    const char *file;
    bool is_optional; /**< a file that is not there, or was not asked for, says nothing */
    int redirects;    /**< most hops of a link */
    ExchangeTest *where;
} SiteCheck;

static const char *const keys[] = {"unique",         "pages",    "links", "in_menus",
                                   "tolerate_share", "file",     "where", "optional",
                                   "redirects",      "countdown"};
static const char *const texts[SITE_TEXT_COUNT] = {"title", "description", "h1"};

static bool kinds_read(CheckSource *source, const Json *pages, uint32_t *kinds, Error *err)
{
    const Json *item = json_first(pages);
    *kinds = 1U << PAGE_HOME | 1U << PAGE_CATEGORY | 1U << PAGE_PRODUCT |
             1U << PAGE_CONTENT | 1U << PAGE_LEGAL | 1U << PAGE_CONTACT;
    if (!pages)
        return true;
    for (*kinds = 0; item; item = json_next(item)) {
        PageKind kind = page_kind_of(json_text(item, ""));
        if (kind == PAGE_UNKNOWN)
            return json_error(source->file, item, err, "there is no page kind '%s'",
                              json_text(item, ""));
        *kinds |= 1U << kind;
    }
    return true;
}

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    SiteCheck *check = ARENA_NEW(source->arena, SiteCheck);
    const char *unique = json_text(json_get(json, "unique"), NULL),
               *links = json_text(json_get(json, "links"), NULL);
    const Json *where = json_get(json, "where");
    bool is_timer;
    *data = check;
    check->file = json_text(json_get(json, "file"), NULL);
    check->share = json_number(json_get(json, "tolerate_share"), 0);
    check->in_menus = json_bool(json_get(json, "in_menus"), false);
    check->is_optional = json_bool(json_get(json, "optional"), false);
    check->redirects = (int)json_integer(json_get(json, "redirects"), -1);
    is_timer = json_bool(json_get(json, "countdown"), false);
    if ((unique != NULL) + (links != NULL) + (check->file != NULL) +
            (check->redirects >= 0) + is_timer !=
        1)
        return json_error(
            source->file, json, err,
            "needs one of 'unique', 'links', 'redirects', 'countdown' and 'file'");
    check->question = unique        ? SITE_UNIQUE
                      : links       ? SITE_LINKS
                      : is_timer    ? SITE_COUNTDOWN
                      : check->file ? SITE_FILE
                                    : SITE_REDIRECTS;
    while (unique && check->text < SITE_TEXT_COUNT &&
           strcmp(texts[check->text], unique) != 0)
        check->text++;
    if (check->text == SITE_TEXT_COUNT)
        return json_error(source->file, json_get(json, "unique"), err,
                          "'unique' must be title, description or h1");
    check->is_inside = links && !strcmp(links, "internal");
    if (links && !check->is_inside && strcmp(links, "external") != 0)
        return json_error(source->file, json_get(json, "links"), err,
                          "'links' must be 'internal' or 'external'");
    return kinds_read(source, json_get(json, "pages"), &check->kinds, err) &&
           (!where || exchange_test_compile(source, where, &check->where, err));
}

static const char *text_of(const SiteCheck *check, const PageDigest *digest)
{
    switch (check->text) {
    case SITE_TITLE: return digest->title;
    case SITE_DESCRIPTION: return digest->description;
    case SITE_H1: return digest->h1;
    case SITE_TEXT_COUNT: break;
    }
    return "";
}

/** What a page is known by: its canonical address when it names one. */
static const char *identity(const PageDigest *digest)
{
    return *digest->canonical ? digest->canonical : digest->url;
}

static bool counts(const SiteCheck *check, const PageDigest *digest)
{
    return (check->kinds >> digest->page->kind & 1U) && digest->page->status < 400 &&
           !digest->page->is_script_shell && *text_of(check, digest);
}

/** Has an earlier page the same identity? Then this one is no page of its own. */
static bool is_repeated(const SiteCheck *check, const Site *site, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (counts(check, &site->pages[i]) &&
            !strcmp(identity(&site->pages[i]), identity(&site->pages[index])))
            return true;
    return false;
}

/** Two views of one list (sorted, filtered, page 2) differ in their query alone. */
static bool is_same_list(const PageDigest *a, const PageDigest *b)
{
    Str left = str_of(a->url), right = str_of(b->url);
    left = str_slice(left, 0, str_find_byte(left, '?', 0));
    right = str_slice(right, 0, str_find_byte(right, '?', 0));
    return a->page->kind == PAGE_CATEGORY && b->page->kind == PAGE_CATEGORY &&
           str_equal(left, right);
}

static void unique_run(const SiteCheck *check, const Subject *subject, Answer *answer)
{
    const Site *site = subject->site;
    int total = 0, bad = 0;
    if (!site) {
        answer_set(answer, FINDING_CANNOT_TELL, "other pages cannot be seen from one page");
        return;
    }
    for (size_t i = 0; i < site->count; i++) {
        const PageDigest *one = &site->pages[i], *twin = NULL;
        if (!counts(check, one) || is_repeated(check, site, i))
            continue;
        total++;
        for (size_t k = 0; k < i && !twin; k++)
            if (counts(check, &site->pages[k]) &&
                strcmp(identity(one), identity(&site->pages[k])) != 0 &&
                !is_same_list(one, &site->pages[k]) &&
                !strcmp(text_of(check, one), text_of(check, &site->pages[k])))
                twin = &site->pages[k];
        if (!twin)
            continue;
        bad++;
        answer->text = answer->text ? answer->text : text_of(check, one);
        answer_evidence(answer, NULL, text_of(check, one),
                        arena_printf(subject->arena, "%s = %s", twin->url, one->url));
    }
    if (total < 2) {
        answer_set(answer, FINDING_NOT_APPLICABLE, "fewer than two pages were seen");
        return;
    }
    answer_verdict(answer, bad == 0 || bad <= check->share * total);
    answer->count = bad;
    answer->total = total;
}

static bool in_menus(const Site *site, const char *url)
{
    if (!site)
        return false;
    for (size_t i = 0; i < site->count; i++)
        for (size_t k = 0; k < site->pages[i].link_count; k++)
            if (!strcmp(site->pages[i].links[k], url))
                return true;
    return false;
}

/** Addresses that programs look for by themselves: no page links them. */
static bool is_known_file(const Subject *subject, const Exchange *exchange)
{
    static const char *const paths[] = {"/robots.txt", "/sitemap.xml", "/favicon.ico",
                                        "/llms.txt"};
    Url url;
    if (!url_parse(exchange_arena(subject), str_of(exchange->url), NULL, &url, NULL))
        return false;
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        if (!strcmp(url.path, paths[i]))
            return true;
    return str_starts_with(str_of(url.path), STR("/.well-known/"));
}

static bool is_link(const SiteCheck *check, const Subject *subject,
                    const Exchange *exchange)
{
    return exchange->type == RESOURCE_DOCUMENT && !exchange->redirect_url &&
           !is_known_file(subject, exchange) &&
           exchange_is_own(subject, exchange) == check->is_inside &&
           (!check->in_menus || in_menus(subject->site, exchange->url));
}

static void links_run(const SiteCheck *check, const Subject *subject, Answer *answer)
{
    int total = 0, bad = 0;
    for (size_t v = 0; v < subject->audit->visit_count; v++) {
        const Visit *visit = subject->audit->visits[v];
        if (strcmp(visit->scenario_id, "links") != 0)
            continue;
        for (size_t i = 0; i < visit->exchange_count; i++) {
            const Exchange *exchange = visit->exchanges[i];
            if (!is_link(check, subject, exchange))
                continue;
            total++;
            if (!exchange_is_dead(exchange))
                continue;
            bad++;
            answer->text = answer->text ? answer->text : exchange->url;
            answer_evidence(answer, NULL, exchange->url,
                            exchange->status
                                ? arena_printf(subject->arena, "%d", exchange->status)
                                : exchange->error);
        }
    }
    if (total == 0) {
        answer_set(answer, FINDING_CANNOT_TELL, "no link was tried");
        return;
    }
    answer_verdict(answer, bad <= check->share * total);
    answer->count = bad;
    answer->total = total;
    answer->value = bad;
    answer->threshold = check->share * total;
}

/** How many hops led to exchange i of a visit: the exchanges before it, chained. */
static int hops_to(const Visit *visit, size_t i)
{
    int hops = 0;
    while (i > 0 && visit->exchanges[i - 1]->redirect_url &&
           !strcmp(visit->exchanges[i - 1]->redirect_url, visit->exchanges[i]->url)) {
        hops++;
        i--;
    }
    return hops;
}

static void redirects_run(const SiteCheck *check, const Subject *subject, Answer *answer)
{
    int total = 0, bad = 0;
    for (size_t v = 0; v < subject->audit->visit_count; v++) {
        const Visit *visit = subject->audit->visits[v];
        if (strcmp(visit->scenario_id, "links") != 0)
            continue;
        for (size_t i = 0; i < visit->exchange_count; i++) {
            const Exchange *exchange = visit->exchanges[i];
            int hops = hops_to(visit, i);
            if (exchange->type != RESOURCE_DOCUMENT || exchange->redirect_url ||
                !exchange_is_own(subject, exchange))
                continue;
            total++;
            if (hops <= check->redirects)
                continue;
            bad++;
            answer_evidence(answer, NULL, visit->exchanges[i - (size_t)hops]->url,
                            arena_printf(subject->arena, "%d: %s", hops, exchange->url));
        }
    }
    if (total == 0) {
        answer_set(answer, FINDING_CANNOT_TELL, "no link was tried");
        return;
    }
    answer_verdict(answer, bad == 0);
    answer->count = bad;
    answer->total = total;
    answer->text = bad ? answer->evidence[0].snippet : NULL;
}

static void file_run(const SiteCheck *check, const Subject *subject, Answer *answer)
{
    for (size_t v = 0; v < subject->audit->visit_count; v++) {
        const Visit *visit = subject->audit->visits[v];
        for (size_t i = 0; i < visit->exchange_count; i++) {
            const Exchange *exchange = visit->exchanges[i];
            Url url;
            if (exchange->page >= 0 || exchange->redirect_url ||
                !url_parse(subject->arena, str_of(exchange->url), NULL, &url, NULL) ||
                strcmp(url.path, check->file) != 0 || !exchange_is_own(subject, exchange))
                continue;
            if (check->is_optional && exchange->status >= 400)
                break;
            if (exchange->status == 0) {
                answer_set(answer, FINDING_CANNOT_TELL, "no answer");
                return;
            }
            answer_verdict(answer,
                           exchange->status >= 200 && exchange->status < 300 &&
                               (!check->where ||
                                exchange_test_holds(check->where, subject, exchange)));
            answer_evidence(answer, NULL, exchange->url,
                            arena_printf(subject->arena, "%d", exchange->status));
            return;
        }
    }
    answer_set(answer, check->is_optional ? FINDING_NOT_APPLICABLE : FINDING_CANNOT_TELL,
               "the file was not asked for");
}

enum { TIMER_APART_S = 60 };

/** Did a timer begin anew for the second visitor (1), run on (-1), or neither (0)? Between
 * two visits t seconds apart a true one loses t; one that is made for each visitor loses
 * nothing. What lies between may be either. */
static int timer_restarts(const PageDigest *first, const PageDigest *second)
{
    double apart = (double)(second->page->started_us - first->page->started_us) / 1e6;
    double lost = first->countdown - second->countdown;
    if (apart < TIMER_APART_S)
        return 0;
    if (lost > -apart * 0.1 && lost < apart * 0.1)
        return 1;
    return lost > apart * 0.75 && lost < apart * 1.25 ? -1 : 0;
}

/** Only what a browser painted: in the HTML as sent a timer may be a placeholder. */
static bool has_timer(const Subject *subject, const PageDigest *digest)
{
    return digest->countdown > 0 &&
           !strcmp(subject->audit->visits[digest->visit]->engine, "chromium");
}

static void countdown_run(const Subject *subject, Answer *answer)
{
    const Site *site = subject->site;
    int seen = 0, true_ones = 0;
    for (size_t i = 0; site && i < site->count; i++) {
        const PageDigest *second = &site->pages[i];
        if (!has_timer(subject, second))
            continue;
        seen++;
        for (size_t k = 0; k < i; k++) {
            const PageDigest *first = &site->pages[k];
            int answer_of = has_timer(subject, first) && first->visit != second->visit &&
                                    !strcmp(first->url, second->url)
                                ? timer_restarts(first, second)
                                : 0;
            true_ones += answer_of < 0;
            if (answer_of <= 0)
                continue;
            answer_verdict(answer, false);
            answer->text = second->countdown_text;
            answer->value =
                (double)(second->page->started_us - first->page->started_us) / 1e6;
            answer_evidence(answer, NULL,
                            arena_printf(subject->arena, "%s, %s", first->countdown_text,
                                         second->countdown_text),
                            second->url);
            return;
        }
    }
    if (true_ones > 0)
        answer_verdict(answer, true);
    else if (seen > 0)
        answer_set(answer, FINDING_CANNOT_TELL,
                   "no two visits saw the timer a minute apart");
    else
        answer_set(answer, FINDING_NOT_APPLICABLE, "no page shows a timer");
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const SiteCheck *check = data;
    switch (check->question) {
    case SITE_UNIQUE: unique_run(check, subject, answer); return;
    case SITE_LINKS: links_run(check, subject, answer); return;
    case SITE_FILE: file_run(check, subject, answer); return;
    case SITE_COUNTDOWN: countdown_run(subject, answer); return;
    case SITE_REDIRECTS: redirects_run(check, subject, answer); return;
    }
}

const CheckType check_site = {.kind = CHECK_SITE,
                              .scope = SCOPE_SITE,
                              .keys = keys,
                              .key_count = (int)COUNT_OF(keys),
                              .compile = compile,
                              .run = run};
