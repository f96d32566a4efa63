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

int cmd_judge(Cli *cli, Error *err)
{
    const Audit *audit = NULL;
    const char *output = cli->plan.output ? cli->plan.output : "audit.json";
    Str text;
    if (!cli->operands.count) {
        error_set(err, ERROR_INPUT, NULL, "no HAR given");
        error_hint(err, "mystery judge visit.har");
        return -1;
    }
    bool is_stdout = strcmp(output, "-") == 0;
    /* A name that ends in .json is a file, any other a folder. */
    if (!is_stdout && !str_ends_with(str_of(output), STR(".json"))) {
        if (!folder_make(output, err))
            return -1;
        output = path_join(cli->arena, output, "audit.json");
    }
    if (!audit_judge(&cli->plan, cli->operands.items, output, &audit, err))
        return -1;
    if (is_stdout || cli->is_quiet)
        return judged_exit_code(audit);
    if (!audit_summary(&cli->plan, audit, cli->has_colour, output, &text, err))
        return -1;
    fwrite(text.data, 1, text.length, stdout);
    return judged_exit_code(audit);
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
    if (!audit_render(&cli->plan, path, folder, err))
        return -1;
    if (!cli->is_quiet && strcmp(folder, "-") != 0)
        printf("%s\n", folder);
    return 0;
}
