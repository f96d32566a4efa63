/* keep.c - audits kept and found again. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/keep.h"

#include <math.h>
#include <string.h>

#include "audit/former.h"
#include "base/out.h"
#include "base/stats.h"
#include "model/audit_json.h"

enum {
    SESSIONS_MOST = 20,
    FILE_LIMIT = 256 << 20,
    WORK_ROUNDS = 40,
    WORK_BYTES = 65536,
    JOB_TRIES = 30,
    JOB_PAUSE_US = 2000000,
};

void keep_close(Store **store)
{
    store_close(store);
}

static void note(const AuditPlan *plan, const char *text)
{
    AuditEvent event = {.kind = EVENT_NOTE, .name = text};
    if (plan->progress)
        plan->progress(plan->progress_context, &event);
}

bool keep_open(const AuditPlan *plan, Store **store, Error *err)
{
    Error inner = {0};
    *store = NULL;
    if (!plan->store || strcmp(plan->store, "none") == 0)
        return true;
    if (!plan->is_store_default)
        return store_open(plan->arena, plan->store, store, err);
    if (!store_open(plan->arena, plan->store, store, &inner))
        note(plan, arena_printf(plan->arena, "the history is not kept: %s: %s", inner.where,
                                inner.what));
    return true;
}

/* Hashing is the kind of work that judging is: byte by byte, in the cache. */
int64_t keep_calibrate(const Clock *clock)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    char *bytes = arena_alloc(arena, WORK_BYTES);
    int64_t begin_us = clock_now_us(clock);
    for (int i = 0; i < WORK_ROUNDS; i++)
        bytes[i] = (char)str_hash(str_from(bytes, WORK_BYTES));
    return clock_now_us(clock) - begin_us;
}

static bool job_save_once(const AuditPlan *plan, const Snapshot *snapshot, Error *err)
{
    AUTO(keep_close) Store *store = NULL;
    bool is_new = false;
    if (!store_open(plan->arena, plan->store, &store, err) ||
        !store_save_job(store, snapshot, plan->job, &is_new, err))
        return false;
    if (!is_new)
        note(plan, "another delivery of this job is kept already; this one is not");
    return true;
}

/* A server that is started anew must not cost an audit that took minutes. */
static bool job_save(const AuditPlan *plan, const Snapshot *snapshot, Error *err)
{
    Error inner = {0};
    if (job_save_once(plan, snapshot, &inner))
        return true;
    note(plan, arena_printf(plan->arena, "kept later: %s", inner.what));
    for (int tries = 1; tries < JOB_TRIES; tries++) {
        clock_sleep_us(plan->clock, JOB_PAUSE_US);
        error_clear(&inner);
        if (job_save_once(plan, snapshot, &inner))
            return true;
    }
    return job_save_once(plan, snapshot, err);
}

bool keep_audit(const AuditPlan *plan, const Audit *audit, int64_t calibration_us,
                Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(keep_close) Store *store = NULL;
    Snapshot snapshot;
    Error inner = {0};
    if (!plan->store || strcmp(plan->store, "none") == 0)
        return true;
    if (!plan->job && !keep_open(plan, &store, err))
        return false;
    if (!plan->job && !store)
        return true;
    snapshot_take(arena, audit, &snapshot);
    snapshot.calibration_us = calibration_us;
    former_prices_find(audit, &snapshot);
    if (plan->job)
        return job_save(plan, &snapshot, err);
    if (!plan->is_store_default)
        return store_save(store, &snapshot, err);
    if (!store_save(store, &snapshot, &inner))
        note(plan, arena_printf(plan->arena, "the history is not kept: %s", inner.what));
    return true;
}

static bool is_name(const char *place)
{
    return strlen(place) == 16 && strspn(place, "0123456789abcdef") == 16;
}

/* From the history: by name, or the newest of the same shop, place and engines. */
static bool kept_load(const AuditPlan *plan, const char *place, const Snapshot *like,
                      Snapshot *snapshot, Error *err)
{
    AUTO(keep_close) Store *store = NULL;
    StoreQuery query = {.name = place};
    *snapshot = (Snapshot){0};
    bool is_last = strcmp(place, "last") == 0;
    if (is_last && !like) {
        error_set(err, ERROR_INPUT, NULL, "'last' of which shop?");
        return error_hint(err, "mystery compare last FOLDER");
    }
    if (is_last)
        query = (StoreQuery){.host = like->host,
                             .place = like->place,
                             .engines = like->engines[0] ? like->engines : NULL,
                             .except = like->name,
                             .passed = true};
    if (!plan->store || strcmp(plan->store, "none") == 0) {
        error_set(err, ERROR_INPUT, NULL, "'%s' asks the history, and none is kept", place);
        return error_hint(err, "leave '--store none' out, or name a folder");
    }
    if (!store_open(plan->arena, plan->store, &store, err) ||
        !store_load(store, plan->arena, &query, snapshot, err))
        return false;
    if (snapshot->name || !query.name)
        return true;
    error_set(err, ERROR_INPUT, NULL, "the history keeps no audit '%s'", place);
    return error_hint(err, "'mystery history' names those it keeps");
}

bool baseline_load(const AuditPlan *plan, const Grid *grid, const char *place,
                   const Snapshot *like, Snapshot *snapshot, Error *err)
{
    JsonFile file;
    Audit *audit = NULL;
    bool is_folder = path_is_folder(place);
    if (strcmp(place, "last") == 0 ||
        (is_name(place) && !is_folder && !path_is_file(place)))
        return kept_load(plan, place, like, snapshot, err);
    const char *path = is_folder ? path_join(plan->arena, place, "audit.json") : place;
    if (!json_load(plan->arena, path, FILE_LIMIT, &file, err))
        return false;
    const char *schema = json_text(json_get(file.root, "schema"), "");
    if (strcmp(schema, "mystery-history/1") == 0)
        return snapshot_read(plan->arena, &file, snapshot, err);
    if (!audit_read(plan->arena, path, grid, &audit, err))
        return false;
    snapshot_take(plan->arena, audit, snapshot);
    return true;
}

/* Squared deviations of the logarithms of one page's medians, and how many. */
static void spread_add(Arena *arena, const HistoryMedian *medians, size_t count,
                       const HistoryMedian *of, double *squares, size_t *free_values)
{
    double *logs = ARENA_ARRAY(arena, count, double);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(medians[i].page, of->page) == 0 &&
            strcmp(medians[i].engine, of->engine) == 0 && medians[i].median > 0)
            logs[kept++] = log(medians[i].median);
    double mean = stats_mean(logs, kept);
    for (size_t i = 0; i < kept; i++)
        *squares += (logs[i] - mean) * (logs[i] - mean);
    *free_values += kept > 1 ? kept - 1 : 0;
}

static bool is_earlier(const HistoryMedian *medians, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(medians[i].page, medians[at].page) == 0 &&
            strcmp(medians[i].engine, medians[at].engine) == 0)
            return true;
    return false;
}

static size_t audits_in(const HistoryMedian *medians, size_t count)
{
    size_t audits = 0;
    for (size_t i = 0; i < count; i++)
        audits += !i || medians[i].audit != medians[i - 1].audit;
    return audits;
}

bool baseline_design(const AuditPlan *plan, const Snapshot *like, CompareDesign *design,
                     Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(keep_close) Store *store = NULL;
    HistoryMedian *medians = NULL;
    size_t count = 0, free_values = 0;
    double squares = 0;
    StoreQuery query = {.host = like->host,
                        .place = like->place,
                        .engines = like->engines,
                        .newest = SESSIONS_MOST,
                        .passed = true};
    *design = (CompareDesign){.session_sd = NAN};
    if (!keep_open(plan, &store, err))
        return false;
    if (!store)
        return true;
    if (!store_medians(store, arena, &query, &medians, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_earlier(medians, i))
            spread_add(arena, medians, count, &medians[i], &squares, &free_values);
    design->sessions = audits_in(medians, count);
    if (free_values)
        design->session_sd = sqrt(squares / (double)free_values);
    return true;
}
