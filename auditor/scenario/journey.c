/* journey.c - reads mystery/journey: who the scenario is, what it is for, and its limits
 * (scenarios.md 6.3, interface.md).
 *
 * Layer: scenario. Called by load.c. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/url.h"
#include "scenario/reader.h"

static const char *const KEYS[] = {"schema",  "id",      "title",   "purpose",
                                   "site",    "engines", "persona", "data",
                                   "secrets", "safety",  "repeat",  "budgets"};
static const char *const SITE_KEYS[] = {"base", "recorded", "allowHosts"};
static const char *const SAFETY_KEYS[] = {"level", "maxRequests", "maxMinutes", "denyUrls"};
static const char *const PERSONA_KEYS[] = {
    "device",        "width",     "height",     "dpr",       "mobile",
    "touch",         "userAgent", "locale",     "timezone",  "network",
    "cpu",           "consent",   "patienceMs", "thinkMs",   "input",
    "reducedMotion", "textScale", "javascript", "returning", "seed"};

enum { SCHEMA = 1, MINUTES_MAX = 24 * 60 };

static bool journey_error(const Reader *reader, const Json *value, const char *what,
                          const char *hint, Error *err)
{
    Error problem = {0};
    (void)error_set(&problem, ERROR_INPUT, NULL, "%s", what);
    if (hint)
        (void)error_hint(&problem, "%s", hint);
    return reader_object(reader, value, &problem, err);
}

static bool schema_check(const Reader *reader, const Json *parameters, Error *err)
{
    const Json *schema = json_get(parameters, "schema");
    double number = json_number(schema, NAN);
    if (!schema)
        return journey_error(reader, parameters, "'schema' is missing",
                             "write \"schema\": 1", err);
    if (number > SCHEMA)
        return journey_error(reader, schema, "the file is of a later format",
                             "this program knows schema 1", err);
    return number >= SCHEMA ||
           journey_error(reader, schema, "'schema' is not 1", NULL, err);
}

static bool id_is_kebab(const char *id)
{
    size_t length = strlen(id);
    if (length == 0 || length > 80 || id[0] == '-' || id[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++) {
        bool is_word = (id[i] >= 'a' && id[i] <= 'z') || (id[i] >= '0' && id[i] <= '9');
        if (!is_word && (id[i] != '-' || id[i + 1] == '-'))
            return false;
    }
    return true;
}

static bool names_read(const Reader *reader, const Json *parameters, Scenario *scenario,
                       Error *err)
{
    const Json *id = json_get(parameters, "id");
    if (id && (json_type(id) != JSON_STRING || !id_is_kebab(json_text(id, "")))) {
        if (!journey_error(reader, id, "'id' is not in kebab-case",
                           "write small letters, digits and single '-'", err))
            return false;
    } else if (id) {
        scenario->id = json_text(id, scenario->id);
    }
    const Json *title = json_get(parameters, "title");
    const Json *purpose = json_get(parameters, "purpose");
    if (title && !reader_lang(reader, title, &scenario->title, err))
        return false;
    return !purpose || reader_lang(reader, purpose, &scenario->purpose, err);
}

static bool texts_are(const Json *array)
{
    if (json_type(array) != JSON_ARRAY)
        return false;
    for (const Json *child = json_first(array); child; child = json_next(child)) {
        if (json_type(child) != JSON_STRING)
            return false;
    }
    return true;
}

static bool site_read(const Reader *reader, const Json *site, Scenario *scenario,
                      Error *err)
{
    if (!site)
        return true;
    if (json_type(site) != JSON_OBJECT)
        return journey_error(reader, site, "'site' is not an object", NULL, err);
    if (!reader_keys(reader, site, SITE_KEYS, COUNT_OF(SITE_KEYS), err))
        return false;
    const Json *recorded = json_get(site, "recorded");
    const Json *hosts = json_get(site, "allowHosts");
    if (hosts && !texts_are(hosts) &&
        !journey_error(reader, hosts, "'allowHosts' is not an array of texts", NULL, err))
        return false;
    if (!recorded)
        return true;
    Url url;
    Error problem = {0};
    if (!url_parse(reader->arena, json_str(recorded), NULL, &url, &problem) ||
        !url_is_http(&url))
        return journey_error(reader, recorded, "'recorded' is not an http address",
                             "write \"https://shop.example\"", err);
    scenario->recorded_origin = url_origin(reader->arena, &url);
    return true;
}

static bool limit_read(const Reader *reader, const Json *value, double max, double *number,
                       Error *err)
{
    *number = json_number(value, NAN);
    if (!value || (*number > 0 && *number <= max))
        return true;
    Error problem = {0};
    (void)error_set(&problem, ERROR_INPUT, NULL, "'%s' is not a number from 1 to %.0f",
                    json_key(value), max);
    *number = NAN;
    return reader_object(reader, value, &problem, err);
}

static bool safety_read(const Reader *reader, const Json *safety, Scenario *scenario,
                        Error *err)
{
    if (!safety)
        return true;
    if (json_type(safety) != JSON_OBJECT)
        return journey_error(reader, safety, "'safety' is not an object", NULL, err);
    if (!reader_keys(reader, safety, SAFETY_KEYS, COUNT_OF(SAFETY_KEYS), err))
        return false;
    const Json *level = json_get(safety, "level");
    if (level && !safety_of(json_text(level, ""), &scenario->safety) &&
        !journey_error(reader, level, "'level' is not a safety level",
                       "use look, touch or act", err))
        return false;
    double requests = NAN;
    double minutes = NAN;
    if (!limit_read(reader, json_get(safety, "maxRequests"), 100000, &requests, err) ||
        !limit_read(reader, json_get(safety, "maxMinutes"), MINUTES_MAX, &minutes, err))
        return false;
    scenario->max_requests = isnan(requests) ? 0 : (int)requests;
    scenario->time_limit_us = isnan(minutes) ? 0 : (int64_t)(minutes * 60e6);
    const Json *deny = json_get(safety, "denyUrls");
    if (deny && !texts_are(deny))
        return journey_error(reader, deny, "'denyUrls' is not an array of texts", NULL,
                             err);
    scenario->deny_urls = deny;
    return true;
}

static bool persona_read(const Reader *reader, const Json *persona, Scenario *scenario,
                         Error *err)
{
    if (json_type(persona) == JSON_STRING) {
        scenario->persona_id = json_text(persona, NULL);
        return true;
    }
    if (!persona)
        return true;
    if (json_type(persona) != JSON_OBJECT)
        return journey_error(reader, persona, "'persona' is neither a name nor an object",
                             NULL, err);
    reader_warn(reader, persona, "write a persona file and name it with --persona",
                "a persona described inside a scenario is not applied");
    return reader_keys(reader, persona, PERSONA_KEYS, COUNT_OF(PERSONA_KEYS), err);
}

/* Objects and arrays that the command line decides, or that are values for the visit. */
static bool shapes_check(const Reader *reader, const Json *parameters, Scenario *scenario,
                         Error *err)
{
    static const char *const OBJECTS[] = {"data", "secrets", "repeat", "budgets"};
    for (size_t i = 0; i < COUNT_OF(OBJECTS); i++) {
        const Json *value = json_get(parameters, OBJECTS[i]);
        Error problem = {0};
        if (!value || json_type(value) == JSON_OBJECT)
            continue;
        (void)error_set(&problem, ERROR_INPUT, NULL, "'%s' is not an object", OBJECTS[i]);
        if (!reader_object(reader, value, &problem, err))
            return false;
    }
    const Json *engines = json_get(parameters, "engines");
    if (engines && !texts_are(engines) &&
        !journey_error(reader, engines, "'engines' is not an array of texts", NULL, err))
        return false;
    for (const Json *engine = json_first(engines); engine; engine = json_next(engine)) {
        if (strcmp(json_text(engine, ""), "http") != 0 &&
            strcmp(json_text(engine, ""), "chromium") != 0 &&
            !journey_error(reader, engine, "an engine is 'http' or 'chromium'", NULL, err))
            return false;
    }
    scenario->data = json_get(parameters, "data");
    return true;
}

bool journey_read(const Reader *reader, const ScenarioStep *step, Scenario *scenario,
                  Error *err)
{
    const Json *parameters = step->parameters;
    scenario->has_journey = true;
    return reader_keys(reader, parameters, KEYS, COUNT_OF(KEYS), err) &&
           schema_check(reader, parameters, err) &&
           names_read(reader, parameters, scenario, err) &&
           site_read(reader, json_get(parameters, "site"), scenario, err) &&
           safety_read(reader, json_get(parameters, "safety"), scenario, err) &&
           persona_read(reader, json_get(parameters, "persona"), scenario, err) &&
           shapes_check(reader, parameters, scenario, err);
}
