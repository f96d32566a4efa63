/* chromium.h - the inside of the browser engine: what the files of visit/chromium/ share.
 *
 * Nobody else includes it. launch.c starts the browser, cdp.c speaks with it, target.c and
 * network.c follow what it does; navigate.c and settle.c bring a page to rest; look.c makes
 * a Document of it (in_page/snapshot.js); act.c, pointer.c and keys.c are the visitor's
 * hands; device.c is its device; obstacles.c what stands in its way; measure.c its watch.
 * Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_CHROMIUM_H
#define VISIT_CHROMIUM_CHROMIUM_H

#include <stdbool.h>
#include <stdint.h>

#include "visit/chromium/cdp.h"
#include "visit/chromium/device.h"
#include "visit/chromium/launch.h"
#include "visit/chromium/network.h"
#include "visit/chromium/prompts.h"
#include "visit/chromium/settings.h"
#include "visit/chromium/target.h"
#include "visit/visitor.h"

enum {
    CALL_US = 10000000,      /**< deadline of an ordinary call */
    SHORT_CALL_US = 1000000, /**< of one that a hung page must not hold up */
    FRAMES_MOST = 8,         /**< of a page, itself included */
    FRAME_MARK = 1 << 24, /**< marks of the n-th frame's elements begin at n times this */
};

/** Whose marks are whose among frames: a frame keeps its slot while there are enough. */
typedef struct FrameSlot {
    const char *id; /**< the frame's; NULL: free */
    int most;       /**< highest number given in it */
    int used;       /**< turn of its last use */
} FrameSlot;

/** One look at the page: its tree, whose nodes bear the numbers of the browser's own
 * elements (node_mark). An element keeps its number as long as its document lives, and no
 * two documents share one. */
typedef struct Look {
    const Document *document; /**< NULL: none taken yet, or no HTML */
    FormState *state;
    Str html;        /**< as serialised, marks included */
    int64_t version; /**< of the page's tree when it was taken */
    bool is_fresh;   /**< false: something was done since */
    bool is_html;
} Look;

/** What is known of the main frame's navigation. Written by listeners. */
typedef struct Navigating {
    const char *frame_id;
    const char *loader_id; /**< of the document shown */
    const char *url;       /**< shown now, with fragment */
    bool is_started;       /**< a new document was asked for */
    bool is_committed;     /**< and is there */
    bool is_dom_ready, is_loaded;
    bool is_restored;      /**< from the back/forward cache */
    bool is_same_document; /**< pushState, replaceState or a fragment */
    bool is_history_api;   /**< ... by script */
    bool is_download;
    bool is_stopped;       /**< it ended without a new document */
    bool is_error_page;    /**< what is shown is the browser's own page about a failure */
    bool is_history;       /**< asked for by going back */
    const char *error;     /**< net::ERR_...; NULL */
    const char *asked;     /**< address asked for; NULL: an element was acted on */
    size_t first_exchange; /**< of the visit, when the action began */
    size_t popup_mark;     /**< targets there were */
    int refused;           /**< requests that the guard had refused */
    int64_t began_us;      /**< monotonic: when the action began */
    int64_t effects;       /**< of the page before (mystery.sight) */
    int64_t clicks;        /**< that the page had felt before */
    int64_t sight;
    int64_t started_us, committed_us, dom_ready_us, loaded_us; /**< monotonic */
} Navigating;

/** An entry of the tab's history and the page it was. */
typedef struct Entry {
    int id; /**< the browser's */
    int page;
} Entry;

/** A tab that a new window was opened from. */
typedef struct Window {
    Target *target;
    const char *frame_id, *loader_id, *url; /**< as in Navigating */
    const Page *page;
} Window;

enum { WINDOWS_MOST = 6 /**< one behind the other */ };

typedef struct ChromiumVisitor {
    Visitor base;
    Arena *arena;   /**< of the visit */
    Arena *scratch; /**< of the primitive under way: answers live here */
    VisitorOptions options;
    Persona persona; /**< as given; a recording may change its screen */
    Browser browser;
    Cdp *cdp;
    Targets *targets;
    Traffic *traffic;
    Device *device;
    Prompts *prompts;
    Target *page;                 /**< the tab */
    Window windows[WINDOWS_MOST]; /**< behind the tab, the first opened first */
    int window_count;
    Navigating navigating;
    int world; /**< execution context id of our isolated world; 0: none yet */
    Look look;
    const char *mark_name; /**< of the attribute that carries marks */
    int mark_most;         /**< highest number given so far */
    FrameSlot frame_slots[FRAMES_MOST];
    int frames_seen;     /**< turns of the slots */
    struct Inner *inner; /**< inner.c */
    Entry *entries;
    size_t entry_count, entry_capacity;
    double pointer_x, pointer_y; /**< where the pointer is */
    int timeouts;                /**< calls in a row that a page did not answer */
    int pictures;                /**< screenshots taken */
    int letters;                 /**< typed so far */
    int64_t rested_us;           /**< monotonic: when the page had come to rest */
    struct Measure *measure;     /**< measure.c */
    struct Film *film;           /**< film.c; NULL: nothing is filmed */
    struct Movie *movie;         /**< movie.c */
    struct Obstacles *obstacles; /**< obstacles.c */
} ChromiumVisitor;

static inline ChromiumVisitor *chromium_of(Visitor *visitor)
{
    /* base is the first member, so both have one address. */
    return (ChromiumVisitor *)(void *)visitor;
}

/* world.c: our functions in the page (in_page.h) */

/** Listen for documents that come and go, and put our functions into each of them. */
void world_listen(ChromiumVisitor *visitor);
/** What the setup of a page or frame sends for it. */
void world_setup(ChromiumVisitor *visitor, const Target *target);
/** Run one of our functions in the isolated world of the page (made when needed).
 *
 * function: JavaScript function declaration; it may be async, and finds our own functions
 * in `mystery`. arguments: JSON array text of CallArgument objects, NULL none. result:
 * returned by value, NULL when not wanted. Owns: visitor->scratch.
 * Errors: as cdp_call; an exception in the page is ERROR_FAILED. */
bool page_call(ChromiumVisitor *visitor, const char *function, const char *arguments,
               const Json **result, Error *err) MUST_USE;
/** Ask mystery.name(arguments...) and get its answer, or NULL when the page does not give
 * one (it was left meanwhile, it hangs): never an error. */
const Json *page_ask(ChromiumVisitor *visitor, const char *name, const char *arguments);
/** JSON text of arguments, by the letters of kinds: 'i' int, 's' const char *. Owns:
 * visitor->scratch. */
const char *page_arguments(ChromiumVisitor *visitor, const char *kinds, ...);
/** Is the browser there, and does the page answer? Errors: ERROR_FAILED (crash),
 * ERROR_INCONCLUSIVE (the page hangs). */
bool page_is_alive(ChromiumVisitor *visitor, Error *err) MUST_USE;

/* look.c */

/** Take a look, unless nothing has changed since the last. */
bool look_take(ChromiumVisitor *visitor, Error *err) MUST_USE;
/** Something was done: what was seen may have changed. */
void look_spoil(ChromiumVisitor *visitor);
/** The node of the present look that stands for an element of this or an earlier one; NULL
 * when it has left the page. */
const Node *look_node(const ChromiumVisitor *visitor, const Node *node);
/** The node of the present look that bears a mark, or NULL. */
const Node *look_marked(const ChromiumVisitor *visitor, int mark);
/** Numbers that the document shown has given, out of an answer's "most": the next document
 * begins behind them. */
void marks_note(ChromiumVisitor *visitor, const Json *answer);
/** Markup without the marks. name: of the attribute. Owns: arena. */
Str marks_strip(Arena *arena, Str html, const char *name);
/** Layout facts of the present look; NULL when the page gives none. Owns: visit. */
const Layout *look_layout(ChromiumVisitor *visitor);

/* navigate.c */

/** Listen to the main frame. */
void navigate_listen(ChromiumVisitor *visitor);
/** Forget what has happened so far; before an action. */
void navigating_begin(ChromiumVisitor *visitor);
/** Open an address. referrer: NULL as typed by the visitor. The move is begun. */
bool page_open(ChromiumVisitor *visitor, const char *url, const char *referrer, Move *move,
               Error *err) MUST_USE;
/** Id of the history's present entry, -1 unknown. */
int history_entry(ChromiumVisitor *visitor);
/** The vtable's. */
bool chromium_open(Visitor *visitor, const char *url, Move *move, Error *err);
bool chromium_go(Visitor *visitor, History history, Move *move, Error *err);

/* windows.c */

/** Go on in a window that the page opened: it is the tab from now on. False: it is gone
 * again, or too many are open. */
bool window_enter(ChromiumVisitor *visitor, Target *popup);
/** Close the tab and go on in the one it was opened from, as it was left. False: there is
 * none. */
bool window_leave(ChromiumVisitor *visitor);

/* engine.c */

/** Begin a primitive: forget the answers of the last one, fill the move. */
void primitive_begin(ChromiumVisitor *visitor, Move *move);

/* action.c and arrive.c */

/** Remember what the page looks like before something is done to it. */
void action_begin(ChromiumVisitor *visitor);
/** Has the element of a mark felt a click since then? True when it is gone. */
bool action_was_felt(ChromiumVisitor *visitor, int mark);

/** How long to wait for what an action leads to. */
typedef struct Patience {
    int64_t effect_us; /**< until an effect begins */
    int64_t rest_us;   /**< until the page rests when it stays; 0: the persona's patience */
} Patience;

/** What an action led to, after it was done: wait for its effect, for rest, make a page of
 * a new document or soft page, and fill the move (MOVE_PAGE, MOVE_STATE, MOVE_NOTHING,
 * MOVE_UNREACHABLE, MOVE_BLOCKED, MOVE_REFUSED). */
bool action_end(ChromiumVisitor *visitor, Patience patience, Move *move,
                Error *err) MUST_USE;
/** Make a Page of what is shown now and has come to rest. Errors: the visit's limit of
 * documents; as page_is_alive. */
bool page_make(ChromiumVisitor *visitor, Page **page, Error *err) MUST_USE;
/** Move result and reason. */
void move_put(Move *move, MoveResult result, const char *reason);
/** At a human pace a visitor reads before going on. */
void pause_reading(ChromiumVisitor *visitor);

/* settle.c */

/** Wait until the page is at rest (browser.md 5.3), at most timeout_us; says in *ended_by
 * what ended the wait: "quiet", "cap", "gone". ended_by may be NULL. */
bool page_settle(ChromiumVisitor *visitor, int64_t timeout_us, const char **ended_by,
                 Error *err) MUST_USE;

/* pointer.c */

/** Where an element can be pressed, or why not. */
typedef struct Spot {
    bool is_found;
    bool is_gone, is_hidden, is_disabled, is_moving;
    double x, y;     /**< in the viewport, CSS px */
    int cover;       /**< mark of what lies over it, 0 none */
    const char *why; /**< sentence for the report; NULL when found */
    bool has_scrolled;
} Spot;

/** Bring the element of a mark into view and find where to press it. Owns: visit. */
void spot_find(ChromiumVisitor *visitor, int mark, Spot *spot);
/** Move the mouse there (touch screens have none: nothing). */
void pointer_move(ChromiumVisitor *visitor, double x, double y);
/** Press and release there, by mouse or finger, count times. */
void pointer_press(ChromiumVisitor *visitor, double x, double y, int count);
/** The same, showing it first when it is hidden; how receives what that took, or NULL. */
bool spot_reach(ChromiumVisitor *visitor, int mark, Spot *spot, const char **how);
/** Press and release another button than the first: "right", "middle", "back", "forward".
 */
void pointer_press_other(ChromiumVisitor *visitor, double x, double y, const char *button);
/** Try to show a hidden element as a person would: point at menus, open them. Returns
 * whether it is shown now; how receives what it took (English). */
bool spot_reveal(ChromiumVisitor *visitor, int mark, const char **how);

/* keys.c */

/** Strike a key by its name ("Enter", "Tab", "a"). */
void key_strike(ChromiumVisitor *visitor, const char *key);
/** Press or release alone. */
void key_down(ChromiumVisitor *visitor, const char *key);
void key_up(ChromiumVisitor *visitor, const char *key);
/** Type into what has the focus, at the pace of the visit. */
void keys_type(ChromiumVisitor *visitor, const char *text);
/** Does the visitor use the keyboard alone? */
bool keys_are_all(const ChromiumVisitor *visitor);
/** Bring the focus to the element of a mark with Tab, in a group of radio buttons, and in a
 * list, menu or the like that scripts build, with arrows. is_helped: Tab does not reach it,
 * and it was put there. */
bool keys_reach(ChromiumVisitor *visitor, int mark, bool *is_helped);

/* act.c: the primitives that act on an element. */

/** The element on the page as it is now (a fresh look is taken), found again where a script
 * has put another in its place; NULL: the move says why. */
bool node_now(ChromiumVisitor *visitor, const Node *node, const Node **now, Move *move,
              Error *err) MUST_USE;
bool chromium_press(Visitor *visitor, const Node *element, Move *move, Error *err);
bool chromium_enter(Visitor *visitor, const Node *control, Move *move, Error *err);

/** How a press is made. */
typedef struct PressWay {
    double x, y;        /**< from the element's corner; NAN: where it can be pressed */
    const char *button; /**< "right", "middle", "back", "forward"; NULL: the first */
    int count;          /**< 2: a double click */
} PressWay;

/** Press a node of the present look by mouse or finger, when the guard lets it. */
bool press_node(ChromiumVisitor *visitor, const Node *node, PressWay way, Move *move,
                Error *err) MUST_USE;
/* gesture.c */
bool chromium_gesture(Visitor *visitor, const Gesture *gesture, Move *move, Error *err);
/* fill.c */
bool chromium_fill(Visitor *visitor, const Node *control, const char *text, Move *move,
                   Error *err);
bool chromium_choose(Visitor *visitor, const Node *control, const char *value, Move *move,
                     Error *err);

/* screenshot.c */

/** Save a picture of the viewport beside the HAR and name it in the page, when pictures are
 * wanted. A page that gives none in time goes without. */
void screenshot_take(ChromiumVisitor *visitor, Page *page);

/* measure.c and obstacles.c are asked at these moments. */

#endif
