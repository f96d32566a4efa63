/* site_write.c - a crawled shop as JSON, Markdown, JUnit, table rows and terminal lines.
 * Layer: report. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "report/escape.h"
#include "report/say.h"
#include "report/site_inside.h"

enum { LINES_EACH = 3, CELL_ERROR = 2, CELL_KIND = 3, CELL_PASSED = 13, PAGE_CELLS = 16 };

/* ---- JSON ---- */

static void example_json(JsonWriter *json, const SiteExample *example)
{
    json_write_object(json);
    json_put_text(json, "url", example->url);
    json_put_text(json, "source", *example->source ? example->source : NULL);
    json_put_text(json, "detail", *example->detail ? example->detail : NULL);
    json_put_text(json, "key", *example->key ? example->key : NULL);
    if (example->places)
        json_put_integer(json, "places", example->places);
    json_write_end(json);
}

static void examples_json(JsonWriter *json, const SiteExample *examples, size_t count)
{
    json_write_key(json, "examples");
    json_write_array(json);
    for (size_t i = 0; i < count; i++)
        example_json(json, &examples[i]);
    json_write_end(json);
}

static void question_json(JsonWriter *json, const SiteTelling *t,
                          const SiteQuestion *question)
{
    const char *name = site_topic_name(question->topic);
    json_write_object(json);
    json_put_text(json, "id", name);
    json_put_text(json, "title", site_word(t, arena_printf(t->arena, "topic.%s", name)));
    json_put_text(json, "impact", impact_name(site_topic_impact(question->topic)));
    json_put_text(json, "outcome", finding_outcome_name(question->outcome));
    json_put_text(json, "reason", question->reason);
    json_put_integer(json, "count", question->count);
    json_put_integer(json, "total", question->total);
    json_write_key(json, "templates");
    json_write_array(json);
    for (size_t i = 0; i < question->tally_count; i++) {
        json_write_object(json);
        json_put_integer(json, "template", (int64_t)question->tallies[i].template_index);
        json_put_integer(json, "count", question->tallies[i].count);
        json_write_end(json);
    }
    json_write_end(json);
    examples_json(json, question->examples, question->example_count);
    json_write_end(json);
}

static void template_json(JsonWriter *json, const SiteTemplate *template)
{
    json_write_object(json);
    json_put_text(json, "kind", page_kind_name(template->kind));
    json_put_text(json, "shape", template->shape);
    json_put_integer(json, "pages", template->pages);
    json_put_number(json, "ttfb_ms", template->wait_ms);
    json_put_number(json, "html_bytes", template->bytes);
    json_put_text(json, "example", template->example);
    json_write_end(json);
}

static void rule_json(JsonWriter *json, const SiteRule *rule)
{
    json_write_object(json);
    json_put_text(json, "rule", rule->rule->id);
    json_put_text(json, "dimension", dimension_name(rule->rule->dimension));
    json_put_text(json, "impact", impact_name(rule->rule->impact));
    json_put_integer(json, "template", (int64_t)rule->template_index);
    json_put_integer(json, "failed", rule->failed);
    json_put_integer(json, "seen", rule->seen);
    examples_json(json, rule->examples, rule->example_count);
    json_write_end(json);
}

static void head_json(JsonWriter *json, const SiteReport *report)
{
    char when[32];
    clock_iso8601(report->started_us, when, sizeof when);
    json_put_text(json, "schema", "mystery-crawl/1");
    json_put_text(json, "site", report->site);
    json_put_text(json, "tool", report->tool_version);
    json_put_text(json, "grid", report->has_rules ? report->grid_version : NULL);
    json_put_text(json, "started", when);
    json_put_number(json, "duration_s", (double)report->duration_us / 1e6);
    json_put_bool(json, "complete", report->is_complete);
    json_put_bool(json, "limited", report->is_limited);
    json_put_bool(json, "interrupted", report->is_interrupted);
    json_put_integer(json, "fetched", report->fetched);
    json_put_integer(json, "pages", report->pages);
    json_put_integer(json, "foreign", report->foreign);
    json_put_integer(json, "unchanged", report->unchanged);
    json_put_integer(json, "waiting", report->waiting);
    json_put_integer(json, "sitemaps", report->sitemaps);
    json_put_integer(json, "sitemap_urls", report->sitemap_urls);
    json_put_integer(json, "index_bytes", report->index_bytes);
}

static void passed_json(JsonWriter *json, const SitePassed *passed)
{
    json_write_object(json);
    json_put_text(json, "why", passed->why);
    json_put_text(json, "shape", passed->shape);
    json_put_integer(json, "count", passed->count);
    json_put_text(json, "example", passed->example);
    json_write_end(json);
}

bool site_json(const SiteReport *report, const ReportOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    JsonWriter json;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    SiteTelling t = {arena, locale, report};
    json_writer_init(&json, out, true);
    json_write_object(&json);
    head_json(&json, report);
    json_write_key(&json, "questions");
    json_write_array(&json);
    for (int i = 0; i < TOPIC_COUNT; i++)
        question_json(&json, &t, &report->questions[i]);
    json_write_end(&json);
    json_write_key(&json, "templates");
    json_write_array(&json);
    for (size_t i = 0; i < report->template_count; i++)
        template_json(&json, &report->templates[i]);
    json_write_end(&json);
    json_write_key(&json, "rules");
    json_write_array(&json);
    for (size_t i = 0; i < report->rule_count; i++)
        rule_json(&json, &report->rules[i]);
    json_write_end(&json);
    json_write_key(&json, "passed_over");
    json_write_array(&json);
    for (size_t i = 0; i < report->passed_count; i++)
        passed_json(&json, &report->passed[i]);
    json_write_end(&json);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the crawl", err);
}

/* ---- Markdown ---- */

static void question_markdown(Buf *out, const SiteTelling *t, const SiteQuestion *question)
{
    const char *name = site_topic_name(question->topic);
    buf_add_text(out, "| ");
    escape_markdown(out, str_of(site_word(t, arena_printf(t->arena, "topic.%s", name))));
    buf_add_text(out, " | ");
    escape_markdown(out, str_of(site_word(t, arena_printf(t->arena, "standing.%s",
                                                          site_standing(question)))));
    buf_add_text(out, " | ");
    escape_markdown(out, str_of(site_sum(t, question)));
    buf_add_text(out, " | ");
    escape_markdown(out, str_of(question->example_count ? question->examples[0].url : ""));
    buf_add_text(out, " |\n");
}

bool site_markdown(const SiteReport *report, const ReportOptions *options, Buf *out,
                   Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    SiteTelling t = {arena, locale, report};
    buf_add_text(out, "# ");
    escape_markdown(out, str_of(report->host));
    buf_add_text(out, "\n\n");
    escape_markdown(out, str_of(site_headline(&t)));
    buf_add_text(out, " ");
    escape_markdown(out, str_of(site_scope(&t)));
    buf_printf(out, "\n\n| %s | %s | %s | %s |\n|---|---|---|---|\n",
               site_word(&t, "question"), site_word(&t, "answer"), site_word(&t, "extent"),
               site_word(&t, "example"));
    for (int i = 0; i < TOPIC_COUNT; i++)
        question_markdown(out, &t, &report->questions[i]);
    return buf_check(out, "the crawl", err);
}

/* ---- JUnit ---- */

static void case_junit(Buf *out, const SiteTelling *t, const SiteQuestion *question)
{
    const char *name = site_topic_name(question->topic);
    buf_printf(out, "  <testcase classname=\"crawl\" name=\"%s\">", name);
    if (question->outcome == FINDING_FAIL) {
        buf_add_text(out, "<failure message=\"");
        escape_xml(out, str_of(site_sum(t, question)));
        buf_add_text(out, "\">");
        for (size_t i = 0; i < question->example_count; i++) {
            escape_xml(out, str_of(question->examples[i].url));
            buf_add_text(out, "\n");
        }
        buf_add_text(out, "</failure>");
    } else if (question->outcome != FINDING_PASS) {
        buf_add_text(out, "<skipped/>");
    }
    buf_add_text(out, "</testcase>\n");
}

bool site_junit(const SiteReport *report, const ReportOptions *options, Buf *out,
                Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    int failures = 0;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    SiteTelling t = {arena, locale, report};
    for (int i = 0; i < TOPIC_COUNT; i++)
        failures += report->questions[i].outcome == FINDING_FAIL;
    buf_printf(out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"crawl\""
               " tests=\"%d\" failures=\"%d\">\n",
               (int)TOPIC_COUNT, failures);
    for (int i = 0; i < TOPIC_COUNT; i++)
        case_junit(out, &t, &report->questions[i]);
    buf_add_text(out, "</testsuite>\n");
    return buf_check(out, "the crawl", err);
}

/* ---- tables ---- */

static const char *cell_said(size_t count, size_t at, const char *cell)
{
    static const char *const whys[] = {"",         "robots",  "changes",  "trap",
                                       "variant",  "sampled", "excluded", "foreign",
                                       "download", "reserved"};
    long long number = 0;
    if (count != PAGE_CELLS || (at != CELL_KIND && at != CELL_PASSED) ||
        !str_to_int(str_of(cell), &number) || number < 0)
        return cell;
    if (at == CELL_KIND)
        return number < PAGE_KIND_COUNT ? page_kind_name((PageKind)number) : "";
    return number < (long long)COUNT_OF(whys) ? whys[number] : "";
}

void site_csv_row(Buf *out, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_byte(out, ',');
        escape_csv(out, str_of(cell_said(count, i, cells[i])));
    }
    buf_add_text(out, "\r\n");
}

/* ---- terminal ---- */

static void line(Buf *out, const char *indent, const char *text)
{
    buf_add_text(out, indent);
    escape_terminal(out, str_of(text));
    buf_add_byte(out, '\n');
}

static void question_text(Buf *out, const SiteTelling *t, const SiteQuestion *question)
{
    static const char *const signs[] = {[FINDING_PASS] = "✓",
                                        [FINDING_FAIL] = "✗",
                                        [FINDING_CANNOT_TELL] = "?",
                                        [FINDING_NOT_APPLICABLE] = "–"};
    const char *name = site_topic_name(question->topic);
    const char *where = site_where(t, question);
    line(out, "",
         arena_printf(t->arena, "%s %s: %s", signs[question->outcome],
                      site_word(t, arena_printf(t->arena, "topic.%s", name)),
                      site_sum(t, question)));
    if (question->outcome != FINDING_FAIL)
        return;
    if (*where)
        line(out, "    ", where);
    for (size_t i = 0; i < question->example_count && i < LINES_EACH; i++) {
        const SiteExample *example = &question->examples[i];
        const char *detail = site_detail(t, example);
        line(out, "    ",
             arena_printf(t->arena, "%s%s%s%s%s", example->url, *detail ? "  " : "", detail,
                          *example->source ? "  ← " : "", example->source));
    }
}

bool site_text(const SiteReport *report, const ReportOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    SiteTelling t = {arena, locale, report};
    line(out, "", report->host);
    line(out, "", site_headline(&t));
    line(out, "", site_scope(&t));
    buf_add_byte(out, '\n');
    for (int i = 0; i < TOPIC_COUNT; i++)
        if (report->questions[i].outcome != FINDING_NOT_APPLICABLE)
            question_text(out, &t, &report->questions[i]);
    return buf_check(out, "the crawl", err);
}
