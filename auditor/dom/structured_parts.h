/* structured_parts.h - what the readers of structured data share.
 *
 * Layer: dom. For structured.c, jsonld.c and microdata.c alone. SPDX-License-Identifier:
 * MIT */
#ifndef DOM_STRUCTURED_PARTS_H
#define DOM_STRUCTURED_PARTS_H

#include "base/arena.h"
#include "base/str.h"
#include "dom/structured.h"

enum {
    BLOCK_MOST = 1 << 20,  /**< bytes of a JSON-LD block */
    ITEM_DEPTH_MOST = 32,  /**< levels of values */
    ITEMS_MOST = 2000,     /**< items of a page */
    PROPERTIES_MOST = 500, /**< properties of an item */
    WORK_MOST = 32 << 20,  /**< bytes of text and elements looked at for microdata, RDFa */
};

/** A page being read. */
typedef struct ItemReader {
    Arena *arena;
    const Document *document;
    ItemList *list;
    size_t work; /**< spent so far, of WORK_MOST */
} ItemReader;

/** A new item at the end of the list; NULL when the list is full. type: as written. */
Item *item_create(ItemReader *reader, const char *syntax, Str type, const Node *node);
/** Add a text or an item (one of them NULL) under a name as written; empty names and more
 * than PROPERTIES_MOST are left out. */
void item_add(ItemReader *reader, Item *item, Str name, const char *text, Item *value);
/** Without the schema.org address or prefix. */
Str schema_name(Str name);
/** The readers. Each appends to reader->list. */
void jsonld_read(ItemReader *reader);
void microdata_read(ItemReader *reader);
void rdfa_read(ItemReader *reader);

#endif
