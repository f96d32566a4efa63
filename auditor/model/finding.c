/* finding.c - names of a finding's outcomes. Layer: model. SPDX-License-Identifier: MIT */
#include "model/finding.h"

#include "base/attr.h"
#include "model/names.h"

static const char *const outcome_names[FINDING_OUTCOME_COUNT] = {
    [FINDING_PASS] = "pass",
    [FINDING_FAIL] = "fail",
    [FINDING_CANNOT_TELL] = "cannot-tell",
    [FINDING_NOT_APPLICABLE] = "not-applicable",
};

const char *finding_outcome_name(FindingOutcome outcome)
{
    return outcome_names[outcome];
}

bool finding_outcome_of(const char *name, FindingOutcome *outcome)
{
    size_t i = name_index(outcome_names, COUNT_OF(outcome_names), name);
    *outcome = (FindingOutcome)i;
    return i < COUNT_OF(outcome_names);
}
