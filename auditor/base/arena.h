/* arena.h - memory with one life: everything allocated is freed together.
 *
 * Never returns NULL: an exhausted machine (or an exceeded budget) ends the process with
 * one message and exit 1; parallel visits are separate processes. Clean-ups run in reverse
 * order at release. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/str.h"

typedef struct Arena Arena;

/** The machine has no memory left: one message, exit 1. For whoever asks for memory that
 * is no arena's. */
NO_RETURN void arena_exhausted(void);
/** Make an arena. Owns: the caller, who calls arena_release. */
Arena *arena_create(void);
/** From now on, end the process when more than bytes are handed out in all. */
void arena_set_budget(Arena *arena, size_t bytes);
/** Run the clean-ups, free everything. arena may be NULL. */
void arena_release(Arena *arena);
/** For AUTO(arena_auto): releases *arena. */
void arena_auto(Arena **arena);
/** Zeroed memory for any type, aligned to 16. size 0 gives a valid pointer. */
void *arena_alloc(Arena *arena, size_t size);
/** The same, not zeroed: for who writes before it reads. */
void *arena_alloc_raw(Arena *arena, size_t size);
/** Zeroed array; the product is overflow-checked. */
void *arena_array(Arena *arena, size_t count, size_t size);
/** Grow an array from old_count to new_count elements (copied; the new part zeroed). */
void *arena_grow(Arena *arena, void *old, size_t old_count, size_t new_count, size_t size);
/** NUL-ended copies. arena_text copies text (NULL gives NULL). */
char *arena_text(Arena *arena, const char *text);
/** NUL-ended copy of s (NUL bytes inside stay, C functions will stop at them). */
char *arena_str_text(Arena *arena, Str s);
/** Copy of the bytes (also NUL-ended behind the length). */
Str arena_str(Arena *arena, Str s);
/** Formatted NUL-ended text. */
char *arena_printf(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
/** Call clean_up(object) when the arena is released. For foreign objects. */
void arena_on_release(Arena *arena, void (*clean_up)(void *object), void *object);
/** Bytes handed out so far. */
size_t arena_used(const Arena *arena);

/** One new T in the arena. */
#define ARENA_NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
/** Array of count T in the arena. */
#define ARENA_ARRAY(arena, count, T) ((T *)arena_array((arena), (count), sizeof(T)))

/** Append to a growable array kept as pointer, count, capacity; evaluates to nothing.
 * items: T *, count and capacity: size_t lvalues. */
#define ARENA_PUSH(arena, items, count, capacity, value)                                   \
    do {                                                                                   \
        if ((count) == (capacity)) {                                                       \
            size_t push_capacity = (capacity) ? (capacity)*2 : 8;                          \
            (items) =                                                                      \
                arena_grow((arena), (items), (capacity), push_capacity, sizeof *(items));  \
            (capacity) = push_capacity;                                                    \
        }                                                                                  \
        (items)[(count)++] = (value);                                                      \
    } while (0)

#endif
