/* reading.c - predicates that read text. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/reading.h"

#include <math.h>
#include <string.h>

#include "dom/css.h"
#include "dom/text.h"

enum { CAPITALS_LEAST = 40, DISCOUNT_LEVELS = 4, DISCOUNT_ELEMENTS = 60 };

/** Capital or small letter of the Latin alphabets in Unicode's first blocks, Greek and
 * Cyrillic; 0: neither. */
static char letter_case(unsigned rune)
{
    if ((rune >= 'A' && rune <= 'Z') || (rune >= 0xC0 && rune <= 0xDE && rune != 0xD7) ||
        (rune >= 0x391 && rune <= 0x3A9) || (rune >= 0x410 && rune <= 0x42F))
        return 'A';
    if ((rune >= 'a' && rune <= 'z') || (rune >= 0xDF && rune <= 0xFF && rune != 0xF7) ||
        (rune >= 0x3B1 && rune <= 0x3C9) || (rune >= 0x430 && rune <= 0x44F))
        return 'a';
    if (rune >= 0x100 && rune <= 0x17F)
        return rune % 2 ? 'a' : 'A';
    return 0;
}

bool is_in_capitals(const Subject *subject, const Node *node)
{
    Str text = node_visible_text(view_arena(subject->view), node);
    size_t offset = 0, capitals = 0, letters = 0;
    while (offset < text.length) {
        char kind = letter_case(str_next_rune(text, &offset));
        letters += kind != 0;
        capitals += kind == 'A';
    }
    return letters > CAPITALS_LEAST && capitals * 10 >= letters * 9;
}

/** "-20 %", "−20%", "20 % off": the percentage; 0: there is none. */
static int percent_in(Str text)
{
    for (size_t at = 0; (at = str_find_byte(text, '%', at)) < text.length; at++) {
        size_t end = at, start;
        int percent = 0;
        while (end > 0 &&
               (text.data[end - 1] == ' ' || (unsigned char)text.data[end - 1] > 0x7F))
            end--;
        start = end;
        while (start > 0 && text.data[start - 1] >= '0' && text.data[start - 1] <= '9')
            start--;
        if (end - start < 1 || end - start > 2)
            continue;
        for (size_t i = start; i < end; i++)
            percent = percent * 10 + (text.data[i] - '0');
        while (start > 0 && text.data[start - 1] == ' ')
            start--;
        if (start > 0 && text.data[start - 1] == '-')
            return percent;
        if (start > 2 && !memcmp(text.data + start - 3, "\xE2\x88\x92", 3))
            return percent;
        if (str_starts_with_nocase(str_trim(str_slice(text, at + 1, 12)), STR("off")))
            return percent;
    }
    return 0;
}

/** What stands around a struck-out price. */
typedef struct Discount {
    double before, now;
    int percent;
} Discount;

/** The nearest block around node that names a percentage and another price. */
static bool discount_read(const Subject *subject, const Node *node, Discount *discount)
{
    Arena *arena = view_arena(subject->view);
    Price before, now;
    size_t offset = 0;
    if (!str_contains(view_text(subject->view, VIEW_TEXT), STR("%")))
        return false;
    if (!price_next(node_visible_text(arena, node), &offset, &before) || before.is_range)
        return false;
    discount->before = price_number(&before);
    for (int level = 0; level < DISCOUNT_LEVELS && (node = node_parent(node)); level++) {
        if (node_order_end(node) - node_order(node) > DISCOUNT_ELEMENTS)
            return false;
        discount->percent = percent_in(node_visible_text(arena, node));
        if (!discount->percent || !price_in(view_document(subject->view), node, &now) ||
            now.is_range || now.milli >= before.milli)
            continue;
        discount->now = price_number(&now);
        return true;
    }
    return false;
}

bool is_discounted(const Subject *subject, const Node *node)
{
    Discount discount;
    return discount_read(subject, node, &discount);
}

bool is_discount_true(const Subject *subject, const Node *node)
{
    Discount discount;
    if (!discount_read(subject, node, &discount) || discount.before <= 0)
        return true;
    return fabs(100 * (1 - discount.now / discount.before) - discount.percent) < 1.5;
}

/** Words in the blocks that the markup calls description; -1: there is none. */
static int named_words(const Subject *subject)
{
    static const char selector[] =
        "[itemprop=description]:not(meta), [class*=description i], [id*=description i], "
        "[class*=product-details i], [class*=product-text i]";
    Arena *arena = view_arena(subject->view);
    const Document *document = view_document(subject->view);
    NodeList list = {0};
    int most = -1;
    select_all(document, document_body(document), selector, arena, &list);
    for (size_t i = 0; i < list.count; i++) {
        int words = (int)text_word_count(node_text_content(arena, list.items[i]));
        most = words > most ? words : most;
    }
    return most;
}

/** Is a heading the title of a description? */
static bool heads_description(const Subject *subject, const Node *node)
{
    static const char *const names[] = {
        "description",     "product description", "details",     "product details",
        "about this item", "about this product",  "détails",     "présentation",
        "beschreibung",    "produktbeschreibung", "descripción", "descrizione",
    };
    Str name = view_name_folded(subject->view, node);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal_text(name, names[i]))
            return true;
    return false;
}

static bool is_heading(const Node *node)
{
    const char *tag = node_tag(node);
    return tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' && !tag[2];
}

/** Words between a heading called description and the next heading; -1: there is none. */
static int headed_words(const Subject *subject)
{
    static const char *const tags[] = {"h2", "h3", "h4"};
    Arena *arena = view_arena(subject->view);
    for (size_t t = 0; t < COUNT_OF(tags); t++) {
        const NodeList *list = document_by_tag(view_document(subject->view), tags[t]);
        for (size_t i = 0; i < list->count; i++) {
            int words = 0;
            if (!heads_description(subject, list->items[i]))
                continue;
            for (const Node *node = node_next(list->items[i]); node && !is_heading(node);
                 node = node_next(node))
                words += (int)text_word_count(node_text_content(arena, node));
            return words;
        }
    }
    return -1;
}

enum { DESCRIPTION_WORDS = 50 };

bool has_description(const Subject *subject, const Node *node)
{
    (void)node;
    return named_words(subject) >= 0 || headed_words(subject) >= 0;
}

bool is_described(const Subject *subject, const Node *node)
{
    (void)node;
    return named_words(subject) >= DESCRIPTION_WORDS ||
           headed_words(subject) >= DESCRIPTION_WORDS;
}
