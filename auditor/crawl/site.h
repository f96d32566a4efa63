/* site.h - questions about the site as a whole, answered from its index.
 *
 * Judges addresses and links, not pages: those were judged as they came. Memory grows by a
 * few bytes an address only. Layer: crawl. Called by audit/. SPDX-License-Identifier: MIT
 */
#ifndef CRAWL_SITE_H
#define CRAWL_SITE_H

#include "base/buf.h"
#include "crawl/index.h"
#include "model/site.h"

/** Fill templates, questions, passed-over addresses and counts of a report whose arena is
 * set. Errors: those of the index. */
bool site_questions(CrawlIndex *index, SiteReport *report, Error *err) MUST_USE;
/** What the rules said, by template: pages failed and seen of each rule. Rules of which one
 * passing page is enough (any_page, by index) fail nowhere once they passed somewhere. */
bool site_rules(CrawlIndex *index, SiteReport *report, const bool *any_page,
                Error *err) MUST_USE;
/** All own addresses as CSV rows, one call a row: url, status, kind ... */
typedef bool SiteRowTake(void *context, const char *const *cells, size_t count);
bool site_each_page(CrawlIndex *index, SiteRowTake *take, void *context,
                    Error *err) MUST_USE;
/** All links that lead to nothing: page, target, status or error. */
bool site_each_broken(CrawlIndex *index, SiteRowTake *take, void *context,
                      Error *err) MUST_USE;

#endif
