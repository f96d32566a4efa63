/* stats_share.h - small counts and many tests: Fisher's exact test, Holm,
 * Benjamini-Hochberg.
 *
 * The interval of a share is stats_wilson in stats.h. Layer: base. Called by score/change
 * and score/compare. SPDX-License-Identifier: MIT */
#ifndef BASE_STATS_SHARE_H
#define BASE_STATS_SHARE_H

#include <stddef.h>

#include "base/arena.h"

/** Two-sided p of a two by two table: hits of n against hits of m. Sums the probabilities
 * of all tables with the same margins that are no likelier than the one seen (Fisher 1935;
 * the two-sided form and its tolerance of 1e-7 as in R's fisher.test). */
double stats_fisher(size_t hits_a, size_t count_a, size_t hits_b, size_t count_b);
/** Adjust p values in place by Holm (1979): step-down, never below the one before; at
 * most 1. NANs are left out and stay. For decisions (gates). arena: scratch. */
void stats_holm(Arena *arena, double *p, size_t count);
/** Adjust p values in place by Benjamini and Hochberg (1995): step-up, false-discovery
 * rate. NANs are left out and stay. For leads. */
void stats_benjamini_hochberg(Arena *arena, double *p, size_t count);

#endif
