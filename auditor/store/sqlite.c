/* sqlite.c - the history as one SQLite file: opened, brought forward, written.
 *
 * Write-ahead log, foreign keys on, ten seconds of patience with other writers. The schema
 * only ever moves forward: a step is never edited once released. Layer: store.
 * SPDX-License-Identifier: MIT */
#include "store/sqlite.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/out.h"

enum { APPLICATION_ID = 0x4d595354 /* MYST */, BUSY_MS = 10000 };

/* One step a version: the file's user_version counts those done. */
static const char *const steps[] = {
    "CREATE TABLE audits (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " site TEXT NOT NULL, host TEXT NOT NULL, place TEXT NOT NULL, engines TEXT NOT NULL,"
    " grid TEXT NOT NULL, tool TEXT NOT NULL, started_us INTEGER NOT NULL,"
    " calibration_us INTEGER NOT NULL, status INTEGER NOT NULL, partial INTEGER NOT NULL,"
    " visits INTEGER NOT NULL, score REAL, confidence REAL, satisfaction REAL,"
    " recommendation REAL, effort REAL, completion REAL);"
    "CREATE INDEX audits_by_host ON audits (host, started_us);"
    "CREATE TABLE bodies (audit INTEGER PRIMARY KEY REFERENCES audits (id)"
    " ON DELETE CASCADE, length INTEGER NOT NULL, body BLOB NOT NULL);"
    "CREATE TABLE medians (audit INTEGER NOT NULL REFERENCES audits (id)"
    " ON DELETE CASCADE, page TEXT NOT NULL, engine TEXT NOT NULL, metric TEXT NOT NULL,"
    " median REAL NOT NULL, visits INTEGER NOT NULL,"
    " PRIMARY KEY (audit, page, engine, metric)) WITHOUT ROWID;",
    "CREATE TABLE prices (host TEXT NOT NULL, path TEXT NOT NULL, seen_us INTEGER NOT NULL,"
    " name TEXT NOT NULL, currency TEXT NOT NULL, price REAL NOT NULL, former REAL,"
    " PRIMARY KEY (host, path, seen_us)) WITHOUT ROWID;",
    /* What a queue delivered, so that it is kept once however often it comes. */
    "CREATE TABLE jobs (host TEXT NOT NULL, job TEXT NOT NULL, audit INTEGER NOT NULL"
    " REFERENCES audits (id) ON DELETE CASCADE, PRIMARY KEY (host, job)) WITHOUT ROWID;"
    "CREATE INDEX jobs_by_audit ON jobs (audit);",
};

bool store_error(const Store *store, Error *err, const char *what)
{
    error_set(err, ERROR_FAILED, store->path, "%s: %s", what, sqlite3_errmsg(store->db));
    switch (sqlite3_errcode(store->db)) {
    case SQLITE_BUSY: return error_hint(err, "another program is writing; try again");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error_hint(err, "move the file away; a new history begins by itself");
    default:
        return error_hint(err, "'--store FILE' takes another place, 'none' keeps none");
    }
}

void statement_end(sqlite3_stmt **statement)
{
    sqlite3_finalize(*statement);
    *statement = NULL;
}

bool statement_make(Store *store, const char *sql, sqlite3_stmt **statement, Error *err)
{
    if (sqlite3_prepare_v2(store->db, sql, -1, statement, NULL) == SQLITE_OK)
        return true;
    return store_error(store, err, "cannot read the history");
}

bool statement_step(Store *store, sqlite3_stmt *statement, bool *has_row, Error *err)
{
    int code = sqlite3_step(statement);
    *has_row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return true;
    return store_error(store, err, "the history");
}

bool statement_run(Store *store, sqlite3_stmt *statement, Error *err)
{
    bool has_row = false;
    bool is_run = statement_step(store, statement, &has_row, err);
    sqlite3_reset(statement);
    return is_run;
}

bool store_run(Store *store, const char *sql, Error *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    return store_error(store, err, "the history");
}

void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT);
}

void bind_number(sqlite3_stmt *statement, int at, double number)
{
    if (isnan(number))
        sqlite3_bind_null(statement, at);
    else
        sqlite3_bind_double(statement, at, number);
}

const char *column_text(Arena *arena, sqlite3_stmt *statement, int at)
{
    const unsigned char *text = sqlite3_column_text(statement, at);
    return text ? arena_text(arena, (const char *)text) : "";
}

double column_number(sqlite3_stmt *statement, int at)
{
    return sqlite3_column_type(statement, at) == SQLITE_NULL
               ? NAN
               : sqlite3_column_double(statement, at);
}

static bool pragma_number(Store *store, const char *sql, int64_t *number, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *statement = NULL;
    bool has_row = false;
    if (!statement_make(store, sql, &statement, err) ||
        !statement_step(store, statement, &has_row, err))
        return false;
    *number = has_row ? sqlite3_column_int64(statement, 0) : 0;
    return true;
}

static bool step_take(Store *store, int version, Error *err)
{
    char mark[64];
    snprintf(mark, sizeof mark, "PRAGMA user_version = %d", version + 1);
    /* Another program may have taken the step while this one waited. */
    int64_t now = 0;
    if (!store_run(store, "BEGIN IMMEDIATE", err))
        return false;
    if (pragma_number(store, "PRAGMA user_version", &now, err) &&
        (now > version ||
         (store_run(store, steps[version], err) && store_run(store, mark, err))) &&
        store_run(store, "COMMIT", err))
        return true;
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

/* An empty file is a new history; one of another program is left alone. */
static bool is_ours(Store *store, Error *err)
{
    int64_t application = 0, tables = 0;
    if (!pragma_number(store, "PRAGMA application_id", &application, err) ||
        !pragma_number(store, "SELECT count(*) FROM sqlite_master", &tables, err))
        return false;
    if (application == APPLICATION_ID)
        return true;
    if (application || tables)
        return error_set(err, ERROR_INPUT, store->path, "is no history of mystery");
    char mark[64];
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d", APPLICATION_ID);
    return store_run(store, mark, err);
}

static bool bring_forward(Store *store, Error *err)
{
    int64_t version = 0;
    if (!is_ours(store, err) || !pragma_number(store, "PRAGMA user_version", &version, err))
        return false;
    if (version > (int64_t)COUNT_OF(steps)) {
        error_set(err, ERROR_FAILED, store->path, "was made by a newer mystery");
        return error_hint(err, "this one knows version %zu, the file is version %lld",
                          COUNT_OF(steps), (long long)version);
    }
    for (; version < (int64_t)COUNT_OF(steps); version++)
        if (!step_take(store, (int)version, err))
            return false;
    return true;
}

static bool folder_ready(Arena *arena, const char *path, Error *err)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return true;
    return folder_make(arena_str_text(arena, str_from(path, (size_t)(slash - path))), err);
}

static bool sqlite_open(Store *store, const char *place, Error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (!folder_ready(store->arena, place, err))
        return false;
    if (sqlite3_open_v2(place, &store->db, flags, NULL) != SQLITE_OK)
        return store_error(store, err, "cannot open the history");
    return sqlite3_busy_timeout(store->db, BUSY_MS) == SQLITE_OK &&
           store_run(store,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                     "PRAGMA foreign_keys = ON",
                     err) &&
           bring_forward(store, err);
}

static void sqlite_close(Store *store)
{
    sqlite3_close_v2(store->db);
    store->db = NULL;
}

static bool save_row(Store *store, const Snapshot *s, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *insert = NULL;
    const char *const texts[] = {s->name,    s->site, s->host,        s->place,
                                 s->engines, s->grid, s->tool_version};
    const double marks[] = {s->score,          s->confidence, s->satisfaction,
                            s->recommendation, s->effort,     s->completion};
    if (!statement_make(store,
                        "INSERT INTO audits (name, site, host, place, engines, grid, tool,"
                        " started_us, calibration_us, status, partial, visits, score,"
                        " confidence, satisfaction, recommendation, effort, completion)"
                        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                        &insert, err))
        return false;
    for (int i = 0; i < (int)COUNT_OF(texts); i++)
        bind_text(insert, i + 1, texts[i]);
    sqlite3_bind_int64(insert, 8, s->started_us);
    sqlite3_bind_int64(insert, 9, s->calibration_us);
    sqlite3_bind_int(insert, 10, (int)s->status);
    sqlite3_bind_int(insert, 11, s->is_partial);
    sqlite3_bind_int64(insert, 12, (sqlite3_int64)s->visit_count);
    for (int i = 0; i < (int)COUNT_OF(marks); i++)
        bind_number(insert, 13 + i, marks[i]);
    return statement_run(store, insert, err);
}

static bool save_body(Store *store, int64_t id, const Snapshot *s, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(statement_end) sqlite3_stmt *insert = NULL;
    Str body;
    size_t length = 0;
    if (!body_squeeze(arena, s, &body, &length, err) ||
        !statement_make(store, "INSERT INTO bodies (audit, length, body) VALUES (?,?,?)",
                        &insert, err))
        return false;
    sqlite3_bind_int64(insert, 1, id);
    sqlite3_bind_int64(insert, 2, (sqlite3_int64)length);
    sqlite3_bind_blob64(insert, 3, body.data, body.length, SQLITE_TRANSIENT);
    return statement_run(store, insert, err);
}

static bool save_medians(Store *store, int64_t id, const Snapshot *s, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(statement_end) sqlite3_stmt *insert = NULL;
    SnapMedian *list = NULL;
    size_t count = snapshot_medians(arena, s, &list);
    if (!statement_make(store,
                        "INSERT OR REPLACE INTO medians (audit, page, engine, metric,"
                        " median, visits) VALUES (?,?,?,?,?,?)",
                        &insert, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (isnan(list[i].median))
            continue;
        sqlite3_bind_int64(insert, 1, id);
        bind_text(insert, 2, snap_page_name(arena, list[i].kind, list[i].stage));
        bind_text(insert, 3, list[i].engine);
        bind_text(insert, 4, metric_info(list[i].metric)->name);
        sqlite3_bind_double(insert, 5, list[i].median);
        sqlite3_bind_int64(insert, 6, (sqlite3_int64)list[i].visits);
        if (!statement_run(store, insert, err))
            return false;
    }
    return true;
}

static bool save_prices(Store *store, const Snapshot *s, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *insert = NULL;
    if (!statement_make(store,
                        "INSERT OR REPLACE INTO prices (host, path, seen_us, name,"
                        " currency, price, former) VALUES (?,?,?,?,?,?,?)",
                        &insert, err))
        return false;
    for (size_t i = 0; i < s->price_count; i++) {
        const SnapPrice *price = &s->prices[i];
        bind_text(insert, 1, s->host);
        bind_text(insert, 2, price->path);
        sqlite3_bind_int64(insert, 3, price->seen_us);
        bind_text(insert, 4, price->name);
        bind_text(insert, 5, price->currency);
        sqlite3_bind_double(insert, 6, price->price);
        bind_number(insert, 7, price->former);
        if (!statement_run(store, insert, err))
            return false;
    }
    return true;
}

static bool forget_name(Store *store, const char *name, Error *err)
{
    AUTO(statement_end) sqlite3_stmt *forget = NULL;
    if (!statement_make(store, "DELETE FROM audits WHERE name = ?", &forget, err))
        return false;
    bind_text(forget, 1, name);
    return statement_run(store, forget, err);
}

static bool sqlite_has_job(Store *store, const char *host, const char *job, bool *has,
                           Error *err)
{
    AUTO(statement_end) sqlite3_stmt *select = NULL;
    if (!statement_make(store, "SELECT 1 FROM jobs WHERE host = ? AND job = ?", &select,
                        err))
        return false;
    bind_text(select, 1, host);
    bind_text(select, 2, job);
    return statement_step(store, select, has, err);
}

static bool save_job(Store *store, const char *host, const char *job, int64_t id,
                     Error *err)
{
    AUTO(statement_end) sqlite3_stmt *insert = NULL;
    if (!job)
        return true;
    if (!statement_make(store, "INSERT INTO jobs (host, job, audit) VALUES (?,?,?)",
                        &insert, err))
        return false;
    bind_text(insert, 1, host);
    bind_text(insert, 2, job);
    sqlite3_bind_int64(insert, 3, id);
    return statement_run(store, insert, err);
}

static bool save_whole(Store *store, const Snapshot *snapshot, const char *job, Error *err)
{
    if (!forget_name(store, snapshot->name, err) || !save_row(store, snapshot, err))
        return false;
    int64_t id = sqlite3_last_insert_rowid(store->db);
    return save_job(store, snapshot->host, job, id, err) &&
           save_body(store, id, snapshot, err) && save_medians(store, id, snapshot, err) &&
           save_prices(store, snapshot, err);
}

static bool sqlite_save(Store *store, const Snapshot *snapshot, const char *job,
                        bool *is_new, Error *err)
{
    bool has = false;
    if (!store_run(store, "BEGIN IMMEDIATE", err))
        return false;
    /* Nobody else can write between the question and the answer. */
    if ((!job || sqlite_has_job(store, snapshot->host, job, &has, err)) &&
        (has || save_whole(store, snapshot, job, err)) && store_run(store, "COMMIT", err)) {
        *is_new = !has;
        return true;
    }
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

const StoreDriver sqlite_driver = {
    .open = sqlite_open,
    .close = sqlite_close,
    .save = sqlite_save,
    .has_job = sqlite_has_job,
    .list = sqlite_list,
    .load = sqlite_load,
    .medians = sqlite_medians,
    .prices = sqlite_prices,
    .prune = sqlite_prune,
    .check = sqlite_check,
};
