/* json_scan.h - the pass over JSON text before cJSON sees it: strictness and places.
 *
 * Used by json.c alone. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

enum { JSON_DEPTH_LIMIT = 256, JSON_NUMBER_LIMIT = 60 };

/** Where a value stands in the text; in document order (a parent before its children). */
typedef struct JsonPlace {
    uint32_t value;  /**< offset of its first byte */
    uint32_t key;    /**< offset of its key's quote; that of the value when it has none */
    uint32_t length; /**< bytes of a string after its escapes are resolved */
} JsonPlace;

typedef struct JsonPlaces {
    JsonPlace *items;
    size_t count, capacity;
} JsonPlaces;

/** Check text by RFC 8259 and note the place of every value.
 *
 * text: length bytes that may be changed: an escaped lone surrogate becomes \uFFFD, as
 * browsers export them and no UTF-8 can hold them. path: name in messages.
 * Errors: ERROR_INPUT with file:line:column: broken syntax, nesting beyond
 * JSON_DEPTH_LIMIT, raw control characters, bytes that are no UTF-8, U+0000 in a key, a
 * number longer than JSON_NUMBER_LIMIT, anything behind the value. Owns: arena. */
bool json_scan(Arena *arena, const char *path, char *text, size_t length,
               JsonPlaces *places, Error *err) MUST_USE;
/** Line and column (from 1, column in code points, a BOM not counted) of an offset. */
void json_scan_place(Str text, size_t offset, int *line, int *column);
/** Fill err at an offset. Returns false always. */
bool json_scan_error(const char *path, Str text, size_t offset, Error *err,
                     const char *what);

#endif
