/* digest_test.c - the vectors of FIPS 180-4.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/digest.h"
#include "unit.h"

static void check(const char *text, const char *expected)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(digest_source(arena, str_of(text)), expected);
}

void test_digest__agrees_with_the_standard(void)
{
    check("", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    check("abc", "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    check("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "sha256-JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=");
}
