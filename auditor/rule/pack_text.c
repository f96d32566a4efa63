/* pack_text.c - texts of rules by language. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/pack_text.h"

#include <string.h>

static const char *const text_keys[] = {"criterion", "why", "fix", "found", "limits"};
static const char *const places[] = {"count", "total", "value", "text", "threshold"};

enum { LANGUAGES_MAX = 8 };

static bool lang_add(const JsonFile *file, const Json *value, const char *language,
                     LangText *text, Error *err)
{
    int at = text->count;
    if (!json_text(value, NULL) || !*json_text(value, ""))
        return json_error(file, value, err, "a text was expected");
    if (text->count == LANGUAGES_MAX)
        return json_error(file, value, err, "more than %d languages", LANGUAGES_MAX);
    if (!strcmp(language, "en") && at > 0) {
        text->languages[at] = text->languages[0];
        text->texts[at] = text->texts[0];
        at = 0;
    }
    text->languages[at] = language;
    text->texts[at] = json_text(value, "");
    text->count++;
    return true;
}

bool lang_text_read(const JsonFile *file, const Json *object, LangText *text, Error *err)
{
    text->count = 0;
    for (const Json *item = json_first(object); item; item = json_next(item))
        if (!lang_add(file, item, json_key(item), text, err))
            return false;
    return (text->count > 0 && !strcmp(text->languages[0], "en")) ||
           json_error(file, object, err, "the English text is missing");
}

/** One {…}: a known name, alone or followed by exactly two forms. */
static bool place_is_valid(Str place, const char **what)
{
    Str rest = place, name, form;
    int forms = 0;
    size_t i = 0;
    (void)str_next(&rest, '|', &name);
    while (i < COUNT_OF(places) && !str_equal_text(name, places[i]))
        i++;
    while (str_next(&rest, '|', &form))
        forms++;
    *what = i == COUNT_OF(places) ? "a place must be {count}, {total}, {value}, {text} or "
                                    "{threshold}"
            : forms != 0 && forms != 2 ? "a place has no forms, or one for one and one for "
                                         "many: {count|image|images}"
                                       : NULL;
    return *what == NULL;
}

bool sentence_is_valid(const char *sentence, const char **what)
{
    Str text = str_of(sentence);
    size_t open, close, at = 0;
    *what = NULL;
    while ((open = str_find_byte(text, '{', at)) < text.length) {
        close = str_find_byte(text, '}', open);
        if (close >= text.length) {
            *what = "a '{' is not closed";
            return false;
        }
        if (!place_is_valid(str_slice(text, open + 1, close - open - 1), what))
            return false;
        at = close + 1;
    }
    return true;
}

static LangText *text_slot(Rule *rule, const char *key)
{
    return key[0] == 'c'   ? &rule->criterion
           : key[0] == 'w' ? &rule->why
           : key[0] == 'l' ? &rule->limits
           : key[1] == 'i' ? &rule->fix
                           : &rule->found;
}

/** The texts of one language. */
static bool language_read(Rule *rule, const Json *texts, Error *err)
{
    const JsonFile *file = &rule->file;
    const char *what = NULL, *ignored = NULL;
    if (!json_only_keys(file, texts, text_keys, (int)COUNT_OF(text_keys), err))
        return false;
    if (!strcmp(json_key(texts), "en") &&
        (!json_need_text(file, texts, "criterion", &ignored, err) ||
         !json_need_text(file, texts, "why", &ignored, err) ||
         !json_need_text(file, texts, "fix", &ignored, err)))
        return false;
    for (const Json *item = json_first(texts); item; item = json_next(item))
        if (!lang_add(file, item, json_key(texts), text_slot(rule, json_key(item)), err))
            return false;
    return sentence_is_valid(json_text(json_get(texts, "found"), ""), &what) ||
           json_error(file, json_get(texts, "found"), err, "%s", what);
}

bool rule_texts_read(Rule *rule, Error *err)
{
    const Json *text = json_get(rule->file.root, "text");
    if (json_type(text) != JSON_OBJECT || !json_get(text, "en"))
        return json_error(&rule->file, text ? text : rule->file.root, err,
                          "needs 'text' with at least the language 'en'");
    for (const Json *language = json_first(text); language; language = json_next(language))
        if (!language_read(rule, language, err))
            return false;
    return true;
}
