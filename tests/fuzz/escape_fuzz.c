/* escape_fuzz.c - whatever text goes in, what comes out is text of its target and no
 * markup.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "fuzz.h"
#include "report/escape.h"

static Str escaped(Arena *arena, Escape *escape, Str text)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, (size_t)16 << 20);
    escape(&out, text);
    return arena_str(arena, buf_str(&out));
}

static void holds_none(Str text, const char *bytes)
{
    for (size_t i = 0; i < text.length; i++)
        FUZZ_ASSERT(!text.data[i] || !strchr(bytes, text.data[i]));
}

/* A quote stands at both ends; within, only in pairs. */
static void is_cell(Str cell)
{
    FUZZ_ASSERT(cell.length >= 2 && cell.data[0] == '"' &&
                cell.data[cell.length - 1] == '"');
    for (size_t i = 1; i + 1 < cell.length; i++)
        if (cell.data[i] == '"') {
            i++;
            FUZZ_ASSERT(i + 1 < cell.length && cell.data[i] == '"');
        }
    /* A number may begin with its sign, a formula may not begin at all. */
    bool is_number = true;
    for (size_t i = 2; i + 1 < cell.length; i++)
        is_number = is_number && memchr("0123456789.,", cell.data[i], 12);
    FUZZ_ASSERT(cell.length == 2 || !memchr("=@\t\r", cell.data[1], 4));
    FUZZ_ASSERT(cell.length == 2 || is_number || !memchr("+-", cell.data[1], 2));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text = str_from((const char *)data, size);
    JsonFile file;
    Error err = {0};
    holds_none(escaped(arena, escape_html_text, text), "<>");
    holds_none(escaped(arena, escape_html_attribute, text), "<>\"'`");
    holds_none(escaped(arena, escape_xml, text), "<>\"'\x01\x08\x0b\x1f");
    holds_none(escaped(arena, escape_terminal, text), "\x01\x07\x08\x1b\x7f\n\r");
    is_cell(escaped(arena, escape_csv, text));
    (void)escaped(arena, escape_markdown, text);
    Str json = escaped(arena, escape_json, text);
    const char *quoted = arena_printf(arena, "[\"%.*s\"]", STR_ARGS(json));
    FUZZ_ASSERT(json_parse(arena, "fuzz", str_of(quoted), &file, &err));
    return 0;
}
