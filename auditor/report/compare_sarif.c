/* compare_sarif.c - a comparison as SARIF 2.1.0: each result says by its baselineState
 * whether it is new, unchanged, updated (flickering) or absent (fixed).
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "report/compare_inside.h"
#include "report/escape.h"

/* SARIF's word; NULL: of the grid or of one side only, no news of the shop. */
static const char *state_of(FindingChange state)
{
    switch (state) {
    case FINDING_NEW: return "new";
    case FINDING_FIXED: return "absent";
    case FINDING_STILL: return "unchanged";
    case FINDING_FLICKERING: return "updated";
    case FINDING_BY_GRID:
    case FINDING_UNSEEN:
    case FINDING_CHANGE_COUNT: break;
    }
    return NULL;
}

static const char *level_of(Impact impact)
{
    if (impact == IMPACT_BLOCKER)
        return "error";
    return impact == IMPACT_MAJOR ? "warning" : "note";
}

static void put_text(const CompareView *view, JsonWriter *json, const char *key,
                     const char *text)
{
    json_put_text(json, key, escape_defuse(view->arena, text));
}

/* A text of SARIF is an object. */
static void put_message(const CompareView *view, JsonWriter *json, const char *text)
{
    json_write_key(json, "message");
    json_write_object(json);
    put_text(view, json, "text", text);
    json_write_end(json);
}

static void put_place(const CompareView *view, JsonWriter *json, const char *page)
{
    const char *site = view->telling->comparison->after->site;
    json_write_key(json, "locations");
    json_write_array(json);
    json_write_object(json);
    json_write_key(json, "physicalLocation");
    json_write_object(json);
    json_write_key(json, "artifactLocation");
    json_write_object(json);
    put_text(view, json, "uri", site);
    json_write_end(json);
    json_write_end(json);
    if (page[0]) {
        json_write_key(json, "logicalLocations");
        json_write_array(json);
        json_write_object(json);
        put_text(view, json, "name", page);
        json_put_text(json, "kind", "page");
        json_write_end(json);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_end(json);
}

static void put_finding(const CompareView *view, JsonWriter *json,
                        const ComparedFinding *finding)
{
    const SnapFinding *known = finding->after ? finding->after : finding->before;
    const char *state = state_of(finding->state);
    if (!state)
        return;
    json_write_object(json);
    put_text(view, json, "ruleId", known->rule);
    json_put_text(json, "level", level_of(known->impact));
    json_put_text(json, "baselineState", state);
    put_message(view, json, compare_criterion(view, finding));
    put_place(view, json, known->page);
    json_write_key(json, "partialFingerprints");
    json_write_object(json);
    put_text(view, json, "mystery/v1", known->fingerprint);
    json_write_end(json);
    json_write_end(json);
}

static void put_time(const CompareView *view, JsonWriter *json, const ComparedTime *time)
{
    if (!time->is_primary || time->change.word != CHANGE_WORSE)
        return;
    json_write_object(json);
    put_text(
        view, json, "ruleId",
        arena_printf(view->arena, "regression-%s", metric_info(time->change.metric)->name));
    json_put_text(json, "level", "error");
    json_put_text(json, "baselineState", "new");
    put_message(view, json, compare_time_line(view->arena, time));
    put_place(view, json, snap_page_name(view->arena, time->kind, time->stage));
    json_write_end(json);
}

bool compare_sarif(const CompareTelling *telling, const ReportOptions *options, Buf *out,
                   Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Comparison *c = telling->comparison;
    Locale *locale = NULL;
    JsonWriter json;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    CompareView view = {arena, locale, telling};
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_put_text(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_put_text(&json, "version", "2.1.0");
    json_write_key(&json, "runs");
    json_write_array(&json);
    json_write_object(&json);
    json_write_key(&json, "tool");
    json_write_object(&json);
    json_write_key(&json, "driver");
    json_write_object(&json);
    json_put_text(&json, "name", "Mystery");
    json_put_text(&json, "version", c->after->tool_version);
    json_write_end(&json);
    json_write_end(&json);
    json_put_text(&json, "language", locale_language(locale));
    json_write_key(&json, "results");
    json_write_array(&json);
    for (size_t i = 0; i < c->time_count; i++)
        put_time(&view, &json, &c->times[i]);
    for (size_t i = 0; i < c->finding_count; i++)
        put_finding(&view, &json, &c->findings[i]);
    json_write_end(&json);
    json_write_end(&json);
    json_write_end(&json);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the comparison", err);
}
