/* proc.h - child processes: a function run in a fork with a deadline and limits, and
 * programs run to their end.
 *
 * Parallel means child processes (architecture.md); no threads. Layer: base.
 * SPDX-License-Identifier: MIT */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"

/** Work for a child. Returns the child's exit code (0-255). The child must not return into
 * the caller's frames: proc_start ends it by _exit after flushing. */
typedef int ProcWork(void *context);

/** A running child. */
typedef struct Proc {
    pid_t pid;           /**< 0: slot is free */
    int64_t deadline_us; /**< monotonic; 0: none */
    size_t job;          /**< caller's number for it */
    bool is_over_time;   /**< it was killed by the deadline */
} Proc;

/** How a child ended. */
typedef struct ProcEnd {
    size_t job;
    int exit_code; /**< 0-255, or -1 when a signal ended it */
    int signal;    /**< 0 when it exited */
    bool is_over_time;
} ProcEnd;

/** A pool of at most width children; children die with the parent (PR_SET_PDEATHSIG). Each
 * is a process group of its own; what it leaves behind in it is killed when it ends. */
typedef struct ProcPool {
    Proc *slots;
    size_t width;
} ProcPool;

/** Start work(context) in a child of a free slot. timeout_us 0: none.
 * Errors: ERROR_FAILED (fork). The pool must have a free slot (assert). */
bool proc_start(ProcPool *pool, size_t job, ProcWork *work, void *context,
                int64_t timeout_us, Error *err) MUST_USE;

/** A program to be started: arguments and environment NULL-ended. */
typedef struct ProcProgram {
    const char *path;
    const char *const *arguments;
    const char *const *environment;
    const char *errors; /**< file that takes its standard error */
} ProcProgram;

/** Start a program in a child of a free slot, its input empty, its output dropped, nothing
 * else of ours open in it. The child does nothing but exec, so a library of the caller may
 * have threads. Exit code 127: it could not be started. As proc_start otherwise. */
bool proc_start_program(ProcPool *pool, size_t job, const ProcProgram *program,
                        int64_t timeout_us, Error *err) MUST_USE;
/** Is a slot free? Is any child running? */
bool proc_has_room(const ProcPool *pool);
bool proc_is_busy(const ProcPool *pool);
/** Wait until one child ends (killing those over time), at most wait_us (<0: for ever).
 * Returns false when wait_us passed without an end, when no child runs, and when a signal
 * handler of the caller ran meanwhile. */
bool proc_wait(ProcPool *pool, int64_t wait_us, ProcEnd *end);
/** Kill and reap all. */
void proc_kill_all(ProcPool *pool);
/** Run a program to its end. argv: NULL-ended, looked up in PATH. Standard input is empty,
 * standard error is dropped, standard output is collected into out (its limit holds; more
 * is read and dropped). timeout_us 0: none. *exit_code: 0-255, 128 + signal when one ended
 * it. Errors: ERROR_FAILED (cannot start, over time). */
bool proc_run(const char *const *argv, Buf *out, int64_t timeout_us, int *exit_code,
              Error *err) MUST_USE;
/** Path of a program found in PATH (or name itself when it holds a '/'), or NULL when there
 * is no such program. buffer: at least 4096 bytes. */
const char *proc_which(const char *name, char *buffer, size_t size);

#endif
