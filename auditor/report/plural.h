/* plural.h - which form of a word goes with a number, by rules that are data.
 *
 * The rules are written as in Unicode's CLDR (UTS 35 part 3, "Language Plural Rules"):
 * operands n i v f t, '%', '=' and '!=', lists and ranges, 'and', 'or'.
 * Layer: report. Called by locale. SPDX-License-Identifier: MIT */
#ifndef REPORT_PLURAL_H
#define REPORT_PLURAL_H

#include <stdbool.h>

/** Does a number fulfil a rule, e.g. "i = 1 and v = 0"?
 *
 * rule: "" is always fulfilled. number: machine form, "1", "-2.50"; its visible fraction
 * digits count. is_valid: false when the rule cannot be read (then the answer is false);
 * may be NULL. Errors: none. Owns: nothing. */
bool plural_matches(const char *rule, const char *number, bool *is_valid);

#endif
