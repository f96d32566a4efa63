/* act.c - pressing and Enter, as a person does it: what may not be pressed is not, what
 * cannot be pressed says why, and then real events of mouse, finger or keyboard.
 *
 * Every act is first put to the guard, on a fresh look at the page. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "dom/css.h"
#include "dom/text.h"
#include "visit/chromium/film.h"
#include "visit/chromium/inner.h"
#include "visit/chromium/obstacles.h"
#include "visit/guard.h"

enum {
    EFFECT_US = 300000,       /* how long a press may take to show an effect */
    TOUCH_EFFECT_US = 500000, /* fingers: the page may wait for a second tap */
    COVER_WAIT_US = 6000000,  /* a note that fades is waited for so long */
    COVER_TURN_US = 400000,
    DWELL_US = 60000, /* the hand rests before it presses: hovering takes effect */
    AIMS_MOST = 4,    /* at an element that moves away from the pointer */
};

static int64_t effect_us(const ChromiumVisitor *visitor)
{
    return visitor->base.persona->has_touch ? TOUCH_EFFECT_US : EFFECT_US;
}

/* ---- which element ---- */

/* An element whose document has put another in its place (scripts draw lists anew) is found
 * again by its path when that leads to one of the same kind and words. */
static const Node *node_again(ChromiumVisitor *visitor, const Node *node)
{
    const char *path = node_css_path(visitor->scratch, node);
    const Node *found = select_first(visitor->look.document, NULL, path);
    if (!found || strcmp(node_tag(found), node_tag(node)) != 0)
        return NULL;
    Str old = node_text_content(visitor->scratch, node);
    Str new = node_text_content(visitor->scratch, found);
    return str_equal(str_trim(old), str_trim(new)) ? found : NULL;
}

bool node_now(ChromiumVisitor *visitor, const Node *node, const Node **now, Move *move,
              Error *err)
{
    *now = NULL;
    if (!page_is_alive(visitor, err))
        return false;
    look_spoil(visitor);
    if (!look_take(visitor, err))
        return false;
    if (!visitor->look.document) {
        move_put(move, MOVE_NOTHING, "the page shows no document");
        return true;
    }
    *now = look_node(visitor, node);
    if (!*now)
        *now = node_again(visitor, node);
    if (!*now)
        move_put(move, MOVE_NOTHING, "the element has left the page");
    return true;
}

/* ---- what is not pressed ---- */

static bool is_refused(ChromiumVisitor *visitor, const Node *node, Move *move)
{
    const char *why = NULL;
    if (guard_is_payment_frame(visitor->look.document, node))
        why = "it is in a frame of the payment";
    else if (guard_allows_press(visitor->look.document, visitor->look.state, node,
                                visitor->base.safety, &why))
        return false;
    move_put(move, MOVE_REFUSED, arena_text(visitor->arena, why));
    return true;
}

/* A press on tel: opens a dialog of the browser that nobody sees and that swallows every
 * later event of the tab. */
static bool leaves_web(ChromiumVisitor *visitor, const Node *node)
{
    static const char *const fine[] = {"", "http", "https", "javascript", "about", "blob"};
    const Json *answer = mark_ask(visitor, node_mark(node), "scheme",
                                  page_arguments(visitor, "i", node_mark(node)));
    const char *scheme = json_text(answer, "");
    for (size_t i = 0; i < COUNT_OF(fine); i++)
        if (strcmp(scheme, fine[i]) == 0)
            return false;
    return true;
}

/* Does a press only put the caret there? */
static bool takes_text(const ChromiumVisitor *visitor, const Node *node)
{
    const char *type = node_is_control(node) ? control_type(node) : "";
    return *type && !guard_is_card_field(node) &&
           !guard_is_payment_frame(visitor->look.document, node) &&
           !control_is_submit(node) && strcmp(type, "button") != 0 &&
           strcmp(type, "checkbox") != 0 && strcmp(type, "radio") != 0 &&
           strcmp(type, "image") != 0;
}

static bool is_kept_from(ChromiumVisitor *visitor, const Node *node, Move *move)
{
    if (!takes_text(visitor, node) && is_refused(visitor, node, move))
        return true;
    if (!leaves_web(visitor, node))
        return false;
    move_put(move, MOVE_NOTHING, "the link leaves the web (mail, telephone or the like)");
    return true;
}

/* ---- reaching it ---- */

static void spot_move(const Spot *spot, Move *move)
{
    move_put(move, spot->is_gone || spot->is_disabled ? MOVE_NOTHING : MOVE_COVERED,
             spot->is_disabled ? "the element is disabled or belongs to no form"
                               : spot->why);
}

bool spot_reach(ChromiumVisitor *visitor, int mark, Spot *spot, const char **how)
{
    *how = NULL;
    spot_find(visitor, mark, spot);
    if (spot->is_hidden && spot_reveal(visitor, mark, how))
        spot_find(visitor, mark, spot);
    return spot->is_found;
}

/* ---- what came of it ---- */

/* The browser's own validation keeps the form: it shows a bubble and sends nothing. */
static bool is_invalid(ChromiumVisitor *visitor, int mark, Move *move)
{
    const Node *node = look_marked(visitor, mark);
    const Node *active = NULL;
    if (!node ||
        node_activation(visitor->look.document, node, &active, NULL) != ACTIVATE_SUBMIT)
        return false;
    const Json *fault =
        mark_ask(visitor, mark, "fault", page_arguments(visitor, "i", mark));
    if (!fault || json_type(fault) != JSON_OBJECT)
        return false;
    move->fault.control =
        look_marked(visitor, (int)json_integer(json_get(fault, "mark"), 0));
    move->fault.rule =
        arena_text(visitor->arena, json_text(json_get(fault, "rule"), "required"));
    move_put(move, MOVE_INVALID,
             arena_printf(visitor->arena, "the browser keeps the form: '%.80s': %.160s",
                          json_text(json_get(fault, "words"), ""),
                          json_text(json_get(fault, "message"), move->fault.rule)));
    return move->fault.control != NULL;
}

static bool takes_focus(const Node *node)
{
    const char *type = node_is_control(node) ? control_type(node) : "";
    return *type && !control_is_submit(node) && strcmp(type, "button") != 0;
}

static bool press_end(ChromiumVisitor *visitor, const Node *node, const char *how,
                      Move *move, Error *err)
{
    int mark = node_mark(node);
    if (!action_end(visitor, (Patience){effect_us(visitor), 0}, move, err))
        return false;
    if (how && (move->result == MOVE_PAGE || move->result == MOVE_STATE) && !move->reason)
        move->reason = how;
    if (move->result != MOVE_NOTHING && move->result != MOVE_STATE)
        return true;
    if (visitor->navigating.is_same_document)
        return true;
    if (!look_take(visitor, err))
        return false;
    if (!takes_text(visitor, node) && is_invalid(visitor, mark, move))
        return true;
    if (move->result == MOVE_NOTHING && !move->reason && takes_focus(node))
        move_put(move, MOVE_STATE, NULL);
    return true;
}

/* ---- the primitives ---- */

/* What the space bar changes; Enter would send the form, or do nothing. */
static bool is_box(const Node *node)
{
    static const char *const roles[] = {"checkbox", "radio", "switch", "menuitemcheckbox",
                                        "menuitemradio"};
    const char *type = node_is_control(node) ? control_type(node) : "";
    const char *role = node_attribute(node, "role");
    for (size_t i = 0; !*type && role && i < COUNT_OF(roles); i++)
        if (strcmp(role, roles[i]) == 0)
            return true;
    return strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0;
}

static bool press_by_keys(ChromiumVisitor *visitor, const Node *node, Move *move,
                          Error *err)
{
    bool is_helped = false;
    if (!keys_reach(visitor, node_mark(node), &is_helped)) {
        move_put(move, MOVE_COVERED, "the keyboard does not reach it");
        return page_is_alive(visitor, err);
    }
    action_begin(visitor);
    film_begin(visitor);
    key_strike(visitor, is_box(node) ? " " : "Enter");
    return press_end(visitor, node,
                     is_helped ? "Tab does not reach it: the focus was put there" : NULL,
                     move, err);
}

/** One press under way. */
typedef struct Press {
    ChromiumVisitor *visitor;
    const Node *element; /**< as the caller knows it */
    const Node *node;    /**< as it is now */
    Spot spot;
    const char *how; /**< what it took to show it; NULL */
    PressWay way;
    bool has_waited; /**< for what lay over it */
    bool is_done;    /**< it was made in another way */
    Move *move;
} Press;

/* What is covered is tried once more when what lay over it could be cleared away. */
static bool press_clear(Press *press, Error *err)
{
    ChromiumVisitor *visitor = press->visitor;
    const char *why = press->spot.why;
    bool is_cleared = false;
    if (!press->spot.cover)
        return true;
    if (!obstacles_clear(visitor, press->spot.cover, &is_cleared, err))
        return false;
    if (!is_cleared)
        return true;
    if (!node_now(visitor, press->element, &press->node, press->move, err))
        return false;
    if (!press->node || is_kept_from(visitor, press->node, press->move))
        return true;
    if (spot_reach(visitor, node_mark(press->node), &press->spot, &press->how))
        press->how = arena_printf(visitor->arena, "%s; that was cleared away first", why);
    return true;
}

/* A note that covers for a moment goes away by itself: a person waits for it, and the wait
 * is told with the press. */
static bool press_wait(Press *press, Error *err)
{
    ChromiumVisitor *visitor = press->visitor;
    const char *why = press->spot.why;
    const Clock *clock = visitor->base.clock;
    int64_t begun_us = clock_now_us(clock);
    while (press->spot.cover && !press->spot.is_found &&
           clock_now_us(clock) - begun_us < COVER_WAIT_US) {
        if (!cdp_pump(visitor->cdp, clock_now_us(clock) + COVER_TURN_US, NULL))
            return page_is_alive(visitor, err);
        if (!node_now(visitor, press->element, &press->node, press->move, err))
            return false;
        if (!press->node || is_kept_from(visitor, press->node, press->move))
            return true;
        if (spot_reach(visitor, node_mark(press->node), &press->spot, &press->how))
            press->how = arena_printf(visitor->arena, "%s; that went away after %.1f s",
                                      why, (double)(clock_now_us(clock) - begun_us) / 1e6);
    }
    return true;
}

/* What lies over it is cleared away, or waited for, once a press. */
static bool press_uncover(Press *press, Error *err)
{
    if (press->has_waited)
        return true;
    press->has_waited = true;
    return press_clear(press, err) && press_wait(press, err);
}

static bool is_active(const Node *node)
{
    static const char *const tags[] = {"button", "input",   "select", "textarea",
                                       "label",  "summary", "iframe"};
    const char *role = node_attribute(node, "role");
    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (node_is_tag(node, tags[i]))
            return true;
    return (node_is_tag(node, "a") && node_has_attribute(node, "href")) ||
           (role && (strcmp(role, "button") == 0 || strcmp(role, "link") == 0)) ||
           node_has_attribute(node, "onclick") || node_is_pointed(node);
}

/* What receives the press, when it is something of its own: a recorded click on a box may
 * hit the button in it. NULL: nothing else. */
static const Node *other_target(const Node *hit, const Node *node)
{
    for (const Node *at = hit; at && at != node && !node_contains(at, node);
         at = node_parent(at))
        if (is_active(at))
            return at;
    return NULL;
}

static bool is_payment_frame(ChromiumVisitor *visitor, const Node *frame, Move *move)
{
    if (!node_is_tag(frame, "iframe") || !guard_page_shows_payment(visitor->look.document))
        return false;
    move_put(move, MOVE_REFUSED, "a frame of the payment lies there");
    return true;
}

/* A recorded place in the element, where the press would reach it. */
static void spot_shift(Press *press)
{
    ChromiumVisitor *visitor = press->visitor;
    if (isnan(press->way.x) || isnan(press->way.y) ||
        inner_of(visitor, node_mark(press->node)))
        return;
    const Json *place = page_ask(
        visitor, "pointAt",
        arena_printf(visitor->scratch, "[{\"value\":%d},{\"value\":%.2f},{\"value\":%.2f}]",
                     node_mark(press->node), press->way.x, press->way.y));
    press->spot.x = json_number(json_get(place, "x"), press->spot.x);
    press->spot.y = json_number(json_get(place, "y"), press->spot.y);
}

/* Would the element feel a press there? */
static bool is_reached(const Json *hit)
{
    return json_bool(json_get(hit, "isReached"), true);
}

/* Has the page put something else under the pointer, or changed what the element says?
 * Judged anew, just before the press; the move's reason is set when it may not be. */
static bool press_judge(Press *press, const Json *hit, Error *err)
{
    ChromiumVisitor *visitor = press->visitor;
    int mark = node_mark(press->node);
    int hit_mark = (int)json_integer(json_get(hit, "mark"), 0);
    int64_t version = mark_version(visitor, hit_mark ? hit_mark : mark);
    if (json_integer(json_get(hit, "version"), -1) != version ||
        (hit_mark && !look_marked(visitor, hit_mark))) {
        look_spoil(visitor);
        if (!look_take(visitor, err))
            return false;
        press->node = look_marked(visitor, mark);
        if (!press->node)
            move_put(press->move, MOVE_NOTHING, "the element has left the page");
        if (!press->node || is_kept_from(visitor, press->node, press->move))
            return true;
    }
    const Node *under = hit_mark ? look_marked(visitor, hit_mark) : NULL;
    const Node *other = under && is_reached(hit) ? other_target(under, press->node) : NULL;
    if (other && !is_payment_frame(visitor, other, press->move))
        is_kept_from(visitor, other, press->move);
    return true;
}

/* The way there opened a menu, or what the pointer left has closed one, and the element is
 * somewhere else now. It is looked for again, then approached from the side. */
static bool press_follow(Press *press, int try)
{
    ChromiumVisitor *visitor = press->visitor;
    const char *how = press->how;
    if (try > 0) {
        pointer_move(visitor, 1,
                     try > 1 ? visitor->base.persona->height - 1 : press->spot.y);
        cdp_pump(visitor->cdp, clock_now_us(visitor->base.clock) + DWELL_US, NULL);
    }
    bool is_found = spot_reach(visitor, node_mark(press->node), &press->spot, &press->how);
    if (!press->how)
        press->how = how;
    if (is_found)
        spot_shift(press);
    return is_found;
}

/* What lies under the pointer; where that is the frame that holds the element, in there. */
static const Json *hit_ask(const Press *press)
{
    static const char form[] =
        "[{\"value\":%.1f},{\"value\":%.1f},{\"value\":%d},{\"value\":%s}]";
    ChromiumVisitor *visitor = press->visitor;
    int mark = node_mark(press->node);
    const InnerFrame *inner = inner_of(visitor, mark);
    const char *has_pointer = visitor->base.persona->has_touch ? "false" : "true";
    if (!inner)
        return page_ask(visitor, "hitMark",
                        arena_printf(visitor->scratch, form, press->spot.x, press->spot.y,
                                     mark, has_pointer));
    const Json *hit = page_ask(
        visitor, "frameHit",
        arena_printf(visitor->scratch,
                     "[{\"value\":%d},{\"value\":%.1f},{\"value\":%.1f},{\"value\":%s}]",
                     inner->owner, press->spot.x, press->spot.y, has_pointer));
    if (!json_bool(json_get(hit, "isReached"), false))
        return hit;
    return inner_ask(visitor, inner, "hitMark",
                     arena_printf(visitor->scratch, form,
                                  json_number(json_get(hit, "x"), 0),
                                  json_number(json_get(hit, "y"), 0), mark, has_pointer));
}

/* What covers it only while it is pointed at (the quick actions of a card) keeps the
 * pointer from it, not the keyboard. */
static bool press_shy(Press *press, Error *err)
{
    ChromiumVisitor *visitor = press->visitor;
    const char *arguments = page_arguments(visitor, "i", node_mark(press->node));
    press->is_done = true;
    if (!json_bool(mark_ask(visitor, node_mark(press->node), "focus", arguments), false)) {
        move_put(press->move, MOVE_COVERED, "it is covered as soon as it is pointed at");
        return page_is_alive(visitor, err);
    }
    action_begin(visitor);
    key_strike(visitor, "Enter");
    return press_end(visitor, press->node,
                     "covered as soon as it is pointed at: taken by keyboard", press->move,
                     err);
}

/* Bring the pointer to it, as often as it moves away from there. */
static bool press_aim(Press *press, Error *err)
{
    ChromiumVisitor *visitor = press->visitor;
    for (int i = 0; i < AIMS_MOST; i++) {
        pointer_move(visitor, press->spot.x, press->spot.y);
        if (!cdp_pump(visitor->cdp, clock_now_us(visitor->base.clock) + DWELL_US, NULL))
            return page_is_alive(visitor, err);
        const Json *hit = hit_ask(press);
        if (!press_judge(press, hit, err))
            return false;
        if (press->move->reason || is_reached(hit))
            return true;
        bool is_found = press_follow(press, i);
        if (!is_found && i == 0 && press->spot.cover && press_follow(press, 1))
            return press_shy(press, err);
        if (!is_found && !press_uncover(press, err))
            return false;
        if (press->move->reason)
            return true;
        if (!press->spot.is_found) {
            spot_move(&press->spot, press->move);
            return page_is_alive(visitor, err);
        }
    }
    move_put(press->move, MOVE_COVERED,
             "it is somewhere else whenever it is to be pressed");
    return true;
}

/* The press itself. Under load the browser loses one now and then: what the element did not
 * feel is pressed again, once, as people do. */
static bool press_do(Press *press, Error *err)
{
    ChromiumVisitor *visitor = press->visitor;
    const PressWay *way = &press->way;
    for (int i = 0; i < 2; i++) {
        if (!press_aim(press, err))
            return false;
        if (press->move->reason || press->is_done)
            return true;
        action_begin(visitor);
        film_begin(visitor);
        if (way->button)
            pointer_press_other(visitor, press->spot.x, press->spot.y, way->button);
        else
            pointer_press(visitor, press->spot.x, press->spot.y, way->count);
        if (!press_end(visitor, press->node, press->how, press->move, err))
            return false;
        if (press->move->result != MOVE_NOTHING || press->move->reason || way->button ||
            action_was_felt(visitor, node_mark(press->node)))
            break;
    }
    return true;
}

static bool press_by_pointer(Press *press, Error *err)
{
    ChromiumVisitor *visitor = press->visitor;
    Move *move = press->move;
    if (!spot_reach(visitor, node_mark(press->node), &press->spot, &press->how) &&
        !press_uncover(press, err))
        return false;
    if (move->reason)
        return true;
    if (!press->spot.is_found) {
        spot_move(&press->spot, move);
        return page_is_alive(visitor, err);
    }
    spot_shift(press);
    return press_do(press, err);
}

bool press_node(ChromiumVisitor *visitor, const Node *node, PressWay way, Move *move,
                Error *err)
{
    Press press = {
        .visitor = visitor, .element = node, .node = node, .way = way, .move = move};
    if (is_kept_from(visitor, node, move))
        return true;
    return press_by_pointer(&press, err);
}

/* The page asked whether it is meant, in words of an order or a payment: the visitor said
 * no, and that is why nothing came of it. */
static void declined_note(ChromiumVisitor *visitor, size_t since, Move *move)
{
    const char *asked = prompts_declined(visitor->prompts, since);
    if (asked && (move->result == MOVE_NOTHING || move->result == MOVE_STATE))
        move_put(move, MOVE_REFUSED,
                 arena_printf(visitor->arena, "the page asks '%.200s', and yes might order",
                              asked));
}

bool chromium_press(Visitor *base, const Node *element, Move *move, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    const Node *node = NULL;
    size_t asked = prompts_count(visitor->prompts);
    primitive_begin(visitor, move);
    pause_reading(visitor);
    if (!node_now(visitor, element, &node, move, err))
        return false;
    if (!node)
        return true;
    bool is_fine =
        keys_are_all(visitor)
            ? is_kept_from(visitor, node, move) || press_by_keys(visitor, node, move, err)
            : press_node(visitor, node, (PressWay){.x = NAN, .y = NAN, .count = 1}, move,
                         err);
    if (is_fine)
        declined_note(visitor, asked, move);
    return is_fine;
}

bool chromium_enter(Visitor *base, const Node *control, Move *move, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    const Node *node = NULL;
    bool can_submit = false;
    primitive_begin(visitor, move);
    if (!node_now(visitor, control, &node, move, err))
        return false;
    if (!node)
        return true;
    const Node *button = control_enter(visitor->look.document, node, &can_submit);
    if (is_refused(visitor, button ? button : node, move))
        return true;
    bool is_helped = false;
    bool has_focus =
        keys_are_all(visitor) && keys_reach(visitor, node_mark(node), &is_helped);
    if (!has_focus && !json_bool(mark_ask(visitor, node_mark(node), "focus",
                                          page_arguments(visitor, "i", node_mark(node))),
                                 false)) {
        move_put(move, MOVE_COVERED, "the field does not take the focus");
        return page_is_alive(visitor, err);
    }
    action_begin(visitor);
    film_begin(visitor);
    key_strike(visitor, "Enter");
    return press_end(visitor, button ? button : node, NULL, move, err);
}
