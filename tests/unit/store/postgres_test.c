/* postgres_test.c - what only a server can do to its clients. Tests postgres.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "snapshots.h"
#include "stores.h"
#include "unit.h"

void test_postgres__a_newer_schema_is_refused(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *place = postgres_fresh(arena);
    Store *store = NULL;
    Error err = {0};
    if (!place)
        skip();
    assert_true(store_open(arena, place, &store, &err));
    store_close(&store);
    postgres_raw(arena, place, "INSERT INTO mystery_schema (version) VALUES (99)");
    assert_false(store_open(arena, place, &store, &err));
    assert_null(store);
    assert_int_equal(err.code, ERROR_FAILED);
    assert_non_null(strstr(err.what, "newer"));
}

void test_postgres__a_server_that_is_not_there_is_an_error(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Store *store = NULL;
    Error err = {0};
    const char *place = "postgres://u:secret@/db?host=/nonexistent";
    assert_false(store_open(arena, place, &store, &err));
    assert_int_equal(err.code, ERROR_FAILED);
    assert_string_equal(err.where, "postgres://u:***@/db");
    assert_null(strstr(err.what, "secret"));
    assert_true(err.hint[0]);
}

/* Rights taken away while it runs: the audit is refused as a whole, in words. */
void test_postgres__a_refused_audit_leaves_nothing(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *place = postgres_fresh(arena);
    HistoryRow *rows = NULL;
    size_t count = 0;
    Store *store = NULL;
    Error err = {0};
    if (!place)
        skip();
    assert_true(store_open(arena, place, &store, &err));
    postgres_raw(arena, place, "ALTER TABLE mystery_prices RENAME TO elsewhere");
    Snapshot *s = sample_snapshot(arena, "shop.example", SAMPLE_TIME_US, 2, NULL);
    assert_false(store_save(store, s, &err));
    assert_int_equal(err.code, ERROR_FAILED);
    error_clear(&err);
    assert_true(store_list(store, arena, &(StoreQuery){0}, &rows, &count, &err));
    assert_int_equal(count, 0);
    postgres_raw(arena, place, "ALTER TABLE elsewhere RENAME TO mystery_prices");
    assert_true(store_save(store, s, &err));
    postgres_raw(arena, place, "UPDATE mystery_bodies SET body = 'x'");
    assert_false(store_check(store, &count, &err));
    store_close(&store);
}
