/* filter.c - looks for the needed words of all lists in one pass: a word is found by four
 * of its letters (fewer, if it has no more), the rest is compared.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/filter.h"

#include <string.h>

#include "base/attr.h"
#include "base/literal.h"

enum {
    SLOT_BITS = 14,
    SLOTS = 1 << SLOT_BITS,
    SHELF_COUNT = 3,
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

/* By how many letters a word is found: four, two (words of three also), one. */
static const int SHELF_LETTERS[SHELF_COUNT] = {4, 2, 1};

struct Filter {
    Arena *arena;
    const Lexicon *lexicons;
    size_t lexicon_count;
    bool is_made;
    Shelf shelves[SHELF_COUNT];
    uint64_t *always; /* lists of which nothing is known */
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

/* The shelf of a word. */
static int shelf_of(Str word)
{
    return word.length >= 4 ? 0 : word.length >= 2 ? 1 : 2;
}

/* Found by the letters that the fewest words share: "dd t" of "add to cart". */
static void needed_place(Arena *arena, Filter *filter, const uint32_t *shared,
                         Needed *needed)
{
    Shelf *shelf = &filter->shelves[shelf_of(needed->word)];
    int length = SHELF_LETTERS[shelf_of(needed->word)];
    uint32_t fewest = UINT32_MAX;
    for (size_t at = 0; at + (size_t)length <= needed->word.length; at++) {
        uint32_t gram = gram_at(needed->word, at, length);
        if (shared[slot_of(gram)] >= fewest)
            continue;
        fewest = shared[slot_of(gram)];
        needed->gram = gram;
        needed->before = (uint16_t)at;
    }
    ARENA_PUSH(arena, shelf->items, shelf->count, shelf->capacity, *needed);
}

/* Which letters how many of the words have. */
static uint32_t *grams_count(Arena *arena, const Needed *words, size_t count)
{
    uint32_t *shared = ARENA_ARRAY(arena, SLOTS, uint32_t);
    for (size_t i = 0; i < count; i++) {
        int length = SHELF_LETTERS[shelf_of(words[i].word)];
        for (size_t at = 0; at + (size_t)length <= words[i].word.length; at++)
            shared[slot_of(gram_at(words[i].word, at, length))]++;
    }
    return shared;
}

/* Put the words in order of their slots. */
static void shelf_close(Arena *arena, Shelf *shelf)
{
    Needed *sorted = ARENA_ARRAY(arena, shelf->count + 1, Needed);
    uint32_t *next = ARENA_ARRAY(arena, SLOTS + 2, uint32_t);
    shelf->filled = ARENA_ARRAY(arena, SLOTS / 64, uint64_t);
    for (size_t i = 0; i < shelf->count; i++) {
        uint32_t slot = slot_of(shelf->items[i].gram);
        bit_mark(shelf->filled, slot);
        next[slot + 2]++;
    }
    for (size_t slot = 2; slot < SLOTS + 2; slot++)
        next[slot] += next[slot - 1];
    for (size_t i = 0; i < shelf->count; i++)
        sorted[next[slot_of(shelf->items[i].gram) + 1]++] = shelf->items[i];
    shelf->items = sorted;
    shelf->starts = next;
}

/** Needed words while they are gathered. */
typedef struct Gathered {
    Arena *scratch;
    Needed *items;
    size_t count, capacity;
} Gathered;

/* false: of one of its patterns nothing is known. */
static bool list_read(Arena *arena, Gathered *gathered, const WordList *list)
{
    size_t before = gathered->count;
    Literals some;
    for (const Json *child = json_first(list->patterns); child; child = json_next(child)) {
        if (!literals_read(gathered->scratch, json_str(child), &some)) {
            gathered->count = before;
            return false;
        }
        for (size_t i = 0; i < some.count; i++) {
            Needed needed = {.word = arena_str(arena, some.items[i]),
                             .list = (uint16_t)list->number};
            ARENA_PUSH(gathered->scratch, gathered->items, gathered->count,
                       gathered->capacity, needed);
        }
    }
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
    AUTO(arena_auto) Arena *scratch = arena_create();
    Gathered gathered = {.scratch = scratch};
    const uint32_t *shared = NULL;
    filter->is_made = true;
    filter->always = ARENA_ARRAY(filter->arena, filter->size, uint64_t);
    for (size_t i = 0; i < filter->lexicon_count; i++) {
        const Lexicon *lexicon = &filter->lexicons[i];
        for (size_t j = 0; j < lexicon->count; j++)
            if (!list_read(filter->arena, &gathered, &lexicon->lists[j]))
                bit_mark(filter->always, lexicon->lists[j].number);
    }
    shared = grams_count(scratch, gathered.items, gathered.count);
    for (size_t i = 0; i < gathered.count; i++)
        needed_place(filter->arena, filter, shared, &gathered.items[i]);
    for (int i = 0; i < SHELF_COUNT; i++)
        shelf_close(filter->arena, &filter->shelves[i]);
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

/* The words found by the letters at this place. */
static void shelf_look(const Shelf *shelf, Str text, size_t at, uint32_t gram,
                       uint64_t *may)
{
    uint32_t slot = slot_of(gram);
    for (size_t i = shelf->starts[slot]; i < shelf->starts[slot + 1]; i++) {
        const Needed *needed = &shelf->items[i];
        if (needed->gram != gram || needed->before > at ||
            (may[needed->list / 64] >> needed->list % 64 & 1U) != 0)
            continue;
        if (word_is_at(text, at - needed->before, needed->word))
            bit_mark(may, needed->list);
    }
}

static bool is_filled(const Shelf *shelf, uint32_t gram)
{
    uint32_t slot = slot_of(gram);
    return (shelf->filled[slot / 64] >> slot % 64 & 1U) != 0;
}

bool filter_lets(const uint64_t *may, const WordList *list)
{
    return (may[list->number / 64] >> list->number % 64 & 1U) != 0;
}

void filter_look(Filter *filter, Str text, uint64_t *may)
{
    const Shelf *shelves = filter->shelves;
    uint32_t gram = 0;
    bool hides = false; /* see literals_may_hide */
    if (!filter->is_made)
        filter_make(filter);
    memcpy(may, filter->always, filter->size * sizeof *may);
    /* From the end, so that the letters behind are known; NUL behind the last one, which
     * no word has. */
    for (size_t at = text.length; at-- > 0;) {
        gram = gram << 8 | letter_at(text, at);
        if ((gram & 0x80) != 0)
            hides = hides || (gram & 0xFFFF) == LONG_S || (gram & 0xFFFFFF) == KELVIN;
        if (is_filled(&shelves[0], gram))
            shelf_look(&shelves[0], text, at, gram, may);
        if (is_filled(&shelves[1], gram & 0xFFFF))
            shelf_look(&shelves[1], text, at, gram & 0xFFFF, may);
        if (is_filled(&shelves[2], gram & 0xFF))
            shelf_look(&shelves[2], text, at, gram & 0xFF, may);
    }
    if (hides)
        memset(may, 0xFF, filter->size * sizeof *may);
}
