/* changing.h - links that do something when they are followed: cart, login, deletion,
 * currency. A crawl never follows them.
 *
 * Layer: crawl. Called by digest.c and the frontier. SPDX-License-Identifier: MIT */
#ifndef CRAWL_CHANGING_H
#define CRAWL_CHANGING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/regex.h"
#include "dom/document.h"
#include "words/words.h"

/** What tells such links, ready for use. */
typedef struct Changing {
    const Words *words;
    Regex *address;
} Changing;

/** Owns: arena. Errors: none but a broken pattern of ours. */
bool changing_open(Arena *arena, const Words *words, Changing *changing,
                   Error *err) MUST_USE;
/** Does an address say that following it changes something? */
bool changing_address(const Changing *changing, const char *url);
/** Does a link say so: by its name (in any language known), a method other than GET that a
 * script would use, or a question asked before. Owns: arena (scratch). */
bool changing_link(const Changing *changing, Arena *arena, const Document *document,
                   const Node *node);

#endif
