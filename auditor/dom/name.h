/* name.h - role and accessible name on the static tree (accname 1.2 subset,
 * scenarios.md 2.8).
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#ifndef DOM_NAME_H
#define DOM_NAME_H

#include <stdbool.h>

#include "base/arena.h"
#include "dom/document.h"

/** Role as Chromium names it ("link", "button", "textbox", "image", "generic", ...); "none"
 * for what is left out of the accessibility tree and for pictures with an empty alt. An
 * explicit role wins if it is one that ARIA knows. */
const char *node_role(const Node *node);
/** Accessible name, trimmed and collapsed; "" when it has none. from (may be NULL) receives
 * "labelledby" "label" "native" "contents" "title" "placeholder" or "". What style sheets
 * do to names (text-transform, ::before, hidden parts) is unknown here; inline style is
 * heeded. Owns: arena. */
const char *node_name(Arena *arena, const Document *document, const Node *node,
                      const char **from);
/** Is it left out of the accessibility tree (hidden, aria-hidden)? */
bool node_is_name_hidden(const Node *node);
/** Labels of a form control in tree order (for= and wrapping), appended. */
void node_labels(Arena *arena, const Document *document, const Node *control,
                 NodeList *list);
/** The control a label belongs to: for=ID, else the first labelable element inside; NULL.
 */
const Node *label_control(const Document *document, const Node *label);

#endif
