/* sitemap.h - sitemaps (sitemaps.org 0.9): address lists and indexes of them, plain text,
 * RSS and Atom, gzip; images and hreflang links beside the addresses.
 *
 * A byte scanner, not an XML parser: what is broken gives what can be read of it, entities
 * of a DTD are never followed. Layer: crawl. Called by crawl.c. SPDX-License-Identifier:
 * MIT */
#ifndef CRAWL_SITEMAP_H
#define CRAWL_SITEMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

enum {
    SITEMAP_BYTES_MOST = 50 << 20, /**< unpacked: sitemaps.org's own limit */
    SITEMAP_URLS_MOST = 50000,
};

/** What stands in a sitemap. */
typedef enum SitemapEntryKind {
    SITEMAP_PAGE,
    SITEMAP_CHILD, /**< another sitemap */
    SITEMAP_IMAGE,
    SITEMAP_ALTERNATE, /**< the page before it in another language */
} SitemapEntryKind;

typedef struct SitemapEntry {
    SitemapEntryKind kind;
    const char *url;  /**< as written, entities decoded */
    const char *lang; /**< of an alternate; NULL */
} SitemapEntry;

/** Called for each entry, in order. false ends the reading. */
typedef bool SitemapTake(void *context, const SitemapEntry *entry);

/** What a reading came to. */
typedef struct SitemapSum {
    size_t pages, children, images, alternates;
    bool is_cut;     /**< more than a limit allows */
    bool is_sitemap; /**< it was one at all (an HTML page is none) */
} SitemapSum;

/** Unpack gzip when the bytes are gzip, else give them as they are. Errors: ERROR_LIMIT
 * (more than SITEMAP_BYTES_MOST), ERROR_INPUT (damaged). Owns: arena. */
bool sitemap_unpack(Arena *arena, Str bytes, Str *text, Error *err) MUST_USE;
/** Read an unpacked sitemap. Owns: arena (texts handed to take). */
void sitemap_read(Arena *arena, Str text, SitemapTake *take, void *context,
                  SitemapSum *sum);

#endif
