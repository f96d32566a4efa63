/* squeeze.c - zlib, one text at a time. Layer: store. SPDX-License-Identifier: MIT */
#include "store/squeeze.h"

#include <assert.h>
#include <zlib.h>

enum { TEXT_LIMIT = 256 << 20 };

Str squeeze(Arena *arena, Str text)
{
    uLongf size = compressBound(text.length);
    unsigned char *bytes = arena_alloc(arena, size);
    const Bytef *from = (const Bytef *)text.data;
    int code = compress2(bytes, &size, from, text.length, 6);
    /* The bound is large enough and memory never runs out quietly. */
    assert(code == Z_OK);
    (void)code;
    return str_from((const char *)bytes, size);
}

bool unsqueeze(Arena *arena, Str bytes, size_t length, Str *text, Error *err)
{
    uLongf size = length;
    if (length > TEXT_LIMIT)
        return error_set(err, ERROR_FAILED, NULL, "a kept audit of %zu bytes", length);
    char *data = arena_alloc(arena, length + 1);
    if (uncompress((Bytef *)data, &size, (const Bytef *)bytes.data, bytes.length) != Z_OK ||
        size != length)
        return error_set(err, ERROR_FAILED, NULL, "a kept audit does not unpack");
    *text = str_from(data, length);
    return true;
}
