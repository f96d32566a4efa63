/* compare.h - two snapshots held against each other: times by page kind with one test each,
 * findings round by round, journeys, prices.
 *
 * Knows no file and no history. Layer: score. Called by audit/. SPDX-License-Identifier:
 * MIT
 */
#ifndef SCORE_COMPARE_H
#define SCORE_COMPARE_H

#include "base/arena.h"
#include "model/comparison.h"

/** Compare.
 *
 * Times: for each page kind (and checkout stage) and engine the primary metric, its
 * journeys pooled as strata, Holm over all of them; every other metric is a lead, kept when
 * its false-discovery rate (Benjamini-Hochberg) is at most 10 % and its estimate beyond the
 * limit. A visit counts once: median of its pages of that kind. The first visit of all and
 * visits that failed do not count.
 * Findings: new when it failed in at least two of the last three rounds and passed in all
 * of the last three before (as many as there are); fixed the other way round; flickering
 * otherwise. A rule whose check is another is "by grid".
 * Both snapshots must live as long as the comparison. Owns: arena. */
void compare_snapshots(Arena *arena, const Snapshot *before, const Snapshot *after,
                       const CompareDesign *design, Comparison *comparison);
/** Visits of each journey under which no adjusted p can reach 0.05 for so many page kinds
 * in so many journeys each. For the word before the first visit. */
size_t compare_visits_least(size_t page_kinds, size_t journeys);

/** Findings, journeys and prices of a comparison whose sides are set; private to score/. */
void compare_findings(Arena *arena, Comparison *comparison);
void compare_journeys(Arena *arena, Comparison *comparison);

#endif
