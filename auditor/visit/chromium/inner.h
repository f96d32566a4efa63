/* inner.h - frames whose contents belong to what a visitor reads and uses: a checkout, a
 * form or a text of the shop itself, or anybody's fields. Their elements become part of the
 * page's tree (in <shown-frame> elements at its end), and are pressed and filled like its
 * own.
 *
 * Marks tell whose an element is (FRAME_MARK). Layer: visit. Used by look.c and by what
 * acts on elements. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_INNER_H
#define VISIT_CHROMIUM_INNER_H

#include <stdbool.h>

#include "visit/chromium/frames.h"

/** A frame in the tree of the present look. Texts live as long as the visit. */
typedef struct InnerFrame {
    PageFrame frame;
    const char *url;
    int owner;                      /**< mark of the element that holds it */
    int64_t version;                /**< of its tree when it was read */
    const Json *states;             /**< of its controls; only while a look is taken */
    int64_t sight, effects, clicks; /**< when the action under way began */
} InnerFrame;

/** Read the frames and put them into the page's markup. frames: how many it has. Owns:
 * visit. */
Str inner_graft(ChromiumVisitor *visitor, Str html, int64_t frames);
/** Are they those of the present look, unchanged? */
bool inner_is_unchanged(ChromiumVisitor *visitor, int64_t frames);
size_t inner_count(const ChromiumVisitor *visitor);
const InnerFrame *inner_at(const ChromiumVisitor *visitor, size_t i);
/** The frame that an element of a mark is in, NULL: the page itself, or one that is no
 * more. */
const InnerFrame *inner_of(const ChromiumVisitor *visitor, int mark);
/** page_ask, of a frame. */
const Json *inner_ask(ChromiumVisitor *visitor, const InnerFrame *inner, const char *name,
                      const char *arguments);
/** page_ask, of the document that the mark's element is in. */
const Json *mark_ask(ChromiumVisitor *visitor, int mark, const char *name,
                     const char *arguments);
/** Version of that document's tree in the present look. */
int64_t mark_version(const ChromiumVisitor *visitor, int mark);
/** Presses that the document had felt when the action began. */
int64_t mark_clicks(const ChromiumVisitor *visitor, int mark);
/** Before an action: remember what the frames look like. Afterwards: have they changed? */
void inner_begin(ChromiumVisitor *visitor);
bool inner_has_changed(ChromiumVisitor *visitor);
/** Have all of them been still for so long? Those that do not answer are. */
bool inner_is_still(ChromiumVisitor *visitor, double quiet_ms);

#endif
