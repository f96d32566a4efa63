/* activation.c - what a click does by the markup alone, and signs that a script would do
 * something else.
 *
 * HTML's activation behaviour from the element hit upwards (scenarios.md 2.4). Layer: dom.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <strings.h>

#include "dom/forms.h"
#include "dom/index.h"
#include "dom/name.h"

enum { UNDECIDED = -1 };

static bool is_among(const char *text, const char *const *list)
{
    for (size_t i = 0; list[i]; i++)
        if (strcmp(text, list[i]) == 0)
            return true;
    return false;
}

static bool html_tag(const Node *node, const char *tag)
{
    return node_is_html(node) && node_is_tag(node, tag);
}

/* Attributes by which script libraries take an element over. */
static bool is_script_attribute(const char *name)
{
    static const char *const names[] = {"data-action",       "data-controller",
                                        "data-remote",       "data-button-action",
                                        "data-turbo-frame",  "data-turbo-method",
                                        "data-turbo-stream", "data-turbo-confirm",
                                        "jsaction",          NULL};
    static const char *const fronts[] = {"on",    "hx-", "x-on:", "@",
                                         "v-on:", "ng-", "wire:", "(click"};

    if (is_among(name, names))
        return true;
    for (size_t i = 0; i < COUNT_OF(fronts); i++)
        if (strncmp(name, fronts[i], strlen(fronts[i])) == 0)
            return true;
    return false;
}

/* Event handlers that have nothing to do with clicks and submissions. */
static bool is_harmless(const char *name)
{
    static const char *const names[] = {
        "onload",       "onerror",      "onscroll", "onresize", "onmouseover", "onmouseout",
        "onmouseenter", "onmouseleave", "ng-class", "ng-model", "ng-if",       "ng-show",
        "ng-hide",      "ng-repeat",    "ng-app",   "ng-bind",  "ng-src",      NULL};

    return is_among(name, names);
}

static const char *script_attribute(const Node *node)
{
    const char *name = NULL, *value = NULL;

    for (size_t i = 0; node_attribute_at(node, i, &name, &value); i++)
        if (is_script_attribute(name) && !is_harmless(name))
            return name;
    return NULL;
}

/* From the element hit up to the form (without one: up to what was activated). Custom
 * elements around a form count as well: they are there to take its submission over. */
static const char *evidence_of(const Document *document, const Node *node,
                               const Node *element)
{
    const Node *form = node_is_control(element) ? form_owner(document, element) : NULL;
    const char *found = NULL;
    bool is_link = html_tag(element, "a") || html_tag(element, "area");

    if (!form)
        form = is_link ? NULL : node_closest(element, "form");
    for (const Node *at = node; at && !found; at = node_parent(at)) {
        found = script_attribute(at);
        if (at == form || (!form && at == element))
            break;
    }
    if (!found && form)
        found = script_attribute(form);
    if (found || is_link)
        return found;
    for (const Node *at = node; at; at = node_parent(at))
        if (node_is_html(at) && strchr(node_tag(at), '-'))
            return node_tag(at);
    return NULL;
}

static int link_activation(const Node *link)
{
    Str href = str_trim(str_of(node_attribute(link, "href")));
    size_t colon = str_find_byte(href, ':', 0);
    size_t stop = 0;

    if (str_equal(href, STR("#")) || str_starts_with_nocase(href, STR("javascript:")))
        return ACTIVATE_NEEDS_BROWSER;
    if (str_starts_with_nocase(href, STR("http:")) ||
        str_starts_with_nocase(href, STR("https:")))
        return ACTIVATE_LINK;
    while (stop < href.length && !strchr("/?#", href.data[stop]))
        stop++;
    /* a colon before any of / ? # ends a scheme, if a letter begins it */
    return colon < stop && href.data[0] >= 'A' ? ACTIVATE_EXTERNAL : ACTIVATE_LINK;
}

static int control_activation(const Document *document, const Node *control)
{
    static const char *const toggles[] = {"checkbox", "radio", NULL};
    static const char *const dead[] = {"button", "hidden", NULL};
    const char *type = control_type(control);

    if (control_is_disabled(control))
        return ACTIVATE_NOTHING;
    if (control_is_submit(control) && form_owner(document, control))
        return ACTIVATE_SUBMIT;
    if (node_is_tag(control, "button") && (node_has_attribute(control, "popovertarget") ||
                                           node_has_attribute(control, "commandfor")))
        return ACTIVATE_DETAILS;
    if (strcmp(type, "reset") == 0)
        return form_owner(document, control) ? ACTIVATE_RESET : UNDECIDED;
    if (is_among(type, toggles))
        return ACTIVATE_CHECK;
    if (control_is_submit(control) || is_among(type, dead))
        return UNDECIDED;
    return ACTIVATE_FOCUS;
}

static bool is_summary(const Node *node)
{
    const Node *parent = node_parent(node);
    const Node *child =
        parent && html_tag(parent, "details") ? node_first_child(parent) : NULL;

    while (child && !html_tag(child, "summary"))
        child = node_next(child);
    return child && child == node;
}

/* The one area of the image's map that needs no layout to be hit. */
static const Node *image_area(const Document *document, const Node *image)
{
    const char *use = node_attribute(image, "usemap");
    const NodeList *maps = document_by_tag(document, "map");
    const Node *found = NULL;
    size_t count = 0;

    for (size_t i = 0; use && *use == '#' && i < maps->count; i++) {
        const char *name = node_attribute(maps->items[i], "name");
        if (!name || strcmp(name, use + 1) != 0)
            continue;
        for (size_t at = node_order(maps->items[i]) + 1;
             at < node_order_end(maps->items[i]); at++) {
            const Node *area = document_element(document, at);
            const char *shape = node_attribute(area, "shape");
            if (!html_tag(area, "area") || !node_has_attribute(area, "href"))
                continue;
            count++;
            if (!found || (shape && strcasecmp(shape, "default") == 0))
                found = area;
        }
        break;
    }
    if (count > 1 &&
        strcasecmp(node_attribute(found, "shape") ? node_attribute(found, "shape") : "",
                   "default") != 0)
        return NULL;
    return found;
}

/* Content that takes a click for itself, so that a label around it stays quiet. */
static bool is_interactive(const Node *node)
{
    static const char *const tags[] = {"button",  "select", "textarea", "iframe", "embed",
                                       "details", "video",  "audio",    NULL};

    return node_is_html(node) &&
           (is_among(node_tag(node), tags) || node_has_attribute(node, "tabindex") ||
            (node_is_tag(node, "input") && strcmp(control_type(node), "hidden") != 0) ||
            (node_is_tag(node, "a") && node_has_attribute(node, "href")));
}

static int label_activation(const Document *document, const Node *label,
                            const Node **element)
{
    const Node *control = label_control(document, label);

    if (!control || !node_is_control(control))
        return UNDECIDED;
    *element = control;
    return control_activation(document, control);
}

static int step_activation(const Document *document, const Node *at, bool is_label_open,
                           const Node **element)
{
    *element = at;
    if (!node_is_html(at))
        return node_is_tag(at, "a") && node_has_attribute(at, "href") ? link_activation(at)
                                                                      : UNDECIDED;
    if (node_is_tag(at, "label") && is_label_open)
        return label_activation(document, at, element);
    if ((node_is_tag(at, "a") || node_is_tag(at, "area")) && node_has_attribute(at, "href"))
        return link_activation(at);
    if (node_is_tag(at, "img") && node_has_attribute(at, "usemap")) {
        *element = image_area(document, at);
        return *element ? link_activation(*element) : ACTIVATE_NEEDS_BROWSER;
    }
    if (node_is_control(at))
        return control_activation(document, at);
    if (is_summary(at))
        return ACTIVATE_DETAILS;
    if (node_is_tag(at, "option") && node_closest(at, "select"))
        return control_is_disabled(at) ? ACTIVATE_NOTHING : ACTIVATE_OPTION;
    return node_is_pointed(at) ? ACTIVATE_NEEDS_BROWSER : UNDECIDED;
}

Activation node_activation(const Document *document, const Node *node, const Node **element,
                           const char **script_evidence)
{
    int decided = UNDECIDED;
    bool is_label_open = true;
    const Node *found = node;

    for (const Node *at = node; at && decided == UNDECIDED; at = node_parent(at)) {
        decided = step_activation(document, at, is_label_open, &found);
        is_label_open = is_label_open && !is_interactive(at);
    }
    if (decided == UNDECIDED)
        decided = ACTIVATE_NEEDS_BROWSER;
    if (decided == ACTIVATE_NEEDS_BROWSER && (!found || !node_parent(found)))
        found = node;
    *element = found;
    if (script_evidence)
        *script_evidence = evidence_of(document, node, found);
    return (Activation)decided;
}
