/* html_test.c - the page is whole, says no more than the findings, and cannot be broken.
 *
 * Tests html.c, value.c, view.c, view_verdict.c, view_story.c, view_step.c, view_advice.c,
 * view_evidence.c, view_measures.c, view_method.c, view_pictures.c, view_seen.c,
 * view_way.c and view_sheet.c.
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

void test_html__draws_the_way_of_each_visitor_and_says_it(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = fixture_audit(arena);
    const char *page = fixture_write(arena, audit, "html", "en");
    const char *way = strstr(page, "class=\"way\"");

    assert_non_null(way);
    assert_int_equal(count_of(page, "class=\"wr\""),
                     count_of(page, "<article class=\"step"));
    assert_non_null(strstr(way, "class=\"w-end k-"));
    assert_non_null(strstr(way, "Arrival"));
    assert_non_null(strstr(way, " → "));
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

/* The page of an audit for an agency. */
static const char *branded(Arena *arena, const Brand *brand)
{
    static const char *const folders[] = {"reports", NULL};
    ReportOptions options = {.language = "en", .folders = folders, .brand = *brand};
    Buf out = {0};
    Error err = {0};
    const char *page = NULL;

    buf_init(&out, 4 << 20);
    if (!report_format("html")->write(fixture_audit(arena), &options, &out, &err))
        fail_msg("%s", err.what);
    page = arena_text(arena, buf_text(&out));
    buf_release(&out);
    return page;
}

void test_html__carries_an_agencys_name_logo_and_colour(void)
{
    static const char png[] =
        "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08\0\0\0\x04\x08\x06\0\0\0";
    AUTO(arena_auto) Arena *arena = arena_create();
    Brand brand = {.name = "Studio <Carmin>",
                   .color = "#7b2c6e",
                   .text = "Ordered & paid",
                   .logo = str_from(png, sizeof png - 1)};
    const char *page = branded(arena, &brand);

    assert_non_null(strstr(page, "Studio &lt;Carmin&gt;"));
    assert_non_null(strstr(page, "--brand:#7b2c6e"));
    assert_non_null(strstr(page, "Ordered &amp; paid"));
    assert_non_null(strstr(page, "width=\"8\" height=\"4\" src=\"data:image/png;base64,"));
    assert_null(strstr(page, "<b>Mystery</b>"));
}

void test_html__takes_no_style_from_a_brand(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Brand brand = {.name = "x", .color = "red}*{x:y", .logo = STR("<svg/>")};
    const char *page = branded(arena, &brand);

    assert_null(strstr(page, "x:y"));
    assert_null(strstr(page, "--brand"));
    assert_null(strstr(page, "src="));
}

void test_html__says_of_a_product_nobody_opened_that_it_is_unseen(void)
{
    static const char *const folders[] = {"reports", NULL};
    AUTO(arena_auto) Arena *arena = arena_create();
    ReportOptions options = {.language = "en", .folders = folders, .product = "Zeppelin"};
    AUTO(buf_release) Buf out = {0};

    buf_init(&out, 4 << 20);
    assert_true(report_format("html")->write(fixture_audit(arena), &options, &out, NULL));
    assert_non_null(strstr(buf_text(&out), "id=\"product\""));
    assert_non_null(strstr(buf_text(&out), "“Zeppelin” was not met on these visits"));
}
