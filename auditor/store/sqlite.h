/* sqlite.h - what the files of the SQLite store share: the connection and small helpers.
 *
 * Private to store/. Layer: store. SPDX-License-Identifier: MIT */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>

#include "store/driver.h"

/** For AUTO(statement_end): finalises. */
void statement_end(sqlite3_stmt **statement);
/** Prepare one statement. Errors: ERROR_FAILED with SQLite's words. */
bool statement_make(Store *store, const char *sql, sqlite3_stmt **statement,
                    Error *err) MUST_USE;
/** Step; *has_row tells whether a row stands. */
bool statement_step(Store *store, sqlite3_stmt *statement, bool *has_row,
                    Error *err) MUST_USE;
/** Step a statement that gives no row. */
bool statement_run(Store *store, sqlite3_stmt *statement, Error *err) MUST_USE;
/** Run SQL without parameters and rows. */
bool store_run(Store *store, const char *sql, Error *err) MUST_USE;
/** Fill err with SQLite's words. Returns false always. */
bool store_error(const Store *store, Error *err, const char *what);
/** Bind a text (NULL: null), a number (NAN: null). */
void bind_text(sqlite3_stmt *statement, int at, const char *text);
void bind_number(sqlite3_stmt *statement, int at, double number);
/** Columns; a missing number is NAN, a missing text "". Owns: arena. */
const char *column_text(Arena *arena, sqlite3_stmt *statement, int at);
double column_number(sqlite3_stmt *statement, int at);

/** The reading part of the driver (sqlite_read.c). */
bool sqlite_list(Store *store, Arena *arena, const StoreQuery *query, HistoryRow **rows,
                 size_t *count, Error *err) MUST_USE;
bool sqlite_load(Store *store, Arena *arena, const StoreQuery *query, Snapshot *snapshot,
                 Error *err) MUST_USE;
bool sqlite_medians(Store *store, Arena *arena, const StoreQuery *query,
                    HistoryMedian **list, size_t *count, Error *err) MUST_USE;
bool sqlite_prices(Store *store, Arena *arena, const char *host, SnapPrice **list,
                   size_t *count, Error *err) MUST_USE;
bool sqlite_prune(Store *store, const StoreKeep *keep, size_t *gone, Error *err) MUST_USE;
bool sqlite_check(Store *store, size_t *audits, Error *err) MUST_USE;

#endif
