/* doctor.c - looking at the machine. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/doctor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "base/proc.h"
#include "net/transfer.h"

static void row_add(const AuditPlan *plan, DoctorList *list, DoctorRow row)
{
    ARENA_PUSH(plan->arena, list->items, list->count, list->capacity, row);
}

static void data_look(const AuditPlan *plan, DoctorList *list)
{
    Catalogue catalogue;
    Error err = {0};
    if (!catalogue_load(plan->arena, plan->data_folders, &catalogue, &err)) {
        row_add(plan, list,
                (DoctorRow){DOCTOR_BROKEN, "data",
                            arena_printf(plan->arena, "%s %s", err.where, err.what),
                            arena_text(plan->arena, err.hint)});
        return;
    }
    row_add(plan, list,
            (DoctorRow){DOCTOR_FINE, "data",
                        arena_printf(plan->arena, "%zu rules, grid %s %s",
                                     catalogue.grid->rule_count, catalogue.grid->id,
                                     catalogue.grid->version),
                        NULL});
}

static void network_look(const AuditPlan *plan, DoctorList *list)
{
    Net *net = NULL;
    Error err = {0};
    bool is_open = net_open(plan->arena, &plan->net, 0, 0, plan->clock, &net, &err);
    net_close(&net);
    row_add(
        plan, list,
        (DoctorRow){is_open ? DOCTOR_FINE : DOCTOR_BROKEN, "transport",
                    is_open ? net_version(plan->arena) : arena_text(plan->arena, err.what),
                    NULL});
}

static void browser_look(const AuditPlan *plan, DoctorList *list)
{
    static const char *const names[] = {"chromium", "chromium-browser", "google-chrome"};
    char path[4096];
    const char *found = getenv("CHROME_PATH");
    for (size_t i = 0; i < COUNT_OF(names) && !found; i++)
        found = proc_which(names[i], path, sizeof path);
    DoctorRow row = {DOCTOR_WARNING, "browser", "no Chromium found",
                     "apt install chromium; the browser engine comes in a later version"};
    if (found) {
        row.says = arena_printf(plan->arena, "%s", found);
        row.advice =
            "this version visits without a browser: what needs scripts is not seen";
    }
    row_add(plan, list, row);
}

static void clock_look(const AuditPlan *plan, DoctorList *list)
{
    int64_t earliest_us = 0;
    clock_parse_iso8601("2026-01-01T00:00:00Z", &earliest_us);
    bool is_late = clock_wall_us(plan->clock) >= earliest_us;
    row_add(
        plan, list,
        (DoctorRow){is_late ? DOCTOR_FINE : DOCTOR_WARNING, "clock",
                    is_late ? "plausible" : "stands before 2026",
                    is_late ? NULL : "set the clock: certificates and dates depend on it"});
}

static void folder_look(const AuditPlan *plan, DoctorList *list)
{
    bool is_open = access(".", W_OK) == 0;
    row_add(plan, list,
            (DoctorRow){is_open ? DOCTOR_FINE : DOCTOR_WARNING, "folder",
                        is_open ? "reports can be written here" : "cannot write here",
                        is_open ? NULL : "change the folder, or give --output DIR"});
}

void doctor_look(const AuditPlan *plan, DoctorList *list)
{
    data_look(plan, list);
    network_look(plan, list);
    browser_look(plan, list);
    clock_look(plan, list);
    folder_look(plan, list);
}
