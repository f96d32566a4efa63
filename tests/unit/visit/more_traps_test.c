/* more_traps_test.c - traps of pages: prices, names, menus, forms and words that mislead.
 * Tests walk.c and steps_buy.c, with the other steps.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"

#define HOOK(name)                                                                         \
    static FakeAnswer name(FakeShop *shop, Arena *arena, const char *method,               \
                           const char *path, const char *body)

static const FakeAnswer NOT_MINE = {0};

static FakeAnswer framed(const FakeShop *shop, Arena *arena, const char *main)
{
    return fake_page(fake_frame(shop, arena, "Luma", main));
}

static FakeVisit *walked(int shape, FakeHook *hook, const char *scenario)
{
    FakeVisit *fake = fake_visit(shape, scenario);
    fake->shop.hook = hook;
    fake_walk(fake);
    return fake;
}

/* A page of a shop that names nothing: every title is the shop's, addresses are numbers,
 * the menu comes twice (the first one hidden), and home is the list. */
static FakeAnswer opaque_page(Arena *arena, const FakeShop *shop, const char *main)
{
    return fake_page(arena_printf(
        arena,
        "<!doctype html><html lang='en'><head><title>Luma</title></head><body>"
        "<div class='header'><nav hidden><a href='/?s=9'>Lamps</a></nav><a href='/'>Luma</a>"
        "<nav><a href='/?s=9'>Lamps</a></nav><button type='button' class='dropdown'>%d "
        "item(s) - £0.00</button> <a href='/?s=4'>Basket</a></div><div id='content'>%s"
        "</div></body></html>",
        shop->quantity, main));
}

static const char *opaque_cards(Arena *arena)
{
    static const char *const NAMES[] = {"Aurora desk lamp", "Meadow floor lamp",
                                        "Harbour lantern"};
    const char *html = "<div class='grid'>";
    for (int i = 0; i < 3; i++)
        html = arena_printf(arena,
                            "%s<div class='cell'><a href='/?i=%d'><img src='/%d.jpg' "
                            "alt='%s'></a><div><a href='/?i=%d'>%s</a></div><div>£%d.00"
                            "</div></div>",
                            html, i + 1, i, NAMES[i], i + 1, NAMES[i], 42 + 5 * i);
    return arena_printf(arena, "%s</div>", html);
}

HOOK(opaque)
{
    (void)body;
    if (strcmp(method, "POST") == 0 && strcmp(path, "/?a=1") == 0) {
        shop->quantity++;
        return fake_redirect("/?s=4");
    }
    if (strcmp(path, "/") == 0 || strcmp(path, "/?s=9") == 0)
        return opaque_page(arena, shop, opaque_cards(arena));
    if (strncmp(path, "/?i=", 4) == 0)
        return opaque_page(
            arena, shop,
            "<h1 hidden>Luma</h1><h1>Aurora desk lamp</h1><img src='/1.jpg' alt=''><p>£42.00"
            "</p><form method='post' action='//shop.test/?a=1'><input type='hidden' "
            "name='product_id' value='1'><button><i class='material-icons'>shopping_cart</i>"
            " Add to basket</button></form>");
    if (strcmp(path, "/?s=4") == 0 && shop->quantity > 0)
        return opaque_page(
            arena, shop,
            "<h2>Your basket</h2><table><tr><td><a href='/?i=1'>Aurora desk lamp</a></td>"
            "<td><form method='post' action='/cart/update'><input name='qty' value='1' "
            "aria-label='Quantity'></form></td><td>£42.00</td><td><form method='post' "
            "action='/cart/remove'><button>Remove</button></form></td></tr></table>"
            "<p>Total £42.00</p><a href='/checkout'>Checkout</a>");
    if (strcmp(path, "/?s=4") == 0)
        return opaque_page(arena, shop, "<p>Your basket is empty.</p>");
    return NOT_MINE;
}

/* 13, 17, 18, 19, 20, 21. */
void test_walk__buys_where_nothing_has_a_telling_name(void)
{
    FakeVisit *fake = walked(SHOP_NO_SEARCH, opaque, "buy");
    assert_string_equal(fake_text(fake, "product.name"), "Aurora desk lamp");
    assert_true(fake_truth(fake, "cart.add_worked"));
    assert_true(fake_truth(fake, "cart.price_matches"));
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_true(fake_truth(fake, "cart.emptied"));
    fake_release(fake);
}

void test_walk__buys_there_without_knowing_shop_software(void)
{
    FakeVisit *fake = fake_visit(SHOP_NO_SEARCH, "buy");
    fake->shop.hook = opaque;
    fake->options.use_platform_hints = false;
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    fake_release(fake);
}

/* 15: a price struck out, a rebate, and the price without tax in the cart. */
HOOK(two_prices)
{
    (void)method;
    (void)body;
    if (strncmp(path, "/p/1", 4) == 0)
        return framed(
            shop, arena,
            "<h1>Aurora desk lamp <span class='price'><del>£60.00</del> <b>-30 %"
            "</b> £42.00</span></h1><img src='/1.jpg' alt='Lamp'><p>incl. VAT</p>"
            "<form method='post' action='/cart/add'><input type='hidden' name='id' "
            "value='1'><button>Add to cart</button></form>");
    if (strcmp(path, "/cart") == 0 && shop->quantity > 0)
        return framed(shop, arena,
                      "<h1>Your cart</h1><table><tr><td><a href='/p/1'>Aurora desk lamp</a>"
                      "</td><td>1</td><td>£35.00</td><td><form method='post' "
                      "action='/cart/remove'><button>Remove</button></form></td></tr>"
                      "</table><p>Prices excl. VAT</p><p>Total £35.00</p>"
                      "<a href='/checkout'>Proceed to checkout</a>");
    return NOT_MINE;
}

void test_walk__a_price_without_tax_is_no_other_price(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, two_prices, "buy");
    assert_true(fake_number(fake, "product.price") == 42);
    assert_true(fake_number(fake, "cart.unit_price") == 35);
    assert_true(fake_is_absent(fake, "cart.price_matches"));
    fake_release(fake);
}

/* 16: what must stay empty stays empty. */
HOOK(honeypots)
{
    (void)shop;
    if (strcmp(method, "POST") == 0 && strcmp(path, "/checkout/trap") == 0) {
        shop->count = strstr(body, "x7f3=&") && strstr(body, "url9=&") ? 1 : 2;
        return fake_redirect("/checkout/payment");
    }
    if (strcmp(path, "/checkout") != 0)
        return NOT_MINE;
    return framed(
        shop, arena,
        "<h1>Checkout</h1><form method='post' action='/checkout/trap'><div "
        "style='position:absolute;left:-5000px'><label for='h'>E-mail</label><input id='h' "
        "name='x7f3'></div><input name='url9' tabindex='-1' aria-hidden='true' "
        "autocomplete='off'><p><label>E-mail <input type='email' name='email' required>"
        "</label></p><p><label>Full name <input name='name' required></label></p><p><label>"
        "Company (optional) <input name='company'></label></p><p><label>Address <input "
        "name='street' required></label></p><button>Continue to delivery</button></form>");
}

void test_walk__honeypots_stay_empty(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, honeypots, "buy");
    assert_int_equal(fake->shop.count, 1);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    fake_release(fake);
}

/* 16: a password beside its confirmation asks for an account, and none is made. */
HOOK(password_first)
{
    (void)body;
    if (strcmp(method, "POST") == 0 && strcmp(path, "/register") == 0)
        shop->count++;
    if (strcmp(path, "/checkout") != 0)
        return NOT_MINE;
    return framed(
        shop, arena,
        "<h1>Checkout</h1><form method='post' action='/register'><p><label>E-mail <input "
        "type='email' name='email' required></label></p><p><label>Full name <input "
        "name='name' required></label></p><p><label>Password <input type='password' "
        "name='password' required></label></p><p><label>Confirm password <input "
        "type='password' name='confirm' required></label></p><button>Continue</button>"
        "</form>");
}

void test_walk__a_password_on_the_first_page_is_the_door_of_an_account(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, password_first, "buy");
    assert_int_equal(fake->shop.count, 0);
    assert_string_equal(fake->visit->door, "account");
    assert_false(fake_truth(fake, "checkout.guest"));
    fake_release(fake);
}

/* 20: a search by POST that redirects. */
HOOK(posted_search)
{
    (void)body;
    if (strcmp(method, "POST") == 0 && strcmp(path, "/find") == 0)
        return fake_redirect("/search?q=lamp");
    if (strcmp(path, "/") != 0)
        return NOT_MINE;
    return framed(
        shop, arena,
        "<h1>Luma</h1><form method='post' action='//shop.test/find'><input "
        "name='keywords' placeholder='Search our shop'><input type='image' "
        "src='/go.png' alt='Go'></form><h2>Lamps for long evenings</h2><p>Lamps and "
        "chairs for quiet evenings, made in small workshops, sent to your door "
        "within three days. We take back what does not please.</p>");
}

void test_walk__a_search_by_post_may_redirect(void)
{
    FakeVisit *fake = walked(SHOP_NO_SEARCH, posted_search, "buy");
    assert_int_equal(fake_step(fake, STEP_KIND_SEARCH)->outcome, OUTCOME_OK);
    assert_true(fake_number(fake, "search.results") >= 1);
    fake_release(fake);
}

/* 21: what a cart is called. */
HOOK(trolley)
{
    static const char *const WORDS[] = {"basket", "bag", "trolley"};
    const char *name = WORDS[shop->messages + shop->count];
    (void)body;
    if (strncmp(path, "/p/1", 4) == 0)
        return fake_page(arena_printf(
            arena,
            "<!doctype html><html lang='en'><head><title>Lamp</title></head><body><header>"
            "<a href='/'>Luma</a> <a href='/x'>Your %s</a></header><main><h1>Aurora desk "
            "lamp</h1><img src='/1.jpg' alt='Lamp'><p>£42.00</p><form method='post' "
            "action='/put'><input type='hidden' name='id' value='1'><button>Add to %s"
            "</button></form></main></body></html>",
            name, name));
    if (strcmp(method, "POST") == 0 && strcmp(path, "/put") == 0) {
        shop->quantity = 1;
        return fake_redirect("/p/1");
    }
    if (strcmp(path, "/x") == 0)
        return framed(
            shop, arena,
            "<h1>Your order so far</h1><table><tr><td><a href='/p/1'>Aurora desk "
            "lamp</a></td><td>1</td><td>£42.00</td><td><form method='post' "
            "action='/cart/remove'><button>Remove</button></form></td></tr></table>"
            "<p>Total £42.00</p><a href='/checkout'>Proceed to checkout</a>");
    return NOT_MINE;
}

void test_walk__a_cart_goes_by_many_names(void)
{
    for (int i = 0; i < 3; i++) {
        FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
        fake->shop.hook = trolley;
        fake->shop.count = i;
        fake_walk(fake);
        assert_true(fake_truth(fake, "cart.add_worked"));
        assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
        fake_release(fake);
    }
}

/* 22: a bare sentence with status 200 after the address. */
HOOK(no_delivery)
{
    (void)method;
    (void)body;
    return strcmp(path, "/checkout/delivery") == 0
               ? framed(shop, arena, "<p>No delivery method is available.</p>")
               : NOT_MINE;
}

void test_walk__a_bare_sentence_in_the_checkout_is_a_dead_end(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, no_delivery, "buy");
    assert_int_equal(fake->visit->outcome, VISIT_ABANDONED);
    const StepRecord *step = fake_step(fake, STEP_KIND_REACH_PAYMENT);
    assert_non_null(step->shop_text);
    assert_non_null(strstr(step->shop_text, "No delivery method"));
    fake_release(fake);
}

/* 9: the checkout of an empty cart leads back to the cart: no defect of the shop's. */
void test_walk__an_empty_checkout_is_not_asked_for(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_EMPTY_REDIRECTS,
        "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","
        "\"parameters\":{\"schema\":1}},{\"type\":\"customStep\",\"name\":\"mystery/open\","
        "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/goToCheckout\","
        "\"parameters\":{}}]}");
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_GO_TO_CHECKOUT);
    assert_int_equal(step->outcome, OUTCOME_FAILED);
    assert_non_null(strstr(step->reason, "cart is empty"));
    assert_true(fake_is_absent(fake, "checkout.offered"));
    fake_release(fake);
}

/* 23: the first page of a visit is a fact of its own. */
void test_walk__the_first_answer_is_a_fact_of_its_own(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "get-help");
    fake_walk(fake);
    assert_true(fake_number(fake, "visit.first_ms") >= 0);
    fake_release(fake);
}

/* Two buttons as likely as each other: the second is tried when the first does nothing. */
HOOK(two_buttons)
{
    (void)body;
    if (strcmp(method, "POST") == 0 && strcmp(path, "/nothing") == 0)
        return fake_redirect("/p/1");
    if (strncmp(path, "/p/1", 4) != 0)
        return NOT_MINE;
    return framed(shop, arena,
                  arena_printf(arena,
                               "<h1>Aurora desk lamp</h1><img src='/1.jpg' alt='Lamp'><p>"
                               "£42.00</p><form method='post' action='/nothing'><input "
                               "type='hidden' name='id' value='1'><button>Add to cart"
                               "</button></form><form method='post' action='%s'><input "
                               "type='hidden' name='id' value='1'><button>Add to my cart"
                               "</button></form>",
                               shop->count ? "/nothing" : "/cart/add"));
}

void test_steps_buy__tries_the_second_of_two_likely_buttons(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, two_buttons, "buy");
    assert_int_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->outcome, OUTCOME_OK_HEALED);
    assert_true(fake_truth(fake, "cart.add_worked"));
    fake_release(fake);
}

void test_steps_buy__is_unsure_when_neither_of_two_does_anything(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake->shop.hook = two_buttons;
    fake->shop.count = 1;
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_ADD_TO_CART);
    assert_int_equal(step->outcome, OUTCOME_UNSURE);
    assert_non_null(step->match.runner_up);
    assert_true(fake_is_absent(fake, "cart.add_worked"));
    fake_release(fake);
}
