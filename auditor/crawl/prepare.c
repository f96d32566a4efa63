/* prepare.c - before the first step: the first page, robots.txt, sitemaps. Layer: crawl.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "crawl/address.h"
#include "crawl/crawl_inside.h"
#include "crawl/sitemap.h"

enum { HOPS_MOST = 8, SITEMAPS_MOST = 500, COMMIT_EVERY = 2000 };

NetRequest crawl_request(const Crawl *crawl, const char *url)
{
    return (NetRequest){.method = "GET",
                        .url = url,
                        .headers = crawl->headers,
                        .header_count = crawl->header_count,
                        .keep_body = true,
                        .is_navigation = true};
}

static bool fetch(Crawl *crawl, Arena *arena, const char *url, Exchange **exchange,
                  Error *err)
{
    NetRequest request = crawl_request(crawl, url);
    /* A file, not a page: what no browser would show is wanted too. */
    request.is_navigation = false;
    *exchange = ARENA_NEW(arena, Exchange);
    return net_fetch(crawl->net, &request, arena, *exchange, err);
}

static const char *sent_on_to(Arena *arena, const Exchange *exchange)
{
    const char *location = exchange_header(exchange, "Location");
    if (exchange->status < 300 || exchange->status > 399 || !location)
        return NULL;
    return url_resolve(arena, str_of(location), exchange->url);
}

/* Follow redirects; NULL body when there is no good answer. */
static bool file_read_from(Crawl *crawl, Arena *arena, const char *url, Exchange **last,
                           Error *err)
{
    for (int hop = 0; hop < HOPS_MOST; hop++) {
        if (!fetch(crawl, arena, url, last, err))
            return false;
        const char *next = sent_on_to(arena, *last);
        if (!next)
            return true;
        url = next;
    }
    return true;
}

/* ---- the first page ---- */

static bool site_find(Crawl *crawl, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Exchange *last = NULL;
    if (!file_read_from(crawl, arena, crawl->order->site, &last, err))
        return false;
    if (!last->status) {
        error_set(err, ERROR_INCONCLUSIVE, crawl->order->site,
                  "the site does not answer: %s", last->error ? last->error : "no answer");
        return error_hint(err, "is the address right, and does it open in a browser?");
    }
    return url_parse(crawl->arena, str_of(last->url), NULL, &crawl->site, err);
}

/* ---- robots.txt ---- */

/* A server that fails forbids all (RFC 9309 2.3.1.4); none is no restriction. */
static bool robots_read(Crawl *crawl, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *url = url_resolve(arena, STR("/robots.txt"), crawl->site.href);
    Exchange *last = NULL;
    if (!url || !file_read_from(crawl, arena, url, &last, err))
        return url == NULL;
    bool is_read = last->status >= 200 && last->status < 300 && last->has_body;
    bool is_down = last->status >= 500 || !last->status;
    Str text = is_read ? last->body : is_down ? STR("User-agent: *\nDisallow: /") : STR("");
    return index_meta_set(crawl->index, "robots",
                          arena_str_text(arena, str_slice(text, 0, 500 << 10)), err) &&
           index_meta_set(crawl->index, "robots_status",
                          arena_printf(arena, "%d", last->status), err);
}

/* ---- sitemaps ---- */

/* Sitemaps still to be read, and where their entries go. */
typedef struct Maps {
    Crawl *crawl;
    Arena *arena;
    const char *urls[SITEMAPS_MOST];
    size_t count;
    const char *base; /* of the sitemap being read */
    int64_t taken;
    Error *err;
    bool is_failed;
} Maps;

static void map_add(Maps *maps, const char *url)
{
    for (size_t i = 0; i < maps->count; i++)
        if (strcmp(maps->urls[i], url) == 0)
            return;
    if (maps->count < SITEMAPS_MOST)
        maps->urls[maps->count++] = arena_text(maps->arena, url);
}

static bool address_take(Maps *maps, Arena *arena, const SitemapEntry *entry)
{
    Url url;
    Meeting meeting = {.depth = -1, .is_in_sitemap = entry->kind == SITEMAP_PAGE};
    int64_t id = 0;
    if (!url_parse(arena, str_of(entry->url), NULL, &url, NULL))
        return true;
    const char *normal = address_normal(arena, &url);
    if (!normal || !address_same_shop(&url, &maps->crawl->site))
        return true;
    if (!frontier_meet(&maps->crawl->frontier, normal, &meeting, &id, maps->err))
        return false;
    if (++maps->taken % COMMIT_EVERY)
        return true;
    return index_commit(maps->crawl->index, maps->err) &&
           index_begin(maps->crawl->index, maps->err);
}

static bool entry_take(void *context, const SitemapEntry *entry)
{
    Maps *maps = context;
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *url = url_resolve(arena, str_of(entry->url), maps->base);
    if (!url || entry->kind == SITEMAP_IMAGE)
        return true;
    if (entry->kind == SITEMAP_CHILD) {
        map_add(maps, url);
        return true;
    }
    SitemapEntry whole = {entry->kind, url, entry->lang};
    maps->is_failed = !address_take(maps, arena, &whole);
    return !maps->is_failed;
}

/* One sitemap; one that cannot be read is counted, never a reason to stop. */
static bool map_read(Maps *maps, const char *url, bool *is_read)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Exchange *last = NULL;
    SitemapSum sum;
    Str text;
    *is_read = false;
    if (!file_read_from(maps->crawl, arena, url, &last, maps->err))
        return false;
    if (last->status != 200 || !last->has_body ||
        !sitemap_unpack(arena, last->body, &text, NULL))
        return true;
    maps->base = url;
    sitemap_read(arena, text, entry_take, maps, &sum);
    *is_read = sum.is_sitemap;
    return !maps->is_failed;
}

static bool maps_read(Crawl *crawl, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Maps *maps = ARENA_NEW(arena, Maps);
    size_t read = 0;
    bool is_read = false;
    maps->crawl = crawl;
    maps->arena = arena;
    maps->err = err;
    for (const char *const *named = robots_sitemaps(crawl->frontier.robots); *named;
         named++) {
        const char *url = url_resolve(arena, str_of(*named), crawl->site.href);
        if (url)
            map_add(maps, url);
    }
    if (!maps->count)
        map_add(maps, url_resolve(arena, STR("/sitemap.xml"), crawl->site.href));
    for (size_t i = 0; i < maps->count; i++) {
        Url url;
        if (!url_parse(arena, str_of(maps->urls[i]), NULL, &url, NULL) ||
            !url_is_http(&url))
            continue;
        if (!map_read(maps, maps->urls[i], &is_read))
            return false;
        read += is_read;
    }
    return index_meta_set(crawl->index, "sitemaps", arena_printf(arena, "%zu", read),
                          err) &&
           index_meta_set(crawl->index, "sitemap_urls",
                          arena_printf(arena, "%lld", (long long)maps->taken), err);
}

static bool first_add(Crawl *crawl, Error *err)
{
    Meeting meeting = {0};
    int64_t id = 0;
    const char *url = address_normal(crawl->arena, &crawl->site);
    return url && frontier_meet(&crawl->frontier, url, &meeting, &id, err);
}

static bool robots_take(Crawl *crawl)
{
    const char *text = index_meta(crawl->index, crawl->arena, "robots");
    Robots *robots = robots_parse(crawl->arena, str_of(text));
    crawl->frontier.robots = robots;
    if (crawl->order->ignores_robots)
        return true;
    int64_t delay_us = robots_delay_us(crawl->frontier.robots);
    /* What a site asks of robots binds; on one's own machine there is nobody to wait for.
     */
    if (delay_us > 0 && !url_is_loopback(&crawl->site)) {
        crawl->connections = 1;
        crawl->delay_us = delay_us > crawl->delay_us ? delay_us : crawl->delay_us;
    }
    return true;
}

bool crawl_prepare(Crawl *crawl, Error *err)
{
    const char *known = index_meta(crawl->index, crawl->arena, "site");
    if (*known) {
        if (!url_parse(crawl->arena, str_of(known), NULL, &crawl->site, err))
            return false;
        return robots_take(crawl);
    }
    if (!site_find(crawl, err) || !index_begin(crawl->index, err) ||
        !robots_read(crawl, err) || !robots_take(crawl) || !first_add(crawl, err) ||
        (!crawl->order->ignores_sitemaps && !maps_read(crawl, err)))
        return false;
    return index_meta_set(crawl->index, "site", crawl->site.href, err) &&
           index_commit(crawl->index, err);
}
