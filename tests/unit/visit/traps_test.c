/* traps_test.c - traps met on real shops, each set up in the shop in memory. Tests walk.c,
 * candidates.c and the steps with it.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"
#include "visit/steps.h"

#define HOOK(name)                                                                         \
    static FakeAnswer name(FakeShop *shop, Arena *arena, const char *method,               \
                           const char *path, const char *body)

static const FakeAnswer NOT_MINE = {0};

static FakeAnswer framed(const FakeShop *shop, Arena *arena, const char *main)
{
    return fake_page(fake_frame(shop, arena, "Luma", main));
}

/* A product's page whose buying part is given. */
static FakeAnswer product_page(const FakeShop *shop, Arena *arena, const char *buying)
{
    return framed(shop, arena,
                  arena_printf(arena,
                               "<h1>Aurora desk lamp</h1><img src='/i/1.jpg' alt='Lamp'>"
                               "<p class='price'>£42.00</p><p>In stock</p>%s",
                               buying));
}

static FakeVisit *walked(int shape, FakeHook *hook, const char *scenario)
{
    FakeVisit *fake = fake_visit(shape, scenario);
    fake->shop.hook = hook;
    fake_walk(fake);
    return fake;
}

/* 2: the checkout is drawn by scripts: nothing is said against the shop. */
HOOK(drawn_checkout)
{
    (void)shop;
    (void)arena;
    (void)method;
    (void)body;
    return strcmp(path, "/checkout") == 0
               ? fake_page("<!doctype html><html lang='en'><head><title>Luma</title></head>"
                           "<body><div id='app'></div><script src='/checkout.js'></script>"
                           "<script src='/vendor.js'></script></body></html>")
               : NOT_MINE;
}

void test_walk__a_checkout_drawn_by_scripts_is_no_defect(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, drawn_checkout, "buy");
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    assert_int_equal(fake_step(fake, STEP_KIND_GO_TO_CHECKOUT)->outcome,
                     OUTCOME_NEEDS_BROWSER);
    assert_true(fake_truth(fake, "checkout.offered"));
    fake_release(fake);
}

/* 5: a search box outside any form; a button with an inline change of address. */
HOOK(loose_controls)
{
    (void)method;
    (void)body;
    if (strcmp(path, "/") == 0)
        return framed(shop, arena,
                      "<h1>Lamps</h1><input type='search' name='q' placeholder='Search'>"
                      "<ul><li><a href='/p/1'><img src='/1.jpg' alt=''><h3>Aurora desk lamp"
                      "</h3></a> £42.00</li><li><a href='/p/2'><img src='/2.jpg' alt=''>"
                      "<h3>Meadow floor lamp</h3></a> £47.00</li><li><a href='/p/3'>"
                      "<img src='/3.jpg' alt=''><h3>Harbour lantern</h3></a> £52.00</li>"
                      "</ul>");
    if (strcmp(path, "/cart") == 0 && shop->quantity > 0)
        return framed(shop, arena,
                      "<h1>Your cart</h1><table><tr><td><a href='/p/1'>Aurora desk lamp</a>"
                      "</td><td>1</td><td>£42.00</td><td><form method='post' "
                      "action='/cart/remove'><button>Remove</button></form></td></tr>"
                      "</table><p>Total £42.00</p><button type='button' "
                      "onclick=\"location.href='/checkout'\">Proceed to checkout</button>");
    return NOT_MINE;
}

void test_walk__controls_outside_forms_need_a_browser(void)
{
    FakeVisit *fake = walked(SHOP_NO_SEARCH, loose_controls, "buy");
    const StepRecord *search = fake_step(fake, STEP_KIND_SEARCH);
    assert_int_equal(search->outcome, OUTCOME_OK_HEALED);
    assert_non_null(strstr(search->reason, "outside any form"));
    const StepRecord *way = fake_step(fake, STEP_KIND_GO_TO_CHECKOUT);
    assert_int_equal(way->outcome, OUTCOME_NEEDS_BROWSER);
    assert_true(fake_truth(fake, "checkout.offered"));
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    fake_release(fake);
}

/* 6: buttons that are links. */
HOOK(hash_button)
{
    (void)method;
    (void)body;
    return strncmp(path, "/p/1", 4) == 0
               ? product_page(shop, arena, "<a class='btn' href='#'>Add to cart</a>")
               : NOT_MINE;
}

HOOK(void_button)
{
    (void)method;
    (void)body;
    return strncmp(path, "/p/1", 4) == 0
               ? product_page(shop, arena,
                              "<a class='btn' href='javascript:void(0)'>Add to cart</a>")
               : NOT_MINE;
}

void test_walk__a_link_that_leads_nowhere_needs_a_browser(void)
{
    FakeHook *const hooks[] = {hash_button, void_button};
    for (size_t i = 0; i < COUNT_OF(hooks); i++) {
        FakeVisit *fake = walked(SHOP_SCRIPTS, hooks[i], "buy");
        assert_int_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->outcome,
                         OUTCOME_NEEDS_BROWSER);
        assert_true(fake_truth(fake, "cart.add_needs_browser"));
        assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
        fake_release(fake);
    }
}

/* 6: "add to cart" in the list is a link to the product, for its options. */
HOOK(link_to_options)
{
    const char *html = "<h1>Lamps</h1>";
    (void)method;
    (void)body;
    if (strncmp(path, "/c/", 3) != 0 && strcmp(path, "/") != 0 &&
        strncmp(path, "/search", 7) != 0)
        return NOT_MINE;
    for (int i = 1; i <= 4; i++)
        html = arena_printf(arena,
                            "%s<div class='card'><h3>%s</h3><p>£%d.00</p><a href='/p/%d' "
                            "class='btn'>Add to cart</a></div>",
                            html, i == 1 ? "Aurora desk lamp" : "Meadow floor lamp",
                            37 + i * 5, i);
    return framed(shop, arena, html);
}

void test_walk__a_card_s_button_may_lead_to_the_product_s_options(void)
{
    FakeVisit *fake = walked(SHOP_VARIANTS, link_to_options, "buy");
    assert_true(fake_truth(fake, "cart.add_worked"));
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    fake_release(fake);
}

/* 7: an express wallet beside the cart's button. */
HOOK(wallet_beside)
{
    (void)method;
    (void)body;
    return strncmp(path, "/p/1", 4) == 0
               ? product_page(shop, arena,
                              "<form method='post' action='/cart/add'><input type='hidden' "
                              "name='id' value='1'><button formaction='/express'>Buy with "
                              "PayPal</button><button>Add to cart</button></form>")
               : NOT_MINE;
}

void test_walk__an_express_wallet_is_not_pressed(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, wallet_beside, "buy");
    assert_string_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->match.text, "Add to cart");
    assert_true(fake_truth(fake, "cart.add_worked"));
    fake_release(fake);
}

/* 8: swatches that only a script can choose; the message stands elsewhere. */
HOOK(swatches)
{
    (void)body;
    const char *said = strcmp(method, "POST") == 0 && strcmp(path, "/cart/add") == 0
                           ? "<div role='alert'>Please select a colour.</div>"
                           : "";
    if (strncmp(path, "/p/1", 4) != 0 && !*said)
        return NOT_MINE;
    return product_page(
        shop, arena,
        arena_printf(
            arena,
            "%s<div class='swatches'><button type='button' aria-label='Red'></button>"
            "<button type='button' aria-label='Blue'></button></div><form "
            "method='post' action='/cart/add'><input type='hidden' name='id' "
            "value='1'><button>Add to cart</button></form>",
            said));
}

void test_walk__swatches_of_scripts_accuse_nobody(void)
{
    FakeVisit *fake = walked(SHOP_SCRIPTS, swatches, "buy");
    assert_int_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->outcome,
                     OUTCOME_NEEDS_BROWSER);
    assert_true(fake_is_absent(fake, "cart.add_worked"));
    fake_release(fake);
}

void test_walk__a_choice_that_nothing_offers_is_the_shop_s_own_word(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, swatches, "buy");
    const StepRecord *step = fake_step(fake, STEP_KIND_ADD_TO_CART);
    assert_int_equal(step->outcome, OUTCOME_ERROR_SHOWN);
    assert_non_null(strstr(step->shop_text, "select a colour"));
    fake_release(fake);
}

/* 11: links that change things are never followed. */
HOOK(changing_links)
{
    (void)arena;
    (void)method;
    (void)body;
    if (strstr(path, "add-to-cart") || strstr(path, "logout") || strstr(path, "remove=") ||
        strstr(path, "currency="))
        shop->count++;
    if (strcmp(path, "/") != 0)
        return NOT_MINE;
    return fake_page("<!doctype html><html lang='en'><head><title>Luma</title></head><body>"
                     "<header><nav><a href='/?add-to-cart=7'>Lamps</a> <a "
                     "href='/logout'>Chairs</a> <a href='/?currency=USD'>Tables</a> <a "
                     "href='/c/lamps?remove=3'>Beds</a> <a href='/c/lamps'>Sofas</a></nav>"
                     "</header><main><h1>Luma</h1><p>Lamps and chairs for quiet evenings, "
                     "made in small workshops, sent to your door within three days. We "
                     "answer every letter, and take back what does not please you within "
                     "thirty days of its coming.</p></main></body></html>");
}

void test_walk__follows_no_link_that_changes_things(void)
{
    FakeVisit *fake = walked(SHOP_NO_SEARCH, changing_links, "look-around");
    assert_int_equal(fake->shop.count, 0);
    assert_string_equal(fake_step(fake, STEP_KIND_OPEN_CATEGORY)->match.text, "Sofas");
    fake_release(fake);
}

/* 12: a session in the address is no other page. */
void test_candidates__a_session_makes_no_other_page(void)
{
    static const char *const SAME[][2] = {
        {"http://s.test/", "http://s.test"},
        {"http://s.test/?PHPSESSID=abc", "http://s.test/"},
        {"http://s.test/;jsessionid=12AB?x=1", "http://s.test/?x=1"},
        {"http://s.test/a?sid=1&x=2#top", "http://s.test/a?x=2"},
    };
    static const char *const OTHER[][2] = {
        {"http://s.test/a", "http://s.test/b"},
        {"http://s.test/?x=1", "http://s.test/?x=2"},
        {"http://s.test/?x=1", "http://s.test/"},
    };
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    const Walk walk = {.arena = fake->arena};
    for (size_t i = 0; i < COUNT_OF(SAME); i++)
        assert_true(is_same_page(&walk, SAME[i][0], SAME[i][1]));
    for (size_t i = 0; i < COUNT_OF(OTHER); i++)
        assert_false(is_same_page(&walk, OTHER[i][0], OTHER[i][1]));
    fake_release(fake);
}
