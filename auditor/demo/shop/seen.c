/* seen.c - see seen.h. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/seen.h"

#include <string.h>

#include "demo/markup.h"
#include "demo/shop/card.h"

/** Where a flaw shows. */
enum {
    ON_HOME = 1,
    ON_LIST = 2,
    ON_PRODUCT = 4,
    ON_CART = 8,
    ON_CONTACT = 16,
};

/** One flaw; what it does not need is NULL. Our content security policy allows no inline
 * style and script, so they are files. */
typedef struct Seen {
    DemoFlaw flaw;
    int pages;
    const char *style;
    const char *script;
    const char *markup[LANG_COUNT]; /* before the end of main */
} Seen;

#define BOTH(markup_)                                                                      \
    {                                                                                      \
        [LANG_EN] = (markup_), [LANG_FR] = (markup_)                                       \
    }

static const Seen SEEN[] = {
#include "demo/shop/seen.def"
};

static int page_of(const View *view)
{
    if (view_is_list(view))
        return ON_LIST;
    switch ((int)view->route) {
    case ROUTE_HOME: return ON_HOME;
    case ROUTE_PRODUCT: return ON_PRODUCT;
    case ROUTE_CART: return ON_CART;
    case ROUTE_CONTACT: return ON_CONTACT;
    default: return 0;
    }
}

static bool is_on(const View *view, const Seen *seen)
{
    return view_has(view, seen->flaw) && (seen->pages & page_of(view));
}

static const char *flaw_id(const Seen *seen)
{
    size_t count;
    return demo_flaws(&count)[seen->flaw].id;
}

void seen_head(View *view)
{
    for (size_t i = 0; i < COUNT_OF(SEEN); i++) {
        if (!is_on(view, &SEEN[i]))
            continue;
        if (SEEN[i].style)
            markup_print(view->out, "<link rel=\"stylesheet\" href=\"/seen/%s.css\">\n",
                         flaw_id(&SEEN[i]));
        if (SEEN[i].script)
            markup_print(view->out, "<script src=\"/seen/%s.js\" defer></script>\n",
                         flaw_id(&SEEN[i]));
    }
}

void seen_body(View *view)
{
    for (size_t i = 0; i < COUNT_OF(SEEN); i++)
        if (is_on(view, &SEEN[i]) && SEEN[i].markup[view->lang])
            buf_add_text(view->out, SEEN[i].markup[view->lang]);
}

/* Code that nothing calls, rules that nothing matches. */
static void filler(View *view, bool is_script)
{
    enum { PARTS = 1500 };

    for (int i = 0; i < PARTS; i++)
        buf_printf(view->out,
                   is_script ? "function part%d(a,b){const c=a*%d+b;return c>b?{sum:c,"
                               "name:'part '+c}:null}\n"
                             : ".part-%d .inner-%d{margin:1px 2px 3px 4px;padding:5px 6px;"
                               "color:#24364f}\n",
                   i, i);
}

static bool picture(View *view, Str name)
{
    static const struct {
        const char *name;
        int size;
        DemoFlaw flaw;
    } pictures[] = {{"120.png", 120, FLAW_BLURRED_IMAGE},
                    {"400.png", 400, FLAW_STRETCHED_IMAGE},
                    {"600.png", 600, FLAW_LATE_HERO},
                    {"1600.png", 1600, FLAW_OVERSIZED_IMAGE}};

    for (size_t i = 0; i < COUNT_OF(pictures); i++) {
        if (!str_equal_text(name, pictures[i].name) || !view_has(view, pictures[i].flaw))
            continue;
        view->reply->type = "image/png";
        card_png(view->out, &PRODUCTS[PRODUCT_BRUME], pictures[i].size, pictures[i].size,
                 true);
        return true;
    }
    return false;
}

bool seen_answer(View *view, const char *path)
{
    Str name = str_of(path);
    if (!str_starts_with(name, STR("/seen/")))
        return false;
    name = str_slice(name, 6, name.length);
    if (picture(view, name))
        return true;
    bool is_script = str_ends_with(name, STR(".js"));
    if (!is_script && !str_ends_with(name, STR(".css")))
        return false;
    Str id = str_slice(name, 0, name.length - (is_script ? 3 : 4));
    for (size_t i = 0; i < COUNT_OF(SEEN); i++) {
        const char *text = is_script ? SEEN[i].script : SEEN[i].style;
        if (!text || !view_has(view, SEEN[i].flaw) ||
            !str_equal_text(id, flaw_id(&SEEN[i])))
            continue;
        view->reply->type =
            is_script ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8";
        buf_add_text(view->out, text);
        if (!*text)
            filler(view, is_script);
        return true;
    }
    return false;
}
