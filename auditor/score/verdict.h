/* verdict.h - what the marks come to in words: headline, strengths, weaknesses, questions,
 * summaries of journeys. Phrases are keys with arguments; report/ says them.
 *
 * Private to score/. Layer: score. SPDX-License-Identifier: MIT */
#ifndef SCORE_VERDICT_H
#define SCORE_VERDICT_H

#include "model/audit.h"

/** Fill strengths, weaknesses, questions, journey summaries and the headline. */
void verdict_fill(Audit *audit);

#endif
