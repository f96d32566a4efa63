/* site.c - what site-wide rules need of every page. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include "rule/site.h"

#include "base/url.h"
#include "dom/css.h"
#include "dom/text.h"
#include "rule/countdown.h"

enum { SITE_LINKS_MAX = 400 };

static const char *attribute_of(Arena *arena, const View *view, const char *selector,
                                const char *name)
{
    const Node *node = select_first(view_document(view), NULL, selector);
    const char *value = node ? node_attribute(node, name) : NULL;
    return arena_str_text(arena, str_trim(str_of(value)));
}

/** Links of a zone, resolved, without fragments. */
static void links_add(PageDigest *digest, Arena *arena, View *view, ViewPart part)
{
    const Node *zone = view_zone(view, part);
    NodeList list = {0};
    if (!zone)
        return;
    select_all(view_document(view), zone, "a[href]", view_arena(view), &list);
    for (size_t i = 0; i < list.count && digest->link_count < SITE_LINKS_MAX; i++) {
        const char *href =
            node_url(view_arena(view), view_document(view), list.items[i], "href");
        if (href && str_starts_with(str_of(href), STR("http")))
            digest->links[digest->link_count++] =
                arena_text(arena, url_without_fragment(view_arena(view), href));
    }
}

void site_add(Site *site, Arena *arena, int visit, const Page *page, View *view)
{
    PageDigest digest = {.visit = visit, .page = page};
    Str timer = {0};
    const Node *canonical =
        select_first(view_document(view), NULL, "link[rel~=canonical i][href]");
    const char *href =
        canonical ? node_url(view_arena(view), view_document(view), canonical, "href")
                  : NULL;
    digest.url = url_without_fragment(arena, page->url);
    digest.title = arena_str_text(arena, view_text(view, VIEW_TITLE));
    digest.h1 = arena_str_text(arena, view_text(view, VIEW_H1));
    digest.description =
        attribute_of(arena, view, "meta[name='description' i][content]", "content");
    digest.lang = attribute_of(arena, view, "html[lang]", "lang");
    digest.canonical = href ? arena_text(arena, href) : "";
    if (countdown_read(view_folded(view, VIEW_TEXT), &digest.countdown, &timer))
        digest.countdown_text = arena_str_text(arena, timer);
    else
        digest.countdown = 0;
    digest.links = ARENA_ARRAY(arena, SITE_LINKS_MAX, const char *);
    links_add(&digest, arena, view, VIEW_HEADER);
    links_add(&digest, arena, view, VIEW_FOOTER);
    ARENA_PUSH(arena, site->pages, site->count, site->capacity, digest);
}

void site_repeat(Site *site, Arena *arena, size_t index, int visit, const Page *page)
{
    PageDigest digest = site->pages[index];
    digest.visit = visit;
    digest.page = page;
    ARENA_PUSH(arena, site->pages, site->count, site->capacity, digest);
}
