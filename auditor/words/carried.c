/* carried.c - parameters that all addresses of a shop carry. Layer: words.
 * SPDX-License-Identifier: MIT */
#include "words/carried.h"

#include <string.h>

static const char *const NAMES[] = {"language", "lang",     "locale", "hl",
                                    "currency", "___store", "store"};

/** Next "name=value" of a query from *at; false at its end. */
static bool part_next(const char *query, size_t *at, Str *part)
{
    if (!query || !query[*at])
        return false;
    size_t length = strcspn(query + *at, "&");
    *part = str_from(query + *at, length);
    *at += length + (query[*at + length] == '&');
    return true;
}

/** Bit of the parameter that the part gives, 0: none of ours. */
static unsigned part_bit(Str part)
{
    Str name = str_slice(part, 0, str_find_byte(part, '=', 0));
    for (unsigned i = 0; i < COUNT_OF(NAMES); i++)
        if (str_equal_nocase(name, str_of(NAMES[i])))
            return 1U << i;
    return 0;
}

static unsigned url_bits(const Url *url)
{
    unsigned bits = 0;
    size_t at = 0;
    Str part;
    while (part_next(url->query, &at, &part))
        bits |= part_bit(part);
    return bits;
}

unsigned carried_read(const Document *document)
{
    const NodeList *links = document_by_tag(document, "a");
    size_t counts[COUNT_OF(NAMES)] = {0};
    size_t own = 0;
    const char *host = NULL;
    for (size_t i = 0; i < links->count; i++) {
        const Url *url = node_target(document, links->items[i]);
        if (!url || !url_is_http(url))
            continue;
        if (!host) {
            Url page;
            Arena *arena = document_arena(document);
            if (!url_parse(arena, str_of(document_url(document)), NULL, &page, NULL))
                return 0;
            host = page.host;
        }
        if (strcmp(url->host, host) != 0)
            continue;
        own++;
        unsigned bits = url_bits(url);
        for (size_t j = 0; bits && j < COUNT_OF(NAMES); j++)
            counts[j] += bits >> j & 1;
    }
    unsigned carried = 0;
    for (unsigned j = 0; j < COUNT_OF(NAMES); j++)
        if (counts[j] > 0 && counts[j] * 2 >= own)
            carried |= 1U << j;
    return carried;
}

bool carried_chooses(unsigned carried, const Url *url)
{
    return (url_bits(url) & ~carried) != 0;
}

static bool query_has(const char *query, Str wanted)
{
    size_t at = 0;
    Str part;
    while (part_next(query, &at, &part))
        if (str_equal(part, wanted))
            return true;
    return false;
}

const char *carried_strip(Arena *arena, unsigned carried, const char *own_query,
                          const Url *url)
{
    const char *text = url->path;
    size_t at = 0;
    Str part;
    char sign = '?';
    while (part_next(url->query, &at, &part)) {
        if (part_bit(part) & carried || query_has(own_query, part))
            continue;
        text = arena_printf(arena, "%s%c%.*s", text, sign, STR_ARGS(part));
        sign = '&';
    }
    return text;
}
