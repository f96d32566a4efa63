/* benchmark_test.c - a league told in all formats. Tests benchmark_write.c too.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/json.h"
#include "report/benchmark.h"
#include "unit.h"

static const char *const folders[] = {"reports", NULL};

static Benchmark *sample(Arena *arena)
{
    static const char *tags[] = {"=tag", "fr", NULL};
    Benchmark *benchmark = ARENA_NEW(arena, Benchmark);
    Grid *grid = ARENA_NEW(arena, Grid);
    grid->version = "1";
    *benchmark = (Benchmark){.arena = arena,
                             .name = "<b>Lamps</b>",
                             .tool_version = "0",
                             .grid = grid,
                             .planned = 11,
                             .block_count = 1,
                             .friedman_p = 0.01,
                             .shop_count = 2};
    benchmark->shops = ARENA_ARRAY(arena, 2, LeagueShop);
    for (int s = 0; s < 2; s++) {
        LeagueShop *shop = &benchmark->shops[s];
        shop->panel =
            (PanelShop){.url = "https://s.example/", .group = "<i>", .tags = tags};
        shop->name = s ? "broken.example" : "=good.example";
        shop->score = shop->rank = NAN;
        shop->interval = shop->rank_interval = (Interval){NAN, NAN};
        shop->blocks = ARENA_ARRAY(arena, 1, double);
        for (int d = 0; d < DIMENSION_COUNT; d++)
            shop->dimensions[d] = NAN;
    }
    benchmark->shops[0].score = 71;
    benchmark->shops[0].interval = (Interval){68, 73};
    benchmark->shops[0].rank = 1;
    benchmark->shops[0].rank_interval = (Interval){1, 2};
    benchmark->shops[0].tier = 1;
    benchmark->shops[1].failure = "no visit was made";
    return benchmark;
}

static const char *told(Arena *arena, const char *name, const char *language)
{
    AUTO(buf_release) Buf out = {0};
    ReportOptions options = {.language = language, .folders = folders};
    Error error = {0};
    buf_init(&out, 4 << 20);
    if (!benchmark_format(name)->write(sample(arena), &options, &out, &error))
        fail_msg("%s", error.what);
    return arena_text(arena, buf_text(&out));
}

void test_benchmark__the_page_tells_places_and_failures(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *english = told(arena, "html", "en"), *french = told(arena, "html", "fr");
    assert_null(strstr(english, "<b>Lamps"));
    assert_null(strstr(english, "<i>"));
    assert_non_null(strstr(english, "71 (68"));
    assert_non_null(strstr(english, "no visit was made"));
    assert_non_null(strstr(french, "aucune visite n’a été faite"));
    assert_null(strstr(french, "benchmark."));
}

void test_benchmark_write__json_says_null_where_nothing_is_known(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file;
    assert_true(json_parse(arena, "b", str_of(told(arena, "json", "en")), &file, NULL));
    const Json *shop = json_first(json_get(file.root, "shops"));
    assert_near(json_number(json_get(shop, "rank"), 0), 1, 0);
    assert_int_equal(json_count(json_get(shop, "rank_interval")), 2);
    shop = json_next(shop);
    assert_true(json_is_null(json_get(shop, "rank")));
    assert_true(json_is_null(json_get(shop, "score")));
    assert_true(json_is_null(json_get(shop, "rank_interval")));
}

void test_benchmark_write__csv_defuses_formulas(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *csv = told(arena, "csv", "en");
    assert_non_null(strstr(csv, "\"'=good.example\""));
    assert_non_null(strstr(csv, "no visit was made"));
}

void test_benchmark__the_terminal_has_a_line_a_shop(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    ReportOptions options = {.language = "en", .folders = folders};
    buf_init(&out, 1 << 20);
    assert_true(benchmark_text(sample(arena), &options, &out, NULL));
    assert_non_null(strstr(buf_text(&out), "1 (1"));
    assert_non_null(strstr(buf_text(&out), "broken.example: no visit was made"));
}
