/* shop.c - finds the page for a request and adds the headers that every answer has.
 * Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/shop.h"

#include <string.h>

#include "demo/shop/page.h"
#include "demo/shop/site.h"

/* Style, script and pictures are our own files; data in script elements are not run. */
static const char POLICY[] = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
                             "base-uri 'self'; form-action 'self'";

typedef void PageHandler(View *view);

static const struct {
    Words path;
    int flags;
    PageHandler *handler;
} ROUTES[ROUTE_COUNT] = {

#define ROUTE(constant, en, fr, flags_, handler_)                                          \
    [ROUTE_##constant] = {.path = {{[LANG_EN] = (en), [LANG_FR] = (fr)}},                  \
                          .flags = (flags_),                                               \
                          .handler = (handler_)},
#include "demo/shop/routes.def"
#undef ROUTE
};

Shop *shop_create(Arena *arena, const DemoOptions *options, Clock *clock)
{
    Shop *shop = ARENA_NEW(arena, Shop);
    *shop = (Shop){.arena = arena,
                   .options = options,
                   .clock = clock,
                   .sessions = ARENA_NEW(arena, Sessions),
                   .assets = assets_create(arena)};
    return shop;
}

/* Route of what follows "/fr/"; the slug is what follows a path that ends in '/'. */
static RouteId route_find(Lang lang, const char *rest, const char **slug)
{
    RouteId found = ROUTE_COUNT;
    *slug = "";
    for (RouteId route = 0; route < ROUTE_COUNT; route++) {
        const char *path = words_in(&ROUTES[route].path, lang);
        if (!strcmp(path, rest)) {
            *slug = "";
            return route;
        }
        size_t length = strlen(path);
        if (length && path[length - 1] == '/' && !strncmp(path, rest, length)) {
            found = route;
            *slug = rest + length;
        }
    }
    return found;
}

static void answer_home(View *view)
{
    view->lang = lang_accepted(view->request->accept_language);
    reply_redirect(view->reply, 302, path_to(view, ROUTE_HOME));
    reply_header(view->reply, "Vary", "Accept-Language");
    reply_header(view->reply, "Cache-Control", "private, no-cache");
}

static void answer_refusal(View *view, int status, const char *text)
{
    view->reply->status = status;
    view->reply->type = "text/plain; charset=utf-8";
    if (status == 405)
        reply_header(view->reply, "Allow", "GET, HEAD, POST");
    buf_clear(&view->reply->body);
    buf_add_text(view->out, text);
}

static void cookie_flaws(View *view)
{
    if (!view->reply->is_page || request_cookie(view->request, "consent"))
        return;
    const char *year = "Path=/; Max-Age=31536000; SameSite=Lax";
    if (view_has(view, FLAW_TRACKER_BEFORE_CONSENT)) {
        reply_header(view->reply, "Set-Cookie",
                     arena_printf(view->arena, "_ga=GA1.1.1604775.1763; %s", year));
        reply_header(view->reply, "Set-Cookie",
                     arena_printf(view->arena, "_fbp=fb.0.1763.99; %s", year));
    }
    if (view_has(view, FLAW_LONG_COOKIE))
        reply_header(view->reply, "Set-Cookie",
                     "layout=wide; Path=/; Max-Age=315360000; HttpOnly; SameSite=Lax");
}

static void page_headers(View *view)
{
    Reply *reply = view->reply;
    if (!view_has(view, FLAW_NO_CSP))
        reply_header(reply, "Content-Security-Policy",
                     view_has(view, FLAW_FRAMABLE)
                         ? POLICY
                         : arena_printf(view->arena, "%s; frame-ancestors 'none'", POLICY));
    if (!view_has(view, FLAW_FRAMABLE))
        reply_header(reply, "X-Frame-Options", "DENY");
    reply_header(reply, "Referrer-Policy",
                 view_has(view, FLAW_LEAKY_REFERRER) ? "unsafe-url"
                                                     : "strict-origin-when-cross-origin");
    reply_header(reply, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    reply_header(reply, "Content-Language", lang_code(view->lang));
    if (view_has(view, FLAW_VERSION_IN_HEADERS)) {
        reply_header(reply, "Server", "Apache/2.4.29");
        reply_header(reply, "X-Powered-By", "PHP/7.2.24");
    }
}

static void answer_page(View *view, const char *path)
{
    int needed = view->request->is_post ? ROUTE_POST : ROUTE_GET;
    view->route = route_find(view->lang, path, &view->slug);
    if (view->route == ROUTE_COUNT) {
        page_missing(view);
    } else if (!(ROUTES[view->route].flags & needed)) {
        /* Somebody who reloads the answer to a form should not meet an error. */
        view_redirect(view,
                      path_to(view, view->request->is_post ? ROUTE_HOME : ROUTE_CART));
    } else {
        ROUTES[view->route].handler(view);
    }
    bool is_private =
        view->route != ROUTE_COUNT && (ROUTES[view->route].flags & ROUTE_PRIVATE);
    if (is_private && view_has(view, FLAW_CART_CACHED))
        reply_header(view->reply, "Cache-Control", "public, max-age=600");
    else
        reply_header(view->reply, "Cache-Control",
                     is_private ? "private, no-store" : "private, no-cache");
}

static void answer_get_or_post(View *view)
{
    const char *path = view->request->path;
    if (!strcmp(path, "/")) {
        answer_home(view);
        return;
    }
    if (path[1] && path[2] && path[3] == '\0' && lang_of(path + 1) != LANG_COUNT) {
        reply_redirect(view->reply, 301,
                       arena_printf(view->arena, "/%s/", lang_code(lang_of(path + 1))));
        return;
    }
    Lang lang = strlen(path) > 3 && path[3] == '/' ? lang_of(path + 1) : LANG_COUNT;
    if (lang != LANG_COUNT) {
        view->lang = lang;
        answer_page(view, path + 4);
        return;
    }
    view->lang = lang_accepted(view->request->accept_language);
    if (view->request->is_post || !site_answer(view, path))
        page_missing(view);
}

void shop_answer(Shop *shop, const Request *request, Reply *reply)
{
    View view = {.shop = shop,
                 .arena = request->arena,
                 .request = request,
                 .reply = reply,
                 .out = &reply->body,
                 .slug = "",
                 .route = ROUTE_COUNT,
                 .category = CATEGORY_COUNT,
                 .product = PRODUCT_COUNT};
    reply->status = 200;
    view.session = session_find(shop->sessions, request_cookie(request, "session"),
                                clock_now_us(shop->clock));
    if (request->is_other_method)
        answer_refusal(&view, 405, "405 this method is not served\n");
    else if (request->is_body_refused)
        answer_refusal(&view, 413, "413 the form is too large or of another type\n");
    else
        answer_get_or_post(&view);
    if (reply->body.is_over)
        answer_refusal(&view, 500, "500 the page is too large\n");
    cookie_flaws(&view);
    if (reply->is_page)
        page_headers(&view);
    if (!view_has(&view, FLAW_NO_NOSNIFF))
        reply_header(reply, "X-Content-Type-Options", "nosniff");
    if (reply->is_page && view_has(&view, FLAW_SLOW_FIRST_BYTE))
        reply->delay_us += 600000;
    reply->delay_us += shop->options->delay_us;
}
