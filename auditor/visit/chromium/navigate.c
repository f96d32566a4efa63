/* navigate.c - following the main frame's navigations, opening addresses, going back and
 * reloading. Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "visit/chromium/film.h"
#include "visit/guard.h"

enum {
    COMMIT_US = 45000000, /* until the first byte of a document: Page.navigate's answer */
    EFFECT_US = 2000000,  /* until a history step begins */
};

/* ---- what the browser tells ---- */

static const char *keep(const ChromiumVisitor *visitor, const Json *value)
{
    return arena_text(visitor->arena, json_text(value, ""));
}

static void on_started(ChromiumVisitor *visitor, const Json *params)
{
    const char *kind = json_text(json_get(params, "navigationType"), "");
    if (strcmp(kind, "sameDocument") == 0 || strcmp(kind, "historySameDocument") == 0)
        return;
    visitor->navigating.is_started = true;
    visitor->navigating.started_us = clock_now_us(visitor->base.clock);
}

static void on_requested(ChromiumVisitor *visitor, const Json *params)
{
    if (strcmp(json_text(json_get(params, "disposition"), ""), "currentTab") == 0)
        on_started(visitor, params);
}

static void on_navigated(ChromiumVisitor *visitor, const Json *params)
{
    const Json *frame = json_get(params, "frame");
    Navigating *now = &visitor->navigating;
    const char *fragment = json_text(json_get(frame, "urlFragment"), "");
    now->loader_id = keep(visitor, json_get(frame, "loaderId"));
    now->url = arena_printf(visitor->arena, "%s%s", json_text(json_get(frame, "url"), ""),
                            fragment);
    now->is_started = now->is_committed = true;
    now->is_dom_ready = now->is_loaded = false;
    now->is_same_document = now->is_history_api = false;
    now->committed_us = clock_now_us(visitor->base.clock);
    now->is_restored =
        strcmp(json_text(json_get(params, "type"), ""), "BackForwardCacheRestore") == 0;
    if (now->is_restored)
        now->is_dom_ready = now->is_loaded = true;
    if (json_get(frame, "unreachableUrl"))
        now->url = keep(visitor, json_get(frame, "unreachableUrl"));
    now->is_error_page = json_get(frame, "unreachableUrl") != NULL;
    visitor->world = 0;
    visitor->look = (Look){.version = -1};
    traffic_rest(visitor->traffic, now->url);
}

static void on_within(ChromiumVisitor *visitor, const Json *params)
{
    Navigating *now = &visitor->navigating;
    now->url = keep(visitor, json_get(params, "url"));
    now->is_same_document = true;
    if (strcmp(json_text(json_get(params, "navigationType"), ""), "historyApi") == 0)
        now->is_history_api = true;
    look_spoil(visitor);
}

static void on_lifecycle(ChromiumVisitor *visitor, const Json *params)
{
    Navigating *now = &visitor->navigating;
    const char *name = json_text(json_get(params, "name"), "");
    if (strcmp(json_text(json_get(params, "loaderId"), ""), now->loader_id) != 0)
        return;
    int64_t now_us = clock_now_us(visitor->base.clock);
    if (strcmp(name, "DOMContentLoaded") == 0 && !now->is_dom_ready) {
        now->is_dom_ready = true;
        now->dom_ready_us = now_us;
    } else if (strcmp(name, "load") == 0 && !now->is_loaded) {
        now->is_loaded = true;
        now->loaded_us = now_us;
    }
}

static void on_stopped(ChromiumVisitor *visitor, const Json *params)
{
    (void)params;
    if (visitor->navigating.is_started && !visitor->navigating.is_committed)
        visitor->navigating.is_stopped = true;
}

static const Json *frame_of(const Json *params)
{
    const Json *frame = json_get(params, "frameId");
    return frame ? frame : json_at(params, "frame.id");
}

static void on_page_event(void *context, const CdpEvent *event)
{
    static const struct {
        const char *method;
        void (*handle)(ChromiumVisitor *visitor, const Json *params);
    } handlers[] = {
        {"Page.frameStartedNavigating", on_started},
        {"Page.frameRequestedNavigation", on_requested},
        {"Page.frameNavigated", on_navigated},
        {"Page.navigatedWithinDocument", on_within},
        {"Page.lifecycleEvent", on_lifecycle},
        {"Page.frameStoppedLoading", on_stopped},
    };

    ChromiumVisitor *visitor = context;
    if (!visitor->page || strcmp(event->session, visitor->page->session) != 0 ||
        strcmp(json_text(frame_of(event->params), ""), visitor->navigating.frame_id) != 0)
        return;
    for (size_t i = 0; i < COUNT_OF(handlers); i++)
        if (strcmp(event->method, handlers[i].method) == 0)
            handlers[i].handle(visitor, event->params);
}

static void on_download(void *context, const CdpEvent *event)
{
    ChromiumVisitor *visitor = context;
    (void)event;
    visitor->navigating.is_download = true;
}

void navigate_listen(ChromiumVisitor *visitor)
{
    cdp_listen(visitor->cdp, "Page.", on_page_event, visitor);
    cdp_listen(visitor->cdp, "Browser.downloadWillBegin", on_download, visitor);
}

void navigating_begin(ChromiumVisitor *visitor)
{
    Navigating *now = &visitor->navigating;
    *now = (Navigating){.frame_id = now->frame_id,
                        .loader_id = now->loader_id,
                        .url = now->url,
                        .is_dom_ready = now->is_dom_ready,
                        .is_loaded = now->is_loaded,
                        .is_error_page = now->is_error_page,
                        .began_us = clock_now_us(visitor->base.clock),
                        .first_exchange = visitor->base.visit->exchange_count,
                        .popup_mark = targets_count(visitor->targets),
                        .refused = traffic_refused(visitor->traffic, NULL)};
    traffic_act(visitor->traffic);
}

/* ---- opening ---- */

static bool is_aborted(const char *text)
{
    return strcmp(text, "net::ERR_ABORTED") == 0;
}

/* Ask for an address. A refusal of the network is a fact: navigating.error. */
static bool address_ask(ChromiumVisitor *visitor, const char *url, const char *referrer,
                        Error *err)
{
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    const Json *answer = NULL;
    Error trouble = {0};
    buf_init(&params, 1 << 20);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "url", url);
    if (referrer)
        json_put_text(&json, "referrer", referrer);
    json_write_end(&json);
    if (!cdp_call(visitor->cdp, visitor->page->session, "Page.navigate", buf_text(&params),
                  COMMIT_US, visitor->scratch, &answer, &trouble)) {
        if (!page_is_alive(visitor, err))
            return false;
        visitor->navigating.error =
            arena_printf(visitor->arena, "no answer within %d s", COMMIT_US / 1000000);
        cdp_send(visitor->cdp, visitor->page->session, "Page.stopLoading", NULL);
        return true;
    }
    const char *text = json_text(json_get(answer, "errorText"), NULL);
    if (json_bool(json_get(answer, "isDownload"), false))
        visitor->navigating.is_download = true;
    else if (text && !is_aborted(text))
        visitor->navigating.error = arena_text(visitor->arena, text);
    else if (text)
        visitor->navigating.is_stopped = true;
    return true;
}

bool page_open(ChromiumVisitor *visitor, const char *url, const char *referrer, Move *move,
               Error *err)
{
    const char *why = NULL;
    if (!guard_allows_request("GET", url, NULL, &why)) {
        move_put(move, MOVE_REFUSED, arena_text(visitor->arena, why));
        return true;
    }
    pause_reading(visitor);
    navigating_begin(visitor);
    visitor->navigating.asked = url;
    film_begin(visitor);
    return address_ask(visitor, url, referrer, err) &&
           action_end(visitor, (Patience){EFFECT_US, 0}, move, err);
}

bool chromium_open(Visitor *base, const char *url, Move *move, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    const char *from = base->page ? base->page->url : visitor->options.site;
    const char *resolved = url_resolve(visitor->arena, str_of(url), from);
    Url parsed;
    primitive_begin(visitor, move);
    if (!resolved || !url_parse(visitor->arena, str_of(resolved), NULL, &parsed, NULL) ||
        !url_is_http(&parsed)) {
        move_put(move, MOVE_UNREACHABLE,
                 arena_printf(visitor->arena, "'%.200s' is no web address", url));
        return true;
    }
    return page_open(visitor, resolved, NULL, move, err);
}

/* ---- back and again ---- */

static bool history_read(ChromiumVisitor *visitor, const Json **entries, int *index)
{
    const Json *answer = NULL;
    if (!cdp_call(visitor->cdp, visitor->page->session, "Page.getNavigationHistory", NULL,
                  CALL_US, visitor->scratch, &answer, NULL))
        return false;
    *entries = json_get(answer, "entries");
    *index = (int)json_integer(json_get(answer, "currentIndex"), 0);
    return true;
}

static const Json *entry_at(const Json *entries, int index)
{
    const Json *entry = json_first(entries);
    while (entry && index-- > 0)
        entry = json_next(entry);
    return entry;
}

int history_entry(ChromiumVisitor *visitor)
{
    const Json *entries = NULL;
    int index = 0;
    if (!history_read(visitor, &entries, &index))
        return -1;
    return (int)json_integer(json_get(entry_at(entries, index), "id"), -1);
}

static bool go_back(ChromiumVisitor *visitor, Move *move, Error *err)
{
    const Json *entries = NULL;
    int index = 0;
    const Json *entry =
        history_read(visitor, &entries, &index) ? entry_at(entries, index - 1) : NULL;
    const char *url = json_text(json_get(entry, "url"), "about:blank");
    bool is_first = index < 1 || strncmp(url, "about:", 6) == 0;
    if (is_first && window_leave(visitor))
        return action_end(visitor, (Patience){EFFECT_US, 0}, move, err);
    if (is_first) {
        move_put(move, MOVE_NOTHING, "there is no page to go back to");
        return page_is_alive(visitor, err);
    }
    int id = (int)json_integer(json_get(entry, "id"), 0);
    cdp_send(visitor->cdp, visitor->page->session, "Page.navigateToHistoryEntry",
             arena_printf(visitor->scratch, "{\"entryId\":%d}", id));
    visitor->navigating.asked = arena_text(visitor->arena, url);
    visitor->navigating.is_history = true;
    return action_end(visitor, (Patience){EFFECT_US, 0}, move, err);
}

bool chromium_go(Visitor *base, History history, Move *move, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    primitive_begin(visitor, move);
    if (!base->page) {
        move_put(move, MOVE_NOTHING, "there is no page");
        return true;
    }
    pause_reading(visitor);
    navigating_begin(visitor);
    if (history == HISTORY_BACK)
        return go_back(visitor, move, err);
    visitor->navigating.asked = base->page->url;
    film_begin(visitor);
    cdp_send(visitor->cdp, visitor->page->session, "Page.reload", NULL);
    return action_end(visitor, (Patience){EFFECT_US, 0}, move, err);
}
