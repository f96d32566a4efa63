/* frontier.c - addresses let in or passed over. Layer: crawl. SPDX-License-Identifier: MIT
 */
#include "crawl/frontier.h"

#include <string.h>

#include "base/attr.h"
#include "crawl/address.h"

enum { PASSED_OVER_KEPT = 1000 /* rows of one shape; more are only counted */ };

static bool is_known(void *context, const char *url)
{
    return index_id_of(context, url) != 0;
}

static bool matches_any(Regex **list, const char *url)
{
    for (Regex **regex = list; regex && *regex; regex++)
        if (regex_matches(*regex, str_of(url)))
            return true;
    return false;
}

static bool is_forbidden(const Frontier *frontier, Arena *arena, const Url *url)
{
    if (!frontier->robots || frontier->ignores_robots)
        return false;
    return !robots_allows(frontier->robots,
                          url->query ? arena_printf(arena, "%s?%s", url->path, url->query)
                                     : url->path);
}

/* What an address tells by itself, whatever else was met. */
static UrlWhy own_why(const Frontier *frontier, Arena *arena, const UrlNew *new,
                      const Url *url, unsigned flags)
{
    bool is_first = new->depth == 0;
    if (!is_first && ((frontier->include && !matches_any(frontier->include, new->url)) ||
                      matches_any(frontier->exclude, new->url)))
        return WHY_EXCLUDED;
    if (flags & LINK_CHANGES || changing_address(&frontier->changing, new->url))
        return WHY_CHANGES;
    if (is_forbidden(frontier, arena, url))
        return WHY_ROBOTS;
    if (address_trap(url))
        return WHY_TRAP;
    return flags & LINK_DOWNLOAD ? WHY_DOWNLOAD : WHY_NONE;
}

/* An address that was met and is new. */
typedef struct Met {
    Arena *arena;
    UrlNew new;
    Url url;
    unsigned flags;
} Met;

/* Lists that can be looked at in very many ways, and shapes of which enough was seen. */
static bool sample_why(Frontier *frontier, const Met *met, UrlWhy *why, Error *err)
{
    AddressQuery query;
    int count = 0, taken = index_shape_taken(frontier->index, met->new.shape);
    *why = WHY_NONE;
    address_query(met->arena, &met->url, is_known, frontier->index, &query);
    if (query.facets || query.is_paged) {
        uint64_t list = query.list + (query.facets ? 0 : 1);
        if (!index_variant(frontier->index, list, &count, err))
            return false;
        if (count >= (query.facets ? VARIANTS_MOST : LIST_PAGES_MOST))
            *why = WHY_VARIANT;
        else if (query.facets && taken >= FACETS_MOST)
            *why = WHY_SAMPLED;
    }
    if (!*why && frontier->sample && taken >= frontier->sample && met->new.depth != 0)
        *why = WHY_SAMPLED;
    return true;
}

static bool own_add(Frontier *frontier, Met *met, int64_t *id, Error *err)
{
    UrlNew *new = &met->new;
    if (!index_shape(frontier->index, address_shape(met->arena, &met->url), &new->shape,
                     err))
        return false;
    new->why = own_why(frontier, met->arena, new, &met->url, met->flags);
    if (!new->why && !sample_why(frontier, met, &new->why, err))
        return false;
    new->state = new->why ? URL_PASSED_OVER : URL_WAITING;
    bool is_sampled =
        new->why == WHY_VARIANT || new->why == WHY_SAMPLED || new->why == WHY_TRAP;
    if (!index_shape_count(frontier->index, new->shape, !new->why, new->why != 0, err))
        return false;
    if (is_sampled && index_shape_passed(frontier->index, new->shape) > PASSED_OVER_KEPT)
        return true;
    return index_add(frontier->index, new, id, err);
}

/* RFC 2606 2: these end no name that exists. */
static bool is_reserved(const Url *url)
{
    static const char *const endings[] = {".example", ".test", ".invalid"};
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (str_ends_with(str_of(url->host), str_of(endings[i])))
            return true;
    return false;
}

static bool foreign_add(Frontier *frontier, Met *met, int64_t *id, Error *err)
{
    UrlNew *new = &met->new;
    if (is_reserved(&met->url))
        new->why = WHY_RESERVED;
    else if (met->flags & LINK_CHANGES)
        new->why = WHY_CHANGES;
    else if (frontier->foreign >= frontier->foreign_most)
        new->why = WHY_FOREIGN;
    else
        frontier->foreign++;
    new->state = new->why ? URL_PASSED_OVER : URL_WAITING;
    return index_add(frontier->index, new, id, err);
}

bool frontier_meet(Frontier *frontier, const char *address, const Meeting *meeting,
                   int64_t *id, Error *err)
{
    *id = index_id_of(frontier->index, address);
    if (*id)
        return !meeting->is_in_sitemap || index_in_sitemap(frontier->index, *id, err);
    AUTO(arena_auto) Arena *arena = arena_create();
    Met met = {.arena = arena, .flags = meeting->flags};
    if (!url_parse(arena, str_of(address), NULL, &met.url, NULL) || !url_is_http(&met.url))
        return true;
    met.new = (UrlNew){.url = address,
                       .is_own = address_same_shop(&met.url, frontier->site),
                       .depth = meeting->depth,
                       .source = meeting->source,
                       .is_in_sitemap = meeting->is_in_sitemap};
    return met.new.is_own ? own_add(frontier, &met, id, err)
                          : foreign_add(frontier, &met, id, err);
}
