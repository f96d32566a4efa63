/* address.h - addresses as a crawl knows them: one form of each, its shape, its traps.
 *
 * Knows no page and no network. Layer: crawl. Called by digest.c, frontier.c.
 * SPDX-License-Identifier: MIT */
#ifndef CRAWL_ADDRESS_H
#define CRAWL_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/url.h"

/** The one form of an address: without fragment, credentials, campaign parameters (utm_*,
 * gclid ...) and session numbers; percent codes in upper case, and none where a plain
 * character stands for the same (RFC 3986 6.2.2). NULL when it is not http(s) or longer
 * than 2,000 bytes. Owns: arena. */
const char *address_normal(Arena *arena, const Url *url);

/** What the query of an address is made of. */
typedef struct AddressQuery {
    int facets;              /**< parameters that sort, filter or show the same otherwise */
    bool is_paged;           /**< names a page of a list */
    const char *base;        /**< the address without them */
    unsigned long long list; /**< of base and the names of the facets: variants of one list
                                  have the same */
} AddressQuery;

/** Is an address (in its one form) known already? */
typedef bool AddressKnown(void *context, const char *url);

/** Read the query. A parameter is a facet when its name is known to sort or filter, or when
 * the address without it is known. is_known may be NULL. Owns: arena. */
void address_query(Arena *arena, const Url *url, AddressKnown *is_known, void *context,
                   AddressQuery *query);
/** Shape of an address: numbers become {n}, slugs {s}, of the query the names are kept
 * (values only of parameters that route): "/c/{s}?color&size". Owns: arena. */
const char *address_shape(Arena *arena, const Url *url);
/** Why an address looks endless: "repeats" (a part of the path three times), "deep" (more
 * than 20 parts), "parameters" (more than 12); NULL: it does not. */
const char *address_trap(const Url *url);
/** Do two addresses belong to one shop: the same host, "www." and the scheme set aside,
 * and the same port where one is named? */
bool address_same_shop(const Url *a, const Url *b);

#endif
