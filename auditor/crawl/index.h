/* index.h - the site index: every address met, what became of it, what its page is; one
 * SQLite file that is the frontier too, so that a killed crawl goes on where it was.
 *
 * A page is there as a whole or not at all. Judges nothing. Layer: crawl. Called by
 * crawl.c (fills), site.c and audit/ (read). SPDX-License-Identifier: MIT */
#ifndef CRAWL_INDEX_H
#define CRAWL_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "crawl/digest.h"

typedef struct CrawlIndex CrawlIndex;

/** What became of an address. */
typedef enum UrlState { URL_WAITING, URL_TAKEN, URL_DONE, URL_PASSED_OVER } UrlState;

/** Why an address was passed over. */
typedef enum UrlWhy {
    WHY_NONE,
    WHY_ROBOTS,   /**< robots.txt forbids it */
    WHY_CHANGES,  /**< following it would change something */
    WHY_TRAP,     /**< looks endless */
    WHY_VARIANT,  /**< one of many variants of a list */
    WHY_SAMPLED,  /**< enough of this shape were looked at */
    WHY_EXCLUDED, /**< the user left it out */
    WHY_FOREIGN,  /**< more foreign links than are tried */
    WHY_DOWNLOAD, /**< a file, not a page */
    WHY_RESERVED, /**< a name kept for examples, which nobody can have (RFC 2606) */
    WHY_COUNT,
} UrlWhy;

const char *url_why_name(UrlWhy why);

/** An address to add. */
typedef struct UrlNew {
    const char *url;
    bool is_own;
    UrlState state;
    UrlWhy why;
    int depth;      /**< clicks from the first page; -1 unknown (a sitemap) */
    int64_t shape;  /**< 0 none */
    int64_t source; /**< where it was met first; 0 none */
    bool is_in_sitemap;
} UrlNew;

/** An address to fetch. */
typedef struct UrlTask {
    int64_t id;
    const char *url;
    bool is_own;
    int depth, tries;
    int64_t shape;
    const char *etag, *modified; /**< of an earlier crawl; "" */
} UrlTask;

/** What an answer came to. */
typedef struct UrlAnswer {
    int status;             /**< 0: none */
    const char *error_kind; /**< as Exchange's; NULL fine; "wall": a bot wall */
    int64_t redirect;       /**< id of where it sends on to; 0 */
    int64_t bytes, transfer, wait_us, total_us;
    const char *mime, *etag, *modified;
    bool is_unchanged; /**< 304: what was known stays */
} UrlAnswer;

/** Open or make. Pages taken and not done by a killed crawl wait again.
 * Errors: ERROR_FAILED, ERROR_INPUT (no index of ours). Owns: arena; the caller closes. */
bool index_open(Arena *arena, const char *path, CrawlIndex **index, Error *err) MUST_USE;
void index_close(CrawlIndex **index);
/** Bracket changes: what is between is there as a whole or not at all. */
bool index_begin(CrawlIndex *index, Error *err) MUST_USE;
bool index_commit(CrawlIndex *index, Error *err) MUST_USE;

/** Small facts of the crawl itself. "" when there is none. */
const char *index_meta(CrawlIndex *index, Arena *arena, const char *key);
bool index_meta_set(CrawlIndex *index, const char *key, const char *value,
                    Error *err) MUST_USE;

/** id of an address; 0: not known. */
int64_t index_id_of(CrawlIndex *index, const char *url);
bool index_add(CrawlIndex *index, const UrlNew *url, int64_t *id, Error *err) MUST_USE;
/** A sitemap names a known address. */
bool index_in_sitemap(CrawlIndex *index, int64_t id, Error *err) MUST_USE;
/** Put an address aside that waits. */
bool index_put_off(CrawlIndex *index, int64_t id, UrlState state, UrlWhy why,
                   Error *err) MUST_USE;

/** Shapes: id of a text (made when new), how many were taken of it. */
bool index_shape(CrawlIndex *index, const char *text, int64_t *id, Error *err) MUST_USE;
int index_shape_taken(CrawlIndex *index, int64_t shape);
int index_shape_passed(CrawlIndex *index, int64_t shape);
bool index_shape_count(CrawlIndex *index, int64_t shape, int taken, int passed_over,
                       Error *err) MUST_USE;
/** How many variants of a list were let in; counts one more. */
bool index_variant(CrawlIndex *index, uint64_t list, int *count, Error *err) MUST_USE;

/** Take the next addresses that wait, nearest first, foreign ones last. foreign_only: none
 * of the shop's own. tasks: room for most. Owns: arena. */
typedef struct UrlTaking {
    size_t most, count;
    bool foreign_only;
    UrlTask *tasks;
} UrlTaking;

bool index_take(CrawlIndex *index, Arena *arena, UrlTaking *taking, Error *err) MUST_USE;

/** An answer came; digest NULL: nothing to read. links: ids of digest's links, in their
 * order (0: none), alternates alike, canonical 0 none. */
typedef struct PageIds {
    const int64_t *links, *alternates;
    int64_t canonical;
} PageIds;

bool index_done(CrawlIndex *index, const UrlTask *task, const UrlAnswer *answer,
                Error *err) MUST_USE;
bool index_page(CrawlIndex *index, const UrlTask *task, const Digest *digest,
                const PageIds *ids, Error *err) MUST_USE;
/** Wait again, once more tried. */
bool index_again(CrawlIndex *index, int64_t id, Error *err) MUST_USE;
/** A second crawl of a finished index: own addresses wait again, what is known of them is
 * kept for servers that answer "unchanged". */
bool index_restart(CrawlIndex *index, Error *err) MUST_USE;

/** Counts of addresses by state and owner. */
typedef struct IndexCounts {
    int64_t waiting, done, own_done, foreign_done, pages, unchanged;
    int64_t foreign; /**< foreign addresses let in */
} IndexCounts;

bool index_counts(CrawlIndex *index, IndexCounts *counts, Error *err) MUST_USE;

#endif
