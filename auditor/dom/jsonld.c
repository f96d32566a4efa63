/* jsonld.c - JSON-LD blocks into items, as shops write them: no contexts are fetched or
 * expanded, schema.org is taken for granted.
 *
 * https://www.w3.org/TR/json-ld11/ . Layer: dom. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/units.h"
#include "dom/structured_parts.h"
#include "dom/text.h"

/* A value and what it belongs to. */
typedef struct Place {
    const Node *node;
    Item *owner;      /* NULL: top level */
    const char *name; /* of the owner's property */
    int depth;
} Place;

static void value_read(ItemReader *reader, const Json *value, Place place);

static const char *scalar_text(Arena *arena, const Json *value)
{
    char number[32];

    switch (json_type(value)) {
    case JSON_STRING: return json_text(value, "");
    case JSON_NUMBER:
        return arena_text(arena,
                          number_text(json_number(value, 0), number, sizeof(number)));
    case JSON_TRUE: return "true";
    case JSON_FALSE: return "false";
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT: break;
    }
    return NULL;
}

static Str type_of(const Json *object)
{
    const Json *type = json_get(object, "@type");

    if (json_type(type) == JSON_ARRAY)
        type = json_first(type);
    return str_of(json_text(type, ""));
}

/* The members of an object as properties of item. Order as written. */
static void members_read(ItemReader *reader, const Json *object, Item *item, Place place)
{
    for (const Json *member = json_first(object); member; member = json_next(member)) {
        const char *key = json_key(member);
        bool is_keyword = *key == '@' && strcmp(key, "@id") != 0;
        if (strcmp(key, "@graph") == 0)
            value_read(reader, member, (Place){place.node, NULL, NULL, place.depth + 1});
        else if (!is_keyword)
            value_read(reader, member, (Place){place.node, item, key, place.depth + 1});
    }
}

static void object_read(ItemReader *reader, const Json *object, Place place)
{
    const Json *plain = json_get(object, "@value");
    Item *item = NULL;

    if (plain) {
        value_read(reader, plain, place);
        return;
    }
    /* an object that only wraps a graph or a list is no item */
    if (!place.owner && json_get(object, "@graph") && !json_get(object, "@type")) {
        value_read(reader, json_get(object, "@graph"), place);
        return;
    }
    if (json_get(object, "@list") || json_get(object, "@set")) {
        value_read(reader, json_get(object, "@list"), place);
        value_read(reader, json_get(object, "@set"), place);
        return;
    }
    item = item_create(reader, "json-ld", type_of(object), place.node);
    if (!item)
        return;
    if (place.owner)
        item_add(reader, place.owner, str_of(place.name), NULL, item);
    members_read(reader, object, item, place);
}

static void value_read(ItemReader *reader, const Json *value, Place place)
{
    if (!value || json_is_null(value))
        return;
    if (place.depth > ITEM_DEPTH_MOST) {
        reader->list->is_cut = true;
        return;
    }
    if (json_type(value) == JSON_OBJECT) {
        object_read(reader, value, place);
    } else if (json_type(value) == JSON_ARRAY) {
        place.depth++;
        for (const Json *one = json_first(value); one; one = json_next(one))
            value_read(reader, one, place);
    } else if (place.owner) {
        item_add(reader, place.owner, str_of(place.name), scalar_text(reader->arena, value),
                 NULL);
    }
}

/* Some shops wrap the JSON in a comment or CDATA section, as scripts once were. */
static Str unwrapped(Str text)
{
    static const char *const fronts[] = {"<!--", "//<![CDATA[", "/*<![CDATA[*/",
                                         "<![CDATA["};
    static const char *const backs[] = {"-->", "//]]>", "/*]]>*/", "]]>"};

    text = str_trim(text);
    for (size_t i = 0; i < COUNT_OF(fronts); i++)
        if (str_starts_with(text, str_of(fronts[i])))
            text = str_trim(str_slice(text, strlen(fronts[i]), text.length));
    for (size_t i = 0; i < COUNT_OF(backs); i++)
        if (str_ends_with(text, str_of(backs[i])))
            text = str_trim(str_slice(text, 0, text.length - strlen(backs[i])));
    return text;
}

static void block_read(ItemReader *reader, const Node *script)
{
    Str text = unwrapped(node_text_content(reader->arena, script));
    JsonFile file = {0};
    Error err = {0};

    if (!text.length)
        return;
    if (text.length > BLOCK_MOST) {
        reader->list->is_cut = true;
        return;
    }
    if (json_parse(reader->arena, "JSON-LD", text, &file, &err)) {
        value_read(reader, file.root, (Place){script, NULL, NULL, 0});
        return;
    }
    if (!reader->list->error_count++)
        reader->list->first_error =
            arena_printf(reader->arena, "%s: %s", err.where, err.what);
}

static const char *id_of(const Item *item)
{
    for (size_t i = 0; i < item->count; i++)
        if (strcmp(item->properties[i].name, "@id") == 0)
            return item->properties[i].text;
    return NULL;
}

typedef struct Identified {
    const char *id;
    const Item *item;
    size_t place;
} Identified;

static int id_compare(const void *a, const void *b)
{
    const Identified *left = a, *right = b;
    int order = strcmp(left->id, right->id);

    return order ? order : (left->place > right->place) - (left->place < right->place);
}

static const Item *item_by_id(const Identified *known, size_t count, const char *id)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(known[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && strcmp(known[low].id, id) == 0 ? known[low].item : NULL;
}

static void properties_follow(const Item *item, const Identified *known, size_t count)
{
    for (size_t i = 0; i < item->count; i++) {
        ItemProperty *property = &item->properties[i];
        const char *id =
            property->item && property->item->count == 1 ? id_of(property->item) : NULL;
        const Item *whole = id ? item_by_id(known, count, id) : NULL;
        if (whole)
            property->item = whole;
    }
}

/* {"@id": "x"} as a value means the (first) node with that @id. */
static void references_follow(ItemReader *reader, size_t from)
{
    ItemList *list = reader->list;
    Identified *known = ARENA_ARRAY(reader->arena, list->count + 1, Identified);
    size_t count = 0;

    for (size_t i = from; i < list->count; i++) {
        const char *id = list->items[i]->count > 1 ? id_of(list->items[i]) : NULL;
        if (id)
            known[count++] = (Identified){id, list->items[i], i};
    }
    if (count)
        qsort(known, count, sizeof(*known), id_compare);
    for (size_t i = from; count && i < list->count; i++)
        properties_follow(list->items[i], known, count);
}

static bool is_jsonld(const Node *script)
{
    Str type = str_of(node_attribute(script, "type"));

    return str_equal_nocase(str_trim(str_slice(type, 0, str_find_byte(type, ';', 0))),
                            STR("application/ld+json"));
}

void jsonld_read(ItemReader *reader)
{
    const NodeList *scripts = document_by_tag(reader->document, "script");
    size_t from = reader->list->count;

    for (size_t i = 0; i < scripts->count; i++)
        if (is_jsonld(scripts->items[i]))
            block_read(reader, scripts->items[i]);
    references_follow(reader, from);
}
