/* xpath.h - XPath 1.0 with an operation limit, for users' rules and recordings.
 *
 * HTML elements stand in no namespace, names are lower case. Layer: dom.
 * SPDX-License-Identifier: MIT */
#ifndef DOM_XPATH_H
#define DOM_XPATH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "dom/document.h"

/** Does the expression compile? Errors: ERROR_INPUT with a hint. */
bool xpath_check(Str expression, const char *where, Error *err) MUST_USE;
/** Evaluate to elements (attributes and text nodes give their element), document order, no
 * duplicates. A number or boolean result gives the html element when true/non-zero.
 * Errors: ERROR_INPUT (does not compile), ERROR_LIMIT (5e6 operations). */
bool xpath_all(const Document *document, Str expression, Arena *arena, NodeList *list,
               Error *err) MUST_USE;

#endif
