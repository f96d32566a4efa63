/* postgres.c - the history in PostgreSQL, or what speaks its language (CockroachDB,
 * YugabyteDB, Citus): connected, brought forward, asked.
 *
 * Portable SQL: natural keys that begin with the host (so that tables can be distributed by
 * it), no sequences, no locks of a single server, no order that depends on a collation. The
 * schema only ever moves forward: a step is never edited once released. Layer: store.
 * SPDX-License-Identifier: MIT */
#include "store/postgres.h"

#ifdef HAS_LIBPQ

#    include <assert.h>
#    include <math.h>
#    include <stdio.h>
#    include <string.h>

#    include "base/clock.h"
#    include "base/units.h"

enum { STEP_TRIES = 10, STEP_PAUSE_US = 200000 };

/* One step a version. Each can be taken again when it was left half done: where tables are
 * not made inside transactions, the mark in mystery_schema is what counts. */
static const char *const steps[] = {
    "CREATE TABLE IF NOT EXISTS mystery_audits (host TEXT NOT NULL, name TEXT NOT NULL,"
    " site TEXT NOT NULL, place TEXT NOT NULL, engines TEXT NOT NULL, grid TEXT NOT NULL,"
    " tool TEXT NOT NULL, started_us BIGINT NOT NULL, calibration_us BIGINT NOT NULL,"
    " status INTEGER NOT NULL, partial INTEGER NOT NULL, visits INTEGER NOT NULL,"
    " score DOUBLE PRECISION, confidence DOUBLE PRECISION, satisfaction DOUBLE PRECISION,"
    " recommendation DOUBLE PRECISION, effort DOUBLE PRECISION,"
    " completion DOUBLE PRECISION, PRIMARY KEY (host, name));"
    "CREATE INDEX IF NOT EXISTS mystery_audits_by_host ON mystery_audits"
    " (host, started_us);"
    "CREATE INDEX IF NOT EXISTS mystery_audits_by_name ON mystery_audits (name);"
    "CREATE TABLE IF NOT EXISTS mystery_bodies (host TEXT NOT NULL, name TEXT NOT NULL,"
    " length BIGINT NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (host, name), FOREIGN KEY"
    " (host, name) REFERENCES mystery_audits (host, name) ON DELETE CASCADE);"
    "CREATE TABLE IF NOT EXISTS mystery_medians (host TEXT NOT NULL, name TEXT NOT NULL,"
    " page TEXT NOT NULL, engine TEXT NOT NULL, metric TEXT NOT NULL,"
    " median DOUBLE PRECISION NOT NULL, visits INTEGER NOT NULL,"
    " PRIMARY KEY (host, name, page, engine, metric), FOREIGN KEY (host, name)"
    " REFERENCES mystery_audits (host, name) ON DELETE CASCADE);"
    "CREATE TABLE IF NOT EXISTS mystery_prices (host TEXT NOT NULL, path TEXT NOT NULL,"
    " seen_us BIGINT NOT NULL, name TEXT NOT NULL, currency TEXT NOT NULL,"
    " price DOUBLE PRECISION NOT NULL, former DOUBLE PRECISION,"
    " PRIMARY KEY (host, path, seen_us));"
    "CREATE TABLE IF NOT EXISTS mystery_jobs (host TEXT NOT NULL, job TEXT NOT NULL,"
    " name TEXT NOT NULL, PRIMARY KEY (host, job), FOREIGN KEY (host, name)"
    " REFERENCES mystery_audits (host, name) ON DELETE CASCADE);"
    "CREATE INDEX IF NOT EXISTS mystery_jobs_by_audit ON mystery_jobs (host, name);",
};

void result_clear(PGresult **result)
{
    PQclear(*result);
    *result = NULL;
}

void call_begin(Call *call, Arena *arena)
{
    call->arena = arena;
    call->count = 0;
}

static void call_add(Call *call, const char *value, size_t length, bool is_binary)
{
    assert(call->count < CALL_PARAMETERS_MOST && length <= INT32_MAX);
    call->values[call->count] = value;
    call->lengths[call->count] = (int)length;
    call->formats[call->count++] = is_binary;
}

void call_text(Call *call, const char *text)
{
    call_add(call, text, 0, false);
}

void call_integer(Call *call, int64_t integer)
{
    call_add(call, arena_printf(call->arena, "%lld", (long long)integer), 0, false);
}

void call_number(Call *call, double number)
{
    char text[32];
    call_add(call,
             isfinite(number)
                 ? arena_text(call->arena, number_text(number, text, sizeof text))
                 : NULL,
             0, false);
}

void call_bytes(Call *call, Str bytes)
{
    call_add(call, bytes.data, bytes.length, true);
}

/* The server's first line: the rest repeats the statement. */
static Str first_line(const char *message)
{
    Str text = str_of(message);
    size_t end = str_find_byte(text, '\n', 0);
    text = str_trim(str_slice(text, 0, end));
    if (str_starts_with(text, STR("ERROR:")) || str_starts_with(text, STR("FATAL:")))
        text = str_trim(str_slice(text, 6, SIZE_MAX));
    return text;
}

/* What to do about a SQLSTATE (PostgreSQL documentation, appendix A). */
static bool state_hint(Error *err, Str state)
{
    if (str_starts_with(state, STR("53")))
        return error_hint(err, "the server is short of disk, memory or connections; what "
                               "was audited is in the report's folder");
    if (str_equal(state, STR("42501")))
        return error_hint(err, "docs/scale.md names the rights this user needs");
    if (str_starts_with(state, STR("25006")))
        return error_hint(err, "this server is a read-only copy: name the first one");
    return error_hint(err, "docs/scale.md says how the store is set up");
}

static bool result_error(Store *store, const PGresult *result, Error *err)
{
    Str line = first_line(PQerrorMessage(store->connection));
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    snprintf(store->state, sizeof store->state, "%s", state ? state : "");
    error_set(err, ERROR_FAILED, store->path, "the store: %.*s", STR_ARGS(line));
    return state_hint(err, str_of(state));
}

static bool result_check(Store *store, const PGresult *result, Error *err)
{
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return true;
    return result_error(store, result, err);
}

bool call_run(Store *store, const Call *call, const char *sql, PGresult **result,
              Error *err)
{
    *result = PQexecParams(store->connection, sql, call->count, NULL, call->values,
                           call->lengths, call->formats, 0);
    return result_check(store, *result, err);
}

bool postgres_run(Store *store, const char *sql, Error *err)
{
    AUTO(result_clear) PGresult *result = PQexec(store->connection, sql);
    return result_check(store, result, err);
}

size_t result_changed(PGresult *result)
{
    long long changed = 0;
    return str_to_int(str_of(PQcmdTuples(result)), &changed) ? (size_t)changed : 0;
}

const char *result_text(Arena *arena, const PGresult *result, int row, int column)
{
    return arena_text(arena, PQgetvalue(result, row, column));
}

int64_t result_integer(const PGresult *result, int row, int column)
{
    long long number = 0;
    return str_to_int(str_of(PQgetvalue(result, row, column)), &number) ? number : 0;
}

double result_number(const PGresult *result, int row, int column)
{
    double number = NAN;
    if (PQgetisnull(result, row, column) ||
        !str_to_double(str_of(PQgetvalue(result, row, column)), &number))
        return NAN;
    return number;
}

int64_t result_id(const PGresult *result, int row, int column)
{
    return (int64_t)(str_hash(str_of(PQgetvalue(result, row, column))) >> 1);
}

/* Is there a mark yet, and how far does it say the schema came? */
static bool version_read(Store *store, int64_t *version, Error *err)
{
    AUTO(result_clear) PGresult *result = NULL;
    Error inner = {0};
    Call none = {.count = 0};
    *version = 0;
    if (call_run(store, &none, "SELECT max(version) FROM mystery_schema", &result,
                 &inner)) {
        *version = result_integer(result, 0, 0);
        return true;
    }
    if (strcmp(store->state, "42P01") == 0)
        return true;
    return error_pass(err, &inner);
}

static bool step_take(Store *store, int64_t version, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *mark =
        arena_printf(arena, "INSERT INTO mystery_schema (version) VALUES (%lld)",
                     (long long)(version + 1));
    if (postgres_run(store, "BEGIN", err) &&
        postgres_run(store,
                     "CREATE TABLE IF NOT EXISTS mystery_schema"
                     " (version INTEGER PRIMARY KEY)",
                     err) &&
        postgres_run(store, steps[version], err) && postgres_run(store, mark, err) &&
        postgres_run(store, "COMMIT", err))
        return true;
    PQclear(PQexec(store->connection, "ROLLBACK"));
    return false;
}

/* Many workers may meet an empty database at once: whoever comes second fails on the mark
 * or on a table that is just being made, and looks again. */
static bool bring_forward(Store *store, Error *err)
{
    const Clock real = {.is_fixed = false};
    Error inner = {0};
    for (int tries = 0; tries < STEP_TRIES; tries++) {
        int64_t version = 0;
        if (!version_read(store, &version, err))
            return false;
        if (version > (int64_t)COUNT_OF(steps)) {
            error_set(err, ERROR_FAILED, store->path, "was made by a newer mystery");
            return error_hint(err, "this one knows version %zu, the store is version %lld",
                              COUNT_OF(steps), (long long)version);
        }
        if (version == (int64_t)COUNT_OF(steps))
            return true;
        error_clear(&inner);
        if (!step_take(store, version, &inner))
            clock_sleep_us(&real, STEP_PAUSE_US);
    }
    return error_pass(err, &inner);
}

static bool open_error(Store *store, Error *err)
{
    Str line = first_line(PQerrorMessage(store->connection));
    error_set(err, ERROR_FAILED, store->path, "cannot open the store: %.*s",
              STR_ARGS(line));
    if (PQconnectionNeedsPassword(store->connection) ||
        str_contains(line, STR("authentication")))
        return error_hint(err, "give the password in PGPASSWORD or the file PGPASSFILE");
    if (str_contains(line, STR("SSL")) || str_contains(line, STR("certificate")))
        return error_hint(err, "PGSSLMODE, PGSSLROOTCERT, PGSSLCERT, PGSSLKEY set TLS");
    return error_hint(err, "is the server running, and does it let this user in?");
}

static bool postgres_open(Store *store, const char *place, Error *err)
{
    /* What stands in the address wins over what stands before it. */
    static const char *const names[] = {"fallback_application_name", "connect_timeout",
                                        "tcp_user_timeout", "dbname", NULL};
    const char *const values[] = {"mystery", "10", "30000", place, NULL};
    store->connection = PQconnectdbParams(names, values, 1);
    if (PQstatus(store->connection) != CONNECTION_OK)
        return open_error(store, err);
    PQsetNoticeReceiver(store->connection, NULL, NULL);
    PQsetErrorVerbosity(store->connection, PQERRORS_TERSE);
    return postgres_run(store, "SET client_min_messages = error", err) &&
           postgres_run(store, "SET statement_timeout = 60000", err) &&
           bring_forward(store, err);
}

static void postgres_close(Store *store)
{
    PQfinish(store->connection);
    store->connection = NULL;
}

const StoreDriver postgres_driver = {
    .open = postgres_open,
    .close = postgres_close,
    .save = postgres_save,
    .has_job = postgres_has_job,
    .list = postgres_list,
    .load = postgres_load,
    .medians = postgres_medians,
    .prices = postgres_prices,
    .prune = postgres_prune,
    .check = postgres_check,
};

#else

static bool postgres_open(Store *store, const char *place, Error *err)
{
    (void)place;
    error_set(err, ERROR_FAILED, store->path, "this mystery was built without PostgreSQL");
    return error_hint(err, "install libpq-dev and build again with 'make'");
}

static void postgres_close(Store *store)
{
    (void)store;
}

/* Nothing else is asked of a store that does not open. */
const StoreDriver postgres_driver = {.open = postgres_open, .close = postgres_close};

#endif
