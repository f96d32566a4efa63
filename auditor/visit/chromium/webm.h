/* webm.h - a silent film out of still pictures: WebP pictures hold VP8 key frames, which a
 * WebM file takes as they are (RFC 9649, "Simple File Format (Lossy)"; RFC 9559, Matroska;
 * the WebM container guidelines). No encoder is needed.
 *
 * Knows no visit. Layer: visit. Called by film.c. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_WEBM_H
#define VISIT_CHROMIUM_WEBM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

/** A picture of the film. */
typedef struct WebmFrame {
    int64_t at_ms; /**< from the film's beginning; ascending */
    Str vp8;       /**< webp_frame's */
} WebmFrame;

/** The VP8 frame in a lossy WebP file; an empty Str when it holds none. */
Str webp_frame(Str webp);
/** Width and height of a VP8 key frame in pixels (RFC 6386, 9.1). Returns false when it is
 * none. */
bool vp8_size(Str vp8, int *width, int *height) MUST_USE;
/** Write a film of count (1 or more) pictures, all of the first one's size, that ends
 * end_ms after its beginning. out: initialised, its limit is the caller's to check
 * (buf_check). */
void webm_write(Buf *out, const WebmFrame *frames, size_t count, int64_t end_ms);

#endif
