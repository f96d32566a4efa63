/* cookie_file_test.c - the -b file. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "net/cookie_file.h"
#include "unit.h"

static const int64_t NOW = 1780000000LL * 1000000;

static bool take(CookieJar *jar, Arena *arena, const char *content, Error *err)
{
    char path[] = "/tmp/mystery-cookies-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, content, strlen(content)), strlen(content));
    close(file);
    bool is_taken = cookie_option_take(jar, arena, path, "https://shop.example/", NOW, err);
    unlink(path);
    return is_taken;
}

void test_cookie_file__reads_what_curl_writes(void)
{
    Arena *arena = arena_create();
    CookieJar *jar = cookie_jar_create(arena);
    Error err = {0};
    assert_true(take(jar, arena,
                     "# Netscape HTTP Cookie File\n\n"
                     ".shop.example\tTRUE\t/\tFALSE\t0\tlang\tfr\n"
                     "#HttpOnly_shop.example\tFALSE\t/\tTRUE\t1790000000\tsession\tabc\n"
                     "shop.example\tFALSE\t/\tFALSE\t1000\told\tgone\n",
                     &err));
    assert_int_equal(cookie_jar_count(jar), 2);
    assert_false(cookie_jar_at(jar, 0)->is_host_only);
    assert_true(cookie_jar_at(jar, 1)->is_http_only);
    assert_true(cookie_jar_at(jar, 1)->is_secure);
    assert_string_equal(cookie_jar_at(jar, 1)->value, "abc");
    arena_release(arena);
}

void test_cookie_file__names_the_bad_line(void)
{
    Arena *arena = arena_create();
    CookieJar *jar = cookie_jar_create(arena);
    Error err = {0};
    assert_false(take(jar, arena, "# fine\nnot a cookie\n", &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.where, ":2"));
    arena_release(arena);
}

void test_cookie_file__names_a_missing_file(void)
{
    Arena *arena = arena_create();
    CookieJar *jar = cookie_jar_create(arena);
    Error err = {0};
    assert_false(cookie_option_take(jar, arena, "/nowhere/cookies", "https://shop.example/",
                                    NOW, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    arena_release(arena);
}
