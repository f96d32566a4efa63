/* json_test.c - promises of base/json: reading.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "unit.h"

/* Parse what must be refused and return the error. */
static Error refused(Str text)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file = {0};
    Error err = {0};
    assert_false(json_parse(arena, "t.json", text, &file, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    return err;
}

static const Json *parsed(Arena *arena, Str text)
{
    JsonFile file = {0};
    Error err = {0};
    assert_true(json_parse(arena, "t.json", text, &file, &err));
    return file.root;
}

void test_json__reads_every_type(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Json *root = parsed(
        arena,
        STR("\xEF\xBB\xBF {\"a\":[1,-2.5e1,true,false,null,\"x\"],\"b\":{\"c\":{\"d\":7}}} \n"));
    const Json *item = json_first(json_get(root, "a"));
    assert_int_equal(json_count(json_get(root, "a")), 6);
    assert_int_equal(json_integer(item, 0), 1);
    item = json_next(item);
    assert_int_equal(json_integer(item, 0), -25);
    item = json_next(item);
    assert_true(json_bool(item, false));
    item = json_next(item);
    assert_false(json_bool(item, true));
    item = json_next(item);
    assert_true(json_is_null(item));
    item = json_next(item);
    assert_string_equal(json_text(item, NULL), "x");
    assert_null(json_next(item));
    assert_int_equal(json_integer(json_at(root, "b.c.d"), 0), 7);
    assert_null(json_at(root, "b.x.d"));
    assert_null(json_at(root, "b.c.d.e"));
    assert_null(json_get(NULL, "a"));
    assert_string_equal(json_key(json_first(root)), "a");
}

void test_json__defaults_answer_for_other_types(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Json *root = parsed(arena, STR("{\"n\":1e300,\"s\":\"1\"}"));
    assert_int_equal(json_integer(json_get(root, "n"), -1), -1);
    assert_int_equal(json_integer(json_get(root, "s"), -1), -1);
    assert_string_equal(json_text(json_get(root, "n"), "other"), "other");
    assert_true(json_bool(json_get(root, "s"), true));
    assert_false(json_is_null(NULL));
    assert_int_equal(json_count(json_get(root, "n")), 0);
    assert_int_equal(json_str(NULL).length, 0);
}

void test_json__errors_name_line_and_column(void)
{
    Error err = refused(STR("{\n  \"\xC3\xA9\": tru\n}"));
    assert_string_equal(err.where, "t.json:2:8");
    assert_string_equal(err.what, "expected a value");
    assert_string_equal(refused(STR("\xEF\xBB\xBF[1,]")).where, "t.json:1:4");
    assert_string_equal(refused(STR("[1,\n2")).what, "array is not closed");
    assert_string_equal(refused(STR("[1,\n2")).where, "t.json:1:1");
    assert_string_equal(refused(STR("")).where, "t.json:1:1");
}

void test_json__places_are_known_for_every_value(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file = {0};
    Error err = {0};
    int line = 0;
    int column = 0;
    assert_true(json_parse(arena, "t.json",
                           STR("{\"a\":[1,\n {\"b\" : 2}],\n\"c\":\"\xC3\xA9\", \"d\":3}"),
                           &file, &err));
    json_place(&file, json_at(file.root, "d"), &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 14);
    json_place(&file, json_get(json_next(json_first(json_get(file.root, "a"))), "b"), &line,
               &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 9);
    assert_false(json_error(&file, json_get(file.root, "c"), &err, "bad %d", 1));
    assert_string_equal(err.where, "t.json:3:5");
    assert_string_equal(err.what, "bad 1");
}

void test_json__refuses_what_rfc_8259_refuses(void)
{
    const char *const wrong[] = {"[1] x",
                                 "[1,]",
                                 "{\"a\":1,}",
                                 "{a:1}",
                                 "{'a':1}",
                                 "[01]",
                                 "[1.]",
                                 "[.5]",
                                 "[+1]",
                                 "[-]",
                                 "[1e]",
                                 "[0x1]",
                                 "[NaN]",
                                 "[Infinity]",
                                 "[\"\t\"]",
                                 "[\"\\x\"]",
                                 "[\"\\u12g4\"]",
                                 "[\"\\u12\"]",
                                 "[\"abc]",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "{,}",
                                 "[,]",
                                 "nul",
                                 "\"\\",
                                 "[1 2]",
                                 "// x\n1",
                                 "[\"\x80\"]",
                                 "[\"\xED\xA0\x80\"]",
                                 "[1e999]",
                                 "]",
                                 "\"\\u"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        (void)refused(str_of(wrong[i]));
    (void)refused(str_from("[1]\0", 4));
    (void)refused(str_from("\"a\0b\"", 5));
}

void test_json__refuses_duplicate_keys(void)
{
    AUTO(buf_release) Buf buf = {0};
    Error err = refused(STR("{\"a\":1,\n\"\\u0061\":2}"));
    assert_string_equal(err.what, "key 'a' stands twice in one object");
    assert_string_equal(err.where, "t.json:2:10");
    buf_init(&buf, 10000);
    buf_add_byte(&buf, '{');
    for (int i = 0; i < 200; i++)
        buf_printf(&buf, "\"k%d\":0,", i == 150 ? 20 : i);
    buf_add_text(&buf, "\"z\":0}");
    assert_string_equal(refused(buf_str(&buf)).what,
                        "key 'k20' stands twice in one object");
}

void test_json__depth_stops_at_256(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    char text[2000];
    memset(text, '[', 256);
    memset(text + 256, ']', 256);
    assert_non_null(parsed(arena, str_from(text, 512)));
    memset(text, '[', 1000);
    memset(text + 1000, ']', 1000);
    assert_string_equal(refused(str_from(text, 2000)).what, "nested more than 256 deep");
    assert_string_equal(refused(str_from(text, 1000)).what, "nested more than 256 deep");
}

void test_json__strings_keep_nul_characters(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Json *root =
        parsed(arena, STR("[\"a\\u0000b\\u00e9\\u20ac\\ud83d\\ude00\\n\\/\"]"));
    Str s = json_str(json_first(root));
    assert_true(str_equal(s, str_from("a\0b\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\n/", 14)));
    assert_string_equal(json_text(json_first(root), ""), "a");
    (void)refused(STR("{\"a\\u0000\":1}"));
}

void test_json__lone_surrogates_read_as_replacement(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Json *root = parsed(
        arena, STR("[\"\\ud83d\",\"\\ude00x\",\"\\ud83d\\ud83d\\ude00\",\"\\ud83d\\n\"]"));
    const Json *item = json_first(root);
    assert_true(str_equal(json_str(item), STR("\xEF\xBF\xBD")));
    item = json_next(item);
    assert_true(str_equal(json_str(item), STR("\xEF\xBF\xBDx")));
    item = json_next(item);
    assert_true(str_equal(json_str(item), STR("\xEF\xBF\xBD\xF0\x9F\x98\x80")));
    item = json_next(item);
    assert_true(str_equal(json_str(item), STR("\xEF\xBF\xBD\n")));
}

void test_json__strict_reading_names_the_key(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *const known[] = {"title", "steps"};
    JsonFile file = {0};
    Error err = {0};
    const char *text = NULL;
    double number = 0;

    assert_true(
        json_parse(arena, "t.json", STR("{\"title\":\"T\",\n \"stpes\":5}"), &file, &err));
    assert_true(json_need_text(&file, file.root, "title", &text, &err));
    assert_string_equal(text, "T");
    assert_true(json_need_number(&file, file.root, "stpes", &number, &err));
    assert_false(json_only_keys(&file, file.root, known, 2, &err));
    assert_string_equal(err.where, "t.json:2:2");
    assert_string_equal(err.what, "unknown key 'stpes'");
    assert_string_equal(err.hint, "did you mean 'steps'?");
    error_clear(&err);
    assert_false(json_need_text(&file, file.root, "stpes", &text, &err));
    assert_string_equal(err.what, "'stpes' must be a text");
    error_clear(&err);
    assert_false(json_need_number(&file, file.root, "x", &number, &err));
    assert_string_equal(err.what, "'x' is missing");
    assert_string_equal(err.where, "t.json:1:1");
}

void test_json__large_files_take_linear_time(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, 64 << 20);
    buf_add_byte(&buf, '{');
    for (int i = 0; i < 100000; i++)
        buf_printf(&buf, "\"key%d\":[1,\"two\",{}],", i);
    buf_add_text(&buf, "\"end\":1}");
    assert_int_equal(json_count(parsed(arena, buf_str(&buf))), 100001);
}
