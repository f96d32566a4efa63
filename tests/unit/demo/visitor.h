/* visitor.h - walks the demo shop without a socket: requests go straight to shop_answer.
 *
 * Keeps cookies like a browser. The clock stands still on 21 November 2026 at noon.
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_DEMO_VISITOR_H
#define TESTS_DEMO_VISITOR_H

#include "base/arena.h"
#include "base/clock.h"
#include "demo/demo.h"
#include "demo/request.h"
#include "demo/shop/shop.h"
#include "unit.h"

enum { VISITOR_COOKIES = 8 };

typedef struct Visitor {
    Arena *arena;
    DemoOptions options; /**< flaws may be switched while it walks */
    Clock clock;
    Shop *shop;

    struct {
        char name[32];
        char value[96];
    } cookies[VISITOR_COOKIES];

    int cookie_count;
    const char *language;   /**< Accept-Language */
    Reply reply;            /**< the last answer */
    const char *body;       /**< its text */
    const char *set_cookie; /**< its first Set-Cookie, NULL */
} Visitor;

/** Open a shop with a comma-separated list of flaws. */
void visitor_open(Visitor *visitor, const char *flaws);
void visitor_close(Visitor *visitor);
/** Other flaws from now on, no cookies any more. */
void visitor_restart(Visitor *visitor, const char *flaws);
/** GET; returns the body. */
const char *visitor_get(Visitor *visitor, const char *target);
/** POST a form; returns the status. */
int visitor_post(Visitor *visitor, const char *path, const char *form);
/** Value of a header of the last answer, NULL when absent. */
const char *visitor_header(const Visitor *visitor, const char *name);
/** Number of times text is in the last body. */
int visitor_count(const Visitor *visitor, const char *text);
/** The last body holds text / does not; on failure says which. */
void assert_shows(const Visitor *visitor, const char *text);
void assert_hides(const Visitor *visitor, const char *text);
/** Put a mug in the cart, give an address, choose home delivery: up to the payment page. */
void visitor_to_payment(Visitor *visitor);

#endif
