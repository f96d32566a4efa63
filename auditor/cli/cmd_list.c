/* cmd_list.c - `mystery list`, `explain` and `check`. Layer: cli. SPDX-License-Identifier:
 * MIT */
#include <stdio.h>
#include <string.h>

#include "audit/inventory.h"
#include "base/out.h"
#include "cli/cli.h"

static bool text_print(Buf *text)
{
    return fwrite(text->data ? text->data : "", 1, text->length, stdout) == text->length;
}

/* The grid as a page to read and to print. */
static int list_as_page(Cli *cli, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    buf_init(&text, 64 << 20);
    if (strcmp(cli->operands.items[0], "rules") != 0) {
        error_set(err, ERROR_INPUT, "--format", "only 'list rules' is a page");
        return -1;
    }
    cli->plan.asks_people = true;
    if (!inventory_grid_page(&cli->plan, &text, err) ||
        !file_write(cli->plan.output ? cli->plan.output : "-", buf_str(&text), err))
        return -1;
    return 0;
}

int cmd_list(Cli *cli, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    buf_init(&text, 64 << 20);
    if (cli->operands.count != 1) {
        error_set(err, ERROR_INPUT, NULL, "'list' takes one word");
        error_hint(err, "rules, scenarios, personas, steps, metrics, formats or languages");
        return -1;
    }
    bool is_json =
        cli->plan.formats.count && strcmp(cli->plan.formats.items[0], "json") == 0;
    if (cli->plan.formats.count && strcmp(cli->plan.formats.items[0], "html") == 0)
        return list_as_page(cli, err);
    if (cli->plan.formats.count && !is_json) {
        error_set(err, ERROR_INPUT, "--format", "'list' knows json, and html for rules");
        return -1;
    }
    if (cli->plan.output) {
        error_set(err, ERROR_INPUT, "--output", "goes with --format html");
        return -1;
    }
    if (!inventory_list(&cli->plan, cli->operands.items[0], is_json, &text, err))
        return -1;
    return text_print(&text) ? 0 : error_exit_code(ERROR_FAILED);
}

int cmd_explain(Cli *cli, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    buf_init(&text, 1 << 20);
    if (cli->operands.count != 1) {
        error_set(err, ERROR_INPUT, NULL, "'explain' takes the id of one rule");
        error_hint(err, "mystery explain product-price-visible");
        return -1;
    }
    if (!inventory_explain(&cli->plan, cli->operands.items[0], &text, err))
        return -1;
    return text_print(&text) ? 0 : error_exit_code(ERROR_FAILED);
}

static void warning_print(void *context, const Error *warning)
{
    (void)context;
    fprintf(stderr, "%s: warning: %s%s%s%s\n", warning->where, warning->what,
            warning->hint[0] ? " (" : "", warning->hint, warning->hint[0] ? ")" : "");
}

/* For programs: one file, one object. */
static int check_as_json(Cli *cli, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    bool is_valid = false;
    buf_init(&text, 64 << 20);
    if (cli->operands.count != 1) {
        error_set(err, ERROR_INPUT, "--format", "json takes one file");
        error_hint(err, "check the files one by one");
        return -1;
    }
    if (!inventory_check_json(&cli->plan, cli->operands.items[0], cli->is_strict, &text,
                              &is_valid, err))
        return -1;
    if (!text_print(&text))
        return error_exit_code(ERROR_FAILED);
    return is_valid ? 0 : error_exit_code(ERROR_INPUT);
}

int cmd_check(Cli *cli, Error *err)
{
    if (!cli->operands.count) {
        error_set(err, ERROR_INPUT, NULL, "no file given");
        error_hint(err, "mystery check my-journey.json");
        return -1;
    }
    if (cli->plan.formats.count && strcmp(cli->plan.formats.items[0], "json") == 0)
        return check_as_json(cli, err);
    InventoryCheck check = {.is_strict = cli->is_strict, .warn = warning_print};
    int code = 0;
    for (size_t i = 0; i < cli->operands.count; i++) {
        Error found = {0};
        const char *kind = NULL;
        if (inventory_check(&cli->plan, cli->operands.items[i], &check, &kind, &found)) {
            if (!cli->is_quiet)
                printf("%s: %s, valid\n", cli->operands.items[i], kind);
            continue;
        }
        error_print(&found);
        /* A file that this machine could not read has no fault of its own. */
        if (found.code == ERROR_FAILED)
            return error_exit_code(ERROR_FAILED);
        code = error_exit_code(ERROR_INPUT);
    }
    return code;
}
