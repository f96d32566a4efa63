/* browser.h - what the tests of the browser engine share: a real browser, or skip.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_VISIT_CHROMIUM_BROWSER_H
#define TESTS_UNIT_VISIT_CHROMIUM_BROWSER_H

#include <sys/types.h>

#include "base/arena.h"
#include "base/clock.h"
#include "visit/chromium/cdp.h"
#include "visit/chromium/launch.h"
#include "visit/chromium/target.h"

/** A browser with a page, for a test. */
typedef struct TestBrowser {
    Arena *arena;
    Clock clock;
    Browser browser;
    Cdp *cdp;
    Targets *targets;
    Target *page;
} TestBrowser;

/** Start one with a page; the test is skipped where there is no browser or no sandbox.
 * setup: may be NULL. */
void test_browser_open(TestBrowser *test, TargetSetup *setup, void *context);
/** The same in two steps: started and spoken with; then its page. */
void test_browser_launch(TestBrowser *test);
void test_browser_launch_with(TestBrowser *test, const LaunchOptions *options);
void test_browser_page(TestBrowser *test, TargetSetup *setup, void *context);
/** Navigate and wait for the load event, at most 10 s (assert). */
void test_browser_go(TestBrowser *test, const char *url);
/** Evaluate; the value as text (strings as they are, numbers printed). Owns: test. */
const char *test_browser_eval(TestBrowser *test, const char *expression);
/** Pump until *stop is true, at most 10 s (assert). */
void test_browser_await(TestBrowser *test, const bool *stop);
/** End it; asserts that no process and no folder remains. */
void test_browser_close(TestBrowser *test);
/** Is a browser there that can run? */
bool test_browser_exists(void);
/** Processes of this group that are alive (also zombies). */
int test_group_size(pid_t group);

#endif
