/* diagnose_change.c - a page under other circumstances: left alone for a while, with less
 * motion asked for, with wider spacing, on a narrow screen. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/diagnosis.h"

enum { STILL_US = 600000, LOOKS = 5, CHANGE_US = 250000 };

static void tab_emulate(Diagnosis *diagnosis, const char *method, const char *params)
{
    cdp_send(diagnosis->tab.cdp, diagnosis->tab.page->session, method, params);
    diagnosis_pause(diagnosis, CHANGE_US);
}

static void motion_try(Diagnosis *diagnosis)
{
    diagnosis_ask(diagnosis, "probe.markPlaces");
    for (int i = 1; i < LOOKS; i++) {
        diagnosis_pause(diagnosis, STILL_US / LOOKS);
        diagnosis_ask(diagnosis, "probe.moved");
    }
    diagnosis_pause(diagnosis, STILL_US / LOOKS);
    diagnosis_faults(diagnosis, "probe.moving-control",
                     diagnosis_ask(diagnosis, "probe.moved"));
    diagnosis_faults(diagnosis, "probe.moving", diagnosis_ask(diagnosis, "probe.moving"));
    tab_emulate(
        diagnosis, "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-reduced-motion\",\"value\":\"reduce\"}]}");
    diagnosis_faults(diagnosis, "probe.reduced-motion",
                     diagnosis_ask(diagnosis, "probe.moving"));
}

/* The tab is closed afterwards: nothing needs to be put back. */
static void narrow_try(Diagnosis *diagnosis)
{
    tab_emulate(diagnosis, "Emulation.setDeviceMetricsOverride",
                "{\"width\":320,\"height\":640,\"deviceScaleFactor\":1,\"mobile\":true}");
    const Json *found = diagnosis_ask(diagnosis, "probe.sideways");
    double px = json_number(json_get(found, "value"), -1);
    if (px < 0)
        diagnosis_absent(diagnosis, "probe.sideways-scroll-320", "the page did not answer");
    else if (px > 0)
        diagnosis_write(diagnosis, "probe.sideways-scroll-320", px, found);
    else
        nothing_write(diagnosis->measure, diagnosis->page, "probe.sideways-scroll-320");
}

void diagnose_change(Diagnosis *diagnosis)
{
    if (!diagnosis_has_time(diagnosis))
        return;
    motion_try(diagnosis);
    diagnosis_faults(diagnosis, "probe.text-spacing",
                     diagnosis_ask(diagnosis, "probe.textSpacing"));
    narrow_try(diagnosis);
}
