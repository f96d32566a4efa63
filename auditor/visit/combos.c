/* combos.c - lists that scripts draw: a button that opens options (role=combobox), as
 * addresses ask for the country and the region with. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/person.h"
#include "visit/steps.h"

enum {
    COMBOS_MOST = 12,
    OPEN_US = 400000, /* until the options are drawn */
};

static bool has_role(const Node *node, const char *role)
{
    return str_equal_text(str_of(node_attribute(node, "role")), role);
}

static bool is_seen(const Walk *walk, const Node *node)
{
    return walk->visitor->engine->sees(walk->visitor, node) == 1;
}

/* A list that still waits for a choice: it shows its placeholder. */
static bool is_waiting(const Walk *walk, const Node *node)
{
    bool is_list = has_role(node, "combobox") ||
                   str_equal_text(str_of(node_attribute(node, "aria-haspopup")), "listbox");
    if (!is_list || node_is_tag(node, "input") || node_is_tag(node, "select") ||
        !node_closest(node, "form") || control_is_disabled(node) || !is_seen(walk, node))
        return false;
    if (node_has_attribute(node, "data-placeholder"))
        return true;
    Str text = str_trim(node_text_content(walk->arena, node));
    return text.length == 0 ||
           words_match(walk->words, "choose_variant", walk_language(walk), text, NULL);
}

/* The options now shown. */
static void options_find(const Walk *walk, NodeList *list)
{
    *list = (NodeList){0};
    const NodeList *all = document_by_attribute(walk->document, "role");
    for (size_t i = 0; i < all->count; i++)
        if (has_role(all->items[i], "option") && is_seen(walk, all->items[i]) &&
            !str_equal_text(str_of(node_attribute(all->items[i], "aria-disabled")), "true"))
            node_list_add(walk->arena, list, all->items[i]);
}

static const Node *option_of(const Walk *walk, const NodeList *list, const Person *person)
{
    for (size_t i = 0; i < list->count; i++) {
        Str text = text_fold_accents(
            walk->arena, str_trim(node_text_content(walk->arena, list->items[i])));
        for (size_t n = 0; n < COUNT_OF(person->names); n++)
            if (person->names[n] && str_equal_text(text, person->names[n]))
                return list->items[i];
    }
    return list->count ? list->items[0] : NULL;
}

static bool combo_choose(Walk *walk, const Node *combo, const Person *person, Error *err)
{
    Move move;
    NodeList options;
    const char *label =
        arena_text(walk->arena, node_name(walk->arena, walk->document, combo, NULL));
    if (!act_press(walk, combo, PAGE_UNKNOWN, &move, err))
        return false;
    if (move.result != MOVE_STATE || !walk->document)
        return true;
    if (!visitor_pass(walk->visitor, OPEN_US, err) ||
        !visitor_look(walk->visitor, &walk->document, &walk->state, err))
        return false;
    options_find(walk, &options);
    const Node *option = walk->document ? option_of(walk, &options, person) : NULL;
    if (!option)
        return true;
    Str words = str_trim(node_text_content(walk->arena, option));
    step_typed(walk, *label ? label : "list", arena_str_text(walk->arena, words));
    return act_press(walk, option, PAGE_UNKNOWN, &move, err);
}

bool combos_choose(Walk *walk, const Person *person, Error *err)
{
    size_t from = 0;
    if (!walk->visitor->has_scripts)
        return true;
    /* Read anew after each: a country brings its regions. */
    for (int i = 0; i < COMBOS_MOST && walk->document; i++) {
        const Node *combo = NULL;
        size_t count = document_element_count(walk->document);
        for (; from < count && !combo; from++)
            if (is_waiting(walk, document_element(walk->document, from)))
                combo = document_element(walk->document, from);
        if (!combo)
            return true;
        if (!combo_choose(walk, combo, person, err))
            return false;
    }
    return true;
}
