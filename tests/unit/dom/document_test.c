/* document_test.c - the tree, the index, and elements in words. Tests document.c, index.c
 * and describe.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/document.h"
#include "dom_help.h"

#define TREE                                                                               \
    "<!doctype html><body><div id=d class='a b a'><p id=p>x<b id=b>y</b></p><p "           \
    "id=q></p></div><a id=e href=/x>z</a>"

void test_document__order_and_ranges_tell_who_contains_whom(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, TREE);
    const Node *d = document_by_id(document, "d");
    const Node *b = document_by_id(document, "b");
    const Node *e = document_by_id(document, "e");

    assert_int_equal(node_order(d), 3);
    assert_int_equal(node_order_end(d), 7);
    assert_int_equal(node_depth(b), 5);
    assert_true(node_contains(d, b));
    assert_true(node_contains(b, b));
    assert_false(node_contains(d, e));
    assert_false(node_contains(b, d));
    for (size_t i = 0; i < document_element_count(document); i++)
        assert_int_equal(node_order(document_element(document, i)), i);
}

void test_document__family_are_elements_only(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, TREE);
    const Node *p = document_by_id(document, "p");

    assert_ptr_equal(node_first_child(p), document_by_id(document, "b"));
    assert_ptr_equal(node_next(p), document_by_id(document, "q"));
    assert_null(node_previous(p));
    assert_ptr_equal(node_parent(p), document_by_id(document, "d"));
    assert_null(node_parent(document_root(document)));
    assert_ptr_equal(node_closest(document_by_id(document, "b"), "div"),
                     document_by_id(document, "d"));
    assert_null(node_closest(p, "table"));
}

void test_document__attributes_and_classes(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, TREE);
    const Node *d = document_by_id(document, "d");
    const char *name = NULL, *value = NULL;

    assert_true(node_has_class(d, "b"));
    assert_false(node_has_class(d, "B"));
    assert_string_equal(node_attribute(d, "class"), "a b a");
    assert_null(node_attribute(d, "title"));
    assert_true(node_attribute_at(d, 1, &name, &value));
    assert_string_equal(name, "class");
    assert_false(node_attribute_at(d, 2, &name, &value));
    assert_string_equal(node_attribute(page_first(page(arena, "<a href>")), "href"), "");
}

void test_index__lists_are_in_document_order_without_doubles(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, TREE);

    assert_int_equal(document_by_tag(document, "p")->count, 2);
    assert_int_equal(document_by_class(document, "a")->count, 1);
    assert_int_equal(document_by_attribute(document, "id")->count, 5);
    assert_int_equal(document_by_tag(document, "P")->count, 0);
    assert_int_equal(document_by_tag(document, "")->count, 0);
}

void test_index__ids_that_occur_again_are_known(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(
        arena, "<!doctype html><i id=x></i><b id=x></b><u id=x></u><p id=''><p id=''>");

    assert_string_equal(node_tag(document_by_id(document, "x")), "i");
    assert_int_equal(document_duplicate_ids(document)->count, 2);
    assert_string_equal(node_tag(document_duplicate_ids(document)->items[0]), "b");
}

void test_index__templates_are_in_the_tree_and_in_no_list(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document =
        page(arena, "<!doctype html><template><p id=x class=c></p></template>");
    const Node *template = document_by_tag(document, "template")->items[0];

    assert_non_null(node_first_child(template));
    assert_true(node_is_inert(node_first_child(template)));
    assert_false(node_is_inert(template));
    assert_null(document_by_id(document, "x"));
    assert_int_equal(document_by_class(document, "c")->count, 0);
    assert_int_equal(document_by_tag(document, "p")->count, 0);
}

void test_describe__paths_lead_back(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document =
        page(arena,
             "<!doctype html><div id=a><p>1<p>2 <i>x</i></div><div id='2 b'><b>y</b></div>"
             "<div><svg><linearGradient/></svg><x:y></x:y></div><p id=a>");

    for (size_t i = 0; i < document_element_count(document); i++) {
        const Node *node = document_element(document, i);
        const char *path = node_css_path(arena, node);
        if (select_first(document, NULL, path) != node)
            fail_msg("%s", path);
    }
}

void test_describe__paths_are_short(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, "<!doctype html><form id=buy><button>x</button>"
                                           "<p>1<p>2</form><u>");

    assert_string_equal(node_css_path(arena, select_first(document, NULL, "button")),
                        "#buy > button");
    assert_string_equal(node_css_path(arena, select_first(document, NULL, "p + p")),
                        "#buy > p:nth-of-type(2)");
    assert_string_equal(node_css_path(arena, select_first(document, NULL, "u")),
                        "body > u");
    assert_string_equal(node_css_path(arena, document_root(document)), "html");
}

void test_describe__snippets_are_start_tag_and_text(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(
        arena, "<a href='/x?a=\"1\"' class=\"b\nc\" disabled>Hello <b>big</b> world</a>");
    const Node *link = select_first(document, NULL, "a");

    assert_string_equal(node_snippet(arena, link, 200),
                        "<a href='/x?a=\"1\"' class=\"b c\" disabled>Hello big world");
    assert_string_equal(node_snippet(arena, link, 20), "<a href='/x?a=\"1\"…");
    assert_string_equal(node_snippet(arena, link, 48),
                        "<a href='/x?a=\"1\"' class=\"b c\" disabled>Hello…");
}

void test_document__urls_resolve_against_the_base(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, TREE "<i id=i href='http://['>");

    assert_string_equal(node_url(arena, document, document_by_id(document, "e"), "href"),
                        "http://shop.test/x");
    assert_null(node_url(arena, document, document_by_id(document, "d"), "href"));
    assert_null(node_url(arena, document, document_by_id(document, "i"), "href"));
}
