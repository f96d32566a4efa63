/* html_test.c - parsing within bounds: what faults.md names may cost time or truth, never
 * the program. Tests html.c, html_scan.c and html_tree.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "dom/html.h"
#include "dom/text.h"
#include "dom_help.h"

enum { SECOND_US = 1000000 };

static Document *parse_repeated(Arena *arena, const char *before, const char *piece,
                                size_t times, Error *err)
{
    Document *document = NULL;
    HtmlLimits limits = {.duration_us = (int64_t)120 * SECOND_US};
    Buf buf;

    buf_init(&buf, (size_t)64 << 20);
    buf_add_text(&buf, before);
    for (size_t i = 0; i < times; i++)
        buf_add_text(&buf, piece);
    if (!html_parse(arena, buf_str(&buf), "text/html;charset=utf-8", "http://a.test/",
                    &limits, &document, err))
        document = NULL;
    buf_release(&buf);
    return document;
}

void test_html__makes_html_head_and_body(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = page(arena, "x");

    assert_string_equal(node_tag(document_root(document)), "html");
    assert_string_equal(node_tag(document_head(document)), "head");
    assert_string_equal(node_tag(document_body(document)), "body");
    assert_int_equal(document_element_count(document), 3);
}

void test_html__an_empty_page_is_a_page(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = page(arena, "");

    assert_int_equal(document_element_count(document), 3);
    assert_string_equal(document_title(document), "");
}

void test_html__noscript_is_content(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document =
        page(arena, "<head><noscript><link rel=stylesheet href=x></noscript></head>"
                    "<body><noscript><p id=p>Hello</p></noscript>");

    assert_non_null(select_first(document, NULL, "head noscript > link"));
    assert_non_null(select_first(document, NULL, "body noscript > p#p"));
    assert_string_equal(document_visible_text(document).data, "Hello");
}

void test_html__nul_bytes_do_not_end_the_page(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;

    assert_true(html_parse(arena, STR("<p>a\0b</p><p\0x id=i>c</p><b id='\0'>d</b>"),
                           "text/html", "http://a.test/", NULL, &document, NULL));
    assert_int_equal(document_element_count(document), 7);
    assert_string_equal(node_tag(document_by_id(document, "i")), "p\xEF\xBF\xBDx");
}

void test_html__quirks_follow_the_doctype(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_true(document_is_quirks(page(arena, "<p>")));
    assert_false(document_is_quirks(page(arena, "<!DOCTYPE html><p>")));
    assert_string_equal(document_doctype(page(arena, "<!DOCTYPE html><p>")), "html");
    assert_null(document_doctype(page(arena, "<p>")));
}

void test_html__base_changes_where_references_resolve(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document =
        page(arena, "<base target=x><base href='/sub/'><base href='/no/'><a href='a?b'>");
    const Node *link = select_first(document, NULL, "a");

    assert_string_equal(document_base(document), "http://shop.test/sub/");
    assert_string_equal(node_url(arena, document, link, "href"),
                        "http://shop.test/sub/a?b");
}

void test_html__title_and_language(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = page(
        arena, "<html lang=' FR-ca'><svg><title>no</title></svg><title> A \n B </title>");

    assert_string_equal(document_title(document), "A B");
    assert_string_equal(document_language(document), "fr");
}

void test_html__lines_are_those_of_the_source(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = page(arena, "<p>\n<b>\r\n<i id=i>");

    assert_int_equal(node_line(document_by_id(document, "i")), 3);
    assert_int_equal(node_line(document_root(document)), 0);
}

void test_html__too_many_bytes_are_an_error(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    Error err = {0};
    HtmlLimits limits = {.bytes = 10};

    assert_false(html_parse(arena, STR("<p>12345678"), NULL, "http://a.test/", &limits,
                            &document, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_string_equal(err.where, "http://a.test/");
}

void test_html__a_memory_budget_ends_the_parse(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    Error err = {0};
    HtmlLimits limits = {.memory = 1 << 16};
    char html[4001] = {0};

    for (size_t i = 0; i < 4000; i += 4)
        memcpy(html + i, "<hr>", 4);
    assert_false(html_parse(arena, str_of(html), NULL, NULL, &limits, &document, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
}

void test_html__a_deadline_ends_the_parse(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    Document *document = NULL;
    Error err = {0};
    HtmlLimits limits = {.duration_us = 1};

    buf_init(&buf, 1 << 24);
    for (size_t i = 0; i < 100000; i++)
        buf_add_text(&buf, "<p>");
    assert_false(html_parse(arena, buf_str(&buf), NULL, NULL, &limits, &document, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_non_null(strstr(err.what, "ms"));
}

/* The inputs of faults.md. Each must end, as a page or as ERROR_LIMIT. Sanitizers and
 * valgrind are slow, so the time allowed is generous; without them all take 2 s. */
static void check_bounded(const char *before, const char *piece, size_t times, bool is_page)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Clock clock = {0};
    Error err = {0};
    int64_t start = clock_now_us(&clock);
    Document *document = parse_repeated(arena, before, piece, times, &err);

    assert_true(clock_now_us(&clock) - start < (int64_t)150 * SECOND_US);
    if (is_page && !document)
        fail_msg("%s", err.what);
    if (!document)
        assert_int_equal(err.code, ERROR_LIMIT);
}

void test_html__100000_nested_elements_become_a_flat_page(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = parse_repeated(arena, "", "<div>", 100000, NULL);

    assert_non_null(document);
    assert_true(document_is_cut(document));
    for (size_t i = 0; i < document_element_count(document); i++)
        assert_in_range(node_depth(document_element(document, i)), 1, 512);
}

void test_html__100000_attributes_are_cut_to_512(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    Document *document = NULL;
    const char *name = NULL, *value = NULL;

    buf_init(&buf, 1 << 24);
    buf_add_text(&buf, "<p ");
    for (int i = 0; i < 100000; i++)
        buf_printf(&buf, "a%d='>' ", i);
    buf_add_text(&buf, ">text<b id=b>");
    document = page(arena, buf_text(&buf));
    assert_true(document_is_cut(document));
    assert_true(node_attribute_at(select_first(document, NULL, "p"), 511, &name, &value));
    assert_string_equal(name, "a511");
    assert_false(node_attribute_at(select_first(document, NULL, "p"), 512, &name, &value));
    assert_string_equal(document_visible_text(document).data, "text");
    assert_non_null(document_by_id(document, "b"));
}

void test_html__formatting_blow_up_is_bounded(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    Document *document = NULL;
    Error err = {0};

    buf_init(&buf, 1 << 24);
    for (int i = 0; i < 20000; i++)
        buf_printf(&buf, "<p><font size=%d><b>", i);
    if (!html_parse(arena, buf_str(&buf), NULL, NULL, NULL, &document, &err))
        assert_int_equal(err.code, ERROR_LIMIT);
}

void test_html__other_hostile_input_is_bounded(void)
{
    check_bounded("<script>", "</scrip", 400000, true);
    check_bounded("", "<", 1000000, true);
    check_bounded("<p title='", "a", 5000000, true);
    check_bounded("<!--", "a", 5000000, true);
    check_bounded("", "&amp;", 1000000, true);
    check_bounded("<svg>", "<tr>", 100000, false);
    check_bounded("", "<table><tr><td>", 20000, false);
    check_bounded("", "<a><div>", 20000, false);
    check_bounded("", "<ruby><rt>", 50000, false);
    check_bounded("<table>", "<b>x", 50000, false);
    check_bounded("<select>", "<option>", 100000, true);
    check_bounded("", "</p>", 100000, true);
    check_bounded("<a><a><b><i>", "<p></a></b></i>", 20000, false);
    check_bounded("", "<template>", 50000, false);
    check_bounded("", "<button><p>", 50000, false);
}

void test_html__many_distinct_names_stay_fast(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    Document *document = NULL;

    buf_init(&buf, 1 << 24);
    for (int i = 0; i < 100000; i++)
        buf_printf(&buf, "<t%d class=c%d id=i%d></t%d>", i, i, i, i);
    document = page(arena, buf_text(&buf));
    assert_int_equal(document_element_count(document), 100003);
    assert_int_equal(document_by_tag(document, "t99999")->count, 1);
    assert_int_equal(document_by_class(document, "c5")->count, 1);
}

static Document *parse_marked(Arena *arena, const char *html)
{
    Document *document = NULL;

    assert_true(
        html_parse_marked(arena, str_of(html), "m3f9a", "http://a.test/", &document, NULL));
    return document;
}

void test_html__takes_marks_out_of_the_markup(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = parse_marked(
        arena, "<body><p m3f9a=\"4\" id=\"a\" class=\"x\">Tea</p><i m3f9a='999999999999'>");
    const Node *p = document_by_id(document, "a");

    assert_int_equal(node_mark(p), 4);
    assert_false(node_has_attribute(p, "m3f9a"));
    assert_string_equal(node_snippet(arena, p, 80), "<p id=\"a\" class=\"x\">Tea");
    assert_int_equal(document_by_attribute(document, "m3f9a")->count, 0);
    assert_int_equal(node_mark(document_by_tag(document, "i")->items[0]), 999999999);
    assert_int_equal(node_mark(document_body(document)), 0);
}

void test_html__believes_the_browser_about_what_is_hidden(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = parse_marked(
        arena, "<body m3f9a=1><p m3f9a=2n id=a>gone</p><p m3f9a=3 id=b hidden>here</p>"
               "<div m3f9a=4v id=c>not <b m3f9a=5 id=d>but</b></div>"
               "<details m3f9a=6><summary m3f9a=7>more</summary><p m3f9a=8 id=e>open</p>"
               "</details>");

    assert_int_equal(node_visibility(document_by_id(document, "a")), VISIBILITY_HIDDEN);
    assert_int_equal(node_visibility(document_by_id(document, "b")), VISIBILITY_UNKNOWN);
    assert_int_equal(node_visibility(document_by_id(document, "c")), VISIBILITY_HIDDEN);
    assert_int_equal(node_visibility(document_by_id(document, "d")), VISIBILITY_UNKNOWN);
    assert_int_equal(node_visibility(document_by_id(document, "e")), VISIBILITY_UNKNOWN);
    assert_string_equal(document_visible_text(document).data, "here\nbut\nmore\nopen");
    document = parse_marked(arena, "<p m3f9a=1u id=a>one pixel</p><p m3f9a=2 id=b>seen</p>"
                                   "<p id=c>nobody told</p>");
    assert_int_equal(node_is_seen(document_by_id(document, "a")), 0);
    assert_int_equal(node_is_seen(document_by_id(document, "b")), 1);
    assert_int_equal(node_is_seen(document_by_id(document, "c")), -1);
    assert_string_equal(document_visible_text(document).data,
                        "one pixel\nseen\nnobody told");
}
