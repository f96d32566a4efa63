/* checkout.h - the fields of a page, counted by kind, and the checkout read with a shared
 * Look.
 *
 * Private to words/. Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_CHECKOUT_H
#define WORDS_CHECKOUT_H

#include "words/look.h"
#include "words/recognise.h"

/** A visible field of the main part. */
typedef struct PageField {
    const Node *node;
    FieldKind kind;
    const Node *form; /**< its owner; NULL: none */
} PageField;

typedef struct FieldCount {
    PageField *items;
    size_t count, capacity;
    int of[FIELD_HONEYPOT + 1]; /**< number by kind */
} FieldCount;

/** Is it a control that people fill in or choose, and no button? */
bool control_is_typed(const Node *control);
/** All but the amounts, which checkout_read adds. */
void checkout_of(Look *look, FieldCount *fields, Checkout *checkout);

#endif
