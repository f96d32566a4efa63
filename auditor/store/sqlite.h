/* sqlite.h - what the files of the SQLite store share: the connection and small helpers.
 *
 * Private to store/. Layer: store. SPDX-License-Identifier: MIT */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>

#include "store/store.h"

struct Store {
    Arena *arena;
    sqlite3 *db;
    const char *path;
};

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

#endif
