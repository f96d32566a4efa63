/* css_test.c - every form of selector against pages written by hand. Tests css.c and
 * css_parse.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/buf.h"
#include "dom/css.h"
#include "dom_help.h"

/* The ids (or tags) of all matches, separated by spaces. */
static const char *hits(Arena *arena, const Document *document, const char *text)
{
    AUTO(buf_release) Buf buf = {0};
    Selector *selector = NULL;
    NodeList list = {0};
    Error err = {0};

    buf_init(&buf, 1 << 16);
    if (!selector_compile(arena, str_of(text), NULL, &selector, &err))
        return arena_printf(arena, "error: %s", err.what);
    selector_all(selector, document, NULL, arena, &list);
    for (size_t i = 0; i < list.count; i++) {
        const char *id = node_attribute(list.items[i], "id");
        buf_printf(&buf, "%s%s", i ? " " : "", id ? id : node_tag(list.items[i]));
        assert_true(selector_matches(selector, document, list.items[i]));
    }
    assert_ptr_equal(selector_first(selector, document, NULL),
                     list.count ? list.items[0] : NULL);
    return arena_text(arena, buf_text(&buf));
}

static void check(const char *html, const char *selector, const char *want)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(hits(arena, page(arena, html), selector), want);
}

#define LIST                                                                               \
    "<!doctype html><ul id=u><li id=a class='x y'>1<li id=b class=x>2<li id=c>3"           \
    "<li id=d class='Y'>4</ul><p id=p>t</p><div id=v><p id=q><b id=w>t</b></p></div>"

void test_css__tag_universal_id_and_class(void)
{
    check(LIST, "li", "a b c d");
    check(LIST, "LI", "a b c d");
    check(LIST, "*", "html head body u a b c d p v q w");
    check(LIST, "#b", "b");
    check(LIST, "li#b.x", "b");
    check(LIST, ".x", "a b");
    check(LIST, ".x.y", "a");
    check(LIST, ".y", "a");
    check(LIST, "p.x", "");
    check(LIST, "*.x", "a b");
    check(LIST, "nothing", "");
}

void test_css__classes_and_ids_lose_case_in_quirks_mode(void)
{
    check("<p class='Big' id=One>", ".bIG", "One");
    check("<p class='Big' id=One>", "#oNE", "One");
    check("<!doctype html><p class='Big' id=One>", ".big", "");
    check("<!doctype html><p class='Big' id=One>", "#one", "");
}

void test_css__combinators(void)
{
    check(LIST, "div b", "w");
    check(LIST, "div > b", "");
    check(LIST, "div > p > b", "w");
    check(LIST, "div>p>b", "w");
    check(LIST, "#a + li", "b");
    check(LIST, "#a ~ li", "b c d");
    check(LIST, "ul + p", "p");
    check(LIST, "ul ~ div b", "w");
    check(LIST, "ul ~ p b", "");
    check(LIST, "body div p b", "w");
    check(LIST, "html>body>*>p", "q");
}

void test_css__descendants_are_retried_further_up(void)
{
    check("<!doctype html><div class=a id=1><div><div class=a><p id=p>", ".a > div p", "p");
    check("<!doctype html><div class=a><i></i><div class=b><div class=b><p id=p>",
          ".a > .b p", "p");
    check("<!doctype html><i></i><div><p></p><p></p><div id=y><u id=x></u></div></div>",
          "i + div > p ~ div u", "x");
    check("<!doctype html><div><section><div><section><b id=x>", "div > section b", "x");
}

void test_css__attributes(void)
{
    const char *html =
        "<!doctype html><a id=1 href='/cart/add' hreflang=en-GB rel='NoFollow "
        "me'><a id=2 href='/x.PDF' data-n='a b' hreflang=en><input id=3 "
        "type=SUBMIT data-v=''>";
    check(html, "[href]", "1 2");
    check(html, "[HREF]", "1 2");
    check(html, "[href='/cart/add']", "1");
    check(html, "[href^='/cart']", "1");
    check(html, "[href$='.PDF']", "2");
    check(html, "[href$='.pdf']", "");
    check(html, "[href$='.pdf' i]", "2");
    check(html, "[href*=cart]", "1");
    check(html, "[href*='']", "");
    check(html, "[href^=\"\"]", "");
    check(html, "[data-n~=b]", "2");
    check(html, "[data-n~='a b']", "");
    check(html, "[hreflang|=en]", "1 2");
    check(html, "[hreflang|='en-']", "");
    check(html, "[type=submit]", "3");
    check(html, "[type=submit s]", "");
    check(html, "[rel~=nofollow]", "1");
    check(html, "[data-v='']", "3");
    check(html, "a[href][data-n]", "2");
    check(html, "[ href = '/x.PDF' ]", "2");
}

void test_css__nth(void)
{
    check(LIST, "li:nth-child(2)", "b");
    check(LIST, "li:nth-child(odd)", "a c");
    check(LIST, "li:nth-child(even)", "b d");
    check(LIST, "li:nth-child(2n+1)", "a c");
    check(LIST, "li:nth-child( 2n + 1 )", "a c");
    check(LIST, "li:nth-child(-n+2)", "a b");
    check(LIST, "li:nth-child(n+3)", "c d");
    check(LIST, "li:nth-child(n)", "a b c d");
    check(LIST, "li:nth-child(0n+4)", "d");
    check(LIST, "li:nth-child(2 of .x)", "b");
    check(LIST, "li:nth-last-child(1 of .x)", "b");
    check(LIST, "li:nth-last-child(2)", "c");
    check(LIST, "p:nth-of-type(1)", "p q");
    check(LIST, "body > p:nth-of-type(1)", "p");
    check(LIST, "body > :nth-last-of-type(1)", "u p v");
    check(LIST, "li:first-child", "a");
    check(LIST, "li:last-child", "d");
    check(LIST, "b:only-child", "w");
    check(LIST, "body > p:only-of-type", "p");
    check(LIST, "body > p:first-of-type", "p");
    check(LIST, "body > div:last-of-type", "v");
}

void test_css__logical_pseudo_classes(void)
{
    check(LIST, "li:not(.x)", "c d");
    check(LIST, "li:not(.x, #d)", "c");
    check(LIST, "li:not(:first-child):not(:last-child)", "b c");
    check(LIST, ":is(#a, #w, p)", "a p q w");
    check(LIST, "div :where(p, b)", "q w");
    check(LIST, ":is(div p) b", "w");
    check(LIST, "li, p, li", "a b c d p q");
}

void test_css__has(void)
{
    check(LIST, "div:has(b)", "v");
    check(LIST, "div:has(> b)", "");
    check(LIST, "div:has(> p > b)", "v");
    check(LIST, "ul:has(+ p)", "u");
    check(LIST, "ul:has(~ div b)", "u");
    check(LIST, "ul:has(~ b)", "");
    check(LIST, "ul:has(li.x ~ li.Y)", "u");
    check(LIST, "body > :has(:is(p b))", "v");
    check(LIST, "p:not(:has(*))", "p");
}

void test_css__states(void)
{
    const char *html =
        "<!doctype html><input id=1 required><input id=2 disabled type=checkbox checked>"
        "<fieldset id=f disabled><legend><input id=3></legend><input id=4></fieldset>"
        "<select id=s><option id=5>a<option id=6 selected>b</select>"
        "<select id=t><option id=7>a<option id=8>b</select><a id=9 href=x></a><a></a>"
        "<p id=e></p>";
    check(html, ":checked", "2 6 7");
    check(html, "input:disabled", "2 4");
    check(html, "input:enabled", "1 3");
    check(html, ":required", "1");
    check(html, "input:optional", "2 3 4");
    check(html, ":link", "9");
    check(html, ":any-link", "9");
    check(html, "p:empty", "e");
    check(html, ":root", "html");
}

void test_css__lang(void)
{
    check("<!doctype html><html lang=fr-CA><p id=a><p id=b lang=en>", "p:lang(fr)", "a");
    check("<!doctype html><html lang=fr-CA><p id=a><p id=b lang=en>", "p:lang(EN)", "b");
}

void test_css__escapes(void)
{
    check("<!doctype html><p id='a:b' class='1x sm:w-1/2'>", "#a\\:b", "a:b");
    check("<!doctype html><p id='a:b' class='1x sm:w-1/2'>", ".\\31 x", "a:b");
    check("<!doctype html><p id='a:b' class='1x sm:w-1/2'>", ".sm\\:w-1\\/2", "a:b");
    check("<!doctype html><p id='a b'>", "#a\\ b", "a b");
    check("<!doctype html><p id='x' title='é\"'>", "[title='\\E9\"']", "x");
    check("<!doctype html><p id='é'>", "#é", "é");
    check("<!doctype html><p id='x' data-testid='a]b'>", "[data-testid='a]b']", "x");
}

void test_css__svg_keeps_its_case_and_html_does_not(void)
{
    const char *html = "<!doctype html><svg id=s viewBox='0 0 1 1'><linearGradient "
                       "id=g></linearGradient><a id=a></a></svg><a id=b></a>";
    check(html, "linearGradient", "g");
    check(html, "lineargradient", "");
    check(html, "svg[viewBox]", "s");
    check(html, "a", "a b");
    check(html, "A", "b");
}

void test_css__templates_are_out_of_reach(void)
{
    check("<!doctype html><template id=t><p id=a></template><p id=b>", "p", "b");
    check("<!doctype html><template><p id=a class=c></template>", ".c", "");
    check("<!doctype html><div><template shadowrootmode=open><p id=a></template></div>",
          "p", "a");
}

void test_css__scope_limits_matches_but_not_ancestors(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, LIST);
    const Node *scope = document_by_id(document, "v");
    NodeList list = {0};

    select_all(document, scope, "body p", arena, &list);
    assert_int_equal(list.count, 1);
    assert_string_equal(node_attribute(list.items[0], "id"), "q");
    assert_null(select_first(document, scope, "div"));
    assert_string_equal(node_attribute(select_first(document, scope, ":scope > p"), "id"),
                        "q");
    assert_null(select_first(document, scope, ":scope > b"));
}

void test_css__elements_inside_nested_ones_are_found_once(void)
{
    static const char nested[] =
        "<div class=m id=1><i id=2></i><div class=m id=3><i id=4></i><p id=5><i id=6></i></p>"
        "</div><i id=7></i></div><i id=8></i><div class=m id=9><b><i id=10></i></b></div>";

    check(nested, ".m i", "2 4 6 7 10");
    check(nested, ".m .m i", "4 6");
    check(nested, "div p i, .m i, i", "2 4 6 7 8 10");
    check(nested, ".n i", "");
    check(nested, ".m > i", "2 4 7");
    check(nested, "div:has(p) i", "2 4 6 7");
}

void test_css__many_matches_of_a_list_are_in_order(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf html = {0};
    const Document *document = NULL;
    NodeList list = {0};

    buf_init(&html, 1 << 20);
    for (int i = 0; i < 300; i++)
        assert_true(buf_add_text(&html, "<p class=a><i></i></p>"));
    document = page(arena, buf_text(&html));
    select_all(document, NULL, "i, p, .a, .a i", arena, &list);
    assert_int_equal(list.count, 600);
    for (size_t i = 1; i < list.count; i++)
        assert_true(node_order(list.items[i - 1]) < node_order(list.items[i]));
}

void test_css__what_it_does_not_know_is_an_error(void)
{
    static const char *const bad[] = {"",
                                      "li:hover",
                                      "p::before",
                                      "a:nth-child()",
                                      "a:nth-child(x)",
                                      "[a=5]",
                                      "[a",
                                      "[a='x]",
                                      "a >",
                                      "> a",
                                      "a,",
                                      ",a",
                                      "#",
                                      ".",
                                      "#1a!",
                                      "a:not(",
                                      "a:not()",
                                      "a b]",
                                      ":has(:has(a))",
                                      "a:foo(b)",
                                      "a:nth-of-type(1 of b)",
                                      "p{",
                                      "a || b",
                                      "5",
                                      ".5",
                                      "ns|a",
                                      "a:not(b",
                                      "!",
                                      "[]",
                                      "a:nth-child(2n+)",
                                      "a:nth-child(-)",
                                      "\\\n",
                                      "a \\\n"};
    AUTO(arena_auto) Arena *arena = arena_create();

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        Selector *selector = NULL;
        Error err = {0};
        if (selector_compile(arena, str_of(bad[i]), "rule x", &selector, &err))
            fail_msg("'%s' compiles", bad[i]);
        assert_int_equal(err.code, ERROR_INPUT);
        assert_string_equal(err.where, "rule x");
    }
}

void test_css__errors_name_the_offset(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Selector *selector = NULL;
    Error err = {0};

    assert_false(selector_compile(arena, STR("div a:hover"), NULL, &selector, &err));
    assert_non_null(strstr(err.what, "offset 11"));
}

void test_css__deep_nesting_of_parentheses_is_refused(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    Selector *selector = NULL;

    buf_init(&buf, 1 << 20);
    for (int i = 0; i < 1000; i++)
        buf_add_text(&buf, ":not(");
    assert_false(selector_compile(arena, buf_str(&buf), NULL, &selector, NULL));
}

void test_css__long_chains_on_deep_pages_end_in_time(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    NodeList list = {0};
    Document *document = NULL;

    buf_init(&buf, 1 << 20);
    buf_add_text(&buf, "<!doctype html>");
    for (int i = 0; i < 500; i++)
        buf_add_text(&buf, "<div>");
    document = page(arena, buf_text(&buf));
    /* without telling failures apart this is 500^12 steps */
    select_all(document, NULL, "p div div div div div div div div div div div div", arena,
               &list);
    assert_int_equal(list.count, 0);
    select_all(document, NULL, "p div > div div > div div > div div ~ div div", arena,
               &list);
    assert_int_equal(list.count, 0);
}
