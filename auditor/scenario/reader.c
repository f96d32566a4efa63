/* reader.c - complaints with their place, and texts in several languages.
 *
 * Layer: scenario. SPDX-License-Identifier: MIT */
#include "scenario/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void reader_warn(const Reader *reader, const Json *value, const char *hint,
                 const char *format, ...)
{
    if (!reader->warn)
        return;
    char what[400];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    Error warning = {0};
    (void)json_error(reader->file, value, &warning, "%s", what);
    if (hint)
        (void)error_hint(&warning, "%s", hint);
    reader->warn(reader->context, &warning);
}

bool reader_object(const Reader *reader, const Json *value, const Error *problem,
                   Error *err)
{
    if (reader->is_strict) {
        reader_warn(reader, value, problem->hint[0] ? problem->hint : NULL, "%s",
                    problem->what);
        return true;
    }
    (void)json_error(reader->file, value, err, "%s", problem->what);
    return problem->hint[0] ? error_hint(err, "%s", problem->hint) : false;
}

bool reader_keys(const Reader *reader, const Json *object, const char *const *known,
                 int count, Error *err)
{
    Error problem = {0};
    if (json_only_keys(reader->file, object, known, count, &problem))
        return true;
    if (!reader->is_strict) {
        if (err)
            *err = problem;
        return false;
    }
    if (reader->warn)
        reader->warn(reader->context, &problem);
    return true;
}

static void lang_add(LangText *text, const char *language, const char *words)
{
    if ((size_t)text->count == sizeof text->texts / sizeof text->texts[0])
        return;
    text->languages[text->count] = language;
    text->texts[text->count++] = words;
}

bool reader_lang(const Reader *reader, const Json *value, LangText *text, Error *err)
{
    memset(text, 0, sizeof *text);
    if (json_type(value) == JSON_STRING) {
        lang_add(text, "en", json_text(value, ""));
        return true;
    }
    if (json_type(value) != JSON_OBJECT) {
        (void)json_error(reader->file, value, err, "is neither a text nor {\"en\": ...}");
        return error_hint(err, "write {\"en\": \"...\", \"fr\": \"...\"}");
    }
    const char *english = json_text(json_get(value, "en"), NULL);
    if (!english)
        return json_error(reader->file, value, err, "has no text 'en'");
    lang_add(text, "en", english);
    for (const Json *child = json_first(value); child; child = json_next(child)) {
        if (json_type(child) != JSON_STRING)
            return json_error(reader->file, child, err, "'%s' is not a text",
                              json_key(child));
        if (strcmp(json_key(child), "en") != 0)
            lang_add(text, json_key(child), json_text(child, ""));
    }
    return true;
}
