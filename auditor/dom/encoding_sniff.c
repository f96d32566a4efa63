/* encoding_sniff.c - BOM, Content-Type, the prescan for meta, and the fallback.
 *
 * https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
 * Layer: dom. SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <string.h>

#include "dom/encoding.h"

enum { PRESCAN_BYTES = 1024, HEAD_BYTES = 1 << 16 };

typedef struct Attribute {
    Str name, value;
} Attribute;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t blanks_skip(Str s, size_t at)
{
    while (at < s.length && is_blank(s.data[at]))
        at++;
    return at;
}

/* "extract a character encoding from a meta element": the label after "charset=". */
static Str charset_of(Str content)
{
    size_t at = 0;
    size_t end = 0;

    while ((at = str_find_nocase(content, STR("charset"), at)) != SIZE_MAX) {
        at = blanks_skip(content, at + 7);
        if (at < content.length && content.data[at] == '=')
            break;
    }
    if (at == SIZE_MAX)
        return (Str){NULL, 0};
    at = blanks_skip(content, at + 1);
    if (at < content.length && (content.data[at] == '"' || content.data[at] == '\'')) {
        end = str_find_byte(content, content.data[at], at + 1);
        return end == SIZE_MAX ? (Str){NULL, 0} : str_slice(content, at + 1, end - at - 1);
    }
    for (end = at;
         end < content.length && !is_blank(content.data[end]) && content.data[end] != ';';)
        end++;
    return str_slice(content, at, end - at);
}

static Str attribute_value(Str s, size_t *at)
{
    size_t start = *at = blanks_skip(s, *at);
    size_t end = 0;

    if (start < s.length && (s.data[start] == '"' || s.data[start] == '\'')) {
        end = str_find_byte(s, s.data[start], start + 1);
        if (end == SIZE_MAX)
            end = s.length;
        *at = end < s.length ? end + 1 : end;
        return str_slice(s, start + 1, end - start - 1);
    }
    for (end = start; end < s.length && !is_blank(s.data[end]) && s.data[end] != '>';)
        end++;
    *at = end;
    return str_slice(s, start, end - start);
}

/* "get an attribute"; false at the end of the tag. */
static bool attribute_next(Str s, size_t *at, Attribute *attribute)
{
    size_t start = 0;

    while (*at < s.length && (is_blank(s.data[*at]) || s.data[*at] == '/'))
        (*at)++;
    if (*at >= s.length || s.data[*at] == '>')
        return false;
    start = *at;
    while (*at < s.length && !is_blank(s.data[*at]) && s.data[*at] != '/' &&
           s.data[*at] != '>' && (s.data[*at] != '=' || *at == start))
        (*at)++;
    *attribute = (Attribute){.name = str_slice(s, start, *at - start)};
    start = blanks_skip(s, *at);
    if (start >= s.length || s.data[start] != '=')
        return true;
    *at = start + 1;
    attribute->value = attribute_value(s, at);
    return true;
}

/* At the attributes of a meta; the encoding it declares, or NULL. */
static const char *meta_encoding(Str s, size_t *at)
{
    bool is_pragma = false, has_charset = false, is_content = false;
    const char *found = NULL;
    Attribute attribute;

    while (attribute_next(s, at, &attribute)) {
        if (str_equal_nocase(attribute.name, STR("http-equiv"))) {
            is_pragma = str_equal_nocase(attribute.value, STR("content-type"));
        } else if (str_equal_nocase(attribute.name, STR("charset")) && !has_charset) {
            has_charset = true;
            is_content = false;
            found = encoding_of_label(attribute.value);
        } else if (str_equal_nocase(attribute.name, STR("content")) && !found) {
            found = encoding_of_label(charset_of(attribute.value));
            is_content = found != NULL;
        }
    }
    if (!found || *at >= s.length || (is_content && !is_pragma))
        return NULL;
    if (strncmp(found, "UTF-16", 6) == 0)
        return "UTF-8";
    return strcmp(found, "x-user-defined") == 0 ? "windows-1252" : found;
}

static size_t behind(Str s, Str what, size_t from)
{
    size_t at = str_find(s, what, from);

    return at == SIZE_MAX ? s.length : at + what.length;
}

static const char *prescan(Str s)
{
    const char *found = NULL;
    Attribute attribute;

    for (size_t at = 0; at < s.length && !found;) {
        Str rest = str_slice(s, at, s.length);
        char next = rest.length > 1 ? rest.data[1] : '\0';
        if (rest.data[0] != '<') {
            at++;
        } else if (str_starts_with(rest, STR("<!--"))) {
            at = behind(s, STR("-->"), at + 2);
        } else if (str_starts_with_nocase(rest, STR("<meta")) && rest.length > 5 &&
                   (is_blank(rest.data[5]) || rest.data[5] == '/')) {
            at += 5;
            found = meta_encoding(s, &at);
        } else if (is_letter(next) ||
                   (next == '/' && rest.length > 2 && is_letter(rest.data[2]))) {
            at++;
            while (at < s.length && !is_blank(s.data[at]) && s.data[at] != '>')
                at++;
            while (attribute_next(s, &at, &attribute))
                ;
        } else if (next == '!' || next == '/' || next == '?') {
            at = behind(s, STR(">"), at);
        } else {
            at++;
        }
    }
    return found;
}

/* <?xml version="1.0" encoding="..."?> counts when no meta says anything. */
static const char *xml_declaration(Str s)
{
    size_t end = str_find_byte(s, '>', 0);
    size_t at = 0;
    const char *found = NULL;

    if (!str_starts_with(s, STR("<?xml")) || end == SIZE_MAX)
        return NULL;
    s = str_slice(s, 0, end);
    at = str_find(s, STR("encoding"), 0);
    if (at == SIZE_MAX)
        return NULL;
    at = blanks_skip(s, at + 8);
    if (at >= s.length || s.data[at++] != '=')
        return NULL;
    found = encoding_of_label(attribute_value(s, &at));
    return found && strncmp(found, "UTF-16", 6) == 0 ? "UTF-8" : found;
}

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool has_high_byte(Str s)
{
    for (size_t i = 0; i < s.length; i++)
        if ((unsigned char)s.data[i] >= 0x80)
            return true;
    return false;
}

const char *encoding_sniff(Str bytes, const char *content_type, const char **source)
{
    Str head = str_slice(bytes, 0, PRESCAN_BYTES);
    const char *found = NULL;

    *source = "bom";
    if (str_starts_with(bytes, STR("\xEF\xBB\xBF")))
        return "UTF-8";
    if (str_starts_with(bytes, STR("\xFE\xFF")))
        return "UTF-16BE";
    if (str_starts_with(bytes, STR("\xFF\xFE")))
        return "UTF-16LE";
    *source = "header";
    found = content_type ? encoding_of_label(charset_of(str_of(content_type))) : NULL;
    if (found)
        return found;
    *source = "meta";
    found = prescan(head);
    if (!found)
        found = xml_declaration(head);
    if (!found) /* found late, browsers change the encoding while they parse */
        found = prescan(
            str_slice(bytes, 0,
                      lesser(HEAD_BYTES, str_find_nocase(str_slice(bytes, 0, HEAD_BYTES),
                                                         STR("<body"), 0))));
    if (found)
        return found;
    *source = "default";
    return has_high_byte(bytes) && str_is_utf8(bytes) ? "UTF-8" : "windows-1252";
}
