/* small_shops_test.c - shops as beginners write them: no menu, no cart, a cart that forgets
 * or says nothing, one button for everything. Tests walk.c with its steps.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"

#define HOOK(name)                                                                         \
    static FakeAnswer name(FakeShop *shop, Arena *arena, const char *method,               \
                           const char *path, const char *body)

/* The smallest frame: a heading, links in a row, no menu, no header, no footer. */
static FakeAnswer bare(Arena *arena, const char *main)
{
    return fake_page(arena_printf(
        arena,
        "<!doctype html><html lang='en'><head><title>Pots</title></head><body><h1>Pots</h1>"
        "<a href='/'>Start</a> | <a href='/pots/everything'>Our things</a> | <a "
        "href='/cart'>Cart</a>%s</body></html>",
        main));
}

static const char *const NAMES[] = {"Blue pot", "Red jug", "Green bowl"};

static const char *goods(Arena *arena)
{
    const char *html = "";
    for (int i = 0; i < 3; i++)
        html = arena_printf(arena,
                            "%s<ul><li>%s</li><li>£%d.00</li><form method='post' "
                            "action='/cart/add/%d'><input type='submit' value='ADD'></form>"
                            "</ul>",
                            html, NAMES[i], 10 + i, i);
    return html;
}

static const char *line(Arena *arena, const char *after)
{
    return arena_printf(
        arena,
        "<h2>Cart</h2><table><tr><td>Blue pot</td><td>1</td><td>£10.00</td><td><form "
        "method='post' action='/cart/remove'><button>Remove</button></form></td></tr>"
        "</table><p>Total: £10.00</p>%s",
        after);
}

/* What all shops of this file have; next: the way from the cart on. */
static FakeAnswer small_shop(FakeShop *shop, Arena *arena, const char *method,
                             const char *path, const char *next)
{
    bool is_post = strcmp(method, "POST") == 0;
    if (is_post && strcmp(path, "/cart/remove") == 0) {
        shop->quantity = 0;
        return fake_redirect("/cart");
    }
    if (is_post && strncmp(path, "/cart/add/", 10) == 0) {
        shop->quantity = 1;
        return fake_redirect("/cart");
    }
    if (is_post)
        shop->orders++;
    if (strcmp(path, "/") == 0)
        return bare(arena, "<p>We make pots. Come in and look around; everything here was "
                           "made by hand, and we have been doing that for many years in a "
                           "small house by the river, where the clay comes from.</p>");
    if (strcmp(path, "/pots/everything") == 0)
        return bare(arena, goods(arena));
    if (strcmp(path, "/cart") == 0)
        return bare(arena, shop->quantity > 0 ? line(arena, next) : "<p>Total: £0.00</p>");
    if (strcmp(path, "/checkout") == 0)
        return bare(arena, "<h2>Checkout</h2><form method='post' action='/buy'><input "
                           "name='name' placeholder='Name'><input name='card' "
                           "autocomplete='cc-number'><button>Pay now</button></form>");
    return (FakeAnswer){.status = 404, .html = "<p>Not here</p>"};
}

/* A text with one part of it, the first, put otherwise. */
static const char *text_replaced(Arena *arena, const char *text, const char *part,
                                 const char *other)
{
    const char *at = strstr(text, part);
    return at ? arena_printf(arena, "%.*s%s%s", (int)(at - text), text, other,
                             at + strlen(part))
              : text;
}

HOOK(without_menu)
{
    (void)body;
    return small_shop(shop, arena, method, path, "<a href='/checkout'>Checkout</a>");
}

HOOK(forgetful)
{
    (void)body;
    if (strcmp(method, "GET") == 0 && strcmp(path, "/cart") == 0 && shop->quantity > 0 &&
        ++shop->count == 2)
        shop->quantity = 0; /* the page is loaded again: all gone */
    return small_shop(shop, arena, method, path, "<a href='/checkout'>Checkout</a>");
}

HOOK(one_button)
{
    (void)body;
    return small_shop(shop, arena, method, path,
                      "<form method='post' action='/done'><button>Buy</button></form>");
}

HOOK(no_cart)
{
    (void)body;
    if (strcmp(method, "POST") == 0)
        shop->orders++;
    if (strncmp(path, "/p/1", 4) != 0)
        return (FakeAnswer){0};
    return fake_page(fake_frame(
        shop, arena, "Aurora desk lamp",
        "<h1>Aurora desk lamp</h1><img src='/1.jpg' alt=''><p>£42.00</p><form method='post' "
        "action='#'><button>Buy Now</button></form>"));
}

/* A few things, each linked from the first page, without prices there; the field for the
 * quantity is empty, and the cart knows numbers only. */
HOOK(few_things)
{
    bool is_post = strcmp(method, "POST") == 0;
    if (is_post && strcmp(path, "/put") == 0) {
        shop->quantity = strstr(body, "quantity=1") ? 1 : 0;
        return fake_redirect("/cart");
    }
    if (strcmp(path, "/") == 0)
        return bare(arena, "<p>Made by hand in a small house by the river, where the clay "
                           "comes from. Everything here is one of a kind, and when it is "
                           "gone it is gone. We are glad to tell you more about it.</p>"
                           "<div><h2>Blue pot</h2><a href='/thing1'>More</a></div><div>"
                           "<h2>Red jug</h2><a href='/thing2'>More</a></div>");
    if (strcmp(path, "/thing1") == 0 || strcmp(path, "/thing2") == 0)
        return bare(arena, "<h1>Blue pot</h1><p>Price: £10.00</p><form method='post' "
                           "action='/put'><label>Quantity <input type='number' "
                           "name='quantity'></label><button>Add to cart</button></form>");
    if (strcmp(path, "/cart") == 0 && shop->quantity > 0)
        return bare(arena, "<h2>Cart</h2><ul><li>Product 1: 1 £10.00 <form method='post' "
                           "action='/cart/remove'><button>Remove</button></form></li></ul>"
                           "<a href='/checkout'>Checkout</a>");
    return small_shop(shop, arena, method, path, "");
}

/* Categories of one product each. */
HOOK(short_lists)
{
    (void)body;
    if (strcmp(path, "/") == 0)
        return fake_page(
            "<!doctype html><html lang='en'><head><title>Pots</title></head><body><h1>Pots"
            "</h1><nav><a href='/category/blue'>Blue</a> <a href='/category/red'>Red</a>"
            "</nav><p>Made by hand in a small house by the river, where the clay comes from. "
            "Everything here is one of a kind, and when it is gone it is gone.</p></body>");
    if (strncmp(path, "/category/", 10) == 0)
        return bare(arena, "<h1>Category</h1><ul><li><a href='/thing1'><img src='/1.jpg' "
                           "alt=''><h3>Blue pot</h3></a> £10.00</li></ul>");
    return few_things(shop, arena, method, path, body);
}

/* The cart has an address of its own, and the checkout no way back to it. */
HOOK(no_way_back)
{
    (void)body;
    if (strcmp(path, "/checkout") == 0)
        return fake_page(
            "<!doctype html><html lang='en'><head><title>Checkout</title></head>"
            "<body><h1>Checkout</h1><form method='post' action='/buy'><input "
            "name='card' autocomplete='cc-number'><button>Pay now</button>"
            "</form></body></html>");
    if (strcmp(path, "/cart") == 0)
        return (FakeAnswer){.status = 404, .html = "<p>Not here</p>"};
    FakeAnswer answer =
        small_shop(shop, arena, method, strcmp(path, "/tray") == 0 ? "/cart" : path,
                   "<a href='/checkout'>Checkout</a>");
    if (answer.location && strcmp(answer.location, "/cart") == 0)
        return fake_redirect("/tray");
    if (answer.html)
        answer.html = text_replaced(arena, answer.html, "href='/cart'", "href='/tray'");
    return answer;
}

static FakeVisit *bought(FakeHook *hook)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake->shop.hook = hook;
    fake_walk(fake);
    return fake;
}

void test_walk__finds_the_goods_of_a_page_without_a_menu(void)
{
    FakeVisit *fake = bought(without_menu);
    assert_true(fake_truth(fake, "cart.add_worked"));
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    fake_release(fake);
}

/* An empty cart that says nothing is known by its address. */
void test_walk__empties_a_cart_that_says_nothing(void)
{
    FakeVisit *fake = bought(without_menu);
    assert_int_equal(fake_step(fake, STEP_KIND_EMPTY_CART)->outcome, OUTCOME_OK);
    assert_true(fake_truth(fake, "cart.emptied"));
    assert_int_equal(fake->shop.quantity, 0);
    fake_release(fake);
}

void test_walk__goes_home_to_find_the_cart_that_a_checkout_does_not_link(void)
{
    FakeVisit *fake = bought(no_way_back);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_int_equal(fake_step(fake, STEP_KIND_EMPTY_CART)->outcome, OUTCOME_OK);
    assert_int_equal(fake->shop.quantity, 0);
    fake_release(fake);
}

void test_walk__fills_a_cart_again_that_forgot_on_reload(void)
{
    FakeVisit *fake = bought(forgetful);
    assert_false(fake_truth(fake, "cart.survives_reload"));
    assert_int_equal(fake_step(fake, STEP_KIND_OPEN_CART)->outcome, OUTCOME_OK);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    fake_release(fake);
}

void test_walk__a_cart_with_one_button_that_buys_is_the_door(void)
{
    FakeVisit *fake = bought(one_button);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    assert_int_equal(fake->shop.orders, 0);
    fake_release(fake);
}

void test_walk__a_shop_without_a_cart_ends_at_its_button(void)
{
    FakeVisit *fake = bought(no_cart);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    assert_non_null(strstr(fake->visit->reason, "without a cart"));
    assert_int_equal(fake->shop.orders, 0);
    fake_release(fake);
}

void test_walk__buys_where_the_first_page_links_a_few_things(void)
{
    FakeVisit *fake = bought(few_things);
    assert_true(fake_truth(fake, "cart.add_worked"));
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    fake_release(fake);
}

void test_walk__takes_a_category_of_one_product_where_there_is_no_larger(void)
{
    FakeVisit *fake = bought(short_lists);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    fake_release(fake);
}
