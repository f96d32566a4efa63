/* page.h - the pages of the shop and what they share: head, header, footer, cards.
 *
 * Layer: demo (shop). Handlers are called by shop.c through routes.def.
 * SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_PAGE_H
#define DEMO_SHOP_PAGE_H

#include "base/json.h"
#include "demo/markup.h"
#include "demo/shop/view.h"

/** A step of the path shown above a page. */
typedef struct Crumb {
    const char *name;
    const char *path; /**< NULL: the page itself */
} Crumb;

enum { CRUMB_LIMIT = 4 };

/** What the head and the header of a page need to know. */
typedef struct PageHead {
    const char *title;
    const char *description;       /**< NULL: none */
    const char *slugs[LANG_COUNT]; /**< of the page in each language; NULL: as view->slug */
    const Asset *preload;          /**< the main picture, fetched first; NULL: none */
    const char *image;             /**< path of the picture for sharing; NULL: the shop's */
    bool is_product;
    bool is_noindex;
    bool is_missing; /**< the 404 page: no canonical, no alternates */
    bool is_bare;    /**< no menu and no search (flaw error-page-bare) */
    Crumb crumbs[CRUMB_LIMIT];
    int crumb_count;
    Buf *data; /**< JSON-LD blocks, already escaped; NULL: none */
} PageHead;

#define ROUTE(constant, en, fr, flags, handler) void handler(View *view);
#include "demo/shop/routes.def"
#undef ROUTE

/** Status 404 with help. */
void page_missing(View *view);

/** Begin the page: everything up to the opening of main. */
void layout_open(View *view, const PageHead *head);
/** End it: footer included. */
void layout_close(View *view);
/** Add a crumb (at most CRUMB_LIMIT). */
void head_crumb(PageHead *head, const char *name, const char *path);
/** The consent bar, when no choice was made yet. */
void consent_bar(View *view);
/** The choice itself, to be made again on the cookie page. */
void consent_form(View *view, bool can_refuse);

/** One <li> card of a product. level: heading level 2 or 3. place: its number in the list,
 * from 0; the first few are not loaded lazily. */
void card_write(View *view, ProductId product, int level, int place);
/** <img> of a product's picture with srcset. sizes: the sizes attribute. */
void picture_write(View *view, ProductId product, PictureView picture, const char *sizes,
                   bool is_lazy);
/** Stars and number of opinions, nothing when there are none. */
void rating_write(View *view, ProductId product);
/** Alternative text of a picture. */
const char *picture_alt(const View *view, ProductId product, PictureView picture);

/** A labelled field of a form. */
typedef struct FormField {
    const char *name; /**< also the id, with "field-" before it */
    TextId label;
    const char *type;         /**< of the input; "textarea" for one */
    const char *autocomplete; /**< NULL: none */
    const char *value;
    const char *wrong; /**< message beside it; NULL: fine */
    TextId hint;       /**< TEXT_COUNT: none */
    bool is_required;
} FormField;

/** Write it with label, hint and message. */
void field_write(View *view, const FormField *field);
/** A row of a sum: its name and its value. */
void sum_write(View *view, const char *name, const char *value, bool is_total);
/** Note on required fields. */
void required_note(View *view);
/** A message in a box: role status, or alert for a problem. */
void note_write(View *view, const char *text, bool is_problem);
/** A page with a title and one message, for answers to forms. */
void page_message(View *view, const char *title, const char *message);
/** Text with [label](target) links: target is a route's name, mailto:, tel: or https:. */
void rich_write(View *view, const char *text);

/** Structured data: each appends one <script> block to out. */
void data_product(View *view, Buf *out);
void data_shop(View *view, Buf *out);
void data_crumbs(View *view, Buf *out, const PageHead *head);
/** Address of a path: origin and path. Owns: the view's arena. */
const char *absolute(const View *view, const char *path);

/** Search results: ids best first. Returns their number, at most PRODUCT_COUNT. */
int search_products(const View *view, const char *query, ProductId *found);
/** A help page that the words mean ("returns", "livraison"); ROUTE_COUNT: none. */
RouteId search_help(const View *view, const char *query);

/** Price of a product as a page of a kind shows it (flaws change some). */
int price_on_card(const View *view, ProductId product);
int price_in_cart(const View *view, ProductId product);
/** What the cart's goods cost, and the fee added on the payment page. */
int cart_goods_cents(const View *view);

#endif
