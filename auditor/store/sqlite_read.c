/* sqlite_read.c - the history looked into, checked and thinned. Layer: store.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "store/sqlite.h"

/* The audits a query chooses, as a table "chosen (id)" of the statement. */
static const char *const chosen_sql =
    "WITH chosen AS (SELECT id FROM audits WHERE (?1 IS NULL OR host = ?1)"
    " AND (?2 IS NULL OR place = ?2) AND (?3 IS NULL OR engines = ?3)"
    " AND (NOT ?4 OR (status = 0 AND partial = 0)) AND (?6 IS NULL OR name = ?6)"
    " AND (?7 IS NULL OR name <> ?7)"
    " ORDER BY started_us DESC, id DESC LIMIT ?5) ";
/* With a host the index on (host, started_us) is used from its end. */
static const char *const chosen_host_sql =
    "WITH chosen AS (SELECT id FROM audits WHERE host = ?1"
    " AND (?2 IS NULL OR place = ?2) AND (?3 IS NULL OR engines = ?3)"
    " AND (NOT ?4 OR (status = 0 AND partial = 0)) AND (?6 IS NULL OR name = ?6)"
    " AND (?7 IS NULL OR name <> ?7)"
    " ORDER BY started_us DESC, id DESC LIMIT ?5) ";

static bool query_make(Store *store, const StoreQuery *query, const char *rest,
                       sqlite3_stmt **statement, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *head = query->host ? chosen_host_sql : chosen_sql;
    if (!statement_make(store, arena_printf(arena, "%s%s", head, rest), statement, err))
        return false;
    bind_text(*statement, 1, query->host);
    bind_text(*statement, 2, query->place);
    bind_text(*statement, 3, query->engines);
    sqlite3_bind_int(*statement, 4, query->passed);
    bind_text(*statement, 6, query->name);
    bind_text(*statement, 7, query->except);
    sqlite3_bind_int64(*statement, 5, query->newest ? (sqlite3_int64)query->newest : -1);
    return true;
}

static HistoryRow row_read(Arena *arena, sqlite3_stmt *s)
{
    HistoryRow row = {.id = sqlite3_column_int64(s, 0),
                      .name = column_text(arena, s, 1),
                      .site = column_text(arena, s, 2),
                      .host = column_text(arena, s, 3),
                      .place = column_text(arena, s, 4),
                      .engines = column_text(arena, s, 5),
                      .grid = column_text(arena, s, 6),
                      .tool_version = column_text(arena, s, 7),
                      .started_us = sqlite3_column_int64(s, 8),
                      .calibration_us = sqlite3_column_int64(s, 9)};
    row.status = status_of_number(sqlite3_column_int(s, 10));
    row.is_partial = sqlite3_column_int(s, 11) != 0;
    row.visits = sqlite3_column_int(s, 12);
    row.score = column_number(s, 13);
    row.confidence = column_number(s, 14);
    row.satisfaction = column_number(s, 15);
    row.recommendation = column_number(s, 16);
    row.effort = column_number(s, 17);
    row.completion = column_number(s, 18);
    return row;
}

bool sqlite_list(Store *store, Arena *arena, const StoreQuery *query, HistoryRow **rows,
                 size_t *count, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *select = NULL;
    size_t capacity = 0;
    bool has_row = true;
    *rows = NULL;
    *count = 0;
    if (!query_make(store, query,
                    "SELECT a.id, name, site, host, place, engines, grid, tool, started_us,"
                    " calibration_us, status, partial, visits, score, confidence,"
                    " satisfaction, recommendation, effort, completion FROM chosen"
                    " JOIN audits a ON a.id = chosen.id ORDER BY started_us, a.id",
                    &select, err))
        return false;
    for (;;) {
        if (!statement_step(store, select, &has_row, err))
            return false;
        if (!has_row)
            return true;
        HistoryRow row = row_read(arena, select);
        ARENA_PUSH(arena, *rows, *count, capacity, row);
    }
}

static bool body_read(Arena *arena, const Store *store, sqlite3_stmt *select,
                      Snapshot *snapshot, Error *err)
{
    Str bytes =
        str_from(sqlite3_column_blob(select, 2), (size_t)sqlite3_column_bytes(select, 2));
    return body_unsqueeze(arena, store, column_text(arena, select, 0), bytes,
                          sqlite3_column_int64(select, 1), snapshot, err);
}

bool sqlite_load(Store *store, Arena *arena, const StoreQuery *query, Snapshot *snapshot,
                 Error *err)
{
    AUTO(statement_end) sqlite3_stmt *select = NULL;
    StoreQuery newest = *query;
    bool is_found = false;
    newest.newest = 1;
    *snapshot = (Snapshot){0};
    if (!query_make(
            store, &newest,
            "SELECT name, length, body FROM chosen JOIN audits a ON a.id = chosen.id"
            " JOIN bodies ON audit = a.id",
            &select, err) ||
        !statement_step(store, select, &is_found, err))
        return false;
    return !is_found || body_read(arena, store, select, snapshot, err);
}

/* Texts that repeat in every row are kept once. */
static const char *shared_text(Arena *arena, sqlite3_stmt *select, int at,
                               const char *before)
{
    const char *text = (const char *)sqlite3_column_text(select, at);
    if (before && text && strcmp(text, before) == 0)
        return before;
    return column_text(arena, select, at);
}

bool sqlite_medians(Store *store, Arena *arena, const StoreQuery *query,
                    HistoryMedian **list, size_t *count, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *select = NULL;
    size_t capacity = 0;
    bool has_row = true;
    HistoryMedian last = {0};
    *list = NULL;
    *count = 0;
    if (!query_make(store, query,
                    "SELECT m.audit, page, engine, metric, median, m.visits FROM chosen"
                    " JOIN audits a ON a.id = chosen.id JOIN medians m ON m.audit = a.id"
                    " ORDER BY started_us, a.id, page, engine, metric",
                    &select, err))
        return false;
    for (;;) {
        if (!statement_step(store, select, &has_row, err))
            return false;
        if (!has_row)
            return true;
        last.audit = sqlite3_column_int64(select, 0);
        last.page = shared_text(arena, select, 1, last.page);
        last.engine = shared_text(arena, select, 2, last.engine);
        last.metric = shared_text(arena, select, 3, last.metric);
        last.median = column_number(select, 4);
        last.visits = sqlite3_column_int(select, 5);
        ARENA_PUSH(arena, *list, *count, capacity, last);
    }
}

bool sqlite_prices(Store *store, Arena *arena, const char *host, SnapPrice **list,
                   size_t *count, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *select = NULL;
    size_t capacity = 0;
    bool has_row = true;
    *list = NULL;
    *count = 0;
    if (!statement_make(store,
                        "SELECT path, name, currency, price, former, seen_us FROM prices"
                        " WHERE host = ? ORDER BY path, seen_us",
                        &select, err))
        return false;
    bind_text(select, 1, host);
    for (;;) {
        if (!statement_step(store, select, &has_row, err))
            return false;
        if (!has_row)
            return true;
        SnapPrice price = {.path = column_text(arena, select, 0),
                           .name = column_text(arena, select, 1),
                           .currency = column_text(arena, select, 2),
                           .price = column_number(select, 3),
                           .former = column_number(select, 4),
                           .seen_us = sqlite3_column_int64(select, 5)};
        ARENA_PUSH(arena, *list, *count, capacity, price);
    }
}

bool sqlite_prune(Store *store, const StoreKeep *keep, size_t *gone, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *forget = NULL;
    *gone = 0;
    if (!statement_make(
            store,
            "DELETE FROM audits WHERE (?1 IS NULL OR host = ?1) AND (started_us < ?2 OR"
            " (?3 > 0 AND id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY"
            " host ORDER BY started_us DESC, id DESC) AS place FROM audits)"
            " WHERE place > ?3)))",
            &forget, err))
        return false;
    bind_text(forget, 1, keep->host);
    sqlite3_bind_int64(forget, 2, keep->since_us ? keep->since_us : INT64_MIN);
    sqlite3_bind_int64(forget, 3, (sqlite3_int64)keep->newest);
    if (!statement_run(store, forget, err))
        return false;
    *gone = (size_t)sqlite3_changes64(store->db);
    return true;
}

static bool words_are_ok(Store *store, const char *sql, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *check = NULL;
    bool has_row = false;
    if (!statement_make(store, sql, &check, err) ||
        !statement_step(store, check, &has_row, err))
        return false;
    const char *word = has_row ? (const char *)sqlite3_column_text(check, 0) : "ok";
    if (!word || strcmp(word, "ok") == 0)
        return true;
    error_set(err, ERROR_FAILED, store->path, "the history is damaged: %s", word);
    return error_hint(err, "move the file away; a new history begins by itself");
}

bool sqlite_check(Store *store, size_t *audits, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *select = NULL;
    bool has_row = true;
    *audits = 0;
    if (!words_are_ok(store, "PRAGMA integrity_check(1)", err) ||
        !words_are_ok(store, "PRAGMA foreign_key_check", err) ||
        !words_are_ok(store,
                      "SELECT 'an audit without its values' FROM audits WHERE id NOT IN"
                      " (SELECT audit FROM bodies) LIMIT 1",
                      err) ||
        !statement_make(store,
                        "SELECT name, length, body FROM audits JOIN bodies ON audit = id",
                        &select, err))
        return false;
    for (;;) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Snapshot snapshot;
        if (!statement_step(store, select, &has_row, err))
            return false;
        if (!has_row)
            return true;
        if (!body_read(arena, store, select, &snapshot, err))
            return false;
        (*audits)++;
    }
}
