/* load.c - a scenario file from its path or name: the Recorder's flow, then the mystery
 * steps, ids and labels.
 *
 * Layer: scenario. SPDX-License-Identifier: MIT */
#include "scenario/load.h"

#include <stdio.h>
#include <string.h>

#include "base/out.h"
#include "base/url.h"
#include "scenario/find.h"
#include "scenario/reader.h"

enum {
    FILE_MAX_BYTES = 8 << 20,
    STEPS_MAX = 2000,
    ID_MAX = 60, /* bytes of a step's id before its number */
};

static const char PREFIX[] = "mystery/";

static const char *step_near(const char *name)
{
    const char *known[STEP_KIND_COUNT];
    int count = 0;
    for (int i = 0; i < STEP_KIND_COUNT; i++) {
        const char *candidate = step_info((StepKind)i)->name;
        if (strncmp(candidate, PREFIX, sizeof PREFIX - 1) == 0)
            known[count++] = candidate;
    }
    return error_did_you_mean(name, known, count);
}

/* Turn a customStep into the mystery step that it names. */
static bool custom_read(const Reader *reader, ScenarioStep *step, Error *err)
{
    const Json *name = json_get(step->json, "name");
    const char *text = json_text(name, "");
    Error problem = {0};
    step->parameters = json_get(step->json, "parameters");
    if (strncmp(text, PREFIX, sizeof PREFIX - 1) != 0)
        return true;
    StepKind kind = step_kind_of(text);
    if (kind == STEP_KIND_COUNT) {
        (void)error_set(&problem, ERROR_INPUT, NULL, "'%.80s' is no step of ours", text);
        const char *near = step_near(text);
        if (near)
            (void)error_hint(&problem, "did you mean '%s'?", near);
        else
            (void)error_hint(&problem, "mystery list steps names them");
        return reader_object(reader, name, &problem, err);
    }
    if (step->parameters && json_type(step->parameters) != JSON_OBJECT) {
        (void)error_set(&problem, ERROR_INPUT, NULL, "'parameters' is not an object");
        const Json *place = step->parameters;
        step->parameters = NULL;
        return reader_object(reader, place, &problem, err);
    }
    if (!step->parameters)
        reader_warn(reader, step->json, "write \"parameters\": {}",
                    "'%s' has no parameters", text);
    step->kind = kind;
    step->is_required = json_bool(json_get(step->parameters, "required"), true);
    double within_ms = json_number(json_get(step->parameters, "withinMs"), 0);
    step->timeout_us = (int64_t)(within_ms * 1000);
    return kind == STEP_KIND_JOURNEY || parameters_check(reader, step, err);
}

/* "add to cart" and "addToCart" become "add-to-cart"; what is no ASCII letter or digit
 * separates. */
static void id_make(const char *name, char *id, size_t size)
{
    size_t length = 0;
    bool is_gap = false;
    for (size_t i = 0; name[i] && length + 2 < size; i++) {
        char c = name[i];
        bool is_upper = c >= 'A' && c <= 'Z';
        bool is_word = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!is_word) {
            is_gap = true;
            continue;
        }
        if (length > 0 && (is_gap || (is_upper && id[length - 1] != '-')))
            id[length++] = '-';
        id[length++] = is_upper ? (char)(c - 'A' + 'a') : c;
        is_gap = false;
    }
    id[length] = '\0';
}

static const char *id_base(Arena *arena, const ScenarioStep *step)
{
    const char *name = step->label ? step->label : step_info(step->kind)->name;
    char id[ID_MAX];
    if (!step->label && strncmp(name, PREFIX, sizeof PREFIX - 1) == 0)
        name += sizeof PREFIX - 1;
    id_make(name, id, sizeof id);
    return arena_text(arena, id[0] ? id : "step");
}

static bool id_is_taken(const Scenario *scenario, int count, const char *id)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(scenario->steps[i].id, id) == 0)
            return true;
    }
    return false;
}

/* Ids are unique: the second "click" is "click-2". */
static void ids_give(Arena *arena, Scenario *scenario)
{
    const char **bases = ARENA_ARRAY(arena, (size_t)scenario->step_count, const char *);
    for (int i = 0; i < scenario->step_count; i++) {
        int number = 1;
        bases[i] = id_base(arena, &scenario->steps[i]);
        for (int j = 0; j < i; j++)
            number += strcmp(bases[j], bases[i]) == 0;
        const char *id = bases[i];
        if (number > 1)
            id = arena_printf(arena, "%s-%d", bases[i], number);
        while (id_is_taken(scenario, i, id))
            id = arena_printf(arena, "%s-%d", bases[i], ++number);
        scenario->steps[i].id = id;
    }
}

/* begin ... end brackets give the steps between them their label; they do not nest. */
static bool labels_give(const Reader *reader, Scenario *scenario, Error *err)
{
    const char *label = NULL;
    const ScenarioStep *open = NULL;
    Error problem = {0};
    for (int i = 0; i < scenario->step_count; i++) {
        ScenarioStep *step = &scenario->steps[i];
        bool is_begin = step->kind == STEP_KIND_BEGIN;
        bool is_end = step->kind == STEP_KIND_END;
        if ((is_begin && open) || (is_end && !open)) {
            (void)error_set(&problem, ERROR_INPUT, NULL, "'mystery/%s' without '%s' before",
                            is_begin ? "begin" : "end", is_begin ? "end" : "begin");
            if (!reader_object(reader, step->json, &problem, err))
                return false;
        }
        if (is_begin) {
            open = step;
            label = json_text(json_get(step->parameters, "label"), NULL);
        } else if (is_end) {
            open = NULL;
            label = NULL;
        } else {
            step->label = label;
        }
    }
    if (!open)
        return true;
    (void)error_set(&problem, ERROR_INPUT, NULL, "'mystery/begin' without 'mystery/end'");
    return reader_object(reader, open->json, &problem, err);
}

/* Where a plain recording was made: the origin of its first absolute address. */
static void origin_find(Arena *arena, Scenario *scenario)
{
    for (int i = 0; !scenario->recorded_origin && i < scenario->step_count; i++) {
        Url url;
        Error ignored = {0};
        if (scenario->steps[i].kind == STEP_KIND_NAVIGATE &&
            url_parse(arena, str_of(scenario->steps[i].url), NULL, &url, &ignored) &&
            url_is_http(&url))
            scenario->recorded_origin = url_origin(arena, &url);
    }
}

static bool journey_is(const Json *step)
{
    return str_equal_text(json_str(json_get(step, "type")), "customStep") &&
           str_equal_text(json_str(json_get(step, "name")), "mystery/journey");
}

static bool journey_misplaced(const Reader *reader, const ScenarioStep *step, Error *err)
{
    Error problem = {0};
    (void)error_set(&problem, ERROR_INPUT, NULL, "'mystery/journey' is not the first step");
    return reader_object(reader, step->json, &problem, err);
}

static bool steps_read(const Reader *reader, const Json *steps, Scenario *scenario,
                       Error *err)
{
    if (json_count(steps) > STEPS_MAX)
        return json_error(reader->file, steps, err, "more than %d steps", STEPS_MAX);
    scenario->steps = ARENA_ARRAY(reader->arena, (size_t)json_count(steps), ScenarioStep);
    for (const Json *json = json_first(steps); json; json = json_next(json)) {
        ScenarioStep *step = &scenario->steps[scenario->step_count];
        if (!recorder_step(reader, json, scenario->step_count, step, err))
            return false;
        if (step->kind == STEP_KIND_CUSTOM && !custom_read(reader, step, err))
            return false;
        bool is_first = scenario->step_count++ == 0;
        if (step->kind != STEP_KIND_JOURNEY)
            continue;
        if (!is_first && !journey_misplaced(reader, step, err))
            return false;
        if (is_first && !journey_read(reader, step, scenario, err))
            return false;
    }
    return true;
}

static const char *id_of_path(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t length = strlen(name);
    if (length > 5 && strcmp(name + length - 5, ".json") == 0)
        length -= 5;
    return arena_str_text(arena, str_from(name, length));
}

bool scenario_load(Arena *arena, const char *path, bool is_strict,
                   void (*warn)(void *context, const Error *warning), void *context,
                   Scenario *scenario, Error *err)
{
    memset(scenario, 0, sizeof *scenario);
    if (!json_load(arena, path, FILE_MAX_BYTES, &scenario->file, err))
        return false;
    const Json *root = scenario->file.root;
    const Json *steps = json_get(root, "steps");
    Reader reader = {.arena = arena,
                     .file = &scenario->file,
                     .is_strict = is_strict,
                     .warn = warn,
                     .context = context,
                     .has_journey = journey_is(json_first(steps))};
    scenario->path = arena_text(arena, path);
    scenario->id = id_of_path(arena, path);
    scenario->safety = SAFETY_ACT; /* the command line decides; a file can only lower */
    if (!recorder_flow(&reader, root, err))
        return false;
    scenario->title = (LangText){
        .count = 1, .languages = {"en"}, .texts = {json_text(json_get(root, "title"), "")}};
    if (!steps_read(&reader, steps, scenario, err) || !labels_give(&reader, scenario, err))
        return false;
    ids_give(arena, scenario);
    if (!scenario->has_journey)
        origin_find(arena, scenario);
    return true;
}

bool scenario_find(Arena *arena, const char *const *folders, const char *name,
                   Scenario *scenario, Error *err)
{
    const char *path = data_find(arena, folders, NULL, name, err);
    return path && scenario_load(arena, path, false, NULL, NULL, scenario, err);
}

bool scenario_ids(Arena *arena, const char *const *folders, const char ***ids, Error *err)
{
    return data_ids(arena, folders, NULL, ids, err);
}
