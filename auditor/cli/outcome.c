/* outcome.c - how a run ends: exit code, last line, summary for a CI page, signals.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>

#include "base/out.h"
#include "cli/cli.h"

enum { SUMMARY_LIMIT = 8 << 20 };

static int status_exit_code(AuditStatus status)
{
    switch (status) {
    case AUDIT_PASSED: return 0;
    case AUDIT_FAILED: return error_exit_code(ERROR_BAR);
    case AUDIT_INCONCLUSIVE: return error_exit_code(ERROR_INCONCLUSIVE);
    }
    return error_exit_code(ERROR_FAILED);
}

int reason_print(const Cli *cli, AuditStatus status, const char *reason, bool is_stdout)
{
    FILE *out = is_stdout && !cli->is_quiet ? stdout : stderr;
    if (status != AUDIT_PASSED && reason) {
        fflush(stdout);
        fprintf(out, "%s: %s\n", audit_status_name(status), reason);
        fflush(out);
    }
    return status_exit_code(status);
}

void summary_append(const Cli *cli, const char *markdown)
{
    Str text;
    Error ignored = {0};
    if (!cli->step_summary || !markdown ||
        !file_read(cli->arena, markdown, SUMMARY_LIMIT, &text, &ignored))
        return;
    AUTO(file_close) FILE *file = fopen(cli->step_summary, "ae");
    if (file)
        fwrite(text.data, 1, text.length, file);
}

void signals_hold(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

int signal_exit_code(void)
{
    sigset_t pending;
    if (sigpending(&pending) != 0)
        return 0;
    if (sigismember(&pending, SIGINT) == 1)
        return 128 + SIGINT;
    return sigismember(&pending, SIGTERM) == 1 ? 128 + SIGTERM : 0;
}
