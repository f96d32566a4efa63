/* words.c - asks the lists of words: does this text mean that, and which element says it.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/out.h"
#include "dom/text.h"
#include "words/actions.h"
#include "words/filter.h"
#include "words/lexicon.h"
#include "words/meaning.h"
#include "words/platform.h"

enum { SETS_USUAL = 32 }; /* 64-bit words of a set of lists: room for 2,048 of them */

static const char PLATFORMS_FILE[] = "platforms.json";

static int lexicon_compare(const void *a, const void *b)
{
    const Lexicon *one = a;
    const Lexicon *other = b;
    bool one_english = strcmp(one->language, "en") == 0;
    bool other_english = strcmp(other->language, "en") == 0;
    if (one_english != other_english)
        return one_english ? -1 : 1;
    return strcmp(one->language, other->language);
}

static bool folder_load(Words *words, const char *folder, bool is_first, Error *err)
{
    const char **names = NULL;
    size_t count = 0;
    if (!folder_list(words->arena, folder, ".json", &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(words->arena, folder, names[i]);
        if (strcmp(names[i], PLATFORMS_FILE) == 0) {
            if (!platforms_load(words->arena, path, &words->platforms, err))
                return false;
            continue;
        }
        /* Our own lists are compiled when they are asked for (the tests compile them all);
         * those of a user at once, so that a mistake is an error before the visit. */
        if (!lexicon_load(words, path, !is_first, err))
            return false;
    }
    return true;
}

static int intent_compare(const void *a, const void *b)
{
    return strcmp(((const IntentLists *)a)->intent, ((const IntentLists *)b)->intent);
}

/* Where the name stands, or would. */
static int *intent_slot(const Words *words, const char *intent)
{
    size_t at = (size_t)str_hash(str_of(intent));
    for (;; at++) {
        int *slot = &words->intent_slots[at & (words->slot_count - 1)];
        if (!*slot || strcmp(words->intents[*slot - 1].intent, intent) == 0)
            return slot;
    }
}

int words_intent(const Words *words, const char *intent)
{
    return *intent_slot(words, intent) - 1;
}

size_t words_intent_count(const Words *words)
{
    return words->intent_count;
}

/* All intents of all languages, each once, with its lists. */
static void intents_gather(Words *words)
{
    size_t most = 0;
    for (size_t i = 0; i < words->count; i++)
        most += words->lexicons[i].count;
    words->intents = ARENA_ARRAY(words->arena, most + 1, IntentLists);
    for (size_t i = 0; i < words->count; i++) {
        const Lexicon *lexicon = &words->lexicons[i];
        for (size_t j = 0; j < lexicon->count; j++)
            words->intents[words->intent_count++].intent = lexicon->lists[j].intent;
    }
    qsort(words->intents, words->intent_count, sizeof *words->intents, intent_compare);
    size_t kept = 0;
    for (size_t i = 0; i < words->intent_count; i++) {
        const char *intent = words->intents[i].intent;
        if (kept > 0 && strcmp(words->intents[kept - 1].intent, intent) == 0)
            continue;
        IntentLists *lists = &words->intents[kept++];
        lists->intent = intent;
        lists->lists = ARENA_ARRAY(words->arena, words->count, WordList *);
        for (size_t j = 0; j < words->count; j++)
            lists->lists[j] = lexicon_find(&words->lexicons[j], intent);
    }
    words->intent_count = kept;
    words->slot_count = 64;
    while (words->slot_count < kept * 4)
        words->slot_count *= 2;
    words->intent_slots = ARENA_ARRAY(words->arena, words->slot_count, int);
    for (size_t i = 0; i < kept; i++)
        *intent_slot(words, words->intents[i].intent) = (int)i + 1;
}

static void lists_place(Words *words)
{
    words->intent_of = ARENA_ARRAY(words->arena, filter_size(words->filter) * 64, int);
    for (size_t i = 0; i < words->intent_count; i++)
        for (size_t j = 0; j < words->count; j++)
            if (words->intents[i].lists[j])
                words->intent_of[words->intents[i].lists[j]->number] = (int)i;
}

bool words_load(Arena *arena, const char *const *folders, Words **words, Error *err)
{
    Words *fresh = ARENA_NEW(arena, Words);
    fresh->arena = arena;
    for (const char *const *folder = folders; *folder; folder++) {
        const char *inside = path_join(arena, *folder, "words");
        if (!path_is_folder(inside))
            inside = *folder;
        if (!folder_load(fresh, inside, folder == folders, err))
            return false;
    }
    if (fresh->count == 0)
        return error_set(err, ERROR_INPUT, folders[0], "no file of words is there");
    qsort(fresh->lexicons, fresh->count, sizeof *fresh->lexicons, lexicon_compare);
    fresh->languages = ARENA_ARRAY(arena, fresh->count + 1, const char *);
    for (size_t i = 0; i < fresh->count; i++)
        fresh->languages[i] = fresh->lexicons[i].language;
    intents_gather(fresh);
    fresh->filter = filter_create(arena, fresh->lexicons, fresh->count);
    lists_place(fresh);
    *words = fresh;
    return true;
}

bool words_check(const Words *words, Error *err)
{
    for (size_t i = 0; i < words->count; i++) {
        const Lexicon *lexicon = &words->lexicons[i];
        for (size_t j = 0; j < lexicon->count; j++) {
            if (!list_check(words->arena, &lexicon->lists[j], err))
                return false;
        }
    }
    return !words->platforms || platforms_check(words->platforms, err);
}

const char *const *words_languages(const Words *words)
{
    return words->languages;
}

bool words_has(const Words *words, const char *intent)
{
    return words_intent(words, intent) >= 0;
}

static bool list_match(const Words *words, WordList *list, Str folded, RegexMatch *match)
{
    return list && list_compile(words->arena, list, NULL) &&
           regex_find(list->regex, folded, 0, match);
}

const char *words_language_that(const Words *words, int intent, const char *language,
                                const Sieved *text, RegexMatch *match)
{
    WordList *const *lists = words->intents[intent].lists;
    size_t first = words->count;
    for (size_t i = 0; language && language[0] && i < words->count; i++) {
        if (strcmp(words->lexicons[i].language, language) == 0)
            first = i;
    }
    for (size_t turn = 0; turn <= words->count; turn++) {
        size_t i = turn == 0 ? first : turn - 1;
        if (i >= words->count || (turn > 0 && i == first) || !lists[i] ||
            !filter_lets(text->may, lists[i]))
            continue;
        if (list_match(words, lists[i], text->folded, match))
            return words->lexicons[i].language;
    }
    return NULL;
}

static const char *match_language(const Words *words, const char *intent,
                                  const char *language, Str folded, RegexMatch *match)
{
    AUTO(arena_auto) Arena *scratch = NULL;
    uint64_t may[SETS_USUAL];
    Sieved text = {folded, may};
    int number = words_intent(words, intent);
    if (number < 0)
        return NULL;
    if (filter_size(words->filter) > SETS_USUAL) {
        scratch = arena_create();
        text.may = ARENA_ARRAY(scratch, filter_size(words->filter), uint64_t);
    }
    filter_look(words->filter, folded, text.may);
    return words_language_that(words, number, language, &text, match);
}

bool words_match_folded(const Words *words, const char *intent, const char *language,
                        Str folded, RegexMatch *match)
{
    return !str_is_empty(folded) &&
           match_language(words, intent, language, folded, match) != NULL;
}

bool words_match(const Words *words, const char *intent, const char *language, Str text,
                 RegexMatch *match)
{
    /* A match would point into the folded copy, so it lives as long as the words then. */
    AUTO(arena_auto) Arena *scratch = match ? NULL : arena_create();
    Str folded = text_fold(match ? words->arena : scratch, text);
    return words_match_folded(words, intent, language, folded, match);
}

bool words_match_only(const Words *words, const char *intent, const char *language,
                      Str text)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    Str folded = text_fold(scratch, text);
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->lexicons[i].language, language) == 0)
            return list_match(words, lexicon_find(&words->lexicons[i], intent), folded,
                              NULL);
    }
    return false;
}

const char *words_language_of(const Words *words, const char *intent, Str text)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    Str folded = text_fold(scratch, text);
    return str_is_empty(folded) ? NULL : match_language(words, intent, "", folded, NULL);
}

const Node *words_find(const Words *words, const char *intent, const Document *document,
                       const Node *scope)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    size_t from = scope ? node_order(scope) : 0;
    size_t end = scope ? node_order_end(scope) : document_element_count(document);
    const char *language = document_language(document);
    for (size_t i = from; i < end; i++) {
        const Node *node = document_element(document, i);
        if (action_is(node) &&
            words_match_folded(words, intent, language,
                               action_words(scratch, document, node), NULL))
            return node;
    }
    return NULL;
}
