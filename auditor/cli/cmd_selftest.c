/* cmd_selftest.c - `mystery selftest --aa`: the tool's own false alarms on this machine.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "audit/selftest.h"
#include "cli/cli.h"

enum { OUTPUT_LIMIT = 1 << 20 };

int cmd_selftest(Cli *cli, Error *err)
{
    AUTO(buf_release) Buf out = {0};
    SelftestResult result;
    if (!cli->is_given[OPTION_AA]) {
        error_set(err, ERROR_INPUT, NULL, "'selftest' knows one test: --aa");
        return -1;
    }
    if (cli->operands.count > 1) {
        error_set(err, ERROR_INPUT, NULL, "'selftest' takes one address, or none");
        return -1;
    }
    if (!cli->is_given[OPTION_VISITS])
        cli->plan.visits = SELFTEST_VISITS;
    if (cli->operands.count)
        pace_choose(cli, cli->operands.items[0]);
    signals_hold();
    if (!selftest_run(&cli->plan, cli->operands.count ? cli->operands.items[0] : NULL,
                      &result, err))
        return -1;
    buf_init(&out, OUTPUT_LIMIT);
    bool is_json = cli->plan.formats.count > 0;
    if (!selftest_tell(&cli->plan, &result, is_json, &out, err))
        return -1;
    if (!cli->is_quiet)
        fwrite(buf_text(&out), 1, out.length, stdout);
    return reason_print(cli, result.status, result.reason, !is_json);
}
