/* webm_test.c - films of key frames.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/chromium/webm.h"

/* A key frame's head: tag, start code, 320 x 200 (the upper two bits are scaling). */
#define HEAD "\x10\x02\x00\x9d\x01\x2a\x40\x01\xc8\x00"

static Str of(const char *data, size_t length)
{
    return str_from(data, length);
}

void test_webm__finds_the_frame_in_a_picture(void)
{
    static const char simple[] = "RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0" HEAD;
    static const char extended[] =
        "RIFF\x22\0\0\0WEBPVP8X\x03\0\0\0abc\0VP8 \x0a\0\0\0" HEAD;
    static const char other[] = "RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0" HEAD;
    static const char cut[] = "RIFF\x16\0\0\0WEBPVP8 \xff\xff\xff\xff" HEAD;
    int width = 0, height = 0;
    Str frame = webp_frame(of(simple, sizeof simple - 1));
    assert_int_equal(frame.length, 10);
    assert_true(vp8_size(frame, &width, &height));
    assert_int_equal(width, 320);
    assert_int_equal(height, 200);
    assert_int_equal(webp_frame(of(extended, sizeof extended - 1)).length, 10);
    assert_int_equal(webp_frame(of(other, sizeof other - 1)).length, 0);
    assert_int_equal(webp_frame(of(cut, sizeof cut - 1)).length, 0);
    assert_int_equal(webp_frame(STR("RIFF")).length, 0);
    assert_false(vp8_size(STR("too short"), &width, &height));
}

/* Sizes of all elements fit into each other: the file is walked by them. */
void test_webm__elements_hold_what_they_say(void)
{
    const WebmFrame frames[] = {{.at_ms = 0, .vp8 = of(HEAD, 10)},
                                {.at_ms = 900, .vp8 = of(HEAD, 10)}};
    Buf out = {0};
    buf_init(&out, 1 << 16);
    webm_write(&out, frames, 2, 2000);
    const unsigned char *data = (const unsigned char *)buf_str(&out).data;
    assert_memory_equal(data, "\x1a\x45\xdf\xa3\x01", 5);
    size_t at = 12 + data[11];
    assert_memory_equal(data + at, "\x18\x53\x80\x67", 4);
    size_t inside = (size_t)data[at + 10] << 8 | data[at + 11];
    at += 12;
    assert_int_equal(at + inside, out.length);
    int clusters = 0;
    while (at < out.length) {
        clusters += memcmp(data + at, "\x1f\x43\xb6\x75", 4) == 0;
        at += 12 + ((size_t)data[at + 10] << 8 | data[at + 11]);
    }
    assert_int_equal(at, out.length);
    assert_int_equal(clusters, 2);
    buf_release(&out);
}
