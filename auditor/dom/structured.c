/* structured.c - the list of items, questions to it, and OpenGraph's product tags.
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/structured.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "dom/structured_parts.h"

Str schema_name(Str name)
{
    static const char *const prefixes[] = {"http://schema.org/", "https://schema.org/",
                                           "http://www.schema.org/",
                                           "https://www.schema.org/", "schema:"};

    name = str_trim(name);
    for (size_t i = 0; i < COUNT_OF(prefixes); i++)
        if (str_starts_with_nocase(name, str_of(prefixes[i])))
            return str_slice(name, strlen(prefixes[i]), name.length);
    return name;
}

Item *item_create(ItemReader *reader, const char *syntax, Str type, const Node *node)
{
    ItemList *list = reader->list;
    Item *item = NULL;

    if (list->count == ITEMS_MOST) {
        list->is_cut = true;
        return NULL;
    }
    item = ARENA_NEW(reader->arena, Item);
    item->type = arena_str_text(reader->arena, schema_name(type));
    item->syntax = syntax;
    item->node = node;
    ARENA_PUSH(reader->arena, list->items, list->count, list->capacity, item);
    return item;
}

void item_add(ItemReader *reader, Item *item, Str name, const char *text, Item *value)
{
    ItemProperty property = {.item = value};

    name = schema_name(name);
    if (!name.length || (!text && !value))
        return;
    if (item->count == PROPERTIES_MOST) {
        reader->list->is_cut = true;
        return;
    }
    property.name = arena_str_text(reader->arena, name);
    if (value)
        value->is_nested = true;
    else
        property.text = arena_str_text(reader->arena, str_trim(str_of(text)));
    ARENA_PUSH(reader->arena, item->properties, item->count, item->capacity, property);
}

/* OpenGraph and product tags, and what schema.org calls the same. */
static const struct {
    const char *tag, *name;
} product_tags[] = {
    {"og:title", "name"},
    {"og:description", "description"},
    {"og:image", "image"},
    {"og:url", "url"},
    {"product:brand", "brand"},
    {"og:brand", "brand"},
    {"product:retailer_item_id", "sku"},
    {"product:price:amount", "price"},
    {"og:price:amount", "price"},
    {"product:price:currency", "priceCurrency"},
    {"og:price:currency", "priceCurrency"},
    {"product:availability", "availability"},
    {"og:availability", "availability"},
    {"product:condition", "itemCondition"},
};

static const char *meta_property(const Node *meta)
{
    const char *property = node_attribute(meta, "property");

    return property ? property : node_attribute(meta, "name");
}

static bool is_product_page(const NodeList *metas)
{
    for (size_t i = 0; i < metas->count; i++) {
        Str property = str_of(meta_property(metas->items[i]));
        Str content = str_of(node_attribute(metas->items[i], "content"));
        if (str_starts_with(property, STR("product:price")))
            return true;
        if (str_equal(property, STR("og:type")) &&
            (str_equal_nocase(content, STR("product")) ||
             str_starts_with_nocase(content, STR("product.")) ||
             str_equal_nocase(content, STR("og:product"))))
            return true;
    }
    return false;
}

static void opengraph_read(ItemReader *reader)
{
    const NodeList *metas = document_by_tag(reader->document, "meta");
    Item *item = NULL;

    if (!is_product_page(metas))
        return;
    item = item_create(reader, "opengraph", STR("og:product"),
                       document_root(reader->document));
    for (size_t i = 0; item && i < metas->count; i++) {
        const char *property = meta_property(metas->items[i]);
        const char *content = node_attribute(metas->items[i], "content");
        for (size_t t = 0; property && content && t < COUNT_OF(product_tags); t++)
            if (strcmp(product_tags[t].tag, property) == 0)
                item_add(reader, item, str_of(product_tags[t].name), content, NULL);
    }
}

const ItemList *structured_read(Arena *arena, const Document *document)
{
    ItemReader reader = {arena, document, ARENA_NEW(arena, ItemList), 0};

    jsonld_read(&reader);
    microdata_read(&reader);
    rdfa_read(&reader);
    opengraph_read(&reader);
    return reader.list;
}

static bool is_of_type(const Item *item, const char *type)
{
    return strcmp(item->type, type) == 0 ||
           (strcmp(type, "Product") == 0 && strcmp(item->type, "ProductGroup") == 0);
}

const Item *structured_first(const ItemList *list, const char *type)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_of_type(list->items[i], type))
            return list->items[i];
    return NULL;
}

size_t structured_count(const ItemList *list, const char *type)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        count += is_of_type(list->items[i], type);
    return count;
}

static const char *own_text(const Item *item, Str name)
{
    for (size_t i = 0; i < item->count; i++)
        if (item->properties[i].text && *item->properties[i].text &&
            str_equal_text(name, item->properties[i].name))
            return item->properties[i].text;
    return NULL;
}

static const char *value_text(const ItemProperty *property)
{
    const char *text = property->text;

    if (property->item) {
        text = own_text(property->item, STR("name"));
        if (!text)
            text = own_text(property->item, STR("@id"));
    }
    return text && *text ? text : NULL;
}

/* One level a part of the path, so circles of items do no harm. */
static const char *path_text(const Item *item, Str path)
{
    size_t dot = str_find_byte(path, '.', 0);
    Str name = str_slice(path, 0, dot);
    Str rest = dot == SIZE_MAX ? (Str){NULL, 0} : str_slice(path, dot + 1, path.length);

    for (size_t i = 0; i < item->count; i++) {
        const ItemProperty *property = &item->properties[i];
        const char *text = NULL;
        if (!str_equal_text(name, property->name))
            continue;
        if (!rest.length)
            text = value_text(property);
        else if (property->item)
            text = path_text(property->item, rest);
        if (text)
            return text;
    }
    return NULL;
}

const char *item_text(const Item *item, const char *path)
{
    return item ? path_text(item, str_of(path)) : NULL;
}

const Item *item_item(const Item *item, const char *name)
{
    for (size_t i = 0; item && i < item->count; i++)
        if (item->properties[i].item && strcmp(item->properties[i].name, name) == 0)
            return item->properties[i].item;
    return NULL;
}
