/* checkout_test.c - ordering as a guest, up to the door. Tests checkout.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "../guest.h"

void test_checkout__leads_a_guest_to_the_payment_page(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_to_payment(&guest);
    assert_string_equal(guest_header(&guest, "Location"), "/fr/commande/paiement");
    guest_get(&guest, "/fr/commande/paiement");
    assert_int_equal(guest.reply.status, 200);
    assert_shows(&guest, ">Commander avec obligation de paiement</button>");
    assert_shows(&guest, "value=\"paypal\"");
    assert_shows(&guest, "<a href=\"/fr/cgv\">");
    assert_shows(&guest, "Anne Test<br>1 rue X<br>29100 Douarnenez<br>France");
    assert_shows(&guest, "28,90\u00a0€");
    assert_hides(&guest, "checked>J");
    assert_string_equal(guest_header(&guest, "Cache-Control"), "private, no-store");
    guest_get(&guest, "/_demo/state");
    assert_shows(&guest, "\"orders\": 0");
    assert_shows(&guest, "\"carts\": 1");
    guest_close(&guest);
}

void test_checkout__counts_each_press_of_the_order_button(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/commande/confirmer", "payment=card&terms=yes");
    guest_to_payment(&guest);
    assert_int_equal(guest_post(&guest, "/fr/commande/confirmer", "payment=card"), 200);
    assert_shows(&guest, "Merci de votre commande");
    guest_get(&guest, "/fr/commande/confirmer");
    assert_int_equal(guest.reply.status, 303);
    guest_get(&guest, "/_demo/state");
    assert_shows(&guest, "\"orders\": 2");
    assert_string_equal(guest_get(&guest, "/__demo/orders"), "{\"orders\": 2}\n");
    guest_get(&guest, "/_demo/state");
    assert_shows(&guest, "\"carts\": 0");
    guest_close(&guest);
}

void test_checkout__no_step_can_be_skipped(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/commande");
    assert_string_equal(guest_header(&guest, "Location"), "/fr/panier");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    guest_get(&guest, "/fr/commande/livraison");
    assert_string_equal(guest_header(&guest, "Location"), "/fr/commande");
    guest_get(&guest, "/fr/commande/paiement");
    assert_string_equal(guest_header(&guest, "Location"), "/fr/commande/livraison");
    guest_close(&guest);
}

void test_checkout__a_mistake_keeps_what_was_typed(void)
{
    static const char form[] =
        "email=anne&name=Anne+%3CTest%3E&street=1+rue+X&postcode=2910&"
        "city=Douarnenez&country=FR&phone=abc";
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    assert_int_equal(guest_post(&guest, "/fr/commande", form), 200);
    assert_shows(&guest, "Veuillez vérifier les champs");
    assert_shows(&guest, "value=\"anne\"");
    assert_shows(&guest, "value=\"Anne &lt;Test&gt;\"");
    assert_shows(&guest, "value=\"2910\"");
    assert_int_equal(guest_count(&guest, "aria-invalid=\"true\""), 3);
    guest_restart(&guest, "form-loses-data");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    guest_post(&guest, "/fr/commande", form);
    assert_hides(&guest, "value=\"anne\"");
    guest_close(&guest);
}

void test_checkout__another_billing_address_can_be_given(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/en/cart/add", "sku=GR-TA-01&quantity=1");
    guest_post(&guest, "/en/checkout",
               "email=a@example.com&name=Ann+Test&street=1+High+St&postcode=SW1A+1AA&"
               "city=London&country=GB");
    guest_get(&guest, "/en/checkout/delivery");
    assert_shows(&guest, "name=\"billing\"");
    assert_int_equal(guest_post(&guest, "/en/checkout/delivery", "delivery=home&billing="),
                     200);
    assert_int_equal(
        guest_post(&guest, "/en/checkout/delivery", "delivery=home&billing=2+Low+Street"),
        303);
    guest_close(&guest);
}

void test_checkout__an_unknown_delivery_is_refused(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_to_payment(&guest);
    assert_int_equal(guest_post(&guest, "/fr/commande/livraison", "delivery=rocket"), 200);
    assert_shows(&guest, "role=\"alert\"");
    guest_get(&guest, "/fr/commande/paiement");
    assert_int_equal(guest.reply.status, 303);
    guest_close(&guest);
}

void test_checkout__asks_for_eight_fields_with_labels(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    guest_get(&guest, "/fr/commande");
    assert_int_equal(guest_count(&guest, "<div class=\"field\"><label for="), 7);
    assert_shows(&guest, "autocomplete=\"postal-code\"");
    assert_shows(&guest, "<option value=\"FR\" selected>");
    assert_shows(&guest, "Commander sans créer de compte");
    assert_shows(&guest, "aria-current=\"step\"");
    guest_restart(&guest, "too-many-fields");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    guest_get(&guest, "/fr/commande");
    assert_int_equal(guest_count(&guest, "<div class=\"field\"><label for="), 26);
    guest_close(&guest);
}
