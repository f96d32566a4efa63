/* structured.h - structured data of a page: JSON-LD, microdata, RDFa read once into items.
 *
 * https://schema.org ; OpenGraph product tags are given as an item of type "og:product"
 * with schema.org's property names (name description image url brand sku price
 * priceCurrency availability itemCondition). Layer: dom. SPDX-License-Identifier: MIT */
#ifndef DOM_STRUCTURED_H
#define DOM_STRUCTURED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "dom/document.h"

typedef struct Item Item;

/** A property: a text or an item. */
typedef struct ItemProperty {
    const char *name; /**< without prefix: "price"; "@id" for identifiers */
    const char *text; /**< NULL when it is an item; trimmed */
    const Item *item;
} ItemProperty;

struct Item {
    const char *type;   /**< without prefix: "Product"; "" unknown; the first of several */
    const char *syntax; /**< "json-ld" "microdata" "rdfa" "opengraph" */
    ItemProperty *properties;
    size_t count, capacity;
    const Node *node; /**< where it stands */
    bool is_nested;   /**< it is the value of another item's property */
};

typedef struct ItemList {
    const Item **items; /**< top level and nested, outer before inner */
    size_t count, capacity;
    size_t error_count;      /**< JSON-LD blocks that do not parse */
    const char *first_error; /**< NULL: none */
    bool is_cut;             /**< a bound was reached; there is more on the page */
} ItemList;

/** Read all structured data of a document. Bounded: 1 MiB a block, depth 32, 2,000 items.
 * A JSON-LD value that is only an @id is replaced by the node with that @id, if the page
 * has one (items may therefore refer to each other in circles). Owns: arena. */
const ItemList *structured_read(Arena *arena, const Document *document);
/** First item of a type, or NULL. "Product" also finds "ProductGroup". */
const Item *structured_first(const ItemList *list, const char *type);
size_t structured_count(const ItemList *list, const char *type);
/** Text of a property path "offers.price" (first of several that has one; an item at the
 * end gives its name or @id), or NULL. */
const char *item_text(const Item *item, const char *path);
/** Item of a property, or NULL. */
const Item *item_item(const Item *item, const char *name);

#endif
