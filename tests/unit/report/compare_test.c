/* compare_test.c - promises of report/compare, compare_write.c, compare_sarif.c and
 * history.c: every format of a comparison, the page of trends, both languages, nothing
 * foreign unescaped.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/json.h"
#include "report/compare.h"
#include "report/history.h"
#include "score/compare.h"
#include "score/trend.h"
#include "snapshots.h"
#include "unit.h"

static const char *const folders[] = {"reports", NULL};

static const char *written(Arena *arena, const char *format, const char *language,
                           const CompareTelling *telling)
{
    AUTO(buf_release) Buf out = {0};
    ReportOptions options = {.language = language, .folders = folders};
    Error err = {0};
    const CompareFormat *row = compare_formats();
    while (strcmp(row->name, format) != 0)
        row++;
    buf_init(&out, 4 << 20);
    if (!row->write(telling, &options, &out, &err))
        fail_msg("%s: %s: %s", format, err.where, err.what);
    return arena_text(arena, buf_text(&out));
}

static void compared(Arena *arena, Comparison *comparison)
{
    const CompareDesign design = {.is_interleaved = true, .session_sd = NAN};
    const Snapshot *before =
        sample_snapshot(arena, "a<script>.example", SAMPLE_TIME_US, 11, NULL);
    Snapshot *after = sample_snapshot(arena, "b\"&.example", SAMPLE_TIME_US + 1, 11, NULL);
    for (size_t p = 0; p < after->page_count; p++)
        if (after->pages[p].kind == PAGE_CART)
            after->pages[p].metrics[METRIC_TTFB] *= 1.5;
    after->findings[0].rounds = "fffffffffff";
    after->findings[0].outcome = FINDING_FAIL;
    after->findings[0].page = "cart";
    after->prices[0].price = 70;
    after->prices[0].name = "<img src=x>";
    compare_snapshots(arena, before, after, &design, comparison);
}

void test_compare__every_format_names_what_changed(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Comparison comparison;
    compared(arena, &comparison);
    CompareTelling telling = {&comparison, NULL, "a reason"};
    const char *html = written(arena, "html", "en", &telling);
    assert_non_null(strstr(html, "Slower than before."));
    assert_non_null(strstr(html, "cart-add-works"));
    assert_null(strstr(html, "<script>"));
    assert_null(strstr(html, "<img src=x>"));
    assert_non_null(strstr(written(arena, "html", "fr", &telling), "Plus lent"));
    assert_non_null(strstr(written(arena, "markdown", "en", &telling), "**worse**"));
    const char *junit = written(arena, "junit", "en", &telling);
    assert_non_null(strstr(junit, "<failure type=\"regression\""));
    assert_non_null(strstr(junit, "cart page, step openCart: ttfb_ms 1000 -&gt; 1500 ms"));
    assert_non_null(strstr(written(arena, "csv", "en", &telling),
                           "\"ttfb_ms\",\"1000\",\"1500\",\"1.5"));
    JsonFile file;
    Error err = {0};
    assert_true(json_parse(arena, "x", str_of(written(arena, "json", "en", &telling)),
                           &file, &err));
    assert_string_equal(json_text(json_get(file.root, "word"), ""), "worse");
    assert_int_equal(json_count(json_get(file.root, "times")), 4);
}

void test_compare__a_time_is_one_line(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Comparison comparison;
    compared(arena, &comparison);
    for (size_t i = 0; i < comparison.time_count; i++)
        if (comparison.times[i].kind == PAGE_CART && comparison.times[i].is_primary)
            assert_string_equal(
                compare_time_line(arena, &comparison.times[i]),
                "cart page, step openCart: ttfb_ms 1000 -> 1500 ms, ratio 1.50 "
                "(95 % 1.50 to 1.50), p 0.0000");
}

void test_compare_write__a_terminal_gets_no_control_characters(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    ReportOptions options = {.language = "en", .folders = folders};
    Comparison comparison;
    Error err = {0};
    compared(arena, &comparison);
    Snapshot hostile = *comparison.before;
    hostile.site = "https://\033[31mred/";
    comparison.before = &hostile;
    CompareTelling telling = {&comparison, NULL, NULL};
    buf_init(&out, 1 << 20);
    assert_true(compare_text(&telling, &options, &out, &err));
    assert_null(strchr(buf_text(&out), '\033'));
    assert_non_null(strstr(buf_text(&out), "worse"));
}

void test_history__a_page_shows_series_with_their_changes(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    double values[40];
    int64_t times[40];
    HistoryRow rows[40];
    HistorySeries series = {.kind = SERIES_TIME,
                            .page = "checkout address",
                            .engine = "http",
                            .metric = "ttfb_ms",
                            .values = values,
                            .times = times,
                            .count = 40};
    SnapPrice price = {"/p", "<b>Vase", "EUR", 64, 80, SAMPLE_TIME_US};
    Error err = {0};
    for (int i = 0; i < 40; i++) {
        values[i] = (i < 20 ? 1000 : 2000) + i % 3;
        times[i] = SAMPLE_TIME_US + i * 86400000000LL;
        rows[i] = (HistoryRow){.name = "n", .host = "h", .place = "", .grid = "g 1"};
        rows[i].started_us = times[i];
        rows[i].score = rows[i].satisfaction = rows[i].recommendation = NAN;
        rows[i].effort = rows[i].completion = NAN;
    }
    trend_changes(&series);
    assert_int_equal(series.change_count, 1);
    History shop = {.host = "shop<x>.example", .rows = rows, .row_count = 40};
    shop.series = &series;
    shop.series_count = 1;
    shop.prices = &price;
    shop.price_count = 1;
    ReportOptions options = {.language = "en", .folders = folders};
    buf_init(&out, 4 << 20);
    if (!history_html(&shop, 1, &options, &out, &err))
        fail_msg("%s: %s", err.where, err.what);
    const char *html = buf_text(&out);
    assert_non_null(strstr(html, "shop&lt;x&gt;.example"));
    assert_null(strstr(html, "<b>Vase"));
    assert_non_null(strstr(html, "(95"));
    assert_non_null(strstr(html, "21 January 2026"));
    assert_null(strstr(html, "NaN"));
    buf_clear(&out);
    assert_true(history_text(&shop, 1, &options, &out, &err));
    assert_non_null(strstr(buf_text(&out), "2026-01-01 00:00"));
    buf_clear(&out);
    assert_true(history_json(&shop, 1, &out, &err));
    assert_non_null(strstr(buf_text(&out), "\"score\": null"));
}
