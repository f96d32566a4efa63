/* golden_test.c - forms and links as Chromium 156 sent them, byte for byte over the wire.
 * Tests act.c with navigate.c.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/json.h"
#include "dom/css.h"
#include "server.h"
#include "unit.h"
#include "visit/visitor.h"

#define GOLDEN SHARED_DATA "/form-golden/chromium-156.json"

/** What this engine cannot do without layout, or does as the standard says. */
static const char *const known_gaps[] = {
    "image-submit",         /* where in the picture a person pressed */
    "image-submit-noname",  /* the same */
    "ismap",                /* the same */
    "wrap-hard",            /* line breaks of the layout: said to need a browser */
    "formaction-overrides", /* Chromium says text/plain and sends urlencoded; we do as said
                             */
    "label-click-link-inside", /* our guard sends no form that accepts terms of sale */
};

/** The cases, for the server's children too. */
static const JsonFile *golden;

/** Bytes of text whose code points are bytes. Returns the length. */
static size_t latin1_bytes(Str text, char *bytes, size_t size)
{
    size_t length = 0;
    size_t offset = 0;
    while (offset < text.length && length + 1 < size) {
        unsigned rune = str_next_rune(text, &offset);
        bytes[length++] = rune < 256 ? (char)rune : '?';
    }
    bytes[length] = '\0';
    return length;
}

static bool answer_case(int socket, const ServerRequest *request)
{
    char body[16384];
    const Json *cases = json_get(golden->root, "cases");
    for (const Json *one = json_first(cases); one; one = json_next(one)) {
        if (strcmp(request->path, json_text(json_get(one, "page_path"), "")) != 0)
            continue;
        const char *prefix = json_text(json_get(golden->root, "document_prefix"), "");
        size_t length = (size_t)snprintf(body, sizeof body, "%s", prefix);
        Str html = json_str(json_get(one, "body_html"));
        if (json_bool(json_get(one, "latin1"), false))
            latin1_bytes(html, body + length, sizeof body - length);
        else
            snprintf(body + length, sizeof body - length, "%.*s", STR_ARGS(html));
        return server_page(socket, "200 OK", json_text(json_get(one, "content_type"), ""),
                           "", body);
    }
    return server_page(socket, "200 OK", "text/html", "", "ok");
}

typedef struct Fixture {
    Arena *arena;
    Clock clock;
    Server server;
    Visit *visit;
    Visitor *visitor;
} Fixture;

static bool act(Fixture *fixture, const char *css, bool is_enter, Move *move)
{
    Error err = {0};
    const Document *document = NULL;
    const FormState *state = NULL;
    Selector *selector = NULL;
    if (!visitor_look(fixture->visitor, &document, &state, &err) || !document ||
        !selector_compile(fixture->arena, str_of(css), NULL, &selector, &err))
        return false;
    const Node *node = selector_first(selector, document, NULL);
    if (!node)
        return false;
    return is_enter ? visitor_enter(fixture->visitor, node, move, &err)
                    : visitor_press(fixture->visitor, node, move, &err);
}

static bool acts(Fixture *fixture, const Json *action)
{
    Move move = {.page = -1};
    const Json *clicks = json_get(action, "clicks");
    const char *click = json_text(json_get(action, "click"), NULL);
    const char *enter = json_text(json_get(action, "enter"), NULL);
    for (const Json *one = json_first(clicks); one; one = json_next(one))
        if (!act(fixture, json_text(one, ""), false, &move))
            return false;
    if (click)
        return act(fixture, click, false, &move);
    return !enter || act(fixture, enter, true, &move);
}

/** Replace each occurrence of a boundary by one word, so that bodies compare. */
static void boundary_even(char *text, const char *boundary)
{
    size_t length = strlen(boundary);
    for (char *at = text; length && (at = strstr(at, boundary)); at++) {
        *at = '#';
        memmove(at + 1, at + length, strlen(at + length) + 1);
    }
}

static const char *boundary_of(Arena *arena, const char *type)
{
    const char *at = type ? strstr(type, "boundary=") : NULL;
    return at ? arena_str_text(arena, str_from(at + 9, strcspn(at + 9, "\r\n;"))) : "";
}

/** Is the raw request what the browser sent? */
static bool request_is(Arena *arena, char *raw, const Json *expected)
{
    char body[16384];
    const char *type = json_text(json_get(expected, "content_type"), NULL);
    latin1_bytes(json_str(json_get(expected, "body")), body, sizeof body);
    boundary_even(body, boundary_of(arena, type));
    const char *line = strcasestr(raw, "\r\nContent-Type: ");
    const char *sent_type =
        line ? arena_str_text(arena, str_from(line + 16, strcspn(line + 16, "\r\n")))
             : NULL;
    boundary_even(raw, boundary_of(arena, sent_type));
    const char *start = arena_printf(arena, "%s %s HTTP/1.1\r\n",
                                     json_text(json_get(expected, "method"), ""),
                                     json_text(json_get(expected, "url"), ""));
    const char *sent_body = strstr(raw, "\r\n\r\n");
    bool is_type = type ? sent_type && strcspn(type, ";") == strcspn(sent_type, ";") &&
                              strncasecmp(type, sent_type, strcspn(type, ";")) == 0
                        : !sent_type;
    return strncmp(raw, start, strlen(start)) == 0 && is_type && sent_body &&
           strcmp(sent_body + 4, body) == 0;
}

static bool case_passes(Fixture *fixture, const Json *one)
{
    Error err = {0};
    Move move;
    const Json *expected = json_get(one, "request");
    const char *path = json_text(json_get(one, "page_path"), "");
    const char *url = arena_printf(fixture->arena, "%s%s", fixture->server.url, path);
    if (!visitor_open(fixture->visitor, url, &move, &err))
        return false;
    size_t before = fixture->server.log->length;
    int requests = fixture->server.log->requests;
    if (!acts(fixture, json_get(one, "action")))
        return false;
    if (!expected || json_is_null(expected))
        return fixture->server.log->requests == requests;
    char *raw = arena_text(fixture->arena, fixture->server.log->text + before);
    return fixture->server.log->requests == requests + 1 &&
           request_is(fixture->arena, raw, expected);
}

static bool is_known_gap(const char *name)
{
    for (size_t i = 0; i < sizeof known_gaps / sizeof *known_gaps; i++)
        if (strcmp(name, known_gaps[i]) == 0)
            return true;
    return false;
}

static void golden_open(Fixture *fixture, const JsonFile *file)
{
    static const Persona persona = {.width = 1280, .height = 800, .user_agent = "test"};
    Error err = {0};
    golden = file;
    clock_init(&fixture->clock);
    server_start(&fixture->server, answer_case);
    fixture->visit = visit_create(fixture->arena);
    VisitorOptions options = {.visit = fixture->visit, .persona = &persona};
    options.clock = &fixture->clock;
    options.safety = SAFETY_ACT;
    options.site = fixture->server.url;
    assert_true(http_visitor_open(&options, &fixture->visitor, &err));
}

void test_golden__forms_go_out_as_chromium_sends_them(void)
{
    Error err = {0};
    JsonFile file;
    if (access(GOLDEN, R_OK) != 0)
        skip();
    Fixture fixture = {.arena = arena_create()};
    assert_true(json_load(fixture.arena, GOLDEN, 4 << 20, &file, &err));
    golden_open(&fixture, &file);
    int failed = 0;
    for (const Json *one = json_first(json_get(file.root, "cases")); one;
         one = json_next(one)) {
        const char *name = json_text(json_get(one, "name"), "");
        bool passes = case_passes(&fixture, one);
        if (passes == is_known_gap(name)) {
            print_error("%s: %s\n", name, passes ? "no gap any more" : "not as Chromium");
            failed++;
        }
    }
    server_stop(&fixture.server);
    visitor_close(&fixture.visitor);
    arena_release(fixture.arena);
    assert_int_equal(failed, 0);
}
