/* template_test.c - the renderer keeps Mustache's own specification.
 *
 * Tests template.c and value.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/out.h"
#include "report/template.h"
#include "unit.h"

typedef struct Partials {
    Arena *arena;
    const Json *object;
} Partials;

static bool partials_load(void *context, const char *name, Str *text, Error *err)
{
    (void)err;
    const Partials *partials = context;
    const Json *value = json_get(partials->object, name);

    if (!value)
        return false;
    *text = json_str(value);
    return true;
}

/* Render one case of the specification; returns what came out, or the error. */
static const char *case_render(Arena *arena, const Json *test)
{
    AUTO(buf_release) Buf out = {0};
    Error err = {0};
    Partials partials = {arena, json_get(test, "partials")};
    TemplateOptions options = {escape_html_attribute, NULL, partials_load, &partials};

    buf_init(&out, 1 << 20);
    if (!template_render("test", json_str(json_get(test, "template")),
                         value_of_json(arena, json_get(test, "data")), &options, &out,
                         &err))
        return arena_text(arena, err.what);
    return arena_text(arena, buf_text(&out));
}

static int spec_run(const char *file)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *path = arena_printf(arena, SHARED_DATA "/mustache-spec/%s", file);
    JsonFile spec = {0};
    Error err = {0};
    int count = 0;

    if (!path_is_file(path))
        skip();
    assert_true(json_load(arena, path, 1 << 20, &spec, &err));
    for (const Json *test = json_first(json_get(spec.root, "tests")); test;
         test = json_next(test)) {
        const char *expected = json_text(json_get(test, "expected"), "");
        const char *actual = case_render(arena, test);

        if (strcmp(expected, actual) != 0)
            print_message("%s: %s\n", file, json_text(json_get(test, "name"), "?"));
        assert_string_equal(actual, expected);
        count++;
    }
    return count;
}

void test_template__passes_the_specification_of_comments(void)
{
    assert_int_not_equal(spec_run("comments.json"), 0);
}

void test_template__passes_the_specification_of_delimiters(void)
{
    assert_int_not_equal(spec_run("delimiters.json"), 0);
}

void test_template__passes_the_specification_of_interpolation(void)
{
    assert_int_not_equal(spec_run("interpolation.json"), 0);
}

void test_template__passes_the_specification_of_inverted(void)
{
    assert_int_not_equal(spec_run("inverted.json"), 0);
}

void test_template__passes_the_specification_of_partials(void)
{
    assert_int_not_equal(spec_run("partials.json"), 0);
}

void test_template__passes_the_specification_of_sections(void)
{
    assert_int_not_equal(spec_run("sections.json"), 0);
}

static bool render(const char *template, const Value *value, Buf *out, Error *err)
{
    TemplateOptions options = {.escape = escape_html_attribute};

    buf_init(out, 4096);
    return template_render("page", str_of(template), value, &options, out, err);
}

void test_template__names_the_place_of_an_error(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    Error err = {0};

    assert_false(render("one\n two {{#a}}\n{{/b}}", value_object(arena), &out, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.where, "page:3:1");
    assert_string_equal(err.what, "closes another section: 'b'");
}

void test_template__refuses_what_is_never_closed(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *bad[] = {"{{a", "{{#a}}x", "{{/a}}", "{{{a}} }", "{{=<%=}}", "{{}}", "{{#"};

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        AUTO(buf_release) Buf out = {0};
        Error err = {0};

        assert_false(render(bad[i], value_object(arena), &out, &err));
        assert_int_equal(err.code, ERROR_INPUT);
    }
}

void test_template__keeps_markup_values_and_escapes_texts(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    Value *value = value_object(arena);
    Error err = {0};

    value_put_markup(value, "m", "<b>");
    value_put_text(value, "t", "<b>");
    assert_true(render("{{m}}{{t}}", value, &out, &err));
    assert_string_equal(buf_text(&out), "<b>&lt;b&gt;");
}

static bool endless_load(void *context, const char *name, Str *text, Error *err)
{
    (void)err;
    (void)context;
    (void)name;
    *text = STR("{{>again}}");
    return true;
}

static bool broken_load(void *context, const char *name, Str *text, Error *err)
{
    (void)context;
    *text = (Str){0};
    return error_set(err, ERROR_FAILED, name, "cannot read");
}

void test_template__does_not_leave_out_a_partial_that_cannot_be_read(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    TemplateOptions options = {escape_html_attribute, NULL, broken_load, NULL};
    Error err = {0};

    buf_init(&out, 1000);
    assert_false(template_render("page", STR("a{{>b}}c"), value_object(arena), &options,
                                 &out, &err));
    assert_int_equal(err.code, ERROR_FAILED);
    assert_string_equal(err.where, "b");
}

void test_template__stops_partials_that_call_themselves(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    TemplateOptions options = {escape_html_attribute, NULL, endless_load, NULL};
    Error err = {0};

    buf_init(&out, 4096);
    assert_false(template_render("page", STR("{{>again}}"), value_object(arena), &options,
                                 &out, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
}
