/* value.h - the tree a template reads: texts, truths, lists and objects, built by view.
 *
 * A small value of our own rather than JSON: it holds finished words, never numbers, and
 * knows markup from text, so that no template needs an unescaped tag.
 * Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_VALUE_H
#define REPORT_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"

typedef enum ValueType {
    VALUE_NULL,
    VALUE_FALSE,
    VALUE_TRUE,
    VALUE_TEXT,
    VALUE_RICH,   /**< text in which `code` is marked; each target has its own way */
    VALUE_MARKUP, /**< already in the target's language: interpolated as it is */
    VALUE_LIST,
    VALUE_OBJECT,
} ValueType;

typedef struct Value Value;

/** One member of an object or element of a list (key NULL). */
typedef struct ValueMember {
    const char *key;
    unsigned long long hash; /**< of key */
    Value *value;
} ValueMember;

struct Value {
    Arena *arena;
    ValueType type;
    Str text;
    ValueMember *members;
    size_t count, capacity;
};

/** New values. Owns: arena; keys and texts are not copied and must live as long. */
Value *value_object(Arena *arena);
Value *value_list(Arena *arena);
Value *value_text(Arena *arena, const char *text); /**< NULL text: a null value */
Value *value_str(Arena *arena, Str text);
Value *value_markup(Arena *arena, const char *markup);
Value *value_bool(Arena *arena, bool truth);

/** Put a member; a later one of the same key hides the earlier. Returns child. */
Value *value_put(Value *object, const char *key, Value *child);
void value_put_text(Value *object, const char *key, const char *text);
void value_put_rich(Value *object, const char *key, const char *text);
void value_put_markup(Value *object, const char *key, const char *markup);
void value_put_bool(Value *object, const char *key, bool truth);
/** New empty object or list as a member. */
Value *value_put_object(Value *object, const char *key);
Value *value_put_list(Value *object, const char *key);
/** Append to a list. Returns child. */
Value *value_add(Value *list, Value *child);
Value *value_add_object(Value *list);
void value_add_text(Value *list, const char *text);

/** Member of an object, or NULL. */
const Value *value_get(const Value *object, Str key);
/** As Mustache sections see it: null, false, "" and the empty list are false. */
bool value_is_true(const Value *value);
/** The tree of a parsed JSON value (numbers become their shortest text). Owns: arena. */
Value *value_of_json(Arena *arena, const Json *json);

#endif
