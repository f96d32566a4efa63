/* stats.c - order statistics and intervals.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/stats.h"

#include <math.h>
#include <stdlib.h>

static int number_compare(const void *a, const void *b)
{
    const double one = *(const double *)a;
    const double other = *(const double *)b;
    return (one > other) - (one < other);
}

void stats_sort(double *values, size_t count)
{
    if (count > 1)
        qsort(values, count, sizeof(*values), number_compare);
}

double stats_median(const double *sorted, size_t count)
{
    if (count == 0)
        return NAN;
    if (count % 2 == 1)
        return sorted[count / 2];
    /* Halves first: the sum of two large values must not overflow. */
    return sorted[count / 2 - 1] / 2 + sorted[count / 2] / 2;
}

double stats_quantile(const double *sorted, size_t count, double q)
{
    double place = 0;
    size_t below = 0;

    if (count == 0 || isnan(q))
        return NAN;
    place = (double)(count - 1) * fmin(fmax(q, 0), 1);
    below = (size_t)place;
    if (below + 1 >= count)
        return sorted[count - 1];
    return sorted[below] + (place - (double)below) * (sorted[below + 1] - sorted[below]);
}

double stats_mad_sigma(const double *sorted, size_t count, double *scratch)
{
    double middle = stats_median(sorted, count);
    for (size_t i = 0; i < count; i++)
        scratch[i] = fabs(sorted[i] - middle);
    stats_sort(scratch, count);
    return 1.4826 * stats_median(scratch, count);
}

double stats_mean(const double *values, size_t count)
{
    double sum = 0;
    if (count == 0)
        return NAN;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return sum / (double)count;
}

void stats_wilson(size_t successes, size_t trials, double *low, double *high)
{
    const double z = 1.959963984540054; /* 97.5 % point of the standard normal */
    double n = (double)trials;
    double share = (double)successes / n;
    double centre = share + z * z / (2 * n);
    double reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    double scale = 1 + z * z / n;

    /* Exact at the ends, where rounding would leave a hair outside or inside. */
    *low = successes == 0 ? 0 : fmax(0, (centre - reach) / scale);
    *high = successes == trials ? 1 : fmin(1, (centre + reach) / scale);
}

double stats_normal_cdf(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}
