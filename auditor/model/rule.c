/* rule.c - names of dimensions, impacts, confidences, efforts and check kinds; rules by id.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include "model/rule.h"

#include <string.h>

#include "base/attr.h"
#include "model/names.h"

static const char *const dimension_names[DIMENSION_COUNT] = {
    [DIMENSION_SPEED] = "speed",
    [DIMENSION_ERGONOMICS] = "ergonomics",
    [DIMENSION_ATTRACTIVENESS] = "attractiveness",
    [DIMENSION_INTERACTIVITY] = "interactivity",
    [DIMENSION_TRUST_LEGAL] = "trust-legal",
    [DIMENSION_ACCESSIBILITY] = "accessibility",
    [DIMENSION_SEO] = "seo",
    [DIMENSION_TECHNICAL] = "technical",
    [DIMENSION_ECO] = "eco",
};
static const char *const impact_names[IMPACT_COUNT] = {
    [IMPACT_MINOR] = "minor", [IMPACT_MAJOR] = "major", [IMPACT_BLOCKER] = "blocker"};
static const char *const confidence_names[CONFIDENCE_COUNT] = {
    [CONFIDENCE_LOW] = "low", [CONFIDENCE_MEDIUM] = "medium", [CONFIDENCE_HIGH] = "high"};
static const char *const effort_names[EFFORT_COUNT] = {
    [EFFORT_WORDING] = "wording",
    [EFFORT_TEMPLATE] = "template",
    [EFFORT_ARCHITECTURE] = "architecture",
};
static const char *const check_names[CHECK_KIND_COUNT] = {
    [CHECK_XPATH] = "xpath",
    [CHECK_CSS] = "css",
    [CHECK_REGEX] = "regex",
    [CHECK_HEADER] = "header",
    [CHECK_RESOURCE] = "resource",
    [CHECK_METRIC] = "metric",
    [CHECK_JOURNEY] = "journey",
    [CHECK_INTERACT] = "interact",
    [CHECK_STRUCTURED_DATA] = "structured-data",
    [CHECK_LAYOUT] = "layout",
    [CHECK_SITE] = "site",
    [CHECK_HISTORY] = "history",
    [CHECK_PERSON] = "person",
};

const char *dimension_name(Dimension dimension)
{
    return dimension_names[dimension];
}

bool dimension_of(const char *name, Dimension *dimension)
{
    size_t i = name_index(dimension_names, COUNT_OF(dimension_names), name);
    *dimension = (Dimension)i;
    return i < COUNT_OF(dimension_names);
}

const char *impact_name(Impact impact)
{
    return impact_names[impact];
}

bool impact_of(const char *name, Impact *impact)
{
    size_t i = name_index(impact_names, COUNT_OF(impact_names), name);
    *impact = (Impact)i;
    return i < COUNT_OF(impact_names);
}

const char *confidence_name(Confidence confidence)
{
    return confidence_names[confidence];
}

bool confidence_of(const char *name, Confidence *confidence)
{
    size_t i = name_index(confidence_names, COUNT_OF(confidence_names), name);
    *confidence = (Confidence)i;
    return i < COUNT_OF(confidence_names);
}

const char *effort_name(RepairEffort effort)
{
    return effort_names[effort];
}

bool effort_of(const char *name, RepairEffort *effort)
{
    size_t i = name_index(effort_names, COUNT_OF(effort_names), name);
    *effort = (RepairEffort)i;
    return i < COUNT_OF(effort_names);
}

const char *check_kind_name(CheckKind kind)
{
    return check_names[kind];
}

bool check_kind_of(const char *name, CheckKind *kind)
{
    size_t i = name_index(check_names, COUNT_OF(check_names), name);
    *kind = (CheckKind)i;
    return i < COUNT_OF(check_names);
}

const Rule *grid_rule(const Grid *grid, const char *id)
{
    for (size_t i = 0; i < grid->rule_count; i++)
        if (strcmp(grid->rules[i]->id, id) == 0)
            return grid->rules[i];
    return NULL;
}
