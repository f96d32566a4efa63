/* filter.c - looks for the needed words of all lists in one pass: a word is found by four
 * of its letters (two or three, if it has no more), the rest is compared.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/literal.h"

enum {
    SLOT_BITS = 14,
    SLOTS = 1 << SLOT_BITS,
    GRAM_MOST = 4,
    LONG_S = 0xBFC5,   /* U+017F, its first byte lowest */
    KELVIN = 0xAA84E2, /* U+212A */
};

/** One needed word of one list. */
typedef struct Needed {
    Str word;
    uint32_t gram;   /* the letters it is found by, the first in the lowest byte */
    uint16_t before; /* how many letters of the word stand before them */
    uint16_t list;
} Needed;

/** The words that are found by so many letters. */
typedef struct Shelf {
    Needed *items; /* by slot */
    size_t count, capacity;
    uint32_t *starts; /* by slot, and one behind the last */
    uint64_t *filled; /* a bit a slot: small enough to stay at hand */
} Shelf;

struct Filter {
    Arena *arena;
    const Lexicon *lexicons;
    size_t lexicon_count;
    bool is_made;
    Shelf shelves[GRAM_MOST + 1]; /* by length of the gram, from 1 */
    uint64_t *always;             /* lists of which nothing is known */
    size_t size;
};

static void bit_mark(uint64_t *bits, size_t number)
{
    bits[number / 64] |= UINT64_C(1) << number % 64;
}

static uint32_t slot_of(uint32_t gram)
{
    return gram * 0x9E3779B1U >> (32 - SLOT_BITS); /* Knuth's multiplicative hashing */
}

static uint32_t letter_at(Str text, size_t at)
{
    unsigned char c = (unsigned char)text.data[at];
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static uint32_t gram_at(Str text, size_t at, int length)
{
    uint32_t gram = 0;
    for (int i = 0; i < length; i++)
        gram |= letter_at(text, at + (size_t)i) << 8 * i;
    return gram;
}

static int gram_spaces(Str word, size_t at, int length)
{
    int spaces = 0;
    for (int i = 0; i < length; i++)
        spaces += word.data[at + (size_t)i] == ' ';
    return spaces;
}

/* Found by the last letters without a space: beginnings are what languages share. */
static void needed_add(Arena *arena, Filter *filter, Str word, size_t list)
{
    int length = word.length < GRAM_MOST ? (int)word.length : GRAM_MOST;
    Shelf *shelf = &filter->shelves[length];
    size_t best = word.length - (size_t)length;
    for (size_t at = best; at-- > 0;)
        if (gram_spaces(word, at, length) < gram_spaces(word, best, length))
            best = at;
    Needed needed = {.word = word,
                     .gram = gram_at(word, best, length),
                     .before = (uint16_t)best,
                     .list = (uint16_t)list};
    ARENA_PUSH(arena, shelf->items, shelf->count, shelf->capacity, needed);
}

static int needed_compare(const void *a, const void *b)
{
    const Needed *one = a, *other = b;
    uint32_t left = slot_of(one->gram), right = slot_of(other->gram);
    if (left != right)
        return left < right ? -1 : 1;
    return (one->gram > other->gram) - (one->gram < other->gram);
}

static void shelf_close(Arena *arena, Shelf *shelf)
{
    size_t at = 0;
    shelf->starts = ARENA_ARRAY(arena, SLOTS + 1, uint32_t);
    if (shelf->count > 0)
        qsort(shelf->items, shelf->count, sizeof *shelf->items, needed_compare);
    shelf->filled = ARENA_ARRAY(arena, SLOTS / 64, uint64_t);
    for (size_t i = 0; i < shelf->count; i++)
        bit_mark(shelf->filled, slot_of(shelf->items[i].gram));
    for (uint32_t slot = 0; slot <= SLOTS; slot++) {
        while (at < shelf->count && slot_of(shelf->items[at].gram) < slot)
            at++;
        shelf->starts[slot] = (uint32_t)at;
    }
}

static bool list_read(Arena *arena, Filter *filter, const WordList *list)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    Literals all = {NULL, 0}, some;
    size_t capacity = 0;
    for (const Json *child = json_first(list->patterns); child; child = json_next(child)) {
        if (!literals_read(scratch, json_str(child), &some))
            return false;
        for (size_t i = 0; i < some.count; i++)
            ARENA_PUSH(scratch, all.items, all.count, capacity, some.items[i]);
    }
    for (size_t i = 0; i < all.count; i++)
        needed_add(arena, filter, arena_str(arena, all.items[i]), list->number);
    return true;
}

Filter *filter_create(Arena *arena, const Lexicon *lexicons, size_t count)
{
    Filter *filter = ARENA_NEW(arena, Filter);
    size_t lists = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < lexicons[i].count; j++)
            lexicons[i].lists[j].number = lists++;
    filter->arena = arena;
    filter->lexicons = lexicons;
    filter->lexicon_count = count;
    filter->size = lists / 64 + 1;
    return filter;
}

static void filter_make(Filter *filter)
{
    filter->is_made = true;
    filter->always = ARENA_ARRAY(filter->arena, filter->size, uint64_t);
    for (size_t i = 0; i < filter->lexicon_count; i++) {
        const Lexicon *lexicon = &filter->lexicons[i];
        for (size_t j = 0; j < lexicon->count; j++)
            if (!list_read(filter->arena, filter, &lexicon->lists[j]))
                bit_mark(filter->always, lexicon->lists[j].number);
    }
    for (int length = 1; length <= GRAM_MOST; length++)
        shelf_close(filter->arena, &filter->shelves[length]);
}

size_t filter_size(const Filter *filter)
{
    return filter->size;
}

static bool word_is_at(Str text, size_t at, Str word)
{
    if (word.length > text.length - at)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (letter_at(text, at + i) != (unsigned char)word.data[i])
            return false;
    return true;
}

static void shelf_look(const Shelf *shelf, Str text, size_t at, uint32_t gram,
                       uint64_t *may)
{
    uint32_t slot = slot_of(gram);
    if ((shelf->filled[slot / 64] >> slot % 64 & 1U) == 0)
        return;
    for (size_t i = shelf->starts[slot]; i < shelf->starts[slot + 1]; i++) {
        const Needed *needed = &shelf->items[i];
        if (needed->gram != gram || needed->before > at ||
            (may[needed->list / 64] >> needed->list % 64 & 1U) != 0)
            continue;
        if (word_is_at(text, at - needed->before, needed->word))
            bit_mark(may, needed->list);
    }
}

bool filter_lets(const uint64_t *may, const WordList *list)
{
    return (may[list->number / 64] >> list->number % 64 & 1U) != 0;
}

void filter_look(Filter *filter, Str text, uint64_t *may)
{
    uint32_t gram = 0;
    bool hides = false; /* see literals_may_hide */
    if (!filter->is_made)
        filter_make(filter);
    memcpy(may, filter->always, filter->size * sizeof *may);
    /* From the end, so that the letters behind are known: four, three and two of them. */
    for (size_t at = text.length; at-- > 0;) {
        gram = gram << 8 | letter_at(text, at);
        size_t left = text.length - at;
        if ((gram & 0x80) != 0)
            hides = hides || (gram & 0xFFFF) == LONG_S || (gram & 0xFFFFFF) == KELVIN;
        shelf_look(&filter->shelves[1], text, at, gram & 0xFF, may);
        if (left >= 4)
            shelf_look(&filter->shelves[4], text, at, gram, may);
        if (left >= 3)
            shelf_look(&filter->shelves[3], text, at, gram & 0xFFFFFF, may);
        if (left >= 2)
            shelf_look(&filter->shelves[2], text, at, gram & 0xFFFF, may);
    }
    if (hides)
        memset(may, 0xFF, filter->size * sizeof *may);
}
