/* image_size_test.c - natural sizes from hand-made heads of files.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "net/image_size.h"
#include "unit.h"

static void assert_size(Str bytes, int width, int height)
{
    int w = -1;
    int h = -1;
    assert_int_equal(image_size_read(bytes, &w, &h), width > 0);
    assert_int_equal(w, width);
    assert_int_equal(h, height);
}

static void assert_svg(const char *text, int width, int height)
{
    assert_size(str_of(text), width, height);
}

void test_image_size__reads_png(void)
{
    assert_size(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\x2c\0\0\0\xc8\x08"), 300, 200);
}

void test_image_size__reads_gif(void)
{
    assert_size(STR("GIF89a\x20\x03\x58\x02\0"), 800, 600);
}

void test_image_size__reads_jpeg_behind_other_segments(void)
{
    assert_size(STR("\xff\xd8\xff\xe0\0\x06JFIF\xff\xc0\0\x11\x08\1\xe0\2\x80\3\1\x22\0"),
                640, 480);
}

void test_image_size__reads_the_three_kinds_of_webp(void)
{
    assert_size(STR("RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x8f\1\0\x2b\1\0\0"), 400,
                300);
    assert_size(STR("RIFF\x40\0\0\0WEBPVP8 \x20\0\0\0\0\0\0\x9d\x01\x2a\x90\1\x2c\1\0"),
                400, 300);
    assert_size(STR("RIFF\x40\0\0\0WEBPVP8L\x20\0\0\0\x2f\x8f\xc1\x4a\0\0\0\0\0\0"), 400,
                300);
}

void test_image_size__reads_avif_and_its_turn(void)
{
    static const char head[] = "\0\0\0\x10"
                               "ftypavif\0\0\0\0"
                               "\0\0\0\x39"
                               "meta\0\0\0\0"
                               "\0\0\0\x2d"
                               "iprp"
                               "\0\0\0\x25"
                               "ipco"
                               "\0\0\0\x14"
                               "ispe\0\0\0\0\0\0\1\x2c\0\0\0\xc8"
                               "\0\0\0\x09"
                               "irot\1";
    assert_size((Str){head, sizeof head - 1}, 200, 300);
}

void test_image_size__reads_bmp_and_ico(void)
{
    assert_size(STR("BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x40\0\0\0\xe0\xff\xff\xff"), 64,
                32);
    assert_size(
        STR("\0\0\1\0\2\0\x10\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
            "\0\0\0"),
        256, 256);
}

void test_image_size__reads_svg(void)
{
    assert_svg("<?xml version=\"1.0\"?><svg width=\"120px\" height='80'>", 120, 80);
    assert_svg("<svg xmlns='x' viewBox='0 0 24 48'>", 24, 48);
    assert_svg("<svg width='100%' height='100%' viewBox='0,0,24,48'>", 24, 48);
    assert_svg("<svg width='12' viewBox='0 0 24 48'>", 12, 24);
    assert_svg("<svg stroke-width='7' height='9'>", 0, 0);
}

void test_image_size__says_nothing_of_what_it_does_not_know(void)
{
    assert_size(STR(""), 0, 0);
    assert_size(STR("<html><body>404</body></html>"), 0, 0);
    assert_size(STR("\x89PNG\r\n\x1a\n\0\0"), 0, 0);
    assert_size(STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\0\0\0\xc8"), 0, 0);
    assert_size(STR("\xff\xd8\xff\xda\0\2\1\2\3\4\5\6\7\x08"), 0, 0);
}
