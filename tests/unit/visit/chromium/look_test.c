/* look_test.c - marks taken out of markup again. Tests look.c.
 *
 * SPDX-License-Identifier: MIT */
#include "unit.h"
#include "visit/chromium/chromium.h"

void test_look__strips_its_own_marks_and_nothing_else(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str plain =
        marks_strip(arena,
                    STR("<!DOCTYPE html><p m12ab=\"7nv\" id=\"a\">m12ab=\"7\" and "
                        "<i m12ab=\"8\"> m12a=\"x\"</i><b class=\"c\" m12abc=\"1\">"),
                    "m12ab");

    assert_string_equal(plain.data, "<!DOCTYPE html><p id=\"a\">m12ab=\"7\" and <i> "
                                    "m12a=\"x\"</i><b class=\"c\" m12abc=\"1\">");
}

void test_look__keeps_a_mark_that_has_no_end(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(marks_strip(arena, STR("<p m12ab=\"7"), "m12ab").data,
                        "<p m12ab=\"7");
    assert_int_equal(marks_strip(arena, STR(""), "m12ab").length, 0);
}
