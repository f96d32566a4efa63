/* calibration.c - the calibration file. Layer: model. SPDX-License-Identifier: MIT */
#include "model/calibration.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"

enum { FILE_LIMIT = 1 << 20 };

static const char schema[] = "mystery-calibration/1";
static const char *const mark_names[MARK_COUNT] = {
    [MARK_SATISFACTION] = "satisfaction",
    [MARK_RECOMMENDATION] = "recommendation",
    [MARK_EFFORT] = "effort",
    [MARK_COMPLETION] = "completion",
};
static const double mark_bounds[MARK_COUNT][2] = {
    [MARK_SATISFACTION] = {0, 10},
    [MARK_RECOMMENDATION] = {-100, 100},
    [MARK_EFFORT] = {1, 7},
    [MARK_COMPLETION] = {0, 1},
};

/* Numbers of a fit, by name. */
typedef struct FitField {
    const char *name;
    size_t offset;
} FitField;

static const FitField fields[] = {
    {"intercept", offsetof(Fit, intercept)},
    {"slope", offsetof(Fit, slope)},
    {"residual", offsetof(Fit, residual)},
    {"r_squared", offsetof(Fit, r_squared)},
    {"mean", offsetof(Fit, mean)},
    {"spread", offsetof(Fit, spread)},
    {"low", offsetof(Fit, low)},
    {"high", offsetof(Fit, high)},
};

const char *model_mark_name(ModelMark mark)
{
    return mark_names[mark];
}

const double *model_mark_bounds(ModelMark mark)
{
    return mark_bounds[mark];
}

static double field_get(const Fit *fit, const FitField *field)
{
    double value;
    memcpy(&value, (const char *)fit + field->offset, sizeof value);
    return value;
}

static void fit_write(JsonWriter *json, const char *name, const Fit *fit)
{
    json_write_key(json, name);
    if (!fit->points) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_put_text(json, "on", fit->on_own ? name : "experience");
    json_put_integer(json, "points", fit->points);
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        json_put_number(json, fields[i].name, field_get(fit, &fields[i]));
    json_write_end(json);
}

bool calibration_write(const Calibration *calibration, Buf *out, Error *err)
{
    JsonWriter json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_put_text(&json, "schema", schema);
    json_put_text(&json, "date", calibration->date);
    json_put_integer(&json, "respondents", calibration->respondents);
    json_write_key(&json, "fits");
    json_write_object(&json);
    for (int mark = 0; mark < MARK_COUNT; mark++)
        fit_write(&json, mark_names[mark], &calibration->fits[mark]);
    json_write_end(&json);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the calibration", err);
}

static bool fit_read(const JsonFile *file, const char *name, const Json *json, Fit *fit,
                     Error *err)
{
    static const char *const keys[] = {"on",       "points",    "intercept", "slope",
                                       "residual", "r_squared", "mean",      "spread",
                                       "low",      "high"};
    const char *on = NULL;
    double points = 0;
    if (!json || json_is_null(json))
        return true;
    if (json_type(json) != JSON_OBJECT)
        return json_error(file, json, err, "a fit is an object");
    if (!json_only_keys(file, json, keys, COUNT_OF(keys), err) ||
        !json_need_text(file, json, "on", &on, err) ||
        !json_need_number(file, json, "points", &points, err))
        return false;
    fit->on_own = strcmp(on, name) == 0;
    if (!fit->on_own && strcmp(on, "experience") != 0)
        return json_error(file, json_get(json, "on"), err, "'on' is 'experience' or '%s'",
                          name);
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        double value = NAN;
        if (!json_need_number(file, json, fields[i].name, &value, err))
            return false;
        memcpy((char *)fit + fields[i].offset, &value, sizeof value);
    }
    if (points < 3 || points > 1e6 || fit->spread <= 0 || fit->residual < 0)
        return json_error(file, json, err, "these are not the numbers of a fit");
    fit->points = (int)points;
    return true;
}

bool calibration_load(Arena *arena, const char *path, Calibration *calibration, Error *err)
{
    static const char *const keys[] = {"schema", "date", "respondents", "fits"};
    JsonFile file;
    int64_t moment = 0;
    *calibration = (Calibration){0};
    if (!json_load(arena, path, FILE_LIMIT, &file, err))
        return false;
    const char *said = json_text(json_get(file.root, "schema"), "");
    if (strcmp(said, schema) != 0) {
        json_error(&file, file.root, err, "this is no calibration");
        return error_hint(err, "'mystery calibrate FIGURES.csv' writes one");
    }
    if (!json_only_keys(&file, file.root, keys, COUNT_OF(keys), err) ||
        !json_need_text(&file, file.root, "date", &calibration->date, err))
        return false;
    if (strlen(calibration->date) != 10 ||
        !clock_parse_iso8601(arena_printf(arena, "%sT00:00:00Z", calibration->date),
                             &moment))
        return json_error(&file, json_get(file.root, "date"), err,
                          "'date' wants a day: 2026-10-03");
    calibration->respondents = (int)json_number(json_get(file.root, "respondents"), 0);
    const Json *fits = json_get(file.root, "fits");
    if (!fits || !json_only_keys(&file, fits, mark_names, MARK_COUNT, err))
        return json_error(&file, file.root, err, "a calibration holds 'fits'");
    for (int mark = 0; mark < MARK_COUNT; mark++)
        if (!fit_read(&file, mark_names[mark], json_get(fits, mark_names[mark]),
                      &calibration->fits[mark], err))
            return false;
    return true;
}
