/* network_test.c - promises of visit/chromium/network: with messages as a browser writes
 * them, and with a real browser. Tests network_body.c.
 *
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "browser.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/network.h"

/* A Traffic whose browser is two pipes. */
typedef struct Tape {
    Arena *arena;
    Clock clock;
    Visit *visit;
    Cdp *cdp;
    Traffic *traffic;
    int fds[4];
} Tape;

static void tape_open(Tape *tape, bool keeps_bodies)
{
    assert_int_equal(pipe(&tape->fds[0]), 0);
    assert_int_equal(pipe(&tape->fds[2]), 0);
    for (int i = 0; i < 4; i++)
        fcntl(tape->fds[i], F_SETFL, O_NONBLOCK);
    tape->arena = arena_create();
    clock_init(&tape->clock);
    tape->visit = visit_create(tape->arena);
    tape->cdp = cdp_open(tape->arena, tape->fds[1], tape->fds[2], &tape->clock);
    TrafficOptions options = {.visit = tape->visit,
                              .keeps_bodies = keeps_bodies,
                              .safety = SAFETY_TOUCH,
                              .site = "http://shop.test/"};
    tape->traffic = traffic_open(tape->arena, tape->cdp, &options, &tape->clock);
}

static void tape_close(Tape *tape)
{
    arena_release(tape->arena);
    for (int i = 0; i < 4; i++)
        close(tape->fds[i]);
}

static void says(const Tape *tape, const char *method, const char *params)
{
    char *text =
        arena_printf(tape->arena, "{\"method\":\"%s\",\"params\":%s,\"sessionId\":\"5E\"}",
                     method, params);
    assert_int_equal(write(tape->fds[3], text, strlen(text) + 1),
                     (ssize_t)strlen(text) + 1);
    cdp_pump(tape->cdp, clock_now_us(&tape->clock) + 1000, NULL);
}

static bool was_sent(const Tape *tape, const char *text)
{
    char bytes[65536];
    ssize_t got = read(tape->fds[0], bytes, sizeof bytes);
    return got > 0 && str_contains(str_from(bytes, (size_t)got), str_of(text));
}

#define REQUEST                                                                                \
    "{\"requestId\":\"R1\",\"loaderId\":\"R1\",\"timestamp\":100.0,\"wallTime\":1700000000.5," \
    "\"type\":\"Document\",\"request\":{\"url\":\"http://shop.test/a\",\"method\":\"GET\","    \
    "\"headers\":{\"A\":\"1\"}}}"
#define RESPONSE                                                                           \
    "{\"url\":\"http://shop.test/b\",\"status\":200,\"protocol\":\"h2\","                  \
    "\"mimeType\":\"text/html\",\"charset\":\"utf-8\",\"headers\":{\"B\":\"2\"},"          \
    "\"connectionReused\":true,\"remoteIPAddress\":\"[::1]\",\"encodedDataLength\":50,"    \
    "\"securityDetails\":{\"protocol\":\"TLS 1.3\",\"validTo\":1800000000},\"timing\":{"   \
    "\"requestTime\":100.25,\"dnsStart\":10,\"dnsEnd\":20,\"connectStart\":20,"            \
    "\"connectEnd\":60,\"sslStart\":30,\"sslEnd\":60,\"sendStart\":60,\"sendEnd\":61,"     \
    "\"receiveHeadersStart\":161,\"receiveHeadersEnd\":162}}"

void test_network__a_request_becomes_an_exchange(void)
{
    Tape tape;
    tape_open(&tape, false);
    traffic_page(tape.traffic, 3);
    says(&tape, "Network.requestWillBeSent", REQUEST);
    assert_int_equal(traffic_in_flight(tape.traffic), 1);
    says(&tape, "Network.responseReceived",
         "{\"requestId\":\"R1\",\"type\":\"Document\",\"response\":" RESPONSE "}");
    says(&tape, "Network.dataReceived",
         "{\"requestId\":\"R1\",\"dataLength\":1000,\"encodedDataLength\":300}");
    says(&tape, "Network.loadingFinished",
         "{\"requestId\":\"R1\",\"timestamp\":101.0,\"encodedDataLength\":350}");
    assert_int_equal(traffic_in_flight(tape.traffic), 0);
    assert_int_equal(tape.visit->exchange_count, 1);
    const Exchange *exchange = tape.visit->exchanges[0];
    assert_int_equal(exchange->page, 3);
    assert_int_equal(exchange->type, RESOURCE_DOCUMENT);
    assert_string_equal(exchange->url, "http://shop.test/a");
    assert_int_equal(exchange->status, 200);
    assert_null(exchange->error);
    assert_string_equal(exchange->http_version, "HTTP/2");
    assert_string_equal(exchange->mime, "text/html");
    assert_string_equal(exchange->server_ip, "::1");
    assert_string_equal(exchange->tls_version, "TLSv1.3");
    assert_true(exchange->certificate_until_us == 1800000000000000);
    assert_true(exchange->is_connection_reused);
    assert_int_equal(exchange->body_bytes, 1000);
    assert_int_equal(exchange->transfer_bytes, 350);
    assert_true(exchange->started_us == 1700000000500000);
    assert_int_equal(traffic_document(tape.traffic, "R1"), 0);
    assert_int_equal(traffic_document(tape.traffic, "other"), -1);
    tape_close(&tape);
}

void test_network__phases_are_those_of_a_har(void)
{
    Tape tape;
    tape_open(&tape, false);
    says(&tape, "Network.requestWillBeSent", REQUEST);
    says(&tape, "Network.responseReceived",
         "{\"requestId\":\"R1\",\"type\":\"Document\",\"response\":" RESPONSE "}");
    says(&tape, "Network.loadingFinished",
         "{\"requestId\":\"R1\",\"timestamp\":101.0,\"encodedDataLength\":350}");
    const Exchange *exchange = tape.visit->exchanges[0];
    assert_near((double)exchange->timings.blocked_us, 260000, 2);
    assert_near((double)exchange->timings.dns_us, 10000, 2);
    assert_near((double)exchange->timings.connect_us, 40000, 2);
    assert_near((double)exchange->timings.ssl_us, 30000, 2);
    assert_near((double)exchange->timings.send_us, 1000, 2);
    assert_near((double)exchange->timings.wait_us, 101000, 3);
    assert_near((double)exchange->timings.receive_us, 588000, 2);
    assert_near((double)exchange->duration_us, 1000000, 2);
    tape_close(&tape);
}

void test_network__what_the_cache_had_took_no_phases(void)
{
    Tape tape;
    tape_open(&tape, false);
    says(&tape, "Network.requestWillBeSent", REQUEST);
    says(&tape, "Network.requestServedFromCache", "{\"requestId\":\"R1\"}");
    says(&tape, "Network.responseReceived",
         "{\"requestId\":\"R1\",\"type\":\"Document\",\"response\":" RESPONSE "}");
    says(&tape, "Network.loadingFinished",
         "{\"requestId\":\"R1\",\"timestamp\":100.002,\"encodedDataLength\":0}");
    const Exchange *exchange = tape.visit->exchanges[0];
    assert_true(exchange->is_from_cache);
    assert_int_equal(exchange->transfer_bytes, 0);
    assert_int_equal(exchange->timings.connect_us, -1);
    assert_int_equal(exchange->timings.wait_us, 0);
    assert_int_equal(exchange->timings.receive_us, 0);
    tape_close(&tape);
}

#define REDIRECTED                                                                         \
    "{\"requestId\":\"R1\",\"loaderId\":\"R1\",\"timestamp\":100.5,\"type\":\"Document\"," \
    "\"redirectHasExtraInfo\":true,\"redirectResponse\":{\"status\":302,\"headers\":{},"   \
    "\"encodedDataLength\":160,\"protocol\":\"http/1.1\"},"                                \
    "\"request\":{\"url\":\"http://shop.test/b\",\"method\":\"GET\",\"headers\":{}}}"

void test_network__every_redirect_is_an_exchange_of_its_own(void)
{
    Tape tape;
    tape_open(&tape, false);
    says(&tape, "Network.requestWillBeSent", REQUEST);
    says(&tape, "Network.requestWillBeSent", REDIRECTED);
    says(&tape, "Network.responseReceived",
         "{\"requestId\":\"R1\",\"type\":\"Document\",\"response\":" RESPONSE "}");
    assert_int_equal(tape.visit->exchange_count, 2);
    const Exchange *first = tape.visit->exchanges[0];
    assert_int_equal(first->status, 302);
    assert_string_equal(first->redirect_url, "http://shop.test/b");
    assert_int_equal(first->transfer_bytes, 160);
    assert_int_equal(tape.visit->exchanges[1]->status, 200);
    assert_int_equal(traffic_document(tape.traffic, "R1"), 1);
    assert_int_equal(traffic_in_flight(tape.traffic), 1);
    tape_close(&tape);
}

void test_network__headers_of_the_wire_find_their_hop_whenever_they_come(void)
{
    Tape tape;
    tape_open(&tape, false);
    /* Before the request they belong to ... */
    says(&tape, "Network.requestWillBeSentExtraInfo",
         "{\"requestId\":\"R1\",\"headers\":{\"Cookie\":\"one\",\":path\":\"/\"}}");
    says(&tape, "Network.requestWillBeSent", REQUEST);
    says(&tape, "Network.requestWillBeSent", REDIRECTED);
    says(&tape, "Network.responseReceived",
         "{\"requestId\":\"R1\",\"type\":\"Document\",\"response\":" RESPONSE "}");
    /* ... and behind the answers. */
    says(
        &tape, "Network.responseReceivedExtraInfo",
        "{\"requestId\":\"R1\",\"statusCode\":302,\"headers\":{\"Set-Cookie\":\"a=1\\nb=2\"}}");
    says(&tape, "Network.requestWillBeSentExtraInfo",
         "{\"requestId\":\"R1\",\"headers\":{\"Cookie\":\"two\"}}");
    says(&tape, "Network.responseReceivedExtraInfo",
         "{\"requestId\":\"R1\",\"statusCode\":200,\"headers\":{\"Set-Cookie\":\"c=3\"}}");
    const Exchange *first = tape.visit->exchanges[0];
    const Exchange *second = tape.visit->exchanges[1];
    assert_int_equal(first->request_header_count, 1);
    assert_string_equal(first->request_headers[0].value, "one");
    assert_string_equal(second->request_headers[0].value, "two");
    assert_string_equal(exchange_header_at(first, "set-cookie", 1), "b=2");
    assert_string_equal(exchange_header(second, "Set-Cookie"), "c=3");
    tape_close(&tape);
}

void test_network__a_cached_redirect_takes_no_others_headers(void)
{
    Tape tape;
    tape_open(&tape, false);
    says(&tape, "Network.requestWillBeSent", REQUEST);
    says(&tape, "Network.requestWillBeSent",
         "{\"requestId\":\"R1\",\"loaderId\":\"R1\",\"timestamp\":100.5,\"type\":"
         "\"Document\",\"redirectHasExtraInfo\":false,\"redirectResponse\":{\"status\":301,"
         "\"headers\":{}},\"request\":{\"url\":\"http://shop.test/b\",\"method\":\"GET\","
         "\"headers\":{}}}");
    says(&tape, "Network.responseReceivedExtraInfo",
         "{\"requestId\":\"R1\",\"statusCode\":200,\"headers\":{\"X\":\"final\"}}");
    assert_null(exchange_header(tape.visit->exchanges[0], "X"));
    assert_string_equal(exchange_header(tape.visit->exchanges[1], "X"), "final");
    tape_close(&tape);
}

void test_network__what_a_visitor_does_not_wait_for_is_not_in_flight(void)
{
    static const char *const types[] = {"EventSource", "WebSocket", "Ping", "Media"};
    Tape tape;
    tape_open(&tape, false);
    for (size_t i = 0; i < COUNT_OF(types); i++)
        says(&tape, "Network.requestWillBeSent",
             arena_printf(tape.arena,
                          "{\"requestId\":\"Q%zu\",\"type\":\"%s\",\"request\":{\"url\":"
                          "\"http://shop.test/x\",\"method\":\"GET\"}}",
                          i, types[i]));
    says(&tape, "Network.requestWillBeSent",
         "{\"requestId\":\"D\",\"type\":\"Image\",\"request\":{\"url\":\"data:,x\"}}");
    assert_int_equal(traffic_in_flight(tape.traffic), 0);
    assert_int_equal(tape.visit->exchange_count, COUNT_OF(types));
    tape_close(&tape);
}

void test_network__a_failure_is_named(void)
{
    Tape tape;
    tape_open(&tape, false);
    says(&tape, "Network.requestWillBeSent", REQUEST);
    says(&tape, "Network.loadingFailed",
         "{\"requestId\":\"R1\",\"timestamp\":100.1,\"errorText\":"
         "\"net::ERR_NAME_NOT_RESOLVED\"}");
    const Exchange *exchange = tape.visit->exchanges[0];
    assert_int_equal(exchange->status, 0);
    assert_string_equal(exchange->error_kind, "dns");
    assert_int_equal(traffic_in_flight(tape.traffic), 0);
    tape_close(&tape);
}

void test_network__exchanges_are_claimed_by_their_document(void)
{
    Tape tape;
    tape_open(&tape, false);
    says(&tape, "Network.requestWillBeSent", REQUEST);
    traffic_claim(tape.traffic, "R1", 0);
    says(&tape, "Network.requestWillBeSent",
         "{\"requestId\":\"R2\",\"loaderId\":\"R2\",\"type\":\"Document\",\"request\":{"
         "\"url\":\"http://shop.test/next\",\"method\":\"GET\"}}");
    says(&tape, "Network.requestWillBeSent",
         "{\"requestId\":\"B\",\"loaderId\":\"R1\",\"type\":\"Ping\",\"request\":{"
         "\"url\":\"http://shop.test/beacon\",\"method\":\"POST\"}}");
    says(&tape, "Network.requestWillBeSent",
         "{\"requestId\":\"S\",\"loaderId\":\"R2\",\"type\":\"Script\",\"request\":{"
         "\"url\":\"http://shop.test/s.js\",\"method\":\"GET\"}}");
    traffic_claim(tape.traffic, "R2", 1);
    assert_int_equal(tape.visit->exchanges[0]->page, 0);
    assert_int_equal(tape.visit->exchanges[1]->page, 1);
    assert_int_equal(tape.visit->exchanges[2]->page, 0);
    assert_int_equal(tape.visit->exchanges[3]->page, 1);
    tape_close(&tape);
}

void test_network__bodies_are_asked_for_and_collected(void)
{
    Tape tape;
    tape_open(&tape, true);
    was_sent(&tape, "");
    says(&tape, "Network.requestWillBeSent", REQUEST);
    says(&tape, "Network.responseReceived",
         "{\"requestId\":\"R1\",\"type\":\"Document\",\"response\":" RESPONSE "}");
    says(&tape, "Network.loadingFinished",
         "{\"requestId\":\"R1\",\"timestamp\":101.0,\"encodedDataLength\":350}");
    assert_true(was_sent(&tape, "Network.getResponseBody\",\"sessionId\":\"5E\","
                                "\"params\":{\"requestId\":\"R1\"}"));
    const char *answer = "{\"id\":2,\"result\":{\"body\":\"<p>\",\"base64Encoded\":false}}";
    assert_true(write(tape.fds[3], answer, strlen(answer) + 1) > 0);
    assert_true(traffic_collect(tape.traffic, NULL));
    assert_true(tape.visit->exchanges[0]->has_body);
    assert_true(str_equal_text(tape.visit->exchanges[0]->body, "<p>"));
    tape_close(&tape);
}

/* ---- with a real browser ---- */

static bool shop_answers(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/start") == 0)
        return server_page(socket, "302 Found", "text/plain",
                           "Location: /page\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n", "");
    if (strcmp(request->path, "/page") == 0)
        return server_page(
            socket, "200 OK", "text/html; charset=iso-8859-1", "Set-Cookie: c=3\r\n",
            "<!doctype html><title>\xe9t\xe9</title><link rel=stylesheet href=/s.css>"
            "<script src=/gone.js></script><img src=/i.png>"
            "<script>fetch('/api', {method: 'POST', body: 'caf\xe9'})</script>");
    if (strcmp(request->path, "/s.css") == 0)
        return server_page(socket, "200 OK", "text/css", "", "p{color:red}");
    if (strcmp(request->path, "/api") == 0)
        return server_page(socket, "200 OK", "application/json", "", "{\"ok\":true}");
    if (strcmp(request->path, "/i.png") == 0)
        return server_page(
            socket, "200 OK", "image/svg+xml", "",
            "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>");
    if (strcmp(request->path, "/frames") == 0) {
        char text[512];
        /* Another site to the browser, so another process. */
        snprintf(text, sizeof text,
                 "<!doctype html><title>frames</title><iframe "
                 "src=http://localhost:%d/inside></iframe>",
                 request->port);
        return server_page(socket, "200 OK", "text/html", "", text);
    }
    if (strcmp(request->path, "/inside") == 0)
        return server_page(socket, "200 OK", "text/html", "",
                           "<!doctype html><script src=/in.js></script><script>"
                           "new Worker('/worker.js')</script>");
    if (strcmp(request->path, "/worker.js") == 0)
        return server_page(socket, "200 OK", "text/javascript", "", "fetch('/by-worker')");
    return server_page(socket, "404 Not Found", "text/html", "", "no");
}

static const Exchange *exchange_of(const Visit *visit, const char *path)
{
    for (size_t i = 0; i < visit->exchange_count; i++)
        if (str_ends_with(str_of(visit->exchanges[i]->url), str_of(path)))
            return visit->exchanges[i];
    fail_msg("nothing was asked of %s", path);
    return NULL;
}

static void setup_traffic(void *context, Target *target)
{
    traffic_setup(*(Traffic **)context, target);
}

/* A browser whose traffic is recorded: opened in two steps, as the engine does it. */
static void recorded_open(TestBrowser *test, Traffic **traffic, Visit **visit,
                          TrafficOptions *options)
{
    test_browser_launch(test);
    *visit = visit_create(test->arena);
    options->visit = *visit;
    *traffic = traffic_open(test->arena, test->cdp, options, &test->clock);
    test_browser_page(test, setup_traffic, traffic);
}

static void rest(TestBrowser *test, Traffic *traffic)
{
    int64_t until_us = clock_now_us(&test->clock) + 20000000;
    do
        cdp_pump(test->cdp, clock_now_us(&test->clock) + 100000, NULL);
    while (traffic_in_flight(traffic) > 0 && clock_now_us(&test->clock) < until_us);
    assert_true(traffic_collect(traffic, NULL));
}

void test_network__a_real_page_is_recorded_whole(void)
{
    TestBrowser test;
    Traffic *traffic;
    Visit *visit;
    Server server;
    TrafficOptions options = {.keeps_bodies = true, .safety = SAFETY_TOUCH};
    if (!test_browser_exists())
        skip();
    server_start(&server, shop_answers);
    options.site = server.url;
    recorded_open(&test, &traffic, &visit, &options);
    test_browser_go(&test, arena_printf(test.arena, "%s/start", server.url));
    rest(&test, traffic);
    const Exchange *start = exchange_of(visit, "/start");
    const Exchange *page = exchange_of(visit, "/page");
    const Exchange *api = exchange_of(visit, "/api");
    assert_int_equal(start->status, 302);
    assert_string_equal(exchange_header_at(start, "Set-Cookie", 1), "b=2");
    assert_int_equal(page->status, 200);
    assert_string_equal(page->mime, "text/html");
    assert_true(page->has_body);
    assert_true(str_contains(page->body, STR("<title>\xe9t\xe9")));
    assert_true(page->transfer_bytes > page->body_bytes);
    assert_true(page->timings.wait_us >= 0);
    assert_true(exchange_of(visit, "/s.css")->is_render_blocking);
    assert_true(str_equal_text(exchange_of(visit, "/s.css")->body, "p{color:red}"));
    assert_int_equal(exchange_of(visit, "/gone.js")->status, 404);
    assert_int_equal(exchange_of(visit, "/i.png")->image_width, 30);
    assert_string_equal(api->method, "POST");
    assert_true(str_equal_text(api->request_body, "caf\xc3\xa9"));
    assert_int_equal(api->type, RESOURCE_DATA);
    assert_null(page->initiator);
    assert_string_equal(api->initiator, page->url);
    test_browser_close(&test);
    server_stop(&server);
}

static bool is_asked(const Visit *visit, const char *path)
{
    for (size_t i = 0; i < visit->exchange_count; i++)
        if (str_ends_with(str_of(visit->exchanges[i]->url), str_of(path)) &&
            visit->exchanges[i]->status == 404)
            return true;
    return false;
}

void test_network__frames_of_other_processes_and_workers_are_recorded_too(void)
{
    TestBrowser test;
    Traffic *traffic;
    Visit *visit;
    Server server;
    TrafficOptions options = {.keeps_bodies = true, .safety = SAFETY_TOUCH};
    if (!test_browser_exists())
        skip();
    server_start(&server, shop_answers);
    options.site = server.url;
    recorded_open(&test, &traffic, &visit, &options);
    test_browser_go(&test, arena_printf(test.arena, "%s/frames", server.url));
    int64_t until_us = clock_now_us(&test.clock) + 20000000;
    while (!is_asked(visit, "/by-worker") && clock_now_us(&test.clock) < until_us)
        cdp_pump(test.cdp, clock_now_us(&test.clock) + 50000, NULL);
    assert_true(is_asked(visit, "/by-worker"));
    assert_true(is_asked(visit, "/in.js"));
    assert_true(traffic_collect(traffic, NULL));
    const Exchange *inside = exchange_of(visit, "/inside");
    assert_int_equal(inside->status, 200);
    assert_int_equal(inside->type, RESOURCE_DOCUMENT);
    assert_true(inside->has_body);
    test_browser_close(&test);
    server_stop(&server);
}
