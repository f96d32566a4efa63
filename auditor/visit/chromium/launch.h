/* launch.h - a Chromium of our own: started, watched, ended, with nothing left behind.
 *
 * The browser keeps its sandbox; as root it runs under a numeric uid of its own. A guardian
 * process outlives us: when our end of its pipe closes, it ends the browser's process group
 * and removes the profile. Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_LAUNCH_H
#define VISIT_CHROMIUM_LAUNCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"

/** Which browser, and how. */
typedef struct LaunchOptions {
    const char *binary;         /**< path; NULL: browser_find's */
    bool wants_shell;           /**< chromium-headless-shell instead of the whole browser */
    bool is_sandbox_waived;     /**< --unsafe-no-sandbox */
    bool ignores_certificates;  /**< -k */
    const char *proxy;          /**< -x; NULL none */
    const char *resolver_rules; /**< of --resolve and --connect-to; NULL none */
    bool is_http1;              /**< HTTP/1.1 only */
    bool stays_public;          /**< private addresses are refused (warden.h) */
    int width, height;          /**< of the window, CSS px */
    const char *language;       /**< BCP 47; NULL: en */
} LaunchOptions;

/** A running browser. */
typedef struct Browser {
    pid_t pid;           /**< leader of its process group */
    pid_t guardian;      /**< 0: none */
    int write_fd;        /**< to the browser, non-blocking */
    int read_fd;         /**< from it, non-blocking */
    int guardian_fd;     /**< closing it makes the guardian clean up; -1 */
    const char *profile; /**< its temporary folder */
    const char *binary;
    uid_t uid;       /**< whose it runs as; (uid_t)-1: ours */
    bool is_watched; /**< where it connects, when that was asked for */
    bool is_sandboxed;
    const char *sandbox_note; /**< how it is confined, for the report and doctor */
} Browser;

/** As whom and how confined a browser can run here. */
typedef struct BrowserUser {
    uid_t uid; /**< a number of its own when we are root; (uid_t)-1: ours */
    bool is_sandboxed;
    bool is_by_helper; /**< by a setuid helper beside the binary, not by namespaces */
    const char *note;  /**< how it is confined, or why it cannot be */
} BrowserUser;

/** Find the browser's binary: CHROME_PATH, then the usual names and places (the real binary
 * behind Debian's wrapper). NULL when there is none, also when CHROME_PATH names no
 * program. Owns: arena. */
const char *browser_find(Arena *arena, bool wants_shell);
/** Is it the headless shell, by its name? */
bool browser_is_shell(const char *binary);
/** Can this binary be confined here? Fills user; for launch and doctor. Owns: arena. */
bool browser_confinement(Arena *arena, const char *binary, BrowserUser *user);
/** Start a browser with its debugging pipe and an own profile. Also sweeps profiles that
 * dead runs left. Errors: ERROR_FAILED with a hint (not found, sandbox impossible). */
bool browser_launch(Arena *arena, const LaunchOptions *options, Browser *browser,
                    Error *err) MUST_USE;
/** End it: wait grace_us for its own end (after Browser.close), TERM, KILL, reap all,
 * remove the profile. Never fails; may be called twice. */
void browser_end(Browser *browser, int64_t grace_us);
/** The last line it wrote to its standard error ("error while loading shared libraries"),
 * or NULL. For the message when it does not answer; not after browser_end. Owns: arena. */
const char *browser_last_words(Arena *arena, const Browser *browser);

#endif
