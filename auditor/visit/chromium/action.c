/* action.c - what an action led to: nothing, a change of the page, another page, a new
 * window, a failure. Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "dom/text.h"
#include "visit/chromium/film.h"
#include "visit/chromium/inner.h"
#include "visit/chromium/measure.h"
#include "visit/chromium/obstacles.h"
#include "words/recognise.h"

enum {
    TURN_US = 5000,
    COMMIT_MOST_US = 45000000, /* until the first byte of a document */
    PATIENCE_LEAST_US = 15000000,
    POPUP_US = 4000000, /* until a new window has an address */
    PAUSE_LEAST_US = 1000000,
    PAUSE_MOST_US = 8000000,
    WORD_READING_US = 40000, /* a visitor skims: one word in six, 250 words a minute */
};

void move_put(Move *move, MoveResult result, const char *reason)
{
    move->result = result;
    move->reason = reason;
}

void action_begin(ChromiumVisitor *visitor)
{
    navigating_begin(visitor);
    const Json *sight = page_ask(visitor, "sight", NULL);
    visitor->navigating.sight = json_integer(json_get(sight, "hash"), 0);
    visitor->navigating.effects = json_integer(json_get(sight, "effects"), -1);
    visitor->navigating.clicks = json_integer(json_get(sight, "clicks"), -1);
    /* What it leads to may be another document. */
    marks_note(visitor, sight);
    inner_begin(visitor);
    device_pace(visitor->device, visitor->page, true);
}

bool action_was_felt(ChromiumVisitor *visitor, int mark)
{
    const Json *answer =
        mark_ask(visitor, mark, "felt",
                 page_arguments(visitor, "ii", mark, (int)mark_clicks(visitor, mark)));
    return json_bool(answer, true);
}

/* At a human pace a visitor looks at a page before going on. */
void pause_reading(ChromiumVisitor *visitor)
{
    if (!visitor->options.is_human_pace || !visitor->rested_us)
        return;
    int64_t pause_us = PAUSE_LEAST_US;
    if (visitor->look.document) {
        size_t words = document_visible_text(visitor->look.document).length / 6;
        pause_us += (int64_t)words * WORD_READING_US;
    }
    if (pause_us > PAUSE_MOST_US)
        pause_us = PAUSE_MOST_US;
    /* The page lives on while it is read. */
    cdp_pump(visitor->cdp, visitor->rested_us + pause_us, NULL);
}

/* ---- the effect ---- */

static bool has_begun(const ChromiumVisitor *visitor)
{
    const Navigating *now = &visitor->navigating;
    return now->is_started || now->is_same_document || now->is_download || now->error ||
           now->is_stopped || traffic_last_us(visitor->traffic) > now->began_us ||
           targets_popup_since(visitor->targets, now->popup_mark);
}

static bool is_waiting_for_document(const Navigating *now)
{
    return now->is_started && !now->is_committed && !now->is_stopped && !now->is_download &&
           !now->error;
}

/* Wait until something begins, and then until a new document is there. */
static bool effect_wait(ChromiumVisitor *visitor, int64_t wait_us, Error *err)
{
    const Clock *clock = visitor->base.clock;
    int64_t begun_us = clock_now_us(clock);
    for (;;) {
        int64_t now_us = clock_now_us(clock);
        int64_t most_us =
            is_waiting_for_document(&visitor->navigating) ? COMMIT_MOST_US : wait_us;
        bool is_over = now_us - begun_us >= most_us;
        if (is_over ||
            (has_begun(visitor) && !is_waiting_for_document(&visitor->navigating)))
            break;
        if (!cdp_pump(visitor->cdp, now_us + TURN_US, NULL) ||
            !page_is_alive(visitor, NULL))
            return page_is_alive(visitor, err);
    }
    if (is_waiting_for_document(&visitor->navigating)) {
        visitor->navigating.error = "no answer in time";
        cdp_send(visitor->cdp, visitor->page->session, "Page.stopLoading", NULL);
    }
    return true;
}

/* A new document is given the persona's patience; a page that stays may get less. */
static int64_t patience_us(const ChromiumVisitor *visitor, Patience patience)
{
    if (patience.rest_us && !visitor->navigating.is_started)
        return patience.rest_us;
    int64_t own_us = visitor->base.persona->patience_us;
    return own_us > PATIENCE_LEAST_US ? own_us : PATIENCE_LEAST_US;
}

/* ---- failures ---- */

/** What a code of the browser's network means to people. */
static const char *error_said(const char *code)
{
    static const struct {
        const char *part;
        const char *said;
    } meanings[] = {
        {"NAME_NOT_RESOLVED", "dns: the host's name is not known"},
        {"CONNECTION_REFUSED", "connect: the connection was refused"},
        {"CONNECTION_RESET", "reset: the connection was cut"},
        {"CONNECTION_CLOSED", "reset: the connection was closed"},
        {"CONNECTION_TIMED_OUT", "timeout: no connection in time"},
        {"TIMED_OUT", "timeout: no answer in time"},
        {"ADDRESS_UNREACHABLE", "connect: the address cannot be reached"},
        {"INTERNET_DISCONNECTED", "connect: there is no network"},
        {"EMPTY_RESPONSE", "protocol: the answer is empty"},
        {"TOO_MANY_REDIRECTS", "redirected too often"},
        {"CERT_", "tls: the certificate is not trusted"},
        {"SSL_", "tls: no secure connection"},
        {"CACHE_MISS", "the page came of a sent form, which is not sent again unasked"},
    };

    for (size_t i = 0; i < COUNT_OF(meanings); i++)
        if (strstr(code, meanings[i].part))
            return meanings[i].said;
    return code;
}

static const char *failure_of(const ChromiumVisitor *visitor)
{
    const Navigating *now = &visitor->navigating;
    int index = traffic_document(visitor->traffic, now->loader_id);
    const Exchange *exchange = index >= 0 ? visitor->base.visit->exchanges[index] : NULL;
    if (now->error)
        return error_said(now->error);
    if (exchange && exchange->error)
        return arena_printf(visitor->arena, "%s: %s",
                            exchange->error_kind ? exchange->error_kind : "failed",
                            exchange->error);
    return "the page could not be loaded";
}

static bool move_failed(ChromiumVisitor *visitor, Move *move, Error *err)
{
    const Navigating *now = &visitor->navigating;
    Page *page = NULL;
    const char *why = failure_of(visitor);
    if (now->is_history && now->error && strstr(now->error, "CACHE_MISS")) {
        move_put(
            move, MOVE_NEEDS_BROWSER,
            "the page before came of a sent form, which a browser would not send again "
            "without asking");
        return true;
    }
    if (!page_make(visitor, &page, err))
        return false;
    move->page = page->index;
    move_put(move, MOVE_UNREACHABLE, why);
    return true;
}

/* ---- pages ---- */

/* Is the page a robot wall? Walls that answer as if all was well are the walk's to see. */
static bool is_walled(ChromiumVisitor *visitor, const Page *page, const char **name)
{
    const Exchange *exchange =
        page->document >= 0 ? visitor->base.visit->exchanges[page->document] : NULL;
    if (!visitor->look.document || page->status < 400 || !exchange)
        return false;
    PageContext context = {.url = page->url,
                           .status = page->status,
                           .headers = exchange->headers,
                           .header_count = exchange->header_count,
                           .site = visitor->options.site};
    return page_is_challenge(visitor->look.document, &context, name);
}

static bool move_arrived(ChromiumVisitor *visitor, Move *move, Error *err)
{
    Page *page = NULL;
    const char *wall = NULL;
    if (!page_make(visitor, &page, err))
        return false;
    move->page = page->index;
    obstacles_arrive(visitor);
    move_put(move, MOVE_PAGE, NULL);
    if (is_walled(visitor, page, &wall))
        move_put(move, MOVE_BLOCKED,
                 wall ? arena_printf(visitor->arena, "a robot wall (%s) answered", wall)
                      : "a robot wall answered");
    return true;
}

/* Other path or query: another page to the visitor. A fragment that holds a path is one,
 * too: the routers of older script shops. */
static bool is_other_page(ChromiumVisitor *visitor, const char *before, const char *after)
{
    const char *old = url_without_fragment(visitor->scratch, before);
    const char *new = url_without_fragment(visitor->scratch, after);
    if (strcmp(old, new) != 0)
        return true;
    const char *fragment = strchr(after, '#');
    const char *known = strchr(before, '#');
    bool is_path = fragment && (fragment[1] == '/' || fragment[1] == '!');
    return is_path && (!known || strcmp(fragment, known) != 0);
}

static bool has_changed(ChromiumVisitor *visitor)
{
    const Navigating *now = &visitor->navigating;
    const Json *sight = page_ask(visitor, "sight", NULL);
    return json_integer(json_get(sight, "hash"), 0) != now->sight ||
           json_integer(json_get(sight, "effects"), -1) != now->effects ||
           inner_has_changed(visitor);
}

static bool stayed(ChromiumVisitor *visitor, Move *move, Error *err)
{
    const Navigating *now = &visitor->navigating;
    const Page *page = visitor->base.page;
    const char *why = NULL;
    look_spoil(visitor);
    traffic_rest(visitor->traffic, now->url);
    if (now->is_same_document && page && is_other_page(visitor, page->url, now->url))
        return move_arrived(visitor, move, err);
    if (has_changed(visitor) || now->is_same_document)
        move_put(move, MOVE_STATE, NULL);
    else if (now->is_download)
        move_put(move, MOVE_NOTHING, "a file to download, no new page");
    else if (now->is_stopped)
        move_put(move, MOVE_NOTHING, "the server gave no new page");
    else if (traffic_refused(visitor->traffic, &why) > now->refused)
        move_put(move, MOVE_REFUSED, arena_text(visitor->arena, why));
    else
        move_put(move, MOVE_NOTHING, NULL);
    return page_is_alive(visitor, err);
}

/* ---- new windows ---- */

static bool is_own_site(ChromiumVisitor *visitor, const char *url)
{
    Url a;
    Url b;
    return url_parse(visitor->scratch, str_of(url), NULL, &a, NULL) && url_is_http(&a) &&
           url_parse(visitor->scratch, str_of(visitor->options.site), NULL, &b, NULL) &&
           url_same_site(&a, &b);
}

/* Until it has an address; a target that never gets one is the opener's own writing. */
static bool popup_await(ChromiumVisitor *visitor, const Target *popup, Error *err)
{
    const Clock *clock = visitor->base.clock;
    int64_t end_us = clock_now_us(clock) + POPUP_US;
    while ((!*popup->url || strncmp(popup->url, "about:", 6) == 0) && !popup->is_gone &&
           clock_now_us(clock) < end_us)
        if (!cdp_pump(visitor->cdp, clock_now_us(clock) + TURN_US, NULL))
            return page_is_alive(visitor, err);
    return true;
}

/* A new window of the shop is gone into, as its visitors do; any other is closed. */
static bool popup_follow(ChromiumVisitor *visitor, Target *popup, Move *move,
                         bool *is_entered, Error *err)
{
    *is_entered = false;
    if (!popup_await(visitor, popup, err))
        return false;
    const char *url = arena_text(visitor->arena, popup->url);
    *is_entered = is_own_site(visitor, url) && window_enter(visitor, popup);
    if (*is_entered)
        return true;
    if (!popup->is_gone)
        cdp_send(visitor->cdp, "", "Target.closeTarget",
                 arena_printf(visitor->scratch, "{\"targetId\":\"%s\"}", popup->id));
    cdp_send(visitor->cdp, visitor->page->session, "Page.bringToFront", NULL);
    move_put(move, MOVE_STATE,
             arena_printf(visitor->arena, "a new window opened: '%.200s'", url));
    return true;
}

/* ---- the whole ---- */

/* The page rests, whatever was done to it: what came of it? */
static bool effect_judge(ChromiumVisitor *visitor, Move *move, Error *err)
{
    const Navigating *now = &visitor->navigating;
    const char *why = NULL;
    if (now->is_error_page && traffic_refused(visitor->traffic, &why) > now->refused) {
        move_put(move, MOVE_REFUSED, arena_text(visitor->arena, why));
        return true;
    }
    if (now->error || (now->is_committed && now->is_error_page))
        return move_failed(visitor, move, err);
    if (now->is_committed)
        return move_arrived(visitor, move, err);
    return stayed(visitor, move, err);
}

static bool effect_follow(ChromiumVisitor *visitor, Patience patience, Move *move,
                          Error *err)
{
    bool is_entered = false;
    if (!effect_wait(visitor, patience.effect_us, err))
        return false;
    Target *popup = targets_popup_since(visitor->targets, visitor->navigating.popup_mark);
    if (popup && !popup_follow(visitor, popup, move, &is_entered, err))
        return false;
    if (popup && !is_entered)
        return true;
    if (is_entered && !effect_wait(visitor, patience.effect_us, err))
        return false;
    if (!page_settle(visitor, patience_us(visitor, patience), NULL, err))
        return false;
    if (is_entered)
        measure_window(visitor);
    if (!effect_judge(visitor, move, err))
        return false;
    if (is_entered && move->result == MOVE_PAGE && !move->reason)
        move->reason = "it opened in a new window";
    return true;
}

/* A window that closes itself gives its visitor back to the page it came from. */
static bool closed_follow(ChromiumVisitor *visitor, Patience patience, Move *move,
                          Error *err)
{
    Error trouble = {0};
    bool is_fine = effect_follow(visitor, patience, move, &trouble);
    if (visitor->page->is_gone && window_leave(visitor)) {
        error_clear(&trouble);
        is_fine = page_settle(visitor, patience_us(visitor, patience), NULL, &trouble) &&
                  move_arrived(visitor, move, &trouble);
        if (is_fine && move->result == MOVE_PAGE && !move->reason)
            move->reason = "the window closed itself";
    }
    if (!is_fine && err)
        *err = trouble;
    return is_fine;
}

bool action_end(ChromiumVisitor *visitor, Patience patience, Move *move, Error *err)
{
    bool is_alive = closed_follow(visitor, patience, move, err);
    film_end(visitor);
    device_pace(visitor->device, visitor->page, false);
    return is_alive;
}
