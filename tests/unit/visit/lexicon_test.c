/* lexicon_test.c - names of buttons, in many languages.
 *
 * SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "unit.h"
#include "visit/lexicon.h"

typedef bool NameTest(const ButtonWords *words);

static bool says(NameTest *test, const char *name)
{
    Arena *arena = arena_create();
    ButtonWords words;
    button_words(arena, name, &words);
    bool result = test(&words);
    arena_release(arena);
    return result;
}

static void check_all(NameTest *test, const char *const *names, size_t count, bool expected)
{
    for (size_t i = 0; i < count; i++)
        if (says(test, names[i]) != expected)
            fail_msg("'%s'", names[i]);
}

void test_lexicon__knows_order_buttons_of_five_languages(void)
{
    static const char *const NAMES[] = {
        "Place order",
        "PLACE YOUR ORDER",
        "Pay now",
        "Pay £42.00",
        "Confirm and pay",
        "Complete my purchase",
        "Order and pay",
        "Buy now",
        "Payer",
        "Payer ma commande",
        "Valider ma commande",
        "Confirmer la commande",
        "Commander avec obligation de paiement",
        "Finaliser mon achat",
        "Régler ma commande",
        "Zahlungspflichtig bestellen",
        "Kostenpflichtig bestellen",
        "Jetzt kaufen",
        "Bestellung abschließen",
        "Jetzt bezahlen",
        "Realizar pedido",
        "Pagar ahora",
        "Finalizar compra",
        "Confirmar el pedido",
        "Conferma ordine",
        "Effettua l'ordine",
        "Acquista ora",
        "Paga adesso",
        "Bestelling plaatsen",
        "Bestellen en betalen",
        "Zamawiam i płacę",
        "Kupuję i płacę",
    };
    check_all(name_orders, NAMES, COUNT_OF(NAMES), true);
}

void test_lexicon__lets_other_buttons_be(void)
{
    static const char *const NAMES[] = {
        "Add to cart",
        "Continue",
        "Continue to shipping",
        "Next",
        "Proceed to checkout",
        "Save address",
        "Track my order",
        "Ajouter au panier",
        "Continuer",
        "Suivant",
        "Passer au paiement",
        "Voir le panier",
        "In den Warenkorb",
        "Weiter",
        "Zur Kasse",
        "Weiter zur Zahlung",
        "Añadir al carrito",
        "Continuar",
        "Aggiungi al carrello",
        "Continua",
        "Payment methods",
        "Suivre ma commande",
    };
    check_all(name_orders, NAMES, COUNT_OF(NAMES), false);
}

void test_lexicon__knows_wallets(void)
{
    static const char *const NAMES[] = {"PayPal",           "Pay with PayPal", "Apple Pay",
                                        "Buy with G Pay",   "Shop Pay",        "Klarna.",
                                        "Express checkout", "Amazon Pay"};
    check_all(name_is_wallet, NAMES, COUNT_OF(NAMES), true);
    static const char *const OTHERS[] = {"Ideal gifts", "Pay now", "Apple pie", "Link"};
    check_all(name_is_wallet, OTHERS, COUNT_OF(OTHERS), false);
}

void test_lexicon__tells_finish_from_continue(void)
{
    static const char *const FINISH[] = {"Submit",
                                         "OK",
                                         "Confirm",
                                         "Valider",
                                         "Absenden",
                                         "Conferma",
                                         "Confirm and continue",
                                         ""};
    static const char *const CONTINUE[] = {"Continue",         "Next step", "Weiter",
                                           "Suivant",          "Avanti",    "Siguiente",
                                           "Save and continue"};
    check_all(name_is_finish, FINISH, COUNT_OF(FINISH), true);
    check_all(name_is_finish, CONTINUE, COUNT_OF(CONTINUE), false);
    check_all(name_is_continue, CONTINUE, COUNT_OF(CONTINUE), true);
}

void test_lexicon__does_not_take_recommended_for_ordered(void)
{
    Arena *arena = arena_create();
    assert_false(text_speaks_of_order(arena, "produits-recommandes"));
    assert_true(text_speaks_of_order(arena, "validerCommande"));
    arena_release(arena);
}

void test_lexicon__finds_payment_inside_identifiers(void)
{
    Arena *arena = arena_create();
    assert_true(text_speaks_of_payment(arena, "submit-payment"));
    assert_true(text_speaks_of_payment(arena, "btn_PaymentNext"));
    assert_false(text_speaks_of_payment(arena, "display-panel"));
    arena_release(arena);
}

void test_lexicon__knows_a_cart_from_a_checkout_by_address(void)
{
    Arena *arena = arena_create();
    assert_true(text_speaks_of_checkout(arena, "/checkout/onepage"));
    assert_true(text_speaks_of_checkout(arena, "/fr/commande"));
    assert_false(text_speaks_of_checkout(arena, "/index.php?route=checkout/cart"));
    assert_false(text_speaks_of_checkout(arena, "/checkout/cart/"));
    arena_release(arena);
}
