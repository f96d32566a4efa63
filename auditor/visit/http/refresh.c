/* refresh.c - pages that move on by themselves: the Refresh header and its meta element.
 *
 * The forms that browsers accept (scenarios.md 2.9): "5", "5;url=/x", "5; URL='/x'",
 * "5; /x", "5,url=/x". Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "visit/http/http.h"

static bool is_blank(char c)
{
    return strchr(" \t\n\f\r", c) != NULL && c != '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static Str skip_blanks(Str text)
{
    size_t i = 0;
    while (i < text.length && is_blank(text.data[i]))
        i++;
    return str_slice(text, i, text.length);
}

/** Digits with at most one point; what follows the first is cut. Returns what is behind. */
static bool seconds_take(Str *text, double *seconds)
{
    size_t end = 0;
    while (end < text->length && is_digit(text->data[end]))
        end++;
    if (end == 0 && !str_starts_with(*text, STR(".")))
        return false;
    *seconds = 0;
    if (end > 0 && !str_to_double(str_slice(*text, 0, end < 9 ? end : 9), seconds))
        return false;
    while (end < text->length && (is_digit(text->data[end]) || text->data[end] == '.'))
        end++;
    *text = str_slice(*text, end, text->length);
    return true;
}

/** Behind the seconds: a separator, perhaps "url=", perhaps quotes. */
static Str target_take(Str text)
{
    text = skip_blanks(text);
    if (text.length && (text.data[0] == ';' || text.data[0] == ','))
        text = skip_blanks(str_slice(text, 1, text.length));
    if (str_starts_with_nocase(text, STR("url"))) {
        Str rest = skip_blanks(str_slice(text, 3, text.length));
        if (str_starts_with(rest, STR("=")))
            text = skip_blanks(str_slice(rest, 1, rest.length));
    }
    if (text.length && (text.data[0] == '"' || text.data[0] == '\'')) {
        char quote = text.data[0];
        text = str_slice(text, 1, text.length);
        text = str_slice(text, 0, str_find_byte(text, quote, 0));
    }
    return str_trim(text);
}

static bool refresh_parse(Arena *arena, const char *value, const char *base,
                          double *seconds, const char **url)
{
    Str text = skip_blanks(str_of(value));
    if (!seconds_take(&text, seconds))
        return false;
    bool is_separated = text.length == 0 || is_blank(text.data[0]) || text.data[0] == ';' ||
                        text.data[0] == ',';
    if (!is_separated)
        return false;
    Str target = target_take(text);
    *url = url_resolve(arena, target, base); /* an empty target is the page itself */
    return *url != NULL;
}

bool refresh_find(Arena *arena, const Document *document, const Exchange *exchange,
                  double *seconds, const char **url)
{
    const char *base = document ? document_base(document) : exchange->url;
    const char *line = exchange_header(exchange, "Refresh");
    if (line && refresh_parse(arena, line, base, seconds, url))
        return true;
    const NodeList *metas = document ? document_by_tag(document, "meta") : NULL;
    for (size_t i = 0; metas && i < metas->count; i++) {
        const char *kind = node_attribute(metas->items[i], "http-equiv");
        const char *content = node_attribute(metas->items[i], "content");
        if (kind && content && str_equal_nocase(str_of(kind), STR("refresh")) &&
            !node_closest(metas->items[i], "template") &&
            refresh_parse(arena, content, base, seconds, url))
            return true;
    }
    return false;
}
