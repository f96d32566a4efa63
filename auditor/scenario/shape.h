/* shape.h - the step types of the Recorder's format: which fields each has, and of what
 * kind (scenarios.md 1.1-1.3).
 *
 * Private to scenario/. Layer: scenario. SPDX-License-Identifier: MIT */
#ifndef SCENARIO_SHAPE_H
#define SCENARIO_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "model/scenario.h"

/** What a field may hold. */
typedef enum FieldRule {
    FIELD_IS_NUMBER,
    FIELD_IS_BOOL,
    FIELD_IS_TEXT,
    FIELD_IS_BUTTON,   /**< one of the pointer's buttons; "" counts as absent */
    FIELD_IS_DEVICE,   /**< mouse, pen or touch; "" counts as absent */
    FIELD_IS_OPERATOR, /**< >= == <=; "" counts as absent */
    FIELD_IS_OBJECT,
    FIELD_IS_TEXT_MAP, /**< object (or array) of texts */
    FIELD_IS_ANY,
} FieldRule;

/** A field of one step type. */
typedef struct StepField {
    const char *key; /**< NULL ends the list */
    FieldRule rule;
    bool is_required;
} StepField;

typedef enum SelectorNeed { SELECTORS_NONE, SELECTORS_MAY, SELECTORS_MUST } SelectorNeed;

/** One step type. */
typedef struct StepShape {
    StepKind kind;
    bool has_frame;
    SelectorNeed selectors;
    StepField fields[8];
} StepShape;

/** Shape of a Recorder type, or NULL when there is no such type. */
const StepShape *shape_of(const char *type);
/** Names of all types, for did-you-mean. */
const char *const *shape_names(int *count);
/** Allowed values of a rule, or NULL when any will do. */
const char *const *shape_values(FieldRule rule, int *count);
/** Does value keep the rule? Values outside shape_values do not. */
bool shape_holds(FieldRule rule, const Json *value);
/** Is value a whole number array, as frame must be? */
bool shape_is_frame(const Json *value);

#endif
