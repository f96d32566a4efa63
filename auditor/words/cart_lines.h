/* cart_lines.h - the lines and the sums of a cart, also those of a checkout's summary.
 *
 * Private to words/. Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_CART_LINES_H
#define WORDS_CART_LINES_H

#include "words/look.h"
#include "words/recognise.h"

/** Amounts named beside the lines; milli -1: not named. */
typedef struct Sums {
    Price subtotal, delivery, total;
    bool is_delivery_named;
} Sums;

void sums_init(Sums *sums);
/** Read the amounts of the page, leaving out those inside the lines. */
void sums_read(const Look *look, const Node *const *lines, size_t line_count, Sums *sums);
/** Find the lines (recognise_lines.c) and append them to cart. */
void lines_read(Look *look, Cart *cart);

#endif
