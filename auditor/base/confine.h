/* confine.h - a process takes from itself what it does not need.
 *
 * For processes that read what strangers wrote: if a mistake of ours let them take over,
 * they find no program to run, no file to read but the system's own, no place to write but
 * one. Each wall stands where the kernel has it; what is missing is told, not guessed.
 * Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

#include <stdbool.h>

#include "base/arena.h"

/** Which walls stand (or could). */
typedef struct Walls {
    bool has_no_new_privileges;
    bool has_system_calls; /**< seccomp: no exec, no tracing, no mounting ... */
    int landlock;          /**< version of Landlock; 0: none */
} Walls;

/** What this kernel offers, without putting anything up. */
void confine_probe(Walls *walls);
/** No core file of this process or its children: it would hold what was typed. */
void confine_core(void);
/** Put up all walls around this process, for good; it must have no other thread.
 *
 * writable: NULL-ended folders that alone may be written to (NULL: none). readable:
 * NULL-ended files and folders that may be read beside the system's own (/etc /usr /lib ...
 * but no home); missing ones are passed over. walls: what stands then. */
void confine_self(const char *const *writable, const char *const *readable, Walls *walls);
/** The walls in words: "no new privileges, system calls, Landlock 4". Owns: arena. */
const char *walls_text(Arena *arena, const Walls *walls);

#endif
