/* site_inside.h - what the tellers of a crawl share; private to report/site*.c.
 * Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_SITE_INSIDE_H
#define REPORT_SITE_INSIDE_H

#include "report/locale.h"
#include "report/site.h"

typedef struct SiteTelling {
    Arena *arena;
    const Locale *locale;
    const SiteReport *report;
} SiteTelling;

/** Word of "crawl.<key>". */
const char *site_word(const SiteTelling *t, const char *key);
const char *site_number(const SiteTelling *t, int64_t number);
/** "Product /p/{s}". */
const char *site_template_name(const SiteTelling *t, size_t index);
/** Templates of a question with their counts; "" none. */
const char *site_where(const SiteTelling *t, const SiteQuestion *question);
const char *site_detail(const SiteTelling *t, const SiteExample *example);
/** "met" "missed" "unseen" "na". */
const char *site_standing(const SiteQuestion *question);
/** "3 of 200", or why it is open. */
const char *site_sum(const SiteTelling *t, const SiteQuestion *question);
const char *site_headline(const SiteTelling *t);
const char *site_scope(const SiteTelling *t);

bool site_json(const SiteReport *report, const ReportOptions *options, Buf *out,
               Error *err);
bool site_markdown(const SiteReport *report, const ReportOptions *options, Buf *out,
                   Error *err);
bool site_junit(const SiteReport *report, const ReportOptions *options, Buf *out,
                Error *err);

#endif
