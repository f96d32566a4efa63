/* persona.c - persona files: who visits, read strictly.
 *
 * Layer: scenario. SPDX-License-Identifier: MIT */
#include "model/persona.h"

#include <math.h>
#include <string.h>

#include "scenario/find.h"
#include "scenario/load.h"
#include "scenario/reader.h"

enum { FILE_MAX_BYTES = 1 << 20 };

static const char *const KEYS[] = {"$schema",  "title",          "story",         "device",
                                   "language", "acceptLanguage", "timezone",      "country",
                                   "network",  "patienceMs",     "consent",       "cpuRate",
                                   "input",    "textScale",      "reducedMotion", "vision"};
static const char *const DEVICE_KEYS[] = {"kind",      "width",    "height", "pixelRatio",
                                          "userAgent", "platform", "brands", "touch"};
static const char *const CONSENTS[] = {"accept", "refuse", "ignore"};
static const char *const INPUTS[] = {"mouse", "touch", "keyboard"};
static const char *const VISIONS[] = {"full",         "low",        "protanopia",
                                      "deuteranopia", "tritanopia", "achromatopsia"};
static const char *const KINDS[] = {"phone", "desktop"};

/* Text of key, which must be one of count words. */
static bool word_read(const JsonFile *file, const Json *object, const char *key,
                      const char *const *words, int count, const char **word, Error *err)
{
    if (!json_need_text(file, object, key, word, err))
        return false;
    for (int i = 0; i < count; i++) {
        if (strcmp(words[i], *word) == 0)
            return true;
    }
    (void)json_error(file, json_get(object, key), err, "'%s' cannot be '%.40s'", key,
                     *word);
    const char *near = error_did_you_mean(*word, words, count);
    return error_hint(err, "did you mean '%s'?", near ? near : words[0]);
}

/* Number of key within [low, high]; otherwise (when key is optional and missing) otherwise.
 */
static bool number_read(const JsonFile *file, const Json *object, const char *key,
                        const double *bounds, double *number, Error *err)
{
    if (!json_need_number(file, object, key, number, err))
        return false;
    if (*number >= bounds[0] && *number <= bounds[1])
        return true;
    return json_error(file, json_get(object, key), err, "'%s' is not between %g and %g",
                      key, bounds[0], bounds[1]);
}

static bool device_read(const JsonFile *file, const Json *device, Persona *persona,
                        Error *err)
{
    static const double SIDE[] = {200, 10000};
    static const double RATIO[] = {0.5, 6};
    const char *kind = NULL;
    double width = 0;
    double height = 0;
    if (json_type(device) != JSON_OBJECT)
        return json_error(file, device ? device : file->root, err,
                          "'device' is not an object");
    if (!json_only_keys(file, device, DEVICE_KEYS, COUNT_OF(DEVICE_KEYS), err) ||
        !word_read(file, device, "kind", KINDS, COUNT_OF(KINDS), &kind, err) ||
        !number_read(file, device, "width", SIDE, &width, err) ||
        !number_read(file, device, "height", SIDE, &height, err) ||
        !number_read(file, device, "pixelRatio", RATIO, &persona->pixel_ratio, err) ||
        !json_need_text(file, device, "userAgent", &persona->user_agent, err) ||
        !json_need_text(file, device, "platform", &persona->platform, err) ||
        !json_need_text(file, device, "brands", &persona->brands, err))
        return false;
    persona->is_phone = strcmp(kind, "phone") == 0;
    persona->width = (int)width;
    persona->height = (int)height;
    persona->has_touch = json_bool(json_get(device, "touch"), persona->is_phone);
    return true;
}

/* Header values come from a file: no line end may get into a request. */
static bool headers_check(const JsonFile *file, const Persona *persona, Error *err)
{
    const char *const values[] = {persona->user_agent, persona->brands, persona->platform,
                                  persona->accept_language};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        for (const char *c = values[i]; *c; c++) {
            if ((unsigned char)*c < ' ' || *c == 0x7f)
                return json_error(file, file->root, err,
                                  "a value for a request header has a control character");
        }
    }
    return true;
}

static bool network_read(const JsonFile *file, const Json *root, Persona *persona,
                         Error *err)
{
    int count = 0;
    while (network_ids()[count])
        count++;
    return word_read(file, root, "network", network_ids(), count, &persona->network, err);
}

static bool habits_read(const JsonFile *file, const Json *root, Persona *persona,
                        Error *err)
{
    static const double PATIENCE[] = {100, 600000};
    static const double CPU[] = {1, 20};
    static const double SCALE[] = {0.5, 5};
    double patience_ms = 0;
    if (!network_read(file, root, persona, err) ||
        !number_read(file, root, "patienceMs", PATIENCE, &patience_ms, err) ||
        !number_read(file, root, "cpuRate", CPU, &persona->cpu_rate, err) ||
        !number_read(file, root, "textScale", SCALE, &persona->text_scale, err) ||
        !word_read(file, root, "consent", CONSENTS, COUNT_OF(CONSENTS), &persona->consent,
                   err) ||
        !word_read(file, root, "input", INPUTS, COUNT_OF(INPUTS), &persona->input, err))
        return false;
    persona->vision = VISIONS[0];
    if (json_get(root, "vision") &&
        !word_read(file, root, "vision", VISIONS, COUNT_OF(VISIONS), &persona->vision, err))
        return false;
    persona->patience_us = (int64_t)(patience_ms * 1000);
    persona->reduced_motion = json_bool(json_get(root, "reducedMotion"), false);
    return true;
}

static bool texts_read(const Reader *reader, const Json *root, Persona *persona, Error *err)
{
    const JsonFile *file = reader->file;
    const Json *title = json_get(root, "title");
    const Json *story = json_get(root, "story");
    if (!title)
        return json_error(file, root, err, "'title' is missing");
    return reader_lang(reader, title, &persona->title, err) &&
           (!story || reader_lang(reader, story, &persona->story, err)) &&
           json_need_text(file, root, "language", &persona->language, err) &&
           json_need_text(file, root, "acceptLanguage", &persona->accept_language, err) &&
           json_need_text(file, root, "timezone", &persona->timezone, err) &&
           json_need_text(file, root, "country", &persona->country, err);
}

bool persona_load(Arena *arena, const char *path, Persona *persona, Error *err)
{
    JsonFile *file = ARENA_NEW(arena, JsonFile);
    memset(persona, 0, sizeof *persona);
    if (!json_load(arena, path, FILE_MAX_BYTES, file, err))
        return false;
    Reader reader = {.arena = arena, .file = file};
    const Json *root = file->root;
    if (json_type(root) != JSON_OBJECT)
        return json_error(file, root, err, "a persona is an object");
    const char *slash = strrchr(path, '/');
    Str name = str_of(slash ? slash + 1 : path);
    if (str_ends_with(name, STR(".json")))
        name = str_slice(name, 0, name.length - 5);
    persona->id = arena_str_text(arena, name);
    persona->path = arena_text(arena, path);
    return json_only_keys(file, root, KEYS, COUNT_OF(KEYS), err) &&
           texts_read(&reader, root, persona, err) &&
           device_read(file, json_get(root, "device"), persona, err) &&
           habits_read(file, root, persona, err) && headers_check(file, persona, err);
}

bool persona_find(Arena *arena, const char *const *folders, const char *name,
                  Persona *persona, Error *err)
{
    const char *path = data_find(arena, folders, "personas", name, err);
    return path && persona_load(arena, path, persona, err);
}

bool persona_ids(Arena *arena, const char *const *folders, const char ***ids, Error *err)
{
    return data_ids(arena, folders, "personas", ids, err);
}
