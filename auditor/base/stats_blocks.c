/* stats_blocks.c - Friedman's test. Layer: base. SPDX-License-Identifier: MIT */
#include "base/stats_blocks.h"

#include <math.h>

enum { ROUNDS_MOST = 500 };

static double gamma_series(double a, double x)
{
    double term = 1 / a, sum = term;
    for (int n = 1; n < ROUNDS_MOST && fabs(term) > fabs(sum) * 1e-15; n++) {
        term *= x / (a + n);
        sum += term;
    }
    return sum * exp(-x + a * log(x) - lgamma(a));
}

/* Lentz's way through the continued fraction. */
static double gamma_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
    for (int n = 1; n < ROUNDS_MOST; n++) {
        double an = -n * (n - a), delta;
        b += 2;
        d = an * d + b;
        d = fabs(d) < 1e-300 ? 1e300 : 1 / d;
        c = b + an / c;
        c = fabs(c) < 1e-300 ? 1e-300 : c;
        delta = d * c;
        h *= delta;
        if (fabs(delta - 1) < 1e-15)
            break;
    }
    return h * exp(-x + a * log(x) - lgamma(a));
}

double stats_chi_square_tail(double x, double degrees)
{
    double a = degrees / 2, half = x / 2;
    if (!(x > 0))
        return 1;
    return half < a + 1 ? 1 - gamma_series(a, half) : gamma_fraction(a, half);
}

/* Ranks of one block added to sums; returns the sum of t^3 - t over its ties. */
static double block_rank(const double *row, size_t count, double *sums)
{
    double ties = 0;
    for (size_t i = 0; i < count; i++) {
        size_t below = 0, same = 0;
        for (size_t j = 0; j < count; j++) {
            below += row[j] < row[i];
            same += row[j] <= row[i] && row[j] >= row[i];
        }
        sums[i] += (double)below + ((double)same + 1) / 2;
        /* Each of a group of t adds its share of t^3 - t. */
        ties += (double)same * (double)same - 1;
    }
    return ties;
}

double stats_friedman(Arena *arena, const double *values, size_t blocks, size_t treatments,
                      double *statistic)
{
    double n = (double)blocks, k = (double)treatments, ties = 0, squares = 0;
    double *sums = ARENA_ARRAY(arena, treatments, double);
    if (blocks < 2 || treatments < 2)
        return NAN;
    for (size_t b = 0; b < blocks; b++)
        ties += block_rank(values + b * treatments, treatments, sums);
    for (size_t t = 0; t < treatments; t++) {
        double off = sums[t] - n * (k + 1) / 2;
        squares += off * off;
    }
    double scale = n * k * (k + 1) - ties / (k - 1);
    double found = scale > 0 ? 12 * squares / scale : 0;
    if (statistic)
        *statistic = found;
    return scale > 1e-9 ? stats_chi_square_tail(found, k - 1) : 1;
}
