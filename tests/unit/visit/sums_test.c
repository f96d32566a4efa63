/* sums_test.c - what a page loaded, added up. Tests sums.c.
 *
 * SPDX-License-Identifier: MIT */
#include "unit.h"
#include "visit/sums.h"

static void loaded(Visit *visit, ResourceType type, const char *url, int64_t bytes)
{
    Exchange *exchange = visit_add_exchange(visit);
    exchange->page = 0;
    exchange->type = type;
    exchange->url = url;
    exchange->transfer_bytes = bytes;
}

void test_sums__count_what_crossed_the_wire_for_this_page(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = visit_create(arena);
    Page *page = visit_add_page(visit);

    page->url = "http://shop.test/";
    loaded(visit, RESOURCE_DOCUMENT, "http://shop.test/", 1000);
    loaded(visit, RESOURCE_SCRIPT, "http://cdn.shop.test/a.js", 300);
    loaded(visit, RESOURCE_IMAGE, "http://pictures.test/a.png", 500);
    loaded(visit, RESOURCE_IMAGE, "http://shop.test/b.png", -1);
    loaded(visit, RESOURCE_SCRIPT, "http://shop.test/old.js", 90);
    visit->exchanges[4]->is_from_cache = true;
    loaded(visit, RESOURCE_SCRIPT, "http://shop.test/other.js", 70);
    visit->exchanges[5]->page = 1;
    page_sum(visit, page, 0);
    assert_near(page->metrics[METRIC_REQUESTS], 4, 0);
    assert_near(page->metrics[METRIC_TRANSFER], 1800, 0);
    assert_near(page->metrics[METRIC_SCRIPT_BYTES], 300, 0);
    assert_near(page->metrics[METRIC_IMAGE_BYTES], 500, 0);
    assert_near(page->metrics[METRIC_THIRD_PARTY], 1, 0);
}
