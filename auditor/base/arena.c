/* arena.c - chunks of memory, zeroed (unless raw) as it is handed out from front to back.
 *
 * Under the address sanitizer every allocation is a chunk of its own, so that overruns are
 * seen. Layer: base. SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/units.h"

#if defined(__SANITIZE_ADDRESS__)
#    define ARENA_IS_CHECKED 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define ARENA_IS_CHECKED 1
#    endif
#endif
#ifndef ARENA_IS_CHECKED
#    define ARENA_IS_CHECKED 0
#endif

enum { ALIGNMENT = 16, CHUNK_FIRST = 4096, CHUNK_MOST = 1 << 20 };

typedef struct Chunk {
    struct Chunk *next;
    size_t size; /* usable bytes behind the head */
    size_t used;
    size_t padding; /* keeps the head a multiple of ALIGNMENT */
} Chunk;

typedef struct CleanUp {
    struct CleanUp *next;
    void (*call)(void *object);
    void *object;
} CleanUp;

struct Arena {
    Chunk *chunks; /* newest first; allocation happens in the newest */
    CleanUp *clean_ups;
    size_t used;
    size_t budget; /* SIZE_MAX: none */
    size_t next_size;
};

_Static_assert(sizeof(Chunk) % ALIGNMENT == 0, "chunk heads must keep the alignment");

/* Nothing sensible can go on without memory, and a visit is a process of its own. _exit:
 * half-filled standard streams of a parent must not be flushed a second time. */
static NO_RETURN void arena_die(const char *message)
{
    ssize_t written = write(STDERR_FILENO, message, strlen(message));
    (void)written;
    _exit(1);
}

void arena_exhausted(void)
{
    arena_die("mystery: out of memory\n");
}

Arena *arena_create(void)
{
    Arena *arena = calloc(1, sizeof(*arena));
    if (!arena)
        arena_exhausted();
    arena->budget = SIZE_MAX;
    arena->next_size = CHUNK_FIRST;
    return arena;
}

void arena_set_budget(Arena *arena, size_t bytes)
{
    arena->budget = bytes;
}

void arena_release(Arena *arena)
{
    if (!arena)
        return;
    while (arena->clean_ups) {
        CleanUp *clean_up = arena->clean_ups;
        arena->clean_ups = clean_up->next;
        clean_up->call(clean_up->object);
    }
    while (arena->chunks) {
        Chunk *chunk = arena->chunks;
        arena->chunks = chunk->next;
        free(chunk);
    }
    free(arena);
}

void arena_auto(Arena **arena)
{
    arena_release(*arena);
    *arena = NULL;
}

/* A chunk with room for size bytes; it becomes the newest unless it is made for one big
 * object and the present one still has room. */
static Chunk *chunk_add(Arena *arena, size_t size)
{
    bool is_single = ARENA_IS_CHECKED || size > arena->next_size / 4;
    size_t room = is_single ? size : arena->next_size;
    size_t total = 0;
    Chunk *chunk = NULL;

    /* Not calloc: it would touch every page of a chunk whose end may never be used. */
    if (size_add(sizeof(*chunk), room, &total))
        chunk = malloc(total);
    if (!chunk)
        arena_exhausted();
    *chunk = (Chunk){.size = room};
    if (is_single && arena->chunks) {
        chunk->next = arena->chunks->next;
        arena->chunks->next = chunk;
        return chunk;
    }
    if (!is_single && arena->next_size < CHUNK_MOST)
        arena->next_size *= 2;
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    return chunk;
}

void *arena_alloc_raw(Arena *arena, size_t size)
{
    Chunk *chunk = arena->chunks;
    size_t start = 0;

    if (size == 0)
        size = 1;
    if (size > arena->budget - arena->used)
        arena_die("mystery: memory budget exceeded\n");
    if (chunk)
        start = (chunk->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!chunk || start > chunk->size || size > chunk->size - start) {
        chunk = chunk_add(arena, size);
        start = 0;
    }
    chunk->used = start + size;
    arena->used += size;
    return (char *)(chunk + 1) + start;
}

void *arena_alloc(Arena *arena, size_t size)
{
    return memset(arena_alloc_raw(arena, size), 0, size ? size : 1);
}

void *arena_array(Arena *arena, size_t count, size_t size)
{
    size_t total = 0;
    if (!size_multiply(count, size, &total))
        arena_die("mystery: out of memory (array too large)\n");
    return arena_alloc(arena, total);
}

void *arena_grow(Arena *arena, void *old, size_t old_count, size_t new_count, size_t size)
{
    void *array = arena_array(arena, new_count, size);
    size_t kept = old_count < new_count ? old_count : new_count;
    if (old && kept > 0)
        memcpy(array, old, kept * size);
    return array;
}

char *arena_text(Arena *arena, const char *text)
{
    return text ? arena_str_text(arena, str_of(text)) : NULL;
}

char *arena_str_text(Arena *arena, Str s)
{
    size_t size = 0;
    char *copy = NULL;
    if (!size_add(s.length, 1, &size))
        arena_die("mystery: out of memory (text too large)\n");
    copy = arena_alloc_raw(arena, size);
    if (s.length > 0)
        memcpy(copy, s.data, s.length);
    copy[s.length] = '\0';
    return copy;
}

Str arena_str(Arena *arena, Str s)
{
    return str_from(arena_str_text(arena, s), s.length);
}

char *arena_printf(Arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text = NULL;
    int length = 0;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return arena_text(arena, "");
    text = arena_alloc_raw(arena, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

void arena_on_release(Arena *arena, void (*clean_up)(void *object), void *object)
{
    CleanUp *entry = ARENA_NEW(arena, CleanUp);
    entry->call = clean_up;
    entry->object = object;
    entry->next = arena->clean_ups;
    arena->clean_ups = entry;
}

size_t arena_used(const Arena *arena)
{
    return arena->used;
}
