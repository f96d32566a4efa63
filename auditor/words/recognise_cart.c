/* recognise_cart.c - reads a cart page: its lines, its sums, and the way on.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"
#include "words/buy.h"
#include "words/cards.h"
#include "words/cart_lines.h"

enum { ROW_TEXT_MAX = 160, LABEL_MAX = 80, EMPTY_TEXT_MAX = 300 };

void sums_init(Sums *sums)
{
    memset(sums, 0, sizeof *sums);
    sums->subtotal.milli = sums->delivery.milli = sums->total.milli = -1;
}

/* What stands in front of the first amount; all of it when nothing does. */
static Str label_of(Str text)
{
    size_t at = 0;
    Price price;
    if (!price_next(text, &at, &price))
        return text;
    size_t end = 0;
    while (end < at && !(text.data[end] >= '0' && text.data[end] <= '9'))
        end++;
    Str label = str_trim(str_slice(text, 0, end));
    for (size_t i = 0; i < label.length; i++) {
        if ((label.data[i] >= 'a' && label.data[i] <= 'z') || (label.data[i] & 0x80))
            return label;
    }
    return text;
}

/* One row that says what an amount is: label and amount in the same small element. */
static void sum_take(const Look *look, Str text, const Price *price, bool has_price,
                     Sums *sums)
{
    bool is_free = !has_price && look_means(look, "free_of_charge", text);
    Str label = label_of(text);
    if (look_means(look, "subtotal", label)) {
        if (has_price && sums->subtotal.milli < 0)
            sums->subtotal = *price;
    } else if (look_means(look, "delivery_cost", label) &&
               !look_means(look, "total", label)) {
        if (has_price || is_free || look_means(look, "delivery_later", text))
            sums->is_delivery_named = true;
        if (has_price)
            sums->delivery = *price;
        else if (is_free && sums->delivery.milli < 0)
            sums->delivery.milli = 0;
    } else if (has_price && look_means(look, "total", label)) {
        sums->total = *price; /* the last one is the one to pay */
    }
}

/* What can be a label with an amount: anything but what is pressed or filled in. */
static bool is_row(const Node *node)
{
    static const char *const OTHERS[] = {"a",     "button", "select", "option",
                                         "input", "script", "style",  "textarea",
                                         "form",  "table",  "tbody"};
    for (size_t i = 0; i < COUNT_OF(OTHERS); i++) {
        if (node_is_tag(node, OTHERS[i]))
            return false;
    }
    return true;
}

/* The smallest elements that hold both words and an amount; a dt takes the dd behind it. */
static bool row_read(const Look *look, const Node *node, Str *text, Price *price,
                     bool *has_price)
{
    *text = look_text(look, node, ROW_TEXT_MAX);
    *has_price = price_in(look->document, node, price);
    const Node *next = node_next(node);
    if (!*has_price && next &&
        (node_is_tag(node, "dt") || node_is_tag(node, "th") || node_is_tag(node, "span") ||
         node_is_tag(node, "label"))) {
        if (text->length == 0 || text->length > LABEL_MAX)
            return false;
        Str more = look_text(look, next, LABEL_MAX);
        *has_price = price_in(look->document, next, price);
        *text =
            text_fold(look->arena, str_of(arena_printf(look->arena, "%.*s %.*s",
                                                       STR_ARGS(*text), STR_ARGS(more))));
    }
    return text->length > 0;
}

/* Is it a row, or is one inside it? */
static bool holds_row(const Look *look, const Node *node)
{
    for (size_t i = node_order(node); i < node_order_end(node); i++)
        if (is_row(document_element(look->document, i)))
            return true;
    return false;
}

/* Has a child the same words and amount? Then the child is the row. */
static bool row_is_inner(const Look *look, const Node *node)
{
    Price outer;
    if (!price_in(look->document, node, &outer))
        return true;
    for (const Node *child = node_first_child(node); child; child = node_next(child)) {
        Price inner;
        Str text = look_text(look, child, ROW_TEXT_MAX);
        if (!holds_row(look, child) || !price_in(look->document, child, &inner))
            continue;
        if (look_means(look, "total", text) || look_means(look, "subtotal", text) ||
            look_means(look, "delivery_cost", text))
            return false;
    }
    return true;
}

void sums_read(const Look *look, const Node *const *lines, size_t line_count, Sums *sums)
{
    sums_init(sums);
    for (size_t i = 0; i < document_element_count(look->document); i++) {
        const Node *node = document_element(look->document, i);
        bool is_small_row = is_row(node) && !node_is_large(node);
        Region region = is_small_row ? look_region(look, node) : REGION_FOOTER;
        if ((region != REGION_MAIN && region != REGION_ASIDE) || look_is_hidden(look, node))
            continue;
        bool is_line = false;
        for (size_t j = 0; j < line_count && !is_line; j++)
            is_line = node_contains(lines[j], node);
        if (is_line)
            continue;
        Str text;
        Price price = {.milli = -1};
        bool has_price = false;
        if (!row_read(look, node, &text, &price, &has_price) || !row_is_inner(look, node))
            continue;
        sum_take(look, text, &price, has_price, sums);
    }
    if (look_means(look, "delivery_later", look_main_text(look)))
        sums->is_delivery_named = true;
}

/* "Your cart is empty", said in the main part and not by the small cart of the header. */
static bool emptiness_find(Look *look, const Node **where)
{
    Str text = look_main_text(look);
    *where = NULL;
    if (!look_means(look, "cart_empty", text))
        return false;
    for (size_t i = 0; i < document_element_count(look->document); i++) {
        const Node *node = document_element(look->document, i);
        if (node_is_large(node) || !look_is_main(look, node) || look_is_hidden(look, node))
            continue;
        Str own = look_text(look, node, EMPTY_TEXT_MAX);
        if (own.length > 0 && look_means(look, "cart_empty", own))
            *where = node; /* the innermost is the last of its chain */
        if (*where && node_order(node) >= node_order_end(*where))
            break;
    }
    return true;
}

/* Marks of a block that a script fills or hides. */
static bool is_script_block(const Node *node)
{
    static const char *const MARKS[] = {"v-if",
                                        "v-show",
                                        "v-cloak",
                                        "x-data",
                                        "x-show",
                                        "x-if",
                                        "ng-if",
                                        "ng-show",
                                        "data-bind",
                                        "wire:id",
                                        "data-vue",
                                        "data-reactroot",
                                        "data-block-name",
                                        "data-controller",
                                        "data-cart-empty",
                                        "data-component"};
    for (const Node *up = node; up && !node_is_tag(up, "body"); up = node_parent(up)) {
        if (strchr(node_tag(up), '-'))
            return true;
        for (size_t i = 0; i < COUNT_OF(MARKS); i++) {
            if (node_has_attribute(up, MARKS[i]))
                return true;
        }
        if (node_has_part_of(up, "wc-block wp-block-woocommerce"))
            return true;
    }
    return false;
}

/* A counter beside a cart link: the header says that something is in it. */
static bool header_counts(Look *look)
{
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; i < actions->count; i++) {
        const Node *node = actions->items[i].node;
        Str text = actions->items[i].words;
        Region region = look_region(look, node);
        if (region == REGION_MAIN || region == REGION_FOOTER)
            continue;
        if (!look_means(look, "view_cart", text) && !look_means(look, "cart_title", text))
            continue;
        for (size_t j = 0; j < text.length; j++) {
            bool is_digit = text.data[j] >= '1' && text.data[j] <= '9';
            bool is_alone = (j == 0 || strchr(" (", text.data[j - 1])) &&
                            (j + 1 == text.length || strchr(" )", text.data[j + 1]));
            if (is_digit && is_alone)
                return true;
        }
    }
    return false;
}

static bool is_wallet(const Look *look, const Action *action)
{
    const char *class = node_attribute(action->node, "class");
    return look_means(look, "express_wallet", action->words) ||
           (class && (strstr(class, "paypal") || strstr(class, "express")));
}

/* Rank what leads to the checkout. */
static void checkout_rank(Look *look, const Action *action, Ranking *ranking)
{
    Arena *arena = look->arena;
    Ranked candidate = {.node = action->node};
    const Node *node = action->node;
    bool is_said = look_means(look, "checkout", action->words);
    const char *url =
        node_is_tag(node, "a") ? node_url(arena, look->document, node, "href") : NULL;
    Str words = look_url_words(arena, url);
    bool is_address =
        look_means(look, "url_checkout", words) && !look_means(look, "url_cart", words);
    Str name = look_name_words(arena, node_attribute(node, "name"));
    Str id = look_name_words(arena, node_attribute(node, "id"));
    bool is_named =
        str_contains(name, STR("checkout")) || str_contains(id, STR("checkout"));
    if ((!is_said && !is_address && !is_named) || is_wallet(look, action))
        return;
    if (is_said)
        ranked_add(arena, &candidate, 4,
                   arena_printf(arena, "words '%.*s'",
                                STR_ARGS(str_slice(action->words, 0, LABEL_MAX))));
    if (is_address)
        ranked_add(arena, &candidate, 2, "its address");
    if (is_named)
        ranked_add(arena, &candidate, 2, "called so in the markup");
    Region region = look_region(look, node);
    if (region == REGION_MAIN || region == REGION_ASIDE)
        ranked_add(arena, &candidate, 2, "in main");
    else if (region == REGION_MINICART)
        ranked_add(arena, &candidate, -1, "in the small cart");
    else
        ranked_add(arena, &candidate, -2, "in header, menu or footer");
    if (!node_is_tag(node, "a"))
        ranked_add(arena, &candidate, 0.5, "button");
    if (action->is_hidden)
        ranked_add(arena, &candidate, -3, "hidden");
    if (control_is_disabled(node))
        ranked_add(arena, &candidate, -1, "disabled");
    ranking_take(ranking, &candidate);
}

static void cart_sums(Look *look, Cart *cart)
{
    Sums sums;
    const Node **rows = ARENA_ARRAY(look->arena, cart->count + 1, const Node *);
    for (size_t i = 0; i < cart->count; i++)
        rows[i] = cart->lines[i].node;
    sums_read(look, rows, cart->count, &sums);
    cart->subtotal = sums.subtotal;
    cart->delivery = sums.delivery;
    cart->total = sums.total;
    cart->is_delivery_named = sums.is_delivery_named;
}

void cart_of(Look *look, Cart *cart)
{
    Ranking ranking = {0};
    const Node *where = NULL;
    memset(cart, 0, sizeof *cart);
    cart->subtotal.milli = cart->delivery.milli = cart->total.milli = -1;
    (void)look_main_text(look);
    lines_read(look, cart);
    bool is_said = emptiness_find(look, &where);
    cart->is_empty_said = cart->count == 0 && is_said;
    /* Served "empty" is no proof where a script draws the cart (traps.md 2). */
    bool is_doubtful =
        cart->is_empty_said && (page_is_shell(look->document) ||
                                (where && is_script_block(where)) || header_counts(look));
    cart->is_readable = cart->count > 0 || (cart->is_empty_said && !is_doubtful);
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; i < actions->count; i++)
        checkout_rank(look, &actions->items[i], &ranking);
    if (ranking.best.node && ranking.best.score > 0) {
        cart->checkout = ranking.best.node;
        cart->checkout_why = ranking.best.why;
    }
}

void cart_read(const Words *words, const Document *document, Arena *arena, Cart *cart)
{
    Look look;
    look_init(&look, words, document, arena);
    cart_of(&look, cart);
    cart_sums(&look, cart);
}
