/* guard_request.c - the network guard: which addresses are never called, whoever asks.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "visit/guard.h"

/** host NULL: any; path: part of path?query, lower case. */
typedef struct Endpoint {
    const char *host;
    const char *path;
    const char *why;
} Endpoint;

/* Mutating calls only. Starting list of scenarios.md 6.8. */
static const Endpoint MUTATIONS[] = {
    {"api.stripe.com", "/confirm", "confirms a Stripe payment"},
    {"api.stripe.com", "/payment_methods", "sends card data to Stripe"},
    {"api.stripe.com", "/tokens", "sends card data to Stripe"},
    {"api.stripe.com", "/sources", "sends card data to Stripe"},
    {"paypal.com", "", "talks to PayPal"},
    {"adyen.com", "", "talks to Adyen"},
    {"adyenpayments.com", "", "talks to Adyen"},
    {"braintreegateway.com", "", "talks to Braintree"},
    {"braintree-api.com", "", "talks to Braintree"},
    {"mollie.com", "", "talks to Mollie"},
    {"klarna.com", "", "talks to Klarna"},
    {"checkout.com", "", "talks to Checkout.com"},
    {"squareup.com", "", "talks to Square"},
    {"worldpay.com", "", "talks to Worldpay"},
    {"authorize.net", "", "talks to Authorize.net"},
    {"payplug.com", "", "talks to PayPlug"},
    {"payzen.eu", "", "talks to PayZen"},
    {"systempay.fr", "", "talks to Systempay"},
    {"paybox.com", "", "talks to Paybox"},
    {"redsys.es", "", "talks to Redsys"},
    {"sogenactif.com", "", "talks to a bank"},
    {"monetico-services.com", "", "talks to a bank"},
    {NULL, "wc-ajax=checkout", "places the order"},
    {NULL, "payment-information", "places the order"},
    {NULL, "checkout/confirm", "confirms the order"},
    {NULL, "checkout/order", "places the order"},
    {NULL, "checkout/complete", "places the order"},
    {NULL, "checkout/place", "places the order"},
    {NULL, "checkout/submit", "places the order"},
    {NULL, "checkout/finish", "places the order"},
    {NULL, "checkout/pay", "pays"},
    {NULL, "place-order", "places the order"},
    {NULL, "place_order", "places the order"},
    {NULL, "placeorder", "places the order"},
    {NULL, "saveorder", "places the order"},
    {NULL, "submit-order", "places the order"},
    {NULL, "confirm-order", "confirms the order"},
    {NULL, "order/confirm", "confirms the order"},
    {NULL, "commande/confirm", "confirms the order"},
    {NULL, "commande/valid", "confirms the order"},
    {NULL, "/submitforcompletion", "places the order"},
    {NULL, "order/create", "places the order"},
    {NULL, "orders/create", "places the order"},
    {NULL, "order/new", "places the order"},
    {NULL, "orders/new", "places the order"},
    {NULL, "order/finish", "places the order"},
    {NULL, "order/complete", "places the order"},
    {NULL, "order/pay", "pays"},
    {NULL, "checkout/purchase", "places the order"},
    {NULL, "checkout/payment/", "pays"},
    {NULL, "checkouts/complete", "places the order"},
    {NULL, "purchase/confirm", "confirms the order"},
    {NULL, "bestellung/abs", "places the order"},
    {NULL, "bestellung/best", "confirms the order"},
    {NULL, "pedido/confirm", "confirms the order"},
    {NULL, "ordine/conferma", "confirms the order"},
    {NULL, "bestellabschluss", "places the order"},
    {NULL, "fnc=execute", "places the order"},
    {NULL, "paypal", "talks to PayPal"},
    {NULL, "applepay", "pays by a wallet"},
    {NULL, "apple-pay", "pays by a wallet"},
    {NULL, "apple_pay", "pays by a wallet"},
    {NULL, "googlepay", "pays by a wallet"},
    {NULL, "google-pay", "pays by a wallet"},
    {NULL, "google_pay", "pays by a wallet"},
    {"pay.google.com", "", "talks to Google Pay"},
    {"apple.com", "paymentservices", "talks to Apple Pay"},
    {"apple-pay-gateway.apple.com", "", "talks to Apple Pay"},
    {"payments-amazon.com", "", "talks to Amazon Pay"},
    {"shop.app", "/pay", "talks to Shop Pay"},
    {"hipay.com", "", "talks to HiPay"},
    {"hipay-tpp.com", "", "talks to HiPay"},
    {"unzer.com", "", "talks to Unzer"},
    {"nexi.it", "", "talks to Nexi"},
    {"alma.eu", "", "talks to Alma"},
    {"getalma.eu", "", "talks to Alma"},
    {"scalapay.com", "", "talks to Scalapay"},
    {"afterpay.com", "", "talks to Afterpay"},
    {"shopifycs.com", "", "sends card data to Shopify"},
};

/* GETs that order all the same. */
static const Endpoint READS[] = {
    {NULL, "saveorder", "places the order"},
    {NULL, "placeorder", "places the order"},
    {NULL, "place-order", "places the order"},
    {NULL, "place_order", "places the order"},
    {NULL, "confirm-order", "confirms the order"},
    {NULL, "confirm_order", "confirms the order"},
    {NULL, "confirmorder", "confirms the order"},
    {NULL, "submit-order", "places the order"},
    {NULL, "submit_order", "places the order"},
    {NULL, "submitorder", "places the order"},
    {NULL, "order/create", "places the order"},
    {NULL, "order/place", "places the order"},
    {NULL, "order/submit", "places the order"},
    {NULL, "checkout/place", "places the order"},
    {NULL, "createorder", "places the order"},
    {NULL, "create-order", "places the order"},
    {NULL, "create_order", "places the order"},
    {NULL, "action=order", "places the order"},
    {NULL, "action=buy", "buys at once"},
    {NULL, "action=purchase", "buys at once"},
    {NULL, "oneclick", "buys at once"},
    {NULL, "one-click-buy", "buys at once"},
    {NULL, "one-click-order", "buys at once"},
    {NULL, "one_click", "buys at once"},
    {NULL, "confirmpayment", "confirms a payment"},
    {NULL, "checkout_process", "places the order"},
    {NULL, "completecheckout", "places the order"},
    {NULL, "checkoutcomplete", "places the order"},
};

/* Last parts of addresses of which a program makes an order: "POST /api/orders". As forms
 * of pages some of them are ordinary steps ("/order" of an address). */
static const char *const REST_NOUNS[] = {
    "order",  "orders",  "purchase", "purchases", "buy",      "buynow",    "buy-now",
    "charge", "charges", "payment",  "payments",  "pay",      "place",     "bestellung",
    "pedido", "pedidos", "ordine",   "ordini",    "commande", "commandes", "bestellungen",
};

/* Files of pages that may speak of all this. */
static bool is_static_file(Str path)
{
    static const char *const ENDS[] = {".js",  ".mjs",  ".css", ".png",  ".jpg",   ".svg",
                                       ".gif", ".webp", ".ico", ".woff", ".woff2", ".avif"};
    size_t query = str_find_byte(path, '?', 0);
    Str bare = query == SIZE_MAX ? path : str_slice(path, 0, query);
    for (size_t i = 0; i < COUNT_OF(ENDS); i++)
        if (str_ends_with(bare, str_of(ENDS[i])))
            return true;
    return false;
}

static bool is_host(const char *host, const char *domain)
{
    Str whole = str_of(host);
    Str end = str_of(domain);
    if (!str_ends_with(whole, end))
        return false;
    return whole.length == end.length || whole.data[whole.length - end.length - 1] == '.';
}

static bool endpoint_matches(const Endpoint *endpoint, const Url *url, Str path)
{
    return (!endpoint->host || is_host(url->host, endpoint->host)) &&
           str_contains_nocase(path, str_of(endpoint->path));
}

/* "route=extension/payment/NAME/confirm" (or "NAME.confirm"), "/module/NAME/validation" and
 * their like: order even by GET. */
static bool is_payment_confirm(Str path)
{
    static const char *const CALLS[] = {"/confirm", ".confirm", "|confirm"};
    size_t at = str_find_nocase(path, STR("payment/"), 0);
    for (size_t i = 0; at != SIZE_MAX && i < COUNT_OF(CALLS); i++)
        if (str_find_nocase(path, str_of(CALLS[i]), at) != SIZE_MAX)
            return true;
    at = str_find_nocase(path, STR("module/"), 0);
    return (at != SIZE_MAX && str_find_nocase(path, STR("/validation"), at) != SIZE_MAX) ||
           (str_contains_nocase(path, STR("fc=module")) &&
            str_contains_nocase(path, STR("controller=validation")));
}

/* First-party REST: ".../wc/store/.../checkout" and ".../carts/ID/complete". */
static bool is_rest_order(Str path)
{
    size_t store = str_find_nocase(path, STR("wc/store/"), 0);
    if (store != SIZE_MAX && str_find_nocase(path, STR("/checkout"), store) != SIZE_MAX)
        return true;
    size_t carts = str_find_nocase(path, STR("carts/"), 0);
    return carts != SIZE_MAX &&
           (str_find_nocase(path, STR("/complete"), carts) != SIZE_MAX ||
            str_find_nocase(path, STR("/order"), carts) != SIZE_MAX);
}

static bool refuse_request(const char **why, const char *reason)
{
    if (why)
        *why = reason;
    return false;
}

/* Is it a program's call, not a form of a page? By what it carries, or by its address. */
static bool is_rest_call(const char *content_type, Str path)
{
    static const char *const PARTS[] = {"/api/",  "/rest/",   "/v1/",  "/v2/",   "/v3/",
                                        "/ajax/", "/graphql", "/rpc/", "/store/"};
    Str type = str_of(content_type);
    if (type.length > 0 &&
        !str_starts_with_nocase(type, STR("application/x-www-form-urlencoded")) &&
        !str_starts_with_nocase(type, STR("multipart/form-data")))
        return true;
    for (size_t i = 0; i < COUNT_OF(PARTS); i++)
        if (str_contains_nocase(path, str_of(PARTS[i])))
            return true;
    return false;
}

/* Last part of an address, without query and closing slash. */
static Str last_part(Str path)
{
    Str bare = str_slice(path, 0, str_find_byte(path, '?', 0));
    while (bare.length > 1 && bare.data[bare.length - 1] == '/')
        bare = str_slice(bare, 0, bare.length - 1);
    size_t start = bare.length;
    while (start > 0 && bare.data[start - 1] != '/')
        start--;
    return str_slice(bare, start, bare.length);
}

static bool is_rest_noun(Str path)
{
    Str last = last_part(path);
    for (size_t i = 0; i < COUNT_OF(REST_NOUNS); i++)
        if (str_equal_nocase(last, str_of(REST_NOUNS[i])))
            return true;
    return false;
}

/* What is sent to "/orders" is an order, even by a form; "/order" is the address of whole
 * checkouts too. */
static bool is_orders(Str path)
{
    static const char *const NOUNS[] = {"orders",     "purchases",    "charges", "payments",
                                        "commandes",  "bestellungen", "pedidos", "ordini",
                                        "encomendas", "zamowienia"};
    Str last = last_part(path);
    for (size_t i = 0; i < COUNT_OF(NOUNS); i++)
        if (str_equal_nocase(last, str_of(NOUNS[i])))
            return true;
    return false;
}

static bool matches_any(const Endpoint *list, size_t count, const Url *url, Str path,
                        const char **why)
{
    for (size_t i = 0; i < count; i++)
        if (endpoint_matches(&list[i], url, path)) {
            refuse_request(why, list[i].why);
            return true;
        }
    return false;
}

static bool allows_parsed(bool mutates, const Url *url, Str path, const char **why)
{
    if (!mutates && is_static_file(path))
        return true;
    if (matches_any(READS, COUNT_OF(READS), url, path, why) ||
        (mutates && matches_any(MUTATIONS, COUNT_OF(MUTATIONS), url, path, why)))
        return false;
    if (is_payment_confirm(path))
        return refuse_request(why, "confirms a payment");
    if (mutates && is_rest_order(path))
        return refuse_request(why, "places the order");
    return true;
}

bool guard_allows_request(const char *method, const char *url, const char *content_type,
                          const char **why)
{
    bool mutates = strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 &&
                   strcmp(method, "OPTIONS") != 0;
    AUTO(arena_auto) Arena *arena = arena_create();
    Url parsed;
    if (!url_parse(arena, str_of(url), NULL, &parsed, NULL))
        return refuse_request(why, "the address cannot be read");
    if (!url_is_http(&parsed))
        return refuse_request(why, "the address is not http");
    Str path = str_of(parsed.query ? arena_printf(arena, "%s?%s", parsed.path, parsed.query)
                                   : parsed.path);
    if (mutates &&
        (is_orders(path) || (is_rest_call(content_type, path) && is_rest_noun(path))))
        return refuse_request(why, "places an order or pays");
    /* Escaped slashes must not hide an endpoint. */
    return allows_parsed(mutates, &parsed, path, why) &&
           allows_parsed(mutates, &parsed, url_decode(arena, path), why);
}

bool guard_allows_body(Str body, const char **why)
{
    static const char *const MUTATION_NAMES[] = {
        "placeOrder",       "checkoutComplete",     "SubmitForCompletion",
        "completeCheckout", "confirmPayment",       "createPayment",
        "submitOrder",      "createOrder",          "orderCreate",
        "cartComplete",     "transitionOrder",      "addPaymentToOrder",
        "makeOrder",        "checkoutPay",          "payOrder",
        "capturePayment",   "authorizePayment",     "processPayment",
        "buyNow",           "oneClickOrder",        "cartPlaceOrder",
        "orderPlace",       "orderSubmit",          "confirmOrder",
        "completeOrder",    "paymentIntentConfirm", "checkoutSubmit",
    };
    for (size_t i = 0; i < COUNT_OF(MUTATION_NAMES); i++)
        if (str_contains_nocase(body, str_of(MUTATION_NAMES[i])))
            return refuse_request(why, "the query orders or pays");
    return true;
}

bool guard_url_changes_state(Arena *arena, const char *url)
{
    static const char *const PARTS[] = {
        "add-to-cart",   "add_to_cart",     "addtocart",    "cart/add",    "cart/remove",
        "cart/delete",   "cart/update",     "panier/ajout", "action=add",  "action=remove",
        "action=delete", "action=buy",      "remove=",      "remove_item", "delete=1",
        "removecoupon",  "logout",          "log-out",      "signout",     "sign-out",
        "deconnexion",   "mylogout",        "abmelden",     "currency=",   "wishlist/add",
        "compare/add",   "add-to-wishlist", "empty-cart",   "clear-cart",  "/cart/clear",
        "basket/add",    "add_product",     "unsubscribe",
    };
    Url parsed;
    if (!url_parse(arena, str_of(url), NULL, &parsed, NULL))
        return true;
    Str path = str_of(parsed.query ? arena_printf(arena, "%s?%s", parsed.path, parsed.query)
                                   : parsed.path);
    for (size_t i = 0; i < COUNT_OF(PARTS); i++)
        if (str_contains_nocase(path, str_of(PARTS[i])))
            return true;
    return false;
}
