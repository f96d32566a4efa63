/* gesture.c - what recordings do besides pressing and typing: clicks at a place and with
 * other buttons, pointing, single keys, scrolling, screen sizes, conditions in JavaScript.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "dom/text.h"
#include "visit/chromium/inner.h"
#include "visit/guard.h"

enum {
    EFFECT_US = 300000,
    KEY_EFFECT_US = 150000,
    EVALUATE_US = 10000000,
    REST_US = 3000000, /* until a page that stays has come to rest */
};

/** A gesture under way. */
typedef struct Doing {
    ChromiumVisitor *visitor;
    const Gesture *gesture;
    const Node *node; /* of the present look; NULL: none was named */
    Move *move;
} Doing;

static bool end(const Doing *doing, int64_t effect_us, Error *err)
{
    return action_end(doing->visitor, (Patience){effect_us, REST_US}, doing->move, err);
}

/* A gesture is done even when nothing comes of it. */
static bool end_done(const Doing *doing, int64_t effect_us, Error *err)
{
    if (!end(doing, effect_us, err))
        return false;
    if (doing->move->result == MOVE_NOTHING && !doing->move->reason)
        move_put(doing->move, MOVE_STATE, NULL);
    return true;
}

/* ---- pointer ---- */

/* What a stroke of Enter or Space would press. */
static bool is_refused(const Doing *doing)
{
    const char *why = NULL;
    if (guard_allows_press(doing->visitor->look.document, doing->visitor->look.state,
                           doing->node, doing->visitor->base.safety, &why))
        return false;
    move_put(doing->move, MOVE_REFUSED, arena_text(doing->visitor->arena, why));
    return true;
}

static bool do_click(const Doing *doing, Error *err)
{
    const Gesture *gesture = doing->gesture;
    bool is_first = !gesture->text || strcmp(gesture->text, "left") == 0;
    PressWay way = {.x = gesture->x, .y = gesture->y, .count = gesture->count};
    way.button = is_first ? NULL : gesture->text;
    return press_node(doing->visitor, doing->node, way, doing->move, err);
}

static bool do_hover(const Doing *doing, Error *err)
{
    Spot spot;
    const char *how = NULL;
    if (!spot_reach(doing->visitor, node_mark(doing->node), &spot, &how)) {
        move_put(doing->move, MOVE_COVERED, spot.why);
        return page_is_alive(doing->visitor, err);
    }
    action_begin(doing->visitor);
    pointer_move(doing->visitor, spot.x, spot.y);
    return end_done(doing, EFFECT_US, err);
}

/* ---- keys ---- */

static bool is_activating(const char *key)
{
    return strcmp(key, "Enter") == 0 || strcmp(key, " ") == 0 || strcmp(key, "Space") == 0;
}

/* What has the focus now, on a fresh look; NULL: nothing. */
static bool focus_find(Doing *doing, Error *err)
{
    ChromiumVisitor *visitor = doing->visitor;
    look_spoil(visitor);
    if (!look_take(visitor, err))
        return false;
    doing->node =
        look_marked(visitor, (int)json_integer(page_ask(visitor, "focused", NULL), 0));
    return true;
}

static bool do_key(Doing *doing, bool is_down, Error *err)
{
    ChromiumVisitor *visitor = doing->visitor;
    const char *key = doing->gesture->text;
    if (is_activating(key)) {
        if (!focus_find(doing, err))
            return false;
        bool is_enter = strcmp(key, "Enter") == 0;
        bool can_submit = false;
        const Node *button =
            doing->node && is_enter && node_is_control(doing->node)
                ? control_enter(visitor->look.document, doing->node, &can_submit)
                : NULL;
        if (button)
            doing->node = button;
        if (doing->node && is_refused(doing))
            return true;
    }
    action_begin(visitor);
    if (is_down)
        key_down(visitor, key);
    else
        key_up(visitor, key);
    return end_done(doing, KEY_EFFECT_US, err);
}

/* ---- the screen ---- */

static bool do_scroll(const Doing *doing, Error *err)
{
    ChromiumVisitor *visitor = doing->visitor;
    action_begin(visitor);
    (void)mark_ask(visitor, doing->node ? node_mark(doing->node) : 0, "scrollTo",
                   arena_printf(visitor->scratch,
                                "[{\"value\":%d},{\"value\":%.1f},{\"value\":%.1f}]",
                                doing->node ? node_mark(doing->node) : 0,
                                isnan(doing->gesture->x) ? 0 : doing->gesture->x,
                                isnan(doing->gesture->y) ? 0 : doing->gesture->y));
    return end_done(doing, EFFECT_US, err);
}

static bool do_viewport(const Doing *doing, Error *err)
{
    ChromiumVisitor *visitor = doing->visitor;
    const Gesture *gesture = doing->gesture;
    Persona *own = &visitor->persona;
    own->width = (int)fmin(fmax(gesture->x, 50), 10000);
    own->height = (int)fmin(fmax(gesture->y, 50), 10000);
    own->pixel_ratio = gesture->ratio > 0 ? gesture->ratio : 1;
    own->is_phone = gesture->is_mobile;
    own->has_touch = gesture->has_touch;
    action_begin(visitor);
    cdp_send(visitor->cdp, visitor->page->session, "Emulation.setTouchEmulationEnabled",
             gesture->has_touch ? "{\"enabled\":true,\"maxTouchPoints\":5}"
                                : "{\"enabled\":false}");
    const char *params = arena_printf(
        visitor->scratch,
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":%.3f,\"mobile\":%s}", own->width,
        own->height, own->pixel_ratio, own->is_phone ? "true" : "false");
    if (!cdp_call(visitor->cdp, visitor->page->session,
                  "Emulation.setDeviceMetricsOverride", params, EVALUATE_US, NULL, NULL,
                  err))
        return page_is_alive(visitor, err);
    return end_done(doing, KEY_EFFECT_US, err);
}

static bool do_network(const Doing *doing, Error *err)
{
    ChromiumVisitor *visitor = doing->visitor;
    const Gesture *gesture = doing->gesture;
    bool is_offline = gesture->x <= 0 && gesture->y <= 0;
    cdp_send(visitor->cdp, visitor->page->session, "Network.emulateNetworkConditions",
             arena_printf(visitor->scratch,
                          "{\"offline\":%s,\"latency\":%.1f,\"downloadThroughput\":%.1f,"
                          "\"uploadThroughput\":%.1f}",
                          is_offline ? "true" : "false", gesture->ratio, gesture->x,
                          gesture->y));
    move_put(doing->move, MOVE_STATE, NULL);
    return page_is_alive(visitor, err);
}

/* ---- conditions ---- */

static bool do_evaluate(const Doing *doing, Error *err)
{
    AUTO(buf_release) Buf params = {0};
    ChromiumVisitor *visitor = doing->visitor;
    const Json *answer = NULL;
    JsonWriter json;
    buf_init(&params, 1 << 20);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "expression",
                  arena_printf(visitor->scratch, "(async () => !!(await (%s\n)))()",
                               doing->gesture->text));
    json_put_bool(&json, "awaitPromise", true);
    json_put_bool(&json, "returnByValue", true);
    json_write_end(&json);
    Error trouble = {0};
    if (!cdp_call(visitor->cdp, visitor->page->session, "Runtime.evaluate",
                  buf_text(&params), EVALUATE_US, visitor->scratch, &answer, &trouble))
        return page_is_alive(visitor, err);
    const Json *failure = json_get(answer, "exceptionDetails");
    const char *said = json_text(json_at(failure, "exception.description"), "an exception");
    look_spoil(visitor);
    if (failure && strncmp(said, "SyntaxError", 11) == 0)
        move_put(doing->move, MOVE_REFUSED, arena_printf(visitor->arena, "%.200s", said));
    else if (json_bool(json_at(answer, "result.value"), false))
        move_put(doing->move, MOVE_STATE, NULL);
    return true;
}

static bool do_compare(const Doing *doing, Error *err)
{
    ChromiumVisitor *visitor = doing->visitor;
    const Json *answer = mark_ask(
        visitor, node_mark(doing->node), "holds",
        page_arguments(visitor, "is", node_mark(doing->node), doing->gesture->text));
    if (json_bool(answer, false))
        move_put(doing->move, MOVE_STATE, NULL);
    return page_is_alive(visitor, err);
}

bool chromium_gesture(Visitor *base, const Gesture *gesture, Move *move, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    Doing doing = {.visitor = visitor, .gesture = gesture, .move = move};
    primitive_begin(visitor, move);
    if (gesture->element) {
        if (!node_now(visitor, gesture->element, &doing.node, move, err))
            return false;
        if (!doing.node)
            return true;
    }
    switch (gesture->kind) {
    case GESTURE_CLICK: return do_click(&doing, err);
    case GESTURE_HOVER: return do_hover(&doing, err);
    case GESTURE_KEY_DOWN: return do_key(&doing, true, err);
    case GESTURE_KEY_UP: return do_key(&doing, false, err);
    case GESTURE_SCROLL: return do_scroll(&doing, err);
    case GESTURE_VIEWPORT: return do_viewport(&doing, err);
    case GESTURE_NETWORK: return do_network(&doing, err);
    case GESTURE_EVALUATE: return do_evaluate(&doing, err);
    case GESTURE_COMPARE: return do_compare(&doing, err);
    }
    return true;
}
