/* visit.c - a visitor in a real browser, for tests. SPDX-License-Identifier: MIT */
#include "visit.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "browser.h"
#include "unit.h"
#include "visit/chromium/chromium.h"

enum { PAGE_LIMIT = 1 << 20, PUMP_US = 300000 };

bool serve_pages(int socket, const ServerRequest *request)
{
    Arena *arena = arena_create();
    Str bytes = {0};
    const char *path =
        arena_str_text(arena, str_from(request->path, strcspn(request->path, "?#")));
    bool is_coffee = strcmp(path, "/") == 0 || strcmp(path, "/cart") == 0;
    const char *file = is_coffee ? "tests/pages/coffee/index.html"
                                 : arena_printf(arena, "tests/pages%s", path);
    bool is_there = !strstr(path, "..") && strcmp(request->method, "GET") == 0 &&
                    file_read(arena, file, PAGE_LIMIT, &bytes, NULL);
    bool is_sent =
        is_there ? server_page(socket, "200 OK", "text/html; charset=utf-8", "",
                               arena_str_text(arena, bytes))
                 : server_page(socket, "404 Not Found", "text/html", "", "<h1>404</h1>");
    arena_release(arena);
    return is_sent;
}

static void persona_fill(Persona *persona)
{
    *persona = (Persona){
        .id = "test",
        .width = 1000,
        .height = 800,
        .pixel_ratio = 1,
        .user_agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like "
                      "Gecko) Chrome/120.0.0.0 Safari/537.36",
        .platform = "Linux",
        .brands = "\"Chromium\";v=\"120\"",
        .language = "en",
        .accept_language = "en",
        .timezone = "Europe/Paris",
        .network = "none",
        .patience_us = 3000000,
        .consent = "refuse",
        .country = "FR",
        .cpu_rate = 1,
        .input = "mouse",
        .text_scale = 1,
    };
}

void test_visit_open(TestVisit *test, ServerAnswer *answer)
{
    static const char *const FOLDERS[] = {"scenarios/words", NULL};
    if (!test_browser_exists())
        skip();
    *test = (TestVisit){.arena = arena_create()};
    Error err = {0};
    clock_init(&test->clock);
    persona_fill(&test->persona);
    server_start(&test->server, answer ? answer : serve_pages);
    assert_true(words_load(test->arena, FOLDERS, &test->words, &err));
    test->visit = visit_create(test->arena);
    test->visit->site = arena_printf(test->arena, "%s/", test->server.url);
    VisitorOptions options = {.visit = test->visit,
                              .persona = &test->persona,
                              .clock = &test->clock,
                              .safety = SAFETY_TOUCH,
                              .site = test->visit->site,
                              .is_recording = true,
                              .loads_resources = true,
                              .words = test->words};
    if (access("build/browser/autoconsent/rules/rules.json", R_OK) == 0)
        options.browser_files = "build/browser";
    if (!chromium_visitor_open(&options, &test->visitor, &err))
        fail_msg("%s: %s", err.where, err.what);
}

void test_visit_look(TestVisit *test)
{
    Error err = {0};
    assert_true(visitor_look(test->visitor, &test->document, &test->state, &err));
}

void test_visit_go(TestVisit *test, const char *path)
{
    Error err = {0};
    const char *url = arena_printf(test->arena, "%s%s", test->server.url, path);
    if (!visitor_open(test->visitor, url, &test->move, &err))
        fail_msg("%s", err.what);
    assert_int_equal(test->move.result, MOVE_PAGE);
    test_visit_look(test);
    assert_non_null(test->document);
}

void test_visit_press(TestVisit *test, const char *id)
{
    Error err = {0};
    test_visit_look(test);
    const Node *node = document_by_id(test->document, id);
    if (!node)
        fail_msg("no element '%s'", id);
    if (!visitor_press(test->visitor, node, &test->move, &err))
        fail_msg("%s", err.what);
    /* What a page sends late is sent now. */
    cdp_pump(chromium_of(test->visitor)->cdp, clock_now_us(&test->clock) + PUMP_US, NULL);
}

const char *test_visit_cookie(TestVisit *test, const char *name)
{
    const Json *value = NULL;
    assert_true(
        page_call(chromium_of(test->visitor), "() => document.cookie", NULL, &value, NULL));
    const char *all = json_text(value, "");
    const char *at = strstr(all, arena_printf(test->arena, "%s=", name));
    if (!at)
        return "";
    at += strlen(name) + 1;
    return arena_str_text(test->arena, str_from(at, strcspn(at, ";")));
}

double test_visit_saw(TestVisit *test, const char *name)
{
    const Page *page = visitor_page(test->visitor);
    const Observation *seen = page ? observation_first(&page->observations, name) : NULL;
    return seen ? seen->value : NAN;
}

void test_visit_close(TestVisit *test)
{
    visitor_close(&test->visitor);
    server_stop(&test->server);
    arena_release(test->arena);
}
