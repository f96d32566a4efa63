/* swatches.c - what an engine that runs scripts can open and choose without a form: the
 * search box behind a button, the menu behind another, options as buttons (traps.md 6, 8).
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/steps.h"

enum {
    GROUPS_MOST = 8,   /* of options on a page */
    CHOICES_MOST = 60, /* in one group */
    LABEL_RUNES = 40,  /* longer names are no choice */
    LEVELS = 4,        /* from a button up to its group */
};

bool opener_press(Walk *walk, const char *intent, bool *is_pressed, Error *err)
{
    CandidateList list;
    Move move;
    *is_pressed = false;
    if (!walk->visitor->has_scripts || !walk->document)
        return true;
    candidates_named(walk, intent, PLACE_NAVIGATION, &list);
    for (size_t i = 0; i < list.count; i++) {
        const Node *node = list.items[i].node;
        if (list.items[i].url || walk->visitor->engine->sees(walk->visitor, node) == 0)
            continue;
        if (!act_press(walk, node, PAGE_UNKNOWN, &move, err))
            return false;
        *is_pressed = move.result == MOVE_STATE || move.result == MOVE_PAGE;
        return true;
    }
    return true;
}

/* ---- options as buttons ---- */

/** The choices of one option: "Size: S M L". */
typedef struct Group {
    const Node *box;
    const Node *choices[CHOICES_MOST];
    size_t count;
} Group;

typedef struct GroupList {
    Group items[GROUPS_MOST];
    size_t count;
} GroupList;

static bool attribute_speaks(const Node *node, const char *name)
{
    static const char *const marks[] = {"variant", "option", "swatch",   "color",
                                        "colour",  "size",   "attribut", "configurable"};
    Str value = str_of(node_attribute(node, name));
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_contains_nocase(value, str_of(marks[i])))
            return true;
    return false;
}

/* The names that their authors give: "variant-option-list", "swatch-group". Long lists of
 * classes are those of style frameworks and say nothing. */
static bool speaks_of_options(const Node *node)
{
    Str class = str_of(node_attribute(node, "class"));
    return (class.length < 160 && attribute_speaks(node, "class")) ||
           attribute_speaks(node, "data-testid") || attribute_speaks(node, "data-test") ||
           attribute_speaks(node, "id") || attribute_speaks(node, "data-option") ||
           attribute_speaks(node, "aria-label");
}

/* "radio", or an option of a list that is not folded up. What is drawn of plain boxes and
 * takes the focus is a choice when its authors call it one. */
static bool is_drawn_choice(const Node *node)
{
    Str role = str_of(node_attribute(node, "role"));
    if (str_equal_text(role, "radio") || str_equal_text(role, "option"))
        return true;
    Str class = str_of(node_attribute(node, "class"));
    bool is_plain =
        node_is_tag(node, "div") || node_is_tag(node, "span") || node_is_tag(node, "li");
    return is_plain && role.length == 0 && class.length < 160 &&
           (node_has_attribute(node, "tabindex") || node_has_attribute(node, "onclick") ||
            node_has_attribute(node, "data-value")) &&
           (str_contains_nocase(class, STR("swatch")) ||
            str_contains_nocase(class, STR("variant")) ||
            str_contains_nocase(class, STR("option")));
}

static bool is_choice(Walk *walk, const Node *node)
{
    bool is_button = node_is_tag(node, "button") &&
                     (!control_is_submit(node) || !form_owner(walk->document, node));
    bool is_mock = node_is_tag(node, "a") &&
                   !is_site_link(walk, node, &(const char *){0}) &&
                   node_has_attribute(node, "href");
    if (!is_drawn_choice(node) && !is_button && !is_mock)
        return false;
    Str name = str_trim(str_of(node_name(walk->arena, walk->document, node, NULL)));
    return name.length > 0 && str_rune_count(name) <= LABEL_RUNES &&
           !strpbrk(arena_str_text(walk->arena, name), "+−") &&
           walk->visitor->engine->sees(walk->visitor, node) != 0;
}

static Group *group_of(GroupList *list, const Node *box)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].box == box)
            return &list->items[i];
    if (list->count == GROUPS_MOST)
        return NULL;
    list->items[list->count] = (Group){.box = box};
    return &list->items[list->count++];
}

/* Does the element hold several choices side by side and nothing else to press? */
static bool is_row_of_choices(Walk *walk, const Node *box)
{
    size_t choices = 0;
    for (const Node *child = node_first_child(box); child; child = node_next(child)) {
        bool is_pressed = node_is_tag(child, "button") || node_is_tag(child, "input") ||
                          node_is_tag(child, "a");
        if (is_pressed && !is_choice(walk, child))
            return false;
        choices += is_pressed;
    }
    return choices > 1;
}

/* The element that holds all choices of an option: the innermost that is named so; where
 * the button to the cart waits, a row of small buttons is what it waits for. */
static const Node *box_of(Walk *walk, const Node *node, bool is_waited_for)
{
    const Node *row = node_parent(node);
    const Node *up = node_parent(node);
    for (int level = 0; up && level < LEVELS; level++, up = node_parent(up)) {
        const char *role = node_attribute(up, "role");
        if (speaks_of_options(up) || (role && strcmp(role, "radiogroup") == 0))
            return up;
    }
    return is_waited_for && row && is_row_of_choices(walk, row) ? row : NULL;
}

/* Options stand beside the button that adds, in its form or in what holds its form. */
static const Node *part_of_product(const Walk *walk, const Product *product)
{
    const Node *part = form_owner(walk->document, product->add_button);
    if (!part)
        part = node_parent(product->add_button);
    for (int level = 0; part && level < 2; level++)
        if (node_parent(part) && !node_is_tag(node_parent(part), "body"))
            part = node_parent(part);
    return part;
}

static void groups_find(Walk *walk, GroupList *list)
{
    Product product;
    *list = (GroupList){.count = 0};
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    const Node *part = product.add_button ? part_of_product(walk, &product) : NULL;
    for (size_t i = part ? node_order(part) : 0; part && i < node_order_end(part); i++) {
        const Node *node = document_element(walk->document, i);
        const Node *box = node != product.add_button && is_choice(walk, node)
                              ? box_of(walk, node, control_is_disabled(product.add_button))
                              : NULL;
        Group *group = box ? group_of(list, box) : NULL;
        if (group && group->count < CHOICES_MOST)
            group->choices[group->count++] = node;
    }
}

static bool says_chosen(const Node *node)
{
    static const char *const classes[] = {"selected",    "active",    "checked",
                                          "is-selected", "is-active", "current"};
    static const char *const states[] = {"aria-checked", "aria-pressed", "aria-selected"};
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (str_equal_text(str_of(node_attribute(node, states[i])), "true"))
            return true;
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (node_has_class(node, classes[i]))
            return true;
    return false;
}

static bool is_chosen(const Node *choice)
{
    const Node *parent = node_parent(choice);
    return says_chosen(choice) || (parent && says_chosen(parent));
}

static bool is_usable(const Walk *walk, const Node *choice)
{
    static const char *const classes[] = {"disabled", "unavailable",  "sold-out",
                                          "soldout",  "un-available", "out-of-stock"};
    const Node *parent = node_parent(choice);
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (node_has_class(choice, classes[i]) ||
            (parent && node_has_class(parent, classes[i])))
            return false;
    Str name = str_of(node_name(walk->arena, walk->document, choice, NULL));
    return !control_is_disabled(choice) &&
           !str_equal_text(str_of(node_attribute(choice, "aria-disabled")), "true") &&
           !words_match(walk->words, "out_of_stock", walk_language(walk), name, NULL);
}

/* The one that the product's own name already holds, else the first that can be had. */
static const Node *choice_of(const Walk *walk, const Group *group)
{
    const Node *first = NULL;
    Str product = text_fold(walk->arena, str_of(walk->goods.name));
    for (size_t i = 0; i < group->count; i++) {
        if (!is_usable(walk, group->choices[i]))
            continue;
        const char *name = node_name(walk->arena, walk->document, group->choices[i], NULL);
        Str folded = text_fold(walk->arena, str_of(name));
        if (folded.length > 1 && str_contains(product, folded))
            return group->choices[i];
        if (!first)
            first = group->choices[i];
    }
    return first;
}

static bool group_is_chosen(const Group *group)
{
    for (size_t i = 0; i < group->count; i++)
        if (is_chosen(group->choices[i]))
            return true;
    return false;
}

bool swatches_choose(Walk *walk, int *count, Error *err)
{
    GroupList list;
    Move move;
    if (!walk->visitor->has_scripts || !walk->document)
        return true;
    groups_find(walk, &list);
    for (size_t i = 0; i < list.count; i++) {
        const Group *group = &list.items[i];
        const Node *choice =
            group->count > 1 || !group_is_chosen(group) ? choice_of(walk, group) : NULL;
        if (!choice || group_is_chosen(group))
            continue;
        step_typed(walk, "option", node_name(walk->arena, walk->document, choice, NULL));
        if (!act_press(walk, choice, PAGE_PRODUCT, &move, err))
            return false;
        (*count)++;
        /* Another choice may have drawn the page anew, or be another page. */
        (void)goods_bind(walk);
        groups_find(walk, &list);
    }
    return true;
}
