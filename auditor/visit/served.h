/* served.h - what a page holds only after its scripts have run: the page as sent compared
 * with the page as seen.
 *
 * Layer: visit. Called by act.c on arrival, with engines that run scripts.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_SERVED_H
#define VISIT_SERVED_H

#include "dom/document.h"
#include "model/visit.h"
#include "words/words.h"

/** What both views are asked for. 1 there, 0 not. */
typedef struct Served {
    int menu;     /**< links in navigation or header, three or more */
    int cart;     /**< way to the cart */
    int search;   /**< search box */
    int products; /**< cards of a list */
    int price;    /**< of the product */
    int buy;      /**< button that puts it into the cart */
    int heading;  /**< h1 */
} Served;

/** Read a document. kind: of the page; products are counted on lists, price and button on
 * the product's page. */
void served_read(const Words *words, const Document *document, PageKind kind,
                 Served *served);
/** Names of what is in seen but not in sent, in English and in a fixed order ("menu,
 * price");
 * "" nothing. count receives how many. looked receives how many are in seen. Owns: arena.
 */
const char *served_missing(Arena *arena, const Served *sent, const Served *seen, int *count,
                           int *looked);
/** Compare the page's served HTML (body of its document) with what is shown, and add one
 * observation a thing ("scripts-only.menu": 1 only after scripts, 0 in the HTML as sent).
 * Returns the names of what is missing, "" nothing, NULL when it cannot be compared.
 * Owns: the visit's arena. */
const char *served_compare(Visit *visit, Page *page, const Document *shown,
                           const Words *words, int *count);

#endif
