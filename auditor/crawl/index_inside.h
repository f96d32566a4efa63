/* index_inside.h - what the files of the site index share. Private to crawl/index*.c and
 * site*.c. Layer: crawl. SPDX-License-Identifier: MIT */
#ifndef CRAWL_INDEX_INSIDE_H
#define CRAWL_INDEX_INSIDE_H

#include <sqlite3.h>

#include "crawl/index.h"

typedef enum IndexStatement {

#define STATEMENT(name, sql) STATEMENT_##name,
#include "crawl/index_statements.def"
#undef STATEMENT
    STATEMENT_COUNT,
} IndexStatement;

enum { CACHE_SLOTS = 1 << 15, SEEN_SLOTS = 1 << 16, EXAMPLES_PER_TEMPLATE = 3 };

typedef struct CachedUrl {
    unsigned long long hash;
    int64_t id;
} CachedUrl;

struct CrawlIndex {
    Arena *arena;
    const char *path;
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    CachedUrl *cache;            /* by hash: the last address of each slot */
    unsigned long long *samples; /* examples kept, by hash of rule, kind and shape */
    unsigned char *sampled;
    int64_t unchanged;
};

/** Fill err with SQLite's words. Returns false always. */
bool index_error(const CrawlIndex *index, Error *err);
/** The statement, reset and ready to be bound; NULL after filling err. */
sqlite3_stmt *index_statement(CrawlIndex *index, IndexStatement which, Error *err);
/** Step a statement that gives no row, and reset it. */
bool index_run(CrawlIndex *index, sqlite3_stmt *statement, Error *err) MUST_USE;
/** Step to a row: 1 there is one, 0 no more, -1 failed (err filled). */
int index_row(CrawlIndex *index, sqlite3_stmt *statement, Error *err);
void index_bind_text(sqlite3_stmt *statement, int at, const char *text);
const char *index_text(Arena *arena, sqlite3_stmt *statement, int at);
/** A statement of a reader, for AUTO(index_end). */
bool index_query(CrawlIndex *index, const char *sql, sqlite3_stmt **statement,
                 Error *err) MUST_USE;
void index_end(sqlite3_stmt **statement);

/** Flags of a page row, by bit: html shell noindex cut empty session all-ids. */
int64_t page_flags_of(const Digest *digest);

/** May one more example of a rule be kept for pages of this kind and shape? Counts it. */
bool index_sample(CrawlIndex *index, int64_t rule, int64_t kind, int64_t shape);

/** Links of a page as kept: ids in rising order with LINK_NOFOLLOW and LINK_MENU. */
typedef struct LinkReader {
    WireReader reader;
    int64_t id;
    unsigned flags;
} LinkReader;

void link_reader_init(LinkReader *links, Str blob);
bool link_reader_next(LinkReader *links);

#endif
