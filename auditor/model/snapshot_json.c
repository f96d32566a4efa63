/* snapshot_json.c - snapshots as JSON: what the history keeps, exports and imports.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "model/snapshot.h"

static const char *const mark_names[] = {"score",          "confidence", "satisfaction",
                                         "recommendation", "effort",     "completion"};

enum { MARKS = 6, INDEX_MOST = 1000000 };

/* The marks in the order of their names. */
static void marks_of(Snapshot *s, double **marks)
{
    marks[0] = &s->score;
    marks[1] = &s->confidence;
    marks[2] = &s->satisfaction;
    marks[3] = &s->recommendation;
    marks[4] = &s->effort;
    marks[5] = &s->completion;
}

static void put_time(JsonWriter *json, const char *key, int64_t wall_us)
{
    char text[32];
    clock_iso8601(wall_us, text, sizeof text);
    json_put_text(json, key, text);
}

static void put_head(JsonWriter *json, const Snapshot *s)
{
    Snapshot copy = *s;
    double *marks[MARKS];
    json_put_text(json, "schema", "mystery-history/1");
    json_put_text(json, "name", s->name);
    json_put_text(json, "site", s->site);
    json_put_text(json, "host", s->host);
    put_time(json, "started", s->started_us);
    json_put_number(json, "duration_ms", (double)s->duration_us / 1000);
    json_put_text(json, "tool", s->tool_version);
    json_put_text(json, "grid", s->grid);
    json_put_text(json, "place", s->place);
    json_put_text(json, "engines", s->engines);
    json_put_text(json, "command", s->command);
    json_put_number(json, "calibration_ms",
                    s->calibration_us > 0 ? (double)s->calibration_us / 1000 : NAN);
    json_put_text(json, "status", audit_status_name(s->status));
    json_put_bool(json, "partial", s->is_partial);
    marks_of(&copy, marks);
    for (int i = 0; i < MARKS; i++)
        json_put_number(json, mark_names[i], *marks[i]);
    json_write_key(json, "dimensions");
    json_write_object(json);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        json_put_number(json, dimension_name((Dimension)d), s->dimensions[d]);
    json_write_end(json);
}

static void put_visit(JsonWriter *json, const SnapVisit *visit)
{
    json_write_object(json);
    json_put_text(json, "scenario", visit->scenario);
    json_put_text(json, "persona", visit->persona);
    json_put_text(json, "engine", visit->engine);
    json_put_integer(json, "number", visit->number);
    json_put_text(json, "outcome", visit_outcome_name(visit->outcome));
    put_time(json, "started", visit->started_us);
    json_put_number(json, "duration_ms", (double)visit->duration_us / 1000);
    json_put_bool(json, "first", visit->is_first);
    json_put_number(json, "pages", visit->pages);
    json_put_number(json, "clicks", visit->clicks);
    json_put_number(json, "fields", visit->fields);
    json_put_number(json, "human_ms", visit->human_ms);
    json_put_number(json, "machine_ms", visit->machine_ms);
    json_write_end(json);
}

static void put_page(JsonWriter *json, const SnapPage *page)
{
    json_write_object(json);
    json_put_integer(json, "visit", (int64_t)page->visit);
    json_put_text(json, "kind", page_kind_name(page->kind));
    if (page->stage != STAGE_NONE)
        json_put_text(json, "stage", checkout_stage_name(page->stage));
    json_put_text(json, "step", page->step);
    json_put_text(json, "path", page->path);
    for (int m = 0; m < METRIC_COUNT; m++)
        if (!isnan(page->metrics[m]))
            json_put_number(json, metric_info((Metric)m)->name, page->metrics[m]);
    json_write_end(json);
}

static void put_finding(JsonWriter *json, const SnapFinding *finding)
{
    json_write_object(json);
    json_put_text(json, "rule", finding->rule);
    json_put_text(json, "revision", finding->revision);
    json_put_text(json, "fingerprint", finding->fingerprint);
    json_put_text(json, "dimension", dimension_name(finding->dimension));
    json_put_text(json, "impact", impact_name(finding->impact));
    json_put_text(json, "outcome", finding_outcome_name(finding->outcome));
    json_put_number(json, "value", finding->value);
    json_put_integer(json, "pages_failed", finding->pages_failed);
    json_put_integer(json, "pages_seen", finding->pages_seen);
    json_put_text(json, "page", finding->page);
    json_put_text(json, "rounds", finding->rounds);
    json_write_end(json);
}

static void put_price(JsonWriter *json, const SnapPrice *price)
{
    json_write_object(json);
    json_put_text(json, "path", price->path);
    json_put_text(json, "name", price->name);
    json_put_text(json, "currency", price->currency);
    json_put_number(json, "price", price->price);
    json_put_number(json, "former", price->former);
    put_time(json, "seen", price->seen_us);
    json_write_end(json);
}

void snapshot_write(const Snapshot *s, bool is_pretty, Buf *out)
{
    JsonWriter json;
    json_writer_init(&json, out, is_pretty);
    json_write_object(&json);
    put_head(&json, s);
    json_write_key(&json, "visits");
    json_write_array(&json);
    for (size_t i = 0; i < s->visit_count; i++)
        put_visit(&json, &s->visits[i]);
    json_write_end(&json);
    json_write_key(&json, "pages");
    json_write_array(&json);
    for (size_t i = 0; i < s->page_count; i++)
        put_page(&json, &s->pages[i]);
    json_write_end(&json);
    json_write_key(&json, "findings");
    json_write_array(&json);
    for (size_t i = 0; i < s->finding_count; i++)
        put_finding(&json, &s->findings[i]);
    json_write_end(&json);
    json_write_key(&json, "prices");
    json_write_array(&json);
    for (size_t i = 0; i < s->price_count; i++)
        put_price(&json, &s->prices[i]);
    json_write_end(&json);
    json_write_end(&json);
}

/* Reading: what stands there is foreign. */
typedef struct Reading {
    Arena *arena;
    const JsonFile *file;
    Snapshot *s;
} Reading;

static const char *text_of(const Reading *in, const Json *object, const char *key)
{
    return arena_text(in->arena, json_text(json_get(object, key), ""));
}

static double number_of(const Json *object, const char *key)
{
    return json_number(json_get(object, key), NAN);
}

static int64_t us_of(const Json *object, const char *key)
{
    double ms = json_number(json_get(object, key), 0);
    return ms > 0 && ms < 1e15 ? (int64_t)(ms * 1000 + 0.5) : 0;
}

static int64_t time_of(const Json *object, const char *key)
{
    int64_t wall_us = 0;
    return clock_parse_iso8601(json_text(json_get(object, key), ""), &wall_us) ? wall_us
                                                                               : 0;
}

static int count_of(const Json *object, const char *key)
{
    double number = json_number(json_get(object, key), 0);
    return number >= 0 && number < INDEX_MOST ? (int)number : 0;
}

static AuditStatus status_of(const char *name)
{
    for (int i = 0; i <= AUDIT_INCONCLUSIVE; i++)
        if (strcmp(audit_status_name((AuditStatus)i), name) == 0)
            return (AuditStatus)i;
    return AUDIT_INCONCLUSIVE;
}

static bool read_head(const Reading *in, Error *err)
{
    Snapshot *s = in->s;
    const Json *root = in->file->root;
    double *marks[MARKS];
    if (strcmp(json_text(json_get(root, "schema"), ""), "mystery-history/1") != 0)
        return json_error(in->file, root, err, "not an audit of a history");
    s->site = text_of(in, root, "site");
    s->host = text_of(in, root, "host");
    s->started_us = time_of(root, "started");
    if (!s->site[0] || !s->started_us)
        return json_error(in->file, root, err, "an audit needs 'site' and 'started'");
    s->duration_us = us_of(root, "duration_ms");
    s->calibration_us = us_of(root, "calibration_ms");
    s->tool_version = text_of(in, root, "tool");
    s->grid = text_of(in, root, "grid");
    s->place = text_of(in, root, "place");
    s->engines = text_of(in, root, "engines");
    s->command = text_of(in, root, "command");
    s->status = status_of(json_text(json_get(root, "status"), ""));
    s->is_partial = json_bool(json_get(root, "partial"), false);
    /* Never taken from the file: one audit has one name. */
    s->name = snapshot_name(in->arena, s->site, s->started_us);
    marks_of(s, marks);
    for (int i = 0; i < MARKS; i++)
        *marks[i] = number_of(root, mark_names[i]);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        s->dimensions[d] =
            number_of(json_get(root, "dimensions"), dimension_name((Dimension)d));
    return true;
}

static void read_visit(const Reading *in, const Json *json)
{
    SnapVisit visit = {.scenario = text_of(in, json, "scenario"),
                       .persona = text_of(in, json, "persona"),
                       .engine = text_of(in, json, "engine"),
                       .number = count_of(json, "number"),
                       .started_us = time_of(json, "started"),
                       .duration_us = us_of(json, "duration_ms")};
    visit.outcome = visit_outcome_of(json_text(json_get(json, "outcome"), ""));
    visit.is_first = json_bool(json_get(json, "first"), false);
    visit.pages = number_of(json, "pages");
    visit.clicks = number_of(json, "clicks");
    visit.fields = number_of(json, "fields");
    visit.human_ms = number_of(json, "human_ms");
    visit.machine_ms = number_of(json, "machine_ms");
    ARENA_PUSH(in->arena, in->s->visits, in->s->visit_count, in->s->visit_capacity, visit);
}

static bool read_page(const Reading *in, const Json *json, Error *err)
{
    SnapPage page = {.visit = (size_t)count_of(json, "visit")};
    if (page.visit >= in->s->visit_count)
        return json_error(in->file, json, err, "a page of no visit");
    page.kind = page_kind_of(json_text(json_get(json, "kind"), ""));
    page.stage = checkout_stage_of(json_text(json_get(json, "stage"), ""));
    page.step = text_of(in, json, "step");
    page.path = text_of(in, json, "path");
    for (int m = 0; m < METRIC_COUNT; m++)
        page.metrics[m] = number_of(json, metric_info((Metric)m)->name);
    ARENA_PUSH(in->arena, in->s->pages, in->s->page_count, in->s->page_capacity, page);
    return true;
}

static bool read_finding(const Reading *in, const Json *json, Error *err)
{
    SnapFinding finding = {.rule = text_of(in, json, "rule"),
                           .revision = text_of(in, json, "revision"),
                           .fingerprint = text_of(in, json, "fingerprint"),
                           .value = number_of(json, "value"),
                           .pages_failed = count_of(json, "pages_failed"),
                           .pages_seen = count_of(json, "pages_seen"),
                           .page = text_of(in, json, "page"),
                           .rounds = text_of(in, json, "rounds")};
    if (!dimension_of(json_text(json_get(json, "dimension"), ""), &finding.dimension) ||
        !impact_of(json_text(json_get(json, "impact"), ""), &finding.impact) ||
        !finding_outcome_of(json_text(json_get(json, "outcome"), ""), &finding.outcome))
        return json_error(in->file, json, err,
                          "a finding of unknown dimension, impact or outcome");
    if (strspn(finding.rounds, "pf?-") != strlen(finding.rounds))
        return json_error(in->file, json, err, "'rounds' holds other letters than p f ? -");
    ARENA_PUSH(in->arena, in->s->findings, in->s->finding_count, in->s->finding_capacity,
               finding);
    return true;
}

static void read_price(const Reading *in, const Json *json)
{
    SnapPrice price = {.path = text_of(in, json, "path"),
                       .name = text_of(in, json, "name"),
                       .currency = text_of(in, json, "currency"),
                       .price = number_of(json, "price"),
                       .former = number_of(json, "former"),
                       .seen_us = time_of(json, "seen")};
    if (!isnan(price.price))
        ARENA_PUSH(in->arena, in->s->prices, in->s->price_count, in->s->price_capacity,
                   price);
}

bool snapshot_read(Arena *arena, const JsonFile *file, Snapshot *snapshot, Error *err)
{
    Reading in = {arena, file, snapshot};
    *snapshot = (Snapshot){0};
    if (!read_head(&in, err))
        return false;
    for (const Json *i = json_first(json_get(file->root, "visits")); i; i = json_next(i))
        read_visit(&in, i);
    for (const Json *i = json_first(json_get(file->root, "pages")); i; i = json_next(i))
        if (!read_page(&in, i, err))
            return false;
    for (const Json *i = json_first(json_get(file->root, "findings")); i; i = json_next(i))
        if (!read_finding(&in, i, err))
            return false;
    for (const Json *i = json_first(json_get(file->root, "prices")); i; i = json_next(i))
        read_price(&in, i);
    return true;
}
