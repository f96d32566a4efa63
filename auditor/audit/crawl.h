/* crawl.h - a shop walked whole, judged page by page and as a whole, told.
 *
 * Layer: audit. Called by cli crawl. SPDX-License-Identifier: MIT */
#ifndef AUDIT_CRAWL_H
#define AUDIT_CRAWL_H

#include "audit/plan.h"
#include "base/buf.h"
#include "model/site.h"

enum { CRAWL_PAGES_USUAL = 100000, CRAWL_FOREIGN_USUAL = 500 };

/** What a crawl came to. */
typedef struct CrawlResult {
    const SiteReport *report;
    const char *folder; /**< with site-index.db, report.html ... */
    AuditStatus status; /**< inconclusive: interrupted, or the limit of pages reached */
    const char *reason; /**< NULL when passed */
} CrawlResult;

/** Walk plan->site (or go on where the index in the output folder stands; a finished one is
 * walked again with conditional requests), then write plan's formats into the folder.
 * Errors: ERROR_INPUT, ERROR_INCONCLUSIVE (no answer), ERROR_FAILED. */
bool crawl_site_whole(const AuditPlan *plan, CrawlResult *result, Error *err) MUST_USE;
/** The summary for a terminal. */
bool crawl_summary(const AuditPlan *plan, const CrawlResult *result, Buf *out,
                   Error *err) MUST_USE;

#endif
