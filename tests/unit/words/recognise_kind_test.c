/* recognise_kind_test.c - what a page is, by all its signs. Tests kind_shop.c, kind_other.c
 * and look.c.
 *
 * SPDX-License-Identifier: MIT */
#include "shop.h"

typedef struct Case {
    const char *what;
    const char *path;
    const char *html;
    PageKind kind;
} Case;

#define LI(n)                                                                              \
    "<li class=product><a href=/p/" n "><img src=/" n ".jpg alt=''></a><h3>Lamp " n        \
    "</h3>"                                                                                \
    "<p class=price>" n "0 €</p></li>"
#define LIST "<ul>" LI("1") LI("2") LI("3") LI("4") "</ul>"
#define HEAD                                                                               \
    "<header><a class=logo href=/><img src=/logo.png alt=Shop></a><form action=/search>"   \
    "<input type=search name=q></form><nav><a href=/c/lamps>Lamps</a></nav><a href=/cart>" \
    "Cart (0)</a><div class=mini-cart><p>Your cart is empty</p></div></header>"
#define FOOT                                                                               \
    "<footer><a href=/terms>Terms and conditions</a><form><label>Newsletter <input "       \
    "type=email name=e></label><button>OK</button></form></footer>"
#define LONG                                                                               \
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "    \
    "fifteen sixteen seventeen eighteen nineteen twenty "
#define LONG100 LONG LONG LONG LONG LONG

static const Case CASES[] = {
    {"home", "/", HEAD "<main><h1>Welcome</h1><p>Nice lamps</p></main>" FOOT, PAGE_HOME},
    {"home that is the list as well", "/", HEAD "<main><h1>Shop</h1>" LIST "</main>" FOOT,
     PAGE_HOME},
    {"home in a language", "/fr/", HEAD "<main><h1>Bienvenue</h1>" LIST "</main>" FOOT,
     PAGE_HOME},
    {"a list", "/c/lamps",
     "<title>Lamps - Shop</title>" HEAD "<main><h1>Lamps</h1>" LIST "</main>" FOOT,
     PAGE_CATEGORY},
    {"a list with an address that says nothing", "/x7",
     HEAD "<main><h1>Lamps</h1>" LIST "</main>", PAGE_CATEGORY},
    {"a list of which some themes say og:type product", "/c/lamps",
     "<meta property=og:type content=product>" HEAD "<main><h1>Lamps</h1>" LIST "</main>",
     PAGE_CATEGORY},
    {"answer to a search", "/search?q=lamp",
     "<title>Search results</title>" HEAD "<main><h1>Results for lamp</h1>" LIST "</main>",
     PAGE_SEARCH},
    {"answer without a result", "/search?q=xqz",
     HEAD "<main><h1>Search</h1><p>No products found for xqz.</p></main>", PAGE_SEARCH},
    {"product with structured data", "/lamp-1",
     "<script type=application/ld+json>{\"@type\":\"Product\",\"name\":\"Lamp\",\"offers\":{\"@type\":"
     "\"Offer\",\"price\":\"10\"}}</script>" HEAD "<main><h1>Lamp</h1><p>10 €</p></main>",
     PAGE_PRODUCT},
    {"product with a form alone", "/lamp-1",
     "<title>Shop</title>" HEAD
     "<main><h1>Lamp</h1><p class=price>10 €</p><form action=/cart/add "
     "method=post><input type=hidden name=id value=1><input name=qty value=1><button>Add to cart"
     "</button></form></main>",
     PAGE_PRODUCT},
    {"product with related ones", "/p/9",
     HEAD
     "<main><h1>Lamp</h1><p class=price>10 €</p><form action=/cart/add method=post><input "
     "name=quantity value=1><button>Add to cart</button></form><section class=related>" LIST
     "</section></main>",
     PAGE_PRODUCT},
    {"cart with a line, bare title", "/panier",
     "<title>Shop</title>" HEAD
     "<main><h1>Shop</h1><table><tr><td><a href=/p/1>Lamp</a></td><td><input "
     "name=quantity value=1></td><td>10 €</td><td><a href=/panier/x>Supprimer</a></td></tr></table><a "
     "href=/commande>Commander</a></main>",
     PAGE_CART},
    {"empty cart", "/cart",
     HEAD "<main><h1>Your cart</h1><p>Your cart is empty.</p></main>", PAGE_CART},
    {"a cart address that answers with the first page", "/cart",
     HEAD "<main><h1>Welcome</h1>" LIST "</main>", PAGE_CATEGORY},
    {"checkout with an address", "/checkout",
     "<title>Checkout</title>" HEAD
     "<main><h1>Delivery address</h1><form method=post><label>Street "
     "<input name=street></label><label>Postcode <input name=postcode></label><label>City <input "
     "name=city></label><button>Continue</button></form></main>",
     PAGE_CHECKOUT},
    {"checkout with payment, address that says nothing", "/step/3",
     HEAD
     "<main><h1>Almost there</h1><form method=post><label><input type=radio name=payment value=1> "
     "Credit card</label><label><input type=radio name=payment value=2> PayPal</label><button>Pay now"
     "</button></form></main>",
     PAGE_CHECKOUT},
    {"sign in", "/account/login",
     "<title>Login</title>" HEAD
     "<main><h1>Log in</h1><form method=post><input type=email name=e><input "
     "type=password name=p><button>Log in</button></form><a href=/forgot>Forgot password?</a></main>",
     PAGE_ACCOUNT},
    {"registration asks for the address too", "/account/register",
     "<title>Create an account</title>" HEAD
     "<main><h1>Create an account</h1><form method=post><label>"
     "E-mail <input type=email name=e></label><label>Street <input name=street></label><label>Postcode "
     "<input name=zip></label><label>City <input name=city></label><input type=password name=p><button>"
     "Register</button></form></main>",
     PAGE_ACCOUNT},
    {"contact", "/nous-contacter",
     "<title>Contact</title>" HEAD
     "<main><h1>Contactez-nous</h1><form method=post><input type=email "
     "name=email><textarea name=message></textarea><button>Envoyer</button></form></main>",
     PAGE_CONTACT},
    {"contact without a form", "/contact",
     HEAD "<main><h1>Contact us</h1><p>Call <a href=tel:+33123>01 23</a> or write to <a "
          "href=mailto:a@example.com>us</a>.</p><address>1 Street, Town</address></main>",
     PAGE_CONTACT},
    {"a review form makes no contact page", "/p/9",
     HEAD
     "<main><h1>Lamp</h1><p class=price>10 €</p><form action=/cart/add method=post><input "
     "name=quantity value=1><button>Add to cart</button></form><form class=review><input type=email "
     "name=email><textarea name=comment></textarea><button>Send</button></form></main>",
     PAGE_PRODUCT},
    {"terms", "/cgv",
     "<title>Conditions générales de vente</title>" HEAD
     "<main><h1>Conditions générales de vente</h1><p>" LONG100 LONG100 LONG100
     "</p></main>",
     PAGE_LEGAL},
    {"privacy, short", "/page/7",
     HEAD "<main><h1>Privacy policy</h1><p>We keep nothing.</p></main>", PAGE_LEGAL},
    {"delivery terms", "/livraison",
     HEAD "<main><h1>Livraison</h1><p>" LONG100 "</p></main>", PAGE_LEGAL},
    {"about", "/about-us", HEAD "<main><h1>About us</h1><p>" LONG100 "</p></main>",
     PAGE_CONTENT},
    {"an article", "/blog/how-to",
     "<script type=application/ld+json>{\"@type\":\"BlogPosting\",\"headline\":\"How\"}</script>" HEAD
     "<main><h1>How to choose</h1><p>" LONG100 "</p></main>",
     PAGE_CONTENT},
    {"closed", "/",
     "<title>Shop</title><main><h1>Opening soon</h1><form><input type=password name=p>"
     "<button>Enter</button></form></main>",
     PAGE_CLOSED},
    {"nothing to go by", "/x", HEAD "<main><h1>Hello</h1></main>", PAGE_UNKNOWN},
};

static PageKind kind_of(const Words *words, Arena *arena, const char *path,
                        const char *html, PageContext *context, const char **signs)
{
    Document *document = shop_page(arena, path, html);
    context->url = document_url(document);
    context->site = "http://shop.example/";
    return page_recognise(words, document, context, arena, NULL, signs);
}

void test_recognise_kind__tells_pages_apart(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        PageContext context = {.status = 200};
        const char *signs = NULL;
        PageKind kind =
            kind_of(words, arena, CASES[i].path, CASES[i].html, &context, &signs);
        if (kind != CASES[i].kind)
            fail_msg("%s: %s (%s)", CASES[i].what, page_kind_name(kind), signs);
    }
}

void test_recognise_kind__hears_the_server(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = shop_words(arena);
    PageContext missing = {.status = 404};
    PageContext down = {.status = 503};
    const char *signs = NULL;
    assert_int_equal(
        kind_of(words, arena, "/x", HEAD "<main>" LIST "</main>", &missing, &signs),
        PAGE_ERROR404);
    assert_int_equal(kind_of(words, arena, "/x", "<h1>Maintenance</h1>", &down, &signs),
                     PAGE_CLOSED);
}

void test_recognise_kind__sees_a_missing_page_that_answers_200(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = shop_words(arena);
    PageContext context = {.status = 200, .expected = PAGE_ERROR404};
    const char *signs = NULL;
    assert_int_equal(kind_of(words, arena, "/nothing-here",
                             HEAD "<main><h1>Page introuvable</h1></main>", &context,
                             &signs),
                     PAGE_ERROR404);
}

void test_recognise_kind__counts_what_the_journey_expects(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = shop_words(arena);
    const char *html = "<title>Shop</title>" HEAD "<main><div id=checkout></div></main>";
    PageContext plain = {.status = 200};
    PageContext context = {.status = 200, .expected = PAGE_CHECKOUT};
    const char *signs = NULL;
    assert_int_equal(kind_of(words, arena, "/checkout", html, &plain, &signs),
                     PAGE_UNKNOWN);
    assert_int_equal(kind_of(words, arena, "/checkout", html, &context, &signs),
                     PAGE_CHECKOUT);
    assert_non_null(strstr(signs, "expected"));
}

void test_recognise_kind__is_not_led_astray_by_what_was_expected(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = shop_words(arena);
    PageContext context = {.status = 200, .expected = PAGE_CART};
    const char *signs = NULL;
    assert_int_equal(
        kind_of(words, arena, "/", HEAD "<main><h1>Welcome</h1></main>", &context, &signs),
        PAGE_HOME);
}

void test_recognise_kind__gives_the_stage_of_a_checkout(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *html =
        "<main><h1>Checkout</h1><form><label>Street <input name=street></label><label>City "
        "<input name=city></label><button>Continue</button></form></main>";
    PageContext context = {.status = 200, .url = "http://shop.example/checkout"};
    CheckoutStage stage = STAGE_NONE;
    assert_int_equal(page_recognise(shop_words(arena), shop_page(arena, "/checkout", html),
                                    &context, arena, &stage, NULL),
                     PAGE_CHECKOUT);
    assert_int_equal(stage, STAGE_ADDRESS);
}

void test_recognise_kind__names_a_robot_wall_first(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    PageContext context = {.status = 403, .url = "http://shop.example/"};
    const char *html =
        "<title>Just a moment...</title><script src=https://challenges.cloudflare.com/x>"
        "</script><p>Checking your browser</p>";
    const char *signs = NULL;
    assert_int_equal(page_recognise(shop_words(arena), shop_page(arena, "/", html),
                                    &context, arena, NULL, &signs),
                     PAGE_CHALLENGE);
    assert_non_null(strstr(signs, "cloudflare"));
}
