/* cards.h - the recognisers' own entries that share one Look.
 *
 * Private to words/. Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_CARDS_H
#define WORDS_CARDS_H

#include "dom/structured.h"
#include "words/look.h"
#include "words/recognise.h"

void cards_read(Look *look, CardList *cards);
/** Where a link of a card leads, without fragment; NULL: to no page of this shop. */
const char *card_target(const Look *look, const Node *link);
/** What the card's product is called; "" unknown. url: where its link leads; is_action: it
 * has no link, only a button. */
const char *card_name(const Look *look, const Node *root, const char *url, bool is_action);
void product_of(Look *look, const ItemList *structured, const CardList *cards,
                Product *product);
/** Lines, emptiness and the way on; cart_read adds the sums. */
void cart_of(Look *look, Cart *cart);
/** Is node inside one of the cards? */
bool node_is_in_cards(const CardList *cards, const Node *node);

#endif
