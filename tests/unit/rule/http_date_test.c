/* http_date_test.c - dates of cookies. SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "rule/http_date.h"
#include "unit.h"

static void assert_date(Str text, const char *iso)
{
    int64_t expected, found;
    assert_true(clock_parse_iso8601(iso, &expected));
    assert_true(http_date_parse(text, &found));
    assert_int_equal(found, expected);
}

void test_http_date__reads_the_forms_in_use(void)
{
    assert_date(STR("Wed, 21 Oct 2026 07:28:00 GMT"), "2026-10-21T07:28:00Z");
    assert_date(STR("Wed, 21-Oct-26 07:28:00 GMT"), "2026-10-21T07:28:00Z");
    assert_date(STR("Thu, 01-Jan-1970 00:00:10 GMT"), "1970-01-01T00:00:10Z");
}

void test_http_date__refuses_what_is_no_date(void)
{
    int64_t found;
    assert_false(http_date_parse(STR(""), &found));
    assert_false(http_date_parse(STR("0"), &found));
    assert_false(http_date_parse(STR("tomorrow 07:28:00"), &found));
    assert_false(http_date_parse(STR("99 Xyz 2026 07:28:00"), &found));
}
