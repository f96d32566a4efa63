/* person_test.c - data of nobody.
 *
 * SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "unit.h"
#include "visit/person.h"

void test_person__writes_from_reserved_domains_only(void)
{
    static const char *const COUNTRIES[] = {"GB", "FR", "DE", "ES", "IT", "US", "BE", "xx"};
    for (size_t i = 0; i < 8; i++)
        assert_true(
            str_ends_with(str_of(person_of(COUNTRIES[i])->mail), STR("@example.com")));
}

void test_person__lives_in_the_country_asked_for(void)
{
    assert_string_equal(person_of("fr")->postal_code, "75001");
    assert_string_equal(person_of(NULL)->country, "GB");
}

void test_person__has_no_password_and_no_card(void)
{
    const Person *person = person_of("GB");
    assert_null(person_answer(person, FIELD_PASSWORD));
    assert_null(person_answer(person, FIELD_CARD));
    assert_null(person_answer(person, FIELD_HONEYPOT));
}
