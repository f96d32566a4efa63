/* recognise_lines.c - the lines of a cart: what was put in, how many, for how much.
 *
 * A line is found by its quantity field or its way to take it out, then read. Layer: words.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "dom/forms.h"
#include "dom/text.h"
#include "words/buy.h"
#include "words/cart_lines.h"

enum {
    LINES_MAX = 200,
    CLIMB_MAX = 12,
    NAME_MAX = 200,
    PRICES_MAX = 8,
    QUANTITY_MAX = 9999
};

/** Elements that stand for one line each. */
typedef struct Marks {
    const Node *items[LINES_MAX];
    size_t count;
} Marks;

static void marks_add(Marks *marks, const Node *node)
{
    if (marks->count < LINES_MAX)
        marks->items[marks->count++] = node;
}

static bool is_shown(const Look *look, const Node *node)
{
    Region region = look_region(look, node);
    return (region == REGION_MAIN || region == REGION_ASIDE) && !look_is_hidden(look, node);
}

/* Something inside puts products into the cart: then it is no line of it. */
static bool holds_buying(Look *look, const Node *scope)
{
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; i < actions->count; i++) {
        if (node_contains(scope, actions->items[i].node) &&
            action_buys(look, &actions->items[i]))
            return true;
    }
    return false;
}

/* Quantity fields of the main part; not those of a form that adds to the cart. */
static void quantities_mark(Look *look, Marks *marks)
{
    for (size_t i = 0; i < document_element_count(look->document); i++) {
        const Node *node = document_element(look->document, i);
        if (!node_is_control(node) || !is_shown(look, node) ||
            look_field(look, node) != FIELD_QUANTITY)
            continue;
        const Node *form = form_owner(look->document, node);
        if (!form || !holds_buying(look, form))
            marks_add(marks, node);
    }
}

static bool says_removal(const char *url)
{
    static const char *const WORDS[] = {"remove", "delete", "supprimer", "entfernen"};
    for (size_t i = 0; url && i < COUNT_OF(WORDS); i++) {
        if (str_contains_nocase(str_of(url), str_of(WORDS[i])))
            return true;
    }
    return false;
}

/* The sign of a bin or a cross, on the button or on the icon inside. */
static bool has_bin(const Look *look, const Node *button)
{
    enum { ICON_PARTS = 4 };

    size_t end = node_order_end(button);
    for (size_t i = node_order(button); i < end && i < node_order(button) + ICON_PARTS;
         i++) {
        if (node_has_part_of(document_element(look->document, i),
                             "remove delete trash supprimer bin"))
            return true;
    }
    return false;
}

/* A cross, a bin, a word: something that takes a line out. Words of at most four bytes are
 * "x", "×", an icon without words. */
static bool is_removal(const Look *look, const Action *action)
{
    if (look_means(look, "remove_item", action->words))
        return true;
    if (action->words.length > 4)
        return false;
    const Node *form = form_owner(look->document, action->node);
    return says_removal(node_attribute(action->node, "href")) ||
           (form && says_removal(node_attribute(form, "action"))) ||
           has_bin(look, action->node);
}

static void removals_mark(Look *look, Marks *marks)
{
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; i < actions->count; i++) {
        if (is_shown(look, actions->items[i].node) && is_removal(look, &actions->items[i]))
            marks_add(marks, actions->items[i].node);
    }
}

static bool holds_other_mark(const Marks *marks, const Node *node, const Node *own)
{
    for (size_t i = 0; i < marks->count; i++) {
        if (marks->items[i] != own && node_contains(node, marks->items[i]))
            return true;
    }
    return false;
}

/* Is this more than a line: the cart with its sums, its heading, its way on? */
static bool is_beyond_line(Look *look, const Node *node)
{
    if (node_is_tag(node, "body") || node_is_tag(node, "main") ||
        node_is_tag(node, "table") || node_is_tag(node, "tbody") ||
        node_is_tag(node, "ul") || node_is_tag(node, "ol") || node == look->main)
        return true;
    for (size_t i = node_order(node); i < node_order_end(node); i++) {
        const Node *inner = document_element(look->document, i);
        if (node_is_tag(inner, "h1") || node_is_tag(inner, "table") ||
            node_is_tag(inner, "tfoot"))
            return true;
    }
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; i < actions->count; i++) {
        if (node_contains(node, actions->items[i].node) &&
            look_means(look, "checkout", actions->items[i].words))
            return true;
    }
    Str text = look_text(look, node, 2000);
    return look_means(look, "subtotal", text) && node_has_part_of(node, "total summary");
}

static const Node *line_root(Look *look, const Marks *marks, const Node *mark)
{
    const Node *row = node_closest(mark, "tr");
    const Node *root = mark;
    if (row && !holds_other_mark(marks, row, mark))
        return row;
    for (int i = 0; i < CLIMB_MAX; i++) {
        const Node *up = node_parent(root);
        if (!up || is_beyond_line(look, up) || holds_other_mark(marks, up, mark))
            break;
        root = up;
        if (node_is_tag(root, "li") || node_is_tag(root, "article"))
            break;
    }
    return root;
}

static void link_read(const Look *look, CartLine *line)
{
    const NodeList *links = document_by_tag(look->document, "a");
    const char *best = "";
    for (size_t i = 0; i < links->count; i++) {
        const Node *node = links->items[i];
        const char *href = node_attribute(node, "href");
        if (!node_contains(line->node, node) || !href || !href[0] || href[0] == '#')
            continue;
        const char *url = node_url(look->arena, look->document, node, "href");
        const Url *target = node_target(look->document, node);
        if (!url || !target || !url_is_http(target) ||
            look_means(look, "url_not_a_page", look_link_words(look, target)))
            continue;
        const char *text = look_clean_text(look, node, NAME_MAX);
        if (look_says(look, "remove_item", text) || look_says(look, "wishlist", text))
            continue;
        if (!line->url)
            line->url = url_without_fragment(look->arena, url);
        if (strlen(text) > strlen(best))
            best = text;
    }
    line->name = best;
}

/* Has it a letter? "..." says nothing. */
static bool is_wordy(const char *text)
{
    for (const char *c = text; *c; c++) {
        if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c & 0x80))
            return true;
    }
    return false;
}

/* Without a link the name is a heading, a named part, the picture's words, or the first
 * words of the row. */
static void name_read(const Look *look, CartLine *line)
{
    if (!line->name[0]) {
        const Node *heading = look_heading(look, line->node);
        if (heading)
            line->name = look_clean_text(look, heading, NAME_MAX);
    }
    for (size_t i = node_order(line->node);
         !line->name[0] && i < node_order_end(line->node); i++) {
        const Node *node = document_element(look->document, i);
        if (node_has_part_of(node, "name title description") && !node_is_control(node))
            line->name = look_clean_text(look, node, NAME_MAX);
    }
    for (size_t i = node_order(line->node);
         !line->name[0] && i < node_order_end(line->node); i++) {
        const Node *node = document_element(look->document, i);
        const char *alt = node_is_tag(node, "img") ? node_attribute(node, "alt") : NULL;
        Price price;
        Str text = node_first_child(node) ? (Str){"", 0} : look_text(look, node, NAME_MAX);
        size_t at = 0;
        bool is_number = text.length > 0 && (text.data[0] == '-' ||
                                             (text.data[0] >= '0' && text.data[0] <= '9'));
        if (alt && is_wordy(alt))
            line->name = alt;
        else if (text.length > 1 && !is_number && !price_next(text, &at, &price) &&
                 !node_is_control(node) && !look_means(look, "remove_item", text))
            line->name = look_clean_text(look, node, NAME_MAX);
    }
}

/* "2", "x2", "2 ×", "Qty: 2" */
static int quantity_of_text(Str text)
{
    int value = 0;
    size_t digits = 0;
    for (size_t i = 0; i < text.length && digits < 5; i++) {
        bool is_digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (is_digit) {
            value = value * 10 + (text.data[i] - '0');
            digits++;
        } else if (digits > 0) {
            break;
        }
    }
    return digits > 0 && digits <= 4 ? value : -1;
}

static bool text_is_quantity(const Look *look, const Node *node, Str text)
{
    bool is_counted = str_starts_with(text, STR("x ")) || str_ends_with(text, STR(" x")) ||
                      (text.length <= 6 &&
                       (str_contains(text, STR("×")) || str_starts_with(text, STR("x"))));
    bool is_number = quantity_of_text(text) >= 0 && text.length <= 4 &&
                     text.data[0] >= '0' && text.data[0] <= '9';
    bool is_named = node_has_part_of(node, "qty quantity quantite menge") ||
                    look_means(look, "field_quantity", text);
    return quantity_of_text(text) >= 0 && text.length <= 24 &&
           (is_counted || (is_named && text.length > 0) ||
            (is_number && !node_is_tag(node, "th")));
}

static void quantity_read(Look *look, CartLine *line)
{
    FormState *state = form_state_create(look->arena, look->document);
    line->quantity = -1;
    for (size_t i = node_order(line->node); i < node_order_end(line->node); i++) {
        const Node *node = document_element(look->document, i);
        if (node_is_control(node) && !look_is_hidden(look, node) &&
            look_field(look, node) == FIELD_QUANTITY) {
            long long value = 0;
            if (str_to_int(str_of(control_value(state, node)), &value) && value >= 0 &&
                value <= QUANTITY_MAX)
                line->quantity = (int)value;
            return;
        }
    }
    for (size_t i = node_order(line->node); i < node_order_end(line->node); i++) {
        const Node *node = document_element(look->document, i);
        Price price;
        size_t at = 0;
        Str text = node_first_child(node) ? (Str){"", 0} : look_text(look, node, 24);
        if (text.length > 0 && !price_next(text, &at, &price) &&
            text_is_quantity(look, node, text)) {
            line->quantity = quantity_of_text(text);
            return;
        }
    }
}

/* Amounts of a row, one a cell or part, in order. */
static size_t amounts_read(const Look *look, const Node *row, Price *prices)
{
    size_t count = 0;
    for (size_t i = node_order(row) + 1; i < node_order_end(row) && count < PRICES_MAX;
         i++) {
        const Node *node = document_element(look->document, i);
        Str text = node_visible_text(look->arena, node);
        bool is_part = node_is_tag(node, "td") || node_is_tag(node, "th") ||
                       !node_first_child(node) || text.length <= 40;
        if (!is_part || look_is_hidden(look, node) ||
            !price_in(look->document, node, &prices[count]))
            continue;
        count++;
        i = node_order_end(node) - 1;
    }
    if (count == 0 && price_in(look->document, row, &prices[0]))
        count = 1;
    return count;
}

/* Which amount is for one and which for all: the one that fits the quantity. */
static void amounts_share(const Price *prices, size_t count, CartLine *line)
{
    line->unit.milli = -1;
    line->sum.milli = -1;
    if (count == 0)
        return;
    line->unit = prices[0];
    if (count == 1) {
        line->sum = prices[0];
        if (line->quantity != 1)
            line->sum.milli = -1;
        return;
    }
    line->sum = prices[count - 1];
    for (size_t i = 0; line->quantity > 0 && i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (i != j && prices[i].milli * line->quantity == prices[j].milli) {
                line->unit = prices[i];
                line->sum = prices[j];
                return;
            }
        }
    }
}

static const Node *removal_inside(Look *look, const Node *row)
{
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; row && i < actions->count; i++) {
        if (node_contains(row, actions->items[i].node) &&
            is_removal(look, &actions->items[i]))
            return actions->items[i].node;
    }
    return NULL;
}

/* Some carts have a second row for what can be done with the line. */
static const Node *removal_find(Look *look, const Node *row)
{
    const Node *own = removal_inside(look, row);
    const Node *next = node_next(row);
    Price price;
    bool is_second = next && node_is_tag(row, "tr") && node_is_tag(next, "tr") &&
                     !price_in(look->document, next, &price);
    return own || !is_second ? own : removal_inside(look, next);
}

static bool is_known(const Cart *cart, const Node *root)
{
    for (size_t i = 0; i < cart->count; i++) {
        if (node_contains(cart->lines[i].node, root) ||
            node_contains(root, cart->lines[i].node))
            return true;
    }
    return false;
}

static void line_add(Look *look, const Node *root, Cart *cart)
{
    Price prices[PRICES_MAX];
    CartLine line = {.node = root, .name = ""};
    link_read(look, &line);
    name_read(look, &line);
    quantity_read(look, &line);
    size_t count = amounts_read(look, root, prices);
    amounts_share(prices, count, &line);
    line.remove = removal_find(look, root);
    if (count == 0 && !line.name[0])
        return;
    ARENA_PUSH(look->arena, cart->lines, cart->count, cart->capacity, line);
}

static void marks_read(Look *look, const Marks *marks, Cart *cart)
{
    for (size_t i = 0; i < marks->count; i++) {
        const Node *root = line_root(look, marks, marks->items[i]);
        Price price;
        /* A line has an amount; a lone field elsewhere has not. */
        if (is_known(cart, root) || !price_in(look->document, root, &price))
            continue;
        if (!holds_buying(look, root))
            line_add(look, root, cart);
    }
}

void lines_read(Look *look, Cart *cart)
{
    Marks *marks = ARENA_NEW(look->arena, Marks);
    quantities_mark(look, marks);
    marks_read(look, marks, cart);
    if (cart->count > 0)
        return;
    marks->count = 0;
    removals_mark(look, marks);
    marks_read(look, marks, cart);
}
