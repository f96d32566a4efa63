/* shape.c - the table of step types, and the tests on values that the table names.
 *
 * Layer: scenario. SPDX-License-Identifier: MIT */
#include "scenario/shape.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"

static const StepShape SHAPES[] = {
    {STEP_KIND_SET_VIEWPORT,
     false,
     SELECTORS_NONE,
     {{"width", FIELD_IS_NUMBER, true},
      {"height", FIELD_IS_NUMBER, true},
      {"deviceScaleFactor", FIELD_IS_NUMBER, true},
      {"isMobile", FIELD_IS_BOOL, true},
      {"hasTouch", FIELD_IS_BOOL, true},
      {"isLandscape", FIELD_IS_BOOL, true}}},
    {STEP_KIND_EMULATE_NETWORK,
     false,
     SELECTORS_NONE,
     {{"download", FIELD_IS_NUMBER, true},
      {"upload", FIELD_IS_NUMBER, true},
      {"latency", FIELD_IS_NUMBER, true}}},
    {STEP_KIND_NAVIGATE, false, SELECTORS_NONE, {{"url", FIELD_IS_TEXT, true}}},
    {STEP_KIND_CLICK,
     true,
     SELECTORS_MUST,
     {{"offsetX", FIELD_IS_NUMBER, true},
      {"offsetY", FIELD_IS_NUMBER, true},
      {"button", FIELD_IS_BUTTON, false},
      {"deviceType", FIELD_IS_DEVICE, false},
      {"duration", FIELD_IS_NUMBER, false}}},
    {STEP_KIND_DOUBLE_CLICK,
     true,
     SELECTORS_MUST,
     {{"offsetX", FIELD_IS_NUMBER, true},
      {"offsetY", FIELD_IS_NUMBER, true},
      {"button", FIELD_IS_BUTTON, false},
      {"deviceType", FIELD_IS_DEVICE, false},
      {"duration", FIELD_IS_NUMBER, false}}},
    {STEP_KIND_HOVER, true, SELECTORS_MUST, {{NULL, FIELD_IS_ANY, false}}},
    {STEP_KIND_CHANGE, true, SELECTORS_MUST, {{"value", FIELD_IS_TEXT, true}}},
    {STEP_KIND_KEY_DOWN, false, SELECTORS_NONE, {{"key", FIELD_IS_TEXT, true}}},
    {STEP_KIND_KEY_UP, false, SELECTORS_NONE, {{"key", FIELD_IS_TEXT, true}}},
    {STEP_KIND_SCROLL,
     true,
     SELECTORS_MAY,
     {{"x", FIELD_IS_NUMBER, false}, {"y", FIELD_IS_NUMBER, false}}},
    {STEP_KIND_CLOSE, false, SELECTORS_NONE, {{NULL, FIELD_IS_ANY, false}}},
    {STEP_KIND_WAIT_FOR_ELEMENT,
     true,
     SELECTORS_MUST,
     {{"operator", FIELD_IS_OPERATOR, false},
      {"count", FIELD_IS_NUMBER, false},
      {"visible", FIELD_IS_BOOL, false},
      {"attributes", FIELD_IS_TEXT_MAP, false},
      {"properties", FIELD_IS_OBJECT, false}}},
    {STEP_KIND_WAIT_FOR_EXPRESSION,
     true,
     SELECTORS_NONE,
     {{"expression", FIELD_IS_TEXT, true}}},
    {STEP_KIND_CUSTOM,
     true,
     SELECTORS_NONE,
     {{"name", FIELD_IS_TEXT, true}, {"parameters", FIELD_IS_ANY, false}}},
};

static const char *const TYPE_NAMES[] = {"setViewport", "emulateNetworkConditions",
                                         "navigate",    "click",
                                         "doubleClick", "hover",
                                         "change",      "keyDown",
                                         "keyUp",       "scroll",
                                         "close",       "waitForElement",
                                         "customStep",  "waitForExpression"};

static const char *const BUTTONS[] = {"primary", "auxiliary", "secondary", "back",
                                      "forward"};
static const char *const DEVICES[] = {"mouse", "pen", "touch"};
static const char *const OPERATORS[] = {">=", "==", "<="};

const StepShape *shape_of(const char *type)
{
    for (size_t i = 0; i < COUNT_OF(SHAPES); i++) {
        if (strcmp(step_info(SHAPES[i].kind)->name, type) == 0)
            return &SHAPES[i];
    }
    return NULL;
}

const char *const *shape_names(int *count)
{
    *count = COUNT_OF(TYPE_NAMES);
    return TYPE_NAMES;
}

const char *const *shape_values(FieldRule rule, int *count)
{
    *count = 0;
    if (rule == FIELD_IS_BUTTON) {
        *count = COUNT_OF(BUTTONS);
        return BUTTONS;
    }
    if (rule == FIELD_IS_DEVICE) {
        *count = COUNT_OF(DEVICES);
        return DEVICES;
    }
    if (rule == FIELD_IS_OPERATOR) {
        *count = COUNT_OF(OPERATORS);
        return OPERATORS;
    }
    return NULL;
}

static bool value_is_listed(FieldRule rule, const Json *value)
{
    int count = 0;
    const char *const *values = shape_values(rule, &count);
    Str text = json_str(value);
    for (int i = 0; i < count; i++) {
        if (str_equal_text(text, values[i]))
            return true;
    }
    /* The reference parser tests the value for truth first, so "" passes and is dropped. */
    return text.length == 0;
}

static bool value_is_text_map(const Json *value)
{
    for (const Json *child = json_first(value); child; child = json_next(child)) {
        if (json_type(child) != JSON_STRING)
            return false;
    }
    return true;
}

bool shape_holds(FieldRule rule, const Json *value)
{
    JsonType type = json_type(value);
    switch (rule) {
    case FIELD_IS_NUMBER: return type == JSON_NUMBER;
    case FIELD_IS_BOOL: return type == JSON_TRUE || type == JSON_FALSE;
    case FIELD_IS_TEXT: return type == JSON_STRING;
    case FIELD_IS_BUTTON:
    case FIELD_IS_DEVICE:
    case FIELD_IS_OPERATOR: return type == JSON_STRING && value_is_listed(rule, value);
    case FIELD_IS_OBJECT: return type == JSON_OBJECT || type == JSON_ARRAY;
    case FIELD_IS_TEXT_MAP:
        return (type == JSON_OBJECT || type == JSON_ARRAY) && value_is_text_map(value);
    case FIELD_IS_ANY: return true;
    }
    return false;
}

bool shape_is_frame(const Json *value)
{
    if (json_type(value) != JSON_ARRAY)
        return false;
    for (const Json *child = json_first(value); child; child = json_next(child)) {
        double number = json_number(child, NAN);
        if (json_type(child) != JSON_NUMBER || floor(number) < number)
            return false;
    }
    return true;
}
