/* placeholder.c - reads ${...} placeholders just far enough to say what is wrong with them.
 *
 * Layer: scenario. SPDX-License-Identifier: MIT */
#include "scenario/placeholder.h"

#include <stdint.h>
#include <string.h>

static const char *const SITE_NAMES[] = {"base", "host", "origin", "registrable"};
static const char *const ITEM_NAMES[] = {"name", "price", "sku", "url"};
static const char *const PERSONA_NAMES[] = {"id",      "language", "country",  "consent",
                                            "network", "timezone", "patience", "input"};
static const char *const SPACES[] = {"env", "secret", "data", "site", "persona", "item"};

/** A set of names that a placeholder may end in. */
typedef struct NameSet {
    const char *space;
    const char *const *names; /**< NULL: any */
    int count;
} NameSet;

static const NameSet DOTTED[] = {
    {"data", NULL, 0},
    {"site", SITE_NAMES, COUNT_OF(SITE_NAMES)},
    {"persona", PERSONA_NAMES, COUNT_OF(PERSONA_NAMES)},
    {"item", ITEM_NAMES, COUNT_OF(ITEM_NAMES)},
};

/* Offset of the next unescaped "${" at or after from, SIZE_MAX when there is none. */
static size_t placeholder_find(Str text, size_t from)
{
    size_t at = str_find(text, STR("${"), from);
    while (at != SIZE_MAX && at > from && text.data[at - 1] == '$')
        at = str_find(text, STR("${"), at + 2);
    return at;
}

bool placeholder_is(Str text)
{
    return placeholder_find(text, 0) != SIZE_MAX;
}

static bool name_is_plain(Str name, bool has_dots)
{
    if (str_is_empty(name))
        return false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!is_word && !(has_dots && c == '.'))
            return false;
    }
    return true;
}

/* "env:NAME", "env:NAME:-default", "secret:name". */
static bool colon_check(Str inside, size_t colon, Error *err)
{
    Str name = str_slice(inside, colon + 1, SIZE_MAX);
    bool is_env = str_starts_with(inside, STR("env:"));
    size_t otherwise = str_find(name, STR(":-"), 0);
    if (is_env && otherwise != SIZE_MAX)
        name = str_slice(name, 0, otherwise);
    if (!is_env && !str_starts_with(inside, STR("secret:"))) {
        error_set(err, ERROR_INPUT, NULL, "unknown placeholder '${%.*s}'",
                  STR_ARGS(str_slice(inside, 0, 80)));
        return error_hint(err, "only ${env:NAME} and ${secret:name} have a colon");
    }
    if (name_is_plain(name, false))
        return true;
    error_set(err, ERROR_INPUT, NULL, "'${%.*s}' has no usable name",
              STR_ARGS(str_slice(inside, 0, 80)));
    return error_hint(err, "a name is made of letters, digits, '_' and '-'");
}

static bool member_check(const NameSet *set, Str inside, Str member, Error *err)
{
    char word[64];
    if (!set->names && name_is_plain(member, true))
        return true;
    for (int i = 0; i < set->count; i++) {
        if (str_equal_text(member, set->names[i]))
            return true;
    }
    error_set(err, ERROR_INPUT, NULL, "'${%.*s}' does not exist",
              STR_ARGS(str_slice(inside, 0, 80)));
    if (!set->names)
        return error_hint(err, "write ${data.name}");
    size_t length = member.length < sizeof word ? member.length : sizeof word - 1;
    memcpy(word, member.data, length);
    word[length] = '\0';
    const char *near = error_did_you_mean(word, set->names, set->count);
    return error_hint(err, "did you mean '${%s.%s}'?", set->space,
                      near ? near : set->names[0]);
}

static bool inside_check(Str inside, Error *err)
{
    char word[64];
    size_t end = 0;
    while (end < inside.length && inside.data[end] != '.' && inside.data[end] != ':')
        end++;
    if (end < inside.length && inside.data[end] == ':')
        return colon_check(inside, end, err);
    Str space = str_slice(inside, 0, end);
    for (size_t i = 0; i < COUNT_OF(DOTTED); i++) {
        if (str_equal_text(space, DOTTED[i].space))
            return member_check(&DOTTED[i], inside, str_slice(inside, end + 1, SIZE_MAX),
                                err);
    }
    error_set(err, ERROR_INPUT, NULL, "unknown placeholder '${%.*s}'",
              STR_ARGS(str_slice(inside, 0, 80)));
    size_t length = space.length < sizeof word ? space.length : sizeof word - 1;
    memcpy(word, space.data, length);
    word[length] = '\0';
    const char *near = error_did_you_mean(word, SPACES, COUNT_OF(SPACES));
    if (near)
        return error_hint(err, "did you mean '%s'?", near);
    return error_hint(err, "write '$${' for a literal '${'");
}

bool placeholder_check(Str text, Error *err)
{
    for (size_t at = placeholder_find(text, 0); at != SIZE_MAX;
         at = placeholder_find(text, at)) {
        size_t end = str_find_byte(text, '}', at);
        if (end == SIZE_MAX) {
            error_set(err, ERROR_INPUT, NULL, "'${' without '}'");
            return error_hint(err, "write '$${' for a literal '${'");
        }
        if (!inside_check(str_slice(text, at + 2, end - at - 2), err))
            return false;
        at = end;
    }
    return true;
}
