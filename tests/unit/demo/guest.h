/* guest.h - walks the demo shop without a socket: requests go straight to shop_answer.
 *
 * Keeps cookies like a browser. The clock stands still on 21 November 2026 at noon.
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_DEMO_GUEST_H
#define TESTS_DEMO_GUEST_H

#include "base/arena.h"
#include "base/clock.h"
#include "demo/demo.h"
#include "demo/request.h"
#include "demo/shop/shop.h"
#include "unit.h"

enum { GUEST_COOKIES = 8 };

typedef struct Guest {
    Arena *arena;
    DemoOptions options; /**< flaws may be switched while it walks */
    Clock clock;
    Shop *shop;

    struct {
        char name[32];
        char value[96];
    } cookies[GUEST_COOKIES];

    int cookie_count;
    const char *language;   /**< Accept-Language */
    Reply reply;            /**< the last answer */
    const char *body;       /**< its text */
    const char *set_cookie; /**< its first Set-Cookie, NULL */
} Guest;

/** Open a shop with a comma-separated list of flaws. */
void guest_open(Guest *guest, const char *flaws);
void guest_close(Guest *guest);
/** Other flaws from now on, no cookies any more. */
void guest_restart(Guest *guest, const char *flaws);
/** GET; returns the body. */
const char *guest_get(Guest *guest, const char *target);
/** POST a form; returns the status. */
int guest_post(Guest *guest, const char *path, const char *form);
/** Value of a header of the last answer, NULL when absent. */
const char *guest_header(const Guest *guest, const char *name);
/** Number of times text is in the last body. */
int guest_count(const Guest *guest, const char *text);
/** The last body holds text / does not; on failure says which. */
void assert_shows(const Guest *guest, const char *text);
void assert_hides(const Guest *guest, const char *text);
/** Put a mug in the cart, give an address, choose home delivery: up to the payment page. */
void guest_to_payment(Guest *guest);

#endif
