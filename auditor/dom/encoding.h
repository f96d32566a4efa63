/* encoding.h - which encoding a page is in (WHATWG), and decoding it to UTF-8.
 *
 * https://encoding.spec.whatwg.org/ . The only door to iconv. Layer: dom.
 * SPDX-License-Identifier: MIT */
#ifndef DOM_ENCODING_H
#define DOM_ENCODING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/** WHATWG name of a label ("latin1" is "windows-1252"), NULL when it is none. */
const char *encoding_of_label(Str label);
/** Sniff: BOM, header, meta in the first 1024 bytes (or later in the head, where browsers
 * begin anew with it), else UTF-8 when it is valid UTF-8 with
 * a non-ASCII byte, else windows-1252. source receives "bom" "header" "meta" "default".
 * content_type: the header's value, may be NULL. */
const char *encoding_sniff(Str bytes, const char *content_type, const char **source);
/** Decode to UTF-8 without BOM; bad bytes become U+FFFD. encoding: a WHATWG name.
 * Valid UTF-8 is not copied: the result is then a view of bytes. Owns: arena. */
Str encoding_decode(Arena *arena, Str bytes, const char *encoding);
/** Encode UTF-8 text for a form in that encoding; characters it lacks become &#N;. UTF-16
 * and encodings without an encoder give UTF-8. */
Str encoding_encode(Arena *arena, Str text, const char *encoding);
/** The encoding that encoding_encode really writes: "UTF-8" for the exceptions above. */
const char *encoding_output(const char *encoding);

#endif
