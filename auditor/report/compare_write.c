/* compare_write.c - a comparison written: terminal, JSON, CSV, and by templates.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/units.h"
#include "report/compare_inside.h"
#include "report/escape.h"
#include "report/html.h"
#include "report/say.h"

static const char *step_name(const char *step)
{
    Str name = str_of(step);
    return str_starts_with(name, STR("mystery/")) ? step + strlen("mystery/") : step;
}

const char *compare_time_line(Arena *arena, const ComparedTime *time)
{
    const Change *change = &time->change;
    char before[64], after[64], estimate[64], low[64], high[64], p[64];
    const char *unit = metric_info(change->metric)->unit;
    int decimals = change->is_ratio ? 2 : 3;
    int places = unit[0] ? 0 : 3; /* ms and bytes are whole enough */
    number_fixed(change->before, places, before, sizeof before);
    number_fixed(change->after, places, after, sizeof after);
    number_fixed(change->estimate, decimals, estimate, sizeof estimate);
    number_fixed(change->low, decimals, low, sizeof low);
    number_fixed(change->high, decimals, high, sizeof high);
    number_fixed(change->p_adjusted, 4, p, sizeof p);
    return arena_printf(arena, "%s page%s%s: %s %s -> %s%s%s, %s %s (95 %% %s to %s), p %s",
                        snap_page_name(arena, time->kind, time->stage),
                        time->step[0] ? ", step " : "", step_name(time->step),
                        metric_info(change->metric)->name, before, after,
                        unit[0] ? " " : "", unit, change->is_ratio ? "ratio" : "difference",
                        estimate, low, high, p);
}

static void line(Buf *out, const char *text)
{
    escape_terminal(out, str_of(text));
    buf_add_byte(out, '\n');
}

static void time_text(const CompareView *view, const ComparedTime *time, Buf *out)
{
    const Change *change = &time->change;
    Arena *arena = view->arena;
    const char *word =
        compare_word(view, arena_printf(arena, "word.%s", change_word_name(change->word)));
    const char *page =
        say_page(view->locale, arena, snap_page_name(arena, time->kind, time->stage));
    const char *note = compare_open_note(view, change);
    line(out, arena_printf(arena, "  %s, %s: %s → %s, %s %s (95 %%: %s): %s", page,
                           locale_metric(view->locale, change->metric),
                           compare_value(view, change->metric, change->before),
                           compare_value(view, change->metric, change->after),
                           compare_word(view, change->is_ratio ? "ratio" : "difference"),
                           locale_number(view->locale, arena, change->estimate, 2),
                           compare_interval(view, change), word));
    if (note)
        line(out, arena_printf(arena, "      %s", note));
    if (change->word == CHANGE_WORSE && time->step[0])
        line(out, arena_printf(arena, "      %s: %s", compare_word(view, "step"),
                               compare_step(view, time->step)));
}

static void findings_text(const CompareView *view, Buf *out)
{
    const Comparison *c = view->telling->comparison;
    for (int state = 0; state < FINDING_CHANGE_COUNT; state++) {
        if (!c->counts[state])
            continue;
        const char *name = finding_change_name((FindingChange)state);
        line(out,
             arena_printf(view->arena, "%s: %d",
                          compare_word(view, arena_printf(view->arena, "state.%s", name)),
                          c->counts[state]));
        if (state != FINDING_NEW && state != FINDING_FIXED)
            continue;
        for (size_t i = 0; i < c->finding_count; i++)
            if (c->findings[i].state == (FindingChange)state)
                line(out, arena_printf(view->arena, "  %s",
                                       compare_criterion(view, &c->findings[i])));
    }
}

bool compare_text(const CompareTelling *telling, const ReportOptions *options, Buf *out,
                  Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    CompareView view = {arena, locale, telling};
    const Comparison *c = telling->comparison;
    line(out, compare_word(&view,
                           arena_printf(arena, "headline.%s", change_word_name(c->word))));
    line(out,
         arena_printf(arena, "%s %s → %s %s", c->before->site,
                      locale_date(locale, arena, c->before->started_us), c->after->site,
                      locale_date(locale, arena, c->after->started_us)));
    line(out, compare_design_note(&view));
    bool has_leads = false;
    for (size_t i = 0; i < c->time_count; i++) {
        if (!c->times[i].is_primary && !has_leads) {
            line(out, compare_word(&view, "leads"));
            has_leads = true;
        }
        time_text(&view, &c->times[i], out);
    }
    findings_text(&view, out);
    return buf_check(out, "the comparison", err);
}

static void put_change(JsonWriter *json, const Change *change)
{
    json_put_text(json, "metric", metric_info(change->metric)->name);
    json_put_number(json, "before", change->before);
    json_put_number(json, "after", change->after);
    json_put_text(json, "as", change->is_ratio ? "ratio" : "difference");
    json_put_number(json, "estimate", change->estimate);
    json_write_key(json, "interval");
    if (isnan(change->low)) {
        json_write_null(json);
    } else {
        json_write_array(json);
        json_write_number(json, change->low);
        json_write_number(json, change->high);
        json_write_end(json);
    }
    json_put_number(json, "p", change->p);
    json_put_number(json, "p_adjusted", change->p_adjusted);
    json_put_number(json, "delta", change->delta);
    json_put_number(json, "limit", change->limit);
    json_put_number(json, "noise", change->sigma);
    json_put_number(json, "detectable", change->detectable);
    json_put_integer(json, "visits", (int64_t)change->visits);
    json_put_number(json, "visits_needed", change->needed ? (double)change->needed : NAN);
    json_put_text(json, "word", change_word_name(change->word));
}

static void put_times(JsonWriter *json, const Comparison *c, bool is_primary)
{
    json_write_key(json, is_primary ? "times" : "leads");
    json_write_array(json);
    for (size_t i = 0; i < c->time_count; i++) {
        const ComparedTime *time = &c->times[i];
        if (time->is_primary != is_primary)
            continue;
        json_write_object(json);
        json_put_text(json, "page_kind", page_kind_name(time->kind));
        json_put_text(json, "stage",
                      time->stage != STAGE_NONE ? checkout_stage_name(time->stage) : NULL);
        json_put_text(json, "engine", time->engine);
        json_put_text(json, "step", time->step[0] ? step_name(time->step) : NULL);
        json_put_integer(json, "journeys", (int64_t)time->journeys);
        put_change(json, &time->change);
        json_write_end(json);
    }
    json_write_end(json);
}

static void put_findings(JsonWriter *json, const Comparison *c)
{
    json_write_key(json, "findings");
    json_write_array(json);
    for (size_t i = 0; i < c->finding_count; i++) {
        const ComparedFinding *f = &c->findings[i];
        const SnapFinding *known = f->after ? f->after : f->before;
        json_write_object(json);
        json_put_text(json, "rule", known->rule);
        json_put_text(json, "state", finding_change_name(f->state));
        json_put_text(json, "dimension", dimension_name(known->dimension));
        json_put_text(json, "impact", impact_name(known->impact));
        json_put_text(json, "fingerprint", known->fingerprint);
        json_put_text(json, "page_kind", known->page[0] ? known->page : NULL);
        json_put_text(json, "before", f->before ? f->before->rounds : NULL);
        json_put_text(json, "after", f->after ? f->after->rounds : NULL);
        json_write_end(json);
    }
    json_write_end(json);
}

static void put_journeys(JsonWriter *json, const Comparison *c)
{
    json_write_key(json, "journeys");
    json_write_array(json);
    for (size_t i = 0; i < c->journey_count; i++) {
        const ComparedJourney *j = &c->journeys[i];
        json_write_object(json);
        json_put_text(json, "scenario", j->scenario);
        json_put_text(json, "persona", j->persona);
        json_put_text(json, "engine", j->engine);
        json_put_integer(json, "before_done", (int64_t)j->before_done);
        json_put_integer(json, "before_visits", (int64_t)j->before_count);
        json_put_integer(json, "after_done", (int64_t)j->after_done);
        json_put_integer(json, "after_visits", (int64_t)j->after_count);
        json_put_number(json, "p", j->p);
        json_put_number(json, "before_fields", j->before_fields);
        json_put_number(json, "after_fields", j->after_fields);
        json_put_number(json, "before_pages", j->before_pages);
        json_put_number(json, "after_pages", j->after_pages);
        json_write_end(json);
    }
    json_write_end(json);
}

static void put_side(JsonWriter *json, const char *key, const Snapshot *s)
{
    char when[32];
    clock_iso8601(s->started_us, when, sizeof when);
    json_write_key(json, key);
    json_write_object(json);
    json_put_text(json, "name", s->name);
    json_put_text(json, "site", s->site);
    json_put_text(json, "started", when);
    json_put_number(json, "score", s->score);
    json_put_text(json, "grid", s->grid);
    json_put_text(json, "place", s->place[0] ? s->place : NULL);
    json_put_integer(json, "visits", (int64_t)s->visit_count);
    json_write_end(json);
}

static bool json_telling(const CompareTelling *telling, const ReportOptions *options,
                         Buf *out, Error *err)
{
    const Comparison *c = telling->comparison;
    JsonWriter json;
    (void)options;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_put_text(&json, "schema", "mystery-comparison/1");
    json_put_text(&json, "word", change_word_name(c->word));
    json_put_text(&json, "reason", telling->reason);
    put_side(&json, "before", c->before);
    put_side(&json, "after", c->after);
    json_put_bool(&json, "interleaved", c->design.is_interleaved);
    json_put_integer(&json, "sessions", (int64_t)c->design.sessions);
    json_put_number(&json, "session_spread", c->design.session_sd);
    put_times(&json, c, true);
    put_times(&json, c, false);
    put_findings(&json, c);
    put_journeys(&json, c);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the comparison", err);
}

static bool by_template(const CompareTelling *telling, const ReportOptions *options,
                        const RenderTarget *target, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RenderShelf shelf = {arena, options->folders, target->folder};
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    CompareView view = {arena, locale, telling};
    Value *root = compare_view(&view);
    if (strcmp(target->folder, "html") == 0)
        return html_page(&shelf, target->file, root, out, err);
    return render_view(&shelf, target, root, out, err);
}

static bool html_telling(const CompareTelling *telling, const ReportOptions *options,
                         Buf *out, Error *err)
{
    static const RenderTarget target = {"html", "compare.mustache", escape_html_attribute,
                                        NULL};
    return by_template(telling, options, &target, out, err);
}

static bool markdown_telling(const CompareTelling *telling, const ReportOptions *options,
                             Buf *out, Error *err)
{
    static const RenderTarget target = {"markdown", "compare.mustache", escape_markdown,
                                        NULL};
    return by_template(telling, options, &target, out, err);
}

static bool junit_telling(const CompareTelling *telling, const ReportOptions *options,
                          Buf *out, Error *err)
{
    static const RenderTarget target = {"junit", "compare.mustache", escape_xml, NULL};
    return by_template(telling, options, &target, out, err);
}

static void cell(Buf *out, const char *text, bool is_last)
{
    escape_csv(out, str_of(text));
    buf_add_text(out, is_last ? "\r\n" : ",");
}

static void number_cell(Buf *out, double number)
{
    char text[32];
    cell(out, isnan(number) ? "" : number_text(number, text, sizeof text), false);
}

static bool csv_telling(const CompareTelling *telling, const ReportOptions *options,
                        Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Comparison *c = telling->comparison;
    (void)options;
    buf_add_text(out, "page,step,engine,metric,before,after,estimate,low,high,p_adjusted,"
                      "visits,word\r\n");
    for (size_t i = 0; i < c->time_count; i++) {
        const ComparedTime *time = &c->times[i];
        const Change *change = &time->change;
        cell(out, snap_page_name(arena, time->kind, time->stage), false);
        cell(out, step_name(time->step), false);
        cell(out, time->engine, false);
        cell(out, metric_info(change->metric)->name, false);
        const double numbers[] = {change->before,        change->after, change->estimate,
                                  change->low,           change->high,  change->p_adjusted,
                                  (double)change->visits};
        for (size_t n = 0; n < COUNT_OF(numbers); n++)
            number_cell(out, numbers[n]);
        cell(out, change_word_name(change->word), true);
    }
    return buf_check(out, "the comparison", err);
}

const CompareFormat *compare_formats(void)
{
    static const CompareFormat formats[] = {
        {"html", "comparison.html", html_telling},
        {"json", "comparison.json", json_telling},
        {"markdown", "comparison.md", markdown_telling},
        {"junit", "comparison.xml", junit_telling},
        {"csv", "comparison.csv", csv_telling},
        {"sarif", "comparison.sarif", compare_sarif},
        {NULL, NULL, NULL},
    };
    return formats;
}
