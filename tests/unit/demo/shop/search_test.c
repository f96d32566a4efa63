/* search_test.c - what a search finds. Tests search.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "../guest.h"

/* Name of the first product found, or "". */
static const char *first_found(Guest *guest, const char *query)
{
    guest_get(guest, arena_printf(guest->arena, "/fr/recherche?q=%s", query));
    const char *at = strstr(guest->body, "<h2>");
    if (!strstr(guest->body, "<ul class=\"cards\">\n<li") || !at)
        return "";
    return arena_str_text(guest->arena, str_slice(str_of(at + 4), 0, strcspn(at + 4, "<")));
}

void test_search__an_exact_name_comes_first(void)
{
    Guest guest;
    guest_open(&guest, "");
    assert_string_equal(first_found(&guest, "Mug+Noro%C3%AEt"), "Mug Noroît");
    assert_string_equal(first_found(&guest, "Vase+boule+Mol%C3%A8ne"), "Vase boule Molène");
    assert_string_equal(
        first_found(&guest, "Tasse+%C3%A0+th%C3%A9+Aliz%C3%A9+et+sa+soucoupe"),
        "Tasse à thé Alizé et sa soucoupe");
    guest_restart(&guest, "search-exact-fails");
    assert_string_not_equal(first_found(&guest, "Mug+Noro%C3%AEt"), "Mug Noroît");
    guest_close(&guest);
}

void test_search__forgives_accents_and_capitals(void)
{
    Guest guest;
    guest_open(&guest, "");
    assert_string_equal(first_found(&guest, "THEIERE+brume"), "Théière Brume");
    assert_string_equal(first_found(&guest, "h%C3%96edic"), "Vase coupe Hoëdic");
    guest_restart(&guest, "search-accents-fail");
    assert_string_equal(first_found(&guest, "theiere"), "");
    assert_string_equal(first_found(&guest, "th%C3%A9i%C3%A8re+brume"), "Théière Brume");
    guest_close(&guest);
}

void test_search__forgives_one_letter(void)
{
    static const char *const queries[] = {"saladirr", "saldier", "salladier", "asladier"};
    Guest guest;
    guest_open(&guest, "");
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        assert_string_equal(first_found(&guest, queries[i]), "Saladier Ressac");
    assert_string_equal(first_found(&guest, "sladdier"), "");
    guest_restart(&guest, "search-typo-fails");
    assert_string_equal(first_found(&guest, "saladirr"), "");
    guest_close(&guest);
}

void test_search__finds_by_category_reference_and_plural(void)
{
    Guest guest;
    guest_open(&guest, "");
    first_found(&guest, "Vases");
    assert_true(guest_count(&guest, "<li class=\"card\">") >= 6);
    assert_string_equal(first_found(&guest, "GR-TH-03"), "Pichet Averse");
    assert_string_equal(first_found(&guest, "soliflores"), "Soliflore Sein");
    guest_close(&guest);
}

void test_search__nonsense_is_told_honestly_with_ways_on(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/recherche?q=zzqxjk");
    assert_int_equal(guest.reply.status, 200);
    assert_shows(&guest, "Aucun résultat pour « zzqxjk »");
    assert_hides(&guest, "class=\"card\"");
    assert_shows(&guest,
                 "<a href=\"/fr/c/vases\">Vases</a></li>\n<li><a href=\"/fr/c/tasses");
    assert_shows(&guest, "Suggestions");
    guest_restart(&guest, "search-nonsense-blank");
    guest_get(&guest, "/fr/recherche?q=zzqxjk");
    assert_hides(&guest, "Aucun");
    guest_close(&guest);
}

void test_search__repeats_the_query_harmlessly(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/recherche?q=l%27%C3%A9t%C3%A9+%2250%25%22+%3Cb%3E");
    assert_shows(&guest, "value=\"l&#39;été &quot;50%&quot; &lt;b&gt;\"");
    assert_shows(&guest, "<h1>Résultats pour « l&#39;été &quot;50%&quot; &lt;b&gt; »</h1>");
    assert_hides(&guest, "<b>");
    guest_restart(&guest, "search-loses-query");
    guest_get(&guest, "/fr/recherche?q=vase");
    assert_shows(&guest, "<h1>Recherche</h1>");
    guest_close(&guest);
}

void test_search__words_of_service_lead_to_help(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/recherche?q=retours");
    assert_shows(&guest, "<a href=\"/fr/retours\">Retours et remboursements</a></p></div>");
    guest_get(&guest, "/en/search?q=Delivery");
    assert_shows(&guest, "<a href=\"/en/delivery\">Delivery</a></p></div>");
    guest_close(&guest);
}

void test_search__an_empty_or_endless_query_is_no_error(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/recherche?q=");
    assert_int_equal(guest.reply.status, 200);
    guest_get(&guest, "/fr/recherche");
    assert_int_equal(guest.reply.status, 200);
    Buf target = {0};
    buf_init(&target, 1 << 16);
    buf_add_text(&target, "/fr/recherche?q=");
    for (int i = 0; i < 10000; i++)
        buf_add_text(&target, i % 7 ? "a" : "+");
    guest_get(&guest, buf_text(&target));
    assert_int_equal(guest.reply.status, 200);
    buf_release(&target);
    guest_close(&guest);
}
