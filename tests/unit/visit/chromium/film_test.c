/* film_test.c - pages filmed while they come into being, in a real browser. Tests film.c,
 * movie.c.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "unit.h"
#include "visit.h"
#include "visit/chromium/chromium.h"

static bool films(const TestVisit *test)
{
    return chromium_of(test->visitor)->film != NULL;
}

/* A fifth of the screen is there at once, the rest 0.4 s later. */
void test_film__a_page_that_fills_in_stages_has_a_later_index(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    if (!films(&test)) {
        test_visit_close(&test);
        skip();
    }
    test_visit_go(&test, "/film/stages.html");
    const double *metrics = test.visitor->page->metrics;
    assert_true(metrics[METRIC_SPEED_INDEX] > metrics[METRIC_FCP] + 100);
    assert_true(metrics[METRIC_SPEED_INDEX] < metrics[METRIC_FCP] + 20000);
    test_visit_press(&test, "on");
    assert_int_equal(test.move.result, MOVE_PAGE);
    /* What the page before showed is no progress of this one. */
    metrics = test.visitor->page->metrics;
    assert_true(!(metrics[METRIC_SPEED_INDEX] < 0));
    test_visit_close(&test);
}

void test_film__frames_of_the_strip_are_saved(void)
{
    TestVisit test;
    char folder[] = "/tmp/mystery-film-XXXXXX";
    test_visit_open(&test, NULL);
    if (!films(&test)) {
        test_visit_close(&test);
        skip();
    }
    assert_non_null(mkdtemp(folder));
    ChromiumVisitor *visitor = chromium_of(test.visitor);
    visitor->options.screenshots = arena_printf(test.arena, "%s/shot", folder);
    visitor->options.screenshots_from_har = "../screenshots/";
    test_visit_go(&test, "/film/stages.html");
    const Observations *seen = &test.visitor->page->observations;
    size_t frames = 0;
    double before = -1;
    double progress = 0;
    for (size_t i = 0; i < seen->count; i++) {
        const Observation *one = &seen->items[i];
        if (strcmp(one->name, "film.progress") == 0)
            progress = one->value;
        if (strcmp(one->name, "film.frame") != 0)
            continue;
        frames++;
        assert_true(one->value >= before);
        before = one->value;
        Str bytes;
        assert_int_equal(strncmp(one->text, "../screenshots/shot-film-01-", 28), 0);
        const char *path = arena_printf(test.arena, "%s/%s", folder, one->text + 15);
        assert_true(file_read(test.arena, path, 1 << 20, &bytes, NULL));
        assert_memory_equal(bytes.data, "\xff\xd8\xff", 3);
        unlink(path);
    }
    if (frames < 2)
        fail_msg("%zu frames, %.2f, %.0f after %.0f ms", frames, progress,
                 test.visitor->page->metrics[METRIC_SPEED_INDEX],
                 test.visitor->page->metrics[METRIC_FCP]);
    assert_true(progress > 0.99);
    unlink(arena_printf(test.arena, "%s/shot-01.jpg", folder));
    test_visit_close(&test);
    rmdir(folder);
}

void test_film__a_visit_becomes_a_film(void)
{
    TestVisit test;
    char folder[] = "/tmp/mystery-film-XXXXXX";
    test_visit_open(&test, NULL);
    if (!films(&test)) {
        test_visit_close(&test);
        skip();
    }
    assert_non_null(mkdtemp(folder));
    Arena *arena = arena_create();
    const char *path = arena_printf(arena, "%s/shot.webm", folder);
    ChromiumVisitor *visitor = chromium_of(test.visitor);
    visitor->options.video = path;
    visitor->options.screenshots_from_har = "../screenshots/";
    test_visit_go(&test, "/film/stages.html");
    visitor_close(&test.visitor);
    const Observation *film =
        observation_first(&test.visit->pages[0]->observations, "film.video");
    assert_non_null(film);
    assert_string_equal(film->text, "../screenshots/shot.webm");
    assert_true(film->value > 1 && film->value < 20);
    Str bytes;
    assert_true(file_read(arena, path, 1 << 22, &bytes, NULL));
    assert_memory_equal(bytes.data, "\x1a\x45\xdf\xa3", 4);
    assert_true(bytes.length > 1000);
    unlink(path);
    rmdir(folder);
    arena_release(arena);
    server_stop(&test.server);
    arena_release(test.arena);
}
