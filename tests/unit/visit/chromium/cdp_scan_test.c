/* cdp_scan_test.c - promises of visit/chromium/cdp_scan.
 *
 * SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "unit.h"
#include "visit/chromium/cdp_scan.h"

#define assert_str(s, text) assert_true(str_equal_text((s), (text)))

void test_cdp_scan__finds_the_parts_of_an_answer(void)
{
    CdpHead head;
    assert_true(cdp_scan(STR("{\"id\":7,\"result\":{\"a\":[1,{\"b\":\"}\"}]},"
                             "\"sessionId\":\"A1\"}"),
                         &head));
    assert_int_equal(head.id, 7);
    assert_str(head.result, "{\"a\":[1,{\"b\":\"}\"}]}");
    assert_str(head.session, "A1");
    assert_true(str_is_empty(head.method));
}

void test_cdp_scan__finds_the_parts_of_an_event(void)
{
    CdpHead head;
    assert_true(cdp_scan(
        STR(" { \"method\" : \"Page.load\" , \"params\" : { \"id\" : 3 } } "), &head));
    assert_int_equal(head.id, -1);
    assert_str(head.method, "Page.load");
    assert_str(head.params, "{ \"id\" : 3 }");
}

void test_cdp_scan__is_not_misled_by_text_inside_strings(void)
{
    CdpHead head;
    assert_true(cdp_scan(STR("{\"params\":{\"t\":\"\\\"id\\\":9,\\\\\"},\"method\":\"M\"}"),
                         &head));
    assert_int_equal(head.id, -1);
    assert_str(head.method, "M");
}

void test_cdp_scan__refuses_what_is_broken(void)
{
    static const char *const broken[] = {"",           "[]",          "{",
                                         "{\"id\"",    "{\"id\":",    "{\"id\":1",
                                         "{\"id\":1,", "{\"a\":\"x}", "{\"a\":{\"b\":1}",
                                         "{id:1}",     "{\"a\" 1}",   "{\"a\":1 \"b\":2}"};
    CdpHead head;
    for (size_t i = 0; i < COUNT_OF(broken); i++)
        assert_false(cdp_scan(str_of(broken[i]), &head));
}

void test_cdp_scan__finds_the_id_of_a_beginning(void)
{
    assert_int_equal(cdp_scan_id(STR("{\"id\":12,\"result\":{\"data\":\"AAAA")), 12);
    assert_int_equal(cdp_scan_id(STR("{\"method\":\"x\",\"params\":{\"id\":4")), -1);
    assert_int_equal(cdp_scan_id(STR("{\"id\":-5,")), -1);
}
