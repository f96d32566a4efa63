/* actions.c - gathers what can be pressed on a page.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/actions.h"

#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"

bool action_is(const Node *node)
{
    static const char *const BUTTON_TYPES[] = {"submit", "button", "image"};
    const char *role = node_attribute(node, "role");
    if (node_is_tag(node, "button") || node_is_tag(node, "summary"))
        return true;
    if (node_is_tag(node, "a"))
        return node_has_attribute(node, "href") || role;
    if (node_is_tag(node, "input")) {
        Str type = str_of(node_attribute(node, "type"));
        for (size_t i = 0; i < COUNT_OF(BUTTON_TYPES); i++) {
            if (str_equal_nocase(type, str_of(BUTTON_TYPES[i])))
                return true;
        }
        return false;
    }
    return node_is_pointed(node) ||
           (role && (strcmp(role, "button") == 0 || strcmp(role, "link") == 0));
}

Str action_words(Arena *arena, const Document *document, const Node *node)
{
    Str name = str_of(node_name(arena, document, node, NULL));
    if (name.length > ACTION_WORDS_MAX)
        return (Str){"", 0};
    return text_fold(arena, name);
}

void actions_read(const Document *document, const Node *scope, Arena *arena,
                  ActionList *list)
{
    size_t from = scope ? node_order(scope) : 0;
    size_t end = scope ? node_order_end(scope) : document_element_count(document);
    memset(list, 0, sizeof *list);
    for (size_t i = from; i < end; i++) {
        const Node *node = document_element(document, i);
        if (!action_is(node))
            continue;
        Action action = {.node = node,
                         .words = action_words(arena, document, node),
                         .is_hidden = node_visibility(node) == VISIBILITY_HIDDEN};
        ARENA_PUSH(arena, list->items, list->count, list->capacity, action);
    }
}
