/* sieve.c - looks for the words that a pattern needs: the last letters of each are a bit in
 * a small table, and what hits a bit is compared.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/sieve.h"

#include <stdint.h>

#include "base/literal.h"

enum {
    GRAM_MOST = 4,
    WORDS_MOST = 120, /* more fill the table */
    TABLE_BITS = 11,
};

struct Sieve {
    Literals words;
    size_t length; /* letters of a word that the table knows it by */
    uint32_t mask; /* of those letters */
    uint64_t table[(1 << TABLE_BITS) / 64];
};

static uint32_t letter_small(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static uint32_t slot_of(uint32_t gram)
{
    return gram * 0x9E3779B1U >> (32 - TABLE_BITS); /* Knuth's multiplicative hashing */
}

/* The last letters; the last one is in the lowest byte. */
static uint32_t gram_of(Str word, size_t length)
{
    uint32_t gram = 0;
    for (size_t i = word.length - length; i < word.length; i++)
        gram = gram << 8 | letter_small((unsigned char)word.data[i]);
    return gram;
}

Sieve *sieve_make(Arena *arena, Str pattern)
{
    Sieve *sieve = ARENA_NEW(arena, Sieve);
    sieve->length = GRAM_MOST;
    if (!literals_read(arena, pattern, &sieve->words) || sieve->words.count > WORDS_MOST)
        return NULL;
    for (size_t i = 0; i < sieve->words.count; i++)
        if (sieve->words.items[i].length < sieve->length)
            sieve->length = sieve->words.items[i].length;
    sieve->mask = sieve->length == GRAM_MOST ? UINT32_MAX : (1U << 8 * sieve->length) - 1;
    for (size_t i = 0; i < sieve->words.count; i++) {
        uint32_t slot = slot_of(gram_of(sieve->words.items[i], sieve->length));
        sieve->table[slot / 64] |= UINT64_C(1) << slot % 64;
    }
    return sieve;
}

/* Does one of the words end here? */
static bool word_ends(const Sieve *sieve, Str before)
{
    for (size_t i = 0; i < sieve->words.count; i++) {
        Str word = sieve->words.items[i];
        if (word.length <= before.length &&
            str_equal_nocase(str_slice(before, before.length - word.length, SIZE_MAX),
                             word))
            return true;
    }
    return false;
}

bool sieve_lets(const Sieve *sieve, Str subject)
{
    uint32_t gram = 0;
    unsigned char all = 0;
    for (size_t i = 0; i < subject.length; i++) {
        unsigned char c = (unsigned char)subject.data[i];
        uint32_t slot;
        all |= c;
        gram = (gram << 8 | letter_small(c)) & sieve->mask;
        slot = slot_of(gram);
        if ((sieve->table[slot / 64] >> slot % 64 & 1U) != 0 &&
            word_ends(sieve, str_slice(subject, 0, i + 1)))
            return true;
    }
    return (all & 0x80) != 0 && literals_may_hide(subject);
}
