/* fill.c - typing into fields, choosing from lists, ticking boxes. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "visit/chromium/inner.h"
#include "visit/guard.h"

enum {
    TYPED_EFFECT_US = 20000, /* what typing brings about shows on the next look */
    TYPED_REST_US = 150000,
    CHOSEN_EFFECT_US = 150000,
    CHOSEN_REST_US = 3000000,
    ANEW_US = 2000000,
};

/* ---- typing ---- */

/* One line for a field of one line: Enter would send its form. */
static const char *one_line(ChromiumVisitor *visitor, const Node *node, const char *text)
{
    char *line = arena_text(visitor->scratch, text);
    if (node_is_tag(node, "input"))
        for (char *at = line; *at; at++)
            if (*at == '\n' || *at == '\r')
                *at = ' ';
    return line;
}

static const char *value_now(ChromiumVisitor *visitor, int mark)
{
    return json_text(mark_ask(visitor, mark, "valueOf", page_arguments(visitor, "i", mark)),
                     "");
}

/* By keyboard: come there, and press the space bar when a box is still to be changed. */
static bool keys_press(ChromiumVisitor *visitor, int mark, bool is_box, Move *move)
{
    const char *arguments = page_arguments(visitor, "i", mark);
    bool is_helped = false;
    bool before =
        is_box &&
        json_bool(json_get(mark_ask(visitor, mark, "box", arguments), "isTicked"), false);
    if (!keys_reach(visitor, mark, &is_helped)) {
        move_put(move, MOVE_COVERED, "the keyboard does not reach it");
        return false;
    }
    if (is_box && json_bool(json_get(mark_ask(visitor, mark, "box", arguments), "isTicked"),
                            false) == before)
        key_strike(visitor, " ");
    return true;
}

/* Put the pointer into the field, as one does before typing. */
static bool field_press(ChromiumVisitor *visitor, int mark, Move *move)
{
    Spot spot;
    const char *how = NULL;
    if (keys_are_all(visitor))
        return keys_press(visitor, mark, false, move);
    if (spot_reach(visitor, mark, &spot, &how)) {
        pointer_press(visitor, spot.x, spot.y, 1);
        return true;
    }
    if (spot.is_gone || spot.is_disabled)
        move_put(move, MOVE_NOTHING, spot.why);
    else
        move_put(move, MOVE_COVERED, spot.why);
    return false;
}

static void put(ChromiumVisitor *visitor, int mark, const char *text)
{
    (void)mark_ask(visitor, mark, "put", page_arguments(visitor, "is", mark, text));
}

static void type_over(ChromiumVisitor *visitor, int mark, const char *text,
                      const Json *ready)
{
    const char *kind = json_text(json_get(ready, "kind"), "none");
    if (strcmp(kind, "set") == 0) {
        put(visitor, mark, text);
        return;
    }
    if (*json_text(json_get(ready, "value"), ""))
        key_strike(visitor, "Delete");
    keys_type(visitor, text);
    /* A field that lost its focus or forbids keys: its value is set, so that the visit can
     * go on. */
    if (*text && !*value_now(visitor, mark) && strcmp(kind, "text") == 0)
        put(visitor, mark, text);
}

static bool fill_end(ChromiumVisitor *visitor, int mark, const char *text, Move *move,
                     Error *err)
{
    if (!action_end(visitor, (Patience){TYPED_EFFECT_US, TYPED_REST_US}, move, err))
        return false;
    if (move->result != MOVE_NOTHING && move->result != MOVE_STATE)
        return true;
    if (*text && !*value_now(visitor, mark))
        move_put(move, MOVE_NOTHING, "the field takes no such text");
    else
        move_put(move, MOVE_STATE, NULL);
    look_spoil(visitor);
    return true;
}

bool chromium_fill(Visitor *base, const Node *control, const char *text, Move *move,
                   Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    const Node *node = NULL;
    primitive_begin(visitor, move);
    if (!node_now(visitor, control, &node, move, err))
        return false;
    if (!node)
        return true;
    if (guard_is_card_field(node) || guard_is_payment_frame(visitor->look.document, node)) {
        move_put(move, MOVE_REFUSED, "card data are never typed");
        return true;
    }
    int mark = node_mark(node);
    action_begin(visitor);
    if (!field_press(visitor, mark, move))
        return page_is_alive(visitor, err);
    const Json *ready =
        mark_ask(visitor, mark, "ready", page_arguments(visitor, "i", mark));
    const char *kind = json_text(json_get(ready, "kind"), "gone");
    if (strcmp(kind, "none") == 0 || strcmp(kind, "gone") == 0) {
        move_put(move, MOVE_NOTHING, "it is no field that takes text");
        return page_is_alive(visitor, err);
    }
    const char *line = one_line(visitor, node, text);
    type_over(visitor, mark, line, ready);
    return fill_end(visitor, mark, line, move, err);
}

/* ---- lists ---- */

static bool select_choose(ChromiumVisitor *visitor, int mark, const char *value, Move *move,
                          Error *err)
{
    bool is_helped = false;
    if (keys_are_all(visitor) && !keys_reach(visitor, mark, &is_helped)) {
        move_put(move, MOVE_COVERED, "the keyboard does not reach it");
        return page_is_alive(visitor, err);
    }
    action_begin(visitor);
    const Json *answer =
        mark_ask(visitor, mark, "choose", page_arguments(visitor, "is", mark, value));
    const char *said = json_text(answer, "gone");
    if (strcmp(said, "same") == 0) {
        move_put(move, MOVE_STATE, NULL);
        return true;
    }
    if (strcmp(said, "chosen") != 0) {
        move_put(
            move, MOVE_NOTHING,
            strcmp(said, "disabled") == 0 ? "the option cannot be chosen"
            : strcmp(said, "gone") == 0
                ? "the list has left the page"
                : arena_printf(visitor->arena, "the list has no option '%.80s'", value));
        return page_is_alive(visitor, err);
    }
    if (!action_end(visitor, (Patience){CHOSEN_EFFECT_US, CHOSEN_REST_US}, move, err))
        return false;
    if (move->result == MOVE_NOTHING)
        move_put(move, MOVE_STATE, NULL);
    return true;
}

/* ---- boxes ---- */

static bool is_ticked(ChromiumVisitor *visitor, int mark)
{
    const Json *box = mark_ask(visitor, mark, "box", page_arguments(visitor, "i", mark));
    return json_bool(json_get(box, "isTicked"), false);
}

/* Press what a person sees of a box: itself, or its label when it is drawn by that. */
static bool box_press(ChromiumVisitor *visitor, int mark, const Json *box, Move *move)
{
    Spot spot;
    const char *how = NULL;
    if (keys_are_all(visitor))
        return keys_press(visitor, mark, true, move);
    int label = (int)json_integer(json_get(box, "label"), 0);
    int first = json_bool(json_get(box, "isSeen"), false) || !label ? mark : label;
    if (!spot_reach(visitor, first, &spot, &how) && label && first != label)
        spot_find(visitor, label, &spot);
    if (!spot.is_found) {
        move_put(move, spot.is_disabled || spot.is_gone ? MOVE_NOTHING : MOVE_COVERED,
                 spot.is_disabled ? "the control is disabled" : spot.why);
        return false;
    }
    pointer_press(visitor, spot.x, spot.y, 1);
    return true;
}

/* A script has drawn the box anew while it was looked for: once more. */
static bool box_again(ChromiumVisitor *visitor, int *mark, Move *move, Error *err)
{
    const Node *before = look_marked(visitor, *mark);
    const Node *node = NULL;
    if (!page_settle(visitor, ANEW_US, NULL, err))
        return false;
    if (before && !node_now(visitor, before, &node, move, err))
        return false;
    if (!node)
        return true;
    *mark = node_mark(node);
    const Json *box = mark_ask(visitor, *mark, "box", page_arguments(visitor, "i", *mark));
    move_put(move, MOVE_NOTHING, NULL);
    (void)box_press(visitor, *mark, box, move);
    return true;
}

static bool box_choose(ChromiumVisitor *visitor, int mark, bool is_wanted, Move *move,
                       Error *err)
{
    const Json *box = mark_ask(visitor, mark, "box", page_arguments(visitor, "i", mark));
    if (json_bool(json_get(box, "isTicked"), false) == is_wanted && box) {
        move_put(move, MOVE_STATE, NULL);
        return true;
    }
    action_begin(visitor);
    if (!box_press(visitor, mark, box, move)) {
        /* Covered by a drawing of its own without a label: the drawing is what one presses,
         * and the box follows. */
        if (move->result != MOVE_COVERED && !box_again(visitor, &mark, move, err))
            return false;
        if (move->result == MOVE_NOTHING && move->reason)
            return page_is_alive(visitor, err);
        if (move->result == MOVE_COVERED)
            (void)mark_ask(visitor, mark, "click", page_arguments(visitor, "i", mark));
    }
    if (!action_end(visitor, (Patience){CHOSEN_EFFECT_US, CHOSEN_REST_US}, move, err))
        return false;
    if (move->result != MOVE_NOTHING && move->result != MOVE_STATE)
        return true;
    if (is_ticked(visitor, mark) != is_wanted)
        move_put(move, MOVE_NOTHING, "the box does not change");
    else
        move_put(move, MOVE_STATE, NULL);
    return true;
}

bool chromium_choose(Visitor *base, const Node *control, const char *value, Move *move,
                     Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    const Node *node = NULL;
    const char *type = node_is_control(control) ? control_type(control) : "";
    if (strcmp(type, "select") != 0 && strcmp(type, "checkbox") != 0 &&
        strcmp(type, "radio") != 0)
        return node_is_control(control) ? chromium_fill(base, control, value, move, err)
                                        : chromium_press(base, control, move, err);
    primitive_begin(visitor, move);
    if (!node_now(visitor, control, &node, move, err))
        return false;
    if (!node)
        return true;
    if (control_is_disabled(node)) {
        move_put(move, MOVE_NOTHING, "the control is disabled");
        return true;
    }
    const char *why = NULL;
    if (guard_is_payment_frame(visitor->look.document, node)) {
        move_put(move, MOVE_REFUSED, "it is in a frame of the payment");
        return true;
    }
    if (strcmp(type, "checkbox") == 0 &&
        !guard_allows_press(visitor->look.document, visitor->look.state, node,
                            visitor->base.safety, &why)) {
        move_put(move, MOVE_REFUSED, arena_text(visitor->arena, why));
        return true;
    }
    if (strcmp(type, "select") == 0)
        return select_choose(visitor, node_mark(node), value, move, err);
    return box_choose(visitor, node_mark(node), value && *value, move, err);
}
