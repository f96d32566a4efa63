/* visit.h - one persona walking one scenario once: the facts. Built by visit/ or har.c,
 * then const. Everything lives in the arena given at visit_create.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_VISIT_H
#define MODEL_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/json.h"
#include "model/metric.h"
#include "model/page.h"
#include "model/scenario.h"

typedef enum VisitOutcome {
    VISIT_ERROR, /**< ours, or the site could not be reached */
    VISIT_COMPLETED,
    VISIT_STOPPED_BEFORE_PAYMENT,
    VISIT_ABANDONED, /**< dead end of the shop */
    VISIT_CANNOT,    /**< this engine cannot go on */
    VISIT_BLOCKED,   /**< bot wall */
    VISIT_OUTCOME_COUNT,
} VisitOutcome;

typedef enum StepOutcome {
    OUTCOME_OK,
    OUTCOME_OK_HEALED,
    OUTCOME_OK_WITHOUT_SCRIPT, /**< native behaviour done; a script would have stepped in */
    OUTCOME_SKIPPED,
    OUTCOME_NO_EFFECT,
    OUTCOME_ERROR_SHOWN,
    OUTCOME_BLOCKED_BY,
    OUTCOME_NOT_FOUND,
    OUTCOME_NEEDS_BROWSER,
    OUTCOME_REFUSED,
    OUTCOME_TIMED_OUT,
    OUTCOME_UNSURE,
    OUTCOME_FAILED,
    STEP_OUTCOME_COUNT,
} StepOutcome;

/** What a step cost the visitor. -1: not measured. */
typedef struct Effort {
    int pages;
    int clicks;
    int keystrokes;
    int fields_required;
    int fields_optional;
    int scrolls;
    int words;
    int64_t human_us;   /**< keystroke-level model (scoring.md 3.3) */
    int64_t machine_us; /**< waiting for the shop */
} Effort;

/** The element a step acted on, and why it was chosen. */
typedef struct Match {
    const char *text;     /**< accessible name; NULL: none matched */
    const char *selector; /**< CSS path */
    const char *why;      /**< signs, with their points */
    double score;
    const char *runner_up; /**< the second candidate's text; NULL: none */
    double runner_up_score;
} Match;

/** One step as walked. */
typedef struct StepRecord {
    const char *id;
    StepKind kind;
    StepOutcome outcome;
    const char *reason;    /**< why not ok, in English; NULL */
    const char *shop_text; /**< what the shop said (error or confirmation); NULL */
    const char *evidence; /**< classes of scenarios.md 6.5 that proved success, e.g. "SD" */
    const char *typed;    /**< what was typed or left behind, for the report; NULL */
    int page;             /**< index of the page the step ended on, -1: none */
    int first_page;       /**< first page loaded by the step, -1: none */
    int64_t started_us;   /**< wall clock */
    int64_t duration_us;
    Effort effort;
    Match match;
    double metrics[32]; /**< by METRIC_*: of the page loaded by the step; NAN: none */
} StepRecord;

typedef enum FactState {
    FACT_ABSENT, /**< looked for in vain, or could not be looked for: see reason */
    FACT_TRUTH,
    FACT_NUMBER,
    FACT_TEXT,
} FactState;

/** A fact of the journey (fact.def). */
typedef struct Fact {
    const char *name;
    FactState state;
    bool truth;
    double number;
    const char *text;
    const char *reason;   /**< why absent; NULL */
    int page;             /**< where it was seen, -1: nowhere */
    int step;             /**< index, -1 */
    const char *evidence; /**< short quote of the page; NULL */
} Fact;

/** A visit. */
typedef struct Visit {
    Arena *arena;
    const char *site; /**< URL given */
    const char *scenario_id;
    const char *persona_id;
    const char *engine; /**< "http", "chromium" or "har" (foreign file) */
    const char *engine_version;
    const char *tool_version;
    int number;        /**< 1, 2, ... among the visits of the same journey */
    bool is_reference; /**< without scripts beside a browser's: gives no marks */
    Safety safety;
    VisitOutcome outcome;
    const char *door;    /**< payment identity account; NULL */
    const char *reason;  /**< why it ended, in English; NULL */
    const char *network; /**< id of the profile in force */
    int64_t started_us;
    int64_t duration_us;
    bool is_partial; /**< interrupted */
    Page **pages;
    size_t page_count, page_capacity;
    Exchange **exchanges;
    size_t exchange_count, exchange_capacity;
    size_t exchanges_told; /**< of a saved audit, which has no exchanges: how many there
                              were */
    StepRecord *steps;
    size_t step_count, step_capacity;
    Fact *facts;
    size_t fact_count, fact_capacity;
    const char **left_behind; /**< what stays in the shop: "1 line in the cart" */
    size_t left_count, left_capacity;
} Visit;

Visit *visit_create(Arena *arena);
/** New page or exchange, zeroed (metrics NAN, indexes -1), already appended. */
Page *visit_add_page(Visit *visit);
Exchange *visit_add_exchange(Visit *visit);
/** Append a step (metrics NAN, effort -1 filled by the caller). The pointer is valid until
 * the next. */
StepRecord *visit_add_step(Visit *visit, const char *id, StepKind kind);
/** Record a fact of fact.def (assert: the name exists with that type). A later observation
 * of the same name replaces the earlier one. page, step: -1 unknown. */
void visit_fact_truth(Visit *visit, const char *name, bool truth, int page);
void visit_fact_number(Visit *visit, const char *name, double number, int page);
void visit_fact_text(Visit *visit, const char *name, const char *text, int page);
/** Not observed, and why; does not replace an observed value. */
void visit_fact_absent(Visit *visit, const char *name, const char *reason);
/** Quote for the fact recorded last. */
void visit_fact_evidence(Visit *visit, const char *evidence);
/** One fact as an object, the same in a visit's HAR and in audit.json. */
void visit_fact_write(JsonWriter *json, const Fact *fact);
/** The fact, or NULL when it was never recorded. */
const Fact *visit_fact(const Visit *visit, const char *name);
/** Does fact.def have the name? type receives b, n or t (may be NULL). */
bool fact_is_known(const char *name, char *type);
/** All names of fact.def, NULL-ended, for did-you-mean. */
const char *const *fact_names(void);

const char *visit_outcome_name(VisitOutcome outcome);
VisitOutcome visit_outcome_of(const char *name);
const char *step_outcome_name(StepOutcome outcome);
StepOutcome step_outcome_of(const char *name);
/** ok, ok-healed or ok-without-script? */
bool step_is_ok(StepOutcome outcome);

#endif
