/* site_test.c - a crawled shop told in all formats and both languages. Tests site_write.c
 * too. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/json.h"
#include "report/site.h"
#include "unit.h"

static const char *const folders[] = {"reports", NULL};

/* Hostile texts everywhere. */
static SiteReport *sample(Arena *arena)
{
    SiteReport *report = ARENA_NEW(arena, SiteReport);
    Grid *grid = ARENA_NEW(arena, Grid);
    Rule *made = ARENA_NEW(arena, Rule);
    made->id = "seo-title";
    made->impact = IMPACT_MAJOR;
    grid->id = "g";
    grid->version = "1";
    SiteTemplate template = {.kind = PAGE_PRODUCT,
                             .shape = "/p/{s}<script>",
                             .pages = 12,
                             .wait_ms = 40,
                             .bytes = NAN,
                             .example = "https://s.example/p/1"};
    SiteExample example = {.url = "https://s.example/</script><b>",
                           .source = "https://s.example/\"x",
                           .detail = "=404",
                           .key = "",
                           .places = 3};
    *report = (SiteReport){.arena = arena,
                           .site = "https://s.example/",
                           .host = "s.example",
                           .tool_version = "0",
                           .grid = grid,
                           .grid_id = "g",
                           .grid_version = "1",
                           .fetched = 1200,
                           .pages = 1200,
                           .is_complete = true,
                           .has_rules = true};
    ARENA_PUSH(arena, report->templates, report->template_count, report->template_capacity,
               template);
    for (int i = 0; i < TOPIC_COUNT; i++) {
        report->questions[i].topic = (SiteTopic)i;
        report->questions[i].outcome = FINDING_PASS;
        report->questions[i].total = 5;
    }
    SiteQuestion *dead = &report->questions[TOPIC_LINKS_OWN];
    dead->outcome = FINDING_FAIL;
    dead->count = 30;
    dead->total = 1200;
    ARENA_PUSH(arena, dead->examples, dead->example_count, dead->example_capacity, example);
    site_tally(report, dead, 0, 3);
    report->questions[TOPIC_ORPHANS].outcome = FINDING_CANNOT_TELL;
    report->questions[TOPIC_ORPHANS].reason = "not every page was looked at";
    SiteRule missed = {.rule = made, .failed = 3, .seen = 12};
    ARENA_PUSH(arena, report->rules, report->rule_count, report->rule_capacity, missed);
    SitePassed passed = {"variant", "/c/{s}?color", 4000, "https://s.example/c/x?color=1"};
    ARENA_PUSH(arena, report->passed, report->passed_count, report->passed_capacity,
               passed);
    return report;
}

static const char *told(Arena *arena, const char *name, const char *language)
{
    AUTO(buf_release) Buf out = {0};
    ReportOptions options = {.language = language, .folders = folders};
    Error error = {0};
    buf_init(&out, 4 << 20);
    for (const SiteFormat *format = site_formats(); format->name; format++)
        if (strcmp(format->name, name) == 0 &&
            !format->write(sample(arena), &options, &out, &error))
            fail_msg("%s", error.what);
    return arena_text(arena, buf_text(&out));
}

void test_site__the_page_escapes_what_the_shop_wrote(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *html = told(arena, "html", "en");
    assert_null(strstr(html, "<script>"));
    assert_null(strstr(html, "</script><b>"));
    assert_non_null(strstr(html, " pages looked at, "));
    assert_non_null(strstr(html, "30 of 1"));
    assert_non_null(strstr(html, "one of many views of one list"));
}

void test_site__speaks_french(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *html = told(arena, "html", "fr");
    assert_non_null(strstr(html, "lang=\"fr\""));
    assert_non_null(strstr(html, "Les liens internes mènent quelque part"));
    assert_non_null(strstr(html, "toutes les pages n’ont pas été vues"));
    assert_null(strstr(html, "crawl."));
}

void test_site_write__json_reads_back(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file;
    assert_true(
        json_parse(arena, "crawl.json", str_of(told(arena, "json", "en")), &file, NULL));
    assert_string_equal(json_text(json_get(file.root, "schema"), ""), "mystery-crawl/1");
    assert_int_equal(json_count(json_get(file.root, "questions")), TOPIC_COUNT);
    assert_string_equal(
        json_text(json_at(json_first(json_get(file.root, "questions")), "outcome"), ""),
        "fail");
}

void test_site_write__markdown_and_junit_escape(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *junit = told(arena, "junit", "en");
    assert_null(strstr(told(arena, "markdown", "en"), "<b>"));
    assert_null(strstr(junit, "<b>"));
    assert_non_null(strstr(junit, "failures=\"1\""));
    assert_non_null(strstr(junit, "<skipped/>"));
}

void test_site_write__rows_name_kinds_and_defuse_formulas(void)
{
    AUTO(buf_release) Buf out = {0};
    const char *cells[16] = {"https://s.example/",
                             "200",
                             "",
                             "4",
                             "/p",
                             "1",
                             "0",
                             "=1+1",
                             "",
                             "",
                             "",
                             "",
                             "",
                             "4",
                             "0",
                             ""};
    buf_init(&out, 4096);
    site_csv_row(&out, cells, 16);
    assert_non_null(strstr(buf_text(&out), "\"product\""));
    assert_non_null(strstr(buf_text(&out), "\"variant\""));
    assert_non_null(strstr(buf_text(&out), "\"'=1+1\""));
}

void test_site__the_terminal_names_faults_first_hand(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    ReportOptions options = {.language = "en", .folders = folders};
    buf_init(&out, 1 << 20);
    assert_true(site_text(sample(arena), &options, &out, NULL));
    assert_non_null(strstr(buf_text(&out), "✗ Links inside the shop"));
    assert_non_null(strstr(buf_text(&out), "=404"));
}
