/* http_date.h - dates as cookies and caches write them (RFC 6265 5.1.1, RFC 9110 5.6.7).
 *
 * Layer: rule. Called by check_header.c. SPDX-License-Identifier: MIT */
#ifndef RULE_HTTP_DATE_H
#define RULE_HTTP_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/** "Wed, 21 Oct 2026 07:28:00 GMT", also with hyphens: µs since 1970. false: not one. */
bool http_date_parse(Str text, int64_t *wall_us);

#endif
