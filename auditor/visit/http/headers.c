/* headers.c - the lines that Chromium sends, in its order: who the visitor is, what it
 * wants, where it comes from.
 *
 * Client hints and Sec-Fetch go to https and loopback only, as in the browser. Sources:
 * scenarios.md 2.6.7 and 2.9, Fetch Metadata and Referrer Policy of the W3C. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "visit/http/http.h"

enum { REFERRER_BYTES_MAX = 4096 };

static const char *const policy_names[] = {
    [REFERRER_DEFAULT] = "strict-origin-when-cross-origin",
    [REFERRER_NONE] = "no-referrer",
    [REFERRER_NONE_DOWN] = "no-referrer-when-downgrade",
    [REFERRER_ORIGIN] = "origin",
    [REFERRER_ORIGIN_CROSS] = "origin-when-cross-origin",
    [REFERRER_SAME_ORIGIN] = "same-origin",
    [REFERRER_STRICT_ORIGIN] = "strict-origin",
    [REFERRER_UNSAFE] = "unsafe-url",
};

ReferrerPolicy referrer_policy_of(const char *tokens)
{
    ReferrerPolicy policy = REFERRER_DEFAULT;
    Str rest = str_of(tokens);
    Str token;
    while (tokens && str_next(&rest, ',', &token))
        for (size_t i = 0; i < COUNT_OF(policy_names); i++)
            if (str_equal_nocase(str_trim(token), str_of(policy_names[i])))
                policy = (ReferrerPolicy)i;
    return policy;
}

static bool url_is_trusted(const Url *url)
{
    return strcmp(url->scheme, "https") == 0 || url_is_loopback(url);
}

/** The URL without user, password and fragment. */
static const char *referrer_full(Arena *arena, const Url *url)
{
    return arena_printf(arena, "%s%s%s%s", url_origin(arena, url), url->path,
                        url->query ? "?" : "", url->query ? url->query : "");
}

/** What a request to target may tell about source; NULL: nothing. */
static const char *referrer_between(Arena *arena, ReferrerPolicy policy, const Url *source,
                                    const Url *target)
{
    if (!url_is_http(source))
        return NULL;
    bool is_same = url_same_origin(source, target);
    bool is_down = url_is_trusted(source) && !url_is_trusted(target);
    const char *full = referrer_full(arena, source);
    const char *origin = arena_printf(arena, "%s/", url_origin(arena, source));
    if (strlen(full) > REFERRER_BYTES_MAX)
        full = origin;
    switch (policy) {
    case REFERRER_NONE: return NULL;
    case REFERRER_NONE_DOWN: return is_down ? NULL : full;
    case REFERRER_ORIGIN: return origin;
    case REFERRER_ORIGIN_CROSS: return is_same ? full : origin;
    case REFERRER_SAME_ORIGIN: return is_same ? full : NULL;
    case REFERRER_STRICT_ORIGIN: return is_down ? NULL : origin;
    case REFERRER_UNSAFE: return full;
    case REFERRER_DEFAULT: break;
    }
    if (is_same)
        return full;
    return is_down ? NULL : origin;
}

const char *http_referrer(Arena *arena, ReferrerPolicy policy, const char *from,
                          const char *to)
{
    Url source;
    Url target;
    if (!from || !url_parse(arena, str_of(from), NULL, &source, NULL) ||
        !url_parse(arena, str_of(to), NULL, &target, NULL))
        return NULL;
    return referrer_between(arena, policy, &source, &target);
}

static SiteRelation relation_between(const Url *source, const Url *target)
{
    if (url_same_origin(source, target))
        return SITE_SAME_ORIGIN;
    bool is_same =
        strcmp(source->scheme, target->scheme) == 0 && url_same_site(source, target);
    return is_same ? SITE_SAME_SITE : SITE_CROSS;
}

SiteRelation site_relation(Arena *arena, const char *from, const char *to)
{
    Url source;
    Url target;
    if (!from)
        return SITE_NONE;
    if (!url_parse(arena, str_of(from), NULL, &source, NULL) ||
        !url_parse(arena, str_of(to), NULL, &target, NULL))
        return SITE_CROSS;
    return relation_between(&source, &target);
}

/** Lines being collected. */
typedef struct HeaderList {
    Header *items;
    int count;
} HeaderList;

static void header_put(HeaderList *list, const char *name, const char *value)
{
    if (value && list->count < HTTP_HEADERS_MAX)
        list->items[list->count++] = (Header){name, value};
}

static const char *accept_of(const HeaderWish *wish)
{
    if (wish->is_navigation || wish->is_frame)
        return "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
               "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";
    if (wish->type == RESOURCE_STYLE)
        return "text/css,*/*;q=0.1";
    if (wish->type == RESOURCE_IMAGE)
        return "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";
    return "*/*";
}

static const char *destination_of(const HeaderWish *wish)
{
    static const char *const names[] = {
        [RESOURCE_DOCUMENT] = "document", [RESOURCE_STYLE] = "style",
        [RESOURCE_SCRIPT] = "script",     [RESOURCE_IMAGE] = "image",
        [RESOURCE_FONT] = "font",         [RESOURCE_MEDIA] = "video",
        [RESOURCE_DATA] = "empty",        [RESOURCE_OTHER] = "empty",
    };
    return wish->is_frame ? "iframe" : names[wish->type];
}

static void fetch_metadata_put(HeaderList *list, const HeaderWish *wish, SiteRelation site)
{
    static const char *const sites[] = {
        [SITE_NONE] = "none",
        [SITE_SAME_ORIGIN] = "same-origin",
        [SITE_SAME_SITE] = "same-site",
        [SITE_CROSS] = "cross-site",
    };
    const char *mode = wish->is_cors ? "cors" : "no-cors";
    if (wish->is_navigation || wish->is_frame)
        mode = "navigate";
    header_put(list, "Sec-Fetch-Site", sites[site]);
    header_put(list, "Sec-Fetch-Mode", mode);
    header_put(list, "Sec-Fetch-User", wish->is_user ? "?1" : NULL);
    header_put(list, "Sec-Fetch-Dest", destination_of(wish));
}

static void client_hints_put(HeaderList *list, const HttpVisitor *visitor)
{
    const Persona *persona = visitor->base.persona;
    if (!persona->brands || !persona->brands[0])
        return;
    header_put(list, "sec-ch-ua", persona->brands);
    header_put(list, "sec-ch-ua-mobile", persona->is_phone ? "?1" : "?0");
    if (persona->platform)
        header_put(list, "sec-ch-ua-platform",
                   arena_printf(visitor->arena, "\"%s\"", persona->platform));
}

/** Who asks, parsed: the document that names the thing, and its page. */
typedef struct Asker {
    bool is_known; /**< false: typed by the user */
    Url initiator, page;
} Asker;

static void asker_read(Arena *arena, const HeaderWish *wish, Asker *asker)
{
    const char *page = wish->origin_of ? wish->origin_of : wish->initiator;
    asker->is_known = wish->initiator && url_parse(arena, str_of(wish->initiator), NULL,
                                                   &asker->initiator, NULL);
    asker->page = asker->initiator;
    if (asker->is_known && page != wish->initiator)
        asker->is_known = url_parse(arena, str_of(page), NULL, &asker->page, NULL);
}

/** Origin goes with POST and with cross-origin reads; a private page says "null". */
static const char *origin_of(Arena *arena, const HeaderWish *wish, const Asker *asker,
                             SiteRelation site)
{
    bool is_post = strcmp(wish->method, "POST") == 0;
    if (!asker->is_known || (!is_post && !(wish->is_cors && site != SITE_SAME_ORIGIN)))
        return NULL;
    if (wish->policy == REFERRER_NONE && is_post && site != SITE_SAME_ORIGIN)
        return "null";
    return url_origin(arena, &asker->page);
}

int http_headers(const HttpVisitor *visitor, const HeaderWish *wish, Header **headers)
{
    Arena *arena = visitor->arena;
    HeaderList list = {ARENA_ARRAY(arena, HTTP_HEADERS_MAX, Header), 0};
    Url url;
    Asker asker = {.is_known = false};
    if (!url_parse(arena, str_of(wish->url), NULL, &url, NULL))
        return 0;
    asker_read(arena, wish, &asker);
    bool is_trusted = url_is_trusted(&url);
    bool is_post = strcmp(wish->method, "POST") == 0;
    SiteRelation site = asker.is_known ? relation_between(&asker.page, &url) : SITE_NONE;
    if (wish->farthest > site && site != SITE_NONE)
        site = wish->farthest;
    /* Over TLS the protocol may become HTTP/2, which has no such header. */
    if (strcmp(url.scheme, "http") == 0)
        header_put(&list, "Connection", "keep-alive");
    if (wish->is_navigation && (is_post || wish->is_reload))
        header_put(&list, "Cache-Control", "max-age=0");
    if (is_trusted)
        client_hints_put(&list, visitor);
    header_put(&list, "Origin", origin_of(arena, wish, &asker, site));
    header_put(&list, "Content-Type", is_post ? wish->content_type : NULL);
    if (wish->is_navigation || wish->is_frame)
        header_put(&list, "Upgrade-Insecure-Requests", "1");
    header_put(&list, "User-Agent", visitor->user_agent);
    header_put(&list, "Accept", accept_of(wish));
    if (is_trusted)
        fetch_metadata_put(&list, wish, site);
    if (asker.is_known)
        header_put(&list, "Referer",
                   referrer_between(arena, wish->policy, &asker.initiator, &url));
    header_put(&list, "Accept-Language", visitor->base.persona->accept_language);
    header_put(&list, "If-None-Match", wish->if_none_match);
    header_put(&list, "If-Modified-Since", wish->if_modified_since);
    *headers = list.items;
    return list.count;
}
