/* base64_test.c - the vectors of RFC 4648 section 10. SPDX-License-Identifier: MIT */
#include "base/base64.h"
#include "unit.h"

void test_base64__matches_the_vectors_of_the_rfc(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *const plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
    static const char *const coded[] = {"",         "Zg==",     "Zm8=",    "Zm9v",
                                        "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (size_t i = 0; i < COUNT_OF(plain); i++) {
        assert_true(str_equal_text(base64_encode(arena, str_of(plain[i])), coded[i]));
        Str back;
        assert_true(base64_decode(arena, str_of(coded[i]), &back));
        assert_true(str_equal_text(back, plain[i]));
    }
}

void test_base64__refuses_foreign_bytes(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str back;
    assert_false(base64_decode(arena, STR("Zm9v!"), &back));
    assert_false(base64_decode(arena, STR("Zm9v\0"), &back));
    assert_true(base64_decode(arena, STR("Zm\r\n9v"), &back));
}
