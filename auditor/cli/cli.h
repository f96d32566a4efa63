/* cli.h - commands and options of the program: one table each.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "audit/fleet.h"
#include "audit/plan.h"
#include "base/attr.h"
#include "base/error.h"

typedef enum OptionId {

#define OPTION(constant, name, letter, argument, commands, help) OPTION_##constant,
#include "cli/options.def"
#undef OPTION
    OPTION_COUNT,
} OptionId;

/** One row of options.def. */
typedef struct OptionInfo {
    const char *name;
    char letter; /**< 0: none */
    const char *argument;
    const char *commands; /**< "" : named in interface.md, not built yet */
    const char *help;
} OptionInfo;

/** What the command line, the environment and mystery.json came to. */
typedef struct Cli {
    Arena *arena;
    Clock *clock;
    const struct Command *command;
    AuditPlan plan;
    TextList operands;
    bool is_given[OPTION_COUNT]; /**< by any source */
    bool is_live;                /**< progress rewrites its line: a terminal, and no CI */
    int64_t started_us;          /**< monotonic */
    const char *step_summary;    /**< GITHUB_STEP_SUMMARY; NULL */
    bool is_alone; /**< the process ends with this command: it may be confined for good */
    bool is_quiet, is_verbose, has_colour, is_strict, lists_flaws;
    const char *config;
    const char *flaws;
    int port;
    int64_t delay_us;
    const char *keep; /**< of history prune */
    FleetAsk fleet;   /**< of submit, worker, queue */
    TextList user_data;
} Cli;

/** A command: letter as in options.def, what it does, operands, the function that does it.
 * run returns the process's exit code, or -1 with err filled. */
typedef struct Command {
    const char *name;
    char letter;
    const char *operands;
    const char *help;
    int (*run)(Cli *cli, Error *err);
} Command;

/** All commands, ended by a NULL name. */
const Command *commands_all(void);

/** Read options: mystery.json, then the environment, then the command line; each wins over
 * the one before. argv[0] is the command. Errors: ERROR_INPUT with a did-you-mean. */
bool options_read(Cli *cli, int argc, char **argv, Error *err) MUST_USE;
const OptionInfo *option_info(OptionId id);
/** Take one option from whatever source; value NULL for flags. where: named in errors. */
bool option_apply(Cli *cli, OptionId id, const char *value, Error *err) MUST_USE;
/** Options from a JSON object of long names. Errors: ERROR_INPUT with file:line:column. */
bool config_read(Cli *cli, const char *path, Error *err) MUST_USE;
/** Options from MYSTERY_OPTION_NAME, MYSTERY_VARIABLE_K, MYSTERY_SECRET_K. */
bool environment_read(Cli *cli, char **environment, Error *err) MUST_USE;

/** Help of the program (command NULL) or of a command, to standard output. */
void help_print(const Command *command);
/** The one printer of errors: "mystery: where: what (hint)". */
void error_print(const Error *err);
/** Progress lines on standard error; context is the Cli. */
void progress_print(void *context, const AuditEvent *event);

/** The formats of an audit when none is asked for: html, json, har. */
void formats_default(Cli *cli);

int cmd_audit(Cli *cli, Error *err);
int cmd_visit(Cli *cli, Error *err);
int cmd_judge(Cli *cli, Error *err);
int cmd_report(Cli *cli, Error *err);
int cmd_list(Cli *cli, Error *err);
int cmd_explain(Cli *cli, Error *err);
int cmd_check(Cli *cli, Error *err);
int cmd_demo(Cli *cli, Error *err);
int cmd_doctor(Cli *cli, Error *err);
int cmd_history(Cli *cli, Error *err);
int cmd_compare(Cli *cli, Error *err);
int cmd_crawl(Cli *cli, Error *err);
int cmd_benchmark(Cli *cli, Error *err);
int cmd_selftest(Cli *cli, Error *err);
int cmd_calibrate(Cli *cli, Error *err);
int cmd_submit(Cli *cli, Error *err);
int cmd_worker(Cli *cli, Error *err);
int cmd_queue(Cli *cli, Error *err);
/** Exit code of a status; prints the reason as the last line of the result ("failed: ..."),
 * to standard error when the result is not for people. reason NULL: nothing. */
int reason_print(const Cli *cli, AuditStatus status, const char *reason, bool is_stdout);
/** Reading pauses are manners towards strangers: none on loopback or on the user's own
 * shop.
 */
void pace_choose(Cli *cli, const char *site);
/** Append a Markdown file to the summary page of a CI job, when there is one
 * (GITHUB_STEP_SUMMARY). markdown NULL: nothing. */
void summary_append(const Cli *cli, const char *markdown);
/** Hold SIGINT and SIGTERM back, so that what was done is kept. */
void signals_hold(void);
/** 130 or 143 when the user ended the run, else 0. */
int signal_exit_code(void);
/** A command that interface.md names and this version does not have: says so, exit 1. */
int cmd_missing(Cli *cli, Error *err);

#endif
