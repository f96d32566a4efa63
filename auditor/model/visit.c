/* visit.c - building a visit: pages, exchanges, steps and facts in one arena.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include "model/visit.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "model/names.h"

typedef struct FactRow {
    const char *name;
    char type;
} FactRow;

/* The letters of fact.def become characters. */
static const FactRow fact_rows[] = {
#define FACT(name, type, says) {name, #type[0]},
#include "model/fact.def"
#undef FACT
};

static const char *const fact_name_list[] = {
#define FACT(name, type, says) name,
#include "model/fact.def"
#undef FACT
    NULL,
};

static const char *const visit_names[VISIT_OUTCOME_COUNT] = {
    [VISIT_ERROR] = "error",
    [VISIT_COMPLETED] = "completed",
    [VISIT_STOPPED_BEFORE_PAYMENT] = "stopped-before-payment",
    [VISIT_ABANDONED] = "abandoned",
    [VISIT_CANNOT] = "cannot",
    [VISIT_BLOCKED] = "blocked",
};

static const char *const step_names[STEP_OUTCOME_COUNT] = {
    [OUTCOME_OK] = "ok",
    [OUTCOME_OK_HEALED] = "ok-healed",
    [OUTCOME_OK_WITHOUT_SCRIPT] = "ok-without-script",
    [OUTCOME_SKIPPED] = "skipped",
    [OUTCOME_NO_EFFECT] = "no-effect",
    [OUTCOME_ERROR_SHOWN] = "error-shown",
    [OUTCOME_BLOCKED_BY] = "blocked-by",
    [OUTCOME_NOT_FOUND] = "not-found",
    [OUTCOME_NEEDS_BROWSER] = "needs-browser",
    [OUTCOME_REFUSED] = "refused",
    [OUTCOME_TIMED_OUT] = "timed-out",
    [OUTCOME_UNSURE] = "unsure",
    [OUTCOME_FAILED] = "failed",
};

Visit *visit_create(Arena *arena)
{
    Visit *visit = ARENA_NEW(arena, Visit);
    visit->arena = arena;
    visit->outcome = VISIT_ERROR;
    visit->number = 1;
    return visit;
}

Page *visit_add_page(Visit *visit)
{
    Page *page = ARENA_NEW(visit->arena, Page);
    page->index = (int)visit->page_count;
    page->step = -1;
    page->document = -1;
    page->url = page->requested = page->title = page->language = "";
    for (size_t i = 0; i < COUNT_OF(page->metrics); i++)
        page->metrics[i] = NAN;
    ARENA_PUSH(visit->arena, visit->pages, visit->page_count, visit->page_capacity, page);
    return page;
}

Exchange *visit_add_exchange(Visit *visit)
{
    Exchange *exchange = ARENA_NEW(visit->arena, Exchange);
    exchange->page = -1;
    exchange->method = "GET";
    exchange->url = exchange->mime = exchange->http_version = "";
    exchange->body_bytes = exchange->transfer_bytes = -1;
    exchange->timings = (Timings){-1, -1, -1, -1, -1, -1, -1};
    ARENA_PUSH(visit->arena, visit->exchanges, visit->exchange_count,
               visit->exchange_capacity, exchange);
    return exchange;
}

StepRecord *visit_add_step(Visit *visit, const char *id, StepKind kind)
{
    StepRecord record = {.id = id, .kind = kind, .page = -1, .first_page = -1};
    record.effort = (Effort){-1, -1, -1, -1, -1, -1, -1, -1, -1};
    for (size_t i = 0; i < COUNT_OF(record.metrics); i++)
        record.metrics[i] = NAN;
    ARENA_PUSH(visit->arena, visit->steps, visit->step_count, visit->step_capacity, record);
    return &visit->steps[visit->step_count - 1];
}

bool fact_is_known(const char *name, char *type)
{
    for (size_t i = 0; i < COUNT_OF(fact_rows); i++) {
        if (strcmp(fact_rows[i].name, name) != 0)
            continue;
        if (type)
            *type = fact_rows[i].type;
        return true;
    }
    return false;
}

const char *const *fact_names(void)
{
    return fact_name_list;
}

void visit_fact_write(JsonWriter *json, const Fact *fact)
{
    json_write_object(json);
    json_put_text(json, "name", fact->name);
    switch (fact->state) {
    case FACT_ABSENT: json_put_null(json, "value"); break;
    case FACT_TRUTH: json_put_bool(json, "value", fact->truth); break;
    case FACT_NUMBER: json_put_number(json, "value", fact->number); break;
    case FACT_TEXT: json_put_text(json, "value", fact->text); break;
    }
    json_put_optional(json, "reason", fact->reason);
    json_put_optional(json, "evidence", fact->evidence);
    json_put_integer(json, "page", fact->page);
    json_put_integer(json, "step", fact->step);
    json_write_end(json);
}

const Fact *visit_fact(const Visit *visit, const char *name)
{
    for (size_t i = 0; i < visit->fact_count; i++)
        if (strcmp(visit->facts[i].name, name) == 0)
            return &visit->facts[i];
    return NULL;
}

/* The fact to fill: the one recorded before under this name, moved to the end so that
 * visit_fact_evidence means it, or a new one. */
static Fact *fact_slot(Visit *visit, const char *name)
{
    Fact fact = {.name = name, .page = -1, .step = (int)visit->step_count - 1};
    for (size_t i = 0; i < visit->fact_count; i++) {
        if (strcmp(visit->facts[i].name, name) != 0)
            continue;
        memmove(&visit->facts[i], &visit->facts[i + 1],
                (visit->fact_count - i - 1) * sizeof *visit->facts);
        visit->fact_count--;
        break;
    }
    ARENA_PUSH(visit->arena, visit->facts, visit->fact_count, visit->fact_capacity, fact);
    return &visit->facts[visit->fact_count - 1];
}

static Fact *fact_of_type(Visit *visit, const char *name, char type, int page)
{
    char known = 0;
    bool is_known = fact_is_known(name, &known);
    assert(is_known && known == type);
    (void)is_known;
    (void)type;
    Fact *fact = fact_slot(visit, arena_text(visit->arena, name));
    fact->page = page;
    return fact;
}

void visit_fact_truth(Visit *visit, const char *name, bool truth, int page)
{
    Fact *fact = fact_of_type(visit, name, 'b', page);
    fact->state = FACT_TRUTH;
    fact->truth = truth;
}

void visit_fact_number(Visit *visit, const char *name, double number, int page)
{
    Fact *fact = fact_of_type(visit, name, 'n', page);
    fact->state = FACT_NUMBER;
    fact->number = number;
}

void visit_fact_text(Visit *visit, const char *name, const char *text, int page)
{
    Fact *fact = fact_of_type(visit, name, 't', page);
    fact->state = FACT_TEXT;
    fact->text = arena_text(visit->arena, text ? text : "");
}

void visit_fact_absent(Visit *visit, const char *name, const char *reason)
{
    const Fact *before = visit_fact(visit, name);
    if (before && before->state != FACT_ABSENT)
        return;
    Fact *fact = fact_slot(visit, arena_text(visit->arena, name));
    fact->reason = arena_text(visit->arena, reason);
}

void visit_fact_evidence(Visit *visit, const char *evidence)
{
    assert(visit->fact_count > 0);
    visit->facts[visit->fact_count - 1].evidence = arena_text(visit->arena, evidence);
}

const char *visit_outcome_name(VisitOutcome outcome)
{
    return visit_names[outcome];
}

VisitOutcome visit_outcome_of(const char *name)
{
    size_t i = name_index(visit_names, COUNT_OF(visit_names), name);
    return i < COUNT_OF(visit_names) ? (VisitOutcome)i : VISIT_ERROR;
}

const char *step_outcome_name(StepOutcome outcome)
{
    return step_names[outcome];
}

StepOutcome step_outcome_of(const char *name)
{
    size_t i = name_index(step_names, COUNT_OF(step_names), name);
    return i < COUNT_OF(step_names) ? (StepOutcome)i : OUTCOME_FAILED;
}

bool step_is_ok(StepOutcome outcome)
{
    return outcome == OUTCOME_OK || outcome == OUTCOME_OK_HEALED ||
           outcome == OUTCOME_OK_WITHOUT_SCRIPT;
}
