/* settings.h - what the user set with curl's own names, in the browser's words.
 *
 * Layer: visit. Called by engine.c when it opens the browser. SPDX-License-Identifier: MIT
 */
#ifndef VISIT_CHROMIUM_SETTINGS_H
#define VISIT_CHROMIUM_SETTINGS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "visit/chromium/cdp.h"
#include "visit/chromium/launch.h"
#include "visit/visitor.h"

/** Fill what the browser is launched with: -k, -x, --resolve, --connect-to, --http1.1,
 * window and language of the persona. -H, -u and the proxy's password are traffic's, -A is
 * device's. Errors: ERROR_INPUT: a value that cannot be read, or an option that a browser
 * cannot follow (--cacert, --ipv4, --ipv6), with a hint. Owns: arena. */
bool settings_launch(Arena *arena, const VisitorOptions *options, LaunchOptions *launch,
                     Error *err) MUST_USE;
/** Put the cookies of -b into a browser context, before the first page.
 * Errors: ERROR_INPUT (the option), ERROR_FAILED (the browser refused them). */
bool settings_cookies(Cdp *cdp, const char *browser_context, const VisitorOptions *options,
                      Error *err) MUST_USE;

#endif
