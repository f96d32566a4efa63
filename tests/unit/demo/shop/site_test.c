/* site_test.c - addresses, languages, headers and what machines ask for. Tests site.c,
 * shop.c and view.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "../guest.h"

void test_shop__the_root_leads_to_the_visitors_language(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/");
    assert_int_equal(guest.reply.status, 302);
    assert_string_equal(guest_header(&guest, "Location"), "/fr/");
    guest.language = "en-GB,en;q=0.9";
    guest_get(&guest, "/");
    assert_string_equal(guest_header(&guest, "Location"), "/en/");
    guest_get(&guest, "/fr");
    assert_int_equal(guest.reply.status, 301);
    guest_close(&guest);
}

void test_shop__a_missing_address_is_404_with_help(void)
{
    static const char *const missing[] = {
        "/fr/nowhere",      "/fr/p/",     "/fr/p/none",
        "/fr/c/none",       "/xx/",       "/nothing.php",
        "/fr/c/vases/",     "/img/x.svg", "/fr/../../etc/passwd",
        "/assets/style.css"};
    Guest guest;
    guest_open(&guest, "");
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        guest_get(&guest, missing[i]);
        assert_int_equal(guest.reply.status, 404);
        assert_shows(&guest, "<h1>Page introuvable</h1>");
        assert_shows(&guest, "role=\"search\"");
        assert_shows(&guest, "href=\"/fr/c/vases\"");
    }
    assert_int_equal(guest_post(&guest, "/nowhere", "a=b"), 404);
    guest_close(&guest);
}

void test_shop__headers_protect(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/");
    assert_string_equal(guest_header(&guest, "X-Frame-Options"), "DENY");
    assert_string_equal(guest_header(&guest, "Referrer-Policy"),
                        "strict-origin-when-cross-origin");
    assert_null(strstr(guest_header(&guest, "Content-Security-Policy"), "unsafe-inline"));
    guest_restart(&guest, "no-csp,framable,leaky-referrer,no-nosniff");
    guest_get(&guest, "/fr/");
    assert_null(guest_header(&guest, "Content-Security-Policy"));
    assert_null(guest_header(&guest, "X-Frame-Options"));
    assert_null(guest_header(&guest, "X-Content-Type-Options"));
    assert_string_equal(guest_header(&guest, "Referrer-Policy"), "unsafe-url");
    guest_close(&guest);
}

void test_shop__an_action_asked_for_by_get_harms_nothing(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/panier/ajouter?sku=GR-TA-01&quantity=1");
    assert_int_equal(guest.reply.status, 303);
    guest_get(&guest, "/fr/commande/confirmer");
    guest_get(&guest, "/_demo/state");
    assert_shows(&guest, "\"orders\": 0");
    assert_shows(&guest, "\"carts\": 0");
    guest_close(&guest);
}

void test_shop__a_refused_body_is_413(void)
{
    Guest guest;
    guest_open(&guest, "");
    Request request = {.arena = guest.arena,
                       .is_post = true,
                       .is_body_refused = true,
                       .path = "/fr/contact",
                       .target = "/fr/contact",
                       .origin = "http://shop.test",
                       .cookie = "",
                       .accept_language = "",
                       .if_none_match = ""};
    shop_answer(guest.shop, &request, &guest.reply);
    assert_int_equal(guest.reply.status, 413);
    request.is_other_method = true;
    guest.reply.header_count = 0;
    shop_answer(guest.shop, &request, &guest.reply);
    assert_int_equal(guest.reply.status, 405);
    guest_close(&guest);
}

void test_site__robots_and_sitemap_agree(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/robots.txt");
    assert_string_equal(guest.reply.type, "text/plain; charset=utf-8");
    assert_shows(&guest, "Disallow: /fr/panier\n");
    assert_shows(&guest, "Sitemap: http://shop.test/sitemap.xml\n");
    const char *sitemap = guest_get(&guest, "/sitemap.xml");
    assert_int_equal(guest_count(&guest, "<url>"), 2 * (15 + 4 + 24));
    for (const char *at = sitemap; (at = strstr(at, "<loc>http://shop.test")); at++) {
        const char *path = at + strlen("<loc>http://shop.test");
        guest_get(&guest, arena_str_text(guest.arena,
                                         str_slice(str_of(path), 0, strcspn(path, "<"))));
        assert_int_equal(guest.reply.status, 200);
    }
    guest_restart(&guest, "no-sitemap");
    guest_get(&guest, "/sitemap.xml");
    assert_int_equal(guest.reply.status, 404);
    guest_get(&guest, "/robots.txt");
    assert_hides(&guest, "Sitemap:");
    guest_close(&guest);
}

void test_site__the_state_names_what_was_done(void)
{
    Guest guest;
    guest_open(&guest, "no-lang,soft-404");
    guest_get(&guest, "/_demo/state");
    assert_string_equal(guest.reply.type, "application/json");
    assert_shows(&guest, "\"flaws\": [\n    \"no-lang\",\n    \"soft-404\"\n  ]");
    guest_close(&guest);
}

void test_site__security_contact_expires_in_the_future(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/.well-known/security.txt");
    assert_shows(&guest, "Expires: 2027-12-31");
    guest_close(&guest);
}

void test_site__flaws_serve_redirects_and_nothing_without_them(void)
{
    Guest guest;
    guest_open(&guest, "redirect-chain");
    guest_get(&guest, "/go/1/fr");
    assert_string_equal(guest_header(&guest, "Location"), "/go/2/fr");
    guest_get(&guest, "/go/3/fr");
    assert_string_equal(guest_header(&guest, "Location"), "/fr/contact");
    guest_restart(&guest, "");
    guest_get(&guest, "/go/1/fr");
    assert_int_equal(guest.reply.status, 404);
    guest_close(&guest);
}

void test_view__prices_and_dates_follow_the_language(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/p/amphore-groix");
    assert_shows(&guest, ">115,00\u00a0€<");
    guest_get(&guest, "/en/p/groix-amphora");
    assert_shows(&guest, ">€115.00<");
    assert_shows(&guest, "between Wednesday 25 November and Friday 27 November");
    guest_close(&guest);
}
