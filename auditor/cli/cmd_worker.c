/* cmd_worker.c - `mystery submit` and `mystery worker`. Layer: cli.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "audit/fleet.h"
#include "base/out.h"
#include "cli/cli.h"

static const int64_t JOB_LIMIT_US = 4 * 3600 * 1000000LL;

static bool operands_one(const Cli *cli, const char *what, Error *err)
{
    if (cli->operands.count == 1)
        return true;
    error_set(err, ERROR_INPUT, NULL, "'%s' takes one panel file", cli->command->name);
    return error_hint(err, "%s", what);
}

int cmd_submit(Cli *cli, Error *err)
{
    FleetSubmitted done;
    FleetAsk ask = cli->fleet;
    if (!fleet_check(err) ||
        !operands_one(cli, "mystery submit panel.json --queue nats://HOST:4222", err) ||
        !fleet_submit(&cli->plan, &ask, cli->operands.items[0], &done, err))
        return -1;
    if (cli->is_quiet)
        return 0;
    printf("%zu of %zu shops put on the queue, batch %s\n", done.put, done.shops,
           done.batch);
    if (done.put < done.shops)
        printf("%zu waited or ran already\n", done.shops - done.put);
    return 0;
}

/* Does the command of this letter take the option? */
static bool option_goes(const char *name, char letter)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionInfo *info = option_info((OptionId)i);
        if (strcmp(info->name, name) == 0)
            return info->commands[0] == '*' || strchr(info->commands, letter) != NULL;
    }
    return false;
}

static void options_add(Arena *arena, TextList *list, const Job *job, char letter)
{
    for (size_t i = 0; i < job->option_count; i++) {
        const PanelOption *option = &job->options[i];
        if (option_goes(option->name, letter))
            text_list_add(arena, list,
                          option->value
                              ? arena_printf(arena, "--%s=%s", option->name, option->value)
                              : arena_printf(arena, "--%s", option->name));
    }
}

static bool has_option(const Job *job, const char *name)
{
    for (size_t i = 0; i < job->option_count; i++)
        if (strcmp(job->options[i].name, name) == 0)
            return true;
    return false;
}

static bool hars_add(Arena *arena, TextList *list, const char *folder, Error *err)
{
    const char **names = NULL;
    size_t count = 0;
    const char *visits = path_join(arena, folder, "visits");
    if (!folder_list(arena, visits, ".har", &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        text_list_add(arena, list, path_join(arena, visits, names[i]));
    return count || error_set(err, ERROR_INPUT, visits, "holds no visits");
}

/* The job's program sees the worker's environment; the store goes that way too, so that no
 * password stands among the arguments. */
static const char **environment_make(const Cli *cli, Arena *arena, const Job *job,
                                     bool is_visit)
{
    static const char *const ours[] = {
        "MYSTERY_OPTION_STORE=", "MYSTERY_OPTION_JOB=", "MYSTERY_OPTION_OUTPUT=",
        "MYSTERY_OPTION_JOBS=", "GITHUB_STEP_SUMMARY="};
    TextList list = {0};
    for (char **entry = environ; *entry; entry++) {
        bool is_ours = false;
        for (size_t i = 0; i < COUNT_OF(ours); i++)
            is_ours |= strncmp(*entry, ours[i], strlen(ours[i])) == 0;
        if (!is_ours)
            text_list_add(arena, &list, *entry);
    }
    if (!is_visit) {
        text_list_add(arena, &list, arena_printf(arena, "%s%s", ours[0], cli->plan.store));
        text_list_add(arena, &list, arena_printf(arena, "%s%s", ours[1], job->id));
    }
    return list.items;
}

static bool program_make(void *context, Arena *arena, const Job *job, const char *folder,
                         ProcProgram *program, Error *err)
{
    const Cli *cli = context;
    bool is_judge = job->stage == JOB_JUDGE;
    bool is_visit = cli->fleet.only && !is_judge;
    const char *name = is_judge ? "judge" : is_visit ? "visit" : "audit";
    TextList list = {0};
    text_list_add(arena, &list, "mystery");
    text_list_add(arena, &list, name);
    text_list_add(arena, &list, "--quiet");
    text_list_add(arena, &list, arena_printf(arena, "--output=%s", folder));
    if (!is_judge)
        text_list_add(arena, &list, "--jobs=1");
    for (size_t i = 0; i < cli->user_data.count; i++)
        text_list_add(arena, &list,
                      arena_printf(arena, "--data=%s", cli->user_data.items[i]));
    /* What nobody keeps is not rendered. */
    if (!cli->plan.output && !has_option(job, "format"))
        text_list_add(arena, &list, "--format=json");
    options_add(arena, &list, job, is_judge ? 'j' : is_visit ? 'v' : 'a');
    text_list_add(arena, &list, "--");
    if (is_judge ? !hars_add(arena, &list, folder, err) : false)
        return false;
    if (!is_judge)
        text_list_add(arena, &list, job->url);
    program->path = "/proc/self/exe";
    program->arguments = list.items;
    program->environment = environment_make(cli, arena, job, is_visit);
    return true;
}

static void line_say(void *context, Str line)
{
    (void)context;
    fwrite(line.data, 1, line.length, stderr);
}

int cmd_worker(Cli *cli, Error *err)
{
    FleetAsk ask = cli->fleet;
    FleetProgram program = {cli, program_make, line_say};
    ask.job_limit_us = cli->plan.time_limit_us ? cli->plan.time_limit_us : JOB_LIMIT_US;
    if (!fleet_check(err))
        return -1;
    if (cli->operands.count) {
        error_set(err, ERROR_INPUT, NULL, "'worker' does not know what to do with '%s'",
                  cli->operands.items[0]);
        error_hint(err, "mystery worker --queue nats://HOST:4222 --store postgres://...");
        return -1;
    }
    signals_hold();
    if (!fleet_work(&cli->plan, &ask, &program, err))
        return -1;
    return signal_exit_code();
}
