/* form_encode.c - entry lists as queries and bodies.
 *
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
 * and the two beside it; https://url.spec.whatwg.org/#urlencoded-serializing .
 * Layer: dom. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/buf.h"
#include "dom/encoding.h"
#include "dom/form_parts.h"

enum { BODY_MOST = 64 << 20 };

/* Every line end becomes CR LF. */
static Str normalised(Arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) * 2 + 1);
    size_t length = 0;

    for (const char *at = text; *at; at++) {
        if (*at == '\r' || *at == '\n') {
            out[length++] = '\r';
            out[length++] = '\n';
            at += *at == '\r' && at[1] == '\n';
        } else {
            out[length++] = *at;
        }
    }
    return str_from(out, length);
}

static void add_percent(Buf *buf, Str bytes)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        bool is_kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                       (c >= 'a' && c <= 'z') || c == '*' || c == '-' || c == '.' ||
                       c == '_';
        if (is_kept || c == ' ') {
            buf_add_byte(buf, is_kept ? (char)c : '+');
        } else {
            buf_add_byte(buf, '%');
            buf_add_byte(buf, hex[c >> 4]);
            buf_add_byte(buf, hex[c & 15]);
        }
    }
}

static Str encoded(Arena *arena, const char *text, const char *encoding)
{
    return encoding_encode(arena, normalised(arena, text), encoding);
}

static Str finish(Arena *arena, Buf *buf)
{
    Str out = arena_str(arena, buf_str(buf));

    buf_release(buf);
    return out;
}

Str entries_urlencoded(Arena *arena, const FormEntries *entries, const char *encoding)
{
    Buf buf;

    buf_init(&buf, BODY_MOST);
    for (size_t i = 0; i < entries->count; i++) {
        if (i)
            buf_add_byte(&buf, '&');
        add_percent(&buf, encoded(arena, entries->items[i].name, encoding));
        buf_add_byte(&buf, '=');
        add_percent(&buf, encoded(arena, entries->items[i].value, encoding));
    }
    return finish(arena, &buf);
}

Str entries_plain(Arena *arena, const FormEntries *entries, const char *encoding)
{
    Buf buf;

    buf_init(&buf, BODY_MOST);
    for (size_t i = 0; i < entries->count; i++) {
        buf_add(&buf, encoded(arena, entries->items[i].name, encoding));
        buf_add_byte(&buf, '=');
        buf_add(&buf, encoded(arena, entries->items[i].value, encoding));
        buf_add_text(&buf, "\r\n");
    }
    return finish(arena, &buf);
}

/* In a quoted parameter. */
static void add_quoted(Buf *buf, Str bytes)
{
    for (size_t i = 0; i < bytes.length; i++) {
        char c = bytes.data[i];
        if (c == '"')
            buf_add_text(buf, "%22");
        else if (c == '\r')
            buf_add_text(buf, "%0D");
        else if (c == '\n')
            buf_add_text(buf, "%0A");
        else
            buf_add_byte(buf, c);
    }
}

static void add_part(Buf *buf, Arena *arena, const FormEntry *entry, const char *encoding)
{
    buf_add_text(buf, "\r\nContent-Disposition: form-data; name=\"");
    add_quoted(buf, encoded(arena, entry->name, encoding));
    buf_add_byte(buf, '"');
    if (entry->is_file)
        buf_add_text(buf, "; filename=\"\"\r\nContent-Type: application/octet-stream");
    buf_add_text(buf, "\r\n\r\n");
    if (!entry->is_file)
        buf_add(buf, encoded(arena, entry->value, encoding));
    buf_add_text(buf, "\r\n");
}

/* A delimiter that no name or value contains, made from the content alone. */
static const char *delimiter(Arena *arena, Str content)
{
    unsigned long long hash = str_hash(content);

    for (;; hash = hash * 6364136223846793005ull + 1) {
        const char *text = arena_printf(arena, "----FormBoundary%016llx", hash);
        if (!str_contains(content, str_of(text)))
            return text;
    }
}

Str entries_multipart(Arena *arena, const FormEntries *entries, const char *encoding,
                      const char **boundary)
{
    Buf buf;

    *boundary = delimiter(arena, entries_plain(arena, entries, encoding));
    buf_init(&buf, BODY_MOST);
    for (size_t i = 0; i < entries->count; i++) {
        buf_printf(&buf, "--%s", *boundary);
        add_part(&buf, arena, &entries->items[i], encoding);
    }
    buf_printf(&buf, "--%s--\r\n", *boundary);
    return finish(arena, &buf);
}
