/* audit_write.c - audit.json: run, verdict, dimensions, customer, questions. Layer: model.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "model/audit_json.h"
#include "model/audit_parts.h"

void audit_put_time(JsonWriter *json, const char *key, int64_t wall_us)
{
    char text[32];
    clock_iso8601(wall_us, text, sizeof text);
    json_put_text(json, key, text);
}

void audit_put_ms(JsonWriter *json, const char *key, int64_t duration_us)
{
    json_put_number(json, key, duration_us < 0 ? NAN : (double)duration_us / 1000.0);
}

void audit_put_interval(JsonWriter *json, const char *key, Interval interval)
{
    json_write_key(json, key);
    if (isnan(interval.low)) {
        json_write_null(json);
        return;
    }
    json_write_array(json);
    json_write_number(json, interval.low);
    json_write_number(json, interval.high);
    json_write_end(json);
}

void audit_put_lang(JsonWriter *json, const char *key, const LangText *text)
{
    json_write_key(json, key);
    json_write_object(json);
    for (int i = 0; i < text->count; i++)
        json_put_text(json, text->languages[i], text->texts[i]);
    json_write_end(json);
}

void audit_put_metrics(JsonWriter *json, const double *metrics, bool all)
{
    json_write_key(json, "metrics");
    json_write_object(json);
    for (int i = 0; i < METRIC_COUNT; i++)
        if (all || !isnan(metrics[i]))
            json_put_number(json, metric_info((Metric)i)->name, metrics[i]);
    json_write_end(json);
}

void audit_put_phrase(AuditOut *out, const char *key, const Phrase *phrase)
{
    JsonWriter *json = out->json;
    json_write_key(json, key);
    if (!phrase->key) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    audit_put_phrase_inside(out, phrase);
    json_write_end(json);
}

void audit_put_phrase_inside(AuditOut *out, const Phrase *phrase)
{
    JsonWriter *json = out->json;
    json_put_text(json, "key", phrase->key);
    json_write_key(json, "args");
    json_write_object(json);
    for (int i = 0; i < phrase->count; i++)
        json_put_text(json, phrase->names[i], phrase->values[i]);
    json_write_end(json);
    json_write_key(json, "findings");
    json_write_array(json);
    for (int i = 0; i < phrase->finding_count; i++)
        json_write_text(json, phrase->findings[i]);
    json_write_end(json);
    json_put_text(json, "text", out->say(out->context, out->arena, phrase));
}

static void put_run(AuditOut *out)
{
    const Audit *audit = out->audit;
    JsonWriter *json = out->json;
    json_write_key(json, "run");
    json_write_object(json);
    audit_put_time(json, "started", audit->started_us);
    audit_put_ms(json, "duration_ms", audit->duration_us);
    json_put_text(json, "language", audit->language);
    json_put_text(json, "place", audit->place);
    json_put_text(json, "command", audit->command);
    json_put_text(json, "safety", safety_name(audit->safety));
    json_put_integer(json, "visits", (int64_t)audit->visit_count);
    json_put_bool(json, "partial", audit->is_partial);
    json_write_key(json, "countries");
    json_write_array(json);
    for (const char **country = audit->countries; *country; country++)
        json_write_text(json, *country);
    json_write_end(json);
    json_write_end(json);
}

static void put_bars(AuditOut *out)
{
    JsonWriter *json = out->json;
    json_write_key(json, "bars");
    json_write_array(json);
    for (size_t i = 0; i < out->audit->bar_count; i++) {
        const Bar *bar = &out->audit->bars[i];
        json_write_object(json);
        json_put_text(json, "kind", bar->kind);
        json_put_text(json, "state", bar->state);
        json_put_text(json, "page", bar->page);
        json_put_text(json, "step", bar->step);
        json_put_text(json, "subject", bar->subject);
        json_put_text(json, "text", bar->text);
        json_write_end(json);
    }
    json_write_end(json);
}

static void put_verdict(AuditOut *out)
{
    const Audit *audit = out->audit;
    JsonWriter *json = out->json;
    json_write_key(json, "verdict");
    json_write_object(json);
    json_put_text(json, "status", audit_status_name(audit->status));
    json_put_number(json, "score", audit->score);
    json_put_number(json, "uncapped", audit->uncapped_score);
    json_put_text(json, "letter", audit->letter);
    audit_put_interval(json, "interval", audit->interval);
    audit_put_interval(json, "range", audit->range);
    audit_put_interval(json, "judgement", audit->judgement);
    json_put_number(json, "confidence", audit->confidence);
    json_put_text(json, "cap_dimension",
                  audit->cap_dimension < DIMENSION_COUNT
                      ? dimension_name(audit->cap_dimension)
                      : NULL);
    json_put_number(json, "score_equal_shares", audit->score_equal);
    json_put_number(json, "score_speed_shares", audit->score_speed);
    json_put_number(json, "min_score", audit->min_score);
    json_put_text(json, "bar", audit->bar_text);
    put_bars(out);
    audit_put_phrase(out, "headline", &audit->headline);
    json_write_end(json);
}

static void put_dimension(AuditOut *out, Dimension dimension)
{
    const DimensionScore *score = &out->audit->dimensions[dimension];
    JsonWriter *json = out->json;
    json_write_object(json);
    json_put_text(json, "id", dimension_name(dimension));
    json_put_number(json, "score", score->score);
    json_put_number(json, "uncapped", score->uncapped);
    json_put_number(json, "coverage", score->coverage);
    json_put_number(json, "share", out->audit->grid->shares[dimension]);
    audit_put_interval(json, "interval", score->interval);
    audit_put_interval(json, "range", score->range);
    audit_put_interval(json, "bounds", score->bounds);
    json_put_text(json, "cap_rule", score->cap_rule ? score->cap_rule->id : NULL);
    json_write_key(json, "counts");
    json_write_object(json);
    json_put_integer(json, "pass", score->counts[FINDING_PASS]);
    json_put_integer(json, "fail", score->counts[FINDING_FAIL]);
    json_put_integer(json, "cannot_tell", score->counts[FINDING_CANNOT_TELL]);
    json_put_integer(json, "not_applicable", score->counts[FINDING_NOT_APPLICABLE]);
    json_write_end(json);
    json_write_end(json);
}

static void put_model_inside(JsonWriter *json, const ModelFigure *figure)
{
    json_put_bool(json, "model", true);
    audit_put_interval(json, "interval", figure->interval);
    json_put_text(json, "formula", figure->formula);
    json_write_key(json, "inputs");
    json_write_object(json);
    for (int i = 0; i < figure->input_count; i++)
        json_put_number(json, figure->input_names[i], figure->input_values[i]);
    json_write_end(json);
    const FigureCalibration *made = figure->calibrated;
    if (!made)
        return;
    json_write_key(json, "calibrated");
    json_write_object(json);
    json_put_text(json, "date", made->date);
    json_put_integer(json, "points", made->points);
    json_put_number(json, "residual", made->residual);
    json_put_number(json, "r_squared", made->r_squared);
    json_put_number(json, "modelled", made->modelled);
    json_put_bool(json, "outside", made->is_outside);
    json_write_end(json);
}

static void put_model(JsonWriter *json, const char *key, const ModelFigure *figure)
{
    json_write_key(json, key);
    json_write_object(json);
    json_put_number(json, "value", figure->value);
    put_model_inside(json, figure);
    json_write_end(json);
}

/** How the completion comes about: each loss, and the three patiences. */
static void put_completion(JsonWriter *json, const Customer *customer)
{
    static const char *const names[PATIENCE_COUNT] = {"hurried", "ordinary", "patient"};
    json_write_key(json, "completion");
    json_write_object(json);
    json_put_number(json, "value", customer->completion.value);
    put_model_inside(json, &customer->completion);
    json_write_key(json, "cascade");
    json_write_array(json);
    for (int i = 0; i < customer->cascade_count; i++) {
        const CascadeStep *step = &customer->cascade[i];
        json_write_object(json);
        json_put_text(json, "name", step->name);
        json_put_number(json, "kept", step->kept);
        json_put_number(json, "remains", step->remains);
        json_put_bool(json, "seen", step->is_seen);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_key(json, "by_patience");
    json_write_object(json);
    for (int i = 0; i < PATIENCE_COUNT; i++)
        json_put_number(json, names[i], customer->completion_by[i]);
    json_write_end(json);
    json_write_end(json);
}

static void put_customer(AuditOut *out)
{
    const Customer *customer = &out->audit->customer;
    JsonWriter *json = out->json;
    json_write_key(json, "customer");
    json_write_object(json);
    json_put_bool(json, "calibrated", customer->is_calibrated);
    json_put_number(json, "experience", customer->experience);
    json_write_key(json, "satisfaction");
    json_write_object(json);
    json_put_number(json, "out_of_10", customer->satisfaction.value);
    json_put_number(json, "stars", customer->stars);
    json_put_text(json, "smiley", customer->smiley);
    put_model_inside(json, &customer->satisfaction);
    json_write_end(json);
    put_model(json, "recommendation", &customer->recommendation);
    put_model(json, "effort", &customer->effort);
    put_completion(json, customer);
    json_write_end(json);
}

static void put_questions(AuditOut *out)
{
    JsonWriter *json = out->json;
    json_write_key(json, "questions");
    json_write_array(json);
    for (int i = 0; i < out->audit->question_count; i++) {
        const Question *question = &out->audit->questions[i];
        json_write_object(json);
        json_put_text(json, "id", question->id);
        audit_put_phrase(out, "answer", &question->answer);
        json_write_key(json, "evidence");
        json_write_array(json);
        for (int e = 0; e < question->evidence_count; e++)
            json_write_text(json, question->evidence[e]->fingerprint);
        json_write_end(json);
        json_write_end(json);
    }
    json_write_end(json);
}

static void put_head(AuditOut *out)
{
    const Audit *audit = out->audit;
    JsonWriter *json = out->json;
    json_put_text(json, "schema", "mystery-audit/1");
    json_write_key(json, "tool");
    json_write_object(json);
    json_put_text(json, "name", "mystery");
    json_put_text(json, "version", audit->tool_version);
    json_write_end(json);
    json_write_key(json, "grid");
    json_write_object(json);
    json_put_text(json, "id", audit->grid->id);
    json_put_text(json, "version", audit->grid->version);
    json_put_integer(json, "rules", (int64_t)audit->finding_count);
    json_write_end(json);
    json_put_text(json, "site", audit->site);
    json_put_text(json, "host", audit->host);
}

bool audit_write(const Audit *audit, PhraseSay *say, void *context, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonWriter json;
    json_writer_init(&json, out, true);
    AuditOut parts = {audit, &json, arena, say, context};
    json_write_object(&json);
    put_head(&parts);
    put_run(&parts);
    put_verdict(&parts);
    json_write_key(&json, "dimensions");
    json_write_array(&json);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        put_dimension(&parts, (Dimension)d);
    json_write_end(&json);
    put_customer(&parts);
    put_questions(&parts);
    audit_write_journeys(&parts);
    audit_write_findings(&parts);
    audit_write_ranked(&parts);
    audit_write_pages(&parts);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "audit.json", err);
}
