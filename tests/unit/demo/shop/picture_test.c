/* picture_test.c - pictures and the other files. Tests picture.c, card.c and assets.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "../guest.h"
#include "demo/shop/assets.h"
#include "demo/shop/card.h"
#include "demo/shop/picture.h"

void test_picture__each_is_different_and_small(void)
{
    unsigned long long seen[PRODUCT_COUNT * PICTURE_VIEWS];
    size_t count = 0;
    Buf out = {0};
    buf_init(&out, 1 << 20);
    for (ProductId id = 0; id < PRODUCT_COUNT; id++)
        for (PictureView view = 0; view < PICTURE_VIEWS; view++) {
            buf_clear(&out);
            picture_draw(&out, &PRODUCTS[id], view, 1200);
            assert_true(out.length > 1000 && out.length < 16000);
            assert_true(str_starts_with(buf_str(&out), STR("<svg xmlns=")));
            assert_true(str_ends_with(buf_str(&out), STR("</svg>\n")));
            seen[count] = str_hash(buf_str(&out));
            for (size_t i = 0; i < count; i++)
                assert_true(seen[i] != seen[count]);
            count++;
        }
    buf_release(&out);
}

void test_picture__a_larger_one_shows_more_grain(void)
{
    Buf small = {0}, large = {0};
    buf_init(&small, 1 << 20);
    buf_init(&large, 1 << 20);
    picture_draw(&small, &PRODUCTS[PRODUCT_BRUME], PICTURE_STUDIO, 400);
    picture_draw(&large, &PRODUCTS[PRODUCT_BRUME], PICTURE_STUDIO, 1200);
    assert_true(large.length > small.length);
    assert_true(str_contains(buf_str(&small), STR("width=\"400\" height=\"400\"")));
    buf_release(&small);
    buf_release(&large);
}

void test_card__is_a_png_of_its_size(void)
{
    Buf out = {0};
    buf_init(&out, 4 << 20);
    card_png(&out, &PRODUCTS[PRODUCT_BRUME], 120, 63, true);
    assert_memory_equal(out.data,
                        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x78\0\0\0\x3f\x08\x02", 26);
    assert_memory_equal(out.data + out.length - 8, "IEND\xae\x42\x60\x82", 8);
    size_t packed = out.length;
    buf_clear(&out);
    card_png(&out, &PRODUCTS[PRODUCT_BRUME], 120, 63, false);
    assert_true(out.length > 120 * 63 * 3 && packed < out.length / 2);
    buf_release(&out);
}

void test_assets__names_follow_content_and_may_be_kept(void)
{
    Guest guest;
    guest_open(&guest, "");
    const char *link = strstr(guest_get(&guest, "/fr/"), "/assets/style-");
    const char *path =
        arena_str_text(guest.arena, str_slice(str_of(link), 0, strcspn(link, "\"")));
    guest_get(&guest, path);
    assert_int_equal(guest.reply.status, 200);
    assert_string_equal(guest.reply.type, "text/css; charset=utf-8");
    assert_non_null(strstr(guest_header(&guest, "Cache-Control"), "immutable"));
    assert_non_null(guest_header(&guest, "ETag"));
    assert_true(guest.reply.kept_gzip.length > 0 &&
                guest.reply.kept_gzip.length < guest.reply.kept.length / 2);
    guest_close(&guest);
}

void test_assets__a_share_picture_exists_for_every_product(void)
{
    Guest guest;
    guest_open(&guest, "");
    guest_get(&guest, "/share/noroit-mug.png");
    assert_string_equal(guest.reply.type, "image/png");
    assert_true(guest.reply.body.length < 300000);
    guest_get(&guest, "/share/shop.png");
    assert_string_equal(guest.reply.type, "image/png");
    guest_get(&guest, "/share/nothing.png");
    assert_int_equal(guest.reply.status, 404);
    guest_close(&guest);
}
