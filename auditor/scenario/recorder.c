/* recorder.c - reads a flow's fields and its steps by the rules of the Recorder's own
 * parser (scenarios.md 1.1-1.4, 6.1 rule 7); what it accepts with a warning is only our
 * leniency.
 *
 * Knows nothing of mystery parameters. Layer: scenario. Called by load.c.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "scenario/placeholder.h"
#include "scenario/reader.h"
#include "scenario/shape.h"

enum {
    TIMEOUT_MAX_MS = 30000,      /* the reference parser's */
    TIMEOUT_OUR_MAX_MS = 120000, /* ours, outside strict mode */
    TIMEOUT_DEFAULT_MS = 5000,
};

static const char NOT_IN_RECORDER[] = "not valid in Chrome's Recorder";

/* A timeout in milliseconds; value is known to be a number. */
static bool timeout_read(const Reader *reader, const Json *value, double *timeout_ms,
                         Error *err)
{
    double number = json_number(value, NAN);
    if (number >= 1 && number <= TIMEOUT_MAX_MS) {
        *timeout_ms = number;
        return true;
    }
    if (!reader->is_strict && number > TIMEOUT_MAX_MS && number <= TIMEOUT_OUR_MAX_MS) {
        *timeout_ms = number;
        reader_warn(reader, value, NOT_IN_RECORDER, "'timeout' is above 30000 ms");
        return true;
    }
    return json_error(reader->file, value, err,
                      "'timeout' is not between 1 and 30000 milliseconds");
}

bool recorder_flow(Reader *reader, const Json *root, Error *err)
{
    static const char *const KEYS[] = {"title", "steps", "timeout", "selectorAttribute",
                                       "$schema"};
    const JsonFile *file = reader->file;
    if (json_type(root) != JSON_OBJECT && json_type(root) != JSON_ARRAY)
        return json_error(file, root, err, "a recording is an object");
    const Json *title = json_get(root, "title");
    if (!title)
        return json_error(file, root, err, "the recording has no 'title'");
    if (json_type(title) != JSON_STRING)
        return json_error(file, title, err, "'title' is not a text");
    const Json *timeout = json_get(root, "timeout");
    if (timeout && json_type(timeout) != JSON_NUMBER)
        return json_error(file, timeout, err, "'timeout' is not a number");
    if (timeout && !timeout_read(reader, timeout, &reader->timeout_ms, err))
        return false;
    const Json *steps = json_get(root, "steps");
    if (!steps)
        return json_error(file, root, err, "the recording has no 'steps'");
    if (json_type(steps) != JSON_ARRAY)
        return json_error(file, steps, err, "'steps' is not an array");
    Error unknown = {0};
    if (!json_only_keys(file, root, KEYS, COUNT_OF(KEYS), &unknown) && reader->warn)
        reader->warn(reader->context, &unknown);
    return true;
}

static bool field_error(const Reader *reader, const StepField *field, const Json *value,
                        Error *err)
{
    static const char *const WHAT[] = {
        [FIELD_IS_NUMBER] = "a number",
        [FIELD_IS_BOOL] = "true or false",
        [FIELD_IS_TEXT] = "a text",
        [FIELD_IS_BUTTON] = "one of primary, auxiliary, secondary, back, forward",
        [FIELD_IS_DEVICE] = "one of mouse, pen, touch",
        [FIELD_IS_OPERATOR] = "one of >=, ==, <=",
        [FIELD_IS_OBJECT] = "an object",
        [FIELD_IS_TEXT_MAP] = "an object of texts",
        [FIELD_IS_ANY] = "a value",
    };
    (void)json_error(reader->file, value, err, "'%s' is not %s", field->key,
                     WHAT[field->rule]);
    int count = 0;
    const char *const *values = shape_values(field->rule, &count);
    const char *near =
        values ? error_did_you_mean(json_text(value, ""), values, count) : NULL;
    return near ? error_hint(err, "did you mean '%s'?", near) : false;
}

/* Clicks without offsets hit the centre; only outside strict mode. */
static bool field_is_forgiven(const Reader *reader, const StepField *field,
                              const Json *step)
{
    if (reader->is_strict || strncmp(field->key, "offset", 6) != 0)
        return false;
    reader_warn(reader, step, NOT_IN_RECORDER, "'%s' is missing: the centre is taken",
                field->key);
    return true;
}

static bool fields_check(const Reader *reader, const StepShape *shape, const Json *json,
                         Error *err)
{
    for (size_t i = 0; i < COUNT_OF(shape->fields) && shape->fields[i].key; i++) {
        const StepField *field = &shape->fields[i];
        const Json *value = json_get(json, field->key);
        if (value && !shape_holds(field->rule, value))
            return field_error(reader, field, value, err);
        if (!value && field->is_required && !field_is_forgiven(reader, field, json))
            return json_error(reader->file, json, err, "'%s' is missing", field->key);
    }
    return true;
}

static bool chain_read(const Reader *reader, const Json *value, SelectorChain *chain,
                       Error *err)
{
    if (json_type(value) == JSON_STRING) {
        chain->parts = ARENA_ARRAY(reader->arena, 1, const char *);
        chain->parts[chain->count++] = json_text(value, "");
        return true;
    }
    if (json_type(value) != JSON_ARRAY)
        return json_error(reader->file, value, err, "a selector is a text or an array");
    chain->parts = ARENA_ARRAY(reader->arena, (size_t)json_count(value), const char *);
    for (const Json *part = json_first(value); part; part = json_next(part)) {
        if (json_type(part) != JSON_STRING)
            return json_error(reader->file, part, err, "a selector's part is not a text");
        chain->parts[chain->count++] = json_text(part, "");
    }
    return true;
}

static bool selectors_read(const Reader *reader, SelectorNeed need, const Json *json,
                           ScenarioStep *step, Error *err)
{
    const Json *value = json_get(json, "selectors");
    if (need == SELECTORS_NONE || (need == SELECTORS_MAY && !value))
        return true;
    if (!value)
        return json_error(reader->file, json, err, "'selectors' is missing");
    if (json_type(value) != JSON_ARRAY)
        return json_error(reader->file, value, err, "'selectors' is not an array");
    if (json_count(value) == 0)
        return json_error(reader->file, value, err, "'selectors' is empty");
    step->selectors = ARENA_ARRAY(reader->arena, (size_t)json_count(value), SelectorChain);
    for (const Json *child = json_first(value); child; child = json_next(child)) {
        if (!chain_read(reader, child, &step->selectors[step->selector_count++], err))
            return false;
    }
    return true;
}

static bool event_text(const Reader *reader, const Json *event, const char *key,
                       const char **text, Error *err)
{
    const Json *value = json_get(event, key);
    if (value && json_type(value) != JSON_STRING)
        return json_error(reader->file, value, err, "'%s' is not a text", key);
    *text = json_text(value, NULL);
    return true;
}

static bool events_read(const Reader *reader, const Json *json, ScenarioStep *step,
                        Error *err)
{
    const Json *value = json_get(json, "assertedEvents");
    if (json_type(value) != JSON_ARRAY || json_count(value) == 0)
        return true; /* another type is dropped by the reference parser too */
    step->events = ARENA_ARRAY(reader->arena, (size_t)json_count(value), AssertedEvent);
    for (const Json *event = json_first(value); event; event = json_next(event)) {
        JsonType type = json_type(event);
        if (type != JSON_OBJECT && type != JSON_ARRAY)
            return json_error(reader->file, event, err, "an asserted event is an object");
        if (!str_equal_text(json_str(json_get(event, "type")), "navigation"))
            return json_error(reader->file, event, err,
                              "an asserted event's 'type' is not 'navigation'");
        AssertedEvent *asserted = &step->events[step->event_count++];
        if (!event_text(reader, event, "url", &asserted->url, err) ||
            !event_text(reader, event, "title", &asserted->title, err))
            return false;
    }
    return true;
}

static bool type_error(const Reader *reader, const Json *type, Error *err)
{
    int count = 0;
    const char *const *names = shape_names(&count);
    const char *text = json_text(type, "");
    (void)json_error(reader->file, type, err, "step type '%.80s' does not exist", text);
    const char *near = error_did_you_mean(text, names, count);
    if (near)
        return error_hint(err, "did you mean '%s'?", near);
    char name[96];
    (void)snprintf(name, sizeof name, "mystery/%.80s", text);
    if (step_kind_of(name) != STEP_KIND_COUNT)
        return error_hint(err, "write {\"type\": \"customStep\", \"name\": \"%s\"}", name);
    return false;
}

/* Keys that this step type does not have are lost when DevTools saves the file. */
static void keys_warn(const Reader *reader, const StepShape *shape, const Json *json)
{
    static const char *const COMMON[] = {"type", "timeout", "assertedEvents", "target"};
    const char *known[COUNT_OF(COMMON) + COUNT_OF(shape->fields) + 2];
    int count = 0;
    for (size_t i = 0; i < COUNT_OF(COMMON); i++)
        known[count++] = COMMON[i];
    for (size_t i = 0; i < COUNT_OF(shape->fields) && shape->fields[i].key; i++)
        known[count++] = shape->fields[i].key;
    if (shape->has_frame)
        known[count++] = "frame";
    if (shape->selectors != SELECTORS_NONE)
        known[count++] = "selectors";
    for (const Json *child = json_first(json); child; child = json_next(child)) {
        bool is_known = false;
        for (int i = 0; i < count && !is_known; i++)
            is_known = strcmp(known[i], json_key(child)) == 0;
        if (!is_known)
            reader_warn(reader, child, "DevTools drops it when it saves the file",
                        "'%s' is no field of '%s'", json_key(child),
                        step_info(shape->kind)->name);
    }
}

static bool frame_check(const Reader *reader, const StepShape *shape, const Json *json,
                        Error *err)
{
    const Json *frame = json_get(json, "frame");
    if (!frame || !shape->has_frame || shape_is_frame(frame))
        return true;
    return json_error(reader->file, frame, err, "'frame' is not an array of whole numbers");
}

/* Texts that may hold placeholders when the file has a mystery/journey. */
static bool templates_check(const Reader *reader, const Json *json, Error *err)
{
    static const char *const KEYS[] = {"value", "url"};
    for (size_t i = 0; reader->has_journey && i < COUNT_OF(KEYS); i++) {
        const Json *value = json_get(json, KEYS[i]);
        Error problem = {0};
        if (json_type(value) == JSON_STRING &&
            !placeholder_check(json_str(value), &problem) &&
            !reader_object(reader, value, &problem, err))
            return false;
    }
    const Json *events = json_get(json, "assertedEvents");
    for (const Json *event = json_first(events); event; event = json_next(event)) {
        const Json *url = json_get(event, "url");
        Error problem = {0};
        if (reader->has_journey && url && !placeholder_check(json_str(url), &problem) &&
            !reader_object(reader, url, &problem, err))
            return false;
    }
    return true;
}

static void step_fill(const Reader *reader, const Json *json, double timeout_ms,
                      ScenarioStep *step)
{
    const Json *target = json_get(json, "target");
    step->target = json_type(target) == JSON_STRING ? json_text(target, "main") : "main";
    step->value = json_text(json_get(json, "value"), NULL);
    step->url = json_text(json_get(json, "url"), NULL);
    step->key = json_text(json_get(json, "key"), NULL);
    step->offset_x = json_number(json_get(json, "offsetX"), NAN);
    step->offset_y = json_number(json_get(json, "offsetY"), NAN);
    step->is_required = true;
    step->json = json;
    if (timeout_ms <= 0)
        timeout_ms = reader->timeout_ms > 0 ? reader->timeout_ms : TIMEOUT_DEFAULT_MS;
    step->timeout_us = (int64_t)(timeout_ms * 1000);
    json_place(reader->file, json, &step->line, &(int){0});
    if (step->kind == STEP_KIND_NAVIGATE && !strstr(step->url, "://") &&
        strncmp(step->url, "about:", 6) != 0 && strncmp(step->url, "data:", 5) != 0)
        reader_warn(reader, json_get(json, "url"), "Chrome's Recorder cannot replay it",
                    "the address '%.80s' is not absolute", step->url);
}

bool recorder_step(const Reader *reader, const Json *json, int index, ScenarioStep *step,
                   Error *err)
{
    JsonType kind = json_type(json);
    if (kind != JSON_OBJECT && kind != JSON_ARRAY)
        return json_error(reader->file, json, err, "step %d is not an object", index + 1);
    const Json *type = json_get(json, "type");
    if (!type)
        return json_error(reader->file, json, err, "step %d has no 'type'", index + 1);
    if (json_type(type) != JSON_STRING)
        return json_error(reader->file, type, err, "'type' is not a text");
    const StepShape *shape = shape_of(json_text(type, ""));
    if (!shape)
        return type_error(reader, type, err);
    const Json *timeout = json_get(json, "timeout");
    double timeout_ms = 0;
    if (json_type(timeout) == JSON_NUMBER &&
        !timeout_read(reader, timeout, &timeout_ms, err))
        return false;
    step->kind = shape->kind;
    if (!events_read(reader, json, step, err) || !frame_check(reader, shape, json, err) ||
        !selectors_read(reader, shape->selectors, json, step, err) ||
        !fields_check(reader, shape, json, err) || !templates_check(reader, json, err))
        return false;
    keys_warn(reader, shape, json);
    step_fill(reader, json, timeout_ms, step);
    return true;
}
