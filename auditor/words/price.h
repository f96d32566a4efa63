/* price.h - prices in text and markup: recognition.md 2.2 "Price pattern".
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_PRICE_H
#define WORDS_PRICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "dom/document.h"

/** An amount of money in thousandths of the currency's unit; no binary fractions. */
typedef struct Price {
    int64_t milli;       /**< 42.50 is 42500; -1: none */
    char currency[4];    /**< ISO 4217, "" unknown */
    bool is_range;       /**< "42.00 – 45.00": milli is the lower */
    int64_t upper_milli; /**< of a range */
} Price;

/** First price in text at or after *offset (moved behind it). false: none. */
bool price_next(Str text, size_t *offset, Price *price);
/** A bare number as structured data have it: "1 234,56", "42.5". false: none. */
bool price_of_number(Str text, Price *price);
/** Price shown inside an element, struck-out and "was" prices left out; the current one of
 * several. false: none. */
bool price_in(const Document *document, const Node *scope, Price *price);
/** Is it marked as a former price: struck out, or called old, was, regular, list? */
bool price_is_former(const Node *node);
/** Equal amounts (and no contradicting currencies)? tolerance_milli: absolute. */
bool price_equal(const Price *a, const Price *b, int64_t tolerance_milli);
/** As a number. */
double price_number(const Price *price);

#endif
