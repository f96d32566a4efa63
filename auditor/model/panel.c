/* panel.c - panel files. Layer: model. SPDX-License-Identifier: MIT */
#include "model/panel.h"

#include <string.h>

#include "base/json.h"
#include "base/out.h"
#include "base/units.h"
#include "base/url.h"

enum { FILE_LIMIT = 64 << 20, SHOPS_MOST = 1000000, TAGS_MOST = 32 };

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
    const char *path;
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

/* A saved audit: a folder or file of that name, beside the panel unless it is absolute. */
static const char *audit_beside(Arena *arena, const char *path, const char *place)
{
    const char *name = path_name(path);
    const char *folder = arena_str_text(arena, str_from(path, (size_t)(name - path)));
    const char *beside = *folder && *place != '/' ? path_join(arena, folder, place) : place;
    if (path_is_folder(beside))
        return path_join(arena, beside, "audit.json");
    return path_is_file(beside) ? beside : NULL;
}

/* shop->url is what the file says. */
static bool shop_add(PanelReader *reader, PanelShop *shop, Error *err)
{
    Url url;
    Panel *panel = reader->panel;
    if (panel->shop_count == SHOPS_MOST)
        return error_set(err, ERROR_INPUT, NULL, "more than %d shops", SHOPS_MOST);
    shop->audit = audit_beside(reader->arena, reader->path, shop->url);
    if (!shop->audit && !url_from_user(reader->arena, shop->url, &url, err))
        return false;
    shop->url = shop->audit ? "" : url_without_fragment(reader->arena, url.href);
    if (shop->name && !shop->name[0])
        shop->name = NULL;
    ARENA_PUSH(reader->arena, panel->shops, panel->shop_count, panel->shop_capacity, *shop);
    return true;
}

static const char **tags_copy(Arena *arena, const char *const *tags, size_t count)
{
    const char **copy = ARENA_ARRAY(arena, count + 1, const char *);
    for (size_t i = 0; i < count; i++)
        copy[i] = tags[i];
    return copy;
}

static bool tags_read(PanelReader *reader, const Json *value, PanelShop *shop, Error *err)
{
    const char *tags[TAGS_MOST + 1] = {NULL};
    size_t count = 0;
    if (value && json_type(value) != JSON_ARRAY)
        return json_error(reader->file, value, err, "'tags' wants a list of texts");
    for (const Json *tag = json_first(value); tag; tag = json_next(tag)) {
        if (json_type(tag) != JSON_STRING || count == TAGS_MOST)
            return json_error(reader->file, tag, err, "'tags' wants %d texts at most",
                              (int)TAGS_MOST);
        tags[count++] = json_text(tag, "");
    }
    shop->tags = tags_copy(reader->arena, tags, count);
    return true;
}

static bool shop_read(PanelReader *reader, const Json *value, const Json *shared,
                      Error *err)
{
    static const char *const keys[] = {"url",  "audit", "name",   "group",
                                       "tags", "note",  "options"};
    PanelShop shop = {.url = json_text(value, NULL)};
    Error fault = {0};
    const char *place = json_get(value, "audit") ? "audit" : "url";
    if (!shop.url && (!json_only_keys(reader->file, value, keys, COUNT_OF(keys), err) ||
                      !json_need_text(reader->file, value, place, &shop.url, err)))
        return false;
    shop.name = json_text(json_get(value, "name"), NULL);
    shop.group = json_text(json_get(value, "group"), NULL);
    shop.note = json_text(json_get(value, "note"), NULL);
    if (!tags_read(reader, json_get(value, "tags"), &shop, err))
        return false;
    if (!options_read(reader, shared, &shop, err))
        return false;
    reader->panel->shared_count = shop.option_count;
    if (!options_read(reader, json_get(value, "options"), &shop, err))
        return false;
    if (shop_add(reader, &shop, &fault))
        return true;
    json_error(reader->file, value, err, "%s", fault.what);
    return error_hint(err, "%s", fault.hint);
}

static bool json_read(PanelReader *reader, Error *err)
{
    static const char *const keys[] = {"$schema", "panel", "title",
                                       "options", "seed",  "shops"};
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
    panel->seed = json_integer(json_get(file->root, "seed"), -1);
    for (const Json *shop = json_first(shops); shop; shop = json_next(shop))
        if (!shop_read(reader, shop, json_get(file->root, "options"), err))
            return false;
    return true;
}

/* Address or saved audit, #tags, and behind ' ;' a note. */
static bool line_read(PanelReader *reader, Str line, const char *group, Error *err)
{
    PanelShop shop = {.url = "", .group = group};
    const char *tags[TAGS_MOST + 1] = {NULL};
    size_t count = 0, semicolon = str_find(line, STR(" ;"), 0);
    Str word, rest = str_slice(line, 0, semicolon);
    if (semicolon != SIZE_MAX)
        shop.note = arena_str_text(reader->arena,
                                   str_trim(str_slice(line, semicolon + 2, SIZE_MAX)));
    if (str_next_word(&rest, &word))
        shop.url = arena_str_text(reader->arena, word);
    while (str_next_word(&rest, &word) && !str_equal(word, STR("#"))) {
        if (!str_starts_with(word, STR("#")) || count == TAGS_MOST) {
            error_set(err, ERROR_INPUT, NULL, "'%.*s' is no tag", (int)word.length,
                      word.data);
            return error_hint(err, "tags begin with #, a note with ' ;'; %d tags at most",
                              (int)TAGS_MOST);
        }
        tags[count++] = arena_str_text(reader->arena, str_slice(word, 1, SIZE_MAX));
    }
    shop.tags = tags_copy(reader->arena, tags, count);
    return shop_add(reader, &shop, err);
}

/* One shop a line; empty lines and those that begin with '#' are left out. */
static bool lines_read(PanelReader *reader, const char *path, Str text, Error *err)
{
    const char *group = NULL;
    Str line;
    for (int number = 1; str_next(&text, '\n', &line); number++) {
        Error fault = {0};
        line = str_trim(line);
        if (str_is_empty(line) || line.data[0] == '#')
            continue;
        if (line.data[0] == '[' && str_ends_with(line, STR("]"))) {
            group = arena_str_text(reader->arena,
                                   str_trim(str_slice(line, 1, line.length - 2)));
            continue;
        }
        if (line_read(reader, line, group, &fault))
            continue;
        error_set(err, ERROR_INPUT, arena_printf(reader->arena, "%s:%d:1", path, number),
                  "%s", fault.what);
        return error_hint(err, "%s", fault.hint);
    }
    return true;
}

bool panel_check_distinct(Arena *arena, const char *path, const Panel *panel, Error *err)
{
    size_t slots = 16;
    while (slots < panel->shop_count * 2)
        slots *= 2;
    const char **table = ARENA_ARRAY(arena, slots, const char *);
    for (size_t i = 0; i < panel->shop_count; i++) {
        const char *url = panel->shops[i].url;
        if (panel->shops[i].audit)
            return error_set(err, ERROR_INPUT, path, "'%s' is a saved audit, not a shop",
                             panel->shops[i].audit);
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
    PanelReader reader = {arena, path, &file, panel};
    *panel = (Panel){.id = "", .title = "", .seed = -1};
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
    return true;
}
