/* recognise_checkout_test.c - pages of a checkout, up to the door.
 *
 * SPDX-License-Identifier: MIT */
#include "shop.h"

typedef struct Case {
    const char *what;
    const char *html;
    CheckoutStage stage;
    size_t fields;
    int required;
    bool asks_account, has_payment;
    const char *guest, *next, *order; /* ids */
} Case;

#define ADDRESS                                                                            \
    "<label>First name <input name=firstname required></label><label>Last name <input "    \
    "name=lastname required></label><label>E-mail <input type=email name=email required>"  \
    "</label><label>Street <input name=street required></label><label>Postcode <input "    \
    "name=postcode required></label><label>City <input name=city required></label><label>" \
    "Phone <input type=tel name=phone></label>"

static const Case CASES[] = {
    {"an address as a guest",
     "<main><h1>Checkout</h1><form action=/checkout/address method=post>" ADDRESS
     "<button id=n>Continue to delivery</button></form></main>",
     STAGE_ADDRESS, 7, 6, false, false, "", "n", ""},
    {"the payment is chosen behind a button of the same page",
     "<main><h1>Checkout</h1><form action=/save method=post>" ADDRESS
     "<button id=n>Continue</button></form><fieldset><legend>Payment Method</legend><input "
     "readonly placeholder='Choose ...'><button type=button>Choose</button></fieldset><button "
     "type=button id=o disabled>Confirm Order</button></main>",
     STAGE_ADDRESS, 7, 6, false, false, "", "n", "o"},
    {"a list of steps names the payment, the button goes on",
     "<main><ol><li><h2>Address</h2></li><li><h2>Payment method</h2></li></ol><h1>Checkout"
     "</h1><form action=/checkout/address method=post>" ADDRESS
     "<button id=n>Continue</button></form></main>",
     STAGE_ADDRESS, 7, 6, false, false, "", "n", ""},
    {"sign in or go on as a guest",
     "<main><h1>Checkout</h1><form action=/login method=post><label>E-mail <input type=email "
     "name=email></label><label>Password <input type=password name=p></label><button>Log in</button>"
     "</form><a id=g href=/checkout/address>Continue as guest</a></main>",
     STAGE_IDENTITY, 2, 0, false, false, "g", "", ""},
    {"an account is the only way",
     "<main><h1>Commande</h1><form action=/login method=post><label>E-mail <input type=email "
     "name=email required></label><label>Mot de passe <input type=password name=p required></label>"
     "<button>Se connecter</button></form><a href=/inscription>Créer un compte</a></main>",
     STAGE_IDENTITY, 2, 2, true, false, "", "", ""},
    {"registration with the address",
     "<main><h1>Checkout</h1><form action=/register method=post>" ADDRESS
     "<label>Password <input "
     "type=password name=p required></label><label>Repeat <input type=password name=p2 required>"
     "</label><button id=n>Continue</button></form></main>",
     STAGE_ADDRESS, 9, 8, true, false, "", "n", ""},
    {"customers may sign in beside the guest's form",
     "<main><h1>Checkout</h1><form action=/login><label>E-mail <input type=email name=e></label>"
     "<label>Password <input type=password name=p></label><button>Log in</button></form><form "
     "action=/checkout method=post>" ADDRESS "<button id=n>Next</button></form></main>",
     STAGE_ADDRESS, 7, 6, false, false, "", "n", ""},
    {"the delivery",
     "<main><h1>Livraison</h1><form action=/c method=post><fieldset><legend>Mode de livraison</legend>"
     "<label><input type=radio name=m value=1> Colissimo 4,90 €</label><label><input type=radio name=m "
     "value=2> Relais 3,90 €</label></fieldset><button id=n>Continuer</button></form></main>",
     STAGE_DELIVERY, 2, 0, false, false, "", "n", ""},
    {"payment with a clear button",
     "<main><h1>Payment</h1><form action=/pay method=post><fieldset><legend>Payment method</legend>"
     "<label><input type=radio name=pm value=1> Credit card</label><label><input type=radio name=pm "
     "value=2> Bank transfer</label></fieldset><button id=o>Order with obligation to pay</button></form>"
     "</main>",
     STAGE_PAYMENT, 2, 0, false, true, "", "o", "o"},
    {"payment with a button that says nothing",
     "<main><h1>Paiement</h1><form action=/pay method=post><label><input type=radio name=paiement "
     "value=1> Carte bancaire</label><button id=o>Valider</button></form></main>",
     STAGE_PAYMENT, 1, 0, false, true, "", "o", "o"},
    {"all on the first page, payment too",
     "<main><h1>Checkout</h1><form action=/pay method=post>" ADDRESS
     "<label>Card number <input "
     "autocomplete=cc-number name=n></label><button id=o>Place order</button></form></main>",
     STAGE_PAYMENT, 8, 6, false, true, "", "o", "o"},
    {"a payment service in a frame",
     "<main><h1>Pay</h1><iframe src='https://js.stripe.com/v3/x'></iframe><button id=o>Pay now</button>"
     "</main>",
     STAGE_PAYMENT, 0, 0, false, true, "", "", "o"},
    {"traps for robots are not filled",
     "<main><h1>Checkout</h1><form action=/c method=post>" ADDRESS
     "<div style='position:absolute;"
     "left:-5000px'><input name=website></div><button id=n>Continue</button></form></main>",
     STAGE_ADDRESS, 7, 6, false, false, "", "n", ""},
    {"coupon, search and newsletter are not the form",
     "<header><form><input type=search name=q></form></header><main><h1>Checkout</h1><form><label>Promo "
     "code <input name=coupon></label><button>Apply</button></form><form action=/c method=post>" ADDRESS
     "<button id=n>Continue</button></form></main><footer><form><input type=email name=newsletter>"
     "<button>Subscribe</button></form></footer>",
     STAGE_ADDRESS, 7, 6, false, false, "", "n", ""},
    {"back to the shop is not the way on",
     "<main><h1>Checkout</h1><form action=/c method=post>" ADDRESS
     "<a href=/>Continue shopping</a>"
     "<button id=n>Save and continue</button></form></main>",
     STAGE_ADDRESS, 7, 6, false, false, "", "n", ""},
    {"a wallet is not the way on",
     "<main><h1>Checkout</h1><button>Pay with PayPal</button><form action=/c method=post>" ADDRESS
     "<button id=n>Continue</button></form></main>",
     STAGE_ADDRESS, 7, 6, false, false, "", "n", ""},
};

static bool case_holds(const Case *one, const Checkout *checkout)
{
    return checkout->stage == one->stage && checkout->fields.count == one->fields &&
           checkout->required_count == one->required &&
           checkout->asks_account == one->asks_account &&
           checkout->has_payment_choice == one->has_payment &&
           strcmp(shop_id(checkout->guest), one->guest) == 0 &&
           strcmp(shop_id(checkout->next), one->next) == 0 &&
           strcmp(shop_id(checkout->order_button), one->order) == 0;
}

void test_recognise_checkout__reads_the_steps(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const Case *one = &CASES[i];
        Document *document = shop_page(arena, "/checkout", one->html);
        Checkout checkout;
        checkout_read(words, document, form_state_create(arena, document), arena,
                      &checkout);
        if (!case_holds(one, &checkout))
            fail_msg(
                "%s: stage %s fields %zu required %d account %d payment %d guest '%s' next '%s' "
                "order '%s'",
                one->what, checkout_stage_name(checkout.stage), checkout.fields.count,
                checkout.required_count, checkout.asks_account, checkout.has_payment_choice,
                shop_id(checkout.guest), shop_id(checkout.next),
                shop_id(checkout.order_button));
    }
}

void test_recognise_checkout__tells_clear_order_buttons_from_others(void)
{
    static const struct {
        const char *words;
        bool is_clear;
    } BUTTONS[] = {
        {"Commander avec obligation de paiement", true},
        {"Payer ma commande", true},
        {"Zahlungspflichtig bestellen", true},
        {"Pay now", true},
        {"Pagar ahora", true},
        {"Valider la commande", false},
        {"Continue", false},
        {"Place order", false},
        {"Bestellung abschicken", false},
    };

    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(BUTTONS); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const char *html = arena_printf(
            arena,
            "<main><form><label><input type=radio name=payment value=1>Card</label><button>%s"
            "</button></form></main>",
            BUTTONS[i].words);
        Document *document = shop_page(arena, "/checkout", html);
        Checkout checkout;
        checkout_read(words, document, form_state_create(arena, document), arena,
                      &checkout);
        if (!checkout.order_button || checkout.is_order_label_clear != BUTTONS[i].is_clear)
            fail_msg("%s: %d", BUTTONS[i].words, checkout.is_order_label_clear);
    }
}

void test_recognise_checkout__reads_amounts_and_terms(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Checkout checkout;
    const char *html =
        "<main><h1>Paiement</h1><form><label><input type=radio name=payment value=1>Carte</label>"
        "<label><input type=checkbox name=cgv> J'ai lu les <a href=/cgv>conditions générales de vente"
        "</a></label><button>Payer</button></form><table><tr><td>Livraison</td><td>4,90 €</td></tr><tr>"
        "<td>Total TTC</td><td>29,90 €</td></tr></table></main>";
    Document *document = shop_page(arena, "/paiement", html);
    checkout_read(shop_words(arena), document, form_state_create(arena, document), arena,
                  &checkout);
    assert_int_equal(checkout.total.milli, 29900);
    assert_int_equal(checkout.delivery.milli, 4900);
    assert_true(checkout.is_delivery_named);
    assert_true(checkout.has_terms_link);
    assert_int_equal(checkout.payment_methods, 1);
}
