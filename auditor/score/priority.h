/* priority.h - what to repair first: gain of the overall mark times confidence by effort
 * (scoring.md 3.6 and 3.7).
 *
 * Private to score/. Layer: score. SPDX-License-Identifier: MIT */
#ifndef SCORE_PRIORITY_H
#define SCORE_PRIORITY_H

#include "score/mark.h"

/** Repairs listed at most. */
#define PRIORITY_MOST 10

/** Fill audit->opportunities, best first. Repairs that lift a cap come first, by what the
 * mark gains without that cap; the gain of all others is computed as if caps were lifted,
 * one by one in the order of the list. values: as the findings stand. */
void priority_fill(Audit *audit, const RuleValue *values);

#endif
