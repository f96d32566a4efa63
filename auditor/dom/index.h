/* index.h - the inside of a Document: the libxml2 tree, what is known about each element,
 * and the lists by tag, class, id and attribute name.
 *
 * For the files of dom/ alone; everybody else uses document.h. Layer: dom.
 * SPDX-License-Identifier: MIT */
#ifndef DOM_INDEX_H
#define DOM_INDEX_H

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/url.h"
#include "dom/document.h"

/** What an HTML tag means for text. */
enum TagKind {
    TAG_BLOCK = 1,    /**< stands on lines of its own */
    TAG_SEPARATE = 2, /**< a box of its own within a line */
    TAG_UNSEEN = 4,   /**< its content is never shown */
    TAG_INPUT = 8,    /**< input */
    TAG_DIALOG = 16,  /**< dialog */
    TAG_DETAILS = 32, /**< details */
    TAG_OPTION = 64,  /**< option */
    TAG_CHOICE = 128, /**< select, optgroup, option: their text depends on who asks */
};

/** Attributes that text has to ask every element for. */
enum AttributeKind {
    HAS_HIDDEN = 1,
    HAS_STYLE = 2,
    HAS_POPOVER = 4,
    HAS_ARIA_HIDDEN = 8,
};

/** What is known about an element; hangs on xmlNode._private. Other nodes have none. */
typedef struct NodeData {
    uint32_t order;      /**< position in document order, from 0 */
    uint32_t order_end;  /**< order of the element behind the last descendant */
    uint32_t line;       /**< of the start tag, from 1; 0: inserted by the parser */
    uint32_t depth;      /**< the html element has 1 */
    uint32_t child;      /**< position among its element siblings, from 1 */
    uint32_t child_last; /**< the same from the end */
    uint32_t type;       /**< position among siblings of its tag, from 1 */
    uint32_t type_last;  /**< the same from the end */
    uint32_t class_count;
    unsigned char kind; /**< TagKind bits; 0 outside HTML */
    unsigned char has;  /**< AttributeKind bits */
    bool is_html;
    bool is_inert;        /**< inside a template that is no declarative shadow root */
    bool is_marked;       /**< a browser told what it does with it: the next four */
    bool is_boxless;      /**< it takes no part in the layout */
    bool is_invisible;    /**< its computed visibility is not visible */
    bool is_unseen;       /**< it has a box that nobody sees */
    bool is_pointed;      /**< the pointer says that it can be pressed */
    int mark;             /**< the browser's number for it, 0: none */
    const char **classes; /**< interned tokens; lower case in quirks mode */
    const xmlNode *form;  /**< form pointer of the tree builder at its start tag */
} NodeData;

/** Elements under one key. Keys are interned in the document's dictionary, so that tables
 * compare addresses: names chosen by a page cannot make them slow. */
typedef struct IndexEntry {
    const char *key;
    NodeList nodes;
    unsigned char kind;   /**< of a tag */
    const xmlNode *stamp; /**< parent that counter counts for (building only) */
    uint32_t counter;
} IndexEntry;

typedef struct IndexTable {
    IndexEntry *entries; /**< in order of first appearance */
    size_t count, capacity;
    uint32_t *slots; /**< entry number + 1, 0 free; slot_count is a power of two */
    size_t slot_count;
} IndexTable;

/** Where in the body's visible text an element's own begins and ends. */
typedef struct TextSpan {
    uint32_t start, end;
    bool is_known; /**< read with the body, as it would be read alone */
} TextSpan;

/** A name worked out before. */
typedef struct KnownName {
    const char *name; /**< NULL: not yet */
    const char *from;
} KnownName;

/** Things worked out once, when first asked for. */
typedef struct DocumentCache {
    bool has_text;
    Str visible_text;
    TextSpan *spans;           /**< by order; NULL until the body's text was read */
    unsigned char *visibility; /**< by order: see text.c; NULL until asked for */
    KnownName *names;          /**< by order; NULL until asked for */
    const Node **labelled;     /**< control of each label; NULL until asked for */
    const Url **targets;       /**< of href, by order; NULL until asked for */
    Url nowhere;               /**< in targets: asked for in vain */
    Url base;                  /**< of the document, parsed */
    bool is_base_read, has_base;
    struct ValueCache
        *values; /**< attributes' values (css_values.c); NULL until asked for */
    NodeList *forms;
    NodeList *owned; /**< controls by form, parallel to forms */
    void *note;      /**< document_note */
} DocumentCache;

struct Document {
    Arena *arena;
    xmlDoc *tree;
    xmlDict *dictionary; /**< of tree */
    const xmlNode *root, *head, *body;
    const char *url, *base, *encoding, *encoding_source, *title, *language;
    bool is_quirks, is_cut;
    int parse_errors;
    const Node **elements;
    size_t element_count;
    IndexTable tags, classes, ids, attributes;
    NodeList duplicate_ids;
    DocumentCache *cache;
};

/** Fill everything from document->tree, whose elements have NodeData (line, is_html, form)
 * already. url, encoding and arena are set before. */
void document_index(Document *document);

/** The list under a key that need not be interned; NULL when there is none. */
const NodeList *index_find(const Document *document, const IndexTable *table, Str key);

/** TagKind bits of an HTML tag (text.c). */
unsigned char tag_kind(const char *tag);

/** All elements with an id, in order; empty when there are none. */
const NodeList *document_list_by_id(const Document *document, const char *id);

/** Resolve a reference of the page against its base, its query in the page's encoding as
 * browsers do; NULL when it cannot be parsed. Owns: arena. */
const char *reference_resolve(Arena *arena, const Document *document, Str reference);

/** Between the public node and the tree. */
static inline const Node *node_of(const xmlNode *xml)
{
    return (const Node *)xml;
}

static inline const xmlNode *node_xml(const Node *node)
{
    return (const xmlNode *)node;
}

static inline const NodeData *node_data(const Node *node)
{
    return node_xml(node)->_private;
}

/** The document a node belongs to. */
static inline const Document *node_document(const Node *node)
{
    return node_xml(node)->doc->_private;
}

/** Visible text of the body, with the span of each element in it (text.c). */
void document_text_read(const Document *document);

/** The text of an attribute's node; never NULL. */
const char *attribute_text(const xmlAttr *attribute);
/** Next node in document order inside root (text and comments too), going into children
 * when is_deep; NULL behind the last. */
const xmlNode *tree_next(const xmlNode *node, const xmlNode *root, bool is_deep);

#endif
