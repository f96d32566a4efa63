/* dom_help.h - a page parsed from a literal, for the tests of dom/.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_DOM_HELP_H
#define TESTS_UNIT_DOM_HELP_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "dom/css.h"
#include "dom/html.h"
#include "unit.h"

/** Parse a literal at http://shop.test/dir/page as UTF-8; fails the test when it cannot.
 * The deadline is long, for valgrind and busy machines. */
static inline Document *page(Arena *arena, const char *html)
{
    Document *document = NULL;
    Error err = {0};
    HtmlLimits limits = {.duration_us = (int64_t)600 * 1000000};

    if (!html_parse(arena, str_of(html), "text/html; charset=utf-8",
                    "http://shop.test/dir/page", &limits, &document, &err))
        fail_msg("%s", err.what);
    return document;
}

/** First element inside body. */
static inline const Node *page_first(const Document *document)
{
    return node_first_child(document_body(document));
}

#endif
