/* arena_test.c - promises of base/arena.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "unit.h"

void test_arena__gives_zeroed_aligned_memory(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t size = 0; size < 5000; size += 37) {
        const unsigned char *memory = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)memory % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
    }
    memset(arena_alloc(arena, 3000000), 1, 3000000);
}

void test_arena__pushes_keep_every_item(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    int *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++)
        ARENA_PUSH(arena, items, count, capacity, i);
    assert_int_equal(count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
}

void test_arena__copies_texts_and_keeps_nul_bytes(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str s = arena_str(arena, str_from("a\0b", 3));
    assert_int_equal(s.length, 3);
    assert_memory_equal(s.data, "a\0b", 4);
    assert_null(arena_text(arena, NULL));
    assert_string_equal(arena_printf(arena, "%d-%s", 7, "x"), "7-x");
    assert_string_equal(arena_str_text(arena, (Str){NULL, 0}), "");
}

static void mark(void *object)
{
    char *order = *(char **)object;
    order[strlen(order)] = ((char *)object)[sizeof(char *)];
}

typedef struct Mark {
    char *order;
    char letter;
} Mark;

void test_arena__runs_clean_ups_in_reverse_order(void)
{
    char order[4] = "";
    Mark marks[2] = {{order, 'a'}, {order, 'b'}};
    Arena *arena = arena_create();
    arena_on_release(arena, mark, &marks[0]);
    arena_on_release(arena, mark, &marks[1]);
    arena_release(arena);
    arena_release(NULL);
    assert_string_equal(order, "ba");
}

/* Exit code of a child that allocates what does not fit; its message goes to nowhere. */
static int code_of_death(size_t budget, size_t count)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        Arena *arena = arena_create();
        close(STDERR_FILENO);
        arena_set_budget(arena, budget);
        arena_array(arena, count, 16);
        _exit(99);
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void test_arena__ends_the_process_with_1_when_memory_is_exhausted(void)
{
    assert_int_equal(code_of_death(1000, 100), 1);
    assert_int_equal(code_of_death(SIZE_MAX, SIZE_MAX / 8), 1);
    assert_int_equal(code_of_death(1600, 100), 99);
}
