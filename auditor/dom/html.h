/* html.h - bytes to a Document: encoding, HTML5 parsing (Gumbo), index. The only door to
 * Gumbo.
 *
 * Bounded in bytes, memory, depth, nodes and time (faults.md). Scripting flag off, so the
 * content of noscript is content. Layer: dom. SPDX-License-Identifier: MIT */
#ifndef DOM_HTML_H
#define DOM_HTML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "dom/document.h"

/** Bounds of a parse; zero fields take the default. */
typedef struct HtmlLimits {
    size_t bytes;        /**< of input: 10 MiB */
    size_t memory;       /**< of the parser: 256 MiB */
    int64_t duration_us; /**< 5 s */
} HtmlLimits;

/** Parse a whole document.
 *
 * content_type: the Content-Type header's value, NULL unknown. url: where it came from.
 * limits: NULL for the defaults. Errors: ERROR_LIMIT naming the bound (the page is then a
 * finding, not a crash). Owns: arena (everything is freed with it). */
bool html_parse(Arena *arena, Str bytes, const char *content_type, const char *url,
                const HtmlLimits *limits, Document **document, Error *err) MUST_USE;
/** Parse what a browser serialised with a mark on every element.
 *
 * html: UTF-8. mark: name of the attribute that holds the mark, lower case; it is moved
 * into the node (node_mark) and is no attribute of it. Its value is a number, then "n" when
 * the browser gives the element no box, "v" when its visibility is hidden (these two are
 * what text.h then calls hidden, instead of what the markup says), "u" when it is not seen
 * for another reason (node_is_seen), "p" when it is no control and yet the pointer becomes
 * a hand over it (node_is_pointed). Errors and owns: as above. */
bool html_parse_marked(Arena *arena, Str html, const char *mark, const char *url,
                       Document **document, Error *err) MUST_USE;

#endif
