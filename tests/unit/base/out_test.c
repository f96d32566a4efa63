/* out_test.c - promises of base/out.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/out.h"
#include "unit.h"

/* A fresh folder; removed with all inside by folder_drop. */
static const char *folder_fresh(Arena *arena)
{
    const char *base = getenv("TMPDIR");
    char *path = arena_printf(arena, "%s/mystery-out-XXXXXX", base ? base : "/tmp");
    assert_non_null(mkdtemp(path));
    return path;
}

static void folder_drop(Arena *arena, const char *path)
{
    const char **names = NULL;
    size_t count = 0;
    assert_true(folder_list(arena, path, "", &names, &count, NULL));
    for (size_t i = 0; i < count; i++) {
        const char *entry = path_join(arena, path, names[i]);
        if (unlink(entry) != 0)
            folder_drop(arena, entry);
    }
    rmdir(path);
}

void test_out__files_are_written_whole_and_read_back(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char *path = path_join(arena, folder, "a.txt");
    const char **names = NULL;
    size_t count = 0;
    Str content = {0};
    Error err = {0};

    assert_true(file_write(path, STR("one"), &err));
    assert_true(file_write(path, str_from("t\0wo", 4), &err));
    assert_true(file_read(arena, path, 4, &content, &err));
    assert_true(str_equal(content, str_from("t\0wo", 4)));
    assert_true(folder_list(arena, folder, "", &names, &count, &err));
    assert_int_equal(count, 1);
    folder_drop(arena, folder);
}

void test_out__reading_stops_at_the_limit(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char *path = path_join(arena, folder, "a.txt");
    Str content = {0};
    Error err = {0};

    assert_true(file_write(path, STR("12345"), &err));
    assert_false(file_read(arena, path, 4, &content, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.what, "is larger than 4 bytes");
    error_clear(&err);
    assert_false(file_read(arena, folder, 4, &content, &err));
    error_clear(&err);
    assert_false(file_read(arena, path_join(arena, folder, "none"), 4, &content, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    folder_drop(arena, folder);
}

void test_out__a_failed_write_leaves_nothing(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char *path = path_join(arena, folder, "taken");
    const char **names = NULL;
    size_t count = 0;
    Error err = {0};

    assert_true(folder_make(path_join(arena, path, "inside"), &err));
    assert_false(file_write(path, STR("x"), &err));
    assert_int_equal(err.code, ERROR_FAILED);
    assert_true(folder_list(arena, folder, "", &names, &count, NULL));
    assert_int_equal(count, 1);
    folder_drop(arena, folder);
}

void test_out__folders_are_made_with_parents(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char *deep = path_join(arena, folder, "a//b/c/");
    Error err = {0};

    assert_true(folder_make(deep, &err));
    assert_true(folder_make(deep, &err));
    assert_true(path_is_folder(deep));
    assert_false(path_is_file(deep));
    assert_true(file_write(path_join(arena, deep, "f"), STR(""), &err));
    assert_false(folder_make(path_join(arena, deep, "f/g"), &err));
    assert_int_equal(err.code, ERROR_FAILED);
    folder_drop(arena, folder);
}

void test_out__lists_are_sorted_and_filtered(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char **names = NULL;
    size_t count = 0;
    Error err = {0};

    assert_true(file_write(path_join(arena, folder, "b.json"), STR(""), &err));
    assert_true(file_write(path_join(arena, folder, "a.json"), STR(""), &err));
    assert_true(file_write(path_join(arena, folder, "c.txt"), STR(""), &err));
    assert_true(folder_list(arena, folder, ".json", &names, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "a.json");
    assert_string_equal(names[1], "b.json");
    assert_false(folder_list(arena, "/nonexistent", "", &names, &count, &err));
    folder_drop(arena, folder);
}

void test_out__paths_join_with_one_slash(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_string_equal(path_join(arena, "a", "b"), "a/b");
    assert_string_equal(path_join(arena, "a/", "/b"), "a/b");
    assert_string_equal(path_join(arena, "/", "b"), "/b");
    assert_string_equal(path_join(arena, "", "b"), "b");
}

void test_out__links_are_replaced(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char *link = path_join(arena, folder, "latest");
    char target[64] = "";
    Error err = {0};

    assert_true(link_replace(link, "one", &err));
    assert_true(link_replace(link, "two", &err));
    assert_int_equal(readlink(link, target, sizeof(target) - 1), 3);
    assert_string_equal(target, "two");
    folder_drop(arena, folder);
}

void test_out__standard_output_takes_the_name_of_a_dash(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char *path = path_join(arena, folder, "stdout");
    int saved = dup(STDOUT_FILENO);
    Str content = {0};
    Error err = {0};

    fflush(stdout);
    assert_non_null(freopen(path, "wb", stdout));
    bool is_written = file_write("-", STR("result\n"), &err);
    fflush(stdout);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    assert_true(is_written);
    assert_true(file_read(arena, path, 100, &content, &err));
    assert_true(str_equal(content, STR("result\n")));
    folder_drop(arena, folder);
}

void test_out__links_and_folders_that_cannot_be_made_say_so(void)
{
    Error err = {0};
    assert_false(link_replace("/nonexistent/link", "target", &err));
    assert_int_equal(err.code, ERROR_FAILED);
    error_clear(&err);
    assert_false(file_write("/nonexistent/file", STR("x"), &err));
    assert_int_equal(err.code, ERROR_FAILED);
    error_clear(&err);
    assert_false(folder_make("", &err));
    assert_int_equal(err.code, ERROR_FAILED);
}

void test_out__paths_are_told_from_inside_a_folder(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char *inner = path_join(arena, folder, "a/b");
    const char *near = path_join(arena, folder, "a/x.har");
    Error err = {0};

    assert_true(folder_make(inner, &err));
    assert_true(folder_make(path_join(arena, folder, "ab"), &err));
    assert_true(file_write(near, STR("1"), &err));
    assert_string_equal(path_relative(arena, inner, near), "../x.har");
    assert_string_equal(path_relative(arena, path_join(arena, folder, "a/"), near),
                        "x.har");
    assert_string_equal(path_relative(arena, path_join(arena, folder, "ab"), near),
                        "../a/x.har");
    assert_string_equal(path_relative(arena, folder, near), "a/x.har");
    assert_string_equal(path_relative(arena, "/", "/x"), "x");
    assert_string_equal(path_relative(arena, "/nowhere-at-all", "b/x"), "b/x");
    assert_string_equal(path_name("a/b/x.har"), "x.har");
    assert_string_equal(path_name("x.har"), "x.har");
    folder_drop(arena, folder);
}

void test_out__what_is_appended_comes_behind_what_is_there(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_fresh(arena);
    const char *path = path_join(arena, folder, "a.txt");
    Str content = {0};
    Error err = {0};

    assert_true(file_append(path, STR("one "), &err));
    assert_true(file_append(path, STR("two"), &err));
    assert_true(file_read(arena, path, 100, &content, &err));
    assert_true(str_equal(content, STR("one two")));
    assert_false(file_append(folder, STR("x"), &err));
    folder_drop(arena, folder);
}

void test_out__a_folder_is_removed_with_all_in_it_but_not_behind_links(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    char outside[] = "/tmp/mystery-out-XXXXXX", inside[] = "/tmp/mystery-out-XXXXXX";
    Error err = {0};
    assert_non_null(mkdtemp(outside));
    assert_non_null(mkdtemp(inside));
    const char *kept = path_join(arena, outside, "kept");
    assert_true(file_write(kept, STR("x"), &err));
    assert_true(folder_make(path_join(arena, inside, "a/b"), &err));
    assert_true(file_write(path_join(arena, inside, "a/b/c"), STR("x"), &err));
    assert_int_equal(symlink(outside, path_join(arena, inside, "a/link")), 0);
    folder_remove(inside);
    assert_false(path_is_folder(inside));
    assert_true(path_is_file(kept));
    folder_remove(outside);
    assert_false(path_is_folder(outside));
}
