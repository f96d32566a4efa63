/* snapshots.h - small snapshots for the tests of store/, score/ and report/.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_SNAPSHOTS_H
#define TESTS_SUPPORT_SNAPSHOTS_H

#include "base/clock.h"
#include "model/snapshot.h"

/** 2026-01-01T00:00:00Z */
#define SAMPLE_TIME_US 1767225600000000LL

/** How the values of a made-up audit are drawn: log-normal around the page's own base. */
typedef struct SampleNoise {
    Clock *dice;
    double sigma;    /**< of the logarithm, visit by visit */
    double session;  /**< added to the logarithm of every value of this audit */
    PageKind slow;   /**< this kind is slower ... */
    double slow_log; /**< ... by so much in the logarithm */
} SampleNoise;

/** A standard normal number. */
double sample_normal(Clock *dice);
/** An audit of https://HOST/ that began at started_us: `visits` visits each by phone and
 * desktop after one first visit; home, search, product, cart with a ttfb_ms around 400,
 * 500, 600 and 300 ms; three findings and a price of 64.00 EUR. noise NULL: no noise at
 * all. */
Snapshot *sample_snapshot(Arena *arena, const char *host, int64_t started_us, int visits,
                          const SampleNoise *noise);

#endif
