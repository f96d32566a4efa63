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
    {NULL, "/submitforcompletion", "places the order"},
};

/* GETs that order all the same. */
static const Endpoint READS[] = {
    {NULL, "saveorder", "places the order"},
    {NULL, "placeorder", "places the order"},
    {NULL, "place-order", "places the order"},
    {NULL, "place_order", "places the order"},
    {NULL, "confirm-order", "confirms the order"},
};

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

/* "route=extension/payment/NAME/confirm" and its like: orders even by GET. */
static bool is_payment_confirm(Str path)
{
    size_t at = str_find_nocase(path, STR("payment/"), 0);
    return at != SIZE_MAX && str_find_nocase(path, STR("/confirm"), at) != SIZE_MAX;
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

static bool allows_parsed(bool mutates, const Url *url, Str path, const char **why)
{
    const Endpoint *list = mutates ? MUTATIONS : READS;
    size_t count = mutates ? COUNT_OF(MUTATIONS) : COUNT_OF(READS);
    for (size_t i = 0; i < count; i++)
        if (endpoint_matches(&list[i], url, path))
            return refuse_request(why, list[i].why);
    if (is_payment_confirm(path))
        return refuse_request(why, "confirms a payment");
    if (mutates && is_rest_order(path))
        return refuse_request(why, "places the order");
    return true;
}

bool guard_allows_request(const char *method, const char *url, const char *content_type,
                          const char **why)
{
    (void)content_type;
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
    /* Escaped slashes must not hide an endpoint. */
    return allows_parsed(mutates, &parsed, path, why) &&
           allows_parsed(mutates, &parsed, url_decode(arena, path), why);
}

bool guard_allows_body(Str body, const char **why)
{
    static const char *const MUTATION_NAMES[] = {
        "placeOrder",     "checkoutComplete", "SubmitForCompletion", "completeCheckout",
        "confirmPayment", "createPayment",    "submitOrder",         "createOrder",
        "orderCreate",    "cartComplete",     "transitionOrder",     "addPaymentToOrder",
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
