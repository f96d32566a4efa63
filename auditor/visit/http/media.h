/* media.h - does a media query list hold for the persona's screen?
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_HTTP_MEDIA_H
#define VISIT_HTTP_MEDIA_H

#include <stdbool.h>

#include "base/str.h"
#include "model/persona.h"

/** Evaluate a list as Media Queries 4 has it: types, and/not/only, (min-|max-)width,
 * height, resolution, orientation, hover, pointer, preferences, and ranges (width >=
 * 600px).
 *
 * query: "" holds. Returns false for what does not hold, and for features it does not know,
 * as browsers do. */
bool media_holds(const Persona *persona, Str query);
/** A CSS length in px against the persona's viewport: px, em, rem, vw, vh, pt; "0".
 * false: something else (calc, %). */
bool css_length_px(const Persona *persona, Str text, double *px);

#endif
