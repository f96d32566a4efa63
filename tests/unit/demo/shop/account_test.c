/* account_test.c - forms answer, count, and keep nothing. Tests account.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "../guest.h"

void test_account__nobody_can_sign_in(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/compte");
    assert_shows(&guest, "autocomplete=\"current-password\"");
    assert_shows(&guest, "/fr/compte/mot-de-passe");
    assert_int_equal(
        guest_post(&guest, "/fr/compte", "email=a@example.com&password=secretsecret"), 200);
    assert_shows(&guest, "Adresse ou mot de passe incorrect");
    assert_hides(&guest, "secretsecret");
    guest_close(&guest);
}

void test_account__what_is_done_is_counted(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/compte/creer",
               "name=Anne&email=a@example.com&password=longenough1");
    guest_post(&guest, "/fr/contact", "name=Anne&email=a@example.com&message=Bonjour");
    guest_post(&guest, "/fr/retractation", "order=G-1&email=a@example.com");
    guest_post(&guest, "/fr/lettre", "email=a@example.com");
    guest_post(&guest, "/fr/alerte-stock", "email=a@example.com&sku=GR-VA-05");
    guest_get(&guest, "/_demo/state");
    assert_shows(&guest, "\"accounts\": 1");
    assert_shows(&guest, "\"messages\": 2");
    assert_shows(&guest, "\"subscriptions\": 2");
    assert_shows(&guest, "\"orders\": 0");
    guest_close(&guest);
}

void test_account__what_is_wrong_is_not_counted(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/compte/creer", "name=Anne&email=a@example.com&password=short");
    assert_shows(&guest, "Au moins 10 caractères.");
    assert_int_equal(guest_post(&guest, "/fr/contact", "name=Anne&email=a&message="), 200);
    assert_shows(&guest, "value=\"Anne\"");
    assert_int_equal(guest_count(&guest, "aria-invalid"), 2);
    guest_post(&guest, "/fr/lettre", "email=");
    guest_post(&guest, "/fr/retractation", "order=&email=a@example.com");
    guest_get(&guest, "/_demo/state");
    assert_shows(&guest, "\"accounts\": 0");
    assert_shows(&guest, "\"messages\": 0");
    assert_shows(&guest, "\"subscriptions\": 0");
    guest_close(&guest);
}

void test_account__a_password_and_a_parcel_can_be_asked_for(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/compte/mot-de-passe", "email=a@example.com");
    assert_shows(&guest, "un lien est en route");
    guest_post(&guest, "/fr/suivi-de-commande", "order=G-2026-1&email=a@example.com");
    assert_shows(&guest, "Nous ne connaissons pas cette commande");
    guest_close(&guest);
}

void test_account__the_contact_page_names_its_means(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/contact");
    assert_shows(&guest, "href=\"tel:+33261914720\"");
    assert_shows(&guest, "href=\"mailto:bonjour@gresil.example\"");
    assert_shows(&guest, "Nous répondons à chaque message sous 1 jour ouvré");
    assert_shows(&guest, "du lundi au vendredi");
    guest_restart(&guest, "no-contact-means");
    guest_get(&guest, "/fr/contact");
    assert_hides(&guest, "href=\"tel:");
    assert_hides(&guest, "mailto:");
    guest_close(&guest);
}

void test_account__labels_can_be_taken_away(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/fr/contact");
    assert_shows(&guest, "<label for=\"field-email\">");
    guest_restart(&guest, "unlabelled-fields");
    guest_get(&guest, "/fr/contact");
    assert_hides(&guest, "<label for=\"field-email\">");
    guest_restart(&guest, "placeholder-labels");
    guest_get(&guest, "/fr/contact");
    assert_shows(&guest, "placeholder=\"Adresse électronique\"");
    guest_close(&guest);
}
