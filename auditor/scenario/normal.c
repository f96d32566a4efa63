/* normal.c - writes the canonical form of a flow from the table of step types.
 *
 * Layer: scenario. SPDX-License-Identifier: MIT */
#include "scenario/normal.h"

#include <string.h>

#include "base/attr.h"
#include "scenario/shape.h"

static void value_write(JsonWriter *writer, const char *key, const Json *value)
{
    json_write_key(writer, key);
    json_write_value(writer, value);
}

/* An event keeps its type, url and title. */
static void events_write(JsonWriter *writer, const Json *events)
{
    static const char *const KEYS[] = {"type", "url", "title"};
    if (json_type(events) != JSON_ARRAY)
        return;
    json_write_key(writer, "assertedEvents");
    json_write_array(writer);
    for (const Json *event = json_first(events); event; event = json_next(event)) {
        json_write_object(writer);
        for (size_t i = 0; i < COUNT_OF(KEYS); i++) {
            const Json *value = json_get(event, KEYS[i]);
            if (value)
                value_write(writer, KEYS[i], value);
        }
        json_write_end(writer);
    }
    json_write_end(writer);
}

/* Optional words of a list are dropped when empty, as the reference parser does. */
static bool field_is_kept(const StepField *field, const Json *value)
{
    int count = 0;
    if (!value || !shape_holds(field->rule, value))
        return false;
    return !shape_values(field->rule, &count) || json_str(value).length > 0;
}

static void step_write(JsonWriter *writer, const StepShape *shape, const Json *json)
{
    const Json *target = json_get(json, "target");
    const Json *timeout = json_get(json, "timeout");
    const Json *frame = json_get(json, "frame");
    const Json *selectors = json_get(json, "selectors");
    const Json *name = json_get(json, "name");
    bool is_custom = shape->kind == STEP_KIND_CUSTOM;
    json_write_object(writer);
    value_write(writer, "type", json_get(json, "type"));
    if (is_custom)
        value_write(writer, "name", name);
    if (json_type(timeout) == JSON_NUMBER)
        value_write(writer, "timeout", timeout);
    if (json_type(target) == JSON_STRING)
        value_write(writer, "target", target);
    if (frame && shape->has_frame)
        value_write(writer, "frame", frame);
    if (selectors && shape->selectors != SELECTORS_NONE)
        value_write(writer, "selectors", selectors);
    for (size_t i = 0; i < COUNT_OF(shape->fields) && shape->fields[i].key; i++) {
        const StepField *field = &shape->fields[i];
        const Json *value = json_get(json, field->key);
        if ((!is_custom || strcmp(field->key, "name") != 0) && field_is_kept(field, value))
            value_write(writer, field->key, value);
    }
    events_write(writer, json_get(json, "assertedEvents"));
    json_write_end(writer);
}

void scenario_normal_write(const Scenario *scenario, JsonWriter *writer)
{
    const Json *root = scenario->file.root;
    const Json *timeout = json_get(root, "timeout");
    const Json *attribute = json_get(root, "selectorAttribute");
    json_write_object(writer);
    value_write(writer, "title", json_get(root, "title"));
    if (timeout)
        value_write(writer, "timeout", timeout);
    if (json_type(attribute) == JSON_STRING)
        value_write(writer, "selectorAttribute", attribute);
    json_write_key(writer, "steps");
    json_write_array(writer);
    for (int i = 0; i < scenario->step_count; i++) {
        const Json *json = scenario->steps[i].json;
        const StepShape *shape = shape_of(json_text(json_get(json, "type"), ""));
        if (shape)
            step_write(writer, shape, json);
    }
    json_write_end(writer);
    json_write_end(writer);
}
