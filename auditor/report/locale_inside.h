/* locale_inside.h - what a loaded language is made of; private to locale*.c.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_LOCALE_INSIDE_H
#define REPORT_LOCALE_INSIDE_H

#include "report/locale.h"
#include "report/value.h"

enum { TONGUE_FORMS = 6 };

/** Two texts that belong together: replaced and replacing, or English and translated. */
typedef struct TonguePair {
    const char *from;
    const char *to;
} TonguePair;

/** One language as its files give it. */
typedef struct Tongue {
    const char *language;
    const char *forms[TONGUE_FORMS]; /**< plural rules, the last one always fits */
    int form_count;
    const char *decimal, *group, *minus;
    const char *quote; /**< "“{text}”" */
    const char *list_between, *list_last;
    const char *money_pattern, *money_unknown;
    const char *date_pattern, *time_pattern, *first_day;
    const char *days[7];
    const char *months[12];
    Value *symbols; /**< currency code to symbol */
    Value *words;   /**< key to sentence */
    TonguePair *typography;
    size_t typography_count, typography_capacity;
    TonguePair *reasons;
    size_t reason_count, reason_capacity;
} Tongue;

struct Locale {
    Arena *arena;
    Tongue own;
    Tongue english;
};

/** A text with the language's typography, outside of `code`. Owns: arena. */
const char *tongue_typeset(const Tongue *tongue, Arena *arena, const char *text);
/** Read the files of a language. found: was there any? */
bool tongue_load(Arena *arena, const char *const *folders, const char *language,
                 Tongue *tongue, bool *found, Error *err) MUST_USE;
/** Text of a member of an object of texts, or NULL. */
const char *tongue_word(const Value *words, const char *key);

#endif
