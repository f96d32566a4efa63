/* cmd_crawl.c - `mystery crawl`: the whole shop. Layer: cli. SPDX-License-Identifier: MIT
 */
#include <stdio.h>
#include <string.h>

#include "audit/crawl.h"
#include "base/out.h"
#include "cli/cli.h"

enum { SUMMARY_LIMIT = 4 << 20 };

static void formats_choose(Cli *cli, bool is_stdout)
{
    static const char *const formats[] = {"html", "json", "csv"};
    if (cli->plan.formats.count)
        return;
    if (is_stdout) {
        text_list_add(cli->arena, &cli->plan.formats, "json");
        return;
    }
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        text_list_add(cli->arena, &cli->plan.formats, formats[i]);
}

static bool asked_check(const Cli *cli, bool is_stdout, Error *err)
{
    if (cli->operands.count != 1) {
        error_set(err, ERROR_INPUT, NULL, "'crawl' takes one URL");
        return error_hint(err, "mystery crawl https://shop.example/");
    }
    if (is_stdout && cli->plan.formats.count != 1) {
        error_set(err, ERROR_INPUT, "--output", "'-' takes one format");
        return error_hint(err, "add --format json, or another one");
    }
    return true;
}

static bool result_print(const Cli *cli, const CrawlResult *result, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    buf_init(&text, SUMMARY_LIMIT);
    if (!crawl_summary(&cli->plan, result, &text, err))
        return false;
    fwrite(buf_text(&text), 1, text.length, stdout);
    printf("\n%s\n", result->folder);
    return true;
}

int cmd_crawl(Cli *cli, Error *err)
{
    bool is_stdout = cli->plan.output && strcmp(cli->plan.output, "-") == 0;
    CrawlResult result;
    formats_choose(cli, is_stdout);
    if (!asked_check(cli, is_stdout, err))
        return -1;
    cli->plan.site = cli->operands.items[0];
    pace_choose(cli, cli->plan.site);
    signals_hold();
    if (!crawl_site_whole(&cli->plan, &result, err))
        return -1;
    if (!is_stdout && !cli->is_quiet && !result_print(cli, &result, err))
        return -1;
    if (cli->step_summary)
        summary_append(cli, path_join(cli->arena, result.folder, "summary.md"));
    int code = reason_print(cli, result.status, result.reason, !is_stdout);
    int interrupted = signal_exit_code();
    return interrupted ? interrupted : code;
}
