/* card_name.c - what the product of a card is called: by its heading, by marks, by its
 * link, by its longest words.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom/text.h"
#include "words/cards.h"
#include "words/look.h"

enum { NAME_MAX = 200 /* bytes of a card's name */ };

/* Signs that stand between a name and its price. */
static const char JOINTS[] = "-:|,;$";

static bool is_name_text(const Look *look, const Node *node)
{
    Price price;
    size_t at = 0;
    Str text = look_text(look, node, NAME_MAX);
    return text.length > 1 && !price_next(text, &at, &price) &&
           !look_means(look, "add_to_cart", text) &&
           !look_means(look, "generic_link", text);
}

/* An element of the card that is called a name or title. */
static const char *name_by_mark(const Look *look, const Node *root)
{
    for (size_t i = node_order(root) + 1; i < node_order_end(root); i++) {
        const Node *node = document_element(look->document, i);
        if (!node_is_tag(node, "img") && node_has_part_of(node, "name title") &&
            is_name_text(look, node))
            return look_clean_text(look, node, NAME_MAX);
    }
    return "";
}

/* The longest words of a link to the product, or of a part of it. */
static const char *name_by_link(const Look *look, const Node *root, const char *url)
{
    const char *best = "";
    for (size_t i = node_order(root); i < node_order_end(root); i++) {
        const Node *node = document_element(look->document, i);
        const Node *link = node_closest(node, "a");
        bool is_part = link && (node == link || !node_first_child(node));
        const char *own = is_part ? card_target(look, link) : NULL;
        if (!own || strcmp(own, url) != 0 || !is_name_text(look, node))
            continue;
        const char *text = look_clean_text(look, node, NAME_MAX);
        if (strlen(text) > strlen(best))
            best = text;
    }
    return best;
}

/* "Name: Blue pot" names the pot. */
static const char *without_label(const char *text)
{
    size_t word = strcspn(text, " :");
    return text[word] == ':' && text[word + 1] == ' ' && text[word + 2] ? text + word + 2
                                                                        : text;
}

/* Without a link and without marks: the longest words of their own in the card. */
static const char *name_by_words(const Look *look, const Node *root)
{
    const char *best = "";
    for (size_t i = node_order(root) + 1; i < node_order_end(root); i++) {
        const Node *node = document_element(look->document, i);
        if (node_order_end(node) > i + 1 || node_is_control(node) || action_is(node) ||
            look_is_hidden(look, node) || !is_name_text(look, node))
            continue;
        const char *text = without_label(look_clean_text(look, node, NAME_MAX));
        if (strlen(text) > strlen(best))
            best = text;
    }
    return best;
}

/* A heading that holds the price too names the product by the words before it. */
static const char *name_of_heading(const Look *look, const Node *heading)
{
    const char *whole = look_clean_text(look, heading, NAME_MAX);
    Str rest = str_of(whole);
    Str word;
    size_t end = 0;
    Price price;
    while (str_next_word(&rest, &word)) {
        size_t at = 0;
        size_t behind = (size_t)(word.data - whole) + word.length;
        if (price_next(str_from(whole, behind), &at, &price))
            break;
        if (word.length > 1 || (word.data[0] & 0x80) ||
            strchr(JOINTS, word.data[0]) == NULL)
            end = behind;
    }
    return end > 0 ? arena_str_text(look->arena, str_from(whole, end)) : whole;
}

const char *card_name(const Look *look, const Node *root, const char *url, bool is_action)
{
    const Node *heading = look_heading(look, root);
    if (heading)
        return name_of_heading(look, heading);
    const char *name = name_by_mark(look, root);
    if (!name[0])
        name = name_by_link(look, root, url);
    if (!name[0] && is_action)
        name = name_by_words(look, root);
    for (size_t i = node_order(root); !name[0] && i < node_order_end(root); i++) {
        const Node *node = document_element(look->document, i);
        const char *alt = node_is_tag(node, "img") ? node_attribute(node, "alt") : NULL;
        name = alt ? alt : "";
    }
    return name;
}
