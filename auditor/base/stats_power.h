/* stats_power.h - how small a change so many visits can show, and how many it takes.
 *
 * Layer: base. Called by score/change. SPDX-License-Identifier: MIT */
#ifndef BASE_STATS_POWER_H
#define BASE_STATS_POWER_H

#include <stddef.h>

/** The slow-down found 80 times in 100 by a two-sided 5 % Mann-Whitney test.
 *
 * sigma: noise as the standard deviation of the logarithm (1.4826 MAD of ln x); n: visits
 * on each side. Returns the change as a share (0.158: +15.8 %); NAN under 4 visits, of
 * which nothing is claimed. Source: simulation of log-normal noise with 5 % outliers up to
 * twice the value (table in the project's docs/method.md, checked again by make bench),
 * interpolated on the logarithms of noise and number; beyond it with the square root of n
 * (Noether 1987). Noise below 1 % counts as 1 %. */
double stats_detectable(double sigma, size_t n);
/** Fewest visits on each side that find a change (share > 0) 80 times in 100; by
 * stats_detectable. At least 5; 1000 when even so many would not do. */
size_t stats_visits_needed(double sigma, double change);

#endif
