/* html_tree.c - the conversion, with a stack of its own instead of recursion.
 *
 * Form owners are worked out here, because only here is it known where in the source each
 * start tag stood. Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/html_tree.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "dom/index.h"

#define SVG_NAMESPACE    "http://www.w3.org/2000/svg"
#define MATHML_NAMESPACE "http://www.w3.org/1998/Math/MathML"

/* A Gumbo node whose children are being converted. */
typedef struct Frame {
    const GumboVector *children;
    unsigned next;
    xmlNode *node;   /* receives text and comments */
    xmlNode *attach; /* receives elements: an ancestor where the depth bound is reached */
    unsigned depth;  /* of attach */
    bool is_inert;
} Frame;

/* Something at an offset of the source that matters to form ownership. */
typedef struct FormEvent {
    size_t offset;

    enum { FORM_START, FORM_END, FORM_CONTROL } kind;

    xmlNode *node; /* NULL for FORM_END */
} FormEvent;

typedef struct Builder {
    HtmlTree *job;
    xmlNs *svg, *mathml;
    const xmlChar *tag_names[GUMBO_TAG_LAST]; /* interned */
    Frame *frames;
    size_t frame_count, frame_capacity;
    FormEvent *events;
    size_t event_count, event_capacity;
    size_t node_count;
    bool is_out_of_memory;
} Builder;

static const xmlChar *intern_lower(Builder *builder, GumboStringPiece piece)
{
    char *name = arena_alloc(builder->job->scratch, piece.length * 3 + 1);
    size_t length = 0;

    for (size_t i = 0; i < piece.length; i++) {
        char c = piece.data[i];
        if (c == '\0') { /* what the tokenizer makes of a NUL in a name */
            memcpy(name + length, "\xEF\xBF\xBD", 3);
            length += 3;
            continue;
        }
        name[length++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return xmlDictLookup(builder->job->tree->dict, (const xmlChar *)name,
                         (int)(length < INT_MAX ? length : INT_MAX));
}

static const xmlChar *element_name(Builder *builder, const GumboElement *element)
{
    GumboTag tag = element->tag;
    GumboStringPiece piece = element->original_tag;

    if (tag != GUMBO_TAG_UNKNOWN && element->tag_namespace != GUMBO_NAMESPACE_SVG) {
        if (!builder->tag_names[tag])
            builder->tag_names[tag] =
                xmlDictLookup(builder->job->tree->dict,
                              (const xmlChar *)gumbo_normalized_tagname(tag), -1);
        return builder->tag_names[tag];
    }
    if (piece.data)
        gumbo_tag_from_original_text(&piece);
    if (tag != GUMBO_TAG_UNKNOWN) {
        piece.data = gumbo_normalized_tagname(tag);
        piece.length = strlen(piece.data);
    }
    if (element->tag_namespace == GUMBO_NAMESPACE_SVG) {
        const char *cased = gumbo_normalize_svg_tagname(&piece);
        if (cased)
            return xmlDictLookup(builder->job->tree->dict, (const xmlChar *)cased, -1);
    }
    return intern_lower(builder, piece);
}

static xmlNs *element_namespace(Builder *builder, GumboNamespaceEnum which)
{
    xmlNode *root = xmlDocGetRootElement(builder->job->tree);

    if (which == GUMBO_NAMESPACE_SVG) {
        if (!builder->svg)
            builder->svg =
                xmlNewNs(root, (const xmlChar *)SVG_NAMESPACE, (const xmlChar *)"svg");
        return builder->svg;
    }
    if (!builder->mathml)
        builder->mathml =
            xmlNewNs(root, (const xmlChar *)MATHML_NAMESPACE, (const xmlChar *)"math");
    return builder->mathml;
}

/* "17nvup": the number, no box, not visible, not seen, pointed at (html.h). Numbers of a
 * page's own making are cut short, so that nothing overflows. */
static void mark_take(NodeData *data, const char *value)
{
    int digits = 0;

    data->is_marked = true;
    for (; *value >= '0' && *value <= '9' && digits < 9; value++, digits++)
        data->mark = data->mark * 10 + (*value - '0');
    data->is_boxless = strchr(value, 'n') != NULL;
    data->is_invisible = strchr(value, 'v') != NULL;
    data->is_unseen = strchr(value, 'u') != NULL;
    data->is_pointed = strchr(value, 'p') != NULL;
}

/* libxml2's own function looks at the names already there, converts and validates; the
 * tree builder has done that, so the attribute is linked by hand. */
static void attributes_add(Builder *builder, xmlNode *node, const GumboVector *attributes)
{
    static const char *const prefixes[] = {"", "xlink:", "xml:", "xmlns:"};
    xmlAttr *last = NULL;
    unsigned count = attributes->length;

    if (count > HTML_ATTRIBUTES_MOST) {
        count = HTML_ATTRIBUTES_MOST;
        builder->job->is_cut = true;
    }
    for (unsigned i = 0; i < count; i++) {
        const GumboAttribute *from = attributes->data[i];
        const char *prefix = prefixes[from->attr_namespace];
        const char *name = from->name;
        xmlAttr *attribute = NULL;
        if (builder->job->mark && strcmp(name, builder->job->mark) == 0) {
            mark_take(node->_private, from->value);
            continue;
        }
        if (*prefix && strcmp(name, "xmlns") != 0)
            name = arena_printf(builder->job->scratch, "%s%s", prefix, name);
        attribute = (xmlAttr *)xmlMalloc(sizeof(*attribute));
        if (!attribute) {
            builder->is_out_of_memory = true;
            return;
        }
        *attribute = (xmlAttr){
            .type = XML_ATTRIBUTE_NODE, .parent = node, .doc = node->doc, .prev = last};
        attribute->name = xmlDictLookup(node->doc->dict, (const xmlChar *)name, -1);
        attribute->children = xmlNewDocText(node->doc, (const xmlChar *)from->value);
        attribute->last = attribute->children;
        if (last)
            last->next = attribute;
        else
            node->properties = attribute;
        last = attribute;
        if (!attribute->name || !attribute->children) {
            builder->is_out_of_memory = true;
            return;
        }
        attribute->children->parent = (xmlNode *)attribute;
    }
}

static bool is_control(GumboTag tag)
{
    return tag == GUMBO_TAG_BUTTON || tag == GUMBO_TAG_INPUT || tag == GUMBO_TAG_SELECT ||
           tag == GUMBO_TAG_TEXTAREA || tag == GUMBO_TAG_FIELDSET ||
           tag == GUMBO_TAG_OUTPUT || tag == GUMBO_TAG_OBJECT || tag == GUMBO_TAG_IMG;
}

static void form_event_note(Builder *builder, const GumboElement *element, xmlNode *node)
{
    FormEvent event = {.kind = FORM_CONTROL, .node = node};

    if (element->tag_namespace != GUMBO_NAMESPACE_HTML || !element->original_tag.data)
        return;
    if (element->tag == GUMBO_TAG_FORM)
        event.kind = FORM_START;
    else if (!is_control(element->tag))
        return;
    event.offset = (size_t)(element->original_tag.data - builder->job->source);
    ARENA_PUSH(builder->job->scratch, builder->events, builder->event_count,
               builder->event_capacity, event);
}

static void node_link(xmlNode *parent, xmlNode *node)
{
    node->parent = parent;
    node->prev = parent->last;
    if (parent->last)
        parent->last->next = node;
    else
        parent->children = node;
    parent->last = node;
}

static xmlNode *element_make(Builder *builder, const GumboNode *from, bool is_inert)
{
    const GumboElement *element = &from->v.element;
    xmlDoc *tree = builder->job->tree;
    const xmlChar *name = element_name(builder, element);
    xmlNode *node = name ? xmlNewDocNode(tree, NULL, name, NULL) : NULL;
    NodeData *data = NULL;

    if (!node) {
        builder->is_out_of_memory = true;
        return NULL;
    }
    data = ARENA_NEW(builder->job->arena, NodeData);
    data->is_html = element->tag_namespace == GUMBO_NAMESPACE_HTML;
    data->is_inert = is_inert;
    data->line = element->original_tag.length ? element->start_pos.line : 0;
    node->_private = data;
    node->line = (unsigned short)(data->line < 65535 ? data->line : 65535);
    if (!data->is_html)
        node->ns = element_namespace(builder, element->tag_namespace);
    attributes_add(builder, node, &element->attributes);
    if (!is_inert)
        form_event_note(builder, element, node);
    return node;
}

static xmlNode *text_make(xmlDoc *tree, const GumboNode *from)
{
    const xmlChar *text = (const xmlChar *)from->v.text.text;

    if (from->type == GUMBO_NODE_COMMENT)
        return xmlNewDocComment(tree, text);
    return xmlNewDocText(tree, text);
}

/* A declarative shadow root is shown by browsers; any other template is kept out of sight.
 */
static bool template_is_inert(const GumboElement *element)
{
    return !gumbo_get_attribute(&element->attributes, "shadowrootmode");
}

static void element_enter(Builder *builder, const Frame *frame, const GumboNode *from)
{
    xmlNode *node = element_make(builder, from, frame->is_inert);
    Frame inner = {.children = &from->v.element.children, .node = node, .attach = node};

    if (!node)
        return;
    if (frame->attach != frame->node)
        builder->job->is_cut = true;
    inner.is_inert = frame->is_inert || (from->type == GUMBO_NODE_TEMPLATE &&
                                         template_is_inert(&from->v.element));
    inner.depth = frame->depth + 1;
    if (frame->node->type == XML_DOCUMENT_NODE)
        xmlDocSetRootElement(builder->job->tree, node);
    else
        node_link(frame->attach, node);
    if (inner.depth >= HTML_DEPTH_MOST) {
        inner.attach = node->parent;
        inner.depth = HTML_DEPTH_MOST - 1;
    }
    ARENA_PUSH(builder->job->scratch, builder->frames, builder->frame_count,
               builder->frame_capacity, inner);
}

static void text_enter(Builder *builder, const Frame *frame, const GumboNode *from)
{
    xmlNode *node = NULL;
    xmlNode *last = frame->node->last;

    if (from->type != GUMBO_NODE_COMMENT && last && last->type == XML_TEXT_NODE) {
        xmlNodeAddContent(last, (const xmlChar *)from->v.text.text);
        return;
    }
    node = text_make(builder->job->tree, from);
    if (!node)
        builder->is_out_of_memory = true;
    else if (frame->node->type == XML_DOCUMENT_NODE)
        xmlAddChild(frame->node, node);
    else
        node_link(frame->node, node);
}

static bool walk(Builder *builder, const GumboNode *document, const char *url, Error *err)
{
    Frame top = {.children = &document->v.document.children,
                 .node = (xmlNode *)builder->job->tree,
                 .attach = (xmlNode *)builder->job->tree};

    ARENA_PUSH(builder->job->scratch, builder->frames, builder->frame_count,
               builder->frame_capacity, top);
    while (builder->frame_count && !builder->is_out_of_memory) {
        Frame *frame = &builder->frames[builder->frame_count - 1];
        Frame here = *frame;
        const GumboNode *child = NULL;
        if (frame->next == frame->children->length) {
            builder->frame_count--;
            continue;
        }
        child = frame->children->data[frame->next++];
        if (++builder->node_count > HTML_NODES_MOST)
            return error_set(err, ERROR_LIMIT, url, "the page has more than %d nodes",
                             HTML_NODES_MOST);
        if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE)
            element_enter(builder, &here, child);
        else
            text_enter(builder, &here, child);
    }
    if (builder->is_out_of_memory)
        arena_exhausted(); /* our machine's limit, not the page's: that one is counted */
    return true;
}

static int event_compare(const void *left, const void *right)
{
    const FormEvent *a = left, *b = right;

    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

/* The tree builder's form element pointer, played again: a form's start tag sets it (the
 * builder left out the start tags it ignored), an end tag clears it, wherever it stands. */
static void forms_replay(Builder *builder)
{
    const HtmlScan *scan = builder->job->scan;
    const xmlNode *form = NULL;

    for (size_t i = 0; i < scan->form_end_count; i++) {
        FormEvent event = {.kind = FORM_END, .offset = scan->form_ends[i]};
        ARENA_PUSH(builder->job->scratch, builder->events, builder->event_count,
                   builder->event_capacity, event);
    }
    if (!builder->event_count)
        return;
    qsort(builder->events, builder->event_count, sizeof(FormEvent), event_compare);
    for (size_t i = 0; i < builder->event_count; i++) {
        const FormEvent *event = &builder->events[i];
        if (event->kind == FORM_START)
            form = event->node;
        else if (event->kind == FORM_END)
            form = NULL;
        else
            ((NodeData *)event->node->_private)->form = form;
    }
}

static void tree_free(void *tree)
{
    xmlFreeDoc(tree);
}

bool html_tree_convert(HtmlTree *job, const GumboOutput *output, const char *url,
                       Error *err)
{
    const GumboDocument *document = &output->document->v.document;
    Builder *builder = ARENA_NEW(job->scratch, Builder);

    builder->job = job;
    job->tree = xmlNewDoc((const xmlChar *)"1.0");
    if (!job->tree)
        return error_set(err, ERROR_FAILED, url, "out of memory");
    arena_on_release(job->arena, tree_free, job->tree);
    job->tree->dict = xmlDictCreate();
    if (!job->tree->dict)
        return error_set(err, ERROR_FAILED, url, "out of memory");
    if (!walk(builder, output->document, url, err))
        return false;
    forms_replay(builder);
    /* last, because libxml2 looks into a document type for every attribute made */
    if (document->has_doctype)
        xmlCreateIntSubset(job->tree, (const xmlChar *)document->name,
                           (const xmlChar *)document->public_identifier,
                           (const xmlChar *)document->system_identifier);
    return true;
}
