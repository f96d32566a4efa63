/* verify.h - named proofs of a piece of text that a pattern found: a row each.
 *
 * Layer: rule. Called by check_regex.c. SPDX-License-Identifier: MIT */
#ifndef RULE_VERIFY_H
#define RULE_VERIFY_H

#include "rule/check.h"

/** Does the text hold? */
typedef bool Verifier(const Subject *subject, Str text);

/** Verifier of a name, NULL: there is none; names NULL-ended. */
Verifier *verifier_of(const char *name);
const char *const *verifier_names(void);

#endif
