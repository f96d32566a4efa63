/* layout.h - how a browser laid a page out, and what it observed on it: facts, no
 * judgement.
 *
 * Lengths are CSS px, places are in the document (scrolled to its top). Filled by
 * visit/chromium or by har_layout.c, read by rule/. Layer: model.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_LAYOUT_H
#define MODEL_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/** What holds for an element. */
enum {
    LAYOUT_VISIBLE = 1 << 0,    /**< has a box, is not hidden, opacity > 0.01 */
    LAYOUT_FIXED = 1 << 1,      /**< it or an ancestor stays in place while scrolling */
    LAYOUT_STICKY = 1 << 2,     /**< position: sticky */
    LAYOUT_CONTROL = 1 << 3,    /**< link, button, field or what has a handler's role */
    LAYOUT_INLINE = 1 << 4,     /**< stands in running text (exempt from target sizes) */
    LAYOUT_FOCUSABLE = 1 << 5,  /**< reached by Tab */
    LAYOUT_COVERED = 1 << 6,    /**< a control whose middle another element receives */
    LAYOUT_HAS_TEXT = 1 << 7,   /**< has text of its own (a text node child with letters) */
    LAYOUT_ON_PICTURE = 1 << 8, /**< its text lies on a picture or gradient */
    LAYOUT_UNDERLINED = 1 << 9, /**< text decoration or border below */
    LAYOUT_CLIPPED = 1 << 10,   /**< its text is cut off by overflow: hidden */
    LAYOUT_BOLD = 1 << 11,      /**< weight 700 or more */
    LAYOUT_POINTER = 1 << 12,   /**< cursor: pointer */
    LAYOUT_ANIMATED = 1 << 13,  /**< a CSS animation or transition runs on it at rest */
};

/** One element; only elements with a box, and hidden controls, are kept. */
typedef struct LayoutNode {
    int element; /**< its order in the tree that Page.dom parses to (node_order) */
    float x, y, width, height;
    uint32_t flags;
    float font_size;     /**< 0: no text of its own */
    uint32_t color;      /**< 0xRRGGBBAA of its text */
    uint32_t background; /**< 0xRRGGBBAA behind it, composed; alpha 0: not known */
    float contrast;      /**< of text and background (WCAG 2.2), 0: not known */
    int z_index;
    int family;     /**< index into Layout.families, -1 */
    int covered_by; /**< element order of what lies over it, -1 */
    int characters; /**< letters of its own text */
} LayoutNode;

/** A page as laid out. */
typedef struct Layout {
    int viewport_width, viewport_height;
    double document_width, document_height;
    const char **families; /**< first font family of each style used */
    size_t family_count;
    LayoutNode *nodes; /**< by element, ascending */
    size_t count, capacity;
} Layout;

/** Something that was tried or measured on a page: what rules of kind interact and layout
 * read. Names are those of observation names in docs/rules.md; several of one name are
 * several places. */
typedef struct Observation {
    const char *name;   /**< "axe.color-contrast", "consent.layer", "probe.tab-order" */
    double value;       /**< NAN: none */
    const char *text;   /**< NULL: none; what was seen, in English or as the page says it */
    int element;        /**< order in the tree of Page.dom; -1: the page */
    const char *absent; /**< why it could not be observed; NULL: it was */
} Observation;

/** All observations of a page. */
typedef struct Observations {
    Observation *items;
    size_t count, capacity;
} Observations;

/** Layout facts of an element, or NULL when it had no box. */
const LayoutNode *layout_at(const Layout *layout, size_t element);
/** Contrast ratio of two opaque colours 0xRRGGBBAA, 1 to 21. Source: WCAG 2.2, "contrast
 * ratio" and "relative luminance". */
double color_contrast(uint32_t a, uint32_t b);
/** First observation of that name, or NULL; the next after it. */
const Observation *observation_first(const Observations *list, const char *name);
const Observation *observation_next(const Observations *list, const Observation *after);
/** Does the report tell it: what painted last and what shifted, what lay over the page? */
bool observation_is_told(const char *name);
/** Append; text and name are copied. */
Observation *observation_add(Arena *arena, Observations *list, const char *name,
                             double value, const char *text, int element);

#endif
