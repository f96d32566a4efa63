/* account_test.c - forms answer, count, and keep nothing. Tests account.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "../visitor.h"

void test_account__nobody_can_sign_in(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/compte");
    assert_shows(&visitor, "autocomplete=\"current-password\"");
    assert_shows(&visitor, "/fr/compte/mot-de-passe");
    assert_int_equal(
        visitor_post(&visitor, "/fr/compte", "email=a@example.com&password=secretsecret"),
        200);
    assert_shows(&visitor, "Adresse ou mot de passe incorrect");
    assert_hides(&visitor, "secretsecret");
    visitor_close(&visitor);
}

void test_account__what_is_done_is_counted(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_post(&visitor, "/fr/compte/creer",
                 "name=Anne&email=a@example.com&password=longenough1");
    visitor_post(&visitor, "/fr/contact", "name=Anne&email=a@example.com&message=Bonjour");
    visitor_post(&visitor, "/fr/retractation", "order=G-1&email=a@example.com");
    visitor_post(&visitor, "/fr/lettre", "email=a@example.com");
    visitor_post(&visitor, "/fr/alerte-stock", "email=a@example.com&sku=GR-VA-05");
    visitor_get(&visitor, "/_demo/state");
    assert_shows(&visitor, "\"accounts\": 1");
    assert_shows(&visitor, "\"messages\": 2");
    assert_shows(&visitor, "\"subscriptions\": 2");
    assert_shows(&visitor, "\"orders\": 0");
    visitor_close(&visitor);
}

void test_account__what_is_wrong_is_not_counted(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_post(&visitor, "/fr/compte/creer",
                 "name=Anne&email=a@example.com&password=short");
    assert_shows(&visitor, "Au moins 10 caractères.");
    assert_int_equal(visitor_post(&visitor, "/fr/contact", "name=Anne&email=a&message="),
                     200);
    assert_shows(&visitor, "value=\"Anne\"");
    assert_int_equal(visitor_count(&visitor, "aria-invalid"), 2);
    visitor_post(&visitor, "/fr/lettre", "email=");
    visitor_post(&visitor, "/fr/retractation", "order=&email=a@example.com");
    visitor_get(&visitor, "/_demo/state");
    assert_shows(&visitor, "\"accounts\": 0");
    assert_shows(&visitor, "\"messages\": 0");
    assert_shows(&visitor, "\"subscriptions\": 0");
    visitor_close(&visitor);
}

void test_account__a_password_and_a_parcel_can_be_asked_for(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_post(&visitor, "/fr/compte/mot-de-passe", "email=a@example.com");
    assert_shows(&visitor, "un lien est en route");
    visitor_post(&visitor, "/fr/suivi-de-commande", "order=G-2026-1&email=a@example.com");
    assert_shows(&visitor, "Nous ne connaissons pas cette commande");
    visitor_close(&visitor);
}

void test_account__the_contact_page_names_its_means(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/contact");
    assert_shows(&visitor, "href=\"tel:+33261914720\"");
    assert_shows(&visitor, "href=\"mailto:bonjour@gresil.example\"");
    assert_shows(&visitor, "Nous répondons à chaque message sous 1 jour ouvré");
    assert_shows(&visitor, "du lundi au vendredi");
    visitor_restart(&visitor, "no-contact-means");
    visitor_get(&visitor, "/fr/contact");
    assert_hides(&visitor, "href=\"tel:");
    assert_hides(&visitor, "mailto:");
    visitor_close(&visitor);
}

void test_account__labels_can_be_taken_away(void)
{
    Visitor visitor;
    visitor_open(&visitor, "");
    visitor_get(&visitor, "/fr/contact");
    assert_shows(&visitor, "<label for=\"field-email\">");
    visitor_restart(&visitor, "unlabelled-fields");
    visitor_get(&visitor, "/fr/contact");
    assert_hides(&visitor, "<label for=\"field-email\">");
    visitor_restart(&visitor, "placeholder-labels");
    visitor_get(&visitor, "/fr/contact");
    assert_shows(&visitor, "placeholder=\"Adresse électronique\"");
    visitor_close(&visitor);
}
