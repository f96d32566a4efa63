/* microdata.c - microdata with itemref, and RDFa Lite: both are items and properties
 * written into elements.
 *
 * https://html.spec.whatwg.org/multipage/microdata.html and
 * https://www.w3.org/TR/rdfa-lite/ . Layer: dom. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "dom/structured_parts.h"
#include "dom/text.h"

enum { REFERENCES_MOST = 64 };

/* How one of the two syntaxes spells things. */
typedef struct Syntax {
    const char *name;
    const char *scope;    /* attribute that begins an item */
    const char *type;     /* attribute with its types */
    const char *property; /* attribute with the names of a property */
} Syntax;

static const Syntax microdata = {"microdata", "itemscope", "itemtype", "itemprop"};
static const Syntax rdfa = {"rdfa", "typeof", "typeof", "property"};

/* Items by the elements they stand on, both in document order. */
typedef struct Scopes {
    const Syntax *syntax;
    NodeList nodes;
    Item **items;
} Scopes;

static int order_find(const void *key, const void *item)
{
    size_t left = node_order(*(const Node *const *)key);
    size_t right = node_order(*(const Node *const *)item);

    return left < right ? -1 : left > right;
}

static Item *scope_item(const Scopes *scopes, const Node *node)
{
    const Node *const *found = NULL;

    if (!node || !scopes->nodes.count)
        return NULL;
    found = bsearch(&node, scopes->nodes.items, scopes->nodes.count,
                    sizeof(scopes->nodes.items[0]), order_find);
    return found ? scopes->items[found - scopes->nodes.items] : NULL;
}

/* The element of the item that node is a property of, not above stop (NULL: the root). */
static const Node *scope_around(const Syntax *syntax, const Node *node, const Node *stop)
{
    while (node != stop && (node = node_parent(node)))
        if (node_has_attribute(node, syntax->scope))
            return node;
    return NULL;
}

/* Attribute that holds the value of elements that are not text. */
static const char *value_attribute(const Node *node)
{
    static const char *const pairs[][2] = {
        {"a", "href"},      {"area", "href"},    {"link", "href"},   {"img", "src"},
        {"audio", "src"},   {"video", "src"},    {"embed", "src"},   {"iframe", "src"},
        {"source", "src"},  {"track", "src"},    {"object", "data"}, {"data", "value"},
        {"meter", "value"}, {"time", "datetime"}};

    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        if (node_is_tag(node, pairs[i][0]) && node_has_attribute(node, pairs[i][1]))
            return pairs[i][1];
    return NULL;
}

static bool is_address(const char *attribute)
{
    return strcmp(attribute, "href") == 0 || strcmp(attribute, "src") == 0 ||
           strcmp(attribute, "data") == 0;
}

/* Properties may lie inside each other and be named again and again: all that is looked at
 * for them is counted. */
static bool work_spend(ItemReader *reader, size_t amount)
{
    if (amount > WORK_MOST - reader->work) {
        reader->list->is_cut = true;
        return false;
    }
    reader->work += amount;
    return true;
}

static const char *content_text(ItemReader *reader, const Node *node)
{
    Str text = {NULL, 0};

    if (!work_spend(reader, node_order_end(node) - node_order(node)))
        return NULL;
    text = node_text_content(reader->arena, node);
    return work_spend(reader, text.length) ? text.data : NULL;
}

/* content counts on every element, as search engines read it. */
static const char *value_text(ItemReader *reader, const Node *node)
{
    const char *content = node_attribute(node, "content");
    const char *attribute = value_attribute(node);
    const char *url = NULL;

    if (content)
        return content;
    if (!attribute)
        return content_text(reader, node);
    if (is_address(attribute))
        url = node_url(reader->arena, reader->document, node, attribute);
    return url ? url : node_attribute(node, attribute);
}

static void property_add(ItemReader *reader, const Scopes *scopes, Item *item,
                         const Node *node)
{
    Str rest = str_of(node_attribute(node, scopes->syntax->property));
    Str name;
    Item *value = scope_item(scopes, node);
    const char *text = value ? NULL : value_text(reader, node);

    while (str_next_word(&rest, &name)) {
        bool is_foreign = str_starts_with(name, STR("og:")) ||
                          str_starts_with(name, STR("fb:")) ||
                          str_starts_with(name, STR("product:"));
        if (!is_foreign && value != item)
            item_add(reader, item, name, text, value);
    }
}

/* Properties that stand elsewhere, by id. */
static void references_add(ItemReader *reader, const Scopes *scopes, Item *item)
{
    Str rest = str_of(node_attribute(item->node, "itemref"));
    Str id;

    for (int i = 0; i < REFERENCES_MOST && str_next_word(&rest, &id); i++) {
        const Node *root =
            document_by_id(reader->document, arena_str_text(reader->arena, id));
        size_t end = root ? node_order_end(root) : 0;
        if (!root || !work_spend(reader, end - node_order(root)))
            continue;
        for (size_t at = node_order(root); at < end; at++) {
            const Node *node = document_element(reader->document, at);
            if (node_has_attribute(node, scopes->syntax->property) &&
                !scope_around(scopes->syntax, node, root))
                property_add(reader, scopes, item, node);
        }
    }
}

static Str first_type(const Node *node, const Syntax *syntax)
{
    Str rest = str_of(node_attribute(node, syntax->type));
    Str type = {NULL, 0};

    str_next_word(&rest, &type);
    return type;
}

static void syntax_read(ItemReader *reader, const Syntax *syntax)
{
    const NodeList *scoped = document_by_attribute(reader->document, syntax->scope);
    const NodeList *properties = document_by_attribute(reader->document, syntax->property);
    Scopes scopes = {.syntax = syntax};

    scopes.items = ARENA_ARRAY(reader->arena, scoped->count, Item *);
    for (size_t i = 0; i < scoped->count; i++) {
        Item *item = item_create(reader, syntax->name, first_type(scoped->items[i], syntax),
                                 scoped->items[i]);
        if (!item)
            break;
        scopes.items[scopes.nodes.count] = item;
        node_list_add(reader->arena, &scopes.nodes, scoped->items[i]);
    }
    for (size_t i = 0; i < properties->count; i++) {
        const Node *node = properties->items[i];
        Item *item = scope_item(&scopes, scope_around(syntax, node, NULL));
        if (item)
            property_add(reader, &scopes, item, node);
    }
    for (size_t i = 0; i < scopes.nodes.count; i++)
        if (node_has_attribute(scopes.nodes.items[i], "itemref"))
            references_add(reader, &scopes, scopes.items[i]);
}

void microdata_read(ItemReader *reader)
{
    syntax_read(reader, &microdata);
}

void rdfa_read(ItemReader *reader)
{
    syntax_read(reader, &rdfa);
}
