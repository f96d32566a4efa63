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
    bool is_phone_only;
} SampleNoise;

/** A standard normal number. */
double sample_normal(Clock *dice);
/** An audit of https://HOST/ that began at started_us: `visits` visits each by phone and
 * desktop after one first visit; home, search, product, cart with a ttfb_ms around 400,
 * 500, 600 and 300 ms; three findings and a price of 64.00 EUR. noise NULL: no noise at
 * all. */
Snapshot *sample_snapshot(Arena *arena, const char *host, int64_t started_us, int visits,
                          const SampleNoise *noise);

/** What came of many comparisons of made-up audits. */
typedef struct Simulated {
    int runs;
    int worse;        /**< at least one kind of page was called worse */
    int inconclusive; /**< none worse, at least one open */
    int named;        /**< worse was said of the slowed kind and of no other */
} Simulated;

/** One question to ask again and again. */
typedef struct Simulation {
    int runs, visits;
    double sigma;      /**< noise of a visit */
    double session_sd; /**< spread between sessions; against a saved baseline only */
    double slow_log;   /**< the product page is slower by so much */
    int sessions;      /**< audits in the history; 0: interleaved instead */
    uint64_t seed;
} Simulation;

/** Compare runs times: same seed, same answer. Phone visits alone. */
Simulated simulate(const Simulation *simulation);

#endif
