/* replay.h - the fuzz targets by name, for the replay of their kept inputs.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_FUZZ_REPLAY_H
#define TESTS_FUZZ_REPLAY_H

#include <stddef.h>
#include <stdint.h>

/** One target. */
typedef struct ReplayTarget {
    const char *name;
    int (*run)(const uint8_t *data, size_t size);
} ReplayTarget;

/** All of them, NULL-ended; made by make-table.sh. */
extern const ReplayTarget replay_targets[];

#endif
