/* actions.h - the elements of a page that a visitor can press, with their folded names.
 *
 * Layer: words. Used by words/ and, for ranking, by visit/. SPDX-License-Identifier: MIT */
#ifndef WORDS_ACTIONS_H
#define WORDS_ACTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "dom/document.h"

/** Something to press. */
typedef struct Action {
    const Node *node;
    Str words; /**< folded accessible name, at most ACTION_WORDS_MAX bytes; "" when longer
                */
    bool is_hidden; /**< by markup */
} Action;

enum { ACTION_WORDS_MAX = 160 };

typedef struct ActionList {
    Action *items;
    size_t count, capacity;
} ActionList;

/** Is it a link, a button, an input button, role=button or link, a summary, or what the
 * pointer shows as pressable? */
bool action_is(const Node *node);
/** Folded accessible name of an element; "" when it has none or it is too long to be the
 * words on a button. Owns: arena. */
Str action_words(Arena *arena, const Document *document, const Node *node);
/** All of them in document order, hidden ones marked. scope NULL: the whole document.
 * Owns: arena. */
void actions_read(const Document *document, const Node *scope, Arena *arena,
                  ActionList *list);

#endif
