/* commands.c - the table of commands. Layer: cli. SPDX-License-Identifier: MIT */
#include "cli/cli.h"

static const Command commands[] = {
    {"audit", 'a', "URL...", "visit a shop, judge it, write the report", cmd_audit},
    {"visit", 'v', "URL", "visit only: one HAR a visit", cmd_visit},
    {"judge", 'j', "FILE.har...", "judge saved visits, ours or a browser's", cmd_judge},
    {"report", 'r', "AUDIT.json", "render a saved audit in any format or language",
     cmd_report},
    {"list", 'l', "WHAT", "rules, scenarios, personas, steps, metrics, formats, languages",
     cmd_list},
    {"explain", 'e', "RULE", "one rule: criterion, why, how it is checked, how to fix",
     cmd_explain},
    {"check", 'c', "FILE...", "validate scenario, persona, rule and words files",
     cmd_check},
    {"crawl", 'k', "URL", "the whole shop: every page judged, links and site-wide faults",
     cmd_crawl},
    {"benchmark", 'b', "PANEL", "many shops walked alike: a league with its intervals",
     cmd_benchmark},
    {"compare", 'p', "BEFORE AFTER", "two audits: what changed, what is only noise",
     cmd_compare},
    {"history", 'h', "[SITE]", "kept audits and trends; export, import, prune, check",
     cmd_history},
    {"selftest", 't', "[URL]", "--aa: false alarms and detectable change on this machine",
     cmd_selftest},
    {"calibrate", 'f', "FIGURES.csv", "fit the modelled marks to an owner's real figures",
     cmd_calibrate},
    {"submit", 's', "PANEL", "put the shops of a panel on a queue", cmd_submit},
    {"worker", 'w', "", "take audits off a queue, keep them in a shared store", cmd_worker},
    {"queue", 'q', "[status|list|retry|drop]", "look after a queue", cmd_queue},
    {"demo", 'd', "", "serve the built-in demo shop on loopback", cmd_demo},
    {"doctor", 'o', "", "what this machine can do, and what to install", cmd_doctor},
    {"import", 0, NULL, NULL, cmd_missing},
    {NULL, 0, NULL, NULL, NULL},
};

const Command *commands_all(void)
{
    return commands;
}

int cmd_missing(Cli *cli, Error *err)
{
    error_set(err, ERROR_FAILED, cli->command->name, "this command is not built yet");
    error_hint(err, "'mystery help' names those that are");
    return -1;
}
