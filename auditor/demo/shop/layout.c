/* layout.c - head, header and footer of every page. Layer: demo (shop).
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/shop/page.h"
#include "demo/shop/seen.h"

void head_crumb(PageHead *head, const char *name, const char *path)
{
    head->crumbs[head->crumb_count++] = (Crumb){name, path};
}

const char *absolute(const View *view, const char *path)
{
    return arena_printf(view->arena, "%s%s", view->request->origin, path);
}

static const char *path_in(const View *view, const PageHead *head, Lang lang)
{
    const char *slug = head->slugs[lang] ? head->slugs[lang] : view->slug;
    return route_path(view, lang, view->route, slug);
}

static void head_addresses(View *view, const PageHead *head)
{
    if (head->is_missing)
        return;
    if (!(view_has(view, FLAW_NO_CANONICAL) && view->route == ROUTE_PRODUCT))
        markup_print(view->out, "<link rel=\"canonical\" href=\"%s\">\n",
                     absolute(view, path_in(view, head, view->lang)));
    for (Lang lang = 0; lang < LANG_COUNT; lang++)
        markup_print(view->out, "<link rel=\"alternate\" hreflang=\"%s\" href=\"%s\">\n",
                     lang_code(lang), absolute(view, path_in(view, head, lang)));
    markup_print(view->out, "<link rel=\"alternate\" hreflang=\"x-default\" href=\"%s\">\n",
                 absolute(view, path_in(view, head, LANG_EN)));
}

static void head_sharing(View *view, const PageHead *head)
{
    if (head->is_missing || (view_has(view, FLAW_NO_OG) && view->route == ROUTE_PRODUCT))
        return;
    markup_print(view->out,
                 "<meta property=\"og:site_name\" content=\"Grésil\">\n"
                 "<meta property=\"og:type\" content=\"%s\">\n"
                 "<meta property=\"og:title\" content=\"%s\">\n"
                 "<meta property=\"og:url\" content=\"%s\">\n"
                 "<meta property=\"og:image\" content=\"%s\">\n"
                 "<meta property=\"og:image:width\" content=\"1200\">\n"
                 "<meta property=\"og:image:height\" content=\"630\">\n"
                 "<meta property=\"og:locale\" content=\"%s\">\n",
                 head->is_product ? "product" : "website", head->title,
                 absolute(view, path_in(view, head, view->lang)),
                 absolute(view, head->image ? head->image : "/share/shop.png"),
                 view->lang == LANG_FR ? "fr_FR" : "en_GB");
    if (head->description)
        markup_print(view->out, "<meta property=\"og:description\" content=\"%s\">\n",
                     head->description);
}

static void head_files(View *view, const PageHead *head)
{
    const Assets *assets = view->shop->assets;
    markup_print(view->out, "<link rel=\"stylesheet\" href=\"%s\">\n", assets->style->path);
    if (view_has(view, FLAW_MISSING_STYLESHEET) && view_is_list(view))
        buf_add_text(view->out,
                     "<link rel=\"stylesheet\" href=\"/assets/season-2019.css\">\n");
    if (!view_has(view, FLAW_NO_FAVICON))
        markup_print(
            view->out,
            "<link rel=\"icon\" href=\"%s\" type=\"image/svg+xml\" sizes=\"any\">\n",
            assets->icon->path);
    markup_print(view->out,
                 "<link rel=\"manifest\" href=\"%s\">\n<meta name=\"theme-color\" "
                 "content=\"#24364f\">\n",
                 assets->manifest->path);
    /* where there is something to make more comfortable, and nowhere else */
    if (view_is_list(view) || view_has(view, FLAW_SCRIPT_ONLY_CART))
        markup_print(view->out, "<script src=\"%s\" defer></script>\n",
                     assets->script->path);
    if (view_has(view, FLAW_RENDER_BLOCKING) && view->route == ROUTE_HOME)
        for (int i = 1; i <= 6; i++)
            markup_print(view->out, "<script src=\"/assets/widget-%d.js\"></script>\n", i);
    if (view_has(view, FLAW_HEAVY_SCRIPT) && view->route == ROUTE_PRODUCT)
        buf_add_text(view->out, "<script src=\"/assets/bundle.js\" defer></script>\n");
    seen_head(view);
    if (head->preload && !view_has(view, FLAW_NO_IMAGE_PRIORITY))
        markup_print(
            view->out,
            "<link rel=\"preload\" as=\"image\" href=\"%s\" fetchpriority=\"high\">\n",
            head->preload->path);
}

static void head_write(View *view, const PageHead *head)
{
    bool is_contact = view->route == ROUTE_CONTACT;
    if (!(is_contact && view_has(view, FLAW_NO_DOCTYPE)))
        buf_add_text(view->out, "<!DOCTYPE html>\n");
    if (is_contact && view_has(view, FLAW_NO_LANG))
        buf_add_text(view->out, "<html>\n");
    else
        markup_print(view->out, "<html lang=\"%s\">\n", lang_code(view->lang));
    buf_add_text(view->out, "<head>\n<meta charset=\"utf-8\">\n");
    bool is_product = view->route == ROUTE_PRODUCT;
    if (is_product && view_has(view, FLAW_ZOOM_BLOCKED))
        buf_add_text(view->out, "<meta name=\"viewport\" content=\"width=device-width, "
                                "initial-scale=1, maximum-scale=1, user-scalable=no\">\n");
    else if (!(is_product && view_has(view, FLAW_NO_VIEWPORT)))
        buf_add_text(view->out, "<meta name=\"viewport\" content=\"width=device-width, "
                                "initial-scale=1\">\n");
    const char *title = is_contact && view_has(view, FLAW_EMPTY_TITLE) ? "" : head->title;
    markup_print(view->out, "<title>%s</title>\n", title);
    if (head->description &&
        !(view_is_list(view) && view_has(view, FLAW_MISSING_META_DESCRIPTION)))
        markup_print(view->out, "<meta name=\"description\" content=\"%s\">\n",
                     head->description);
    if (head->is_noindex || (is_product && view_has(view, FLAW_NOINDEX)))
        buf_add_text(view->out, "<meta name=\"robots\" content=\"noindex\">\n");
    head_addresses(view, head);
    head_sharing(view, head);
    head_files(view, head);
    if (head->data)
        buf_add(view->out, buf_str(head->data));
    buf_add_text(view->out, "</head>\n");
}

/* The same element under another name, for the flaw that takes landmarks away. */
static const char *nav_name(const View *view)
{
    return view->route == ROUTE_HOME && view_has(view, FLAW_NO_MENU) ? "div" : "nav";
}

static void menu_entry(View *view, const char *path, const char *name, bool is_current)
{
    markup_print(view->out, "<li><a href=\"%s\"", path);
    if (is_current)
        buf_add_text(view->out, " aria-current=\"page\"");
    markup_print(view->out, ">%s</a></li>\n", name);
}

static void header_menu(View *view)
{
    const char *name = nav_name(view);
    buf_printf(view->out, "<%s class=\"menu\"", name);
    if (!strcmp(name, "nav"))
        markup_print(view->out, " aria-label=\"%s\"", say(view, TEXT_MENU));
    buf_add_text(view->out, "><ul class=\"wrap\">\n");
    if (view_has(view, FLAW_EMPTY_CATEGORY))
        menu_entry(view, route_path(view, view->lang, ROUTE_CATEGORY, "lumieres"),
                   say(view, TEXT_LIGHTS), false);
    menu_entry(view, path_to(view, ROUTE_ALL), say(view, TEXT_ALL),
               view->route == ROUTE_ALL);
    for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
        menu_entry(view, path_to_category(view, id),
                   words_in(&CATEGORIES[id].name, view->lang), view->category == id);
    buf_printf(view->out, "</ul></%s>\n", name);
}

static bool header_has_search(const View *view, const PageHead *head)
{
    bool is_place =
        view->route == ROUTE_HOME || view_is_list(view) || view->route == ROUTE_PRODUCT;
    return !head->is_bare && !(is_place && view_has(view, FLAW_NO_SEARCH));
}

static void header_search(View *view)
{
    const char *query = "";
    if (view->route == ROUTE_SEARCH && !view_has(view, FLAW_SEARCH_LOSES_QUERY))
        query = request_query(view->request, "q");
    markup_print(view->out,
                 "<form class=\"find\" role=\"search\" action=\"%s\" method=\"get\">"
                 "<input type=\"search\" name=\"q\" id=\"find\" aria-label=\"%s\" "
                 "placeholder=\"%s\" value=\"%s\" maxlength=\"100\" autocomplete=\"off\">"
                 "<button type=\"submit\">%s</button></form>\n",
                 path_to(view, ROUTE_SEARCH), say(view, TEXT_SEARCH_LABEL),
                 say(view, TEXT_SEARCH_EXAMPLE), query, say(view, TEXT_SEARCH));
}

static const char *path_to_contact(View *view)
{
    if (view_has(view, FLAW_REDIRECT_CHAIN))
        return arena_printf(view->arena, "/go/1/%s", lang_code(view->lang));
    return path_to(view, ROUTE_CONTACT);
}

static void header_tools(View *view, const PageHead *head)
{
    buf_add_text(view->out, "<ul class=\"tools\">\n");
    Lang other = view->lang == LANG_FR ? LANG_EN : LANG_FR;
    const char *path = head->is_missing ? route_path(view, other, ROUTE_HOME, "")
                                        : path_in(view, head, other);
    markup_print(view->out, "<li><a href=\"%s\" hreflang=\"%s\" lang=\"%s\">%s</a></li>\n",
                 path, lang_code(other), lang_code(other), lang_name(other));
    if (!view_has(view, FLAW_NO_CONTACT_LINK))
        menu_entry(view, path_to_contact(view), say(view, TEXT_CONTACT), false);
    menu_entry(view, path_to(view, ROUTE_ACCOUNT), say(view, TEXT_ACCOUNT), false);
    if (!view_has(view, FLAW_CART_HIDDEN))
        markup_print(
            view->out, "<li><a href=\"%s\">%s <span class=\"count\">%d</span></a></li>\n",
            path_to(view, ROUTE_CART), say(view, TEXT_CART), cart_pieces(view->session));
    buf_add_text(view->out, "</ul>\n");
}

static void header_logo(View *view)
{
    if (view->route == ROUTE_CONTACT && view_has(view, FLAW_NO_HOME_LINK))
        markup_print(view->out,
                     "<span class=\"brand logo-text\">Grésil <small>%s</small></span>\n",
                     say(view, TEXT_TRADE));
    else
        markup_print(
            view->out,
            "<a class=\"logo\" rel=\"home\" href=\"%s\">Grésil <small>%s</small></a>\n",
            path_to(view, ROUTE_HOME), say(view, TEXT_TRADE));
}

static void crumbs_write(View *view, const PageHead *head)
{
    bool is_place = view->category != CATEGORY_COUNT || view->route == ROUTE_ALL;
    if (!head->crumb_count || (is_place && view_has(view, FLAW_NO_BREADCRUMB)))
        return;
    markup_print(view->out, "<nav class=\"crumbs breadcrumb\" aria-label=\"%s\"><ol>\n",
                 say(view, TEXT_CRUMBS));
    for (int i = 0; i < head->crumb_count; i++) {
        const Crumb *crumb = &head->crumbs[i];
        if (crumb->path)
            markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n", crumb->path,
                         crumb->name);
        else
            markup_print(view->out, "<li aria-current=\"page\">%s</li>\n", crumb->name);
    }
    buf_add_text(view->out, "</ol></nav>\n");
}

void layout_open(View *view, const PageHead *head)
{
    view->reply->type = "text/html; charset=utf-8";
    view->reply->is_page = true;
    head_write(view, head);
    buf_add_text(view->out, "<body>\n");
    bool is_contact = view->route == ROUTE_CONTACT;
    if (!(is_contact && view_has(view, FLAW_NO_SKIP_LINK)))
        markup_print(view->out, "<a class=\"skip\" href=\"#content\">%s</a>\n",
                     say(view, TEXT_SKIP));
    consent_bar(view);
    buf_add_text(view->out, "<header class=\"top\">\n");
    if (!view_has(view, FLAW_HIDDEN_DELIVERY_COST))
        markup_print(view->out, "<p class=\"strip\">%s</p>\n", say(view, TEXT_STRIP));
    buf_add_text(view->out, "<div class=\"bar wrap\">\n");
    header_logo(view);
    if (header_has_search(view, head))
        header_search(view);
    if (!head->is_bare)
        header_tools(view, head);
    buf_add_text(view->out, "</div>\n");
    if (!head->is_bare)
        header_menu(view);
    buf_add_text(view->out, "</header>\n");
    crumbs_write(view, head);
    buf_add_text(view->out, "<main id=\"content\">\n");
}

static void footer_link(View *view, RouteId route, TextId name)
{
    menu_entry(view, path_to(view, route), say(view, name), false);
}

static void footer_open(View *view, TextId title)
{
    markup_print(view->out, "<div><h2>%s</h2><ul>\n", say(view, title));
}

static void footer_help(View *view)
{
    footer_open(view, TEXT_FOOT_HELP);
    if (!view_has(view, FLAW_NO_CONTACT_LINK))
        menu_entry(view, path_to_contact(view), say(view, TEXT_CONTACT_US), false);
    footer_link(view, ROUTE_DELIVERY, TEXT_DELIVERY);
    footer_link(view, ROUTE_RETURNS, TEXT_RETURNS);
    if (!view_has(view, FLAW_NO_FAQ))
        footer_link(view, ROUTE_FAQ, TEXT_FAQ);
    footer_link(view, ROUTE_TRACKING, TEXT_TRACKING);
    footer_link(view, ROUTE_WITHDRAWAL, TEXT_WITHDRAWAL);
    buf_add_text(view->out, "</ul></div>\n");
}

static void footer_shop(View *view)
{
    footer_open(view, TEXT_FOOT_SHOP);
    for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
        menu_entry(view, path_to_category(view, id),
                   words_in(&CATEGORIES[id].name, view->lang), false);
    footer_link(view, ROUTE_ABOUT, TEXT_ABOUT);
    footer_link(view, ROUTE_REVIEWS, TEXT_REVIEWS_PAGE);
    footer_link(view, ROUTE_SITEMAP, TEXT_SITEMAP);
    if (view->route == ROUTE_HOME && view_has(view, FLAW_EMPTY_LINKS))
        markup_print(view->out,
                     "<li><a href=\"%s\"></a></li><li><a href=\"%s\"><span "
                     "class=\"ico\"></span></a></li>\n",
                     path_to(view, ROUTE_ABOUT), path_to(view, ROUTE_FAQ));
    buf_add_text(view->out, "</ul></div>\n");
}

static void footer_law(View *view)
{
    footer_open(view, TEXT_FOOT_LAW);
    if (!view_has(view, FLAW_NO_TERMS_LINK))
        footer_link(view, ROUTE_TERMS, TEXT_TERMS);
    if (!view_has(view, FLAW_NO_LEGAL_NOTICE))
        footer_link(view, ROUTE_LEGAL, TEXT_LEGAL);
    if (!view_has(view, FLAW_NO_PRIVACY_LINK))
        footer_link(view, ROUTE_PRIVACY, TEXT_PRIVACY);
    footer_link(view, ROUTE_COOKIES, TEXT_COOKIES);
    footer_link(view, ROUTE_ACCESSIBILITY, TEXT_ACCESSIBILITY);
    buf_add_text(view->out, "</ul></div>\n");
}

static void footer_newsletter(View *view)
{
    if (view_has(view, FLAW_NO_NEWSLETTER))
        return;
    markup_print(
        view->out,
        "<div><h2>%s</h2><form class=\"join\" method=\"post\" action=\"%s\"><div>"
        "<label for=\"join\">%s</label><input type=\"email\" id=\"join\" name=\"email\" "
        "autocomplete=\"email\" required></div><button type=\"submit\">%s</button>"
        "</form><p>",
        say(view, TEXT_NEWSLETTER), path_to(view, ROUTE_NEWSLETTER), say(view, TEXT_EMAIL),
        say(view, TEXT_NEWSLETTER_JOIN));
    rich_write(view,
               say(view, view_has(view, FLAW_NO_PRIVACY_LINK) ? TEXT_NEWSLETTER_NOTE_PLAIN
                                                              : TEXT_NEWSLETTER_NOTE));
    buf_add_text(view->out, "</p></div>\n");
}

static void footer_end(View *view)
{
    if (!view_has(view, FLAW_NO_PAYMENT_LOGOS)) {
        markup_print(view->out,
                     "<p class=\"badges payment\" role=\"img\" aria-label=\"%s\">",
                     say(view, TEXT_PAYMENT_MEANS));
        static const char *const names[] = {"Visa", "Mastercard", "PayPal", "CB"};
        for (size_t i = 0; i < COUNT_OF(names); i++)
            markup_print(view->out,
                         "<img src=\"%s\" alt=\"%s\" width=\"76\" height=\"32\" "
                         "loading=\"lazy\">",
                         view->shop->assets->badges[i]->path, names[i]);
        buf_add_text(view->out, "</p>\n");
    }
    CivilTime civil;
    clock_civil(clock_wall_us(view->shop->clock), &civil);
    int year = civil.year - (view_has(view, FLAW_OLD_COPYRIGHT) ? 6 : 0);
    markup_print(view->out, "<p>© %d Grésil SAS. %s</p>\n", year, say(view, TEXT_RIGHTS));
}

void layout_close(View *view)
{
    seen_body(view);
    buf_add_text(view->out, "</main>\n<footer class=\"foot\"><div class=\"wrap\">\n");
    const char *name = nav_name(view);
    buf_printf(view->out, "<%s class=\"cols\"", name);
    if (!strcmp(name, "nav"))
        markup_print(view->out, " aria-label=\"%s\"", say(view, TEXT_FOOT_MENU));
    buf_add_text(view->out, ">\n");
    footer_help(view);
    footer_shop(view);
    footer_law(view);
    footer_newsletter(view);
    buf_printf(view->out, "</%s>\n", name);
    footer_end(view);
    buf_add_text(view->out, "</div></footer>\n</body>\n</html>\n");
}
