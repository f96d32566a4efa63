/* html_test.c - the page is whole, says no more than the findings, and cannot be broken.
 *
 * Tests html.c, value.c, view.c, view_verdict.c, view_story.c, view_step.c, view_advice.c,
 * view_evidence.c, view_measures.c, view_method.c, view_pictures.c and view_seen.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fixture.h"
#include "unit.h"

enum { PAGE_LIMIT = 600000 };

static int count_of(const char *text, const char *part)
{
    int count = 0;

    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        count++;
    return count;
}

void test_html__is_one_page_without_requests(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *page = fixture_write(arena, fixture_audit(arena), "html", "en");

    assert_true(strlen(page) < PAGE_LIMIT);
    assert_null(strstr(page, "src="));
    assert_null(strstr(page, "@import"));
    assert_null(strstr(page, " style="));
    assert_null(strstr(page, "<link"));
    assert_int_equal(count_of(page, "<script"), 1);
    assert_int_equal(count_of(page, "</html>"), 1);
}

void test_html__leaves_no_place_unfilled(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *const languages[] = {"en", "fr"};
    Audit *audits[] = {fixture_audit(arena), fixture_scripts(arena),
                       fixture_unreachable(arena), fixture_pages(arena)};

    for (size_t i = 0; i < COUNT_OF(audits); i++) {
        for (size_t l = 0; l < COUNT_OF(languages); l++) {
            const char *page = fixture_write(arena, audits[i], "html", languages[l]);
            const char *body = strstr(page, "<body>");
            const char *script = strstr(page, "<script>");
            assert_non_null(body);
            assert_non_null(script);
            body = arena_printf(arena, "%.*s", (int)(script - body), body);
            assert_null(strstr(body, "{{"));
            assert_null(strchr(body, '{'));
            assert_null(strstr(body, "ui."));
            assert_null(strstr(body, "nan"));
        }
    }
}

void test_html__is_the_same_byte_for_byte(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(fixture_write(arena, fixture_audit(arena), "html", "fr"),
                        fixture_write(arena, fixture_audit(arena), "html", "fr"));
}

void test_html__gives_no_mark_when_inconclusive(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *page = fixture_write(arena, fixture_unreachable(arena), "html", "en");

    assert_null(strstr(page, "/ 100"));
    assert_non_null(strstr(page, "Inconclusive"));
}

void test_html__tells_what_lay_over_the_page(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = fixture_audit(arena);
    Page *page = audit->visits[0]->pages[0];
    const char *html = NULL;

    observation_add(arena, &page->observations, "obstacle.newsletter", 0.42, "Join us", -1);
    observation_add(arena, &page->observations, "obstacle.clicks", 2, "newsletter", -1);
    observation_add(arena, &page->observations, "lcp.element", 3200, "hero.jpg", -1);
    html = fixture_write(arena, audit, "html", "en");
    assert_non_null(strstr(
        html, "a newsletter window covers 42% of the screen; 2 clicks clear it away."));
    assert_non_null(strstr(html, "The largest content, “hero.jpg”, was painted after"));
}

void test_html__says_the_browser_once(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = fixture_audit(arena);
    const char *html = NULL;

    for (size_t v = 0; v < audit->visit_count; v++) {
        audit->visits[v]->engine = "chromium";
        audit->visits[v]->engine_version = "Chromium 156.0";
    }
    html = fixture_write(arena, audit, "html", "en");
    assert_non_null(strstr(html, "Chromium 156.0"));
    assert_null(strstr(html, "Chromium Chromium"));
}
