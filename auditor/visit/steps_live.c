/* steps_live.c - the Recorder's own steps in an engine that acts as a person does: each
 * waits for its element, acts, and says what came of it (scenarios.md 1.3, 6.6).
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "visit/steps.h"

enum {
    WAIT_US = 5000000, /* for an element, unless the step says how long */
    TURN_US = 100000,
};

static int64_t timeout_us(const Walk *walk)
{
    double own_ms = json_number(json_get(walk->step->json, "timeout"), 0);
    if (own_ms <= 0)
        return WAIT_US;
    return own_ms > 120000 ? 120000000 : (int64_t)(own_ms * 1000);
}

/* One turn of waiting. Returns false when the time is up (is_over) or on an Error. */
static bool turn(Walk *walk, int64_t end_us, bool *is_over, Error *err)
{
    *is_over = clock_now_us(walk->visitor->clock) >= end_us;
    return *is_over || (visitor_pass(walk->visitor, TURN_US, err) &&
                        visitor_look(walk->visitor, &walk->document, &walk->state, err));
}

static bool is_seen(const Walk *walk, const Node *node)
{
    return walk->visitor->engine->sees(walk->visitor, node) != 0;
}

bool live_resolve(Walk *walk, Target *target, Error *err)
{
    int64_t end_us = clock_now_us(walk->visitor->clock) + timeout_us(walk);
    bool is_over = false;
    for (;;) {
        if (walk->document)
            selectors_resolve(walk, walk->step, target);
        if (walk->document && target->node && is_seen(walk, target->node))
            return true;
        if (!turn(walk, end_us, &is_over, err))
            return false;
        /* One that is there without being seen is what the engine must show. */
        if (is_over)
            return true;
    }
}

/* ---- gestures ---- */

static const char *button_of(const Walk *walk)
{
    const char *button = json_text(json_get(walk->step->json, "button"), "primary");
    return strcmp(button, "secondary") == 0   ? "right"
           : strcmp(button, "auxiliary") == 0 ? "middle"
           : strcmp(button, "back") == 0      ? "back"
           : strcmp(button, "forward") == 0   ? "forward"
                                              : "left";
}

bool live_click(Walk *walk, const Node *node, int count, Move *move, Error *err)
{
    Gesture gesture = {.kind = GESTURE_CLICK,
                       .element = node,
                       .x = walk->step->offset_x,
                       .y = walk->step->offset_y,
                       .text = button_of(walk),
                       .count = count};
    effort_press(walk, node);
    return act_gesture(walk, &gesture, move, err);
}

static bool gesture_done(Walk *walk, const Gesture *gesture, const char *what, Error *err)
{
    Move move;
    if (!act_gesture(walk, gesture, &move, err))
        return false;
    return step_failed(walk, &move, what) || step_result(walk, OUTCOME_OK, NULL);
}

static double number_of(const Walk *walk, const char *key, double otherwise)
{
    return json_number(json_get(walk->step->json, key), otherwise);
}

static bool do_hover(Walk *walk, const Node *node, Error *err)
{
    Gesture gesture = {.kind = GESTURE_HOVER, .element = node, .x = NAN, .y = NAN};
    return gesture_done(walk, &gesture, "the element", err);
}

static bool do_scroll(Walk *walk, const Node *node, Error *err)
{
    Gesture gesture = {.kind = GESTURE_SCROLL,
                       .element = node,
                       .x = number_of(walk, "x", 0),
                       .y = number_of(walk, "y", 0)};
    walk_record(walk)->effort.scrolls++;
    return gesture_done(walk, &gesture, "scrolling", err);
}

static bool do_viewport(Walk *walk, Error *err)
{
    Gesture gesture = {.kind = GESTURE_VIEWPORT,
                       .x = number_of(walk, "width", 1280),
                       .y = number_of(walk, "height", 720),
                       .ratio = number_of(walk, "deviceScaleFactor", 1)};
    gesture.is_mobile = json_bool(json_get(walk->step->json, "isMobile"), false);
    gesture.has_touch = json_bool(json_get(walk->step->json, "hasTouch"), false);
    return gesture_done(walk, &gesture, "the screen size", err);
}

static bool do_network(Walk *walk, Error *err)
{
    Gesture gesture = {.kind = GESTURE_NETWORK,
                       .x = number_of(walk, "download", 0),
                       .y = number_of(walk, "upload", 0),
                       .ratio = number_of(walk, "latency", 0)};
    return gesture_done(walk, &gesture, "the network", err);
}

bool live_key(Walk *walk, const char *key, bool is_down, Move *move, Error *err)
{
    Gesture gesture = {.kind = is_down ? GESTURE_KEY_DOWN : GESTURE_KEY_UP, .text = key};
    if (is_down) {
        walk_record(walk)->effort.keystrokes++;
        walk_record(walk)->effort.human_us += 230000;
    }
    return act_gesture(walk, &gesture, move, err);
}

/* ---- conditions ---- */

static bool count_holds(size_t count, const char *operator, double wanted)
{
    double own = (double)count;
    if (strcmp(operator, "==") == 0)
        return own >= wanted && own <= wanted;
    return strcmp(operator, "<=") == 0 ? own <= wanted : own >= wanted;
}

static bool attributes_hold(const Walk *walk, const Node *node)
{
    const Json *attributes = json_get(walk->step->json, "attributes");
    for (const Json *one = json_first(attributes); one; one = json_next(one)) {
        const char *value = node_attribute(node, json_key(one));
        if (!value || strcmp(value, json_text(one, "")) != 0)
            return false;
    }
    return true;
}

static bool properties_hold(Walk *walk, const Node *node, bool *holds, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    const Json *properties = json_get(walk->step->json, "properties");
    JsonWriter json;
    Move move;
    *holds = true;
    if (!properties || json_count(properties) == 0)
        return true;
    buf_init(&text, 1 << 20);
    json_writer_init(&json, &text, false);
    json_write_value(&json, properties);
    Gesture gesture = {.kind = GESTURE_COMPARE, .element = node, .text = buf_text(&text)};
    if (!walk->visitor->engine->gesture(walk->visitor, &gesture, &move, err))
        return false;
    *holds = move.result == MOVE_STATE;
    return true;
}

/* Does the condition hold now? count receives how many elements match. */
static bool element_holds(Walk *walk, size_t *count, bool *holds, Error *err)
{
    const Json *json = walk->step->json;
    NodeList list = {0};
    if (walk->document)
        selectors_all(walk, walk->step, &list);
    *count = list.count;
    *holds = count_holds(list.count, json_text(json_get(json, "operator"), ">="),
                         json_number(json_get(json, "count"), 1));
    for (size_t i = 0; *holds && i < list.count; i++) {
        *holds = attributes_hold(walk, list.items[i]);
        if (*holds && !properties_hold(walk, list.items[i], holds, err))
            return false;
    }
    return true;
}

static bool do_wait_for_element(Walk *walk, Error *err)
{
    int64_t end_us = clock_now_us(walk->visitor->clock) + timeout_us(walk);
    bool wanted = json_bool(json_get(walk->step->json, "visible"), true);
    bool is_over = false;
    size_t count = 0;
    while (!is_over) {
        bool holds = false;
        if (!element_holds(walk, &count, &holds, err))
            return false;
        if (holds == wanted)
            return step_result(walk, OUTCOME_OK, NULL);
        if (!turn(walk, end_us, &is_over, err))
            return false;
    }
    return step_result(walk, OUTCOME_FAILED, "%zu elements match", count);
}

static bool do_wait_for_expression(Walk *walk, Error *err)
{
    const char *text = json_text(json_get(walk->step->json, "expression"), "true");
    int64_t end_us = clock_now_us(walk->visitor->clock) + timeout_us(walk);
    Gesture gesture = {.kind = GESTURE_EVALUATE, .text = text};
    bool is_over = false;
    Move move;
    while (!is_over) {
        if (!walk->visitor->engine->gesture(walk->visitor, &gesture, &move, err))
            return false;
        if (move.result == MOVE_STATE)
            return visitor_look(walk->visitor, &walk->document, &walk->state, err) &&
                   step_result(walk, OUTCOME_OK, NULL);
        if (move.result == MOVE_REFUSED)
            return step_result(walk, OUTCOME_FAILED, "the condition: %s", move.reason);
        if (!turn(walk, end_us, &is_over, err))
            return false;
    }
    return step_result(walk, OUTCOME_FAILED, "the condition does not come true");
}

bool live_perform(Walk *walk, const Node *node, Error *err)
{
    StepKind kind = walk->step->kind;
    if (kind == STEP_KIND_HOVER)
        return do_hover(walk, node, err);
    if (kind == STEP_KIND_SCROLL)
        return do_scroll(walk, node, err);
    if (kind == STEP_KIND_SET_VIEWPORT)
        return do_viewport(walk, err);
    if (kind == STEP_KIND_EMULATE_NETWORK)
        return do_network(walk, err);
    if (kind == STEP_KIND_WAIT_FOR_ELEMENT)
        return do_wait_for_element(walk, err);
    if (kind == STEP_KIND_WAIT_FOR_EXPRESSION)
        return do_wait_for_expression(walk, err);
    return step_result(walk, OUTCOME_SKIPPED, "%s",
                       kind == STEP_KIND_CUSTOM ? "not a step of ours"
                                                : "the visit ends with its page");
}
