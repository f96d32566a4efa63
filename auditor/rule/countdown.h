/* countdown.h - "offer ends in 02:14:59": remaining time as a page shows it.
 *
 * Knows words and digits, no page and no rule. Layer: rule. Called by site.c.
 * SPDX-License-Identifier: MIT */
#ifndef RULE_COUNTDOWN_H
#define RULE_COUNTDOWN_H

#include <stdbool.h>

#include "base/str.h"

/** The first remaining time with seconds that stands near words of urgency.
 *
 * folded: visible text as text_fold gives it. seconds: receives what remains, above 0.
 * quote: receives the digits as they stand. Returns false when there is none: a time of day
 * has no seconds, and 00:00:00 is a clock that scripts have not started.
 * Errors: none. Owns: nothing, quote points into folded. */
bool countdown_read(Str folded, double *seconds, Str *quote);

#endif
