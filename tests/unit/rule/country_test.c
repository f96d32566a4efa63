/* country_test.c - which countries a shop addresses. SPDX-License-Identifier: MIT */
#include <string.h>

#include "rule/country.h"
#include "unit.h"

static bool has(const char *const *list, const char *country)
{
    for (; *list; list++)
        if (!strcmp(*list, country))
            return true;
    return false;
}

void test_country__language_and_currency_point_at_one(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CountrySigns signs = {.host = "shop.example.com"};
    const char *const *found;
    country_signs_add(&signs, "fr", STR("49,00 €"));
    found = countries_guess(arena, &signs);
    assert_true(has(found, "FR"));
    assert_true(has(found, "EU"));
    assert_false(has(found, "DE"));
}

void test_country__an_english_shop_in_euros_addresses_the_union_alone(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CountrySigns signs = {.host = "127.0.0.1"};
    const char *const *found;
    country_signs_add(&signs, "en", STR("€49.00"));
    found = countries_guess(arena, &signs);
    assert_true(has(found, "EU"));
    assert_null(found[1]);
}

void test_country__domain_and_region_are_signs(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CountrySigns signs = {.host = "www.shop.co.uk"}, other = {.host = "shop.io"};
    country_signs_add(&signs, "en", STR("x"));
    assert_true(has(countries_guess(arena, &signs), "GB"));
    country_signs_add(&other, "fr-BE", STR("x"));
    assert_true(has(countries_guess(arena, &other), "BE"));
    assert_false(has(countries_guess(arena, &other), "IO"));
}

void test_country__a_registration_number_names_the_seller_s_country(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CountrySigns signs = {.host = "shop.example.com"};
    country_signs_add(&signs, "en", STR("Company number: SIRET 732 829 320 00074"));
    assert_true(has(countries_guess(arena, &signs), "FR"));
}

void test_country__the_union_holds_its_members(void)
{
    const char *const everywhere[] = {NULL}, *const union_rule[] = {"EU", NULL},
                      *const french[] = {"FR", NULL}, *const us[] = {"US", NULL},
                      *const eu[] = {"EU", NULL};
    assert_true(country_applies(everywhere, us));
    assert_true(country_applies(union_rule, french));
    assert_false(country_applies(french, eu));
    assert_false(country_applies(union_rule, us));
}
