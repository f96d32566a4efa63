/* interval.h - how sure the marks are: whole visits resampled, rules taken for mistaken
 * (scoring.md 3.5.6).
 *
 * Private to score/. Layer: score. SPDX-License-Identifier: MIT */
#ifndef SCORE_INTERVAL_H
#define SCORE_INTERVAL_H

#include "score/mark.h"

/** Resamples and false-alarm draws of one audit. */
#define INTERVAL_DRAWS 2000
/** Visits of one journey below which no interval is claimed (scoring.md 3.5.6). */
#define INTERVAL_VISITS_ENOUGH 5

/** Fill interval or range of the overall mark and of every dimension.
 *
 * Bootstrap of whole visits inside each journey, 2.5th to 97.5th centile (percentile
 * method, Efron 1979); with fewer than five visits a journey the lowest and highest mark of
 * the k-th visits instead, as range. values: as they stand. */
void interval_visits(Audit *audit);
/** Fill audit->judgement: failed rules flipped to pass at random with the grid's
 * false-alarm rate of their confidence; from the mark itself to the 97.5th centile
 * (mistaken rules can only raise it). */
void interval_judgement(Audit *audit, const RuleValue *values);

#endif
