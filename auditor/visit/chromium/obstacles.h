/* obstacles.h - what stands in a visitor's way: seen, recorded, cleared away as a person
 * would.
 *
 * What was there is kept as observations of the page (docs/rules.md, "obstacle."), whatever
 * becomes of it. Nothing is removed by force: what has no way out stays and is a finding.
 * Layer: visit. Used by engine.c, act.c, arrive.c; consent.c answers the question about
 * cookies. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_OBSTACLES_H
#define VISIT_CHROMIUM_OBSTACLES_H

#include <stdbool.h>

#include "visit/chromium/layers.h"

typedef struct Obstacles Obstacles;

/** What is known about obstacles in this visit. */
struct Obstacles {
    bool is_answered;         /**< the question about cookies */
    bool is_refused;          /**< ... with no */
    const char *choice;       /**< "accept" or "refuse" */
    size_t answered_exchange; /**< exchanges there were when it was answered */
    int noted_page;           /**< page whose layers were noted last, -1 */
    bool is_given_up;         /**< the question could not be answered: not tried again */
    int stubborn;             /**< layers that could not be cleared */
    bool is_being_cleared;    /**< a clearing is under way: none inside it */
    int cover;                /**< mark of what covers, 0 none */
};

/** The visit's, made when first asked for. */
Obstacles *obstacles_of(ChromiumVisitor *visitor);
/** Words to read layers by; NULL: none were given. */
const Words *obstacles_words(const ChromiumVisitor *visitor);

/** After a page has come to rest: note what lies over it. Once a page. */
void obstacles_arrive(ChromiumVisitor *visitor);
/** Something covers what is to be pressed: clear away the layers that are obstacles, and a
 * result (the cart that slid in) when it is what covers. cover: mark of what does.
 * is_cleared receives whether any is gone, so that another try is worth it. Errors: as
 * page_is_alive. */
bool obstacles_clear(ChromiumVisitor *visitor, int cover, bool *is_cleared,
                     Error *err) MUST_USE;
/** The vtable's. */
bool chromium_dismiss(Visitor *visitor, Clearing *clearing, Error *err);
bool chromium_consent(Visitor *visitor, const char *choice, Clearing *clearing, Error *err);
bool chromium_cookies(Visitor *visitor, CookieSeen **list, size_t *count, Error *err);

/* consent.c */

/** Answer the question if it is there. waits: give it time to appear. */
bool consent_answer(ChromiumVisitor *visitor, const char *choice, bool waits,
                    Clearing *clearing, Error *err) MUST_USE;

/* Shared with consent.c. */

/** Press a control of a layer. Returns false only with an Error; *is_pressed false: it
 * could not be hit. */
bool layer_press(ChromiumVisitor *visitor, const Layer *layer, const LayerControl *control,
                 bool *is_pressed, Error *err) MUST_USE;
/** Is it no more seen? Waits until it is not, at most 1.5 s, longer while the page loads
 * something. */
bool layer_is_gone(ChromiumVisitor *visitor, const Layer *layer);
/** Has another document taken the place of the one it was seen on? */
bool layer_is_left(const ChromiumVisitor *visitor, const Layer *layer);
/** Add an observation to the page shown. text may be NULL. */
void obstacle_observe(ChromiumVisitor *visitor, const char *name, double value,
                      const char *text);
/** Note that the question came back although it was answered. */
void obstacle_asked_again(ChromiumVisitor *visitor, const Layer *layer);
/** Note a layer (share, words, when it was seen) unless the page has a note of its kind. */
void obstacle_note(ChromiumVisitor *visitor, const Layers *layers, const Layer *layer);

#endif
