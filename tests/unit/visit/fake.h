/* fake.h - a visitor engine and a small shop in memory: what intents are tested on.
 *
 * The engine does what HTML does natively, as the http engine does, without a network.
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_VISIT_FAKE_H
#define TESTS_VISIT_FAKE_H

#include <stdbool.h>

#include "base/arena.h"
#include "visit/visitor.h"
#include "visit/walk.h"

/** Shapes of the shop, to be or-ed. */
enum {
    SHOP_PLAIN = 0,
    SHOP_SCRIPTS = 1 << 0,       /**< every page loads a script */
    SHOP_VARIANTS = 1 << 1,      /**< a select without default must be chosen */
    SHOP_GET_TRAP = 1 << 2,      /**< buy form without action and method */
    SHOP_LIES = 1 << 3,          /**< answers 200 "added", the cart stays empty */
    SHOP_ONE_PAGE = 1 << 4,      /**< cart and checkout are one page with payment */
    SHOP_PAYMENT_FIRST = 1 << 5, /**< first page of the checkout is the payment page */
    SHOP_LOGIN_WALL = 1 << 6,    /**< checkout asks for an account */
    SHOP_PRICE_RISES = 1 << 7,   /**< the cart asks more than the product page */
    SHOP_FRENCH = 1 << 8,
    SHOP_SHELL = 1 << 9,         /**< pages are empty shells */
    SHOP_SOFT_404 = 1 << 10,     /**< unknown addresses answer 200 with the first page */
    SHOP_BUY_NOW = 1 << 11,      /**< "buy now" stands before "add to cart" */
    SHOP_REFUSES = 1 << 12,      /**< the checkout says a sentence and stops */
    SHOP_GUEST_CHOICE = 1 << 13, /**< checkout begins with login or guest */
    SHOP_LOOSE_BUTTON = 1 << 14, /**< the buy button stands in no form */
    SHOP_SCRIPT_CART = 1 << 15,  /**< the cart page is drawn by scripts */
    SHOP_HIDDEN_COST = 1 << 16,  /**< delivery cost appears on the payment page only */
    SHOP_SAYS_ERROR = 1 << 17,   /**< adding answers with an error text */
    SHOP_NO_SEARCH = 1 << 18,
    SHOP_LOSES_DATA = 1 << 19,      /**< refuses the address once and empties the form */
    SHOP_WEAK_CONTINUE = 1 << 20,   /**< the order button says "Continue" */
    SHOP_EMPTY_REDIRECTS = 1 << 21, /**< an empty checkout redirects to the cart */
    SHOP_WALL = 1 << 22,            /**< a robot wall answers */
    SHOP_FEE = 1 << 27,             /**< the payment page adds 3.50 */
    SHOP_CHECKS = 1 << 26,          /**< refuses a blank postal code, keeps the rest */
    SHOP_MEMBERS = 1 << 24,         /**< adding leads to a login */
    SHOP_BARE_ORDER = 1 << 25,      /**< the cart page holds name, address and "Submit" */
    SHOP_NO_HELP = 1 << 23,         /**< the footer links nothing */
};

typedef struct FakeShop FakeShop;

/** What the shop answers. */
typedef struct FakeAnswer {
    int status; /**< 0: not mine */
    const char *html;
    const char *location; /**< redirect; NULL: none */
} FakeAnswer;

/** Pages of a test's own: asked before the shop's; status 0 leaves it to the shop. */
typedef FakeAnswer FakeHook(FakeShop *shop, Arena *arena, const char *method,
                            const char *path, const char *body);

/** The shop's state. orders must stay 0. */
struct FakeShop {
    int shape;
    int quantity;
    int orders;
    int refusals;
    int messages;
    int requests;
    bool has_address;
    bool has_delivery;
    const char *last_body; /**< of the last POST */
    FakeHook *hook;        /**< NULL: none */
    int count;             /**< for the hook */
};

/** Everything of a test's visit. */
typedef struct FakeVisit {
    Arena *arena;
    FakeShop shop;
    Clock clock;
    Persona persona;
    Visit *visit;
    Visitor *visitor;
    Words *words;
    Scenario scenario;
    WalkOptions options;
} FakeVisit;

/** A visit of a shop of that shape, ready to walk scenarios/NAME.json. */
FakeVisit *fake_visit(int shape, const char *scenario);
/** The same with a scenario given as JSON text. */
FakeVisit *fake_visit_json(int shape, const char *json);
/** Walk; asserts that there is no Error and that nothing was ordered. */
void fake_walk(FakeVisit *fake);
void fake_release(FakeVisit *fake);
/** Outcome of the n-th step of a kind. */
const StepRecord *fake_step(const FakeVisit *fake, StepKind kind);
/** Facts: assert that they exist with that type. */
bool fake_truth(const FakeVisit *fake, const char *name);
double fake_number(const FakeVisit *fake, const char *name);
const char *fake_text(const FakeVisit *fake, const char *name);
bool fake_is_absent(const FakeVisit *fake, const char *name);
/** Parse a snippet as a page of that address. */
Document *fake_document(Arena *arena, const char *url, const char *html);

#endif
