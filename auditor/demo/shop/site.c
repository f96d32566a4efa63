/* site.c - see site.h. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/site.h"

#include <string.h>

#include "base/json.h"
#include "demo/shop/card.h"
#include "demo/shop/page.h"
#include "demo/shop/seen.h"

/* Pages of the sitemap beside categories and products. */
static const RouteId LISTED[] = {
    ROUTE_HOME,    ROUTE_ALL,     ROUTE_CONTACT,       ROUTE_DELIVERY, ROUTE_RETURNS,
    ROUTE_FAQ,     ROUTE_ABOUT,   ROUTE_REVIEWS,       ROUTE_TERMS,    ROUTE_LEGAL,
    ROUTE_PRIVACY, ROUTE_COOKIES, ROUTE_ACCESSIBILITY, ROUTE_TRACKING, ROUTE_WITHDRAWAL};
static const TextId LISTED_NAMES[] = {
    TEXT_HOME,    TEXT_ALL,     TEXT_CONTACT_US,    TEXT_DELIVERY, TEXT_RETURNS,
    TEXT_FAQ,     TEXT_ABOUT,   TEXT_REVIEWS_PAGE,  TEXT_TERMS,    TEXT_LEGAL,
    TEXT_PRIVACY, TEXT_COOKIES, TEXT_ACCESSIBILITY, TEXT_TRACKING, TEXT_WITHDRAWAL};

static void site_robots(View *view)
{
    view->reply->type = "text/plain; charset=utf-8";
    if (view_has(view, FLAW_ROBOTS_BLOCKS_ALL)) {
        buf_add_text(view->out, "User-agent: *\nDisallow: /\n");
        return;
    }
    buf_add_text(view->out, "User-agent: *\n");
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        static const RouteId closed[] = {ROUTE_CART, ROUTE_CHECKOUT, ROUTE_ACCOUNT};
        for (size_t i = 0; i < COUNT_OF(closed); i++)
            buf_printf(view->out, "Disallow: %s\n", route_path(view, lang, closed[i], ""));
    }
    buf_add_text(view->out, "Disallow: /_demo/\nDisallow: /__demo/\n");
    if (!view_has(view, FLAW_NO_SITEMAP))
        buf_printf(view->out, "Sitemap: %s\n", absolute(view, "/sitemap.xml"));
}

/* Days differ from page to page, as they do where people edit pages. */
static void sitemap_url(View *view, const char *path, int day)
{
    markup_print(view->out, "<url><loc>%s</loc><lastmod>2026-10-%s%d</lastmod></url>\n",
                 absolute(view, path), day < 10 ? "0" : "", day);
}

static void site_sitemap(View *view)
{
    view->reply->type = "application/xml; charset=utf-8";
    buf_add_text(view->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
                            "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        for (size_t i = 0; i < COUNT_OF(LISTED); i++)
            sitemap_url(view, route_path(view, lang, LISTED[i], ""), 1 + (int)i);
        for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
            sitemap_url(view,
                        route_path(view, lang, ROUTE_CATEGORY,
                                   words_in(&CATEGORIES[id].slug, lang)),
                        20 + (int)id);
        for (ProductId id = 0; id < PRODUCT_COUNT; id++)
            sitemap_url(
                view,
                route_path(view, lang, ROUTE_PRODUCT, words_in(&PRODUCTS[id].slug, lang)),
                1 + (int)id);
    }
    buf_add_text(view->out, "</urlset>\n");
}

static void site_security(View *view)
{
    CivilTime civil;
    clock_civil(clock_wall_us(view->shop->clock), &civil);
    view->reply->type = "text/plain; charset=utf-8";
    buf_printf(view->out,
               "Contact: mailto:bonjour@gresil.example\nExpires: %d-12-31T00:00:00Z\n"
               "Preferred-Languages: fr, en\n",
               civil.year + 1);
}

static void site_state(View *view)
{
    const Counters *counters = &view->shop->counters;
    JsonWriter json;
    view->reply->type = "application/json";
    reply_header(view->reply, "Cache-Control", "no-store");
    json_writer_init(&json, view->out, true);
    json_write_object(&json);
    json_put_integer(&json, "orders", counters->orders);
    json_put_integer(&json, "accounts", counters->accounts);
    json_put_integer(&json, "messages", counters->messages);
    json_put_integer(&json, "subscriptions", counters->subscriptions);
    json_put_integer(&json, "carts", session_carts(view->shop->sessions));
    json_write_key(&json, "flaws");
    json_write_array(&json);
    size_t count;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    for (size_t i = 0; i < count; i++)
        if (view->shop->options->flaws[i])
            json_write_text(&json, flaws[i].id);
    json_write_end(&json);
    json_write_end(&json);
    buf_add_byte(view->out, '\n');
}

/* The same count alone, for scripts that watch nothing else. */
static void site_orders(View *view)
{
    view->reply->type = "application/json";
    reply_header(view->reply, "Cache-Control", "no-store");
    buf_printf(view->out, "{\"orders\": %ld}\n", view->shop->counters.orders);
}

static void site_asset(View *view, const Asset *asset)
{
    Reply *reply = view->reply;
    bool is_cached = !view_has(view, FLAW_NO_CACHING);
    reply_header(reply, "Cache-Control",
                 is_cached ? "public, max-age=31536000, immutable" : "no-store");
    if (!view_has(view, FLAW_NO_VALIDATORS)) {
        reply_header(reply, "ETag", asset->etag);
        if (is_cached && !strcmp(view->request->if_none_match, asset->etag)) {
            reply->status = 304;
            return;
        }
    }
    reply->type = asset->type;
    reply->kept = asset->body;
    reply->kept_gzip = asset->gzip;
}

/* 1.2 MB that does not compress: digits of our own generator, as a comment. */
static void flaw_bundle(View *view)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

    enum { BYTES = 1600000 };

    uint64_t state = 88172645463325252u;
    view->reply->type = "text/javascript; charset=utf-8";
    buf_add_text(view->out, "//");
    for (int i = 0; i < BYTES; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        buf_add_byte(view->out, letters[state & 63]);
    }
}

/* Things that only pages with a flaw ask for. */
static bool site_flaw(View *view, const char *path)
{
    Str rest = str_of(path);
    if (seen_answer(view, path)) {
        /* a style, a script or a picture of seen.c */
    } else if (view_has(view, FLAW_RENDER_BLOCKING) &&
               str_starts_with(rest, STR("/assets/widget-"))) {
        view->reply->type = "text/javascript; charset=utf-8";
        buf_add_text(view->out, "void 0;\n");
    } else if (view_has(view, FLAW_HEAVY_SCRIPT) && !strcmp(path, "/assets/bundle.js")) {
        flaw_bundle(view);
    } else if (view_has(view, FLAW_TOO_MANY_REQUESTS) &&
               str_starts_with(rest, STR("/dot/"))) {
        view->reply->type = "image/svg+xml";
        buf_add_text(view->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" "
                                "height=\"4\"><circle cx=\"2\" cy=\"2\" r=\"2\"/></svg>");
    } else if (view_has(view, FLAW_HEAVY_IMAGES) &&
               str_starts_with(rest, STR("/img/uncompressed-"))) {
        view->reply->type = "image/png";
        card_png(view->out, &PRODUCTS[rest.data[18] == '1'], 500, 500, false);
    } else if (view_has(view, FLAW_REDIRECT_CHAIN) && str_starts_with(rest, STR("/go/"))) {
        const char *next = str_starts_with(rest, STR("/go/1/"))   ? "/go/2/"
                           : str_starts_with(rest, STR("/go/2/")) ? "/go/3/"
                                                                  : NULL;
        Lang lang = rest.length > 6 ? lang_of(rest.data + 6) : LANG_COUNT;
        view->lang = lang == LANG_COUNT ? LANG_EN : lang;
        reply_redirect(view->reply, 302,
                       next ? arena_printf(view->arena, "%s%s", next, lang_code(view->lang))
                            : path_to(view, ROUTE_CONTACT));
        return true;
    } else {
        return false;
    }
    reply_header(view->reply, "Cache-Control", "public, max-age=31536000, immutable");
    reply_header(view->reply, "ETag", "\"flaw\"");
    return true;
}

/* The picture for sharing: /share/SLUG.png. */
static bool site_share(View *view, const char *path)
{
    Str name = str_of(path);
    if (!str_starts_with(name, STR("/share/")) || !str_ends_with(name, STR(".png")))
        return false;
    name = str_slice(name, 7, name.length - 11);
    ProductId id = catalogue_product(LANG_EN, arena_str_text(view->arena, name));
    if (id == PRODUCT_COUNT && !str_equal_text(name, "shop"))
        return false;
    view->reply->type = "image/png";
    reply_header(view->reply, "Cache-Control", "public, max-age=2592000");
    card_png(view->out, &PRODUCTS[id == PRODUCT_COUNT ? PRODUCT_BRUME : id], 1200, 630,
             true);
    return true;
}

bool site_answer(View *view, const char *path)
{
    const Asset *asset = assets_find(view->shop->assets, path);
    if (asset) {
        site_asset(view, asset);
        return true;
    }
    if (!strcmp(path, "/robots.txt"))
        site_robots(view);
    else if (!strcmp(path, "/sitemap.xml") && !view_has(view, FLAW_NO_SITEMAP))
        site_sitemap(view);
    else if (!strcmp(path, "/.well-known/security.txt"))
        site_security(view);
    else if (!strcmp(path, "/_demo/state"))
        site_state(view);
    else if (!strcmp(path, "/__demo/orders"))
        site_orders(view);
    else if (!strcmp(path, "/favicon.ico") && !view_has(view, FLAW_NO_FAVICON))
        site_asset(view, view->shop->assets->icon);
    else
        return site_flaw(view, path) || site_share(view, path);
    return true;
}

void page_sitemap(View *view)
{
    PageHead head = {.title = say(view, TEXT_SITEMAP_TITLE),
                     .description = say(view, TEXT_SITEMAP_DESCRIPTION)};
    head_crumb(&head, say(view, TEXT_HOME), path_to(view, ROUTE_HOME));
    head_crumb(&head, say(view, TEXT_SITEMAP), NULL);
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", say(view, TEXT_SITEMAP));
    for (CategoryId id = 0; id < CATEGORY_COUNT; id++) {
        markup_print(view->out, "<h2><a href=\"%s\">%s</a></h2>\n<ul>\n",
                     path_to_category(view, id),
                     words_in(&CATEGORIES[id].name, view->lang));
        for (ProductId product = 0; product < PRODUCT_COUNT; product++)
            if (PRODUCTS[product].category == id)
                markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n",
                             path_to_product(view, product),
                             words_in(&PRODUCTS[product].name, view->lang));
        buf_add_text(view->out, "</ul>\n");
    }
    markup_print(view->out, "<h2>%s</h2>\n<ul>\n", say(view, TEXT_FOOT_HELP));
    for (size_t i = 0; i < COUNT_OF(LISTED); i++)
        markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n",
                     path_to(view, LISTED[i]), say(view, LISTED_NAMES[i]));
    buf_add_text(view->out, "</ul>\n");
    layout_close(view);
}

void page_missing(View *view)
{
    bool is_bare = view_has(view, FLAW_ERROR_PAGE_BARE);
    view->reply->status = view_has(view, FLAW_SOFT_404) ? 200 : 404;
    view->category = CATEGORY_COUNT;
    view->product = PRODUCT_COUNT;
    view->route = ROUTE_COUNT;
    const char *title = is_bare ? say(view, TEXT_OOPS) : say(view, TEXT_MISSING_H1);
    PageHead head = {.title = arena_printf(view->arena, "%s – Grésil", title),
                     .is_noindex = true,
                     .is_missing = true,
                     .is_bare = is_bare};
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", title);
    if (!is_bare) {
        markup_print(view->out, "<p>%s</p>\n<ul>\n", say(view, TEXT_MISSING_TEXT));
        for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
            markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n",
                         path_to_category(view, id),
                         words_in(&CATEGORIES[id].name, view->lang));
        buf_add_text(view->out, "</ul>\n<p>");
        rich_write(view, say(view, TEXT_SEARCH_ASK));
        markup_print(view->out, "</p>\n<p><a class=\"button\" href=\"%s\">%s</a></p>\n",
                     path_to(view, ROUTE_HOME), say(view, TEXT_BACK_HOME));
    }
    layout_close(view);
}
