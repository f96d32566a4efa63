/* transfer_test.c - the transport against a raw server: what arrives, what is given up, in
 * which order, how long it took.
 *
 * Tests transfer.c, answer.c, options.c, throttle.c and tls.c.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/session.h"
#include "net/transfer.h"
#include "server.h"
#include "unit.h"

/** A session against a server of the test. */
typedef struct Fixture {
    Arena *arena;
    Clock clock;
    Net *net;
    Server server;
} Fixture;

static void fixture_open(Fixture *fixture, ServerAnswer *answer, const NetOptions *options,
                         int64_t rate, int64_t latency_us)
{
    Error err = {0};
    fixture->arena = arena_create();
    clock_init(&fixture->clock);
    server_start(&fixture->server, answer);
    assert_true(net_open(fixture->arena, options, rate, latency_us, &fixture->clock,
                         &fixture->net, &err));
}

static void fixture_close(Fixture *fixture)
{
    server_stop(&fixture->server);
    net_close(&fixture->net);
    arena_release(fixture->arena);
}

static const Header plain_headers[] = {{"User-Agent", "test"}, {"Accept-Language", "fr"}};

static NetRequest request_of(const Fixture *fixture, const char *path)
{
    const char *url = arena_printf(fixture->arena, "%s%s", fixture->server.url, path);
    return (NetRequest){.method = "GET",
                        .url = url,
                        .headers = plain_headers,
                        .header_count = 2,
                        .keep_body = true};
}

static Exchange *get(Fixture *fixture, const char *path)
{
    Error err = {0};
    NetRequest request = request_of(fixture, path);
    Exchange *exchange = ARENA_NEW(fixture->arena, Exchange);
    assert_true(net_fetch(fixture->net, &request, fixture->arena, exchange, &err));
    return exchange;
}

/* ---- what arrives ---- */

static bool answer_plain(int socket, const ServerRequest *request)
{
    (void)request;
    return server_page(socket, "200 OK", "Text/HTML; charset=utf-8",
                       "X-Two: a\r\nX-Two: b\r\n", "hello");
}

void test_transfer__fetches_a_page(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_plain, NULL, 0, 0);
    const Exchange *exchange = get(&fixture, "/a?b#c");
    assert_null(exchange->error);
    assert_int_equal(exchange->status, 200);
    assert_string_equal(exchange->http_version, "HTTP/1.1");
    assert_string_equal(exchange->mime, "text/html");
    assert_true(str_equal_text(exchange->body, "hello"));
    assert_int_equal(exchange->body_bytes, 5);
    assert_true(exchange->transfer_bytes > 5 + 60);
    assert_string_equal(exchange->server_ip, "127.0.0.1");
    assert_null(strchr(exchange->url, '#'));
    assert_string_equal(exchange_header_at(exchange, "x-two", 1), "b");
    assert_int_equal(server_count(&fixture.server, "GET /a?b HTTP/1.1\r\n"), 1);
    fixture_close(&fixture);
}

void test_transfer__records_the_headers_that_it_sends(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_plain, NULL, 0, 0);
    const Exchange *exchange = get(&fixture, "/");
    char head[1024];
    size_t length = (size_t)snprintf(head, sizeof head, "GET / HTTP/1.1\r\n");
    for (int i = 0; i < exchange->request_header_count; i++)
        length += (size_t)snprintf(head + length, sizeof head - length, "%s: %s\r\n",
                                   exchange->request_headers[i].name,
                                   exchange->request_headers[i].value);
    snprintf(head + length, sizeof head - length, "\r\n");
    assert_string_equal(fixture.server.log->text, head);
    fixture_close(&fixture);
}

void test_transfer__phases_add_up_to_the_duration(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_plain, NULL, 0, 0);
    for (int i = 0; i < 2; i++) {
        const Exchange *exchange = get(&fixture, "/");
        const Timings *timings = &exchange->timings;
        int64_t sum =
            timings->blocked_us + timings->send_us + timings->wait_us + timings->receive_us;
        sum += timings->connect_us > 0 ? timings->connect_us : 0;
        sum += timings->dns_us > 0 ? timings->dns_us : 0;
        assert_int_equal(sum, exchange->duration_us);
        assert_true(timings->wait_us > 0);
        assert_int_equal(exchange->is_connection_reused, i == 1);
        assert_int_equal(timings->connect_us >= 0, i == 0);
    }
    fixture_close(&fixture);
}

static bool answer_redirect(int socket, const ServerRequest *request)
{
    (void)request;
    return server_page(socket, "302 Found", "text/html", "Location: /elsewhere\r\n", "");
}

void test_transfer__follows_no_redirect(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_redirect, NULL, 0, 0);
    const Exchange *exchange = get(&fixture, "/");
    assert_int_equal(exchange->status, 302);
    assert_int_equal(fixture.server.log->requests, 1);
    fixture_close(&fixture);
}

void test_transfer__posts_the_bytes_given(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_plain, NULL, 0, 0);
    NetRequest request = request_of(&fixture, "/buy");
    const Header headers[] = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.method = "POST";
    request.headers = headers;
    request.header_count = 1;
    request.body = STR("a=1&b=%C3%A9");
    Exchange exchange = {0};
    assert_true(net_fetch(fixture.net, &request, fixture.arena, &exchange, &err));
    assert_int_equal(server_count(&fixture.server, "POST /buy HTTP/1.1\r\n"), 1);
    assert_int_equal(server_count(&fixture.server, "Content-Length: 12\r\n"), 1);
    assert_int_equal(server_count(&fixture.server, "\r\n\r\na=1&b=%C3%A9"), 1);
    assert_int_equal(server_count(&fixture.server, "Expect"), 0);
    fixture_close(&fixture);
}

static const unsigned char gzip_hello[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00,
                                           0x00, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xd7,
                                           0x51, 0x28, 0xce, 0xc8, 0x2f, 0x00, 0x00, 0x1a,
                                           0x8b, 0x32, 0xca, 0x0b, 0x00, 0x00, 0x00};
static const unsigned char brotli_hello[] = {0x0b, 0x05, 0x80, 0x68, 0x65, 0x6c, 0x6c, 0x6f,
                                             0x2c, 0x20, 0x73, 0x68, 0x6f, 0x70, 0x03};

static void send_encoded(int socket, const char *encoding, const void *bytes, size_t length)
{
    char head[256];
    snprintf(head, sizeof head,
             "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n"
             "Content-Length: %zu\r\n\r\n",
             encoding, length);
    server_send(socket, head);
    server_send_bytes(socket, bytes, length);
}

static bool answer_encoded(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/gzip") == 0)
        send_encoded(socket, "gzip", gzip_hello, sizeof gzip_hello);
    else
        send_encoded(socket, "br", brotli_hello, sizeof brotli_hello);
    return true;
}

void test_transfer__decodes_gzip_and_brotli(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_encoded, NULL, 0, 0);
    assert_true(str_equal_text(get(&fixture, "/gzip")->body, "hello, shop"));
    assert_true(str_equal_text(get(&fixture, "/br")->body, "hello, shop"));
    fixture_close(&fixture);
}

/* ---- bombs and floods ---- */

/** Write 64 MiB of zeros as gzip: a literal, then matches of 258 bytes, 13 bits each. */
static void send_gzip_bomb(int socket)
{
    static const unsigned char head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
    unsigned char bytes[430000] = {0};
    size_t bit = 0;
    const char *start = "110" /* last block, fixed codes */ "00110000" /* literal 0 */;
    for (const char *c = start; *c; c++, bit++)
        bytes[bit / 8] |= (unsigned char)((*c == '1') << (bit % 8));
    for (int i = 0; i < 260000; i++)
        for (const char *c = "1100010100000"; *c; c++, bit++)
            bytes[bit / 8] |= (unsigned char)((*c == '1') << (bit % 8));
    unsigned char whole[sizeof head + sizeof bytes];
    memcpy(whole, head, sizeof head);
    memcpy(whole + sizeof head, bytes, sizeof bytes);
    send_encoded(socket, "gzip", whole, sizeof head + bit / 8);
}

/** 64 MiB of zeros in 106 bytes of brotli. */
static void send_brotli_bomb(int socket)
{
    static const char hex[] =
        "cbffff3ff82700e2b14020f7fe8fffff7ff04f00c4611180eefd1fffffffe09f0088c30200ddfb3ffeffffc1"
        "3f0110870500baf77ffcffff837f02200e0b0074effff8ffff07ff04401c1600e8defff1ffff0ffe0980382c"
        "00d0bdffcbffff3ffc1300715800a07bff07";
    unsigned char bytes[sizeof hex / 2];
    for (size_t i = 0; i < sizeof bytes; i++) {
        char pair[3] = {hex[2 * i], hex[2 * i + 1], '\0'};
        bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    send_encoded(socket, "br", bytes, sizeof bytes);
}

/** 64 MiB of zeros as zstd: 512 blocks "128 KiB times this byte". */
static void send_zstd_bomb(int socket)
{
    unsigned char bytes[6 + 4 * 512] = {0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38};
    for (size_t i = 0; i < 512; i++) {
        unsigned header = (131072U << 3) | (1U << 1) | (i == 511);
        unsigned char *block = bytes + 6 + 4 * i;
        block[0] = (unsigned char)header;
        block[1] = (unsigned char)(header >> 8);
        block[2] = (unsigned char)(header >> 16);
    }
    send_encoded(socket, "zstd", bytes, sizeof bytes);
}

static bool answer_flood(int socket, const ServerRequest *request)
{
    const char *path = request->path;
    char kilo[1025];
    memset(kilo, 'x', 1024);
    kilo[1024] = '\0';
    if (strcmp(path, "/gzip") == 0) {
        send_gzip_bomb(socket);
    } else if (strcmp(path, "/br") == 0) {
        send_brotli_bomb(socket);
    } else if (strcmp(path, "/zstd") == 0) {
        send_zstd_bomb(socket);
    } else if (strcmp(path, "/endless") == 0) {
        server_send(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (server_send(socket, "400\r\n") && server_send(socket, kilo) &&
               server_send(socket, "\r\n"))
            continue;
    } else if (strcmp(path, "/headers") == 0) {
        server_send(socket, "HTTP/1.1 200 OK\r\n");
        while (server_send(socket, "X-Flood: ") && server_send(socket, kilo) &&
               server_send(socket, "\r\n"))
            continue;
    } else if (strcmp(path, "/line") == 0) {
        server_send(socket, "HTTP/1.1 200 OK\r\nX-Line: ");
        while (server_send(socket, kilo))
            continue;
    } else if (strcmp(path, "/interim") == 0) {
        while (server_send(socket, "HTTP/1.1 100 Continue\r\n\r\n"))
            continue;
    }
    return false;
}

static void assert_limited(const char *path)
{
    Fixture fixture;
    NetOptions options = {.body_limit = 1 << 20, .timeout_us = 120000000};
    fixture_open(&fixture, answer_flood, &options, 0, 0);
    const Exchange *exchange = get(&fixture, path);
    assert_non_null(exchange->error_kind);
    assert_string_equal(exchange->error_kind, "limit");
    assert_true(exchange->body.length <= 1 << 20);
    fixture_close(&fixture);
}

void test_transfer__stops_a_gzip_bomb(void)
{
    assert_limited("/gzip");
}

void test_transfer__stops_a_brotli_bomb(void)
{
    assert_limited("/br");
}

void test_transfer__stops_a_zstd_bomb(void)
{
    assert_limited("/zstd");
}

void test_transfer__stops_an_endless_body(void)
{
    assert_limited("/endless");
}

void test_transfer__stops_a_flood_of_headers(void)
{
    assert_limited("/headers");
}

void test_transfer__stops_an_endless_header_line(void)
{
    assert_limited("/line");
}

void test_transfer__stops_a_flood_of_interim_answers(void)
{
    assert_limited("/interim");
}

void test_transfer__keeps_what_came_before_the_limit(void)
{
    Fixture fixture;
    NetOptions options = {.body_limit = 5000};
    fixture_open(&fixture, answer_flood, &options, 0, 0);
    const Exchange *exchange = get(&fixture, "/endless");
    assert_int_equal(exchange->status, 200);
    assert_true(exchange->is_body_cut);
    assert_int_equal(exchange->body.length, 5000);
    fixture_close(&fixture);
}

/* ---- broken answers ---- */

static bool answer_broken(int socket, const ServerRequest *request)
{
    const char *path = request->path;
    if (strcmp(path, "/short") == 0)
        server_send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    else if (strcmp(path, "/nothing") == 0)
        return false;
    else if (strcmp(path, "/silent") == 0)
        server_pause_ms(20000);
    else if (strcmp(path, "/old") == 0)
        server_send(socket, "<html>no head</html>");
    else if (strcmp(path, "/chunk") == 0)
        server_send(socket,
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n");
    else if (strcmp(path, "/gzip") == 0)
        send_encoded(socket, "gzip", "this is no gzip", 15);
    else if (strcmp(path, "/drip") == 0) {
        server_send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        while (server_send(socket, "x"))
            server_pause_ms(20);
    } else if (strcmp(path, "/head-drip") == 0) {
        server_send(socket, "HTTP/1.1 200 OK\r\n");
        while (server_send(socket, "X: y\r\n"))
            server_pause_ms(20);
    }
    return false;
}

static void assert_broken(const char *path, const char *kind, const char *text)
{
    Fixture fixture;
    /* Who must wait waits long enough for a busy machine to have sent the first byte;
     * nobody else comes near the limit. */
    bool waits = strcmp(kind, "timeout") == 0;
    NetOptions options = {.timeout_us = waits ? 2000000 : 120000000};
    fixture_open(&fixture, answer_broken, &options, 0, 0);
    const Exchange *exchange = get(&fixture, path);
    assert_non_null(exchange->error_kind);
    assert_string_equal(exchange->error_kind, kind);
    assert_string_equal(exchange->error, text);
    fixture_close(&fixture);
}

void test_transfer__names_a_short_answer(void)
{
    assert_broken("/short", "protocol", "the answer is shorter than it announced");
}

void test_transfer__names_a_connection_closed_without_answer(void)
{
    assert_broken("/nothing", "reset",
                  "the server closed the connection without an answer");
}

void test_transfer__names_a_silent_server(void)
{
    assert_broken("/silent", "timeout", "no answer came in time");
}

void test_transfer__names_an_answer_without_head(void)
{
    assert_broken("/old", "protocol", "the answer is no HTTP");
}

void test_transfer__names_damaged_compression(void)
{
    assert_broken("/gzip", "protocol", "the answer's compression is damaged");
}

void test_transfer__names_damaged_chunks(void)
{
    assert_broken("/chunk", "reset", "the connection broke while receiving");
}

void test_transfer__gives_up_on_a_drip(void)
{
    assert_broken("/drip", "timeout", "the answer did not end in time");
    assert_broken("/head-drip", "timeout", "the answer did not end in time");
}

void test_transfer__names_a_refused_connection(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_plain, NULL, 0, 0);
    server_stop(&fixture.server);
    const Exchange *exchange = get(&fixture, "/");
    assert_int_equal(exchange->status, 0);
    assert_string_equal(exchange->error_kind, "connect");
    server_start(&fixture.server, answer_plain);
    fixture_close(&fixture);
}

void test_transfer__refuses_a_port_that_browsers_refuse(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_plain, NULL, 0, 0);
    NetRequest request = {.method = "GET", .url = "http://127.0.0.1:25/"};
    Exchange exchange = {0};
    assert_true(net_fetch(fixture.net, &request, fixture.arena, &exchange, &err));
    assert_string_equal(exchange.error_kind, "connect");
    fixture_close(&fixture);
}

void test_transfer__refuses_other_schemes(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_plain, NULL, 0, 0);
    NetRequest request = {.method = "GET", .url = "file:///etc/passwd"};
    Exchange exchange = {0};
    assert_false(net_fetch(fixture.net, &request, fixture.arena, &exchange, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    fixture_close(&fixture);
}

void test_transfer__a_public_site_cannot_send_us_to_a_private_address(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_plain, NULL, 0, 0);
    fixture.net->allows_private = 0; /* as after a connection to a public address */
    const Exchange *exchange = get(&fixture, "/");
    assert_int_equal(exchange->status, 0);
    assert_string_equal(exchange->error_kind, "connect");
    assert_int_equal(fixture.server.log->requests, 0);
    fixture_close(&fixture);
}

/* ---- a download ---- */

static bool answer_download(int socket, const ServerRequest *request)
{
    (void)request;
    server_send(socket, "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n"
                        "Content-Length: 50000000\r\n\r\n");
    char kilo[1024] = {0};
    while (server_send_bytes(socket, kilo, sizeof kilo))
        continue;
    return false;
}

void test_transfer__reads_only_the_beginning_of_a_download(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_download, NULL, 0, 0);
    NetRequest request = request_of(&fixture, "/terms.zip");
    request.is_navigation = true;
    Exchange exchange = {0};
    assert_true(net_fetch(fixture.net, &request, fixture.arena, &exchange, &err));
    assert_null(exchange.error);
    assert_true(exchange.is_body_cut);
    assert_int_equal(exchange.body_bytes, 50000000);
    assert_true(exchange.body.length <= 64 << 10);
    fixture_close(&fixture);
}

/* ---- many at once ---- */

static bool answer_slowly(int socket, const ServerRequest *request)
{
    (void)request;
    server_pause_ms(20);
    return server_page(socket, "200 OK", "text/plain", "", "x");
}

static void start(Fixture *fixture, const char *path, int priority)
{
    Error err = {0};
    NetRequest request = request_of(fixture, path);
    request.priority = priority;
    assert_true(net_start(fixture->net, &request, fixture->arena,
                          ARENA_NEW(fixture->arena, Exchange), &err));
}

void test_transfer__uses_six_connections_a_host(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_slowly, NULL, 0, 0);
    for (int i = 0; i < 15; i++)
        start(&fixture, "/", 2);
    int ended = 0;
    int blocked = 0;
    Exchange *exchange;
    while (net_next(fixture.net, 0, &exchange, NULL)) {
        assert_int_equal(exchange->status, 200);
        blocked += exchange->timings.blocked_us > 10000;
        ended++;
    }
    assert_int_equal(ended, 15);
    assert_int_equal(fixture.server.log->open_most, 6);
    assert_int_equal(fixture.server.log->connections, 6);
    assert_in_range(blocked, 9, 15);
    fixture_close(&fixture);
}

void test_transfer__serves_the_queue_by_priority(void)
{
    Fixture fixture;
    NetOptions options = {.connections_per_host = 1};
    fixture_open(&fixture, answer_plain, &options, 0, 0);
    start(&fixture, "/image", 3);
    start(&fixture, "/script", 1);
    start(&fixture, "/style", 0);
    start(&fixture, "/other-style", 0);
    Exchange *exchange;
    const char *order[4] = {"/style", "/other-style", "/script", "/image"};
    for (int i = 0; i < 4; i++) {
        assert_true(net_next(fixture.net, 0, &exchange, NULL));
        assert_string_equal(exchange->url + strlen(fixture.server.url), order[i]);
    }
    assert_false(net_next(fixture.net, 0, &exchange, NULL));
    fixture_close(&fixture);
}

void test_transfer__ends_all_at_the_deadline(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_broken, NULL, 0, 0);
    for (int i = 0; i < 8; i++)
        start(&fixture, "/silent", 2);
    int64_t from_us = clock_now_us(&fixture.clock);
    Exchange *exchange;
    int ended = 0;
    while (net_next(fixture.net, from_us + 100000, &exchange, NULL)) {
        assert_string_equal(exchange->error_kind, "timeout");
        ended++;
    }
    assert_int_equal(ended, 8);
    assert_true(clock_now_us(&fixture.clock) - from_us < 60000000);
    fixture_close(&fixture);
}

/* ---- the session ---- */

static bool answer_cookie(int socket, const ServerRequest *request)
{
    (void)request;
    return server_page(socket, "200 OK", "text/html",
                       "Set-Cookie: cart=7; Path=/; HttpOnly\r\nSet-Cookie: lang=fr\r\n",
                       "x");
}

void test_transfer__sends_cookies_back(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_cookie, NULL, 0, 0);
    get(&fixture, "/");
    assert_int_equal(cookie_jar_count(net_cookies(fixture.net)), 2);
    get(&fixture, "/cart");
    assert_int_equal(server_count(&fixture.server, "\r\nCookie: cart=7; lang=fr\r\n"), 1);
    fixture_close(&fixture);
}

void test_transfer__sends_what_the_user_gave_to_the_site_alone(void)
{
    Fixture fixture;
    Error err = {0};
    const char *lines[] = {"X-Staging: key", "User-Agent:", NULL};
    NetOptions options = {.headers = lines, .user = "user:secret", .cookie = "seen=1"};
    fixture_open(&fixture, answer_plain, &options, 0, 0);
    get(&fixture, "/");
    assert_int_equal(server_count(&fixture.server, "X-Staging: key\r\n"), 1);
    assert_int_equal(
        server_count(&fixture.server, "Authorization: Basic dXNlcjpzZWNyZXQ=\r\n"), 1);
    assert_int_equal(server_count(&fixture.server, "Cookie: seen=1\r\n"), 1);
    assert_int_equal(server_count(&fixture.server, "User-Agent"), 0);
    NetRequest request = request_of(&fixture, "/");
    request.url = arena_printf(fixture.arena, "http://localhost:%d/", fixture.server.port);
    Exchange exchange = {0};
    assert_true(net_fetch(fixture.net, &request, fixture.arena, &exchange, &err));
    assert_int_equal(exchange.status, 200);
    assert_int_equal(server_count(&fixture.server, "X-Staging"), 1);
    assert_int_equal(server_count(&fixture.server, "Authorization"), 1);
    assert_int_equal(server_count(&fixture.server, "Cookie"), 1);
    fixture_close(&fixture);
}

void test_transfer__refuses_a_header_that_is_none(void)
{
    Arena *arena = arena_create();
    Clock clock;
    clock_init(&clock);
    Net *net = NULL;
    const char *bad[] = {"no colon", "Name: with\r\nInjected: line", "", " : x"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        Error err = {0};
        const char *lines[] = {bad[i], NULL};
        NetOptions options = {.headers = lines};
        assert_false(net_open(arena, &options, 0, 0, &clock, &net, &err));
        assert_int_equal(err.code, ERROR_INPUT);
    }
    arena_release(arena);
}

/* ---- the modelled link ---- */

static bool answer_100k(int socket, const ServerRequest *request)
{
    (void)request;
    static char body[100001];
    memset(body, 'x', 100000);
    return server_page(socket, "200 OK", "text/plain", "", body);
}

static int64_t time_of(int count, int64_t rate, int64_t latency_us)
{
    Fixture fixture;
    fixture_open(&fixture, answer_100k, NULL, rate, latency_us);
    int64_t from_us = clock_now_us(&fixture.clock);
    for (int i = 0; i < count; i++)
        start(&fixture, "/", 2);
    Exchange *exchange;
    while (net_next(fixture.net, 0, &exchange, NULL))
        assert_int_equal(exchange->status, 200);
    int64_t spent_us = clock_now_us(&fixture.clock) - from_us;
    fixture_close(&fixture);
    return spent_us;
}

void test_transfer__a_slower_link_takes_longer(void)
{
    int64_t fast_us = time_of(2, 8000000, 0);
    int64_t slow_us = time_of(2, 1000000, 0);
    /* The model never delivers early; how late a busy machine is, it cannot help. */
    assert_true(fast_us >= 20000);
    assert_true(slow_us >= 195000);
}

void test_transfer__the_link_is_shared(void)
{
    int64_t one_us = time_of(1, 1000000, 0);
    int64_t three_us = time_of(3, 1000000, 0);
    assert_true(one_us >= 95000);
    assert_true(three_us >= 295000);
}

void test_transfer__latency_is_paid_by_handshake_and_request(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_plain, NULL, 0, 40000);
    const Exchange *first = get(&fixture, "/");
    const Exchange *second = get(&fixture, "/");
    assert_true(first->timings.connect_us >= 40000);
    assert_true(first->timings.wait_us >= 40000);
    assert_true(second->timings.connect_us < 0);
    assert_true(second->timings.wait_us >= 40000);
    assert_true(second->is_connection_reused);
    fixture_close(&fixture);
}
