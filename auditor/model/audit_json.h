/* audit_json.h - the audit as a file: schema mystery-audit/1 (reports/schema), written and
 * read.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_AUDIT_JSON_H
#define MODEL_AUDIT_JSON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "model/audit.h"

/** Says a phrase in a language; given by audit/ (report/locale knows the words). */
typedef const char *PhraseSay(void *context, Arena *arena, const Phrase *phrase);

/** Serialise. say fills the `text` of phrases. Same audit, same bytes. */
bool audit_write(const Audit *audit, PhraseSay *say, void *context, Buf *out,
                 Error *err) MUST_USE;
/** Read an audit.json back, enough to render any report again: the rules' texts and checks
 * come from grid (rules the grid no longer has are made from the file). Visits hold what
 * the file says (steps, pages, facts; no bodies). Errors: ERROR_INPUT with
 * file:line:column. */
bool audit_read(Arena *arena, const char *path, const Grid *grid, Audit **audit,
                Error *err) MUST_USE;

#endif
