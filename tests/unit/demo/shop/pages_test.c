/* pages_test.c - every page is whole. Tests home.c, layout.c, parts.c, list.c, product.c,
 * data.c, content.c and consent.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "../guest.h"
#include "base/json.h"

static const char *const PAGES[] = {"/fr/",
                                    "/fr/c/vases",
                                    "/fr/c/tout",
                                    "/fr/p/mug-noroit",
                                    "/fr/p/vase-coupe-hoedic",
                                    "/fr/recherche?q=vase",
                                    "/fr/panier",
                                    "/fr/compte",
                                    "/fr/compte/creer",
                                    "/fr/compte/mot-de-passe",
                                    "/fr/contact",
                                    "/fr/lettre",
                                    "/fr/suivi-de-commande",
                                    "/fr/retractation",
                                    "/fr/livraison",
                                    "/fr/retours",
                                    "/fr/faq",
                                    "/fr/a-propos",
                                    "/fr/cgv",
                                    "/fr/mentions-legales",
                                    "/fr/confidentialite",
                                    "/fr/cookies",
                                    "/fr/accessibilite",
                                    "/fr/avis",
                                    "/fr/plan-du-site",
                                    "/en/",
                                    "/en/c/teapots-and-jugs",
                                    "/en/p/brume-teapot",
                                    "/en/terms",
                                    "/en/faq",
                                    "/en/privacy"};

void test_layout__every_page_has_what_pages_need(void)
{
    Guest guest;
    guest_open(&guest, "");
    for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++) {
        guest_get(&guest, PAGES[i]);
        assert_int_equal(guest.reply.status, 200);
        assert_string_equal(guest.reply.type, "text/html; charset=utf-8");
        assert_ptr_equal(strstr(guest.body, "<!DOCTYPE html>"), guest.body);
        assert_int_equal(guest_count(&guest, "<h1"), 1);
        assert_int_equal(guest_count(&guest, "<main"), 1);
        assert_int_equal(guest_count(&guest, "<title>"), 1);
        assert_int_equal(guest_count(&guest, "rel=\"canonical\""), 1);
        assert_int_equal(guest_count(&guest, "hreflang=\"x-default\""), 1);
        assert_shows(&guest, "</footer>\n</body>\n</html>\n");
        assert_shows(&guest, "role=\"search\"");
        assert_hides(&guest, "(null)");
        assert_hides(&guest, "%s");
        assert_hides(&guest, "](");
        assert_int_equal(guest_count(&guest, "<img "), guest_count(&guest, " alt=\""));
        assert_non_null(guest_header(&guest, "Content-Security-Policy"));
        assert_non_null(guest_header(&guest, "X-Content-Type-Options"));
        assert_null(guest.set_cookie);
    }
    guest_close(&guest);
}

void test_layout__titles_are_all_different(void)
{
    const char *titles[sizeof PAGES / sizeof PAGES[0]];
    Guest guest;
    guest_open(&guest, "");
    for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++) {
        const char *at = strstr(guest_get(&guest, PAGES[i]), "<title>") + 7;
        titles[i] = arena_str_text(guest.arena, str_slice(str_of(at), 0, strcspn(at, "<")));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(titles[i], titles[k]);
    }
    guest_close(&guest);
}

/* Every address a page links to, as HTML writes it, answers 200 (or leads into the shop).
 */
static void links_follow(Guest *guest, const char *body)
{
    for (const char *at = body; (at = strstr(at, "=\"/")) != NULL; at++) {
        const char *target = at + 2;
        if (strncmp(at - 4, "href", 4) != 0 && strncmp(at - 3, "src", 3) != 0)
            continue;
        guest_get(guest, arena_str_text(guest->arena, str_slice(str_of(target), 0,
                                                                strcspn(target, "\"#"))));
        if (guest->reply.status != 200)
            fail_msg("'%.60s' answers %d", target, guest->reply.status);
    }
}

void test_layout__no_link_is_dead(void)
{
    static const char *const starts[] = {"/fr/", "/en/", "/fr/p/theiere-brume", "/en/faq",
                                         "/fr/plan-du-site"};
    Guest guest;
    guest_open(&guest, "");
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        links_follow(&guest, guest_get(&guest, starts[i]));
    guest_close(&guest);
}

void test_home__shows_categories_products_and_reasons(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/en/");
    assert_int_equal(guest_count(&guest, "<li class=\"card\">"), 12);
    assert_shows(&guest, "Secure payment");
    assert_shows(&guest, "© 2026 Grésil SAS");
    guest_close(&guest);
}

void test_parts__text_is_linked_only_where_it_says_so(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/retours");
    assert_shows(&guest, "par <a href=\"/fr/contact\">message</a>, par");
    guest_get(&guest, "/fr/cgv");
    assert_shows(&guest,
                 "href=\"https://www.mediation-metiers.example/\" rel=\"noopener\"");
    guest_close(&guest);
}

void test_list__sorts_and_filters(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/c/tout?sort=price-asc");
    assert_int_equal(guest_count(&guest, "<li class=\"card\">"), 24);
    assert_true(strstr(guest.body, "Coupelle Galet") < strstr(guest.body, "Amphore Groix"));
    guest_get(&guest, "/fr/c/tout?sort=price-desc&glaze=night");
    assert_shows(&guest, "<p role=\"status\">4 produits</p>");
    guest_get(&guest, "/fr/c/vases?price=30");
    assert_shows(&guest, "<p role=\"status\">1 produit</p>");
    guest_get(&guest, "/fr/c/vases?price=30&glaze=clay");
    assert_shows(&guest, "Retirer les filtres");
    guest_get(&guest, "/fr/c/vases?sort=%3Cx%3E&price=nonsense&stock=yes");
    assert_int_equal(guest.reply.status, 200);
    guest_close(&guest);
}

void test_list__an_unknown_category_is_missing(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/c/lumieres");
    assert_int_equal(guest.reply.status, 404);
    guest_restart(&guest, "empty-category");
    guest_get(&guest, "/fr/c/lumieres");
    assert_int_equal(guest.reply.status, 200);
    assert_hides(&guest, "class=\"card\"");
    guest_close(&guest);
}

void test_product__says_what_a_buyer_asks(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/p/mug-noroit");
    assert_shows(&guest, "<h1>Mug Noroît</h1>");
    assert_shows(&guest, "TTC");
    assert_shows(&guest, "En stock");
    assert_shows(&guest, "Livraison 4,90\u00a0€");
    /* 21 November 2026 is a Saturday: three to five working days are Wednesday to Friday */
    assert_shows(&guest, "entre le mercredi 25 novembre et le vendredi 27 novembre");
    assert_shows(&guest, "Retours gratuits sous 30 jours");
    assert_shows(&guest, "<option value=\"3\" disabled>Ocre (épuisé)</option>");
    assert_int_equal(guest_count(&guest, "<article class=\"review\">"), 5);
    guest_get(&guest, "/fr/p/vase-coupe-hoedic");
    assert_shows(&guest, "Épuisé");
    assert_shows(&guest, "Me prévenir du retour en stock");
    assert_hides(&guest, "Ajouter au panier");
    guest_close(&guest);
}

void test_product__flaws_of_returns_leave_no_word_of_them(void)
{
    Guest guest;
    guest_open(&guest, "no-returns-near-product");
    guest_get(&guest, "/fr/p/mug-noroit");
    const char *main = strstr(guest.body, "<main");
    /* the footer keeps its link */
    assert_true(strstr(main, "Retour") > strstr(main, "</main>"));
    guest_close(&guest);
}

/* The first block of structured data of a type. */
static const Json *data_of(Guest *guest, const char *type)
{
    static const char begin[] = "<script type=\"application/ld+json\">";
    for (const char *at = guest->body; (at = strstr(at, begin)); at++) {
        const char *text = at + sizeof begin - 1;
        JsonFile file;
        Error err = {0};
        if (!json_parse(guest->arena, "data",
                        str_from(text, (size_t)(strstr(text, "</script>") - text)), &file,
                        &err))
            fail_msg("%s: %s", err.where, err.what);
        if (!strcmp(json_text(json_get(file.root, "@type"), ""), type))
            return file.root;
    }
    return NULL;
}

void test_data__a_product_is_described_for_machines(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/p/mug-noroit");
    const Json *product = data_of(&guest, "Product");
    assert_string_equal(json_text(json_get(product, "name"), ""), "Mug Noroît");
    assert_string_equal(json_text(json_at(product, "offers.price"), ""), "24.00");
    assert_string_equal(json_text(json_at(product, "offers.priceCurrency"), ""), "EUR");
    assert_string_equal(json_text(json_at(product, "offers.availability"), ""),
                        "https://schema.org/InStock");
    assert_int_equal(json_count(json_get(product, "image")), 3);
    assert_string_equal(json_text(json_at(product, "aggregateRating.ratingValue"), ""),
                        "4.2");
    const Json *crumbs = data_of(&guest, "BreadcrumbList");
    assert_int_equal(json_count(json_get(crumbs, "itemListElement")), 3);
    guest_get(&guest, "/fr/");
    assert_non_null(data_of(&guest, "WebSite"));
    assert_non_null(json_get(data_of(&guest, "OnlineStore"), "contactPoint"));
    guest_close(&guest);
}

void test_data__flaws_change_it(void)
{
    Guest guest;
    guest_open(&guest, "schema-price-wrong");
    guest_get(&guest, "/fr/p/mug-noroit");
    assert_string_equal(json_text(json_at(data_of(&guest, "Product"), "offers.price"), ""),
                        "9.00");
    guest_restart(&guest, "no-schema");
    guest_get(&guest, "/fr/p/mug-noroit");
    assert_null(data_of(&guest, "Product"));
    guest_close(&guest);
}

void test_content__legal_pages_say_what_the_law_asks(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/cgv");
    assert_shows(&guest, "14 jours");
    assert_shows(&guest, "garantie légale de conformité");
    assert_shows(&guest, "médiateur de la consommation");
    guest_get(&guest, "/fr/mentions-legales");
    assert_shows(&guest, "SIREN 999 000 045");
    assert_shows(&guest, "hébergé par");
    guest_get(&guest, "/fr/retours");
    assert_shows(&guest, "Formulaire type de rétractation");
    guest_restart(&guest, "no-withdrawal-info,no-mediator,no-guarantee,wrong-siren");
    guest_get(&guest, "/fr/cgv");
    assert_hides(&guest, "droit de rétractation");
    assert_hides(&guest, "médiateur");
    assert_hides(&guest, "garantie légale");
    guest_get(&guest, "/fr/mentions-legales");
    assert_hides(&guest, "999 000 045");
    guest_close(&guest);
}

void test_content__lists_tables_and_folds_are_closed(void)
{
    static const char *const tags[][2] = {{"<ul>", "</ul>"},
                                          {"<table>", "</table>"},
                                          {"<details>", "</details>"},
                                          {"<tr>", "</tr>"}};
    Guest guest;
    guest_open(&guest, "");
    for (size_t i = 14; i < sizeof PAGES / sizeof PAGES[0]; i++) {
        guest_get(&guest, PAGES[i]);
        for (size_t k = 0; k < sizeof tags / sizeof tags[0]; k++)
            if (!strstr(PAGES[i], "/p/") && !strstr(PAGES[i], "/c/"))
                assert_int_equal(guest_count(&guest, tags[k][0]) +
                                     (k ? 0 : guest_count(&guest, "<ul class")),
                                 guest_count(&guest, tags[k][1]));
    }
    guest_get(&guest, "/fr/faq");
    assert_true(guest_count(&guest, "<summary>") >= 5);
    guest_close(&guest);
}

void test_consent__is_asked_once_and_refused_as_easily(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/c/vases?sort=name");
    assert_shows(&guest, ">Tout accepter</button>");
    assert_shows(&guest, ">Tout refuser</button>");
    assert_shows(&guest, "name=\"back\" value=\"/fr/c/vases?sort=name\"");
    assert_int_equal(guest_post(&guest, "/fr/consentement",
                                "choice=refuse&back=%2Ffr%2Fc%2Fvases%3Fsort%3Dname"),
                     303);
    assert_string_equal(guest_header(&guest, "Location"), "/fr/c/vases?sort=name");
    assert_int_equal(guest.cookie_count, 1);
    guest_get(&guest, "/fr/");
    assert_hides(&guest, "Tout refuser");
    guest_post(&guest, "/fr/consentement", "choice=accept&back=//evil.example");
    assert_string_equal(guest_header(&guest, "Location"), "/fr/");
    assert_int_equal(guest.cookie_count, 2);
    guest_get(&guest, "/fr/cookies");
    assert_shows(&guest, "Tout refuser");
    guest_close(&guest);
}

void test_consent__flaws_track_before_it(void)
{
    Guest guest;
    guest_open(&guest, "tracker-before-consent,refuse-hidden");
    guest_get(&guest, "/fr/");
    assert_int_equal(guest.cookie_count, 2);
    assert_shows(&guest, "Tout accepter");
    assert_hides(&guest, "Tout refuser");
    guest_post(&guest, "/fr/consentement", "choice=refuse&back=/fr/");
    guest_get(&guest, "/fr/");
    assert_null(guest.set_cookie);
    guest_close(&guest);
}
