/* audit_read_visits.c - audit.json back: journeys with their visits and steps, pages.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "model/audit_parts.h"

enum { VISITS_MOST = 100000 };

static int count_of(const Json *value)
{
    double number = json_number(value, -1);
    return number >= 0 && number < 1e9 ? (int)number : -1;
}

static void read_effort(const Json *json, Effort *effort)
{
    effort->pages = count_of(json_get(json, "pages"));
    effort->clicks = count_of(json_get(json, "clicks"));
    effort->keystrokes = count_of(json_get(json, "keystrokes"));
    effort->fields_required = count_of(json_get(json, "fields_required"));
    effort->fields_optional = count_of(json_get(json, "fields_optional"));
    effort->scrolls = count_of(json_get(json, "scrolls"));
    effort->words = count_of(json_get(json, "words"));
    effort->human_us = audit_us(json_get(json, "human_ms"));
    effort->machine_us = audit_us(json_get(json, "machine_ms"));
}

static bool read_step(AuditIn *in, Visit *visit, const Json *json, Error *err)
{
    StepKind kind = step_kind_of(json_text(json_get(json, "kind"), ""));
    if (kind == STEP_KIND_COUNT)
        return json_error(in->file, json, err, "a step of unknown kind");
    StepRecord *step = visit_add_step(visit, audit_text(in, json_get(json, "id")), kind);
    step->outcome = step_outcome_of(json_text(json_get(json, "outcome"), ""));
    step->reason = audit_text(in, json_get(json, "reason"));
    step->shop_text = audit_text(in, json_get(json, "shop_text"));
    step->evidence = audit_text(in, json_get(json, "evidence"));
    step->typed = audit_text(in, json_get(json, "typed"));
    step->page = count_of(json_get(json, "page"));
    step->first_page = count_of(json_get(json, "first_page"));
    step->started_us = audit_time(json_get(json, "started"));
    step->duration_us = audit_us(json_get(json, "duration_ms"));
    audit_read_metrics(json_get(json, "metrics"), step->metrics);
    read_effort(json_get(json, "effort"), &step->effort);
    const Json *match = json_get(json, "matched");
    step->match.text = audit_text(in, json_get(match, "text"));
    step->match.selector = audit_text(in, json_get(match, "selector"));
    step->match.why = audit_text(in, json_get(match, "why"));
    step->match.score = json_number(json_get(match, "score"), 0);
    step->match.runner_up = audit_text(in, json_get(match, "runner_up"));
    step->match.runner_up_score = json_number(json_get(match, "runner_up_score"), 0);
    return true;
}

static void read_fact(AuditIn *in, Visit *visit, const Json *json)
{
    Fact fact = {.name = audit_text(in, json_get(json, "name"))};
    const Json *value = json_get(json, "value");
    JsonType type = value ? json_type(value) : JSON_NULL;
    if (type == JSON_TRUE || type == JSON_FALSE) {
        fact.state = FACT_TRUTH;
        fact.truth = type == JSON_TRUE;
    } else if (type == JSON_NUMBER) {
        fact.state = FACT_NUMBER;
        fact.number = json_number(value, NAN);
    } else if (type == JSON_STRING) {
        fact.state = FACT_TEXT;
        fact.text = audit_text(in, value);
    }
    fact.reason = audit_text(in, json_get(json, "reason"));
    fact.evidence = audit_text(in, json_get(json, "evidence"));
    fact.page = count_of(json_get(json, "page"));
    fact.step = count_of(json_get(json, "step"));
    if (fact.name)
        ARENA_PUSH(visit->arena, visit->facts, visit->fact_count, visit->fact_capacity,
                   fact);
}

/* Visits stand inside their journeys but are numbered through the whole audit. */
static bool visit_slot(AuditIn *in, const Json *json, size_t *index, Error *err)
{
    Audit *audit = in->audit;
    int number = count_of(json_get(json, "index"));
    if (number < 0 || number >= VISITS_MOST)
        return json_error(in->file, json, err, "a visit without a usable 'index'");
    *index = (size_t)number;
    while (audit->visit_count <= *index)
        ARENA_PUSH(audit->arena, audit->visits, audit->visit_count, audit->visit_capacity,
                   NULL);
    if (audit->visits[*index])
        return json_error(in->file, json, err, "two visits with index %d", number);
    audit->visits[*index] = visit_create(audit->arena);
    return true;
}

static bool read_visit(AuditIn *in, const Json *json, size_t *index, Error *err)
{
    if (!visit_slot(in, json, index, err))
        return false;
    Visit *visit = in->audit->visits[*index];
    visit->site = in->audit->site;
    visit->number = count_of(json_get(json, "number"));
    visit->outcome = visit_outcome_of(json_text(json_get(json, "outcome"), ""));
    visit->scenario_id = audit_text(in, json_get(json, "scenario"));
    visit->persona_id = audit_text(in, json_get(json, "persona"));
    visit->engine = audit_text(in, json_get(json, "engine"));
    visit->engine_version = audit_text(in, json_get(json, "engine_version"));
    visit->door = audit_text(in, json_get(json, "door"));
    visit->reason = audit_text(in, json_get(json, "reason"));
    visit->network = audit_text(in, json_get(json, "network"));
    safety_of(json_text(json_get(json, "safety"), "touch"), &visit->safety);
    visit->started_us = audit_time(json_get(json, "started"));
    visit->duration_us = audit_us(json_get(json, "duration_ms"));
    int requests = count_of(json_get(json, "requests"));
    visit->exchanges_told = requests > 0 ? (size_t)requests : 0;
    visit->is_partial = json_bool(json_get(json, "partial"), false);
    for (const Json *i = json_first(json_get(json, "left_behind")); i; i = json_next(i))
        ARENA_PUSH(visit->arena, visit->left_behind, visit->left_count,
                   visit->left_capacity, audit_text(in, i));
    for (const Json *i = json_first(json_get(json, "steps")); i; i = json_next(i))
        if (!read_step(in, visit, i, err))
            return false;
    for (const Json *i = json_first(json_get(json, "facts")); i; i = json_next(i))
        read_fact(in, visit, i);
    return true;
}

static bool read_journey_head(AuditIn *in, const Json *json, Journey *journey, Error *err)
{
    *journey = (Journey){.scenario_id = audit_text(in, json_get(json, "scenario")),
                         .persona_id = audit_text(in, json_get(json, "persona")),
                         .engine = audit_text(in, json_get(json, "engine"))};
    if (!journey->scenario_id || !journey->persona_id || !journey->engine)
        return json_error(in->file, json, err,
                          "a journey needs scenario, persona and engine");
    audit_read_lang(in, json_get(json, "title"), &journey->scenario_title);
    audit_read_lang(in, json_get(json, "purpose"), &journey->scenario_purpose);
    audit_read_lang(in, json_get(json, "persona_title"), &journey->persona_title);
    journey->patience_us = audit_us(json_get(json, "patience_ms"));
    journey->is_phone = json_bool(json_get(json, "phone"), false);
    audit_read_phrase(in, json_get(json, "summary"), &journey->summary);
    return true;
}

static bool read_journey(AuditIn *in, const Json *json, Error *err)
{
    Audit *audit = in->audit;
    Journey journey;
    if (!read_journey_head(in, json, &journey, err))
        return false;
    for (const Json *i = json_first(json_get(json, "visits")); i; i = json_next(i)) {
        size_t index = 0;
        if (!read_visit(in, i, &index, err))
            return false;
        ARENA_PUSH(audit->arena, journey.visits, journey.visit_count,
                   journey.visit_capacity, index);
    }
    ARENA_PUSH(audit->arena, audit->journeys, audit->journey_count, audit->journey_capacity,
               journey);
    return true;
}

/* The file names stand with the visits; both lists are parallel. */
static void read_files(AuditIn *in, const Json *visits)
{
    for (const Json *i = json_first(visits); i; i = json_next(i)) {
        int index = count_of(json_get(i, "index"));
        if (index >= 0 && (size_t)index < in->audit->visit_count)
            in->audit->visit_files[index] = audit_text(in, json_get(i, "har"));
    }
}

bool audit_read_journeys(AuditIn *in, const Json *root, Error *err)
{
    Audit *audit = in->audit;
    const Json *journeys = json_get(root, "journeys");
    const Json *others = json_get(root, "other_visits");
    size_t index = 0;
    for (const Json *i = json_first(journeys); i; i = json_next(i))
        if (!read_journey(in, i, err))
            return false;
    for (const Json *i = json_first(others); i; i = json_next(i))
        if (!read_visit(in, i, &index, err))
            return false;
    for (size_t v = 0; v < audit->visit_count; v++)
        if (!audit->visits[v])
            return json_error(in->file, root, err, "visit %zu is missing", v);
    audit->visit_files = ARENA_ARRAY(audit->arena, audit->visit_count, const char *);
    for (const Json *i = json_first(journeys); i; i = json_next(i))
        read_files(in, json_get(i, "visits"));
    read_files(in, others);
    return true;
}

static Page *page_slot(Visit *visit, int index)
{
    while (visit->page_count <= (size_t)index)
        visit_add_page(visit);
    return visit->pages[index];
}

/* Steps and facts point to pages; those beyond the thousand kept in the file become "none".
 */
static void references_check(Audit *audit)
{
    for (size_t v = 0; v < audit->visit_count; v++) {
        Visit *visit = audit->visits[v];
        int pages = (int)visit->page_count;
        for (size_t s = 0; s < visit->step_count; s++) {
            if (visit->steps[s].page >= pages)
                visit->steps[s].page = -1;
            if (visit->steps[s].first_page >= pages)
                visit->steps[s].first_page = -1;
        }
        for (size_t f = 0; f < visit->fact_count; f++)
            if (visit->facts[f].page >= pages)
                visit->facts[f].page = -1;
    }
}

static void read_observations(AuditIn *in, const Json *list, Page *page)
{
    for (const Json *i = json_first(list); i; i = json_next(i)) {
        const char *name = json_text(json_get(i, "name"), NULL);
        if (name && page->observations.count < AUDIT_OBSERVATIONS_MOST)
            observation_add(in->audit->arena, &page->observations, name,
                            json_number(json_get(i, "value"), NAN),
                            json_text(json_get(i, "text"), NULL), -1);
    }
}

bool audit_read_pages(AuditIn *in, const Json *root, Error *err)
{
    Audit *audit = in->audit;
    for (const Json *i = json_first(json_get(root, "pages")); i; i = json_next(i)) {
        int visit = count_of(json_get(i, "visit"));
        int index = count_of(json_get(i, "page"));
        if (visit < 0 || (size_t)visit >= audit->visit_count || index < 0 ||
            index >= AUDIT_PAGES_MOST)
            return json_error(in->file, i, err, "a page of no visit");
        Page *page = page_slot(audit->visits[visit], index);
        page->url = arena_text(audit->arena, json_text(json_get(i, "url"), ""));
        page->requested = page->url;
        page->kind = page_kind_of(json_text(json_get(i, "kind"), ""));
        page->stage = checkout_stage_of(json_text(json_get(i, "stage"), ""));
        page->title = arena_text(audit->arena, json_text(json_get(i, "title"), ""));
        page->language = arena_text(audit->arena, json_text(json_get(i, "language"), ""));
        page->status = count_of(json_get(i, "status"));
        page->step = count_of(json_get(i, "step"));
        page->kind_signs = audit_text(in, json_get(i, "signs"));
        page->is_script_shell = json_bool(json_get(i, "script_shell"), false);
        page->has_inserting_scripts = json_bool(json_get(i, "inserting_scripts"), false);
        page->screenshot = audit_text(in, json_get(i, "screenshot"));
        read_observations(in, json_get(i, "observations"), page);
        audit_read_metrics(json_get(i, "metrics"), page->metrics);
    }
    references_check(audit);
    return true;
}
