/* movie.h - a visit as a short silent film (VisitorOptions.video): the pages' coming into
 * being, one after the other, in the time that they took; pauses are cut short.
 *
 * Pictures are those of film.c, encoded by the browser and written as WebM by webm.c.
 * Layer: visit. Called by film.c. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_MOVIE_H
#define VISIT_CHROMIUM_MOVIE_H

#include "visit/chromium/chromium.h"

/** Width and height of the pictures as a JSON array; "null" when no film is wanted. Owns:
 * visitor->scratch. */
const char *movie_size(ChromiumVisitor *visitor);
/** Add the pictures of a page: [[ms, base64 of a WebP], ...]. Others are left out. */
void movie_add(ChromiumVisitor *visitor, const Json *pictures);
/** The visit is over: write the file, name it in the first page (observation film.video:
 * seconds, file). A film of nothing is not written. */
void movie_write(ChromiumVisitor *visitor);

#endif
