/* cmd_calibrate.c - `mystery calibrate`: the modelled marks fitted to real figures.
 *
 * Layer: cli. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "audit/calibrate.h"
#include "base/out.h"
#include "cli/cli.h"

enum { OUTPUT_LIMIT = 1 << 20 };

int cmd_calibrate(Cli *cli, Error *err)
{
    AUTO(buf_release) Buf json = {0};
    AUTO(buf_release) Buf text = {0};
    CalibrateResult result;
    const char *path = cli->plan.output ? cli->plan.output : "calibration.json";
    if (cli->operands.count != 1) {
        error_set(err, ERROR_INPUT, NULL, "'calibrate' takes one table of real figures");
        error_hint(err, "mystery calibrate figures.csv (docs/method.md)");
        return -1;
    }
    buf_init(&json, OUTPUT_LIMIT);
    buf_init(&text, OUTPUT_LIMIT);
    if (!calibrate_file(&cli->plan, cli->operands.items[0], &result, err) ||
        !calibration_write(&result.calibration, &json, err) ||
        !calibrate_tell(&cli->plan, &result, &text, err) ||
        !file_write(path, buf_str(&json), err))
        return -1;
    if (cli->is_quiet || strcmp(path, "-") == 0)
        return 0;
    fwrite(buf_text(&text), 1, text.length, stdout);
    printf("%s\n", path);
    return 0;
}
