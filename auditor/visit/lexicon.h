/* lexicon.h - what buttons that order or pay are called, in many languages: the guard's own
 * list.
 *
 * Built in on purpose: loadable word lists may find more things, but no file of a user can
 * make the guard overlook a final button. Matching works on folded words, not on regular
 * expressions. Layer: visit. Used by guard.c and the checkout steps.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_LEXICON_H
#define VISIT_LEXICON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/** A name cut into folded words: lower case, no accents, punctuation dropped. */
typedef struct ButtonWords {
    Str items[24]; /**< the first 24 words */
    int count;
    bool is_cut; /**< there were more */
} ButtonWords;

/** Cut text into folded words. Owns: arena. */
void button_words(Arena *arena, const char *text, ButtonWords *words);
/** Does the name say that pressing orders or pays ("place order", "payer",
 * "zahlungspflichtig bestellen")? */
bool name_orders(const ButtonWords *words);
/** The same without what product pages call their cart button ("Commander", "Bestellen",
 * "Buy now"): words that order wherever they stand. */
bool name_orders_surely(const ButtonWords *words);
/** Does it speak of the checkout itself ("Checkout", "Zur Kasse")? */
bool name_is_checkout(const ButtonWords *words);
/** Does text (id, class, address) say that something is put into the cart? */
bool text_fills_cart(Arena *arena, const char *text);
/** Does it name a wallet or an express payment ("PayPal", "Apple Pay", "express checkout")?
 */
bool name_is_wallet(const ButtonWords *words);
/** Is it "buy now": the way past the cart? */
bool name_buys_at_once(const ButtonWords *words);
/** Do all its words say nothing but "finish" (submit, OK, confirm, valider, absenden)? */
bool name_is_finish(const ButtonWords *words);
/** Do all its words say nothing but "go on" (continue, next, weiter, suivant)? */
bool name_is_continue(const ButtonWords *words);
/** Does it speak of a step before payment (delivery, address, guest, checkout, cart)? */
bool name_is_early_step(const ButtonWords *words);
/** Does it remove or change a line (remove, supprimer, entfernen)? */
bool name_removes(const ButtonWords *words);
/** Does text (id, class, address, heading) speak of payment / of an order? Words inside
 * identifiers are found ("submit-payment", "orderForm"). */
bool text_speaks_of_payment(Arena *arena, const char *text);
bool text_speaks_of_order(Arena *arena, const char *text);
/** Does a heading or an address speak of the checkout? "checkout/cart" does not. */
bool text_speaks_of_checkout(Arena *arena, const char *text);

#endif
