/* price_scan.h - amounts of money in plain text: numbers with their currency, before any
 * choice among them.
 *
 * Private to words/. Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_PRICE_SCAN_H
#define WORDS_PRICE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/** A number as people write it. */
typedef struct Amount {
    int64_t milli;
    size_t end;          /**< offset behind it, trailing ".-" included */
    bool has_decimals;   /**< with a decimal mark (also "12.-") */
    bool is_three;       /**< one mark and exactly three digits behind it: "1.234" */
    int64_t as_decimals; /**< value if that mark is the decimal mark */
} Amount;

/** A currency sign, code or word. */
typedef struct Currency {
    char code[4]; /**< "" when the sign does not tell which */
    size_t start, end;
    bool is_word;        /**< letters, so it must not touch another letter */
    bool is_behind_only; /**< "12 euros", but not "Euro 2024" */
} Currency;

/** Read the number that begins at text[at], which is a digit. false: too long to be one. */
bool amount_read(Str text, size_t at, Amount *amount);
/** Is there a currency at text[at]? before: the rune before it, 0 at the start. */
bool currency_read(Str text, size_t at, unsigned before, Currency *currency);
/** Is it a kind of space (space, NBSP, narrow NBSP, thin and figure space)? */
bool scan_is_space(unsigned rune);
/** Is it a digit 0-9? */
bool scan_is_digit(unsigned rune);
/** Is it a hyphen, dash or minus sign? */
bool scan_is_dash(unsigned rune);
/** Is there any digit? Without one there is no price. */
bool text_has_digit(Str text);
/** The rune at text[at] without moving; 0 at the end. */
unsigned scan_at(Str text, size_t at);
/** Offset behind the rune at text[at]. */
size_t scan_after(Str text, size_t at);
/** Offset behind the spaces at text[at], at most most of them. */
size_t scan_spaces(Str text, size_t at, int most);

#endif
