/* network_guard_test.c - promises of visit/chromium/network_guard with a real browser.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "browser.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/network.h"

#define SHOP_PAGE                                                                          \
    "<!doctype html><title>shop</title><form method=post action=/checkout/confirm></form>"

static bool shop_answers(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/secret") == 0 &&
        !strstr(request->head, "Authorization: Basic"))
        return server_page(socket, "401 Unauthorized", "text/html",
                           "WWW-Authenticate: Basic realm=\"x\"\r\n", "who are you");
    if (strcmp(request->path, "/graphql") == 0)
        return server_page(socket, "200 OK", "application/json", "", "{}");
    return server_page(socket, "200 OK", "text/html", "", SHOP_PAGE);
}

typedef struct Stage {
    TestBrowser test;
    Server server;
    Traffic *traffic;
    Visit *visit;
} Stage;

static void setup_traffic(void *context, Target *target)
{
    traffic_setup(((Stage *)context)->traffic, target);
}

static void stage_open(Stage *stage, TrafficOptions *options, const char *path)
{
    if (!test_browser_exists())
        skip();
    server_start(&stage->server, shop_answers);
    test_browser_launch(&stage->test);
    stage->visit = visit_create(stage->test.arena);
    options->visit = stage->visit;
    options->site = stage->server.url;
    stage->traffic =
        traffic_open(stage->test.arena, stage->test.cdp, options, &stage->test.clock);
    test_browser_page(&stage->test, setup_traffic, stage);
    test_browser_go(&stage->test,
                    arena_printf(stage->test.arena, "%s%s", stage->server.url, path));
}

static void stage_close(Stage *stage)
{
    test_browser_close(&stage->test);
    server_stop(&stage->server);
}

static const char *fetch_outcome(Stage *stage, const char *call)
{
    return test_browser_eval(
        &stage->test,
        arena_printf(stage->test.arena, "%s.then(() => 'sent', () => 'stopped')", call));
}

void test_network_guard__an_order_by_script_never_leaves(void)
{
    Stage stage;
    const char *why = NULL;
    static const Exchange none = {.error = "not recorded"};
    const Exchange *refused = &none;
    TrafficOptions options = {.safety = SAFETY_ACT};
    stage_open(&stage, &options, "/");
    assert_string_equal(
        fetch_outcome(&stage, "fetch('/api/place-order', {method: 'POST', body: 'x'})"),
        "stopped");
    assert_string_equal(
        fetch_outcome(&stage, "fetch('/api/search', {method: 'POST', body: 'x'})"), "sent");
    assert_int_equal(server_count(&stage.server, "place-order"), 0);
    assert_int_equal(server_count(&stage.server, "POST /api/search"), 1);
    assert_int_equal(traffic_refused(stage.traffic, &why), 1);
    assert_string_equal(why, "places the order");
    for (size_t i = 0; i < stage.visit->exchange_count; i++)
        if (strstr(stage.visit->exchanges[i]->url, "place-order"))
            refused = stage.visit->exchanges[i];
    assert_string_equal(refused->error, "not sent: it places the order");
    assert_null(refused->error_kind);
    stage_close(&stage);
}

void test_network_guard__a_query_that_orders_never_leaves(void)
{
    Stage stage;
    TrafficOptions options = {.safety = SAFETY_TOUCH};
    stage_open(&stage, &options, "/");
    assert_string_equal(fetch_outcome(&stage,
                                      "fetch('/graphql', {method: 'POST', body: "
                                      "'{\"query\":\"mutation { placeOrder { id } }\"}'})"),
                        "stopped");
    assert_string_equal(fetch_outcome(&stage, "fetch('/graphql', {method: 'POST', body: "
                                              "'{\"query\":\"{ products { id } }\"}'})"),
                        "sent");
    assert_int_equal(server_count(&stage.server, "placeOrder"), 0);
    stage_close(&stage);
}

static void refused_await(Stage *stage, int count)
{
    int64_t until_us = clock_now_us(&stage->test.clock) + 10000000;
    while (traffic_refused(stage->traffic, NULL) < count &&
           clock_now_us(&stage->test.clock) < until_us)
        cdp_pump(stage->test.cdp, clock_now_us(&stage->test.clock) + 20000, NULL);
}

void test_network_guard__a_form_that_orders_leaves_the_page_as_it_is(void)
{
    Stage stage;
    TrafficOptions options = {.safety = SAFETY_TOUCH};
    stage_open(&stage, &options, "/");
    test_browser_eval(&stage.test, "document.forms[0].submit(), 1");
    refused_await(&stage, 1);
    assert_int_equal(traffic_refused(stage.traffic, NULL), 1);
    assert_string_equal(test_browser_eval(&stage.test, "document.title"), "shop");
    assert_int_equal(server_count(&stage.server, "checkout/confirm"), 0);
    stage_close(&stage);
}

/* One address for each row of guard_request.c: none may slip through what is held back. */
void test_network_guard__a_form_to_any_endpoint_is_held_back(void)
{
    static const char *const addresses[] = {
        "https://api.stripe.com/v1/tokens",
        "https://api.stripe.com/v1/sources",
        "https://www.paypal.com/cgi-bin/webscr",
        "https://checkoutshopper-live.adyen.com/x",
        "https://live.adyenpayments.com/x",
        "https://api.braintreegateway.com/x",
        "https://payments.braintree-api.com/x",
        "https://api.mollie.com/v2/x",
        "https://api.klarna.com/x",
        "https://api.checkout.com/x",
        "https://pci-connect.squareup.com/x",
        "https://secure.worldpay.com/x",
        "https://secure2.authorize.net/gateway/transact.dll",
        "https://secure.payplug.com/x",
        "https://secure.payzen.eu/x",
        "https://paiement.systempay.fr/x",
        "https://tpeweb.paybox.com/cgi/choix.cgi",
        "https://sis.redsys.es/sis/x",
        "https://payment.sogenactif.com/x",
        "https://p.monetico-services.com/paiement.cgi",
        "/?wc-ajax=checkout",
        "/rest/V1/carts/mine/payment-information",
        "/checkout/pay",
        "/place-order",
        "/PlaceOrder",
        "/index.php?route=checkout/saveorder",
        "/commande/confirm",
        "/x/submitForCompletion",
        "/wp-json/wc/store/v1/checkout",
        "/store/carts/1/complete",
        "/checkout%2Fconfirm",
    };
    Stage stage;
    TrafficOptions options = {.safety = SAFETY_TOUCH};
    stage_open(&stage, &options, "/");
    for (size_t i = 0; i < COUNT_OF(addresses); i++) {
        test_browser_eval(&stage.test, arena_printf(stage.test.arena,
                                                    "document.forms[0].action = '%s',"
                                                    "document.forms[0].submit(), 1",
                                                    addresses[i]));
        refused_await(&stage, (int)i + 1);
        if (traffic_refused(stage.traffic, NULL) != (int)i + 1)
            fail_msg("%s was not held back", addresses[i]);
    }
    assert_string_equal(test_browser_eval(&stage.test, "document.title"), "shop");
    stage_close(&stage);
}

void test_network_guard__a_password_goes_to_the_shop(void)
{
    Stage stage;
    const NetOptions net = {.user = "me:secret word"};
    TrafficOptions options = {.safety = SAFETY_TOUCH, .net = &net};
    stage_open(&stage, &options, "/secret");
    assert_string_equal(test_browser_eval(&stage.test, "document.title"), "shop");
    /* base64 of me:secret word */
    assert_true(server_count(&stage.server, "Basic bWU6c2VjcmV0IHdvcmQ=") >= 1);
    stage_close(&stage);
}

void test_network_guard__headers_of_the_user_go_to_the_shop_alone(void)
{
    Stage stage;
    Server other;
    const char *lines[] = {"X-Key: secret", "Accept-Language:", NULL};
    const NetOptions net = {.headers = lines};
    TrafficOptions options = {.safety = SAFETY_TOUCH, .net = &net};
    if (!test_browser_exists())
        skip();
    server_start(&other, shop_answers);
    stage_open(&stage, &options, "/");
    assert_int_equal(server_count(&stage.server, "X-Key: secret"), 1);
    /* Another host of the same machine: localhost is not 127.0.0.1. */
    fetch_outcome(&stage, arena_printf(stage.test.arena,
                                       "fetch('http://localhost:%d/x', {mode: 'no-cors'})",
                                       other.port));
    assert_int_equal(server_count(&other, "GET /x"), 1);
    assert_int_equal(server_count(&other, "X-Key"), 0);
    stage_close(&stage);
    server_stop(&other);
}

void test_network_guard__without_trace_no_tracker_is_called(void)
{
    Stage stage;
    TrafficOptions options = {.safety = SAFETY_TOUCH, .leaves_no_trace = true};
    stage_open(&stage, &options, "/");
    assert_string_equal(fetch_outcome(&stage, "fetch('/matomo.php?idsite=1')"), "stopped");
    assert_int_equal(server_count(&stage.server, "matomo"), 0);
    for (size_t i = 0; i < stage.visit->exchange_count; i++)
        assert_null(strstr(stage.visit->exchanges[i]->url, "matomo"));
    stage_close(&stage);
}
