/* url_host_test.c - promises of base/url_host beyond the rows of url_vectors.json.
 *
 * SPDX-License-Identifier: MIT */
#include "base/url_host.h"
#include "unit.h"

void test_url_host__addresses_are_told_from_names(void)
{
    assert_true(url_host_is_address("1.2.3.4"));
    assert_true(url_host_is_address("[::1]"));
    assert_false(url_host_is_address("1.2.3.4.example"));
    assert_false(url_host_is_address("localhost"));
    assert_false(url_host_is_address(""));
}

void test_url_host__refusals_say_why(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *failure = NULL;
    assert_null(url_host_parse(arena, STR("[::1"), true, &failure));
    assert_string_equal(failure, "the bracket of its host is not closed");
    assert_null(url_host_parse(arena, STR("1.2.3.999"), true, &failure));
    assert_string_equal(failure, "its host is not a valid IPv4 address");
    assert_null(url_host_parse(arena, STR("a b"), false, &failure));
    assert_string_equal(failure, "its host holds a character that is not allowed");
}

void test_url_host__every_ipv6_gap_is_written_shortest(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *failure = NULL;
    assert_string_equal(url_host_parse(arena, STR("[0:0:0:1:0:0:0:0]"), true, &failure),
                        "[0:0:0:1::]");
    assert_string_equal(url_host_parse(arena, STR("[a:b:c:d:e:f:0:0]"), true, &failure),
                        "[a:b:c:d:e:f::]");
    assert_string_equal(url_host_parse(arena, STR("[0:1:0:1:0:1:0:1]"), true, &failure),
                        "[0:1:0:1:0:1:0:1]");
}
