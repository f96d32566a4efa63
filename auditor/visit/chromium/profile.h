/* profile.h - the temporary folder of one browser: made, locked while used, removed.
 *
 * The lock is flock on the folder itself: it dies with the last process that holds it, so
 * what a dead run left is known for certain. Layer: visit. Called by launch.c, guardian.c.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_PROFILE_H
#define VISIT_CHROMIUM_PROFILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"

/** First of the numeric users a browser runs as when we are root: a range that no
 * distribution hands out (between systemd's homed and dynamic users). */
enum { PROFILE_UID_FIRST = 60578, PROFILE_UID_COUNT = 606 };

/** Make the folder below TMPDIR or /tmp, mode 0700, owned by uid, with its lock held.
 *
 * uid: (uid_t)-1 leaves it ours. folder: its path. lock_fd: holds the lock, the caller's to
 * close. Errors: ERROR_FAILED. Owns: arena. */
bool profile_make(Arena *arena, uid_t uid, const char **folder, int *lock_fd,
                  Error *err) MUST_USE;
/** Remove a folder with all below it; links are removed, not followed. Never fails: what
 * cannot be removed now is left to the next sweep. */
void profile_remove(const char *folder);
/** Remove the folders of browsers whose processes are all dead. Returns how many. */
int profile_sweep(Arena *arena);

#endif
