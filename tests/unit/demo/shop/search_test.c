/* search_test.c - what a search finds. Tests search.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "../visitor.h"

/* Name of the first product found, or "". */
static const char *first_found(Visitor *visitor, const char *query)
{
    visitor_get(visitor, arena_printf(visitor->arena, "/fr/recherche?q=%s", query));
    const char *at = strstr(visitor->body, "<h2>");
    if (!strstr(visitor->body, "<ul class=\"cards\">\n<li") || !at)
        return "";
    return arena_str_text(visitor->arena,
                          str_slice(str_of(at + 4), 0, strcspn(at + 4, "<")));
}

void test_search__an_exact_name_comes_first(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    assert_string_equal(first_found(&visitor, "Mug+Noro%C3%AEt"), "Mug Noroît");
    assert_string_equal(first_found(&visitor, "Vase+boule+Mol%C3%A8ne"),
                        "Vase boule Molène");
    assert_string_equal(
        first_found(&visitor, "Tasse+%C3%A0+th%C3%A9+Aliz%C3%A9+et+sa+soucoupe"),
        "Tasse à thé Alizé et sa soucoupe");
    visitor_restart(&visitor, "search-exact-fails");
    assert_string_not_equal(first_found(&visitor, "Mug+Noro%C3%AEt"), "Mug Noroît");
    visitor_close(&visitor);
}

void test_search__forgives_accents_and_capitals(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    assert_string_equal(first_found(&visitor, "THEIERE+brume"), "Théière Brume");
    assert_string_equal(first_found(&visitor, "h%C3%96edic"), "Vase coupe Hoëdic");
    visitor_restart(&visitor, "search-accents-fail");
    assert_string_equal(first_found(&visitor, "theiere"), "");
    assert_string_equal(first_found(&visitor, "th%C3%A9i%C3%A8re+brume"), "Théière Brume");
    visitor_close(&visitor);
}

void test_search__forgives_one_letter(void)
{
    static const char *const queries[] = {"saladirr", "saldier", "salladier", "asladier"};
    Visitor visitor;
    visitor_open(&visitor, "");
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        assert_string_equal(first_found(&visitor, queries[i]), "Saladier Ressac");
    assert_string_equal(first_found(&visitor, "sladdier"), "");
    visitor_restart(&visitor, "search-typo-fails");
    assert_string_equal(first_found(&visitor, "saladirr"), "");
    visitor_close(&visitor);
}

void test_search__finds_by_category_reference_and_plural(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    first_found(&visitor, "Vases");
    assert_true(visitor_count(&visitor, "<li class=\"card\">") >= 6);
    assert_string_equal(first_found(&visitor, "GR-TH-03"), "Pichet Averse");
    assert_string_equal(first_found(&visitor, "soliflores"), "Soliflore Sein");
    visitor_close(&visitor);
}

void test_search__nonsense_is_told_honestly_with_ways_on(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/recherche?q=zzqxjk");
    assert_int_equal(visitor.reply.status, 200);
    assert_shows(&visitor, "Aucun résultat pour « zzqxjk »");
    assert_hides(&visitor, "class=\"card\"");
    assert_shows(&visitor,
                 "<a href=\"/fr/c/vases\">Vases</a></li>\n<li><a href=\"/fr/c/tasses");
    assert_shows(&visitor, "Suggestions");
    visitor_restart(&visitor, "search-nonsense-blank");
    visitor_get(&visitor, "/fr/recherche?q=zzqxjk");
    assert_hides(&visitor, "Aucun");
    visitor_close(&visitor);
}

void test_search__repeats_the_query_harmlessly(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/recherche?q=l%27%C3%A9t%C3%A9+%2250%25%22+%3Cb%3E");
    assert_shows(&visitor, "value=\"l&#39;été &quot;50%&quot; &lt;b&gt;\"");
    assert_shows(&visitor,
                 "<h1>Résultats pour « l&#39;été &quot;50%&quot; &lt;b&gt; »</h1>");
    assert_hides(&visitor, "<b>");
    visitor_restart(&visitor, "search-loses-query");
    visitor_get(&visitor, "/fr/recherche?q=vase");
    assert_shows(&visitor, "<h1>Recherche</h1>");
    visitor_close(&visitor);
}

void test_search__words_of_service_lead_to_help(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/recherche?q=retours");
    assert_shows(&visitor,
                 "<a href=\"/fr/retours\">Retours et remboursements</a></p></div>");
    visitor_get(&visitor, "/en/search?q=Delivery");
    assert_shows(&visitor, "<a href=\"/en/delivery\">Delivery</a></p></div>");
    visitor_close(&visitor);
}

void test_search__an_empty_or_endless_query_is_no_error(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/recherche?q=");
    assert_int_equal(visitor.reply.status, 200);
    visitor_get(&visitor, "/fr/recherche");
    assert_int_equal(visitor.reply.status, 200);
    Buf target = {0};
    buf_init(&target, 1 << 16);
    buf_add_text(&target, "/fr/recherche?q=");
    for (int i = 0; i < 10000; i++)
        buf_add_text(&target, i % 7 ? "a" : "+");
    visitor_get(&visitor, buf_text(&target));
    assert_int_equal(visitor.reply.status, 200);
    buf_release(&target);
    visitor_close(&visitor);
}
