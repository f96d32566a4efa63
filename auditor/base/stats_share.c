/* stats_share.c - exact shares and adjusted p values.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/stats_share.h"

#include <math.h>

static double log_choose(size_t n, size_t k)
{
    return lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1);
}

double stats_fisher(size_t hits_a, size_t count_a, size_t hits_b, size_t count_b)
{
    size_t hits = hits_a + hits_b;
    size_t least = hits > count_b ? hits - count_b : 0;
    size_t most = hits < count_a ? hits : count_a;
    double all = log_choose(count_a + count_b, hits);
    double seen = log_choose(count_a, hits_a) + log_choose(count_b, hits_b) - all;
    double p = 0;
    for (size_t x = least; x <= most; x++) {
        double chance = log_choose(count_a, x) + log_choose(count_b, hits - x) - all;
        if (chance <= seen + 1e-7)
            p += exp(chance);
    }
    return fmin(1, p);
}

/* Indexes of the numbers, smallest first; insertion: tests are tens, not thousands. */
static size_t *order_of(Arena *arena, const double *p, size_t count, size_t *kept)
{
    size_t *order = ARENA_ARRAY(arena, count, size_t);
    *kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = *kept;
        if (isnan(p[i]))
            continue;
        for (; at > 0 && p[order[at - 1]] > p[i]; at--)
            order[at] = order[at - 1];
        order[at] = i;
        (*kept)++;
    }
    return order;
}

void stats_holm(Arena *arena, double *p, size_t count)
{
    size_t kept = 0;
    size_t *order = order_of(arena, p, count, &kept);
    double before = 0;
    for (size_t i = 0; i < kept; i++) {
        before = fmin(1, fmax(before, p[order[i]] * (double)(kept - i)));
        p[order[i]] = before;
    }
}

void stats_benjamini_hochberg(Arena *arena, double *p, size_t count)
{
    size_t kept = 0;
    size_t *order = order_of(arena, p, count, &kept);
    double above = 1;
    for (size_t i = kept; i-- > 0;) {
        above = fmin(above, p[order[i]] * (double)kept / (double)(i + 1));
        p[order[i]] = above;
    }
}
