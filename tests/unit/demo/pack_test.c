/* pack_test.c - compression. SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/pack.h"
#include "unit.h"

void test_pack__gzip_shrinks_text_and_skips_what_gains_nothing(void)
{
    Arena *arena = arena_create();
    char *text = arena_alloc(arena, 5000);
    memset(text, 'a', 5000);
    Str packed = pack_gzip(arena, str_from(text, 5000));
    assert_true(packed.length > 10 && packed.length < 200);
    assert_memory_equal(packed.data, "\x1f\x8b", 2);
    assert_int_equal(pack_gzip(arena, STR("short")).length, 0);
    arena_release(arena);
}

void test_pack__zlib_level_0_stores(void)
{
    Arena *arena = arena_create();
    char *bytes = arena_alloc(arena, 5000);
    assert_true(pack_zlib(arena, str_from(bytes, 5000), 0).length > 5000);
    assert_true(pack_zlib(arena, str_from(bytes, 5000), 9).length < 100);
    arena_release(arena);
}

void test_pack__crc_is_that_of_png(void)
{
    assert_int_equal(pack_crc(STR("IEND")), 0xae426082u);
}
