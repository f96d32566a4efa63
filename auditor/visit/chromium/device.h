/* device.h - the persona's device, network and languages, given to every session.
 *
 * Layer: visit. Called by the setup of a target: sends only. SPDX-License-Identifier: MIT
 */
#ifndef VISIT_CHROMIUM_DEVICE_H
#define VISIT_CHROMIUM_DEVICE_H

#include <stdbool.h>

#include "base/arena.h"
#include "model/persona.h"
#include "visit/chromium/cdp.h"
#include "visit/chromium/target.h"

/** What to be. */
typedef struct DeviceOptions {
    const Persona *persona;
    const Network *network; /**< throttle; NULL: the persona's */
    const char *user_agent; /**< -A: instead of the persona's; NULL */
    bool is_declared;       /**< add the program's name to the user agent */
    const char *product;    /**< Browser.getVersion's, "Chrome/156.0.8078.79" */
} DeviceOptions;

typedef struct Device Device;

/** Prepare what every session is told. Owns: arena. */
Device *device_open(Arena *arena, Cdp *cdp, const DeviceOptions *options);
/** Tell a new target: screen, touch, processor (pages); media, languages, time zone (pages
 * and frames); user agent and network (workers too). The network needs Network enabled
 * before: call traffic_setup first. */
void device_setup(const Device *device, const Target *target);
/** Slow a page's processor to the persona's while the shop is timed (is_timed), and let it
 * run at its own pace while we look or the visitor reads: the browser slows a processor by
 * keeping it busy, at rest too. */
void device_pace(const Device *device, const Target *page, bool is_timed);
/** The user agent in force: the persona's, with the version of the browser that is there.
 */
const char *device_user_agent(const Device *device);

#endif
