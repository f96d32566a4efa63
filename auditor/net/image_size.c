/* image_size.c - one small reader a format, each on bytes that may lie or end early.
 *
 * Formats by their specifications: PNG (RFC 2083), JPEG (T.81), GIF89a, WebP (RFC 9649),
 * ISOBMFF boxes for AVIF (ispe, irot). Layer: net. SPDX-License-Identifier: MIT */
#include "net/image_size.h"

#include <stdint.h>
#include <string.h>

enum { SIZE_MAX_PX = 1 << 20, SVG_HEAD_BYTES = 8192, BOX_DEPTH_MAX = 8 };

static uint32_t byte_at(Str bytes, size_t offset)
{
    return offset < bytes.length ? (unsigned char)bytes.data[offset] : 0;
}

static uint32_t big16(Str bytes, size_t offset)
{
    return byte_at(bytes, offset) << 8 | byte_at(bytes, offset + 1);
}

static uint32_t big32(Str bytes, size_t offset)
{
    return big16(bytes, offset) << 16 | big16(bytes, offset + 2);
}

static uint32_t little16(Str bytes, size_t offset)
{
    return byte_at(bytes, offset) | byte_at(bytes, offset + 1) << 8;
}

static uint32_t little24(Str bytes, size_t offset)
{
    return little16(bytes, offset) | byte_at(bytes, offset + 2) << 16;
}

static bool has_at(Str bytes, size_t offset, Str mark)
{
    return str_equal(str_slice(bytes, offset, mark.length), mark);
}

static bool size_give(uint32_t w, uint32_t h, int *width, int *height)
{
    if (w == 0 || h == 0 || w > SIZE_MAX_PX || h > SIZE_MAX_PX)
        return false;
    *width = (int)w;
    *height = (int)h;
    return true;
}

static bool png_read(Str bytes, int *width, int *height)
{
    return has_at(bytes, 12, STR("IHDR")) && bytes.length >= 24 &&
           size_give(big32(bytes, 16), big32(bytes, 20), width, height);
}

static bool gif_read(Str bytes, int *width, int *height)
{
    return bytes.length >= 10 &&
           size_give(little16(bytes, 6), little16(bytes, 8), width, height);
}

/** Is the marker a start of frame (the DHT, JPG and DAC codes lie between them)? */
static bool jpeg_is_frame(uint32_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
           marker != 0xcc;
}

static bool jpeg_read(Str bytes, int *width, int *height)
{
    size_t offset = 2;
    while (offset + 9 < bytes.length) {
        if (byte_at(bytes, offset) != 0xff) {
            offset++;
            continue;
        }
        uint32_t marker = byte_at(bytes, offset + 1);
        if (jpeg_is_frame(marker))
            return size_give(big16(bytes, offset + 7), big16(bytes, offset + 5), width,
                             height);
        bool is_bare = marker == 0xff || marker == 0 || (marker >= 0xd0 && marker <= 0xd9);
        if (marker == 0xda)
            return false; /* the scan began without a frame */
        offset += is_bare ? 1 : 2 + big16(bytes, offset + 2);
    }
    return false;
}

static bool webp_read(Str bytes, int *width, int *height)
{
    if (bytes.length < 30)
        return false;
    if (has_at(bytes, 12, STR("VP8X")))
        return size_give(little24(bytes, 24) + 1, little24(bytes, 27) + 1, width, height);
    if (has_at(bytes, 12, STR("VP8 ")))
        return size_give(little16(bytes, 26) & 0x3fff, little16(bytes, 28) & 0x3fff, width,
                         height);
    if (!has_at(bytes, 12, STR("VP8L")) || byte_at(bytes, 20) != 0x2f)
        return false;
    uint32_t bits = little24(bytes, 21) | byte_at(bytes, 24) << 24;
    return size_give((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, width, height);
}

static bool bmp_read(Str bytes, int *width, int *height)
{
    if (bytes.length < 26)
        return false;
    uint32_t tall = little16(bytes, 22) | little16(bytes, 24) << 16;
    if (tall > 0x7fffffff) /* a negative height: rows from the top */
        tall = (uint32_t)(-(int64_t)(int32_t)tall);
    return size_give(little16(bytes, 18) | little16(bytes, 20) << 16, tall, width, height);
}

/** The largest picture of an icon; 0 stands for 256. */
static bool ico_read(Str bytes, int *width, int *height)
{
    uint32_t best_w = 0;
    uint32_t best_h = 0;
    uint32_t count = little16(bytes, 4);
    for (size_t i = 0; i < count && 6 + 16 * (i + 1) <= bytes.length; i++) {
        uint32_t w = byte_at(bytes, 6 + 16 * i);
        uint32_t h = byte_at(bytes, 7 + 16 * i);
        w = w ? w : 256;
        h = h ? h : 256;
        if (w * h > best_w * best_h) {
            best_w = w;
            best_h = h;
        }
    }
    return size_give(best_w, best_h, width, height);
}

/** What the boxes of an AVIF file say: the largest ispe, and a turn by irot. */
typedef struct BoxFacts {
    uint32_t width, height;
    bool is_turned;
} BoxFacts;

static void boxes_read(Str bytes, size_t from, size_t to, int depth, BoxFacts *facts)
{
    while (from + 8 <= to && depth < BOX_DEPTH_MAX) {
        size_t size = big32(bytes, from);
        if (size == 0 || size > to - from)
            size = to - from;
        if (size < 8)
            return;
        size_t end = from + size;
        if (has_at(bytes, from + 4, STR("meta")))
            boxes_read(bytes, from + 12, end, depth + 1, facts);
        else if (has_at(bytes, from + 4, STR("iprp")) ||
                 has_at(bytes, from + 4, STR("ipco")))
            boxes_read(bytes, from + 8, end, depth + 1, facts);
        else if (has_at(bytes, from + 4, STR("irot")) && size >= 9)
            facts->is_turned = byte_at(bytes, from + 8) & 1;
        else if (has_at(bytes, from + 4, STR("ispe")) && size >= 20 &&
                 (uint64_t)big32(bytes, from + 12) * big32(bytes, from + 16) >
                     (uint64_t)facts->width * facts->height) {
            facts->width = big32(bytes, from + 12);
            facts->height = big32(bytes, from + 16);
        }
        from = end;
    }
}

static bool avif_read(Str bytes, int *width, int *height)
{
    BoxFacts facts = {0};
    boxes_read(bytes, 0, bytes.length, 0, &facts);
    return facts.is_turned ? size_give(facts.height, facts.width, width, height)
                           : size_give(facts.width, facts.height, width, height);
}

/* ---- SVG ---- */

/** Is c one of the bytes in set? NUL is never one. */
static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/** The value of an attribute in a start tag; data NULL when it is not there. */
static Str tag_attribute(Str tag, Str name)
{
    size_t at = 0;
    while ((at = str_find(tag, name, at)) != SIZE_MAX) {
        size_t after = at + name.length;
        bool is_word = at > 0 && is_one_of(tag.data[at - 1], " \t\r\n");
        while (after < tag.length && is_one_of(tag.data[after], " \t\r\n"))
            after++;
        if (is_word && after + 1 < tag.length && tag.data[after] == '=') {
            Str rest = str_trim(str_slice(tag, after + 1, tag.length));
            size_t end = rest.length ? str_find_byte(rest, rest.data[0], 1) : SIZE_MAX;
            bool is_quoted = rest.length && (rest.data[0] == '"' || rest.data[0] == '\'');
            return is_quoted && end != SIZE_MAX ? str_slice(rest, 1, end - 1)
                                                : (Str){NULL, 0};
        }
        at = at + name.length;
    }
    return (Str){NULL, 0};
}

/** "120", "120px" to px; 0 when it is relative or no number. */
static uint32_t svg_length(Str value)
{
    value = str_trim(value);
    if (str_ends_with(value, STR("px")))
        value = str_slice(value, 0, value.length - 2);
    double number = 0;
    if (!str_to_double(value, &number) || number < 0.5 || number > SIZE_MAX_PX)
        return 0;
    return (uint32_t)(number + 0.5);
}

static void svg_view_box(Str box, uint32_t *width, uint32_t *height)
{
    Str parts[4];
    int count = 0;
    size_t start = 0;
    for (size_t i = 0; i <= box.length && count < 4; i++) {
        bool is_gap = i == box.length || is_one_of(box.data[i], " ,\t\r\n");
        if (is_gap && i > start)
            parts[count++] = str_slice(box, start, i - start);
        if (is_gap)
            start = i + 1;
    }
    if (count < 4)
        return;
    *width = svg_length(parts[2]);
    *height = svg_length(parts[3]);
}

static bool svg_read(Str bytes, int *width, int *height)
{
    Str head = str_slice(bytes, 0, SVG_HEAD_BYTES);
    size_t start = str_find(head, STR("<svg"), 0);
    if (start == SIZE_MAX)
        return false;
    size_t end = str_find_byte(head, '>', start);
    Str tag = str_slice(head, start, end == SIZE_MAX ? head.length : end - start);
    uint32_t w = svg_length(tag_attribute(tag, STR("width")));
    uint32_t h = svg_length(tag_attribute(tag, STR("height")));
    uint32_t box_w = 0;
    uint32_t box_h = 0;
    svg_view_box(tag_attribute(tag, STR("viewBox")), &box_w, &box_h);
    if (w && !h && box_w) /* the missing one follows from the ratio */
        h = (uint32_t)((uint64_t)w * box_h / box_w);
    else if (h && !w && box_h)
        w = (uint32_t)((uint64_t)h * box_w / box_h);
    return w && h ? size_give(w, h, width, height) : size_give(box_w, box_h, width, height);
}

bool image_size_read(Str bytes, int *width, int *height)
{
    *width = 0;
    *height = 0;
    if (has_at(bytes, 0, STR("\x89PNG\r\n\x1a\n")))
        return png_read(bytes, width, height);
    if (has_at(bytes, 0, STR("\xff\xd8\xff")))
        return jpeg_read(bytes, width, height);
    if (has_at(bytes, 0, STR("GIF8")))
        return gif_read(bytes, width, height);
    if (has_at(bytes, 0, STR("RIFF")) && has_at(bytes, 8, STR("WEBP")))
        return webp_read(bytes, width, height);
    if (has_at(bytes, 4, STR("ftyp")))
        return avif_read(bytes, width, height);
    if (has_at(bytes, 0, STR("BM")))
        return bmp_read(bytes, width, height);
    if (has_at(bytes, 0, STR("\0\0\1\0")))
        return ico_read(bytes, width, height);
    return svg_read(bytes, width, height);
}
