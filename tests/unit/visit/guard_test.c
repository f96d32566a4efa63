/* guard_test.c - what may be pressed. Tests guard.c and guard_form.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/html.h"
#include "unit.h"
#include "visit/guard.h"

static const Document *parse(Arena *arena, const char *url, const char *html)
{
    Document *document = NULL;
    Error err = {0};
    assert_true(html_parse(arena, str_of(html), "text/html; charset=utf-8", url, NULL,
                           &document, &err));
    return document;
}

/* Judge pressing the element #x of a page. */
static GuardVerdict judge_at(const char *url, const char *html, Safety safety)
{
    Arena *arena = arena_create();
    const Document *document = parse(arena, url, html);
    const FormState *state = form_state_create(arena, document);
    const Node *element = document_by_id(document, "x");
    assert_non_null(element);
    const char *why = NULL;
    GuardVerdict verdict = guard_judge(document, state, element, safety, &why);
    if (verdict != GUARD_ALLOWS)
        assert_non_null(why);
    arena_release(arena);
    return verdict;
}

static GuardVerdict judge(const char *url, const char *html)
{
    return judge_at(url, html, SAFETY_TOUCH);
}

#define PAYMENT                                                                            \
    "<label><input type=radio name=payment_method value=card> Card</label>"                \
    "<label><input type=radio name=payment_method value=cheque> Cheque</label>"
#define ADDRESS                                                                            \
    "<label>E-mail <input type=email name=email></label><label>Street "                    \
    "<input name=address1></label><label>Postal code <input name=postcode></label>"

void test_guard__refuses_order_buttons_of_a_review_page(void)
{
    static const char *const NAMES[] = {
        "Place order",  "Pay now",         "Valider ma commande",
        "Payer",        "Commander",       "Zahlungspflichtig bestellen",
        "Jetzt kaufen", "Bestellen",       "Realizar pedido",
        "Pagar",        "Conferma ordine", "Paga ora",
        "Confirm",      "Submit",          "OK",
        "Valider",      "Absenden",        "Terminer",
    };
    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *html =
            arena_printf(arena,
                         "<h1>Review</h1><form method=post action=/checkout/review>"
                         "<button id=x>%s</button></form>",
                         NAMES[i]);
        if (judge("http://shop.test/checkout/review", html) != GUARD_FINAL)
            fail_msg("'%s' was allowed", NAMES[i]);
    }
    arena_release(arena);
}

void test_guard__refuses_any_button_where_payment_shows(void)
{
    static const char *const NAMES[] = {"Continue", "Weiter",      "Continuer", "Avanti",
                                        "Update",   "Megrendelés", "Go"};
    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *html = arena_printf(arena,
                                        "<form method=post action=/next>" PAYMENT
                                        "<button id=x>%s</button></form>",
                                        NAMES[i]);
        if (judge("http://shop.test/step/3", html) != GUARD_FINAL)
            fail_msg("'%s' was allowed", NAMES[i]);
    }
    arena_release(arena);
}

void test_guard__refuses_enter_where_the_default_button_orders(void)
{
    assert_int_equal(judge("http://shop.test/checkout",
                           "<form method=post action=/go>" ADDRESS
                           "<input id=x name=note>" PAYMENT
                           "<button>Place order</button></form>"),
                     GUARD_FINAL);
}

void test_guard__refuses_the_coffee_cart(void)
{
    assert_int_equal(
        judge("http://shop.test/",
              "<h1>Payment details</h1><form method=post><label>Name "
              "<input name=name></label><label>Email <input type=email name=email>"
              "</label><button type=submit id=x class=pay>Submit</button></form>"),
        GUARD_FINAL);
}

void test_guard__refuses_a_form_with_card_fields_on_a_cart_page(void)
{
    assert_int_equal(judge("http://shop.test/cart",
                           "<form method=post action=/cart/checkout>" ADDRESS
                           "<input name=credit_card_number><input name=credit_card_cvv>"
                           "<button id=x>PLACE ORDER</button></form>"),
                     GUARD_FINAL);
}

void test_guard__refuses_wallets_anywhere(void)
{
    assert_int_equal(judge("http://shop.test/p/1",
                           "<form method=post action=/cart/add><button id=x>Buy with PayPal"
                           "</button></form>"),
                     GUARD_FINAL);
    assert_int_equal(judge("http://shop.test/cart", "<a id=x href=/express>Apple Pay</a>"),
                     GUARD_FINAL);
}

void test_guard__refuses_terms_beside_an_address(void)
{
    assert_int_equal(
        judge("http://shop.test/checkout",
              "<form method=post action=/checkout>" ADDRESS
              "<label><input type=checkbox name=terms> I accept the terms</label>"
              "<button id=x>Continue</button></form>"),
        GUARD_FINAL);
}

void test_guard__refuses_words_it_does_not_know_in_a_checkout(void)
{
    assert_int_equal(judge("http://shop.test/checkout/review",
                           "<form method=post action=/x><button id=x>Megrendelés elküldése"
                           "</button></form>"),
                     GUARD_FINAL);
}

void test_guard__refuses_an_action_that_orders(void)
{
    assert_int_equal(
        judge("http://shop.test/step",
              "<form method=post action=/checkout/confirm><button id=x>Next</button>"
              "</form>"),
        GUARD_FINAL);
    assert_int_equal(judge("http://shop.test/step",
                           "<form method=post action=/step><button id=x "
                           "formaction=/place-order>Next</button></form>"),
                     GUARD_FINAL);
}

void test_guard__refuses_a_payment_frame_page(void)
{
    assert_int_equal(judge("http://shop.test/step/4",
                           "<iframe src='https://js.stripe.com/v3/elements'></iframe>"
                           "<form method=post><button id=x>Continue</button></form>"),
                     GUARD_FINAL);
}

void test_guard__allows_adding_to_the_cart(void)
{
    static const char *const NAMES[] = {"Add to cart",          "Ajouter au panier",
                                        "In den Warenkorb",     "Añadir al carrito",
                                        "Aggiungi al carrello", "OK"};
    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *html = arena_printf(
            arena,
            "<h1>Lamp</h1><form method=post action=/cart/add><input type=number "
            "name=quantity><button id=x>%s</button></form>",
            NAMES[i]);
        if (judge("http://shop.test/p/1", html) != GUARD_ALLOWS)
            fail_msg("'%s' was refused", NAMES[i]);
    }
    arena_release(arena);
}

void test_guard__allows_leaving_the_cart_for_the_checkout(void)
{
    assert_int_equal(
        judge("http://shop.test/index.php?route=checkout/cart",
              "<h1>Shopping cart</h1><form method=post action=/checkout><button id=x>"
              "Place order</button></form>"),
        GUARD_ALLOWS);
    /* Nothing says that a checkout comes: shops that ask nothing order from there. */
    assert_int_equal(
        judge("http://shop.test/cart",
              "<h1>Shopping cart</h1><form method=post action=/go><button id=x>"
              "Place order</button></form>"),
        GUARD_FINAL);
    assert_int_equal(
        judge("http://shop.test/panier",
              "<h1>Votre panier</h1><a id=x href=/commande>Valider ma commande</a>"),
        GUARD_ALLOWS);
}

void test_guard__allows_the_address_step(void)
{
    static const char *const NAMES[] = {
        "Continue", "Continuer",           "Weiter", "Continuar", "Avanti",
        "Save",     "Continue to shipping"};
    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *html =
            arena_printf(arena,
                         "<h1>Checkout</h1><form method=post action=/commande>" ADDRESS
                         "<button id=x name=confirm-addresses>%s</button></form>",
                         NAMES[i]);
        if (judge("http://shop.test/commande", html) != GUARD_ALLOWS)
            fail_msg("'%s' was refused", NAMES[i]);
    }
    arena_release(arena);
}

void test_guard__allows_the_delivery_step(void)
{
    assert_int_equal(
        judge(
            "http://shop.test/checkout/delivery",
            "<h1>Delivery</h1><form method=post action=/checkout/delivery><label><input "
            "type=radio name=shipping_method value=home> Home delivery</label><button id=x>"
            "Continue</button></form>"),
        GUARD_ALLOWS);
}

void test_guard__allows_ordering_as_a_guest(void)
{
    assert_int_equal(
        judge("http://shop.test/checkout",
              "<h1>Checkout</h1><form method=post action=/checkout/guest><button "
              "id=x>Continue as guest</button></form>"),
        GUARD_ALLOWS);
}

void test_guard__allows_searching_everywhere(void)
{
    assert_int_equal(
        judge_at("http://shop.test/checkout/payment",
                 "<form role=search action=/search><input type=search name=q><button "
                 "id=x>Search</button></form>" PAYMENT,
                 SAFETY_LOOK),
        GUARD_ALLOWS);
}

void test_guard__allows_removing_a_line_beside_a_payment(void)
{
    assert_int_equal(
        judge("http://shop.test/checkout",
              "<form method=post action=/cart/remove><button id=x>Remove</button>"
              "</form><form method=post action=/pay>" PAYMENT "</form>"),
        GUARD_ALLOWS);
}

void test_guard__refuses_changes_at_level_look(void)
{
    assert_int_equal(
        judge_at("http://shop.test/p/1",
                 "<form method=post action=/cart/add><button id=x>Add to cart</button>"
                 "</form>",
                 SAFETY_LOOK),
        GUARD_LEVEL);
    assert_int_equal(judge_at("http://shop.test/p/1",
                              "<a id=x href='/?add-to-cart=3'>Add to cart</a>",
                              SAFETY_LOOK),
                     GUARD_LEVEL);
}

void test_guard__refuses_accounts_below_act(void)
{
    static const char LOGIN[] =
        "<form method=post action=/login><input type=email name=email><input type=password "
        "name=password><button id=x>Sign in</button></form>";
    assert_int_equal(judge("http://shop.test/account", LOGIN), GUARD_ACCOUNT);
    assert_int_equal(judge_at("http://shop.test/account", LOGIN, SAFETY_ACT), GUARD_ALLOWS);
}

void test_guard__refuses_messages_and_newsletters_below_act(void)
{
    assert_int_equal(
        judge("http://shop.test/contact",
              "<form method=post action=/contact><input type=email name=email>"
              "<textarea name=message></textarea><button id=x>Send</button></form>"),
        GUARD_MESSAGE);
    assert_int_equal(
        judge("http://shop.test/",
              "<form method=post action=/news><input type=email name=email><button "
              "id=x>Subscribe</button></form>"),
        GUARD_MESSAGE);
}

void test_guard__allows_a_guest_form_with_an_optional_password_left_empty(void)
{
    assert_int_equal(
        judge("http://shop.test/commande",
              "<h1>Commande</h1><form method=post action=/commande><input "
              "name=firstname><input name=lastname><input type=email name=email>"
              "<input type=password name=password><button id=x>Continuer</button>"
              "</form>"),
        GUARD_ALLOWS);
}

void test_guard__judges_buttons_that_only_scripts_move(void)
{
    assert_int_equal(judge("http://shop.test/checkout/payment",
                           "<div id=x role=button onclick='pay()'>Place order</div>"),
                     GUARD_FINAL);
}

void test_guard__knows_card_fields(void)
{
    static const char *const FIELDS[] = {"<input id=x autocomplete='section-1 cc-number'>",
                                         "<input id=x name=card_number>",
                                         "<input id=x name=cvv>",
                                         "<input id=x placeholder='Card number'>",
                                         "<input id=x data-stripe=number>",
                                         "<select id=x name=cc_exp_month></select>"};
    static const char *const OTHERS[] = {
        "<input id=x name=postcode>",
        "<input id=x type=radio name=payment value=creditcard>",
        "<input id=x name=discount_code>", "<input id=x name=email>"};
    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(FIELDS); i++)
        assert_true(guard_is_card_field(
            document_by_id(parse(arena, "http://shop.test/", FIELDS[i]), "x")));
    for (size_t i = 0; i < COUNT_OF(OTHERS); i++)
        assert_false(guard_is_card_field(
            document_by_id(parse(arena, "http://shop.test/", OTHERS[i]), "x")));
    arena_release(arena);
}

void test_guard__refuses_a_submit_that_may_be_the_order_itself(void)
{
    /* A shop without payment: name, address, "Submit" on the cart page. */
    assert_int_equal(
        judge("http://shop.test/cart",
              "<h1>Cart</h1><p>Total: 42.00</p><form method=post action=/orders>"
              "<label>Name <input name=name></label><label>Address "
              "<input name=address></label><button id=x>Submit</button></form>"),
        GUARD_FINAL);
    assert_int_equal(judge("http://shop.test/checkout",
                           "<h1>Checkout</h1><form method=post action=/checkout>" ADDRESS
                           "<button id=x>Valider</button></form>"),
                     GUARD_FINAL);
    assert_int_equal(judge("http://shop.test/checkout",
                           "<form method=post action=/checkout>" ADDRESS
                           "<button id=x>Megrendelem</button></form>"),
                     GUARD_FINAL);
}

void test_guard__allows_a_submit_where_payment_is_announced_for_later(void)
{
    assert_int_equal(judge("http://shop.test/checkout",
                           "<ol><li>Address</li><li>Delivery</li><li>Payment</li></ol>"
                           "<form method=post action=/checkout>" ADDRESS
                           "<button id=x>Valider</button></form>"),
                     GUARD_ALLOWS);
}

#define SUMMARY "<h2>Your order</h2><p>Lamp 40.00</p><p>Delivery 5.00</p><p>Total 45.00</p>"

void test_guard__refuses_whatever_goes_on_from_a_page_with_the_total_to_pay(void)
{
    static const char *const BUTTONS[] = {
        "<button id=x type=button>Continue</button>",
        "<form method=post action=/step5><button id=x>Next</button></form>",
        "<a id=x href=/checkout/step5>Continue</a>",
        "<a id=x href=# onclick='go()'>Weiter</a>",
        "<div id=x role=button>Suivant</div>",
        "<form method=post action=/step5><button id=x>Checkout</button></form>",
    };
    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(BUTTONS); i++)
        if (judge("http://shop.test/checkout/review",
                  arena_printf(arena, "<h1>Checkout</h1>" SUMMARY "%s", BUTTONS[i])) !=
            GUARD_FINAL)
            fail_msg("%s was allowed", BUTTONS[i]);
    arena_release(arena);
}

void test_guard__goes_on_where_the_payment_is_still_to_come(void)
{
    assert_int_equal(judge("http://shop.test/checkout/address",
                           "<ol><li>Address</li><li>Payment</li></ol><h1>Checkout</h1>"
                           "<form method=post action=/step2>" ADDRESS SUMMARY
                           "<button id=x>Continue</button></form>"),
                     GUARD_ALLOWS);
    /* A link to the help pages and a badge announce nothing. */
    assert_int_equal(
        judge("http://shop.test/checkout/address",
              "<ul><li><a href=/help/payment>Payment</a></li><li>Secure payment</li></ul>"
              "<h1>Checkout</h1><form method=post action=/step2>" ADDRESS SUMMARY
              "<button id=x>Continue</button></form>"),
        GUARD_FINAL);
}

void test_guard__refuses_buying_at_once(void)
{
    static const char *const BUTTONS[] = {
        "<button id=x type=button onclick='buy()'>Buy now</button>",
        "<form method=post action=/buy/12><button id=x>Buy with 1-Click</button></form>",
        "<form method=post action=/p/12><button id=x>Acheter en 1 clic</button></form>",
        "<div id=x role=button>Sofort kaufen</div>",
        "<a id=x href='/order?action=buy&sku=12'>Buy now</a>",
        "<button id=x type=button class=apple-pay-button aria-label='Apple Pay'></button>",
        "<button id=x type=button aria-label='Buy with GPay'></button>",
    };
    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(BUTTONS); i++)
        if (judge("http://shop.test/p/12",
                  arena_printf(arena, "<h1>Lamp</h1>%s", BUTTONS[i])) != GUARD_FINAL)
            fail_msg("%s was allowed", BUTTONS[i]);
    arena_release(arena);
}

void test_guard__allows_a_cart_button_that_says_buy(void)
{
    assert_int_equal(judge("http://shop.test/p/12",
                           "<h1>Lamp</h1><form method=post action=/cart/add><button id=x>"
                           "Buy now</button></form>"),
                     GUARD_ALLOWS);
    assert_int_equal(judge("http://shop.test/p/12",
                           "<h1>Lamp</h1><button id=x type=button class=add-to-cart>"
                           "Order now</button>"),
                     GUARD_ALLOWS);
    assert_int_equal(judge("http://shop.test/p/12",
                           "<h1>Lamp</h1><button id=x type=button>Commander</button>"),
                     GUARD_ALLOWS);
}

void test_guard__refuses_a_button_that_orders_in_a_page_of_scripts(void)
{
    assert_int_equal(
        judge("http://shop.test/",
              "<h1>Shop</h1><button id=x type=button>Place your order</button>"),
        GUARD_FINAL);
    assert_int_equal(
        judge("http://shop.test/cart",
              "<h1>Cart</h1><p>Sent to jo@example.com</p><button id=x type=button>"
              "Place your order</button>"),
        GUARD_FINAL);
    assert_int_equal(judge("http://shop.test/cart",
                           "<h1>Cart</h1><button id=x type=button>Place order</button>"
                           "<footer>help@shop.test</footer>"),
                     GUARD_ALLOWS);
}

void test_guard__refuses_the_submit_of_a_payment_dialog(void)
{
    assert_int_equal(
        judge("http://shop.test/cart",
              "<h1>Cart</h1><div role=dialog aria-label='Payment details'><form><input "
              "name=name><input type=email name=email><button id=x type=submit>Submit"
              "</button></form></div>"),
        GUARD_FINAL);
}

void test_guard__refuses_accepting_the_terms_beside_the_payment(void)
{
    assert_int_equal(judge("http://shop.test/checkout/payment",
                           "<form method=post action=/x>" PAYMENT
                           "<label><input id=x type=checkbox name=terms> I accept the terms"
                           "</label></form>"),
                     GUARD_FINAL);
}

void test_guard__allows_choosing_in_a_drawn_list_of_a_checkout(void)
{
    static const char *const page =
        "<h1>Checkout</h1><form><label for=x>Country</label><button type=button id=x "
        "role=combobox aria-haspopup=listbox>Country</button><h2>Payment</h2>"
        "<input type=radio name=payment value=card>%s<button>Place order</button></form>";

    assert_int_equal(judge("http://shop.test/checkout", page), GUARD_ALLOWS);
    assert_int_equal(judge("http://shop.test/checkout",
                           "<h1>Payment</h1><input autocomplete=cc-number>"
                           "<div id=x role=option>Pay now</div>"),
                     GUARD_FINAL);
}

void test_guard__allows_one_more_and_the_ground_of_a_checkout(void)
{
    assert_int_equal(judge("http://shop.test/checkout",
                           "<h1>Checkout</h1><button id=x type=button>+</button>"),
                     GUARD_ALLOWS);
    assert_int_equal(judge("http://shop.test/checkout",
                           "<h1>Checkout</h1><form id=x>" ADDRESS "</form>"),
                     GUARD_ALLOWS);
}

void test_guard__a_hidden_heading_says_nothing_about_the_page(void)
{
    assert_int_equal(judge("http://shop.test/cart",
                           "<h1>Cart</h1><div hidden><h1>Payment details</h1></div>"
                           "<button id=x type=button>One more espresso</button>"),
                     GUARD_ALLOWS);
}

void test_guard__says_yes_to_no_question_about_an_order(void)
{
    static const char CART[] = "http://shop.example/cart";
    assert_int_equal(
        judge(
            CART,
            "<h1>Cart</h1><form action=/checkout><input id=x type=submit "
            "value=Checkout onclick=\"return confirm('Check out this order?');\"></form>"),
        GUARD_FINAL);
    assert_int_equal(
        judge(CART,
              "<h1>Cart</h1><form action=/checkout onsubmit='return confirm(\"Place the "
              "order?\")'><button id=x>Checkout</button></form>"),
        GUARD_FINAL);
    assert_int_equal(
        judge(CART,
              "<h1>Cart</h1><form method=post action=/cart/remove><button id=x "
              "onclick=\"return confirm('Remove this line?')\">Remove</button></form>"),
        GUARD_ALLOWS);
}

void test_guard__allows_the_checkout_of_a_cart_that_wants_its_terms_accepted(void)
{
    static const char BOX[] =
        "<label><input type=checkbox name=terms checked> I agree with the terms</label>";
    Arena *arena = arena_create();
    const char *cart = arena_printf(
        arena,
        "<h1>Shopping cart</h1><form method=post action=/cart>%s<button id=x>%s</button>",
        BOX, "Checkout");
    assert_int_equal(judge("http://shop.example/cart", cart), GUARD_ALLOWS);
    cart = arena_printf(arena,
                        "<h1>Shopping cart</h1><form method=post action=/cart>%s" ADDRESS
                        "<button id=x>%s</button>",
                        BOX, "Checkout");
    assert_int_equal(judge("http://shop.example/cart", cart), GUARD_FINAL);
    arena_release(arena);
}

/* Judge pressing the element #x of a page whose marks ("n": no box) tell what is seen. */
static GuardVerdict judge_marked(const char *html)
{
    Arena *arena = arena_create();
    Document *document = NULL;
    assert_true(html_parse_marked(arena, str_of(html), "m", "http://shop.example/checkout",
                                  &document, NULL));
    const char *why = NULL;
    GuardVerdict verdict = guard_judge(document, form_state_create(arena, document),
                                       document_by_id(document, "x"), SAFETY_TOUCH, &why);
    arena_release(arena);
    return verdict;
}

#define FOLDED                                                                              \
    "<section m=5n><div m=6n><p m=7n><input m=8n type=radio name=payment_method></p></div>" \
    "</section>"

void test_guard__a_folded_part_about_payment_is_not_shown(void)
{
    static const char STEP[] =
        "<body m=1><h2 m=2>Address</h2><form m=3 method=post action=/checkout/address>"
        "<label m=9>Street <input m=10 name=street></label><label m=11>Postal code "
        "<input m=12 name=postcode></label><button m=13 id=x>Continue</button>%s</form>%s";
    Arena *arena = arena_create();
    assert_int_equal(judge_marked(arena_printf(arena, STEP, "", FOLDED)), GUARD_ALLOWS);
    /* A label that is drawn in its radio's place is seen. */
    assert_int_equal(
        judge_marked(arena_printf(
            arena, STEP, "",
            "<div m=5n><p m=6n><input m=7n type=radio id=r name=payment_method></p></div>"
            "<label m=8 for=r>Card</label>")),
        GUARD_FINAL);
    /* What is sent with the form counts, seen or not. */
    assert_int_equal(judge_marked(arena_printf(arena, STEP, FOLDED, "")), GUARD_FINAL);
    arena_release(arena);
}
