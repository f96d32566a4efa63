/* guardian.h - a small process between us and a program: starts it, outlives us, tidies up.
 *
 * The guardian is the program's parent and adopts what the program orphans, so that it can
 * reap all of it. It ends the program and removes its folder when we ask, and also when our
 * end of its socket closes because we were killed. Layer: visit. Called by launch.c.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_GUARDIAN_H
#define VISIT_CHROMIUM_GUARDIAN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/error.h"

/** What to start, and as whom. */
typedef struct GuardianPlan {
    const char *binary;
    char *const *argv;      /**< NULL-ended */
    char *const *variables; /**< its whole environment, NULL-ended */
    int input_fd;           /**< becomes its descriptor 3 */
    int output_fd;          /**< becomes its descriptor 4 */
    const char *folder;     /**< removed at the end */
    int lock_fd;            /**< held until the folder is gone */
    const char *log;        /**< where its standard error goes; NULL nowhere */
    uid_t uid;              /**< (uid_t)-1: ours */
    bool gains_nothing;     /**< set no_new_privs */
    bool stays_public;      /**< no private address may be connected to (warden.h) */
} GuardianPlan;

/** A started guardian. */
typedef struct Guardian {
    pid_t pid;
    pid_t program;   /**< leader of its own process group */
    int fd;          /**< closing it ends the program */
    bool is_watched; /**< stays_public holds; false: this kernel cannot */
} Guardian;

/** Start the guardian and by it the program; returns once the program runs.
 * Errors: ERROR_FAILED (fork, setuid, exec). Owns: the caller, who calls guardian_end. */
bool guardian_start(const GuardianPlan *plan, Guardian *guardian, Error *err) MUST_USE;
/** Let the program end by itself for grace_us, then TERM, then KILL; wait until all of it
 * is reaped and its folder removed. May be called twice. */
void guardian_end(Guardian *guardian, int64_t grace_us);

/** How far a process can be confined here. */
typedef enum Confinement {
    CONFINEMENT_NONE,       /**< it cannot even become this user */
    CONFINEMENT_USER,       /**< a user of its own, but no namespaces */
    CONFINEMENT_NAMESPACES, /**< user, process and network namespaces: a sandbox's walls */
} Confinement;

/** Try it in a child: as uid (-1: ours). */
Confinement guardian_confinement(uid_t uid);

#endif
