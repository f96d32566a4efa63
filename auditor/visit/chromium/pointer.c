/* pointer.c - the visitor's hand: where to press, what is in the way, and the press itself
 * as mouse or finger events of the browser. Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "visit/chromium/inner.h"

enum {
    INPUT_US = 3000000, /* until the page has dealt with a press */
    HOVER_US = 400000,  /* until a menu opens by being pointed at */
    STEPS = 4,          /* of a movement */
    REVEALS_MOST = 6,   /* menus tried */
};

/* ---- where ---- */

static const char *cover_said(ChromiumVisitor *visitor, const Json *cover)
{
    const char *words = json_text(json_get(cover, "words"), "");
    const char *path = json_text(json_get(cover, "path"), "");
    if (!cover || !*path)
        return "it is covered";
    if (!*words)
        return arena_printf(visitor->arena, "covered by %.80s", path);
    return arena_printf(visitor->arena, "covered by '%.80s' (%.80s)", words, path);
}

/* A place in a frame is one of the page, unless something lies over the frame there. */
static const Json *point_ask(ChromiumVisitor *visitor, int mark)
{
    const InnerFrame *inner = inner_of(visitor, mark);
    const Json *answer =
        mark_ask(visitor, mark, "point", page_arguments(visitor, "i", mark));
    if (!inner || !answer || json_get(answer, "why"))
        return answer;
    return page_ask(visitor, "framePoint",
                    arena_printf(visitor->scratch,
                                 "[{\"value\":%d},{\"value\":%.1f},{\"value\":%.1f}]",
                                 inner->owner, json_number(json_get(answer, "x"), 0),
                                 json_number(json_get(answer, "y"), 0)));
}

void spot_find(ChromiumVisitor *visitor, int mark, Spot *spot)
{
    const Json *answer = point_ask(visitor, mark);
    const char *why = json_text(json_get(answer, "why"), answer ? "" : "gone");
    *spot = (Spot){.x = json_number(json_get(answer, "x"), 0),
                   .y = json_number(json_get(answer, "y"), 0),
                   .has_scrolled = json_bool(json_get(answer, "hasScrolled"), false)};
    if (!*why) {
        spot->is_found = true;
        return;
    }
    const Json *cover = json_get(answer, "cover");
    spot->is_gone = strcmp(why, "gone") == 0;
    spot->is_hidden = strcmp(why, "hidden") == 0;
    spot->is_disabled = strcmp(why, "disabled") == 0;
    spot->is_moving = strcmp(why, "moves") == 0;
    spot->cover = (int)json_integer(json_get(cover, "mark"), 0);
    spot->why = spot->is_gone       ? "it has left the page"
                : spot->is_hidden   ? "it cannot be seen"
                : spot->is_disabled ? "it is disabled"
                : spot->is_moving   ? "it moves while the page is at rest"
                                    : cover_said(visitor, cover);
}

/* ---- events ---- */

static void mouse_send(ChromiumVisitor *visitor, const char *type, double x, double y,
                       int clicks)
{
    const char *button = clicks ? "left" : "none";
    int buttons = strcmp(type, "mousePressed") == 0;
    cdp_send(visitor->cdp, visitor->page->session, "Input.dispatchMouseEvent",
             arena_printf(visitor->scratch,
                          "{\"type\":\"%s\",\"x\":%.1f,\"y\":%.1f,\"button\":\"%s\","
                          "\"buttons\":%d,\"clickCount\":%d,\"pointerType\":\"mouse\"}",
                          type, x, y, button, buttons, clicks));
}

/* The answer comes when the page has dealt with it; a dialog or a new document may keep it
 * back, which is no failure. */
static void event_await(ChromiumVisitor *visitor, const char *method, const char *params)
{
    Error ignored = {0};
    if (!cdp_call(visitor->cdp, visitor->page->session, method, params, INPUT_US, NULL,
                  NULL, &ignored))
        error_clear(&ignored);
}

/* The last step is waited for: what opens or closes under the pointer has done so before
 * anybody asks what lies there. */
void pointer_move(ChromiumVisitor *visitor, double x, double y)
{
    if (visitor->base.persona->has_touch)
        return;
    double from_x = visitor->pointer_x;
    double from_y = visitor->pointer_y;
    for (int i = 1; i < STEPS; i++)
        mouse_send(visitor, "mouseMoved", from_x + (x - from_x) * i / STEPS,
                   from_y + (y - from_y) * i / STEPS, 0);
    event_await(visitor, "Input.dispatchMouseEvent",
                arena_printf(visitor->scratch,
                             "{\"type\":\"mouseMoved\",\"x\":%.1f,\"y\":%.1f,"
                             "\"button\":\"none\",\"pointerType\":\"mouse\"}",
                             x, y));
    visitor->pointer_x = x;
    visitor->pointer_y = y;
}

static void touch_press(ChromiumVisitor *visitor, double x, double y)
{
    cdp_send(visitor->cdp, visitor->page->session, "Input.dispatchTouchEvent",
             arena_printf(visitor->scratch,
                          "{\"type\":\"touchStart\",\"touchPoints\":[{\"x\":%.1f,"
                          "\"y\":%.1f}]}",
                          x, y));
    event_await(visitor, "Input.dispatchTouchEvent",
                "{\"type\":\"touchEnd\",\"touchPoints\":[]}");
}

void pointer_press(ChromiumVisitor *visitor, double x, double y, int count)
{
    if (visitor->base.persona->has_touch) {
        for (int i = 0; i < count; i++)
            touch_press(visitor, x, y);
        return;
    }
    pointer_move(visitor, x, y);
    for (int i = 1; i <= count; i++) {
        mouse_send(visitor, "mousePressed", x, y, i);
        event_await(visitor, "Input.dispatchMouseEvent",
                    arena_printf(visitor->scratch,
                                 "{\"type\":\"mouseReleased\",\"x\":%.1f,\"y\":%.1f,"
                                 "\"button\":\"left\",\"buttons\":0,\"clickCount\":%d}",
                                 x, y, i));
    }
}

void pointer_press_other(ChromiumVisitor *visitor, double x, double y, const char *button)
{
    static const char form[] =
        "{\"type\":\"%s\",\"x\":%.1f,\"y\":%.1f,\"button\":\"%s\",\"clickCount\":1}";
    pointer_move(visitor, x, y);
    cdp_send(visitor->cdp, visitor->page->session, "Input.dispatchMouseEvent",
             arena_printf(visitor->scratch, form, "mousePressed", x, y, button));
    event_await(visitor, "Input.dispatchMouseEvent",
                arena_printf(visitor->scratch, form, "mouseReleased", x, y, button));
}

/* ---- what hides it ---- */

static bool is_shown(ChromiumVisitor *visitor, int mark)
{
    return json_bool(mark_ask(visitor, mark, "isShown", page_arguments(visitor, "i", mark)),
                     false);
}

static bool reveal_try(ChromiumVisitor *visitor, const char *kind, int by, int mark)
{
    Spot spot;
    bool is_hover = strcmp(kind, "hover") == 0;
    if (is_hover && visitor->base.persona->has_touch)
        return false;
    spot_find(visitor, by, &spot);
    if (!spot.is_found)
        return false;
    if (is_hover)
        pointer_move(visitor, spot.x, spot.y);
    else
        pointer_press(visitor, spot.x, spot.y, 1);
    int64_t now_us = clock_now_us(visitor->base.clock);
    cdp_pump(visitor->cdp, now_us + HOVER_US, NULL);
    return is_shown(visitor, mark);
}

static const char *revealed_by(ChromiumVisitor *visitor, const char *kind, int by)
{
    const Json *words = mark_ask(visitor, by, "wordsAt", page_arguments(visitor, "i", by));
    return arena_printf(visitor->arena,
                        strcmp(kind, "hover") == 0
                            ? "it shows only when '%.40s' is pointed at"
                            : "it shows only when '%.40s' is opened",
                        json_text(words, "a menu"));
}

bool spot_reveal(ChromiumVisitor *visitor, int mark, const char **how)
{
    const Json *steps =
        mark_ask(visitor, mark, "reveal", page_arguments(visitor, "i", mark));
    int tried = 0;
    for (const Json *step = json_first(steps); step && tried < REVEALS_MOST;
         step = json_next(step), tried++) {
        const char *kind = json_text(json_first(step), "");
        int by = (int)json_integer(json_next(json_first(step)), 0);
        int64_t loader_us = visitor->navigating.committed_us;
        bool is_done = reveal_try(visitor, kind, by, mark);
        if (visitor->navigating.committed_us != loader_us)
            return false;
        if (is_done) {
            *how = revealed_by(visitor, kind, by);
            return true;
        }
    }
    return false;
}
