/* fill_in_test.c - templates in scenarios.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "visit/fake.h"
#include "visit/steps.h"

#define FLOW(journey, query)                                                               \
    "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","   \
    "\"parameters\":{\"schema\":1" journey "}},{\"type\":\"customStep\",\"name\":"         \
    "\"mystery/open\",\"parameters\":{}},{\"type\":\"customStep\",\"name\":"               \
    "\"mystery/search\",\"parameters\":{\"query\":\"" query "\",\"required\":false}}]}"

static void searched(FakeVisit *fake, const char *expected)
{
    fake_walk(fake);
    assert_string_equal(fake_text(fake, "search.query"), expected);
    fake_release(fake);
}

void test_fill_in__takes_values_of_the_scenario(void)
{
    searched(fake_visit_json(SHOP_PLAIN,
                             FLOW(",\"data\":{\"word\":\"lantern\"}", "${data.word}")),
             "lantern");
}

void test_fill_in__cycles_lists_by_visit(void)
{
    FakeVisit *fake = fake_visit_json(
        SHOP_PLAIN, FLOW(",\"data\":{\"word\":[\"lamp\",\"lantern\"]}", "${data.word}"));
    fake->visit->number = 2;
    searched(fake, "lantern");
}

void test_fill_in__takes_values_of_the_command_line_first(void)
{
    static const char *names[] = {"word"};
    static const char *values[] = {"light"};
    WalkData data = {.names = names, .values = values, .count = 1};
    FakeVisit *fake =
        fake_visit_json(SHOP_PLAIN, FLOW(",\"data\":{\"word\":\"lamp\"}", "${data.word}"));
    fake->options.data = &data;
    searched(fake, "light");
}

void test_fill_in__uses_the_default_of_an_unset_variable(void)
{
    searched(fake_visit_json(SHOP_PLAIN, FLOW("", "${env:MYSTERY_TEST_UNSET:-lamp}")),
             "lamp");
}

void test_fill_in__knows_site_and_persona(void)
{
    searched(fake_visit_json(SHOP_PLAIN, FLOW("", "${site.host} ${persona.country}")),
             "shop.test GB");
}

void test_fill_in__keeps_an_escaped_sign(void)
{
    searched(fake_visit_json(SHOP_PLAIN, FLOW("", "$${lamp}")), "${lamp}");
}

void test_fill_in__an_undefined_value_is_an_error_before_any_request(void)
{
    FakeVisit *fake = fake_visit_json(SHOP_PLAIN, FLOW("", "${data.nothing}"));
    Error err = {0};
    assert_false(walk_scenario(fake->visitor, &fake->options, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.what, "data.nothing"));
    assert_int_equal(fake->shop.requests, 0);
    fake_release(fake);
}
