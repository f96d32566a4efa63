/* measure.h - measures of a whole visit that rules of kind metric read: a row each.
 *
 * Layer: rule. Called by check_metric.c. SPDX-License-Identifier: MIT */
#ifndef RULE_MEASURE_H
#define RULE_MEASURE_H

#include "rule/check.h"

/** Measure the subject's visit into number, adding evidence to answer. Returns NULL, or why
 * it cannot be measured. */
typedef const char *VisitMeasure(const Subject *subject, double *number, Answer *answer);

/** Measure of a name and its unit, NULL: there is none. */
VisitMeasure *visit_measure_of(const char *name, const char **unit);

#endif
