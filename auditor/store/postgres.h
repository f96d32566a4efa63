/* postgres.h - what the files of the PostgreSQL store share: calls with parameters, rows,
 * errors in words.
 *
 * Empty where libpq is not installed when the program is built. Private to store/. Layer:
 * store. SPDX-License-Identifier: MIT */
#ifndef STORE_POSTGRES_H
#define STORE_POSTGRES_H

#include "store/driver.h"

#ifdef HAS_LIBPQ
#    include <libpq-fe.h>

enum { CALL_PARAMETERS_MOST = 640 };

/** One statement with its parameters, filled in order: $1, $2 ... */
typedef struct Call {
    Arena *arena;
    const char *values[CALL_PARAMETERS_MOST];
    int lengths[CALL_PARAMETERS_MOST];
    int formats[CALL_PARAMETERS_MOST];
    int count;
} Call;

/** Empty a call; what is put into it lives in arena. */
void call_begin(Call *call, Arena *arena);
/** Add a parameter. text NULL: null; number NAN: null. */
void call_text(Call *call, const char *text);
void call_integer(Call *call, int64_t integer);
void call_number(Call *call, double number);
void call_bytes(Call *call, Str bytes);
/** Run it. Errors: ERROR_FAILED in words; its SQLSTATE is in store->state. Owns: *result
 * is the caller's, who clears it (AUTO(result_clear)). */
bool call_run(Store *store, const Call *call, const char *sql, PGresult **result,
              Error *err) MUST_USE;
/** For AUTO(result_clear). */
void result_clear(PGresult **result);
/** Run statements without parameters and rows. */
bool postgres_run(Store *store, const char *sql, Error *err) MUST_USE;
/** How many rows a statement changed. */
size_t result_changed(PGresult *result);
/** Columns of a row of text; a missing number is NAN, a missing text "". */
const char *result_text(Arena *arena, const PGresult *result, int row, int column);
int64_t result_integer(const PGresult *result, int row, int column);
double result_number(const PGresult *result, int row, int column);
/** A number for an audit's name: rows refer to it as SQLite's do to theirs. */
int64_t result_id(const PGresult *result, int row, int column);

/** The parts of the driver in postgres_save.c and postgres_read.c. */
bool postgres_save(Store *store, const Snapshot *snapshot, const char *job, bool *is_new,
                   Error *err) MUST_USE;
bool postgres_has_job(Store *store, const char *host, const char *job, bool *has,
                      Error *err) MUST_USE;
bool postgres_list(Store *store, Arena *arena, const StoreQuery *query, HistoryRow **rows,
                   size_t *count, Error *err) MUST_USE;
bool postgres_load(Store *store, Arena *arena, const StoreQuery *query, Snapshot *snapshot,
                   Error *err) MUST_USE;
bool postgres_medians(Store *store, Arena *arena, const StoreQuery *query,
                      HistoryMedian **list, size_t *count, Error *err) MUST_USE;
bool postgres_prices(Store *store, Arena *arena, const char *host, SnapPrice **list,
                     size_t *count, Error *err) MUST_USE;
bool postgres_prune(Store *store, const StoreKeep *keep, size_t *gone, Error *err) MUST_USE;
bool postgres_check(Store *store, size_t *audits, Error *err) MUST_USE;

#endif
#endif
