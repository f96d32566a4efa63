/* person_test.c - data of nobody.
 *
 * SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "unit.h"
#include "visit/person.h"

void test_person__writes_from_reserved_domains_only(void)
{
    size_t count = 0;
    for (; person_at(count); count++)
        assert_true(str_ends_with(str_of(person_at(count)->mail), STR("@example.com")));
    assert_true(count >= 12);
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
