/* outcome.c - how a run ends: exit code, last line, what CI servers are told, signals.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[0];
}

/* The text of a workflow command keeps no line end and no percent sign of its own. */
static void annotation_print(const char *level, const char *text)
{
    printf("::%s title=mystery::", level);
    for (; *text; text++) {
        if (*text == '%')
            fputs("%25", stdout);
        else if ((unsigned char)*text < ' ')
            putchar(' ');
        else
            putchar(*text);
    }
    putchar('\n');
}

void ci_tell(const Cli *cli, AuditStatus status, const char *reason, const char *markdown)
{
    Str text;
    Error ignored = {0};
    /* The reason stays the last line: annotations go where a result is not. */
    if (is_set("GITHUB_ACTIONS") && reason && status != AUDIT_PASSED && cli->is_quiet)
        annotation_print(status == AUDIT_FAILED ? "error" : "warning", reason);
    if (!is_set("GITHUB_STEP_SUMMARY") || !markdown ||
        !file_read(cli->arena, markdown, SUMMARY_LIMIT, &text, &ignored))
        return;
    AUTO(file_close) FILE *file = fopen(getenv("GITHUB_STEP_SUMMARY"), "ae");
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
