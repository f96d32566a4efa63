/* lexicon.h - how the lists of words are kept: one lexicon a language, one entry an intent,
 * compiled when it is first asked for.
 *
 * Private to words/. Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_LEXICON_H
#define WORDS_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/json.h"
#include "base/regex.h"
#include "words/words.h"

/** One intent in one language. */
typedef struct WordList {
    const char *intent;
    const Json *patterns;
    const JsonFile *file;
    Regex *regex; /**< NULL until asked for, or when it does not compile */
    bool is_compiled;
    size_t number; /**< among all lists of all languages (filter.h) */
} WordList;

/** One language. */
typedef struct Lexicon {
    const char *language;
    WordList *lists; /**< sorted by intent */
    size_t count, capacity;
} Lexicon;

/** The lists of one intent, by language (as Words.lexicons; NULL: that one has none). */
typedef struct IntentLists {
    const char *intent;
    WordList **lists;
} IntentLists;

struct Platforms;
struct Filter;

/* The lexicons are reached through a pointer, so that a const Words can compile a list when
 * it is first asked for; what a caller sees never changes. */
struct Words {
    Arena *arena;
    Lexicon *lexicons; /**< English first, then by code */
    size_t count, capacity;
    const char **languages; /**< NULL-ended, same order */
    IntentLists *intents;   /**< sorted by intent; made when all files are read */
    size_t intent_count;
    int *intent_of;              /**< by number of a list */
    int *intent_slots;           /**< by hash of its name: number + 1, 0 free */
    size_t slot_count;           /**< a power of two */
    struct Filter *filter;       /**< which lists may match a text */
    struct Platforms *platforms; /**< NULL: none loaded */
};

/** Read one file of words into words. Errors: ERROR_INPUT with its place. */
bool lexicon_load(Words *words, const char *path, bool is_compiled_now,
                  Error *err) MUST_USE;
/** Compile a list if that has not been done. Errors: ERROR_INPUT at the pattern. */
bool list_compile(Arena *arena, WordList *list, Error *err) MUST_USE;
/** The same, after each pattern alone. */
bool list_check(Arena *arena, WordList *list, Error *err) MUST_USE;
/** The list of an intent in a lexicon, or NULL. */
WordList *lexicon_find(const Lexicon *lexicon, const char *intent);

#endif
