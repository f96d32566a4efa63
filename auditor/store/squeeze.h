/* squeeze.h - texts made small for keeping, and back. The store's door to zlib.
 *
 * Private to store/. Layer: store. SPDX-License-Identifier: MIT */
#ifndef STORE_SQUEEZE_H
#define STORE_SQUEEZE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

/** Compress (zlib, RFC 1950). Owns: arena. */
Str squeeze(Arena *arena, Str text);
/** Back; length: as it was. Errors: ERROR_FAILED (damaged, another length, over 256 MB). */
bool unsqueeze(Arena *arena, Str bytes, size_t length, Str *text, Error *err) MUST_USE;

#endif
