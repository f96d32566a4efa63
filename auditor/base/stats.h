/* stats.h - order statistics and intervals for repeated visits. Sources beside each
 * function; the reasons are in the project's docs/method.md.
 *
 * Knows no metric. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_STATS_H
#define BASE_STATS_H

#include <stdbool.h>
#include <stddef.h>

/** Sort ascending in place (NANs must have been left out by the caller). */
void stats_sort(double *values, size_t count);
/** Median of sorted values (mean of the middle two when even); NAN when count is 0. */
double stats_median(const double *sorted, size_t count);
/** Quantile q in [0,1] of sorted values, linear interpolation between order statistics
 * (type 7 of Hyndman and Fan 1996); NAN when count is 0. */
double stats_quantile(const double *sorted, size_t count, double q);
/** Robust spread 1.4826 * median(|x - median|); NAN when count is 0. scratch: count
 * doubles. */
double stats_mad_sigma(const double *sorted, size_t count, double *scratch);
double stats_mean(const double *values, size_t count);
/** Wilson score interval for a share at 95 % (Wilson 1927). trials > 0. */
void stats_wilson(size_t successes, size_t trials, double *low, double *high);
/** Standard normal distribution function. */
double stats_normal_cdf(double z);

#endif
