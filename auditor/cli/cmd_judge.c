/* cmd_judge.c - `mystery judge` and `mystery report`: saved facts and judgements again.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "audit/run.h"
#include "base/out.h"
#include "cli/cli.h"

static int judged_exit_code(const Audit *audit)
{
    if (audit->status == AUDIT_FAILED)
        return error_exit_code(ERROR_BAR);
    return audit->status == AUDIT_INCONCLUSIVE ? error_exit_code(ERROR_INCONCLUSIVE) : 0;
}

/* Without -o the audit alone, here; a folder gets what `audit` leaves there. */
static bool output_choose(Cli *cli, Error *err)
{
    AuditPlan *plan = &cli->plan;
    const char *asked = plan->output;
    if (!asked)
        plan->output = plan->formats.count ? "." : "audit.json";
    bool is_file = str_ends_with(str_of(plan->output), STR(".json"));
    if (!is_file && strcmp(plan->output, "-") != 0) {
        formats_default(cli);
        return true;
    }
    if (!plan->formats.count)
        text_list_add(cli->arena, &plan->formats, "json");
    bool is_json = plan->formats.count == 1 && strcmp(plan->formats.items[0], "json") == 0;
    if (!is_file || is_json)
        return true;
    error_set(err, ERROR_INPUT, "--output", "'%s' takes the format json alone",
              plan->output);
    return error_hint(err, "name a folder for other formats");
}

int cmd_judge(Cli *cli, Error *err)
{
    AuditResult result;
    Str text;
    if (!cli->operands.count) {
        error_set(err, ERROR_INPUT, NULL, "no HAR given");
        error_hint(err, "mystery judge visit.har");
        return -1;
    }
    cli->plan.is_confined = cli->is_alone;
    if (!output_choose(cli, err) ||
        !audit_judge(&cli->plan, cli->operands.items, &result, err))
        return -1;
    const char *output = cli->plan.output;
    bool is_file = str_ends_with(str_of(output), STR(".json"));
    if (strcmp(output, "-") == 0 || cli->is_quiet)
        return judged_exit_code(result.audit);
    if (!audit_summary(&cli->plan, result.audit, cli->has_colour,
                       is_file ? output : result.report, &text, err))
        return -1;
    fwrite(text.data, 1, text.length, stdout);
    return judged_exit_code(result.audit);
}

int cmd_report(Cli *cli, Error *err)
{
    if (cli->operands.count != 1) {
        error_set(err, ERROR_INPUT, NULL, "'report' takes one audit.json");
        error_hint(err, "mystery report mystery-report/HOST/latest/audit.json --lang fr");
        return -1;
    }
    const char *path = cli->operands.items[0];
    if (path_is_folder(path))
        path = path_join(cli->arena, path, "audit.json");
    const char *slash = strrchr(path, '/');
    const char *folder = cli->plan.output;
    if (!folder)
        folder = slash ? arena_str_text(cli->arena, str_from(path, (size_t)(slash - path)))
                       : ".";
    if (!cli->plan.formats.count)
        text_list_add(cli->arena, &cli->plan.formats, "html");
    cli->plan.is_confined = cli->is_alone;
    if (!audit_render(&cli->plan, path, folder, err))
        return -1;
    if (!cli->is_quiet && strcmp(folder, "-") != 0)
        printf("%s\n", folder);
    return 0;
}
