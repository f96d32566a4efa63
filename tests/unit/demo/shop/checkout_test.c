/* checkout_test.c - ordering as a guest, up to the door. Tests checkout.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "../visitor.h"

void test_checkout__leads_a_guest_to_the_payment_page(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_to_payment(&visitor);
    assert_string_equal(visitor_header(&visitor, "Location"), "/fr/commande/paiement");
    visitor_get(&visitor, "/fr/commande/paiement");
    assert_int_equal(visitor.reply.status, 200);
    assert_shows(&visitor, ">Commander avec obligation de paiement</button>");
    assert_shows(&visitor, "value=\"paypal\"");
    assert_shows(&visitor, "<a href=\"/fr/cgv\">");
    assert_shows(&visitor, "Anne Test<br>1 rue X<br>29100 Douarnenez<br>France");
    assert_shows(&visitor, "28,90\u00a0€");
    assert_hides(&visitor, "checked>J");
    assert_string_equal(visitor_header(&visitor, "Cache-Control"), "private, no-store");
    visitor_get(&visitor, "/_demo/state");
    assert_shows(&visitor, "\"orders\": 0");
    assert_shows(&visitor, "\"carts\": 1");
    visitor_close(&visitor);
}

void test_checkout__counts_each_press_of_the_order_button(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_post(&visitor, "/fr/commande/confirmer", "payment=card&terms=yes");
    visitor_to_payment(&visitor);
    assert_int_equal(visitor_post(&visitor, "/fr/commande/confirmer", "payment=card"), 200);
    assert_shows(&visitor, "Merci de votre commande");
    visitor_get(&visitor, "/fr/commande/confirmer");
    assert_int_equal(visitor.reply.status, 303);
    visitor_get(&visitor, "/_demo/state");
    assert_shows(&visitor, "\"orders\": 2");
    assert_shows(&visitor, "\"carts\": 0");
    visitor_close(&visitor);
}

void test_checkout__no_step_can_be_skipped(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/commande");
    assert_string_equal(visitor_header(&visitor, "Location"), "/fr/panier");
    visitor_post(&visitor, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    visitor_get(&visitor, "/fr/commande/livraison");
    assert_string_equal(visitor_header(&visitor, "Location"), "/fr/commande");
    visitor_get(&visitor, "/fr/commande/paiement");
    assert_string_equal(visitor_header(&visitor, "Location"), "/fr/commande/livraison");
    visitor_close(&visitor);
}

void test_checkout__a_mistake_keeps_what_was_typed(void)
{
    static const char form[] =
        "email=anne&name=Anne+%3CTest%3E&street=1+rue+X&postcode=2910&"
        "city=Douarnenez&country=FR&phone=abc";
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_post(&visitor, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    assert_int_equal(visitor_post(&visitor, "/fr/commande", form), 200);
    assert_shows(&visitor, "Veuillez vérifier les champs");
    assert_shows(&visitor, "value=\"anne\"");
    assert_shows(&visitor, "value=\"Anne &lt;Test&gt;\"");
    assert_shows(&visitor, "value=\"2910\"");
    assert_int_equal(visitor_count(&visitor, "aria-invalid=\"true\""), 3);
    visitor_restart(&visitor, "form-loses-data");
    visitor_post(&visitor, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    visitor_post(&visitor, "/fr/commande", form);
    assert_hides(&visitor, "value=\"anne\"");
    visitor_close(&visitor);
}

void test_checkout__another_billing_address_can_be_given(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_post(&visitor, "/en/cart/add", "sku=GR-TA-01&quantity=1");
    visitor_post(&visitor, "/en/checkout",
                 "email=a@example.com&name=Ann+Test&street=1+High+St&postcode=SW1A+1AA&"
                 "city=London&country=GB");
    visitor_get(&visitor, "/en/checkout/delivery");
    assert_shows(&visitor, "name=\"billing\"");
    assert_int_equal(
        visitor_post(&visitor, "/en/checkout/delivery", "delivery=home&billing="), 200);
    assert_int_equal(visitor_post(&visitor, "/en/checkout/delivery",
                                  "delivery=home&billing=2+Low+Street"),
                     303);
    visitor_close(&visitor);
}

void test_checkout__an_unknown_delivery_is_refused(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_to_payment(&visitor);
    assert_int_equal(visitor_post(&visitor, "/fr/commande/livraison", "delivery=rocket"),
                     200);
    assert_shows(&visitor, "role=\"alert\"");
    visitor_get(&visitor, "/fr/commande/paiement");
    assert_int_equal(visitor.reply.status, 303);
    visitor_close(&visitor);
}

void test_checkout__asks_for_eight_fields_with_labels(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_post(&visitor, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    visitor_get(&visitor, "/fr/commande");
    assert_int_equal(visitor_count(&visitor, "<div class=\"field\"><label for="), 7);
    assert_shows(&visitor, "autocomplete=\"postal-code\"");
    assert_shows(&visitor, "<option value=\"FR\" selected>");
    assert_shows(&visitor, "Commander sans créer de compte");
    assert_shows(&visitor, "aria-current=\"step\"");
    visitor_restart(&visitor, "too-many-fields");
    visitor_post(&visitor, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    visitor_get(&visitor, "/fr/commande");
    assert_int_equal(visitor_count(&visitor, "<div class=\"field\"><label for="), 26);
    visitor_close(&visitor);
}
