/* panel.c - panel files. Layer: model. SPDX-License-Identifier: MIT */
#include "model/panel.h"

#include <string.h>

#include "base/json.h"
#include "base/out.h"
#include "base/units.h"
#include "base/url.h"

enum { FILE_LIMIT = 64 << 20, SHOPS_MOST = 1000000 };

/* A panel travels to machines that others look after: what it may ask of them. */
static const char *const allowed[] = {
    "scenario",   "persona",     "engine",         "visits",
    "crawl",      "safety",      "lang",           "format",
    "min-score",  "variable",    "time-limit",     "identity",
    "pace",       "browser",     "leave-no-trace", "assume-public",
    "throttle",   "country",     "rules",          "user-agent",
    "resolve",    "connect-to",  "http1.1",        "http2",
    "ipv4",       "ipv6",        "own-site",       "product",
    "brand-name", "brand-color", "brand-text",     "no-platform-hints",
};

bool panel_option_check(const PanelOption *option, Error *err)
{
    bool is_known = false;
    for (size_t i = 0; i < COUNT_OF(allowed); i++)
        is_known |= strcmp(allowed[i], option->name) == 0;
    if (!is_known) {
        error_set(err, ERROR_INPUT, NULL, "a panel cannot give the option '%s'",
                  option->name);
        const char *near = error_did_you_mean(option->name, allowed, COUNT_OF(allowed));
        if (near)
            return error_hint(err, "did you mean '%s'?", near);
        return error_hint(err, "secrets, files and outputs are the visiting machine's own");
    }
    bool is_file =
        strcmp(option->name, "scenario") == 0 || strcmp(option->name, "persona") == 0;
    if (!is_file || (option->value && !strchr(option->value, '/') &&
                     !str_ends_with(str_of(option->value), STR(".json"))))
        return true;
    error_set(err, ERROR_INPUT, NULL, "a panel names a %s, not a file", option->name);
    return error_hint(err, "give its id; --data brings own ones to the visiting machine");
}

/* A reader on its way through one file. */
typedef struct PanelReader {
    Arena *arena;
    const JsonFile *file;
    Panel *panel;
} PanelReader;

static bool option_add(PanelReader *reader, PanelShop *shop, const char *name,
                       const Json *value, Error *err)
{
    PanelOption option = {.name = arena_text(reader->arena, name)};
    Error fault = {0};
    char number[32];
    switch (json_type(value)) {
    case JSON_TRUE: break;
    case JSON_FALSE: return true;
    case JSON_STRING: option.value = json_text(value, ""); break;
    case JSON_NUMBER:
        option.value = arena_text(
            reader->arena, number_text(json_number(value, 0), number, sizeof number));
        break;
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT:
        return json_error(reader->file, value, err,
                          "'%s' wants a text, a number, true or a list of texts", name);
    }
    if (!panel_option_check(&option, &fault)) {
        json_error(reader->file, value, err, "%s", fault.what);
        return error_hint(err, "%s", fault.hint);
    }
    ARENA_PUSH(reader->arena, shop->options, shop->option_count, shop->option_capacity,
               option);
    return true;
}

static bool options_read(PanelReader *reader, const Json *object, PanelShop *shop,
                         Error *err)
{
    if (object && json_type(object) != JSON_OBJECT)
        return json_error(reader->file, object, err, "'options' wants an object");
    for (const Json *value = json_first(object); value; value = json_next(value)) {
        const Json *one = json_type(value) == JSON_ARRAY ? json_first(value) : value;
        bool is_list = one != value;
        for (; one; one = is_list ? json_next(one) : NULL)
            if (!option_add(reader, shop, json_key(value), one, err))
                return false;
    }
    return true;
}

static bool shop_add(PanelReader *reader, PanelShop *shop, Error *err)
{
    Url url;
    Panel *panel = reader->panel;
    if (panel->shop_count == SHOPS_MOST)
        return error_set(err, ERROR_INPUT, NULL, "more than %d shops", SHOPS_MOST);
    if (!url_from_user(reader->arena, shop->url, &url, err))
        return false;
    shop->url = url_without_fragment(reader->arena, url.href);
    if (!shop->name || !shop->name[0])
        shop->name = url.host;
    ARENA_PUSH(reader->arena, panel->shops, panel->shop_count, panel->shop_capacity, *shop);
    return true;
}

static bool shop_read(PanelReader *reader, const Json *value, const Json *shared,
                      Error *err)
{
    static const char *const keys[] = {"url", "name", "options"};
    PanelShop shop = {.url = json_text(value, NULL)};
    Error fault = {0};
    if (!shop.url && (!json_only_keys(reader->file, value, keys, COUNT_OF(keys), err) ||
                      !json_need_text(reader->file, value, "url", &shop.url, err)))
        return false;
    shop.name = json_text(json_get(value, "name"), NULL);
    if (!options_read(reader, shared, &shop, err) ||
        !options_read(reader, json_get(value, "options"), &shop, err))
        return false;
    if (shop_add(reader, &shop, &fault))
        return true;
    json_error(reader->file, value, err, "%s", fault.what);
    return error_hint(err, "%s", fault.hint);
}

static bool json_read(PanelReader *reader, Error *err)
{
    static const char *const keys[] = {"$schema", "panel", "title", "options", "shops"};
    const JsonFile *file = reader->file;
    Panel *panel = reader->panel;
    const Json *shops = json_get(file->root, "shops");
    if (!json_only_keys(file, file->root, keys, COUNT_OF(keys), err))
        return false;
    if (json_type(shops) != JSON_ARRAY)
        return json_error(file, shops ? shops : file->root, err,
                          "'shops' wants a list of addresses");
    panel->id = json_text(json_get(file->root, "panel"), "");
    panel->title = json_text(json_get(file->root, "title"), panel->id);
    for (const Json *shop = json_first(shops); shop; shop = json_next(shop))
        if (!shop_read(reader, shop, json_get(file->root, "options"), err))
            return false;
    return true;
}

/* One address a line; empty lines and those that begin with '#' are left out. */
static bool lines_read(PanelReader *reader, const char *path, Str text, Error *err)
{
    Str line;
    for (int number = 1; str_next(&text, '\n', &line); number++) {
        Error fault = {0};
        PanelShop shop = {0};
        line = str_trim(line);
        if (str_is_empty(line) || line.data[0] == '#')
            continue;
        shop.url = arena_str_text(reader->arena, line);
        if (shop_add(reader, &shop, &fault))
            continue;
        error_set(err, ERROR_INPUT, arena_printf(reader->arena, "%s:%d:1", path, number),
                  "%s", fault.what);
        return error_hint(err, "%s", fault.hint);
    }
    return true;
}

/* Two of one address would be one shop counted twice. */
static bool addresses_check(Arena *arena, const char *path, const Panel *panel, Error *err)
{
    size_t slots = 16;
    while (slots < panel->shop_count * 2)
        slots *= 2;
    const char **table = ARENA_ARRAY(arena, slots, const char *);
    for (size_t i = 0; i < panel->shop_count; i++) {
        const char *url = panel->shops[i].url;
        size_t at = str_hash(str_of(url)) & (slots - 1);
        for (; table[at] && strcmp(table[at], url) != 0; at = (at + 1) & (slots - 1))
            continue;
        if (table[at])
            return error_set(err, ERROR_INPUT, path, "names '%s' twice", url);
        table[at] = url;
    }
    return true;
}

bool panel_load(Arena *arena, const char *path, Panel *panel, Error *err)
{
    JsonFile file;
    Str text;
    PanelReader reader = {arena, &file, panel};
    *panel = (Panel){.id = "", .title = ""};
    if (!file_read(arena, path, FILE_LIMIT, &text, err))
        return false;
    bool is_json = str_starts_with(str_trim(text), STR("{"));
    if (is_json ? !json_parse(arena, path, text, &file, err) || !json_read(&reader, err)
                : !lines_read(&reader, path, text, err))
        return false;
    if (!panel->shop_count) {
        error_set(err, ERROR_INPUT, path, "names no shop");
        return error_hint(err, "{\"shops\": [\"https://shop.example/\"]}, or one address a "
                               "line");
    }
    return addresses_check(arena, path, panel, err);
}
