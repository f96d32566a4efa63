/* name.c - accessible names: references, labels, the element's own way, its content.
 *
 * https://www.w3.org/TR/accname-1.2/ as Chromium does it (scenarios.md 2.8). Layer: dom.
 * SPDX-License-Identifier: MIT */
#include "dom/name.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "dom/forms.h"
#include "dom/index.h"
#include "dom/text.h"

/* A name is no longer than this, and made of no more parts: no page can make us read it
 * over and over. */
enum { NAME_MOST = 1 << 16, DEPTH_MOST = 256, PARTS_MOST = 20000 };

/* A name being put together. */
typedef struct Namer {
    const Document *document;
    Arena *arena;
    Buf buf;
    bool has_gap;
    const Node *labelled; /* control whose labels are read: it adds nothing itself */
    bool is_hidden_read;  /* the referenced element is hidden: so may its parts be */
    int depth;
    int parts;
} Namer;

static void content_add(Namer *namer, const Node *node);

static bool is_among(const char *text, const char *const *list)
{
    for (size_t i = 0; list[i]; i++)
        if (strcmp(text, list[i]) == 0)
            return true;
    return false;
}

static bool is_blank_text(const char *text)
{
    Str s = str_of(text);

    for (size_t at = 0; at < s.length;)
        if (!rune_is_space(str_next_rune(s, &at)))
            return false;
    return true;
}

static bool is_aria_hidden(const Node *node)
{
    return (node_data(node)->has & HAS_ARIA_HIDDEN) &&
           str_equal_nocase(str_of(node_attribute(node, "aria-hidden")), STR("true"));
}

bool node_is_name_hidden(const Node *node)
{
    if (node_visibility(node) == VISIBILITY_HIDDEN)
        return true;
    for (; node; node = node_parent(node))
        if (is_aria_hidden(node))
            return true;
    return false;
}

static bool is_labelable(const Node *node)
{
    static const char *const tags[] = {"button", "meter",    "output", "progress",
                                       "select", "textarea", NULL};

    return node_is_html(node) &&
           (is_among(node_tag(node), tags) ||
            (node_is_tag(node, "input") && strcmp(control_type(node), "hidden") != 0));
}

const Node *label_control(const Document *document, const Node *label)
{
    const char *id = node_attribute(label, "for");

    if (id) {
        const Node *control = *id ? document_by_id(document, id) : NULL;
        return control && is_labelable(control) ? control : NULL;
    }
    for (size_t i = node_order(label) + 1; i < node_order_end(label); i++)
        if (is_labelable(document_element(document, i)))
            return document_element(document, i);
    return NULL;
}

/* The control of every label, in their order; looked up once a document. */
static const Node *const *labelled_read(const Document *document, const NodeList *labels)
{
    DocumentCache *cache = document->cache;

    if (cache->labelled)
        return cache->labelled;
    cache->labelled = ARENA_ARRAY(document->arena, labels->count + 1, const Node *);
    for (size_t i = 0; i < labels->count; i++)
        cache->labelled[i] = label_control(document, labels->items[i]);
    return cache->labelled;
}

void node_labels(Arena *arena, const Document *document, const Node *control,
                 NodeList *list)
{
    const NodeList *labels = document_by_tag(document, "label");
    const Node *const *labelled = NULL;

    if (!is_labelable(control))
        return;
    labelled = labelled_read(document, labels);
    for (size_t i = 0; i < labels->count; i++)
        if (labelled[i] == control)
            node_list_add(arena, list, labels->items[i]);
}

static void text_add(Namer *namer, Str text)
{
    for (size_t at = 0; at < text.length;) {
        size_t from = at;
        if (rune_is_space(str_next_rune(text, &at))) {
            namer->has_gap = true;
            continue;
        }
        if (namer->has_gap && namer->buf.length)
            buf_add_byte(&namer->buf, ' ');
        namer->has_gap = false;
        buf_add(&namer->buf, str_slice(text, from, at - from));
    }
}

/* Inline style of the element or one around it may change the letters. */
static void styled_add(Namer *namer, const Node *parent, Str text)
{
    for (const Node *at = parent; at; at = node_parent(at)) {
        Str transform = {NULL, 0};
        if (node_has_attribute(at, "style"))
            transform = node_style(at, "text-transform");
        if (str_equal_nocase(transform, STR("uppercase")))
            text = text_upper(namer->arena, text);
        if (transform.length)
            break;
    }
    text_add(namer, text);
}

/* What a control inside a label or a heading says: its value. */
static bool embedded_add(Namer *namer, const Node *node)
{
    static const char *const roles[] = {"textbox", "searchbox", "spinbutton", "slider",
                                        NULL};
    const char *role = node_role(node);
    const FormState *state = NULL;

    if (!node_is_control(node))
        return false;
    if (node == namer->labelled)
        return true;
    state = form_state_create(namer->arena, namer->document);
    if (node_is_tag(node, "select")) {
        NodeList options = {NULL, 0, 0};
        select_options(node, namer->arena, &options);
        for (size_t i = 0; i < options.count; i++) {
            if (!control_is_checked(state, options.items[i]))
                continue;
            text_add(namer, node_text_content(namer->arena, options.items[i]));
            namer->has_gap = true;
        }
        return true;
    }
    if (!is_among(role, roles))
        return false;
    text_add(namer, str_of(control_value(state, node)));
    return true;
}

/* title of an svg. */
static void svg_add(Namer *namer, const Node *svg)
{
    for (const Node *child = node_first_child(svg); child; child = node_next(child))
        if (node_is_tag(child, "title"))
            text_add(namer, node_text_content(namer->arena, child));
}

static bool is_unread(const Namer *namer, const Node *node)
{
    static const char *const tags[] = {"noscript", "rt",       "rp", "script",
                                       "style",    "template", NULL};

    if (node_is_html(node) && is_among(node_tag(node), tags))
        return true;
    if (is_aria_hidden(node))
        return !namer->is_hidden_read;
    if (namer->is_hidden_read)
        return false;
    if (node_data(node)->is_marked && node_data(node)->is_invisible)
        return true;
    return (node_is_not_rendered(node) && !node_is_control(node)) ||
           (!node_data(node)->is_marked &&
            str_equal_nocase(node_style(node, "visibility"), STR("hidden"))) ||
           str_equal_nocase(str_of(node_attribute(node, "type")), STR("hidden"));
}

static bool aria_add(Namer *namer, const Node *node)
{
    const char *label = node_attribute(node, "aria-label");

    if (!label || is_blank_text(label))
        return false;
    text_add(namer, str_of(label));
    return true;
}

/* The element's own name within a larger one. */
static void element_add(Namer *namer, const Node *node)
{
    static const char *const pictures[] = {"img", "area", NULL};
    size_t before = namer->buf.length;
    bool is_quote = node_is_tag(node, "q");

    if (aria_add(namer, node) || embedded_add(namer, node))
        return;
    if (is_among(node_tag(node), pictures) || strcmp(control_type(node), "image") == 0)
        text_add(namer, str_of(node_attribute(node, "alt")));
    else if (node_is_tag(node, "svg"))
        svg_add(namer, node);
    else if (node_is_tag(node, "input"))
        text_add(namer, str_of(node_attribute(node, "value")));
    if (is_quote)
        text_add(namer, STR("“"));
    content_add(namer, node);
    if (is_quote)
        text_add(namer, STR("”"));
    if (namer->buf.length == before && node_has_attribute(node, "title"))
        text_add(namer, str_of(node_attribute(node, "title")));
}

static void content_add(Namer *namer, const Node *node)
{
    if (++namer->depth > DEPTH_MOST) {
        namer->depth--;
        return;
    }
    for (const xmlNode *child = node_xml(node)->children; child; child = child->next) {
        const Node *part = node_of(child);
        bool is_block = false;
        if (++namer->parts > PARTS_MOST)
            break;
        if (child->type == XML_TEXT_NODE)
            styled_add(namer, node, str_of((const char *)child->content));
        if (child->type != XML_ELEMENT_NODE || is_unread(namer, part))
            continue;
        is_block =
            node_is_block(part) || node_is_tag(part, "td") || node_is_tag(part, "th");
        namer->has_gap = namer->has_gap || is_block;
        element_add(namer, part);
        namer->has_gap = namer->has_gap || is_block;
    }
    namer->depth--;
}

static void labels_add(Namer *namer, const Node *control)
{
    NodeList labels = {NULL, 0, 0};

    node_labels(namer->arena, namer->document, control, &labels);
    namer->labelled = control;
    for (size_t i = 0; i < labels.count; i++) {
        namer->has_gap = true;
        if (!aria_add(namer, labels.items[i]))
            content_add(namer, labels.items[i]);
    }
    namer->labelled = NULL;
}

static void child_add(Namer *namer, const Node *node, const char *tag)
{
    const Node *child = node_first_child(node);

    while (child && !node_is_tag(child, tag))
        child = node_next(child);
    if (child)
        content_add(namer, child);
}

static void button_input_add(Namer *namer, const Node *input)
{
    const char *type = control_type(input);
    const char *value = node_attribute(input, "value");
    bool is_image = strcmp(type, "image") == 0;

    if (is_image)
        value = node_attribute(input, "alt");
    if (is_image && (!value || !*value))
        value = node_attribute(input, "title");
    if (value && *value)
        text_add(namer, str_of(value));
    else if (is_image || strcmp(type, "submit") == 0)
        text_add(namer, STR("Submit"));
    else if (strcmp(type, "reset") == 0)
        text_add(namer, STR("Reset"));
}

/* What HTML says names this element, before its content. */
static void native_add(Namer *namer, const Node *node)
{
    static const char *const buttons[] = {"submit", "reset", "button", "image", NULL};
    const char *tag = node_tag(node);

    if (!node_is_html(node)) {
        svg_add(namer, node);
        return;
    }
    labels_add(namer, node);
    if (namer->buf.length)
        return;
    if (strcmp(tag, "input") == 0 && is_among(control_type(node), buttons))
        button_input_add(namer, node);
    else if (strcmp(tag, "img") == 0 || strcmp(tag, "area") == 0)
        text_add(namer, str_of(node_attribute(node, "alt")));
    else if (strcmp(tag, "fieldset") == 0)
        child_add(namer, node, "legend");
    else if (strcmp(tag, "table") == 0)
        child_add(namer, node, "caption");
    else if (strcmp(tag, "option") == 0 || strcmp(tag, "optgroup") == 0)
        text_add(namer, str_of(node_attribute(node, "label")));
}

static bool is_named_by_content(const Node *node)
{
    static const char *const roles[] = {"button",
                                        "link",
                                        "heading",
                                        "option",
                                        "checkbox",
                                        "radio",
                                        "switch",
                                        "menuitem",
                                        "menuitemcheckbox",
                                        "menuitemradio",
                                        "tab",
                                        "treeitem",
                                        "DisclosureTriangle",
                                        "cell",
                                        "gridcell",
                                        "columnheader",
                                        "rowheader",
                                        "tooltip",
                                        NULL};

    if (node_is_pointed(node)) /* pressed like a button, it is called by its words */
        return true;
    return is_among(node_role(node), roles) && !node_is_tag(node, "input");
}

/* One target of aria-labelledby. Hidden ones are read all the same, parts included. */
static void referenced_add(Namer *namer, const Node *node)
{
    namer->has_gap = true;
    namer->is_hidden_read = node_is_name_hidden(node);
    if (!aria_add(namer, node) && !embedded_add(namer, node)) {
        size_t before = namer->buf.length;
        native_add(namer, node);
        if (namer->buf.length == before)
            content_add(namer, node);
        if (namer->buf.length == before && node_has_attribute(node, "title"))
            text_add(namer, str_of(node_attribute(node, "title")));
    }
    namer->is_hidden_read = false;
}

static void labelledby_add(Namer *namer, const Node *node)
{
    Str rest = str_of(node_attribute(node, "aria-labelledby"));
    Str id;

    while (namer->parts++ < PARTS_MOST && str_next_word(&rest, &id)) {
        const Node *target =
            document_by_id(namer->document, arena_str_text(namer->arena, id));
        if (target)
            referenced_add(namer, target);
    }
}

/* The steps in order; returns which one gave a name. */
static const char *steps(Namer *namer, const Node *node)
{
    labelledby_add(namer, node);
    if (namer->buf.length)
        return "labelledby";
    if (aria_add(namer, node))
        return "label";
    native_add(namer, node);
    if (namer->buf.length)
        return "native";
    if (is_named_by_content(node))
        content_add(namer, node);
    if (namer->buf.length)
        return "contents";
    text_add(namer, str_of(node_attribute(node, "title")));
    if (namer->buf.length)
        return "title";
    text_add(namer, str_of(node_attribute(node, "placeholder")));
    if (!namer->buf.length)
        text_add(namer, str_of(node_attribute(node, "aria-placeholder")));
    return namer->buf.length ? "placeholder" : "";
}

/* Worked out afresh. */
static KnownName name_read(const Document *document, const Node *node)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    Namer namer = {.document = document, .arena = scratch};
    KnownName known = {.name = "", .from = ""};

    if (!node_is_name_hidden(node)) {
        buf_init(&namer.buf, NAME_MOST);
        known.from = steps(&namer, node);
        known.name = arena_str_text(document->arena, buf_str(&namer.buf));
        buf_release(&namer.buf);
    }
    return known;
}

const char *node_name(Arena *arena, const Document *document, const Node *node,
                      const char **from)
{
    DocumentCache *cache = document->cache;
    KnownName *known = NULL;

    if (!cache->names)
        cache->names = ARENA_ARRAY(document->arena, document->element_count + 1, KnownName);
    known = &cache->names[node_order(node)];
    if (!known->name)
        *known = name_read(document, node);
    if (from)
        *from = known->from;
    return arena_str_text(arena, str_of(known->name));
}
