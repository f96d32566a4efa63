/* secrets_test.c - what the user gave in confidence is found however it is written.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "audit/secrets.h"
#include "unit.h"

static const char *scrubbed(const AuditPlan *plan, const char *text)
{
    Buf out = {0};
    TextList secrets = secrets_collect(plan->arena, plan);
    buf_init(&out, 4096);
    buf_add_text(&out, text);
    secrets_scrub(&secrets, &out);
    const char *kept = arena_text(plan->arena, buf_text(&out));
    buf_release(&out);
    return kept;
}

void test_secrets__are_found_as_addresses_json_and_html_write_them(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AuditPlan plan = {.arena = arena};
    text_list_add(arena, &plan.secrets, "code=o\"pen <se&same>");
    assert_string_equal(scrubbed(&plan, "[o\"pen <se&same>]"), "[***]");
    assert_string_equal(scrubbed(&plan, "[o\\\"pen \\u003cse\\u0026same\\u003e]"), "[***]");
    assert_string_equal(scrubbed(&plan, "[o&quot;pen &lt;se&amp;same&gt;]"), "[***]");
    assert_string_equal(scrubbed(&plan, "?q=o%22pen+%3Cse%26same%3E&x"), "?q=***&x");
    assert_string_equal(scrubbed(&plan, "?q=o%22pen%20%3Cse%26same%3E"), "?q=***");
    assert_string_equal(scrubbed(&plan, "code"), "code");
}

void test_secrets__passwords_of_options_and_addresses_are_meant(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *headers[] = {"X-Api-Key: k-123456", "Accept-Language: french", NULL};
    AuditPlan plan = {.arena = arena,
                      .site = "http://anna:gate-1@shop.example/",
                      .net = {.user = "anna:door-2",
                              .proxy = "http://p:proxy-3@127.0.0.1:3128",
                              .cookie = "sid=cookie-4; a=b",
                              .headers = headers}};
    assert_string_equal(scrubbed(&plan, "gate-1 door-2 proxy-3 cookie-4 k-123456 french"),
                        "*** *** *** *** *** french");
    assert_string_equal(scrubbed(&plan, "Basic YW5uYTpkb29yLTI="), "Basic ***");
}

void test_secrets__cookies_stay_when_they_are_to_be_kept(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AuditPlan plan = {
        .arena = arena, .keep_credentials = true, .net = {.cookie = "sid=cookie-4"}};
    text_list_add(arena, &plan.secrets, "k=secret-5");
    assert_string_equal(scrubbed(&plan, "cookie-4 secret-5"), "cookie-4 ***");
}

void test_secrets__what_stands_everywhere_is_none(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AuditPlan plan = {.arena = arena};
    text_list_add(arena, &plan.secrets, "k=a");
    text_list_add(arena, &plan.secrets, "empty=");
    assert_string_equal(scrubbed(&plan, "a banana"), "a banana");
}
