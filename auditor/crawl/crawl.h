/* crawl.h - a shop walked whole: one process around one event loop, children that read
 * pages, everything met in the site index.
 *
 * Knows no rule: whoever calls hands in what reads a page. Layer: crawl. Called by audit/.
 * SPDX-License-Identifier: MIT */
#ifndef CRAWL_CRAWL_H
#define CRAWL_CRAWL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/error.h"
#include "crawl/frontier.h"
#include "crawl/worker.h"
#include "net/transfer.h"

/** How far a crawl is. */
typedef struct CrawlProgress {
    int64_t fetched; /**< own addresses, in this run */
    int64_t read;    /**< pages read, in this run */
    int64_t elapsed_us;
    const char *pause; /**< why it waits: "retry-after"; NULL */
    int64_t pause_us;
} CrawlProgress;

typedef void CrawlTold(void *context, const CrawlProgress *progress);
typedef bool CrawlStop(void *context);

/** What is asked for. */
typedef struct CrawlOrder {
    const char *site; /**< first page; after crawl_prepare the one that answered */
    Clock *clock;
    const NetOptions *net;
    const char *agent;    /**< user agent */
    const char *language; /**< Accept-Language */
    Regex **include, **exclude;
    const Words *words;
    int64_t pages_most;  /**< own addresses fetched, over all runs of the index */
    int foreign_most;    /**< foreign links tried */
    int sample;          /**< of one shape; 0 all */
    int connections;     /**< at once, own host */
    int64_t delay_us;    /**< between two beginnings on the own host; robots.txt may ask
                              for more */
    int64_t deadline_us; /**< monotonic; 0 none */
    bool ignores_sitemaps;
    bool ignores_robots; /**< the user's own shop: its owner may look at all of it */
    CrawlTold *told;     /**< about once a second; NULL */
    CrawlStop *stop;     /**< asked often; NULL */
    void *context;
} CrawlOrder;

/** What a run came to. */
typedef struct CrawlEnd {
    int64_t fetched, read;
    bool is_complete;    /**< nothing waits any more */
    bool is_limited;     /**< pages_most was reached */
    bool is_interrupted; /**< stop or deadline */
    int64_t duration_us;
} CrawlEnd;

typedef struct Crawl Crawl;

/** Open the network, find the first page (redirects followed), read robots.txt and sitemaps
 * into the index (once; a resumed crawl knows them). Errors: ERROR_INCONCLUSIVE (the site
 * does not answer), those of the index. Owns: arena; the caller closes. */
bool crawl_open(Arena *arena, const CrawlOrder *order, CrawlIndex *index, Crawl **crawl,
                Error *err) MUST_USE;
void crawl_close(Crawl **crawl);
/** The first page as it was found. */
const char *crawl_site(const Crawl *crawl);
/** Walk. workers: made before, without the network's descriptors. */
bool crawl_run(Crawl *crawl, Workers *workers, CrawlEnd *end, Error *err) MUST_USE;

#endif
