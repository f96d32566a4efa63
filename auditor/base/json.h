/* json.h - reading and writing JSON; the only door to cJSON. Errors carry line and column.
 *
 * A parsed value is registered with an arena and const from then on. Strings are UTF-8; an
 * escaped lone surrogate (browsers export them) reads as U+FFFD. Strings may hold U+0000
 * (json_str keeps it), keys may not. Duplicate keys, raw control characters, bytes that are
 * no UTF-8, numbers of more than 60 characters and anything behind the value are errors,
 * depth stops at 256, a leading BOM is skipped. All linear in the length of the text.
 * Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

typedef struct Json Json; /**< one value (a node of the tree) */

/** A parsed file: the tree plus what is needed to say file:line:column of any value. */
typedef struct JsonFile {
    const char *path; /**< as given, for messages */
    Str text;         /**< the bytes read, owned by the arena */
    const Json *root;
    struct JsonPlaces *places; /**< value → offset */
} JsonFile;

typedef enum JsonType {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
} JsonType;

/** Parse text. path: name in messages. text is copied into the arena.
 * Errors: ERROR_INPUT with file:line:column. Owns: arena. */
bool json_parse(Arena *arena, const char *path, Str text, JsonFile *file,
                Error *err) MUST_USE;
/** Read (at most limit bytes) and parse a file; "-" is standard input. Errors: as above. */
bool json_load(Arena *arena, const char *path, size_t limit, JsonFile *file,
               Error *err) MUST_USE;
/** Fill err (ERROR_INPUT) at the place of value in file. Returns false always. */
bool json_error(const JsonFile *file, const Json *value, Error *err, const char *format,
                ...) PRINTF_LIKE(4, 5);
/** Line and column (both from 1, column in code points) of a value of this file. */
void json_place(const JsonFile *file, const Json *value, int *line, int *column);

JsonType json_type(const Json *value);
/** Member of an object, or NULL (also when value is NULL or no object). */
const Json *json_get(const Json *value, const char *key);
/** Member by path of keys separated by '.', e.g. "request.url"; NULL when any is missing.
 */
const Json *json_at(const Json *value, const char *path);
/** First child of an array or object, next sibling, and a child's key (NULL in arrays). */
const Json *json_first(const Json *value);
const Json *json_next(const Json *value);
const char *json_key(const Json *value);
/** Number of children of an array or object, else 0. */
int json_count(const Json *value);
/** Text of a string value, or the default when value is NULL or no string.
 * A string may hold U+0000; json_str keeps it, json_text stops there. */
const char *json_text(const Json *value, const char *otherwise);
Str json_str(const Json *value);
/** Number, or the default when it is none. */
double json_number(const Json *value, double otherwise);
int64_t json_integer(const Json *value, int64_t otherwise);
bool json_bool(const Json *value, bool otherwise);
bool json_is_null(const Json *value);
/** Four finite numbers of a list of four; else all are 0. */
void json_four(const Json *value, double *four);

/** Strict reading for files users write. Each fills err at the value's place.
 * json_need_*: missing or of another type is an error naming the key. */
bool json_need_text(const JsonFile *file, const Json *object, const char *key,
                    const char **text, Error *err) MUST_USE;
bool json_need_number(const JsonFile *file, const Json *object, const char *key,
                      double *number, Error *err) MUST_USE;
/** Every key of object must be one of count known ones; else error with a did-you-mean. */
bool json_only_keys(const JsonFile *file, const Json *object, const char *const *known,
                    int count, Error *err) MUST_USE;

/** A writer into a Buf: two-space indent when pretty, keys in the order given.
 * Broken promises (a value without key in an object) are asserts. */
typedef struct JsonWriter {
    Buf *out;
    bool is_pretty;
    int depth;
    unsigned char state[320]; /**< per depth: object or array, first or not. Deep enough for
                               * a parsed value (256) inside something of ours. */
    bool has_key;
} JsonWriter;

void json_writer_init(JsonWriter *writer, Buf *out, bool is_pretty);
void json_write_object(JsonWriter *writer); /**< opens { */
void json_write_array(JsonWriter *writer);  /**< opens [ */
void json_write_end(JsonWriter *writer);    /**< closes the innermost */
void json_write_key(JsonWriter *writer, const char *key);
/** Any bytes; invalid UTF-8 becomes U+FFFD; escapes < > & and U+2028/9 as \uXXXX so that
 * the text may stand inside a script element. NULL text is null. */
void json_write_text(JsonWriter *writer, const char *text);
void json_write_str(JsonWriter *writer, Str s);
/** NAN and infinities are written as null. Shortest form that reads back the same. */
void json_write_number(JsonWriter *writer, double number);
void json_write_integer(JsonWriter *writer, int64_t number);
void json_write_bool(JsonWriter *writer, bool truth);
void json_write_null(JsonWriter *writer);
/** Copy a parsed value. */
void json_write_value(JsonWriter *writer, const Json *value);
/** A place: [x, y, width, height], to five decimals. */
void json_put_four(JsonWriter *writer, const char *key, const double *four);
/** Key and value in one call. */
void json_put_text(JsonWriter *writer, const char *key, const char *text);
/** The same, left out when text is NULL. */
void json_put_optional(JsonWriter *writer, const char *key, const char *text);
void json_put_str(JsonWriter *writer, const char *key, Str s);
void json_put_number(JsonWriter *writer, const char *key, double number);
void json_put_integer(JsonWriter *writer, const char *key, int64_t number);
void json_put_bool(JsonWriter *writer, const char *key, bool truth);
void json_put_null(JsonWriter *writer, const char *key);

#endif
