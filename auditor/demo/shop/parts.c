/* parts.c - pieces that several pages share: cards, pictures, fields, notes, linked text.
 * Layer: demo (shop). SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/shop/page.h"

int price_on_card(const View *view, ProductId product)
{
    int cents = PRODUCTS[product].cents;
    return view_has(view, FLAW_LIST_PRICE_DIFFERS) ? cents - 300 : cents;
}

const char *picture_alt(const View *view, ProductId product, PictureView picture)
{
    static const TextId texts[PICTURE_VIEWS] = {[PICTURE_STUDIO] = TEXT_ALT_STUDIO,
                                                [PICTURE_SETTING] = TEXT_ALT_SETTING,
                                                [PICTURE_SIZES] = TEXT_ALT_SIZES};
    return say_with(view, texts[picture], words_in(&PRODUCTS[product].name, view->lang));
}

void picture_write(View *view, ProductId product, PictureView picture, const char *sizes,
                   bool is_lazy)
{
    const Asset *const *files = view->shop->assets->pictures[product][picture];
    bool is_small = view->route == ROUTE_PRODUCT && view_has(view, FLAW_NO_ZOOM);
    markup_print(view->out, "<img src=\"%s\" alt=\"%s\" sizes=\"%s\" srcset=\"",
                 files[is_small ? 0 : 1]->path, picture_alt(view, product, picture), sizes);
    for (int i = 0; i < (is_small ? 1 : PICTURE_WIDTHS); i++)
        markup_print(view->out, "%s%s %dw", i ? ", " : "", files[i]->path,
                     picture_width(i));
    buf_add_byte(view->out, '"');
    if (!(view_is_list(view) && view_has(view, FLAW_UNSIZED_IMAGES)))
        buf_add_text(view->out, " width=\"800\" height=\"800\"");
    if (is_lazy)
        buf_add_text(view->out, " loading=\"lazy\"");
    buf_add_byte(view->out, '>');
}

void rating_write(View *view, ProductId product)
{
    static const char *const stars[6] = {"☆☆☆☆☆", "★☆☆☆☆", "★★☆☆☆",
                                         "★★★☆☆", "★★★★☆", "★★★★★"};
    Rating rating = catalogue_rating(product);
    if (!rating.count || view_has(view, FLAW_NO_REVIEWS))
        return;
    int tenths = (rating.sum * 10 + rating.count / 2) / rating.count;
    markup_print(view->out,
                 "<p class=\"rating\"><span aria-hidden=\"true\">%s</span> <small>%d%s%d/5 "
                 "(%d %s)</small></p>\n",
                 stars[(tenths + 5) / 10], tenths / 10, view->lang == LANG_FR ? "," : ".",
                 tenths % 10, rating.count,
                 say(view, rating.count == 1 ? TEXT_REVIEW_ONE : TEXT_REVIEW_MANY));
}

void card_write(View *view, ProductId product, int level, int place)
{
    const Product *p = &PRODUCTS[product];
    markup_print(view->out, "<li class=\"card\"><a href=\"%s\">",
                 path_to_product(view, product));
    picture_write(view, product, PICTURE_STUDIO, "(min-width: 760px) 280px, 90vw",
                  place > 3);
    buf_printf(view->out, "<h%d>", level);
    markup_print(view->out, "%s", words_in(&p->name, view->lang));
    buf_printf(view->out, "</h%d>\n", level);
    markup_print(view->out, "<p>%s</p></a>\n", words_in(&p->summary, view->lang));
    rating_write(view, product);
    if (p->options[0] == OPTION_COLOUR)
        markup_print(view->out, "<p>%s</p>\n", say(view, TEXT_COLOURS));
    if (!p->stock)
        markup_print(view->out, "<p class=\"stock out\">%s</p>\n",
                     say(view, TEXT_SOLD_OUT));
    if (!(view_is_list(view) && view_has(view, FLAW_CARD_WITHOUT_PRICE) && place % 3 == 1))
        markup_print(view->out, "<p class=\"price\">%s</p>",
                     shop_price(view, price_on_card(view, product)));
    buf_add_text(view->out, "</li>\n");
}

static void field_control(View *view, const FormField *field)
{
    bool is_area = !strcmp(field->type, "textarea");
    bool is_contact = view->route == ROUTE_CONTACT;
    if (is_area) {
        markup_print(view->out, "<textarea name=\"%s\"", field->name);
    } else {
        bool is_plain = is_contact && view_has(view, FLAW_WRONG_INPUT_TYPES);
        markup_print(view->out, "<input type=\"%s\" name=\"%s\"",
                     is_plain ? "text" : field->type, field->name);
    }
    markup_print(view->out, " id=\"field-%s\"", field->name);
    if (is_contact && view_has(view, FLAW_DUPLICATE_IDS))
        buf_add_text(view->out, " aria-describedby=\"note\"");
    if (is_contact && view_has(view, FLAW_PLACEHOLDER_LABELS))
        markup_print(view->out, " placeholder=\"%s\"", say(view, field->label));
    bool is_order = view->route == ROUTE_CHECKOUT;
    if (field->autocomplete && !(is_order && view_has(view, FLAW_NO_AUTOCOMPLETE)))
        markup_print(view->out, " autocomplete=\"%s\"", field->autocomplete);
    if (is_contact && is_area && view_has(view, FLAW_POSITIVE_TABINDEX))
        buf_add_text(view->out, " tabindex=\"7\"");
    if (field->is_required)
        buf_add_text(view->out, " required");
    if (field->wrong)
        markup_print(view->out, " aria-invalid=\"true\" aria-describedby=\"wrong-%s\"",
                     field->name);
    else if (field->hint != TEXT_COUNT)
        markup_print(view->out, " aria-describedby=\"hint-%s\"", field->name);
    if (is_area)
        markup_print(view->out, " maxlength=\"3000\">%s</textarea>", field->value);
    else
        markup_print(view->out, " maxlength=\"150\" value=\"%s\">", field->value);
}

void field_write(View *view, const FormField *field)
{
    bool is_contact = view->route == ROUTE_CONTACT;
    bool is_bare = is_contact && (view_has(view, FLAW_UNLABELLED_FIELDS) ||
                                  view_has(view, FLAW_PLACEHOLDER_LABELS));
    buf_add_text(view->out, "<div class=\"field\">");
    if (is_bare && view_has(view, FLAW_UNLABELLED_FIELDS))
        markup_print(view->out, "<span>%s</span>", say(view, field->label));
    else if (!is_bare)
        markup_print(view->out, "<label for=\"field-%s\">%s", field->name,
                     say(view, field->label));
    if (!is_bare)
        markup_print(view->out, "%s</label>",
                     field->is_required ? " *" : say(view, TEXT_OPTIONAL));
    field_control(view, field);
    if (field->hint != TEXT_COUNT)
        markup_print(view->out, "<p class=\"hint\" id=\"hint-%s\">%s</p>", field->name,
                     say(view, field->hint));
    if (field->wrong)
        markup_print(view->out, "<p class=\"wrong\" id=\"wrong-%s\">%s</p>", field->name,
                     field->wrong);
    buf_add_text(view->out, "</div>\n");
}

void sum_write(View *view, const char *name, const char *value, bool is_total)
{
    markup_print(view->out, "<p class=\"sum%s\"><span>%s</span> <span>%s</span></p>\n",
                 is_total ? " total" : "", name, value);
}

void required_note(View *view)
{
    markup_print(view->out, "<p class=\"hint\">%s</p>\n", say(view, TEXT_REQUIRED_NOTE));
}

void note_write(View *view, const char *text, bool is_problem)
{
    markup_print(view->out, "<div class=\"note%s\" role=\"%s\"><p>%s</p></div>\n",
                 is_problem ? " problem" : "", is_problem ? "alert" : "status", text);
}

void page_message(View *view, const char *title, const char *message)
{
    PageHead head = {.title = arena_printf(view->arena, "%s – Grésil", title),
                     .is_noindex = true};
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", title);
    note_write(view, message, false);
    markup_print(view->out, "<p><a class=\"button\" href=\"%s\">%s</a></p>\n",
                 path_to(view, ROUTE_HOME), say(view, TEXT_BACK_HOME));
    layout_close(view);
}

static void rich_link(View *view, Str label, Str target)
{
    RouteId route = route_named(target);
    const char *path =
        route == ROUTE_COUNT ? arena_str_text(view->arena, target) : path_to(view, route);
    markup_print(view->out, "<a href=\"%s\"", path);
    if (route == ROUTE_COUNT && str_starts_with(target, STR("https:")))
        buf_add_text(view->out, " rel=\"noopener\"");
    buf_add_byte(view->out, '>');
    markup_text(view->out, label);
    buf_add_text(view->out, "</a>");
}

void rich_write(View *view, const char *text)
{
    Str all = str_of(text);
    size_t at = 0;
    for (;;) {
        size_t open = str_find_byte(all, '[', at);
        size_t middle = open == SIZE_MAX ? SIZE_MAX : str_find(all, STR("]("), open);
        size_t end = middle == SIZE_MAX ? SIZE_MAX : str_find_byte(all, ')', middle);
        if (end == SIZE_MAX)
            break;
        markup_text(view->out, str_slice(all, at, open - at));
        rich_link(view, str_slice(all, open + 1, middle - open - 1),
                  str_slice(all, middle + 2, end - middle - 2));
        at = end + 1;
    }
    markup_text(view->out, str_slice(all, at, all.length));
}
