/* print_test.c - a page becomes a PDF; without a browser that is said.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "browser.h"
#include "unit.h"
#include "visit/chromium/launch.h"
#include "visit/chromium/print.h"

void test_print__a_page_becomes_a_pdf(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    PrintOptions options = {
        .html = STR("<!DOCTYPE html><title>A</title><h1>One \"page\"</h1>")};
    Clock clock;
    Error err = {0};
    Str pdf = {0};

    if (!test_browser_exists()) {
        arena_release(arena);
        skip();
    }
    clock_init(&clock);
    if (!print_pdf(arena, &options, &clock, &pdf, &err))
        fail_msg("%s: %s", err.where, err.what);
    assert_true(pdf.length > 1000);
    assert_memory_equal(pdf.data, "%PDF-", 5);
}
