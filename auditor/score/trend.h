/* trend.h - when did a shop's series change? Only changes that matter, with intervals.
 *
 * Layer: score. Called by audit/history. SPDX-License-Identifier: MIT */
#ifndef SCORE_TREND_H
#define SCORE_TREND_H

#include "base/arena.h"
#include "model/history.h"

/** Fill the changes of a series: change points (base/stats_series; times as logarithms)
 * whose step matters: max(10 %, 100 ms) for times, 2 points of a mark out of 100, 0.2 of
 * 10, 5 of the recommendation, 0.2 of the effort, 0.02 of completion. Seeded by the series
 * itself. */
void trend_changes(HistorySeries *series);

#endif
