/* steps_recorded_test.c - recordings walked on the shop in memory. Tests steps_recorded.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"

#define NAVIGATE(url) "{\"type\":\"navigate\",\"url\":\"" url "\"}"
#define CLICK(selectors)                                                                   \
    "{\"type\":\"click\",\"target\":\"main\",\"selectors\":[" selectors                    \
    "],\"offsetX\":1,\"offsetY\":1}"
#define CLICK_TO(selectors, url)                                                           \
    "{\"type\":\"click\",\"target\":\"main\",\"selectors\":[" selectors                    \
    "],\"offsetX\":1,\"offsetY\":1,\"assertedEvents\":[{\"type\":\"navigation\","          \
    "\"url\":\"" url "\",\"title\":\"\"}]}"
#define CHANGE(selectors, value)                                                           \
    "{\"type\":\"change\",\"target\":\"main\",\"value\":\"" value                          \
    "\",\"selectors\":[" selectors "]}"
#define KEY(kind, name) "{\"type\":\"" kind "\",\"target\":\"main\",\"key\":\"" name "\"}"
#define FLOW(steps)     "{\"title\":\"t\",\"steps\":[" steps "]}"

static const StepRecord *last(const FakeVisit *fake)
{
    return &fake->visit->steps[fake->visit->step_count - 1];
}

void test_steps_recorded__follows_a_recorded_link(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(NAVIGATE("https://shop.example/") "," CLICK_TO(
                        "[\"aria/Lamps\"],[\"nav a\"]", "https://shop.example/c/lamps")));
    fake_walk(fake);
    assert_int_equal(last(fake)->outcome, OUTCOME_OK);
    assert_string_equal(fake->visit->pages[last(fake)->page]->url,
                        "http://shop.test/c/lamps");
    assert_int_equal(fake->visit->outcome, VISIT_COMPLETED);
    fake_release(fake);
}

void test_steps_recorded__says_where_it_came_instead(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(NAVIGATE("https://shop.example/") "," CLICK_TO(
                        "[\"aria/Lamps\"]", "https://shop.example/c/sofas")));
    fake_walk(fake);
    assert_int_equal(last(fake)->outcome, OUTCOME_FAILED);
    assert_non_null(strstr(last(fake)->reason, "/c/sofas"));
    fake_release(fake);
}

void test_steps_recorded__ignores_volatile_parameters(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(NAVIGATE("https://shop.example/") "," CLICK_TO(
            "[\"aria/Lamps\"]", "https://shop.example/c/lamps?utm_source=x&sid=1")));
    fake_walk(fake);
    assert_int_equal(last(fake)->outcome, OUTCOME_OK);
    fake_release(fake);
}

void test_steps_recorded__fills_and_sends_by_enter(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(NAVIGATE("https://shop.example/") "," CHANGE(
                        "[\"input[type='search']\"]",
                        "lamp") "," KEY("keyDown", "Enter") "," KEY("keyUp", "Enter")));
    fake_walk(fake);
    assert_string_equal(fake->visit->pages[last(fake)->page]->url,
                        "http://shop.test/search?q=lamp");
    fake_release(fake);
}

void test_steps_recorded__adds_to_the_cart_as_recorded(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(NAVIGATE("https://shop.example/p/1") "," CHANGE(
                        "[\"aria/Quantity\"]", "2") "," CLICK("[\"text/Add to cart\"]")));
    fake_walk(fake);
    assert_int_equal(fake->shop.quantity, 1);
    assert_non_null(strstr(fake->shop.last_body, "quantity=2"));
    fake_release(fake);
}

void test_steps_recorded__never_orders(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(NAVIGATE("https://shop.example/p/1") "," CLICK("[\"aria/Add to cart\"]") "," NAVIGATE(
            "https://shop.example/checkout/payment") "," CLICK("[\"aria/Order and pay\"]")));
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "payment");
    assert_int_equal(last(fake)->outcome, OUTCOME_REFUSED);
    fake_release(fake);
}

void test_steps_recorded__a_lost_element_is_said(void)
{
    FakeVisit *fake =
        fake_visit_json(SHOP_PLAIN, FLOW(NAVIGATE("https://shop.example/") "," CLICK(
                                        "[\"#gone\"]") "," CLICK("[\"a\"]")));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_CLICK)->outcome, OUTCOME_NOT_FOUND);
    assert_int_equal(last(fake)->outcome, OUTCOME_SKIPPED);
    assert_int_equal(fake->visit->outcome, VISIT_ABANDONED);
    fake_release(fake);
}

void test_steps_recorded__with_scripts_a_lost_element_needs_a_browser(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_SCRIPTS, FLOW(NAVIGATE("https://shop.example/") "," CLICK("[\"#gone\"]")));
    fake_walk(fake);
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    fake_release(fake);
}

void test_steps_recorded__a_frame_needs_a_browser(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(NAVIGATE("https://shop.example/") ",{\"type\":\"click\",\"target\":\"main\","
                                               "\"frame\":[0],\"selectors\":[[\"a\"]],"
                                               "\"offsetX\":1,\"offsetY\":1}"));
    fake_walk(fake);
    assert_int_equal(last(fake)->outcome, OUTCOME_NEEDS_BROWSER);
    fake_release(fake);
}

void test_steps_recorded__waits_by_looking_once(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(
            NAVIGATE("https://shop.example/") ",{\"type\":\"waitForElement\",\"selectors\":"
                                              "[[\"li.card\"]],\"operator\":\"==\","
                                              "\"count\":4}"));
    fake_walk(fake);
    assert_int_equal(last(fake)->outcome, OUTCOME_OK);
    fake_release(fake);
}

void test_steps_recorded__a_missing_awaited_element_fails(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(
            NAVIGATE("https://shop.example/") ",{\"type\":\"waitForElement\",\"selectors\":"
                                              "[[\"li.card\"]],\"count\":5}"));
    fake_walk(fake);
    assert_int_equal(last(fake)->outcome, OUTCOME_FAILED);
    fake_release(fake);
}

void test_steps_recorded__a_sleep_is_a_pause_and_code_needs_a_browser(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(NAVIGATE(
            "https://shop.example/") ",{\"type\":\"waitForExpression\",\"expression\":"
                                     "\"new Promise(r => setTimeout(r, 300))\"},"
                                     "{\"type\":\"waitForExpression\",\"expression\":"
                                     "\"window.ready\"}"));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_WAIT_FOR_EXPRESSION)->outcome, OUTCOME_OK);
    assert_int_equal(last(fake)->outcome, OUTCOME_NEEDS_BROWSER);
    fake_release(fake);
}

void test_steps_recorded__screens_and_scrolling_claim_nothing(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(
            "{\"type\":\"setViewport\",\"width\":800,\"height\":600,\"deviceScaleFactor\":1,"
            "\"isMobile\":false,\"hasTouch\":false,\"isLandscape\":false}," NAVIGATE(
                "https://shop.example/") ",{\"type\":\"scroll\",\"x\":0,\"y\":100}"));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_SET_VIEWPORT)->outcome, OUTCOME_SKIPPED);
    assert_int_equal(last(fake)->outcome, OUTCOME_SKIPPED);
    assert_int_equal(fake->visit->outcome, VISIT_COMPLETED);
    fake_release(fake);
}

void test_steps_recorded__heals_a_stale_selector_when_allowed(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW("{\"type\":\"customStep\",\"name\":\"mystery/journey\",\"parameters\":{\"schema\":1}}," NAVIGATE(
            "http://shop.test/p/1") ","
                                    "{\"type\":\"customStep\",\"name\":\"mystery/begin\",\"parameters\":{\"label\":"
                                    "\"add\",\"intent\":\"addToCart\",\"heal\":\"report\"}}," CLICK(
                                        "[\"#old-button\"]") "," CLICK("[\"#other\"]") ",{\"type\":\"customStep\",\"name\":\"mystery/end\","
                                                                                       "\"parameters\":{}}"));
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_CLICK)->outcome, OUTCOME_OK_HEALED);
    assert_int_equal(fake->shop.quantity, 1);
    assert_int_equal(last(fake)->outcome, OUTCOME_SKIPPED);
    fake_release(fake);
}

void test_steps_recorded__masks_what_goes_into_passwords(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(NAVIGATE("https://shop.example/account") "," CHANGE(
                        "[\"input[type='password']\"]", "hunter2")));
    fake_walk(fake);
    assert_null(strstr(last(fake)->typed, "hunter2"));
    fake_release(fake);
}

void test_steps_recorded__does_not_leave_the_site(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN,
        FLOW(NAVIGATE("https://shop.example/") "," NAVIGATE("https://elsewhere.example/")));
    fake_walk(fake);
    assert_int_equal(last(fake)->outcome, OUTCOME_SKIPPED);
    assert_int_equal(fake->shop.requests, 1);
    fake_release(fake);
}
