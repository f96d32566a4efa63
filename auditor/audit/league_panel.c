/* league_panel.c - panels read. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/league_panel.h"

#include <string.h>

#include "base/attr.h"
#include "base/json.h"
#include "base/out.h"
#include "base/url.h"

enum { PANEL_LIMIT = 4 << 20, BLOCKS_MOST = 1000, TAGS_MOST = 32 };

/* An address, or the folder or file of a saved audit beside the panel. */
static bool place_take(Arena *arena, const char *path, const char *text, LeagueEntry *shop,
                       Error *err)
{
    const char *name = path_name(path);
    const char *folder =
        name == path ? "" : arena_str_text(arena, str_from(path, (size_t)(name - path)));
    const char *beside = *folder && *text != '/' ? path_join(arena, folder, text) : text;
    Url url;
    if (path_is_folder(beside) || path_is_file(beside)) {
        shop->url = "";
        shop->audit =
            path_is_folder(beside) ? path_join(arena, beside, "audit.json") : beside;
        return true;
    }
    if (!url_from_user(arena, text, &url, err))
        return false;
    shop->url = url.href;
    return true;
}

static bool shop_add(Arena *arena, LeaguePanel *panel, const char *path,
                     const LeagueEntry *shop, Error *err)
{
    if (panel->count == BENCHMARK_SHOPS_MOST)
        return error_set(err, ERROR_INPUT, path, "a panel has at most %d shops",
                         (int)BENCHMARK_SHOPS_MOST);
    ARENA_PUSH(arena, panel->shops, panel->count, panel->capacity, *shop);
    return true;
}

/* ---- text ---- */

static bool line_take(Arena *arena, LeaguePanel *panel, const char *path, Str line,
                      const char *group, Error *err)
{
    LeagueEntry shop = {.group = group};
    size_t semicolon = str_find(line, STR(" ;"), 0);
    TextList tags = {0};
    Str word, rest = str_slice(line, 0, semicolon);
    if (semicolon != SIZE_MAX)
        shop.note =
            arena_str_text(arena, str_trim(str_slice(line, semicolon + 2, SIZE_MAX)));
    if (!str_next_word(&rest, &word) ||
        !place_take(arena, path, arena_str_text(arena, word), &shop, err))
        return false;
    while (str_next_word(&rest, &word) && tags.count < TAGS_MOST)
        text_list_add(arena, &tags,
                      arena_str_text(arena, str_starts_with(word, STR("#"))
                                                ? str_slice(word, 1, SIZE_MAX)
                                                : word));
    shop.tags = tags.items;
    return shop_add(arena, panel, path, &shop, err);
}

static bool text_read(Arena *arena, const char *path, Str text, LeaguePanel *panel,
                      Error *err)
{
    const char *group = NULL;
    Str line;
    for (int number = 1; str_next(&text, '\n', &line); number++) {
        line = str_trim(line);
        if (str_is_empty(line) || line.data[0] == '#')
            continue;
        if (line.data[0] == '[' && str_ends_with(line, STR("]"))) {
            group = arena_str_text(arena, str_trim(str_slice(line, 1, line.length - 2)));
            continue;
        }
        Error trouble = {0};
        if (!line_take(arena, panel, path, line, group, &trouble)) {
            error_set(err, ERROR_INPUT, arena_printf(arena, "%s:%d:1", path, number), "%s",
                      trouble.what);
            return error_hint(err, "%s", trouble.hint);
        }
    }
    return true;
}

/* ---- JSON ---- */

static void texts_take(Arena *arena, const Json *array, TextList *list)
{
    for (const Json *item = json_first(array); item; item = json_next(item))
        if (json_type(item) == JSON_STRING)
            text_list_add(arena, list, json_text(item, ""));
}

static bool shop_read(Arena *arena, const JsonFile *file, const Json *json,
                      LeaguePanel *panel, Error *err)
{
    static const char *const keys[] = {"url", "audit", "name", "group", "tags", "note"};
    LeagueEntry shop = {0};
    TextList tags = {0};
    Error trouble = {0};
    bool is_text = json_type(json) == JSON_STRING;
    const char *place = json_text(json, "");
    if (!is_text) {
        if (json_type(json) != JSON_OBJECT)
            return json_error(file, json, err, "a shop is an object with 'url' or 'audit'");
        if (!json_only_keys(file, json, keys, (int)COUNT_OF(keys), err))
            return false;
        place = json_text(json_get(json, "url"), json_text(json_get(json, "audit"), ""));
    }
    if (!*place)
        return json_error(file, json, err, "a shop needs 'url' or 'audit'");
    if (!place_take(arena, file->path, place, &shop, &trouble))
        return json_error(file, json, err, "%s", trouble.what);
    shop.name = json_text(json_get(json, "name"), NULL);
    shop.group = json_text(json_get(json, "group"), NULL);
    shop.note = json_text(json_get(json, "note"), NULL);
    texts_take(arena, json_get(json, "tags"), &tags);
    shop.tags = tags.items;
    return shop_add(arena, panel, file->path, &shop, err);
}

/* One text or several. */
static void list_take(Arena *arena, const Json *value, TextList *list)
{
    if (json_type(value) == JSON_STRING)
        text_list_add(arena, list, json_text(value, ""));
    else
        texts_take(arena, value, list);
}

/* Of the options that a panel may give each audit, those that a benchmark knows. */
static bool options_take(Arena *arena, const JsonFile *file, const Json *options,
                         LeaguePanel *panel, Error *err)
{
    static const char *const keys[] = {"scenario", "persona", "engine", "visits"};
    if (!options)
        return true;
    if (!json_only_keys(file, options, keys, (int)COUNT_OF(keys), err))
        return false;
    list_take(arena, json_get(options, "scenario"), &panel->scenarios);
    list_take(arena, json_get(options, "persona"), &panel->personas);
    panel->engine = json_text(json_get(options, "engine"), panel->engine);
    panel->blocks = (int)json_integer(json_get(options, "visits"), panel->blocks);
    return true;
}

static bool json_read(Arena *arena, const char *path, Str text, LeaguePanel *panel,
                      Error *err)
{
    static const char *const keys[] = {"name",     "shops",  "blocks", "scenarios",
                                       "personas", "engine", "seed",   "$schema",
                                       "panel",    "title",  "options"};
    JsonFile file;
    if (!json_parse(arena, path, text, &file, err) ||
        !json_only_keys(&file, file.root, keys, (int)COUNT_OF(keys), err))
        return false;
    const Json *blocks = json_get(file.root, "blocks");
    panel->name = json_text(json_get(file.root, "name"),
                            json_text(json_get(file.root, "title"), NULL));
    panel->blocks = (int)json_integer(blocks, 0);
    panel->engine = json_text(json_get(file.root, "engine"), NULL);
    panel->seed = json_integer(json_get(file.root, "seed"), -1);
    texts_take(arena, json_get(file.root, "scenarios"), &panel->scenarios);
    texts_take(arena, json_get(file.root, "personas"), &panel->personas);
    if (blocks && (panel->blocks < 1 || panel->blocks > BLOCKS_MOST))
        return json_error(&file, blocks, err, "'blocks' is a number from 1 to %d",
                          (int)BLOCKS_MOST);
    if (!options_take(arena, &file, json_get(file.root, "options"), panel, err))
        return false;
    const Json *shops = json_get(file.root, "shops");
    if (json_type(shops) != JSON_ARRAY)
        return json_error(&file, file.root, err, "'shops' must be a list");
    for (const Json *shop = json_first(shops); shop; shop = json_next(shop))
        if (!shop_read(arena, &file, shop, panel, err))
            return false;
    return true;
}

bool league_panel_read(Arena *arena, const char *path, LeaguePanel *panel, Error *err)
{
    Str text;
    *panel = (LeaguePanel){.seed = -1};
    if (!file_read(arena, path, PANEL_LIMIT, &text, err))
        return false;
    bool is_json = str_starts_with(str_trim(text), STR("{"));
    if (!(is_json ? json_read(arena, path, text, panel, err)
                  : text_read(arena, path, text, panel, err)))
        return false;
    if (panel->count >= 2)
        return true;
    error_set(err, ERROR_INPUT, path, "a panel needs two shops at least");
    return error_hint(err, "one URL a line, or {\"shops\": [{\"url\": ...}, ...]}");
}
