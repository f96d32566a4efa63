/* cmd_demo.c - `mystery demo`. Layer: cli. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "demo/demo.h"

static void ready_print(void *context, int port)
{
    const Cli *cli = context;
    if (!cli->is_quiet)
        printf("demo shop on http://127.0.0.1:%d/ (end with Ctrl-C)\n", port);
    fflush(stdout);
}

static void flaws_print(const Cli *cli)
{
    size_t count = 0;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    bool is_french = strcmp(cli->plan.language, "fr") == 0;
    for (size_t i = 0; i < count; i++)
        printf("%-26s %s\n%-26s   %s\n", flaws[i].id, is_french ? flaws[i].fr : flaws[i].en,
               "", flaws[i].rules);
}

int cmd_demo(Cli *cli, Error *err)
{
    DemoOptions options;
    if (cli->lists_flaws) {
        flaws_print(cli);
        return 0;
    }
    demo_options_init(&options);
    options.port = cli->port;
    options.delay_us = cli->delay_us;
    options.ready = ready_print;
    options.ready_context = cli;
    if (cli->flaws && !demo_flaws_parse(cli->flaws, &options, err))
        return -1;
    return demo_serve(&options, cli->clock, err) ? 0 : -1;
}
