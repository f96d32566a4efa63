/* locale.h - a language of reports: words by key, sentences, plurals, numbers, dates,
 * money.
 *
 * Everything a language needs is data (reports/words/<language>.json); a key that a
 * language lacks falls back to English, one by one. The process locale is never looked at.
 *
 * A sentence holds places in braces: {name} the value as text; {name:format} the value said
 * in a format: n0 n1 n2 signed1 (numbers with so many decimals), n (as many as needed), ms
 * (milliseconds), bytes, percent (a share 0 to 1), money ("EUR 6.90"), quote (in the
 * language's quotation marks), step (name of a step kind), page (name of a page kind),
 * reason (an English reason of the program, translated), @group (the word group.value);
 * {name|one|other} the form that goes with the number, forms in the order of the language's
 * "plural". Layer: report. Called by view and the writers. SPDX-License-Identifier: MIT */
#ifndef REPORT_LOCALE_H
#define REPORT_LOCALE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "model/audit.h"
#include "model/lang.h"
#include "model/metric.h"
#include "model/page.h"
#include "model/scenario.h"

typedef struct Locale Locale;

/** Name and value (machine form) of a place in a sentence; a NULL name ends a list. */
typedef struct LocaleArg {
    const char *name;
    const char *value;
} LocaleArg;

/** LOCALE_ARGS({"n", "3"}, {"step", "mystery/open"}) */
#define LOCALE_ARGS(...) ((const LocaleArg[]){__VA_ARGS__, {NULL, NULL}})

/** Load a language over English.
 *
 * folders: NULL-ended "…/reports" folders; later ones win key by key. A language that no
 * folder has is an error with a did-you-mean.
 * Errors: ERROR_INPUT with file:line:column. Owns: arena. */
bool locale_load(Arena *arena, const char *const *folders, const char *language,
                 Locale **locale, Error *err) MUST_USE;
/** Code: "fr". */
const char *locale_language(const Locale *locale);

/** Word of a key: in the language, else in English, else the key itself. */
const char *locale_word(const Locale *locale, const char *key);
/** As locale_word, NULL when no language has it. */
const char *locale_find(const Locale *locale, const char *key);
/** Call take for every key that begins with prefix, in the order of the English file; the
 * rest of the key and the word are handed on. */
void locale_each(const Locale *locale, const char *prefix,
                 void (*take)(void *context, const char *rest, const char *word),
                 void *context);

/** Fill the places of a sentence. args: ended by a NULL name; NULL: none. Owns: arena. */
const char *locale_fill(const Locale *locale, Arena *arena, const char *sentence,
                        const LocaleArg *args);
/** locale_fill of the word of a key. */
const char *locale_line(const Locale *locale, Arena *arena, const char *key,
                        const LocaleArg *args);
/** Say a phrase of the model. A key nobody knows is said as it stands. "" for none. With an
 * argument "door" the word key.<door> is taken when there is one; with an empty "step",
 * key.bare. */
const char *locale_say(const Locale *locale, Arena *arena, const Phrase *phrase);
/** locale_say as audit_write wants it; context: Locale. */
const char *locale_phrase_say(void *context, Arena *arena, const Phrase *phrase);
/** A text of the data with this language's typography. "" when there is none. */
const char *locale_text(const Locale *locale, Arena *arena, const LangText *text);
/** A reason or another English sentence of the program in this language, by the "reasons"
 * of its words: pairs of an English pattern with up to three places and its translation;
 * what stands in a place is translated in turn. As it is when no pattern fits. NULL stays
 * NULL.
 */
const char *locale_reason(const Locale *locale, Arena *arena, const char *reason);

/** Number with so many decimals; decimals < 0: as many as needed, at most 2. NAN: the word
 * "not measured". */
const char *locale_number(const Locale *locale, Arena *arena, double number, int decimals);
/** With its sign, also "+". */
const char *locale_signed(const Locale *locale, Arena *arena, double number, int decimals);
/** "67–69"; one number when both read the same. */
const char *locale_range(const Locale *locale, Arena *arena, double low, double high,
                         int decimals);
/** "640 ms", "9.6 s", "2 min 39 s", "1 h 32 min". */
const char *locale_duration(const Locale *locale, Arena *arena, double ms);
/** Seconds without unit, for columns: 9.6, 0.64, 0.003. */
const char *locale_seconds(const Locale *locale, Arena *arena, double ms);
const char *locale_bytes(const Locale *locale, Arena *arena, double bytes);
/** share: 0 to 1. */
const char *locale_percent(const Locale *locale, Arena *arena, double share, int decimals);
/** money: "EUR 6.90", or a bare number. */
const char *locale_money(const Locale *locale, Arena *arena, const char *money);
/** Value of a metric or finding in its unit: "ms", "byte", "share", others as number. */
const char *locale_value(const Locale *locale, Arena *arena, double value,
                         const char *unit);
/** Civil date and time, UTC. */
const char *locale_date(const Locale *locale, Arena *arena, int64_t wall_us);
const char *locale_time(const Locale *locale, Arena *arena, int64_t wall_us);
/** "a, b and c" */
const char *locale_list(const Locale *locale, Arena *arena, const char *const *items,
                        int count);
/** Text in quotation marks, cut after about 120 characters. */
const char *locale_quote(const Locale *locale, Arena *arena, const char *text);

/** Names of what the model's tables hold. */
const char *locale_step(const Locale *locale, StepKind kind);
const char *locale_metric(const Locale *locale, Metric metric);
const char *locale_page(const Locale *locale, PageKind kind);
/** One of a pair of a table that knows English and French. */
const char *locale_pair(const Locale *locale, const char *english, const char *french);

#endif
