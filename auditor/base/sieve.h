/* sieve.h - one pass over a text that tells whether an expression needs to be tried on it.
 *
 * Layer: base. Called by regex.c. SPDX-License-Identifier: MIT */
#ifndef BASE_SIEVE_H
#define BASE_SIEVE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Sieve Sieve;

/** The sieve of a pattern (literal.h); NULL: it would let everything through. Owns: arena.
 */
Sieve *sieve_make(Arena *arena, Str pattern);
/** May the pattern match? false is certain. */
bool sieve_lets(const Sieve *sieve, Str subject);

#endif
