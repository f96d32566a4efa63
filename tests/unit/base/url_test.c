/* url_test.c - promises of base/url: parsing, row by row from url_vectors.json, and hostile
 * input. The rows were written by hand from the URL standard.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/url.h"
#include "unit.h"

static void assert_part(const Json *row, const char *key, const char *value)
{
    const Json *expected = json_get(row, key);
    if (expected)
        assert_string_equal(value, json_text(expected, NULL));
}

static void assert_row(Arena *arena, const Json *row)
{
    Str input = json_str(json_get(row, "input"));
    const char *base_text = json_text(json_get(row, "base"), NULL);
    const char *expected = json_text(json_get(row, "href"), NULL);
    Url base;
    Url url;
    Url again;

    if (base_text)
        assert_true(url_parse(arena, str_of(base_text), NULL, &base, NULL));
    if (!url_parse(arena, input, base_text ? &base : NULL, &url, NULL)) {
        if (expected)
            fail_msg("'%s' was refused", input.data);
        return;
    }
    if (!expected)
        fail_msg("'%s' was accepted as '%s'", input.data, url.href);
    if (strcmp(url.href, expected) != 0)
        fail_msg("'%s' gives '%s', not '%s'", input.data, url.href, expected);
    assert_part(row, "scheme", url.scheme);
    assert_part(row, "username", url.username);
    assert_part(row, "password", url.password);
    assert_part(row, "host", url.host);
    assert_part(row, "path", url.path);
    assert_part(row, "query", url.query);
    assert_part(row, "fragment", url.fragment);
    if (json_get(row, "port"))
        assert_int_equal(url.port, json_integer(json_get(row, "port"), -1));
    /* What was written must read as itself. */
    assert_true(url_parse(arena, str_of(url.href), NULL, &again, NULL));
    assert_string_equal(again.href, url.href);
}

void test_url__parses_as_the_standard_says(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file = {0};
    Error err = {0};
    assert_true(json_load(arena, "tests/unit/base/url_vectors.json", 1 << 20, &file, &err));
    assert_true(json_count(file.root) >= 120);
    for (const Json *row = json_first(file.root); row; row = json_next(row))
        assert_row(arena, row);
}

void test_url__invalid_utf8_reads_as_replacement(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(url_resolve(arena, STR("http://a/\xE9?\xFF"), NULL),
                        "http://a/%EF%BF%BD?%EF%BF%BD");
}

void test_url__errors_say_what_is_wrong(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url url;
    Error err = {0};
    assert_false(url_parse(arena, STR("http://a:99999/"), NULL, &url, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.what,
                        "'http://a:99999/' is not a URL: its port is above 65535");
    assert_string_equal(url.href, "");
    assert_string_equal(url.host, "");
}

void test_url__resolve_gives_null_for_nonsense(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_null(url_resolve(arena, STR("http://["), "http://a/"));
    assert_null(url_resolve(arena, STR("x"), "nonsense"));
    assert_null(url_resolve(arena, STR("x"), NULL));
    assert_string_equal(url_resolve(arena, STR("x"), "http://a/b/c?d"), "http://a/b/x");
}

/* A quarter of a million bytes of one kind must take linear time; longer input is refused.
 */
void test_url__hostile_input_takes_linear_time(void)
{
    static const char *const repeats[] = {"a",  "/",    "../",  "/..",       "@",  ":",
                                          "?",  "#",    "[",    "%",         ".",  "1.",
                                          "0x", "\xC3", "xn--", "\xC3\xA9.", "::", "%2e/"};
    AUTO(arena_auto) Arena *arena = arena_create();
    /* Of this process alone, however busy the machine is. */
    clock_t start = clock();
    for (size_t i = 0; i < COUNT_OF(repeats); i++) {
        AUTO(buf_release) Buf buf = {0};
        Url url;
        buf_init(&buf, 1 << 18);
        buf_add_text(&buf, i % 2 == 0 ? "http://h/" : "http://");
        while (buf_add_text(&buf, repeats[i]))
            continue;
        (void)!url_parse(arena, buf_str(&buf), NULL, &url, NULL);
    }
    assert_true(clock() - start < (clock_t)20 * CLOCKS_PER_SEC);
}

void test_url__the_limit_holds(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    char *text = arena_alloc(arena, URL_LIMIT + 1);
    Url url;
    Error err = {0};
    memset(text, 'a', URL_LIMIT + 1);
    memcpy(text, "data:", 5);
    assert_true(url_parse(arena, str_from(text, URL_LIMIT), NULL, &url, &err));
    assert_false(url_parse(arena, str_from(text, URL_LIMIT + 1), NULL, &url, &err));
}
