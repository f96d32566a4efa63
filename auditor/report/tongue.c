/* tongue.c - reading reports/words/<language>.json, and a language's typography.
 *
 * Layer: report. Called by locale.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/out.h"
#include "report/locale_inside.h"
#include "report/plural.h"

enum { WORDS_FILE_LIMIT = 4 << 20 };

const char *tongue_word(const Value *words, const char *key)
{
    const Value *value = value_get(words, str_of(key));

    return value && value->type == VALUE_TEXT ? value->text.data : NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* The replacement that begins at text, or NULL. */
static const TonguePair *pair_at(const Tongue *tongue, const char *text)
{
    for (size_t i = 0; i < tongue->typography_count; i++) {
        const TonguePair *pair = &tongue->typography[i];
        if (strncmp(text, pair->from, strlen(pair->from)) == 0)
            return pair;
    }
    return NULL;
}

const char *tongue_typeset(const Tongue *tongue, Arena *arena, const char *text)
{
    AUTO(buf_release) Buf out = {0};
    bool is_code = false;

    buf_init(&out, strlen(text) * 4 + 16);
    for (const char *at = text; *at;) {
        const TonguePair *pair = is_code ? NULL : pair_at(tongue, at);

        is_code = is_code != (*at == '`');
        if (pair) {
            buf_add_text(&out, pair->to);
            at += strlen(pair->from);
        } else if (*at == '\'' && !is_code && at > text && is_letter(at[-1]) &&
                   is_letter(at[1])) {
            buf_add_text(&out, "\xE2\x80\x99");
            at++;
        } else {
            buf_add_byte(&out, *at++);
        }
    }
    return arena_text(arena, buf_text(&out));
}

/* "key": [["from", "to"], …] */
static bool pairs_read(Arena *arena, const JsonFile *file, const char *key,
                       TonguePair **pairs, size_t *count, size_t *capacity, Error *err)
{
    const Json *list = json_get(file->root, key);

    for (const Json *row = json_first(list); row; row = json_next(row)) {
        const char *from = json_text(json_first(row), NULL);
        const char *to = json_text(json_next(json_first(row)), NULL);

        if (!from || !*from || !to)
            return json_error(file, row, err, "'%s' wants pairs of texts", key);
        ARENA_PUSH(arena, *pairs, *count, *capacity,
                   ((TonguePair){arena_text(arena, from), arena_text(arena, to)}));
    }
    return true;
}

static bool plural_read(Arena *arena, const JsonFile *file, Tongue *tongue, Error *err)
{
    const Json *list = json_get(file->root, "plural");

    if (!list)
        return true;
    tongue->form_count = 0;
    for (const Json *form = json_first(list); form; form = json_next(form)) {
        const char *rule = json_text(json_get(form, "when"), "");
        bool is_valid = false;

        plural_matches(rule, "1", &is_valid);
        if (!is_valid)
            return json_error(file, form, err, "unreadable plural rule '%s'", rule);
        if (tongue->form_count == TONGUE_FORMS)
            return json_error(file, form, err, "more than %d plural forms", TONGUE_FORMS);
        tongue->forms[tongue->form_count++] = arena_text(arena, rule);
    }
    return true;
}

static bool names_read(Arena *arena, const JsonFile *file, const char *path,
                       const char **names, int wanted, Error *err)
{
    const Json *list = json_at(file->root, path);
    int count = 0;

    if (!list)
        return true;
    if (json_count(list) != wanted)
        return json_error(file, list, err, "'%s' wants %d names", path, wanted);
    for (const Json *name = json_first(list); name; name = json_next(name))
        names[count++] = arena_text(arena, json_text(name, ""));
    return true;
}

static void text_read(Arena *arena, const JsonFile *file, const char *path,
                      const char **text)
{
    const char *found = json_text(json_at(file->root, path), NULL);

    if (found)
        *text = arena_text(arena, found);
}

static bool forms_read(Arena *arena, const JsonFile *file, Tongue *tongue, Error *err)
{
    const struct {
        const char *path;
        const char **text;
    } texts[] = {
        {"number.decimal", &tongue->decimal},
        {"number.group", &tongue->group},
        {"number.minus", &tongue->minus},
        {"quote", &tongue->quote},
        {"list.between", &tongue->list_between},
        {"list.last", &tongue->list_last},
        {"money.pattern", &tongue->money_pattern},
        {"money.unknown", &tongue->money_unknown},
        {"date.pattern", &tongue->date_pattern},
        {"date.time", &tongue->time_pattern},
        {"date.first", &tongue->first_day},
    };

    for (size_t i = 0; i < COUNT_OF(texts); i++)
        text_read(arena, file, texts[i].path, texts[i].text);
    return names_read(arena, file, "date.days", tongue->days, 7, err) &&
           names_read(arena, file, "date.months", tongue->months, 12, err);
}

static bool words_read(Arena *arena, const JsonFile *file, Tongue *tongue, Error *err)
{
    const Json *symbols = json_at(file->root, "money.symbols");

    for (const Json *symbol = json_first(symbols); symbol; symbol = json_next(symbol))
        value_put_text(tongue->symbols, arena_text(arena, json_key(symbol)),
                       arena_text(arena, json_text(symbol, "")));
    for (const Json *word = json_first(json_get(file->root, "words")); word;
         word = json_next(word)) {
        const char *text = json_text(word, NULL);

        if (!text)
            return json_error(file, word, err, "'%s' is not a text", json_key(word));
        value_put_text(tongue->words, arena_text(arena, json_key(word)),
                       tongue_typeset(tongue, arena, text));
    }
    return true;
}

static bool file_take(Arena *arena, const char *path, Tongue *tongue, Error *err)
{
    static const char *const known[] = {"language", "name",    "plural",    "number",
                                        "quote",    "list",    "money",     "date",
                                        "words",    "reasons", "typography"};
    JsonFile file = {0};

    return json_load(arena, path, WORDS_FILE_LIMIT, &file, err) &&
           json_only_keys(&file, file.root, known, COUNT_OF(known), err) &&
           plural_read(arena, &file, tongue, err) &&
           pairs_read(arena, &file, "typography", &tongue->typography,
                      &tongue->typography_count, &tongue->typography_capacity, err) &&
           pairs_read(arena, &file, "reasons", &tongue->reasons, &tongue->reason_count,
                      &tongue->reason_capacity, err) &&
           forms_read(arena, &file, tongue, err) && words_read(arena, &file, tongue, err);
}

bool tongue_load(Arena *arena, const char *const *folders, const char *language,
                 Tongue *tongue, bool *found, Error *err)
{
    *tongue = (Tongue){.language = arena_text(arena, language),
                       .words = value_object(arena),
                       .symbols = value_object(arena)};
    *found = false;
    for (; folders && *folders; folders++) {
        const char *path = arena_printf(arena, "%s/words/%s.json", *folders, language);

        if (!path_is_file(path))
            continue;
        *found = true;
        if (!file_take(arena, path, tongue, err))
            return false;
    }
    return true;
}
