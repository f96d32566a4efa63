/* steps_cart_probe_test.c - quantities, codes, mistakes in the address, newsletter and
 * account. Tests steps_cart_probe.c, steps_cart.c, steps_mistake.c and
 * steps_account.c.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"

#define HOOK(name)                                                                         \
    static FakeAnswer name(FakeShop *shop, Arena *arena, const char *method,               \
                           const char *path, const char *body)

static const FakeAnswer NOT_MINE = {0};

#define STEP_JSON(name, parameters)                                                        \
    "{\"type\":\"customStep\",\"name\":\"mystery/" name "\",\"parameters\":{" parameters   \
    "}}"
#define LENIENT      "\"required\":false"
#define QUANTITY(to) STEP_JSON("changeQuantity", "\"to\":\"" to "\"," LENIENT)
#define FILLED       STEP_JSON("openProduct", "") "," STEP_JSON("addToCart", "") ","

static FakeVisit *prepared(int shape, FakeHook *hook, const char *steps)
{
    Arena *arena = arena_create();
    const char *json = arena_printf(
        arena,
        "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","
        "\"parameters\":{\"schema\":1}},{\"type\":\"customStep\",\"name\":\"mystery/open\","
        "\"parameters\":{}},%s]}",
        steps);
    FakeVisit *fake = fake_visit_json(shape, json);
    fake->shop.hook = hook;
    arena_release(arena);
    return fake;
}

static FakeVisit *walked(int shape, FakeHook *hook, const char *steps)
{
    FakeVisit *fake = prepared(shape, hook, steps);
    fake_walk(fake);
    return fake;
}

static int quantity_of(const char *body)
{
    const char *at = strstr(body, "quantity=");
    return at ? (int)strtol(at + 9, NULL, 10) : 0;
}

/* A cart that counts as it should: at most 10, nothing below nought. */
HOOK(counting)
{
    if (strcmp(method, "POST") == 0 && strcmp(path, "/cart/update") == 0) {
        int asked = quantity_of(body);
        if (asked < 0)
            return fake_page(
                fake_frame(shop, arena, "Cart",
                           "<div role='alert' class='error'>Please enter a valid "
                           "quantity.</div>"));
        shop->quantity = asked > 10 ? 10 : asked;
        return fake_redirect("/cart");
    }
    return NOT_MINE;
}

void test_steps_cart_probe__a_cart_that_copes(void)
{
    FakeVisit *fake = walked(
        SHOP_PLAIN, counting,
        FILLED QUANTITY("2") "," QUANTITY("999") "," QUANTITY("-1") "," QUANTITY("0"));
    assert_true(fake_truth(fake, "cart.quantity_follows"));
    assert_true(fake_truth(fake, "cart.quantity_huge_ok"));
    assert_true(fake_truth(fake, "cart.quantity_negative_ok"));
    assert_true(fake_truth(fake, "cart.quantity_zero_ok"));
    /* What was changed is put back. */
    assert_int_equal(fake->shop.quantity, 1);
    fake_release(fake);
}

/* A cart that believes everything, and breaks on nought. */
HOOK(gullible)
{
    (void)arena;
    if (strcmp(method, "POST") == 0 && strcmp(path, "/cart/update") == 0) {
        int asked = quantity_of(body);
        if (asked == 0)
            return (FakeAnswer){.status = 500, .html = "<html><body>Error</body></html>"};
        shop->quantity = asked;
        return fake_redirect("/cart");
    }
    return NOT_MINE;
}

void test_steps_cart_probe__a_cart_that_does_not(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, gullible,
                             FILLED QUANTITY("-1") "," QUANTITY("0") "," QUANTITY("2"));
    assert_false(fake_truth(fake, "cart.quantity_negative_ok"));
    assert_false(fake_truth(fake, "cart.quantity_zero_ok"));
    assert_true(fake_truth(fake, "cart.quantity_follows"));
    assert_int_equal(fake->shop.quantity, 1);
    fake_release(fake);
}

/* A cart with a field for codes; count 1: it says nothing. */
HOOK(codes)
{
    const char *said = "";
    if (strcmp(method, "POST") == 0 && strcmp(path, "/coupon") == 0) {
        if (strstr(body, "ZZQXJK") && shop->count == 0)
            said = "<p class='error' role='alert'>This code is not valid.</p>";
    } else if (strcmp(path, "/cart") != 0 || shop->quantity == 0) {
        return NOT_MINE;
    }
    return fake_page(fake_frame(
        shop, arena, "Cart",
        arena_printf(
            arena,
            "<h1>Your cart</h1>%s<table><tr><td><a href='/p/1'>Aurora desk lamp</a>"
            "</td><td>1</td><td>£42.00</td><td><form method='post' "
            "action='/cart/remove'><button>Remove</button></form></td></tr></table>"
            "<form method='post' action='/coupon'><label>Promo code <input "
            "name='coupon'></label><button>Apply</button></form><p>Total £42.00</p>"
            "<a href='/checkout'>Proceed to checkout</a>",
            said)));
}

void test_steps_cart_probe__a_wrong_code_is_refused_in_words(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, codes, FILLED STEP_JSON("applyCoupon", LENIENT));
    assert_int_equal(fake_step(fake, STEP_KIND_APPLY_COUPON)->outcome, OUTCOME_OK);
    assert_true(fake_truth(fake, "cart.coupon_offered"));
    assert_true(fake_truth(fake, "cart.coupon_refused_in_words"));
    fake_release(fake);
}

void test_steps_cart_probe__a_code_passed_over_in_silence_is_seen(void)
{
    FakeVisit *fake = prepared(SHOP_PLAIN, codes, FILLED STEP_JSON("applyCoupon", LENIENT));
    fake->shop.count = 1;
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_APPLY_COUPON)->outcome, OUTCOME_NO_EFFECT);
    assert_false(fake_truth(fake, "cart.coupon_refused_in_words"));
    fake_release(fake);
}

/* --- mistakes in the address --- */

#define MISTAKE(kind) STEP_JSON("addressMistake", "\"mistake\":\"" kind "\"," LENIENT)

HOOK(careful)
{
    (void)shop;
    if (strcmp(method, "POST") == 0 && strcmp(path, "/checkout/address") == 0 &&
        strstr(body, "postcode=%3F%3F"))
        return fake_shop_answer(&(FakeShop){.shape = SHOP_LOSES_DATA, .quantity = 1}, arena,
                                method, path, body);
    return NOT_MINE;
}

void test_steps_mistake__is_refused_by_a_careful_shop(void)
{
    FakeVisit *fake = prepared(SHOP_PLAIN, careful,
                               FILLED STEP_JSON("goToCheckout", "") "," MISTAKE(
                                   "postal-code") "," MISTAKE("email"));
    fake->options.is_own_site = true;
    fake_walk(fake);
    assert_true(fake_truth(fake, "checkout.wrong_postcode_refused"));
    assert_true(fake_truth(fake, "checkout.wrong_email_refused"));
    fake_release(fake);
}

void test_steps_mistake__passes_in_a_careless_one(void)
{
    FakeVisit *fake = prepared(
        SHOP_PLAIN, NULL, FILLED STEP_JSON("goToCheckout", "") "," MISTAKE("postal-code"));
    fake->options.is_own_site = true;
    fake_walk(fake);
    assert_false(fake_truth(fake, "checkout.wrong_postcode_refused"));
    fake_release(fake);
}

void test_steps_mistake__is_made_on_the_own_site_only(void)
{
    FakeVisit *fake = walked(
        SHOP_PLAIN, NULL, FILLED STEP_JSON("goToCheckout", "") "," MISTAKE("postal-code"));
    assert_int_equal(fake_step(fake, STEP_KIND_ADDRESS_MISTAKE)->outcome, OUTCOME_SKIPPED);
    assert_true(fake_is_absent(fake, "checkout.wrong_postcode_refused"));
    fake_release(fake);
}

/* --- newsletter and account --- */

HOOK(sociable)
{
    if (strcmp(method, "POST") == 0 && strcmp(path, "/news") == 0) {
        shop->count += strstr(body, "example.com") != NULL;
        return fake_page(fake_frame(shop, arena, "Luma", "<h1>Thank you!</h1>"));
    }
    if (strcmp(method, "POST") == 0 && strcmp(path, "/join") == 0) {
        shop->count += strstr(body, "agree=on") != NULL;
        return fake_page(
            fake_frame(shop, arena, "Luma", "<h1>Hello</h1><a href='/out'>Log out</a>"));
    }
    if (strcmp(path, "/join") == 0)
        return fake_page(fake_frame(
            shop, arena, "Join",
            "<h1>Create an account</h1><form method='post' action='/join'><label>Full name "
            "<input name='name' required></label><label>E-mail <input type='email' "
            "name='email' required></label><label>Password <input type='password' name='pw' "
            "required></label><label><input type='checkbox' name='agree' required> I accept "
            "the terms and conditions</label><button>Create account</button></form>"));
    if (strcmp(path, "/") != 0)
        return NOT_MINE;
    return fake_page(fake_frame(
        shop, arena, "Luma",
        "<h1>Luma</h1><p>Lamps and chairs for quiet evenings, made in small workshops, sent "
        "to your door within three days. We answer every letter and take back what does not "
        "please.</p><a href='/join'>Create an account</a><section class='newsletter'><h2>"
        "Newsletter</h2><form method='post' action='/news'><label>E-mail <input type='email' "
        "name='mail'></label><button>Subscribe</button></form><p>You can unsubscribe at any "
        "time.</p></section>"));
}

#define SOCIAL                                                                             \
    STEP_JSON("findNewsletter", LENIENT)                                                   \
    "," STEP_JSON("subscribe", LENIENT) "," STEP_JSON("register", LENIENT)

void test_steps_account__subscribes_and_registers_where_it_may(void)
{
    FakeVisit *fake = prepared(SHOP_PLAIN, sociable, SOCIAL);
    fake->options.is_own_site = true;
    fake->visitor->safety = SAFETY_ACT;
    fake->scenario.safety = SAFETY_ACT;
    fake_walk(fake);
    assert_true(fake_truth(fake, "newsletter.offered"));
    assert_true(fake_truth(fake, "newsletter.privacy_said"));
    assert_false(fake_truth(fake, "newsletter.prechecked"));
    assert_true(fake_truth(fake, "newsletter.confirmed"));
    assert_true(fake_number(fake, "account.fields") == 4);
    assert_true(fake_truth(fake, "account.created"));
    assert_int_equal(fake->shop.count, 2);
    fake_release(fake);
}

void test_steps_account__only_looks_below_level_act(void)
{
    FakeVisit *fake = prepared(SHOP_PLAIN, sociable, SOCIAL);
    fake->options.is_own_site = true;
    fake_walk(fake);
    assert_true(fake_truth(fake, "newsletter.offered"));
    assert_int_equal(fake_step(fake, STEP_KIND_SUBSCRIBE)->outcome, OUTCOME_SKIPPED);
    assert_int_equal(fake_step(fake, STEP_KIND_REGISTER)->outcome, OUTCOME_SKIPPED);
    assert_int_equal(fake->shop.count, 0);
    fake_release(fake);
}

void test_steps_account__acts_on_nobody_else_s_shop(void)
{
    FakeVisit *fake = prepared(SHOP_PLAIN, sociable, SOCIAL);
    fake->visitor->safety = SAFETY_ACT;
    fake->scenario.safety = SAFETY_ACT;
    fake_walk(fake);
    assert_int_equal(fake->shop.count, 0);
    fake_release(fake);
}

/* An empty cart that says nothing, at an address of its own. */
HOOK(silent_when_empty)
{
    (void)method;
    (void)body;
    return strcmp(path, "/cart") == 0 && shop->quantity == 0
               ? fake_page(fake_frame(shop, arena, "Luma",
                                      "<table><tr><td>Total</td><td>0</td></tr></table>"))
               : NOT_MINE;
}

void test_steps_cart__a_silent_empty_cart_is_empty(void)
{
    FakeVisit *fake =
        walked(SHOP_PLAIN, silent_when_empty, FILLED STEP_JSON("removeFromCart", LENIENT));
    assert_int_equal(fake_step(fake, STEP_KIND_EMPTY_CART)->outcome, OUTCOME_OK);
    assert_true(fake_truth(fake, "cart.emptied"));
    assert_false(fake_truth(fake, "cart.empty_said"));
    fake_release(fake);
}
