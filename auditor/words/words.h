/* words.h - what things are called on shops, by language: lists of patterns per intent.
 *
 * Loaded from scenarios/words/<language>.json. Patterns are tried on folded text (text.h).
 * Layer: words. Used by visit/, crawl/, rule/. SPDX-License-Identifier: MIT */
#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/regex.h"
#include "dom/document.h"

typedef struct Words Words;

/** Load all languages of the folders given (NULL-ended; a later one wins by intent).
 * Errors: ERROR_INPUT with file:line:column. Owns: arena. */
bool words_load(Arena *arena, const char *const *folders, Words **words,
                Error *err) MUST_USE;
/** Compile every list now; otherwise those of the first folder are compiled when they are
 * first asked for. For check and the tests. Errors: ERROR_INPUT at the pattern. */
bool words_check(const Words *words, Error *err) MUST_USE;
/** Languages known, NULL-ended ("en", "fr", ...). */
const char *const *words_languages(const Words *words);
/** Is there such an intent ("add_to_cart")? */
bool words_has(const Words *words, const char *intent);
/** Number of an intent, from 0; -1: there is none. / How many there are. */
int words_intent(const Words *words, const char *intent);
size_t words_intent_count(const Words *words);
/** Does text match the intent in language (page's language; "" tries all)? The page's
 * language is tried first, then English, then the others. text is folded here. match may be
 * NULL; it points into a copy that lives as long as words. */
bool words_match(const Words *words, const char *intent, const char *language, Str text,
                 RegexMatch *match);
/** The same on text that is folded already. */
bool words_match_folded(const Words *words, const char *intent, const char *language,
                        Str folded, RegexMatch *match);
/** Does text match the intent in that one language? text is folded here. */
bool words_match_only(const Words *words, const char *intent, const char *language,
                      Str text);
/** Name of the language whose list matched, or NULL; for evidence. */
const char *words_language_of(const Words *words, const char *intent, Str text);
/** First element among document's actionable ones (a, button, input buttons, role=button,
 * summary) whose folded accessible name matches; NULL: none. scope NULL: all. */
const Node *words_find(const Words *words, const char *intent, const Document *document,
                       const Node *scope);

#endif
