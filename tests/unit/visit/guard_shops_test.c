/* guard_shops_test.c - pages of shop programs whose button orders, whatever it says. Tests
 * guard.c, guard_form.c and guard_scene.c.
 *
 * SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "dom/html.h"
#include "unit.h"
#include "visit/guard.h"

typedef struct Case {
    const char *what;
    const char *path;
    const char *html; /**< marks ("m=3n": no box) tell what is seen */
} Case;

static GuardVerdict judge_marked(Arena *arena, const Case *page, Safety safety)
{
    Document *document = NULL;
    const char *why = NULL;
    assert_true(html_parse_marked(arena, str_of(page->html), "m",
                                  arena_printf(arena, "http://shop.example%s", page->path),
                                  &document, NULL));
    const Node *element = document_by_id(document, "x");
    assert_non_null(element);
    return guard_judge(document, form_state_create(arena, document), element, safety, &why);
}

static void assert_all(const Case *cases, size_t count, Safety safety, bool is_refused)
{
    Arena *arena = arena_create();
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        bool refuses = judge_marked(arena, &cases[i], safety) != GUARD_ALLOWS;
        if (refuses != is_refused) {
            print_message("%s: %s\n", cases[i].what, refuses ? "refused" : "allowed");
            wrong++;
        }
    }
    arena_release(arena);
    assert_int_equal(wrong, 0);
}

#define ADDRESS                                                                            \
    "<label m=20>E-mail <input m=21 type=email name=email></label><label m=22>Street "     \
    "<input m=23 name=street></label><label m=24>Postal code <input m=25 name=postcode>"   \
    "</label>"
#define FOLDED                                                                             \
    "<section m=30n><div m=31n><p m=32n><input m=33n type=radio checked "                  \
    "name=payment_method value=cod></p></div></section>"
#define STEPS "<ol m=10><li m=11>Address</li><li m=12>Payment</li></ol>"
#define TERMS                                                                              \
    "<label m=40><input m=41 type=checkbox name=terms checked> I agree with the terms"     \
    "</label>"
#define CART "<h1 m=1>Shopping cart</h1>"

void test_guard__refuses_where_the_folded_payment_may_be_sent_along(void)
{
    static const Case CASES[] = {
        {"a script's button in the form of the folded payment", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2>" ADDRESS FOLDED
         "<button m=3 id=x type=button>Continue</button></form>"},
        {"a drawn button in the form of the folded payment", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2>" ADDRESS FOLDED
         "<div m=3p id=x role=button>Continue</div></form>"},
        {"a submit beside the folded payment", "/checkout",
         "<h1 m=1>Checkout</h1>" STEPS "<form m=2 method=post action=/checkout>" ADDRESS
         "<button m=3 id=x>Submit</button></form>" FOLDED},
        {"unknown words after the delivery, beside the folded payment", "/checkout",
         "<h1 m=1>Checkout</h1>" STEPS "<form m=2 method=post action=/checkout><label m=4>"
         "<input m=5 type=radio name=shipping_method checked> Home</label>"
         "<button m=3 id=x>Megrendelem</button></form>" FOLDED},
        {"tiles drawn in place of the payment's radios", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout>" ADDRESS
         "<h2 m=4>Payment method</h2><div m=5>Cash</div><button m=3 id=x>Continue</button>"
         "</form>" FOLDED},
        {"a payment that the form says by itself", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout>" ADDRESS
         "<input m=4n type=hidden name=payment_method value=cod><button m=3 id=x>Continue"
         "</button></form>"},
        {"a saved card that the form says by itself", "/cart",
         CART "<form m=2 method=post action=/order><input m=4n type=hidden "
              "name=payment_token value=tok_12><button m=3 id=x>Continue</button></form>"},
    };
    assert_all(CASES, COUNT_OF(CASES), SAFETY_TOUCH, true);
}

void test_guard__refuses_where_a_payment_is_drawn_by_scripts(void)
{
    static const Case CASES[] = {
        {"radios drawn by scripts", "/checkout",
         "<h1 m=1>Checkout</h1><div m=2 role=radiogroup aria-label='Payment method'>"
         "<div m=3p role=radio aria-checked=true>Invoice</div></div>"
         "<button m=4 id=x type=button>Continue</button>"},
        {"one drawn radio", "/checkout",
         "<h1 m=1>Checkout</h1><div m=3p role=radio aria-checked=true>Cash on delivery"
         "</div><button m=4 id=x type=button>Continue</button>"},
        {"a payment's heading before the button of the address", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout>" ADDRESS
         "<h2 m=4>Payment</h2><div m=5p>Cash</div><button m=3 id=x>Continue</button>"
         "</form>"},
        {"a list of payments in another language", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout>" ADDRESS
         "<select m=4 name=zahlungsart><option>Rechnung</select>"
         "<button m=3 id=x>Continue</button></form>"},
        {"cash on delivery as the only payment", "/checkout",
         "<h1 m=1>Checkout</h1>" STEPS "<form m=2 method=post action=/checkout>" ADDRESS
         "<label m=4><input m=5 type=radio name=payment_method value=cod checked> Cash on "
         "delivery</label><button m=3 id=x>Continue</button></form>"},
        {"payment at the door under a name that says nothing", "/checkout",
         "<h1 m=1>Checkout</h1>" STEPS "<form m=2 method=post action=/checkout>" ADDRESS
         "<label m=4><input m=5 type=radio name=mode value=1 checked> Paiement à la "
         "livraison</label><button m=3 id=x>Continuer</button></form>"},
        {"cash on delivery, in a part of its own", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout>"
         "<label m=4><input m=5 type=radio name=payment value=cod checked> Pay on delivery"
         "</label><button m=3 id=x>Next</button></form>"},
        {"PayPal by its marks only", "/checkout",
         "<h1 m=1>Lamp</h1><div m=2p id=x role=button class=paypal-button>Checkout</div>"},
        {"Apple Pay by its marks only", "/cart",
         CART "<form m=2 method=post action=/cart><button m=3 id=x class=apple-pay-button>"
              "Checkout</button></form>"},
    };
    assert_all(CASES, COUNT_OF(CASES), SAFETY_TOUCH, true);
}

void test_guard__refuses_the_checkout_of_a_cart_that_may_order(void)
{
    static const Case CASES[] = {
        {"terms and an address outside the button's form", "/cart",
         CART "<form m=2>" ADDRESS "</form>" TERMS
              "<button m=3 id=x type=button>Checkout</button>"},
        {"a script's button in the form of terms and address", "/cart",
         CART "<form m=2>" ADDRESS TERMS
              "<button m=3 id=x type=button>Checkout</button></form>"},
        {"name and telephone only", "/cart",
         CART "<form m=2 method=post action=/order><label m=4>Name <input m=5 name=name>"
              "</label><label m=6>Phone <input m=7 type=tel name=phone></label>"
              "<button m=3 id=x>Checkout</button></form>"},
        {"terms, name and telephone only", "/cart",
         CART "<form m=2 method=post action=/cart><input m=5 name=name><input m=7 "
              "name=phone>" TERMS "<button m=3 id=x>Checkout</button></form>"},
        {"terms, sent to an order", "/cart",
         CART "<form m=2 method=post action=/order>" TERMS
              "<button m=3 id=x>Checkout</button></form>"},
        {"terms, sent to a checkout", "/cart",
         CART "<form m=2 method=post action=/checkout>" TERMS
              "<button m=3 id=x>Checkout</button></form>"},
        {"terms, sent to an order by the button", "/cart",
         CART "<form m=2 method=post action=/cart>" TERMS
              "<button m=3 id=x formaction=/order/send>Checkout</button></form>"},
        {"terms, and somebody signed in", "/cart",
         "<header m=8><a m=9 href=/customer/logout>Log out</a></header>" CART
         "<form m=2 method=post action=/cart>" TERMS
         "<button m=3 id=x>Checkout</button></form>"},
        {"terms, and an address known already", "/cart",
         CART "<form m=8><input m=9 name=contact value=jo@example.com></form>"
              "<form m=2 method=post action=/cart>" TERMS
              "<button m=3 id=x>Checkout</button></form>"},
        {"an order of a known customer", "/cart",
         "<header m=8><a m=9 href=/logout>Log out</a></header>" CART
         "<form m=2 method=post action=/checkout>"
         "<button m=3 id=x>Place order</button></form>"},
        {"terms, and a payment that the form says by itself", "/cart",
         CART "<form m=2 method=post action=/cart><input m=4n type=hidden name=payment "
              "value=cod>" TERMS "<button m=3 id=x>Checkout</button></form>"},
    };
    assert_all(CASES, COUNT_OF(CASES), SAFETY_TOUCH, true);
}

void test_guard__refuses_quick_orders(void)
{
    static const Case CASES[] = {
        {"name and telephone beside a product", "/p/12",
         "<h1 m=1>Lamp</h1><form m=2 method=post action=/quick><input m=4 name=name>"
         "<input m=5 type=tel name=phone><button m=3 id=x>Send</button></form>"},
        {"telephone only", "/p/12",
         "<h1 m=1>Lamp</h1><form m=2 method=post action=/fast-order><input m=5 "
         "name=telefon><button m=3 id=x>Order</button></form>"},
        {"name and telephone as a whole checkout", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout><input m=4 "
         "name=firstname><input m=5 name=phone><button m=3 id=x>Submit</button></form>"},
        {"name and telephone, and on", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout><input m=4 "
         "name=firstname><input m=5 name=phone><button m=3 id=x>Continue</button></form>"},
        {"a quick order by GET", "/cart",
         CART "<form m=2 action=/order><input m=4 name=firstname><input m=5 name=phone>"
              "<button m=3 id=x>Checkout</button></form>"},
        {"a cart with the address and the total", "/cart",
         CART "<p m=6>Total 45.00</p><form m=2 method=post action=/checkout>" ADDRESS
              "<button m=3 id=x>Checkout</button></form>"},
        {"a product ordered at once", "/p/12",
         "<h1 m=1>Lamp</h1><form m=2 method=post action=/order><button m=3 id=x>Order"
         "</button></form>"},
        {"a cart sent to an order", "/cart",
         CART
         "<form m=2 method=post action=/order><button m=3 id=x>Submit</button></form>"},
        {"name and mail beside the total", "/checkout",
         "<h1 m=1>Checkout</h1><p m=6>Total 45.00</p><form m=2 method=post action=/checkout>"
         "<input m=4 name=firstname><input m=5 type=email name=email><button m=3 id=x>"
         "Confirm</button></form>"},
        {"the delivery beside the total, and no payment to come", "/checkout",
         "<h1 m=1>Checkout</h1><p m=6>Total 45.00</p><form m=2 method=post action=/checkout>"
         "<label m=4><input m=5 type=radio name=shipping_method checked> Home</label>"
         "<button m=3 id=x>Megrendelem</button></form>"},
        {"one form for page, search and order", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout.aspx><input m=4 "
         "type=search name=q>" ADDRESS "<button m=3 id=x>Submit</button></form>"},
        {"a checkout in a frame", "/shop",
         "<h1 m=1>Shop</h1><shown-frame m=2 src='http://shop.example/checkout/review'>"
         "<form m=4 method=post action=/next><button m=3 id=x>Confirm</button></form>"
         "</shown-frame>"},
        {"the frame of a wallet", "/shop",
         "<h1 m=1>Shop</h1><shown-frame m=2 src='https://www.paypal.com/smart/button'>"
         "<button m=3 id=x>Go</button></shown-frame>"},
    };
    assert_all(CASES, COUNT_OF(CASES), SAFETY_TOUCH, true);
    static const Case LOOKED[] = {
        {"a script's order button at level look", "/checkout",
         "<h1 m=1>Checkout</h1><button m=2 id=x type=button>Place order</button>"},
        {"a script's button at level look", "/checkout",
         "<h1 m=1>Payment</h1><div m=2p id=x role=button>Submit</div>"},
    };
    assert_all(LOOKED, COUNT_OF(LOOKED), SAFETY_LOOK, true);
}

void test_guard__refuses_links_that_order_by_scripts(void)
{
    static const Case CASES[] = {
        {"a link that orders, beside a folded payment", "/checkout",
         "<h1 m=1>Checkout</h1>" FOLDED "<a m=3 id=x href=/next>Place order</a>"},
        {"a link to nowhere that orders", "/checkout",
         "<h1 m=1>Checkout</h1><a m=3 id=x href='#'>Place order</a>"},
        {"a link to nowhere that finishes", "/checkout",
         "<h1 m=1>Checkout</h1><a m=3 id=x href='javascript:send()'>Valider</a>"},
        {"a link to nowhere that goes on, in the form of the folded payment", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2>" ADDRESS FOLDED
         "<a m=3 id=x href='#'>Continue</a></form>"},
        {"a cart's link to nowhere, beside an address", "/cart",
         CART "<div m=2>" ADDRESS "</div><a m=3 id=x href='#'>Checkout</a>"},
        {"a link to nowhere that buys at once", "/p/12",
         "<h1 m=1>Lamp</h1><a m=3 id=x href='#' onclick='buy()'>Buy now</a>"},
        {"a link to nowhere that orders, for somebody known", "/cart",
         CART "<a m=4 href=/logout>Log out</a><a m=3 id=x href='#'>Place order</a>"},
    };
    assert_all(CASES, COUNT_OF(CASES), SAFETY_TOUCH, true);
}

void test_guard__refuses_the_last_calls_of_shop_programs(void)
{
    static const char *const URLS[] = {
        "/index.php?route=extension/opencart/payment/cod.confirm&language=en-gb",
        "/index.php?route=extension/opencart/payment/cod|confirm",
        "/fr/module/ps_cashondelivery/validation",
        "/index.php?fc=module&module=ps_wirepayment&controller=validation",
        "/checkout_process.php",
        "/index.php?main_page=checkout_process",
    };
    static const char *const SENT[] = {"/bestellabschluss.php",
                                       "/index.php?cl=order&fnc=execute"};
    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(URLS); i++)
        assert_false(guard_allows_request(
            "GET", arena_printf(arena, "http://shop.example%s", URLS[i]), NULL, NULL));
    for (size_t i = 0; i < COUNT_OF(SENT); i++)
        assert_false(guard_allows_request(
            "POST", arena_printf(arena, "http://shop.example%s", SENT[i]), NULL, NULL));
    assert_true(guard_allows_request("GET", "http://shop.example/bestellabschluss.php",
                                     NULL, NULL));
    assert_true(guard_allows_request("GET", "http://shop.example/modules/validation.js",
                                     NULL, NULL));
    arena_release(arena);
}

void test_guard__still_goes_on_where_nothing_orders(void)
{
    static const Case CASES[] = {
        {"an address before a folded payment", "/checkout",
         "<h1 m=1>Checkout</h1>" STEPS "<form m=2 method=post action=/checkout>" ADDRESS
         "<button m=3 id=x>Continue</button></form>" FOLDED},
        {"delivery before a folded payment", "/checkout",
         "<h1 m=1>Checkout</h1>" STEPS "<form m=2 method=post action=/checkout><label m=4>"
         "<input m=5 type=radio name=shipping_method checked> Home</label>"
         "<button m=3 id=x>Next</button></form>" FOLDED},
        {"a drawn step before a folded payment", "/checkout",
         "<h1 m=1>Checkout</h1><div m=2>" ADDRESS "</div><button m=3 id=x type=button>"
         "Continue</button><h2 m=4>Payment</h2>" FOLDED},
        {"a badge before the button", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout>" ADDRESS
         "<h3 m=4>100 % secure payment</h3><button m=3 id=x>Continue</button></form>"},
    };
    assert_all(CASES, COUNT_OF(CASES), SAFETY_TOUCH, false);
}

void test_guard__still_goes_on_from_carts_and_products(void)
{
    static const Case CASES[] = {
        {"a cart of its own address", "/en/cart?x=1",
         CART "<form m=2 method=post action=/en/cart>" TERMS
              "<button m=3 id=x>Checkout</button></form>"},
        {"a cart without an action", "/panier",
         "<h1 m=1>Panier</h1><form m=2 method=post>" TERMS
         "<button m=3 id=x>Checkout</button></form>"},
        {"a cart with a script's button", "/cart",
         CART TERMS "<button m=3 id=x type=button>Checkout</button>"},
        {"a theme's cart button that makes room for a wallet", "/p/12",
         "<h1 m=1>Lamp</h1><form m=2 method=post action=/cart/add><button m=3 id=x "
         "class='btn shopify-payment-btn'>Add to bag</button></form>"},
        {"an address of several steps", "/checkout",
         "<h1 m=1>Checkout</h1>" STEPS "<p m=6>Total 45.00</p><form m=2 method=post "
         "action=/checkout>" ADDRESS "<input m=4 name=phone><button m=3 id=x>Checkout"
         "</button></form>"},
        {"a cart's coupon", "/cart",
         CART "<form m=2 method=post action=/coupon><input m=4 name=code><button m=3 id=x>"
              "Apply</button></form>"},
        {"who orders, before the address", "/checkout",
         "<h1 m=1>Checkout</h1><form m=2 method=post action=/checkout><input m=4 "
         "name=firstname><input m=5 type=email name=email><button m=3 id=x>Valider"
         "</button></form>"},
        {"a gift card's form", "/p/12",
         "<h1 m=1>Gift card</h1><form m=2 method=post action=/cart/add><input m=4 "
         "name=name><input m=5 type=tel name=phone><button m=3 id=x>Add to cart</button>"
         "</form>"},
        {"a purchase by instalments", "/p/12",
         "<h1 m=1>Lamp</h1><form m=2 method=post action=/cart/add><input m=4n type=hidden "
         "name=payment_plan value=3><button m=3 id=x>Add to cart</button></form>"},
        {"delivery that names its payment", "/checkout",
         "<h1 m=1>Checkout</h1>" STEPS "<form m=2 method=post action=/checkout><label m=4>"
         "<input m=5 type=radio name=shipping_method> Carrier, cash on delivery</label>"
         "<button m=3 id=x>Next</button></form>"},
        {"a newsletter with a name beside the cart's terms", "/cart",
         CART "<form m=2 method=post action=/cart>" TERMS
              "<button m=3 id=x>Checkout</button></form><form m=4 method=post action=/news>"
              "<input m=5 name=firstname><input m=6 type=email name=email></form>"},
        {"the cart's link to the checkout", "/cart",
         CART "<a m=3 id=x href='#'>Place order</a>"},
        {"a link to nowhere that opens a part", "/checkout",
         "<h1 m=1>Checkout</h1><a m=3 id=x href='#'>Show the details</a>" FOLDED},
        {"a drawn radio of the delivery", "/checkout",
         "<h1 m=1>Checkout</h1><div m=2p id=x role=radio>Home delivery</div>"},
    };
    assert_all(CASES, COUNT_OF(CASES), SAFETY_TOUCH, false);
}
