/* wire.c - small binary messages. Layer: crawl. SPDX-License-Identifier: MIT */
#include "crawl/wire.h"

#include <string.h>

enum { SHIFT_MOST = 63 };

void wire_put_number(Buf *out, uint64_t number)
{
    while (number >= 0x80) {
        buf_add_byte(out, (char)(unsigned char)(0x80 | (number & 0x7f)));
        number >>= 7;
    }
    buf_add_byte(out, (char)number);
}

void wire_put_signed(Buf *out, int64_t number)
{
    uint64_t twice = (uint64_t)number << 1;
    wire_put_number(out, number < 0 ? ~twice : twice);
}

void wire_put_str(Buf *out, Str text)
{
    wire_put_number(out, text.length);
    buf_add(out, text);
}

void wire_put_text(Buf *out, const char *text)
{
    wire_put_str(out, str_of(text));
}

uint64_t wire_number(WireReader *reader)
{
    uint64_t number = 0;
    for (unsigned shift = 0, at = 0; shift <= SHIFT_MOST; shift += 7, at++) {
        if (at >= reader->rest.length)
            break;
        unsigned char byte = (unsigned char)reader->rest.data[at];
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte & 0x80)
            continue;
        reader->rest = str_slice(reader->rest, at + 1, SIZE_MAX);
        return number;
    }
    reader->is_broken = true;
    reader->rest = (Str){0};
    return 0;
}

int64_t wire_signed(WireReader *reader)
{
    uint64_t number = wire_number(reader);
    return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

Str wire_str(WireReader *reader)
{
    uint64_t length = wire_number(reader);
    if (length > reader->rest.length) {
        reader->is_broken = true;
        reader->rest = (Str){0};
        return (Str){0};
    }
    Str text = str_slice(reader->rest, 0, (size_t)length);
    reader->rest = str_slice(reader->rest, (size_t)length, SIZE_MAX);
    return text;
}

const char *wire_text(WireReader *reader, Arena *arena)
{
    return arena_str_text(arena, wire_str(reader));
}
