/* engine.c - the http engine: a visitor without scripts and without a screen.
 *
 * It reads markup, follows links, sends forms, and fetches what a page names; it lays
 * nothing out and runs no script, and says so where that matters. Layer: visit. Called by
 * audit/ in the visit's child. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "dom/text.h"
#include "visit/http/http.h"

static HttpVisitor *http_of(Visitor *visitor)
{
    /* base is the first member, so both have one address. */
    return (HttpVisitor *)(void *)visitor;
}

static bool http_open(Visitor *base, const char *url, Move *move, Error *err)
{
    HttpVisitor *visitor = http_of(base);
    const char *from = base->page ? base->page->url : visitor->options.site;
    const char *resolved = url_resolve(visitor->arena, str_of(url), from);
    Url parsed;
    *move = (Move){.page = base->page ? base->page->index : -1};
    if (!resolved || !url_parse(visitor->arena, str_of(resolved), NULL, &parsed, NULL) ||
        !url_is_http(&parsed)) {
        move_set(move, MOVE_UNREACHABLE,
                 arena_printf(visitor->arena, "'%.200s' is no web address", url));
        return true;
    }
    Navigation navigation = {.method = "GET", .url = resolved, .is_user = true};
    return http_navigate(visitor, &navigation, move, err);
}

/** Must a browser ask the server again when the visitor comes back to this page? */
static bool must_ask_again(const Shown *shown)
{
    const char *line;
    for (int i = 0; (line = exchange_header_at(shown->exchange, "Cache-Control", i)); i++)
        if (str_contains_nocase(str_of(line), STR("no-store")))
            return true;
    return shown->page->status == 0;
}

static bool go_back(HttpVisitor *visitor, Move *move, Error *err)
{
    if (visitor->history_count == 0 || visitor->position == 0) {
        move_set(move, MOVE_NOTHING, "there is no page to go back to");
        return true;
    }
    const Shown *before = &visitor->history[visitor->position - 1];
    if (before->was_post && must_ask_again(before)) {
        move_set(
            move, MOVE_NEEDS_BROWSER,
            "the page before came of a sent form, which a browser would not send again "
            "without asking");
        return true;
    }
    visitor->position--;
    visitor->base.page = before->page;
    move->page = before->page->index;
    if (!must_ask_again(before)) {
        move_set(move, MOVE_PAGE, NULL);
        return true;
    }
    Navigation navigation = {.method = "GET", .url = before->url, .replaces = true};
    return http_navigate(visitor, &navigation, move, err);
}

static bool go_again(HttpVisitor *visitor, Move *move, Error *err)
{
    const Shown *shown = http_shown(visitor);
    if (!shown || shown->was_post) {
        move_set(move, shown ? MOVE_NEEDS_BROWSER : MOVE_NOTHING,
                 shown ? "a browser would ask whether to send the form again"
                       : "there is no page to load again");
        return true;
    }
    Navigation navigation = {.method = "GET", .url = shown->url};
    navigation.is_user = true;
    navigation.is_reload = true;
    navigation.replaces = true;
    return http_navigate(visitor, &navigation, move, err);
}

static bool http_go(Visitor *base, History history, Move *move, Error *err)
{
    HttpVisitor *visitor = http_of(base);
    *move = (Move){.page = base->page ? base->page->index : -1};
    return history == HISTORY_BACK ? go_back(visitor, move, err)
                                   : go_again(visitor, move, err);
}

/** Nothing moves on a page without scripts: it is at rest. */
static bool http_wait(Visitor *base, int64_t timeout_us, Error *err)
{
    (void)base, (void)timeout_us, (void)err;
    return true;
}

static bool http_look(Visitor *base, const Document **document, const FormState **state,
                      Error *err)
{
    const Shown *shown = http_shown(http_of(base));
    (void)err;
    *document = shown ? shown->document : NULL;
    *state = shown ? shown->state : NULL;
    return true;
}

/** Without layout only hiding by markup is certain. */
static int http_sees(const Visitor *base, const Node *element)
{
    (void)base;
    return node_visibility(element) == VISIBILITY_HIDDEN ? 0 : -1;
}

static void http_close(Visitor *base)
{
    net_close(&http_of(base)->net);
}

static const VisitorEngine http_engine = {
    .name = "http",
    .open = http_open,
    .go = http_go,
    .press = http_press,
    .enter = http_enter,
    .fill = http_fill,
    .choose = http_choose,
    .wait = http_wait,
    .look = http_look,
    .sees = http_sees,
    .close = http_close,
};

static void base_fill(HttpVisitor *visitor, const VisitorOptions *options)
{
    Visitor *base = &visitor->base;
    Arena *arena = visitor->arena;
    base->engine = &http_engine;
    base->visit = options->visit;
    base->persona = options->persona;
    base->clock = options->clock;
    base->safety = options->safety;
    base->step = -1;
    base->deadline_us = options->deadline_us;
    base->requests_left =
        options->max_requests > 0 ? options->max_requests : HTTP_DOCUMENTS_MAX;
    const char *agent = options->persona->user_agent ? options->persona->user_agent : "";
    visitor->user_agent =
        options->is_declared
            ? arena_printf(arena, "%s%sMystery/" MYSTERY_VERSION, agent, *agent ? " " : "")
            : agent;
    Url site;
    base->site_host =
        url_parse(arena, str_of(options->site), NULL, &site, NULL) ? site.host : "";
}

static void visit_describe(Visit *visit, const Network *network)
{
    visit->engine = "http";
    if (!visit->engine_version)
        visit->engine_version = net_version(visit->arena);
    visit->network = network ? network->id : "none";
}

bool http_visitor_open(const VisitorOptions *options, Visitor **visitor, Error *err)
{
    Arena *arena = options->visit->arena;
    HttpVisitor *made = ARENA_NEW(arena, HttpVisitor);
    made->arena = arena;
    made->options = *options;
    made->cache = cache_create(arena);
    base_fill(made, options);
    const Network *network =
        options->network ? options->network : network_of(options->persona->network);
    visit_describe(options->visit, network);
    if (!net_open(arena, options->net, network ? network->down_bytes_per_s : 0,
                  network ? network->latency_us : 0, options->clock, &made->net, err))
        return false;
    *visitor = &made->base;
    return true;
}
