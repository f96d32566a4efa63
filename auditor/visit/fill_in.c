/* fill_in.c - ${...} in scenarios: data, environment, secrets, site, persona, item.
 *
 * Plain recordings (no mystery/journey) are never touched: they may hold "${" literally.
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/units.h"
#include "base/url.h"
#include "visit/steps.h"

enum { FILLED_LIMIT = 64 * 1024 };

static const char *given(const Walk *walk, const char *prefix, const char *name)
{
    const WalkData *data = walk->options->data;
    for (int i = 0; data && i < data->count; i++) {
        Str key = str_of(data->names[i]);
        if (str_equal_text(key, name))
            return data->values[i];
        if (str_starts_with(key, str_of(prefix)) &&
            str_equal_text(str_slice(key, strlen(prefix), key.length), name))
            return data->values[i];
    }
    return NULL;
}

/* A named value of the scenario; of a list the one whose turn it is in this visit. */
static const char *data_value(const Walk *walk, const char *name)
{
    const char *own = given(walk, "data.", name);
    if (own)
        return own;
    const Json *value = json_at(walk->scenario->data, name);
    if (value && json_type(value) == JSON_ARRAY && json_count(value) > 0) {
        int turn = walk->visit->number > 0 ? walk->visit->number - 1 : 0;
        const Json *entry = json_first(value);
        for (int i = 0; i < turn % json_count(value); i++)
            entry = json_next(entry);
        value = entry;
    }
    if (!value)
        return NULL;
    if (json_type(value) == JSON_NUMBER) {
        char text[40];
        return arena_text(walk->arena,
                          number_text(json_number(value, 0), text, sizeof text));
    }
    return json_text(value, NULL);
}

static const char *site_value(const Walk *walk, const char *name)
{
    Url url;
    if (!url_parse(walk->arena, str_of(walk->visit->site), NULL, &url, NULL))
        return NULL;
    if (strcmp(name, "base") == 0)
        return url.href;
    if (strcmp(name, "origin") == 0)
        return url_origin(walk->arena, &url);
    if (strcmp(name, "host") == 0)
        return url.host;
    if (strcmp(name, "registrable") != 0)
        return NULL;
    /* The last two labels; a scenario uses it for its own hosts only. */
    const char *dot = strrchr(url.host, '.');
    while (dot && dot > url.host && dot[-1] != '.')
        dot--;
    return dot && dot > url.host && !url_is_loopback(&url) ? dot : url.host;
}

static const char *persona_value(const Walk *walk, const char *name)
{
    const Persona *persona = walk->visitor->persona;
    if (!persona)
        return NULL;
    if (strcmp(name, "id") == 0)
        return persona->id;
    if (strcmp(name, "language") == 0 || strcmp(name, "locale") == 0)
        return persona->language;
    if (strcmp(name, "country") == 0)
        return persona->country;
    if (strcmp(name, "consent") == 0)
        return persona->consent;
    if (strcmp(name, "network") == 0)
        return persona->network;
    if (strcmp(name, "timezone") == 0)
        return persona->timezone;
    if (strcmp(name, "patience") == 0)
        return arena_printf(walk->arena, "%lld", (long long)(persona->patience_us / 1000));
    return strcmp(name, "input") == 0 ? persona->input : NULL;
}

/* The goods are known only on the way; before that the value is "". */
static const char *item_value(const Walk *walk, const char *name)
{
    const Goods *goods = &walk->goods;
    if (strcmp(name, "name") == 0)
        return goods->name ? goods->name : "";
    if (strcmp(name, "sku") == 0)
        return goods->sku ? goods->sku : "";
    if (strcmp(name, "url") == 0)
        return goods->url ? goods->url : "";
    if (strcmp(name, "price") == 0)
        return goods->is_bound ? money_text(walk->arena, &goods->price) : "";
    return NULL;
}

static const char *environment_value(const Walk *walk, Str rest)
{
    size_t bar = str_find(rest, STR(":-"), 0);
    const char *name =
        arena_str_text(walk->arena, bar == SIZE_MAX ? rest : str_slice(rest, 0, bar));
    const char *value = given(walk, "env:", name);
    if (!value)
        value = getenv(name);
    if (!value && bar != SIZE_MAX)
        value = arena_str_text(walk->arena, str_slice(rest, bar + 2, rest.length));
    return value;
}

/* Value of what stands between the braces; NULL: undefined. */
static const char *value_of(const Walk *walk, Str expression)
{
    const char *text = arena_str_text(walk->arena, expression);
    if (str_starts_with(expression, STR("env:")))
        return environment_value(walk, str_slice(expression, 4, expression.length));
    if (str_starts_with(expression, STR("secret:")))
        return given(walk, "secret:", text + 7);
    if (str_starts_with(expression, STR("data.")))
        return data_value(walk, text + 5);
    if (str_starts_with(expression, STR("site.")))
        return site_value(walk, text + 5);
    if (str_starts_with(expression, STR("persona.")))
        return persona_value(walk, text + 8);
    if (str_starts_with(expression, STR("item.")))
        return item_value(walk, text + 5);
    return given(walk, "", text);
}

/* Fill text into out; missing receives the first undefined expression. */
static void fill(const Walk *walk, Str text, Buf *out, Str *missing)
{
    size_t at = 0;
    while (at < text.length) {
        size_t open = str_find(text, STR("${"), at);
        if (open == SIZE_MAX)
            break;
        bool is_literal = open > at && text.data[open - 1] == '$';
        buf_add(out, str_slice(text, at, open - at - (is_literal ? 1 : 0)));
        if (is_literal) {
            buf_add_text(out, "${");
            at = open + 2;
            continue;
        }
        size_t close = str_find_byte(text, '}', open);
        if (close == SIZE_MAX) {
            at = open;
            break;
        }
        Str expression = str_slice(text, open + 2, close - open - 2);
        const char *value = value_of(walk, expression);
        if (value)
            buf_add_text(out, value);
        else if (missing->length == 0)
            *missing = expression;
        at = close + 1;
    }
    buf_add(out, str_slice(text, at, text.length));
}

const char *fill_in(const Walk *walk, const char *text)
{
    if (!text || !walk->scenario->has_journey || !strstr(text, "${"))
        return text;
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, FILLED_LIMIT);
    Str missing = {0};
    fill(walk, str_of(text), &out, &missing);
    return arena_text(walk->arena, buf_text(&out));
}

static bool check_text(const Walk *walk, const ScenarioStep *step, const Json *value,
                       const char *text, Error *err)
{
    if (!text || !strstr(text, "${"))
        return true;
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, FILLED_LIMIT);
    Str missing = {0};
    fill(walk, str_of(text), &out, &missing);
    if (missing.length == 0)
        return true;
    const char *place = walk->scenario->path ? walk->scenario->path : walk->scenario->id;
    if (value && walk->scenario->file.root)
        json_error(&walk->scenario->file, value, err, "'${%.*s}' is not defined",
                   STR_ARGS(missing));
    else
        error_set(err, ERROR_INPUT, arena_printf(walk->arena, "%s:%d", place, step->line),
                  "'${%.*s}' is not defined", STR_ARGS(missing));
    return error_hint(err, "give it with --variable or --secret");
}

/* Depth is bounded by the JSON reader. */
static bool check_json(const Walk *walk, const ScenarioStep *step, const Json *value,
                       Error *err)
{
    if (!value)
        return true;
    if (json_type(value) == JSON_STRING)
        return check_text(walk, step, value, json_text(value, ""), err);
    for (const Json *child = json_first(value); child; child = json_next(child))
        if (!check_json(walk, step, child, err))
            return false;
    return true;
}

/* "${data.address}" names a whole object: that is resolved where it is used. */
static bool is_whole_object(const Walk *walk, const Json *value)
{
    Str text = json_str(value);
    if (!str_starts_with(text, STR("${data.")) || !str_ends_with(text, STR("}")))
        return false;
    const char *name = arena_str_text(walk->arena, str_slice(text, 7, text.length - 8));
    const Json *data = json_at(walk->scenario->data, name);
    return data && json_type(data) == JSON_OBJECT;
}

static bool check_step(const Walk *walk, const ScenarioStep *step, Error *err)
{
    for (const Json *child = json_first(step->parameters); child;
         child = json_next(child)) {
        if (json_type(child) == JSON_STRING && is_whole_object(walk, child))
            continue;
        if (!check_json(walk, step, child, err))
            return false;
    }
    return check_text(walk, step, NULL, step->value, err) &&
           check_text(walk, step, NULL, step->url, err);
}

bool fill_in_check(const Walk *walk, Error *err)
{
    if (!walk->scenario->has_journey)
        return true;
    for (int i = 0; i < walk->scenario->step_count; i++) {
        const ScenarioStep *step = &walk->scenario->steps[i];
        /* The settings are read by the loader. */
        if (step->kind != STEP_KIND_JOURNEY && !check_step(walk, step, err))
            return false;
    }
    return true;
}

const Json *step_json(const Walk *walk, const char *path)
{
    const Json *value = json_at(walk->step->parameters, path);
    if (value && json_type(value) == JSON_STRING && is_whole_object(walk, value)) {
        Str text = json_str(value);
        const char *name = arena_str_text(walk->arena, str_slice(text, 7, text.length - 8));
        return json_at(walk->scenario->data, name);
    }
    return value;
}

const char *step_text(const Walk *walk, const char *key, const char *otherwise)
{
    const char *text = json_text(json_at(walk->step->parameters, key), NULL);
    return text ? fill_in(walk, text) : otherwise;
}

double step_number(const Walk *walk, const char *path, double otherwise)
{
    return json_number(json_at(walk->step->parameters, path), otherwise);
}

bool step_bool(const Walk *walk, const char *key, bool otherwise)
{
    return json_bool(json_at(walk->step->parameters, key), otherwise);
}

bool step_has_fallback(const Walk *walk, const char *name)
{
    const Json *list = json_at(walk->step->parameters, "fallback");
    for (const Json *entry = json_first(list); entry; entry = json_next(entry))
        if (str_equal_text(str_of(json_text(entry, "")), name))
            return true;
    return false;
}
