/* replay.c - runs a fuzz target on every file of the folders given, without a fuzzer.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "fuzz.h"

int main(int argc, char **argv)
{
    size_t total = 0;

    for (int i = 1; i < argc; i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const char **names = NULL;
        size_t count = 0;
        Error err = {0};

        if (!folder_list(arena, argv[i], "", &names, &count, &err)) {
            fprintf(stderr, "%s: %s\n", err.where, err.what);
            return 1;
        }
        for (size_t n = 0; n < count; n++) {
            Str input = {0};
            if (!file_read(arena, path_join(arena, argv[i], names[n]), 1 << 24, &input,
                           &err))
                return 1;
            (void)LLVMFuzzerTestOneInput((const uint8_t *)input.data, input.length);
        }
        total += count;
    }
    printf("%s: %zu inputs\n", argv[0], total);
    return 0;
}
