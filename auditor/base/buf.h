/* buf.h - a growing byte buffer born with a limit; appending beyond it is sticky failure.
 *
 * Always NUL-ended behind its length. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

/** A buffer. After a failed append nothing more is added and is_over stays true. */
typedef struct Buf {
    char *data; /**< NULL while empty and never grown */
    size_t length;
    size_t capacity;
    size_t limit; /**< most bytes it may hold */
    bool is_over; /**< an append did not fit; the content is what fitted before */
} Buf;

/** Start an empty buffer that will hold at most limit bytes. */
void buf_init(Buf *buf, size_t limit);
/** Free the bytes; the buffer may be initialised again. Also for AUTO(buf_release). */
void buf_release(Buf *buf);
/** Empty it, keep the memory, forget a failure. */
void buf_clear(Buf *buf);
/** Append; false (and is_over) when it would exceed the limit: nothing of it is added. */
bool buf_add(Buf *buf, Str bytes);
bool buf_add_text(Buf *buf, const char *text);
bool buf_add_byte(Buf *buf, char byte);
/** Append the UTF-8 form of a code point (U+FFFD for an invalid one). */
bool buf_add_rune(Buf *buf, unsigned rune);
bool buf_printf(Buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
/** Cut back to length (not beyond the present one). */
void buf_truncate(Buf *buf, size_t length);
/** View the content. Valid until the next append. */
Str buf_str(const Buf *buf);
/** NUL-ended content ("" when empty). */
const char *buf_text(const Buf *buf);
/** Did everything fit? Otherwise fills err (ERROR_LIMIT) naming what the buffer holds. */
bool buf_check(const Buf *buf, const char *what, Error *err) MUST_USE;

#endif
