/* pack.h - compression: gzip for answers, zlib for PNG. The only door to zlib.
 *
 * Layer: demo. SPDX-License-Identifier: MIT */
#ifndef DEMO_PACK_H
#define DEMO_PACK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/** Compress for Content-Encoding: gzip; empty when it fails or gains nothing. Owns: arena.
 */
Str pack_gzip(Arena *arena, Str body);
/** Compress as PNG wants it (RFC 1950). level: 0 (stored) to 9. Empty when it fails.
 * Owns: arena. */
Str pack_zlib(Arena *arena, Str body, int level);
/** CRC-32 of PNG chunks. */
uint32_t pack_crc(Str bytes);

#endif
