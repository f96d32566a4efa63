/* base64.h - RFC 4648 base64, for bodies in HAR files.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

/** Encode with padding. Owns: arena. */
Str base64_encode(Arena *arena, Str bytes);
/** Decode; white space is skipped, padding optional. Returns false on any other byte. */
bool base64_decode(Arena *arena, Str text, Str *bytes) MUST_USE;

#endif
