/* walk_test.c - steps in order, outcomes of visits, limits. Tests walk.c, act.c, effort.c
 * and facts.c on the shop in memory.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "unit.h"
#include "visit/fake.h"
#include "visit/walk.h"

void test_walk__buy_ends_at_the_payment(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    if (fake->visit->outcome != VISIT_STOPPED_BEFORE_PAYMENT)
        fail_msg("%s: %s", visit_outcome_name(fake->visit->outcome), fake->visit->reason);
    assert_string_equal(fake->visit->door, "payment");
    assert_true(fake->shop.has_address);
    assert_true(fake->shop.has_delivery);
    fake_release(fake);
}

void test_walk__buy_records_the_facts_of_the_way(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    assert_true(fake_truth(fake, "search.offered"));
    assert_true(fake_number(fake, "search.results") >= 1);
    assert_true(fake_truth(fake, "search.keeps_query"));
    assert_true(fake_truth(fake, "list.price_matches"));
    assert_true(fake_truth(fake, "list.name_matches"));
    assert_true(fabs(fake_number(fake, "product.price") - 42.0) < 0.001);
    assert_string_equal(fake_text(fake, "product.currency"), "GBP");
    assert_true(fake_truth(fake, "product.schema_price_matches"));
    assert_true(fake_number(fake, "product.clicks_from_home") == 2);
    assert_true(fake_truth(fake, "cart.add_offered"));
    assert_true(fake_truth(fake, "cart.add_worked"));
    assert_false(fake_truth(fake, "cart.add_needs_browser"));
    assert_true(fake_truth(fake, "cart.name_matches"));
    assert_true(fake_truth(fake, "cart.price_matches"));
    assert_true(fake_number(fake, "cart.foreign_lines") == 0);
    assert_true(fake_truth(fake, "cart.arithmetic_ok"));
    assert_true(fake_truth(fake, "cart.delivery_cost_shown"));
    assert_true(fake_truth(fake, "cart.survives_reload"));
    assert_true(fake_truth(fake, "checkout.guest"));
    assert_true(fake_number(fake, "checkout.steps") == 3);
    assert_true(fake_number(fake, "checkout.surprise_cost") == 0);
    assert_true(fake_truth(fake, "checkout.total_matches"));
    assert_string_equal(fake_text(fake, "checkout.door"), "payment");
    assert_true(fake_number(fake, "payment.methods") == 2);
    assert_true(fake_truth(fake, "payment.total_shown"));
    assert_true(fake_truth(fake, "payment.terms_shown"));
    assert_string_equal(fake_text(fake, "payment.order_label"), "Order and pay");
    assert_true(fake_truth(fake, "payment.order_label_clear"));
    fake_release(fake);
}

void test_walk__cleans_up_after_the_end(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_EMPTY_CART)->outcome, OUTCOME_OK);
    assert_true(fake_truth(fake, "cart.emptied"));
    assert_int_equal(fake->shop.quantity, 0);
    fake_release(fake);
}

void test_walk__buy_works_in_french(void)
{
    FakeVisit *fake = fake_visit(SHOP_FRENCH, "buy");
    fake_walk(fake);
    if (fake->visit->outcome != VISIT_STOPPED_BEFORE_PAYMENT)
        fail_msg("%s: %s", visit_outcome_name(fake->visit->outcome), fake->visit->reason);
    assert_true(fake_truth(fake, "cart.price_matches"));
    assert_true(fake_truth(fake, "payment.order_label_clear"));
    assert_string_equal(fake_text(fake, "product.currency"), "EUR");
    fake_release(fake);
}

void test_walk__a_shell_needs_a_browser(void)
{
    FakeVisit *fake = fake_visit(SHOP_SHELL, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    assert_int_equal(fake_step(fake, STEP_KIND_OPEN)->outcome, OUTCOME_NEEDS_BROWSER);
    assert_true(fake_is_absent(fake, "cart.add_worked"));
    fake_release(fake);
}

void test_walk__a_wall_blocks(void)
{
    FakeVisit *fake = fake_visit(SHOP_WALL, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_BLOCKED);
    assert_true(fake_truth(fake, "visit.robot_blocked"));
    fake_release(fake);
}

void test_walk__level_look_touches_nothing(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake->visitor->safety = SAFETY_LOOK;
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_COMPLETED);
    assert_int_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->outcome, OUTCOME_REFUSED);
    assert_int_equal(fake->shop.quantity, 0);
    assert_null(fake->shop.last_body);
    fake_release(fake);
}

void test_walk__a_file_cannot_raise_the_level(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake->visitor->safety = SAFETY_ACT;
    fake_walk(fake);
    assert_int_equal(fake->visit->safety, SAFETY_TOUCH);
    fake_release(fake);
}

void test_walk__leave_no_trace_stops_at_the_address(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake->options.leaves_no_trace = true;
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "identity");
    assert_false(fake->shop.has_address);
    fake_release(fake);
}

void test_walk__says_what_is_left_behind(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->left_count, 1);
    assert_non_null(strstr(fake->visit->left_behind[0], "address"));
    fake_release(fake);
}

void test_walk__counts_effort_by_what_was_done(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    const StepRecord *search = fake_step(fake, STEP_KIND_SEARCH);
    assert_int_equal(search->effort.pages, 1);
    assert_int_equal(search->effort.clicks, 1);
    assert_true(search->effort.keystrokes >= 4);
    const StepRecord *address = fake_step(fake, STEP_KIND_FILL_ADDRESS);
    assert_int_equal(address->effort.fields_required, 7);
    assert_true(address->effort.human_us > 10000000);
    fake_release(fake);
}

void test_walk__a_phone_types_more_slowly(void)
{
    FakeVisit *mouse = fake_visit(SHOP_PLAIN, "buy");
    FakeVisit *touch = fake_visit(SHOP_PLAIN, "buy");
    touch->persona.input = "touch";
    fake_walk(mouse);
    fake_walk(touch);
    assert_true(fake_step(touch, STEP_KIND_FILL_ADDRESS)->effort.human_us >
                fake_step(mouse, STEP_KIND_FILL_ADDRESS)->effort.human_us);
    fake_release(mouse);
    fake_release(touch);
}

void test_walk__a_keyboard_counts_tab_stops_instead_of_clicks(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake->persona.input = "keyboard";
    fake_walk(fake);
    const StepRecord *product = fake_step(fake, STEP_KIND_OPEN_PRODUCT);
    assert_int_equal(product->effort.clicks, 0);
    assert_true(product->effort.keystrokes > 5);
    fake_release(fake);
}

void test_walk__walks_twice_alike(void)
{
    FakeVisit *first = fake_visit(SHOP_PLAIN, "buy");
    FakeVisit *second = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(first);
    fake_walk(second);
    assert_int_equal(first->visit->step_count, second->visit->step_count);
    assert_int_equal(first->visit->fact_count, second->visit->fact_count);
    for (size_t i = 0; i < first->visit->step_count; i++)
        assert_int_equal(first->visit->steps[i].outcome, second->visit->steps[i].outcome);
    fake_release(first);
    fake_release(second);
}

void test_walk__a_time_limit_ends_it_as_partial(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake->visitor->deadline_us = 1;
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_ERROR);
    assert_true(fake->visit->is_partial);
    assert_int_equal(fake_step(fake, STEP_KIND_OPEN)->outcome, OUTCOME_TIMED_OUT);
    fake_release(fake);
}

void test_walk__pages_get_kinds_and_signs(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->pages[0]->kind, PAGE_HOME);
    const StepRecord *product = fake_step(fake, STEP_KIND_OPEN_PRODUCT);
    assert_int_equal(fake->visit->pages[product->page]->kind, PAGE_PRODUCT);
    assert_non_null(fake->visit->pages[product->page]->kind_signs);
    const StepRecord *cart = fake_step(fake, STEP_KIND_OPEN_CART);
    assert_int_equal(fake->visit->pages[cart->page]->kind, PAGE_CART);
    const StepRecord *payment = fake_step(fake, STEP_KIND_REACH_PAYMENT);
    assert_int_equal(fake->visit->pages[payment->page]->kind, PAGE_CHECKOUT);
    fake_release(fake);
}

void test_act__keeps_away_from_forbidden_addresses(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","
        "\"parameters\":{\"schema\":1,\"safety\":{\"level\":\"touch\",\"denyUrls\":"
        "[\"*/c/lam*\"]}}},{\"type\":\"customStep\",\"name\":\"mystery/open\","
        "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/openCategory\","
        "\"parameters\":{}}]}");
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_OPEN_CATEGORY);
    assert_string_equal(fake->visit->pages[step->page]->url, "http://shop.test/c/chairs");
    fake_release(fake);
}
