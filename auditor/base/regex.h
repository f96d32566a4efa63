/* regex.h - PCRE2 with limits; the only door to it. Always JIT, match and heap limits,
 * capped subjects (faults.md: match_limit alone does not stop every pattern).
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_REGEX_H
#define BASE_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

typedef struct Regex Regex;

enum {
    REGEX_CASELESS = 1,            /**< flag i, with UTF and UCP always on */
    REGEX_SUBJECT_LIMIT = 1 << 20, /**< bytes of a subject that are looked at */
};

/** A match: whole and up to nine groups, as views into the subject. */
typedef struct RegexMatch {
    Str groups[10]; /**< [0] is the whole; a group that took no part is empty, data NULL */
    size_t offset;  /**< of the whole match */
} RegexMatch;

/** How a search ended. */
typedef enum RegexOutcome {
    REGEX_ABSENT, /**< no match in the part that is looked at */
    REGEX_FOUND,
    REGEX_STOPPED, /**< a limit stopped the search: nobody knows */
} RegexOutcome;

/** Compile. flags: 0 or REGEX_CASELESS. where: named in errors, may be NULL.
 * Refused: \C, patterns above 64 KiB, and leading (*...) settings, which could switch the
 * just-in-time compiler off. Errors: ERROR_INPUT with the pattern's offset. Owns: arena. */
bool regex_compile(Arena *arena, Str pattern, int flags, const char *where, Regex **regex,
                   Error *err) MUST_USE;
/** Search from offset (moved on to the start of a character). subject need not be valid
 * UTF-8; no match spans a bad byte. match may be NULL. */
RegexOutcome regex_search(const Regex *regex, Str subject, size_t from, RegexMatch *match);
/** As regex_search; false on no match and also when a limit stopped it. */
bool regex_find(const Regex *regex, Str subject, size_t from, RegexMatch *match);
/** Does it match anywhere? */
bool regex_matches(const Regex *regex, Str subject);

#endif
