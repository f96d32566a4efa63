/* flaw_test.c - the table of flaws, and that each of them shows. Tests flaw.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "guest.h"

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

static unsigned long long mark(const Guest *guest, unsigned long long before)
{
    Buf all = {0};
    buf_init(&all, 64 << 20);
    buf_printf(&all, "%llx %d %lld %s\n", before, guest->reply.status,
               (long long)guest->reply.delay_us,
               guest->reply.type ? guest->reply.type : "");
    for (size_t i = 0; i < guest->reply.header_count; i++)
        if (strcmp(guest->reply.headers[i].name, "Set-Cookie") != 0)
            buf_printf(&all, "%s: %s\n", guest->reply.headers[i].name,
                       guest->reply.headers[i].value);
    /* the number of a session is drawn anew each time; what follows it is not */
    if (guest->set_cookie)
        buf_add_text(&all, strchr(guest->set_cookie, ';'));
    buf_add_text(&all, guest->body);
    assert_false(all.is_over);
    unsigned long long hash = str_hash(buf_str(&all));
    buf_release(&all);
    return hash;
}

static unsigned long long mark_journey(Guest *guest)
{
    unsigned long long hash = 0;
    guest->cookie_count = 0;
    guest_get(guest, "/fr/p/mug-noroit");
    hash = mark(guest, hash);
    guest_post(guest, "/fr/panier/ajouter", "sku=GR-VA-03&quantity=1");
    hash = mark(guest, hash);
    guest_to_payment(guest);
    guest_get(guest, "/fr/panier?added=GR-VA-03");
    hash = mark(guest, hash);
    guest_get(guest, "/fr/commande");
    hash = mark(guest, hash);
    guest_get(guest, "/fr/commande/livraison");
    hash = mark(guest, hash);
    guest_get(guest, "/fr/commande/paiement");
    hash = mark(guest, hash);
    guest_post(guest, "/fr/commande", "email=wrong&name=Anne");
    return mark(guest, hash);
}

static unsigned long long mark_kind(Guest *guest, Str kind)
{
    if (str_equal_text(kind, "journey"))
        return mark_journey(guest);
    unsigned long long hash = 1;
    for (size_t i = 0; i < sizeof PROBES / sizeof PROBES[0]; i++) {
        if (!str_equal_text(kind, PROBES[i].kind))
            continue;
        guest->cookie_count = 0;
        guest_get(guest, PROBES[i].target);
        hash = mark(guest, hash);
    }
    assert_true(hash != 1);
    return hash;
}

/* Does one of the pages that the flaw names differ from the flawless shop's? */
static bool flaw_shows(Guest *guest, const DemoFlawInfo *flaw)
{
    Str rest = str_of(flaw->pages), kind;
    bool shows = false;
    while (str_next(&rest, ' ', &kind)) {
        guest_restart(guest, "");
        unsigned long long without = mark_kind(guest, kind);
        guest_restart(guest, "");
        assert_true(without == mark_kind(guest, kind)); /* the same twice */
        guest_restart(guest, flaw->id);
        shows = shows || without != mark_kind(guest, kind);
    }
    return shows;
}

void test_flaw__every_flaw_shows_on_a_page_it_names(void)
{
    Guest guest;
    size_t count;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    guest_open(&guest, "");
    for (size_t i = 0; i < count; i++) {
        /* these are the server's: server_test.c, and files asked for by name below */
        if (!strcmp(flaws[i].id, "no-compression") || !strcmp(flaws[i].id, "no-caching") ||
            !strcmp(flaws[i].id, "no-validators"))
            continue;
        if (!flaw_shows(&guest, &flaws[i]))
            fail_msg("flaw '%s' changes none of the pages '%s'", flaws[i].id,
                     flaws[i].pages);
    }
    guest_close(&guest);
}

void test_flaw__the_table_is_whole(void)
{
    size_t count;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    assert_true(count >= 40);
    for (size_t i = 0; i < count; i++) {
        assert_true(*flaws[i].rules && *flaws[i].pages && *flaws[i].en && *flaws[i].fr);
        assert_non_null(strstr(flaws[i].engine, "chromium"));
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
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/p/mug-noroit");
    assert_shows(&guest, "<p class=\"price\">24,00\u00a0€</p><p class=\"tax\">");
    guest_restart(&guest, "missing-price");
    guest_get(&guest, "/fr/p/mug-noroit");
    assert_hides(&guest, "24,00");
    guest_close(&guest);
}

void test_flaw__dead_links_are_at_least_five_and_dead(void)
{
    Guest guest;
    guest_open(&guest, "dead-links");
    guest_get(&guest, "/fr/");
    assert_int_equal(guest_count(&guest, "href=\"/fr/journal/"), 6);
    guest_get(&guest, "/fr/journal/3");
    assert_int_equal(guest.reply.status, 404);
    guest_close(&guest);
}

void test_flaw__hidden_delivery_cost_waits_for_the_payment_page(void)
{
    static const char *const before[] = {"/fr/p/mug-noroit", "/fr/panier", "/fr/commande",
                                         "/fr/commande/livraison"};
    Guest guest;
    guest_open(&guest, "hidden-delivery-cost");
    guest_to_payment(&guest);
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        guest_get(&guest, before[i]);
        assert_int_equal(guest.reply.status, 200);
        assert_hides(&guest, "4,90");
        assert_hides(&guest, "offerte");
    }
    guest_get(&guest, "/fr/commande/paiement");
    assert_shows(&guest, "4,90");
    assert_shows(&guest, "28,90");
    guest_close(&guest);
}

void test_flaw__soft_404_answers_200(void)
{
    Guest guest;
    guest_open(&guest, "soft-404");
    guest_get(&guest, "/fr/nowhere");
    assert_int_equal(guest.reply.status, 200);
    assert_shows(&guest, "Page introuvable");
    guest_close(&guest);
}

void test_flaw__script_only_cart_leaves_no_form(void)
{
    Guest guest;
    guest_open(&guest, "script-only-cart");
    guest_get(&guest, "/fr/p/mug-noroit");
    assert_hides(&guest, "action=\"/fr/panier/ajouter\"");
    assert_shows(&guest, "data-sku=\"GR-TA-01\"");
    guest_close(&guest);
}

void test_flaw__order_button_wording_does_not_speak_of_paying(void)
{
    Guest guest;
    guest_open(&guest, "order-button-wording");
    guest_to_payment(&guest);
    guest_get(&guest, "/fr/commande/paiement");
    assert_shows(&guest, ">Valider</button>");
    assert_hides(&guest, "obligation de paiement");
    guest_close(&guest);
}

void test_flaw__session_in_urls_marks_shared_addresses(void)
{
    Guest guest;
    guest_open(&guest, "session-in-urls");
    guest_get(&guest, "/fr/");
    assert_true(guest_count(&guest, "?PHPSESSID=") > 10);
    guest_get(&guest, "/fr/p/mug-noroit?PHPSESSID=7f3a9c51e0b24d68a1c2");
    assert_int_equal(guest.reply.status, 200);
    guest_close(&guest);
}

void test_flaw__no_guest_checkout_demands_a_password(void)
{
    Guest guest;
    guest_open(&guest, "no-guest-checkout");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    guest_get(&guest, "/fr/commande");
    assert_shows(&guest, "current-password");
    assert_hides(&guest, "name=\"street\"");
    guest_close(&guest);
}

void test_flaw__price_change_in_cart_is_dearer(void)
{
    Guest guest;
    guest_open(&guest, "price-change-in-cart");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    guest_get(&guest, "/fr/panier");
    assert_shows(&guest, "26,50");
    assert_hides(&guest, "24,00");
    guest_close(&guest);
}

void test_flaw__slow_first_byte_waits_600_ms_for_pages_only(void)
{
    Guest guest;
    guest_open(&guest, "slow-first-byte");
    guest_get(&guest, "/fr/");
    assert_int_equal(guest.reply.delay_us, 600000);
    guest_get(&guest, "/robots.txt");
    assert_int_equal(guest.reply.delay_us, 0);
    guest_close(&guest);
}

void test_flaw__files_lose_their_caching(void)
{
    Guest guest;
    guest_open(&guest, "no-caching,no-validators");
    guest_get(&guest, "/favicon.ico");
    assert_string_equal(guest_header(&guest, "Cache-Control"), "no-store");
    assert_null(guest_header(&guest, "ETag"));
    guest_close(&guest);
}

void test_flaw__measured_flaws_exceed_their_limits_twofold(void)
{
    Guest guest;
    guest_open(&guest, "heavy-script,heavy-images,too-many-requests,huge-dom,huge-html");
    guest_get(&guest, "/assets/bundle.js");
    assert_true(guest.reply.body.length > 2 * 500000);
    guest_get(&guest, "/img/uncompressed-1.png");
    assert_true(guest.reply.body.length > 2 * 300000);
    guest_get(&guest, "/fr/");
    assert_true(guest_count(&guest, "<img ") > 2 * 150);
    assert_true(guest_count(&guest, "<i></i>") > 2 * 1500);
    guest_get(&guest, "/fr/c/vases");
    assert_true(guest.reply.body.length > 2 * 200000);
    guest_close(&guest);
}
