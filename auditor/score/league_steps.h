/* league_steps.h - who does each step best, with evidence, and the panel's own control
 * points. Private to score/. Layer: score. SPDX-License-Identifier: MIT */
#ifndef SCORE_LEAGUE_STEPS_H
#define SCORE_LEAGUE_STEPS_H

#include "model/benchmark.h"

/** Fill steps: for each kind of step that two shops at least walked, the median time of
 * those that did it and the share that did; the best does it in at least as many visits as
 * any other, and of those in the least time. Control points: 10th centile and median of the
 * shops' medians. */
void league_steps(Benchmark *benchmark);

#endif
