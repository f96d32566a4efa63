/* navigate.c - a document with its redirects, each hop an exchange of its own, and pages
 * that move on by themselves.
 *
 * Redirects by hand, so that every hop is measured, its cookies are kept and its address is
 * judged (scenarios.md 2.9). Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "visit/guard.h"
#include "visit/http/http.h"
#include "words/recognise.h"

enum {
    PAUSE_LEAST_US = 1000000, /**< between two pages, at a human pace */
    PAUSE_MOST_US = 8000000,
    WORD_READING_US = 40000, /**< a visitor skims: one word in six, 250 words a minute */
};

/** The request of one hop. */
typedef struct Hop {
    const char *url;
    const char *method;
    Str body;
    const char *content_type;
    SiteRelation farthest;
} Hop;

void move_set(Move *move, MoveResult result, const char *reason)
{
    move->result = result;
    move->reason = reason;
}

Shown *http_shown(HttpVisitor *visitor)
{
    return visitor->history_count ? &visitor->history[visitor->position] : NULL;
}

Exchange *http_exchange(HttpVisitor *visitor)
{
    if (visitor->options.is_recording)
        return visit_add_exchange(visitor->base.visit);
    Exchange *exchange = ARENA_NEW(visitor->arena, Exchange);
    exchange->page = -1;
    return exchange;
}

const char *http_redirect_target(Arena *arena, const Exchange *exchange)
{
    static const int followed[] = {301, 302, 303, 307, 308};
    bool is_followed = false;
    for (size_t i = 0; i < COUNT_OF(followed); i++)
        is_followed = is_followed || exchange->status == followed[i];
    const char *location = is_followed ? exchange_header(exchange, "Location") : NULL;
    return location ? url_resolve(arena, str_of(location), exchange->url) : NULL;
}

/* ---- one hop ---- */

static void cache_wish(const HttpVisitor *visitor, const Hop *hop, HeaderWish *wish,
                       CacheEntry **entry)
{
    *entry =
        strcmp(hop->method, "GET") == 0
            ? cache_find(visitor->cache, url_without_fragment(visitor->arena, hop->url))
            : NULL;
    if (*entry) {
        wish->if_none_match = (*entry)->etag;
        wish->if_modified_since = (*entry)->last_modified;
    }
}

static bool hop_request(HttpVisitor *visitor, const Navigation *navigation, const Hop *hop,
                        const HeaderWish *wish, Exchange *exchange, Error *err)
{
    Header *headers = NULL;
    NetRequest request = {.method = hop->method, .url = hop->url, .body = hop->body};
    request.header_count = http_headers(visitor, wish, &headers);
    request.headers = headers;
    request.keep_body = true;
    request.initiator = navigation->from ? navigation->from->url : NULL;
    request.is_navigation = true;
    if (!net_start(visitor->net, &request, visitor->arena, exchange, err))
        return false;
    exchange->request_type = hop->content_type;
    Exchange *ended = NULL;
    while (net_next(visitor->net, visitor->base.deadline_us, &ended, NULL))
        if (ended == exchange)
            break;
    return true;
}

/** Send one hop, or take it from the cache. */
static bool hop_fetch(HttpVisitor *visitor, const Navigation *navigation, const Hop *hop,
                      Exchange *exchange, Error *err)
{
    const Shown *from = navigation->from;
    HeaderWish wish = {.url = hop->url, .method = hop->method, .farthest = hop->farthest};
    wish.content_type = hop->content_type;
    wish.initiator = from ? from->url : NULL;
    wish.policy =
        from && navigation->policy == REFERRER_DEFAULT ? from->policy : navigation->policy;
    wish.is_navigation = true;
    wish.is_user = navigation->is_user;
    wish.is_reload = navigation->is_reload;
    CacheEntry *entry = NULL;
    cache_wish(visitor, hop, &wish, &entry);
    int64_t now_us = clock_wall_us(visitor->base.clock);
    exchange->type = RESOURCE_DOCUMENT;
    if (entry && entry->is_explicit && !navigation->is_reload &&
        cache_is_fresh(entry, now_us)) {
        cache_answer(entry, exchange, now_us);
        return true;
    }
    if (!hop_request(visitor, navigation, hop, &wish, exchange, err))
        return false;
    cache_settle(visitor->cache, entry, exchange, clock_wall_us(visitor->base.clock));
    return true;
}

const char *http_url_secured(const HttpVisitor *visitor, const char *url)
{
    Str rest = str_of(url);
    if (!str_starts_with(rest, STR("http://")) || !net_is_hsts(visitor->net, url))
        return url;
    return arena_printf(visitor->arena, "https://%s", url + strlen("http://"));
}

/** The next hop's request by the redirect's status (Fetch, 4.4). */
static void hop_turn(HttpVisitor *visitor, const Exchange *exchange, const char *target,
                     Hop *hop)
{
    Arena *arena = visitor->arena;
    const char *fragment = strchr(hop->url, '#');
    SiteRelation relation = site_relation(arena, hop->url, target);
    if (relation > hop->farthest)
        hop->farthest = relation;
    bool drops_body =
        exchange->status == 303 || ((exchange->status == 301 || exchange->status == 302) &&
                                    strcmp(hop->method, "POST") == 0);
    if (drops_body) {
        hop->method = "GET";
        hop->body = (Str){NULL, 0};
        hop->content_type = NULL;
    }
    hop->url = fragment && !strchr(target, '#')
                   ? arena_printf(arena, "%s%s", target, fragment)
                   : target;
}

static bool target_is_http(Arena *arena, const char *url)
{
    Url parsed;
    return url_parse(arena, str_of(url), NULL, &parsed, NULL) && url_is_http(&parsed) &&
           parsed.host[0] != '\0';
}

/* ---- the chain ---- */

static bool limit_take(HttpVisitor *visitor, const char *url, Error *err)
{
    if (visitor->base.requests_left == 0)
        return error_set(err, ERROR_INCONCLUSIVE, url,
                         "the limit of documents of a visit is reached") ||
               error_hint(err, "a scenario may set a higher maxRequests");
    if (visitor->base.requests_left > 0)
        visitor->base.requests_left--;
    return true;
}

static void journey_mark(Journey *journey, const HttpVisitor *visitor,
                         const Exchange *exchange)
{
    journey->received_us = clock_now_us(visitor->base.clock);
    int64_t receive_us =
        exchange->timings.receive_us > 0 ? exchange->timings.receive_us : 0;
    journey->first_byte_us = exchange->status ? journey->received_us - receive_us : 0;
}

/** A navigation under way. */
typedef struct Chain {
    const Navigation *navigation;
    Hop hop;
    Journey journey;
    Exchange *final; /**< NULL when a hop was refused or led nowhere: the move says why */
} Chain;

/** Send the hop that is due. is_over receives whether it was the last. */
static bool chain_step(HttpVisitor *visitor, Chain *chain, bool *is_over, Move *move,
                       Error *err)
{
    Arena *arena = visitor->arena;
    Hop *hop = &chain->hop;
    const char *why = NULL;
    *is_over = true;
    hop->url = http_url_secured(visitor, hop->url);
    if (!guard_allows_request(hop->method, hop->url, hop->content_type, &why) ||
        !guard_allows_body(hop->body, &why)) {
        move_set(move, MOVE_REFUSED, arena_text(arena, why));
        return true;
    }
    Exchange *exchange = http_exchange(visitor);
    if (!hop_fetch(visitor, chain->navigation, hop, exchange, err))
        return false;
    journey_mark(&chain->journey, visitor, exchange);
    const char *target = http_redirect_target(arena, exchange);
    if (!target) {
        chain->final = exchange;
        return true;
    }
    if (!target_is_http(arena, target)) {
        move_set(
            move, MOVE_UNREACHABLE,
            arena_printf(arena, "redirected to '%.100s', which is no web address", target));
        return true;
    }
    exchange->redirect_url = target;
    hop_turn(visitor, exchange, target, hop);
    *is_over = false;
    return true;
}

/** Follow the chain to its last answer. */
static bool chain_walk(HttpVisitor *visitor, Chain *chain, Move *move, Error *err)
{
    for (int count = 0; count <= HTTP_REDIRECTS_MAX; count++) {
        bool is_over = false;
        if (!chain_step(visitor, chain, &is_over, move, err))
            return false;
        if (is_over)
            return true;
    }
    move_set(
        move, MOVE_UNREACHABLE,
        arena_printf(visitor->arena, "redirected more than %d times", HTTP_REDIRECTS_MAX));
    return true;
}

/** At a human pace a visitor looks at a page before going on. */
static void pause_reading(HttpVisitor *visitor)
{
    const Shown *shown = http_shown(visitor);
    if (!visitor->options.is_human_pace || !shown)
        return;
    int64_t pause_us = PAUSE_LEAST_US;
    if (shown->document) {
        size_t words = document_visible_text(shown->document).length / 6;
        pause_us += (int64_t)words * WORD_READING_US;
    }
    if (pause_us > PAUSE_MOST_US)
        pause_us = PAUSE_MOST_US;
    int64_t passed_us = clock_now_us(visitor->base.clock) - shown->rested_us;
    clock_sleep_us(visitor->base.clock, pause_us - passed_us);
}

/** The chain ended without a page: its exchanges belong to the page that stays. */
static void exchanges_give(HttpVisitor *visitor, size_t first)
{
    const Visit *visit = visitor->base.visit;
    const Shown *shown = http_shown(visitor);
    for (size_t i = first; i < visit->exchange_count; i++)
        if (visit->exchanges[i]->page < 0 && shown)
            visit->exchanges[i]->page = shown->page->index;
}

/** Is the page now shown a robot wall? name receives whose, or NULL. Walls that answer as
 * if all was well are the walk's to see. */
static bool is_walled(HttpVisitor *visitor, const Exchange *exchange, const char **name)
{
    const Shown *shown = http_shown(visitor);
    if (!shown || !shown->document || exchange->status < 400)
        return false;
    PageContext context = {.url = shown->url,
                           .status = exchange->status,
                           .headers = exchange->headers,
                           .header_count = exchange->header_count,
                           .site = visitor->options.site};
    return page_is_challenge(shown->document, &context, name);
}

static void move_arrived(HttpVisitor *visitor, const Exchange *exchange, Move *move)
{
    const char *wall = NULL;
    move->page = visitor->base.page ? visitor->base.page->index : -1;
    if (exchange->status != 0 && is_walled(visitor, exchange, &wall)) {
        move_set(move, MOVE_BLOCKED,
                 wall ? arena_printf(visitor->arena, "a robot wall (%s) answered", wall)
                      : "a robot wall answered");
        return;
    }
    if (exchange->status != 0) {
        move_set(move, MOVE_PAGE, NULL);
        return;
    }
    move_set(move, MOVE_UNREACHABLE,
             arena_printf(visitor->arena, "%s: %s", exchange->error_kind, exchange->error));
}

static bool navigate_once(HttpVisitor *visitor, const Navigation *navigation, Move *move,
                          Error *err)
{
    Chain chain = {.navigation = navigation};
    chain.hop = (Hop){.url = navigation->url,
                      .method = navigation->method,
                      .body = navigation->body,
                      .content_type = navigation->content_type};
    pause_reading(visitor);
    chain.journey.begun_us = clock_now_us(visitor->base.clock);
    chain.journey.first_exchange = visitor->base.visit->exchange_count;
    const Shown *shown = http_shown(visitor);
    *move = (Move){.page = shown ? shown->page->index : -1};
    if (!limit_take(visitor, navigation->url, err) ||
        !chain_walk(visitor, &chain, move, err))
        return false;
    const char *reason = NULL;
    if (chain.final && answer_keeps_page(visitor->arena, chain.final, &reason)) {
        move_set(move, MOVE_NOTHING, reason);
        chain.final = NULL;
    }
    if (!chain.final) {
        exchanges_give(visitor, chain.journey.first_exchange);
        return true;
    }
    chain.journey.url = chain.hop.url;
    if (!http_arrive(visitor, navigation, chain.final, &chain.journey, err))
        return false;
    move_arrived(visitor, chain.final, move);
    return true;
}

/** Does the page move on by itself, and where to? */
static bool refresh_is_due(const HttpVisitor *visitor, const Shown *shown, const char **url)
{
    double seconds = 0;
    return shown->exchange && shown->exchange->status &&
           refresh_find(visitor->arena, shown->document, shown->exchange, &seconds, url) &&
           seconds <= HTTP_REFRESH_MAX_S && target_is_http(visitor->arena, *url) &&
           strcmp(url_without_fragment(visitor->arena, *url), shown->exchange->url) != 0;
}

bool http_navigate(HttpVisitor *visitor, const Navigation *navigation, Move *move,
                   Error *err)
{
    if (!navigate_once(visitor, navigation, move, err))
        return false;
    for (int i = 0; i < HTTP_REFRESHES_MAX && move->result == MOVE_PAGE; i++) {
        const Shown *shown = http_shown(visitor);
        const char *url = NULL;
        if (!shown || !refresh_is_due(visitor, shown, &url))
            return true;
        Shown from = *shown;
        Navigation next = {.method = "GET", .url = url, .from = &from, .replaces = true};
        if (!navigate_once(visitor, &next, move, err))
            return false;
    }
    return true;
}
