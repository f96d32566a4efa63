/* json_scan_test.c - promises of base/json_scan: places and what stands in the way of NULs.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json_scan.h"
#include "unit.h"

void test_json_scan__notes_places_in_document_order(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonPlaces places = {0};
    Error err = {0};
    char text[] = "{\"a\": [1, \"\\u00e9\\n\"], \"b\":null}";
    assert_true(json_scan(arena, "t", text, strlen(text), &places, &err));
    assert_int_equal(places.count, 5);
    assert_int_equal(places.items[0].value, 0);
    assert_int_equal(places.items[1].key, 1);
    assert_int_equal(places.items[1].value, 6);
    assert_int_equal(places.items[2].value, 7);
    assert_int_equal(places.items[3].length, 3);
    assert_int_equal(places.items[4].key, 23);
    assert_int_equal(places.items[4].value, 27);
}

void test_json_scan__counts_columns_in_characters(void)
{
    int line = 0;
    int column = 0;
    json_scan_place(STR("\xC3\xA9\xC3\xA9x\ny"), 5, &line, &column);
    assert_int_equal(line, 1);
    assert_int_equal(column, 4);
    json_scan_place(STR("\xC3\xA9\xC3\xA9x\ny"), 6, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 1);
    json_scan_place(STR("ab"), 99, &line, &column);
    assert_int_equal(line, 1);
    assert_int_equal(column, 3);
}

void test_json_scan__long_numbers_are_refused(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonPlaces places = {0};
    Error err = {0};
    char text[80];
    memset(text, '1', sizeof(text));
    assert_true(json_scan(arena, "t", text, JSON_NUMBER_LIMIT, &places, &err));
    assert_false(json_scan(arena, "t", text, JSON_NUMBER_LIMIT + 1, &places, &err));
    assert_string_equal(err.what, "number is too long");
}
