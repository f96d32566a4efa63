/* scenario.c - the table of steps made of step.def, and the safety levels. Layer: model.
 *
 * SPDX-License-Identifier: MIT */
#include "model/scenario.h"

#include <string.h>

#include "base/attr.h"
#include "model/names.h"

static const StepInfo infos[STEP_KIND_COUNT] = {
#define STEP(constant, name, flags, en, fr) [STEP_KIND_##constant] = {name, flags, en, fr},
#include "model/step.def"
#undef STEP
};

static const char *const safety_names[] = {
    [SAFETY_LOOK] = "look", [SAFETY_TOUCH] = "touch", [SAFETY_ACT] = "act"};

const StepInfo *step_info(StepKind kind)
{
    return &infos[kind];
}

StepKind step_kind_of(const char *name)
{
    int i = 0;
    while (i < STEP_KIND_COUNT && strcmp(infos[i].name, name) != 0)
        i++;
    return (StepKind)i;
}

const char *safety_name(Safety safety)
{
    return safety_names[safety];
}

bool safety_of(const char *name, Safety *safety)
{
    size_t i = name_index(safety_names, COUNT_OF(safety_names), name);
    if (i == COUNT_OF(safety_names))
        return false;
    *safety = (Safety)i;
    return true;
}
