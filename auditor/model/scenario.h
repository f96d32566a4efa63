/* scenario.h - a journey to walk: a Chrome Recorder user flow plus intent steps.
 *
 * Loaded by scenario/, walked by visit/. const after loading. Layer: model.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_SCENARIO_H
#define MODEL_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "model/lang.h"

enum {
    STEP_LOADS = 1,        /**< navigates by itself */
    STEP_NEEDS_TARGET = 2, /**< needs selectors */
    STEP_SETTING = 4,      /**< carries settings, does nothing */
    STEP_INTENT = 8,       /**< an intent of scenarios.md 6.5 */
    STEP_TOUCH = 16,       /**< needs safety level touch */
    STEP_ACT = 32,         /**< needs safety level act */
};

typedef enum StepKind {

#define STEP(constant, name, flags, en, fr) STEP_KIND_##constant,
#include "model/step.def"
#undef STEP
    STEP_KIND_COUNT,
} StepKind;

/** One row of step.def. */
typedef struct StepInfo {
    const char *name;
    int flags;
    const char *en;
    const char *fr;
} StepInfo;

/** What the visitor may do; each level contains the one before. */
typedef enum Safety {
    SAFETY_LOOK,
    SAFETY_TOUCH,
    SAFETY_ACT,
} Safety;

/** Alternatives for one element; each is a chain of selector parts. */
typedef struct SelectorChain {
    const char **parts;
    int count;
} SelectorChain;

/** An event a recorded step asserts. */
typedef struct AssertedEvent {
    const char *url;   /**< NULL: not asserted */
    const char *title; /**< NULL: not asserted */
} AssertedEvent;

/** One step as written. */
typedef struct ScenarioStep {
    StepKind kind;
    const char *id; /**< kebab-case, unique in the scenario: label, else from the kind, with
                       -2 ... */
    const char *label;  /**< from mystery/begin or NULL */
    const char *target; /**< "main" by default */
    SelectorChain *selectors;
    int selector_count;
    AssertedEvent *events;
    int event_count;
    const char *value;         /**< change */
    const char *url;           /**< navigate */
    const char *key;           /**< keyDown, keyUp */
    double offset_x, offset_y; /**< NAN: centre */
    int64_t timeout_us; /**< of intents: 0 when none is given (the persona's patience) */
    bool is_required;   /**< default true */
    const Json *json;   /**< the step as written */
    const Json *parameters; /**< of mystery steps; NULL: none */
    int line;
} ScenarioStep;

/** A scenario. */
typedef struct Scenario {
    const char *id; /**< file name without .json, or mystery/journey id */
    const char *path;
    LangText title;
    LangText purpose;
    ScenarioStep *steps;
    int step_count;
    bool has_journey;            /**< false: a plain recording, no templating */
    Safety safety;               /**< can only lower the command line's */
    int max_requests;            /**< 0: none given */
    int64_t time_limit_us;       /**< 0: none given */
    const Json *deny_urls;       /**< array of texts, URLs with '*'; NULL: none */
    const char *recorded_origin; /**< to be rewritten; NULL */
    const char *persona_id;      /**< named in the file; NULL */
    const Json *data;            /**< named values; NULL */
    JsonFile file;
} Scenario;

const StepInfo *step_info(StepKind kind);
/** Kind of a Recorder type or a customStep name; STEP_KIND_COUNT when there is none. */
StepKind step_kind_of(const char *name);
const char *safety_name(Safety safety);
/** Level of a name; false when it is none. */
bool safety_of(const char *name, Safety *safety);

#endif
