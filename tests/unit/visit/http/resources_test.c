/* resources_test.c - what a page makes a browser fetch: its markup (resources.c), its
 * sheets (sheet.c), its fonts (fonts.c).
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/html.h"
#include "unit.h"
#include "visit/http/resources.h"

static const Persona PHONE = {.width = 400, .height = 800, .pixel_ratio = 2};

static const char BASE[] = "http://shop.example/p/";

/** The page at url with a sheet of css (from /css/a.css) already read. */
static ResourceList *list_at(Arena *arena, const char *url, const char *html,
                             const char *css)
{
    HttpVisitor *visitor = ARENA_NEW(arena, HttpVisitor);
    Shown *shown = ARENA_NEW(arena, Shown);
    Error err = {0};
    visitor->arena = arena;
    visitor->base.persona = &PHONE;
    shown->url = url;
    assert_true(html_parse(arena, str_of(html), "text/html; charset=utf-8", url, NULL,
                           &shown->document, &err));
    ResourceList *list = resources_create(visitor, shown);
    resources_find(list);
    if (css)
        sheet_scan(list, str_of(css), "http://shop.example/css/a.css", 0);
    fonts_choose(list);
    return list;
}

static ResourceList *list_of(Arena *arena, const char *html, const char *css)
{
    return list_at(arena, BASE, html, css);
}

/** "stylesheet /a.css 0 blocking\n..." without the icon. */
static const char *text_of(Arena *arena, const ResourceList *list)
{
    const char *text = "";
    for (size_t i = 0; i < list->count; i++) {
        const Resource *resource = list->items[i];
        if (strstr(resource->url, "favicon.ico"))
            continue;
        const char *url = strncmp(resource->url, "http://shop.example", 19) == 0
                              ? resource->url + 19
                              : resource->url;
        text = arena_printf(
            arena, "%s%s %s %d%s%s%s\n", text, resource_type_name(resource->type), url,
            resource->priority, resource->is_blocking ? " blocking" : "",
            resource->is_late ? " late" : "", resource->is_cors ? " cors" : "");
    }
    return text;
}

static void assert_found(const char *html, const char *css, const char *expected)
{
    Arena *arena = arena_create();
    assert_string_equal(text_of(arena, list_of(arena, html, css)), expected);
    arena_release(arena);
}

void test_resources__finds_sheets(void)
{
    assert_found(
        "<link rel=stylesheet href=/a.css><link rel='STYLESHEET' href=b.css "
        "media=print><link rel='alternate stylesheet' href=c.css>"
        "<link rel=stylesheet href=d.css disabled>"
        "<link rel=stylesheet href=e.css media='(min-width: 900px)'>",
        NULL,
        "stylesheet /a.css 0 blocking\nstylesheet /p/b.css 4\nstylesheet /p/c.css 4\n"
        "stylesheet /p/e.css 4\n");
}

void test_resources__finds_scripts(void)
{
    assert_found(
        "<head><script src=/a.js></script><script src=/b.js defer></script>"
        "<script src=/c.js type=module></script><script src=/d.js nomodule></script>"
        "<script src=/e.js type=text/template></script></head>"
        "<body><script src=/f.js></script>",
        NULL,
        "script /a.js 1 blocking\nscript /b.js 3\nscript /c.js 3 cors\n"
        "script /f.js 2\n");
}

void test_resources__finds_images_and_frames(void)
{
    assert_found(
        "<img src=/a.png><img src=/a.png#x><img srcset='/b.png 1x, /c.png 2x'>"
        "<img src=/lazy.png loading=lazy><img src='data:image/gif;base64,R0'>"
        "<video poster=/v.jpg></video><input type=image src=/i.png>"
        "<input src=/no.png><iframe src=http://other.example/f></iframe>"
        "<div style='background: url(\"/bg.png\")'></div><object data=/o.svg></object>",
        NULL,
        "image /a.png 3\nimage /c.png 3\nimage /lazy.png 4 late\nimage /v.jpg 3\n"
        "image /i.png 3\ndocument http://other.example/f 2\nimage /bg.png 3\n"
        "other /o.svg 4\n");
}

void test_resources__leaves_noscript_and_templates_out(void)
{
    assert_found("<body><noscript><img src=/n.png><div><img src=/m.png></div></noscript>"
                 "<template><img src=/t.png></template><img src=/a.png>",
                 NULL, "image /a.png 3\n");
}

void test_resources__finds_preloads(void)
{
    assert_found("<link rel=preload as=font href=/f.woff2 crossorigin>"
                 "<link rel=preload as=image imagesrcset='/a.png 1x, /b.png 2x'>"
                 "<link rel=modulepreload href=/m.js><link rel=prefetch href=/next.html>",
                 NULL, "font /f.woff2 1 cors\nimage /b.png 3\nscript /m.js 2 cors\n");
}

void test_resources__resolves_against_the_base(void)
{
    assert_found(
        "<base href=http://cdn.example/x/><img src=a.png><img src=//i.example/b.png>", NULL,
        "image http://cdn.example/x/a.png 3\nimage http://i.example/b.png 3\n");
}

void test_resources__takes_the_icon_named_last(void)
{
    Arena *arena = arena_create();
    const ResourceList *list = list_of(
        arena, "<link rel=icon href=/a.ico><link rel='shortcut icon' href=/b.svg>", "");
    assert_int_equal(list->count, 1);
    assert_string_equal(list->items[0]->url, "http://shop.example/b.svg");
    assert_true(list->items[0]->is_late);
    arena_release(arena);
}

void test_resources__mixed_content_is_as_in_browsers(void)
{
    Arena *arena = arena_create();
    const ResourceList *list = list_at(arena, "https://shop.example/",
                                       "<body><img src=http://cdn.example/a.png>"
                                       "<script src=http://cdn.example/b.js></script>"
                                       "<script src=http://127.0.0.1/c.js></script>",
                                       NULL);
    assert_string_equal(text_of(arena, list), "image https://cdn.example/a.png 3\n"
                                              "script http://127.0.0.1/c.js 2\n");
    arena_release(arena);
}

/* ---- sheets ---- */

void test_resources__a_sheet_imports_where_its_media_hold(void)
{
    assert_found("<p>",
                 "@charset 'utf-8'; @import 'b.css'; @import url(c.css) print;"
                 "@import url(\"d.css\") layer(x) (max-width: 600px);",
                 "stylesheet /css/b.css 0 blocking\nstylesheet /css/d.css 0 blocking\n");
}

void test_resources__a_rule_loads_its_image_when_it_matches(void)
{
    assert_found("<div class=hero><a href=#>x</a></div>",
                 "/* .x{background:url(no.png)} */"
                 ".hero{background:#fff url('../i/hero.png') no-repeat}"
                 ".gone{background-image:url(gone.png)}"
                 "a:hover{background:url(hover.png)}"
                 "a::before{content:url(before.png)}"
                 ".gone,.hero>a{background-image:url(  \"link.png\"  )}"
                 ".hero{background:url(data:image/png;base64,AA==)}"
                 ".hero{width:1px;.inner{background:url(nested.png)}}",
                 "image /i/hero.png 3\nimage /css/before.png 3\nimage /css/link.png 3\n");
}

void test_resources__rules_count_where_their_media_hold(void)
{
    assert_found(
        "<p>x",
        "@media print{p{background:url(print.png)}}"
        "@media (max-width:600px){@supports (display:grid){p{background:url(a.png)}}}"
        "@keyframes k{from{background:url(k.png)}}"
        "@supports not (display:grid){p{background:url(old.png)}}",
        "image /css/a.png 3\n");
}

void test_resources__fonts_are_those_that_the_text_needs(void)
{
    assert_found("<h1>Prix</h1><p>é",
                 "@font-face{font-family:Shop;src:local('Shop'),url(s.eot)"
                 " format('embedded-opentype'),url(s.woff2) format('woff2'),url(s.ttf)}"
                 "@font-face{font-family:'Shop';font-weight:700;src:url(bold.woff2)}"
                 "@font-face{font-family:Shop;font-weight:300;src:url(light.woff2)}"
                 "@font-face{font-family:Shop;font-style:italic;src:url(italic.woff2)}"
                 "@font-face{font-family:Shop;unicode-range:U+0400-04FF;src:url(cyr.woff2)}"
                 "@font-face{font-family:Other;src:url(other.woff2)}"
                 "body{font:14px/1.5 \"Shop\",sans-serif} .none{font-family:Other}",
                 "font /css/s.woff2 1 cors\nfont /css/bold.woff2 1 cors\n");
}

void test_resources__hostile_sheets_end(void)
{
    Arena *arena = arena_create();
    char deep[20000];
    for (size_t i = 0; i < sizeof deep - 1; i++)
        deep[i] = "@media all{"[i % 11];
    deep[sizeof deep - 1] = '\0';
    assert_int_equal(list_of(arena, "<p>", deep)->count, 1);
    memset(deep, '(', sizeof deep - 1);
    assert_int_equal(list_of(arena, "<p>", deep)->count, 1);
    memset(deep, '{', sizeof deep - 1);
    assert_int_equal(list_of(arena, "<p>", deep)->count, 1);
    static const char *const odd[] = {"p{background:url(",
                                      "p{background:url(\"x",
                                      "@import",
                                      "@import \"",
                                      "/*",
                                      "p{",
                                      "}}}}",
                                      "p{content:'\\",
                                      "@font-face{"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        list_of(arena, "<p>", odd[i]);
    arena_release(arena);
}
