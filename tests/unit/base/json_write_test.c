/* json_write_test.c - promises of base/json: writing.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "unit.h"

void test_json_write__writes_pretty_and_dense(void)
{
    for (int is_pretty = 0; is_pretty < 2; is_pretty++) {
        AUTO(buf_release) Buf buf = {0};
        JsonWriter writer;
        buf_init(&buf, 1000);
        json_writer_init(&writer, &buf, is_pretty != 0);
        json_write_object(&writer);
        json_put_text(&writer, "a", NULL);
        json_put_integer(&writer, "b", INT64_MIN);
        json_write_key(&writer, "c");
        json_write_array(&writer);
        json_write_number(&writer, 0.1);
        json_write_number(&writer, NAN);
        json_write_bool(&writer, true);
        json_write_end(&writer);
        json_write_key(&writer, "d");
        json_write_array(&writer);
        json_write_end(&writer);
        json_write_end(&writer);
        assert_string_equal(
            buf_text(&buf),
            is_pretty
                ? "{\n  \"a\": null,\n  \"b\": -9223372036854775808,\n  \"c\": [\n    0.1,\n    null,\n    true\n  ],\n  \"d\": []\n}\n"
                : "{\"a\":null,\"b\":-9223372036854775808,\"c\":[0.1,null,true],\"d\":[]}");
    }
}

void test_json_write__escapes_for_script_elements(void)
{
    AUTO(buf_release) Buf buf = {0};
    JsonWriter writer;
    buf_init(&buf, 1000);
    json_writer_init(&writer, &buf, false);
    json_write_str(&writer,
                   str_from("\"\\\n\t\r</script>&\0\x01\x7F\xE2\x80\xA8\xFF\xC3\xA9", 24));
    assert_string_equal(
        buf_text(&buf),
        "\"\\\"\\\\\\n\\t\\r\\u003c/script\\u003e\\u0026\\u0000\\u0001\\u007f\\u2028\xEF\xBF\xBD\xC3\xA9\"");
}

void test_json_write__copies_a_value_of_any_depth(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    JsonWriter writer;
    JsonFile file = {0};
    Error err = {0};
    char text[513] = "";

    memset(text, '[', 256);
    memset(text + 256, ']', 256);
    buf_init(&buf, 10000);
    json_writer_init(&writer, &buf, false);
    assert_true(json_parse(arena, "t", str_of(text), &file, &err));
    json_write_value(&writer, file.root);
    assert_string_equal(buf_text(&buf), text);
}

void test_json_write__copy_reads_back_the_same(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    JsonWriter writer;
    JsonFile file = {0};
    Error err = {0};
    const char *text = "{\"a\":[1,2.5,true,false,null,\"x\\u0000y\"],\"b\":{\"c\":{}}}";

    buf_init(&buf, 10000);
    json_writer_init(&writer, &buf, false);
    assert_true(json_parse(arena, "t", str_of(text), &file, &err));
    json_write_value(&writer, file.root);
    assert_string_equal(buf_text(&buf), text);
}
