/* site_test.c - addresses, languages, headers and what machines ask for. Tests site.c,
 * shop.c and view.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "../visitor.h"

void test_shop__the_root_leads_to_the_visitors_language(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/");
    assert_int_equal(visitor.reply.status, 302);
    assert_string_equal(visitor_header(&visitor, "Location"), "/fr/");
    visitor.language = "en-GB,en;q=0.9";
    visitor_get(&visitor, "/");
    assert_string_equal(visitor_header(&visitor, "Location"), "/en/");
    visitor_get(&visitor, "/fr");
    assert_int_equal(visitor.reply.status, 301);
    visitor_close(&visitor);
}

void test_shop__a_missing_address_is_404_with_help(void)
{
    static const char *const missing[] = {
        "/fr/nowhere",      "/fr/p/",     "/fr/p/none",
        "/fr/c/none",       "/xx/",       "/nothing.php",
        "/fr/c/vases/",     "/img/x.svg", "/fr/../../etc/passwd",
        "/assets/style.css"};
    Visitor visitor;
    visitor_open(&visitor, "");
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        visitor_get(&visitor, missing[i]);
        assert_int_equal(visitor.reply.status, 404);
        assert_shows(&visitor, "<h1>Page introuvable</h1>");
        assert_shows(&visitor, "role=\"search\"");
        assert_shows(&visitor, "href=\"/fr/c/vases\"");
    }
    assert_int_equal(visitor_post(&visitor, "/nowhere", "a=b"), 404);
    visitor_close(&visitor);
}

void test_shop__headers_protect(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/");
    assert_string_equal(visitor_header(&visitor, "X-Frame-Options"), "DENY");
    assert_string_equal(visitor_header(&visitor, "Referrer-Policy"),
                        "strict-origin-when-cross-origin");
    assert_null(
        strstr(visitor_header(&visitor, "Content-Security-Policy"), "unsafe-inline"));
    visitor_restart(&visitor, "no-csp,framable,leaky-referrer,no-nosniff");
    visitor_get(&visitor, "/fr/");
    assert_null(visitor_header(&visitor, "Content-Security-Policy"));
    assert_null(visitor_header(&visitor, "X-Frame-Options"));
    assert_null(visitor_header(&visitor, "X-Content-Type-Options"));
    assert_string_equal(visitor_header(&visitor, "Referrer-Policy"), "unsafe-url");
    visitor_close(&visitor);
}

void test_shop__an_action_asked_for_by_get_harms_nothing(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/panier/ajouter?sku=GR-TA-01&quantity=1");
    assert_int_equal(visitor.reply.status, 303);
    visitor_get(&visitor, "/fr/commande/confirmer");
    visitor_get(&visitor, "/_demo/state");
    assert_shows(&visitor, "\"orders\": 0");
    assert_shows(&visitor, "\"carts\": 0");
    visitor_close(&visitor);
}

void test_shop__a_refused_body_is_413(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    Request request = {.arena = visitor.arena,
                       .is_post = true,
                       .is_body_refused = true,
                       .path = "/fr/contact",
                       .target = "/fr/contact",
                       .origin = "http://shop.test",
                       .cookie = "",
                       .accept_language = "",
                       .if_none_match = ""};
    shop_answer(visitor.shop, &request, &visitor.reply);
    assert_int_equal(visitor.reply.status, 413);
    request.is_other_method = true;
    visitor.reply.header_count = 0;
    shop_answer(visitor.shop, &request, &visitor.reply);
    assert_int_equal(visitor.reply.status, 405);
    visitor_close(&visitor);
}

void test_site__robots_and_sitemap_agree(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/robots.txt");
    assert_string_equal(visitor.reply.type, "text/plain; charset=utf-8");
    assert_shows(&visitor, "Disallow: /fr/panier\n");
    assert_shows(&visitor, "Sitemap: http://shop.test/sitemap.xml\n");
    const char *sitemap = visitor_get(&visitor, "/sitemap.xml");
    assert_int_equal(visitor_count(&visitor, "<url>"), 2 * (15 + 4 + 24));
    for (const char *at = sitemap; (at = strstr(at, "<loc>http://shop.test")); at++) {
        const char *path = at + strlen("<loc>http://shop.test");
        visitor_get(&visitor, arena_str_text(visitor.arena, str_slice(str_of(path), 0,
                                                                      strcspn(path, "<"))));
        assert_int_equal(visitor.reply.status, 200);
    }
    visitor_restart(&visitor, "no-sitemap");
    visitor_get(&visitor, "/sitemap.xml");
    assert_int_equal(visitor.reply.status, 404);
    visitor_get(&visitor, "/robots.txt");
    assert_hides(&visitor, "Sitemap:");
    visitor_close(&visitor);
}

void test_site__the_state_names_what_was_done(void)
{
    Visitor visitor;
    visitor_open(&visitor, "no-lang,soft-404");
    visitor_get(&visitor, "/_demo/state");
    assert_string_equal(visitor.reply.type, "application/json");
    assert_shows(&visitor, "\"flaws\": [\n    \"no-lang\",\n    \"soft-404\"\n  ]");
    visitor_close(&visitor);
}

void test_site__security_contact_expires_in_the_future(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/.well-known/security.txt");
    assert_shows(&visitor, "Expires: 2027-12-31");
    visitor_close(&visitor);
}

void test_site__flaws_serve_redirects_and_nothing_without_them(void)
{
    Visitor visitor;
    visitor_open(&visitor, "redirect-chain");
    visitor_get(&visitor, "/go/1");
    assert_string_equal(visitor_header(&visitor, "Location"), "/go/2");
    visitor_get(&visitor, "/go/3");
    assert_string_equal(visitor_header(&visitor, "Location"), "/fr/a-propos");
    visitor_restart(&visitor, "");
    visitor_get(&visitor, "/go/1");
    assert_int_equal(visitor.reply.status, 404);
    visitor_close(&visitor);
}

void test_view__prices_and_dates_follow_the_language(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/p/amphore-groix");
    assert_shows(&visitor, ">115,00\u00a0€<");
    visitor_get(&visitor, "/en/p/groix-amphora");
    assert_shows(&visitor, ">€115.00<");
    assert_shows(&visitor, "between Wednesday 25 November and Friday 27 November");
    visitor_close(&visitor);
}
