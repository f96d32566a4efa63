/* engine_test.c - the http engine against a small site: pages, redirects, forms, the way
 * back. Tests engine.c, navigate.c, arrive.c, fetch.c and act.c.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "server.h"
#include "unit.h"
#include "visit/visitor.h"

static const Persona PERSONA = {.id = "test",
                                .width = 1280,
                                .height = 800,
                                .pixel_ratio = 1,
                                .user_agent = "Mozilla/5.0 Chrome/156.0.0.0",
                                .language = "en",
                                .accept_language = "en-GB,en;q=0.9",
                                .network = "none"};

typedef struct Fixture {
    Arena *arena;
    Clock clock;
    Server server;
    Visit *visit;
    Visitor *visitor;
    Move move;
} Fixture;

static void fixture_open_with(Fixture *fixture, ServerAnswer *answer,
                              VisitorOptions options)
{
    Error err = {0};
    memset(fixture, 0, sizeof *fixture);
    fixture->arena = arena_create();
    clock_init(&fixture->clock);
    server_start(&fixture->server, answer);
    fixture->visit = visit_create(fixture->arena);
    options.visit = fixture->visit;
    options.persona = &PERSONA;
    options.clock = &fixture->clock;
    options.safety = SAFETY_TOUCH;
    options.site = fixture->server.url;
    options.is_recording = true;
    assert_true(http_visitor_open(&options, &fixture->visitor, &err));
}

static void fixture_open(Fixture *fixture, ServerAnswer *answer)
{
    fixture_open_with(fixture, answer, (VisitorOptions){.max_requests = 0});
}

static void fixture_close(Fixture *fixture)
{
    server_stop(&fixture->server);
    visitor_close(&fixture->visitor);
    arena_release(fixture->arena);
}

static MoveResult open_page(Fixture *fixture, const char *path)
{
    Error err = {0};
    const char *url = arena_printf(fixture->arena, "%s%s", fixture->server.url, path);
    assert_true(visitor_open(fixture->visitor, url, &fixture->move, &err));
    return fixture->move.result;
}

static const Node *find(Fixture *fixture, const char *id)
{
    Error err = {0};
    const Document *document = NULL;
    const FormState *state = NULL;
    assert_true(visitor_look(fixture->visitor, &document, &state, &err));
    assert_non_null(document);
    const Node *node = document_by_id(document, id);
    assert_non_null(node);
    return node;
}

static MoveResult press(Fixture *fixture, const char *id)
{
    Error err = {0};
    const Node *node = find(fixture, id);
    assert_true(visitor_press(fixture->visitor, node, &fixture->move, &err));
    return fixture->move.result;
}

/** Path of the page shown. */
static const char *path_of(const Fixture *fixture)
{
    const Page *page = visitor_page(fixture->visitor);
    return page ? page->url + strlen(fixture->server.url) : "";
}

static bool page(int socket, const char *extra, const char *body)
{
    return server_page(socket, "200 OK", "text/html; charset=utf-8", extra, body);
}

/** The site: each path a page. */
static bool answer_site(int socket, const ServerRequest *request)
{
    const char *path = request->path;
    if (strcmp(path, "/") == 0)
        return page(
            socket, "",
            "<html lang=en-GB><title> My  shop </title>"
            "<a id=link href='/next#there'>next</a><a id=empty href=''>again</a>"
            "<a id=hash href='#x'>jump</a><a id=js href='javascript:go()'>js</a>"
            "<a id=mail href='mailto:a@example.com'>mail</a>"
            "<a id=file href='/file'>file</a><a id=nothing href='/nothing'>n</a>"
            "<a id=private rel=noreferrer href='/next'>p</a>"
            "<span id=span onclick='buy()'>Buy</span>"
            "<form action='/search'><input id=q name=q required>"
            "<button id=go name=b value=1>Go</button></form>"
            "<form method=post action='/post'><input name=a value='1 é'>"
            "<input type=checkbox id=box name=c><select id=list name=s><option>x"
            "<option value=2>y</select><button id=send onclick='ajax()'>Send</button>"
            "<button id=reset type=reset>R</button></form>");
    if (strcmp(path, "/file") == 0)
        return server_page(socket, "200 OK", "application/zip",
                           "Content-Disposition: attachment; filename=x.zip\r\n", "PK");
    if (strcmp(path, "/nothing") == 0)
        return server_send(socket, "HTTP/1.1 204 No Content\r\n\r\n");
    if (strcmp(path, "/post") == 0)
        return server_page(socket, "303 See Other", "text/html",
                           "Location: /thanks\r\nSet-Cookie: cart=1\r\n", "");
    if (strcmp(path, "/loop") == 0)
        return server_page(socket, "302 Found", "text/html", "Location: /loop\r\n", "");
    if (strcmp(path, "/app") == 0)
        return server_page(socket, "302 Found", "text/html", "Location: shop-app://x\r\n",
                           "");
    if (strcmp(path, "/text") == 0)
        return server_page(socket, "200 OK", "text/plain", "", "<html>plain");
    if (strcmp(path, "/gone") == 0)
        return server_page(socket, "404 Not Found", "text/html", "", "<title>gone</title>");
    return page(socket, "", "<title>page</title><p id=x>x");
}

void test_engine__opens_a_page(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_site);
    assert_int_equal(open_page(&fixture, "/"), MOVE_PAGE);
    const Page *shown = visitor_page(fixture.visitor);
    assert_int_equal(shown->index, fixture.move.page);
    assert_string_equal(shown->title, "My shop");
    assert_string_equal(shown->language, "en");
    assert_int_equal(shown->status, 200);
    assert_int_equal(shown->document, 0);
    assert_true(!isnan(shown->metrics[METRIC_TTFB]));
    assert_true(shown->metrics[METRIC_HTML] >= shown->metrics[METRIC_TTFB]);
    assert_true(shown->metrics[METRIC_DOM_NODES] > 10);
    assert_true(isnan(shown->metrics[METRIC_NETWORK_LOAD]) != 0);
    assert_int_equal(fixture.visit->exchange_count, 1);
    assert_int_equal(fixture.visit->exchanges[0]->page, 0);
    assert_true(fixture.visit->exchanges[0]->has_body);
    fixture_close(&fixture);
}

void test_engine__follows_a_link_with_its_referrer(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/");
    assert_int_equal(press(&fixture, "link"), MOVE_PAGE);
    assert_string_equal(path_of(&fixture), "/next#there");
    char line[128];
    snprintf(line, sizeof line, "Referer: %s/\r\n", fixture.server.url);
    assert_int_equal(server_count(&fixture.server, line), 1);
    assert_int_equal(server_count(&fixture.server, "GET /next HTTP/1.1"), 1);
    assert_int_equal(server_count(&fixture.server, "Sec-Fetch-Site: same-origin"), 1);
    fixture_close(&fixture);
}

void test_engine__keeps_the_referrer_to_itself_when_told(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/");
    assert_int_equal(press(&fixture, "private"), MOVE_PAGE);
    assert_int_equal(server_count(&fixture.server, "Referer"), 0);
    fixture_close(&fixture);
}

void test_engine__says_what_needs_a_browser(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/");
    assert_int_equal(press(&fixture, "span"), MOVE_NEEDS_BROWSER);
    assert_non_null(strstr(fixture.move.reason, "'Buy' does nothing without scripts"));
    assert_int_equal(press(&fixture, "js"), MOVE_NEEDS_BROWSER);
    assert_int_equal(press(&fixture, "mail"), MOVE_NOTHING);
    assert_int_equal(fixture.server.log->requests, 1);
    fixture_close(&fixture);
}

void test_engine__stays_where_a_browser_stays(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/");
    assert_int_equal(press(&fixture, "hash"), MOVE_STATE);
    assert_int_equal(press(&fixture, "nothing"), MOVE_NOTHING);
    assert_int_equal(press(&fixture, "file"), MOVE_NOTHING);
    assert_non_null(strstr(fixture.move.reason, "application/zip"));
    assert_string_equal(path_of(&fixture), "/");
    assert_int_equal(fixture.visit->page_count, 1);
    assert_int_equal(fixture.visit->exchanges[2]->page, 0);
    fixture_close(&fixture);
}

void test_engine__sends_forms(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/");
    assert_int_equal(press(&fixture, "go"), MOVE_INVALID);
    assert_string_equal(fixture.move.fault.rule, "required");
    assert_true(
        visitor_fill(fixture.visitor, find(&fixture, "q"), "red tea", &fixture.move, &err));
    assert_int_equal(fixture.move.result, MOVE_STATE);
    assert_true(visitor_enter(fixture.visitor, find(&fixture, "q"), &fixture.move, &err));
    assert_int_equal(fixture.move.result, MOVE_PAGE);
    assert_string_equal(path_of(&fixture), "/search?q=red+tea&b=1");
    fixture_close(&fixture);
}

void test_engine__posts_and_follows_to_a_get(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/");
    assert_int_equal(press(&fixture, "box"), MOVE_STATE);
    assert_true(
        visitor_choose(fixture.visitor, find(&fixture, "list"), "2", &fixture.move, &err));
    assert_int_equal(press(&fixture, "send"), MOVE_PAGE);
    assert_true(fixture.move.is_without_script);
    assert_string_equal(path_of(&fixture), "/thanks");
    assert_int_equal(server_count(&fixture.server, "\r\n\r\na=1+%C3%A9&c=on&s=2"), 1);
    assert_int_equal(server_count(&fixture.server, "GET /thanks HTTP/1.1"), 1);
    assert_int_equal(server_count(&fixture.server, "Cookie: cart=1\r\n"), 1);
    char line[128];
    snprintf(line, sizeof line, "Origin: %s\r\n", fixture.server.url);
    assert_int_equal(server_count(&fixture.server, line), 1);
    assert_string_equal(fixture.visit->exchanges[1]->redirect_url,
                        fixture.visit->exchanges[2]->url);
    assert_int_equal(visitor_page(fixture.visitor)->document, 2);
    fixture_close(&fixture);
}

void test_engine__resets_a_form(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/");
    press(&fixture, "box");
    assert_int_equal(press(&fixture, "reset"), MOVE_STATE);
    const Document *document = NULL;
    const FormState *state = NULL;
    assert_true(visitor_look(fixture.visitor, &document, &state, &err));
    assert_false(control_is_checked(state, document_by_id(document, "box")));
    fixture_close(&fixture);
}

void test_engine__ends_redirects_in_circles(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_site);
    assert_int_equal(open_page(&fixture, "/loop"), MOVE_UNREACHABLE);
    assert_int_equal(fixture.server.log->requests, 21);
    assert_int_equal(open_page(&fixture, "/app"), MOVE_UNREACHABLE);
    assert_non_null(strstr(fixture.move.reason, "shop-app:"));
    fixture_close(&fixture);
}

void test_engine__shows_text_and_error_pages(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_site);
    assert_int_equal(open_page(&fixture, "/text"), MOVE_PAGE);
    const Document *document = NULL;
    const FormState *state = NULL;
    assert_true(visitor_look(fixture.visitor, &document, &state, &err));
    assert_null(document);
    assert_int_equal(open_page(&fixture, "/gone"), MOVE_PAGE);
    assert_int_equal(visitor_page(fixture.visitor)->status, 404);
    fixture_close(&fixture);
}

void test_engine__goes_back_and_reloads(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/");
    press(&fixture, "link");
    assert_true(visitor_go(fixture.visitor, HISTORY_BACK, &fixture.move, &err));
    assert_int_equal(fixture.move.result, MOVE_PAGE);
    assert_int_equal(fixture.move.page, 0);
    assert_string_equal(path_of(&fixture), "/");
    assert_int_equal(fixture.server.log->requests, 2);
    assert_true(visitor_go(fixture.visitor, HISTORY_BACK, &fixture.move, &err));
    assert_int_equal(fixture.move.result, MOVE_NOTHING);
    assert_true(visitor_go(fixture.visitor, HISTORY_RELOAD, &fixture.move, &err));
    assert_int_equal(fixture.move.result, MOVE_PAGE);
    assert_int_equal(fixture.move.page, 2);
    assert_int_equal(server_count(&fixture.server, "Cache-Control: max-age=0"), 1);
    fixture_close(&fixture);
}

void test_engine__a_dead_server_is_a_fact(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_site);
    server_stop(&fixture.server);
    assert_int_equal(open_page(&fixture, "/"), MOVE_UNREACHABLE);
    assert_int_equal(visitor_page(fixture.visitor)->status, 0);
    assert_true(isnan(visitor_page(fixture.visitor)->metrics[METRIC_TTFB]) != 0);
    server_start(&fixture.server, answer_site);
    fixture_close(&fixture);
}

void test_engine__stops_at_the_limit_of_documents(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open_with(&fixture, answer_site, (VisitorOptions){.max_requests = 1});
    open_page(&fixture, "/");
    assert_false(visitor_open(fixture.visitor, "/next", &fixture.move, &err));
    assert_int_equal(err.code, ERROR_INCONCLUSIVE);
    fixture_close(&fixture);
}

void test_engine__opens_relative_addresses_from_the_page(void)
{
    Fixture fixture;
    Error err = {0};
    fixture_open(&fixture, answer_site);
    open_page(&fixture, "/a/b");
    assert_true(visitor_open(fixture.visitor, "../c?d", &fixture.move, &err));
    assert_string_equal(path_of(&fixture), "/c?d");
    assert_true(visitor_open(fixture.visitor, "ftp://x.example/", &fixture.move, &err));
    assert_int_equal(fixture.move.result, MOVE_UNREACHABLE);
    fixture_close(&fixture);
}

void test_engine__says_who_it_is_when_asked_to(void)
{
    Fixture fixture;
    fixture_open_with(&fixture, answer_site, (VisitorOptions){.is_declared = true});
    open_page(&fixture, "/");
    assert_int_equal(server_count(&fixture.server, "Chrome/156.0.0.0 Mystery/"), 1);
    fixture_close(&fixture);
}

/* ---- redirects by kind ---- */

static bool answer_kinds(int socket, const ServerRequest *request)
{
    int status = 0;
    if (sscanf(request->path, "/r%d", &status) == 1) {
        char line[32];
        snprintf(line, sizeof line, "%d Moved", status);
        return server_page(socket, line, "text/html", "Location: to?x#y\r\n", "here");
    }
    return page(socket, "",
                "<form method=post action=/r301><button id=f301>1</button></form>"
                "<form method=post action=/r307><input name=a value=b><button id=f307>2"
                "</button></form><form method=post action=/r308><button id=f308>3</button>"
                "</form>");
}

void test_engine__follows_each_kind_of_redirect(void)
{
    static const struct {
        const char *path;
        bool is_followed;
    } cases[] = {{"/r301", true}, {"/r302", true},  {"/r303", true},  {"/r307", true},
                 {"/r308", true}, {"/r300", false}, {"/r305", false}, {"/r306", false}};

    Fixture fixture;
    fixture_open(&fixture, answer_kinds);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(open_page(&fixture, cases[i].path), MOVE_PAGE);
        assert_string_equal(path_of(&fixture),
                            cases[i].is_followed ? "/to?x#y" : cases[i].path);
    }
    fixture_close(&fixture);
}

void test_engine__keeps_the_method_where_it_must(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_kinds);
    open_page(&fixture, "/");
    press(&fixture, "f301");
    assert_int_equal(server_count(&fixture.server, "GET /to?x HTTP/1.1"), 1);
    press(&fixture, "f307");
    assert_int_equal(server_count(&fixture.server, "POST /to?x HTTP/1.1"), 1);
    assert_int_equal(server_count(&fixture.server, "\r\n\r\na=b"), 2);
    fixture_close(&fixture);
}

/* ---- pages that move on ---- */

static bool answer_refresh(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/a") == 0)
        return page(socket, "", "<noscript><meta http-equiv=refresh content='0;/b'>");
    if (strcmp(request->path, "/b") == 0)
        return page(socket, "Refresh: 3; url=/c\r\n", "b");
    if (strcmp(request->path, "/slow") == 0)
        return page(socket, "Refresh: 30; url=/c\r\n", "slow");
    if (strcmp(request->path, "/self") == 0)
        return page(socket, "Refresh: 0\r\n", "self");
    if (strcmp(request->path, "/x") == 0)
        return page(socket, "Refresh: 0;/y\r\n", "x");
    if (strcmp(request->path, "/y") == 0)
        return page(socket, "Refresh: 0;/x\r\n", "y");
    return page(socket, "", "end");
}

void test_engine__follows_short_refreshes(void)
{
    Fixture fixture;
    fixture_open(&fixture, answer_refresh);
    assert_int_equal(open_page(&fixture, "/a"), MOVE_PAGE);
    assert_string_equal(path_of(&fixture), "/c");
    assert_int_equal(open_page(&fixture, "/slow"), MOVE_PAGE);
    assert_string_equal(path_of(&fixture), "/slow");
    assert_int_equal(open_page(&fixture, "/self"), MOVE_PAGE);
    int before = fixture.server.log->requests;
    assert_int_equal(open_page(&fixture, "/x"), MOVE_PAGE);
    assert_int_equal(fixture.server.log->requests - before, 6);
    fixture_close(&fixture);
}

/* ---- resources ---- */

static bool answer_resources(int socket, const ServerRequest *request)
{
    const char *path = request->path;
    if (strstr(path, ".css"))
        return server_page(socket, "200 OK", "text/css", "Cache-Control: max-age=600\r\n",
                           strstr(path, "a.css")
                               ? "@import 'b.css';p{background:url(/bg.gif)}"
                               : "p{color:red}");
    if (strstr(path, ".js"))
        return server_page(socket, "200 OK", "text/javascript", "ETag: \"1\"\r\n",
                           "document.write('x')");
    if (strcmp(path, "/moved.gif") == 0)
        return server_page(socket, "301 Moved", "text/plain", "Location: /bg.gif\r\n", "");
    if (strstr(path, ".gif"))
        return server_send(socket, "HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n"
                                   "Content-Length: 10\r\n\r\nGIF89a") &&
               server_send_bytes(socket, "\x20\0\x10\0", 4);
    if (strcmp(path, "/favicon.ico") == 0)
        return server_page(socket, "404 Not Found", "text/plain", "", "");
    return page(socket, "",
                "<head><link rel=stylesheet href=/a.css><script src=/s.js></script></head>"
                "<p>text<img src=/moved.gif><img src=/lazy.gif loading=lazy>");
}

static const Exchange *exchange_of(const Fixture *fixture, const char *path, int page)
{
    for (size_t i = 0; i < fixture->visit->exchange_count; i++) {
        const Exchange *exchange = fixture->visit->exchanges[i];
        if (exchange->page == page &&
            strcmp(exchange->url + strlen(fixture->server.url), path) == 0)
            return exchange;
    }
    return NULL;
}

void test_engine__loads_what_the_page_names(void)
{
    Fixture fixture;
    fixture_open_with(&fixture, answer_resources,
                      (VisitorOptions){.loads_resources = true});
    assert_int_equal(open_page(&fixture, "/"), MOVE_PAGE);
    const Page *shown = visitor_page(fixture.visitor);
    assert_int_equal(fixture.visit->exchange_count, 9);
    assert_true(shown->metrics[METRIC_REQUESTS] == 9);
    assert_true(shown->metrics[METRIC_THIRD_PARTY] == 0);
    assert_true(shown->metrics[METRIC_NETWORK_LOAD] >= shown->metrics[METRIC_HTML]);
    assert_true(shown->metrics[METRIC_TRANSFER] > shown->metrics[METRIC_IMAGE_BYTES]);
    assert_true(shown->has_inserting_scripts);
    const Exchange *image = exchange_of(&fixture, "/bg.gif", 0);
    assert_int_equal(image->image_width, 32);
    assert_int_equal(image->image_height, 16);
    assert_false(image->has_body);
    assert_true(exchange_of(&fixture, "/a.css", 0)->is_render_blocking);
    assert_true(exchange_of(&fixture, "/s.js", 0)->is_render_blocking);
    assert_non_null(exchange_of(&fixture, "/b.css", 0));
    assert_non_null(exchange_of(&fixture, "/moved.gif", 0)->redirect_url);
    assert_non_null(exchange_of(&fixture, "/lazy.gif", 0));
    assert_int_equal(server_count(&fixture.server, "Sec-Fetch-Dest: style"), 2);
    fixture_close(&fixture);
}

void test_engine__a_second_page_is_a_warm_one(void)
{
    Fixture fixture;
    fixture_open_with(&fixture, answer_resources,
                      (VisitorOptions){.loads_resources = true});
    open_page(&fixture, "/");
    open_page(&fixture, "/second");
    assert_int_equal(server_count(&fixture.server, "GET /a.css"), 1);
    assert_true(exchange_of(&fixture, "/a.css", 1)->is_from_cache);
    assert_int_equal(server_count(&fixture.server, "If-None-Match: \"1\"\r\n"), 1);
    assert_int_equal(server_count(&fixture.server, "GET /favicon.ico"), 1);
    fixture_close(&fixture);
}

static bool answer_endless(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/") == 0)
        return page(socket, "",
                    "<link rel=stylesheet href=/never.css><img src=/never.gif>");
    server_pause_ms(30000);
    return false;
}

void test_engine__a_page_that_never_ends_is_left_at_the_deadline(void)
{
    Fixture fixture;
    fixture_open_with(&fixture, answer_endless, (VisitorOptions){.loads_resources = true});
    fixture.visitor->deadline_us = clock_now_us(&fixture.clock) + 300000;
    assert_int_equal(open_page(&fixture, "/"), MOVE_PAGE);
    assert_string_equal(exchange_of(&fixture, "/never.css", 0)->error_kind, "timeout");
    assert_string_equal(exchange_of(&fixture, "/never.gif", 0)->error_kind, "timeout");
    fixture_close(&fixture);
}
