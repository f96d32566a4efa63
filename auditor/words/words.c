/* words.c - asks the lists of words: does this text mean that, and which element says it.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/out.h"
#include "dom/text.h"
#include "words/actions.h"
#include "words/lexicon.h"
#include "words/platform.h"

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
    for (size_t i = 0; i < words->count; i++) {
        if (lexicon_find(&words->lexicons[i], intent))
            return true;
    }
    return false;
}

static bool lexicon_match(const Words *words, const Lexicon *lexicon, const char *intent,
                          Str folded, RegexMatch *match)
{
    WordList *list = lexicon_find(lexicon, intent);
    return list && list_compile(words->arena, list, NULL) &&
           regex_find(list->regex, folded, 0, match);
}

static const char *match_language(const Words *words, const char *intent,
                                  const char *language, Str folded, RegexMatch *match)
{
    const Lexicon *first = NULL;
    for (size_t i = 0; language && language[0] && i < words->count; i++) {
        if (strcmp(words->lexicons[i].language, language) == 0)
            first = &words->lexicons[i];
    }
    if (first && lexicon_match(words, first, intent, folded, match))
        return first->language;
    for (size_t i = 0; i < words->count; i++) {
        const Lexicon *lexicon = &words->lexicons[i];
        if (lexicon != first && lexicon_match(words, lexicon, intent, folded, match))
            return lexicon->language;
    }
    return NULL;
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
            return lexicon_match(words, &words->lexicons[i], intent, folded, NULL);
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
