/* lexicon.c - reads scenarios/words/<language>.json and compiles its lists.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/lexicon.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MAX_BYTES = 4 << 20, PATTERN_MAX_BYTES = 16 << 10 };

static const char *const FILE_KEYS[] = {"$schema", "language", "intents"};
static const char *const LIST_KEYS[] = {"patterns", "note"};

static int list_compare(const void *a, const void *b)
{
    return strcmp(((const WordList *)a)->intent, ((const WordList *)b)->intent);
}

WordList *lexicon_find(const Lexicon *lexicon, const char *intent)
{
    WordList key = {.intent = intent};
    if (lexicon->count == 0)
        return NULL;
    return bsearch(&key, lexicon->lists, lexicon->count, sizeof key, list_compare);
}

/* Each pattern alone first: an error shall name the one that is wrong, not their sum. */
static bool patterns_check(Arena *arena, const WordList *list, Error *err)
{
    for (const Json *child = json_first(list->patterns); child; child = json_next(child)) {
        Regex *alone = NULL;
        Error problem = {0};
        if (!regex_compile(arena, json_str(child), REGEX_CASELESS, NULL, &alone, &problem))
            return json_error(list->file, child, err, "%s", problem.what);
    }
    return true;
}

bool list_compile(Arena *arena, WordList *list, Error *err)
{
    if (list->is_compiled)
        return list->regex || error_set(err, ERROR_INPUT, list->file->path,
                                        "words '%s' do not compile", list->intent);
    list->is_compiled = true;
    Buf joined;
    buf_init(&joined, FILE_MAX_BYTES);
    for (const Json *child = json_first(list->patterns); child; child = json_next(child)) {
        (void)buf_add_text(&joined, joined.length ? "|(?:" : "(?:");
        (void)buf_add(&joined, json_str(child));
        (void)buf_add_byte(&joined, ')');
    }
    Error problem = {0};
    bool is_fine = regex_compile(arena, buf_str(&joined), REGEX_CASELESS, NULL,
                                 &list->regex, &problem);
    buf_release(&joined);
    if (is_fine)
        return true;
    list->regex = NULL;
    if (!patterns_check(arena, list, err))
        return false;
    return json_error(list->file, list->patterns, err, "%s", problem.what);
}

bool list_check(Arena *arena, WordList *list, Error *err)
{
    return patterns_check(arena, list, err) && list_compile(arena, list, err);
}

static Lexicon *lexicon_of(Words *words, const char *language)
{
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->lexicons[i].language, language) == 0)
            return &words->lexicons[i];
    }
    Lexicon fresh = {.language = language};
    ARENA_PUSH(words->arena, words->lexicons, words->count, words->capacity, fresh);
    return &words->lexicons[words->count - 1];
}

static bool patterns_are(const JsonFile *file, const Json *intent, Error *err)
{
    const Json *patterns = json_get(intent, "patterns");
    if (json_type(intent) != JSON_OBJECT)
        return json_error(file, intent, err, "an intent is an object");
    if (!json_only_keys(file, intent, LIST_KEYS, COUNT_OF(LIST_KEYS), err))
        return false;
    if (json_type(patterns) != JSON_ARRAY || json_count(patterns) == 0)
        return json_error(file, patterns ? patterns : intent, err,
                          "'patterns' is not a list of patterns");
    for (const Json *child = json_first(patterns); child; child = json_next(child)) {
        if (json_type(child) != JSON_STRING || json_str(child).length == 0)
            return json_error(file, child, err, "a pattern is a text");
        if (json_str(child).length > PATTERN_MAX_BYTES)
            return json_error(file, child, err, "the pattern is too long");
    }
    return true;
}

static bool list_add(Words *words, Lexicon *lexicon, const JsonFile *file,
                     const Json *intent, Error *err)
{
    if (!patterns_are(file, intent, err))
        return false;
    WordList fresh = {
        .intent = json_key(intent), .patterns = json_get(intent, "patterns"), .file = file};
    WordList *old = lexicon_find(lexicon, fresh.intent);
    if (old) {
        *old = fresh; /* a later folder wins by intent */
        return true;
    }
    ARENA_PUSH(words->arena, lexicon->lists, lexicon->count, lexicon->capacity, fresh);
    qsort(lexicon->lists, lexicon->count, sizeof fresh, list_compare);
    return true;
}

static bool language_is_code(const char *language)
{
    size_t length = strlen(language);
    for (size_t i = 0; i < length; i++) {
        if (language[i] < 'a' || language[i] > 'z')
            return false;
    }
    return length == 2 || length == 3;
}

bool lexicon_load(Words *words, const char *path, bool is_compiled_now, Error *err)
{
    JsonFile *file = ARENA_NEW(words->arena, JsonFile);
    const char *language = NULL;
    if (!json_load(words->arena, path, FILE_MAX_BYTES, file, err))
        return false;
    const Json *root = file->root;
    if (json_type(root) != JSON_OBJECT)
        return json_error(file, root, err, "a file of words is an object");
    if (!json_only_keys(file, root, FILE_KEYS, COUNT_OF(FILE_KEYS), err) ||
        !json_need_text(file, root, "language", &language, err))
        return false;
    if (!language_is_code(language)) {
        (void)json_error(file, json_get(root, "language"), err,
                         "'language' is no language code");
        return error_hint(err, "write two or three small letters, such as \"fr\"");
    }
    const Json *intents = json_get(root, "intents");
    if (json_type(intents) != JSON_OBJECT)
        return json_error(file, root, err, "'intents' is not an object");
    Lexicon *lexicon = lexicon_of(words, language);
    for (const Json *child = json_first(intents); child; child = json_next(child)) {
        if (!list_add(words, lexicon, file, child, err))
            return false;
        WordList *list = lexicon_find(lexicon, json_key(child));
        if (is_compiled_now && !list_check(words->arena, list, err))
            return false;
    }
    return true;
}
