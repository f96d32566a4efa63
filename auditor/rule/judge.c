/* judge.c - every rule of the grid on every page and visit.
 *
 * A page is parsed once, judged by all rules that look at it, and let go. A page that was
 * served before with the same bytes keeps the answers that depend on its HTML alone.
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/judge.h"

#include <math.h>
#include <string.h>

#include "base/url.h"
#include "rule/check.h"
#include "rule/country.h"
#include "rule/finding_build.h"

/** A page judged before, for pages that are the same. */
typedef struct SeenPage {
    unsigned long long hash;
    const Page *page;
    Str body;
    size_t digest;   /**< index into Site.pages */
    Answer *answers; /**< by finding; only those of SCOPE_DOCUMENT */
} SeenPage;

/** One run of judge_audit. */
typedef struct Judge {
    Audit *audit;
    const Words *words;
    const JudgeOptions *options;
    Site site;
    CountrySigns signs;
    SeenPage *seen;
    size_t seen_count, seen_capacity;
} Judge;

static const Check *check_of(const Finding *finding)
{
    return finding->rule->compiled;
}

static bool is_chosen(const JudgeOptions *options, const Rule *rule)
{
    if (!options || !options->only)
        return true;
    for (const char **name = options->only; *name; name++)
        if (!strcmp(*name, rule->id) || !strcmp(*name, dimension_name(rule->dimension)))
            return true;
    return false;
}

/** Can the engine of this visit observe the rule? A foreign HAR is what a browser saw, but
 * without what a browser painted: it is judged as http is. */
static bool engine_fits(const Rule *rule, const Visit *visit)
{
    const char *engine = !strcmp(visit->engine, "har") ? "http" : visit->engine;
    for (const char **name = rule->engines; *name; name++)
        if (!strcmp(*name, engine))
            return true;
    return false;
}

/** Body that the page is judged by. */
static Str body_of(const Visit *visit, const Page *page)
{
    if (!str_is_empty(page->dom))
        return page->dom;
    if (page->document >= 0 && (size_t)page->document < visit->exchange_count)
        return visit->exchanges[page->document]->body;
    return str_of("");
}

static bool is_html(const Visit *visit, const Page *page)
{
    const char *mime = page->document >= 0 ? visit->exchanges[page->document]->mime : "";
    return !str_is_empty(page->dom) || !mime || !*mime || strstr(mime, "html") != NULL;
}

/** Where a form ends up that only a script can send: no visitor sees that page. */
static bool is_form_astray(const Visit *visit, const Page *page)
{
    const StepRecord *step = page->step >= 0 && (size_t)page->step < visit->step_count
                                 ? &visit->steps[page->step]
                                 : NULL;
    return step && step->kind == STEP_KIND_ADD_TO_CART &&
           step->outcome == OUTCOME_NEEDS_BROWSER && page->kind != PAGE_CART;
}

/** Pages that are no page of the shop: walls, and what never arrived. */
static bool is_judged(const Visit *visit, const Page *page)
{
    return page->kind != PAGE_CHALLENGE && page->status != 0 && is_html(visit, page) &&
           !is_form_astray(visit, page);
}

static SeenPage *seen_find(Judge *judge, const Page *page, Str body,
                           unsigned long long hash)
{
    for (size_t i = 0; i < judge->seen_count; i++) {
        SeenPage *one = &judge->seen[i];
        if (one->hash == hash && !strcmp(one->page->url, page->url) &&
            one->page->kind == page->kind && one->page->status == page->status &&
            str_equal(one->body, body))
            return one;
    }
    return NULL;
}

/** A HAR of somebody else does not say what its pages are. */
static void foreign_recognise(Judge *judge, const Visit *visit, Page *page, View *view)
{
    const Exchange *exchange =
        page->document >= 0 ? visit->exchanges[page->document] : NULL;
    PageContext context = {.url = page->url, .status = page->status, .site = visit->site};
    if (strcmp(visit->engine, "har") != 0 || page->kind != PAGE_UNKNOWN)
        return;
    if (exchange) {
        context.headers = exchange->headers;
        context.header_count = exchange->header_count;
    }
    page->kind = page_recognise(judge->words, view_document(view), &context,
                                judge->audit->arena, &page->stage, &page->kind_signs);
    page->is_script_shell = page_is_shell(view_document(view));
}

/** Why a rule says nothing about a page before it is even asked; false: it is asked. */
static bool is_passed_over(const Finding *finding, const Visit *visit, const Page *page,
                           Answer *answer)
{
    const Check *check = check_of(finding);
    answer_init(answer);
    if (!engine_fits(finding->rule, visit)) {
        answer_set(answer, FINDING_CANNOT_TELL, "this engine cannot observe it");
        return true;
    }
    if (page->is_script_shell && check_scope(check) == SCOPE_DOCUMENT) {
        answer_set(answer, FINDING_CANNOT_TELL,
                   "the page is an empty shell that scripts fill");
        return true;
    }
    return false;
}

/** Does the rule look at pages like this one at all? */
static bool looks_at(const Finding *finding, const Page *page)
{
    const Check *check = check_of(finding);
    if (check_scope(check) != SCOPE_DOCUMENT && check_scope(check) != SCOPE_PAGE)
        return false;
    if (!(finding->rule->pages >> page->kind & 1U))
        return false;
    return page->kind == PAGE_ERROR404 || check_accepts_status(check, page->status);
}

/** The page as checks see it; NULL with a reason when its HTML cannot be read. */
static View *view_of(Judge *judge, Arena *arena, const Visit *visit, const Page *page,
                     const char **reason)
{
    View *view = NULL;
    Error error = {0};
    if (view_open(arena, judge->words, visit, page, &view, &error))
        return view;
    *reason =
        arena_printf(judge->audit->arena, "the page could not be read: %s", error.what);
    return NULL;
}

/** Ask every rule that looks at the page. */
static void rules_ask(Judge *judge, int visit_index, Subject *subject, SeenPage *same,
                      const char *reason)
{
    Audit *audit = judge->audit;
    const Visit *visit = audit->visits[visit_index];
    for (size_t i = 0; i < audit->finding_count; i++) {
        Finding *finding = audit->findings[i];
        const Check *check = check_of(finding);
        Answer answer;
        bool is_document;
        if (!looks_at(finding, subject->page))
            continue;
        is_document = check_scope(check) == SCOPE_DOCUMENT;
        if (same->answers && is_document && same->digest != SIZE_MAX &&
            same->page != subject->page) {
            answer = same->answers[i];
            /* The same HTML may lie elsewhere on another screen. */
            for (int e = 0; e < answer.evidence_count; e++)
                memset(answer.evidence[e].box, 0, sizeof answer.evidence[e].box);
        } else if (is_passed_over(finding, visit, subject->page, &answer)) {
            /* answered already */
        } else if (is_document && !subject->view) {
            answer_init(&answer);
            answer_set(&answer, FINDING_CANNOT_TELL, reason);
        } else {
            check_run(check, subject, &answer);
        }
        if (same->answers && same->page == subject->page && is_document)
            same->answers[i] = answer;
        finding_add(finding, audit->arena, visit_index, subject->page->index, &answer);
    }
}

/** Take in what the whole site's judgement needs of a page. */
static size_t page_digest(Judge *judge, int visit_index, const Page *page, View *view)
{
    Arena *arena = judge->audit->arena;
    size_t index = judge->site.count;
    site_add(&judge->site, arena, visit_index, page, view);
    country_signs_add(&judge->signs, judge->site.pages[index].lang,
                      view_text(view, VIEW_TEXT));
    return index;
}

static void page_judge(Judge *judge, int visit_index, Page *page)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = judge->audit;
    const Visit *visit = audit->visits[visit_index];
    Str body = body_of(visit, page);
    unsigned long long hash = str_hash(body);
    SeenPage *same = seen_find(judge, page, body, hash), fresh = {0};
    const char *reason = "the page has no content";
    Subject subject = {.audit = audit,
                       .visit = visit,
                       .page = page,
                       .words = judge->words,
                       .options = judge->options,
                       .arena = audit->arena};
    subject.view = view_of(judge, arena, visit, page, &reason);
    if (subject.view)
        foreign_recognise(judge, visit, page, subject.view);
    if (!is_judged(visit, page))
        return;
    if (same) {
        site_repeat(&judge->site, audit->arena, same->digest, visit_index, page);
        rules_ask(judge, visit_index, &subject, same, reason);
        return;
    }
    fresh = (SeenPage){.hash = hash, .page = page, .body = body, .digest = SIZE_MAX};
    if (subject.view) {
        fresh.answers = ARENA_ARRAY(audit->arena, audit->finding_count + 1, Answer);
        fresh.digest = page_digest(judge, visit_index, page, subject.view);
    }
    rules_ask(judge, visit_index, &subject, &fresh, reason);
    if (subject.view)
        ARENA_PUSH(audit->arena, judge->seen, judge->seen_count, judge->seen_capacity,
                   fresh);
}

static bool is_links_visit(const Visit *visit)
{
    return !strcmp(visit->scenario_id, "links");
}

static void visits_judge(Judge *judge)
{
    Audit *audit = judge->audit;
    for (size_t v = 0; v < audit->visit_count; v++) {
        const Visit *visit = audit->visits[v];
        Subject subject = {.audit = audit,
                           .visit = visit,
                           .words = judge->words,
                           .options = judge->options,
                           .arena = audit->arena};
        if (is_links_visit(visit))
            continue;
        for (size_t i = 0; i < audit->finding_count; i++) {
            Finding *finding = audit->findings[i];
            Answer answer;
            if (check_scope(check_of(finding)) != SCOPE_VISIT ||
                !engine_fits(finding->rule, visit))
                continue;
            check_run(check_of(finding), &subject, &answer);
            finding_add(finding, audit->arena, (int)v, -1, &answer);
        }
    }
}

static void site_judge(Judge *judge)
{
    Audit *audit = judge->audit;
    Subject subject = {.audit = audit,
                       .words = judge->words,
                       .options = judge->options,
                       .site = &judge->site,
                       .arena = audit->arena};
    for (size_t i = 0; i < audit->finding_count && audit->visit_count > 0; i++) {
        Answer answer;
        if (check_scope(check_of(audit->findings[i])) != SCOPE_SITE)
            continue;
        check_run(check_of(audit->findings[i]), &subject, &answer);
        finding_add(audit->findings[i], audit->arena, 0, -1, &answer);
    }
}

/** Rules that no page and no visit gave an answer to. A page that was never reached leaves
 * its rules open: that is cannot-tell, not "does not apply". */
static void unanswered_explain(Finding *finding)
{
    CheckScope scope = check_scope(check_of(finding));
    if (finding->result_count > 0)
        return;
    finding->outcome = FINDING_CANNOT_TELL;
    finding->reason = scope == SCOPE_VISIT ? "no visit could look for it"
                                           : "no page of this kind was reached";
}

/** Laws of countries that the shop does not address do not apply. */
static void countries_apply(Judge *judge)
{
    Audit *audit = judge->audit;
    if (!audit->countries || !audit->countries[0])
        audit->countries = countries_guess(audit->arena, &judge->signs);
    for (size_t i = 0; i < audit->finding_count; i++) {
        Finding *finding = audit->findings[i];
        if (country_applies(finding->rule->countries, audit->countries))
            continue;
        finding->result_count = 0;
        finding->results = NULL;
        finding->unit = NULL;
        finding->threshold = NAN;
        finding->reason = "the shop does not address a country where this applies";
    }
}

/** A journey that did not look for a fact says nothing; when none did, it is open. */
static void journeys_explain(Finding *finding)
{
    for (size_t i = 0; i < finding->result_count; i++)
        if (finding->results[i].outcome != FINDING_NOT_APPLICABLE)
            return;
    if (check_scope(check_of(finding)) == SCOPE_VISIT && finding->result_count > 0) {
        finding->outcome = FINDING_CANNOT_TELL;
        finding->reason = "no journey looked for it";
    }
}

static void findings_create(Judge *judge)
{
    Audit *audit = judge->audit;
    audit->findings = NULL;
    audit->finding_count = audit->finding_capacity = 0;
    for (size_t i = 0; i < audit->grid->rule_count; i++)
        if (is_chosen(judge->options, audit->grid->rules[i]))
            ARENA_PUSH(audit->arena, audit->findings, audit->finding_count,
                       audit->finding_capacity,
                       finding_create(audit->arena, audit->grid->rules[i]));
}

static void findings_close(Judge *judge)
{
    Audit *audit = judge->audit;
    countries_apply(judge);
    for (size_t i = 0; i < audit->finding_count; i++) {
        Finding *finding = audit->findings[i];
        bool is_foreign = !country_applies(finding->rule->countries, audit->countries);
        finding_close(finding, audit);
        if (is_foreign)
            continue;
        unanswered_explain(finding);
        journeys_explain(finding);
    }
    findings_group(audit->findings, audit->finding_count, audit->grid);
}

bool judge_audit(Audit *audit, const Words *words, const JudgeOptions *options, Error *err)
{
    Judge judge = {.audit = audit, .words = words, .options = options};
    if (!audit->grid)
        return error_set(err, ERROR_FAILED, NULL, "the audit has no grid");
    judge.signs.host = audit->host;
    findings_create(&judge);
    for (size_t v = 0; v < audit->visit_count; v++)
        for (size_t p = 0; p < audit->visits[v]->page_count; p++)
            if (!is_links_visit(audit->visits[v]))
                page_judge(&judge, (int)v, audit->visits[v]->pages[p]);
    visits_judge(&judge);
    site_judge(&judge);
    findings_close(&judge);
    return true;
}
