/* escape.c - one function a target, all on the same defusing reader.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/escape.h"

#include <stdbool.h>
#include <string.h>

enum {
    RUNE_BAD = 0xFFFD,
    RUNE_PICTURES = 0x2400, /* visible pictures of the C0 controls */
    RUNE_PICTURE_DEL = 0x2421,
};

/* Marks that turn, hide or embed what stands beside them: a title must not be able to
 * show itself as another (Unicode Technical Report 36). Joiners stay: words need them. */
static bool rune_is_deceiving(unsigned rune)
{
    return rune == 0x061C || rune == 0x180E || rune == 0x200B || rune == 0x200E ||
           rune == 0x200F || (rune >= 0x202A && rune <= 0x202E) ||
           (rune >= 0x2060 && rune <= 0x206F) || rune == 0xFEFF ||
           (rune >= 0xFFF0 && rune <= 0xFFFB) || (rune & 0xFFFE) == 0xFFFE ||
           (rune >= 0xFDD0 && rune <= 0xFDEF) || (rune >= 0xE0000 && rune <= 0xE0FFF);
}

/* Next code point, harmless: keeps \n and \t, joins \r\n, shows other controls. */
static unsigned rune_next(Str text, size_t *offset)
{
    unsigned rune = str_next_rune(text, offset);

    if (rune == '\r') {
        if (*offset < text.length && text.data[*offset] == '\n')
            (*offset)++;
        return '\n';
    }
    if (rune == '\n' || rune == '\t')
        return rune;
    if (rune < 0x20)
        return RUNE_PICTURES + rune;
    if (rune == 0x7F)
        return RUNE_PICTURE_DEL;
    if (rune == 0x85 || rune == 0x2028 || rune == 0x2029)
        return '\n';
    if ((rune >= 0x80 && rune < 0xA0) || rune_is_deceiving(rune))
        return RUNE_BAD;
    return rune;
}

static unsigned rune_next_inline(Str text, size_t *offset)
{
    unsigned rune = rune_next(text, offset);

    return rune == '\n' || rune == '\t' ? ' ' : rune;
}

void escape_html_text(Buf *out, Str text)
{
    for (size_t i = 0; i < text.length;) {
        unsigned rune = rune_next(text, &i);

        if (rune == '&')
            buf_add(out, STR("&amp;"));
        else if (rune == '<')
            buf_add(out, STR("&lt;"));
        else if (rune == '>')
            buf_add(out, STR("&gt;"));
        else
            buf_add_rune(out, rune);
    }
}

/* The five of XML; false when the rune needs nothing. */
static bool entity_add(Buf *out, unsigned rune)
{
    switch (rune) {
    case '&': buf_add(out, STR("&amp;")); return true;
    case '<': buf_add(out, STR("&lt;")); return true;
    case '>': buf_add(out, STR("&gt;")); return true;
    case '"': buf_add(out, STR("&quot;")); return true;
    case '\'': buf_add(out, STR("&#39;")); return true;
    default: return false;
    }
}

void escape_html_attribute(Buf *out, Str text)
{
    for (size_t i = 0; i < text.length;) {
        unsigned rune = rune_next(text, &i);

        if (rune == '`')
            buf_add(out, STR("&#96;"));
        else if (!entity_add(out, rune))
            buf_add_rune(out, rune);
    }
}

void escape_xml(Buf *out, Str text)
{
    for (size_t i = 0; i < text.length;) {
        unsigned rune = rune_next(text, &i);

        if (rune == '\n')
            buf_add(out, STR("&#10;"));
        else if (rune == '\t')
            buf_add(out, STR("&#9;"));
        else if (!entity_add(out, rune))
            buf_add_rune(out, rune);
    }
}

void escape_json(Buf *out, Str text)
{
    for (size_t i = 0; i < text.length;) {
        unsigned rune = rune_next(text, &i);

        if (rune == '\n')
            buf_add(out, STR("\\n"));
        else if (rune == '\t')
            buf_add(out, STR("\\t"));
        else if (rune == '"' || rune == '\\')
            buf_printf(out, "\\%c", (int)rune);
        else if (rune == '<' || rune == '>' || rune == '&')
            buf_printf(out, "\\u%04x", rune);
        else
            buf_add_rune(out, rune);
    }
}

/* "-12.5", "+3", "-1,5": a number may begin with a sign without being a formula. */
static bool is_plain_number(Str text)
{
    bool has_digit = false;

    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];

        if (c >= '0' && c <= '9')
            has_digit = true;
        else if (c != '.' && c != ',' && !(i == 0 && (c == '-' || c == '+')))
            return false;
    }
    return has_digit;
}

static bool starts_formula(Str text)
{
    size_t offset = 0;
    unsigned rune = 0;

    if (text.length == 0)
        return false;
    /* Spreadsheets skip leading blanks before they look. */
    do
        rune = str_next_rune(text, &offset);
    while (offset < text.length && (rune == ' ' || rune == 0xA0));
    return rune == '=' || rune == '+' || rune == '-' || rune == '@' || rune == '\t' ||
           rune == '\r' || rune == '\n' || rune == '|' || rune == '%' || rune == 0xFF1D ||
           rune == 0xFF0B || rune == 0xFF0D || rune == 0xFF20 || rune == 0x2212;
}

void escape_csv(Buf *out, Str text)
{
    buf_add_byte(out, '"');
    if (starts_formula(text) && !is_plain_number(text))
        buf_add_byte(out, '\'');
    for (size_t i = 0; i < text.length;) {
        unsigned rune = rune_next_inline(text, &i);

        if (rune == '"')
            buf_add_byte(out, '"');
        buf_add_rune(out, rune);
    }
    buf_add_byte(out, '"');
}

/* "smile:" behind a colon: a name between two colons becomes a picture. */
static bool is_emoji(Str text, size_t after)
{
    size_t at = after;

    while (at < text.length &&
           (text.data[at] == '_' || text.data[at] == '+' || text.data[at] == '-' ||
            (text.data[at] >= '0' && text.data[at] <= '9') ||
            (text.data[at] >= 'a' && text.data[at] <= 'z') ||
            (text.data[at] >= 'A' && text.data[at] <= 'Z')))
        at++;
    return at > after && at < text.length && text.data[at] == ':';
}

/* What GitHub turns into a link or a picture by itself: "http://", ":smile:", "www.". */
static bool is_autolink(Str text, size_t after, unsigned rune)
{
    if (rune == ':')
        return is_emoji(text, after) ||
               str_starts_with(str_slice(text, after, 2), STR("//"));
    return rune == '.' && after >= 4 &&
           str_equal_nocase(str_slice(text, after - 4, 4), STR("www."));
}

void escape_markdown(Buf *out, Str text)
{
    bool is_start = true;

    for (size_t i = 0; i < text.length;) {
        unsigned rune = rune_next_inline(text, &i);

        /* '@' and '#' would call people and issues; a backslash does not stop that. */
        if (rune == '@' || (rune == '#' && !is_start) || is_autolink(text, i, rune))
            buf_printf(out, "&#%u;", rune);
        else if (rune == '&')
            buf_add(out, STR("&amp;"));
        else if (rune == '<')
            buf_add(out, STR("&lt;"));
        else if (rune < 0x80 && strchr("\\`*_{}[]()#!|>~$^\"", (int)rune))
            buf_printf(out, "\\%c", (int)rune);
        else if (is_start && (rune == '-' || rune == '+' || rune == '='))
            buf_printf(out, "\\%c", (int)rune);
        else
            buf_add_rune(out, rune);
        is_start = is_start && rune == ' ';
    }
}

void escape_terminal(Buf *out, Str text)
{
    for (size_t i = 0; i < text.length;)
        buf_add_rune(out, rune_next_inline(text, &i));
}

const char *escape_defuse(Arena *arena, const char *text)
{
    AUTO(buf_release) Buf out = {0};
    Str whole = str_of(text);

    if (!text)
        return NULL;
    buf_init(&out, whole.length * 4 + 16);
    for (size_t i = 0; i < whole.length;)
        buf_add_rune(&out, rune_next(whole, &i));
    return arena_text(arena, buf_text(&out));
}
