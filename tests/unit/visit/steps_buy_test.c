/* steps_buy_test.c - adding to the cart, with every trap. Tests steps_buy.c,
 * steps_cart.c, steps_options.c, cart.c and scripts.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"

void test_steps_buy__proves_adding_by_the_cart(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_ADD_TO_CART);
    assert_int_equal(step->outcome, OUTCOME_OK);
    assert_non_null(strchr(step->evidence, 'S'));
    assert_true(fake_truth(fake, "cart.add_confirmed"));
    fake_release(fake);
}

void test_steps_buy__chooses_the_first_size_that_can_be_had(void)
{
    FakeVisit *fake = fake_visit(SHOP_VARIANTS, "buy");
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_CHOOSE_OPTIONS)->outcome, OUTCOME_OK);
    assert_true(fake_number(fake, "product.options") == 1);
    assert_true(fake_truth(fake, "cart.add_worked"));
    fake_release(fake);
}

void test_steps_buy__a_200_with_an_empty_cart_is_no_success(void)
{
    FakeVisit *fake = fake_visit(SHOP_LIES, "buy");
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->outcome, OUTCOME_NO_EFFECT);
    assert_int_equal(fake->visit->outcome, VISIT_ABANDONED);
    assert_false(fake_truth(fake, "cart.add_worked"));
    fake_release(fake);
}

void test_steps_buy__with_scripts_an_empty_cart_accuses_nobody(void)
{
    FakeVisit *fake = fake_visit(SHOP_LIES | SHOP_SCRIPTS, "buy");
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->outcome,
                     OUTCOME_NEEDS_BROWSER);
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    assert_true(fake_truth(fake, "cart.add_needs_browser"));
    assert_true(fake_is_absent(fake, "cart.add_worked"));
    fake_release(fake);
}

void test_steps_buy__a_form_without_action_adds_nothing(void)
{
    FakeVisit *fake = fake_visit(SHOP_GET_TRAP | SHOP_SCRIPTS, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    assert_int_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->outcome,
                     OUTCOME_NEEDS_BROWSER);
    fake_release(fake);
}

void test_steps_buy__a_button_without_a_form_needs_a_browser(void)
{
    FakeVisit *fake = fake_visit(SHOP_LOOSE_BUTTON | SHOP_SCRIPTS, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    assert_non_null(
        strstr(fake_step(fake, STEP_KIND_ADD_TO_CART)->reason, "without a form"));
    assert_true(fake_truth(fake, "cart.add_needs_browser"));
    fake_release(fake);
}

void test_steps_buy__does_not_press_buy_now(void)
{
    FakeVisit *fake = fake_visit(SHOP_BUY_NOW, "buy");
    fake_walk(fake);
    assert_string_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->match.text, "Add to cart");
    assert_true(fake_truth(fake, "cart.add_worked"));
    fake_release(fake);
}

void test_steps_buy__an_error_text_beats_everything(void)
{
    FakeVisit *fake = fake_visit(SHOP_SAYS_ERROR, "buy");
    fake_walk(fake);
    const StepRecord *step = fake_step(fake, STEP_KIND_ADD_TO_CART);
    assert_int_equal(step->outcome, OUTCOME_ERROR_SHOWN);
    assert_non_null(strstr(step->shop_text, "cannot be ordered"));
    assert_int_equal(fake->visit->outcome, VISIT_ABANDONED);
    fake_release(fake);
}

void test_steps_buy__a_cart_drawn_by_scripts_needs_a_browser(void)
{
    FakeVisit *fake = fake_visit(SHOP_SCRIPT_CART, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    assert_true(fake_is_absent(fake, "cart.add_worked"));
    fake_release(fake);
}

void test_steps_buy__sees_a_price_that_rises_in_the_cart(void)
{
    FakeVisit *fake = fake_visit(SHOP_PRICE_RISES, "buy");
    fake_walk(fake);
    assert_false(fake_truth(fake, "cart.price_matches"));
    assert_true(fake_number(fake, "cart.unit_price") == 45);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    fake_release(fake);
}

void test_steps_buy__adds_several(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","
        "\"parameters\":{\"schema\":1}},{\"type\":\"customStep\",\"name\":\"mystery/open\","
        "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/openProduct\","
        "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/addToCart\","
        "\"parameters\":{\"quantity\":3}}]}");
    fake_walk(fake);
    assert_non_null(strstr(fake->shop.last_body, "quantity=3"));
    fake_release(fake);
}

void test_steps_buy__a_cart_for_members_only_is_a_door(void)
{
    FakeVisit *fake = fake_visit(SHOP_MEMBERS, "buy");
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "account");
    assert_int_equal(fake_step(fake, STEP_KIND_ADD_TO_CART)->outcome, OUTCOME_BLOCKED_BY);
    assert_false(fake_truth(fake, "checkout.guest"));
    fake_release(fake);
}

/* A shop whose answer stays silent, with a script whose code is known. */
static const StepRecord *walk_with_script(FakeVisit *fake, const char *code)
{
    Exchange *exchange = visit_add_exchange(fake->visit);
    exchange->type = RESOURCE_SCRIPT;
    exchange->url = "http://shop.test/app.js";
    exchange->status = 200;
    exchange->body = str_of(code);
    exchange->has_body = true;
    fake_walk(fake);
    return fake_step(fake, STEP_KIND_ADD_TO_CART);
}

void test_scripts__a_known_script_that_does_something_else_is_no_excuse(void)
{
    FakeVisit *fake = fake_visit(SHOP_LIES | SHOP_SCRIPTS, "buy");
    const StepRecord *step = walk_with_script(
        fake,
        "document.querySelector('.menu').onclick=e=>e.target.classList.toggle('open')");
    assert_int_equal(step->outcome, OUTCOME_NO_EFFECT);
    assert_int_equal(fake->visit->outcome, VISIT_ABANDONED);
    fake_release(fake);
}

void test_scripts__a_known_script_that_sends_forms_is_one(void)
{
    FakeVisit *fake = fake_visit(SHOP_LIES | SHOP_SCRIPTS, "buy");
    const StepRecord *step = walk_with_script(
        fake, "for(const f of document.forms)f.addEventListener('submit',go)");
    assert_int_equal(step->outcome, OUTCOME_NEEDS_BROWSER);
    fake_release(fake);
}

void test_scripts__a_known_script_that_draws_is_one(void)
{
    FakeVisit *fake = fake_visit(SHOP_LIES | SHOP_SCRIPTS, "buy");
    const StepRecord *step =
        walk_with_script(fake, "box.innerHTML=await (await fetch('/cart.json')).text()");
    assert_int_equal(step->outcome, OUTCOME_NEEDS_BROWSER);
    fake_release(fake);
}
