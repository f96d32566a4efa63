/* worker.h - child processes that parse and judge pages while the parent fetches.
 *
 * A page that kills its child, or takes longer than half a minute, costs itself alone: the
 * child is replaced. Layer: crawl. Called by crawl.c. SPDX-License-Identifier: MIT */
#ifndef CRAWL_WORKER_H
#define CRAWL_WORKER_H

#include "base/clock.h"
#include "base/error.h"
#include "crawl/digest.h"
#include "model/page.h"

/** A page as fetched. */
typedef struct CrawlPage {
    const char *url;
    const char *site; /**< first page of the shop */
    const Exchange *exchange;
} CrawlPage;

/** Reads (and judges) one page; runs in a child. Everything it makes lives in arena. */
typedef void CrawlRead(void *context, Arena *arena, const CrawlPage *page, Digest *digest);

typedef struct Workers Workers;

/** Make count children (at least 1) that read pages. Owns: arena; the caller closes. */
bool workers_open(Arena *arena, size_t count, CrawlRead *read, void *context,
                  const Clock *clock, Workers **workers, Error *err) MUST_USE;
/** End them all; for AUTO. */
void workers_close(Workers **workers);
/** Is one of them free? Is any at work? */
bool workers_has_room(const Workers *workers);
bool workers_is_busy(const Workers *workers);
/** Descriptors of those at work, to wait for; returns how many (at most most). */
size_t workers_wait_for(const Workers *workers, int *descriptors, size_t most);
/** Hand a page to a free child. id: given back with the digest. Errors: ERROR_FAILED. */
bool workers_give(Workers *workers, int64_t id, const CrawlPage *page, Error *err) MUST_USE;
/** Take a digest that is ready, without waiting; false: none is. A page whose child was
 * lost gives a digest with a failure. Errors (err filled, and true): a child cannot be
 * replaced. Owns: arena. */
bool workers_take(Workers *workers, Arena *arena, int64_t *id, Digest *digest, Error *err);

#endif
