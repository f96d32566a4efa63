/* role.c - roles: the explicit one, else what the element means.
 *
 * https://www.w3.org/TR/html-aam-1.0/ with Chromium's internal names where it shows those.
 * Layer: dom. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"

typedef struct Pair {
    const char *key, *role;
} Pair;

static const Pair tag_roles[] = {{"article", "article"},
                                 {"aside", "complementary"},
                                 {"nav", "navigation"},
                                 {"main", "main"},
                                 {"h1", "heading"},
                                 {"h2", "heading"},
                                 {"h3", "heading"},
                                 {"h4", "heading"},
                                 {"h5", "heading"},
                                 {"h6", "heading"},
                                 {"p", "paragraph"},
                                 {"ul", "list"},
                                 {"ol", "list"},
                                 {"menu", "list"},
                                 {"li", "listitem"},
                                 {"dl", "DescriptionList"},
                                 {"dt", "term"},
                                 {"dd", "definition"},
                                 {"table", "table"},
                                 {"tr", "row"},
                                 {"td", "cell"},
                                 {"th", "columnheader"},
                                 {"thead", "rowgroup"},
                                 {"tbody", "rowgroup"},
                                 {"tfoot", "rowgroup"},
                                 {"caption", "caption"},
                                 {"fieldset", "group"},
                                 {"legend", "Legend"},
                                 {"details", "Details"},
                                 {"summary", "DisclosureTriangle"},
                                 {"dialog", "dialog"},
                                 {"option", "option"},
                                 {"optgroup", "group"},
                                 {"textarea", "textbox"},
                                 {"figure", "figure"},
                                 {"figcaption", "Figcaption"},
                                 {"hr", "separator"},
                                 {"output", "status"},
                                 {"progress", "progressbar"},
                                 {"meter", "meter"},
                                 {"label", "LabelText"},
                                 {"iframe", "Iframe"},
                                 {"video", "Video"},
                                 {"audio", "Audio"},
                                 {"strong", "strong"},
                                 {"em", "emphasis"},
                                 {"code", "code"},
                                 {"blockquote", "blockquote"},
                                 {"time", "time"},
                                 {"mark", "mark"},
                                 {"del", "deletion"},
                                 {"ins", "insertion"},
                                 {"sub", "subscript"},
                                 {"sup", "superscript"},
                                 {"address", "group"},
                                 {"search", "search"},
                                 {"hgroup", "group"},
                                 {"canvas", "Canvas"},
                                 {"br", "LineBreak"},
                                 {"html", "RootWebArea"},
                                 {"header", "banner"},
                                 {"footer", "contentinfo"},
                                 {"svg", "image"},
                                 {"dfn", "term"},
                                 {"math", "MathMLMath"}};

static const Pair input_roles[] = {
    {"text", "textbox"},      {"email", "textbox"},     {"tel", "textbox"},
    {"url", "textbox"},       {"password", "textbox"},  {"search", "searchbox"},
    {"number", "spinbutton"}, {"checkbox", "checkbox"}, {"radio", "radio"},
    {"range", "slider"},      {"submit", "button"},     {"reset", "button"},
    {"button", "button"},     {"image", "button"},      {"file", "button"},
    {"color", "ColorWell"},   {"date", "Date"},         {"time", "InputTime"},
    {"month", "DateTime"},    {"week", "DateTime"},     {"datetime-local", "DateTime"},
    {"hidden", "none"}};

/* ARIA 1.2; the order has no meaning. */
static const char *const aria_roles[] = {"alert",
                                         "alertdialog",
                                         "application",
                                         "article",
                                         "banner",
                                         "blockquote",
                                         "button",
                                         "caption",
                                         "cell",
                                         "checkbox",
                                         "code",
                                         "columnheader",
                                         "combobox",
                                         "complementary",
                                         "contentinfo",
                                         "definition",
                                         "deletion",
                                         "dialog",
                                         "directory",
                                         "document",
                                         "emphasis",
                                         "feed",
                                         "figure",
                                         "form",
                                         "generic",
                                         "grid",
                                         "gridcell",
                                         "group",
                                         "heading",
                                         "image",
                                         "insertion",
                                         "link",
                                         "list",
                                         "listbox",
                                         "listitem",
                                         "log",
                                         "main",
                                         "marquee",
                                         "math",
                                         "menu",
                                         "menubar",
                                         "menuitem",
                                         "menuitemcheckbox",
                                         "menuitemradio",
                                         "meter",
                                         "navigation",
                                         "none",
                                         "note",
                                         "option",
                                         "paragraph",
                                         "progressbar",
                                         "radio",
                                         "radiogroup",
                                         "region",
                                         "row",
                                         "rowgroup",
                                         "rowheader",
                                         "scrollbar",
                                         "search",
                                         "searchbox",
                                         "separator",
                                         "slider",
                                         "spinbutton",
                                         "status",
                                         "strong",
                                         "subscript",
                                         "superscript",
                                         "switch",
                                         "tab",
                                         "table",
                                         "tablist",
                                         "tabpanel",
                                         "term",
                                         "textbox",
                                         "time",
                                         "timer",
                                         "toolbar",
                                         "tooltip",
                                         "tree",
                                         "treegrid",
                                         "treeitem"};

static const char *pair_find(const Pair *pairs, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].key, key) == 0)
            return pairs[i].role;
    return NULL;
}

static const char *explicit_role(const Node *node)
{
    Str rest = str_of(node_attribute(node, "role"));
    Str token;

    while (str_next_word(&rest, &token)) {
        if (str_equal_nocase(token, STR("presentation")))
            return "none";
        if (str_equal_nocase(token, STR("img")))
            return "image";
        for (size_t i = 0; i < COUNT_OF(aria_roles); i++)
            if (str_equal_nocase(token, str_of(aria_roles[i])))
                return aria_roles[i];
    }
    return NULL;
}

/* header and footer are landmarks of the page, not of its parts. */
static bool is_in_section(const Node *node)
{
    static const char *const tags[] = {"article", "aside", "main", "nav", "section"};

    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (node_closest(node, tags[i]))
            return true;
    return false;
}

static bool has_label(const Node *node)
{
    const char *label = node_attribute(node, "aria-label");

    return (label && str_trim(str_of(label)).length) ||
           node_has_attribute(node, "aria-labelledby") || node_has_attribute(node, "title");
}

static const char *image_role(const Node *image)
{
    const char *alt = node_attribute(image, "alt");

    return alt && !*alt && !has_label(image) ? "none" : "image";
}

static const char *control_role(const Node *control)
{
    const char *type = control_type(control);
    long long size = 0;

    if (node_is_tag(control, "button"))
        return "button";
    if (node_is_tag(control, "select")) {
        bool is_long =
            str_to_int(str_of(node_attribute(control, "size")), &size) && size > 1;
        return is_long || node_has_attribute(control, "multiple") ? "listbox" : "combobox";
    }
    if (node_is_tag(control, "input") && node_has_attribute(control, "list"))
        return "combobox";
    if (node_is_tag(control, "input"))
        return pair_find(input_roles, COUNT_OF(input_roles), type);
    return "textbox";
}

static const char *native_role(const Node *node)
{
    const char *tag = node_tag(node);
    const char *role = NULL;

    if (node_is_control(node))
        return control_role(node);
    if (strcmp(tag, "img") == 0)
        return image_role(node);
    if (strcmp(tag, "a") == 0 || strcmp(tag, "area") == 0)
        return node_has_attribute(node, "href") ? "link" : "generic";
    if ((strcmp(tag, "header") == 0 || strcmp(tag, "footer") == 0) && is_in_section(node))
        return "generic";
    if (strcmp(tag, "section") == 0)
        return has_label(node) ? "region" : "generic";
    if (strcmp(tag, "form") == 0)
        return has_label(node) ? "form" : "generic";
    if (strcmp(tag, "th") == 0 &&
        str_starts_with_nocase(str_of(node_attribute(node, "scope")), STR("row")))
        return "rowheader";
    role = pair_find(tag_roles, COUNT_OF(tag_roles), tag);
    return role ? role : "generic";
}

const char *node_role(const Node *node)
{
    const char *role = NULL;

    if (node_is_name_hidden(node))
        return "none";
    role = explicit_role(node);
    return role ? role : native_role(node);
}
