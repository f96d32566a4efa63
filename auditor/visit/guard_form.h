/* guard_form.h - what a form is about, as far as the guard needs it.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_GUARD_FORM_H
#define VISIT_GUARD_FORM_H

#include <stdbool.h>

#include "dom/document.h"
#include "dom/forms.h"

/** What a form's controls ask for, as far as the guard needs it. */
typedef struct FormTraits {
    int text_fields; /**< visible text-like fields and selects */
    int names;       /**< first, last or full name */
    int address;     /**< street, postal code, city */
    int mail;        /**< e-mail */
    int phone;       /**< telephone number */
    int password;    /**< visible password fields */
    int filled_password;
    int required_password;
    int delivery; /**< radios of delivery methods */
    int payment;  /**< radios or selects of payment methods */
    int message;  /**< textareas that are no order comment */
    int terms;    /**< boxes that accept terms of sale */
    int card;
    bool is_search;
} FormTraits;

/** Read a form. state: what has been typed, NULL none. */
void form_traits(const Document *document, const FormState *state, const Node *form,
                 FormTraits *traits);
/** Does the page hold a choice of payment, card fields or a provider's frame, folded up or
 * not (guard_page_shows_payment: shown)? */
bool page_holds_payment(const Document *document);
/** Does the form hold a choice of payment, made or to make, or card fields, folded up or
 * not? Whatever sends it sends that choice. */
bool form_holds_payment(const Document *document, const Node *form);
/** Does the page ask, in any form or outside of all, who orders: a telephone
 * number, or a name or e-mail address beside a postal one? */
bool page_asks_person(const Document *document);
/** Is it a box that accepts terms of sale? */
bool control_accepts_terms(const Document *document, const Node *control);

#endif
