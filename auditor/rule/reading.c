/* reading.c - predicates that read text. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/reading.h"

#include <math.h>
#include <string.h>

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
