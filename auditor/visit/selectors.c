/* selectors.c - the selectors of a recording on the page as it is: css, aria, text, xpath,
 * pierce, chains (scenarios.md 1.4, 2.3).
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/css.h"
#include "dom/name.h"
#include "dom/text.h"
#include "dom/xpath.h"
#include "visit/steps.h"

enum {
    NAME_LIMIT = 10000, /* of an aria selector, as the recorder's own */
};

/** Roles that browsers renamed. */
static const char *const ROLE_NAMES[][2] = {
    {"img", "image"},      {"none", "presentation"}, {"text", "statictext"},
    {"directory", "list"}, {"switch", "checkbox"},   {"spinner", "spinbutton"},
};

typedef struct Aria {
    Str name; /**< data NULL: any */
    Str role; /**< data NULL: any */
    bool is_unreadable;
} Aria;

/* Take [role="r"] and [name="n"] out of the text; the rest is the name. */
static void aria_parse(Arena *arena, Str text, Aria *aria)
{
    *aria = (Aria){0};
    if (text.length > NAME_LIMIT) {
        aria->is_unreadable = true;
        return;
    }
    Str rest = text;
    for (;;) {
        size_t open = str_find_byte(rest, '[', 0);
        size_t equals = open == SIZE_MAX ? SIZE_MAX : str_find_byte(rest, '=', open);
        if (equals == SIZE_MAX)
            break;
        Str key = str_trim(str_slice(rest, open + 1, equals - open - 1));
        Str after = str_trim(str_slice(rest, equals + 1, rest.length));
        if (after.length < 2 || (after.data[0] != '"' && after.data[0] != '\''))
            break;
        size_t close = str_find_byte(after, after.data[0], 1);
        if (close == SIZE_MAX)
            break;
        Str value = str_slice(after, 1, close - 1);
        if (str_equal_text(key, "role"))
            aria->role = value;
        else if (str_equal_text(key, "name"))
            aria->name = value;
        else
            aria->is_unreadable = true;
        size_t end = str_find_byte(after, ']', close);
        Str tail = end == SIZE_MAX ? (Str){0} : str_slice(after, end + 1, after.length);
        rest =
            str_of(arena_printf(arena, "%.*s%.*s", (int)open, rest.data, STR_ARGS(tail)));
    }
    if (rest.length > 0)
        aria->name = rest;
}

static bool role_matches(Str wanted, const char *role)
{
    if (str_equal_nocase(wanted, str_of(role)))
        return true;
    for (size_t i = 0; i < COUNT_OF(ROLE_NAMES); i++)
        for (int k = 0; k < 2; k++)
            if (str_equal_nocase(wanted, str_of(ROLE_NAMES[i][k])) &&
                str_equal_nocase(str_of(role), str_of(ROLE_NAMES[i][1 - k])))
                return true;
    return false;
}

/* Letters that people read: icon characters (private use) and repeated blanks dropped. */
static Str plain(Arena *arena, Str text)
{
    Str folded = text_fold(arena, text);
    char *out = arena_alloc(arena, folded.length + 1);
    size_t length = 0;
    for (size_t at = 0; at < folded.length;) {
        size_t from = at;
        unsigned rune = str_next_rune(folded, &at);
        if (rune >= 0xE000 && rune <= 0xF8FF)
            continue;
        memcpy(out + length, folded.data + from, at - from);
        length += at - from;
    }
    return str_trim(str_from(out, length));
}

/* Levels of likeness (2.3): 0 exact, 1 trimmed, 2 letter case, 3 without icons. */
static bool name_matches(Arena *arena, Str wanted, Str name, int level)
{
    switch (level) {
    case 0: return str_equal(wanted, name);
    case 1: return str_equal(str_trim(wanted), str_trim(name));
    case 2: return str_equal(text_fold(arena, wanted), text_fold(arena, name));
    default: return str_equal(plain(arena, wanted), plain(arena, name));
    }
}

static void aria_all(const Walk *walk, Str text, const Node *scope, NodeList *list,
                     bool *is_fuzzy)
{
    Arena *arena = walk->arena;
    Aria aria;
    aria_parse(arena, text, &aria);
    if (aria.is_unreadable)
        return;
    size_t from = scope ? node_order(scope) : 0;
    size_t to = scope ? node_order_end(scope) : document_element_count(walk->document);
    for (int level = 0; level < 4 && list->count == 0; level++) {
        for (size_t i = from; i < to; i++) {
            const Node *node = document_element(walk->document, i);
            if (node_is_name_hidden(node) ||
                (aria.role.data && !role_matches(aria.role, node_role(node))))
                continue;
            if (aria.name.data &&
                !name_matches(arena, aria.name,
                              str_of(node_name(arena, walk->document, node, NULL)), level))
                continue;
            node_list_add(arena, list, node);
        }
        *is_fuzzy = level > 0;
        if (!aria.name.data)
            break;
    }
}

static bool is_textless(const Node *node)
{
    return node_is_tag(node, "script") || node_is_tag(node, "style") ||
           node_is_tag(node, "head") || node_is_tag(node, "title") ||
           node_closest(node, "head") != NULL;
}

/* The text that the recorder compares: of a control its value, else all text inside. */
static Str compared_text(const Walk *walk, const Node *node)
{
    if (node_is_tag(node, "input") || node_is_tag(node, "textarea") ||
        node_is_tag(node, "select")) {
        const char *type = control_type(node);
        if (strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0 ||
            strcmp(type, "image") == 0)
            return (Str){0};
        return str_of(control_value(walk->state, node));
    }
    return node_text_content(walk->arena, node);
}

/* Deepest elements that hold the text: an element counts only when no element inside does.
 */
static void text_all(const Walk *walk, Str wanted, const Node *scope, bool is_normalised,
                     NodeList *list)
{
    Str sought = is_normalised ? plain(walk->arena, wanted) : wanted;
    size_t from = scope ? node_order(scope) : 0;
    size_t to = scope ? node_order_end(scope) : document_element_count(walk->document);
    NodeList holders = {0};
    for (size_t i = from; i < to; i++) {
        const Node *node = document_element(walk->document, i);
        if (is_textless(node))
            continue;
        Str text = compared_text(walk, node);
        if (is_normalised)
            text = plain(walk->arena, text);
        if (sought.length > 0 && str_contains(text, sought))
            node_list_add(walk->arena, &holders, node);
    }
    for (size_t i = 0; i < holders.count; i++) {
        const Node *node = holders.items[i];
        bool has_deeper =
            i + 1 < holders.count && node_contains(node, holders.items[i + 1]);
        if (!has_deeper)
            node_list_add(walk->arena, list, node);
    }
}

/* One part of a chain inside scope. Returns false when this engine cannot read it. */
static bool part_all(const Walk *walk, Str part, const Node *scope, NodeList *list,
                     bool *is_fuzzy)
{
    if (str_starts_with(part, STR("aria/"))) {
        aria_all(walk, str_slice(part, 5, part.length), scope, list, is_fuzzy);
        return true;
    }
    if (str_starts_with(part, STR("text/"))) {
        Str text = str_slice(part, 5, part.length);
        text_all(walk, text, scope, false, list);
        if (list->count == 0) {
            text_all(walk, text, scope, true, list);
            *is_fuzzy = true;
        }
        return true;
    }
    if (str_starts_with(part, STR("xpath/"))) {
        NodeList all = {0};
        if (!xpath_all(walk->document, str_slice(part, 6, part.length), walk->arena, &all,
                       NULL))
            return false;
        for (size_t i = 0; i < all.count; i++)
            if (!scope || node_contains(scope, all.items[i]))
                node_list_add(walk->arena, list, all.items[i]);
        return true;
    }
    if (str_starts_with(part, STR("css/")))
        part = str_slice(part, 4, part.length);
    if (str_starts_with(part, STR("pierce/")))
        part = str_slice(part, 7, part.length);
    Selector *selector = NULL;
    if (!selector_compile(walk->arena, part, NULL, &selector, NULL))
        return false;
    selector_all(selector, walk->document, scope, walk->arena, list);
    return true;
}

static bool chain_all(const Walk *walk, const SelectorChain *chain, NodeList *list,
                      bool *is_fuzzy)
{
    const Node *scope = NULL;
    for (int i = 0; i < chain->count; i++) {
        *list = (NodeList){0};
        if (!part_all(walk, str_of(chain->parts[i]), scope, list, is_fuzzy))
            return false;
        if (list->count == 0)
            return true;
        scope = list->items[0];
    }
    return true;
}

static const Node *eligible(const NodeList *list, size_t *count)
{
    const Node *first = NULL;
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (node_visibility(list->items[i]) == VISIBILITY_HIDDEN)
            continue;
        if (!first)
            first = list->items[i];
        (*count)++;
    }
    return first;
}

static bool is_pierce(const SelectorChain *chain)
{
    return chain->count > 0 && str_starts_with(str_of(chain->parts[0]), STR("pierce/"));
}

void selectors_resolve(Walk *walk, const ScenarioStep *step, Target *target)
{
    *target = (Target){.alternative = -1};
    const Node *fallback = NULL;
    int fallback_index = -1;
    size_t fallback_count = 0;
    const Node *seen = NULL;
    for (int i = 0; i < step->selector_count; i++) {
        NodeList list = {0};
        bool is_fuzzy = false;
        size_t count = 0;
        if (!chain_all(walk, &step->selectors[i], &list, &is_fuzzy)) {
            target->needs_browser = "a selector that this engine cannot read";
            continue;
        }
        const Node *node = eligible(&list, &count);
        if (!node) {
            if (is_pierce(&step->selectors[i]) && !target->needs_browser)
                target->needs_browser = "it may stand in a shadow tree";
            continue;
        }
        /* Alternatives that name different elements: the page has changed. */
        if (count == 1 && seen && seen != node && !node_contains(seen, node) &&
            !node_contains(node, seen))
            target->is_drifting = true;
        if (count == 1 && !seen)
            seen = node;
        if (count == 1 && !target->node) {
            target->node = node;
            target->alternative = i;
            target->is_fuzzy = is_fuzzy;
            target->count = 1;
        }
        if (!fallback) {
            fallback = node;
            fallback_index = i;
            fallback_count = count;
        }
    }
    if (!target->node && fallback) {
        target->node = fallback;
        target->alternative = fallback_index;
        target->count = fallback_count;
    }
    if (target->node)
        target->needs_browser = NULL;
}

void selectors_all(Walk *walk, const ScenarioStep *step, NodeList *list)
{
    for (int i = 0; i < step->selector_count; i++) {
        bool is_fuzzy = false;
        *list = (NodeList){0};
        if (chain_all(walk, &step->selectors[i], list, &is_fuzzy) && list->count > 0)
            return;
    }
    *list = (NodeList){0};
}
