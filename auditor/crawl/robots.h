/* robots.h - what a site's robots.txt allows (RFC 9309). Binds link checks and the crawler,
 * not the visitor, who is a customer.
 *
 * Layer: crawl. SPDX-License-Identifier: MIT */
#ifndef CRAWL_ROBOTS_H
#define CRAWL_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

typedef struct Robots Robots;

/** Parse (at most 500 KiB are looked at, RFC 9309 2.5) the rules for agent "mystery", else
 * for "*". Never fails: what is no rule is skipped. Owns: arena. */
Robots *robots_parse(Arena *arena, Str text);
/** May path (with query) be fetched? The longest matching pattern wins, allow before
 * disallow of equal length; '*' and a closing '$' as the RFC says. */
bool robots_allows(const Robots *robots, const char *path);
/** Crawl-delay in µs, 0 when absent; capped at 30 s. */
int64_t robots_delay_us(const Robots *robots);
/** Sitemaps that the file names, whoever it speaks to; NULL-ended, at most 100. */
const char *const *robots_sitemaps(const Robots *robots);

#endif
