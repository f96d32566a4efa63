/* fixture_test.c - reads the small visits that examples of rules are written as.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "fixture.h"
#include "rule/example.h"
#include "rule/pack.h"
#include "unit.h"

static void *fail_with(const Error *error)
{
    print_error("%s: %s\n", error->where, error->what);
    return NULL;
}

const Words *fixture_words(Arena *arena)
{
    static const char *const folders[] = {"scenarios/words", NULL};
    Words *words = NULL;
    Error error = {0};
    return words_load(arena, folders, &words, &error) ? words : fail_with(&error);
}

Grid *fixture_grid(Arena *arena, const Words *words)
{
    static const char *const folders[] = {"rules", NULL};
    Grid *grid = NULL;
    Error error = {0};
    return grid_load(arena, folders, words, &grid, &error) ? grid : fail_with(&error);
}

Audit *rule_fixture_audit(Arena *arena, const char *path, PageKind kind)
{
    Audit *audit = NULL;
    Error error = {0};
    return example_load(arena, path, kind, &audit, &error) ? audit : fail_with(&error);
}

void test_fixture__loads_the_project_s_own_grid(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = fixture_words(arena);
    Grid *grid;
    assert_non_null(words);
    grid = fixture_grid(arena, words);
    assert_non_null(grid);
    assert_true(grid->rule_count > 0);
}
