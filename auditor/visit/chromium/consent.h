/* consent.h - the rules of autoconsent for known consent tools, run as they come from npm.
 *
 * Its content script runs unchanged in our isolated world of each frame; we are the
 * extension around it: hand it the rules, carry its messages, evaluate in the page's own
 * world what a rule asks for. Layer: visit. Used by consent.c.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_CONSENT_H
#define VISIT_CHROMIUM_CONSENT_H

#include <stdbool.h>

#include "visit/chromium/frames.h"

/** What became of it. */
typedef struct RulesRun {
    bool is_known;    /**< a rule knows the tool */
    bool is_done;     /**< and answered its question */
    const char *name; /**< of the rule; "" none. Owns: visit */
    int clicks;
} RulesRun;

/** Let the rules answer. folder: where the package's files are. Never an error: a package
 * that is not there, or does not know the tool, does nothing. */
void rules_answer(ChromiumVisitor *visitor, const char *folder, const PageFrames *frames,
                  bool accepts, RulesRun *run);

#endif
