/* sqlite_test.c - promises of store/. Tests sqlite_read.c and squeeze.c too.
 *
 * SPDX-License-Identifier: MIT */
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/out.h"
#include "base/proc.h"
#include "snapshots.h"
#include "store/squeeze.h"
#include "store/store.h"
#include "unit.h"

static const char *fresh_path(Arena *arena)
{
    char folder[] = "/tmp/mystery-store-XXXXXX";
    assert_non_null(mkdtemp(folder));
    return arena_printf(arena, "%s/deep/history.db", folder);
}

static void path_remove(Arena *arena, const char *path)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < COUNT_OF(tails); i++)
        unlink(arena_printf(arena, "%s%s", path, tails[i]));
    const char *folder = arena_str_text(arena, str_from(path, strlen(path) - 11));
    rmdir(folder);
    rmdir(arena_str_text(arena, str_from(folder, strlen(folder) - 5)));
}

static Store *opened(Arena *arena, const char *path)
{
    Store *store = NULL;
    Error err = {0};
    if (!store_open(arena, path, &store, &err))
        fail_msg("%s: %s", err.where, err.what);
    return store;
}

static void keep(Store *store, Arena *arena, const char *host, int64_t days, bool passed)
{
    Error err = {0};
    Snapshot *s =
        sample_snapshot(arena, host, SAMPLE_TIME_US + days * 86400000000LL, 2, NULL);
    s->status = passed ? AUDIT_PASSED : AUDIT_FAILED;
    s->score = 70 + (double)days;
    assert_true(store_save(store, s, &err));
}

static void raw(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* A file as the first version made it: prices did not exist. */
void test_sqlite__an_old_file_is_brought_forward(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *path = fresh_path(arena);
    Store *store = opened(arena, path);
    size_t count = 0;
    Error err = {0};
    keep(store, arena, "shop.example", 1, true);
    store_close(&store);
    raw(path, "DROP TABLE prices; DROP TABLE jobs; PRAGMA user_version = 1");
    store = opened(arena, path);
    keep(store, arena, "shop.example", 2, true);
    assert_true(store_check(store, &count, &err));
    assert_int_equal(count, 2);
    store_close(&store);
    path_remove(arena, path);
}

void test_sqlite__newer_and_foreign_files_are_refused(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *path = fresh_path(arena);
    Store *store = opened(arena, path);
    Error err = {0};
    store_close(&store);
    raw(path, "PRAGMA user_version = 99");
    assert_false(store_open(arena, path, &store, &err));
    assert_non_null(strstr(err.what, "newer"));
    assert_null(store);
    path_remove(arena, path);
    path = fresh_path(arena);
    assert_true(
        folder_make(arena_str_text(arena, str_from(path, strlen(path) - 11)), NULL));
    raw(path, "CREATE TABLE cats (name)");
    error_clear(&err);
    assert_false(store_open(arena, path, &store, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    path_remove(arena, path);
}

void test_sqlite__damage_is_told(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *path = fresh_path(arena);
    Store *store = opened(arena, path);
    size_t count = 0;
    Error err = {0};
    keep(store, arena, "shop.example", 1, true);
    assert_true(store_check(store, &count, &err));
    store_close(&store);
    raw(path, "UPDATE bodies SET body = x'00'");
    store = opened(arena, path);
    assert_false(store_check(store, &count, &err));
    assert_int_equal(err.code, ERROR_FAILED);
    store_close(&store);
    path_remove(arena, path);
}

static int save_for_ever(void *context)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Store *store = opened(arena, context);
    /* More than any of the moments below leaves time for. */
    for (int64_t i = 0; i < 1000000; i++)
        keep(store, arena, "shop.example", i, true);
    return 0;
}

/* Whatever moment the program dies at: the file is sound and holds whole audits only. */
void test_sqlite__a_killed_writer_leaves_whole_audits(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *path = fresh_path(arena);
    char *writable = arena_text(arena, path);
    Proc slot[1] = {{0}};
    ProcPool pool = {slot, 1};
    for (int round = 0; round < 6; round++) {
        Error err = {0};
        ProcEnd end;
        size_t count = 0;
        assert_true(proc_start(&pool, 0, save_for_ever, writable, 0, &err));
        assert_false(proc_wait(&pool, 15000 + 7000 * round, &end));
        proc_kill_all(&pool);
        Store *store = opened(arena, path);
        if (!store_check(store, &count, &err))
            fail_msg("%s", err.what);
        store_close(&store);
    }
    path_remove(arena, path);
}

void test_squeeze__squeezed_texts_come_back_or_say_why(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
    Str small = squeeze(arena, text);
    Str back;
    Error err = {0};
    assert_true(small.length < text.length);
    assert_true(unsqueeze(arena, small, text.length, &back, &err));
    assert_true(str_equal(back, text));
    assert_false(unsqueeze(arena, small, text.length + 1, &back, &err));
    error_clear(&err);
    assert_false(unsqueeze(arena, small, (size_t)1 << 40, &back, &err));
}
