/* list.c - lists of products: categories with sorting and filters, and search results.
 * Layer: demo (shop). SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/shop/page.h"

/** What a list shows. */
typedef struct Listing {
    ProductId products[PRODUCT_COUNT];
    int count;
} Listing;

typedef enum SortId { SORT_OURS, SORT_CHEAP, SORT_DEAR, SORT_NAME, SORT_COUNT } SortId;

static const char *const SORT_NAMES[SORT_COUNT] = {"ours", "price-asc", "price-desc",
                                                   "name"};
static const TextId SORT_TEXTS[SORT_COUNT] = {TEXT_SORT_OURS, TEXT_SORT_CHEAP,
                                              TEXT_SORT_DEAR, TEXT_SORT_NAME};
/* Upper ends of the price bands, cents; the last has none. */
static const int BANDS[] = {3000, 6000, 1000000};
static const char *const BAND_NAMES[] = {"30", "60", "over"};
static const TextId BAND_TEXTS[] = {TEXT_BAND_LOW, TEXT_BAND_MIDDLE, TEXT_BAND_HIGH};
static const char *const GLAZE_NAMES[GLAZE_COUNT] = {"chalk", "celadon",  "night",
                                                     "ochre", "charcoal", "clay"};
static const TextId GLAZE_TEXTS[GLAZE_COUNT] = {TEXT_GLAZE_CHALK,    TEXT_GLAZE_CELADON,
                                                TEXT_GLAZE_NIGHT,    TEXT_GLAZE_OCHRE,
                                                TEXT_GLAZE_CHARCOAL, TEXT_GLAZE_CLAY};

static size_t band_of(int cents)
{
    size_t band = 0;
    while (band + 1 < COUNT_OF(BANDS) && cents > BANDS[band])
        band++;
    return band;
}

static bool is_listed(const View *view, ProductId product)
{
    return view->route == ROUTE_ALL || PRODUCTS[product].category == view->category;
}

static bool passes(const View *view, ProductId product)
{
    const char *band = request_query(view->request, "price");
    const char *glaze = request_query(view->request, "glaze");
    const Product *p = &PRODUCTS[product];
    if (*band && strcmp(band, BAND_NAMES[band_of(p->cents)]) != 0)
        return false;
    if (*glaze && strcmp(glaze, GLAZE_NAMES[p->glaze]) != 0)
        return false;
    return !*request_query(view->request, "stock") || p->stock > 0;
}

static SortId sort_of(const View *view)
{
    const char *wanted = request_query(view->request, "sort");
    for (SortId sort = 0; sort < SORT_COUNT; sort++)
        if (!strcmp(wanted, SORT_NAMES[sort]))
            return sort;
    return SORT_OURS;
}

static bool comes_before(const View *view, SortId sort, ProductId a, ProductId b)
{
    switch (sort) {
    case SORT_CHEAP: return PRODUCTS[a].cents < PRODUCTS[b].cents;
    case SORT_DEAR: return PRODUCTS[a].cents > PRODUCTS[b].cents;
    case SORT_NAME:
        return strcmp(words_in(&PRODUCTS[a].name, view->lang),
                      words_in(&PRODUCTS[b].name, view->lang)) < 0;
    case SORT_OURS:
    case SORT_COUNT: break;
    }
    return false;
}

/* Insertion sort: two dozen products, and equal ones keep our order. */
static void listing_sort(const View *view, Listing *list)
{
    SortId sort = sort_of(view);
    for (int i = 1; i < list->count; i++) {
        ProductId moved = list->products[i];
        int at = i;
        for (; at > 0 && comes_before(view, sort, moved, list->products[at - 1]); at--)
            list->products[at] = list->products[at - 1];
        list->products[at] = moved;
    }
}

static void option_write(View *view, const char *value, const char *text,
                         const char *chosen)
{
    markup_print(view->out, "<option value=\"%s\"%s>%s</option>", value,
                 strcmp(value, chosen) != 0 ? "" : " selected", text);
}

static void option_counted(View *view, const char *value, TextId text, int count,
                           const char *chosen)
{
    if (count)
        option_write(view, value,
                     arena_printf(view->arena, "%s (%d)", say(view, text), count), chosen);
}

static void select_open(View *view, const char *name, TextId label)
{
    markup_print(view->out,
                 "<div><label for=\"tune-%s\">%s</label><select id=\"tune-%s\" "
                 "name=\"%s\">",
                 name, say(view, label), name, name);
}

static void tune_sort(View *view)
{
    if (view_has(view, FLAW_NO_SORT))
        return;
    select_open(view, "sort", TEXT_SORT);
    for (SortId sort = 0; sort < SORT_COUNT; sort++)
        option_write(view, SORT_NAMES[sort], say(view, SORT_TEXTS[sort]),
                     SORT_NAMES[sort_of(view)]);
    buf_add_text(view->out, "</select></div>\n");
}

/* Counts are of the whole list, so that no value offered leads to nothing by itself. */
static void tune_filters(View *view)
{
    int bands[COUNT_OF(BANDS)] = {0}, glazes[GLAZE_COUNT] = {0}, in_stock = 0;
    for (ProductId id = 0; id < PRODUCT_COUNT; id++) {
        if (!is_listed(view, id))
            continue;
        bands[band_of(PRODUCTS[id].cents)]++;
        glazes[PRODUCTS[id].glaze]++;
        in_stock += PRODUCTS[id].stock > 0;
    }
    select_open(view, "price", TEXT_FILTER_PRICE);
    option_write(view, "", say(view, TEXT_FILTER_ALL), "");
    for (size_t i = 0; i < COUNT_OF(BANDS); i++)
        option_counted(view, BAND_NAMES[i], BAND_TEXTS[i], bands[i],
                       request_query(view->request, "price"));
    buf_add_text(view->out, "</select></div>\n");
    select_open(view, "glaze", TEXT_FILTER_GLAZE);
    option_write(view, "", say(view, TEXT_FILTER_ALL), "");
    for (Glaze glaze = 0; glaze < GLAZE_COUNT; glaze++)
        option_counted(view, GLAZE_NAMES[glaze], GLAZE_TEXTS[glaze], glazes[glaze],
                       request_query(view->request, "glaze"));
    buf_add_text(view->out, "</select></div>\n");
    select_open(view, "stock", TEXT_FILTER_STOCK);
    option_write(view, "", say(view, TEXT_FILTER_ALL), "");
    option_counted(view, "yes", TEXT_IN_STOCK, in_stock,
                   request_query(view->request, "stock"));
    buf_add_text(view->out, "</select></div>\n");
}

static void cards_write(View *view, const ProductId *products, int count)
{
    buf_add_text(view->out, "<ul class=\"cards\">\n");
    for (int i = 0; i < count; i++)
        card_write(view, products[i], 2, i);
    buf_add_text(view->out, "</ul>\n");
}

static const char *count_text(const View *view, int count)
{
    return arena_printf(view->arena, "%d %s", count,
                        say(view, count == 1 ? TEXT_COUNT_ONE : TEXT_COUNT_MANY));
}

static void list_body(View *view)
{
    Listing list = {0};
    for (ProductId id = 0; id < PRODUCT_COUNT; id++)
        if (is_listed(view, id) && passes(view, id))
            list.products[list.count++] = id;
    listing_sort(view, &list);
    markup_print(view->out, "<form class=\"tune\" method=\"get\" aria-label=\"%s\">\n",
                 say(view, TEXT_FILTERS));
    tune_sort(view);
    tune_filters(view);
    markup_print(view->out, "<button type=\"submit\" class=\"quiet\">%s</button></form>\n",
                 say(view, TEXT_APPLY));
    markup_print(view->out, "<p role=\"status\">%s</p>\n", count_text(view, list.count));
    if (!list.count)
        markup_print(view->out, "<p>%s <a href=\"%s\">%s</a></p>\n",
                     say(view, TEXT_FILTER_NOTHING),
                     route_path(view, view->lang, view->route, view->slug),
                     say(view, TEXT_FILTER_RESET));
    cards_write(view, list.products, list.count);
}

/* The filler is white space and a comment, so it changes the weight and nothing else. */
static void list_ballast(View *view)
{
    buf_add_text(view->out, "<!-- ");
    for (int i = 0; i < 12000; i++)
        markup_print(view->out, "module-%d: not loaded; state=off;    ", i);
    buf_add_text(view->out, "-->\n");
}

void page_category(View *view)
{
    bool is_all = view->route == ROUTE_ALL;
    bool is_empty = view_has(view, FLAW_EMPTY_CATEGORY) && !strcmp(view->slug, "lumieres");
    if (!is_all)
        view->category = catalogue_category(view->lang, view->slug);
    if (!is_all && !is_empty && view->category == CATEGORY_COUNT) {
        page_missing(view);
        return;
    }
    const Category *category = is_all || is_empty ? NULL : &CATEGORIES[view->category];
    const char *name = category ? words_in(&category->name, view->lang)
                                : say(view, is_all ? TEXT_ALL_H1 : TEXT_LIGHTS);
    const char *introduction =
        category ? words_in(&category->introduction, view->lang) : say(view, TEXT_ALL_TEXT);
    AUTO(buf_release) Buf data = {0};
    buf_init(&data, 1 << 16);
    PageHead head = {.title = say_with(view, TEXT_LIST_TITLE, name),
                     .description = say_with(view, TEXT_LIST_DESCRIPTION, name),
                     .data = &data};
    for (Lang lang = 0; category && lang < LANG_COUNT; lang++)
        head.slugs[lang] = words_in(&category->slug, lang);
    head_crumb(&head, say(view, TEXT_HOME), path_to(view, ROUTE_HOME));
    head_crumb(&head, name, NULL);
    data_crumbs(view, &data, &head);
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", name);
    if (!is_empty)
        markup_print(view->out, "<p>%s</p>\n", introduction);
    if (view_has(view, FLAW_TEMPLATE_MARKS))
        buf_add_text(view->out, "<p>{{ category.banner }}</p>\n");
    if (view_has(view, FLAW_HUGE_HTML))
        list_ballast(view);
    if (is_empty)
        markup_print(view->out, "<p>%s</p>\n", say(view, TEXT_CATEGORY_EMPTY));
    else
        list_body(view);
    layout_close(view);
}

static void search_nothing(View *view, const char *query)
{
    static const ProductId liked[] = {PRODUCT_NOROIT, PRODUCT_SEIN, PRODUCT_ABER,
                                      PRODUCT_BRUME};
    if (view_has(view, FLAW_SEARCH_NONSENSE_BLANK))
        return;
    markup_print(view->out, "<p role=\"status\">%s</p>\n<p>%s</p>\n<h2>%s</h2>\n<ul>\n",
                 view_has(view, FLAW_SEARCH_LOSES_QUERY)
                     ? say(view, TEXT_SEARCH_NOTHING_PLAIN)
                     : say_with(view, TEXT_SEARCH_NOTHING, query),
                 say(view, TEXT_SEARCH_ADVICE), say(view, TEXT_HOME_CATEGORIES));
    for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
        markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n",
                     path_to_category(view, id),
                     words_in(&CATEGORIES[id].name, view->lang));
    markup_print(view->out, "</ul>\n<h2>%s</h2>\n<ul>\n",
                 say(view, TEXT_SEARCH_SUGGESTIONS));
    for (size_t i = 0; i < COUNT_OF(liked); i++)
        markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n",
                     path_to_product(view, liked[i]),
                     words_in(&PRODUCTS[liked[i]].name, view->lang));
    buf_add_text(view->out, "</ul>\n<p>");
    rich_write(view, say(view, TEXT_SEARCH_ASK));
    buf_add_text(view->out, "</p>\n");
}

static void search_answer(View *view, const char *query)
{
    ProductId found[PRODUCT_COUNT];
    int count = search_products(view, query, found);
    RouteId help = search_help(view, query);
    if (help != ROUTE_COUNT) {
        static const TextId names[] = {TEXT_DELIVERY, TEXT_RETURNS, TEXT_CONTACT_US,
                                       TEXT_FAQ};
        static const RouteId routes[] = {ROUTE_DELIVERY, ROUTE_RETURNS, ROUTE_CONTACT,
                                         ROUTE_FAQ};
        for (size_t i = 0; i < COUNT_OF(routes); i++)
            if (routes[i] == help)
                markup_print(view->out,
                             "<div class=\"note\"><p>%s <a href=\"%s\">%s</a></p></div>\n",
                             say(view, TEXT_SEARCH_HELP), path_to(view, help),
                             say(view, names[i]));
    }
    if (!count && help == ROUTE_COUNT) {
        search_nothing(view, query);
        return;
    }
    markup_print(view->out, "<p role=\"status\">%s</p>\n", count_text(view, count));
    cards_write(view, found, count);
}

void page_search(View *view)
{
    const char *query = request_query(view->request, "q");
    bool is_empty = str_is_empty(str_trim(str_of(query)));
    bool is_lost = is_empty || view_has(view, FLAW_SEARCH_LOSES_QUERY);
    const char *title =
        is_lost ? say(view, TEXT_SEARCH_H1) : say_with(view, TEXT_SEARCH_RESULTS, query);
    PageHead head = {.title = arena_printf(view->arena, "%s – Grésil", title),
                     .is_noindex = true};
    head_crumb(&head, say(view, TEXT_HOME), path_to(view, ROUTE_HOME));
    head_crumb(&head, say(view, TEXT_SEARCH_H1), NULL);
    if (view_has(view, FLAW_SLOW_SEARCH))
        view->reply->delay_us = 2500000;
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", title);
    if (is_empty) {
        markup_print(view->out, "<p>%s</p>\n<ul>\n", say(view, TEXT_SEARCH_EMPTY));
        for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
            markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n",
                         path_to_category(view, id),
                         words_in(&CATEGORIES[id].name, view->lang));
        buf_add_text(view->out, "</ul>\n");
    } else {
        search_answer(view, query);
    }
    layout_close(view);
}
