/* store_test.c - promises of store/, kept by every kind of store alike. Tests
 * postgres_save.c and postgres_read.c too, where a server is installed.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/proc.h"
#include "snapshots.h"
#include "store/store.h"
#include "stores.h"
#include "unit.h"

static Store *opened(Arena *arena, const char *path)
{
    Store *store = NULL;
    Error err = {0};
    if (!store_open(arena, path, &store, &err))
        fail_msg("%s: %s", err.where, err.what);
    return store;
}

static Snapshot *made(Arena *arena, const char *host, int64_t days)
{
    return sample_snapshot(arena, host, SAMPLE_TIME_US + days * 86400000000LL, 2, NULL);
}

static void keep(Store *store, Arena *arena, const char *host, int64_t days, bool passed)
{
    Error err = {0};
    Snapshot *s = made(arena, host, days);
    s->status = passed ? AUDIT_PASSED : AUDIT_FAILED;
    s->score = 70 + (double)days;
    if (!store_save(store, s, &err))
        fail_msg("%s: %s", err.where, err.what);
}

static void audits_come_back_oldest_first(Arena *arena, const char *path)
{
    Store *store = opened(arena, path);
    HistoryRow *rows = NULL;
    size_t count = 0;
    Error err = {0};
    keep(store, arena, "shop.example", 2, true);
    keep(store, arena, "shop.example", 1, true);
    keep(store, arena, "other.example", 3, true);
    store_close(&store);
    store = opened(arena, path);
    StoreQuery query = {.host = "shop.example"};
    assert_true(store_list(store, arena, &query, &rows, &count, &err));
    assert_int_equal(count, 2);
    assert_near(rows[0].score, 71, 0);
    assert_near(rows[1].score, 72, 0);
    query = (StoreQuery){.newest = 1};
    assert_true(store_list(store, arena, &query, &rows, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].host, "other.example");
    store_close(&store);
}

void test_store__audits_come_back_oldest_first(void)
{
    on_every_store(audits_come_back_oldest_first);
}

static void the_same_audit_is_kept_once(Arena *arena, const char *path)
{
    Store *store = opened(arena, path);
    HistoryRow *rows = NULL;
    size_t count = 0;
    Error err = {0};
    keep(store, arena, "shop.example", 1, true);
    keep(store, arena, "shop.example", 1, false);
    assert_true(store_list(store, arena, &(StoreQuery){0}, &rows, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].status, AUDIT_FAILED);
    store_close(&store);
}

void test_store__the_same_audit_is_kept_once(void)
{
    on_every_store(the_same_audit_is_kept_once);
}

static void the_last_that_passed_is_the_baseline(Arena *arena, const char *path)
{
    Store *store = opened(arena, path);
    Snapshot s;
    Error err = {0};
    keep(store, arena, "shop.example", 1, true);
    keep(store, arena, "shop.example", 2, false);
    StoreQuery query = {.host = "shop.example", .passed = true};
    assert_true(store_load(store, arena, &query, &s, &err));
    assert_non_null(s.name);
    assert_near(s.score, 71, 0);
    assert_int_equal(s.page_count, 20);
    query.place = "elsewhere";
    assert_true(store_load(store, arena, &query, &s, &err));
    assert_null(s.name);
    query = (StoreQuery){.name = snapshot_name(arena, "https://shop.example/",
                                               SAMPLE_TIME_US + 2 * 86400000000LL)};
    assert_true(store_load(store, arena, &query, &s, &err));
    assert_near(s.score, 72, 0);
    store_close(&store);
}

void test_store__the_last_that_passed_is_the_baseline(void)
{
    on_every_store(the_last_that_passed_is_the_baseline);
}

static void medians_and_prices_are_series(Arena *arena, const char *path)
{
    Store *store = opened(arena, path);
    HistoryMedian *medians = NULL;
    SnapPrice *prices = NULL;
    size_t count = 0, gone = 0;
    Error err = {0};
    for (int day = 0; day < 3; day++)
        keep(store, arena, "shop.example", day, true);
    StoreQuery query = {.host = "shop.example", .newest = 2};
    assert_true(store_medians(store, arena, &query, &medians, &count, &err));
    assert_int_equal(count, 8);
    assert_string_equal(medians[0].page, "cart");
    assert_near(medians[0].median, 1000, 1e-9);
    assert_true(store_prices(store, arena, "shop.example", &prices, &count, &err));
    assert_int_equal(count, 3);
    assert_near(prices[0].former, 80, 0);
    /* What a price was is asked for long after the audit is gone. */
    StoreKeep keeping = {.newest = 1};
    assert_true(store_prune(store, &keeping, &gone, &err));
    assert_int_equal(gone, 2);
    assert_true(store_prices(store, arena, "shop.example", &prices, &count, &err));
    assert_int_equal(count, 3);
    assert_true(store_medians(store, arena, &(StoreQuery){0}, &medians, &count, &err));
    assert_int_equal(count, 4);
    store_close(&store);
}

void test_store__medians_and_prices_are_series(void)
{
    on_every_store(medians_and_prices_are_series);
}

static int saved(Store *store, const Snapshot *s, const char *job)
{
    Error err = {0};
    bool is_new = false;
    if (!store_save_job(store, s, job, &is_new, &err))
        fail_msg("%s: %s", err.where, err.what);
    return is_new;
}

/* A job that is delivered twice was audited twice, at two times, under two names. */
static void a_job_is_kept_once(Arena *arena, const char *path)
{
    Store *store = opened(arena, path);
    HistoryRow *rows = NULL;
    SnapPrice *prices = NULL;
    size_t count = 0;
    bool has = true;
    Error err = {0};
    assert_true(store_has_job(store, "shop.example", "job-1", &has, &err));
    assert_false(has);
    assert_true(saved(store, made(arena, "shop.example", 1), "job-1"));
    assert_true(store_has_job(store, "shop.example", "job-1", &has, &err));
    assert_true(has);
    assert_false(saved(store, made(arena, "shop.example", 2), "job-1"));
    assert_true(saved(store, made(arena, "shop.example", 3), "job-2"));
    assert_true(saved(store, made(arena, "other.example", 3), "job-1"));
    StoreQuery query = {.host = "shop.example"};
    assert_true(store_list(store, arena, &query, &rows, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].started_us, made(arena, "shop.example", 1)->started_us);
    assert_true(store_prices(store, arena, "shop.example", &prices, &count, &err));
    assert_int_equal(count, 2);
    /* Thrown away with its audit. */
    assert_true(store_prune(store, &(StoreKeep){.newest = 1}, &count, &err));
    assert_int_equal(count, 1);
    assert_true(store_has_job(store, "shop.example", "job-1", &has, &err));
    assert_false(has);
    store_close(&store);
}

void test_store__a_job_is_kept_once(void)
{
    on_every_store(a_job_is_kept_once);
}

enum { WRITERS = 4, JOBS = 12 };

static int save_all(void *context)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Store *store = opened(arena, context);
    int news = 0;
    for (int i = 0; i < JOBS; i++) {
        Snapshot *s = made(arena, "shop.example", i);
        s->started_us += getpid();
        s->name = snapshot_name(arena, s->site, s->started_us * 1000);
        news += saved(store, s, arena_printf(arena, "job-%d", i));
    }
    store_close(&store);
    return news;
}

/* All meet an empty place at once and deliver the same jobs. */
static void writers_at_once_keep_every_job_once(Arena *arena, const char *path)
{
    Proc slots[WRITERS] = {{0}};
    ProcPool pool = {slots, WRITERS};
    int news = 0;
    size_t count = 0;
    ProcEnd end;
    Error err = {0};
    for (int i = 0; i < WRITERS; i++)
        assert_true(proc_start(&pool, (size_t)i, save_all, arena_text(arena, path),
                               120 * 1000000LL, &err));
    while (proc_wait(&pool, -1, &end)) {
        assert_int_equal(end.signal, 0);
        news += end.exit_code;
    }
    assert_int_equal(news, JOBS);
    Store *store = opened(arena, path);
    if (!store_check(store, &count, &err))
        fail_msg("%s", err.what);
    assert_int_equal(count, JOBS);
    store_close(&store);
}

void test_store__writers_at_once_keep_every_job_once(void)
{
    on_every_store(writers_at_once_keep_every_job_once);
}

void test_store__a_password_is_never_shown(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(store_place_shown(arena, "postgres://u:p@ss@h:1/db?password=x"),
                        "postgres://u:***@h:1/db");
    assert_string_equal(store_place_shown(arena, "postgres://u@h/db"), "postgres://u@h/db");
    assert_string_equal(store_place_shown(arena, "postgres:///db?host=/tmp"),
                        "postgres:///db");
    assert_string_equal(store_place_shown(arena, "a:b@c/history.db"), "a:b@c/history.db");
}
