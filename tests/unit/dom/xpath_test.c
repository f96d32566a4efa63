/* xpath_test.c - XPath within bounds.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/xpath.h"
#include "dom_help.h"

#define TREE                                                                               \
    "<!doctype html><body><div id=a><p id=b class='x y'>one<p id=c>two <i id=d>three</i>"  \
    "</div><svg id=s><path id=q /></svg><template><p id=t></p></template>"

static void check(const char *expression, const char *want)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    const Document *document = page(arena, TREE);
    NodeList list = {0};
    Error err = {0};

    buf_init(&buf, 1 << 16);
    if (!xpath_all(document, str_of(expression), arena, &list, &err))
        fail_msg("%s", err.what);
    for (size_t i = 0; i < list.count; i++) {
        const char *id = node_attribute(list.items[i], "id");
        buf_printf(&buf, "%s%s", i ? " " : "", id ? id : node_tag(list.items[i]));
    }
    assert_string_equal(buf_text(&buf), want);
}

void test_xpath__html_names_need_no_prefix(void)
{
    check("//p", "b c");
    check("/html/body/div/p[2]", "c");
    check("//*[@id=\"a\"]/p[1]", "b");
    check("//p[contains(concat(' ', @class, ' '), ' y ')]", "b");
    check("//i/ancestor::*", "html body a c");
    check("id('c b')", "b c");
    check("id('c')/i", "d");
}

void test_xpath__svg_needs_its_prefix(void)
{
    check("//svg", "");
    check("//path", "");
    check("//svg:path", "q");
    check("//*[name()='svg:svg']", "s");
}

void test_xpath__other_nodes_stand_for_their_element(void)
{
    check("//p/@class", "b");
    check("//text()[contains(., 'three')]", "d");
    check("//p/text() | //p", "b c");
    check("/", "");
}

void test_xpath__truths_and_numbers_give_the_root(void)
{
    check("count(//p) = 2", "html");
    check("count(//p) > 2", "");
    check("count(//table)", "");
    check("count(//p)", "html");
    check("string(//p)", "html");
}

void test_xpath__templates_are_out_of_reach(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, TREE);
    NodeList list = {0};

    check("//template/p", "");
    check("count(//template/node())", "");
    assert_true(xpath_all(document, STR("//p"), arena, &list, NULL));
    assert_non_null(node_first_child(select_first(document, NULL, "template")));
}

void test_xpath__mistakes_are_errors(void)
{
    static const char *const bad[] = {"",      "//", "p[",   "foo(1)",
                                      "//x:y", "$v", "id()", "1 +"};
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, TREE);

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        NodeList list = {0};
        Error err = {0};
        if (xpath_all(document, str_of(bad[i]), arena, &list, &err))
            fail_msg("%s", bad[i]);
        assert_int_equal(err.code, ERROR_INPUT);
    }
}

void test_xpath__check_knows_syntax_without_a_page(void)
{
    Error err = {0};

    assert_true(xpath_check(STR("//a[@href]"), "rule.json", &err));
    assert_false(xpath_check(STR("//a[@href"), "rule.json", &err));
    assert_string_equal(err.where, "rule.json");
    assert_true(err.hint[0] != '\0');
}

void test_xpath__bombs_end_by_their_number_of_steps(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    NodeList list = {0};
    Error err = {0};

    buf_init(&buf, 1 << 20);
    for (int i = 0; i < 3000; i++)
        buf_add_text(&buf, "<p>x</p>");
    assert_false(xpath_all(page(arena, buf_text(&buf)),
                           STR("count(//*[count(//*[count(//*) > 1]) > 1])"), arena, &list,
                           &err));
    assert_int_equal(err.code, ERROR_LIMIT);
}

void test_xpath__nesting_is_bounded(void)
{
    char text[5000];

    memset(text, '(', sizeof(text));
    assert_false(xpath_check(str_from(text, sizeof(text)), NULL, NULL));
}
