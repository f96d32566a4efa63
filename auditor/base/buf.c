/* buf.c - the growing byte buffer.
 *
 * Invariant: data is NULL with capacity 0, or holds capacity + 1 bytes with a NUL at
 * length. Layer: base. SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/units.h"

void buf_init(Buf *buf, size_t limit)
{
    /* SIZE_MAX would leave no room for the closing NUL. */
    *buf = (Buf){.limit = limit < SIZE_MAX ? limit : SIZE_MAX - 1};
}

void buf_release(Buf *buf)
{
    free(buf->data);
    *buf = (Buf){.limit = buf->limit};
}

void buf_clear(Buf *buf)
{
    buf->length = 0;
    buf->is_over = false;
    if (buf->data)
        buf->data[0] = '\0';
}

/* Make room for extra more bytes. Without memory there is no going on, as in an arena:
 * taken for the limit it would blame the file that was read. */
static bool buf_reserve(Buf *buf, size_t extra)
{
    size_t needed = 0;
    size_t capacity = buf->capacity < 64 ? 64 : buf->capacity;
    char *data = NULL;

    if (buf->is_over || !size_add(buf->length, extra, &needed) || needed > buf->limit) {
        buf->is_over = true;
        return false;
    }
    if (buf->data && needed <= buf->capacity)
        return true;
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
    if (capacity > buf->limit)
        capacity = buf->limit;
    data = realloc(buf->data, capacity + 1);
    if (!data)
        arena_exhausted();
    data[buf->length] = '\0';
    buf->data = data;
    buf->capacity = capacity;
    return true;
}

bool buf_add(Buf *buf, Str bytes)
{
    if (!buf_reserve(buf, bytes.length))
        return false;
    if (bytes.length > 0)
        memcpy(buf->data + buf->length, bytes.data, bytes.length);
    buf->length += bytes.length;
    buf->data[buf->length] = '\0';
    return true;
}

bool buf_add_text(Buf *buf, const char *text)
{
    return buf_add(buf, str_of(text));
}

bool buf_add_byte(Buf *buf, char byte)
{
    return buf_add(buf, str_from(&byte, 1));
}

bool buf_add_rune(Buf *buf, unsigned rune)
{
    char bytes[4];
    return buf_add(buf, str_from(bytes, str_put_rune(bytes, rune)));
}

bool buf_printf(Buf *buf, const char *format, ...)
{
    va_list arguments;
    int length = 0;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || !buf_reserve(buf, (size_t)length)) {
        buf->is_over = true;
        return false;
    }
    va_start(arguments, format);
    vsnprintf(buf->data + buf->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buf->length += (size_t)length;
    return true;
}

void buf_truncate(Buf *buf, size_t length)
{
    if (length >= buf->length)
        return;
    buf->length = length;
    buf->data[length] = '\0';
}

Str buf_str(const Buf *buf)
{
    return str_from(buf->data, buf->length);
}

const char *buf_text(const Buf *buf)
{
    return buf->data ? buf->data : "";
}

bool buf_check(const Buf *buf, const char *what, Error *err)
{
    if (!buf->is_over)
        return true;
    return error_set(err, ERROR_LIMIT, NULL, "%s is larger than %zu bytes", what,
                     buf->limit);
}
