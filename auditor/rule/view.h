/* view.h - a parsed page as checks look at it: each reading is made once, when first asked.
 *
 * Lives as long as the page is judged. Layer: rule. Called by judge.c and check_*.c.
 * SPDX-License-Identifier: MIT */
#ifndef RULE_VIEW_H
#define RULE_VIEW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/url.h"
#include "dom/document.h"
#include "dom/structured.h"
#include "model/visit.h"
#include "words/meaning.h"
#include "words/recognise.h"
#include "words/words.h"

/** Parts of a page that text is looked for in. */
typedef enum ViewPart {
    VIEW_TEXT,   /**< visible text of the body */
    VIEW_MAIN,   /**< visible text of the main zone; of the body without one */
    VIEW_HEADER, /**< visible text of the page's header; empty without one */
    VIEW_FOOTER, /**< visible text of the page's footer; empty without one */
    VIEW_TITLE,
    VIEW_H1,
    VIEW_HTML, /**< the source */
    VIEW_URL,
    VIEW_PART_COUNT,
} ViewPart;

typedef struct View View;

/** Parse a page and make its view. visit->site says where home is.
 * Errors: ERROR_LIMIT, ERROR_INPUT (no HTML). Owns: arena, words and visit outlive it. */
bool view_open(Arena *arena, const Words *words, const Visit *visit, const Page *page,
               View **view, Error *err) MUST_USE;

const Document *view_document(const View *view);
const Page *view_page(const View *view);
/** URL of the shop's first page. */
const char *view_site(const View *view);
/** Language the wording is looked up in: <html lang>, "" unknown. */
const char *view_language(const View *view);
/** Memory of the view. */
Arena *view_arena(const View *view);
/** Text of a part; folded: as words.h wants it. Lives as long as the view. */
Str view_text(View *view, ViewPart part);
Str view_folded(View *view, ViewPart part);
/** Part of a name ("main"), VIEW_PART_COUNT when it is none; names NULL-ended. */
ViewPart view_part_of(const char *name);
const char *const *view_part_names(void);
/** Node of a part (main, header, footer), NULL: the page has none. */
const Node *view_zone(View *view, ViewPart part);
/** Accessible name of an element, and folded; computed once an element. */
const char *view_name(View *view, const Node *node);
Str view_name_folded(View *view, const Node *node);
/** The same, ready to be asked about: each text and each question once (meaning.h). */
Meaning *view_part_meaning(View *view, ViewPart part);
Meaning *view_name_meaning(View *view, const Node *node);
/** Any folded text. */
Meaning *view_meaning(View *view, Str folded);
/** Does it mean an intent (words_intent) in the page's language? / Where? */
bool view_means(View *view, Meaning *meaning, int intent);
bool view_finds(View *view, Meaning *meaning, int intent, RegexMatch *match);
/** Where a link, form or source leads (href, action or src), parsed once; NULL: nowhere. */
const Url *view_target(View *view, const Node *node);
/** The shop's first page, parsed; NULL when it cannot be. */
const Url *view_site_url(View *view);
/** Structured data, product, cards, cart, checkout of the page; read once. */
const ItemList *view_structured(View *view);
const Product *view_product(View *view);
const CardList *view_cards(View *view);
const Cart *view_cart(View *view);
const Checkout *view_checkout(View *view);

#endif
