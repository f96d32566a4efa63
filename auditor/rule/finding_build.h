/* finding_build.h - answers gathered into findings: one a rule.
 *
 * Layer: rule. Called by judge.c. SPDX-License-Identifier: MIT */
#ifndef RULE_FINDING_BUILD_H
#define RULE_FINDING_BUILD_H

#include "rule/check.h"

/** A new, empty finding of a rule. Owns: arena. */
Finding *finding_create(Arena *arena, const Rule *rule);
/** Add an answer about a page (page -1: the visit as a whole). Of the answers that a rule
 * does not apply, only the first is kept. */
void finding_add(Finding *finding, Arena *arena, int visit, int page, const Answer *answer);
/** Decide outcome, score, value, counts and fingerprint from the answers. */
void finding_close(Finding *finding, const Audit *audit);
/** Of findings of one dimension that read the same fact, let the heaviest count
 * (scoring.md 3.5.7). grid gives the weights. */
void findings_group(Finding **findings, size_t count, const Grid *grid);

#endif
