/* carried.h - query parameters that a shop carries in all its addresses: the language, the
 * currency. There they say nothing about one link; elsewhere they choose.
 *
 * Layer: words. Used by the recognisers and by visit/. SPDX-License-Identifier: MIT */
#ifndef WORDS_CARRIED_H
#define WORDS_CARRIED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/url.h"
#include "dom/document.h"

/** Which of the parameters that choose a language, currency or store at least half of the
 * page's links to its own host carry, as a set for the functions below. */
unsigned carried_read(const Document *document);
/** Does the address hold a choice of language, currency or store that is not carried? */
bool carried_chooses(unsigned carried, const Url *url);
/** Path and query of url without the parameters of the set, and without those that stand
 * word for word in own_query, the page's own (NULL: none): a list sorted by price hands
 * "sort=price" on to its products. Owns: arena. */
const char *carried_strip(Arena *arena, unsigned carried, const char *own_query,
                          const Url *url);

#endif
