/* css.h - CSS selectors answered from a document's index.
 *
 * Supports: type, universal, #id, .class, attribute operators with i and s flags, :not :is
 * :where :has, :nth-child/-last-child/-of-type/-last-of-type (the first two with "of S"),
 * first/last/only-child/-of-type, :root :scope :empty :checked :disabled :enabled :required
 * :optional :link :any-link :lang(), the four combinators, escapes, lists. Anything else is
 * an error, never "not found". As in browsers, classes and ids compare without case in
 * quirks mode, and so do the values of HTML's enumerated attributes ([type=submit]).
 * Layer: dom. SPDX-License-Identifier: MIT */
#ifndef DOM_CSS_H
#define DOM_CSS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "dom/document.h"

typedef struct Selector Selector;

/** Compile once, use on many documents. where: named in errors; NULL. Errors: ERROR_INPUT
 * with the offset. Owns: arena. */
bool selector_compile(Arena *arena, Str text, const char *where, Selector **selector,
                      Error *err) MUST_USE;
/** All matching elements inside scope (not scope itself; NULL: the whole document), in
 * document order, appended to list. Ancestors named by the selector may lie outside scope,
 * as in querySelectorAll; :scope is scope. */
void selector_all(const Selector *selector, const Document *document, const Node *scope,
                  Arena *arena, NodeList *list);
/** First match inside scope, or NULL. */
const Node *selector_first(const Selector *selector, const Document *document,
                           const Node *scope);
/** Does the element match? */
bool selector_matches(const Selector *selector, const Document *document, const Node *node);
/** Compile and run in one go, for literals of ours (assert: it compiles). */
void select_all(const Document *document, const Node *scope, const char *literal,
                Arena *arena, NodeList *list);
const Node *select_first(const Document *document, const Node *scope, const char *literal);

#endif
