/* stats_blocks.h - do several treatments differ, measured together in blocks? Friedman.
 *
 * Layer: base. Called by score/league. SPDX-License-Identifier: MIT */
#ifndef BASE_STATS_BLOCKS_H
#define BASE_STATS_BLOCKS_H

#include <stddef.h>

#include "base/arena.h"

/** Friedman's test (1937): values[block * treatments + treatment], no NANs, ties share
 * their rank and the statistic is corrected for them (Hollander and Wolfe 1999, 7.1).
 * Returns p by the chi-square distribution with treatments - 1 degrees of freedom; 1 when
 * all are tied; NAN with fewer than two blocks or two treatments. statistic may be NULL.
 * arena: scratch. */
double stats_friedman(Arena *arena, const double *values, size_t blocks, size_t treatments,
                      double *statistic);
/** Upper tail of the chi-square distribution: the regularised incomplete gamma function, by
 * its series or continued fraction (Abramowitz and Stegun 6.5.29, 6.5.31). */
double stats_chi_square_tail(double x, double degrees);

#endif
