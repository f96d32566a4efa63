/* audit_read.c - audit.json back into an audit: run, verdict, dimensions, customer,
 * questions.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "model/audit_json.h"
#include "model/audit_parts.h"
#include "model/names.h"

enum { AUDIT_LIMIT = 512 << 20 };

const char *audit_text(AuditIn *in, const Json *value)
{
    return arena_text(in->audit->arena, json_text(value, NULL));
}

Interval audit_interval(const Json *value)
{
    const Json *low = json_first(value);
    if (!low)
        return (Interval){NAN, NAN};
    return (Interval){json_number(low, NAN), json_number(json_next(low), NAN)};
}

int64_t audit_us(const Json *ms)
{
    double number = json_number(ms, -1);
    return number >= 0 && number < 1e12 ? llround(number * 1000.0) : -1;
}

int64_t audit_time(const Json *value)
{
    int64_t wall_us = 0;
    const char *text = json_text(value, NULL);
    return text && clock_parse_iso8601(text, &wall_us) ? wall_us : 0;
}

void audit_read_lang(AuditIn *in, const Json *value, LangText *text)
{
    for (const Json *item = json_first(value); item; item = json_next(item)) {
        if (text->count == (int)COUNT_OF(text->texts))
            return;
        text->languages[text->count] = arena_text(in->audit->arena, json_key(item));
        text->texts[text->count++] = arena_text(in->audit->arena, json_text(item, ""));
    }
}

void audit_read_phrase(AuditIn *in, const Json *value, Phrase *phrase)
{
    phrase->key = audit_text(in, json_get(value, "key"));
    const Json *args = json_get(value, "args");
    for (const Json *item = json_first(args); item; item = json_next(item))
        if (phrase->count < (int)COUNT_OF(phrase->names))
            phrase_add(phrase, arena_text(in->audit->arena, json_key(item)),
                       arena_text(in->audit->arena, json_text(item, "")));
    const Json *findings = json_get(value, "findings");
    for (const Json *item = json_first(findings); item; item = json_next(item))
        if (phrase->finding_count < (int)COUNT_OF(phrase->findings))
            phrase->findings[phrase->finding_count++] = audit_text(in, item);
}

void audit_read_metrics(const Json *object, double *metrics)
{
    for (const Json *item = json_first(object); item; item = json_next(item)) {
        Metric metric = metric_of(json_key(item));
        if (metric != METRIC_COUNT)
            metrics[metric] = json_number(item, NAN);
    }
}

static void read_run(AuditIn *in, const Json *run)
{
    Audit *audit = in->audit;
    audit->started_us = audit_time(json_get(run, "started"));
    audit->duration_us = audit_us(json_get(run, "duration_ms"));
    audit->language = audit_text(in, json_get(run, "language"));
    audit->language = audit->language ? audit->language : "en";
    audit->place = audit_text(in, json_get(run, "place"));
    audit->command = audit_text(in, json_get(run, "command"));
    safety_of(json_text(json_get(run, "safety"), "touch"), &audit->safety);
    audit->is_partial = json_bool(json_get(run, "partial"), false);
    const Json *countries = json_get(run, "countries");
    audit->countries =
        ARENA_ARRAY(audit->arena, (size_t)json_count(countries) + 1, const char *);
    size_t n = 0;
    for (const Json *item = json_first(countries); item; item = json_next(item))
        audit->countries[n++] = arena_text(audit->arena, json_text(item, ""));
}

static AuditStatus status_of(const char *name)
{
    if (strcmp(name, audit_status_name(AUDIT_FAILED)) == 0)
        return AUDIT_FAILED;
    return strcmp(name, audit_status_name(AUDIT_PASSED)) == 0 ? AUDIT_PASSED
                                                              : AUDIT_INCONCLUSIVE;
}

static const char *bar_part(AuditIn *in, const Json *json, const char *key)
{
    return arena_text(in->audit->arena, json_text(json_get(json, key), ""));
}

static void read_bars(AuditIn *in, const Json *bars)
{
    Audit *audit = in->audit;
    for (const Json *i = json_first(bars); i; i = json_next(i)) {
        Bar bar = {bar_part(in, i, "kind"),    bar_part(in, i, "state"),
                   bar_part(in, i, "page"),    bar_part(in, i, "step"),
                   bar_part(in, i, "subject"), bar_part(in, i, "text")};
        ARENA_PUSH(audit->arena, audit->bars, audit->bar_count, audit->bar_capacity, bar);
    }
}

static void read_verdict(AuditIn *in, const Json *verdict)
{
    Audit *audit = in->audit;
    audit->status = status_of(json_text(json_get(verdict, "status"), ""));
    audit->score = json_number(json_get(verdict, "score"), NAN);
    audit->uncapped_score = json_number(json_get(verdict, "uncapped"), NAN);
    audit->letter = audit_text(in, json_get(verdict, "letter"));
    audit->interval = audit_interval(json_get(verdict, "interval"));
    audit->range = audit_interval(json_get(verdict, "range"));
    audit->judgement = audit_interval(json_get(verdict, "judgement"));
    audit->confidence = json_number(json_get(verdict, "confidence"), NAN);
    if (!dimension_of(json_text(json_get(verdict, "cap_dimension"), ""),
                      &audit->cap_dimension))
        audit->cap_dimension = DIMENSION_COUNT;
    audit->score_equal = json_number(json_get(verdict, "score_equal_shares"), NAN);
    audit->score_speed = json_number(json_get(verdict, "score_speed_shares"), NAN);
    audit->min_score = json_number(json_get(verdict, "min_score"), NAN);
    read_bars(in, json_get(verdict, "bars"));
    audit->bar_text = audit_text(in, json_get(verdict, "bar"));
    audit_read_phrase(in, json_get(verdict, "headline"), &audit->headline);
}

static void read_dimension(AuditIn *in, const Json *json)
{
    Dimension dimension;
    if (!dimension_of(json_text(json_get(json, "id"), ""), &dimension))
        return;
    DimensionScore *score = &in->audit->dimensions[dimension];
    score->score = json_number(json_get(json, "score"), NAN);
    score->uncapped = json_number(json_get(json, "uncapped"), NAN);
    score->coverage = json_number(json_get(json, "coverage"), NAN);
    score->interval = audit_interval(json_get(json, "interval"));
    score->range = audit_interval(json_get(json, "range"));
    score->bounds = audit_interval(json_get(json, "bounds"));
    static const char *const names[FINDING_OUTCOME_COUNT] = {
        [FINDING_PASS] = "pass",
        [FINDING_FAIL] = "fail",
        [FINDING_CANNOT_TELL] = "cannot_tell",
        [FINDING_NOT_APPLICABLE] = "not_applicable"};
    const Json *counts = json_get(json, "counts");
    for (int o = 0; o < FINDING_OUTCOME_COUNT; o++)
        score->counts[o] = (int)json_number(json_get(counts, names[o]), 0);
    const char *cap = json_text(json_get(json, "cap_rule"), NULL);
    for (size_t i = 0; cap && i < in->audit->finding_count; i++)
        if (strcmp(in->audit->findings[i]->rule->id, cap) == 0)
            score->cap_rule = in->audit->findings[i]->rule;
}

static void read_calibrated(AuditIn *in, const Json *json, ModelFigure *figure)
{
    if (!json)
        return;
    FigureCalibration *made = ARENA_NEW(in->audit->arena, FigureCalibration);
    made->date = audit_text(in, json_get(json, "date"));
    made->points = (int)json_number(json_get(json, "points"), 0);
    made->residual = json_number(json_get(json, "residual"), NAN);
    made->r_squared = json_number(json_get(json, "r_squared"), NAN);
    made->modelled = json_number(json_get(json, "modelled"), NAN);
    made->is_outside = json_bool(json_get(json, "outside"), false);
    figure->calibrated = made;
}

static void read_model(AuditIn *in, const Json *json, const char *key, ModelFigure *figure)
{
    figure->value = json_number(json_get(json, key), NAN);
    figure->interval = audit_interval(json_get(json, "interval"));
    figure->formula = audit_text(in, json_get(json, "formula"));
    read_calibrated(in, json_get(json, "calibrated"), figure);
    const Json *inputs = json_get(json, "inputs");
    for (const Json *item = json_first(inputs); item; item = json_next(item)) {
        if (figure->input_count == (int)COUNT_OF(figure->input_names))
            return;
        figure->input_names[figure->input_count] =
            arena_text(in->audit->arena, json_key(item));
        figure->input_values[figure->input_count++] = json_number(item, NAN);
    }
}

static void read_cascade(AuditIn *in, const Json *json)
{
    static const char *const names[PATIENCE_COUNT] = {"hurried", "ordinary", "patient"};
    Customer *customer = &in->audit->customer;
    const Json *steps = json_get(json, "cascade"), *by = json_get(json, "by_patience");
    for (const Json *item = json_first(steps); item; item = json_next(item)) {
        CascadeStep *step = &customer->cascade[customer->cascade_count];
        if (customer->cascade_count == CASCADE_MAX)
            return;
        customer->cascade_count++;
        step->name = audit_text(in, json_get(item, "name"));
        step->kept = json_number(json_get(item, "kept"), NAN);
        step->remains = json_number(json_get(item, "remains"), NAN);
        step->is_seen = json_bool(json_get(item, "seen"), false);
    }
    for (int i = 0; i < PATIENCE_COUNT; i++)
        customer->completion_by[i] = json_number(json_get(by, names[i]), NAN);
}

static void read_customer(AuditIn *in, const Json *json)
{
    Customer *customer = &in->audit->customer;
    customer->is_calibrated = json_bool(json_get(json, "calibrated"), false);
    customer->experience = json_number(json_get(json, "experience"), NAN);
    const Json *satisfaction = json_get(json, "satisfaction");
    read_model(in, satisfaction, "out_of_10", &customer->satisfaction);
    customer->stars = json_number(json_get(satisfaction, "stars"), NAN);
    customer->smiley = audit_text(in, json_get(satisfaction, "smiley"));
    read_model(in, json_get(json, "recommendation"), "value", &customer->recommendation);
    read_model(in, json_get(json, "effort"), "value", &customer->effort);
    read_model(in, json_get(json, "completion"), "value", &customer->completion);
    read_cascade(in, json_get(json, "completion"));
}

static const Finding *finding_of_print(const Audit *audit, const char *fingerprint)
{
    for (size_t i = 0; i < audit->finding_count; i++)
        if (strcmp(audit->findings[i]->fingerprint, fingerprint) == 0)
            return audit->findings[i];
    return NULL;
}

static void read_questions(AuditIn *in, const Json *array)
{
    Audit *audit = in->audit;
    for (const Json *json = json_first(array); json; json = json_next(json)) {
        if (audit->question_count == (int)COUNT_OF(audit->questions))
            return;
        Question *question = &audit->questions[audit->question_count++];
        question->id = audit_text(in, json_get(json, "id"));
        audit_read_phrase(in, json_get(json, "answer"), &question->answer);
        const Json *evidence = json_get(json, "evidence");
        for (const Json *item = json_first(evidence); item; item = json_next(item)) {
            const Finding *finding = finding_of_print(audit, json_text(item, ""));
            if (finding && question->evidence_count < (int)COUNT_OF(question->evidence))
                question->evidence[question->evidence_count++] = finding;
        }
    }
}

/* Today's texts under the name and version of the grid that judged. */
static const Grid *grid_of_file(AuditIn *in, const Json *json)
{
    Grid *grid = ARENA_NEW(in->audit->arena, Grid);
    *grid = *in->grid;
    if (json_text(json_get(json, "id"), NULL))
        grid->id = audit_text(in, json_get(json, "id"));
    if (json_text(json_get(json, "version"), NULL))
        grid->version = audit_text(in, json_get(json, "version"));
    return grid;
}

bool audit_read(Arena *arena, const char *path, const Grid *grid, Audit **audit, Error *err)
{
    JsonFile file;
    if (!json_load(arena, path, AUDIT_LIMIT, &file, err))
        return false;
    const char *schema = json_text(json_get(file.root, "schema"), "");
    if (strcmp(schema, "mystery-audit/1") != 0) {
        json_error(&file, file.root, err, "not an audit: 'schema' is '%s'", schema);
        return error_hint(err, "give the audit.json that 'mystery audit' wrote");
    }
    AuditIn in = {&file, grid, audit_create(arena)};
    const Json *root = file.root;
    in.audit->grid = grid_of_file(&in, json_get(file.root, "grid"));
    in.audit->tool_version = audit_text(&in, json_at(root, "tool.version"));
    in.audit->site = arena_text(arena, json_text(json_get(root, "site"), ""));
    in.audit->host = arena_text(arena, json_text(json_get(root, "host"), ""));
    read_run(&in, json_get(root, "run"));
    if (!audit_read_journeys(&in, root, err) || !audit_read_pages(&in, root, err) ||
        !audit_read_findings(&in, root, err))
        return false;
    read_verdict(&in, json_get(root, "verdict"));
    const Json *dimensions = json_get(root, "dimensions");
    for (const Json *item = json_first(dimensions); item; item = json_next(item))
        read_dimension(&in, item);
    read_customer(&in, json_get(root, "customer"));
    read_questions(&in, json_get(root, "questions"));
    audit_read_ranked(&in, root);
    *audit = in.audit;
    return true;
}
