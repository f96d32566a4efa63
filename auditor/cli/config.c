/* config.c - mystery.json: options by their long names. Layer: cli.
 *
 * {"lang": "fr", "scenario": ["buy"], "min-score": 70, "quiet": true}
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/units.h"
#include "cli/cli.h"

enum { CONFIG_LIMIT = 1 << 20 };

static const char *scalar_text(Cli *cli, const Json *value)
{
    char number[32];
    if (json_type(value) == JSON_STRING)
        return arena_text(cli->arena, json_text(value, ""));
    if (json_type(value) == JSON_NUMBER)
        return arena_text(cli->arena,
                          number_text(json_number(value, 0), number, sizeof number));
    return NULL;
}

static bool value_apply(Cli *cli, const JsonFile *file, OptionId id, const Json *value,
                        Error *err)
{
    const OptionInfo *info = option_info(id);
    JsonType type = json_type(value);
    if (!info->argument) {
        if (type != JSON_TRUE && type != JSON_FALSE)
            return json_error(file, value, err, "'%s' is true or false", info->name);
        return type == JSON_FALSE || option_apply(cli, id, NULL, err);
    }
    const char *text = scalar_text(cli, value);
    if (!text)
        return json_error(file, value, err, "'%s' wants a text or a number", info->name);
    Error inner = {0};
    if (option_apply(cli, id, text, &inner))
        return true;
    json_error(file, value, err, "%s", inner.what);
    return inner.hint[0] ? error_hint(err, "%s", inner.hint) : false;
}

static bool member_apply(Cli *cli, const JsonFile *file, const Json *member, Error *err)
{
    const char *names[OPTION_COUNT];
    OptionId id = OPTION_COUNT;
    for (int i = 0; i < OPTION_COUNT; i++) {
        names[i] = option_info((OptionId)i)->name;
        if (strcmp(names[i], json_key(member)) == 0)
            id = (OptionId)i;
    }
    if (id == OPTION_COUNT) {
        json_error(file, member, err, "unknown option '%s'", json_key(member));
        const char *near = error_did_you_mean(json_key(member), names, OPTION_COUNT);
        return near ? error_hint(err, "did you mean '%s'?", near) : false;
    }
    const OptionInfo *info = option_info(id);
    if (!strchr(info->commands, cli->command->letter) && info->commands[0] != '*')
        return true; /* for another command */
    if (json_type(member) != JSON_ARRAY)
        return value_apply(cli, file, id, member, err);
    for (const Json *item = json_first(member); item; item = json_next(item))
        if (!value_apply(cli, file, id, item, err))
            return false;
    return true;
}

bool config_read(Cli *cli, const char *path, Error *err)
{
    JsonFile file;
    if (!json_load(cli->arena, path, CONFIG_LIMIT, &file, err))
        return false;
    if (json_type(file.root) != JSON_OBJECT)
        return json_error(&file, file.root, err, "a config file is an object of options");
    for (const Json *member = json_first(file.root); member; member = json_next(member))
        if (!member_apply(cli, &file, member, err))
            return false;
    return true;
}
