/* clock.h - time, randomness and environment as a parameter, so that a run can be repeated.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Where time comes from. A fixed clock (tests) stands still altogether; with
 * SOURCE_DATE_EPOCH only wall time does. */
typedef struct Clock {
    bool is_fixed; /**< wall and monotonic time stand still, sleeping returns at once */
    bool is_wall_fixed;    /**< wall time stands still */
    int64_t fixed_wall_us; /**< µs since 1970-01-01 UTC, when one of the two is set */
    uint64_t random_state; /**< of clock_random; seed it for determinism */
} Clock;

/** The real clock, randomness seeded from the kernel. With SOURCE_DATE_EPOCH set to whole
 * seconds, wall time is fixed to it (monotonic time stays real). */
void clock_init(Clock *clock);
/** A clock that stands at wall_us and whose random numbers begin at seed. */
void clock_init_fixed(Clock *clock, int64_t wall_us, uint64_t seed);
/** Wall time, µs since 1970-01-01 UTC. */
int64_t clock_wall_us(const Clock *clock);
/** Monotonic time, µs since some start; for durations. A fixed clock gives its wall time.
 */
int64_t clock_now_us(const Clock *clock);
/** Sleep (0 and less: not at all; a fixed clock does not sleep). */
void clock_sleep_us(const Clock *clock, int64_t duration_us);
/** Uniform in [0, below); below > 0. splitmix64. */
uint64_t clock_random(Clock *clock, uint64_t below);
/** "2026-11-19T09:32:05.123Z" into text (at least 25 bytes). Proleptic Gregorian, UTC. */
void clock_iso8601(int64_t wall_us, char *text, size_t size);
/** Parse ISO 8601 with Z or an offset, fractions to µs. false: not one. */
bool clock_parse_iso8601(const char *text, int64_t *wall_us);

/** Civil date of a wall time in UTC: year, month 1-12, day 1-31, weekday 0 = Sunday, time.
 */
typedef struct CivilTime {
    int year, month, day, weekday, hour, minute, second;
} CivilTime;

void clock_civil(int64_t wall_us, CivilTime *civil);

#endif
