/* fetch.c - load what a page refers to, as a browser would: all at once, sheets opening
 * more, fonts when the sheets are there, lazy images and the icon when the rest is done.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "visit/guard.h"
#include "visit/http/resources.h"

/** A page that never finishes is left after this long. */
/* How long a page may go on loading. Where one was cut, the next is waited for half as
 * long: a picture that never comes must not cost the visit its time on every page. */
enum { LOAD_MOST_US = 20000000, LOAD_LEAST_US = 5000000, CUT_LOADS_MOST = 8 };

static HeaderWish wish_of(const HttpVisitor *visitor, const Resource *resource)
{
    const Shown *shown = &visitor->history[visitor->position];
    HeaderWish wish = {.url = resource->hop_url, .method = "GET"};
    wish.initiator = resource->referrer;
    wish.origin_of = shown->url;
    wish.policy = resource->policy;
    wish.farthest = resource->farthest;
    wish.type = resource->type;
    wish.is_frame = resource->is_frame;
    wish.is_cors = resource->is_cors;
    return wish;
}

static bool resource_ended(HttpVisitor *visitor, ResourceList *list, Resource *resource,
                           Error *err);

static bool request_start(HttpVisitor *visitor, Resource *resource, const HeaderWish *wish,
                          Error *err)
{
    Header *headers = NULL;
    const Shown *shown = &visitor->history[visitor->position];
    NetRequest request = {.method = "GET", .url = resource->hop_url, .tag = resource};
    request.header_count = http_headers(visitor, wish, &headers);
    request.headers = headers;
    request.priority = resource->priority;
    request.keep_body = resource->type != RESOURCE_IMAGE &&
                        resource->type != RESOURCE_FONT && resource->type != RESOURCE_MEDIA;
    request.initiator = shown->url;
    request.is_anonymous =
        resource->is_cors &&
        site_relation(visitor->arena, shown->url, resource->hop_url) != SITE_SAME_ORIGIN;
    return net_start(visitor->net, &request, visitor->arena, resource->exchange, err);
}

/** Begin one hop of a resource: from the cache, or at the server. */
static bool hop_start(HttpVisitor *visitor, ResourceList *list, Resource *resource,
                      Error *err)
{
    Exchange *exchange = http_exchange(visitor);
    exchange->page = list->shown->page->index;
    exchange->type = resource->type;
    exchange->is_render_blocking = resource->is_blocking;
    resource->exchange = exchange;
    resource->is_started = true;
    resource->hop_url = http_url_secured(visitor, resource->hop_url);
    if (resource->is_icon)
        visitor->icon_url = resource->url;
    HeaderWish wish = wish_of(visitor, resource);
    int64_t now_us = clock_wall_us(visitor->base.clock);
    resource->entry = cache_find(visitor->cache, resource->hop_url);
    if (resource->entry && cache_is_fresh(resource->entry, now_us)) {
        cache_answer(resource->entry, exchange, now_us);
        return resource_ended(visitor, list, resource, err);
    }
    if (resource->entry) {
        wish.if_none_match = resource->entry->etag;
        wish.if_modified_since = resource->entry->last_modified;
    }
    return request_start(visitor, resource, &wish, err);
}

static bool redirect_is_followed(HttpVisitor *visitor, Resource *resource)
{
    const char *target = http_redirect_target(visitor->arena, resource->exchange);
    Url url;
    if (!target || resource->hops >= HTTP_REDIRECTS_MAX ||
        !url_parse(visitor->arena, str_of(target), NULL, &url, NULL) || !url_is_http(&url))
        return false;
    SiteRelation relation = site_relation(visitor->arena, resource->hop_url, target);
    if (relation > resource->farthest)
        resource->farthest = relation;
    resource->exchange->redirect_url = target;
    resource->hop_url = url_without_fragment(visitor->arena, target);
    resource->hops++;
    return true;
}

static bool answer_is_css(const Exchange *exchange, const Document *document)
{
    if (exchange->status < 200 || exchange->status > 299)
        return false;
    return strcmp(exchange->mime, "text/css") == 0 ||
           (document_is_quirks(document) && exchange->mime[0] == '\0');
}

static bool resource_ended(HttpVisitor *visitor, ResourceList *list, Resource *resource,
                           Error *err)
{
    Exchange *exchange = resource->exchange;
    if (!exchange->is_from_cache)
        cache_settle(visitor->cache, resource->entry, exchange,
                     clock_wall_us(visitor->base.clock));
    if (redirect_is_followed(visitor, resource))
        return hop_start(visitor, list, resource, err);
    if (resource->type == RESOURCE_STYLE && answer_is_css(exchange, list->shown->document))
        sheet_scan(list, exchange->body, resource->hop_url, resource->depth);
    return true;
}

/** Start all that wait for this wave: those a load waits for, or the late ones. */
static bool wave_start(HttpVisitor *visitor, ResourceList *list, bool is_late, Error *err)
{
    for (size_t i = 0; i < list->count; i++) {
        Resource *resource = list->items[i];
        const char *why = NULL;
        if (resource->is_started || resource->is_late != is_late ||
            !guard_allows_request("GET", resource->url, NULL, &why))
            continue;
        if (!hop_start(visitor, list, resource, err))
            return false;
    }
    return true;
}

/** Run until nothing is under way; sheets may add more meanwhile. */
static bool wave_run(HttpVisitor *visitor, ResourceList *list, bool is_late,
                     int64_t deadline_us, Error *err)
{
    if (!wave_start(visitor, list, is_late, err))
        return false;
    void *tag = NULL;
    while (net_next(visitor->net, deadline_us, NULL, &tag)) {
        if (!resource_ended(visitor, list, tag, err))
            return false;
        if (clock_now_us(visitor->base.clock) < deadline_us &&
            !wave_start(visitor, list, is_late, err))
            return false;
    }
    return true;
}

bool http_fetch_resources(HttpVisitor *visitor, const Shown *shown, int64_t *last_us,
                          Error *err)
{
    const Clock *clock = visitor->base.clock;
    int64_t patience_us = LOAD_MOST_US >> visitor->cut_loads;
    if (patience_us < LOAD_LEAST_US)
        patience_us = LOAD_LEAST_US;
    int64_t deadline_us = clock_now_us(clock) + patience_us;
    if (visitor->base.deadline_us && visitor->base.deadline_us < deadline_us)
        deadline_us = visitor->base.deadline_us;
    ResourceList *list = resources_create(visitor, shown);
    resources_find(list);
    if (!wave_run(visitor, list, false, deadline_us, err))
        return false;
    fonts_choose(list);
    if (!wave_run(visitor, list, false, deadline_us, err))
        return false;
    *last_us = clock_now_us(clock);
    bool is_cut = *last_us >= deadline_us;
    /* Not waited for in full, it is not known when the page would have been there. */
    if (is_cut && patience_us < LOAD_MOST_US)
        *last_us = 0;
    bool is_run = wave_run(visitor, list, true, deadline_us, err);
    if (is_cut && visitor->cut_loads < CUT_LOADS_MOST)
        visitor->cut_loads++;
    return is_run;
}
