/* cmd_audit.c - `mystery audit` and `mystery visit`. Layer: cli. SPDX-License-Identifier:
 * MIT */
#include <stdio.h>
#include <string.h>

#include "audit/run.h"
#include "base/url.h"
#include "cli/cli.h"

/* With a baseline: enough for one persona alone, and for two together. */
enum { BASELINE_VISITS = 5, BASELINE_VISITS_ALONE = 7 };

/* The command as typed, for the report; what may hold secrets is left out. */
static const char *command_text(Cli *cli)
{
    AUTO(buf_release) Buf text = {0};
    buf_init(&text, 4096);
    buf_printf(&text, "mystery %s", cli->command->name);
    for (size_t i = 0; i < cli->operands.count; i++)
        buf_printf(&text, " %s", cli->operands.items[i]);
    if (cli->is_given[OPTION_SECRET] || cli->is_given[OPTION_USER])
        buf_add_text(&text, " (secrets left out)");
    return arena_str(cli->arena, buf_str(&text)).data;
}

void formats_default(Cli *cli)
{
    static const char *const formats[] = {"html", "json", "har"};
    if (cli->plan.formats.count)
        return;
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        text_list_add(cli->arena, &cli->plan.formats, formats[i]);
}

void pace_choose(Cli *cli, const char *site)
{
    Url url;
    if (cli->is_given[OPTION_PACE])
        return;
    bool is_near = url_from_user(cli->arena, site, &url, NULL) && url_is_loopback(&url);
    cli->plan.is_human_pace = !is_near && !cli->is_given[OPTION_OWN_SITE];
}

static bool operands_check(const Cli *cli, Error *err)
{
    if (!cli->operands.count) {
        error_set(err, ERROR_INPUT, NULL, "no URL given");
        return error_hint(err, "mystery %s https://shop.example/", cli->command->name);
    }
    return true;
}

static bool result_print(const Cli *cli, const AuditResult *result, Error *err)
{
    Str text;
    if (cli->is_quiet)
        return true;
    if (!audit_summary(&cli->plan, result->audit, cli->has_colour, result->report, &text,
                       err))
        return false;
    fwrite(text.data, 1, text.length, stdout);
    return true;
}

/* `-o -`: the audit is kept in its usual folder, and the one format asked for printed. */
static bool audit_to_stdout(Cli *cli, const AuditResult *result, Error *err)
{
    const char *path = arena_printf(cli->arena, "%s/audit.json", result->folder);
    return audit_render(&cli->plan, path, "-", err);
}

static int site_audit(Cli *cli, const char *site, bool is_stdout, Error *err)
{
    AuditResult result;
    cli->plan.site = site;
    pace_choose(cli, site);
    if (!audit_run(&cli->plan, &result, err))
        return -1;
    if (is_stdout ? !audit_to_stdout(cli, &result, err) : !result_print(cli, &result, err))
        return -1;
    if (cli->step_summary &&
        !audit_append(&cli->plan, result.audit, cli->step_summary, err))
        return -1;
    int code = reason_print(cli, result.audit->status, result.audit->bar_text, !is_stdout);
    int interrupted = signal_exit_code();
    return interrupted ? interrupted : code;
}

/* Asked before anything is visited: standard output takes one format, json when none is
 * named. */
static bool stdout_format_choose(Cli *cli, Error *err)
{
    cli->plan.output = NULL;
    if (!cli->plan.formats.count)
        text_list_add(cli->arena, &cli->plan.formats, "json");
    if (cli->plan.formats.count == 1)
        return true;
    error_set(err, ERROR_INPUT, "--output", "'-' takes one format");
    return error_hint(err, "add --format json, or another one");
}

int cmd_audit(Cli *cli, Error *err)
{
    bool is_stdout = cli->plan.output && strcmp(cli->plan.output, "-") == 0;
    if (!operands_check(cli, err))
        return -1;
    if (is_stdout && !stdout_format_choose(cli, err))
        return -1;
    formats_default(cli);
    /* Three visits claim no change. */
    if (cli->plan.baseline && !cli->is_given[OPTION_VISITS])
        cli->plan.visits =
            cli->plan.personas.count == 1 ? BASELINE_VISITS_ALONE : BASELINE_VISITS;
    cli->plan.command = command_text(cli);
    cli->plan.step_summary = cli->step_summary;
    signals_hold();
    int worst = 0;
    const char *folder = cli->plan.output;
    for (size_t i = 0; i < cli->operands.count; i++) {
        /* Several shops in one folder: one folder each inside. */
        if (folder && cli->operands.count > 1)
            cli->plan.output = arena_printf(cli->arena, "%s/%zu", folder, i + 1);
        cli->plan.is_confined = cli->is_alone && i + 1 == cli->operands.count;
        int code = site_audit(cli, cli->operands.items[i], is_stdout, err);
        if (code < 0 || code >= 128)
            return code;
        worst = code > worst ? code : worst;
    }
    return worst;
}

int cmd_visit(Cli *cli, Error *err)
{
    const char **paths = NULL;
    bool is_seen = false;
    if (!operands_check(cli, err))
        return -1;
    if (cli->operands.count > 1) {
        error_set(err, ERROR_INPUT, NULL, "'visit' takes one URL");
        return -1;
    }
    signals_hold();
    cli->plan.site = cli->operands.items[0];
    pace_choose(cli, cli->plan.site);
    if (!audit_visit(&cli->plan, &paths, &is_seen, err))
        return -1;
    for (; *paths && !cli->is_quiet; paths++)
        printf("%s\n", *paths);
    int interrupted = signal_exit_code();
    return interrupted ? interrupted
                       : reason_print(cli, is_seen ? AUDIT_PASSED : AUDIT_INCONCLUSIVE,
                                      "the shop could not be visited", false);
}
