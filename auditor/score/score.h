/* score.h - scoring weighs judgements: marks, caps, coverage, intervals, models
 * (scoring.md 3.5-3.7).
 *
 * Judges nothing itself. Layer: score. Called by audit/. SPDX-License-Identifier: MIT */
#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include "base/clock.h"
#include "model/audit.h"

/** Fill the marks of an audit whose findings are there: dimensions, score, letter,
 * intervals, strengths, weaknesses, opportunities, customer, questions, headline.
 * Deterministic: the bootstrap's seed is the site's hash. Errors: none. */
void score_audit(Audit *audit);

#endif
