/* cmd_benchmark.c - `mystery benchmark`: a panel of shops. Layer: cli.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "audit/benchmark.h"
#include "cli/cli.h"

enum { SUMMARY_LIMIT = 4 << 20 };

static bool asked_check(Cli *cli, bool is_stdout, Error *err)
{
    static const char *const formats[] = {"html", "json", "csv"};
    if (cli->operands.count != 1) {
        error_set(err, ERROR_INPUT, NULL, "'benchmark' takes one panel");
        return error_hint(err, "mystery benchmark panel.json, or a text file of URLs");
    }
    if (is_stdout && !cli->plan.formats.count)
        text_list_add(cli->arena, &cli->plan.formats, "json");
    for (size_t i = 0; !is_stdout && !cli->is_given[OPTION_FORMAT] && i < COUNT_OF(formats);
         i++)
        text_list_add(cli->arena, &cli->plan.formats, formats[i]);
    if (!is_stdout || cli->plan.formats.count == 1)
        return true;
    error_set(err, ERROR_INPUT, "--output", "'-' takes one format");
    return error_hint(err, "add --format json, or another one");
}

/* Other people's shops: no trace, no knowledge of their software, pauses unless told. */
static void manners_choose(Cli *cli)
{
    cli->plan.leaves_no_trace = true;
    if (!cli->is_given[OPTION_VISITS])
        cli->plan.visits = 0;
    if (!cli->is_given[OPTION_PACE])
        cli->plan.is_human_pace = !cli->is_given[OPTION_OWN_SITE];
}

int cmd_benchmark(Cli *cli, Error *err)
{
    bool is_stdout = cli->plan.output && strcmp(cli->plan.output, "-") == 0;
    BenchmarkResult result;
    if (!asked_check(cli, is_stdout, err))
        return -1;
    manners_choose(cli);
    signals_hold();
    if (!benchmark_run(&cli->plan, cli->operands.items[0], &result, err))
        return -1;
    if (!is_stdout && !cli->is_quiet) {
        AUTO(buf_release) Buf text = {0};
        buf_init(&text, SUMMARY_LIMIT);
        if (!benchmark_summary(&cli->plan, &result, &text, err))
            return -1;
        fwrite(buf_text(&text), 1, text.length, stdout);
        printf("\n%s\n", result.folder);
    }
    int code = reason_print(cli, result.status, result.reason, !is_stdout);
    int interrupted = signal_exit_code();
    return interrupted ? interrupted : code;
}
