/* effort.c - what a step costs the visitor's hands: keystroke-level model.
 *
 * Card, Moran, Newell 1980 with typing speeds of Dhakal 2018 (desktop) and Palin 2019
 * (phone), scoring.md 3.3. A lower bound: an expert who makes no mistake.
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "dom/text.h"
#include "visit/steps.h"

enum {
    MENTAL_US = 1350000,     /* M: deciding */
    POINT_US = 1100000,      /* P: pointing with mouse or finger */
    PRESS_US = 200000,       /* B twice: click or tap */
    HOMING_US = 400000,      /* H: hand between mouse and keyboard */
    KEY_DESKTOP_US = 230000, /* K: 51.6 words a minute */
    KEY_PHONE_US = 330000,   /* K: 36.2 words a minute */
};

static bool uses(const Walk *walk, const char *input)
{
    const char *own = walk->visitor->persona ? walk->visitor->persona->input : NULL;
    return own && strcmp(own, input) == 0;
}

static int64_t key_us(const Walk *walk)
{
    return uses(walk, "touch") ? KEY_PHONE_US : KEY_DESKTOP_US;
}

void effort_begin(Walk *walk)
{
    Effort *effort = &walk_record(walk)->effort;
    *effort = (Effort){.scrolls = -1};
}

static bool is_tab_stop(const Node *node)
{
    static const char *const TAGS[] = {"button", "select", "textarea", "summary"};
    const char *tabindex = node_attribute(node, "tabindex");
    if ((tabindex && *tabindex == '-') || node_has_attribute(node, "disabled"))
        return false;
    if (tabindex)
        return true;
    if (node_is_tag(node, "a"))
        return node_has_attribute(node, "href");
    if (node_is_tag(node, "input"))
        return strcmp(control_type(node), "hidden") != 0;
    for (size_t i = 0; i < COUNT_OF(TAGS); i++)
        if (node_is_tag(node, TAGS[i]))
            return true;
    return false;
}

const Node *tab_next(const Walk *walk)
{
    size_t from = walk->focus ? node_order(walk->focus) + 1 : 0;
    for (size_t i = from; i < document_element_count(walk->document); i++) {
        const Node *node = document_element(walk->document, i);
        if (is_tab_stop(node) && node_visibility(node) != VISIBILITY_HIDDEN)
            return node;
    }
    return NULL;
}

/* Presses of Tab from the focus (or the top of the page) to an element. */
static int tab_stops(const Walk *walk, const Node *element)
{
    size_t from = walk->focus ? node_order(walk->focus) + 1 : 0;
    size_t to = node_order(element);
    if (to < from) {
        size_t swap = from;
        from = to;
        to = swap;
    }
    int stops = 1;
    for (size_t i = from; i < to && i < document_element_count(walk->document); i++) {
        const Node *node = document_element(walk->document, i);
        if (is_tab_stop(node) && node_visibility(node) != VISIBILITY_HIDDEN)
            stops++;
    }
    return stops;
}

/* Getting to an element: pointing, or tabbing. */
static int64_t reach_us(Walk *walk, const Node *element)
{
    if (uses(walk, "keyboard")) {
        int stops = walk->document ? tab_stops(walk, element) : 1;
        walk_record(walk)->effort.keystrokes += stops;
        return stops * key_us(walk);
    }
    int64_t homing = walk->is_on_keys && uses(walk, "mouse") ? HOMING_US : 0;
    walk->is_on_keys = false;
    return homing + POINT_US;
}

void effort_press(Walk *walk, const Node *element)
{
    Effort *effort = &walk_record(walk)->effort;
    effort->human_us += MENTAL_US;
    if (element)
        effort->human_us += reach_us(walk, element);
    if (uses(walk, "keyboard")) {
        effort->keystrokes++;
        effort->human_us += key_us(walk);
    } else {
        effort->clicks++;
        effort->human_us += PRESS_US;
    }
    walk->focus = element;
}

static void count_field(Effort *effort, bool is_required)
{
    if (is_required)
        effort->fields_required++;
    else
        effort->fields_optional++;
}

void effort_type(Walk *walk, const Node *control, const char *text, bool is_required)
{
    Effort *effort = &walk_record(walk)->effort;
    count_field(effort, is_required);
    effort->human_us += MENTAL_US + reach_us(walk, control);
    if (!uses(walk, "keyboard")) {
        effort->human_us += PRESS_US;
        if (uses(walk, "mouse") && !walk->is_on_keys)
            effort->human_us += HOMING_US;
    }
    walk->is_on_keys = true;
    int keys = (int)str_rune_count(str_of(text));
    effort->keystrokes += keys;
    effort->human_us += keys * key_us(walk);
    walk->focus = control;
}

void effort_choose(Walk *walk, const Node *control, bool is_required)
{
    Effort *effort = &walk_record(walk)->effort;
    count_field(effort, is_required);
    effort_press(walk, control);
    /* A list is opened and an entry pointed at. */
    if (node_is_tag(control, "select"))
        effort_press(walk, control);
}

void effort_arrive(Walk *walk, int64_t waited_us)
{
    Effort *effort = &walk_record(walk)->effort;
    effort->machine_us += waited_us;
    effort->pages++;
    walk->focus = NULL;
    if (walk->document)
        effort->words += (int)text_word_count(document_visible_text(walk->document));
}
