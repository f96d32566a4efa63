/* fixture.h - an audit in memory that has everything a report must show: two personas,
 * findings of all outcomes, caps, things not measured, hostile strings.
 *
 * Built as judge/ would, then weighed by score/. SPDX-License-Identifier: MIT */
#ifndef TESTS_REPORT_FIXTURE_H
#define TESTS_REPORT_FIXTURE_H

#include "base/arena.h"
#include "base/buf.h"
#include "model/audit.h"
#include "report/report.h"

/** A lamp shop: six visits that buy, two that look for help. */
Audit *fixture_audit(Arena *arena);
/** The same, but every text a site controls is the string given. */
Audit *fixture_hostile(Arena *arena, const char *text);
/** A shop that cannot be bought from without scripts. */
Audit *fixture_scripts(Arena *arena);
/** Nothing was reached: no page, no finding with an answer. */
Audit *fixture_unreachable(Arena *arena);
/** One saved file with two pages, no journey. */
Audit *fixture_pages(Arena *arena);
/** Findings with outcomes, scores and values drawn from a seed, then weighed. */
Audit *fixture_random(Arena *arena, unsigned seed);

/** Write a format (NULL: the summary) in a language; fails the test on an error. */
const char *fixture_write(Arena *arena, const Audit *audit, const char *format,
                          const char *language);

#endif
