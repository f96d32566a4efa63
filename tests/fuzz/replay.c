/* replay.c - runs every fuzz target on its kept inputs, without a fuzzer: replay CORPUS.
 *
 * SPDX-License-Identifier: MIT */
#include "replay.h"

#include "base/arena.h"
#include "base/out.h"
#include "fuzz.h"

/* How many inputs were run; -1 when one could not be read. */
static int target_replay(const ReplayTarget *target, const char *corpus)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **names = NULL;
    size_t count = 0;
    Error err = {0};
    const char *folder = path_join(arena, corpus, target->name);
    if (!folder_list(arena, folder, "", &names, &count, &err)) {
        fprintf(stderr, "%s: %s\n", err.where, err.what);
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        Str input = {0};
        if (!file_read(arena, path_join(arena, folder, names[i]), 1 << 24, &input, &err))
            return -1;
        (void)target->run((const uint8_t *)input.data, input.length);
    }
    return (int)count;
}

int main(int argc, char **argv)
{
    for (const ReplayTarget *target = replay_targets; target->name; target++) {
        int count = argc == 2 ? target_replay(target, argv[1]) : -1;
        if (count < 0)
            return 1;
        printf("%s: %d inputs\n", target->name, count);
        fflush(stdout); /* what crashes is the next one */
    }
    return 0;
}
