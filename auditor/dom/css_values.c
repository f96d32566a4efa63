/* css_values.c - elements whose attribute has a value like this: the values of a page
 * repeat, so each different one is looked at once, and each question is answered once a
 * document.
 *
 * Used by css.c alone. Layer: dom. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/css_tree.h"
#include "dom/index.h"

enum { LIST_SHORT = 24, SLOTS_FIRST = 64 };

/** The different values of one attribute in a document. */
typedef struct ValueGroups {
    const char *name;
    Str *values; /* in order of first appearance */
    size_t count, capacity;
    uint32_t *group; /* of each element of the attribute's list */
    struct ValueGroups *next;
} ValueGroups;

/** A question asked before. */
typedef struct KnownValues {
    unsigned long long hash;
    const char *name;
    Str value;
    AttributeTest test;
    bool is_nocase;
    NodeList nodes;
    struct KnownValues *next;
} KnownValues;

enum { KNOWN_SLOTS = 256 };

struct ValueCache {
    ValueGroups *groups;
    KnownValues *known[KNOWN_SLOTS];
};

/* Values by hash while they are gathered. */
typedef struct ValueSlots {
    uint32_t *slots; /* number + 1, 0 free; a power of two of them */
    size_t count;
} ValueSlots;

static uint32_t *slot_find(const ValueSlots *slots, const ValueGroups *groups, Str value)
{
    size_t at = (size_t)str_hash(value) & (slots->count - 1);

    while (slots->slots[at] && !str_equal(groups->values[slots->slots[at] - 1], value))
        at = (at + 1) & (slots->count - 1);
    return &slots->slots[at];
}

static void slots_grow(Arena *scratch, ValueSlots *slots, const ValueGroups *groups)
{
    slots->count = slots->count ? slots->count * 2 : SLOTS_FIRST;
    slots->slots = ARENA_ARRAY(scratch, slots->count, uint32_t);
    for (size_t i = 0; i < groups->count; i++)
        *slot_find(slots, groups, groups->values[i]) = (uint32_t)i + 1;
}

static ValueGroups *groups_read(const Document *document, const char *name,
                                const NodeList *list)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    ValueGroups *groups = ARENA_NEW(document->arena, ValueGroups);
    ValueSlots slots = {0};

    groups->name = name;
    groups->group = ARENA_ARRAY(document->arena, list->count + 1, uint32_t);
    for (size_t i = 0; i < list->count; i++) {
        Str value = str_of(node_attribute(list->items[i], name));
        uint32_t *slot = NULL;
        if (groups->count * 2 >= slots.count)
            slots_grow(scratch, &slots, groups);
        slot = slot_find(&slots, groups, value);
        if (!*slot) {
            ARENA_PUSH(document->arena, groups->values, groups->count, groups->capacity,
                       value);
            *slot = (uint32_t)groups->count;
        }
        groups->group[i] = *slot - 1;
    }
    return groups;
}

static const ValueGroups *groups_of(const Document *document, struct ValueCache *cache,
                                    const char *name, const NodeList *list)
{
    ValueGroups *groups = cache->groups;

    while (groups && strcmp(groups->name, name) != 0)
        groups = groups->next;
    if (groups)
        return groups;
    groups = groups_read(document, name, list);
    groups->next = cache->groups;
    cache->groups = groups;
    return groups;
}

static bool is_same(const KnownValues *known, const Simple *simple, unsigned long long hash)
{
    return known->hash == hash && known->test == simple->test &&
           known->is_nocase == simple->is_nocase &&
           strcmp(known->name, simple->name) == 0 && str_equal(known->value, simple->value);
}

static void nodes_choose(const Document *document, const ValueGroups *groups,
                         const NodeList *list, const Simple *simple, NodeList *chosen)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    bool *fits = ARENA_ARRAY(scratch, groups->count + 1, bool);
    bool has_one = false;

    for (size_t i = 0; i < groups->count; i++) {
        fits[i] = css_value_match(simple, groups->values[i]);
        has_one = has_one || fits[i];
    }
    for (size_t i = 0; has_one && i < list->count; i++)
        if (fits[groups->group[i]])
            node_list_add(document->arena, chosen, list->items[i]);
}

/* What a document keeps must not point into a selector, which may live shorter. */
static KnownValues *known_add(const Document *document, struct ValueCache *cache,
                              const Simple *simple, unsigned long long hash)
{
    KnownValues *known = ARENA_NEW(document->arena, KnownValues);
    size_t slot = (size_t)hash % KNOWN_SLOTS;

    known->hash = hash;
    known->name = arena_str_text(document->arena, str_of(simple->name));
    known->value = arena_str(document->arena, simple->value);
    known->test = simple->test;
    known->is_nocase = simple->is_nocase;
    known->next = cache->known[slot];
    cache->known[slot] = known;
    return known;
}

const NodeList *css_by_value(const Document *document, const Simple *simple)
{
    const NodeList *list = document_by_attribute(document, simple->name);
    struct ValueCache *cache = document->cache->values;
    unsigned long long hash = str_hash(simple->value) ^ (unsigned)simple->test;
    KnownValues *known = NULL;

    if (simple->test == ATTRIBUTE_EXISTS || list->count <= LIST_SHORT)
        return list;
    if (!cache)
        cache = document->cache->values = ARENA_NEW(document->arena, struct ValueCache);
    for (known = cache->known[hash % KNOWN_SLOTS]; known; known = known->next)
        if (is_same(known, simple, hash))
            return &known->nodes;
    known = known_add(document, cache, simple, hash);
    nodes_choose(document, groups_of(document, cache, known->name, list), list, simple,
                 &known->nodes);
    return &known->nodes;
}
