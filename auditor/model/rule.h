/* rule.h - a criterion of the grid, as data. Loaded by rule/pack; const after loading.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/json.h"
#include "model/lang.h"
#include "model/page.h"

/** Dimensions in the order of interface.md. */
typedef enum Dimension {
    DIMENSION_SPEED,
    DIMENSION_ERGONOMICS,
    DIMENSION_ATTRACTIVENESS,
    DIMENSION_INTERACTIVITY,
    DIMENSION_TRUST_LEGAL,
    DIMENSION_ACCESSIBILITY,
    DIMENSION_SEO,
    DIMENSION_TECHNICAL,
    DIMENSION_ECO,
    DIMENSION_COUNT,
} Dimension;

typedef enum Impact { IMPACT_MINOR, IMPACT_MAJOR, IMPACT_BLOCKER, IMPACT_COUNT } Impact;

typedef enum Confidence {
    CONFIDENCE_LOW,
    CONFIDENCE_MEDIUM,
    CONFIDENCE_HIGH,
    CONFIDENCE_COUNT
} Confidence;

/** What the repair costs: a wording or setting, a template, the architecture. */
typedef enum RepairEffort {
    EFFORT_WORDING,
    EFFORT_TEMPLATE,
    EFFORT_ARCHITECTURE,
    EFFORT_COUNT
} RepairEffort;

typedef enum CheckKind {
    CHECK_XPATH,
    CHECK_CSS,
    CHECK_REGEX,
    CHECK_HEADER,
    CHECK_RESOURCE,
    CHECK_METRIC,
    CHECK_JOURNEY,
    CHECK_INTERACT,
    CHECK_STRUCTURED_DATA,
    CHECK_LAYOUT,
    CHECK_SITE,
    CHECK_HISTORY,
    CHECK_PERSON, /**< only a person can answer (rule/person.h) */
    CHECK_KIND_COUNT,
} CheckKind;

/** A rule. Texts: criterion (statement that holds when met), why (for a buyer), fix,
 * limits. */
typedef struct Rule {
    const char *id;
    const char *path;
    Dimension dimension;
    Impact impact;
    Confidence confidence;
    RepairEffort effort;
    uint32_t pages;         /**< bit per PageKind; ~0: all */
    const char **engines;   /**< NULL-ended: "http", "chromium"; which can observe it */
    const char **countries; /**< NULL-ended ISO codes; empty: everywhere */
    const char **tags;      /**< NULL-ended: "wcag:1.1.1", "opquast", "law" ... */
    const char **questions; /**< NULL-ended ids of the four questions it helps to answer */
    const char *
        *same_as; /**< NULL-ended rule ids that read the same fact (scoring.md 3.5.7) */
    const char *source;
    bool is_legal; /**< "technical indication, not legal advice" */
    LangText criterion, why, fix, limits;
    LangText found; /**< sentence for a failing finding; {value} {count} {total} {text} */
    CheckKind check_kind;
    const Json *check;    /**< the check as written */
    const void *compiled; /**< by rule/: whatever the check kind prepared */
    JsonFile file;
} Rule;

/** The grid: all rules in order of id, shares of the dimensions and weights. */
typedef struct Grid {
    const char *id;
    const char *version;
    double shares[DIMENSION_COUNT];              /**< sum need not be 100 */
    double impact_weights[IMPACT_COUNT];         /**< 1, 3, 9 */
    double confidence_weights[CONFIDENCE_COUNT]; /**< 0.4, 0.7, 1 */
    double false_alarm[CONFIDENCE_COUNT];        /**< 0.30, 0.10, 0.02: scoring.md 3.5.6 */
    LangText dimension_titles[DIMENSION_COUNT];
    Rule **rules;
    size_t rule_count, rule_capacity;
} Grid;

const char *dimension_name(Dimension dimension);
bool dimension_of(const char *name, Dimension *dimension);
const char *impact_name(Impact impact);
bool impact_of(const char *name, Impact *impact);
const char *confidence_name(Confidence confidence);
bool confidence_of(const char *name, Confidence *confidence);
const char *effort_name(RepairEffort effort); /**< wording template architecture */
bool effort_of(const char *name, RepairEffort *effort);
const char *check_kind_name(CheckKind kind);
bool check_kind_of(const char *name, CheckKind *kind);
/** Rule of an id, or NULL. */
const Rule *grid_rule(const Grid *grid, const char *id);

#endif
