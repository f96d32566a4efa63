/* links.h - do the links that visitors saw lead anywhere? A visit of its own, scenario
 * "links".
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_LINKS_H
#define AUDIT_LINKS_H

#include "audit/plan.h"

/** Try internal links seen on the pages of the audit's visits, by GET, at most four times
 * plan->crawl, none that change things (traps.md 11) or that robots.txt forbids, and keep
 * the answers as a HAR in folder. file: "visits/links.har", NULL when there was nothing to
 * try. Errors: ERROR_FAILED (cannot write). */
bool links_try(const AuditPlan *plan, const Words *words, const Audit *audit,
               const char *folder, const char **file, Error *err) MUST_USE;

#endif
