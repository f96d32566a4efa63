/* url_escape.c - percent-encoding and -decoding, query values.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/url_escape.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/url.h"

/* Printable ASCII that is encoded in a set. */
static const char *set_extra(UrlSet set)
{
    switch (set) {
    case URL_SET_CONTROL: return "";
    case URL_SET_FRAGMENT: return " \"<>`";
    case URL_SET_QUERY: return " \"#<>";
    case URL_SET_SPECIAL_QUERY: return " \"#<>'";
    case URL_SET_PATH: return " \"#<>?^`{}";
    case URL_SET_USERINFO: return " \"#<>?^`{}/:;=@[\\]|";
    }
    return "";
}

static bool is_in_set(char c, const char *extra)
{
    unsigned char byte = (unsigned char)c;
    return byte < 0x20 || byte > 0x7E || strchr(extra, c);
}

static void byte_escape(Buf *out, char c)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)c;
    const char text[3] = {'%', digits[byte >> 4], digits[byte & 15]};
    buf_add(out, str_from(text, sizeof(text)));
}

void url_escape(Buf *out, Str s, UrlSet set)
{
    const char *extra = set_extra(set);
    for (size_t i = 0; i < s.length;) {
        size_t run = i;
        while (run < s.length && !is_in_set(s.data[run], extra))
            run++;
        buf_add(out, str_slice(s, i, run - i));
        i = run;
        if (i < s.length)
            byte_escape(out, s.data[i++]);
    }
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static Str decode(Arena *arena, Str s, bool is_form)
{
    char *text = arena_alloc(arena, s.length + 1);
    size_t length = 0;

    for (size_t i = 0; i < s.length; i++) {
        char c = s.data[i];
        int high = c == '%' && i + 2 < s.length ? hex_value(s.data[i + 1]) : -1;
        int low = high >= 0 ? hex_value(s.data[i + 2]) : -1;
        if (low >= 0) {
            c = (char)(high * 16 + low);
            i += 2;
        } else if (is_form && c == '+') {
            c = ' ';
        }
        text[length++] = c;
    }
    return str_from(text, length);
}

Str url_decode(Arena *arena, Str s)
{
    return decode(arena, s, false);
}

const char *url_encode(Arena *arena, Str s)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    AUTO(buf_release) Buf out = {0};

    buf_init(&out, SIZE_MAX);
    for (size_t i = 0; i < s.length; i++) {
        if (s.data[i] != '\0' && strchr(plain, s.data[i]))
            buf_add_byte(&out, s.data[i]);
        else
            byte_escape(&out, s.data[i]);
    }
    return arena_str_text(arena, buf_str(&out));
}

const char *url_query_value(Arena *arena, const Url *url, const char *name)
{
    Str rest = str_of(url->query);
    Str pair = {0};

    while (str_next(&rest, '&', &pair)) {
        size_t mark = str_find_byte(pair, '=', 0);
        Str key = decode(arena, str_slice(pair, 0, mark), true);
        if (pair.length == 0 || !str_equal_text(key, name))
            continue;
        if (mark == SIZE_MAX)
            return arena_text(arena, "");
        return decode(arena, str_slice(pair, mark + 1, SIZE_MAX), true).data;
    }
    return NULL;
}
