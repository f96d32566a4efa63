/* css_tree.h - a compiled selector: what css_parse.c makes and css.c matches.
 *
 * For css_*.c alone. Layer: dom. SPDX-License-Identifier: MIT */
#ifndef DOM_CSS_TREE_H
#define DOM_CSS_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "dom/css.h"

typedef enum SimpleKind {
    SIMPLE_UNIVERSAL,
    SIMPLE_TAG,
    SIMPLE_ID,
    SIMPLE_CLASS,
    SIMPLE_ATTRIBUTE,
    SIMPLE_NOT,
    SIMPLE_IS,
    SIMPLE_HAS,
    SIMPLE_NTH_CHILD,
    SIMPLE_NTH_LAST_CHILD,
    SIMPLE_NTH_OF_TYPE,
    SIMPLE_NTH_LAST_OF_TYPE,
    SIMPLE_ROOT,
    SIMPLE_SCOPE,
    SIMPLE_EMPTY,
    SIMPLE_CHECKED,
    SIMPLE_DISABLED,
    SIMPLE_ENABLED,
    SIMPLE_REQUIRED,
    SIMPLE_OPTIONAL,
    SIMPLE_LINK,
    SIMPLE_LANG,
} SimpleKind;

typedef enum AttributeTest {
    ATTRIBUTE_EXISTS,
    ATTRIBUTE_EQUALS,
    ATTRIBUTE_WORD,   /**< ~= */
    ATTRIBUTE_DASH,   /**< |= */
    ATTRIBUTE_STARTS, /**< ^= */
    ATTRIBUTE_ENDS,   /**< $= */
    ATTRIBUTE_HOLDS,  /**< *= */
} AttributeTest;

/** One condition. */
typedef struct Simple {
    SimpleKind kind;
    const char *name; /**< tag or attribute in lower case; id, class, language as written */
    const char *exact; /**< tag or attribute as written, for SVG and MathML */
    AttributeTest test;
    Str value;
    bool is_nocase;       /**< flag i, or an attribute whose values have no case */
    int step, offset;     /**< of :nth-...(An+B) */
    const Selector *list; /**< of :not :is :has and "of S"; may be NULL for :nth- */
} Simple;

typedef enum Combinator {
    COMBINATOR_DESCENDANT,
    COMBINATOR_CHILD,
    COMBINATOR_NEXT,  /**< + */
    COMBINATOR_LATER, /**< ~ */
} Combinator;

/** Conditions on one element; combinator: how it stands to the compound before it (for the
 * first one inside :has, to the anchor). */
typedef struct Compound {
    Simple *simples;
    size_t count, capacity;
    Combinator combinator;
} Compound;

typedef struct Complex {
    Compound *compounds;
    size_t count, capacity;
} Complex;

struct Selector {
    Complex *complexes;
    size_t count, capacity;
};

/** Does an attribute's value pass the condition (css.c)? */
bool css_value_match(const Simple *simple, Str value);
/** Elements, in order, that a condition on an attribute leaves over: at least all that
 * match it. Remembered by the document, which owns them. */
const NodeList *css_by_value(const Document *document, const Simple *simple);

#endif
