/* table_test.c - promises of tables from a spreadsheet. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "base/table.h"
#include "unit.h"

static bool read_back(Arena *arena, Str text, Table *table, Error *err)
{
    char path[] = "/tmp/mystery-table-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, text, NULL));
    bool is_read = table_load(arena, arena_text(arena, path), "rows", table, err);
    unlink(path);
    return is_read;
}

void test_table__quotes_hold_separators_quotes_and_lines(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Table table;
    Error err = {0};
    assert_true(read_back(arena,
                          STR("\xef\xbb\xbf"
                              "Rule , A remark\r\n\r\na,\"b, \"\"c\"\"\nd\" \r\ne\r\n"),
                          &table, &err));
    assert_int_equal(table.row_count, 2);
    assert_string_equal(table_cell(&table, 0, "a_remark"), "b, \"c\"\nd");
    assert_string_equal(table_cell(&table, 1, "rule"), "e");
    assert_string_equal(table_cell(&table, 1, "a_remark"), "");
    assert_int_equal(table.rows[0].line, 3);
    assert_int_equal(table.rows[1].line, 5);
}

void test_table__semicolons_come_with_decimal_commas(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const double bounds[] = {0, 10};
    Table table;
    Error err = {0};
    double number = 0;
    assert_true(read_back(arena, STR("a;b;c\n7,5;42 %;\nx;;11\n"), &table, &err));
    assert_true(table_number(&table, 0, "a", bounds, &number, &err));
    assert_near(number, 7.5, 1e-9);
    assert_true(table_number(&table, 0, "b", bounds, &number, &err));
    assert_near(number, 0.42, 1e-9);
    assert_true(table_number(&table, 0, "c", bounds, &number, &err));
    assert_true(isnan(number));
    assert_false(table_number(&table, 1, "a", bounds, &number, &err));
    assert_non_null(strstr(err.where, ":3"));
    error_clear(&err);
    assert_false(table_number(&table, 1, "c", bounds, &number, &err));
}

void test_table__json_rows_are_the_same(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Table table;
    Error err = {0};
    assert_true(read_back(
        arena,
        STR("{\"rows\": [{\"a\": 1.5, \"b\": \" x \"},\n{\"c\": null, \"a\": true}]}"),
        &table, &err));
    assert_int_equal(table.row_count, 2);
    assert_string_equal(table_cell(&table, 0, "a"), "1.5");
    assert_string_equal(table_cell(&table, 0, "b"), "x");
    assert_string_equal(table_cell(&table, 1, "a"), "true");
    assert_string_equal(table_cell(&table, 1, "c"), "");
    assert_int_equal(table.rows[1].line, 2);
    assert_true(read_back(arena, STR("[{\"a\": 1}]"), &table, &err));
    assert_false(read_back(arena, STR("{\"rows\": [{\"a\": []}]}"), &table, &err));
    error_clear(&err);
    assert_false(read_back(arena, STR("{\"other\": []}"), &table, &err));
}

void test_table__what_is_no_table_is_refused_with_its_line(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Str bad[] = {
        STR("a,a\n"), STR("a,b\n1,2,3\n"), STR("a\n\"x\ny\n"),
        {"a\n\0", 3}, STR("a\n\xff\n"),
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        Table table;
        Error err = {0};
        assert_false(read_back(arena, bad[i], &table, &err));
        assert_int_equal(err.code, ERROR_INPUT);
    }
}

void test_table__an_unknown_column_gets_a_did_you_mean(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *const known[] = {"satisfaction", "effort"};
    Table table;
    Error err = {0};
    assert_true(read_back(arena, STR("effort,satisfactoin\n"), &table, &err));
    assert_false(table_only_columns(&table, known, 2, &err));
    assert_non_null(strstr(err.hint, "'satisfaction'"));
}
