/* meaning.c - texts by their content, each with two bits an intent: asked, and meant.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/meaning.h"

#include "words/filter.h"
#include "words/lexicon.h"

enum { SLOTS_FIRST = 1024 };

struct Meaning {
    unsigned long long hash;
    Sieved text;
    uint64_t *known, *met; /* by intent; known also where no list may match */
};

struct Meanings {
    Arena *arena;
    const Words *words;
    const char *language;
    Meaning **slots; /* open addressing; slot_count is a power of two */
    size_t count, slot_count;
    size_t intents_size; /* 64-bit words of a set of intents */
};

static Meanings *meanings_create(Arena *arena, const Words *words, const char *language)
{
    Meanings *meanings = ARENA_NEW(arena, Meanings);
    meanings->arena = arena;
    meanings->words = words;
    meanings->language = language;
    meanings->slot_count = SLOTS_FIRST;
    meanings->slots = ARENA_ARRAY(arena, SLOTS_FIRST, Meaning *);
    meanings->intents_size = words_intent_count(words) / 64 + 1;
    return meanings;
}

PageNote *page_note(const Words *words, const Document *document)
{
    PageNote *note = *document_note(document);
    if (note && note->words == words)
        return note;
    note = ARENA_NEW(document_arena(document), PageNote);
    note->words = words;
    note->meanings =
        meanings_create(document_arena(document), words, document_language(document));
    *document_note(document) = note;
    return note;
}

Meanings *meanings_of_page(const Words *words, const Document *document)
{
    return page_note(words, document)->meanings;
}

static Meaning **slot_find(const Meanings *meanings, unsigned long long hash, Str folded)
{
    size_t at = (size_t)hash & (meanings->slot_count - 1);
    for (;; at = (at + 1) & (meanings->slot_count - 1)) {
        Meaning **slot = &meanings->slots[at];
        if (!*slot || ((*slot)->hash == hash && str_equal((*slot)->text.folded, folded)))
            return slot;
    }
}

static void slots_grow(Meanings *meanings)
{
    Meaning **old = meanings->slots;
    size_t count = meanings->slot_count;
    meanings->slot_count = count * 2;
    meanings->slots = ARENA_ARRAY(meanings->arena, meanings->slot_count, Meaning *);
    for (size_t i = 0; i < count; i++)
        if (old[i])
            *slot_find(meanings, old[i]->hash, old[i]->text.folded) = old[i];
}

/* Where no list of any language may match, the answer is known before it is asked. */
static void unmeant_mark(const Meanings *meanings, Meaning *meaning)
{
    size_t size = filter_size(meanings->words->filter);
    for (size_t i = 0; i < meanings->intents_size; i++)
        meaning->known[i] = UINT64_MAX;
    for (size_t i = 0; i < size; i++) {
        for (uint64_t rest = meaning->text.may[i]; rest; rest &= rest - 1) {
            size_t list = i * 64 + (size_t)__builtin_ctzll(rest);
            int intent = meanings->words->intent_of[list];
            meaning->known[intent / 64] &= ~(UINT64_C(1) << (intent & 63));
        }
    }
}

Meaning *meaning_of(Meanings *meanings, Str folded)
{
    Arena *arena = meanings->arena;
    unsigned long long hash = str_hash(folded);
    Meaning **slot = slot_find(meanings, hash, folded);
    if (*slot)
        return *slot;
    Meaning *meaning = ARENA_NEW(arena, Meaning);
    meaning->hash = hash;
    meaning->text.folded = arena_str(arena, folded);
    meaning->text.may = ARENA_ARRAY(arena, filter_size(meanings->words->filter), uint64_t);
    meaning->known = ARENA_ARRAY(arena, meanings->intents_size, uint64_t);
    meaning->met = ARENA_ARRAY(arena, meanings->intents_size, uint64_t);
    filter_look(meanings->words->filter, meaning->text.folded, meaning->text.may);
    unmeant_mark(meanings, meaning);
    *slot = meaning;
    if (++meanings->count * 2 >= meanings->slot_count)
        slots_grow(meanings);
    return meaning;
}

Str meaning_text(const Meaning *meaning)
{
    return meaning->text.folded;
}

bool meaning_find(Meanings *meanings, Meaning *meaning, int intent, RegexMatch *match)
{
    uint64_t bit = UINT64_C(1) << (intent & 63);
    bool is_met = false;
    if (intent < 0 || str_is_empty(meaning->text.folded))
        return false;
    if ((meaning->known[intent / 64] & bit) != 0 &&
        (!match || (meaning->met[intent / 64] & bit) == 0))
        return (meaning->met[intent / 64] & bit) != 0;
    is_met = words_language_that(meanings->words, intent, meanings->language,
                                 &meaning->text, match) != NULL;
    meaning->known[intent / 64] |= bit;
    if (is_met)
        meaning->met[intent / 64] |= bit;
    return is_met;
}

bool meaning_is(Meanings *meanings, Meaning *meaning, int intent)
{
    return meaning_find(meanings, meaning, intent, NULL);
}
