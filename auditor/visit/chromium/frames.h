/* frames.h - the frames of the page that a visitor sees, out of process or not: where they
 * are and how to ask them. One level deep. Layer: visit. Used by obstacles.c, consent.c,
 * inner.c.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_FRAMES_H
#define VISIT_CHROMIUM_FRAMES_H

#include <stdbool.h>

#include "visit/chromium/chromium.h"

/** A document of the page. */
typedef struct PageFrame {
    const char *session;
    const char *id;
    int world;     /**< execution context id of our isolated world */
    bool is_top;   /**< the page itself */
    bool is_apart; /**< runs in a process of its own: its session's default is its page's */
    int slot;      /**< of its marks (FRAME_MARK); 0: the page */
    int owner;     /**< the browser's number for the element that holds it; 0: the page */
    double x, y, width, height; /**< its content's box in the page's viewport, CSS px */
} PageFrame;

typedef struct PageFrames {
    PageFrame items[FRAMES_MOST];
    size_t count;
} PageFrames;

/** The page (first) and its visible frames. Frames that do not answer are left out: never
 * an error. Owns: visitor->scratch. */
void frames_list(ChromiumVisitor *visitor, PageFrames *frames);
/** Value of an expression in our world of the frame, or NULL. Promises are awaited. */
const Json *frame_ask(ChromiumVisitor *visitor, const PageFrame *frame,
                      const char *expression);
/** The same, where the expression may give marks to the frame's elements. */
const Json *frame_ask_marked(ChromiumVisitor *visitor, const PageFrame *frame,
                             const char *expression);
/** Mark of the element that holds the frame, 0 when it has left the page. */
int frame_owner(ChromiumVisitor *visitor, const PageFrame *frame);
/** Value of an expression in the page's own world of the frame, or NULL; frames that share
 * our process have none that could be reached. */
const Json *frame_ask_page(ChromiumVisitor *visitor, const PageFrame *frame,
                           const char *expression);

#endif
