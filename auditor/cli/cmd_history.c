/* cmd_history.c - `mystery history`: kept audits, trends, export, import, prune, check.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "audit/history.h"
#include "base/out.h"
#include "base/units.h"
#include "cli/cli.h"

enum { OUTPUT_LIMIT = 256 << 20, LINES_USUAL = 20, NOT_A_WORD = -2 };

static const int64_t DAY_US = 86400000000LL;

static bool operands_most(const Cli *cli, size_t most, Error *err)
{
    if (cli->operands.count <= most)
        return true;
    error_set(err, ERROR_INPUT, NULL, "'history' does not know what to do with '%s'",
              cli->operands.items[most]);
    return error_hint(err, "mystery history [SITE] | export FILE [SITE] | import FILE | "
                           "prune --keep N | check");
}

/* "100" audits or "90d" days. */
static bool keep_read(const Cli *cli, HistoryAsk *ask, Error *err)
{
    int64_t number = 0;
    if (!cli->keep)
        return true;
    size_t length = strlen(cli->keep);
    bool is_days = length > 1 && cli->keep[length - 1] == 'd';
    const char *digits =
        is_days ? arena_str_text(cli->arena, str_from(cli->keep, length - 1)) : cli->keep;
    if (!integer_parse(digits, 1, 1000000, &number, err)) {
        error_at(err, "--keep");
        return error_hint(err, "100 (audits of each shop) or 90d (days)");
    }
    ask->keep_newest = is_days ? 0 : (size_t)number;
    ask->keep_us = is_days ? number * DAY_US : 0;
    return true;
}

static const char *file_of(const char *format)
{
    if (strcmp(format, "html") == 0)
        return "history.html";
    return strcmp(format, "json") == 0 ? "history.json" : "history.txt";
}

/* A page goes into a file unless '-' is asked for; the rest to standard output. */
static int show(Cli *cli, HistoryAsk *ask, Error *err)
{
    AUTO(buf_release) Buf out = {0};
    const char *output = cli->plan.output;
    buf_init(&out, OUTPUT_LIMIT);
    if (!history_show(&cli->plan, ask, &out, err))
        return -1;
    bool is_page = strcmp(ask->format, "html") == 0;
    if (!output && !is_page)
        output = "-";
    if (!output)
        output = ".";
    if (path_is_folder(output))
        output = path_join(cli->arena, output, file_of(ask->format));
    if (!file_write(output, buf_str(&out), err))
        return -1;
    if (!cli->is_quiet && strcmp(output, "-") != 0)
        printf("%s\n", output);
    return 0;
}

static bool format_choose(const Cli *cli, HistoryAsk *ask, Error *err)
{
    static const char *const formats[] = {"text", "json", "html"};
    ask->format = cli->plan.formats.count ? cli->plan.formats.items[0] : "text";
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (strcmp(formats[i], ask->format) == 0)
            return true;
    return error_set(err, ERROR_INPUT, "--format", "'history' knows text, json and html");
}

static int counted(const Cli *cli, bool is_done, size_t count, const char *what)
{
    if (!is_done)
        return -1;
    if (!cli->is_quiet)
        printf("%zu %s\n", count, what);
    return 0;
}

/* The words that do not show. Returns -2 when it was none of them. */
static int word_run(Cli *cli, HistoryAsk *ask, const char *word, Error *err)
{
    const char *second = cli->operands.count > 1 ? cli->operands.items[1] : NULL;
    size_t count = 0;
    bool is_export = strcmp(word, "export") == 0, is_import = strcmp(word, "import") == 0;
    if ((is_export || is_import) && !second) {
        error_set(err, ERROR_INPUT, NULL, "'history %s' wants a file", word);
        return -1;
    }
    if (is_import) {
        bool is_done = history_import(&cli->plan, second, &count, err);
        return counted(cli, is_done, count, "audits taken in");
    }
    if (is_export) {
        if (cli->operands.count > 2)
            ask->host = history_host(&cli->plan, cli->operands.items[2]);
        bool is_done = history_export(&cli->plan, ask, second, &count, err);
        return strcmp(second, "-") == 0 ? (is_done ? 0 : -1)
                                        : counted(cli, is_done, count, "audits written");
    }
    if (strcmp(word, "check") == 0) {
        bool is_done = history_check(&cli->plan, &count, err);
        return counted(cli, is_done, count, "audits, all sound");
    }
    if (strcmp(word, "prune") == 0) {
        ask->host = second ? history_host(&cli->plan, second) : NULL;
        bool is_done = history_prune(&cli->plan, ask, &count, err);
        return counted(cli, is_done, count, "audits thrown away");
    }
    return NOT_A_WORD;
}

int cmd_history(Cli *cli, Error *err)
{
    HistoryAsk ask = {0};
    const char *word = cli->operands.count ? cli->operands.items[0] : "";
    bool takes_two = strcmp(word, "import") == 0 || strcmp(word, "prune") == 0;
    size_t most = strcmp(word, "export") == 0 ? 3 : takes_two ? 2 : 1;
    if (!operands_most(cli, most, err) || !keep_read(cli, &ask, err) ||
        !format_choose(cli, &ask, err))
        return -1;
    int code = word_run(cli, &ask, word, err);
    if (code != NOT_A_WORD)
        return code;
    ask.host = word[0] ? history_host(&cli->plan, word) : NULL;
    ask.newest = strcmp(ask.format, "text") == 0 && !cli->is_verbose ? LINES_USUAL : 0;
    return show(cli, &ask, err);
}
