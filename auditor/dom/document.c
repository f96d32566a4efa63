/* document.c - what the rest of the program may ask a document and its nodes.
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/document.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/url.h"
#include "dom/encoding.h"
#include "dom/index.h"
#include "dom/text.h"

enum { QUERY_MOST = 1 << 20 };

static const NodeList no_nodes = {NULL, 0, 0};

const char *attribute_text(const xmlAttr *attribute)
{
    const xmlNode *text = attribute->children;

    return text && text->content ? (const char *)text->content : "";
}

const xmlNode *tree_next(const xmlNode *node, const xmlNode *root, bool is_deep)
{
    if (is_deep && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != root) {
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

const Node *document_root(const Document *document)
{
    return node_of(document->root);
}

const Node *document_head(const Document *document)
{
    return node_of(document->head);
}

const Node *document_body(const Document *document)
{
    return node_of(document->body);
}

const char *document_url(const Document *document)
{
    return document->url;
}

const char *document_base(const Document *document)
{
    return document->base;
}

const char *document_encoding(const Document *document)
{
    return document->encoding;
}

const char *document_encoding_source(const Document *document)
{
    return document->encoding_source;
}

bool document_is_quirks(const Document *document)
{
    return document->is_quirks;
}

bool document_is_cut(const Document *document)
{
    return document->is_cut;
}

const char *document_doctype(const Document *document)
{
    return document->tree->intSubset ? (const char *)document->tree->intSubset->name : NULL;
}

int document_parse_errors(const Document *document)
{
    return document->parse_errors;
}

const char *document_title(const Document *document)
{
    return document->title;
}

const char *document_language(const Document *document)
{
    return document->language;
}

size_t document_element_count(const Document *document)
{
    return document->element_count;
}

const Node *document_element(const Document *document, size_t i)
{
    return document->elements[i];
}

Arena *document_arena(const Document *document)
{
    return document->arena;
}

const NodeList *document_by_tag(const Document *document, const char *tag)
{
    const NodeList *list = index_find(document, &document->tags, str_of(tag));

    return list ? list : &no_nodes;
}

/* Quirks mode compares classes and ids without case; the index holds them in lower case. */
static const NodeList *by_token(const Document *document, const IndexTable *table,
                                const char *token)
{
    const NodeList *list = NULL;
    size_t length = strlen(token);
    char small[64];
    char *lower = small;

    if (!document->is_quirks) {
        list = index_find(document, table, str_of(token));
        return list ? list : &no_nodes;
    }
    if (length > sizeof(small))
        lower = arena_alloc(document->arena, length);
    for (size_t i = 0; i < length; i++)
        lower[i] = (char)(token[i] >= 'A' && token[i] <= 'Z' ? token[i] + 32 : token[i]);
    list = index_find(document, table, str_from(lower, length));
    return list ? list : &no_nodes;
}

const NodeList *document_by_class(const Document *document, const char *token)
{
    return by_token(document, &document->classes, token);
}

const NodeList *document_list_by_id(const Document *document, const char *id)
{
    return by_token(document, &document->ids, id);
}

const Node *document_by_id(const Document *document, const char *id)
{
    const NodeList *list = by_token(document, &document->ids, id);

    return list->count ? list->items[0] : NULL;
}

const NodeList *document_by_attribute(const Document *document, const char *name)
{
    const NodeList *list = index_find(document, &document->attributes, str_of(name));

    return list ? list : &no_nodes;
}

const NodeList *document_duplicate_ids(const Document *document)
{
    return &document->duplicate_ids;
}

Str document_visible_text(const Document *document)
{
    DocumentCache *cache = document->cache;

    if (!cache->has_text) {
        cache->has_text = true;
        if (document->body)
            document_text_read(document);
    }
    return cache->visible_text;
}

void **document_note(const Document *document)
{
    return &document->cache->note;
}

const char *node_tag(const Node *node)
{
    return node_xml(node)->type == XML_ELEMENT_NODE ? (const char *)node_xml(node)->name
                                                    : "";
}

bool node_is_tag(const Node *node, const char *tag)
{
    const char *own = node_tag(node);

    /* the first letter tells most apart, without a call */
    return own[0] == tag[0] && strcmp(own, tag) == 0;
}

bool node_is_html(const Node *node)
{
    return node_data(node)->is_html;
}

bool node_is_inert(const Node *node)
{
    return node_data(node)->is_inert;
}

static const xmlAttr *attribute_find(const Node *node, const char *name)
{
    for (const xmlAttr *attribute = node_xml(node)->properties; attribute;
         attribute = attribute->next)
        if ((char)attribute->name[0] == name[0] &&
            strcmp((const char *)attribute->name, name) == 0)
            return attribute;
    return NULL;
}

const char *node_attribute(const Node *node, const char *name)
{
    const xmlAttr *attribute = attribute_find(node, name);

    return attribute ? attribute_text(attribute) : NULL;
}

bool node_has_attribute(const Node *node, const char *name)
{
    return attribute_find(node, name) != NULL;
}

bool node_has_class(const Node *node, const char *token)
{
    const NodeData *data = node_data(node);
    bool is_quirks = node_document(node)->is_quirks;

    for (uint32_t i = 0; i < data->class_count; i++)
        if (strcmp(data->classes[i], token) == 0 ||
            (is_quirks && strcasecmp(data->classes[i], token) == 0))
            return true;
    return false;
}

bool node_attribute_at(const Node *node, size_t n, const char **name, const char **value)
{
    const xmlAttr *attribute = node_xml(node)->properties;

    while (attribute && n--)
        attribute = attribute->next;
    if (!attribute)
        return false;
    *name = (const char *)attribute->name;
    *value = attribute_text(attribute);
    return true;
}

const Node *node_parent(const Node *node)
{
    const xmlNode *parent = node_xml(node)->parent;

    return parent && parent->type == XML_ELEMENT_NODE ? node_of(parent) : NULL;
}

const Node *node_first_child(const Node *node)
{
    const xmlNode *child = node_xml(node)->children;

    while (child && child->type != XML_ELEMENT_NODE)
        child = child->next;
    return node_of(child);
}

const Node *node_next(const Node *node)
{
    const xmlNode *next = node_xml(node)->next;

    while (next && next->type != XML_ELEMENT_NODE)
        next = next->next;
    return node_of(next);
}

const Node *node_previous(const Node *node)
{
    const xmlNode *previous = node_xml(node)->prev;

    while (previous && previous->type != XML_ELEMENT_NODE)
        previous = previous->prev;
    return node_of(previous);
}

const Node *node_closest(const Node *node, const char *tag)
{
    while (node && !node_is_tag(node, tag))
        node = node_parent(node);
    return node;
}

bool node_contains(const Node *outer, const Node *inner)
{
    return node_order(inner) >= node_order(outer) &&
           node_order(inner) < node_order_end(outer);
}

size_t node_order(const Node *node)
{
    return node_data(node)->order;
}

size_t node_order_end(const Node *node)
{
    return node_data(node)->order_end;
}

int node_depth(const Node *node)
{
    return (int)node_data(node)->depth;
}

int node_mark(const Node *node)
{
    return node_xml(node)->type == XML_ELEMENT_NODE ? node_data(node)->mark : 0;
}

int node_is_seen(const Node *node)
{
    const NodeData *data = node_data(node);

    if (!data->is_marked)
        return -1;
    return !data->is_boxless && !data->is_invisible && !data->is_unseen;
}

bool node_is_pointed(const Node *node)
{
    return node_data(node)->is_pointed;
}

int node_line(const Node *node)
{
    return (int)node_data(node)->line;
}

static bool is_ascii(Str s)
{
    for (size_t i = 0; i < s.length; i++)
        if ((unsigned char)s.data[i] >= 0x80)
            return false;
    return true;
}

static void add_percent(Buf *buf, Str bytes)
{
    /* what the encoding lacks came as &#N; */
    if (str_starts_with(bytes, STR("&#"))) {
        buf_printf(buf, "%%26%%23%.*s%%3B", (int)bytes.length - 3, bytes.data + 2);
        return;
    }
    for (size_t i = 0; i < bytes.length; i++)
        buf_printf(buf, "%%%02X", (unsigned char)bytes.data[i]);
}

/* The part of a reference between '?' and '#', its non-ASCII bytes as %XX of the page's
 * encoding. */
static Str query_encode(Arena *arena, const Document *document, Str reference)
{
    size_t hash = str_find_byte(reference, '#', 0);
    size_t mark = str_find_byte(str_slice(reference, 0, hash), '?', 0);
    Str query = str_slice(reference, 0, hash);
    AUTO(buf_release) Buf buf = {0};

    if (mark == SIZE_MAX || is_ascii(query))
        return reference;
    buf_init(&buf, QUERY_MOST);
    buf_add(&buf, str_slice(reference, 0, mark));
    for (size_t at = mark; at < query.length;) {
        size_t from = at;
        unsigned rune = str_next_rune(query, &at);
        Str bytes = str_slice(query, from, at - from);
        if (rune < 0x80)
            buf_add(&buf, bytes);
        else
            add_percent(&buf, encoding_encode(arena, bytes, document->encoding));
    }
    buf_add(&buf, str_slice(reference, hash, reference.length));
    return buf.is_over ? reference : arena_str(arena, buf_str(&buf));
}

/* Against the base, which is parsed once. */
static bool reference_parse(Arena *arena, const Document *document, Str reference, Url *url)
{
    DocumentCache *cache = document->cache;

    if (!cache->is_base_read)
        cache->has_base =
            document->base &&
            url_parse(document->arena, str_of(document->base), NULL, &cache->base, NULL);
    cache->is_base_read = true;
    if (strcmp(encoding_output(document->encoding), "UTF-8") != 0)
        reference = query_encode(arena, document, reference);
    return (cache->has_base || !document->base) &&
           url_parse(arena, reference, cache->has_base ? &cache->base : NULL, url, NULL);
}

const char *reference_resolve(Arena *arena, const Document *document, Str reference)
{
    Url url;
    return reference_parse(arena, document, reference, &url) ? url.href : NULL;
}

const Url *node_target(const Document *document, const Node *node)
{
    DocumentCache *cache = document->cache;
    const char *href = NULL;
    const Url **known = NULL;

    if (!cache->targets)
        cache->targets =
            ARENA_ARRAY(document->arena, document->element_count + 1, const Url *);
    known = &cache->targets[node_order(node)];
    if (!*known) {
        Url *url = ARENA_NEW(document->arena, Url);
        href = node_attribute(node, "href");
        *known = href && reference_parse(document->arena, document, str_of(href), url)
                     ? url
                     : &cache->nowhere;
    }
    return *known == &cache->nowhere ? NULL : *known;
}

const char *node_url(Arena *arena, const Document *document, const Node *node,
                     const char *attribute)
{
    const char *value = node_attribute(node, attribute);
    const Url *target = NULL;

    if (strcmp(attribute, "href") != 0)
        return value ? reference_resolve(arena, document, str_of(value)) : NULL;
    target = node_target(document, node);
    return target ? arena_str_text(arena, str_of(target->href)) : NULL;
}

void node_list_add(Arena *arena, NodeList *list, const Node *node)
{
    ARENA_PUSH(arena, list->items, list->count, list->capacity, node);
}
