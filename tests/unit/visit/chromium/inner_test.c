/* inner_test.c - frames as part of the page: read, filled and pressed in a real browser,
 * those of the page's own process and those of another. Tests inner.c, frames.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/css.h"
#include "dom/text.h"
#include "unit.h"
#include "visit.h"
#include "visit/chromium/chromium.h"
#include "visit/guard.h"

static const Node *inside(const TestVisit *test, const char *selector)
{
    const Node *node = select_first(test->document, NULL, selector);
    if (!node)
        fail_msg("the page has no '%s'", selector);
    return node;
}

static const char *words(const TestVisit *test, const char *selector)
{
    return arena_str_text(test->arena,
                          str_trim(node_text_content(test->arena, inside(test, selector))));
}

static const char *page_of(const TestVisit *test, const char *query, bool is_apart)
{
    const char *host =
        is_apart ? arena_printf(test->arena, "host=http://localhost:%d&", test->server.port)
                 : "";
    return arena_printf(test->arena, "/frames/checkout.html?%s%s", host, query);
}

static void fill(TestVisit *test, const char *selector, const char *text)
{
    Error err = {0};
    if (!test->visitor->engine->choose(test->visitor, inside(test, selector), text,
                                       &test->move, &err))
        fail_msg("%s", err.what);
}

static void press(TestVisit *test, const char *selector)
{
    Error err = {0};
    if (!test->visitor->engine->press(test->visitor, inside(test, selector), &test->move,
                                      &err))
        fail_msg("%s", err.what);
    test_visit_look(test);
}

/* The page has an element of the same id as the frame. */
static void checkout_walk(TestVisit *test, bool is_apart)
{
    test_visit_go(test, page_of(test, "", is_apart));
    assert_string_equal(words(test, "#email"), "The checkout stands further down.");
    fill(test, "shown-frame #frame1-email", "jo@example.com");
    assert_int_equal(test->move.result, MOVE_STATE);
    fill(test, "shown-frame #country", "be");
    assert_int_equal(test->move.result, MOVE_STATE);
    fill(test, "shown-frame #news", "on");
    assert_int_equal(test->move.result, MOVE_STATE);
    test_visit_look(test);
    assert_string_equal(
        control_value(test->state, inside(test, "shown-frame #frame1-email")),
        "jo@example.com");
    press(test, "shown-frame #next");
    assert_int_equal(test->move.result, MOVE_STATE);
    assert_string_equal(words(test, "#said"), "jo@example.com be true");
}

void test_inner__a_checkout_in_a_frame_is_filled_and_pressed(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    checkout_walk(&test, false);
    press(&test, "shown-frame #inside");
    assert_int_equal(test.move.result, MOVE_STATE);
    assert_string_equal(words(&test, "#film-words"), "A film about lamps.");
    test_visit_close(&test);
}

void test_inner__a_checkout_in_another_process_is_used_alike(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    checkout_walk(&test, true);
    assert_null(select_first(test.document, NULL, "#film-words"));
    test_visit_close(&test);
}

void test_inner__its_boxes_stand_where_the_page_shows_them(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, page_of(&test, "", true));
    const Layout *layout = test.visitor->page->layout;
    const LayoutNode *frame = layout_at(layout, node_order(inside(&test, "#steps")));
    const LayoutNode *button = layout_at(layout, node_order(inside(&test, "#next")));
    assert_non_null(frame);
    assert_non_null(button);
    assert_true(button->y > 1200 && button->y > frame->y + 8);
    assert_true(button->x >= frame->x + 8);
    assert_true(button->y + button->height < frame->y + frame->height);
    test_visit_close(&test);
}

void test_inner__a_payment_frame_is_known_and_left_alone(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, page_of(&test, "inner=card", true));
    assert_true(guard_page_shows_payment(test.document));
    fill(&test, "#number", "4242424242424242");
    assert_int_equal(test.move.result, MOVE_REFUSED);
    fill(&test, "#post", "75001");
    assert_int_equal(test.move.result, MOVE_REFUSED);
    press(&test, "#other");
    assert_int_equal(test.move.result, MOVE_REFUSED);
    test_visit_close(&test);
}
