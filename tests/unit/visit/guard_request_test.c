/* guard_request_test.c - addresses that are never called.
 *
 * SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "unit.h"
#include "visit/guard.h"

static bool allows(const char *method, const char *url)
{
    return guard_allows_request(method, url, NULL, NULL);
}

void test_guard_request__refuses_payment_providers(void)
{
    static const char *const URLS[] = {
        "https://api.stripe.com/v1/payment_intents/pi_1/confirm",
        "https://api.stripe.com/v1/payment_methods",
        "https://www.paypal.com/smart/api/order/1/capture",
        "https://checkoutshopper-live.adyen.com/checkoutshopper/v1/payments",
        "https://payments.braintree-api.com/graphql",
        "https://secure.worldpay.com/pay",
    };
    for (size_t i = 0; i < COUNT_OF(URLS); i++)
        assert_false(allows("POST", URLS[i]));
}

void test_guard_request__refuses_orders_of_the_shop_itself(void)
{
    static const char *const URLS[] = {
        "https://shop.example/?wc-ajax=checkout",
        "https://shop.example/wp-json/wc/store/v1/checkout",
        "https://shop.example/rest/V1/guest-carts/abc/payment-information",
        "https://shop.example/checkout/confirm",
        "https://shop.example/checkout/order",
        "https://shop.example/store/carts/cart_1/complete",
        "https://shop.example/checkout%2Fconfirm",
    };
    for (size_t i = 0; i < COUNT_OF(URLS); i++)
        assert_false(allows("POST", URLS[i]));
}

void test_guard_request__refuses_a_get_that_orders(void)
{
    assert_false(
        allows("GET", "http://shop.example/index.php?route=extension/payment/cod/confirm"));
    assert_false(allows("GET", "http://shop.example/checkout/onepage/saveOrder"));
}

void test_guard_request__lets_pages_and_carts_pass(void)
{
    assert_true(allows("GET", "https://shop.example/checkout/confirm"));
    assert_true(allows("GET", "https://js.stripe.com/v3/"));
    assert_true(allows("POST", "https://shop.example/cart/add"));
    assert_true(allows("POST", "https://shop.example/checkout/address"));
    assert_true(allows("POST", "https://shop.example/commande"));
}

void test_guard_request__does_not_mistake_a_host_that_ends_alike(void)
{
    assert_true(allows("POST", "https://notpaypal.com/cart/add"));
    assert_false(allows("POST", "https://paypal.com/x"));
}

void test_guard_request__refuses_queries_that_order(void)
{
    assert_false(
        guard_allows_body(STR("{\"query\":\"mutation { placeOrder { id } }\"}"), NULL));
    assert_true(guard_allows_body(STR("{\"query\":\"{ products { id } }\"}"), NULL));
}

void test_guard_request__refuses_programs_that_create_an_order(void)
{
    static const char JSON_TYPE[] = "application/json; charset=utf-8";
    static const char FORM[] = "application/x-www-form-urlencoded";
    assert_false(
        guard_allows_request("POST", "https://shop.example/orders", JSON_TYPE, NULL));
    assert_false(
        guard_allows_request("POST", "https://shop.example/order/", "text/plain", NULL));
    assert_false(
        guard_allows_request("PUT", "https://shop.example/api/orders?x=1", NULL, NULL));
    assert_false(
        guard_allows_request("POST", "https://shop.example/api/payments", FORM, NULL));
    assert_true(guard_allows_request("POST", "https://shop.example/order", FORM, NULL));
    /* Forms send whole orders to "/orders", steps of a checkout never. */
    assert_false(guard_allows_request("POST", "https://shop.example/orders/", FORM, NULL));
    assert_true(
        guard_allows_request("POST", "https://shop.example/api/cart", JSON_TYPE, NULL));
    assert_true(guard_allows_request("GET", "https://shop.example/api/orders", NULL, NULL));
}

void test_guard_request__refuses_a_stored_query_that_orders(void)
{
    assert_false(
        allows("GET", "https://shop.example/graphql?operationName=placeOrder&x=1"));
    assert_false(guard_allows_body(
        STR("{\"operationName\":\"CheckoutComplete\",\"extensions\":{}}"), NULL));
}

void test_guard_request__refuses_wallets(void)
{
    assert_false(allows("POST", "https://pay.google.com/gp/p/pay"));
    assert_false(allows("POST", "https://shop.example/express/applepay/session"));
    assert_false(allows("GET", "https://shop.example/order?action=buy&sku=1"));
}

void test_guard_request__lets_files_pass_whatever_their_name(void)
{
    assert_true(allows("GET", "https://shop.example/js/place-order.js?v=3"));
    assert_true(allows("GET", "https://shop.example/img/oneclick.svg"));
    assert_true(allows("GET", "https://shop.example/p/one-click-lamp"));
}

void test_guard_request__knows_links_that_change_things(void)
{
    Arena *arena = arena_create();
    assert_true(guard_url_changes_state(arena, "http://shop.example/?add-to-cart=12"));
    assert_true(guard_url_changes_state(arena, "http://shop.example/logout"));
    assert_true(guard_url_changes_state(arena, "http://shop.example/cart?remove=1"));
    assert_false(guard_url_changes_state(arena, "http://shop.example/cart"));
    assert_false(guard_url_changes_state(arena, "http://shop.example/p/lamp"));
    arena_release(arena);
}
