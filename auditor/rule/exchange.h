/* exchange.h - questions about requests and their answers, as data.
 *
 * Layer: rule. Called by check_resource.c, check_header.c and check_site.c.
 * SPDX-License-Identifier: MIT */
#ifndef RULE_EXCHANGE_H
#define RULE_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "rule/pattern.h"

/** A conjunction of conditions on an exchange. */
typedef struct ExchangeTest ExchangeTest;

/** Compile {status_min, status_max, failed, bytes_over, bytes_under, party, url, mime,
 * body, header, http_version, cached, redirect, needs_body, width_min, tls (the
 * version), certificate_days_under}; failed: 404, 410 or
 * 5xx (a refusal is no failure of the shop; no answer at all may be that of our network).
 * Errors: ERROR_INPUT at the wrong member. */
bool exchange_test_compile(CheckSource *source, const Json *value, ExchangeTest **test,
                           Error *err) MUST_USE;
bool exchange_test_holds(const ExchangeTest *test, const Subject *subject,
                         const Exchange *exchange);

/** Read a list of resource types ("image", or ["style", "script"]) into a mask of bits.
 * Errors: ERROR_INPUT. */
bool exchange_types_read(CheckSource *source, const Json *value, uint32_t *mask,
                         Error *err) MUST_USE;
/** Gone (404, 410) or broken (5xx). */
bool exchange_is_dead(const Exchange *exchange);
/** Does the test ask about redirects? Then they are not left out. */
bool exchange_test_asks_redirect(const ExchangeTest *test);
/** Is a URL of the same registrable domain as the page? */
bool exchange_is_own(const Subject *subject, const Exchange *exchange);
/** Memory for the time of the judgement. */
Arena *exchange_arena(const Subject *subject);

#endif
