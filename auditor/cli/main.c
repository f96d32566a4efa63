/* main.c - the way in: find the command, read its options, run it, print what failed.
 *
 * The only place that exits. Layer: cli. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/out.h"
#include "cli/cli.h"

enum { LEASE_US = 30 * 1000000 };

static const Command *command_of(const char *name, Error *err)
{
    const char *names[32];
    int count = 0;
    for (const Command *command = commands_all(); command->name; command++) {
        if (strcmp(command->name, name) == 0)
            return command;
        if (count < (int)COUNT_OF(names))
            names[count++] = command->name;
    }
    error_set(err, ERROR_INPUT, NULL, "unknown command '%s'", name);
    const char *near = error_did_you_mean(name, names, count);
    if (near)
        error_hint(err, "did you mean '%s'?", near);
    else
        error_hint(err, "'mystery help' names the commands");
    return NULL;
}

/* Data beside the source tree's binary, else those installed; MYSTERY_DATA overrides. */
static void data_folders_find(Cli *cli)
{
    char path[4096];
    Arena *arena = cli->arena;
    TextList list = {0};
    const char *given = getenv("MYSTERY_DATA");
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (given && given[0]) {
        text_list_add(arena, &list, given);
    } else if (length > 0) {
        path[length] = '\0';
        char *slash = strrchr(path, '/');
        *slash = '\0';
        const char *beside = arena_text(arena, path);
        const char *above = path_join(arena, beside, "..");
        const char *tries[] = {beside, above, path_join(arena, beside, "../share/mystery")};
        for (size_t i = 0; i < COUNT_OF(tries) && !list.count; i++)
            if (path_is_folder(path_join(arena, tries[i], "rules")) &&
                path_is_folder(path_join(arena, tries[i], "scenarios")))
                text_list_add(arena, &list, tries[i]);
    }
    for (size_t i = 0; i < cli->user_data.count; i++)
        text_list_add(arena, &list, cli->user_data.items[i]);
    cli->plan.data_folders = list.items ? list.items : ARENA_ARRAY(arena, 1, const char *);
}

static const char *language_of_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *value = getenv(names[i]);
        if (value && value[0])
            return strncmp(value, "fr", 2) == 0 ? "fr" : "en";
    }
    return "en";
}

/* The history's own place: XDG Base Directory Specification, state that outlives a run. */
static void store_choose(AuditPlan *plan)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    plan->is_store_default = true;
    if (state && state[0] == '/')
        plan->store = path_join(plan->arena, state, "mystery/history.db");
    else if (home && home[0] == '/')
        plan->store = path_join(plan->arena, home, ".local/state/mystery/history.db");
}

static void cli_init(Cli *cli, Arena *arena, Clock *clock)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    const char *ci = getenv("CI");
    const char *step_summary = getenv("GITHUB_STEP_SUMMARY");
    bool is_dumb = terminal && strcmp(terminal, "dumb") == 0;
    *cli = (Cli){.arena = arena, .clock = clock, .port = 8080};
    cli->fleet.queue =
        (QueuePlace){.servers = "nats://127.0.0.1:4222", .lease_us = LEASE_US};
    plan_init(&cli->plan, arena, clock);
    cli->plan.language = language_of_environment();
    store_choose(&cli->plan);
    cli->has_colour = isatty(STDOUT_FILENO) && !(no_colour && no_colour[0]) && !is_dumb;
    cli->is_live = isatty(STDERR_FILENO) && !is_dumb && !(ci && ci[0]);
    cli->started_us = clock_now_us(clock);
    cli->step_summary = step_summary && step_summary[0] ? step_summary : NULL;
    cli->plan.progress = progress_print;
    cli->plan.progress_context = cli;
}

static int run(Cli *cli, int argc, char **argv, Error *err)
{
    cli->command = command_of(argv[1], err);
    if (!cli->command)
        return -1;
    if (!cli->command->letter)
        return cli->command->run(cli, err);
    if (!options_read(cli, argc - 1, argv + 1, err))
        return -1;
    if (cli->is_given[OPTION_HELP]) {
        help_print(cli->command);
        return 0;
    }
    if (cli->is_given[OPTION_VERSION]) {
        printf("mystery %s\n", MYSTERY_VERSION);
        return 0;
    }
    data_folders_find(cli);
    return cli->command->run(cli, err);
}

static bool is_word(const char *argument, const char *a, const char *b, const char *c)
{
    return strcmp(argument, a) == 0 || strcmp(argument, b) == 0 || strcmp(argument, c) == 0;
}

/* A result that nobody got is none. Who left by choice (EPIPE) is told nothing. */
static int output_end(int code, bool has_told)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    if (errno != EPIPE && !has_told)
        fprintf(stderr, "mystery: standard output: cannot write%s%s\n", errno ? ": " : "",
                errno ? strerror(errno) : "");
    return error_exit_code(ERROR_FAILED);
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    confine_core();
    if (argc < 2 || is_word(argv[1], "help", "--help", "-h")) {
        help_print(NULL);
        return output_end(argc < 2 ? error_exit_code(ERROR_INPUT) : 0, false);
    }
    if (is_word(argv[1], "version", "--version", "-V")) {
        printf("mystery %s\n", MYSTERY_VERSION);
        return output_end(0, false);
    }
    AUTO(arena_auto) Arena *arena = arena_create();
    Clock clock;
    Cli cli;
    Error err = {0};
    clock_init(&clock);
    cli_init(&cli, arena, &clock);
    cli.is_alone = true;
    int code = run(&cli, argc, argv, &err);
    bool has_told = code < 0;
    if (has_told) {
        error_print(&err);
        code = error_exit_code(err.code);
    }
    return output_end(code, has_told);
}
