/* flaw_test.c - the table of flaws, and that each of them shows. Tests flaw.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "visitor.h"

/** Where a kind of page is looked at. "journey" is walked apart. */
static const struct {
    const char *kind;
    const char *target;
} PROBES[] = {
    {"home", "/fr/"},
    {"category", "/fr/c/vases"},
    {"category", "/fr/c/tout"},
    {"product", "/fr/p/mug-noroit"},
    {"product", "/fr/p/vase-coupe-hoedic"},
    {"search", "/fr/recherche?q=Mug+Noro%C3%AEt"},
    {"search", "/fr/recherche?q=noroit"},
    {"search", "/fr/recherche?q=saladirr"},
    {"search", "/fr/recherche?q=zzqxjk"},
    {"cart", "/fr/panier"},
    {"contact", "/fr/contact"},
    {"legal", "/fr/cgv"},
    {"legal", "/fr/mentions-legales"},
    {"legal", "/fr/retours"},
    {"error404", "/fr/nowhere"},
    {"site", "/robots.txt"},
    {"site", "/sitemap.xml"},
    {"site", "/favicon.ico"},
};

static unsigned long long mark(const Visitor *visitor, unsigned long long before)
{
    Buf all = {0};
    buf_init(&all, 64 << 20);
    buf_printf(&all, "%llx %d %lld %s\n", before, visitor->reply.status,
               (long long)visitor->reply.delay_us,
               visitor->reply.type ? visitor->reply.type : "");
    for (size_t i = 0; i < visitor->reply.header_count; i++)
        if (strcmp(visitor->reply.headers[i].name, "Set-Cookie") != 0)
            buf_printf(&all, "%s: %s\n", visitor->reply.headers[i].name,
                       visitor->reply.headers[i].value);
    /* the number of a session is drawn anew each time; what follows it is not */
    if (visitor->set_cookie)
        buf_add_text(&all, strchr(visitor->set_cookie, ';'));
    buf_add_text(&all, visitor->body);
    assert_false(all.is_over);
    unsigned long long hash = str_hash(buf_str(&all));
    buf_release(&all);
    return hash;
}

static unsigned long long mark_journey(Visitor *visitor)
{
    unsigned long long hash = 0;
    visitor->cookie_count = 0;
    visitor_get(visitor, "/fr/p/mug-noroit");
    hash = mark(visitor, hash);
    visitor_to_payment(visitor);
    visitor_post(visitor, "/fr/panier/ajouter", "sku=GR-VA-03&quantity=1");
    hash = mark(visitor, hash);
    visitor_get(visitor, "/fr/panier?added=GR-VA-03");
    hash = mark(visitor, hash);
    visitor_get(visitor, "/fr/commande");
    hash = mark(visitor, hash);
    visitor_get(visitor, "/fr/commande/livraison");
    hash = mark(visitor, hash);
    visitor_get(visitor, "/fr/commande/paiement");
    hash = mark(visitor, hash);
    visitor_post(visitor, "/fr/commande", "email=wrong&name=Anne");
    return mark(visitor, hash);
}

static unsigned long long mark_kind(Visitor *visitor, Str kind)
{
    if (str_equal_text(kind, "journey"))
        return mark_journey(visitor);
    unsigned long long hash = 1;
    for (size_t i = 0; i < sizeof PROBES / sizeof PROBES[0]; i++) {
        if (!str_equal_text(kind, PROBES[i].kind))
            continue;
        visitor->cookie_count = 0;
        visitor_get(visitor, PROBES[i].target);
        hash = mark(visitor, hash);
    }
    assert_true(hash != 1);
    return hash;
}

/* Does one of the pages that the flaw names differ from the flawless shop's? */
static bool flaw_shows(Visitor *visitor, const DemoFlawInfo *flaw)
{
    Str rest = str_of(flaw->pages), kind;
    bool shows = false;
    while (str_next(&rest, ' ', &kind)) {
        visitor_restart(visitor, "");
        unsigned long long without = mark_kind(visitor, kind);
        visitor_restart(visitor, "");
        assert_true(without == mark_kind(visitor, kind)); /* the same twice */
        visitor_restart(visitor, flaw->id);
        shows = shows || without != mark_kind(visitor, kind);
    }
    return shows;
}

void test_flaw__every_flaw_shows_on_a_page_it_names(void)
{
    Visitor visitor;
    size_t count;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    visitor_open(&visitor, "");
    for (size_t i = 0; i < count; i++) {
        /* these are the server's: server_test.c, and files asked for by name below */
        if (!strcmp(flaws[i].id, "no-compression") || !strcmp(flaws[i].id, "no-caching") ||
            !strcmp(flaws[i].id, "no-validators"))
            continue;
        if (!flaw_shows(&visitor, &flaws[i]))
            fail_msg("flaw '%s' changes none of the pages '%s'", flaws[i].id,
                     flaws[i].pages);
    }
    visitor_close(&visitor);
}

void test_flaw__the_table_is_whole(void)
{
    size_t count;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    assert_true(count >= 40);
    for (size_t i = 0; i < count; i++) {
        assert_true(*flaws[i].rules && *flaws[i].pages && *flaws[i].en && *flaws[i].fr);
        assert_string_equal(flaws[i].engine, "http");
        assert_int_equal(demo_flaw_of(flaws[i].id), i);
        assert_null(strstr(flaws[i].rules, "  "));
    }
    assert_int_equal(demo_flaw_of("no-such-flaw"), FLAW_COUNT);
}

void test_flaw__the_promised_ids_exist(void)
{
    static const char *const promised[] = {
        "slow-first-byte",   "missing-price",        "unlabelled-fields",
        "no-guest-checkout", "price-change-in-cart", "broken-images",
        "dead-links",        "hidden-delivery-cost", "session-in-urls",
        "soft-404",          "script-only-cart",     "order-button-wording"};
    for (size_t i = 0; i < sizeof promised / sizeof promised[0]; i++)
        assert_true(demo_flaw_of(promised[i]) != FLAW_COUNT);
}

void test_flaw__a_list_is_parsed(void)
{
    DemoOptions options;
    Error err = {0};
    demo_options_init(&options);
    assert_true(demo_flaws_parse("soft-404, no-lang,", &options, &err));
    assert_true(options.flaws[FLAW_SOFT_404] && options.flaws[FLAW_NO_LANG]);
    assert_false(options.flaws[FLAW_NO_H1]);
    assert_true(demo_flaws_parse("all", &options, &err));
    assert_true(options.flaws[FLAW_NO_H1]);
}

void test_flaw__an_unknown_name_gets_a_suggestion(void)
{
    DemoOptions options;
    Error err = {0};
    demo_options_init(&options);
    assert_false(demo_flaws_parse("soft-405", &options, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.what, "soft-405"));
    assert_non_null(strstr(err.hint, "soft-404"));
}

void test_flaw__missing_price_takes_the_price_away(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/p/mug-noroit");
    assert_shows(&visitor, "<p class=\"price\">24,00\u00a0€</p><p class=\"tax\">");
    visitor_restart(&visitor, "missing-price");
    visitor_get(&visitor, "/fr/p/mug-noroit");
    assert_hides(&visitor, "24,00");
    visitor_close(&visitor);
}

void test_flaw__dead_links_are_at_least_five_and_dead(void)
{
    Visitor visitor;
    visitor_open(&visitor, "dead-links");
    visitor_get(&visitor, "/fr/");
    assert_int_equal(visitor_count(&visitor, "href=\"/fr/journal/"), 6);
    visitor_get(&visitor, "/fr/journal/3");
    assert_int_equal(visitor.reply.status, 404);
    visitor_close(&visitor);
}

void test_flaw__hidden_delivery_cost_waits_for_the_payment_page(void)
{
    static const char *const before[] = {"/fr/p/mug-noroit", "/fr/panier", "/fr/commande",
                                         "/fr/commande/livraison"};
    Visitor visitor;
    visitor_open(&visitor, "hidden-delivery-cost");
    visitor_to_payment(&visitor);
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        visitor_get(&visitor, before[i]);
        assert_int_equal(visitor.reply.status, 200);
        assert_hides(&visitor, "4,90");
        assert_hides(&visitor, "offerte");
    }
    visitor_get(&visitor, "/fr/commande/paiement");
    assert_shows(&visitor, "4,90");
    assert_shows(&visitor, "28,90");
    visitor_close(&visitor);
}

void test_flaw__soft_404_answers_200(void)
{
    Visitor visitor;
    visitor_open(&visitor, "soft-404");
    visitor_get(&visitor, "/fr/nowhere");
    assert_int_equal(visitor.reply.status, 200);
    assert_shows(&visitor, "Page introuvable");
    visitor_close(&visitor);
}

void test_flaw__script_only_cart_leaves_no_form(void)
{
    Visitor visitor;
    visitor_open(&visitor, "script-only-cart");
    visitor_get(&visitor, "/fr/p/mug-noroit");
    assert_hides(&visitor, "action=\"/fr/panier/ajouter\"");
    assert_shows(&visitor, "data-sku=\"GR-TA-01\"");
    visitor_close(&visitor);
}

void test_flaw__order_button_wording_does_not_speak_of_paying(void)
{
    Visitor visitor;
    visitor_open(&visitor, "order-button-wording");
    visitor_to_payment(&visitor);
    visitor_get(&visitor, "/fr/commande/paiement");
    assert_shows(&visitor, ">Valider</button>");
    assert_hides(&visitor, "obligation de paiement");
    visitor_close(&visitor);
}

void test_flaw__session_in_urls_marks_shared_addresses(void)
{
    Visitor visitor;
    visitor_open(&visitor, "session-in-urls");
    visitor_get(&visitor, "/fr/");
    assert_true(visitor_count(&visitor, "?PHPSESSID=") > 10);
    visitor_get(&visitor, "/fr/p/mug-noroit?PHPSESSID=7f3a9c51e0b24d68a1c2");
    assert_int_equal(visitor.reply.status, 200);
    visitor_close(&visitor);
}

void test_flaw__no_guest_checkout_demands_a_password(void)
{
    Visitor visitor;
    visitor_open(&visitor, "no-guest-checkout");
    visitor_post(&visitor, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    visitor_get(&visitor, "/fr/commande");
    assert_shows(&visitor, "current-password");
    assert_hides(&visitor, "name=\"street\"");
    visitor_close(&visitor);
}

void test_flaw__price_change_in_cart_is_dearer(void)
{
    Visitor visitor;
    visitor_open(&visitor, "price-change-in-cart");
    visitor_post(&visitor, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    visitor_get(&visitor, "/fr/panier");
    assert_shows(&visitor, "26,50");
    assert_hides(&visitor, "24,00");
    visitor_close(&visitor);
}

void test_flaw__slow_first_byte_waits_600_ms_for_pages_only(void)
{
    Visitor visitor;
    visitor_open(&visitor, "slow-first-byte");
    visitor_get(&visitor, "/fr/");
    assert_int_equal(visitor.reply.delay_us, 600000);
    visitor_get(&visitor, "/robots.txt");
    assert_int_equal(visitor.reply.delay_us, 0);
    visitor_close(&visitor);
}

void test_flaw__files_lose_their_caching(void)
{
    Visitor visitor;
    visitor_open(&visitor, "no-caching,no-validators");
    visitor_get(&visitor, "/favicon.ico");
    assert_string_equal(visitor_header(&visitor, "Cache-Control"), "no-store");
    assert_null(visitor_header(&visitor, "ETag"));
    visitor_close(&visitor);
}

void test_flaw__measured_flaws_exceed_their_limits_twofold(void)
{
    Visitor visitor;
    visitor_open(&visitor,
                 "heavy-script,heavy-images,too-many-requests,huge-dom,huge-html");
    visitor_get(&visitor, "/assets/bundle.js");
    assert_true(visitor.reply.body.length > 2 * 500000);
    visitor_get(&visitor, "/img/uncompressed-1.png");
    assert_true(visitor.reply.body.length > 2 * 300000);
    visitor_get(&visitor, "/fr/");
    assert_true(visitor_count(&visitor, "<img ") > 2 * 150);
    assert_true(visitor_count(&visitor, "<i></i>") > 2 * 1500);
    visitor_get(&visitor, "/fr/c/vases");
    assert_true(visitor.reply.body.length > 2 * 200000);
    visitor_close(&visitor);
}
