/* url_host.c - reads hosts as browsers do, so that 0x7f.1 is seen for what it is.
 *
 * The only door to libidn2. Layer: base. SPDX-License-Identifier: MIT */
#include "base/url_host.h"

#include <idn2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/url.h"
#include "base/url_escape.h"

enum { PIECES = 8, NAME_LIMIT = 2048 };

/* ---- IPv4 ---- */

static bool all_in(Str s, const char *set)
{
    for (size_t i = 0; i < s.length; i++)
        if (s.data[i] == '\0' || !strchr(set, s.data[i]))
            return false;
    return true;
}

/* One part of an IPv4 address: decimal, 0 octal, 0x hexadecimal. UINT64_MAX when it is too
 * large for any use. False: not a number. */
static bool part_number(Str part, uint64_t *number)
{
    unsigned base = 10;
    const char *digits = "0123456789";

    if (part.length == 0)
        return false;
    if (part.length > 1 && str_starts_with_nocase(part, STR("0x"))) {
        base = 16;
        digits = "0123456789abcdefABCDEF";
        part = str_slice(part, 2, SIZE_MAX);
    } else if (part.length > 1 && part.data[0] == '0') {
        base = 8;
        digits = "01234567";
        part = str_slice(part, 1, SIZE_MAX);
    }
    if (!all_in(part, digits))
        return false;
    *number = 0;
    for (size_t i = 0; i < part.length; i++) {
        unsigned char c = (unsigned char)part.data[i];
        unsigned digit = c <= '9' ? c - (unsigned)'0' : (c | 0x20U) - 'a' + 10U;
        if (*number > UINT32_MAX)
            continue; /* too large already; only the digits' kind matters */
        *number = *number * base + digit;
    }
    return true;
}

/* Does the last label look like a number? Then the host must be an IPv4 address. */
static bool ends_in_number(Str host)
{
    uint64_t number = 0;
    Str last = {0};
    size_t dot = SIZE_MAX;

    if (str_ends_with(host, STR(".")))
        host = str_slice(host, 0, host.length - 1);
    for (size_t i = 0; i < host.length; i++)
        if (host.data[i] == '.')
            dot = i;
    last = dot == SIZE_MAX ? host : str_slice(host, dot + 1, SIZE_MAX);
    if (last.length > 0 && all_in(last, "0123456789"))
        return true;
    return part_number(last, &number);
}

static const char *ipv4_parse(Arena *arena, Str host, const char **failure)
{
    uint64_t numbers[4] = {0};
    uint64_t address = 0;
    size_t count = 0;
    Str part = {0};

    *failure = "its host is not a valid IPv4 address";
    if (str_ends_with(host, STR(".")))
        host = str_slice(host, 0, host.length - 1);
    while (str_next(&host, '.', &part)) {
        if (count == 4 || !part_number(part, &numbers[count]))
            return NULL;
        count++;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        if (numbers[i] > 255)
            return NULL;
        address |= numbers[i] << (8 * (3 - i));
    }
    if (numbers[count - 1] >= UINT64_C(1) << (8 * (5 - count)))
        return NULL;
    address |= numbers[count - 1];
    *failure = NULL;
    return arena_printf(arena, "%u.%u.%u.%u", (unsigned)(address >> 24),
                        (unsigned)(address >> 16 & 255), (unsigned)(address >> 8 & 255),
                        (unsigned)(address & 255));
}

/* ---- IPv6 ---- */

typedef struct Ipv6 {
    uint16_t pieces[PIECES];
    int count;
    int gap; /* where "::" stood, -1: nowhere */
} Ipv6;

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        return (c | 0x20) - 'a' + 10;
    return -1;
}

/* The dotted part that may end an IPv6 address: four decimal numbers, no leading zeros. */
static bool ipv6_dotted(Str text, Ipv6 *address)
{
    unsigned numbers[4] = {0};
    Str part = {0};
    size_t count = 0;

    if (address->count > PIECES - 2)
        return false;
    while (str_next(&text, '.', &part)) {
        if (count == 4 || part.length == 0 || part.length > 3 ||
            !all_in(part, "0123456789") || (part.length > 1 && part.data[0] == '0'))
            return false;
        for (size_t i = 0; i < part.length; i++)
            numbers[count] = numbers[count] * 10 + (unsigned)(part.data[i] - '0');
        if (numbers[count++] > 255)
            return false;
    }
    if (count != 4)
        return false;
    address->pieces[address->count++] = (uint16_t)(numbers[0] << 8 | numbers[1]);
    address->pieces[address->count++] = (uint16_t)(numbers[2] << 8 | numbers[3]);
    return true;
}

/* One piece at *at, with the ':' or "::" behind it. */
static bool ipv6_piece(Str text, size_t *at, Ipv6 *address)
{
    size_t start = *at;
    unsigned value = 0;

    while (*at < text.length && *at - start < 4 && hex_value(text.data[*at]) >= 0)
        value = value * 16 + (unsigned)hex_value(text.data[(*at)++]);
    if (*at < text.length && text.data[*at] == '.') {
        *at = text.length;
        return ipv6_dotted(str_slice(text, start, SIZE_MAX), address);
    }
    if (*at == start || address->count == PIECES)
        return false;
    address->pieces[address->count++] = (uint16_t)value;
    if (*at == text.length)
        return true;
    if (text.data[(*at)++] != ':' || *at == text.length)
        return false;
    if (text.data[*at] != ':')
        return true;
    (*at)++;
    if (address->gap >= 0)
        return false;
    address->gap = address->count;
    return true;
}

static bool ipv6_read(Str text, Ipv6 *address)
{
    size_t at = 0;
    int moved = 0;

    *address = (Ipv6){.gap = -1};
    if (str_starts_with(text, STR("::"))) {
        at = 2;
        address->gap = 0;
    }
    while (at < text.length)
        if (!ipv6_piece(text, &at, address))
            return false;
    if (address->gap < 0)
        return address->count == PIECES;
    if (address->count == PIECES)
        return false;
    moved = address->count - address->gap;
    for (int i = 0; i < moved; i++) {
        address->pieces[PIECES - 1 - i] = address->pieces[address->count - 1 - i];
        address->pieces[address->count - 1 - i] = 0;
    }
    /* The two ranges may overlap; what lies between is the gap. */
    for (int i = address->gap; i < PIECES - moved; i++)
        address->pieces[i] = 0;
    return true;
}

/* Start of the longest run of two or more zero pieces (the first of equals), or -1. */
static int ipv6_longest_gap(const Ipv6 *address, int *length)
{
    int best = -1;
    *length = 1;
    for (int i = 0; i < PIECES; i++) {
        int run = 0;
        while (i + run < PIECES && address->pieces[i + run] == 0)
            run++;
        if (run > *length) {
            best = i;
            *length = run;
        }
        if (run > 0)
            i += run - 1;
    }
    return best;
}

static const char *ipv6_parse(Arena *arena, Str text, const char **failure)
{
    char out[64] = "[";
    size_t used = 1;
    Ipv6 address;
    int length = 0;
    int gap = 0;

    if (!ipv6_read(text, &address)) {
        *failure = "its host is not a valid IPv6 address";
        return NULL;
    }
    gap = ipv6_longest_gap(&address, &length);
    for (int i = 0; i < PIECES; i++) {
        if (i == gap) {
            used += (size_t)snprintf(out + used, sizeof(out) - used, i == 0 ? "::" : ":");
            i += length - 1;
            continue;
        }
        used += (size_t)snprintf(out + used, sizeof(out) - used, "%x%s",
                                 (unsigned)address.pieces[i], i < PIECES - 1 ? ":" : "");
    }
    snprintf(out + used, sizeof(out) - used, "]");
    return arena_text(arena, out);
}

/* ---- names ---- */

static bool has_forbidden(Str host, bool is_domain)
{
    for (size_t i = 0; i < host.length; i++) {
        unsigned char c = (unsigned char)host.data[i];
        if (c == '\0' || strchr("\t\n\r #/:<>?@[\\]^|", c))
            return true;
        if (is_domain && (c <= 0x1F || c == '%' || c == 0x7F))
            return true;
    }
    return false;
}

static bool is_ascii(Str s)
{
    for (size_t i = 0; i < s.length; i++)
        if ((unsigned char)s.data[i] > 0x7F)
            return false;
    return true;
}

static bool has_punycode(Str name)
{
    return str_starts_with_nocase(name, STR("xn--")) ||
           str_contains_nocase(name, STR(".xn--"));
}

static const char *idna_encode(Arena *arena, const char *text)
{
    const int flags = IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT | IDN2_NO_ALABEL_ROUNDTRIP;
    const char *result = NULL;
    char *ascii = NULL;

    if (idn2_to_ascii_8z(text, &ascii, flags) != IDN2_OK)
        return NULL;
    result = arena_text(arena, ascii);
    idn2_free(ascii);
    return result;
}

/* Lower case, international names as punycode; NULL when it is no name. */
static const char *name_to_ascii(Arena *arena, Str name)
{
    char *text = arena_str_text(arena, name);
    const char *ascii = NULL;
    const char *again = NULL;

    if (strlen(text) != name.length)
        return NULL;
    if (is_ascii(name) && !has_punycode(name)) {
        for (char *c = text; *c != '\0'; c++)
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c | 0x20);
        return text;
    }
    ascii = name.length <= NAME_LIMIT ? idna_encode(arena, text) : NULL;
    if (!ascii || !has_punycode(str_of(ascii)))
        return ascii;
    /* libidn2 writes some names that it does not read; a host must read as itself. */
    again = idna_encode(arena, ascii);
    return again && strcmp(again, ascii) == 0 ? ascii : NULL;
}

static const char *domain_parse(Arena *arena, Str text, const char **failure)
{
    Str decoded = url_decode(arena, text);
    const char *name = NULL;

    *failure = "its host is not a valid name";
    if (!str_is_utf8(decoded))
        return NULL;
    name = name_to_ascii(arena, decoded);
    if (!name || name[0] == '\0' || !is_ascii(str_of(name)) ||
        has_forbidden(str_of(name), true))
        return NULL;
    *failure = NULL;
    if (ends_in_number(str_of(name)))
        return ipv4_parse(arena, str_of(name), failure);
    return name;
}

static const char *opaque_parse(Arena *arena, Str text, const char **failure)
{
    AUTO(buf_release) Buf out = {0};

    if (has_forbidden(text, false)) {
        *failure = "its host holds a character that is not allowed";
        return NULL;
    }
    buf_init(&out, SIZE_MAX);
    url_escape(&out, text, URL_SET_CONTROL);
    return arena_str_text(arena, buf_str(&out));
}

const char *url_host_parse(Arena *arena, Str text, bool is_special, const char **failure)
{
    if (str_starts_with(text, STR("["))) {
        if (text.length < 2 || text.data[text.length - 1] != ']') {
            *failure = "the bracket of its host is not closed";
            return NULL;
        }
        return ipv6_parse(arena, str_slice(text, 1, text.length - 2), failure);
    }
    if (!is_special)
        return opaque_parse(arena, text, failure);
    return domain_parse(arena, text, failure);
}

bool url_host_is_address(const char *host)
{
    return host[0] == '[' || (host[0] != '\0' && ends_in_number(str_of(host)));
}
