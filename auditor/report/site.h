/* site.h - a crawled shop told: page, JSON, Markdown, JUnit, rows of tables, terminal.
 *
 * Layer: report. Called by audit/crawl.c. SPDX-License-Identifier: MIT */
#ifndef REPORT_SITE_H
#define REPORT_SITE_H

#include "model/site.h"
#include "report/report.h"

/** Formats of a crawl, ended by a NULL name; csv is written row by row by whoever has the
 * rows. */
typedef struct SiteFormat {
    const char *name;
    const char *file;
    bool (*write)(const SiteReport *report, const ReportOptions *options, Buf *out,
                  Error *err);
} SiteFormat;

const SiteFormat *site_formats(void);
/** The summary for a terminal. */
bool site_text(const SiteReport *report, const ReportOptions *options, Buf *out,
               Error *err) MUST_USE;

/** First lines of the tables. */
#define SITE_PAGES_HEAD                                                                    \
    "url,status,error,kind,shape,depth,in_sitemap,title,description,lang,canonical,"       \
    "ttfb_ms,html_bytes,passed_over,noindex,redirect\r\n"
#define SITE_BROKEN_HEAD "page,link,status,error\r\n"
/** One row of a table. Of pages.csv, kind and passed_over are numbers and become words. */
void site_csv_row(Buf *out, const char *const *cells, size_t count);

#endif
