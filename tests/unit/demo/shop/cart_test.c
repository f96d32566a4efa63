/* cart_test.c - the cart holds what was put in, and adds up. Tests cart.c and session.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "../guest.h"
#include "demo/shop/session.h"

void test_cart__holds_what_was_added(void)
{
    Guest guest;
    guest_open(&guest, "");
    assert_int_equal(guest_post(&guest, "/fr/panier/ajouter",
                                "sku=GR-TA-01&quantity=2&colour=2&finish=1"),
                     303);
    assert_string_equal(guest_header(&guest, "Location"), "/fr/panier?added=GR-TA-01");
    assert_non_null(strstr(guest.set_cookie, "; HttpOnly; SameSite=Lax"));
    guest_get(&guest, "/fr/panier?added=GR-TA-01");
    assert_shows(&guest, "« Mug Noroît » a été ajouté à votre panier.");
    assert_shows(&guest, "Couleur\u00a0: Bleu nuit, Finition\u00a0: Brillante");
    assert_shows(&guest, "48,00\u00a0€");
    assert_shows(&guest, "52,90\u00a0€"); /* with 4.90 for delivery */
    assert_shows(&guest, "<span class=\"count\">2</span>");
    guest_close(&guest);
}

void test_cart__survives_a_change_of_language(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    guest_get(&guest, "/en/cart");
    assert_shows(&guest, "Noroît mug");
    assert_shows(&guest, "€28.90");
    guest_close(&guest);
}

void test_cart__equal_lines_are_joined_and_others_are_not(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1&colour=1");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=2&colour=1");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1&colour=2");
    guest_get(&guest, "/fr/panier");
    assert_int_equal(guest_count(&guest, "<li class=\"line\">"), 2);
    assert_shows(&guest, "value=\"3\" min=\"0\"");
    guest_close(&guest);
}

void test_cart__a_quantity_can_be_changed_and_a_line_removed(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-VA-01&quantity=1");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-VA-03&quantity=1");
    guest_post(&guest, "/fr/panier/modifier", "line=1&quantity=3");
    guest_get(&guest, "/fr/panier");
    assert_shows(&guest, "176,00\u00a0€"); /* 89 + 3 × 29, delivery free */
    guest_post(&guest, "/fr/panier/modifier", "line=0&quantity=0");
    guest_get(&guest, "/fr/panier");
    assert_hides(&guest, "Vase haut Ouessant");
    guest_post(&guest, "/fr/panier/modifier", "line=0&quantity=0");
    guest_get(&guest, "/fr/panier");
    assert_shows(&guest, "Votre panier est vide.");
    guest_close(&guest);
}

void test_cart__refuses_more_than_the_stock(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-VA-06&quantity=4");
    assert_string_equal(guest_header(&guest, "Location"), "/fr/panier?refused=GR-VA-06");
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-VA-05&quantity=1"); /* sold out */
    guest_get(&guest, "/fr/panier?refused=GR-VA-05");
    assert_shows(&guest, "n’a pas pu être ajouté");
    assert_shows(&guest, "Votre panier est vide.");
    guest_close(&guest);
}

void test_cart__takes_no_nonsense(void)
{
    static const char *const forms[] = {"", "sku=NOPE&quantity=1", "line=99&quantity=-4",
                                        "line=-1&quantity=2",
                                        "line=0&quantity=99999999999999"};
    Guest guest;
    guest_open(&guest, "");
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        assert_int_equal(guest_post(&guest, "/fr/panier/ajouter", forms[i]), 303);
        assert_int_equal(guest_post(&guest, "/fr/panier/modifier", forms[i]), 303);
    }
    guest_get(&guest, "/fr/panier");
    assert_shows(&guest, "Votre panier est vide.");
    /* a quantity and a colour that cannot be are taken for the usual ones */
    guest_post(&guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=x&colour=3&finish=77");
    guest_get(&guest, "/fr/panier");
    assert_shows(&guest, "Comme sur la photo");
    assert_shows(&guest, "28,90");
    guest_close(&guest);
}

void test_session__the_longest_unused_makes_room(void)
{
    Arena *arena = arena_create();
    Sessions *sessions = ARENA_NEW(arena, Sessions);
    Clock clock;
    clock_init_fixed(&clock, 1000, 1);
    char first[SESSION_ID_LENGTH + 1];
    memcpy(first, session_create(sessions, &clock)->id, sizeof first);
    char second[SESSION_ID_LENGTH + 1];
    clock.fixed_wall_us = 2000;
    memcpy(second, session_create(sessions, &clock)->id, sizeof second);
    clock.fixed_wall_us = 3000;
    assert_non_null(session_find(sessions, first, clock_now_us(&clock)));
    for (int i = 0; i < SESSION_LIMIT - 1; i++)
        session_create(sessions, &clock);
    assert_null(session_find(sessions, second, 4000));
    assert_non_null(session_find(sessions, first, 4000));
    assert_null(session_find(sessions, "", 4000));
    arena_release(arena);
}

void test_session__delivery_is_free_from_80_euros(void)
{
    assert_int_equal(delivery_cents(DELIVERY_HOME, 7999), 490);
    assert_int_equal(delivery_cents(DELIVERY_HOME, 8000), 0);
    assert_int_equal(delivery_cents(DELIVERY_EXPRESS, 8000), 1190);
}

void test_session__a_full_cart_refuses_another_line(void)
{
    Session session = {.line_count = CART_LINE_LIMIT};
    for (int i = 0; i < CART_LINE_LIMIT; i++)
        session.lines[i] =
            (CartLine){.product = PRODUCT_SEIN, .values = {i, i}, .quantity = 1};
    assert_false(cart_add(&session, (CartLine){.product = PRODUCT_NOROIT, .quantity = 1}));
    cart_clear(&session);
    assert_true(cart_add(&session, (CartLine){.product = PRODUCT_NOROIT, .quantity = 1}));
}
