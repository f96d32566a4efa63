/* stats_power.c - the table of detectable changes. Layer: base.
 *
 * SPDX-License-Identifier: MIT */
#include "base/stats_power.h"

#include <math.h>

#include "base/attr.h"

enum { NOISES = 5, SIZES = 7, VISITS_MOST = 1000, VISITS_LEAST = 5, VISITS_CLAIM = 4 };

static const double noises[NOISES] = {0.03, 0.05, 0.10, 0.20, 0.30};
static const double sizes[SIZES] = {5, 7, 9, 11, 15, 21, 31};
/* Rows: noise; columns: visits on each side; changes as shares. */
static const double found[NOISES][SIZES] = {
    {0.156, 0.068, 0.056, 0.046, 0.039, 0.031, 0.026},
    {0.182, 0.118, 0.092, 0.078, 0.065, 0.051, 0.042},
    {0.341, 0.231, 0.185, 0.158, 0.129, 0.105, 0.085},
    {0.667, 0.467, 0.385, 0.324, 0.267, 0.213, 0.171},
    {1.07, 0.735, 0.604, 0.501, 0.412, 0.332, 0.261},
};

/* Along one row, as the logarithm of the change; outside of the table by the root of n. */
static double row_at(int row, double n)
{
    int i = 0;
    double first = log(log1p(found[row][0])), last = log(log1p(found[row][SIZES - 1]));
    if (n <= sizes[0])
        return first + 0.5 * log(sizes[0] / n);
    if (n >= sizes[SIZES - 1])
        return last + 0.5 * log(sizes[SIZES - 1] / n);
    while (n > sizes[i + 1])
        i++;
    double low = log(log1p(found[row][i])), high = log(log1p(found[row][i + 1]));
    double place = log(n / sizes[i]) / log(sizes[i + 1] / sizes[i]);
    return low + place * (high - low);
}

double stats_detectable(double sigma, size_t n)
{
    int i = 0;
    if (n < VISITS_CLAIM || isnan(sigma))
        return NAN;
    double noise = fmax(sigma, 0.01);
    while (i < NOISES - 2 && noise > noises[i + 1])
        i++;
    double low = row_at(i, (double)n), high = row_at(i + 1, (double)n);
    double place = log(noise / noises[i]) / log(noises[i + 1] / noises[i]);
    return expm1(exp(low + place * (high - low)));
}

size_t stats_visits_needed(double sigma, double change)
{
    size_t n = VISITS_LEAST;
    while (n < VISITS_MOST && !(stats_detectable(sigma, n) <= change))
        n++;
    return n;
}
