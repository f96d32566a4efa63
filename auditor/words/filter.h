/* filter.h - which lists of words may match a text at all, found in one pass over it.
 *
 * Each pattern needs certain words (base/literal.h); they stand together in one table. What
 * the filter lets through is asked of the expression itself, so that answers are the same
 * with and without it. Private to words/. Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_FILTER_H
#define WORDS_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "words/lexicon.h"

/** The needed words of all lists. */
typedef struct Filter Filter;

/** A filter of all lists, which numbers them (WordList.number). It is made when the first
 * text comes: who never asks does not wait for it. Owns: arena. */
Filter *filter_create(Arena *arena, const Lexicon *lexicons, size_t count);
/** How many 64-bit words a set of lists has. */
size_t filter_size(const Filter *filter);
/** Fill may (filter_size words) with the lists that may match the text. */
void filter_look(Filter *filter, Str text, uint64_t *may);
/** Is a list in the set? */
bool filter_lets(const uint64_t *may, const WordList *list);

#endif
