/* document.h - an HTML document as a tree of nodes with an index: what everybody reads
 * pages by.
 *
 * The only view of the tree that the rest of the program has; libxml2 and the HTML parser
 * stay behind it. Layer: dom. Made by html.h, used by words/, visit/, rule/.
 * SPDX-License-Identifier: MIT */
#ifndef DOM_DOCUMENT_H
#define DOM_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/url.h"

/** A document; lives in the arena it was parsed into. const after parsing. */
typedef struct Document Document;
/** A node of a document (an element unless said otherwise). */
typedef struct Node Node;

/** Nodes in document order. */
typedef struct NodeList {
    const Node **items;
    size_t count, capacity;
} NodeList;

/** The html element, head and body (the parser always makes them). */
const Node *document_root(const Document *document);
const Node *document_head(const Document *document);
const Node *document_body(const Document *document);
/** URL it was loaded from; URL that relative references resolve against (<base href>). */
const char *document_url(const Document *document);
const char *document_base(const Document *document);
/** Encoding used, WHATWG name ("UTF-8", "windows-1252"), and how it was found: "bom",
 * "header", "meta", "default". */
const char *document_encoding(const Document *document);
const char *document_encoding_source(const Document *document);
/** Quirks mode (no or old doctype)? */
bool document_is_quirks(const Document *document);
/** Did the page exceed a bound that only costs it something at the far end (512 levels of
 * nesting, 512 attributes on one tag)? What lies beyond was flattened or left out. */
bool document_is_cut(const Document *document);
/** Name in the doctype ("html"), NULL when there is no doctype. */
const char *document_doctype(const Document *document);
/** Number of parse errors, counted up to 100. The parser's public interface names no texts.
 */
int document_parse_errors(const Document *document);
/** Text of <title>, white space collapsed; "" when missing. */
const char *document_title(const Document *document);
/** Primary language tag of <html lang>, lower case ("fr"); "" when missing. */
const char *document_language(const Document *document);
/** Number of elements. */
size_t document_element_count(const Document *document);
/** Elements in document order; i < document_element_count. */
const Node *document_element(const Document *document, size_t i);
/** Elements by lower-case tag, by class token, by id (first), by attribute name: from the
 * index. The list is shared and const; empty when there are none. What stands inside a
 * template is in the tree and in document_element, but in none of these lists, as a browser
 * has it (declarative shadow roots count as content). */
const NodeList *document_by_tag(const Document *document, const char *tag);
const NodeList *document_by_class(const Document *document, const char *token);
const Node *document_by_id(const Document *document, const char *id);
const NodeList *document_by_attribute(const Document *document, const char *name);
/** All elements whose id occurs more than once (each after the first). */
const NodeList *document_duplicate_ids(const Document *document);
/** Visible text of the whole body (text.h node_visible_text), computed once. */
Str document_visible_text(const Document *document);
/** Memory that lives as long as the document, for lists made about it. */
Arena *document_arena(const Document *document);
/** A place for what words/ works out once about a document; NULL at first. */
void **document_note(const Document *document);

/** Lower-case tag name ("" for text). SVG and MathML keep their case ("linearGradient"). */
const char *node_tag(const Node *node);
bool node_is_tag(const Node *node, const char *tag);
/** Is it in the HTML namespace? */
bool node_is_html(const Node *node);
/** Is it inside a template, out of a visitor's sight and of every selector's reach? */
bool node_is_inert(const Node *node);
/** Value of an attribute, NULL when absent, "" when empty. name in lower case. */
const char *node_attribute(const Node *node, const char *name);
bool node_has_attribute(const Node *node, const char *name);
bool node_has_class(const Node *node, const char *token);
/** n-th attribute (from 0): name and value; false when there are fewer. */
bool node_attribute_at(const Node *node, size_t n, const char **name, const char **value);
/** Family, elements only; NULL at the end. */
const Node *node_parent(const Node *node);
const Node *node_first_child(const Node *node);
const Node *node_next(const Node *node);
const Node *node_previous(const Node *node);
/** Nearest ancestor-or-self with that tag, or NULL. */
const Node *node_closest(const Node *node, const char *tag);
/** Is inner inside (or equal to) outer? */
bool node_contains(const Node *outer, const Node *inner);
/** Position among the document's elements, from 0; for order and distance. */
size_t node_order(const Node *node);
/** Position of the element behind its last descendant. */
size_t node_order_end(const Node *node);
/** Depth; the html element has 1, the deepest 512. */
int node_depth(const Node *node);
/** Line of its start tag in the page's source, from 1; 0 when the parser made it up. */
int node_line(const Node *node);
/** The browser's number for it (html_parse_marked), from 1; 0: none. */
int node_mark(const Node *node);
/** Does a person see it, as the browser told: 1 yes, 0 no, -1 nobody told. */
int node_is_seen(const Node *node);
/** No link, button or field, and yet the pointer turns into a hand over it, as the browser
 * told: a person tries to press it. False when nobody told. */
bool node_is_pointed(const Node *node);
/** A short unique CSS path for people and for finding it again, e.g. "#buy > button".
 * Leads back to the node through css.h (not for inert nodes). Owns: arena. */
const char *node_css_path(Arena *arena, const Node *node);
/** Its start tag and the beginning of its content, at most limit bytes, cut at a rune with
 * "…". */
const char *node_snippet(Arena *arena, const Node *node, size_t limit);
/** Resolve the URL in an attribute against the document; NULL when absent or unparsable. */
const char *node_url(Arena *arena, const Document *document, const Node *node,
                     const char *attribute);
/** Where an element's href leads, parsed once a document; NULL: it has none, or it cannot
 * be parsed. Owns: the document. */
const Url *node_target(const Document *document, const Node *node);
/** Append to a list. */
void node_list_add(Arena *arena, NodeList *list, const Node *node);

#endif
