/* pattern.h - conditions on a text: a wording list, a regular expression, a length, a
 * number.
 *
 * Knows no page. Layer: rule. Called by check_*.c and element.c.
 * SPDX-License-Identifier: MIT */
#ifndef RULE_PATTERN_H
#define RULE_PATTERN_H

#include <stdbool.h>

#include "base/regex.h"
#include "rule/check.h"

typedef struct Pattern Pattern;

/** Compile "@intent" (a wording list) or a PCRE (caseless). Errors: ERROR_INPUT at value.
 */
bool pattern_compile(CheckSource *source, const Json *value, Pattern **pattern,
                     Error *err) MUST_USE;
/** Find it, wording in the language of the subject's page. meaning: of text, for wording
 * lists; NULL: found when needed. When folding keeps the length of text, match is given in
 * text's own letters. match may be NULL. */
bool pattern_find(const Pattern *pattern, const Subject *subject, Str text,
                  Meaning *meaning, RegexMatch *match);
/** Is it a wording list? */
bool pattern_is_wording(const Pattern *pattern);
/** As written. */
const char *pattern_source(const Pattern *pattern);

/** What must hold of a text that may be absent. */
typedef struct Condition Condition;

/** Compile a condition: "present" "absent" "filled" "empty", "@intent", a PCRE, or an
 * object {matches, lacks, min_chars, max_chars, min_words, max_words, group, min, max}; min
 * and max bound the number in group (default 0) of matches. Errors: ERROR_INPUT at value.
 */
bool condition_compile(CheckSource *source, const Json *value, Condition **condition,
                       Error *err) MUST_USE;
/** Does it hold? text: NULL absent. meaning: of text; NULL: found when needed. */
bool condition_holds(const Condition *condition, const Subject *subject, const char *text,
                     Meaning *meaning);

#endif
