/* product.c - the page of one product. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/shop/page.h"

static void product_gallery(View *view)
{
    bool is_single = view_has(view, FLAW_ONE_PICTURE);
    buf_add_text(view->out, "<ul class=\"gallery\">\n");
    for (PictureView picture = 0; picture < (is_single ? 1 : PICTURE_VIEWS); picture++) {
        const Asset *const *files = view->shop->assets->pictures[view->product][picture];
        bool is_linked = !view_has(view, FLAW_NO_ZOOM);
        buf_add_text(view->out, "<li>");
        if (is_linked)
            markup_print(view->out, "<a href=\"%s\">", files[2]->path);
        picture_write(view, view->product, picture, "(min-width: 760px) 590px, 95vw",
                      picture > 0);
        buf_add_text(view->out, is_linked ? "</a></li>\n" : "</li>\n");
    }
    if (view_has(view, FLAW_BROKEN_IMAGES))
        for (int i = 1; i <= 2; i++)
            markup_print(view->out,
                         "<li><img src=\"/img/missing-%d.jpg\" alt=\"%s\" width=\"800\" "
                         "height=\"800\"></li>\n",
                         i, picture_alt(view, view->product, PICTURE_STUDIO));
    if (view_has(view, FLAW_HEAVY_IMAGES))
        for (int i = 1; i <= 2; i++)
            markup_print(
                view->out,
                "<li><img src=\"/img/uncompressed-%d.png\" alt=\"%s\" width=\"500\" "
                "height=\"500\"></li>\n",
                i, picture_alt(view, view->product, PICTURE_STUDIO));
    buf_add_text(view->out, "</ul>\n");
}

static void product_price(View *view)
{
    int cents = PRODUCTS[view->product].cents;
    if (view_has(view, FLAW_MISSING_PRICE))
        return;
    markup_print(view->out, "<p class=\"price\">%s</p>", shop_price(view, cents));
    if (view_has(view, FLAW_WRONG_DISCOUNT)) /* a fifth off, said to be two fifths */
        markup_print(view->out, "<p><del>%s</del> -40 %% <small>%s</small></p>",
                     shop_price(view, cents * 5 / 4), say(view, TEXT_PRIOR_PRICE));
    markup_print(view->out, "<p class=\"tax\">%s</p>\n", say(view, TEXT_TAX_INCLUDED));
}

static void product_stock(View *view)
{
    int stock = PRODUCTS[view->product].stock;
    if (view_has(view, FLAW_NO_AVAILABILITY))
        return;
    markup_print(view->out, "<p class=\"stock%s\">%s</p>\n", stock ? "" : " out",
                 say(view, stock ? TEXT_IN_STOCK_LONG : TEXT_SOLD_OUT));
}

static void product_options(View *view)
{
    for (int i = 0; i < OPTIONS_A_PRODUCT; i++) {
        const ProductOption *option = &OPTIONS[PRODUCTS[view->product].options[i]];
        if (!option->value_count)
            continue;
        markup_print(view->out,
                     "<div class=\"field\"><label for=\"option-%s\">%s</label><select "
                     "id=\"option-%s\" name=\"%s\">",
                     option->field, words_in(&option->name, view->lang), option->field,
                     option->field);
        for (int k = 0; k < option->value_count; k++) {
            const char *name = words_in(&option->values[k], view->lang);
            if (option->is_sold_out[k])
                markup_print(view->out, "<option value=\"%d\" disabled>%s (%s)</option>", k,
                             name, say(view, TEXT_VALUE_SOLD_OUT));
            else
                markup_print(view->out, "<option value=\"%d\">%s</option>", k, name);
        }
        buf_add_text(view->out, "</select></div>\n");
    }
}

static void product_form(View *view)
{
    const Product *p = &PRODUCTS[view->product];
    if (view_has(view, FLAW_SCRIPT_ONLY_CART)) {
        markup_print(
            view->out,
            "<div><button type=\"button\" class=\"big\" data-sku=\"%s\" data-to=\"%s\" "
            "data-cart=\"%s\">%s</button></div>\n",
            p->sku, path_to(view, ROUTE_CART_ADD), path_to(view, ROUTE_CART),
            say(view, TEXT_ADD));
        return;
    }
    markup_print(
        view->out,
        "<form method=\"post\" action=\"%s\" aria-label=\"%s\">\n<input type=\"hidden\" "
        "name=\"sku\" value=\"%s\">\n",
        path_to(view, ROUTE_CART_ADD), say(view, TEXT_BUY), p->sku);
    product_options(view);
    markup_print(
        view->out,
        "<div class=\"field\"><label for=\"quantity\">%s</label><input type=\"number\" "
        "id=\"quantity\" name=\"quantity\" value=\"1\" min=\"1\" max=\"%d\" "
        "inputmode=\"numeric\"></div>\n",
        say(view, TEXT_QUANTITY), p->stock);
    if (!view_has(view, FLAW_NO_ADD_BUTTON))
        markup_print(view->out, "<button type=\"submit\" class=\"big\">%s</button>\n",
                     say(view, TEXT_ADD));
    buf_add_text(view->out, "</form>\n");
}

static void product_restock(View *view)
{
    markup_print(
        view->out,
        "<form method=\"post\" action=\"%s\" aria-label=\"%s\"><input type=\"hidden\" "
        "name=\"sku\" value=\"%s\">\n<div class=\"field\"><label for=\"restock\">%s"
        "</label><input type=\"email\" id=\"restock\" name=\"email\" "
        "autocomplete=\"email\" required></div><button type=\"submit\" "
        "class=\"quiet\">%s</button></form>\n",
        path_to(view, ROUTE_RESTOCK), say(view, TEXT_RESTOCK_BUTTON),
        PRODUCTS[view->product].sku, say(view, TEXT_EMAIL), say(view, TEXT_RESTOCK_BUTTON));
}

static void product_promises(View *view)
{
    int cents = PRODUCTS[view->product].cents;
    buf_add_text(view->out, "<ul class=\"promises\">\n");
    if (!view_has(view, FLAW_HIDDEN_DELIVERY_COST)) {
        int cost = delivery_cents(DELIVERY_HOME, cents);
        buf_add_text(view->out, "<li>");
        rich_write(view, cost
                             ? say_with(view, TEXT_PRODUCT_DELIVERY, shop_price(view, cost))
                             : say(view, TEXT_PRODUCT_DELIVERY_FREE));
        buf_add_text(view->out, "</li>\n");
    }
    if (!view_has(view, FLAW_NO_DELIVERY_TIME) && PRODUCTS[view->product].stock)
        markup_print(view->out, "<li>%s</li>\n",
                     say_with(view, TEXT_PRODUCT_ARRIVES, delivery_words(view, 3, 5)));
    if (!view_has(view, FLAW_NO_RETURNS_NEAR_PRODUCT)) {
        buf_add_text(view->out, "<li>");
        rich_write(view, say(view, TEXT_PRODUCT_RETURNS));
        buf_add_text(view->out, "</li>\n");
    }
    static const TextId others[] = {TEXT_PRODUCT_PAYMENT, TEXT_PRODUCT_GUARANTEE};
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        buf_add_text(view->out, "<li>");
        rich_write(view, say(view, others[i]));
        buf_add_text(view->out, "</li>\n");
    }
    buf_add_text(view->out, "</ul>\n");
}

static void product_buy(View *view)
{
    const Product *p = &PRODUCTS[view->product];
    buf_add_text(view->out, "<div class=\"buy\">\n");
    markup_print(view->out, "<h1>%s</h1>\n", words_in(&p->name, view->lang));
    rating_write(view, view->product);
    markup_print(view->out, "<p>%s</p>\n", words_in(&p->summary, view->lang));
    product_price(view);
    product_stock(view);
    if (p->stock)
        product_form(view);
    else
        product_restock(view);
    product_promises(view);
    buf_add_text(view->out, "</div>\n");
}

/* UTF-8 bytes taken for letters, as happens between a database and a page. */
static const char *mojibake(const View *view, const char *text)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, 1 << 16);
    for (Str rest = str_of(text); rest.length; rest = str_slice(rest, 1, rest.length)) {
        unsigned char byte = (unsigned char)rest.data[0];
        buf_add_rune(&out, byte);
    }
    return arena_str_text(view->arena, buf_str(&out));
}

static void product_description(View *view)
{
    const Product *p = &PRODUCTS[view->product];
    markup_print(view->out, "<h2>%s</h2>\n", say(view, TEXT_DESCRIPTION));
    if (view_has(view, FLAW_SHORT_DESCRIPTION)) {
        markup_print(view->out, "<p>%s</p>\n", words_in(&p->summary, view->lang));
        return;
    }
    Str rest = str_of(words_in(&p->description, view->lang)), part;
    while (str_next(&rest, '\n', &part)) {
        buf_add_text(view->out, "<p>");
        markup_text(view->out, part);
        buf_add_text(view->out, "</p>\n");
    }
    if (view_has(view, FLAW_MOJIBAKE))
        markup_print(view->out, "<p>%s</p>\n",
                     mojibake(view, "Grès émaillé, façonné à la main, cuit à 1240 °C."));
    if (view_has(view, FLAW_SERVER_ERROR_TEXT))
        buf_add_text(view->out, "<p>Warning: Undefined array key \"stock\" in "
                                "/srv/shop/product.php on line 214</p>\n");
}

static void spec_row(View *view, TextId name, const char *value)
{
    markup_print(view->out, "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n",
                 say(view, name), value);
}

static const char *centimetres(const View *view, int mm)
{
    const char *mark = view->lang == LANG_FR ? "," : ".";
    return arena_printf(view->arena, "%d%s%d\u00a0cm", mm / 10, mark, mm % 10);
}

static void product_specs(View *view)
{
    const Product *p = &PRODUCTS[view->product];
    if (view_has(view, FLAW_NO_SPECS))
        return;
    markup_print(view->out, "<h2>%s</h2>\n<table><tbody>\n", say(view, TEXT_SPECS));
    spec_row(view, TEXT_SPEC_SKU, p->sku);
    spec_row(view, TEXT_SPEC_HEIGHT, centimetres(view, p->height_mm));
    spec_row(view, TEXT_SPEC_WIDTH, centimetres(view, p->width_mm));
    spec_row(view, TEXT_SPEC_WEIGHT, arena_printf(view->arena, "%d\u00a0g", p->weight_g));
    if (p->capacity_ml)
        spec_row(view, TEXT_SPEC_CAPACITY,
                 arena_printf(view->arena, "%d\u00a0cl", p->capacity_ml / 10));
    spec_row(view, TEXT_SPEC_CLAY, say(view, TEXT_SPEC_CLAY_VALUE));
    spec_row(view, TEXT_SPEC_CARE, say(view, TEXT_SPEC_CARE_VALUE));
    spec_row(view, TEXT_SPEC_MAKER, say(view, TEXT_SPEC_MAKER_VALUE));
    buf_add_text(view->out, "</tbody></table>\n");
}

static void review_write(View *view, const Review *review)
{
    markup_print(view->out,
                 "<article class=\"review\"><p class=\"rating\"><small>%s %d/5</small></p>"
                 "<blockquote><p>%s</p></blockquote><p><cite>%s</cite>, <time "
                 "datetime=\"%s\">%s</time></p>\n",
                 say(view, TEXT_RATED), review->stars, words_in(&review->text, view->lang),
                 review->author, review->date, review->date);
    const char *answer = words_in(&review->answer, view->lang);
    if (*answer)
        markup_print(view->out, "<p><strong>%s</strong> %s</p>\n",
                     say(view, TEXT_REVIEW_ANSWER), answer);
    buf_add_text(view->out, "</article>\n");
}

static void product_reviews(View *view)
{
    if (view_has(view, FLAW_NO_REVIEWS))
        return;
    Rating rating = catalogue_rating(view->product);
    markup_print(view->out, "<section class=\"reviews\"><h2>%s</h2>\n",
                 say(view, TEXT_REVIEWS));
    rating_write(view, view->product);
    if (rating.count) {
        markup_print(view->out, "<table><caption>%s</caption><tbody>\n",
                     say(view, TEXT_REVIEW_SPREAD));
        for (int stars = 5; stars >= 1; stars--)
            markup_print(view->out, "<tr><th scope=\"row\">%d %s</th><td>%d</td></tr>\n",
                         stars, say(view, stars > 1 ? TEXT_STARS : TEXT_STAR),
                         rating.stars[stars]);
        buf_add_text(view->out, "</tbody></table>\n");
    } else {
        markup_print(view->out, "<p>%s</p>\n", say(view, TEXT_REVIEW_NONE));
    }
    size_t count;
    const Review *reviews = catalogue_reviews(&count);
    for (size_t i = 0; i < count; i++)
        if (reviews[i].product == view->product)
            review_write(view, &reviews[i]);
    buf_add_text(view->out, "<p>");
    rich_write(view, say(view, TEXT_REVIEW_CHECKED));
    buf_add_text(view->out, "</p></section>\n");
}

/* Names and pictures without prices: the price of this page is one, and its own. */
static void product_related(View *view)
{
    int shown = 0;
    markup_print(view->out, "<h2>%s</h2>\n<ul class=\"cards\">\n", say(view, TEXT_RELATED));
    for (int i = 1; i < PRODUCT_COUNT && shown < 4; i++) {
        ProductId id = (view->product + (ProductId)i * 5) % PRODUCT_COUNT;
        if (id == view->product || !PRODUCTS[id].stock)
            continue;
        shown++;
        markup_print(view->out, "<li class=\"card\"><a href=\"%s\">",
                     path_to_product(view, id));
        picture_write(view, id, PICTURE_STUDIO, "(min-width: 760px) 280px, 45vw", true);
        markup_print(view->out, "<h3>%s</h3></a></li>\n",
                     words_in(&PRODUCTS[id].name, view->lang));
    }
    buf_add_text(view->out, "</ul>\n");
}

void page_product(View *view)
{
    view->product = catalogue_product(view->lang, view->slug);
    if (view->product == PRODUCT_COUNT) {
        page_missing(view);
        return;
    }
    const Product *p = &PRODUCTS[view->product];
    const char *name = words_in(&p->name, view->lang);
    view->category = p->category;
    AUTO(buf_release) Buf data = {0};
    buf_init(&data, 1 << 16);
    PageHead head = {
        .title = view_has(view, FLAW_DUPLICATE_TITLES)
                     ? say(view, TEXT_HOME_TITLE)
                     : say_with(view, TEXT_PRODUCT_TITLE, name),
        .description =
            say_with(view, TEXT_PRODUCT_DESCRIPTION, words_in(&p->summary, view->lang)),
        .preload = view->shop->assets->pictures[view->product][0][1],
        .image = arena_printf(view->arena, "/share/%s.png", p->slug.in[LANG_EN]),
        .is_product = true,
        .data = &data};
    for (Lang lang = 0; lang < LANG_COUNT; lang++)
        head.slugs[lang] = words_in(&p->slug, lang);
    head_crumb(&head, say(view, TEXT_HOME), path_to(view, ROUTE_HOME));
    head_crumb(&head, words_in(&CATEGORIES[p->category].name, view->lang),
               path_to_category(view, p->category));
    head_crumb(&head, name, NULL);
    if (!view_has(view, FLAW_NO_SCHEMA))
        data_product(view, &data);
    data_crumbs(view, &data, &head);
    layout_open(view, &head);
    buf_add_text(view->out, "<div class=\"product\">\n");
    product_gallery(view);
    product_buy(view);
    buf_add_text(view->out, "</div>\n");
    product_description(view);
    product_specs(view);
    product_reviews(view);
    product_related(view);
    layout_close(view);
}
