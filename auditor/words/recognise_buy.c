/* recognise_buy.c - ranks what could put the product into the cart (recognition.md 2.4).
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"
#include "words/buy.h"
#include "words/cards.h"

enum { LABEL_MAX = 80 };

void ranked_add(Arena *arena, Ranked *candidate, double points, const char *why)
{
    char number[32];
    candidate->score += points;
    const char *sign = points < 0 ? "" : "+";
    const char *text = arena_printf(
        arena, "%s %s%s", why, sign,
        number_fixed(points, points == (double)(int)points ? 0 : 1, number, sizeof number));
    candidate->why = candidate->why && candidate->why[0]
                         ? arena_printf(arena, "%s; %s", candidate->why, text)
                         : text;
}

void ranking_take(Ranking *ranking, const Ranked *candidate)
{
    if (!ranking->best.node || candidate->score > ranking->best.score) {
        ranking->second = ranking->best;
        ranking->best = *candidate;
    } else if (!ranking->second.node || candidate->score > ranking->second.score) {
        ranking->second = *candidate;
    }
}

/* Names of fields that say which product a form buys. */
static bool is_product_field(const Node *control)
{
    static const char *const NAMES[] = {
        "product_id", "product",    "productid",  "id_product", "add-to-cart",
        "sku",        "variant",    "variant_id", "variantid",  "item_id",
        "item",       "itemid",     "id",         "pid",        "article_id",
        "articleid",  "product-id", "products_id"};
    const char *name = node_attribute(control, "name");
    for (size_t i = 0; name && i < COUNT_OF(NAMES); i++) {
        if (str_equal_nocase(str_of(name), str_of(NAMES[i])))
            return true;
    }
    return false;
}

static bool form_has_product(const Look *look, const Node *form)
{
    NodeList controls = {0};
    form_controls(look->document, form, look->arena, &controls);
    for (size_t i = 0; i < controls.count; i++) {
        if (is_product_field(controls.items[i]))
            return true;
    }
    return false;
}

static bool is_buy_name(const Node *node)
{
    static const char *const MARKS[] = {"add to cart", "addtocart",  "add to basket",
                                        "button cart", "add to bag", "btn buy",
                                        "buy button",  "add cart",   "product add"};
    AUTO(arena_auto) Arena *scratch = arena_create();
    static const char *const ATTRIBUTES[] = {
        "id", "name", "class", "data-action", "data-button-action", "data-test"};
    for (size_t i = 0; i < COUNT_OF(ATTRIBUTES); i++) {
        Str words = look_name_words(scratch, node_attribute(node, ATTRIBUTES[i]));
        for (size_t j = 0; words.length > 0 && j < COUNT_OF(MARKS); j++) {
            if (str_contains(words, str_of(MARKS[j])))
                return true;
        }
    }
    return false;
}

static bool action_is_cart(const Look *look, const Node *form)
{
    const char *action = form ? node_attribute(form, "action") : NULL;
    if (!action)
        return false;
    Str words = text_fold(look->arena, str_of(action));
    return str_contains(words, STR("cart")) || str_contains(words, STR("basket")) ||
           str_contains(words, STR("panier")) || str_contains(words, STR("korb"));
}

/* Words that look like buying but are something else. */
static bool is_excluded(const Look *look, Str words)
{
    static const char *const INTENTS[] = {"express_wallet", "wishlist",  "compare",
                                          "remove_item",    "view_cart", "restock_alert",
                                          "update_cart"};
    for (size_t i = 0; i < COUNT_OF(INTENTS); i++) {
        if (look_means(look, INTENTS[i], words))
            return true;
    }
    return false;
}

static bool node_is_button(const Node *node)
{
    return node_is_tag(node, "button") || node_is_tag(node, "input");
}

static const Node *quantity_find(const Look *look, const Node *form, const Node *region)
{
    NodeList controls = {0};
    if (form)
        form_controls(look->document, form, look->arena, &controls);
    else
        for (size_t i = node_order(region); i < node_order_end(region); i++) {
            const Node *node = document_element(look->document, i);
            if (node_is_control(node))
                node_list_add(look->arena, &controls, node);
        }
    for (size_t i = 0; i < controls.count; i++) {
        const Node *node = controls.items[i];
        if (control_type(node) && strcmp(control_type(node), "hidden") != 0 &&
            look_field(look, node) == FIELD_QUANTITY)
            return node;
    }
    return NULL;
}

/* A button of a form that names a product, when the form also asks how many or goes to the
 * cart: whatever its words, it buys. */
static bool submits_product(const Look *look, const Action *action, const Node *form)
{
    if (!form || !node_is_button(action->node) || !control_is_submit(action->node) ||
        !form_has_product(look, form) || is_excluded(look, action->words) ||
        (action->words.length == 0 && !is_buy_name(action->node)))
        return false;
    return action_is_cart(look, form) || quantity_find(look, form, form) != NULL;
}

static bool buys_now(const Look *look, const Action *action)
{
    if (look_means(look, "add_to_cart", action->words))
        return !look_means(look, "express_wallet", action->words);
    return submits_product(look, action, form_owner(look->document, action->node));
}

bool action_buys(const Look *look, const Action *action)
{
    unsigned char *known = &look->buys[node_order(action->node)];
    if (*known == 0)
        *known = buys_now(look, action) ? 2 : 1;
    return *known == 2;
}

/* Points for what the element says and is called. 0: it has nothing to do with buying. */
static bool words_rank(const Look *look, const Action *action, const Node *form,
                       Ranked *candidate)
{
    Arena *arena = look->arena;
    bool means_add = look_means(look, "add_to_cart", action->words);
    bool means_now = means_add && look_means(look, "buy_now", action->words);
    bool is_named = is_buy_name(action->node);
    if (action->words.length > 0 && !means_add && is_excluded(look, action->words))
        return false;
    if (means_add && look_means(look, "express_wallet", action->words))
        return false;
    /* "Select a size": it will say "add to cart" once that is done. */
    bool is_waiting = !means_add && node_is_button(action->node) &&
                      control_is_disabled(action->node) &&
                      look_means(look, "choose_variant", action->words);
    if (is_waiting)
        ranked_add(arena, candidate, 2.5, "waits for a choice");
    if (!means_add && !is_named && !is_waiting)
        return submits_product(look, action, form);
    if (means_add)
        ranked_add(arena, candidate, 4,
                   arena_printf(arena, "words '%.*s' (%s)",
                                STR_ARGS(str_slice(action->words, 0, LABEL_MAX)),
                                look_language_of(look, "add_to_cart", action->words)));
    if (is_named)
        ranked_add(arena, candidate, 2, "called so in the markup");
    if (means_now)
        ranked_add(arena, candidate, -1.5, "buys at once");
    return true;
}

static void place_rank(const Look *look, const CardList *cards, const Action *action,
                       const Product *product, Ranked *candidate)
{
    Arena *arena = look->arena;
    const Node *node = action->node;
    const Node *form = form_owner(look->document, node);
    Region region = look_region(look, node);
    if (form && form_has_product(look, form))
        ranked_add(arena, candidate, 2, "in a form with the product's number");
    else if (action_is_cart(look, form))
        ranked_add(arena, candidate, 1, "in a form to the cart");
    if (region == REGION_MAIN)
        ranked_add(arena, candidate, 2, "in main");
    else if (region != REGION_ASIDE)
        ranked_add(arena, candidate, -3, "in header, menu or footer");
    if (node_is_button(node))
        ranked_add(arena, candidate, 1, "button");
    if (action->is_hidden)
        ranked_add(arena, candidate, -3, "hidden");
    if (node_is_in_cards(cards, node))
        ranked_add(arena, candidate, -4, "in another product's card");
    if (control_is_disabled(node))
        ranked_add(arena, candidate, -0.5, "disabled");
    if (product->heading && node_order(node) > node_order(product->heading))
        ranked_add(arena, candidate, 0.5, "behind the product's name");
    const char *href = node_attribute(node, "href");
    if (node_is_tag(node, "a") && (!href || href[0] == '#' || strchr(href, '(')))
        ranked_add(arena, candidate, -0.5, "link without a target");
}

/* Is the present choice of a select none yet: empty, "choose ...", a dashed line? */
static bool choice_is_open(const Look *look, const Node *select)
{
    FormState *state = form_state_create(look->arena, look->document);
    const char *value = control_value(state, select);
    NodeList options = {0};
    select_options(select, look->arena, &options);
    if (!value || !value[0] || strcmp(value, "0") == 0)
        return true;
    for (size_t i = 0; i < options.count; i++) {
        if (strcmp(option_value(look->arena, options.items[i]), value) != 0)
            continue;
        Str text = look_text(look, options.items[i], LABEL_MAX);
        return look_means(look, "choose_variant", text) || str_starts_with(text, STR("--"));
    }
    return false;
}

static size_t options_enabled(const Look *look, const Node *select)
{
    NodeList options = {0};
    size_t count = 0;
    select_options(select, look->arena, &options);
    for (size_t i = 0; i < options.count; i++)
        count += !control_is_disabled(options.items[i]);
    return count;
}

static bool radio_is_first(const NodeList *controls, size_t at)
{
    const char *name = node_attribute(controls->items[at], "name");
    for (size_t i = 0; i < at; i++) {
        const char *other = node_attribute(controls->items[i], "name");
        if (name && other && strcmp(name, other) == 0 &&
            strcmp(control_type(controls->items[i]), "radio") == 0)
            return false;
    }
    return name != NULL;
}

static bool radio_group_is_open(const NodeList *controls, const Node *radio)
{
    const char *name = node_attribute(radio, "name");
    for (size_t i = 0; i < controls->count; i++) {
        const char *other = node_attribute(controls->items[i], "name");
        if (other && strcmp(name, other) == 0 &&
            control_is_initially_checked(controls->items[i]))
            return false;
    }
    return true;
}

static void options_find(const Look *look, const Node *form, const Node *region,
                         Product *product)
{
    NodeList controls = {0};
    if (form)
        form_controls(look->document, form, look->arena, &controls);
    for (size_t i = node_order(region); !form && i < node_order_end(region); i++) {
        const Node *node = document_element(look->document, i);
        if (node_is_control(node))
            node_list_add(look->arena, &controls, node);
    }
    for (size_t i = 0; i < controls.count; i++) {
        const Node *node = controls.items[i];
        const char *type = control_type(node);
        if (node == product->quantity || control_is_disabled(node) ||
            look_is_hidden(look, node) || !look_is_main(look, node))
            continue;
        bool is_open_select = strcmp(type, "select") == 0 &&
                              options_enabled(look, node) > 1 && choice_is_open(look, node);
        bool is_open_radio = strcmp(type, "radio") == 0 && radio_is_first(&controls, i) &&
                             radio_group_is_open(&controls, node);
        if ((is_open_select || is_open_radio) && look_field(look, node) == FIELD_UNKNOWN)
            node_list_add(look->arena, &product->options, node);
    }
}

void buy_find(Look *look, const CardList *cards, Product *product)
{
    const ActionList *actions = look_actions(look);
    Ranking ranking = {0};
    for (size_t i = 0; i < actions->count; i++) {
        const Action *action = &actions->items[i];
        Ranked candidate = {.node = action->node};
        const Node *form = form_owner(look->document, action->node);
        if (!words_rank(look, action, form, &candidate))
            continue;
        place_rank(look, cards, action, product, &candidate);
        ranking_take(&ranking, &candidate);
    }
    if (ranking.best.node && ranking.best.score > 0) {
        product->add_button = ranking.best.node;
        product->add_why = ranking.best.why;
        product->add_score = ranking.best.score;
        product->add_runner_up = ranking.second.node;
        product->add_runner_up_score = ranking.second.score;
    }
    product->buy_form =
        product->add_button ? form_owner(look->document, product->add_button) : NULL;
    const Node *region = product->buy_form;
    if (!region && product->add_button)
        region = product->heading ? node_common(product->add_button, product->heading)
                                  : node_parent(product->add_button);
    if (!region)
        return;
    product->quantity = quantity_find(look, product->buy_form, region);
    options_find(look, product->buy_form, region, product);
}
