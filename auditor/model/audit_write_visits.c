/* audit_write_visits.c - audit.json: journeys with their visits and steps, pages. Layer:
 * model.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "model/audit_parts.h"

static void put_effort(JsonWriter *json, const Effort *effort)
{
    json_write_key(json, "effort");
    json_write_object(json);
    static const char *const names[] = {
        "pages",           "clicks",  "keystrokes", "fields_required",
        "fields_optional", "scrolls", "words"};
    const int values[] = {effort->pages,
                          effort->clicks,
                          effort->keystrokes,
                          effort->fields_required,
                          effort->fields_optional,
                          effort->scrolls,
                          effort->words};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        json_put_number(json, names[i], values[i] < 0 ? NAN : (double)values[i]);
    audit_put_ms(json, "human_ms", effort->human_us);
    audit_put_ms(json, "machine_ms", effort->machine_us);
    json_write_end(json);
}

static void put_matched(JsonWriter *json, const Match *match)
{
    json_write_key(json, "matched");
    if (!match->text && !match->selector) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_put_text(json, "text", match->text);
    json_put_text(json, "selector", match->selector);
    json_put_text(json, "why", match->why);
    json_put_number(json, "score", match->score);
    json_put_text(json, "runner_up", match->runner_up);
    json_put_number(json, "runner_up_score",
                    match->runner_up ? match->runner_up_score : NAN);
    json_write_end(json);
}

static void put_step(JsonWriter *json, const Visit *visit, const StepRecord *step)
{
    const Page *page = step->page >= 0 ? visit->pages[step->page] : NULL;
    json_write_object(json);
    json_put_text(json, "id", step->id);
    json_put_text(json, "kind", step_info(step->kind)->name);
    json_put_text(json, "outcome", step_outcome_name(step->outcome));
    json_put_text(json, "page_kind", page ? page_kind_name(page->kind) : NULL);
    json_put_text(json, "url", page ? page->url : NULL);
    audit_put_ms(json, "duration_ms", step->duration_us);
    json_put_optional(json, "reason", step->reason);
    json_put_optional(json, "shop_text", step->shop_text);
    json_put_optional(json, "evidence", step->evidence);
    json_put_optional(json, "typed", step->typed);
    json_put_integer(json, "page", step->page);
    json_put_integer(json, "first_page", step->first_page);
    audit_put_time(json, "started", step->started_us);
    audit_put_metrics(json, step->metrics, true);
    put_effort(json, &step->effort);
    put_matched(json, &step->match);
    json_write_end(json);
}

static void put_visit(AuditOut *out, size_t index)
{
    const Visit *visit = out->audit->visits[index];
    JsonWriter *json = out->json;
    json_write_object(json);
    json_put_integer(json, "index", (int64_t)index);
    json_put_integer(json, "number", visit->number);
    json_put_text(json, "outcome", visit_outcome_name(visit->outcome));
    json_put_text(json, "har", out->audit->visit_files[index]);
    json_put_text(json, "scenario", visit->scenario_id);
    json_put_text(json, "persona", visit->persona_id);
    json_put_text(json, "engine", visit->engine);
    json_put_optional(json, "engine_version", visit->engine_version);
    json_put_optional(json, "door", visit->door);
    json_put_optional(json, "reason", visit->reason);
    json_put_optional(json, "network", visit->network);
    json_put_text(json, "safety", safety_name(visit->safety));
    audit_put_time(json, "started", visit->started_us);
    audit_put_ms(json, "duration_ms", visit->duration_us);
    json_put_bool(json, "partial", visit->is_partial);
    json_put_integer(json, "pages", (int64_t)visit->page_count);
    json_put_integer(json, "requests",
                     (int64_t)(visit->exchange_count + visit->exchanges_told));
    json_write_key(json, "left_behind");
    json_write_array(json);
    for (size_t i = 0; i < visit->left_count; i++)
        json_write_text(json, visit->left_behind[i]);
    json_write_end(json);
    json_write_key(json, "steps");
    json_write_array(json);
    for (size_t i = 0; i < visit->step_count; i++)
        put_step(json, visit, &visit->steps[i]);
    json_write_end(json);
    json_write_key(json, "facts");
    json_write_array(json);
    for (size_t i = 0; i < visit->fact_count; i++)
        visit_fact_write(json, &visit->facts[i]);
    json_write_end(json);
    json_write_end(json);
}

static bool is_in_journey(const Audit *audit, size_t visit)
{
    for (size_t j = 0; j < audit->journey_count; j++)
        for (size_t i = 0; i < audit->journeys[j].visit_count; i++)
            if (audit->journeys[j].visits[i] == visit)
                return true;
    return false;
}

static void put_journey(AuditOut *out, const Journey *journey)
{
    JsonWriter *json = out->json;
    json_write_object(json);
    json_put_text(json, "scenario", journey->scenario_id);
    json_put_text(json, "persona", journey->persona_id);
    json_put_text(json, "engine", journey->engine);
    audit_put_lang(json, "title", &journey->scenario_title);
    audit_put_lang(json, "purpose", &journey->scenario_purpose);
    audit_put_lang(json, "persona_title", &journey->persona_title);
    audit_put_ms(json, "patience_ms", journey->patience_us);
    json_put_bool(json, "phone", journey->is_phone);
    json_write_key(json, "visits");
    json_write_array(json);
    for (size_t i = 0; i < journey->visit_count; i++)
        put_visit(out, journey->visits[i]);
    json_write_end(json);
    audit_put_phrase(out, "summary", &journey->summary);
    json_write_end(json);
}

void audit_write_journeys(AuditOut *out)
{
    const Audit *audit = out->audit;
    JsonWriter *json = out->json;
    json_write_key(json, "journeys");
    json_write_array(json);
    for (size_t j = 0; j < audit->journey_count; j++)
        put_journey(out, &audit->journeys[j]);
    json_write_end(json);
    /* Visits that walk no scenario: judged files, the check of links. */
    json_write_key(json, "other_visits");
    json_write_array(json);
    for (size_t v = 0; v < audit->visit_count; v++)
        if (!is_in_journey(audit, v))
            put_visit(out, v);
    json_write_end(json);
}

/* Of what was observed, that which the report tells; rules have judged the rest. */
static void put_observations(JsonWriter *json, const Observations *list)
{
    size_t kept = 0;
    json_write_key(json, "observations");
    json_write_array(json);
    for (size_t i = 0; i < list->count; i++) {
        const Observation *seen = &list->items[i];
        if (seen->absent || !observation_is_told(seen->name) ||
            kept++ >= AUDIT_OBSERVATIONS_MOST)
            continue;
        json_write_object(json);
        json_put_text(json, "name", seen->name);
        json_put_number(json, "value", seen->value);
        json_put_optional(json, "text", seen->text);
        json_write_end(json);
    }
    json_write_end(json);
}

static void put_page(JsonWriter *json, size_t visit, const Page *page)
{
    json_write_object(json);
    json_put_text(json, "url", page->url);
    json_put_text(json, "kind", page_kind_name(page->kind));
    json_put_text(json, "stage",
                  page->stage != STAGE_NONE ? checkout_stage_name(page->stage) : NULL);
    json_put_text(json, "title", page->title);
    json_put_text(json, "language", page->language);
    json_put_integer(json, "status", page->status);
    json_put_integer(json, "visit", (int64_t)visit);
    json_put_integer(json, "page", page->index);
    json_put_integer(json, "step", page->step);
    json_put_optional(json, "signs", page->kind_signs);
    json_put_bool(json, "script_shell", page->is_script_shell);
    json_put_bool(json, "inserting_scripts", page->has_inserting_scripts);
    json_put_text(json, "screenshot", page->screenshot);
    if (page->observations.count > 0)
        put_observations(json, &page->observations);
    audit_put_metrics(json, page->metrics, true);
    json_write_end(json);
}

void audit_write_pages(AuditOut *out)
{
    const Audit *audit = out->audit;
    JsonWriter *json = out->json;
    size_t total = 0;
    json_write_key(json, "pages");
    json_write_array(json);
    for (size_t v = 0; v < audit->visit_count; v++)
        for (size_t p = 0; p < audit->visits[v]->page_count; p++)
            if (total++ < AUDIT_PAGES_MOST)
                put_page(json, v, audit->visits[v]->pages[p]);
    json_write_end(json);
    json_put_integer(json, "pages_total", (int64_t)total);
}
