/* kind.h - the evidence for a page's kind and the points that it gives.
 *
 * Private to words/: recognise_kind.c decides, kind_shop.c and kind_other.c give points.
 * Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_KIND_H
#define WORDS_KIND_H

#include "dom/structured.h"
#include "words/cards.h"
#include "words/checkout.h"
#include "words/look.h"

/** recognition.md 2.1: certain, strong, hint, contrary sign. */
#define POINTS_CERTAIN  4.0
#define POINTS_STRONG   2.0
#define POINTS_HINT     0.7
#define POINTS_CONTRARY (-2.0)

/** What was read of a page, and the points so far. */
typedef struct Evidence {
    Look *look;
    const PageContext *context;
    const ItemList *structured;
    CardList cards;
    Product product;
    Cart cart;
    Checkout checkout;
    FieldCount fields;
    Str url;      /**< path and query, folded */
    Str title;    /**< folded */
    Str heading;  /**< first heading of the main part, folded; "" when long or missing */
    bool is_root; /**< the shop's first page by its address */
    size_t words; /**< of the main text */
    double points[PAGE_KIND_COUNT];
    const char *signs[PAGE_KIND_COUNT]; /**< "path / +4; ..." */
} Evidence;

/** Note a sign for a kind. */
void evidence_add(Evidence *evidence, PageKind kind, double points, const char *sign);
/** Do title or heading mean the intent? */
bool evidence_is_titled(const Evidence *evidence, const char *intent);

/** Points for home, category, search, product, cart and checkout. */
void kind_shop(Evidence *evidence);
/** Points for account, contact, legal, content, error404 and closed. */
void kind_other(Evidence *evidence);

#endif
