/* encoding.c - decoding to UTF-8 and encoding for forms: UTF-8 by hand, single bytes by a
 * table, the rest through iconv under the names that decode as browsers do.
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"

enum { TEXT_MOST = 1 << 28, PIECE = 4096 };

/* What iconv calls the encodings whose WHATWG definition differs from their name's. */
typedef struct Alias {
    const char *name;
    const char *decoder;
    const char *encoder; /* NULL: the same */
    bool is_single_byte;
} Alias;

static const Alias aliases[] = {
    {"IBM866", "IBM866", NULL, true},       {"ISO-8859-8-I", "ISO-8859-8", NULL, true},
    {"KOI8-R", "KOI8-R", NULL, true},       {"KOI8-U", "KOI8-U", NULL, true},
    {"macintosh", "MACINTOSH", NULL, true}, {"x-mac-cyrillic", "MAC-UK", NULL, true},
    {"windows-874", "CP874", NULL, true},   {"GBK", "GB18030", "CP936", false},
    {"gb18030", "GB18030", NULL, false},    {"Big5", "BIG5-HKSCS", NULL, false},
    {"EUC-JP", "EUC-JP-MS", NULL, false},   {"ISO-2022-JP", "ISO-2022-JP", NULL, false},
    {"Shift_JIS", "CP932", NULL, false},    {"EUC-KR", "CP949", NULL, false},
    {"UTF-16LE", "UTF-16LE", NULL, false},  {"UTF-16BE", "UTF-16BE", NULL, false},
};

static Alias alias_of(const char *encoding)
{
    for (size_t i = 0; i < COUNT_OF(aliases); i++)
        if (strcmp(aliases[i].name, encoding) == 0)
            return aliases[i];
    /* ISO-8859-x and windows-125x are the same for iconv */
    return (Alias){encoding, encoding, NULL, true};
}

static void iconv_auto(iconv_t *converter)
{
    if (*converter != (iconv_t)-1)
        iconv_close(*converter);
}

/* iconv's prototype lacks the const that its behaviour has. */
static char *unconst(const char *text)
{
    char *out = NULL;

    memcpy(&out, &text, sizeof(out));
    return out;
}

/* Length of the well-formed sequence at s, or minus the bytes that one U+FFFD stands for
 * (the maximal subpart, as the Encoding Standard says). s is not empty. */
static int utf8_length(const unsigned char *s, size_t left)
{
    unsigned char low = 0x80, high = 0xBF;
    int need = 0;

    if (s[0] < 0x80)
        return 1;
    if (s[0] >= 0xC2 && s[0] <= 0xDF)
        need = 1;
    else if (s[0] >= 0xE0 && s[0] <= 0xEF)
        need = 2;
    else if (s[0] >= 0xF0 && s[0] <= 0xF4)
        need = 3;
    else
        return -1;
    if (s[0] == 0xE0)
        low = 0xA0;
    else if (s[0] == 0xED)
        high = 0x9F;
    else if (s[0] == 0xF0)
        low = 0x90;
    else if (s[0] == 0xF4)
        high = 0x8F;
    for (int i = 1; i <= need; i++) {
        if ((size_t)i >= left || s[i] < low || s[i] > high)
            return -i;
        low = 0x80;
        high = 0xBF;
    }
    return need + 1;
}

static Str utf8_decode(Arena *arena, Str bytes)
{
    char *out = NULL;
    size_t length = 0;
    const unsigned char *in = NULL;

    if (str_starts_with(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.length);
    if (str_is_utf8(bytes))
        return bytes;
    out = arena_alloc(arena, bytes.length * 3 + 1);
    in = (const unsigned char *)bytes.data;
    for (size_t at = 0; at < bytes.length;) {
        int step = utf8_length(in + at, bytes.length - at);
        if (step > 0)
            memcpy(out + length, in + at, (size_t)step);
        else
            memcpy(out + length, "\xEF\xBF\xBD", 3);
        length += step > 0 ? (size_t)step : 3;
        at += (size_t)(step > 0 ? step : -step);
    }
    return str_from(out, length);
}

/* What the upper 128 bytes mean. windows-125x pages use bytes their table lacks between 80
 * and 9F: browsers read those as C1 controls. */
static void single_byte_table(const char *encoding, unsigned table[128])
{
    Alias alias = alias_of(encoding);
    AUTO(iconv_auto) iconv_t converter = iconv_open("UTF-32LE", alias.decoder);

    for (unsigned i = 0; i < 128; i++) {
        char byte = (char)(i + 0x80);
        char *in = &byte;
        unsigned char wide[4] = {0};
        char *out = (char *)wide;
        size_t in_left = 1, out_left = 4;
        if (strcmp(encoding, "x-user-defined") == 0)
            table[i] = 0xF780 + i;
        else if (converter != (iconv_t)-1 &&
                 iconv(converter, &in, &in_left, &out, &out_left) != (size_t)-1)
            table[i] = (unsigned)wide[0] | (unsigned)wide[1] << 8 | (unsigned)wide[2] << 16;
        else
            table[i] =
                i < 0x20 && strncmp(encoding, "windows-", 8) == 0 ? i + 0x80 : 0xFFFD;
        if (converter != (iconv_t)-1)
            iconv(converter, NULL, NULL, NULL, NULL);
    }
}

static Str single_byte_decode(Arena *arena, Str bytes, const char *encoding)
{
    unsigned table[128];
    AUTO(buf_release) Buf buf = {0};

    buf_init(&buf, TEXT_MOST);
    single_byte_table(encoding, table);
    for (size_t at = 0; at < bytes.length;) {
        size_t from = at;
        while (at < bytes.length && (unsigned char)bytes.data[at] < 0x80)
            at++;
        buf_add(&buf, str_slice(bytes, from, at - from));
        if (at < bytes.length)
            buf_add_rune(&buf, table[(unsigned char)bytes.data[at++] - 0x80]);
    }
    return arena_str(arena, buf_str(&buf));
}

/* Run the converter over all of *in; after each piece it could not take, fail is asked to
 * step over it. */
static void convert(iconv_t converter, Str text, Buf *buf,
                    void (*fail)(iconv_t converter, Str *rest, Buf *buf))
{
    char piece[PIECE];

    while (text.length) {
        char *in = unconst(text.data);
        char *out = piece;
        size_t in_left = text.length, out_left = sizeof(piece);
        size_t done = iconv(converter, &in, &in_left, &out, &out_left);
        int why = errno;
        buf_add(buf, str_from(piece, sizeof(piece) - out_left));
        text = str_slice(text, text.length - in_left, in_left);
        if (done == (size_t)-1 && why != E2BIG)
            fail(converter, &text, buf);
    }
}

static void decode_fail(iconv_t converter, Str *rest, Buf *buf)
{
    (void)converter;
    buf_add_rune(buf, 0xFFFD);
    *rest = str_slice(*rest, 1, rest->length);
}

static void utf16_fail(iconv_t converter, Str *rest, Buf *buf)
{
    (void)converter;
    buf_add_rune(buf, 0xFFFD);
    *rest = str_slice(*rest, 2, rest->length);
}

/* Back to the initial shift state, so that ASCII may be written. */
static void shift_reset(iconv_t converter, Buf *buf)
{
    char piece[16];
    char *out = piece;
    size_t left = sizeof(piece);

    iconv(converter, NULL, NULL, &out, &left);
    buf_add(buf, str_from(piece, sizeof(piece) - left));
}

static void encode_fail(iconv_t converter, Str *rest, Buf *buf)
{
    size_t at = 0;
    unsigned rune = str_next_rune(*rest, &at);

    shift_reset(converter, buf);
    buf_printf(buf, "&#%u;", rune);
    *rest = str_slice(*rest, at, rest->length);
}

Str encoding_decode(Arena *arena, Str bytes, const char *encoding)
{
    Alias alias = alias_of(encoding);
    AUTO(buf_release) Buf buf = {0};
    AUTO(iconv_auto) iconv_t converter = (iconv_t)-1;
    bool is_utf16 = strncmp(encoding, "UTF-16", 6) == 0;

    buf_init(&buf, TEXT_MOST);
    if (strcmp(encoding, "UTF-8") == 0)
        return utf8_decode(arena, bytes);
    if (strcmp(encoding, "replacement") == 0)
        return bytes.length ? STR("\xEF\xBF\xBD") : bytes;
    if (alias.is_single_byte)
        return single_byte_decode(arena, bytes, encoding);
    if (is_utf16 &&
        str_starts_with(bytes, encoding[7] == 'B' ? STR("\xFE\xFF") : STR("\xFF\xFE")))
        bytes = str_slice(bytes, 2, bytes.length);
    converter = iconv_open("UTF-8", alias.decoder);
    if (converter == (iconv_t)-1)
        return utf8_decode(arena, bytes);
    convert(converter, bytes, &buf, is_utf16 ? utf16_fail : decode_fail);
    return arena_str(arena, buf_str(&buf));
}

static Str single_byte_encode(Arena *arena, Str text, const char *encoding)
{
    unsigned table[128];
    AUTO(buf_release) Buf buf = {0};

    buf_init(&buf, TEXT_MOST);
    single_byte_table(encoding, table);
    for (size_t at = 0; at < text.length;) {
        unsigned rune = str_next_rune(text, &at);
        unsigned i = 0;
        while (rune >= 0x80 && i < 128 && (table[i] != rune || rune == 0xFFFD))
            i++;
        if (rune < 0x80)
            buf_add_byte(&buf, (char)rune);
        else if (i < 128)
            buf_add_byte(&buf, (char)(i + 0x80));
        else
            buf_printf(&buf, "&#%u;", rune);
    }
    return arena_str(arena, buf_str(&buf));
}

const char *encoding_output(const char *encoding)
{
    if (strncmp(encoding, "UTF-16", 6) == 0 || strcmp(encoding, "replacement") == 0)
        return "UTF-8";
    return encoding;
}

Str encoding_encode(Arena *arena, Str text, const char *encoding)
{
    Alias alias = alias_of(encoding_output(encoding));
    AUTO(buf_release) Buf buf = {0};
    AUTO(iconv_auto) iconv_t converter = (iconv_t)-1;

    buf_init(&buf, TEXT_MOST);
    if (strcmp(alias.name, "UTF-8") == 0)
        return text;
    if (alias.is_single_byte)
        return single_byte_encode(arena, text, encoding);
    converter = iconv_open(alias.encoder ? alias.encoder : alias.decoder, "UTF-8");
    if (converter == (iconv_t)-1)
        return text;
    convert(converter, text, &buf, encode_fail);
    shift_reset(converter, &buf);
    return arena_str(arena, buf_str(&buf));
}
