/* meaning.h - what the texts of one page mean: each text is looked through once, and each
 * question about it is answered once.
 *
 * Layer: words. Used by words/ and rule/. SPDX-License-Identifier: MIT */
#ifndef WORDS_MEANING_H
#define WORDS_MEANING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/regex.h"
#include "base/str.h"
#include "words/words.h"

/** A folded text, and the lists of words that may match it (filter.h). */
typedef struct Sieved {
    Str folded;
    uint64_t *may;
} Sieved;

/** The texts of a page that were asked about; one such text. */
typedef struct Meanings Meanings;
typedef struct Meaning Meaning;

/** Those of a page, asked about in the page's language. Owns: the document. */
Meanings *meanings_of_page(const Words *words, const Document *document);
/** The text among them: the same text gives the same Meaning. It is copied. */
Meaning *meaning_of(Meanings *meanings, Str folded);
/** The text itself, as it was given. */
Str meaning_text(const Meaning *meaning);
/** Does it mean the intent (words_intent; -1 no)? As words_match_folded. */
bool meaning_is(Meanings *meanings, Meaning *meaning, int intent);
/** The same with where it says so: match points into meaning_text. */
bool meaning_find(Meanings *meanings, Meaning *meaning, int intent, RegexMatch *match);

/** What words/ keeps about a document (document_note). */
typedef struct PageNote {
    const Words *words;
    Meanings *meanings;
    struct Look *look; /**< NULL: nobody looked yet (look.h) */
} PageNote;

PageNote *page_note(const Words *words, const Document *document);

/** Name of the language whose list says that the text means the intent, or NULL: language
 * first, then English, then the others. For meaning.c and words.c. */
const char *words_language_that(const Words *words, int intent, const char *language,
                                const Sieved *text, RegexMatch *match);

#endif
