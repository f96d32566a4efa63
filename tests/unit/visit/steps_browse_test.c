/* steps_browse_test.c - arriving, categories, products. Tests steps_browse.c and
 * candidates.c.
 *
 * SPDX-License-Identifier: MIT */
#include "unit.h"
#include "visit/fake.h"

#define JOURNEY                                                                            \
    "{\"type\":\"customStep\",\"name\":\"mystery/journey\",\"parameters\":{\"schema\":1}},"
#define STEP(name, parameters)                                                             \
    "{\"type\":\"customStep\",\"name\":\"mystery/" name "\",\"parameters\":" parameters "}"
#define FLOW(steps) "{\"title\":\"t\",\"steps\":[" JOURNEY steps "]}"

void test_steps_browse__opens_and_counts_categories(void)
{
    FakeVisit *fake = fake_visit_json(SHOP_PLAIN, FLOW(STEP("open", "{}")));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_OPEN)->outcome, OUTCOME_OK);
    assert_true(fake_number(fake, "home.category_links") == 2);
    assert_true(fake_number(fake, "cookies.before_choice") == 0);
    fake_release(fake);
}

void test_steps_browse__opens_the_first_category(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(STEP("open", "{}") "," STEP("openCategory", "{}")));
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_OPEN_CATEGORY);
    assert_int_equal(step->outcome, OUTCOME_OK);
    assert_string_equal(step->match.text, "Lamps");
    assert_string_equal(fake->visit->pages[step->page]->url, "http://shop.test/c/lamps");
    fake_release(fake);
}

void test_steps_browse__opens_a_category_by_name(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(STEP("open", "{}") "," STEP("openCategory", "{\"name\":\"chairs\"}")));
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_OPEN_CATEGORY);
    assert_string_equal(fake->visit->pages[step->page]->url, "http://shop.test/c/chairs");
    fake_release(fake);
}

void test_steps_browse__opens_the_first_product_of_a_list(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(STEP("open", "{}") "," STEP("openCategory",
                                                     "{}") "," STEP("openProduct", "{}")));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_OPEN_PRODUCT)->outcome, OUTCOME_OK);
    assert_string_equal(fake_text(fake, "product.name"), "Aurora desk lamp");
    assert_true(fake_number(fake, "list.cards") == 4);
    assert_true(fake_number(fake, "product.clicks_from_home") == 2);
    fake_release(fake);
}

void test_steps_browse__opens_the_nth_product(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(STEP("open", "{}") "," STEP("openProduct", "{\"pick\":\"nth\",\"nth\":2}")));
    fake_walk(fake);
    assert_string_equal(fake_text(fake, "product.name"), "Harbour lantern");
    fake_release(fake);
}

void test_steps_browse__opens_a_product_by_name(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(STEP("open", "{}") "," STEP("openProduct",
                                                     "{\"pick\":\"name\",\"name\":\"nomad "
                                                     "reading light\"}")));
    fake_walk(fake);
    assert_string_equal(fake_text(fake, "product.name"), "Nomad reading light");
    fake_release(fake);
}

void test_steps_browse__skips_consent_without_a_question(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(STEP("open", "{}") "," STEP("consent", "{\"choice\":\"refuse\"}")));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_CONSENT)->outcome, OUTCOME_SKIPPED);
    assert_int_equal(fake->visit->outcome, VISIT_COMPLETED);
    fake_release(fake);
}

void test_steps_browse__goes_back_and_reloads(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(STEP("open", "{}") "," STEP("openCategory", "{}") "," STEP(
                        "back", "{}") "," STEP("reload", "{}")));
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_RELOAD);
    assert_string_equal(fake->visit->pages[step->page]->url, "http://shop.test/");
    fake_release(fake);
}
