/* steps_product_test.c - products with a page and products sold from their list. Tests
 * steps_product.c and scripts.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"

/* A page without a menu: the first page is all there is. */
static FakeAnswer bare(Arena *arena, const char *main)
{
    return fake_page(arena_printf(
        arena,
        "<!doctype html><html lang='en'><head><title>Fruit</title></head><body><header>"
        "<a href='/'>Orchard</a> <a href='/cart'>Cart</a></header><main>%s</main></body>"
        "</html>",
        main));
}

/* A list whose articles have no page: each card holds its own form. */
static FakeAnswer list_only(FakeShop *shop, Arena *arena, const char *method,
                            const char *path, const char *body)
{
    static const char *const NAMES[] = {"Pears", "Plums", "Quinces"};
    const char *cards = "<h1>Fruit of the week</h1>";
    (void)method;
    (void)body;
    if (strncmp(path, "/take", 5) == 0) {
        shop->count = strstr(path, "productId=2") ? 1 : 100;
        shop->count += strstr(path, "counts=2") ? 20 : 0;
        shop->quantity++;
        return fake_redirect("/");
    }
    if (strcmp(path, "/cart") == 0 && shop->quantity > 0)
        return bare(
            arena,
            "<h1>Your cart</h1><ul><li class='line'><strong>Plums</strong> <span>1</span> "
            "£4.00 <a href='/drop/2'>Remove</a></li></ul><p>Total: £4.00</p>"
            "<a href='/checkout'>Checkout</a>");
    if (strcmp(path, "/drop/2") == 0) {
        shop->quantity = 0;
        return fake_redirect("/cart");
    }
    if (strcmp(path, "/") != 0)
        return (FakeAnswer){0};
    for (int i = 0; i < 3; i++)
        cards = arena_printf(
            arena,
            "%s<div class='row'><div class='item'><h3>%s</h3><p>%s</p>"
            "<div class='price'>£%d.00</div><form action='/take'><input type='hidden' "
            "name='productId' value='%d'>%s <input type='number' min='1' value='1' "
            "name='counts'> <input type='submit' value='%s'></form></div></div>",
            cards, NAMES[i], i == 0 ? "Sold out" : "Picked this morning", 3 + i, i + 1,
            "counts:", "Add item");
    return bare(arena, cards);
}

void test_steps_product__a_list_without_pages_sells_by_its_own_buttons(void)
{
    FakeVisit *fake = fake_visit(SHOP_NO_SEARCH, "buy");
    fake->shop.hook = list_only;
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_OPEN_PRODUCT);
    assert_int_equal(step->outcome, OUTCOME_OK);
    assert_non_null(strstr(step->reason, "no page of its own"));
    assert_string_equal(step->match.text, "Add item");
    assert_string_equal(fake_text(fake, "product.name"), "Plums");
    assert_true(fake_truth(fake, "cart.add_worked"));
    assert_int_equal(fake->shop.count, 1);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_int_equal(fake->shop.quantity, 0);
    fake_release(fake);
}

void test_steps_product__several_are_asked_for_in_the_card_s_own_form(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","
        "\"parameters\":{\"schema\":1}},{\"type\":\"customStep\",\"name\":\"mystery/open\","
        "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/openProduct\","
        "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/openCart\","
        "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/addToCart\","
        "\"parameters\":{\"quantity\":2}}]}");
    fake->shop.hook = list_only;
    fake_walk(fake);
    assert_int_equal(fake->shop.count, 21);
    fake_release(fake);
}

/* Cards that neither lead anywhere nor can be bought. */
static FakeAnswer window_only(FakeShop *shop, Arena *arena, const char *method,
                              const char *path, const char *body)
{
    (void)shop;
    (void)method;
    (void)body;
    if (strcmp(path, "/") != 0)
        return (FakeAnswer){0};
    return bare(arena,
                "<script src='https://code.example/jquery-3.3.1.slim.min.js'></script>"
                "<script src='/js/bootstrap.bundle.min.js?v=2'></script><h1>Fruit</h1>"
                "<p>Come and see us on the market.</p>");
}

void test_scripts__tool_boxes_without_a_script_of_the_shop_excuse_nothing(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_NO_SEARCH,
        "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","
        "\"parameters\":{\"schema\":1}},{\"type\":\"customStep\",\"name\":\"mystery/open\","
        "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/search\","
        "\"parameters\":{\"query\":\"pear\"}}]}");
    fake->shop.hook = window_only;
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_SEARCH)->outcome, OUTCOME_NOT_FOUND);
    assert_false(fake_truth(fake, "search.offered"));
    fake_release(fake);
}
