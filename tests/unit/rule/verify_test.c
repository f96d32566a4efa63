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

void test_verify__a_date_in_words_or_figures_has_passed_or_not(void)
{
    static const char *const past[] = {"31 décembre 2025",
                                       "December 31, 2025",
                                       "31. Dezember 2025",
                                       "31/12/2025",
                                       "12/31/2025",
                                       "2025-12-31",
                                       "31 de diciembre de 2025",
                                       "1er juin 2026"};
    static const char *const ahead[] = {
        "31 décembre 2026", "December 31, 2026", "31.12.2026", "2026-12-31",
        "19 November 2026", "18 November 2026",  "10/12/2026", "soon",
        "99/99/2020",       "31 December"};
    Verifier *verify = verifier_of("date-ahead");
    Page page = {0};
    Subject subject = {.page = &page};
    assert_true(clock_parse_iso8601("2026-11-19T09:00:00Z", &page.started_us));
    for (size_t i = 0; i < COUNT_OF(past); i++)
        if (verify(&subject, str_of(past[i])))
            fail_msg("'%s' counts as ahead", past[i]);
    for (size_t i = 0; i < COUNT_OF(ahead); i++)
        if (!verify(&subject, str_of(ahead[i])))
            fail_msg("'%s' counts as past", ahead[i]);
}

void test_verify__unknown_names_have_no_verifier(void)
{
    assert_null(verifier_of("lhun"));
}
