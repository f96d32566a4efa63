/* resample.h - the marks of an audit computed from some of its visits: one block alone, or
 * blocks drawn with replacement.
 *
 * Layer: score. Made in interval.c; called by league.c. SPDX-License-Identifier: MIT */
#ifndef SCORE_RESAMPLE_H
#define SCORE_RESAMPLE_H

#include "score/mark.h"

typedef struct Resample Resample;

/** Prepare an audit (maybe read back from a file). Owns: arena. */
Resample *resample_open(Arena *arena, const Audit *audit);
/** Marks when the visits of number n (1, 2 ...) count times[n - 1] times, those beyond
 * count times not at all. shares: NULL for the grid's. */
void resample_marks(Resample *resample, const int *times, size_t count,
                    const double *shares, Marks *marks);

#endif
