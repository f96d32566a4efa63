/* postgres_read.c - the history in PostgreSQL looked into, checked and thinned.
 *
 * Rows are put in order here, not by the server: its collation is not ours. Layer: store.
 * SPDX-License-Identifier: MIT */
#include "store/postgres.h"

#ifdef HAS_LIBPQ

#    include <stdlib.h>
#    include <string.h>

/* The audits a query chooses, as a table "chosen (host, name)" of the statement. */
#    define CHOSEN                                                                         \
        "WITH chosen AS (SELECT host, name FROM mystery_audits"                            \
        " WHERE ($1::text IS NULL OR host = $1) AND ($2::text IS NULL OR place = $2)"      \
        " AND ($3::text IS NULL OR engines = $3)"                                          \
        " AND ($4::bigint = 0 OR (status = 0 AND partial = 0))"                            \
        " AND ($6::text IS NULL OR name = $6) AND ($7::text IS NULL OR name <> $7)"        \
        " ORDER BY started_us DESC, name DESC LIMIT $5::bigint) "

static bool query_run(Store *store, Arena *arena, const StoreQuery *query, const char *sql,
                      PGresult **result, Error *err)
{
    Call *call = ARENA_NEW(arena, Call);
    call_begin(call, arena);
    call_text(call, query->host);
    call_text(call, query->place);
    call_text(call, query->engines);
    call_integer(call, query->passed);
    if (query->newest)
        call_integer(call, (int64_t)query->newest);
    else
        call_text(call, NULL);
    call_text(call, query->name);
    call_text(call, query->except);
    return call_run(store, call, sql, result, err);
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int rows_order(const void *a, const void *b)
{
    const HistoryRow *one = a, *other = b;
    int by_time = order(one->started_us, other->started_us);
    return by_time ? by_time : strcmp(one->name, other->name);
}

static HistoryRow row_read(Arena *arena, const PGresult *result, int row)
{
    HistoryRow read = {.id = result_id(result, row, 0),
                       .name = result_text(arena, result, row, 0),
                       .site = result_text(arena, result, row, 1),
                       .host = result_text(arena, result, row, 2),
                       .place = result_text(arena, result, row, 3),
                       .engines = result_text(arena, result, row, 4),
                       .grid = result_text(arena, result, row, 5),
                       .tool_version = result_text(arena, result, row, 6),
                       .started_us = result_integer(result, row, 7),
                       .calibration_us = result_integer(result, row, 8)};
    read.status = status_of_number(result_integer(result, row, 9));
    read.is_partial = result_integer(result, row, 10) != 0;
    read.visits = (int)result_integer(result, row, 11);
    read.score = result_number(result, row, 12);
    read.confidence = result_number(result, row, 13);
    read.satisfaction = result_number(result, row, 14);
    read.recommendation = result_number(result, row, 15);
    read.effort = result_number(result, row, 16);
    read.completion = result_number(result, row, 17);
    return read;
}

bool postgres_list(Store *store, Arena *arena, const StoreQuery *query, HistoryRow **rows,
                   size_t *count, Error *err)
{
    AUTO(result_clear) PGresult *result = NULL;
    *rows = NULL;
    *count = 0;
    if (!query_run(store, arena, query,
                   CHOSEN "SELECT a.name, site, a.host, place, engines, grid, tool,"
                          " started_us, calibration_us, status, partial, visits, score,"
                          " confidence, satisfaction, recommendation, effort, completion"
                          " FROM chosen JOIN mystery_audits a ON a.host = chosen.host AND"
                          " a.name = chosen.name",
                   &result, err))
        return false;
    *count = (size_t)PQntuples(result);
    *rows = ARENA_ARRAY(arena, *count, HistoryRow);
    for (size_t i = 0; i < *count; i++)
        (*rows)[i] = row_read(arena, result, (int)i);
    qsort(*rows, *count, sizeof **rows, rows_order);
    return true;
}

/* Columns name, length, body of a row. The driver's rows are text: bytes come as "\x..." */
static bool body_read(Arena *arena, const Store *store, const PGresult *result, int row,
                      Snapshot *snapshot, Error *err)
{
    const char *name = result_text(arena, result, row, 0);
    size_t length = 0;
    unsigned char *bytes =
        PQunescapeBytea((const unsigned char *)PQgetvalue(result, row, 2), &length);
    if (!bytes)
        return error_set(err, ERROR_FAILED, store->path,
                         "the audit '%s' does not read back", name);
    Str body = arena_str(arena, str_from((const char *)bytes, length));
    PQfreemem(bytes);
    return body_unsqueeze(arena, store, name, body, result_integer(result, row, 1),
                          snapshot, err);
}

bool postgres_load(Store *store, Arena *arena, const StoreQuery *query, Snapshot *snapshot,
                   Error *err)
{
    AUTO(result_clear) PGresult *result = NULL;
    StoreQuery newest = *query;
    newest.newest = 1;
    *snapshot = (Snapshot){0};
    if (!query_run(store, arena, &newest,
                   CHOSEN "SELECT b.name, length, body FROM chosen JOIN mystery_bodies b"
                          " ON b.host = chosen.host AND b.name = chosen.name",
                   &result, err))
        return false;
    return !PQntuples(result) || body_read(arena, store, result, 0, snapshot, err);
}

/* A median with what orders it. */
typedef struct Ordered {
    int64_t started_us;
    const char *name;
    HistoryMedian median;
} Ordered;

static int medians_order(const void *a, const void *b)
{
    const Ordered *one = a, *other = b;
    int by[] = {order(one->started_us, other->started_us), strcmp(one->name, other->name),
                strcmp(one->median.page, other->median.page),
                strcmp(one->median.engine, other->median.engine),
                strcmp(one->median.metric, other->median.metric)};
    for (size_t i = 0; i < COUNT_OF(by); i++)
        if (by[i])
            return by[i];
    return 0;
}

bool postgres_medians(Store *store, Arena *arena, const StoreQuery *query,
                      HistoryMedian **list, size_t *count, Error *err)
{
    AUTO(result_clear) PGresult *result = NULL;
    *list = NULL;
    *count = 0;
    if (!query_run(store, arena, query,
                   CHOSEN "SELECT m.name, page, engine, metric, median, m.visits,"
                          " started_us FROM chosen JOIN mystery_audits a ON a.host ="
                          " chosen.host AND a.name = chosen.name JOIN mystery_medians m"
                          " ON m.host = a.host AND m.name = a.name",
                   &result, err))
        return false;
    *count = (size_t)PQntuples(result);
    Ordered *rows = ARENA_ARRAY(arena, *count, Ordered);
    for (int i = 0; i < (int)*count; i++)
        rows[i] = (Ordered){result_integer(result, i, 6),
                            result_text(arena, result, i, 0),
                            {.audit = result_id(result, i, 0),
                             .page = result_text(arena, result, i, 1),
                             .engine = result_text(arena, result, i, 2),
                             .metric = result_text(arena, result, i, 3),
                             .median = result_number(result, i, 4),
                             .visits = (int)result_integer(result, i, 5)}};
    qsort(rows, *count, sizeof *rows, medians_order);
    *list = ARENA_ARRAY(arena, *count, HistoryMedian);
    for (size_t i = 0; i < *count; i++)
        (*list)[i] = rows[i].median;
    return true;
}

static int prices_order(const void *a, const void *b)
{
    const SnapPrice *one = a, *other = b;
    int by_path = strcmp(one->path, other->path);
    return by_path ? by_path : order(one->seen_us, other->seen_us);
}

bool postgres_prices(Store *store, Arena *arena, const char *host, SnapPrice **list,
                     size_t *count, Error *err)
{
    AUTO(result_clear) PGresult *result = NULL;
    Call *call = ARENA_NEW(arena, Call);
    call_begin(call, arena);
    call_text(call, host);
    *list = NULL;
    *count = 0;
    if (!call_run(store, call,
                  "SELECT path, name, currency, price, former, seen_us FROM mystery_prices"
                  " WHERE host = $1",
                  &result, err))
        return false;
    *count = (size_t)PQntuples(result);
    *list = ARENA_ARRAY(arena, *count, SnapPrice);
    for (int i = 0; i < (int)*count; i++)
        (*list)[i] = (SnapPrice){.path = result_text(arena, result, i, 0),
                                 .name = result_text(arena, result, i, 1),
                                 .currency = result_text(arena, result, i, 2),
                                 .price = result_number(result, i, 3),
                                 .former = result_number(result, i, 4),
                                 .seen_us = result_integer(result, i, 5)};
    qsort(*list, *count, sizeof **list, prices_order);
    return true;
}

bool postgres_prune(Store *store, const StoreKeep *keep, size_t *gone, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(result_clear) PGresult *result = NULL;
    Call *call = ARENA_NEW(arena, Call);
    call_begin(call, arena);
    call_text(call, keep->host);
    call_integer(call, keep->since_us ? keep->since_us : INT64_MIN);
    call_integer(call, (int64_t)keep->newest);
    *gone = 0;
    if (!call_run(
            store, call,
            "DELETE FROM mystery_audits WHERE ($1::text IS NULL OR host = $1) AND"
            " (started_us < $2::bigint OR ($3::bigint > 0 AND (host, name) IN (SELECT"
            " host, name FROM (SELECT host, name, row_number() OVER (PARTITION BY host"
            " ORDER BY started_us DESC, name DESC) AS place FROM mystery_audits) AS"
            " placed WHERE place > $3::bigint)))",
            &result, err))
        return false;
    *gone = result_changed(result);
    return true;
}

/* Every audit on its own: all at once would have to fit into memory. */
static bool bodies_check(Store *store, const PGresult *names, size_t *audits, Error *err)
{
    for (int i = 0; i < PQntuples(names); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        AUTO(result_clear) PGresult *result = NULL;
        Snapshot snapshot;
        Call *call = ARENA_NEW(arena, Call);
        call_begin(call, arena);
        call_text(call, PQgetvalue(names, i, 0));
        call_text(call, PQgetvalue(names, i, 1));
        if (!call_run(store, call,
                      "SELECT name, length, body FROM mystery_bodies WHERE host = $1 AND"
                      " name = $2",
                      &result, err))
            return false;
        if (!PQntuples(result))
            return error_set(err, ERROR_FAILED, store->path,
                             "the history is damaged: an audit without its values");
        if (!body_read(arena, store, result, 0, &snapshot, err))
            return false;
        (*audits)++;
    }
    return true;
}

bool postgres_check(Store *store, size_t *audits, Error *err)
{
    AUTO(result_clear) PGresult *names = NULL;
    Call none = {.count = 0};
    *audits = 0;
    return call_run(store, &none, "SELECT host, name FROM mystery_audits", &names, err) &&
           bodies_check(store, names, audits, err);
}

#endif
