/* verify_test.c - proofs of numbers and years. SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "rule/verify.h"
#include "unit.h"

void test_verify__luhn_tells_a_true_siren_from_a_false_one(void)
{
    Verifier *luhn = verifier_of("luhn");
    assert_true(luhn(NULL, STR("732 829 320")));
    assert_false(luhn(NULL, STR("732 829 321")));
    assert_true(luhn(NULL, STR("732 829 320 00074")));
    /* La Poste: digits add up to a multiple of five. */
    assert_true(luhn(NULL, STR("356 000 000 00048")));
}

void test_verify__a_french_vat_number_has_the_key_of_its_siren(void)
{
    Verifier *vat = verifier_of("french-vat");
    assert_true(vat(NULL, STR("FR 44 732 829 320")));
    assert_false(vat(NULL, STR("FR 45 732 829 320")));
}

void test_verify__a_year_is_recent_by_the_clock_of_the_visit(void)
{
    Verifier *recent = verifier_of("recent-year");
    Page page = {0};
    Subject subject = {.page = &page};
    assert_true(clock_parse_iso8601("2026-11-19T09:00:00Z", &page.started_us));
    assert_true(recent(&subject, STR("2026")));
    assert_true(recent(&subject, STR("2025")));
    assert_false(recent(&subject, STR("2024")));
}

void test_verify__unknown_names_have_no_verifier(void)
{
    assert_null(verifier_of("lhun"));
}
