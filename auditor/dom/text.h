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

/** Is it hidden by markup: the element or an ancestor is hidden, a template, in a closed
 * details, a dialog or popover that is not open, in head, has inline display:none or
 * visibility:hidden, or is of a kind never shown (script, input type=hidden)? */
Visibility node_visibility(const Node *node);
/** Is the element itself left out, not looking at its ancestors? visibility:hidden is not
 * in it, because a descendant may undo that. */
bool node_is_not_rendered(const Node *node);
/** Value of a property of the inline style attribute, trimmed, without !important; empty
 * when absent. property: lower case. Owns: nothing. */
Str node_style(const Node *node, const char *property);
/** Does the element stand on lines of its own (by its tag)? */
bool node_is_block(const Node *node);
/** All text inside, as textContent (not that of templates inside). */
Str node_text_content(Arena *arena, const Node *node);
/** Text a visitor may see: no script/style/template/hidden parts, white space collapsed,
 * blocks and br separated by one '\n', cells and controls by ' ', NBSP and other wide or
 * thin spaces folded to ' ', soft hyphens and zero-width spaces dropped; alt of images left
 * out; of a closed select the chosen option only (all of them when asked about the select
 * itself). */
Str node_visible_text(Arena *arena, const Node *node);
/** The same cut at limit bytes (rune boundary, "…"), line ends as spaces. */
const char *node_text_cut(Arena *arena, const Node *node, size_t limit);
/** text cut at limit bytes (rune boundary, "…" within the limit). limit at least 3. */
const char *text_cut(Arena *arena, Str text, size_t limit);
/** Fold for comparing words: NFC, lower case (Unicode), ’ and the like to ', spaces
 * collapsed, soft hyphens dropped, trimmed. Bad UTF-8 becomes U+FFFD. */
Str text_fold(Arena *arena, Str text);
/** The same without accents (é→e, œ→oe, ß→ss). */
Str text_fold_accents(Arena *arena, Str text);
/** Upper case (Unicode, letter by letter), nothing else changed. */
Str text_upper(Arena *arena, Str text);
/** Words: runs of letters and digits. */
size_t text_word_count(Str text);
/** Is it a space in any script (also NBSP, thin spaces, U+3000)? */
bool rune_is_space(unsigned rune);
/** Is it never seen: soft hyphen, zero-width space, word joiner, byte order mark? */
bool rune_is_invisible(unsigned rune);

#endif
