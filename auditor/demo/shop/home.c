/* home.c - the first page. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/page.h"

static void home_hero(View *view)
{
    const Assets *assets = view->shop->assets;
    markup_print(view->out,
                 "<section class=\"hero\"><div><h1>%s</h1><p>%s</p><p><a class=\"button\" "
                 "href=\"%s\">%s</a></p></div>\n",
                 say(view, TEXT_HOME_H1), say(view, TEXT_HOME_LEAD),
                 path_to(view, ROUTE_ALL), say(view, TEXT_HOME_BUTTON));
    markup_print(
        view->out,
        "<img src=\"%s\" alt=\"%s\" width=\"1200\" height=\"1200\" srcset=\"%s 400w, "
        "%s 800w, %s 1200w\" sizes=\"(min-width: 760px) 590px, 100vw\"",
        assets->pictures[PRODUCT_BRUME][PICTURE_SETTING][2]->path,
        picture_alt(view, PRODUCT_BRUME, PICTURE_SETTING),
        assets->pictures[PRODUCT_BRUME][PICTURE_SETTING][0]->path,
        assets->pictures[PRODUCT_BRUME][PICTURE_SETTING][1]->path,
        assets->pictures[PRODUCT_BRUME][PICTURE_SETTING][2]->path);
    if (!view_has(view, FLAW_NO_IMAGE_PRIORITY))
        buf_add_text(view->out, " fetchpriority=\"high\"");
    if (view_has(view, FLAW_LAZY_HERO))
        buf_add_text(view->out, " loading=\"lazy\"");
    buf_add_text(view->out, "></section>\n");
}

static void home_categories(View *view)
{
    static const ProductId faces[CATEGORY_COUNT] = {[CATEGORY_VASES] = PRODUCT_MOLENE,
                                                    [CATEGORY_CUPS] = PRODUCT_BISE,
                                                    [CATEGORY_PLATES] = PRODUCT_DUNE,
                                                    [CATEGORY_TEAPOTS] = PRODUCT_AVERSE};
    markup_print(view->out, "<h2>%s</h2>\n<ul class=\"cards\">\n",
                 say(view, TEXT_HOME_CATEGORIES));
    for (CategoryId id = 0; id < CATEGORY_COUNT; id++) {
        markup_print(view->out, "<li class=\"card\"><a href=\"%s\">",
                     path_to_category(view, id));
        picture_write(view, faces[id], PICTURE_SETTING, "(min-width: 760px) 280px, 90vw",
                      id > 1);
        markup_print(view->out, "<span class=\"name\">%s</span></a></li>\n",
                     words_in(&CATEGORIES[id].name, view->lang));
    }
    buf_add_text(view->out, "</ul>\n");
}

static void home_favourites(View *view)
{
    static const ProductId chosen[] = {PRODUCT_NOROIT, PRODUCT_OUESSANT, PRODUCT_BRUME,
                                       PRODUCT_ABER,   PRODUCT_SEIN,     PRODUCT_GALET,
                                       PRODUCT_RESSAC, PRODUCT_AVERSE};
    markup_print(view->out, "<h2>%s</h2>\n<ul class=\"cards\">\n",
                 say(view, TEXT_HOME_FAVOURITES));
    for (size_t i = 0; i < COUNT_OF(chosen); i++)
        card_write(view, chosen[i], 3, (int)i + 4);
    buf_add_text(view->out, "</ul>\n");
}

static void home_reasons(View *view)
{
    static const TextId reasons[][2] = {{TEXT_WHY_DELIVERY, TEXT_WHY_DELIVERY_TEXT},
                                        {TEXT_WHY_RETURNS, TEXT_WHY_RETURNS_TEXT},
                                        {TEXT_WHY_PAYMENT, TEXT_WHY_PAYMENT_TEXT},
                                        {TEXT_WHY_PEOPLE, TEXT_WHY_PEOPLE_TEXT}};
    buf_add_text(view->out, "<ul class=\"reasons\">\n");
    for (size_t i = 0; i < COUNT_OF(reasons); i++) {
        if (reasons[i][0] == TEXT_WHY_DELIVERY && view_has(view, FLAW_HIDDEN_DELIVERY_COST))
            continue;
        if (reasons[i][0] == TEXT_WHY_PEOPLE && view_has(view, FLAW_NO_CONTACT_LINK))
            continue;
        markup_print(view->out, "<li><strong>%s</strong>", say(view, reasons[i][0]));
        rich_write(view, say(view, reasons[i][1]));
        buf_add_text(view->out, "</li>\n");
    }
    buf_add_text(view->out, "</ul>\n");
}

static void home_story(View *view)
{
    markup_print(view->out, "<h2>%s</h2>\n<p>%s</p>\n<p>", say(view, TEXT_HOME_STORY),
                 say(view, TEXT_HOME_STORY_TEXT));
    rich_write(view, say(view, TEXT_HOME_STORY_LINK));
    buf_add_text(view->out, "</p>\n");
}

/* What the flaws of the home page put into it. */
static void home_flaws(View *view)
{
    Buf *out = view->out;
    if (view_has(view, FLAW_DEAD_LINKS)) {
        buf_add_text(out, "<ul>\n");
        for (int i = 1; i <= 6; i++)
            markup_print(out, "<li><a href=\"/%s/journal/%d\">%s %d</a></li>\n",
                         lang_code(view->lang), i, say(view, TEXT_JOURNAL), i);
        buf_add_text(out, "</ul>\n");
    }
    if (view_has(view, FLAW_SCRIPT_LINKS))
        markup_print(out, "<p><a href=\"javascript:void(0)\">%s</a></p>\n",
                     say(view, TEXT_HOME_BUTTON));
    if (view_has(view, FLAW_PLACEHOLDER_CONTENT))
        buf_add_text(out,
                     "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do "
                     "eiusmod tempor incididunt ut labore.</p>\n");
    if (view_has(view, FLAW_CAPITALS))
        markup_print(out, "<p>%s</p>\n", say(view, TEXT_CAPITALS));
    if (view_has(view, FLAW_MARQUEE))
        markup_print(out, "<marquee>%s</marquee>\n", say(view, TEXT_HOME_FAVOURITES));
    if (view_has(view, FLAW_MISSING_ALT))
        markup_print(out, "<p><img src=\"%s\" width=\"64\" height=\"64\"></p>\n",
                     view->shop->assets->icon->path);
    if (view_has(view, FLAW_GENERIC_LINKS))
        markup_print(out, "<p><a href=\"%s\">%s</a></p>\n", path_to(view, ROUTE_ABOUT),
                     say(view, TEXT_CLICK_HERE));
    if (view_has(view, FLAW_TOO_MANY_REQUESTS))
        for (int i = 0; i < 320; i++)
            markup_print(out, "<img src=\"/dot/%d.svg\" alt=\"\" width=\"4\" height=\"4\">",
                         i);
    if (view_has(view, FLAW_HUGE_DOM))
        for (int i = 0; i < 3200; i++)
            buf_add_text(out, "<i></i>");
}

void page_home(View *view)
{
    AUTO(buf_release) Buf data = {0};
    buf_init(&data, 1 << 16);
    PageHead head = {.title = say(view, TEXT_HOME_TITLE),
                     .description = say(view, TEXT_HOME_DESCRIPTION),
                     .data = &data};
    data_shop(view, &data);
    layout_open(view, &head);
    home_hero(view);
    home_categories(view);
    home_favourites(view);
    home_reasons(view);
    home_story(view);
    home_flaws(view);
    layout_close(view);
}
