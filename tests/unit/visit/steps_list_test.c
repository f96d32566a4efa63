/* steps_list_test.c - sorting, filtering, comparing; coming back and other languages. Tests
 * steps_list.c and steps_return.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"

#define HOOK(name)                                                                         \
    static FakeAnswer name(FakeShop *shop, Arena *arena, const char *method,               \
                           const char *path, const char *body)

static const FakeAnswer NOT_MINE = {0};

/* A scenario of the steps given as JSON, after open. */
static FakeVisit *walked(int shape, FakeHook *hook, const char *steps)
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
    fake_walk(fake);
    arena_release(arena);
    return fake;
}

#define STEP_JSON(name, parameters)                                                        \
    "{\"type\":\"customStep\",\"name\":\"mystery/" name "\",\"parameters\":{" parameters   \
    "}}"
#define LENIENT "\"required\":false"

/* A list that can be sorted and narrowed; count 1: the sorting does nothing. */
HOOK(tools)
{
    static const int PRICES[2][4] = {{42, 37, 52, 47}, {37, 42, 47, 52}};
    (void)body;
    (void)method;
    if (strncmp(path, "/c/lamps", 8) != 0)
        return NOT_MINE;
    bool is_sorted = strstr(path, "sort=up") && shop->count == 0;
    bool is_small = strstr(path, "oak") != NULL;
    const char *html =
        "<h1>Lamps</h1><form action='/c/lamps'><select name='sort' aria-label='Sort by'>"
        "<option value='new'>Newest</option><option value='down'>Price: high to low</option>"
        "<option value='up'>Price: low to high</option></select><button>Go</button></form>"
        "<aside class='facets'><h2>Filters</h2><a href='/c/lamps?wood=oak'>Oak</a> "
        "<a href='/c/lamps?wood=ash'>Ash</a></aside><ul>";
    for (int i = 0; i < (is_small ? 3 : 4); i++)
        html =
            arena_printf(arena,
                         "%s<li><a href='/p/%d'><img src='/%d.jpg' alt=''><h3>Lamp number "
                         "%d</h3></a> <span>£%d.00</span></li>",
                         html, i + 1, i, PRICES[is_sorted][i], PRICES[is_sorted][i]);
    return fake_page(
        fake_frame(shop, arena, "Lamps", arena_printf(arena, "%s</ul>", html)));
}

void test_steps_list__sorts_by_rising_price(void)
{
    FakeVisit *fake =
        walked(SHOP_PLAIN, tools, STEP_JSON("openCategory", "") "," STEP_JSON("sort", ""));
    assert_int_equal(fake_step(fake, STEP_KIND_SORT)->outcome, OUTCOME_OK);
    assert_true(fake_truth(fake, "list.sort_offered"));
    assert_true(fake_truth(fake, "list.sort_works"));
    fake_release(fake);
}

HOOK(idle_tools)
{
    shop->count = 1;
    return tools(shop, arena, method, path, body);
}

void test_steps_list__sees_a_sorting_that_sorts_nothing(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, idle_tools,
                             STEP_JSON("openCategory", "") "," STEP_JSON("sort", LENIENT));
    assert_int_equal(fake_step(fake, STEP_KIND_SORT)->outcome, OUTCOME_NO_EFFECT);
    assert_false(fake_truth(fake, "list.sort_works"));
    fake_release(fake);
}

void test_steps_list__narrows_the_list(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, tools,
                             STEP_JSON("openCategory", "") "," STEP_JSON("filter", ""));
    assert_int_equal(fake_step(fake, STEP_KIND_FILTER)->outcome, OUTCOME_OK);
    assert_true(fake_truth(fake, "list.filter_works"));
    assert_true(fake_truth(fake, "list.filter_address"));
    fake_release(fake);
}

void test_steps_list__says_that_there_is_no_filter(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, NULL,
                             STEP_JSON("openCategory", "") "," STEP_JSON(
                                 "filter", LENIENT) "," STEP_JSON("sort", LENIENT));
    assert_int_equal(fake_step(fake, STEP_KIND_FILTER)->outcome, OUTCOME_NOT_FOUND);
    assert_false(fake_truth(fake, "list.filter_offered"));
    assert_false(fake_truth(fake, "list.sort_offered"));
    fake_release(fake);
}

void test_steps_list__with_scripts_a_missing_filter_accuses_nobody(void)
{
    FakeVisit *fake = walked(
        SHOP_SCRIPTS, NULL, STEP_JSON("openCategory", "") "," STEP_JSON("filter", LENIENT));
    assert_int_equal(fake_step(fake, STEP_KIND_FILTER)->outcome, OUTCOME_NEEDS_BROWSER);
    assert_true(fake_is_absent(fake, "list.filter_offered"));
    fake_release(fake);
}

void test_steps_list__compares_and_finds_its_place_again(void)
{
    FakeVisit *fake = walked(
        SHOP_PLAIN, NULL,
        STEP_JSON("openCategory", "") "," STEP_JSON("compareProducts", "\"count\":3"));
    assert_true(fake_number(fake, "compare.products") == 3);
    assert_true(fake_truth(fake, "compare.prices_shown"));
    assert_true(fake_truth(fake, "compare.list_back"));
    assert_false(fake_truth(fake, "compare.tool_offered"));
    fake_release(fake);
}

#define FILLED STEP_JSON("openProduct", "") "," STEP_JSON("addToCart", "") ","

void test_steps_return__finds_the_cart_as_it_was_left(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, NULL, FILLED STEP_JSON("comeBack", ""));
    assert_int_equal(fake_step(fake, STEP_KIND_COME_BACK)->outcome, OUTCOME_OK);
    assert_true(fake_truth(fake, "return.cart_kept"));
    fake_release(fake);
}

/* A shop that forgets as soon as its first page is called again. */
HOOK(forgetful)
{
    (void)arena;
    (void)method;
    (void)body;
    if (strcmp(path, "/") == 0)
        shop->quantity = 0;
    return NOT_MINE;
}

void test_steps_return__sees_a_cart_that_was_forgotten(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, forgetful, FILLED STEP_JSON("comeBack", LENIENT));
    assert_int_equal(fake_step(fake, STEP_KIND_COME_BACK)->outcome, OUTCOME_NO_EFFECT);
    assert_false(fake_truth(fake, "return.cart_kept"));
    fake_release(fake);
}

/* A page in two languages; shape French: the switch was used. */
HOOK(bilingual)
{
    (void)method;
    (void)body;
    if (strncmp(path, "/lang/", 6) == 0) {
        shop->shape = strcmp(path, "/lang/fr") == 0 ? shop->shape | SHOP_FRENCH
                                                    : shop->shape & ~SHOP_FRENCH;
        return fake_redirect("/");
    }
    if (strcmp(path, "/") != 0)
        return NOT_MINE;
    return fake_page(fake_frame(
        shop, arena, "Luma",
        "<h1>Luma</h1><p>Lamps and chairs for quiet evenings, made in small workshops, sent "
        "to your door within three days. We answer every letter and take back what does not "
        "please.</p><p><a href='/lang/en'>English</a> <a href='/lang/fr' hreflang='fr'>FR"
        "</a></p>"));
}

void test_steps_return__changes_the_language_and_back(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, bilingual, STEP_JSON("changeLanguage", ""));
    assert_int_equal(fake_step(fake, STEP_KIND_CHANGE_LANGUAGE)->outcome, OUTCOME_OK);
    assert_true(fake_number(fake, "language.choices") == 2);
    assert_true(fake_truth(fake, "language.works"));
    assert_true(fake_truth(fake, "language.keeps_page"));
    assert_int_equal(fake->shop.shape & SHOP_FRENCH, 0);
    fake_release(fake);
}

void test_steps_return__a_shop_of_one_language_is_no_fault(void)
{
    FakeVisit *fake = walked(SHOP_PLAIN, NULL, STEP_JSON("changeLanguage", ""));
    assert_int_equal(fake_step(fake, STEP_KIND_CHANGE_LANGUAGE)->outcome, OUTCOME_SKIPPED);
    assert_true(fake_number(fake, "language.choices") == 0);
    fake_release(fake);
}

/* Cards without pages: there is nothing to open one after the other. */
HOOK(no_pages)
{
    (void)method;
    (void)body;
    const char *html = "<h1>Refined fruit</h1>";
    if (strcmp(path, "/") != 0 && strncmp(path, "/c/", 3) != 0)
        return NOT_MINE;
    for (int i = 0; i < 3; i++)
        html =
            arena_printf(arena,
                         "%s<div class='item'><h3>Refined pear %d</h3><p>£%d.00</p><form "
                         "action='/take'><input type='hidden' name='productId' "
                         "value='%d'><input type='submit' value='Add item'></form></div>",
                         html, i, 3 + i, i);
    return fake_page(fake_frame(shop, arena, "Fruit", html));
}

void test_steps_list__products_without_pages_are_not_compared(void)
{
    FakeVisit *fake =
        walked(SHOP_PLAIN, no_pages,
               STEP_JSON("compareProducts", "") "," STEP_JSON("filter", LENIENT));
    assert_int_equal(fake_step(fake, STEP_KIND_COMPARE)->outcome, OUTCOME_SKIPPED);
    /* "Refined" in a name is no filter. */
    assert_int_equal(fake_step(fake, STEP_KIND_FILTER)->outcome, OUTCOME_NOT_FOUND);
    fake_release(fake);
}
