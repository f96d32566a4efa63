/* steps_help_test.c - finding help.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"

void test_steps_help__finds_all_in_one_click(void)
{
    static const char *const FACTS[] = {"help.contact_clicks", "help.delivery_clicks",
                                        "help.returns_clicks", "help.terms_clicks",
                                        "help.legal_clicks",   "help.privacy_clicks"};
    for (int shape = 0; shape < 2; shape++) {
        FakeVisit *fake = fake_visit(shape ? SHOP_FRENCH : SHOP_PLAIN, "get-help");
        fake_walk(fake);
        assert_int_equal(fake->visit->outcome, VISIT_COMPLETED);
        for (size_t i = 0; i < 6; i++)
            if (fake_number(fake, FACTS[i]) != 1)
                fail_msg("%s: %g", FACTS[i], fake_number(fake, FACTS[i]));
        fake_release(fake);
    }
}

void test_steps_help__counts_the_ways_to_reach_the_shop(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "get-help");
    fake_walk(fake);
    assert_true(fake_number(fake, "help.contact_means") == 3);
    assert_true(fake_truth(fake, "help.response_delay_shown"));
    fake_release(fake);
}

void test_steps_help__says_that_it_looked_in_vain(void)
{
    FakeVisit *fake = fake_visit(SHOP_NO_HELP, "get-help");
    fake_walk(fake);
    assert_int_equal(fake_step(fake, STEP_KIND_FIND_CONTACT)->outcome, OUTCOME_NOT_FOUND);
    assert_true(fake_is_absent(fake, "help.contact_clicks"));
    assert_int_equal(fake->visit->outcome, VISIT_COMPLETED);
    fake_release(fake);
}

static FakeAnswer american(FakeShop *shop, Arena *arena, const char *method,
                           const char *path, const char *body)
{
    (void)method;
    (void)body;
    if (strcmp(path, "/help/contact") != 0)
        return (FakeAnswer){0};
    return fake_page(fake_frame(
        shop, arena, "Contact us",
        "<h1>Contact us</h1><p>Write to help@shop.example or call (123) 456-7890. Ref. "
        "(2024) 12</p>"));
}

void test_steps_help__knows_american_telephone_numbers(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "get-help");
    fake->shop.hook = american;
    fake_walk(fake);
    assert_true(fake_number(fake, "help.contact_means") == 2);
    fake_release(fake);
}
