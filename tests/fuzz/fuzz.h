/* fuzz.h - what every fuzz target includes: its entry, and a promise that must hold.
 *
 * A target NAME is tests/fuzz/NAME_fuzz.c with its corpus in tests/fuzz/corpus/NAME and, if
 * it helps, words in tests/fuzz/NAME.dict. `make fuzz SECONDS=n` looks for new input, `make
 * check` replays the corpus. SPDX-License-Identifier: MIT */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/** Try one input; the process must survive it. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** End the process when a promise is broken. */
#define FUZZ_ASSERT(promise)                                                               \
    do {                                                                                   \
        if (!(promise)) {                                                                  \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #promise);  \
            abort();                                                                       \
        }                                                                                  \
    } while (0)

#endif
