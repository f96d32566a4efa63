/* print.c - help, errors and progress, as people read them. Layer: cli.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static void commands_print(void)
{
    printf("mystery - the automated mystery web user\n\n"
           "usage: mystery COMMAND [OPTIONS]\n\n");
    for (const Command *command = commands_all(); command->name; command++)
        if (command->help)
            printf("  %-8s %-14s %s\n", command->name, command->operands, command->help);
    printf(
        "\n'mystery COMMAND --help' names a command's options.\n"
        "Try 'mystery demo' in one terminal and 'mystery audit http://127.0.0.1:8080/' in "
        "another.\n");
}

void help_print(const Command *command)
{
    if (!command) {
        commands_print();
        return;
    }
    printf("usage: mystery %s [OPTIONS] %s\n%s\n\n", command->name, command->operands,
           command->help);
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionInfo *info = option_info((OptionId)i);
        char left[64];
        if (!strchr(info->commands, command->letter) && info->commands[0] != '*')
            continue;
        snprintf(left, sizeof left, "%s%c%s--%s%s%s", info->letter ? "-" : "",
                 info->letter ? info->letter : ' ', info->letter ? ", " : "   ", info->name,
                 info->argument ? " " : "", info->argument ? info->argument : "");
        printf("  %-32s %s\n", left, info->help);
    }
}

void error_print(const Error *err)
{
    fprintf(stderr, "mystery: %s%s%s", err->where, err->where[0] ? ": " : "",
            err->what[0] ? err->what : "failed");
    if (err->hint[0])
        fprintf(stderr, "\n         %s", err->hint);
    fputc('\n', stderr);
}

/* A live line on a terminal, plain lines elsewhere. */
static void line_print(const Cli *cli, const char *text, bool stays)
{
    if (cli->is_quiet)
        return;
    if (cli->is_live)
        fprintf(stderr, "\r\033[K%s%s", text, stays ? "\n" : "");
    else
        fprintf(stderr, "%s\n", text);
    fflush(stderr);
}

/* ", 12 s, about 60 s left": how long so far, and the rest at the pace of the visits done.
 */
static void pace_write(const Cli *cli, const AuditEvent *event, char *text, size_t size)
{
    int64_t passed_s = (clock_now_us(cli->clock) - cli->started_us) / 1000000;
    int64_t done = (int64_t)event->visit - 1;
    int64_t left = (int64_t)event->visits - done;
    text[0] = '\0';
    if (!cli->is_live)
        return;
    if (done > 0)
        snprintf(text, size, ", %lld s, about %lld s left", (long long)passed_s,
                 (long long)(passed_s * left / done));
    else
        snprintf(text, size, ", %lld s", (long long)passed_s);
}

/* Elsewhere than on a terminal a line now and then is enough. */
static void crawl_print(const Cli *cli, const AuditEvent *event)
{
    char line[256];
    int64_t passed_s = (clock_now_us(cli->clock) - cli->started_us) / 1000000;
    if (!cli->is_live && passed_s % 30)
        return;
    snprintf(line, sizeof line, "%zu fetched%s%s%s%s", event->visit,
             event->name ? ", " : "", event->name ? event->name : "",
             event->outcome ? ", waiting: " : "", event->outcome ? event->outcome : "");
    line_print(cli, line, false);
}

void progress_print(void *context, const AuditEvent *event)
{
    const Cli *cli = context;
    char line[512];
    char pace[64];
    switch (event->kind) {
    case EVENT_VISIT_BEGINS:
        pace_write(cli, event, pace, sizeof pace);
        snprintf(line, sizeof line, "visit %zu of %zu: %s%s", event->visit, event->visits,
                 event->name, pace);
        line_print(cli, line, false);
        break;
    case EVENT_VISIT_ENDS:
        snprintf(line, sizeof line, "visit %zu of %zu: %s: %s", event->visit, event->visits,
                 event->name, event->outcome);
        line_print(cli, line, true);
        break;
    case EVENT_LINKS: line_print(cli, "trying links", false); break;
    case EVENT_JUDGES: line_print(cli, "judging", false); break;
    case EVENT_CRAWL: crawl_print(cli, event); break;
    case EVENT_NOTE:
        snprintf(line, sizeof line, "note: %s", event->name);
        line_print(cli, line, true);
        break;
    case EVENT_REPORTS:
        line_print(cli, "writing the report", !cli->is_live);
        if (cli->is_live && !cli->is_quiet)
            fputs("\r\033[K", stderr);
        break;
    }
}
