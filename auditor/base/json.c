/* json.c - the tree of a JSON file; the only door to cJSON.
 *
 * Two numbers that cJSON has no use for are used here: valueint of every node is its index
 * in the places (pre-order), valuedouble of a string is its length in bytes.
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/out.h"

enum { PAIRWISE_MOST = 12 };

static const cJSON *node_of(const Json *value)
{
    return (const cJSON *)value;
}

static const Json *value_of(const cJSON *node)
{
    return (const Json *)node;
}

static void tree_delete(void *tree)
{
    cJSON_Delete(tree);
}

static int key_compare(const void *a, const void *b)
{
    const cJSON *one = *(const cJSON *const *)a;
    const cJSON *other = *(const cJSON *const *)b;
    return strcmp(one->string, other->string);
}

/* First key of object that stands twice, by comparing each with each: short objects. */
static const cJSON *twice_pairwise(const cJSON *object)
{
    for (const cJSON *child = object->child; child; child = child->next)
        for (const cJSON *other = object->child; other != child; other = other->next)
            if (strcmp(child->string, other->string) == 0)
                return child;
    return NULL;
}

/* The same by sorting, so that a hostile object costs n log n. */
static const cJSON *twice_sorted(const cJSON *object, size_t count)
{
    const cJSON **keys = calloc(count, sizeof(*keys));
    const cJSON *twice = NULL;
    size_t i = 0;

    if (!keys)
        arena_exhausted();
    for (const cJSON *child = object->child; child; child = child->next)
        keys[i++] = child;
    qsort(keys, count, sizeof(*keys), key_compare);
    for (i = 1; i < count && !twice; i++)
        if (strcmp(keys[i - 1]->string, keys[i]->string) == 0)
            twice = keys[i]->valueint > keys[i - 1]->valueint ? keys[i] : keys[i - 1];
    free(keys);
    return twice;
}

/* Number the nodes in document order, note string lengths, find what only the tree shows.
 * Depth is bounded by json_scan. */
static bool tree_index(const JsonFile *file, cJSON *node, int *next, Error *err)
{
    const cJSON *twice = NULL;
    size_t count = 0;

    node->valueint = (*next)++;
    if (cJSON_IsString(node))
        node->valuedouble = file->places->items[node->valueint].length;
    if (cJSON_IsNumber(node) && !isfinite(node->valuedouble))
        return json_error(file, value_of(node), err, "number is too large");
    for (cJSON *child = node->child; child; child = child->next, count++)
        if (!tree_index(file, child, next, err))
            return false;
    if (cJSON_IsObject(node))
        twice = count <= PAIRWISE_MOST ? twice_pairwise(node) : twice_sorted(node, count);
    if (!twice)
        return true;
    return json_error(file, value_of(twice), err, "key '%s' stands twice in one object",
                      twice->string);
}

/* text: length bytes of the arena with a NUL behind them, which become the file's. */
static bool text_parse(Arena *arena, const char *path, char *text, size_t length,
                       JsonFile *file, Error *err)
{
    cJSON *tree = NULL;
    int next = 0;

    *file = (JsonFile){.path = arena_text(arena, path),
                       .text = str_from(text, length),
                       .places = ARENA_NEW(arena, JsonPlaces)};
    if (!json_scan(arena, file->path, text, length, file->places, err))
        return false;
    tree = cJSON_ParseWithLength(text, length + 1);
    if (!tree)
        return error_set(err, ERROR_FAILED, file->path, "cannot be parsed");
    arena_on_release(arena, tree_delete, tree);
    if (!tree_index(file, tree, &next, err))
        return false;
    file->root = value_of(tree);
    return true;
}

bool json_parse(Arena *arena, const char *path, Str text, JsonFile *file, Error *err)
{
    return text_parse(arena, path, arena_str_text(arena, text), text.length, file, err);
}

bool json_load(Arena *arena, const char *path, size_t limit, JsonFile *file, Error *err)
{
    Str text = {0};
    if (!file_read(arena, path, limit, &text, err))
        return false;
    /* What file_read gave is ours: large files need no second copy. */
    return text_parse(arena, path, (char *)(uintptr_t)text.data, text.length, file, err);
}

/* Offset of a value of this file: of its key where it has one and is_key. */
static size_t value_offset(const JsonFile *file, const Json *value, bool is_key)
{
    const cJSON *node = node_of(value);
    const JsonPlace *place = NULL;
    if (!node || node->valueint < 0 || (size_t)node->valueint >= file->places->count)
        return 0;
    place = &file->places->items[node->valueint];
    return is_key ? place->key : place->value;
}

void json_place(const JsonFile *file, const Json *value, int *line, int *column)
{
    json_scan_place(file->text, value_offset(file, value, false), line, column);
}

bool json_error(const JsonFile *file, const Json *value, Error *err, const char *format,
                ...)
{
    char what[sizeof(err->what)];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof(what), format, arguments);
    va_end(arguments);
    return json_scan_error(file->path, file->text, value_offset(file, value, false), err,
                           what);
}

JsonType json_type(const Json *value)
{
    const cJSON *node = node_of(value);
    if (cJSON_IsFalse(node))
        return JSON_FALSE;
    if (cJSON_IsTrue(node))
        return JSON_TRUE;
    if (cJSON_IsNumber(node))
        return JSON_NUMBER;
    if (cJSON_IsString(node))
        return JSON_STRING;
    if (cJSON_IsArray(node))
        return JSON_ARRAY;
    if (cJSON_IsObject(node))
        return JSON_OBJECT;
    return JSON_NULL;
}

/* Member whose key is the length bytes at key. */
static const cJSON *member_find(const cJSON *object, const char *key, size_t length)
{
    if (!cJSON_IsObject(object))
        return NULL;
    for (const cJSON *child = object->child; child; child = child->next)
        if (strncmp(child->string, key, length) == 0 && child->string[length] == '\0')
            return child;
    return NULL;
}

const Json *json_get(const Json *value, const char *key)
{
    return value_of(member_find(node_of(value), key, strlen(key)));
}

const Json *json_at(const Json *value, const char *path)
{
    const cJSON *node = node_of(value);
    while (node) {
        size_t length = strcspn(path, ".");
        node = member_find(node, path, length);
        if (path[length] == '\0')
            break;
        path += length + 1;
    }
    return value_of(node);
}

const Json *json_first(const Json *value)
{
    return value ? value_of(node_of(value)->child) : NULL;
}

const Json *json_next(const Json *value)
{
    return value ? value_of(node_of(value)->next) : NULL;
}

const char *json_key(const Json *value)
{
    return value ? node_of(value)->string : NULL;
}

int json_count(const Json *value)
{
    int count = 0;
    for (const Json *child = json_first(value); child; child = json_next(child))
        count++;
    return count;
}

const char *json_text(const Json *value, const char *otherwise)
{
    return cJSON_IsString(node_of(value)) ? node_of(value)->valuestring : otherwise;
}

Str json_str(const Json *value)
{
    const cJSON *node = node_of(value);
    if (!cJSON_IsString(node))
        return (Str){NULL, 0};
    return str_from(node->valuestring, (size_t)node->valuedouble);
}

double json_number(const Json *value, double otherwise)
{
    return cJSON_IsNumber(node_of(value)) ? node_of(value)->valuedouble : otherwise;
}

int64_t json_integer(const Json *value, int64_t otherwise)
{
    double number = json_number(value, NAN);
    /* 2^63 is a double, INT64_MAX is not. */
    if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0))
        return otherwise;
    return (int64_t)number;
}

bool json_bool(const Json *value, bool otherwise)
{
    return cJSON_IsBool(node_of(value)) ? cJSON_IsTrue(node_of(value)) != 0 : otherwise;
}

bool json_is_null(const Json *value)
{
    return cJSON_IsNull(node_of(value)) != 0;
}

bool json_need_text(const JsonFile *file, const Json *object, const char *key,
                    const char **text, Error *err)
{
    const Json *value = json_get(object, key);
    if (!value)
        return json_error(file, object, err, "'%s' is missing", key);
    if (json_type(value) != JSON_STRING)
        return json_error(file, value, err, "'%s' must be a text", key);
    if (strlen(json_text(value, "")) != json_str(value).length)
        return json_error(file, value, err, "'%s' must not hold the character U+0000", key);
    *text = json_text(value, "");
    return true;
}

bool json_need_number(const JsonFile *file, const Json *object, const char *key,
                      double *number, Error *err)
{
    const Json *value = json_get(object, key);
    if (!value)
        return json_error(file, object, err, "'%s' is missing", key);
    if (json_type(value) != JSON_NUMBER)
        return json_error(file, value, err, "'%s' must be a number", key);
    *number = json_number(value, NAN);
    return true;
}

bool json_only_keys(const JsonFile *file, const Json *object, const char *const *known,
                    int count, Error *err)
{
    for (const Json *child = json_first(object); child; child = json_next(child)) {
        const char *key = json_key(child);
        const char *near = NULL;
        char what[sizeof(err->what)];
        int i = 0;

        while (key && i < count && strcmp(key, known[i]) != 0)
            i++;
        if (!key || i < count)
            continue;
        snprintf(what, sizeof(what), "unknown key '%s'", key);
        json_scan_error(file->path, file->text, value_offset(file, child, true), err, what);
        near = error_did_you_mean(key, known, count);
        return near ? error_hint(err, "did you mean '%s'?", near) : false;
    }
    return true;
}

void json_four(const Json *value, double *four)
{
    int count = 0;
    bool is_whole = json_type(value) == JSON_ARRAY && json_count(value) == 4;
    for (const Json *item = json_first(value); is_whole && item; item = json_next(item)) {
        four[count] = json_number(item, NAN);
        is_whole = isfinite(four[count++]);
    }
    for (int i = 0; !is_whole && i < 4; i++)
        four[i] = 0;
}
