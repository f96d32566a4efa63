/* trackers_test.c - what needs consent first. SPDX-License-Identifier: MIT */
#include "unit.h"
#include "visit/trackers.h"

void test_trackers__know_addresses_by_host_and_path(void)
{
    assert_true(tracker_is_address("https://www.google-analytics.com/g/collect?v=2"));
    assert_true(tracker_is_address("https://stats.g.doubleclick.net/x"));
    assert_true(tracker_is_address("https://www.facebook.com/tr?id=1"));
    assert_false(tracker_is_address("https://www.facebook.com/myshop"));
    assert_false(tracker_is_address("https://notdoubleclick.net/x"));
    assert_false(tracker_is_address("https://shop.example/doubleclick.net"));
}

void test_trackers__know_cookies_and_their_numbered_sisters(void)
{
    assert_true(tracker_is_cookie("_ga"));
    assert_true(tracker_is_cookie("_ga_X1Y2"));
    assert_true(tracker_is_cookie("_gcl_au"));
    assert_true(tracker_is_cookie("IDE"));
    assert_false(tracker_is_cookie("IDEAL"));
    assert_false(tracker_is_cookie("session"));
}

void test_trackers__are_counted_from_a_place_on(void)
{
    Arena *arena = arena_create();
    Visit *visit = visit_create(arena);
    static const char *const URLS[] = {"https://bat.bing.com/a", "https://shop.example/",
                                       "https://www.clarity.ms/b"};
    for (int i = 0; i < 3; i++)
        visit_add_exchange(visit)->url = URLS[i];
    const char *example = NULL;
    assert_int_equal(trackers_count(visit, 0, 3, &example), 2);
    assert_string_equal(example, URLS[0]);
    assert_int_equal(trackers_count(visit, 1, 3, NULL), 1);
    assert_int_equal(trackers_count(visit, 0, 1, NULL), 1);
    arena_release(arena);
}
