/* json_scan.c - strict JSON, place by place.
 *
 * cJSON is lenient (control characters, trailing bytes, duplicate keys) and forgets where
 * it was; this pass is neither. Layer: base. SPDX-License-Identifier: MIT */
#include "base/json_scan.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

typedef struct Scan {
    Arena *arena;
    const char *path;
    char *text;
    size_t length;
    size_t at;
    int depth;
    JsonPlaces *places;
    Error *err;
} Scan;

void json_scan_place(Str text, size_t offset, int *line, int *column)
{
    size_t start = str_starts_with(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    size_t count = 0;

    *line = 1;
    for (size_t i = start; i < offset && i < text.length; i++) {
        if (text.data[i] != '\n')
            continue;
        start = i + 1;
        if (*line < INT_MAX)
            (*line)++;
    }
    if (offset > start)
        count = str_rune_count(str_slice(text, start, offset - start));
    *column = count < INT_MAX ? (int)count + 1 : INT_MAX;
}

bool json_scan_error(const char *path, Str text, size_t offset, Error *err,
                     const char *what)
{
    char where[sizeof(err->where)];
    int line = 0;
    int column = 0;

    json_scan_place(text, offset, &line, &column);
    snprintf(where, sizeof(where), "%.200s:%d:%d", path, line, column);
    return error_set(err, ERROR_INPUT, where, "%s", what);
}

static bool scan_fail(const Scan *scan, size_t offset, const char *what)
{
    return json_scan_error(scan->path, str_from(scan->text, scan->length), offset,
                           scan->err, what);
}

/* The byte in turn, -1 at the end. */
static int scan_peek(const Scan *scan)
{
    return scan->at < scan->length ? (unsigned char)scan->text[scan->at] : -1;
}

static int scan_blanks(Scan *scan)
{
    int c = scan_peek(scan);
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
        scan->at++;
        c = scan_peek(scan);
    }
    return c;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* Four hex digits at offset, or -1. */
static int scan_hex4(const Scan *scan, size_t offset)
{
    int value = 0;
    if (offset > scan->length || scan->length - offset < 4)
        return -1;
    for (size_t i = offset; i < offset + 4; i++) {
        int digit = hex_value(scan->text[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Behind "\u". *decoded grows by the UTF-8 length of what it stands for. */
static bool scan_unicode(Scan *scan, bool is_key, uint32_t *decoded)
{
    int unit = scan_hex4(scan, scan->at);
    int second = -1;

    if (unit < 0)
        return scan_fail(scan, scan->at, "expected four hexadecimal digits");
    if (unit == 0 && is_key)
        return scan_fail(scan, scan->at, "a key must not hold the character U+0000");
    if (unit < 0xD800 || unit > 0xDFFF) {
        *decoded += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        scan->at += 4;
        return true;
    }
    if (unit < 0xDC00 && scan->at + 5 < scan->length && scan->text[scan->at + 4] == '\\' &&
        scan->text[scan->at + 5] == 'u')
        second = scan_hex4(scan, scan->at + 6);
    if (second >= 0xDC00 && second <= 0xDFFF) {
        *decoded += 4;
        scan->at += 10;
        return true;
    }
    memcpy(scan->text + scan->at, "FFFD", 4);
    *decoded += 3;
    scan->at += 4;
    return true;
}

static bool scan_escape(Scan *scan, bool is_key, uint32_t *decoded)
{
    int c = 0;
    scan->at++;
    c = scan_peek(scan);
    if (c == 'u') {
        scan->at++;
        return scan_unicode(scan, is_key, decoded);
    }
    if (c <= 0 || !strchr("\"\\/bfnrt", c))
        return scan_fail(scan, scan->at, "unknown escape in a string");
    scan->at++;
    *decoded += 1;
    return true;
}

static bool scan_string(Scan *scan, bool is_key, uint32_t *decoded)
{
    size_t start = scan->at++;
    unsigned char seen = 0;

    for (;;) {
        int c = scan_peek(scan);
        if (c < 0)
            return scan_fail(scan, start, "string is not closed");
        if (c == '"')
            break;
        if (c < 0x20)
            return scan_fail(scan, scan->at, "raw control character in a string");
        if (c == '\\') {
            if (!scan_escape(scan, is_key, decoded))
                return false;
            continue;
        }
        seen |= (unsigned char)c;
        *decoded += 1;
        scan->at++;
    }
    scan->at++;
    if ((seen & 0x80) != 0 && !str_is_utf8(str_from(scan->text + start, scan->at - start)))
        return scan_fail(scan, start, "string is not valid UTF-8");
    return true;
}

static size_t scan_digits(Scan *scan)
{
    size_t start = scan->at;
    while (scan_peek(scan) >= '0' && scan_peek(scan) <= '9')
        scan->at++;
    return scan->at - start;
}

static bool scan_number(Scan *scan)
{
    size_t start = scan->at;
    bool is_good = true;

    if (scan_peek(scan) == '-')
        scan->at++;
    if (scan_peek(scan) == '0')
        scan->at++;
    else
        is_good = scan_digits(scan) > 0;
    if (is_good && scan_peek(scan) == '.') {
        scan->at++;
        is_good = scan_digits(scan) > 0;
    }
    if (is_good && (scan_peek(scan) == 'e' || scan_peek(scan) == 'E')) {
        scan->at++;
        if (scan_peek(scan) == '+' || scan_peek(scan) == '-')
            scan->at++;
        is_good = scan_digits(scan) > 0;
    }
    if (!is_good)
        return scan_fail(scan, scan->at, "expected a digit");
    if (scan_peek(scan) >= '0' && scan_peek(scan) <= '9')
        return scan_fail(scan, start, "a number must not begin with 0");
    if (scan->at - start > JSON_NUMBER_LIMIT)
        return scan_fail(scan, start, "number is too long");
    return true;
}

static bool scan_word(Scan *scan, Str word)
{
    if (!str_starts_with(str_from(scan->text + scan->at, scan->length - scan->at), word))
        return scan_fail(scan, scan->at, "expected a value");
    scan->at += word.length;
    return true;
}

static bool scan_value(Scan *scan, size_t key);

/* "key" : with the value behind it. */
static bool scan_member(Scan *scan)
{
    size_t key = scan->at;
    uint32_t decoded = 0;

    if (scan_peek(scan) != '"')
        return scan_fail(scan, scan->at, "expected a key in double quotes");
    if (!scan_string(scan, true, &decoded))
        return false;
    if (scan_blanks(scan) != ':')
        return scan_fail(scan, scan->at, "expected ':' behind the key");
    scan->at++;
    (void)scan_blanks(scan);
    return scan_value(scan, key);
}

/* What must stand behind a child: a comma (then there is another) or the closing mark.
 * start: offset of the opening mark. */
static bool scan_behind_child(Scan *scan, size_t start, bool is_object, bool *has_more)
{
    int c = scan_blanks(scan);

    *has_more = c == ',';
    if (c < 0)
        return scan_fail(scan, start,
                         is_object ? "object is not closed" : "array is not closed");
    if (c != ',' && c != (is_object ? '}' : ']'))
        return scan_fail(scan, scan->at,
                         is_object ? "expected ',' or '}'" : "expected ',' or ']'");
    scan->at++;
    (void)scan_blanks(scan);
    return true;
}

static bool scan_children(Scan *scan, bool is_object)
{
    size_t start = scan->at++;
    bool has_more = true;

    if (++scan->depth > JSON_DEPTH_LIMIT)
        return scan_fail(scan, start, "nested more than 256 deep");
    if (scan_blanks(scan) == (is_object ? '}' : ']')) {
        scan->at++;
        has_more = false;
    }
    while (has_more) {
        bool is_good = is_object ? scan_member(scan) : scan_value(scan, SIZE_MAX);
        if (!is_good || !scan_behind_child(scan, start, is_object, &has_more))
            return false;
    }
    scan->depth--;
    return true;
}

/* One value at scan->at. key: offset of its key, SIZE_MAX without. */
static bool scan_value(Scan *scan, size_t key)
{
    size_t index = scan->places->count;
    uint32_t at = (uint32_t)scan->at;
    JsonPlace place = {.value = at, .key = key == SIZE_MAX ? at : (uint32_t)key};

    if (index >= INT_MAX)
        return scan_fail(scan, scan->at, "too many values");
    ARENA_PUSH(scan->arena, scan->places->items, scan->places->count,
               scan->places->capacity, place);
    switch (scan_peek(scan)) {
    case '{': return scan_children(scan, true);
    case '[': return scan_children(scan, false);
    case '"': return scan_string(scan, false, &scan->places->items[index].length);
    case 't': return scan_word(scan, STR("true"));
    case 'f': return scan_word(scan, STR("false"));
    case 'n': return scan_word(scan, STR("null"));
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return scan_number(scan);
    case -1: return scan_fail(scan, scan->at, "ends where a value was expected");
    default: return scan_fail(scan, scan->at, "expected a value");
    }
}

bool json_scan(Arena *arena, const char *path, char *text, size_t length,
               JsonPlaces *places, Error *err)
{
    Scan scan = {.arena = arena,
                 .path = path,
                 .text = text,
                 .length = length,
                 .places = places,
                 .err = err};

    if (length >= UINT32_MAX)
        return error_set(err, ERROR_INPUT, path, "is too large");
    if (str_starts_with(str_from(text, length), STR("\xEF\xBB\xBF")))
        scan.at = 3;
    (void)scan_blanks(&scan);
    if (!scan_value(&scan, SIZE_MAX))
        return false;
    if (scan_blanks(&scan) >= 0)
        return scan_fail(&scan, scan.at, "unexpected text behind the value");
    return true;
}
