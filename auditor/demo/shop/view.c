/* view.c - see view.h. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/view.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *name;
    Words path;
    int flags;
} ROUTES[ROUTE_COUNT] = {

#define ROUTE(constant, en, fr, flags_, handler)                                           \
    [ROUTE_##constant] = {.name = #constant,                                               \
                          .path = {{[LANG_EN] = (en), [LANG_FR] = (fr)}},                  \
                          .flags = (flags_)},
#include "demo/shop/routes.def"
#undef ROUTE
};

bool view_has(const View *view, DemoFlaw flaw)
{
    return view->shop->options->flaws[flaw];
}

bool view_is_list(const View *view)
{
    return view->route == ROUTE_CATEGORY || view->route == ROUTE_ALL;
}

const char *say(const View *view, TextId text)
{
    return text_in(text, view->lang);
}

const char *say_with(const View *view, TextId text, const char *argument)
{
    Str pattern = str_of(say(view, text));
    size_t place = str_find(pattern, STR("%s"), 0);
    if (place == SIZE_MAX)
        return pattern.data;
    Str tail = str_slice(pattern, place + 2, pattern.length);
    return arena_printf(view->arena, "%.*s%s%.*s", (int)place, pattern.data, argument,
                        STR_ARGS(tail));
}

const char *shop_price(const View *view, int cents)
{
    if (view->lang == LANG_FR)
        return arena_printf(view->arena, "%d,%02d\u00a0€", cents / 100, cents % 100);
    return arena_printf(view->arena, "€%d.%02d", cents / 100, cents % 100);
}

const char *route_path(const View *view, Lang lang, RouteId route, const char *slug)
{
    assert(route < ROUTE_COUNT);
    return arena_printf(view->arena, "/%s/%s%s", lang_code(lang),
                        words_in(&ROUTES[route].path, lang), slug);
}

/* Flaw session-in-urls: the addresses that people share carry a number of theirs. */
static const char *path_shared(const View *view, const char *path)
{
    if (!view_has(view, FLAW_SESSION_IN_URLS))
        return path;
    return arena_printf(view->arena, "%s?PHPSESSID=7f3a9c51e0b24d68a1c2", path);
}

const char *path_to(const View *view, RouteId route)
{
    const char *path = route_path(view, view->lang, route, "");
    return route == ROUTE_ALL ? path_shared(view, path) : path;
}

const char *path_to_category(const View *view, CategoryId category)
{
    return path_shared(view, route_path(view, view->lang, ROUTE_CATEGORY,
                                        words_in(&CATEGORIES[category].slug, view->lang)));
}

const char *path_to_product(const View *view, ProductId product)
{
    return path_shared(view, route_path(view, view->lang, ROUTE_PRODUCT,
                                        words_in(&PRODUCTS[product].slug, view->lang)));
}

RouteId route_named(Str text)
{
    for (RouteId route = 0; route < ROUTE_COUNT; route++)
        if (str_equal_nocase(text, str_of(ROUTES[route].name)))
            return route;
    return ROUTE_COUNT;
}

Session *view_session(View *view)
{
    if (view->session)
        return view->session;
    view->session = session_create(view->shop->sessions, view->shop->clock);
    const char *guard = view_has(view, FLAW_COOKIE_WITHOUT_HTTPONLY) ? "" : "; HttpOnly";
    const char *same = view_has(view, FLAW_COOKIE_WITHOUT_SAMESITE) ? "" : "; SameSite=Lax";
    reply_header(view->reply, "Set-Cookie",
                 arena_printf(view->arena, "session=%s; Path=/%s%s", view->session->id,
                              guard, same));
    return view->session;
}

void view_redirect(View *view, const char *path)
{
    reply_redirect(view->reply, 303, path);
}

static const char *const DAYS[LANG_COUNT][7] = {
    [LANG_EN] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
                 "Saturday"},
    [LANG_FR] = {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
};
static const char *const MONTHS[LANG_COUNT][12] = {
    [LANG_EN] = {"January", "February", "March", "April", "May", "June", "July", "August",
                 "September", "October", "November", "December"},
    [LANG_FR] = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                 "septembre", "octobre", "novembre", "décembre"},
};

const char *date_words(const View *view, int64_t wall_us, bool with_year)
{
    CivilTime civil;
    clock_civil(wall_us, &civil);
    const char *month = MONTHS[view->lang][civil.month - 1];
    if (with_year)
        return arena_printf(view->arena, "%d %s %d", civil.day, month, civil.year);
    return arena_printf(view->arena, "%s %d %s", DAYS[view->lang][civil.weekday], civil.day,
                        month);
}

int64_t working_days_after(const View *view, int days)
{
    enum { FRIDAY = 5 };

    int64_t wall_us = clock_wall_us(view->shop->clock);
    while (days > 0) {
        CivilTime civil;
        wall_us += (int64_t)24 * 3600 * 1000000;
        clock_civil(wall_us, &civil);
        days -= civil.weekday >= 1 && civil.weekday <= FRIDAY;
    }
    return wall_us;
}

const char *delivery_words(const View *view, int days_min, int days_max)
{
    const char *first = date_words(view, working_days_after(view, days_min), false);
    const char *last = date_words(view, working_days_after(view, days_max), false);
    if (view->lang == LANG_FR)
        return arena_printf(view->arena, "entre le %s et le %s", first, last);
    return arena_printf(view->arena, "between %s and %s", first, last);
}
