/* cart.c - the cart: what lies in it, what it costs, changing it. Layer: demo (shop).
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/shop/page.h"

enum {
    INSURANCE_CENTS = 390, /**< flaw gift-in-cart */
    DEARER_CENTS = 250,    /**< flaw price-change-in-cart */
    MISCOUNT_CENTS = 700,  /**< flaw cart-sum-wrong */
};

int price_in_cart(const View *view, ProductId product)
{
    int dearer = view_has(view, FLAW_PRICE_CHANGE_IN_CART) ? DEARER_CENTS : 0;
    return PRODUCTS[product].cents + dearer;
}

int cart_goods_cents(const View *view)
{
    int cents = 0;
    for (int i = 0; view->session && i < view->session->line_count; i++)
        cents += price_in_cart(view, view->session->lines[i].product) *
                 view->session->lines[i].quantity;
    if (cents && view_has(view, FLAW_GIFT_IN_CART))
        cents += INSURANCE_CENTS;
    return cents;
}

/* Value of an option as sent; the first that can be had when nothing sensible was. */
static int value_chosen(const View *view, const ProductOption *option)
{
    long long value = 0;
    bool is_number =
        option->value_count &&
        str_to_int(str_of(request_form(view->request, option->field)), &value) &&
        value >= 0 && value < option->value_count && !option->is_sold_out[value];
    return is_number ? (int)value : 0;
}

void act_cart_add(View *view)
{
    ProductId product = catalogue_sku(request_form(view->request, "sku"));
    long long quantity = 0;
    bool is_number = str_to_int(str_of(request_form(view->request, "quantity")), &quantity);
    if (product == PRODUCT_COUNT) {
        view_redirect(view, path_to(view, ROUTE_CART));
        return;
    }
    if (!is_number || quantity < 1 || quantity > CART_QUANTITY_LIMIT)
        quantity = 1;
    CartLine line = {.product = product, .quantity = (int)quantity};
    for (int i = 0; i < OPTIONS_A_PRODUCT; i++)
        line.values[i] = value_chosen(view, &OPTIONS[PRODUCTS[product].options[i]]);
    bool is_added =
        !view_has(view, FLAW_CART_ADD_FAILS) && cart_add(view_session(view), line);
    /* Silence is the product's page again, unchanged; the cart itself would say enough. */
    if (is_added && view_has(view, FLAW_CART_ADD_SILENT)) {
        view_redirect(view, path_to_product(view, product));
        return;
    }
    view_redirect(view,
                  arena_printf(view->arena, "%s?%s=%s", path_to(view, ROUTE_CART),
                               is_added ? "added" : "refused", PRODUCTS[product].sku));
}

void act_cart_change(View *view)
{
    long long line, quantity;
    bool is_valid =
        str_to_int(str_of(request_form(view->request, "line")), &line) &&
        str_to_int(str_of(request_form(view->request, "quantity")), &quantity) &&
        line >= 0 && line < CART_LINE_LIMIT && quantity >= 0;
    if (is_valid && view->session)
        cart_change(view->session, (int)line,
                    quantity < CART_QUANTITY_LIMIT ? (int)quantity : CART_QUANTITY_LIMIT);
    view_redirect(view, path_to(view, ROUTE_CART));
}

static const char *options_text(const View *view, const CartLine *line)
{
    const char *text = "";
    for (int i = 0; i < OPTIONS_A_PRODUCT; i++) {
        const ProductOption *option = &OPTIONS[PRODUCTS[line->product].options[i]];
        if (option->value_count)
            text = arena_printf(view->arena, "%s%s%s%s%s", text, *text ? ", " : "",
                                words_in(&option->name, view->lang),
                                view->lang == LANG_FR ? "\u00a0: " : ": ",
                                words_in(&option->values[line->values[i]], view->lang));
    }
    return text;
}

static void line_tools(View *view, int number, const CartLine *line, const char *name)
{
    markup_print(view->out,
                 "<form method=\"post\" action=\"%s\"><input type=\"hidden\" name=\"line\" "
                 "value=\"%d\"><label for=\"quantity-%d\">%s</label><input type=\"number\" "
                 "id=\"quantity-%d\" name=\"quantity\" value=\"%d\" min=\"0\" max=\"%d\" "
                 "inputmode=\"numeric\"><button type=\"submit\" class=\"quiet\">%s</button>"
                 "</form>\n",
                 path_to(view, ROUTE_CART_CHANGE), number, number, say(view, TEXT_QUANTITY),
                 number, line->quantity, PRODUCTS[line->product].stock,
                 say(view, TEXT_UPDATE));
    if (view_has(view, FLAW_CART_KEEPS_LINES))
        return;
    markup_print(
        view->out,
        "<form method=\"post\" action=\"%s\"><input type=\"hidden\" name=\"line\" "
        "value=\"%d\"><input type=\"hidden\" name=\"quantity\" value=\"0\"><button "
        "type=\"submit\" class=\"quiet\" aria-label=\"%s %s\">%s</button></form>\n",
        path_to(view, ROUTE_CART_CHANGE), number, say(view, TEXT_REMOVE), name,
        say(view, TEXT_REMOVE));
}

static void line_write(View *view, int number, const CartLine *line, const char *name,
                       int cents)
{
    const char *path = path_to_product(view, line->product);
    markup_print(view->out, "<li class=\"line\"><a href=\"%s\">", path);
    picture_write(view, line->product, PICTURE_STUDIO, "112px", false);
    markup_print(view->out, "</a><div><h2><a href=\"%s\">%s</a></h2>\n", path, name);
    const char *options = options_text(view, line);
    if (*options)
        markup_print(view->out, "<p>%s</p>\n", options);
    markup_print(view->out, "<p>%s <span class=\"price unit\">%s</span></p>\n",
                 say(view, TEXT_UNIT_PRICE), shop_price(view, cents));
    line_tools(view, number, line, name);
    markup_print(view->out,
                 "<p>%s <strong class=\"line-total\">%s</strong></p></div></li>\n",
                 say(view, TEXT_LINE_TOTAL), shop_price(view, cents * line->quantity));
}

static void lines_write(View *view)
{
    const Session *session = view->session;
    buf_add_text(view->out, "<ul class=\"lines\">\n");
    for (int i = 0; i < session->line_count; i++)
        line_write(view, i, &session->lines[i],
                   words_in(&PRODUCTS[session->lines[i].product].name, view->lang),
                   price_in_cart(view, session->lines[i].product));
    CartLine insurance = {.product = PRODUCT_GALET, .quantity = 1};
    if (view_has(view, FLAW_GIFT_IN_CART))
        line_write(view, session->line_count, &insurance, say(view, TEXT_INSURANCE),
                   INSURANCE_CENTS);
    buf_add_text(view->out, "</ul>\n");
}

static void cart_sums(View *view)
{
    int goods = cart_goods_cents(view);
    bool is_silent = view_has(view, FLAW_HIDDEN_DELIVERY_COST) ||
                     view_has(view, FLAW_NO_DELIVERY_IN_CART);
    int delivery = is_silent ? 0 : delivery_cents(DELIVERY_HOME, goods);
    int wrong = view_has(view, FLAW_CART_SUM_WRONG) ? MISCOUNT_CENTS : 0;
    markup_print(view->out, "<section class=\"summary\"><h2>%s</h2>\n",
                 say(view, TEXT_SUMMARY));
    sum_write(view, say(view, TEXT_SUBTOTAL), shop_price(view, goods), false);
    if (!is_silent) {
        sum_write(view, say(view, TEXT_CART_DELIVERY),
                  delivery ? shop_price(view, delivery) : say(view, TEXT_FREE), false);
        markup_print(view->out, "<p class=\"hint\">%s</p>\n",
                     say_with(view, TEXT_CART_ARRIVES, delivery_words(view, 3, 5)));
    }
    sum_write(view, say(view, TEXT_TOTAL), shop_price(view, goods + delivery + wrong),
              true);
    markup_print(view->out, "<p class=\"hint\">%s</p>\n", say(view, TEXT_TAX_INCLUDED));
    markup_print(view->out, "<p><a class=\"button big\" href=\"%s\">%s</a></p>\n",
                 path_to(view, ROUTE_CHECKOUT), say(view, TEXT_CHECKOUT));
    markup_print(view->out, "<p class=\"payment\">%s</p>\n<p>",
                 say(view, TEXT_CART_PAYMENT));
    rich_write(view, say(view, TEXT_CART_RETURNS));
    markup_print(view->out, "</p>\n<p><a href=\"%s\">%s</a></p></section>\n",
                 path_to(view, ROUTE_ALL), say(view, TEXT_CONTINUE_SHOPPING));
}

static void cart_news(View *view)
{
    ProductId added = catalogue_sku(request_query(view->request, "added"));
    ProductId refused = catalogue_sku(request_query(view->request, "refused"));
    if (added != PRODUCT_COUNT)
        note_write(view,
                   say_with(view, TEXT_ADDED, words_in(&PRODUCTS[added].name, view->lang)),
                   false);
    if (refused != PRODUCT_COUNT)
        note_write(
            view,
            say_with(view, TEXT_REFUSED, words_in(&PRODUCTS[refused].name, view->lang)),
            true);
}

static void cart_empty(View *view)
{
    if (view_has(view, FLAW_EMPTY_CART_BARE))
        return;
    markup_print(view->out,
                 "<p>%s</p>\n<p><a class=\"button\" href=\"%s\">%s</a></p>\n<ul>\n",
                 say(view, TEXT_CART_EMPTY), path_to(view, ROUTE_ALL),
                 say(view, TEXT_CONTINUE_SHOPPING));
    for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
        markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n",
                     path_to_category(view, id),
                     words_in(&CATEGORIES[id].name, view->lang));
    buf_add_text(view->out, "</ul>\n");
}

void page_cart(View *view)
{
    PageHead head = {.title = say(view, TEXT_CART_TITLE), .is_noindex = true};
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", say(view, TEXT_CART_H1));
    cart_news(view);
    if (view->session && view->session->line_count) {
        buf_add_text(view->out, "<div class=\"split\"><div>\n");
        lines_write(view);
        buf_add_text(view->out, "</div>\n");
        cart_sums(view);
        buf_add_text(view->out, "</div>\n");
    } else {
        cart_empty(view);
    }
    layout_close(view);
}
