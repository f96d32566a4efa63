/* pack.c - see pack.h. Layer: demo. SPDX-License-Identifier: MIT */
#include "demo/pack.h"

#include <stddef.h>
#include <zlib.h>

enum {
    WINDOW_GZIP = 16 + MAX_WBITS, /* zlib.h: add 16 to write a gzip header */
    LARGEST = 1 << 28,
};

static Str pack(Arena *arena, Str body, int level, int window)
{
    if (body.length > LARGEST)
        return STR("");
    z_stream stream = {0};
    if (deflateInit2(&stream, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return STR("");
    size_t bound = deflateBound(&stream, (uLong)body.length);
    unsigned char *out = arena_alloc(arena, bound);
    stream.next_in = (z_const Bytef *)(uintptr_t)body.data;
    stream.avail_in = (uInt)body.length;
    stream.next_out = out;
    stream.avail_out = (uInt)bound;
    int result = deflate(&stream, Z_FINISH);
    size_t length = stream.total_out;
    deflateEnd(&stream);
    return result == Z_STREAM_END ? str_from((const char *)out, length) : STR("");
}

Str pack_gzip(Arena *arena, Str body)
{
    enum { TOO_SMALL_TO_GAIN = 200 };

    if (body.length < TOO_SMALL_TO_GAIN)
        return STR("");
    Str packed = pack(arena, body, 6, WINDOW_GZIP);
    return packed.length < body.length ? packed : STR("");
}

Str pack_zlib(Arena *arena, Str body, int level)
{
    return pack(arena, body, level, MAX_WBITS);
}

uint32_t pack_crc(Str bytes)
{
    return (uint32_t)crc32(0, (const Bytef *)bytes.data, (uInt)bytes.length);
}
