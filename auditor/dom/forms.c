/* forms.c - which controls belong to which form, and what kind each is.
 *
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-owner
 * Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/forms.h"

#include <stdlib.h>
#include <string.h>

#include "dom/index.h"
#include "dom/text.h"

static bool html_tag(const Node *node, const char *tag)
{
    return node_is_html(node) && node_is_tag(node, tag);
}

bool node_is_control(const Node *node)
{
    return html_tag(node, "input") || html_tag(node, "button") ||
           html_tag(node, "select") || html_tag(node, "textarea");
}

static bool is_form(const Node *node)
{
    return node && html_tag(node, "form");
}

const Node *form_owner(const Document *document, const Node *control)
{
    const char *id = node_attribute(control, "form");
    const Node *at = NULL;

    if (id && !node_is_tag(control, "img")) {
        at = *id ? document_by_id(document, id) : NULL;
        return is_form(at) ? at : NULL;
    }
    if (node_data(control)->form)
        return node_of(node_data(control)->form);
    for (at = node_parent(control); at && !is_form(at);)
        at = node_parent(at);
    return at;
}

static int order_find(const void *key, const void *item)
{
    size_t left = node_order(*(const Node *const *)key);
    size_t right = node_order(*(const Node *const *)item);

    return left < right ? -1 : left > right;
}

/* Forms and their controls, worked out once a document. */
static const DocumentCache *owners(const Document *document)
{
    DocumentCache *cache = document->cache;
    const NodeList *forms = document_by_tag(document, "form");

    if (cache->forms)
        return cache;
    cache->forms = ARENA_NEW(document->arena, NodeList);
    for (size_t i = 0; i < forms->count; i++)
        if (node_is_html(forms->items[i]))
            node_list_add(document->arena, cache->forms, forms->items[i]);
    cache->owned = ARENA_ARRAY(document->arena, cache->forms->count, NodeList);
    for (size_t i = 0; i < document->element_count; i++) {
        const Node *node = document->elements[i];
        const Node *form = NULL;
        const Node *const *found = NULL;
        if (!node_is_control(node) || node_is_inert(node))
            continue;
        form = form_owner(document, node);
        if (form && cache->forms->count)
            found = bsearch(&form, cache->forms->items, cache->forms->count,
                            sizeof(cache->forms->items[0]), order_find);
        if (found)
            node_list_add(document->arena, &cache->owned[found - cache->forms->items],
                          node);
    }
    return cache;
}

const NodeList *document_forms(const Document *document)
{
    return owners(document)->forms;
}

void form_controls(const Document *document, const Node *form, Arena *arena, NodeList *list)
{
    const DocumentCache *cache = owners(document);

    for (size_t i = 0; i < cache->forms->count; i++) {
        if (cache->forms->items[i] != form)
            continue;
        for (size_t at = 0; at < cache->owned[i].count; at++)
            node_list_add(arena, list, cache->owned[i].items[at]);
    }
}

static const char *known_type(const char *type, const char *const *known,
                              const char *otherwise)
{
    for (size_t i = 0; type && known[i]; i++)
        if (str_equal_nocase(str_of(type), str_of(known[i])))
            return known[i];
    return otherwise;
}

const char *control_type(const Node *control)
{
    static const char *const input[] = {
        "text",  "hidden", "submit", "checkbox", "radio",    "email",
        "tel",   "url",    "search", "number",   "password", "date",
        "time",  "month",  "week",   "file",     "image",    "datetime-local",
        "color", "range",  "reset",  "button",   NULL};
    static const char *const button[] = {"submit", "reset", "button", NULL};

    if (!node_is_control(control))
        return "";
    if (node_is_tag(control, "input"))
        return known_type(node_attribute(control, "type"), input, "text");
    if (node_is_tag(control, "button"))
        return known_type(node_attribute(control, "type"), button, "submit");
    return node_tag(control);
}

bool control_is_submit(const Node *control)
{
    const char *type = control_type(control);

    return strcmp(type, "submit") == 0 || strcmp(type, "image") == 0;
}

/* Is the control inside the first legend of the fieldset? */
static bool is_in_first_legend(const Node *fieldset, const Node *control)
{
    const Node *child = node_first_child(fieldset);

    while (child && !html_tag(child, "legend"))
        child = node_next(child);
    return child && node_contains(child, control);
}

bool control_is_disabled(const Node *control)
{
    bool is_option = html_tag(control, "option") || html_tag(control, "optgroup");

    if (node_has_attribute(control, "disabled"))
        return true;
    if (is_option) {
        const Node *group = node_parent(control);
        return group && html_tag(group, "optgroup") &&
               node_has_attribute(group, "disabled");
    }
    for (const Node *at = node_parent(control); at; at = node_parent(at))
        if (html_tag(at, "fieldset") && node_has_attribute(at, "disabled") &&
            !is_in_first_legend(at, control))
            return true;
    return false;
}

void select_options(const Node *select, Arena *arena, NodeList *list)
{
    const Document *document = node_document(select);

    for (size_t i = node_order(select) + 1; i < node_order_end(select); i++)
        if (html_tag(document->elements[i], "option"))
            node_list_add(arena, list, document->elements[i]);
}

static Str collapsed(Arena *arena, Str text)
{
    char *out = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    Str word;

    while (str_next_word(&text, &word)) {
        if (length)
            out[length++] = ' ';
        memcpy(out + length, word.data, word.length);
        length += word.length;
    }
    return str_from(out, length);
}

const char *option_value(Arena *arena, const Node *option)
{
    const char *value = node_attribute(option, "value");

    if (value)
        return value;
    return collapsed(arena, node_text_content(arena, option)).data;
}

static bool select_is_single(const Node *select)
{
    long long size = 0;

    return !node_has_attribute(select, "multiple") &&
           (!str_to_int(str_of(node_attribute(select, "size")), &size) || size <= 1);
}

/* "ask for a reset": of a single select the last option marked selected, else the first
 * that is not disabled. */
static bool option_is_initially_selected(const Node *option)
{
    const Node *select = node_closest(option, "select");
    const Document *document = node_document(option);
    bool is_marked = node_has_attribute(option, "selected");
    bool is_after = false;

    if (!select || node_has_attribute(select, "multiple"))
        return is_marked;
    for (size_t i = node_order(select) + 1; i < node_order_end(select); i++) {
        const Node *other = document->elements[i];
        if (!html_tag(other, "option"))
            continue;
        if (other == option)
            is_after = true;
        else if (node_has_attribute(other, "selected") && (is_after || !is_marked))
            return false;
        else if (!is_marked && !is_after && !control_is_disabled(other))
            return false;
    }
    return is_marked || (select_is_single(select) && !control_is_disabled(option));
}

bool control_is_initially_checked(const Node *control)
{
    const char *type = control_type(control);

    if (html_tag(control, "option"))
        return option_is_initially_selected(control);
    if (strcmp(type, "checkbox") != 0 && strcmp(type, "radio") != 0)
        return false;
    return node_has_attribute(control, "checked");
}
