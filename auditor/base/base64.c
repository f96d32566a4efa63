/* base64.c - RFC 4648 section 4. Layer: base. SPDX-License-Identifier: MIT */
#include "base/base64.h"

#include <stdint.h>
#include <string.h>

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Str base64_encode(Arena *arena, Str bytes)
{
    size_t length = (bytes.length / 3 + (bytes.length % 3 ? 1 : 0)) * 4;
    char *out = arena_alloc(arena, length + 1);
    size_t o = 0;
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t left = bytes.length - i;
        uint32_t group = (uint32_t)(unsigned char)bytes.data[i] << 16;
        if (left > 1)
            group |= (uint32_t)(unsigned char)bytes.data[i + 1] << 8;
        if (left > 2)
            group |= (unsigned char)bytes.data[i + 2];
        out[o++] = alphabet[group >> 18];
        out[o++] = alphabet[group >> 12 & 63];
        out[o++] = left > 1 ? alphabet[group >> 6 & 63] : '=';
        out[o++] = left > 2 ? alphabet[group & 63] : '=';
    }
    return str_from(out, o);
}

bool base64_decode(Arena *arena, Str text, Str *bytes)
{
    char *out = arena_alloc(arena, text.length / 4 * 3 + 4);
    size_t o = 0;
    uint32_t group = 0;
    int bits = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '=')
            continue;
        const char *found = c ? memchr(alphabet, c, 64) : NULL;
        if (!found)
            return false;
        group = group << 6 | (uint32_t)(found - alphabet);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[o++] = (char)(group >> bits & 255);
        }
    }
    out[o] = '\0';
    *bytes = str_from(out, o);
    return true;
}
