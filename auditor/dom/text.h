/* text.h - what a visitor could read: visibility as far as the markup tells it, and text.
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#ifndef DOM_TEXT_H
#define DOM_TEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "dom/document.h"

/** Visibility by markup alone (scenarios.md 2.7); with style sheets the rest is unknown. */
typedef enum Visibility { VISIBILITY_UNKNOWN, VISIBILITY_HIDDEN } Visibility;

/** Is it hidden by markup (hidden, template, closed details, inline display:none, ...)? */
Visibility node_visibility(const Node *node);
/** All text inside, as textContent. */
Str node_text_content(Arena *arena, const Node *node);
/** Text a visitor may see: no script/style/template/hidden parts, white space collapsed,
 * blocks and br separated by one '\n', cells by ' ', NBSP and thin spaces folded to ' ';
 * alt of images left out. */
Str node_visible_text(Arena *arena, const Node *node);
/** The same cut at limit bytes (rune boundary, "…"). */
const char *node_text_cut(Arena *arena, const Node *node, size_t limit);
/** Fold for comparing words: NFC as received, lower case (Unicode), ’ to ', spaces
 * collapsed, trimmed. */
Str text_fold(Arena *arena, Str text);
/** The same without accents (é→e, œ→oe, ß→ss). */
Str text_fold_accents(Arena *arena, Str text);
/** Words: runs of letters and digits. */
size_t text_word_count(Str text);

#endif
