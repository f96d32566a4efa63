/* walk.h - walk a scenario with a visitor: steps in order, their records, the visit's
 * outcome.
 *
 * Layer: visit. Called by audit/ in the visit's child process.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_WALK_H
#define VISIT_WALK_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/error.h"
#include "model/scenario.h"
#include "visit/visitor.h"
#include "words/words.h"

/** Values of ${data.x}, ${secret:x}, ${env:x} given on the command line. */
typedef struct WalkData {
    const char **names;
    const char **values;
    int count;
} WalkData;

/** Called after every step, for progress; may be NULL. */
typedef void WalkProgress(void *context, int step, int steps, const StepRecord *record);

/** What a walk needs besides the visitor. */
typedef struct WalkOptions {
    const Scenario *scenario;
    const Words *words;
    const WalkData *data;
    bool use_platform_hints;
    bool leaves_no_trace; /**< stop at the first page that asks for personal data */
    bool is_own_site;     /**< --own-site: may send what validation must refuse */
    bool is_human_pace;   /**< mystery/read and think times pause; else they do not */
    WalkProgress *progress;
    void *progress_context;
} WalkOptions;

/** Walk the scenario; fills visitor->visit (steps, facts, outcome, reason) whatever happens
 * on the site. Returns false only for an Error that is ours (then outcome is VISIT_ERROR).
 */
bool walk_scenario(Visitor *visitor, const WalkOptions *options, Error *err) MUST_USE;

#endif
