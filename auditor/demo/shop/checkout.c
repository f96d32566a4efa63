/* checkout.c - ordering as a guest: address, delivery, payment page. The order button is
 * counted and pays nothing. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "demo/shop/page.h"

enum { FEE_CENTS = 750 /**< flaw surprise-fee */ };

/** How a field of the first step is asked. */
typedef struct OrderFieldInfo {
    const char *name;
    const char *type;
    const char *autocomplete;
    TextId label;
    TextId hint;
    TextId wrong; /**< message when it is not right */
    bool is_required;
} OrderFieldInfo;

static const OrderFieldInfo FIELDS[ORDER_FIELD_COUNT] = {
    [ORDER_EMAIL] = {"email", "email", "email", TEXT_EMAIL, TEXT_EMAIL_WHY,
                     TEXT_WRONG_EMAIL, true},
    [ORDER_NAME] = {"name", "text", "name", TEXT_NAME, TEXT_COUNT, TEXT_WRONG_NAME, true},
    [ORDER_STREET] = {"street", "text", "address-line1", TEXT_STREET, TEXT_COUNT,
                      TEXT_WRONG_STREET, true},
    [ORDER_POSTCODE] = {"postcode", "text", "postal-code", TEXT_POSTCODE, TEXT_COUNT,
                        TEXT_WRONG_POSTCODE, true},
    [ORDER_CITY] = {"city", "text", "address-level2", TEXT_CITY, TEXT_COUNT,
                    TEXT_WRONG_CITY, true},
    [ORDER_COUNTRY] = {"country", "select", "country", TEXT_COUNTRY, TEXT_COUNT,
                       TEXT_WRONG_COUNTRY, true},
    [ORDER_PHONE] = {"phone", "tel", "tel", TEXT_PHONE, TEXT_PHONE_WHY, TEXT_WRONG_PHONE,
                     false},
};

static const struct {
    const char *code;
    Words name;
} COUNTRIES[] = {{"FR", {{"France", "France"}}},
                 {"BE", {{"Belgium", "Belgique"}}},
                 {"LU", {{"Luxembourg", "Luxembourg"}}},
                 {"DE", {{"Germany", "Allemagne"}}},
                 {"NL", {{"Netherlands", "Pays-Bas"}}},
                 {"ES", {{"Spain", "Espagne"}}},
                 {"IT", {{"Italy", "Italie"}}},
                 {"PT", {{"Portugal", "Portugal"}}},
                 {"AT", {{"Austria", "Autriche"}}},
                 {"IE", {{"Ireland", "Irlande"}}},
                 {"GB", {{"United Kingdom", "Royaume-Uni"}}}};

static const struct {
    const char *value;
    TextId name;
    int days_min, days_max;
} DELIVERIES[DELIVERY_COUNT] = {
    [DELIVERY_HOME] = {"home", TEXT_DELIVERY_HOME, 3, 5},
    [DELIVERY_RELAY] = {"relay", TEXT_DELIVERY_RELAY, 3, 6},
    [DELIVERY_EXPRESS] = {"express", TEXT_DELIVERY_EXPRESS, 1, 2}};

static const char *country_name(const View *view, const char *code)
{
    for (size_t i = 0; i < COUNT_OF(COUNTRIES); i++)
        if (!strcmp(COUNTRIES[i].code, code))
            return words_in(&COUNTRIES[i].name, view->lang);
    return NULL;
}

static bool field_is_right(const View *view, OrderField field, const char *value)
{
    size_t length = strlen(value);
    const char *at = strchr(value, '@');
    switch (field) {
    case ORDER_EMAIL:
        return at && at > value && strchr(at, '.') && length < ORDER_FIELD_SIZE;
    case ORDER_NAME:
    case ORDER_STREET:
    case ORDER_CITY: return length > 1 && length < ORDER_FIELD_SIZE;
    case ORDER_POSTCODE:
        if (!strcmp(request_form(view->request, "country"), "FR"))
            return length == 5 && strspn(value, "0123456789") == 5;
        return length >= 3 && length <= 10;
    case ORDER_COUNTRY: return country_name(view, value) != NULL;
    case ORDER_PHONE:
        return !length ||
               (length >= 8 && length < 25 && strspn(value, "+0123456789 .-()/") == length);
    case ORDER_FIELD_COUNT: break;
    }
    return false;
}

static bool has_cart(const View *view)
{
    return view->session && view->session->line_count > 0;
}

static void steps_write(View *view, int current)
{
    static const TextId names[] = {TEXT_STEP_ADDRESS, TEXT_STEP_DELIVERY,
                                   TEXT_STEP_PAYMENT};
    static const RouteId routes[] = {ROUTE_CHECKOUT, ROUTE_CHECKOUT_DELIVERY,
                                     ROUTE_CHECKOUT_PAYMENT};
    if (view_has(view, FLAW_NO_PROGRESS))
        return;
    markup_print(view->out, "<ol class=\"steps\" aria-label=\"%s\">\n",
                 say(view, TEXT_STEPS));
    for (int i = 0; i < 3; i++) {
        if (i == current)
            markup_print(view->out, "<li aria-current=\"step\">%s</li>\n",
                         say(view, names[i]));
        else if (i < current)
            markup_print(view->out, "<li><a href=\"%s\">%s</a></li>\n",
                         path_to(view, routes[i]), say(view, names[i]));
        else
            markup_print(view->out, "<li>%s</li>\n", say(view, names[i]));
    }
    buf_add_text(view->out, "</ol>\n");
}

static void summary_write(View *view, bool is_last)
{
    int goods = cart_goods_cents(view);
    int delivery = delivery_cents(view->session->delivery, goods);
    bool is_silent = view_has(view, FLAW_HIDDEN_DELIVERY_COST) && !is_last;
    int fee = is_last && view_has(view, FLAW_SURPRISE_FEE) ? FEE_CENTS : 0;
    markup_print(view->out, "<section class=\"summary\"><h2>%s</h2>\n<ul>\n",
                 say(view, TEXT_ORDER_SUMMARY));
    for (int i = 0; i < view->session->line_count; i++) {
        const CartLine *line = &view->session->lines[i];
        markup_print(view->out, "<li>%d × %s – %s</li>\n", line->quantity,
                     words_in(&PRODUCTS[line->product].name, view->lang),
                     shop_price(view, price_in_cart(view, line->product) * line->quantity));
    }
    buf_add_text(view->out, "</ul>\n");
    sum_write(view, say(view, TEXT_SUBTOTAL), shop_price(view, goods), false);
    if (!is_silent)
        sum_write(view, say(view, TEXT_DELIVERY_ROW),
                  delivery ? shop_price(view, delivery) : say(view, TEXT_FREE), false);
    if (fee)
        sum_write(view, say(view, TEXT_FEE), shop_price(view, fee), false);
    sum_write(view, say(view, TEXT_TOTAL),
              shop_price(view, goods + (is_silent ? 0 : delivery) + fee), true);
    markup_print(view->out,
                 "<p class=\"hint\">%s</p>\n<p><a href=\"%s\">%s</a></p></section>\n",
                 say(view, TEXT_TAX_INCLUDED), path_to(view, ROUTE_CART),
                 say(view, TEXT_CHANGE_CART));
}

static const char *country_default(const View *view)
{
    return view->lang == LANG_FR ? "FR" : "GB";
}

static void country_write(View *view, const char *chosen)
{
    const char *autocomplete =
        view_has(view, FLAW_NO_AUTOCOMPLETE) ? "" : " autocomplete=\"country\"";
    markup_print(view->out,
                 "<div class=\"field\"><label for=\"field-country\">%s *</label>",
                 say(view, TEXT_COUNTRY));
    buf_printf(view->out, "<select id=\"field-country\" name=\"country\"%s required>",
               autocomplete);
    for (size_t i = 0; i < COUNT_OF(COUNTRIES); i++)
        markup_print(view->out, "<option value=\"%s\"%s>%s</option>", COUNTRIES[i].code,
                     strcmp(COUNTRIES[i].code, chosen) != 0 ? "" : " selected",
                     words_in(&COUNTRIES[i].name, view->lang));
    buf_add_text(view->out, "</select></div>\n");
}

static void order_fields(View *view, const bool *wrong)
{
    for (OrderField field = 0; field < ORDER_FIELD_COUNT; field++) {
        const OrderFieldInfo *info = &FIELDS[field];
        const char *value = view->session->fields[field];
        bool is_lost = wrong && view_has(view, FLAW_FORM_LOSES_DATA);
        if (wrong && !is_lost)
            value = request_form(view->request, info->name);
        if (field == ORDER_COUNTRY) {
            country_write(view, *value ? value : country_default(view));
            continue;
        }
        FormField form = {.name = info->name,
                          .label = info->label,
                          .type = info->type,
                          .autocomplete = info->autocomplete,
                          .value = is_lost ? "" : value,
                          .wrong = wrong && wrong[field] ? say(view, info->wrong) : NULL,
                          .hint = info->hint,
                          .is_required = info->is_required};
        field_write(view, &form);
    }
}

static void order_more_fields(View *view)
{
    if (view_has(view, FLAW_BIRTHDATE_REQUIRED))
        markup_print(
            view->out,
            "<div class=\"field\"><label for=\"field-birthdate\">%s *</label><input "
            "type=\"date\" id=\"field-birthdate\" name=\"birthdate\" "
            "autocomplete=\"bday\" required></div>\n",
            say(view, TEXT_BIRTHDATE));
    if (view_has(view, FLAW_TOO_MANY_FIELDS))
        for (int i = 1; i <= 19; i++)
            markup_print(
                view->out,
                "<div class=\"field\"><label for=\"field-more-%d\">%s %d%s</label>"
                "<input type=\"text\" id=\"field-more-%d\" name=\"more-%d\"></div>\n",
                i, say(view, TEXT_MORE), i, say(view, TEXT_OPTIONAL), i, i);
    if (view_has(view, FLAW_PRECHECKED_NEWSLETTER))
        markup_print(view->out,
                     "<label class=\"pick\"><input type=\"checkbox\" name=\"newsletter\" "
                     "value=\"yes\" checked>%s</label>\n",
                     say(view, TEXT_NEWSLETTER_PICK));
}

static void address_page(View *view, const bool *wrong)
{
    PageHead head = {.title = say(view, TEXT_CHECKOUT_TITLE), .is_noindex = true};
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", say(view, TEXT_CHECKOUT_H1));
    steps_write(view, 0);
    if (wrong)
        note_write(view, say(view, TEXT_FORM_WRONG), true);
    buf_add_text(view->out, "<div class=\"split\"><div>\n");
    markup_print(view->out, "<h2>%s</h2>\n<p>%s <a href=\"%s\">%s</a></p>\n",
                 say(view, TEXT_GUEST), say(view, TEXT_GUEST_TEXT),
                 path_to(view, ROUTE_ACCOUNT), say(view, TEXT_LOGIN));
    markup_print(view->out, "<form method=\"post\" action=\"%s\"%s>\n",
                 path_to(view, ROUTE_CHECKOUT), wrong ? " novalidate" : "");
    required_note(view);
    order_fields(view, wrong);
    order_more_fields(view);
    markup_print(view->out,
                 "<label class=\"pick\"><input type=\"checkbox\" name=\"billing_same\" "
                 "value=\"yes\" checked>%s</label>\n<p class=\"hint\">",
                 say(view, TEXT_BILLING_SAME));
    rich_write(view, say(view, TEXT_CHECKOUT_PRIVACY));
    markup_print(view->out,
                 "</p>\n<button type=\"submit\" class=\"big\">%s</button></form>\n",
                 say(view, TEXT_CONTINUE));
    buf_add_text(view->out, "</div>\n");
    summary_write(view, false);
    buf_add_text(view->out, "</div>\n");
    layout_close(view);
}

/* Flaw no-guest-checkout: nothing but signing in. */
static void account_wall(View *view)
{
    PageHead head = {.title = say(view, TEXT_CHECKOUT_TITLE), .is_noindex = true};
    layout_open(view, &head);
    markup_print(view->out,
                 "<h1>%s</h1>\n<p>%s</p>\n<form method=\"post\" action=\"%s\">\n",
                 say(view, TEXT_LOGIN), say(view, TEXT_WALL), path_to(view, ROUTE_ACCOUNT));
    FormField email = {.name = "email",
                       .label = TEXT_EMAIL,
                       .type = "email",
                       .autocomplete = "username",
                       .value = "",
                       .hint = TEXT_COUNT,
                       .is_required = true};
    FormField password = {.name = "password",
                          .label = TEXT_PASSWORD,
                          .type = "password",
                          .autocomplete = "current-password",
                          .value = "",
                          .hint = TEXT_COUNT,
                          .is_required = true};
    required_note(view);
    field_write(view, &email);
    field_write(view, &password);
    markup_print(
        view->out,
        "<button type=\"submit\">%s</button></form>\n<p><a href=\"%s\">%s</a></p>\n",
        say(view, TEXT_LOGIN), path_to(view, ROUTE_REGISTER), say(view, TEXT_REGISTER));
    layout_close(view);
}

static bool address_take(View *view, bool *wrong)
{
    bool is_right = true;
    Session *session = view->session;
    for (OrderField field = 0; field < ORDER_FIELD_COUNT; field++) {
        const char *value = arena_str_text(
            view->arena, str_trim(str_of(request_form(view->request, FIELDS[field].name))));
        wrong[field] = !field_is_right(view, field, value);
        if (wrong[field])
            is_right = false;
        else
            snprintf(session->fields[field], sizeof session->fields[field], "%s", value);
    }
    if (view_has(view, FLAW_FORM_LOSES_DATA) && !session->is_refused_once) {
        session->is_refused_once = true;
        wrong[ORDER_POSTCODE] = true;
        is_right = false;
    }
    session->billing_differs = !*request_form(view->request, "billing_same");
    session->has_address = is_right;
    return is_right;
}

void page_checkout(View *view)
{
    if (!has_cart(view)) {
        view_redirect(view, path_to(view, ROUTE_CART));
        return;
    }
    if (view_has(view, FLAW_NO_GUEST_CHECKOUT)) {
        account_wall(view);
        return;
    }
    bool wrong[ORDER_FIELD_COUNT] = {false};
    if (view->request->is_post && address_take(view, wrong))
        view_redirect(view, path_to(view, ROUTE_CHECKOUT_DELIVERY));
    else
        address_page(view, view->request->is_post ? wrong : NULL);
}

static void delivery_choice(View *view, DeliveryId id)
{
    int cost = delivery_cents(id, cart_goods_cents(view));
    bool is_silent = view_has(view, FLAW_HIDDEN_DELIVERY_COST);
    markup_print(
        view->out,
        "<label class=\"pick\"><input type=\"radio\" name=\"delivery\" value=\"%s\"%s "
        "required>%s",
        DELIVERIES[id].value, view->session->delivery == id ? " checked" : "",
        say(view, DELIVERIES[id].name));
    if (!is_silent)
        markup_print(view->out, " – <strong>%s</strong>",
                     cost ? shop_price(view, cost) : say(view, TEXT_FREE));
    markup_print(
        view->out, " – %s</label>\n",
        say_with(view, TEXT_ARRIVES,
                 delivery_words(view, DELIVERIES[id].days_min, DELIVERIES[id].days_max)));
}

static void delivery_page(View *view, bool is_wrong)
{
    PageHead head = {.title = say(view, TEXT_CHECKOUT_DELIVERY_TITLE), .is_noindex = true};
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", say(view, TEXT_CHECKOUT_DELIVERY_H1));
    steps_write(view, 1);
    if (is_wrong)
        note_write(view, say(view, TEXT_FORM_WRONG), true);
    markup_print(
        view->out,
        "<div class=\"split\"><div><form method=\"post\" action=\"%s\">\n<fieldset>"
        "<legend>%s</legend>\n",
        path_to(view, ROUTE_CHECKOUT_DELIVERY), say(view, TEXT_DELIVERY_LEGEND));
    for (DeliveryId id = 0; id < DELIVERY_COUNT; id++)
        delivery_choice(view, id);
    buf_add_text(view->out, "</fieldset>\n");
    if (view->session->billing_differs) {
        FormField billing = {.name = "billing",
                             .label = TEXT_BILLING,
                             .type = "text",
                             .autocomplete = "billing address-line1",
                             .value = view->session->billing,
                             .hint = TEXT_COUNT,
                             .is_required = true};
        field_write(view, &billing);
    }
    markup_print(view->out,
                 "<button type=\"submit\" class=\"big\">%s</button></form>\n<p><a "
                 "href=\"%s\">%s</a></p></div>\n",
                 say(view, TEXT_CONTINUE), path_to(view, ROUTE_CHECKOUT),
                 say(view, TEXT_BACK_ADDRESS));
    summary_write(view, false);
    buf_add_text(view->out, "</div>\n");
    layout_close(view);
}

static bool delivery_take(View *view)
{
    Session *session = view->session;
    const char *billing = request_form(view->request, "billing");
    session->has_delivery = false;
    if (session->billing_differs && strlen(billing) < 5)
        return false;
    snprintf(session->billing, sizeof session->billing, "%s", billing);
    for (DeliveryId id = 0; id < DELIVERY_COUNT; id++) {
        if (strcmp(request_form(view->request, "delivery"), DELIVERIES[id].value) != 0)
            continue;
        session->delivery = id;
        session->has_delivery = true;
    }
    return session->has_delivery;
}

void page_checkout_delivery(View *view)
{
    if (!has_cart(view) || !view->session->has_address) {
        view_redirect(view, path_to(view, ROUTE_CHECKOUT));
        return;
    }
    if (view->request->is_post && delivery_take(view))
        view_redirect(view, path_to(view, ROUTE_CHECKOUT_PAYMENT));
    else
        delivery_page(view, view->request->is_post);
}

static void address_review(View *view)
{
    const Session *s = view->session;
    markup_print(
        view->out,
        "<h2>%s</h2>\n<p>%s<br>%s<br>%s %s<br>%s<br>%s</p>\n<p><a href=\"%s\">%s</a></p>"
        "\n<h2>%s</h2>\n<p>%s – %s</p>\n<p><a href=\"%s\">%s</a></p>\n",
        say(view, TEXT_YOUR_ADDRESS), s->fields[ORDER_NAME], s->fields[ORDER_STREET],
        s->fields[ORDER_POSTCODE], s->fields[ORDER_CITY],
        country_name(view, s->fields[ORDER_COUNTRY]), s->fields[ORDER_EMAIL],
        path_to(view, ROUTE_CHECKOUT), say(view, TEXT_CHANGE_ADDRESS),
        say(view, TEXT_YOUR_DELIVERY), say(view, DELIVERIES[s->delivery].name),
        say_with(view, TEXT_ARRIVES,
                 delivery_words(view, DELIVERIES[s->delivery].days_min,
                                DELIVERIES[s->delivery].days_max)),
        path_to(view, ROUTE_CHECKOUT_DELIVERY), say(view, TEXT_CHANGE_DELIVERY));
}

static void payment_form(View *view)
{
    static const TextId means[] = {TEXT_PAY_CARD, TEXT_PAY_PAYPAL, TEXT_PAY_TRANSFER};
    static const char *const values[] = {"card", "paypal", "transfer"};
    markup_print(
        view->out,
        "<form method=\"post\" action=\"%s\">\n<fieldset class=\"payment\"><legend>%s"
        "</legend>\n",
        path_to(view, ROUTE_ORDER), say(view, TEXT_PAY_LEGEND));
    for (size_t i = 0; i < COUNT_OF(means); i++)
        markup_print(
            view->out,
            "<label class=\"pick\"><input type=\"radio\" name=\"payment\" value=\"%s\"%s "
            "required>%s</label>\n",
            values[i], i ? "" : " checked", say(view, means[i]));
    markup_print(view->out, "<p class=\"hint\">%s</p></fieldset>\n",
                 say(view, TEXT_PAY_SECURE));
    buf_add_text(view->out, "<p><input type=\"checkbox\" id=\"accept\" name=\"terms\" "
                            "value=\"yes\" required><label for=\"accept\">");
    rich_write(view, say(view, TEXT_ACCEPT_TERMS));
    markup_print(view->out,
                 "</label></p>\n<p>%s</p>\n<button type=\"submit\" class=\"big\">%s"
                 "</button></form>\n",
                 say(view, TEXT_PAY_WITHDRAWAL),
                 say(view, view_has(view, FLAW_ORDER_BUTTON_WORDING) ? TEXT_ORDER_WEAK
                                                                     : TEXT_ORDER));
}

void page_checkout_payment(View *view)
{
    if (!has_cart(view) || !view->session->has_delivery) {
        view_redirect(view, path_to(view, ROUTE_CHECKOUT_DELIVERY));
        return;
    }
    PageHead head = {.title = say(view, TEXT_CHECKOUT_PAYMENT_TITLE), .is_noindex = true};
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", say(view, TEXT_CHECKOUT_PAYMENT_H1));
    steps_write(view, 2);
    buf_add_text(view->out, "<div class=\"split\"><div>\n");
    address_review(view);
    payment_form(view);
    buf_add_text(view->out, "</div>\n");
    summary_write(view, true);
    buf_add_text(view->out, "</div>\n");
    layout_close(view);
}

void act_order(View *view)
{
    /* Every press counts, valid or not: that is what the visitor must never do. */
    view->shop->counters.orders++;
    if (!has_cart(view) || !view->session->has_delivery) {
        view_redirect(view, path_to(view, ROUTE_CART));
        return;
    }
    cart_clear(view->session);
    page_message(view, say(view, TEXT_THANKS), say(view, TEXT_THANKS_TEXT));
}
