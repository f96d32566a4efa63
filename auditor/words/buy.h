/* buy.h - the way to put a product into the cart: form, button, quantity, options.
 *
 * Private to words/. Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_BUY_H
#define WORDS_BUY_H

#include "words/look.h"
#include "words/recognise.h"

/** Fill buy_form, add_button and its runner-up, quantity and options of product, whose
 * heading is known. cards: other products on the page, where the button is not. */
void buy_find(Look *look, const CardList *cards, Product *product);

/** Does pressing this put something into the cart: by its words, or as the button of a form
 * that names a product and a quantity or leads to the cart? */
bool action_buys(const Look *look, const Action *action);

/** A candidate with the points that spoke for it. */
typedef struct Ranked {
    const Node *node;
    double score;
    const char *why; /**< "words 'Add to cart' (en) +4; in main +2" */
} Ranked;

/** Best and second of candidates, filled one by one. */
typedef struct Ranking {
    Ranked best, second;
} Ranking;

/** Add points and their reason to a candidate. */
void ranked_add(Arena *arena, Ranked *candidate, double points, const char *why);
/** Take the candidate into the ranking. */
void ranking_take(Ranking *ranking, const Ranked *candidate);

#endif
