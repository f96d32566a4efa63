/* target.h - the browser's pages, frames and workers, each with its session.
 *
 * Auto-attach on the browser session, flat; every new target gets its domains enabled, the
 * instrumentation and then always runIfWaitingForDebugger (browser.md 5.2). Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_TARGET_H
#define VISIT_CHROMIUM_TARGET_H

#include <stdbool.h>

#include "visit/chromium/cdp.h"

typedef enum TargetKind {
    TARGET_PAGE,
    TARGET_FRAME,  /**< out of process */
    TARGET_WORKER, /**< of any kind */
    TARGET_OTHER,
} TargetKind;

typedef struct Target {
    TargetKind kind;
    const char *id;      /**< targetId; of a frame: its frameId */
    const char *session; /**< sessionId */
    const char *parent;  /**< session it was attached from, "" the browser's */
    const char *opener;  /**< targetId of the page that opened it; NULL */
    const char *url;
    bool is_popup; /**< a page that ours opened */
    bool is_crashed;
    bool is_gone;
} Target;

/** All targets ever attached; pointers are stable. */
typedef struct Targets Targets;

/** Called for every new page, frame or worker before it runs: send (never call) what it
 * needs to its session. */
typedef void TargetSetup(void *context, Target *target);

/** Listen and auto-attach. setup: see above. Owns: arena.
 * Errors: as cdp_call. */
bool targets_open(Arena *arena, Cdp *cdp, TargetSetup *setup, void *context,
                  Targets **targets, Error *err) MUST_USE;
/** Make a fresh page in a browser context of its own and wait for its session.
 * Errors: as cdp_call. */
bool targets_new_page(Targets *targets, Target **page, Error *err) MUST_USE;
/** The newest living popup opened since mark, or NULL; mark: targets_count before. */
Target *targets_popup_since(Targets *targets, size_t mark);
size_t targets_count(const Targets *targets);
Target *targets_at(Targets *targets, size_t i);
/** The browser context of the page made last ("" before). */
const char *targets_context(const Targets *targets);
/** The target of a session, also when it is gone; NULL: none of ours. */
Target *targets_by_session(Targets *targets, const char *session);

#endif
