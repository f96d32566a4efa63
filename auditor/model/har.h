/* har.h - visits as HAR 1.2 files with _mystery extensions, written and read; foreign HARs
 * too.
 *
 * http://www.softwareishard.com/blog/har-12-spec/ . Masks cookies, authorization and
 * passwords unless told otherwise. Layer: model. Called by audit/.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_HAR_H
#define MODEL_HAR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "model/visit.h"

/** Serialise a visit. Bodies that are not UTF-8 text are base64. Same visit, same bytes.
 * keep_credentials: do not mask. Errors: ERROR_LIMIT when out's limit is too small. */
bool har_write(const Visit *visit, bool keep_credentials, Buf *out, Error *err) MUST_USE;
/** Read a HAR: ours, or any HAR 1.2 (then engine is "har", scenario_id "har", steps absent,
 * a page for every HAR page or, without pages, for every top document). Owns: arena.
 * Errors: ERROR_INPUT with file:line:column. */
bool har_read(Arena *arena, const char *path, Visit **visit, Error *err) MUST_USE;

#endif
