/* trackers.h - requests and cookies that need the visitor's consent first: advertising and
 * audience measurement that everybody knows.
 *
 * Short on purpose: what is listed counts people across shops or sells to them; tools that
 * can be run without consent (Matomo, Plausible ...) are not. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_TRACKERS_H
#define VISIT_TRACKERS_H

#include <stdbool.h>

#include "model/visit.h"

/** Does the address belong to such a tool? */
bool tracker_is_address(const char *url);
/** Is it the name of such a tool's cookie? */
bool tracker_is_cookie(const char *name);
/** How many requests of the visit from exchange `first` (before `end`) went to such tools?
 * example receives the first one's address, NULL none; may be NULL. */
int trackers_count(const Visit *visit, size_t first, size_t end, const char **example);

#endif
