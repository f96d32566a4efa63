/* cmd_compare.c - `mystery compare`: two audits, or two addresses visited in turns.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "audit/compare.h"
#include "base/out.h"
#include "cli/cli.h"

enum { LIVE_VISITS = 11, SUMMARY_LIMIT = 4 << 20 };

static bool operands_check(const Cli *cli, Error *err)
{
    if (cli->operands.count == 2)
        return true;
    error_set(err, ERROR_INPUT, NULL, "'compare' takes two audits, before and after");
    return error_hint(err, "mystery compare last mystery-report/HOST/latest, or "
                           "--live URL_A URL_B");
}

/* A live comparison is quick and small: the buying journey, no other pages. */
static void live_defaults(Cli *cli)
{
    if (!cli->is_given[OPTION_VISITS])
        cli->plan.visits = LIVE_VISITS;
    if (!cli->plan.scenarios.count)
        text_list_add(cli->arena, &cli->plan.scenarios, "buy");
    if (!cli->is_given[OPTION_CRAWL])
        cli->plan.crawl = 0;
    pace_choose(cli, cli->operands.items[1]);
    cli->plan.command = "mystery compare --live";
    signals_hold();
}

/* The page beside the audits, for a live comparison and for whoever names a folder. */
static void page_default(Cli *cli, bool is_live)
{
    static const char *const formats[] = {"html", "json"};
    if (cli->plan.formats.count || (!cli->plan.output && !is_live))
        return;
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        text_list_add(cli->arena, &cli->plan.formats, formats[i]);
}

static bool markdown_wanted(Cli *cli)
{
    if (!cli->step_summary || !cli->plan.output || strcmp(cli->plan.output, "-") == 0)
        return false;
    for (size_t i = 0; i < cli->plan.formats.count; i++)
        if (strcmp(cli->plan.formats.items[i], "markdown") == 0)
            return true;
    text_list_add(cli->arena, &cli->plan.formats, "markdown");
    return true;
}

int cmd_compare(Cli *cli, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    CompareResult result;
    bool is_live = cli->is_given[OPTION_LIVE];
    if (!operands_check(cli, err))
        return -1;
    const char *before = cli->operands.items[0], *after = cli->operands.items[1];
    bool is_stdout = cli->plan.output && strcmp(cli->plan.output, "-") == 0;
    /* Formats without a place go to standard output when there is one of them. */
    if (!is_live && !cli->plan.output && cli->plan.formats.count)
        cli->plan.output = cli->plan.formats.count == 1 ? "-" : ".";
    is_stdout |= cli->plan.output && strcmp(cli->plan.output, "-") == 0;
    page_default(cli, is_live);
    bool has_markdown = markdown_wanted(cli);
    if (is_live)
        live_defaults(cli);
    if (!(is_live ? compare_live(&cli->plan, before, after, &result, err)
                  : compare_audits(&cli->plan, before, after, &result, err)))
        return -1;
    buf_init(&text, SUMMARY_LIMIT);
    if (!is_stdout && !cli->is_quiet) {
        if (!compare_summary(&cli->plan, &result, &text, err))
            return -1;
        fwrite(buf_text(&text), 1, text.length, stdout);
        if (result.folder)
            printf("%s\n", result.folder);
    }
    int code = reason_print(cli, result.status, result.reason, !is_stdout);
    if (has_markdown)
        summary_append(cli, path_join(cli->arena, result.folder, "comparison.md"));
    int interrupted = signal_exit_code();
    return interrupted ? interrupted : code;
}
