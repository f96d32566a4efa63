/* chromium.h - the inside of the browser engine: what the files of visit/chromium/ share.
 *
 * Nobody else includes it. launch.c starts the browser, cdp.c speaks with it, target.c and
 * network.c follow what it does; navigate.c and settle.c bring a page to rest; look.c makes
 * a Document of it (in_page/snapshot.js); act.c, pointer.c and keys.c are the visitor's
 * hands; emulate.c is its device; obstacles.c what stands in its way; measure.c its watch.
 * Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_CHROMIUM_H
#define VISIT_CHROMIUM_CHROMIUM_H

#include <stdbool.h>
#include <stdint.h>

#include "visit/chromium/cdp.h"
#include "visit/chromium/launch.h"
#include "visit/chromium/network.h"
#include "visit/chromium/target.h"
#include "visit/visitor.h"

enum {
    CALL_US = 10000000,      /**< deadline of an ordinary call */
    SHORT_CALL_US = 1000000, /**< of one that a hung page must not hold up */
};

/** One look at the page: its tree, and for each of its elements the browser's own. */
typedef struct Look {
    const Document *document;
    FormState *state;
    const char *object_id; /**< of the array of elements in the isolated world */
    int generation;        /**< grows with every look; ids of older looks are stale */
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
    const char *error;                                         /**< net::ERR_...; NULL */
    int64_t started_us, committed_us, dom_ready_us, loaded_us; /**< monotonic */
} Navigating;

typedef struct ChromiumVisitor {
    Visitor base;
    Arena *arena; /**< of the visit */
    VisitorOptions options;
    Browser browser;
    Cdp *cdp;
    Targets *targets;
    Traffic *traffic;
    Target *page; /**< the tab */
    Navigating navigating;
    int world; /**< execution context id of our isolated world; 0: none yet */
    Look look;
    struct Measure *measure;     /**< measure.c */
    struct Obstacles *obstacles; /**< obstacles.c */
    bool is_dialog_open;
} ChromiumVisitor;

/* look.c */

/** Run one of our functions in the isolated world of the page (made when needed).
 *
 * function: JavaScript function declaration; arguments: JSON array text of CallArgument
 * objects, NULL none. result: returned by value, NULL when not wanted.
 * Errors: as cdp_call; an exception in the page is ERROR_FAILED. */
bool page_call(ChromiumVisitor *visitor, const char *function, const char *arguments,
               const Json **result, Error *err) MUST_USE;
/** Take a look (look.document NULL when the page is no HTML). */
bool look_take(ChromiumVisitor *visitor, Error *err) MUST_USE;
/** objectId of an element of the last look, or NULL when it left the page. */
const char *look_object(ChromiumVisitor *visitor, const Node *node, Error *err);

/* navigate.c and settle.c */

/** Wait until the page is at rest (browser.md 5.3), at most timeout_us; says in *ended_by
 * what ended the wait: "quiet", "cap", "gone". */
bool page_settle(ChromiumVisitor *visitor, int64_t timeout_us, const char **ended_by,
                 Error *err) MUST_USE;

#endif
