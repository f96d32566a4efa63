/* shop.h - what the tests of the recognisers share: words, and a page from text.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_WORDS_SHOP_H
#define TESTS_WORDS_SHOP_H

#include <string.h>

#include "dom/html.h"
#include "unit.h"
#include "words/recognise.h"

/** The shipped words. */
static inline const Words *shop_words(Arena *arena)
{
    static const char *const FOLDERS[] = {"scenarios", NULL};
    Words *words = NULL;
    Error err = {0};
    if (!words_load(arena, FOLDERS, &words, &err))
        fail_msg("%s: %s", err.where, err.what);
    return words;
}

/** A page of http://shop.example. */
static inline Document *shop_page(Arena *arena, const char *path, const char *html)
{
    Document *document = NULL;
    Error err = {0};
    const char *url = arena_printf(arena, "http://shop.example%s", path);
    if (!html_parse(arena, str_of(html), "text/html; charset=utf-8", url, NULL, &document,
                    &err))
        fail_msg("%s", err.what);
    return document;
}

/** Id of an element, "" without. */
static inline const char *shop_id(const Node *node)
{
    const char *id = node ? node_attribute(node, "id") : NULL;
    return id ? id : "";
}

#endif
