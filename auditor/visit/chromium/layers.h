/* layers.h - what lies over a page, as in_page/obstacles.js tells it, and what it is.
 *
 * Layer: visit. Used by obstacles.c, consent.c. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_LAYERS_H
#define VISIT_CHROMIUM_LAYERS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/json.h"
#include "visit/chromium/frames.h"
#include "words/words.h"

/** What a layer is to a visitor. */
typedef enum ObstacleKind {
    OBSTACLE_NONE,    /**< belongs to the page: header, menu, bar of a phone */
    OBSTACLE_RESULT,  /**< the answer to an act: cart that slid in */
    OBSTACLE_CONSENT, /**< the question about cookies */
    OBSTACLE_NEWSLETTER,
    OBSTACLE_AGE,
    OBSTACLE_COUNTRY, /**< country or language chooser */
    OBSTACLE_CHAT,
    OBSTACLE_APP,    /**< advertises an app */
    OBSTACLE_DIALOG, /**< any other: welcome, advertising */
    OBSTACLE_SHADE,  /**< the dark behind a dialog */
} ObstacleKind;

/** A control of a layer, as it is seen. Lengths in CSS px of its own document. */
typedef struct LayerControl {
    int mark;
    const char *words;
    double width, height;
    double font;     /**< size of its text */
    double contrast; /**< of its text, 0 unknown */
    double stands;   /**< contrast of the control itself to what is around it, 0 unknown */
    const char *leads; /**< address its link leads to; "" nowhere */
    bool is_closing;   /**< marked as a closing cross */
    bool is_reached;   /**< nothing lies over its middle */
} LayerControl;

/** A layer. Texts live in visitor->scratch. */
typedef struct Layer {
    ObstacleKind kind;
    int mark;
    const PageFrame *frame; /**< the document it is in */
    const char *loader_id;  /**< of the page it was seen on */
    const char *words, *names;
    double share; /**< of the viewport */
    bool is_dialog, is_header, is_lifted, is_cookie, is_on_middle;
    int mail_fields, text_fields, card_fields, frames;
    const int *ticked; /**< marks of boxes and switches that are on */
    int ticked_count;
    LayerControl *controls;
    size_t count;
} Layer;

typedef struct Layers {
    PageFrames frames;
    Layer *items; /**< largest first, those of the page before those in frames */
    size_t count, capacity;
    double at_ms;         /**< since the document began */
    double width, height; /**< of the viewport */
    const char *language; /**< of the page, "" unknown */
} Layers;

/** Look at everything that lies over the page now. words: NULL: only what marks itself is
 * known. has_frames: look into frames, too (takes longer). Never an error. */
void layers_look(ChromiumVisitor *visitor, const Words *words, bool has_frames,
                 Layers *layers);
/** First layer of a kind, NULL: none. */
const Layer *layers_first(const Layers *layers, ObstacleKind kind);
/** "consent", "newsletter" ...: last part of the observation's name. */
const char *obstacle_name(ObstacleKind kind);
/** First control whose words match an intent, that leads nowhere, does not order, and can
 * be seen; avoid: intent that its words must not match, NULL none. */
const LayerControl *layer_control(const Layer *layer, const Words *words,
                                  const char *intent, const char *avoid,
                                  const char *language);
/** First control of a dialog without fields that has words and does not order: what is
 * pressed when there is no other way past it. may_lead: a link, too. NULL: none. */
const LayerControl *layer_choice(const Layer *layer, bool may_lead);

#endif
