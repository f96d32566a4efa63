/* target_test.c - promises of visit/chromium/target with a real browser.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "browser.h"
#include "unit.h"
#include "visit/chromium/target.h"

enum { WAIT_US = 20000000, TURN_US = 20000 };

static const Target *popup_await(TestBrowser *test, size_t mark)
{
    static const Target none = {.opener = "", .kind = TARGET_OTHER};
    int64_t until_us = clock_now_us(&test->clock) + WAIT_US;
    const Target *popup;
    do
        popup = targets_popup_since(test->targets, mark);
    while (!popup && clock_now_us(&test->clock) < until_us &&
           cdp_pump(test->cdp, clock_now_us(&test->clock) + TURN_US, NULL));
    return popup ? popup : &none;
}

void test_target__a_page_runs_and_answers(void)
{
    TestBrowser test;
    test_browser_open(&test, NULL, NULL);
    test_browser_go(&test, "data:text/html,<title>hello</title>");
    assert_string_equal(test_browser_eval(&test, "document.title"), "hello");
    test_browser_close(&test);
}

void test_target__a_popup_does_not_freeze_its_opener(void)
{
    TestBrowser test;
    test_browser_open(&test, NULL, NULL);
    test_browser_go(&test, "data:text/html,<title>opener</title>");
    size_t mark = targets_count(test.targets);
    assert_string_equal(
        test_browser_eval(&test, "window.open('about:blank#pop') ? 'opened' : 'blocked'"),
        "opened");
    const Target *popup = popup_await(&test, mark);
    assert_string_equal(popup->opener, test.page->id);
    assert_int_equal(popup->kind, TARGET_PAGE);
    test_browser_close(&test);
}

void test_target__a_crash_is_told(void)
{
    TestBrowser test;
    test_browser_open(&test, NULL, NULL);
    test_browser_go(&test, "data:text/html,<title>fragile</title>");
    cdp_send(test.cdp, test.page->session, "Page.crash", NULL);
    test_browser_await(&test, &test.page->is_crashed);
    test_browser_close(&test);
}
