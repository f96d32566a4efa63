/* windows_test.c - windows that pages open, in a real browser: gone into, come back from.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/text.h"
#include "unit.h"
#include "visit.h"
#include "visit/chromium/chromium.h"

static const char *words(TestVisit *test, const char *id)
{
    test_visit_look(test);
    const Node *node = document_by_id(test->document, id);
    if (!node)
        fail_msg("the page has no '%s'", id);
    return arena_str_text(test->arena, str_trim(node_text_content(test->arena, node)));
}

static void back(TestVisit *test)
{
    Error err = {0};
    if (!test->visitor->engine->go(test->visitor, HISTORY_BACK, &test->move, &err))
        fail_msg("%s", err.what);
}

/* Opened anew by its address it would have neither. */
void test_windows__a_new_window_is_the_one_that_the_page_opened(void)
{
    static const char *const ways[] = {"link", "own"};
    TestVisit test;
    test_visit_open(&test, NULL);
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        test_visit_go(&test, "/windows/opener.html");
        const Page *opener = test.visitor->page;
        test_visit_press(&test, ways[i]);
        assert_int_equal(test.move.result, MOVE_PAGE);
        assert_string_equal(test.move.reason, "it opened in a new window");
        assert_non_null(strstr(test.visitor->page->url, "opened.html"));
        assert_int_equal(test.visitor->page->status, 200);
        assert_true(test.visitor->page->metrics[METRIC_FCP] > 0);
        assert_string_equal(words(&test, "kept"), "opened by the shop, two lamps");
        test_visit_press(&test, "tell");
        assert_int_equal(test.move.result, MOVE_STATE);
        back(&test);
        assert_int_equal(test.move.result, MOVE_PAGE);
        assert_ptr_equal(test.visitor->page, opener);
        assert_string_equal(words(&test, "said"), "taken in the window");
    }
    test_visit_close(&test);
}

void test_windows__one_that_closes_itself_leads_back(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, "/windows/opener.html");
    const Page *opener = test.visitor->page;
    test_visit_press(&test, "own");
    assert_int_equal(test.move.result, MOVE_PAGE);
    test_visit_press(&test, "end");
    assert_int_equal(test.move.result, MOVE_PAGE);
    assert_ptr_equal(test.visitor->page, opener);
    assert_string_equal(words(&test, "said"), "closed");
    test_visit_press(&test, "short");
    assert_string_equal(words(&test, "said"), "closed");
    assert_ptr_equal(test.visitor->page, opener);
    test_visit_close(&test);
}

void test_windows__one_of_another_site_is_closed(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, "/windows/opener.html");
    test_visit_press(&test, "away");
    assert_int_equal(test.move.result, MOVE_STATE);
    assert_non_null(strstr(test.move.reason, "a new window opened"));
    assert_string_equal(words(&test, "said"), "Nothing yet");
    test_visit_close(&test);
}
