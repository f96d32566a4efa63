/* srcset_test.c - which file of an image is taken. SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "dom/html.h"
#include "unit.h"
#include "visit/http/srcset.h"

static const Persona PHONE = {.width = 400, .height = 800, .pixel_ratio = 2};
static const Persona DESKTOP = {.width = 1280, .height = 800, .pixel_ratio = 1};

void test_srcset__takes_the_density_that_suffices(void)
{
    static const struct {
        const Persona *persona;
        const char *srcset, *sizes, *src, *chosen;
    } cases[] = {
        {&DESKTOP, "a.jpg 1x, b.jpg 2x", NULL, "s.jpg", "a.jpg"},
        {&PHONE, "a.jpg 1x, b.jpg 2x", NULL, "s.jpg", "b.jpg"},
        {&PHONE, "b.jpg 2x", NULL, "s.jpg", "b.jpg"},
        {&DESKTOP, "b.jpg 2x", NULL, "s.jpg", "s.jpg"},
        {&PHONE, "s.jpg 400w, m.jpg 800w, l.jpg 1600w", NULL, "x.jpg", "m.jpg"},
        {&PHONE, "s.jpg 400w, m.jpg 800w, l.jpg 1600w", "50vw", "x.jpg", "s.jpg"},
        {&PHONE, "s.jpg 400w, m.jpg 800w", "(min-width: 900px) 50vw, 200px", "", "s.jpg"},
        {&DESKTOP, "s.jpg 400w, m.jpg 800w, l.jpg 1600w", "(min-width: 900px) 50vw, 100vw",
         NULL, "m.jpg"},
        {&PHONE, "a,b.jpg 1x,c.jpg 2x", NULL, NULL, "c.jpg"},
        {&PHONE, "one.jpg, two.jpg 2x", NULL, NULL, "two.jpg"},
        {&PHONE, "", NULL, "s.jpg", "s.jpg"},
        {&PHONE, ", ,", NULL, NULL, NULL},
    };

    Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *chosen = srcset_choose(arena, cases[i].persona, cases[i].srcset,
                                           cases[i].sizes, cases[i].src);
        if (!cases[i].chosen)
            assert_null(chosen);
        else
            assert_string_equal(chosen, cases[i].chosen);
    }
    arena_release(arena);
}

static const char *source_of(Arena *arena, const char *html)
{
    Document *document = NULL;
    Error err = {0};
    assert_true(html_parse(arena, str_of(html), "text/html", "http://shop.example/", NULL,
                           &document, &err));
    return image_source(arena, &PHONE, document_by_tag(document, "img")->items[0]);
}

void test_srcset__asks_the_sources_of_a_picture_first(void)
{
    Arena *arena = arena_create();
    assert_string_equal(
        source_of(arena, "<picture><source media='(min-width: 900px)' srcset=wide.jpg>"
                         "<source type=image/jxl srcset=new.jxl>"
                         "<source type=image/webp srcset='a.webp 1x, b.webp 2x'>"
                         "<img src=old.jpg></picture>"),
        "b.webp");
    assert_string_equal(source_of(arena, "<picture><source srcset='' ><img src=old.jpg>"),
                        "old.jpg");
    assert_null(source_of(arena, "<img alt=x>"));
    arena_release(arena);
}
