/* options.c - the command line and the environment read by the table of options.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "cli/cli.h"

static const OptionInfo infos[OPTION_COUNT] = {
#define OPTION(constant, name, letter, argument, commands, help)                           \
    [OPTION_##constant] = {name, letter, argument, commands, help},
#include "cli/options.def"
#undef OPTION
};

const OptionInfo *option_info(OptionId id)
{
    return &infos[id];
}

static bool unknown_error(const Cli *cli, Str name, Error *err)
{
    const char *names[OPTION_COUNT];
    int count = 0;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (strchr(infos[i].commands, cli->command->letter) || infos[i].commands[0] == '*')
            names[count++] = infos[i].name;
    error_set(err, ERROR_INPUT, NULL, "unknown option '--%.*s'", STR_ARGS(name));
    const char *near = error_did_you_mean(arena_str_text(cli->arena, name), names, count);
    if (near)
        return error_hint(err, "did you mean '--%s'?", near);
    return error_hint(err, "'mystery %s --help' names the options", cli->command->name);
}

static bool option_fits(const Cli *cli, OptionId id, Error *err)
{
    const OptionInfo *info = &infos[id];
    if (!info->commands[0])
        return error_set(err, ERROR_INPUT, NULL, "option '--%s' is not built yet",
                         info->name);
    if (info->commands[0] == '*' || strchr(info->commands, cli->command->letter))
        return true;
    error_set(err, ERROR_INPUT, NULL, "option '--%s' does not go with '%s'", info->name,
              cli->command->name);
    return error_hint(err, "'mystery %s --help' names the options", cli->command->name);
}

static OptionId option_named(Str name)
{
    int i = 0;
    while (i < OPTION_COUNT && !str_equal_text(name, infos[i].name))
        i++;
    return (OptionId)i;
}

static OptionId option_lettered(char letter)
{
    int i = 0;
    while (i < OPTION_COUNT && infos[i].letter != letter)
        i++;
    return (OptionId)i;
}

/* The command line as read so far. */
typedef struct Arguments {
    int argc;
    char **argv;
    int next;
} Arguments;

static bool value_take(const Cli *cli, OptionId id, Arguments *arguments,
                       const char *inside, const char **value, Error *err)
{
    *value = inside;
    if (!infos[id].argument) {
        if (inside)
            return error_set(err, ERROR_INPUT, NULL, "option '--%s' takes no value",
                             infos[id].name);
        return true;
    }
    if (inside)
        return true;
    if (arguments->next >= arguments->argc) {
        error_set(err, ERROR_INPUT, NULL, "option '--%s' needs a value", infos[id].name);
        return error_hint(err, "--%s %s", infos[id].name, infos[id].argument);
    }
    *value = arguments->argv[arguments->next++];
    (void)cli;
    return true;
}

static bool long_take(Cli *cli, const char *text, Arguments *arguments, Error *err)
{
    Str whole = str_of(text);
    size_t equals = str_find_byte(whole, '=', 0);
    Str name = str_slice(whole, 0, equals);
    OptionId id = option_named(name);
    const char *value = NULL;
    if (id == OPTION_COUNT)
        return unknown_error(cli, name, err);
    return option_fits(cli, id, err) &&
           value_take(cli, id, arguments, equals == SIZE_MAX ? NULL : text + equals + 1,
                      &value, err) &&
           option_apply(cli, id, value, err);
}

/* -n5, -n 5, -qv */
static bool letters_take(Cli *cli, const char *text, Arguments *arguments, Error *err)
{
    for (; *text; text++) {
        OptionId id = option_lettered(*text);
        const char *value = NULL;
        if (id == OPTION_COUNT) {
            error_set(err, ERROR_INPUT, NULL, "unknown option '-%c'", *text);
            return error_hint(err, "'mystery %s --help' names the options",
                              cli->command->name);
        }
        bool is_inside = infos[id].argument && text[1];
        if (!option_fits(cli, id, err) ||
            !value_take(cli, id, arguments, is_inside ? text + 1 : NULL, &value, err) ||
            !option_apply(cli, id, value, err))
            return false;
        if (infos[id].argument)
            return true;
    }
    return true;
}

static bool arguments_read(Cli *cli, int argc, char **argv, Error *err)
{
    Arguments arguments = {argc, argv, 1};
    bool is_over = false; /* behind "--" everything is an operand */
    while (arguments.next < argc) {
        const char *text = argv[arguments.next++];
        if (is_over || text[0] != '-' || strcmp(text, "-") == 0)
            text_list_add(cli->arena, &cli->operands, text);
        else if (strcmp(text, "--") == 0)
            is_over = true;
        else if (text[1] == '-' ? !long_take(cli, text + 2, &arguments, err)
                                : !letters_take(cli, text + 1, &arguments, err))
            return false;
    }
    return true;
}

/* The lists that a stronger source replaces as a whole. */
static void lists_forget(Cli *cli, const AuditPlan *defaults)
{
    cli->plan.scenarios = defaults->scenarios;
    cli->plan.personas = defaults->personas;
    cli->plan.formats = defaults->formats;
    cli->plan.countries = defaults->countries;
    cli->plan.only = defaults->only;
    cli->plan.fail_on = defaults->fail_on;
}

static void lists_inherit(Cli *cli, const AuditPlan *weaker)
{
    TextList *strong[] = {&cli->plan.scenarios, &cli->plan.personas, &cli->plan.formats,
                          &cli->plan.countries, &cli->plan.only,     &cli->plan.fail_on};
    const TextList *weak[] = {&weaker->scenarios, &weaker->personas, &weaker->formats,
                              &weaker->countries, &weaker->only,     &weaker->fail_on};
    for (size_t i = 0; i < COUNT_OF(strong); i++)
        if (!strong[i]->count)
            *strong[i] = *weak[i];
}

static char upper(char c)
{
    if (c == '-' || c == '.')
        return '_';
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Is name "MYSTERY_OPTION_" and the option's long name in capitals? */
static bool names_option(Str name, const OptionInfo *info)
{
    if (name.length != strlen(info->name))
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (name.data[i] != upper(info->name[i]))
            return false;
    return true;
}

static bool environment_option(Cli *cli, Str name, const char *value, Error *err)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!names_option(name, &infos[i]))
            continue;
        bool is_flag = !infos[i].argument;
        if (is_flag && (!value[0] || strcmp(value, "0") == 0))
            return true;
        /* An option of another command is not for this one. */
        if (!strchr(infos[i].commands, cli->command->letter) && infos[i].commands[0] != '*')
            return true;
        return option_apply(cli, (OptionId)i, is_flag ? NULL : value, err);
    }
    error_set(err, ERROR_INPUT, NULL,
              "unknown option in the environment: 'MYSTERY_OPTION_%.*s'", STR_ARGS(name));
    return error_hint(err, "capitals and '_' for '-': MYSTERY_OPTION_MIN_SCORE");
}

bool environment_read(Cli *cli, char **environment, Error *err)
{
    static const char option[] = "MYSTERY_OPTION_";
    static const char variable[] = "MYSTERY_VARIABLE_";
    static const char secret[] = "MYSTERY_SECRET_";
    for (; *environment; environment++) {
        Str entry = str_of(*environment);
        size_t equals = str_find_byte(entry, '=', 0);
        if (equals == SIZE_MAX)
            continue;
        const char *value = *environment + equals + 1;
        Str name = str_slice(entry, 0, equals);
        if (str_starts_with(name, str_of(variable)))
            text_list_add(cli->arena, &cli->plan.variables,
                          *environment + sizeof variable - 1);
        else if (str_starts_with(name, str_of(secret)))
            text_list_add(cli->arena, &cli->plan.secrets, *environment + sizeof secret - 1);
        else if (str_starts_with(name, str_of(option)) &&
                 !environment_option(cli, str_slice(name, sizeof option - 1, SIZE_MAX),
                                     value, err))
            return false;
    }
    return true;
}

/* Does the command line name a config file? It is read before everything else. */
static const char *config_named(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--config") == 0 && i + 1 < argc)
            return argv[i + 1];
        if (strncmp(argv[i], "--config=", 9) == 0)
            return argv[i] + 9;
    }
    return NULL;
}

bool options_read(Cli *cli, int argc, char **argv, Error *err)
{
    const AuditPlan defaults = cli->plan;
    const char *config = config_named(argc, argv);
    if (!config && path_is_file("mystery.json"))
        config = "mystery.json";
    if (config && !config_read(cli, config, err))
        return false;
    AuditPlan weaker = cli->plan;
    lists_forget(cli, &defaults);
    if (!environment_read(cli, environ, err))
        return false;
    lists_inherit(cli, &weaker);
    weaker = cli->plan;
    lists_forget(cli, &defaults);
    if (!arguments_read(cli, argc, argv, err))
        return false;
    lists_inherit(cli, &weaker);
    return true;
}
