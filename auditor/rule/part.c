/* part.c - recognised parts of a shop's pages as sources of elements: "@card" and the like.
 *
 * What a part is, is decided in words/recognise; here are only names for it. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom/text.h"
#include "rule/element.h"

static void add(const Subject *subject, NodeList *list, const Node *node)
{
    if (node)
        node_list_add(view_arena(subject->view), list, node);
}

static void add_all(const Subject *subject, NodeList *list, const NodeList *nodes)
{
    for (size_t i = 0; i < nodes->count; i++)
        add(subject, list, nodes->items[i]);
}

static void cards(const Subject *subject, NodeList *list)
{
    const CardList *found = view_cards(subject->view);
    for (size_t i = 0; i < found->count; i++)
        add(subject, list, found->items[i].node);
}

static void sold_out_cards(const Subject *subject, NodeList *list)
{
    const CardList *found = view_cards(subject->view);
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].is_sold_out)
            add(subject, list, found->items[i].node);
}

static void add_to_cart(const Subject *subject, NodeList *list)
{
    add(subject, list, view_product(subject->view)->add_button);
}

static void buy_form(const Subject *subject, NodeList *list)
{
    add(subject, list, view_product(subject->view)->buy_form);
}

static void options(const Subject *subject, NodeList *list)
{
    add_all(subject, list, &view_product(subject->view)->options);
}

static void quantity(const Subject *subject, NodeList *list)
{
    add(subject, list, view_product(subject->view)->quantity);
}

static void cart_lines(const Subject *subject, NodeList *list)
{
    const Cart *cart = view_cart(subject->view);
    for (size_t i = 0; i < cart->count; i++)
        add(subject, list, cart->lines[i].node);
}

static void cart_removes(const Subject *subject, NodeList *list)
{
    const Cart *cart = view_cart(subject->view);
    for (size_t i = 0; i < cart->count; i++)
        add(subject, list, cart->lines[i].remove);
}

static void cart_checkout(const Subject *subject, NodeList *list)
{
    add(subject, list, view_cart(subject->view)->checkout);
}

static void checkout_fields(const Subject *subject, NodeList *list)
{
    add_all(subject, list, &view_checkout(subject->view)->fields);
}

static void checkout_next(const Subject *subject, NodeList *list)
{
    add(subject, list, view_checkout(subject->view)->next);
}

static void order_button(const Subject *subject, NodeList *list)
{
    add(subject, list, view_checkout(subject->view)->order_button);
}

static void search_box(const Subject *subject, NodeList *list)
{
    add(subject, list, search_find(subject->words, view_document(subject->view), NULL));
}

/** Controls that a visitor types into or chooses from, not hidden by markup. */
static void fields(const Subject *subject, NodeList *list)
{
    static const char *const tags[] = {"input", "select", "textarea"};
    static const char *const others[] = {"hidden", "submit", "button", "image", "reset"};
    const Document *document = view_document(subject->view);
    for (size_t t = 0; t < COUNT_OF(tags); t++) {
        const NodeList *nodes = document_by_tag(document, tags[t]);
        for (size_t i = 0; i < nodes->count; i++) {
            const char *type = control_type(nodes->items[i]);
            bool is_field = node_visibility(nodes->items[i]) != VISIBILITY_HIDDEN;
            for (size_t k = 0; k < COUNT_OF(others) && is_field; k++)
                is_field = strcmp(type, others[k]) != 0;
            if (is_field)
                add(subject, list, nodes->items[i]);
        }
    }
}

static const char *const names[] = {
    "card",          "sold-out-card", "add-to-cart", "buy-form",      "option",
    "quantity",      "cart-line",     "cart-remove", "cart-checkout", "checkout-field",
    "checkout-next", "order-button",  "search-box",  "field",         NULL,
};

static PartFind *const finds[] = {
    cards,         sold_out_cards, add_to_cart,  buy_form,      options,
    quantity,      cart_lines,     cart_removes, cart_checkout, checkout_fields,
    checkout_next, order_button,   search_box,   fields,
};

PartFind *part_of(const char *name)
{
    for (size_t i = 0; names[i]; i++)
        if (!strcmp(names[i], name))
            return finds[i];
    return NULL;
}

const char *const *part_names(void)
{
    return names;
}
