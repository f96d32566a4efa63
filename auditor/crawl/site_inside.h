/* site_inside.h - what crawl/site*.c share. Layer: crawl. SPDX-License-Identifier: MIT */
#ifndef CRAWL_SITE_INSIDE_H
#define CRAWL_SITE_INSIDE_H

#include "crawl/index_inside.h"
#include "crawl/site.h"

/** A walk over the index: what is found is noted here. */
typedef struct SiteWalk {
    CrawlIndex *index;
    SiteReport *report;
    Arena *arena;
    int64_t last_id;         /**< of any address */
    uint32_t *inbound;       /**< pages that link to an address, by id */
    int32_t *depth;          /**< clicks from the first page, by id; -1 not reached */
    unsigned char *broken;   /**< by id: 1 own, 2 foreign */
    unsigned short *pattern; /**< template of a page by id, plus 1; 0 none */
    bool is_whole;           /**< nothing waits any more */
} SiteWalk;

/** SQL conditions on a row u of urls. */
#define SQL_BLOCKED                                                                        \
    "(u.state = 2 AND (u.error = 'wall' OR u.status IN (401, 402, 403, 405, 407, 429,"     \
    " 451, 999) OR (u.status = 503 AND NOT u.is_own)))"
#define SQL_DEAD                                                                           \
    "(u.state = 2 AND NOT " SQL_BLOCKED " AND (u.status >= 400 OR u.status = 0))"
#define SQL_FINE "(u.state = 2 AND u.status BETWEEN 200 AND 299 AND u.error <> 'wall')"

/** Page flags as index_page.c packs them. */
enum {
    FLAG_HTML = 1,
    FLAG_SHELL = 2,
    FLAG_NOINDEX = 4,
    FLAG_CUT = 8,
    FLAG_EMPTY = 16,
    FLAG_SESSION = 32,
    FLAG_ALL_IDS = 64,
};

SiteQuestion *walk_question(SiteWalk *walk, SiteTopic topic);
/** Count one and keep it as an example while there is room. */
void walk_note(SiteWalk *walk, SiteQuestion *question, int64_t id,
               const SiteExample *example);
/** pass or fail by count; not-applicable when nothing could be looked at. */
void walk_close(SiteQuestion *question, int64_t total);
/** Address of an id. Owns: the report's arena. */
const char *walk_url(SiteWalk *walk, int64_t id);
/** The one number of a query; 0 when it fails. */
int64_t walk_number(SiteWalk *walk, const char *sql);

/** The questions, by file. Errors: those of the index. */
bool site_links(SiteWalk *walk, Error *err) MUST_USE;     /* site_links.c */
bool site_texts(SiteWalk *walk, Error *err) MUST_USE;     /* site_texts.c */
bool site_agreement(SiteWalk *walk, Error *err) MUST_USE; /* site_agree.c */

#endif
