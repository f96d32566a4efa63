/* pages_test.c - every page is whole. Tests home.c, layout.c, parts.c, list.c, product.c,
 * data.c, content.c and consent.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "../visitor.h"
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
    Visitor visitor;
    visitor_open(&visitor, "");
    for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++) {
        visitor_get(&visitor, PAGES[i]);
        assert_int_equal(visitor.reply.status, 200);
        assert_string_equal(visitor.reply.type, "text/html; charset=utf-8");
        assert_ptr_equal(strstr(visitor.body, "<!DOCTYPE html>"), visitor.body);
        assert_int_equal(visitor_count(&visitor, "<h1"), 1);
        assert_int_equal(visitor_count(&visitor, "<main"), 1);
        assert_int_equal(visitor_count(&visitor, "<title>"), 1);
        assert_int_equal(visitor_count(&visitor, "rel=\"canonical\""), 1);
        assert_int_equal(visitor_count(&visitor, "hreflang=\"x-default\""), 1);
        assert_shows(&visitor, "</footer>\n</body>\n</html>\n");
        assert_shows(&visitor, "role=\"search\"");
        assert_hides(&visitor, "(null)");
        assert_hides(&visitor, "%s");
        assert_hides(&visitor, "](");
        assert_int_equal(visitor_count(&visitor, "<img "),
                         visitor_count(&visitor, " alt=\""));
        assert_non_null(visitor_header(&visitor, "Content-Security-Policy"));
        assert_non_null(visitor_header(&visitor, "X-Content-Type-Options"));
        assert_null(visitor.set_cookie);
    }
    visitor_close(&visitor);
}

void test_layout__titles_are_all_different(void)
{
    const char *titles[sizeof PAGES / sizeof PAGES[0]];
    Visitor visitor;
    visitor_open(&visitor, "");
    for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++) {
        const char *at = strstr(visitor_get(&visitor, PAGES[i]), "<title>") + 7;
        titles[i] =
            arena_str_text(visitor.arena, str_slice(str_of(at), 0, strcspn(at, "<")));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(titles[i], titles[k]);
    }
    visitor_close(&visitor);
}

/* Every address a page links to, as HTML writes it, answers 200 (or leads into the shop).
 */
static void links_follow(Visitor *visitor, const char *body)
{
    for (const char *at = body; (at = strstr(at, "=\"/")) != NULL; at++) {
        const char *target = at + 2;
        if (strncmp(at - 4, "href", 4) != 0 && strncmp(at - 3, "src", 3) != 0)
            continue;
        visitor_get(visitor,
                    arena_str_text(visitor->arena,
                                   str_slice(str_of(target), 0, strcspn(target, "\"#"))));
        if (visitor->reply.status != 200)
            fail_msg("'%.60s' answers %d", target, visitor->reply.status);
    }
}

void test_layout__no_link_is_dead(void)
{
    static const char *const starts[] = {"/fr/", "/en/", "/fr/p/theiere-brume", "/en/faq",
                                         "/fr/plan-du-site"};
    Visitor visitor;
    visitor_open(&visitor, "");
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        links_follow(&visitor, visitor_get(&visitor, starts[i]));
    visitor_close(&visitor);
}

void test_home__shows_categories_products_and_reasons(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/en/");
    assert_int_equal(visitor_count(&visitor, "<li class=\"card\">"), 12);
    assert_shows(&visitor, "Secure payment");
    assert_shows(&visitor, "© 2026 Grésil SAS");
    visitor_close(&visitor);
}

void test_parts__text_is_linked_only_where_it_says_so(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/retours");
    assert_shows(&visitor, "par <a href=\"/fr/contact\">message</a>, par");
    visitor_get(&visitor, "/fr/cgv");
    assert_shows(&visitor,
                 "href=\"https://www.mediation-metiers.example/\" rel=\"noopener\"");
    visitor_close(&visitor);
}

void test_list__sorts_and_filters(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/c/tout?sort=price-asc");
    assert_int_equal(visitor_count(&visitor, "<li class=\"card\">"), 24);
    assert_true(strstr(visitor.body, "Coupelle Galet") <
                strstr(visitor.body, "Amphore Groix"));
    visitor_get(&visitor, "/fr/c/tout?sort=price-desc&glaze=night");
    assert_shows(&visitor, "<p role=\"status\">4 produits</p>");
    visitor_get(&visitor, "/fr/c/vases?price=30");
    assert_shows(&visitor, "<p role=\"status\">1 produit</p>");
    visitor_get(&visitor, "/fr/c/vases?price=30&glaze=clay");
    assert_shows(&visitor, "Retirer les filtres");
    visitor_get(&visitor, "/fr/c/vases?sort=%3Cx%3E&price=nonsense&stock=yes");
    assert_int_equal(visitor.reply.status, 200);
    visitor_close(&visitor);
}

void test_list__an_unknown_category_is_missing(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/c/lumieres");
    assert_int_equal(visitor.reply.status, 404);
    visitor_restart(&visitor, "empty-category");
    visitor_get(&visitor, "/fr/c/lumieres");
    assert_int_equal(visitor.reply.status, 200);
    assert_hides(&visitor, "class=\"card\"");
    visitor_close(&visitor);
}

void test_product__says_what_a_buyer_asks(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/p/mug-noroit");
    assert_shows(&visitor, "<h1>Mug Noroît</h1>");
    assert_shows(&visitor, "TTC");
    assert_shows(&visitor, "En stock");
    assert_shows(&visitor, "Livraison 4,90\u00a0€");
    /* 21 November 2026 is a Saturday: three to five working days are Wednesday to Friday */
    assert_shows(&visitor, "entre le mercredi 25 novembre et le vendredi 27 novembre");
    assert_shows(&visitor, "Retours gratuits sous 30 jours");
    assert_shows(&visitor, "<option value=\"3\" disabled>Ocre (épuisé)</option>");
    assert_int_equal(visitor_count(&visitor, "<article class=\"review\">"), 5);
    visitor_get(&visitor, "/fr/p/vase-coupe-hoedic");
    assert_shows(&visitor, "Épuisé");
    assert_shows(&visitor, "Me prévenir du retour en stock");
    assert_hides(&visitor, "Ajouter au panier");
    visitor_close(&visitor);
}

void test_product__flaws_of_returns_leave_no_word_of_them(void)
{
    Visitor visitor;
    visitor_open(&visitor, "no-returns-near-product");
    visitor_get(&visitor, "/fr/p/mug-noroit");
    const char *main = strstr(visitor.body, "<main");
    /* the footer keeps its link */
    assert_true(strstr(main, "Retour") > strstr(main, "</main>"));
    visitor_close(&visitor);
}

/* The first block of structured data of a type. */
static const Json *data_of(Visitor *visitor, const char *type)
{
    static const char begin[] = "<script type=\"application/ld+json\">";
    for (const char *at = visitor->body; (at = strstr(at, begin)); at++) {
        const char *text = at + sizeof begin - 1;
        JsonFile file;
        Error err = {0};
        if (!json_parse(visitor->arena, "data",
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
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/p/mug-noroit");
    const Json *product = data_of(&visitor, "Product");
    assert_string_equal(json_text(json_get(product, "name"), ""), "Mug Noroît");
    assert_string_equal(json_text(json_at(product, "offers.price"), ""), "24.00");
    assert_string_equal(json_text(json_at(product, "offers.priceCurrency"), ""), "EUR");
    assert_string_equal(json_text(json_at(product, "offers.availability"), ""),
                        "https://schema.org/InStock");
    assert_int_equal(json_count(json_get(product, "image")), 3);
    assert_string_equal(json_text(json_at(product, "aggregateRating.ratingValue"), ""),
                        "4.2");
    const Json *crumbs = data_of(&visitor, "BreadcrumbList");
    assert_int_equal(json_count(json_get(crumbs, "itemListElement")), 3);
    visitor_get(&visitor, "/fr/");
    assert_non_null(data_of(&visitor, "WebSite"));
    assert_non_null(json_get(data_of(&visitor, "OnlineStore"), "contactPoint"));
    visitor_close(&visitor);
}

void test_data__flaws_change_it(void)
{
    Visitor visitor;
    visitor_open(&visitor, "schema-price-wrong");
    visitor_get(&visitor, "/fr/p/mug-noroit");
    assert_string_equal(
        json_text(json_at(data_of(&visitor, "Product"), "offers.price"), ""), "9.00");
    visitor_restart(&visitor, "no-schema");
    visitor_get(&visitor, "/fr/p/mug-noroit");
    assert_null(data_of(&visitor, "Product"));
    visitor_close(&visitor);
}

void test_content__legal_pages_say_what_the_law_asks(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/cgv");
    assert_shows(&visitor, "14 jours");
    assert_shows(&visitor, "garantie légale de conformité");
    assert_shows(&visitor, "médiateur de la consommation");
    visitor_get(&visitor, "/fr/mentions-legales");
    assert_shows(&visitor, "SIREN 999 000 045");
    assert_shows(&visitor, "hébergé par");
    visitor_get(&visitor, "/fr/retours");
    assert_shows(&visitor, "Formulaire type de rétractation");
    visitor_restart(&visitor, "no-withdrawal-info,no-mediator,no-guarantee,wrong-siren");
    visitor_get(&visitor, "/fr/cgv");
    assert_hides(&visitor, "droit de rétractation");
    assert_hides(&visitor, "médiateur");
    assert_hides(&visitor, "garantie légale");
    visitor_get(&visitor, "/fr/mentions-legales");
    assert_hides(&visitor, "999 000 045");
    visitor_close(&visitor);
}

void test_content__lists_tables_and_folds_are_closed(void)
{
    static const char *const tags[][2] = {{"<ul>", "</ul>"},
                                          {"<table>", "</table>"},
                                          {"<details>", "</details>"},
                                          {"<tr>", "</tr>"}};
    Visitor visitor;
    visitor_open(&visitor, "");
    for (size_t i = 14; i < sizeof PAGES / sizeof PAGES[0]; i++) {
        visitor_get(&visitor, PAGES[i]);
        for (size_t k = 0; k < sizeof tags / sizeof tags[0]; k++)
            if (!strstr(PAGES[i], "/p/") && !strstr(PAGES[i], "/c/"))
                assert_int_equal(visitor_count(&visitor, tags[k][0]) +
                                     (k ? 0 : visitor_count(&visitor, "<ul class")),
                                 visitor_count(&visitor, tags[k][1]));
    }
    visitor_get(&visitor, "/fr/faq");
    assert_true(visitor_count(&visitor, "<summary>") >= 5);
    visitor_close(&visitor);
}

void test_consent__is_asked_once_and_refused_as_easily(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/c/vases?sort=name");
    assert_shows(&visitor, ">Tout accepter</button>");
    assert_shows(&visitor, ">Tout refuser</button>");
    assert_shows(&visitor, "name=\"back\" value=\"/fr/c/vases?sort=name\"");
    assert_int_equal(visitor_post(&visitor, "/fr/consentement",
                                  "choice=refuse&back=%2Ffr%2Fc%2Fvases%3Fsort%3Dname"),
                     303);
    assert_string_equal(visitor_header(&visitor, "Location"), "/fr/c/vases?sort=name");
    assert_int_equal(visitor.cookie_count, 1);
    visitor_get(&visitor, "/fr/");
    assert_hides(&visitor, "Tout refuser");
    visitor_post(&visitor, "/fr/consentement", "choice=accept&back=//evil.example");
    assert_string_equal(visitor_header(&visitor, "Location"), "/fr/");
    assert_int_equal(visitor.cookie_count, 2);
    visitor_get(&visitor, "/fr/cookies");
    assert_shows(&visitor, "Tout refuser");
    visitor_close(&visitor);
}

void test_consent__flaws_track_before_it(void)
{
    Visitor visitor;
    visitor_open(&visitor, "tracker-before-consent,refuse-hidden");
    visitor_get(&visitor, "/fr/");
    assert_int_equal(visitor.cookie_count, 2);
    assert_shows(&visitor, "Tout accepter");
    assert_hides(&visitor, "Tout refuser");
    visitor_post(&visitor, "/fr/consentement", "choice=refuse&back=/fr/");
    visitor_get(&visitor, "/fr/");
    assert_null(visitor.set_cookie);
    visitor_close(&visitor);
}
