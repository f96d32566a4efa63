/* digest.h - SHA-256 of a style sheet or script, as a content security policy names it.
 *
 * FIPS 180-4. Not for secrets. Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_DIGEST_H
#define REPORT_DIGEST_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/** The 32 bytes of SHA-256 over data. */
void digest_sha256(Str data, uint8_t digest[32]);
/** "sha256-" and the digest in base64. Owns: arena. */
const char *digest_source(Arena *arena, Str data);

#endif
