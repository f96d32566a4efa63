/* index_test.c - the site index: what is put in is found again, also by the next process.
 * Tests index_page.c and frontier.c too. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/out.h"
#include "crawl/address.h"
#include "crawl/frontier.h"
#include "unit.h"

typedef struct Bench {
    Arena *arena;
    char folder[64];
    const char *path;
    CrawlIndex *index;
    Url site;
    Frontier frontier;
} Bench;

static void bench_open(Bench *bench, Arena *arena)
{
    *bench = (Bench){.arena = arena};
    snprintf(bench->folder, sizeof bench->folder, "/tmp/mystery-index-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    bench->path = path_join(arena, bench->folder, "i.db");
    assert_true(index_open(arena, bench->path, &bench->index, NULL));
    assert_true(url_parse(arena, STR("https://s.example/"), NULL, &bench->site, NULL));
    bench->frontier =
        (Frontier){.index = bench->index, .site = &bench->site, .foreign_most = 1};
    assert_true(changing_open(arena, NULL, &bench->frontier.changing, NULL));
    assert_true(index_begin(bench->index, NULL));
}

static void bench_close(Bench *bench)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    index_close(&bench->index);
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        unlink(arena_printf(bench->arena, "%s%s", bench->path, endings[i]));
    rmdir(bench->folder);
}

static int64_t meet(Bench *bench, const char *url, unsigned flags)
{
    Meeting meeting = {.source = 1, .depth = 1, .flags = flags};
    int64_t id = 0;
    Error error = {0};
    if (!frontier_meet(&bench->frontier, url, &meeting, &id, &error))
        fail_msg("%s", error.what);
    return id;
}

/* What is taken next, as one text. */
static const char *taken(Bench *bench, bool foreign_only)
{
    AUTO(buf_release) Buf out = {0};
    UrlTask tasks[32];
    UrlTaking taking = {.most = 32, .foreign_only = foreign_only, .tasks = tasks};
    assert_true(index_take(bench->index, bench->arena, &taking, NULL));
    buf_init(&out, 8192);
    for (size_t i = 0; i < taking.count; i++)
        buf_printf(&out, "%s ", tasks[i].url);
    return arena_text(bench->arena, buf_text(&out));
}

void test_frontier__passes_over_what_must_not_be_fetched(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Bench bench;
    bench_open(&bench, arena);
    bench.frontier.robots = robots_parse(arena, STR("User-agent: *\nDisallow: /private"));
    meet(&bench, "https://s.example/a", 0);
    meet(&bench, "https://s.example/private/x", 0);
    meet(&bench, "https://s.example/?add-to-cart=1", 0);
    meet(&bench, "https://s.example/b", LINK_CHANGES);
    meet(&bench, "https://s.example/x/y/x/y/x/", 0);
    meet(&bench, "https://s.example/f.zip", LINK_DOWNLOAD);
    meet(&bench, "https://other.example/", 0);
    meet(&bench, "https://one.org/", 0);
    meet(&bench, "https://two.org/", 0);
    assert_string_equal(taken(&bench, false), "https://s.example/a https://one.org/ ");
    bench_close(&bench);
}

void test_frontier__samples_the_views_of_a_list(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Bench bench;
    IndexCounts counts;
    bench_open(&bench, arena);
    meet(&bench, "https://s.example/c/lamps", 0);
    for (int i = 0; i < 50; i++)
        meet(&bench, arena_printf(arena, "https://s.example/c/lamps?color=%d", i), 0);
    for (int i = 0; i < 50; i++)
        meet(&bench, arena_printf(arena, "https://s.example/c/lamps?page=%d", i), 0);
    for (int i = 0; i < 50; i++)
        meet(&bench, arena_printf(arena, "https://s.example/c/list%d?color=red", i), 0);
    assert_true(index_counts(bench.index, &counts, NULL));
    /* The list, three colours of it, its pages, and one colour of others up to thirty. */
    assert_int_equal(counts.waiting, 1 + 50 + FACETS_MOST);
    bench_close(&bench);
}

void test_frontier__obeys_include_and_exclude(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Bench bench;
    Regex *include[] = {NULL, NULL}, *exclude[] = {NULL, NULL};
    bench_open(&bench, arena);
    assert_true(regex_compile(arena, STR("/en/"), 0, NULL, &include[0], NULL));
    assert_true(regex_compile(arena, STR("\\.pdf$"), 0, NULL, &exclude[0], NULL));
    bench.frontier.include = include;
    bench.frontier.exclude = exclude;
    meet(&bench, "https://s.example/en/a", 0);
    meet(&bench, "https://s.example/fr/a", 0);
    meet(&bench, "https://s.example/en/a.pdf", 0);
    assert_string_equal(taken(&bench, false), "https://s.example/en/a ");
    bench_close(&bench);
}

static void page_put(Bench *bench, int64_t id, const char *title)
{
    UrlTask task = {.id = id, .shape = 1};
    UrlAnswer answer = {.status = 200, .mime = "text/html", .etag = "\"1\""};
    Digest digest = {.kind = PAGE_PRODUCT,
                     .is_html = true,
                     .failure = "",
                     .title = title,
                     .description = "",
                     .h1 = "",
                     .lang = "",
                     .canonical = "",
                     .mixed_example = ""};
    PageIds ids = {0};
    assert_true(index_done(bench->index, &task, &answer, NULL));
    assert_true(index_page(bench->index, &task, &digest, &ids, NULL));
}

void test_index__a_killed_crawl_goes_on_where_it_was(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Bench bench;
    IndexCounts counts;
    bench_open(&bench, arena);
    int64_t a = meet(&bench, "https://s.example/a", 0);
    meet(&bench, "https://s.example/b", 0);
    assert_string_equal(taken(&bench, false), "https://s.example/a https://s.example/b ");
    page_put(&bench, a, "A");
    assert_true(index_meta_set(bench.index, "site", "x", NULL));
    assert_true(index_commit(bench.index, NULL));
    index_close(&bench.index);
    assert_true(index_open(arena, bench.path, &bench.index, NULL));
    assert_string_equal(index_meta(bench.index, arena, "site"), "x");
    assert_int_equal(index_id_of(bench.index, "https://s.example/a"), a);
    assert_true(index_counts(bench.index, &counts, NULL));
    assert_int_equal(counts.pages, 1);
    assert_int_equal(counts.waiting, 1);
    /* Only what was not done is taken again. */
    assert_string_equal(taken(&bench, false), "https://s.example/b ");
    bench_close(&bench);
}

void test_index__a_second_crawl_remembers_what_servers_said(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Bench bench;
    UrlTask tasks[4];
    UrlTaking taking = {.most = 4, .tasks = tasks};
    IndexCounts counts;
    bench_open(&bench, arena);
    int64_t a = meet(&bench, "https://s.example/a", 0);
    page_put(&bench, a, "A");
    assert_true(index_commit(bench.index, NULL));
    assert_true(index_restart(bench.index, NULL));
    assert_true(index_take(bench.index, arena, &taking, NULL));
    assert_int_equal(taking.count, 1);
    assert_string_equal(tasks[0].etag, "\"1\"");
    UrlAnswer unchanged = {.status = 304, .is_unchanged = true};
    assert_true(index_done(bench.index, &tasks[0], &unchanged, NULL));
    assert_true(index_counts(bench.index, &counts, NULL));
    assert_int_equal(counts.pages, 1);
    assert_int_equal(counts.unchanged, 1);
    bench_close(&bench);
}

void test_index__is_not_taken_for_another_file(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    char folder[] = "/tmp/mystery-index-XXXXXX";
    CrawlIndex *index = NULL;
    Error error = {0};
    assert_non_null(mkdtemp(folder));
    const char *path = path_join(arena, folder, "x.db");
    assert_true(
        file_write(path, STR("no database at all, and long enough to be looked at"), NULL));
    assert_false(index_open(arena, path, &index, &error));
    index_close(&index);
    unlink(path);
    rmdir(folder);
}
