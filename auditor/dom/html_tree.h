/* html_tree.h - Gumbo's tree to a libxml2 tree: HTML elements in no namespace, SVG and
 * MathML in theirs, NodeData on every element.
 *
 * Layer: dom. Called by html.c. SPDX-License-Identifier: MIT */
#ifndef DOM_HTML_TREE_H
#define DOM_HTML_TREE_H

#include <gumbo.h>
#include <libxml/tree.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "dom/html_scan.h"

enum {
    HTML_DEPTH_MOST = 512,     /**< levels of the tree; deeper elements become siblings */
    HTML_NODES_MOST = 1000000, /**< nodes of the tree */
};

/** One conversion: what goes in, what comes out. */
typedef struct HtmlTree {
    Arena *arena;         /**< for NodeData; lives as long as the tree */
    Arena *scratch;       /**< for the work */
    const char *source;   /**< the bytes Gumbo read; its tags point into them */
    const HtmlScan *scan; /**< where forms end */
    const char *mark;     /**< attribute that becomes the node's mark; NULL: none */
    xmlDoc *tree;         /**< result; registered with arena */
    bool is_cut;          /**< out: something was flattened or left out */
} HtmlTree;

/** Convert. url: named in errors. Errors: ERROR_LIMIT (nodes), ERROR_FAILED (memory). */
bool html_tree_convert(HtmlTree *job, const GumboOutput *output, const char *url,
                       Error *err) MUST_USE;

#endif
