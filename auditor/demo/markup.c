/* markup.c - see markup.h. Layer: demo. SPDX-License-Identifier: MIT */
#include "demo/markup.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

static const char *reference_of(char byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void markup_text(Buf *out, Str text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.length; i++) {
        const char *reference = reference_of(text.data[i]);
        if (!reference)
            continue;
        buf_add(out, str_slice(text, start, i - start));
        buf_add_text(out, reference);
        start = i + 1;
    }
    buf_add(out, str_slice(text, start, text.length - start));
}

void markup_print(Buf *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    while (*format) {
        size_t plain = strcspn(format, "%");
        buf_add(out, str_from(format, plain));
        format += plain;
        if (!*format)
            break;
        if (format[1] == 's') {
            markup_text(out, str_of(va_arg(arguments, const char *)));
        } else if (format[1] == 'd') {
            buf_printf(out, "%d", va_arg(arguments, int));
        } else if (format[1] == '%') {
            buf_add_byte(out, '%');
        } else if (format[1] == 'l' && format[2] == 'd') {
            buf_printf(out, "%ld", va_arg(arguments, long));
            format++;
        } else {
            assert(format[1] == 'z' && format[2] == 'u');
            buf_printf(out, "%zu", va_arg(arguments, size_t));
            format++;
        }
        format += 2;
    }
    va_end(arguments);
}
