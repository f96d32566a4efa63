/* table.c - CSV and JSON rows. Layer: base. SPDX-License-Identifier: MIT */
#include "base/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/out.h"
#include "base/units.h"

enum { FILE_LIMIT = 16 << 20, CELL_LIMIT = 64 << 10 };

/* "Real NPS " is real_nps. */
static const char *column_name(Arena *arena, Str text)
{
    char *name = arena_str_text(arena, str_trim(text));
    for (char *c = name; *c; c++)
        *c = *c == ' ' || *c == '-'   ? '_'
             : *c >= 'A' && *c <= 'Z' ? (char)(*c + ('a' - 'A'))
                                      : *c;
    return name;
}

static int column_find(const Table *table, const char *name)
{
    for (int i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i], name) == 0)
            return i;
    return -1;
}

static const char *place_of(const Table *table, int line, char *text, size_t size)
{
    snprintf(text, size, "%s:%d", table->path, line);
    return text;
}

static bool line_error(const Table *table, int line, Error *err, const char *what)
{
    char place[240];
    return error_set(err, ERROR_INPUT, place_of(table, line, place, sizeof place), "%s",
                     what);
}

static bool column_add(Arena *arena, Table *table, Str text, int line, Error *err)
{
    const char *name = column_name(arena, text);
    if (table->column_count == TABLE_COLUMNS_MAX)
        return line_error(table, line, err, "has too many columns");
    if (name[0] && column_find(table, name) >= 0)
        return line_error(table, line, err,
                          arena_printf(arena, "names the column '%s' twice", name));
    table->columns[table->column_count++] = name;
    return true;
}

/* A CSV file being read. */
typedef struct Lines {
    Arena *arena;
    Table *table;
    Str rest;
    char separator;
    int line; /* of what comes next */
    Buf cell;
} Lines;

static char separator_of(Str text)
{
    static const char separators[] = {',', ';', '\t'};
    size_t counts[COUNT_OF(separators)] = {0};
    size_t best = 0;
    for (size_t i = 0; i < text.length && text.data[i] != '\n'; i++)
        for (size_t s = 0; s < COUNT_OF(separators); s++)
            counts[s] += text.data[i] == separators[s];
    for (size_t s = 1; s < COUNT_OF(separators); s++)
        best = counts[s] > counts[best] ? s : best;
    return separators[best];
}

/* A cell in quotes; rest stands behind the first quote. */
static bool quoted_read(Lines *lines, Error *err)
{
    int begun = lines->line;
    size_t i = 0;
    for (; i < lines->rest.length; i++) {
        char c = lines->rest.data[i];
        if (c == '"' && (i + 1 == lines->rest.length || lines->rest.data[i + 1] != '"'))
            break;
        i += c == '"';
        lines->line += c == '\n';
        buf_add_byte(&lines->cell, c);
    }
    if (i == lines->rest.length)
        return line_error(lines->table, begun, err, "has a quote that does not end");
    lines->rest = str_slice(lines->rest, i + 1, SIZE_MAX);
    return true;
}

/* One cell; *is_last when the line ends with it. */
static bool cell_read(Lines *lines, Str *cell, bool *is_last, Error *err)
{
    size_t end = 0;
    buf_clear(&lines->cell);
    bool is_quoted = str_starts_with(lines->rest, STR("\""));
    if (is_quoted) {
        lines->rest = str_slice(lines->rest, 1, SIZE_MAX);
        if (!quoted_read(lines, err))
            return false;
    }
    while (end < lines->rest.length && lines->rest.data[end] != lines->separator &&
           lines->rest.data[end] != '\n')
        end++;
    buf_add(&lines->cell, str_slice(lines->rest, 0, end));
    *is_last = end == lines->rest.length || lines->rest.data[end] == '\n';
    lines->rest = str_slice(lines->rest, end + 1, SIZE_MAX);
    if (!buf_check(&lines->cell, "a cell", err))
        return false;
    *cell = str_trim(arena_str(lines->arena, buf_str(&lines->cell)));
    return true;
}

static bool row_add(Arena *arena, Table *table, int line, TableRow **row, Error *err)
{
    TableRow fresh = {ARENA_ARRAY(arena, TABLE_COLUMNS_MAX, const char *), line};
    if (table->row_count == TABLE_ROWS_MAX)
        return line_error(table, line, err, "has too many rows");
    for (int i = 0; i < TABLE_COLUMNS_MAX; i++)
        fresh.cells[i] = "";
    ARENA_PUSH(arena, table->rows, table->row_count, table->row_capacity, fresh);
    *row = &table->rows[table->row_count - 1];
    return true;
}

/* One line: of names first, then of cells. A line without any is passed over. */
static bool line_read(Lines *lines, Error *err)
{
    Table *table = lines->table;
    TableRow *row = NULL;
    int line = lines->line;
    bool is_head = table->column_count == 0, is_last = false, is_filled = false;
    if (!is_head && !row_add(lines->arena, table, line, &row, err))
        return false;
    for (int i = 0; !is_last; i++) {
        Str cell;
        if (!cell_read(lines, &cell, &is_last, err))
            return false;
        is_filled |= !str_is_empty(cell);
        if (is_head && !column_add(lines->arena, table, cell, line, err))
            return false;
        if (is_head)
            continue;
        if (i >= table->column_count && !str_is_empty(cell))
            return line_error(table, line, err, "has more cells than the first line");
        if (i < table->column_count)
            row->cells[i] = arena_str_text(lines->arena, cell);
    }
    if (!is_filled && is_head)
        table->column_count = 0;
    else if (!is_filled)
        table->row_count--;
    lines->line++;
    return true;
}

static bool csv_read(Arena *arena, Str text, Table *table, Error *err)
{
    AUTO(buf_release) Buf cell = {0};
    Lines lines = {arena, table, text, separator_of(text), 1, {0}};
    buf_init(&cell, CELL_LIMIT);
    lines.cell = cell;
    table->has_decimal_comma = lines.separator == ';';
    bool is_read = true;
    while (is_read && !str_is_empty(lines.rest))
        is_read = line_read(&lines, err);
    cell = lines.cell;
    return is_read;
}

static const char *cell_of(Arena *arena, const Json *value)
{
    char number[32];
    switch (json_type(value)) {
    case JSON_STRING: return arena_str_text(arena, str_trim(json_str(value)));
    case JSON_NUMBER:
        return arena_text(arena, number_text(json_number(value, 0), number, sizeof number));
    case JSON_TRUE: return "true";
    case JSON_FALSE: return "false";
    case JSON_NULL: return "";
    case JSON_ARRAY:
    case JSON_OBJECT: return NULL;
    }
    return NULL;
}

static bool object_read(Arena *arena, const JsonFile *file, const Json *object,
                        Table *table, Error *err)
{
    TableRow *row = NULL;
    int line = 0, column = 0;
    if (json_type(object) != JSON_OBJECT)
        return json_error(file, object, err, "a row is an object");
    json_place(file, object, &line, &column);
    if (!row_add(arena, table, line, &row, err))
        return false;
    for (const Json *value = json_first(object); value; value = json_next(value)) {
        const char *name = column_name(arena, str_of(json_key(value)));
        const char *cell = cell_of(arena, value);
        if (!cell)
            return json_error(file, value, err, "a cell is a text or a number");
        int at = column_find(table, name);
        if (at < 0) {
            if (!column_add(arena, table, str_of(name), line, err))
                return false;
            at = table->column_count - 1;
        }
        row->cells[at] = cell;
    }
    return true;
}

static bool json_read(Arena *arena, Str text, const char *list, Table *table, Error *err)
{
    JsonFile file;
    if (!json_parse(arena, table->path, text, &file, err))
        return false;
    const Json *rows =
        json_type(file.root) == JSON_ARRAY ? file.root : json_get(file.root, list);
    if (json_type(rows) != JSON_ARRAY)
        return json_error(&file, file.root, err, "rows stand in a list '%s'", list);
    for (const Json *row = json_first(rows); row; row = json_next(row))
        if (!object_read(arena, &file, row, table, err))
            return false;
    return true;
}

bool table_load(Arena *arena, const char *path, const char *list, Table *table, Error *err)
{
    Str text;
    *table = (Table){.path = path};
    if (!file_read(arena, path, FILE_LIMIT, &text, err))
        return false;
    if (str_starts_with(text, STR("\xef\xbb\xbf")))
        text = str_slice(text, 3, SIZE_MAX);
    if (!str_is_utf8(text) || str_find_byte(text, '\0', 0) < text.length) {
        error_set(err, ERROR_INPUT, path, "is no text in UTF-8");
        return error_hint(err, "save it as CSV UTF-8");
    }
    Str head = str_trim(text);
    bool is_json = str_starts_with(head, STR("{")) || str_starts_with(head, STR("["));
    return is_json ? json_read(arena, text, list, table, err)
                   : csv_read(arena, text, table, err);
}

const char *table_cell(const Table *table, size_t row, const char *column)
{
    int at = column_find(table, column);
    return at < 0 ? "" : table->rows[row].cells[at];
}

bool table_only_columns(const Table *table, const char *const *known, int count, Error *err)
{
    for (int c = 0; c < table->column_count; c++) {
        bool is_known = !table->columns[c][0];
        for (int k = 0; k < count; k++)
            is_known |= strcmp(table->columns[c], known[k]) == 0;
        if (is_known)
            continue;
        error_set(err, ERROR_INPUT, table->path, "there is no column '%s'",
                  table->columns[c]);
        const char *near = error_did_you_mean(table->columns[c], known, count);
        return near ? error_hint(err, "did you mean '%s'?", near) : false;
    }
    return true;
}

bool table_number(const Table *table, size_t row, const char *column, const double *bounds,
                  double *number, Error *err)
{
    char text[64];
    const char *cell = table_cell(table, row, column);
    *number = NAN;
    if (!cell[0])
        return true;
    snprintf(text, sizeof text, "%s", cell);
    size_t length = strlen(text);
    double scale = 1;
    if (text[length - 1] == '%') {
        text[--length] = '\0';
        scale = 0.01;
    }
    char *comma = table->has_decimal_comma ? strchr(text, ',') : NULL;
    if (comma)
        *comma = '.';
    if (strlen(cell) < sizeof text && str_to_double(str_trim(str_of(text)), number) &&
        *number * scale >= bounds[0] && *number * scale <= bounds[1]) {
        *number *= scale;
        return true;
    }
    return table_error(table, row, err, "'%s' in '%s' is no number from %g to %g", cell,
                       column, bounds[0], bounds[1]);
}

bool table_error(const Table *table, size_t row, Error *err, const char *format, ...)
{
    char what[480], place[240];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return error_set(err, ERROR_INPUT,
                     place_of(table, table->rows[row].line, place, sizeof place), "%s",
                     what);
}
