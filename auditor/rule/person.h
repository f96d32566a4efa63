/* person.h - what only a person can answer: the check that waits, and the answers given.
 *
 * Layer: rule. Called by audit/run.c behind judge_audit. SPDX-License-Identifier: MIT */
#ifndef RULE_PERSON_H
#define RULE_PERSON_H

#include <stdbool.h>

#include "base/attr.h"
#include "model/answers.h"
#include "model/audit.h"

/** Are there questions for people in the grid? */
bool person_is_asked(const Grid *grid);
/** Do all answers name rules of the grid? Asked before a visit. Errors: ERROR_INPUT at the
 * answer's line with a did-you-mean. */
bool person_check(const Grid *grid, const PersonAnswers *answers, Error *err) MUST_USE;
/** Fill findings that no page could tell with the answers of people: yes passes, partly and
 * no fail with 0.5 and 0, several people are averaged. What the program measured stays.
 * Returns the number of answers that were not needed for that reason. Owns: audit->arena.
 */
size_t person_apply(Audit *audit, const PersonAnswers *answers);

#endif
