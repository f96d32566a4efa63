/* webm.c - EBML elements of a film of key frames. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/webm.h"

#include <string.h>

enum {
    /* Matroska element IDs (RFC 9559, 5). */
    EBML_HEAD = 0x1A45DFA3,
    EBML_VERSION = 0x4286,
    EBML_READ_VERSION = 0x42F7,
    EBML_MAX_ID = 0x42F2,
    EBML_MAX_SIZE = 0x42F3,
    DOC_TYPE = 0x4282,
    DOC_VERSION = 0x4287,
    DOC_READ_VERSION = 0x4285,
    SEGMENT = 0x18538067,
    INFO = 0x1549A966,
    TIMESTAMP_SCALE = 0x2AD7B1,
    DURATION = 0x4489,
    MUXING_APP = 0x4D80,
    WRITING_APP = 0x5741,
    TRACKS = 0x1654AE6B,
    TRACK_ENTRY = 0xAE,
    TRACK_NUMBER = 0xD7,
    TRACK_UID = 0x73C5,
    FLAG_LACING = 0x9C,
    TRACK_TYPE = 0x83,
    CODEC_ID = 0x86,
    VIDEO = 0xE0,
    PIXEL_WIDTH = 0xB0,
    PIXEL_HEIGHT = 0xBA,
    CLUSTER = 0x1F43B675,
    CLUSTER_TIMESTAMP = 0xE7,
    SIMPLE_BLOCK = 0xA3,

    CHUNK = 8,          /* name and size of a part of a RIFF file */
    VP8_HEAD = 10,      /* frame tag, start code, sizes */
    HEADS_LIMIT = 4096, /* of what stands before the pictures */
    KEY_FRAME = 0x80,   /* flag of a block */
    TICK_NS = 1000000,  /* timestamps are ms */
};

/* ---- pictures ---- */

static uint32_t little(const unsigned char *at, int bytes)
{
    uint32_t value = 0;
    for (int i = bytes; i-- > 0;)
        value = value << 8 | at[i];
    return value;
}

Str webp_frame(Str webp)
{
    size_t at = 12;
    if (webp.length < at || memcmp(webp.data, "RIFF", 4) != 0 ||
        memcmp(webp.data + 8, "WEBP", 4) != 0)
        return (Str){0};
    while (webp.length - at >= CHUNK) {
        size_t size = little((const unsigned char *)webp.data + at + 4, 4);
        if (size > webp.length - at - CHUNK)
            break;
        if (memcmp(webp.data + at, "VP8 ", 4) == 0)
            return str_slice(webp, at + CHUNK, size);
        size_t step = CHUNK + size + (size & 1);
        if (step > webp.length - at)
            break;
        at += step;
    }
    return (Str){0};
}

bool vp8_size(Str vp8, int *width, int *height)
{
    const unsigned char *data = (const unsigned char *)vp8.data;
    if (vp8.length < VP8_HEAD || (data[0] & 1) != 0 ||
        memcmp(data + 3, "\x9d\x01\x2a", 3) != 0)
        return false;
    *width = (int)(little(data + 6, 2) & 0x3fff);
    *height = (int)(little(data + 8, 2) & 0x3fff);
    return *width > 0 && *height > 0;
}

/* ---- elements ---- */

static void big_put(Buf *out, uint64_t value, int bytes)
{
    for (int i = bytes; i-- > 0;)
        buf_add_byte(out, (char)(value >> (8 * i) & 0xff));
}

/* IDs hold their own length. Sizes always take eight bytes. */
static void head_put(Buf *out, uint32_t id, uint64_t size)
{
    big_put(out, id, id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1);
    big_put(out, (uint64_t)1 << 56 | size, 8);
}

static void number_put(Buf *out, uint32_t id, uint64_t value)
{
    head_put(out, id, 8);
    big_put(out, value, 8);
}

static void text_put(Buf *out, uint32_t id, const char *text)
{
    head_put(out, id, strlen(text));
    buf_add_text(out, text);
}

static void element_put(Buf *out, uint32_t id, const Buf *inside)
{
    head_put(out, id, inside->length);
    buf_add(out, buf_str(inside));
}

static void ebml_put(Buf *out)
{
    AUTO(buf_release) Buf inside = {0};
    buf_init(&inside, HEADS_LIMIT);
    number_put(&inside, EBML_VERSION, 1);
    number_put(&inside, EBML_READ_VERSION, 1);
    number_put(&inside, EBML_MAX_ID, 4);
    number_put(&inside, EBML_MAX_SIZE, 8);
    text_put(&inside, DOC_TYPE, "webm");
    number_put(&inside, DOC_VERSION, 2);
    number_put(&inside, DOC_READ_VERSION, 2);
    element_put(out, EBML_HEAD, &inside);
}

static void info_put(Buf *out, int64_t end_ms)
{
    AUTO(buf_release) Buf inside = {0};
    double duration = (double)end_ms;
    uint64_t bits = 0;
    buf_init(&inside, HEADS_LIMIT);
    memcpy(&bits, &duration, sizeof bits);
    number_put(&inside, TIMESTAMP_SCALE, TICK_NS);
    head_put(&inside, DURATION, 8);
    big_put(&inside, bits, 8);
    text_put(&inside, MUXING_APP, "mystery");
    text_put(&inside, WRITING_APP, "mystery");
    element_put(out, INFO, &inside);
}

static void tracks_put(Buf *out, int width, int height)
{
    AUTO(buf_release) Buf video = {0};
    AUTO(buf_release) Buf entry = {0};
    AUTO(buf_release) Buf inside = {0};
    buf_init(&video, HEADS_LIMIT);
    buf_init(&entry, HEADS_LIMIT);
    buf_init(&inside, HEADS_LIMIT);
    number_put(&video, PIXEL_WIDTH, (uint64_t)width);
    number_put(&video, PIXEL_HEIGHT, (uint64_t)height);
    number_put(&entry, TRACK_NUMBER, 1);
    number_put(&entry, TRACK_UID, 1);
    number_put(&entry, FLAG_LACING, 0);
    number_put(&entry, TRACK_TYPE, 1);
    text_put(&entry, CODEC_ID, "V_VP8");
    element_put(&entry, VIDEO, &video);
    element_put(&inside, TRACK_ENTRY, &entry);
    element_put(out, TRACKS, &inside);
}

/* A cluster for each picture: players may go to any. */
static void picture_put(Buf *out, const WebmFrame *frame)
{
    size_t block = 4 + frame->vp8.length;
    head_put(out, CLUSTER, 9 + 8 + 9 + block);
    number_put(out, CLUSTER_TIMESTAMP, (uint64_t)frame->at_ms);
    head_put(out, SIMPLE_BLOCK, block);
    big_put(out, 0x81, 1); /* track 1 */
    big_put(out, 0, 2);
    big_put(out, KEY_FRAME, 1);
    buf_add(out, frame->vp8);
}

static size_t pictures_length(const WebmFrame *frames, size_t count)
{
    size_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += 12 + 17 + 9 + 4 + frames[i].vp8.length;
    return sum;
}

void webm_write(Buf *out, const WebmFrame *frames, size_t count, int64_t end_ms)
{
    AUTO(buf_release) Buf heads = {0};
    int width = 0;
    int height = 0;
    buf_init(&heads, HEADS_LIMIT);
    if (!vp8_size(frames[0].vp8, &width, &height))
        return;
    info_put(&heads, end_ms);
    tracks_put(&heads, width, height);
    ebml_put(out);
    head_put(out, SEGMENT, heads.length + pictures_length(frames, count));
    buf_add(out, buf_str(&heads));
    for (size_t i = 0; i < count; i++)
        picture_put(out, &frames[i]);
}
