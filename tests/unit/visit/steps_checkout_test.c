/* steps_checkout_test.c - the way to the payment, and its doors. Tests steps_checkout.c,
 * steps_delivery.c, checkout.c and form.c.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "unit.h"
#include "visit/fake.h"

void test_steps_checkout__types_data_of_nobody(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    const char *typed = fake_step(fake, STEP_KIND_FILL_ADDRESS)->typed;
    assert_non_null(strstr(typed, "@example.com"));
    assert_null(strstr(typed, "website"));
    fake_release(fake);
}

void test_steps_checkout__chooses_the_cheapest_delivery(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_CHOOSE_SHIPPING);
    assert_int_equal(step->outcome, OUTCOME_OK);
    assert_non_null(strstr(step->typed, "Home delivery"));
    fake_release(fake);
}

void test_steps_checkout__one_page_stops_before_its_button(void)
{
    FakeVisit *fake = fake_visit(SHOP_ONE_PAGE, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    fake_release(fake);
}

void test_steps_checkout__a_first_page_with_payment_is_the_door(void)
{
    FakeVisit *fake = fake_visit(SHOP_PAYMENT_FIRST, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    assert_true(fake_number(fake, "checkout.steps") == 1);
    fake_release(fake);
}

void test_steps_checkout__a_final_continue_is_not_pressed(void)
{
    FakeVisit *fake = fake_visit(SHOP_WEAK_CONTINUE, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    const Fact *clear = visit_fact(fake->visit, "payment.order_label_clear");
    assert_non_null(clear);
    assert_false(clear->state == FACT_TRUTH && clear->truth);
    fake_release(fake);
}

void test_steps_checkout__a_login_wall_is_a_door_and_a_finding(void)
{
    FakeVisit *fake = fake_visit(SHOP_LOGIN_WALL, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "account");
    assert_false(fake_truth(fake, "checkout.guest"));
    fake_release(fake);
}

void test_steps_checkout__takes_the_way_of_guests(void)
{
    FakeVisit *fake = fake_visit(SHOP_GUEST_CHOICE, "buy");
    fake_walk(fake);
    if (!fake->visit->door || strcmp(fake->visit->door, "payment") != 0)
        fail_msg("%s: %s", fake->visit->door, fake->visit->reason);
    assert_true(fake_truth(fake, "checkout.guest"));
    fake_release(fake);
}

void test_steps_checkout__a_refusing_checkout_is_a_dead_end(void)
{
    FakeVisit *fake = fake_visit(SHOP_REFUSES, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_ABANDONED);
    const StepRecord *step = fake_step(fake, STEP_KIND_GO_TO_CHECKOUT);
    assert_int_equal(step->outcome, OUTCOME_ERROR_SHOWN);
    assert_non_null(strstr(step->shop_text, "minimum order"));
    fake_release(fake);
}

void test_steps_checkout__sees_a_cost_that_was_hidden(void)
{
    FakeVisit *fake = fake_visit(SHOP_HIDDEN_COST, "buy");
    fake_walk(fake);
    assert_false(fake_truth(fake, "cart.delivery_cost_shown"));
    assert_true(fabs(fake_number(fake, "checkout.surprise_cost") - 4.9) < 0.001);
    assert_false(fake_truth(fake, "checkout.total_matches"));
    assert_true(fake_number(fake, "checkout.delivery_cost_step") >= 1);
    fake_release(fake);
}

void test_steps_checkout__sees_lost_data_and_tries_again(void)
{
    FakeVisit *fake = fake_visit(SHOP_LOSES_DATA, "buy");
    fake_walk(fake);
    assert_false(fake_truth(fake, "checkout.error_kept_data"));
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    fake_release(fake);
}

void test_steps_checkout__counts_fields_once(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    /* eight of the address, the delivery's and the payment's choices */
    assert_true(fake_number(fake, "checkout.fields") == 10);
    assert_true(fake_number(fake, "checkout.fields_required") == 7);
    fake_release(fake);
}

void test_steps_checkout__an_address_form_in_the_cart_is_not_sent(void)
{
    FakeVisit *fake = fake_visit(SHOP_BARE_ORDER, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    assert_int_equal(fake_step(fake, STEP_KIND_FILL_ADDRESS)->outcome, OUTCOME_OK);
    fake_release(fake);
}

void test_steps_checkout__makes_a_mistake_on_the_own_site_only(void)
{
    FakeVisit *own = fake_visit(SHOP_CHECKS, "buy");
    FakeVisit *foreign = fake_visit(SHOP_CHECKS, "buy");
    own->options.is_own_site = true;
    fake_walk(own);
    fake_walk(foreign);
    assert_int_equal(own->shop.refusals, 1);
    assert_true(fake_truth(own, "checkout.error_kept_data"));
    assert_string_equal(own->visit->door, "payment");
    assert_int_equal(foreign->shop.refusals, 0);
    assert_true(fake_is_absent(foreign, "checkout.error_kept_data"));
    fake_release(own);
    fake_release(foreign);
}

void test_steps_checkout__sees_a_fee_beside_a_delivery_told_before(void)
{
    FakeVisit *fake = fake_visit(SHOP_FEE, "buy");
    fake_walk(fake);
    assert_true(fabs(fake_number(fake, "checkout.surprise_cost") - 3.5) < 0.001);
    assert_false(fake_truth(fake, "checkout.total_matches"));
    fake_release(fake);
}
