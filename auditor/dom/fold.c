/* fold.c - text made comparable: normal form, lower case, without accents; counting words.
 *
 * The only door to utf8proc. Its functions that hand out malloc'ed memory are not used.
 * Layer: dom. SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"
#include "dom/text.h"

bool rune_is_space(unsigned rune)
{
    return rune == ' ' || (rune >= '\t' && rune <= '\r') || rune == 0x85 || rune == 0xA0 ||
           rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 ||
           rune == 0x2029 || rune == 0x202F || rune == 0x205F || rune == 0x3000;
}

bool rune_is_invisible(unsigned rune)
{
    return rune == 0xAD || rune == 0x200B || rune == 0x2060 || rune == 0xFEFF;
}

static bool is_ascii(Str text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

/* Letters whose accent is no separate mark. */
static const char *plain_letters(int32_t rune)
{
    switch (rune) {
    case 0x153: return "oe";
    case 0xE6: return "ae";
    case 0xDF: return "ss";
    case 0xF8: return "o";
    case 0x142: return "l";
    case 0x111: return "d";
    case 0xF0: return "d";
    case 0xFE: return "th";
    case 0x131: return "i";
    case 0x127: return "h";
    default: return NULL;
    }
}

static int32_t fold_rune(unsigned rune)
{
    if (rune == 0x2018 || rune == 0x2019 || rune == 0x2BC || rune == 0x2032 ||
        rune == 0xB4 || rune == '`' || rune == 0x201B)
        return '\'';
    return utf8proc_tolower((int32_t)rune);
}

/* Lower-case code points of text with single spaces; with marks apart. out has room for
 * two code points a byte of text (the longest decomposition is 1.5). */
static size_t fold_runes(Str text, bool is_accented, int32_t *out)
{
    size_t count = 0;
    bool has_gap = false;

    for (size_t at = 0; at < text.length;) {
        unsigned rune = str_next_rune(text, &at);
        int32_t parts[8];
        utf8proc_ssize_t part_count = 0;
        int boundary = 0;
        if (rune_is_space(rune)) {
            has_gap = count > 0;
            continue;
        }
        if (rune_is_invisible(rune))
            continue;
        if (has_gap)
            out[count++] = ' ';
        has_gap = false;
        part_count = utf8proc_decompose_char(fold_rune(rune), parts, 8, UTF8PROC_DECOMPOSE,
                                             &boundary);
        for (utf8proc_ssize_t i = 0; i < part_count && i < 8; i++) {
            utf8proc_category_t kind = utf8proc_category(parts[i]);
            const char *plain = is_accented ? NULL : plain_letters(parts[i]);
            if (!is_accented && kind == UTF8PROC_CATEGORY_MN)
                continue;
            if (!plain)
                out[count++] = parts[i];
            for (; plain && *plain; plain++)
                out[count++] = (unsigned char)*plain;
        }
    }
    return count;
}

/* Marks of one letter in canonical order (a stable insertion sort by combining class). */
static void order_marks(int32_t *runes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        int class = utf8proc_get_property(runes[i])->combining_class;
        size_t at = i;
        int32_t rune = runes[i];
        if (!class)
            continue;
        /* more than 30 marks on one letter are no language's (Stream-Safe Text Format) */
        while (at > 0 && i - at < 30 &&
               utf8proc_get_property(runes[at - 1])->combining_class > class) {
            runes[at] = runes[at - 1];
            at--;
        }
        runes[at] = rune;
    }
}

/* Letters of Western and Central European languages, their punctuation and signs of money:
 * without a combining mark behind them each is its own normal form. */
static bool is_simple(unsigned rune)
{
    return rune < 0x180 || (rune >= 0x2008 && rune <= 0x205E) ||
           (rune >= 0x20A0 && rune <= 0x20BF);
}

/* Fold text of simple letters, which most text is; false when a letter is not simple.
 * None grows in bytes when it is made small. */
static bool fold_simple(Arena *arena, Str text, Str *folded)
{
    char *out = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    bool has_gap = false;

    for (size_t at = 0; at < text.length;) {
        unsigned char byte = (unsigned char)text.data[at];
        unsigned rune = byte < 0x80 ? (at++, byte) : str_next_rune(text, &at);
        if (!is_simple(rune))
            return false;
        if (rune_is_space(rune)) {
            has_gap = length > 0;
            continue;
        }
        if (rune_is_invisible(rune))
            continue;
        if (has_gap)
            out[length++] = ' ';
        has_gap = false;
        if (rune < 0x80 && rune != '`')
            out[length++] = (char)(rune >= 'A' && rune <= 'Z' ? rune + 32 : rune);
        else
            length += (size_t)utf8proc_encode_char(fold_rune(rune),
                                                   (utf8proc_uint8_t *)out + length);
    }
    *folded = str_from(out, length);
    return true;
}

static Str fold(Arena *arena, Str text, bool is_accented)
{
    AUTO(arena_auto) Arena *scratch = NULL;
    int32_t *runes = NULL;
    size_t count = 0;
    utf8proc_ssize_t composed = 0;
    char *out = NULL;
    size_t length = 0;
    Str simple;

    if ((is_accented || is_ascii(text)) && fold_simple(arena, text, &simple))
        return simple;
    scratch = arena_create();
    runes = ARENA_ARRAY(scratch, text.length * 2 + 8, int32_t);
    count = fold_runes(text, is_accented, runes);
    order_marks(runes, count);
    composed = utf8proc_normalize_utf32(runes, (utf8proc_ssize_t)count,
                                        UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (composed < 0)
        composed = (utf8proc_ssize_t)count;
    out = arena_alloc(arena, (size_t)composed * 4 + 1);
    for (utf8proc_ssize_t i = 0; i < composed; i++)
        length += (size_t)utf8proc_encode_char(runes[i], (utf8proc_uint8_t *)out + length);
    return str_from(out, length);
}

Str text_fold(Arena *arena, Str text)
{
    return fold(arena, text, true);
}

Str text_fold_accents(Arena *arena, Str text)
{
    return fold(arena, text, false);
}

Str text_upper(Arena *arena, Str text)
{
    char *out = arena_alloc(arena, text.length * 4 + 1);
    size_t length = 0;

    for (size_t at = 0; at < text.length;) {
        int32_t rune = utf8proc_toupper((int32_t)str_next_rune(text, &at));
        length += (size_t)utf8proc_encode_char(rune, (utf8proc_uint8_t *)out + length);
    }
    return str_from(out, length);
}

static bool is_word_rune(unsigned rune)
{
    const unsigned word_kinds = 1u << UTF8PROC_CATEGORY_LU | 1u << UTF8PROC_CATEGORY_LL |
                                1u << UTF8PROC_CATEGORY_LT | 1u << UTF8PROC_CATEGORY_LM |
                                1u << UTF8PROC_CATEGORY_LO | 1u << UTF8PROC_CATEGORY_MN |
                                1u << UTF8PROC_CATEGORY_MC | 1u << UTF8PROC_CATEGORY_ND |
                                1u << UTF8PROC_CATEGORY_NL | 1u << UTF8PROC_CATEGORY_NO;

    if (rune < 0x80)
        return (rune >= '0' && rune <= '9') || (rune >= 'a' && rune <= 'z') ||
               (rune >= 'A' && rune <= 'Z');
    return (word_kinds >> utf8proc_category((int32_t)rune)) & 1;
}

size_t text_word_count(Str text)
{
    size_t words = 0;
    bool is_inside = false;

    for (size_t at = 0; at < text.length;) {
        bool is_letter = is_word_rune(str_next_rune(text, &at));
        if (is_letter && !is_inside)
            words++;
        is_inside = is_letter;
    }
    return words;
}
