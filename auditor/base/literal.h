/* literal.h - which words a regular expression cannot do without.
 *
 * Who has many expressions and one text looks for these words first, all in one pass, and
 * tries only the expressions of which one was there. Layer: base. Called by regex.c and
 * words/filter.c. SPDX-License-Identifier: MIT */
#ifndef BASE_LITERAL_H
#define BASE_LITERAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/** Texts of which a subject holds at least one wherever the expression matches. */
typedef struct Literals {
    Str *items; /**< ASCII, small letters; LITERAL_LEAST letters or a lone sign */
    size_t count;
} Literals;

enum {
    LITERAL_LEAST = 2, /**< bytes; a lone letter is everywhere */
    LITERAL_MOST = 24, /**< bytes */
};

/** What a PCRE2 pattern (without the option to ignore its spaces) needs. It is read with
 * care, not wholly: what it does not understand makes it answer false, "cannot tell". A
 * subject in which literals_may_hide must be given to the expression all the same. Owns:
 * arena. */
bool literals_read(Arena *arena, Str pattern, Literals *literals);
/** Has the subject a letter that counts as an ASCII letter where case does not (the Kelvin
 * sign, the long s)? Then a needed text may be there in other bytes. */
bool literals_may_hide(Str subject);

#endif
