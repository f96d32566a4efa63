/* judge.h - rules judge facts: every rule of the grid on the pages and visits of an audit.
 *
 * Layer: rule. Called by audit/. SPDX-License-Identifier: MIT */
#ifndef RULE_JUDGE_H
#define RULE_JUDGE_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/error.h"
#include "model/audit.h"
#include "words/words.h"

/** Settings of a judgement. */
typedef struct JudgeOptions {
    bool assume_public; /**< apply transport rules on loopback */
    const char **only;  /**< NULL-ended rule ids or dimensions; NULL: all */
} JudgeOptions;

/** Fill audit->findings (one per rule, in order of the grid) from audit->visits. Pages are
 * parsed one by one and let go. Deterministic. Errors: ERROR_FAILED only. */
bool judge_audit(Audit *audit, const Words *words, const JudgeOptions *options,
                 Error *err) MUST_USE;

#endif
