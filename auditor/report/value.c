/* value.c - the tree a template reads.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/value.h"

#include "base/units.h"

static Value *value_new(Arena *arena, ValueType type)
{
    Value *value = ARENA_NEW(arena, Value);

    value->arena = arena;
    value->type = type;
    return value;
}

Value *value_object(Arena *arena)
{
    return value_new(arena, VALUE_OBJECT);
}

Value *value_list(Arena *arena)
{
    return value_new(arena, VALUE_LIST);
}

Value *value_str(Arena *arena, Str text)
{
    Value *value = value_new(arena, VALUE_TEXT);

    value->text = text;
    return value;
}

Value *value_text(Arena *arena, const char *text)
{
    return text ? value_str(arena, str_of(text)) : value_new(arena, VALUE_NULL);
}

Value *value_markup(Arena *arena, const char *markup)
{
    Value *value = value_new(arena, VALUE_MARKUP);

    value->text = str_of(markup);
    return value;
}

Value *value_bool(Arena *arena, bool truth)
{
    return value_new(arena, truth ? VALUE_TRUE : VALUE_FALSE);
}

Value *value_put(Value *object, const char *key, Value *child)
{
    ValueMember member = {.key = key, .hash = str_hash(str_of(key)), .value = child};

    for (size_t i = 0; key && i < object->count; i++) {
        if (object->members[i].hash == member.hash &&
            str_equal_text(str_of(object->members[i].key), key)) {
            object->members[i] = member;
            return child;
        }
    }
    ARENA_PUSH(object->arena, object->members, object->count, object->capacity, member);
    return child;
}

void value_put_text(Value *object, const char *key, const char *text)
{
    value_put(object, key, value_text(object->arena, text));
}

void value_put_rich(Value *object, const char *key, const char *text)
{
    Value *value = value_text(object->arena, text);

    if (value->type == VALUE_TEXT)
        value->type = VALUE_RICH;
    value_put(object, key, value);
}

void value_put_markup(Value *object, const char *key, const char *markup)
{
    value_put(object, key, value_markup(object->arena, markup));
}

void value_put_bool(Value *object, const char *key, bool truth)
{
    value_put(object, key, value_bool(object->arena, truth));
}

Value *value_put_object(Value *object, const char *key)
{
    return value_put(object, key, value_object(object->arena));
}

Value *value_put_list(Value *object, const char *key)
{
    return value_put(object, key, value_list(object->arena));
}

Value *value_add(Value *list, Value *child)
{
    ValueMember member = {.value = child};

    ARENA_PUSH(list->arena, list->members, list->count, list->capacity, member);
    return child;
}

Value *value_add_object(Value *list)
{
    return value_add(list, value_object(list->arena));
}

void value_add_text(Value *list, const char *text)
{
    value_add(list, value_text(list->arena, text));
}

const Value *value_get(const Value *object, Str key)
{
    unsigned long long hash = str_hash(key);

    if (!object || object->type != VALUE_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->count; i++) {
        if (object->members[i].hash == hash && str_equal_text(key, object->members[i].key))
            return object->members[i].value;
    }
    return NULL;
}

bool value_is_true(const Value *value)
{
    if (!value)
        return false;
    switch (value->type) {
    case VALUE_NULL:
    case VALUE_FALSE: return false;
    case VALUE_TRUE:
    case VALUE_OBJECT: return true;
    case VALUE_TEXT:
    case VALUE_RICH:
    case VALUE_MARKUP: return value->text.length > 0;
    case VALUE_LIST: return value->count > 0;
    }
    return false;
}

Value *value_of_json(Arena *arena, const Json *json)
{
    Value *value = NULL;
    char number[64];

    switch (json_type(json)) {
    case JSON_NULL: return value_new(arena, VALUE_NULL);
    case JSON_FALSE: return value_bool(arena, false);
    case JSON_TRUE: return value_bool(arena, true);
    case JSON_STRING: return value_str(arena, arena_str(arena, json_str(json)));
    case JSON_NUMBER:
        return value_text(arena, arena_text(arena, number_text(json_number(json, 0), number,
                                                               sizeof number)));
    case JSON_ARRAY:
        value = value_list(arena);
        for (const Json *child = json_first(json); child; child = json_next(child))
            value_add(value, value_of_json(arena, child));
        return value;
    case JSON_OBJECT:
        value = value_object(arena);
        for (const Json *child = json_first(json); child; child = json_next(child))
            value_put(value, arena_text(arena, json_key(child)),
                      value_of_json(arena, child));
        return value;
    }
    return value_new(arena, VALUE_NULL);
}
