/* view.h - one page being made: the shop, the visitor, the language, and where to write.
 *
 * Every page function gets a View and writes into view->out. Layer: demo (shop).
 * SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_VIEW_H
#define DEMO_SHOP_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "demo/demo.h"
#include "demo/request.h"
#include "demo/shop/assets.h"
#include "demo/shop/catalogue.h"
#include "demo/shop/session.h"
#include "demo/shop/texts.h"

enum {
    ROUTE_GET = 1,
    ROUTE_POST = 2,
    ROUTE_PRIVATE = 4, /**< not cached, not indexed */
    ROUTE_NOINDEX = 8,
};

typedef enum RouteId {

#define ROUTE(constant, ...) ROUTE_##constant,
#include "demo/shop/routes.def"
#undef ROUTE
    ROUTE_COUNT,
} RouteId;

/** What was done in the shop since it began. */
typedef struct Counters {
    long orders;        /**< presses of the order button; must stay 0 */
    long accounts;      /**< accounts asked for */
    long messages;      /**< messages and withdrawals sent */
    long subscriptions; /**< newsletter and stock alerts */
} Counters;

/** The shop: lives as long as the server. */
typedef struct Shop {
    Arena *arena;
    const DemoOptions *options;
    Clock *clock;
    Sessions *sessions;
    const Assets *assets;
    Counters counters;
} Shop;

typedef struct View {
    Shop *shop;
    Arena *arena;
    const Request *request;
    Reply *reply;
    Buf *out; /**< the reply's body */
    Lang lang;
    RouteId route;
    const char *slug;    /**< behind a route that takes one, else "" */
    CategoryId category; /**< of a category or product page, else COUNT */
    ProductId product;   /**< of a product page, else COUNT */
    Session *session;    /**< NULL until something must be remembered */
} View;

/** Is the flaw switched on? */
bool view_has(const View *view, DemoFlaw flaw);
/** A list of products: a category or the whole collection? */
bool view_is_list(const View *view);
/** Text in the visitor's language. */
const char *say(const View *view, TextId text);
/** Text with its one "%s" replaced. Owns: the view's arena. */
const char *say_with(const View *view, TextId text, const char *argument);
/** Price as the language writes it: "38,00 €", "€38.00". Owns: the view's arena. */
const char *shop_price(const View *view, int cents);
/** Path of a route (and slug) in a language. Owns: the view's arena. */
const char *route_path(const View *view, Lang lang, RouteId route, const char *slug);
/** Path in the visitor's language; category and product links carry what flaws add. */
const char *path_to(const View *view, RouteId route);
const char *path_to_category(const View *view, CategoryId category);
const char *path_to_product(const View *view, ProductId product);
/** Route whose constant's lower-case name is text ("terms"); ROUTE_COUNT: none. */
RouteId route_named(Str text);
/** The visitor's session, made (with its cookie) when there is none. */
Session *view_session(View *view);
/** Answer 303 to a path. */
void view_redirect(View *view, const char *path);
/** "2026-11-24" or wall time as words: "mardi 24 novembre". */
const char *date_words(const View *view, int64_t wall_us, bool with_year);
/** The wall time some working days after now. */
int64_t working_days_after(const View *view, int days);
/** "entre le mardi 24 et le jeudi 26 novembre" for delivery in days_min to days_max. */
const char *delivery_words(const View *view, int days_min, int days_max);

#endif
