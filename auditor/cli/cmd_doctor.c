/* cmd_doctor.c - `mystery doctor`. Layer: cli. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "audit/doctor.h"
#include "cli/cli.h"

int cmd_doctor(Cli *cli, Error *err)
{
    static const char *const marks[] = {
        [DOCTOR_FINE] = "ok", [DOCTOR_WARNING] = "warning", [DOCTOR_BROKEN] = "broken"};
    DoctorList list = {0};
    doctor_look(&cli->plan, &list);
    bool is_broken = false;
    for (size_t i = 0; i < list.count; i++) {
        const DoctorRow *row = &list.items[i];
        is_broken |= row->state == DOCTOR_BROKEN;
        if (!cli->is_quiet)
            printf("%-8s %-12s %s%s%s\n", marks[row->state], row->name, row->says,
                   row->advice ? "\n                      " : "",
                   row->advice ? row->advice : "");
    }
    if (!is_broken)
        return 0;
    error_set(err, ERROR_FAILED, NULL, "this machine cannot audit yet");
    error_hint(err, "see the rows marked broken");
    return -1;
}
