/* postgres_save.c - audits written to PostgreSQL, each in one transaction that is tried
 * again when servers ask for that. Layer: store. SPDX-License-Identifier: MIT */
#include "store/postgres.h"

#ifdef HAS_LIBPQ

#    include <math.h>
#    include <string.h>

#    include "base/clock.h"

enum {
    SAVE_TRIES = 8,
    SAVE_PAUSE_US = 50000,
    ROWS_AT_ONCE = 80, /* of at most 8 columns: CALL_PARAMETERS_MOST */
};

/* "($1,$2),($3,$4)": rows of columns. */
static void places_add(Buf *sql, int rows, int columns)
{
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
            buf_printf(sql, "%s$%d%s", column ? "," : (row ? ",(" : "("),
                       row * columns + column + 1, column + 1 == columns ? ")" : "");
}

/* head VALUES (...),(...) tail, with what the call holds. */
static bool rows_insert(Store *store, const Call *call, int columns, const char *head,
                        const char *tail, Error *err)
{
    AUTO(result_clear) PGresult *result = NULL;
    AUTO(buf_release) Buf sql = {0};
    if (!call->count)
        return true;
    buf_init(&sql, 64 << 10);
    buf_printf(&sql, "%s VALUES ", head);
    places_add(&sql, call->count / columns, columns);
    buf_add_text(&sql, tail);
    return buf_check(&sql, "a statement", err) &&
           call_run(store, call, buf_text(&sql), &result, err);
}

static bool save_row(Store *store, Call *call, const Snapshot *s, Error *err)
{
    const char *const texts[] = {s->host,    s->name, s->site,        s->place,
                                 s->engines, s->grid, s->tool_version};
    const int64_t integers[] = {s->started_us, s->calibration_us, s->status, s->is_partial,
                                (int64_t)s->visit_count};
    const double marks[] = {s->score,          s->confidence, s->satisfaction,
                            s->recommendation, s->effort,     s->completion};
    call_begin(call, call->arena);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        call_text(call, texts[i] ? texts[i] : "");
    for (size_t i = 0; i < COUNT_OF(integers); i++)
        call_integer(call, integers[i]);
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        call_number(call, marks[i]);
    return rows_insert(store, call, call->count,
                       "INSERT INTO mystery_audits (host, name, site, place, engines, grid,"
                       " tool, started_us, calibration_us, status, partial, visits, score,"
                       " confidence, satisfaction, recommendation, effort, completion)",
                       "", err);
}

static bool save_body(Store *store, Call *call, const Snapshot *s, Error *err)
{
    Str body;
    size_t length = 0;
    if (!body_squeeze(call->arena, s, &body, &length, err))
        return false;
    call_begin(call, call->arena);
    call_text(call, s->host);
    call_text(call, s->name);
    call_integer(call, (int64_t)length);
    call_bytes(call, body);
    return rows_insert(store, call, 4,
                       "INSERT INTO mystery_bodies (host, name, length, body)", "", err);
}

static bool medians_flush(Store *store, Call *call, Error *err)
{
    bool is_done =
        rows_insert(store, call, 7,
                    "INSERT INTO mystery_medians (host, name, page, engine,"
                    " metric, median, visits)",
                    " ON CONFLICT (host, name, page, engine, metric) DO NOTHING", err);
    call_begin(call, call->arena);
    return is_done;
}

static bool save_medians(Store *store, Call *call, const Snapshot *s, Error *err)
{
    SnapMedian *list = NULL;
    size_t count = snapshot_medians(call->arena, s, &list);
    call_begin(call, call->arena);
    for (size_t i = 0; i < count; i++) {
        if (isnan(list[i].median))
            continue;
        call_text(call, s->host);
        call_text(call, s->name);
        call_text(call, snap_page_name(call->arena, list[i].kind, list[i].stage));
        call_text(call, list[i].engine);
        call_text(call, metric_info(list[i].metric)->name);
        call_number(call, list[i].median);
        call_integer(call, (int64_t)list[i].visits);
        if (call->count >= ROWS_AT_ONCE * 7 && !medians_flush(store, call, err))
            return false;
    }
    return medians_flush(store, call, err);
}

/* One by one: a statement may not touch a row twice, and a page may be seen twice in one
 * moment. */
static bool save_prices(Store *store, Call *call, const Snapshot *s, Error *err)
{
    for (size_t i = 0; i < s->price_count; i++) {
        const SnapPrice *price = &s->prices[i];
        call_begin(call, call->arena);
        call_text(call, s->host);
        call_text(call, price->path);
        call_integer(call, price->seen_us);
        call_text(call, price->name);
        call_text(call, price->currency);
        call_number(call, price->price);
        call_number(call, price->former);
        if (!rows_insert(store, call, 7,
                         "INSERT INTO mystery_prices (host, path, seen_us, name, currency,"
                         " price, former)",
                         " ON CONFLICT (host, path, seen_us) DO UPDATE SET name ="
                         " excluded.name, currency = excluded.currency, price ="
                         " excluded.price, former = excluded.former",
                         err))
            return false;
    }
    return true;
}

static bool forget_name(Store *store, Call *call, const Snapshot *s, Error *err)
{
    AUTO(result_clear) PGresult *result = NULL;
    call_begin(call, call->arena);
    call_text(call, s->host);
    call_text(call, s->name);
    return call_run(store, call, "DELETE FROM mystery_audits WHERE host = $1 AND name = $2",
                    &result, err);
}

/* Takes the job's place; *is_new is false when it is taken. Two workers with one job meet
 * on this row: the second waits for the first's end. */
static bool job_take(Store *store, Call *call, const Snapshot *s, const char *job,
                     bool *is_new, Error *err)
{
    AUTO(result_clear) PGresult *result = NULL;
    call_begin(call, call->arena);
    call_text(call, s->host);
    call_text(call, job);
    call_text(call, s->name);
    if (!call_run(store, call,
                  "INSERT INTO mystery_jobs (host, job, name) VALUES ($1,$2,$3)"
                  " ON CONFLICT (host, job) DO NOTHING",
                  &result, err))
        return false;
    *is_new = result_changed(result) > 0;
    return true;
}

static bool save_whole(Store *store, const Snapshot *s, const char *job, bool *is_new,
                       Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Call *call = ARENA_NEW(arena, Call);
    bool has = false;
    call_begin(call, arena);
    if (job && !postgres_has_job(store, s->host, job, &has, err))
        return false;
    *is_new = !has;
    if (has)
        return true;
    return forget_name(store, call, s, err) && save_row(store, call, s, err) &&
           (!job || job_take(store, call, s, job, is_new, err)) &&
           (!*is_new ||
            (save_body(store, call, s, err) && save_medians(store, call, s, err) &&
             save_prices(store, call, s, err)));
}

/* Serialization failures and deadlocks: the other one was first, try again. */
static bool is_worth_trying(const char *state)
{
    return strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 ||
           strcmp(state, "23505") == 0;
}

static bool save_once(Store *store, const Snapshot *snapshot, const char *job, bool *is_new,
                      Error *err)
{
    if (!postgres_run(store, "BEGIN", err) ||
        !save_whole(store, snapshot, job, is_new, err))
        return false;
    /* A job that is kept already leaves nothing of this audit. */
    return postgres_run(store, *is_new ? "COMMIT" : "ROLLBACK", err);
}

bool postgres_save(Store *store, const Snapshot *snapshot, const char *job, bool *is_new,
                   Error *err)
{
    const Clock real = {.is_fixed = false};
    Error inner = {0};
    for (int tries = 0; tries < SAVE_TRIES; tries++) {
        error_clear(&inner);
        if (save_once(store, snapshot, job, is_new, &inner))
            return true;
        PQclear(PQexec(store->connection, "ROLLBACK"));
        if (!is_worth_trying(store->state))
            break;
        clock_sleep_us(&real, SAVE_PAUSE_US << tries);
    }
    return error_pass(err, &inner);
}

bool postgres_has_job(Store *store, const char *host, const char *job, bool *has,
                      Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(result_clear) PGresult *result = NULL;
    Call *call = ARENA_NEW(arena, Call);
    call_begin(call, arena);
    call_text(call, host);
    call_text(call, job);
    if (!call_run(store, call, "SELECT 1 FROM mystery_jobs WHERE host = $1 AND job = $2",
                  &result, err))
        return false;
    *has = PQntuples(result) > 0;
    return true;
}

#endif
