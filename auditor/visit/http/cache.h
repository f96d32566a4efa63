/* cache.h - a browser's HTTP cache for the length of one visit (RFC 9111), so that a second
 * page is a warm one.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_HTTP_CACHE_H
#define VISIT_HTTP_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/page.h"

typedef struct HttpCache HttpCache;

/** An answer kept. */
typedef struct CacheEntry {
    const char *url;
    unsigned long long hash;
    const Exchange *exchange; /**< the answer, with its body */
    int64_t fresh_until_us;   /**< wall clock */
    bool is_explicit; /**< the server said how long; else a guess from Last-Modified */
    const char *etag; /**< NULL: none */
    const char *last_modified;
} CacheEntry;

/** Owns: arena. */
HttpCache *cache_create(Arena *arena);
/** Keep an answer to a GET, or forget what it replaces, as its headers say. exchange must
 * live as long as the cache. now_us: wall clock. */
void cache_store(HttpCache *cache, const Exchange *exchange, int64_t now_us);
/** What is kept for a URL (without fragment), fresh or not, or NULL. */
CacheEntry *cache_find(HttpCache *cache, const char *url);
/** May it be used without asking? */
bool cache_is_fresh(const CacheEntry *entry, int64_t now_us);
/** An answer came for a URL whose entry (NULL: none) was asked about: a 304 becomes the
 * kept answer, as pages see it (status, headers and body of the entry, time and bytes of
 * the 304); anything else is kept if it may be. */
void cache_settle(HttpCache *cache, CacheEntry *entry, Exchange *answer, int64_t now_us);
/** Fill exchange as an answer from the cache: no time, no bytes on the wire. */
void cache_answer(const CacheEntry *entry, Exchange *exchange, int64_t now_us);

#endif
