/* visitor.h - what a visitor can do on a site, whatever the engine: about eight primitives.
 *
 * Intents (intents_*.c) are written against this alone. Elements are Nodes of the Document
 * that visitor_look gave last; they are stale after a move. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_VISITOR_H
#define VISIT_VISITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/error.h"
#include "dom/document.h"
#include "dom/forms.h"
#include "model/persona.h"
#include "model/visit.h"
#include "net/transfer.h"
#include "words/words.h"

/** How an attempt to act ended. Facts, not Errors: an Error means that the visit cannot go
 * on. */
typedef enum MoveResult {
    MOVE_PAGE,          /**< another page (or the same one anew) is there */
    MOVE_STATE,         /**< the page stays, something on it changed (tick, focus, open) */
    MOVE_NOTHING,       /**< nothing happened */
    MOVE_NEEDS_BROWSER, /**< this engine cannot: reason */
    MOVE_INVALID,       /**< the browser's own validation keeps the form: fault */
    MOVE_REFUSED,       /**< safety: reason */
    MOVE_UNREACHABLE,   /**< no answer: reason */
    MOVE_BLOCKED,       /**< a robot wall answered */
    MOVE_COVERED,       /**< something lies over it: reason (chromium) */
} MoveResult;

/** What a primitive reports. */
typedef struct Move {
    MoveResult result;
    const char *reason;     /**< NULL or English; lives as long as the visit */
    bool is_without_script; /**< native behaviour done although a script would have stepped
                               in */
    FormFault fault;        /**< of MOVE_INVALID */
    int page;               /**< index of the page now shown, -1: none */
} Move;

/** What became of what lay over the page. Texts live as long as the visit. */
typedef struct Clearing {
    int seen;          /**< obstacles that were there */
    int cleared;       /**< of them, gone now */
    int clicks;        /**< presses it took, strokes of Escape included */
    const char *what;  /**< "consent", "newsletter", ... of the first; NULL: none */
    const char *words; /**< of the control pressed; NULL: none */
    const char *how;   /**< English; NULL */
    const char *why;   /**< why something is still there, English; NULL */
} Clearing;

/** A cookie that the browser keeps. Texts live as long as the visit. */
typedef struct CookieSeen {
    const char *name;
    const char *domain;
    bool is_lasting; /**< outlives the session */
    bool is_foreign; /**< of another site */
} CookieSeen;

typedef enum History { HISTORY_BACK, HISTORY_RELOAD } History;

/** What recordings hold besides the primitives below. */
typedef enum GestureKind {
    GESTURE_CLICK, /**< x, y: from the element's corner, NAN: where it can be pressed; text:
                        left right middle back forward; count: 2 a double click */
    GESTURE_HOVER,
    GESTURE_KEY_DOWN, /**< text: the key's name */
    GESTURE_KEY_UP,
    GESTURE_SCROLL,   /**< the element, or the page, to x, y */
    GESTURE_VIEWPORT, /**< x, y: width and height; ratio, is_mobile, has_touch */
    GESTURE_NETWORK,  /**< x, y: bytes a second down and up; ratio: ms of latency */
    GESTURE_EVALUATE, /**< text: an expression; MOVE_STATE when it is true */
    GESTURE_COMPARE,  /**< text: JSON object of properties that the element must have;
                           MOVE_STATE when it has */
} GestureKind;

typedef struct Gesture {
    GestureKind kind;
    const Node *element; /**< NULL: none */
    double x, y, ratio;
    const char *text;
    int count;
    bool is_mobile, has_touch;
} Gesture;

typedef struct Visitor Visitor;

/** What all engines share; an engine embeds it as its first member. */
struct Visitor {
    const struct VisitorEngine *engine;
    Visit *visit; /**< facts are recorded here, in visit->arena */
    const Persona *persona;
    const Clock *clock;
    const Page *page; /**< shown now, set by the engine; NULL: none */
    Safety safety;
    int step;         /**< index of the step being walked, for new pages; -1 */
    bool has_scripts; /**< the engine runs scripts */
    const char *site_host;
    int64_t deadline_us; /**< monotonic; 0 none */
    int requests_left;   /**< documents; -1 unlimited */
};

/** The primitives of an engine. All but close return false only with an Error set. */
typedef struct VisitorEngine {
    const char *name;
    /** Navigate as by the address bar (referer NULL) or by script of ours. */
    bool (*open)(Visitor *visitor, const char *url, Move *move, Error *err);
    /** Back or reload. */
    bool (*go)(Visitor *visitor, History history, Move *move, Error *err);
    /** Activate an element as a click (tap) would. */
    bool (*press)(Visitor *visitor, const Node *element, Move *move, Error *err);
    /** Enter in a control: implicit submission. */
    bool (*enter)(Visitor *visitor, const Node *control, Move *move, Error *err);
    /** Type into a text control, replacing its value. */
    bool (*fill)(Visitor *visitor, const Node *control, const char *text, Move *move,
                 Error *err);
    /** Choose an option of a select (by value or text), or tick/untick ("on"/""). */
    bool (*choose)(Visitor *visitor, const Node *control, const char *value, Move *move,
                   Error *err);
    /** Wait for the page to come to rest, at most timeout_us. */
    bool (*wait)(Visitor *visitor, int64_t timeout_us, Error *err);
    /** The document now shown and what has been typed on it. document is NULL when the page
     * is no HTML. */
    bool (*look)(Visitor *visitor, const Document **document, const FormState **state,
                 Error *err);
    /** Is the element seen by a person? 1 yes, 0 no, -1 cannot tell. */
    int (*sees)(const Visitor *visitor, const Node *element);
    /** A gesture of a recording; NULL when the engine has none. */
    bool (*gesture)(Visitor *visitor, const Gesture *gesture, Move *move, Error *err);
    void (*close)(Visitor *visitor);

    /* NULL in engines that see no layers. */

    /** Answer the question about cookies: "accept" or "refuse". Waits for it to appear. */
    bool (*consent)(Visitor *visitor, const char *choice, Clearing *clearing, Error *err);
    /** Clear away whatever else lies over the page. */
    bool (*dismiss)(Visitor *visitor, Clearing *clearing, Error *err);
    /** The cookies kept now. */
    bool (*cookies)(Visitor *visitor, CookieSeen **list, size_t *count, Error *err);
} VisitorEngine;

/** What an engine is opened with. */
typedef struct VisitorOptions {
    Visit *visit;
    const Persona *persona;
    const Clock *clock;
    Safety safety;
    const NetOptions *net;
    const Network *network; /**< throttle; NULL: the persona's */
    const char *site;
    bool is_declared; /**< --identity declared: add the program's name */
    bool is_human_pace;
    bool is_recording; /**< keep exchanges and bodies for the HAR (bench switches it off) */
    bool loads_resources; /**< fetch styles, scripts, images, fonts of each page */
    int64_t deadline_us;
    /** Kinds of pages (1 << PageKind) to visit once more at the end for what takes time
     * (chromium): keyboard, pointer, coverage. */
    unsigned diagnosed_kinds;
    int max_requests; /**< documents; 0: 300 */
    bool wants_shell; /**< chromium: the headless shell instead of the whole browser */
    bool is_sandbox_waived;  /**< chromium: --unsafe-no-sandbox */
    bool leaves_no_trace;    /**< chromium: analytics and advertising are not called */
    const char *browser;     /**< chromium: its binary; NULL: the one that is installed */
    const char *screenshots; /**< path and beginning of the name of pictures; NULL: none */
    const char
        *screenshots_from_har; /**< their folder as seen from the HAR: "" or "../x/" */
    const char *video; /**< chromium: file (.webm, beside the pictures) of a film; NULL */
    /** Folder of web-vitals, axe-core, autoconsent (build/browser); NULL: none. */
    const char *browser_files;
    const Words *words; /**< to read layers by; NULL: none is told from another */
} VisitorOptions;

/** Open a visitor of the http engine (visit/http/engine.c). Owns: visit->arena; close it.
 */
bool http_visitor_open(const VisitorOptions *options, Visitor **visitor,
                       Error *err) MUST_USE;

/** Open a visitor of the browser engine (visit/chromium/engine.c). Owns: visit->arena;
 * close it, whatever happens, or the browser stays until the program ends. Errors:
 * ERROR_FAILED (no browser, no sandbox), with a hint. */
bool chromium_visitor_open(const VisitorOptions *options, Visitor **visitor,
                           Error *err) MUST_USE;

/** Shorthands for intents. */
bool visitor_open(Visitor *visitor, const char *url, Move *move, Error *err) MUST_USE;
bool visitor_press(Visitor *visitor, const Node *element, Move *move, Error *err) MUST_USE;
bool visitor_fill(Visitor *visitor, const Node *control, const char *text, Move *move,
                  Error *err) MUST_USE;
bool visitor_choose(Visitor *visitor, const Node *control, const char *value, Move *move,
                    Error *err) MUST_USE;
bool visitor_enter(Visitor *visitor, const Node *control, Move *move, Error *err) MUST_USE;
bool visitor_go(Visitor *visitor, History history, Move *move, Error *err) MUST_USE;
bool visitor_look(Visitor *visitor, const Document **document, const FormState **state,
                  Error *err) MUST_USE;
/** Let time pass, at most timeout_us: until the page is at rest. */
bool visitor_pass(Visitor *visitor, int64_t timeout_us, Error *err) MUST_USE;
/** The page now shown, or NULL. */
const Page *visitor_page(const Visitor *visitor);
void visitor_close(Visitor **visitor);

#endif
