/* site.c - a crawled shop as a page, and as lines for a terminal and for Markdown.
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/site.h"

#include <math.h>
#include <string.h>

#include "report/html.h"
#include "report/locale.h"
#include "report/say.h"
#include "report/site_inside.h"

enum { TEMPLATES_SHOWN = 60, PASSED_SHOWN = 60, RULES_SHOWN = 150, TALLIES_SHOWN = 4 };

const char *site_word(const SiteTelling *t, const char *key)
{
    return locale_word(t->locale, arena_printf(t->arena, "crawl.%s", key));
}

const char *site_number(const SiteTelling *t, int64_t number)
{
    return locale_number(t->locale, t->arena, (double)number, 0);
}

const char *site_template_name(const SiteTelling *t, size_t index)
{
    const SiteTemplate *template = &t->report->templates[index];
    return arena_printf(t->arena, "%s %s", locale_page(t->locale, template->kind),
                        template->shape);
}

/* "3 pages of Product /p/{s}, 1 of Home /" */
const char *site_where(const SiteTelling *t, const SiteQuestion *question)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, 8192);
    for (size_t i = 0; i < question->tally_count && i < TALLIES_SHOWN; i++) {
        const SiteTally *tally = &question->tallies[i];
        buf_printf(&out, "%s%s: %s", i ? "; " : "",
                   site_template_name(t, tally->template_index),
                   site_number(t, tally->count));
    }
    if (question->tally_count > TALLIES_SHOWN)
        buf_add_text(&out, "; …");
    return arena_text(t->arena, buf_text(&out));
}

const char *site_detail(const SiteTelling *t, const SiteExample *example)
{
    if (!*example->key)
        return example->detail;
    const char *key = arena_printf(t->arena, "crawl.detail.%s", example->key);
    return locale_line(t->locale, t->arena, key, LOCALE_ARGS({"n", example->detail}));
}

/* pass, fail, open, na: class and word of an answer. */
const char *site_standing(const SiteQuestion *question)
{
    switch (question->outcome) {
    case FINDING_PASS: return "met";
    case FINDING_FAIL: return "missed";
    case FINDING_CANNOT_TELL: return "unseen";
    case FINDING_NOT_APPLICABLE:
    case FINDING_OUTCOME_COUNT: break;
    }
    return "na";
}

const char *site_sum(const SiteTelling *t, const SiteQuestion *question)
{
    if (question->outcome != FINDING_FAIL && question->reason)
        return locale_reason(t->locale, t->arena, question->reason);
    return locale_line(t->locale, t->arena, "crawl.sum",
                       LOCALE_ARGS({"n", say_int(t->arena, question->count)},
                                   {"total", say_int(t->arena, question->total)}));
}

/* ---- the page ---- */

static void example_put(const SiteTelling *t, const SiteExample *example, Value *list)
{
    Value *one = value_add_object(list);
    value_put_text(one, "url", example->url);
    value_put_text(one, "source", *example->source ? example->source : NULL);
    const char *detail = site_detail(t, example);
    value_put_text(one, "detail", *detail ? detail : NULL);
    if (example->places > 1)
        value_put_text(one, "places",
                       locale_line(t->locale, t->arena, "crawl.places",
                                   LOCALE_ARGS({"n", say_int(t->arena, example->places)})));
}

static void question_put(const SiteTelling *t, const SiteQuestion *question, Value *list)
{
    Value *one = value_add_object(list);
    const char *name = site_topic_name(question->topic);
    const char *where = site_where(t, question);
    value_put_text(one, "id", name);
    value_put_text(one, "title", site_word(t, arena_printf(t->arena, "topic.%s", name)));
    value_put_text(one, "why", site_word(t, arena_printf(t->arena, "why.%s", name)));
    value_put_text(one, "standing", site_standing(question));
    value_put_text(
        one, "word",
        site_word(t, arena_printf(t->arena, "standing.%s", site_standing(question))));
    value_put_text(one, "sum", site_sum(t, question));
    value_put_text(one, "where", *where ? where : NULL);
    Value *examples = value_put_list(one, "examples");
    for (size_t i = 0; i < question->example_count; i++)
        example_put(t, &question->examples[i], examples);
    value_put_bool(one, "has_examples", question->example_count > 0);
    if (question->count > (int64_t)question->example_count)
        value_put_text(
            one, "more",
            locale_line(t->locale, t->arena, "crawl.more",
                        LOCALE_ARGS({"n", say_int(t->arena,
                                                  question->count -
                                                      (int64_t)question->example_count)})));
}

/* Failures first, then what is open, then what is well. */
static void questions_put(const SiteTelling *t, Value *root)
{
    static const FindingOutcome order[] = {FINDING_FAIL, FINDING_CANNOT_TELL, FINDING_PASS,
                                           FINDING_NOT_APPLICABLE};
    Value *list = value_put_list(root, "questions");
    for (size_t o = 0; o < COUNT_OF(order); o++)
        for (int i = 0; i < TOPIC_COUNT; i++)
            if (t->report->questions[i].outcome == order[o])
                question_put(t, &t->report->questions[i], list);
}

static void template_put(const SiteTelling *t, const SiteTemplate *template, Value *list)
{
    Value *one = value_add_object(list);
    value_put_text(one, "kind", locale_page(t->locale, template->kind));
    value_put_text(one, "shape", template->shape);
    value_put_text(one, "pages", site_number(t, template->pages));
    value_put_text(one, "wait", locale_duration(t->locale, t->arena, template->wait_ms));
    value_put_text(one, "bytes",
                   isnan(template->bytes)
                       ? locale_number(t->locale, t->arena, NAN, 0)
                       : locale_bytes(t->locale, t->arena, template->bytes));
    value_put_text(one, "blocker", site_number(t, template->failed[IMPACT_BLOCKER]));
    value_put_text(one, "major", site_number(t, template->failed[IMPACT_MAJOR]));
    value_put_text(one, "minor", site_number(t, template->failed[IMPACT_MINOR]));
    value_put_text(one, "example", template->example);
}

static void rule_put(const SiteTelling *t, size_t from, size_t to, Value *list)
{
    const SiteReport *report = t->report;
    const Rule *rule = report->rules[from].rule;
    Value *one = value_add_object(list);
    value_put_text(one, "id", rule->id);
    value_put_text(one, "criterion", say_criterion(t->locale, t->arena, rule));
    value_put_rich(one, "fix", locale_text(t->locale, t->arena, &rule->fix));
    value_put_text(
        one, "impact",
        site_word(t, arena_printf(t->arena, "impact.%s", impact_name(rule->impact))));
    value_put_text(one, "dimension",
                   say_dimension(t->locale, t->arena, report->grid, rule->dimension));
    Value *places = value_put_list(one, "places");
    for (size_t i = from; i < to; i++) {
        const SiteRule *at = &report->rules[i];
        Value *place = value_add_object(places);
        value_put_text(place, "template", site_template_name(t, at->template_index));
        value_put_text(place, "sum",
                       locale_line(t->locale, t->arena, "crawl.sum",
                                   LOCALE_ARGS({"n", say_int(t->arena, at->failed)},
                                               {"total", say_int(t->arena, at->seen)})));
        if (at->example_count) {
            value_put_text(place, "example", at->examples[0].url);
            value_put_text(place, "detail",
                           *at->examples[0].detail ? at->examples[0].detail : NULL);
        }
    }
}

static void rules_put(const SiteTelling *t, Value *root)
{
    const SiteReport *report = t->report;
    Value *list = value_put_list(root, "rules");
    size_t shown = 0;
    for (size_t from = 0, to; from < report->rule_count && shown < RULES_SHOWN;
         from = to, shown++) {
        for (to = from + 1;
             to < report->rule_count && report->rules[to].rule == report->rules[from].rule;)
            to++;
        rule_put(t, from, to, list);
    }
    value_put_bool(root, "has_rules", shown > 0);
}

static void passed_put(const SiteTelling *t, Value *root)
{
    const SiteReport *report = t->report;
    Value *list = value_put_list(root, "passed");
    for (size_t i = 0; i < report->passed_count && i < PASSED_SHOWN; i++) {
        const SitePassed *passed = &report->passed[i];
        Value *one = value_add_object(list);
        value_put_text(one, "why",
                       site_word(t, arena_printf(t->arena, "passed.%s", passed->why)));
        value_put_text(one, "shape", passed->shape);
        value_put_text(one, "count", site_number(t, passed->count));
        value_put_text(one, "example", passed->example);
    }
    value_put_bool(root, "has_passed", report->passed_count > 0);
}

const char *site_headline(const SiteTelling *t)
{
    int64_t faults = 0;
    for (int i = 0; i < TOPIC_COUNT; i++)
        faults += t->report->questions[i].outcome == FINDING_FAIL;
    return locale_line(t->locale, t->arena, "crawl.headline",
                       LOCALE_ARGS({"pages", say_int(t->arena, t->report->pages)},
                                   {"faults", say_int(t->arena, faults)}));
}

const char *site_scope(const SiteTelling *t)
{
    const SiteReport *report = t->report;
    const char *key = report->is_complete  ? "crawl.scope.whole"
                      : report->is_limited ? "crawl.scope.limited"
                                           : "crawl.scope.interrupted";
    return locale_line(t->locale, t->arena, key,
                       LOCALE_ARGS({"n", say_int(t->arena, report->fetched)},
                                   {"waiting", say_int(t->arena, report->waiting)}));
}

static void fact_put(const SiteTelling *t, Value *list, const char *key, const char *value)
{
    Value *one = value_add_object(list);
    value_put_text(one, "name", site_word(t, arena_printf(t->arena, "fact.%s", key)));
    value_put_text(one, "value", value);
}

static void facts_put(const SiteTelling *t, Value *root)
{
    const SiteReport *report = t->report;
    Value *list = value_put_list(root, "facts");
    double seconds = (double)report->duration_us / 1e6;
    fact_put(t, list, "when",
             arena_printf(t->arena, "%s %s",
                          locale_date(t->locale, t->arena, report->started_us),
                          locale_time(t->locale, t->arena, report->started_us)));
    fact_put(t, list, "fetched", site_number(t, report->fetched));
    fact_put(t, list, "pages", site_number(t, report->pages));
    fact_put(t, list, "foreign", site_number(t, report->foreign));
    if (report->unchanged)
        fact_put(t, list, "unchanged", site_number(t, report->unchanged));
    fact_put(t, list, "sitemap",
             report->sitemaps ? site_number(t, report->sitemap_urls)
                              : site_word(t, "none"));
    fact_put(t, list, "robots",
             report->robots_status == 200 ? site_word(t, "read") : site_word(t, "none"));
    fact_put(t, list, "duration", locale_duration(t->locale, t->arena, seconds * 1000));
    fact_put(t, list, "index",
             locale_bytes(t->locale, t->arena, (double)report->index_bytes));
    fact_put(t, list, "grid",
             arena_printf(t->arena, "%s %s", report->grid_id, report->grid_version));
}

static bool html(const SiteReport *report, const ReportOptions *options, Buf *out,
                 Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RenderShelf shelf = {arena, options->folders, "html"};
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    SiteTelling t = {arena, locale, report};
    Value *root = html_root(arena, locale, "crawl.");
    value_put_text(root, "brand_name",
                   options->brand.name ? options->brand.name : "Mystery");
    value_put_text(root, "host", report->host);
    value_put_text(root, "site", report->site);
    value_put_text(root, "headline", site_headline(&t));
    value_put_text(root, "scope", site_scope(&t));
    facts_put(&t, root);
    questions_put(&t, root);
    Value *templates = value_put_list(root, "templates");
    for (size_t i = 0; i < report->template_count && i < TEMPLATES_SHOWN; i++)
        template_put(&t, &report->templates[i], templates);
    rules_put(&t, root);
    passed_put(&t, root);
    return html_page(&shelf, "site.mustache", root, out, err);
}

const SiteFormat *site_formats(void)
{
    static const SiteFormat formats[] = {{"html", "report.html", html},
                                         {"json", "crawl.json", site_json},
                                         {"markdown", "summary.md", site_markdown},
                                         {"junit", "junit.xml", site_junit},
                                         {NULL, NULL, NULL}};
    return formats;
}
