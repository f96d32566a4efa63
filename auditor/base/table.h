/* table.h - rows of named cells that people keep in a spreadsheet: CSV, or JSON objects.
 *
 * CSV: the first line names the columns; ',' ';' or a tab, whichever the first line has
 * most of; RFC 4180 quotes; a BOM, CRLF and empty lines are no matter. JSON: a list of flat
 * objects, alone or as a member of the root. Column names are compared in lower case with
 * '_' for blanks. All bytes are UTF-8. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"

enum { TABLE_COLUMNS_MAX = 64, TABLE_ROWS_MAX = 100000 };

/** One row; cells in order of the columns, "" where there is none. */
typedef struct TableRow {
    const char **cells;
    int line; /**< of the file, from 1 */
} TableRow;

/** A file read. */
typedef struct Table {
    const char *path;
    const char *columns[TABLE_COLUMNS_MAX];
    int column_count;
    TableRow *rows;
    size_t row_count, row_capacity;
    bool has_decimal_comma; /**< cells are separated by ';' */
} Table;

/** Read a file ("-": standard input). list: member of a JSON root object that holds the
 * rows. Errors: ERROR_INPUT with file:line. Owns: arena. */
bool table_load(Arena *arena, const char *path, const char *list, Table *table,
                Error *err) MUST_USE;
/** The cell of a column, trimmed; "" when there is no such column or cell. */
const char *table_cell(const Table *table, size_t row, const char *column);
/** Every column must be one of count known ones; else error with a did-you-mean. */
bool table_only_columns(const Table *table, const char *const *known, int count,
                        Error *err) MUST_USE;
/** The number of a cell; NAN when it is empty. A decimal comma is read where cells are
 * separated by ';'; "42%" is 0.42. Errors: ERROR_INPUT (no number, or outside low..high).
 */
bool table_number(const Table *table, size_t row, const char *column, const double *bounds,
                  double *number, Error *err) MUST_USE;
/** Fill err (ERROR_INPUT) at a row. Returns false always. */
bool table_error(const Table *table, size_t row, Error *err, const char *format, ...)
    PRINTF_LIKE(4, 5);

#endif
