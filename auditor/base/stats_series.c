/* stats_series.c - binary segmentation with a CUSUM of ranks. Layer: base.
 *
 * SPDX-License-Identifier: MIT */
#include "base/stats_series.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/stats.h"

enum { DRAWS = 199, SEGMENTS_MOST = 64, NEAR = 150, PERMUTED_MOST = 200 };

/* What all cuts of one series share. */
typedef struct Search {
    Arena *arena;
    const double *values;
    Clock dice;
    double *ranks, *drawn; /* of the segment at hand; one draw */
    double *sorted;
    ChangePoint *changes;
    size_t found, most;
} Search;

/* A part of the series still to be looked at. */
typedef struct Segment {
    size_t from, to;
} Segment;

static size_t place_of(const double *sorted, size_t count, double value)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sorted[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void ranks_fill(Search *search, const double *values, size_t count, double *ranks)
{
    memcpy(search->sorted, values, count * sizeof *values);
    stats_sort(search->sorted, count);
    for (size_t i = 0; i < count; i++) {
        size_t low = place_of(search->sorted, count, values[i]);
        size_t last = low;
        while (last + 1 < count && search->sorted[last + 1] <= values[i])
            last++;
        ranks[i] = (double)(low + last) / 2 + 1;
    }
}

/* Greatest deviation of the cumulated ranks from their mean, and where it is. */
static double cusum(const double *ranks, size_t count, size_t *at)
{
    double mean = ((double)count + 1) / 2, sum = 0, best = -1;
    for (size_t i = 0; i + CHANGE_SIDE_LEAST < count; i++) {
        sum += ranks[i] - mean;
        if (i + 1 < CHANGE_SIDE_LEAST || fabs(sum) <= best)
            continue;
        best = fabs(sum);
        *at = i + 1;
    }
    return best;
}

/* How often chance gives as much: Pettitt's own formula for long series (K is twice the
 * cumulated sum), permutations for short ones. */
static double chance_of(Search *search, size_t count, double seen)
{
    size_t ignored = 0;
    int as_large = 0;
    double n = (double)count;
    if (count > PERMUTED_MOST)
        return fmin(1, 2 * exp(-24 * seen * seen / (n * n * n + n * n)));
    memcpy(search->drawn, search->ranks, count * sizeof *search->drawn);
    for (int draw = 0; draw < DRAWS; draw++) {
        for (size_t i = count - 1; i > 0; i--) {
            size_t j = (size_t)clock_random(&search->dice, i + 1);
            double kept = search->drawn[i];
            search->drawn[i] = search->drawn[j];
            search->drawn[j] = kept;
        }
        as_large += cusum(search->drawn, count, &ignored) >= seen;
    }
    return (double)(as_large + 1) / (DRAWS + 1);
}

/* What is far from the cut says nothing of its place, and costs. */
static Segment near_of(Segment segment, size_t at)
{
    if (at - segment.from > NEAR)
        segment.from = at - NEAR;
    if (segment.to - at > NEAR)
        segment.to = at + NEAR;
    return segment;
}

static void interval_find(Search *search, Segment segment, ChangePoint *change)
{
    segment = near_of(segment, change->at);
    size_t count = segment.to - segment.from, cut = change->at - segment.from;
    const double *values = search->values + segment.from;
    double places[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
        size_t at = cut;
        for (size_t i = 0; i < count; i++) {
            size_t from = i < cut ? 0 : cut, size = i < cut ? cut : count - cut;
            search->drawn[i] = values[from + (size_t)clock_random(&search->dice, size)];
        }
        ranks_fill(search, search->drawn, count, search->ranks);
        cusum(search->ranks, count, &at);
        places[draw] = (double)at;
    }
    stats_sort(places, DRAWS);
    change->low = segment.from + (size_t)places[0];
    change->high = segment.from + (size_t)places[DRAWS - 1];
}

static double median_of(Search *search, size_t from, size_t to)
{
    memcpy(search->sorted, search->values + from, (to - from) * sizeof(double));
    stats_sort(search->sorted, to - from);
    return stats_median(search->sorted, to - from);
}

/* Look for one change. Returns false when the segment is of one piece. */
static bool segment_cut(Search *search, Segment segment, size_t *at)
{
    size_t count = segment.to - segment.from, cut = 0;
    if (count < 2 * CHANGE_SIDE_LEAST || search->found == search->most)
        return false;
    ranks_fill(search, search->values + segment.from, count, search->ranks);
    double seen = cusum(search->ranks, count, &cut);
    ChangePoint change = {.at = segment.from + cut};
    change.p = chance_of(search, count, seen);
    if (change.p > 0.0101)
        return false;
    interval_find(search, segment, &change);
    change.before = median_of(search, segment.from, change.at);
    change.after = median_of(search, change.at, segment.to);
    search->changes[search->found++] = change;
    *at = change.at;
    return true;
}

static void sort_by_place(ChangePoint *changes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        ChangePoint kept = changes[i];
        size_t at = i;
        for (; at > 0 && changes[at - 1].at > kept.at; at--)
            changes[at] = changes[at - 1];
        changes[at] = kept;
    }
}

size_t series_changes(Arena *arena, const double *values, size_t count, uint64_t seed,
                      ChangePoint *changes, size_t most)
{
    Search search = {.arena = arena, .values = values, .changes = changes, .most = most};
    Segment left[SEGMENTS_MOST];
    size_t waiting = 0;
    clock_init_fixed(&search.dice, 0, seed);
    search.ranks = ARENA_ARRAY(arena, count, double);
    search.drawn = ARENA_ARRAY(arena, count, double);
    search.sorted = ARENA_ARRAY(arena, count, double);
    left[waiting++] = (Segment){0, count};
    while (waiting) {
        Segment segment = left[--waiting];
        size_t at = 0;
        if (!segment_cut(&search, segment, &at) || waiting + 2 > SEGMENTS_MOST)
            continue;
        left[waiting++] = (Segment){at, segment.to};
        left[waiting++] = (Segment){segment.from, at};
    }
    sort_by_place(changes, search.found);
    return search.found;
}
