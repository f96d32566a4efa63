/* index.c - one walk over the tree: order, positions, and the lists.
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/index.h"

#include <limits.h>
#include <string.h>

#include "base/url.h"
#include "dom/text.h"

static size_t slot_of(const char *key, size_t slot_count)
{
    uint64_t hash = (uint64_t)(uintptr_t)key * 0x9E3779B97F4A7C15u;

    return (size_t)(hash >> 32) & (slot_count - 1);
}

static void slots_fill(Arena *arena, IndexTable *table, size_t slot_count)
{
    table->slots = ARENA_ARRAY(arena, slot_count, uint32_t);
    table->slot_count = slot_count;
    for (size_t i = 0; i < table->count; i++) {
        size_t slot = slot_of(table->entries[i].key, slot_count);
        while (table->slots[slot])
            slot = (slot + 1) & (slot_count - 1);
        table->slots[slot] = (uint32_t)i + 1;
    }
}

static IndexEntry *table_get(const IndexTable *table, const char *key)
{
    size_t slot = 0;

    if (!table->slot_count)
        return NULL;
    for (slot = slot_of(key, table->slot_count); table->slots[slot];
         slot = (slot + 1) & (table->slot_count - 1))
        if (table->entries[table->slots[slot] - 1].key == key)
            return &table->entries[table->slots[slot] - 1];
    return NULL;
}

static IndexEntry *table_put(Arena *arena, IndexTable *table, const char *key)
{
    IndexEntry *entry = table_get(table, key);

    if (entry)
        return entry;
    ARENA_PUSH(arena, table->entries, table->count, table->capacity,
               ((IndexEntry){.key = key}));
    if (table->count * 2 > table->slot_count) {
        slots_fill(arena, table, table->slot_count ? table->slot_count * 2 : 64);
    } else {
        size_t slot = slot_of(key, table->slot_count);
        while (table->slots[slot])
            slot = (slot + 1) & (table->slot_count - 1);
        table->slots[slot] = (uint32_t)table->count;
    }
    return &table->entries[table->count - 1];
}

const NodeList *index_find(const Document *document, const IndexTable *table, Str key)
{
    const IndexEntry *entry = NULL;
    const xmlChar *interned = NULL;

    if (key.length <= INT_MAX && key.data)
        interned =
            xmlDictExists(document->dictionary, (const xmlChar *)key.data, (int)key.length);
    if (interned)
        entry = table_get(table, (const char *)interned);
    return entry ? &entry->nodes : NULL;
}

static const char *intern(const Document *document, Str s)
{
    const xmlChar *name = xmlDictLookup(document->dictionary, (const xmlChar *)s.data,
                                        (int)(s.length < INT_MAX ? s.length : INT_MAX));
    return name ? (const char *)name : "";
}

/* In quirks mode classes and ids are compared without case. */
static const char *intern_token(const Document *document, Str token)
{
    char small[64];
    char *lower = small;

    if (!document->is_quirks)
        return intern(document, token);
    if (token.length > sizeof(small))
        lower = arena_alloc(document->arena, token.length);
    for (size_t i = 0; i < token.length; i++) {
        char c = token.data[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return intern(document, str_from(lower, token.length));
}

static void classes_add(Document *document, xmlNode *node, const char *value)
{
    NodeData *data = node->_private;
    Str rest = str_of(value);
    Str token;
    size_t count = 0;

    while (str_next_word(&rest, &token))
        count++;
    data->classes = ARENA_ARRAY(document->arena, count, const char *);
    rest = str_of(value);
    while (str_next_word(&rest, &token)) {
        const char *class = intern_token(document, token);
        IndexEntry *entry = NULL;
        data->classes[data->class_count++] = class;
        if (data->is_inert)
            continue;
        entry = table_put(document->arena, &document->classes, class);
        /* a token twice in one attribute is one class */
        if (!entry->nodes.count ||
            entry->nodes.items[entry->nodes.count - 1] != node_of(node))
            node_list_add(document->arena, &entry->nodes, node_of(node));
    }
}

static unsigned char attribute_kind(const char *name)
{
    if (strcmp(name, "style") == 0)
        return HAS_STYLE;
    if (strcmp(name, "hidden") == 0)
        return HAS_HIDDEN;
    if (strcmp(name, "aria-hidden") == 0)
        return HAS_ARIA_HIDDEN;
    return strcmp(name, "popover") == 0 ? HAS_POPOVER : 0;
}

static void attributes_index(Document *document, xmlNode *node)
{
    NodeData *data = node->_private;

    for (const xmlAttr *attribute = node->properties; attribute;
         attribute = attribute->next) {
        const char *name = (const char *)attribute->name;
        const char *value = attribute_text(attribute);
        data->has |= attribute_kind(name);
        if (strcmp(name, "class") == 0)
            classes_add(document, node, value);
        if (data->is_inert)
            continue;
        node_list_add(document->arena,
                      &table_put(document->arena, &document->attributes, name)->nodes,
                      node_of(node));
        if (strcmp(name, "id") == 0 && *value) {
            IndexEntry *entry = table_put(document->arena, &document->ids,
                                          intern_token(document, str_of(value)));
            if (entry->nodes.count)
                node_list_add(document->arena, &document->duplicate_ids, node_of(node));
            node_list_add(document->arena, &entry->nodes, node_of(node));
        }
    }
}

static IndexEntry *tag_put(Document *document, const char *tag)
{
    IndexEntry *entry = table_get(&document->tags, tag);

    if (entry)
        return entry;
    entry = table_put(document->arena, &document->tags, tag);
    entry->kind = tag_kind(tag);
    return entry;
}

/* Positions among siblings. Counting by tag goes through the tag's entry, stamped with the
 * parent it counts for: linear whatever the siblings are. */
static void siblings_number(Document *document, const xmlNode *parent)
{
    uint32_t position = 0;
    uint32_t count = 0;

    for (xmlNode *child = parent->children; child; child = child->next) {
        IndexEntry *entry = NULL;
        NodeData *data = child->_private;
        if (child->type != XML_ELEMENT_NODE)
            continue;
        entry = tag_put(document, (const char *)child->name);
        if (entry->stamp != parent)
            entry->counter = 0;
        entry->stamp = parent;
        data->type = ++entry->counter;
        data->child = ++count;
    }
    for (xmlNode *child = parent->last; child; child = child->prev) {
        IndexEntry *entry = NULL;
        NodeData *data = child->_private;
        if (child->type != XML_ELEMENT_NODE)
            continue;
        entry = table_get(&document->tags, (const char *)child->name);
        data->type_last = entry->counter - data->type + 1;
        data->child_last = ++position;
    }
}

static void element_index(Document *document, xmlNode *node, size_t *capacity)
{
    NodeData *data = node->_private;
    const xmlNode *parent = node->parent;
    IndexEntry *entry = NULL;

    data->order = (uint32_t)document->element_count;
    data->depth = 1;
    if (parent->type == XML_ELEMENT_NODE)
        data->depth = ((const NodeData *)parent->_private)->depth + 1;
    else
        siblings_number(document, parent);
    siblings_number(document, node);
    ARENA_PUSH(document->arena, document->elements, document->element_count, *capacity,
               node_of(node));
    entry = table_get(&document->tags, (const char *)node->name);
    data->kind = data->is_html ? entry->kind : 0;
    if (!data->is_inert)
        node_list_add(document->arena, &entry->nodes, node_of(node));
    attributes_index(document, node);
}

static void walk(Document *document)
{
    size_t capacity = 0;
    xmlNode *node = xmlDocGetRootElement(document->tree);

    document->root = node;
    while (node) {
        if (node->type == XML_ELEMENT_NODE)
            element_index(document, node, &capacity);
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        for (;;) {
            if (node->type == XML_ELEMENT_NODE)
                ((NodeData *)node->_private)->order_end = (uint32_t)document->element_count;
            if (node == document->root)
                return;
            if (node->next)
                break;
            node = node->parent;
        }
        node = node->next;
    }
}

static const char *base_url(const Document *document)
{
    const NodeList *bases = document_by_tag(document, "base");

    for (size_t i = 0; i < bases->count; i++) {
        const char *href = node_attribute(bases->items[i], "href");
        const char *base = NULL;
        if (!href)
            continue;
        base = url_resolve(document->arena, str_of(href), document->url);
        if (base && strncmp(base, "data:", 5) != 0 && strncmp(base, "javascript:", 11) != 0)
            return base;
        break; /* only the first one with href counts */
    }
    return document->url;
}

static const char *collapse(Arena *arena, Str text)
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
    out[length] = '\0';
    return out;
}

static const char *title_text(const Document *document)
{
    const NodeList *titles = document_by_tag(document, "title");

    for (size_t i = 0; i < titles->count; i++)
        if (node_is_html(titles->items[i]))
            return collapse(document->arena,
                            node_text_content(document->arena, titles->items[i]));
    return "";
}

static const char *language_of(const Document *document)
{
    const char *lang = node_attribute(node_of(document->root), "lang");
    char *primary = NULL;
    size_t length = 0;

    if (!lang)
        return "";
    while (lang[length] && lang[length] != '-' && lang[length] != '_')
        length++;
    primary = arena_str_text(document->arena, str_trim(str_from(lang, length)));
    for (char *at = primary; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + 32);
    return primary;
}

void document_index(Document *document)
{
    document->dictionary = document->tree->dict;
    document->cache = ARENA_NEW(document->arena, DocumentCache);
    document->tree->_private = document;
    walk(document);
    for (const xmlNode *child = document->root->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (!document->head && strcmp((const char *)child->name, "head") == 0)
            document->head = child;
        if (!document->body && (strcmp((const char *)child->name, "body") == 0 ||
                                strcmp((const char *)child->name, "frameset") == 0))
            document->body = child;
    }
    document->base = base_url(document);
    document->title = title_text(document);
    document->language = language_of(document);
}
