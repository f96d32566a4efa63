/* layout_test.c - layout facts: found by element, and kept by a HAR.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "model/har.h"
#include "unit.h"

void test_layout__contrast_is_that_of_wcag(void)
{
    assert_true(fabs(color_contrast(0x000000ff, 0xffffffff) - 21.0) < 1e-9);
    /* #767676 on white is the usual example of 4.54:1. */
    assert_true(fabs(color_contrast(0x767676ff, 0xffffffff) - 4.54) < 0.005);
    assert_true(color_contrast(0x123456ff, 0x123456ff) == 1.0);
}

void test_layout__finds_an_element_or_says_that_it_had_no_box(void)
{
    LayoutNode nodes[] = {{.element = 2}, {.element = 5}, {.element = 9}};
    Layout layout = {.nodes = nodes, .count = 3};
    assert_ptr_equal(layout_at(&layout, 5), &nodes[1]);
    assert_ptr_equal(layout_at(&layout, 9), &nodes[2]);
    assert_null(layout_at(&layout, 3));
    assert_null(layout_at(NULL, 3));
}

static Visit *laid_out(Arena *arena)
{
    static LayoutNode nodes[] = {{.element = 3,
                                  .x = 10.5F,
                                  .y = 20,
                                  .width = 100,
                                  .height = 44,
                                  .flags = LAYOUT_VISIBLE | LAYOUT_CONTROL,
                                  .font_size = 16,
                                  .color = 0x112233ff,
                                  .background = 0xffffffff,
                                  .contrast = 15.91F,
                                  .z_index = -2,
                                  .family = 0,
                                  .covered_by = 7,
                                  .characters = 12}};
    static const char *families[] = {"Georgia"};
    static Layout layout = {.viewport_width = 412,
                            .viewport_height = 823,
                            .document_width = 412,
                            .document_height = 3000.5,
                            .families = families,
                            .family_count = 1,
                            .nodes = nodes,
                            .count = 1};
    Visit *visit = visit_create(arena);
    visit->site = "http://127.0.0.1/";
    Page *page = visit_add_page(visit);
    page->url = page->requested = page->title = "http://127.0.0.1/";
    page->layout = &layout;
    observation_add(arena, &page->observations, "axe.color-contrast", NAN, "too pale", 3);
    observation_add(arena, &page->observations, "consent.clicks", 2, NULL, -1);
    observation_add(arena, &page->observations, "axe.color-contrast", NAN, "grey", 4);
    return visit;
}

static Visit *written_and_read(Arena *arena, const Visit *visit)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, 1 << 20);
    Error err = {0};
    assert_true(har_write(visit, false, &out, &err));
    char path[] = "/tmp/mystery-layout-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, buf_str(&out), &err));
    Visit *read = NULL;
    assert_true(har_read(arena, path, &read, &err));
    unlink(path);
    return read;
}

void test_layout__survives_a_har(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *read = written_and_read(arena, laid_out(arena));
    const Layout *layout = read->pages[0]->layout;
    assert_non_null(layout);
    assert_int_equal(layout->viewport_height, 823);
    assert_true(layout->document_height == 3000.5);
    assert_string_equal(layout->families[0], "Georgia");
    const LayoutNode *node = layout_at(layout, 3);
    assert_non_null(node);
    assert_true(node->x == 10.5F && node->height == 44.0F && node->z_index == -2);
    assert_int_equal(node->flags, LAYOUT_VISIBLE | LAYOUT_CONTROL);
    assert_int_equal(node->color, 0x112233ff);
    assert_int_equal(node->covered_by, 7);
    assert_int_equal(node->characters, 12);
}

void test_layout__observations_of_one_name_are_several_places(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *read = written_and_read(arena, laid_out(arena));
    const Observations *list = &read->pages[0]->observations;
    const Observation *first = observation_first(list, "axe.color-contrast");
    assert_non_null(first);
    assert_true(isnan(first->value) && first->element == 3);
    const Observation *second = observation_next(list, first);
    assert_non_null(second);
    assert_string_equal(second->text, "grey");
    assert_null(observation_next(list, second));
    assert_true(observation_first(list, "consent.clicks")->value == 2.0);
}
