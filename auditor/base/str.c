/* str.c - looking at, cutting and comparing bytes; UTF-8.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { RUNE_BAD = 0xFFFD, NUMBER_MOST = 400 };

Str str_of(const char *text)
{
    return (Str){text, text ? strlen(text) : 0};
}

Str str_from(const char *data, size_t length)
{
    return (Str){data, length};
}

bool str_is_empty(Str s)
{
    return s.length == 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool same_nocase(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

bool str_equal(Str a, Str b)
{
    if (a.length != b.length)
        return false;
    return a.length == 0 || memcmp(a.data, b.data, a.length) == 0;
}

bool str_equal_text(Str a, const char *text)
{
    return str_equal(a, str_of(text));
}

bool str_equal_nocase(Str a, Str b)
{
    return a.length == b.length && same_nocase(a.data, b.data, a.length);
}

int str_compare(Str a, Str b)
{
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared > 0 ? memcmp(a.data, b.data, shared) : 0;
    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

bool str_starts_with(Str s, Str prefix)
{
    return s.length >= prefix.length && str_equal(str_slice(s, 0, prefix.length), prefix);
}

bool str_ends_with(Str s, Str suffix)
{
    return s.length >= suffix.length &&
           str_equal(str_slice(s, s.length - suffix.length, suffix.length), suffix);
}

bool str_starts_with_nocase(Str s, Str prefix)
{
    return s.length >= prefix.length && same_nocase(s.data, prefix.data, prefix.length);
}

size_t str_find(Str s, Str needle, size_t from)
{
    const char *found = NULL;
    if (from > s.length || needle.length > s.length - from)
        return SIZE_MAX;
    if (needle.length == 0)
        return from;
    found = memmem(s.data + from, s.length - from, needle.data, needle.length);
    return found ? (size_t)(found - s.data) : SIZE_MAX;
}

size_t str_find_nocase(Str s, Str needle, size_t from)
{
    if (from > s.length || needle.length > s.length - from)
        return SIZE_MAX;
    for (size_t i = from; i + needle.length <= s.length; i++)
        if (same_nocase(s.data + i, needle.data, needle.length))
            return i;
    return SIZE_MAX;
}

bool str_contains(Str s, Str needle)
{
    return str_find(s, needle, 0) != SIZE_MAX;
}

bool str_contains_nocase(Str s, Str needle)
{
    return str_find_nocase(s, needle, 0) != SIZE_MAX;
}

size_t str_find_byte(Str s, char c, size_t from)
{
    const char *found = NULL;
    if (from >= s.length)
        return SIZE_MAX;
    found = memchr(s.data + from, c, s.length - from);
    return found ? (size_t)(found - s.data) : SIZE_MAX;
}

Str str_slice(Str s, size_t offset, size_t length)
{
    if (!s.data)
        return (Str){NULL, 0};
    if (offset > s.length)
        offset = s.length;
    if (length > s.length - offset)
        length = s.length - offset;
    return (Str){s.data + offset, length};
}

Str str_trim(Str s)
{
    while (s.length > 0 && is_blank(s.data[0])) {
        s.data++;
        s.length--;
    }
    while (s.length > 0 && is_blank(s.data[s.length - 1]))
        s.length--;
    return s;
}

bool str_next(Str *rest, char separator, Str *part)
{
    size_t end = 0;
    if (!rest->data)
        return false;
    end = str_find_byte(*rest, separator, 0);
    if (end == SIZE_MAX) {
        *part = *rest;
        *rest = (Str){NULL, 0};
        return true;
    }
    *part = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + 1, SIZE_MAX);
    return true;
}

bool str_next_word(Str *rest, Str *word)
{
    size_t start = 0;
    size_t end = 0;
    while (start < rest->length && is_blank(rest->data[start]))
        start++;
    end = start;
    while (end < rest->length && !is_blank(rest->data[end]))
        end++;
    *word = str_slice(*rest, start, end - start);
    *rest = str_slice(*rest, end, SIZE_MAX);
    return word->length > 0;
}

bool str_to_int(Str s, long long *value)
{
    bool is_negative = s.length > 0 && s.data[0] == '-';
    unsigned long long sum = 0;
    unsigned long long most = (unsigned long long)LLONG_MAX + (is_negative ? 1 : 0);

    if (is_negative)
        s = str_slice(s, 1, SIZE_MAX);
    if (s.length == 0)
        return false;
    for (size_t i = 0; i < s.length; i++) {
        unsigned digit = (unsigned char)s.data[i] - (unsigned)'0';
        if (digit > 9 || sum > (most - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    /* -(LLONG_MAX + 1) cannot be negated as a positive long long. */
    *value = is_negative ? -(long long)(sum - (sum > 0)) - (sum > 0) : (long long)sum;
    return true;
}

/* Offset behind the digits that begin at i. */
static size_t digits_end(Str s, size_t i)
{
    while (i < s.length && s.data[i] >= '0' && s.data[i] <= '9')
        i++;
    return i;
}

static bool byte_is(Str s, size_t i, char one, char other)
{
    return i < s.length && (s.data[i] == one || s.data[i] == other);
}

/* Digits [ '.' digits ] [ 'e' [sign] digits ], or '.' digits; a minus in front. */
static bool is_decimal(Str s)
{
    size_t start = byte_is(s, 0, '-', '-') ? 1 : 0;
    size_t end = digits_end(s, start);
    size_t digits = end - start;

    if (byte_is(s, end, '.', '.')) {
        start = end + 1;
        end = digits_end(s, start);
        digits += end - start;
    }
    if (digits > 0 && byte_is(s, end, 'e', 'E')) {
        start = byte_is(s, end + 1, '-', '+') ? end + 2 : end + 1;
        end = digits_end(s, start);
        digits = end - start;
    }
    return digits > 0 && end == s.length;
}

bool str_to_double(Str s, double *value)
{
    char text[NUMBER_MOST + 1];
    double number = 0;

    if (s.length > NUMBER_MOST || !is_decimal(s))
        return false;
    memcpy(text, s.data, s.length);
    text[s.length] = '\0';
    number = strtod(text, NULL);
    if (!isfinite(number))
        return false;
    *value = number;
    return true;
}

/* Length of the valid sequence at data (at most length bytes), 0 when it is none. */
static size_t sequence_length(const unsigned char *data, size_t length)
{
    size_t wanted = 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;

    if (data[0] < 0x80)
        return 1;
    if (data[0] < 0xC2 || data[0] > 0xF4)
        return 0;
    wanted = data[0] < 0xE0 ? 2 : data[0] < 0xF0 ? 3 : 4;
    if (data[0] == 0xE0)
        low = 0xA0; /* overlong */
    if (data[0] == 0xED)
        high = 0x9F; /* surrogates */
    if (data[0] == 0xF0)
        low = 0x90; /* overlong */
    if (data[0] == 0xF4)
        high = 0x8F; /* above U+10FFFF */
    if (wanted > length || data[1] < low || data[1] > high)
        return 0;
    for (size_t i = 2; i < wanted; i++)
        if ((data[i] & 0xC0) != 0x80)
            return 0;
    return wanted;
}

bool str_is_utf8(Str s)
{
    const unsigned char *data = (const unsigned char *)s.data;
    for (size_t i = 0; i < s.length;) {
        size_t step = sequence_length(data + i, s.length - i);
        if (step == 0)
            return false;
        i += step;
    }
    return true;
}

unsigned str_next_rune(Str s, size_t *offset)
{
    const unsigned char *data = (const unsigned char *)s.data + *offset;
    size_t length = sequence_length(data, s.length - *offset);

    *offset += length > 0 ? length : 1;
    switch (length) {
    case 1: return data[0];
    case 2: return (data[0] & 0x1FU) << 6 | (data[1] & 0x3FU);
    case 3: return (data[0] & 0x0FU) << 12 | (data[1] & 0x3FU) << 6 | (data[2] & 0x3FU);
    case 4:
        return (data[0] & 0x07U) << 18 | (data[1] & 0x3FU) << 12 | (data[2] & 0x3FU) << 6 |
               (data[3] & 0x3FU);
    default: return RUNE_BAD;
    }
}

size_t str_put_rune(char *bytes, unsigned rune)
{
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        rune = RUNE_BAD;
    if (rune < 0x80) {
        bytes[0] = (char)rune;
        return 1;
    }
    if (rune < 0x800) {
        bytes[0] = (char)(0xC0 | rune >> 6);
        bytes[1] = (char)(0x80 | (rune & 0x3F));
        return 2;
    }
    if (rune < 0x10000) {
        bytes[0] = (char)(0xE0 | rune >> 12);
        bytes[1] = (char)(0x80 | (rune >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (rune & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | rune >> 18);
    bytes[1] = (char)(0x80 | (rune >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (rune >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (rune & 0x3F));
    return 4;
}

size_t str_rune_count(Str s)
{
    size_t count = 0;
    for (size_t offset = 0; offset < s.length; count++)
        (void)str_next_rune(s, &offset);
    return count;
}

unsigned long long str_hash(Str s)
{
    unsigned long long hash = 14695981039346656037ULL;
    for (size_t i = 0; i < s.length; i++)
        hash = (hash ^ (unsigned char)s.data[i]) * 1099511628211ULL;
    return hash;
}
