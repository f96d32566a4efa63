/* frontier.h - which of the addresses met are fetched, and which are passed over and why.
 *
 * Layer: crawl. Called by crawl.c and prepare.c. SPDX-License-Identifier: MIT */
#ifndef CRAWL_FRONTIER_H
#define CRAWL_FRONTIER_H

#include "base/regex.h"
#include "base/url.h"
#include "crawl/changing.h"
#include "crawl/index.h"
#include "crawl/robots.h"

enum {
    VARIANTS_MOST = 3,     /**< of one list with the same facets */
    FACETS_MOST = 30,      /**< of one shape with facets */
    LIST_PAGES_MOST = 500, /**< of one list */
};

/** What decides. */
typedef struct Frontier {
    CrawlIndex *index;
    const Url *site;
    const Robots *robots; /**< NULL: none read yet */
    bool ignores_robots;
    Changing changing;
    Regex **include, **exclude; /**< NULL-ended; NULL: none */
    int sample;                 /**< most pages of one shape; 0 all */
    int foreign_most;           /**< foreign links tried */
    int foreign;                /**< taken so far */
} Frontier;

/** Where an address was met. */
typedef struct Meeting {
    int64_t source;
    int depth;      /**< clicks; -1: a sitemap */
    unsigned flags; /**< LINK_* */
    bool is_in_sitemap;
} Meeting;

/** An address was met: its id, added when it is new; 0 when it is not kept (it is no http
 * address, or one of very many passed over). Errors: those of the index. */
bool frontier_meet(Frontier *frontier, const char *url, const Meeting *meeting, int64_t *id,
                   Error *err) MUST_USE;

#endif
