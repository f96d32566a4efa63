/* index.c - the site index: opened, addresses added and taken. Layer: crawl.
 * SPDX-License-Identifier: MIT */
#include "crawl/index.h"

#include <string.h>

#include "base/attr.h"
#include "crawl/index_inside.h"

enum { APPLICATION_ID = 0x4d595343 /* MYSC */, BUSY_MS = 10000, RANK_LAST = 1000000 };

static const char schema[] =
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE shapes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE,"
    " taken INTEGER NOT NULL DEFAULT 0, passed_over INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE variants (list INTEGER PRIMARY KEY, count INTEGER NOT NULL);"
    "CREATE TABLE urls (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, url TEXT NOT NULL,"
    " is_own INTEGER NOT NULL, state INTEGER NOT NULL, why INTEGER NOT NULL,"
    " depth INTEGER NOT NULL, rank INTEGER NOT NULL, shape INTEGER NOT NULL,"
    " source INTEGER NOT NULL, in_sitemap INTEGER NOT NULL, tries INTEGER NOT NULL"
    " DEFAULT 0, status INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',"
    " redirect INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,"
    " transfer INTEGER NOT NULL DEFAULT 0, wait_us INTEGER NOT NULL DEFAULT -1,"
    " total_us INTEGER NOT NULL DEFAULT -1, mime TEXT NOT NULL DEFAULT '',"
    " etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '',"
    " unchanged INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX urls_by_hash ON urls (hash);"
    "CREATE INDEX urls_waiting ON urls (rank, id) WHERE state = 0;"
    "CREATE TABLE pages (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
    " flags INTEGER NOT NULL, failure TEXT NOT NULL, title TEXT NOT NULL,"
    " description TEXT NOT NULL, h1 TEXT NOT NULL, lang TEXT NOT NULL,"
    " canonical INTEGER NOT NULL, content INTEGER NOT NULL, menu INTEGER NOT NULL,"
    " words INTEGER NOT NULL, cards INTEGER NOT NULL, mixed INTEGER NOT NULL,"
    " mixed_example TEXT NOT NULL, links BLOB NOT NULL, alternates BLOB NOT NULL,"
    " ids BLOB NOT NULL, verdicts BLOB NOT NULL);"
    "CREATE TABLE examples (rule INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " shape INTEGER NOT NULL, url INTEGER NOT NULL, text TEXT NOT NULL,"
    " selector TEXT NOT NULL, snippet TEXT NOT NULL,"
    " PRIMARY KEY (rule, kind, shape, url)) WITHOUT ROWID;"
    "CREATE INDEX examples_by_url ON examples (url);"
    "CREATE TABLE anchors (target INTEGER NOT NULL, fragment TEXT NOT NULL,"
    " source INTEGER NOT NULL, PRIMARY KEY (target, fragment)) WITHOUT ROWID;"
    "CREATE INDEX anchors_by_source ON anchors (source);";

const char *url_why_name(UrlWhy why)
{
    static const char *const names[WHY_COUNT] = {"",         "robots",  "changes",
                                                 "trap",     "variant", "sampled",
                                                 "excluded", "foreign", "download"};
    return why < WHY_COUNT ? names[why] : "";
}

/* ---- SQLite ---- */

bool index_error(const CrawlIndex *index, Error *err)
{
    error_set(err, ERROR_FAILED, index->path, "the site index: %s",
              sqlite3_errmsg(index->db));
    if (sqlite3_errcode(index->db) == SQLITE_BUSY)
        return error_hint(err, "another crawl is writing here");
    return error_hint(err, "'--fresh' begins a new one");
}

sqlite3_stmt *index_statement(CrawlIndex *index, IndexStatement which, Error *err)
{
    static const char *const texts[] = {
#define STATEMENT(name, sql) [STATEMENT_##name] = (sql),
#include "crawl/index_statements.def"
#undef STATEMENT
    };
    sqlite3_stmt **statement = &index->statements[which];
    if (!*statement &&
        sqlite3_prepare_v3(index->db, texts[which], -1, SQLITE_PREPARE_PERSISTENT,
                           statement, NULL) != SQLITE_OK) {
        index_error(index, err);
        return NULL;
    }
    sqlite3_reset(*statement);
    return *statement;
}

int index_row(CrawlIndex *index, sqlite3_stmt *statement, Error *err)
{
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return 1;
    if (code == SQLITE_DONE)
        return 0;
    index_error(index, err);
    return -1;
}

bool index_run(CrawlIndex *index, sqlite3_stmt *statement, Error *err)
{
    int row = index_row(index, statement, err);
    sqlite3_reset(statement);
    return row >= 0;
}

void index_bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    sqlite3_bind_text(statement, at, text ? text : "", -1, SQLITE_TRANSIENT);
}

const char *index_text(Arena *arena, sqlite3_stmt *statement, int at)
{
    const unsigned char *text = sqlite3_column_text(statement, at);
    return text ? arena_text(arena, (const char *)text) : "";
}

bool index_query(CrawlIndex *index, const char *sql, sqlite3_stmt **statement, Error *err)
{
    return sqlite3_prepare_v2(index->db, sql, -1, statement, NULL) == SQLITE_OK ||
           index_error(index, err);
}

void index_end(sqlite3_stmt **statement)
{
    sqlite3_finalize(*statement);
    *statement = NULL;
}

static bool sql_run(CrawlIndex *index, const char *sql, Error *err)
{
    return sqlite3_exec(index->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           index_error(index, err);
}

/* ---- opening ---- */

static bool number_ask(CrawlIndex *index, const char *sql, int64_t *number, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    *number = 0;
    if (!index_query(index, sql, &statement, err))
        return false;
    int row = index_row(index, statement, err);
    if (row > 0)
        *number = sqlite3_column_int64(statement, 0);
    return row >= 0;
}

static bool tables_make(CrawlIndex *index, Error *err)
{
    int64_t application = 0, tables = 0;
    if (!number_ask(index, "PRAGMA application_id", &application, err) ||
        !number_ask(index, "SELECT count(*) FROM sqlite_master", &tables, err))
        return false;
    if (tables && application != APPLICATION_ID) {
        error_set(err, ERROR_INPUT, index->path, "is no site index");
        return error_hint(err, "choose another folder");
    }
    if (tables)
        return true;
    return sql_run(index, "BEGIN EXCLUSIVE", err) && sql_run(index, schema, err) &&
           sql_run(index, "PRAGMA application_id = 1297699651; PRAGMA user_version = 1",
                   err) &&
           sql_run(index, "COMMIT", err);
}

/* Examples kept so far, so that a resumed crawl keeps no more of them than another. */
static bool examples_count(CrawlIndex *index, Error *err);

bool index_open(Arena *arena, const char *path, CrawlIndex **out, Error *err)
{
    CrawlIndex *index = ARENA_NEW(arena, CrawlIndex);
    *out = index;
    index->arena = arena;
    index->path = path;
    index->cache = ARENA_ARRAY(arena, CACHE_SLOTS, CachedUrl);
    index->samples = ARENA_ARRAY(arena, SEEN_SLOTS, unsigned long long);
    index->sampled = ARENA_ARRAY(arena, SEEN_SLOTS, unsigned char);
    if (sqlite3_open(path, &index->db) != SQLITE_OK)
        return index_error(index, err);
    sqlite3_busy_timeout(index->db, BUSY_MS);
    /* What a killed process wrote stays; only a power cut may cost the last pages. The
     * cache is what bounds the memory of a crawl of any size. */
    return tables_make(index, err) &&
           sql_run(index,
                   "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
                   "PRAGMA cache_size = -12000; PRAGMA wal_autocheckpoint = 2000;"
                   "PRAGMA temp_store = FILE",
                   err) &&
           sql_run(index, "UPDATE urls SET state = 0 WHERE state = 1", err) &&
           examples_count(index, err);
}

void index_close(CrawlIndex **index)
{
    if (!*index)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize((*index)->statements[i]);
    sqlite3_close((*index)->db);
    *index = NULL;
}

bool index_begin(CrawlIndex *index, Error *err)
{
    sqlite3_stmt *statement = index_statement(index, STATEMENT_BEGIN, err);
    return statement && index_run(index, statement, err);
}

bool index_commit(CrawlIndex *index, Error *err)
{
    sqlite3_stmt *statement = index_statement(index, STATEMENT_COMMIT, err);
    return statement && index_run(index, statement, err);
}

const char *index_meta(CrawlIndex *index, Arena *arena, const char *key)
{
    sqlite3_stmt *statement = index_statement(index, STATEMENT_META, NULL);
    if (!statement)
        return "";
    index_bind_text(statement, 1, key);
    const char *value =
        index_row(index, statement, NULL) > 0 ? index_text(arena, statement, 0) : "";
    sqlite3_reset(statement);
    return value;
}

bool index_meta_set(CrawlIndex *index, const char *key, const char *value, Error *err)
{
    sqlite3_stmt *statement = index_statement(index, STATEMENT_META_SET, err);
    if (!statement)
        return false;
    index_bind_text(statement, 1, key);
    index_bind_text(statement, 2, value);
    return index_run(index, statement, err);
}

/* ---- addresses ---- */

/* Of two addresses with one hash (64 bits) the cache takes one for the other; a site that
 * arranges that hides a page of its own from itself alone. */
static CachedUrl *cache_slot(CrawlIndex *index, unsigned long long hash)
{
    return &index->cache[(hash ^ hash >> 29) & (CACHE_SLOTS - 1)];
}

int64_t index_id_of(CrawlIndex *index, const char *url)
{
    unsigned long long hash = str_hash(str_of(url));
    CachedUrl *slot = cache_slot(index, hash);
    int64_t id = 0;
    if (slot->id && slot->hash == hash)
        return slot->id;
    sqlite3_stmt *statement = index_statement(index, STATEMENT_FIND, NULL);
    if (!statement)
        return 0;
    sqlite3_bind_int64(statement, 1, (int64_t)hash);
    while (!id && index_row(index, statement, NULL) > 0)
        if (strcmp((const char *)sqlite3_column_text(statement, 1), url) == 0)
            id = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    if (id)
        *slot = (CachedUrl){hash, id};
    return id;
}

bool index_add(CrawlIndex *index, const UrlNew *url, int64_t *id, Error *err)
{
    unsigned long long hash = str_hash(str_of(url->url));
    sqlite3_stmt *statement = index_statement(index, STATEMENT_ADD, err);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, (int64_t)hash);
    index_bind_text(statement, 2, url->url);
    const int64_t numbers[] = {
        url->is_own, url->state, url->why, url->depth,
        /* What only a sitemap names, and foreign links, come last. */
        (url->depth < 0 ? RANK_LAST / 2 : url->depth) + (url->is_own ? 0 : RANK_LAST),
        url->shape, url->source, url->is_in_sitemap};
    for (int i = 0; i < (int)COUNT_OF(numbers); i++)
        sqlite3_bind_int64(statement, 3 + i, numbers[i]);
    if (!index_run(index, statement, err))
        return false;
    *id = sqlite3_last_insert_rowid(index->db);
    *cache_slot(index, hash) = (CachedUrl){hash, *id};
    return true;
}

/* A statement whose parameters are numbers. */
static bool numbers_run(CrawlIndex *index, IndexStatement which, const int64_t *numbers,
                        int count, Error *err)
{
    sqlite3_stmt *statement = index_statement(index, which, err);
    for (int i = 0; statement && i < count; i++)
        sqlite3_bind_int64(statement, i + 1, numbers[i]);
    return statement && index_run(index, statement, err);
}

bool index_in_sitemap(CrawlIndex *index, int64_t id, Error *err)
{
    return numbers_run(index, STATEMENT_IN_SITEMAP, &id, 1, err);
}

bool index_put_off(CrawlIndex *index, int64_t id, UrlState state, UrlWhy why, Error *err)
{
    return numbers_run(index, STATEMENT_PUT_OFF, (const int64_t[]){id, state, why}, 3, err);
}

bool index_again(CrawlIndex *index, int64_t id, Error *err)
{
    return numbers_run(index, STATEMENT_AGAIN, &id, 1, err);
}

/* ---- shapes and variants ---- */

bool index_shape(CrawlIndex *index, const char *text, int64_t *id, Error *err)
{
    sqlite3_stmt *statement = index_statement(index, STATEMENT_SHAPE, err);
    if (!statement)
        return false;
    index_bind_text(statement, 1, text);
    int row = index_row(index, statement, err);
    *id = row > 0 ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    if (row != 0)
        return row > 0;
    statement = index_statement(index, STATEMENT_SHAPE_ADD, err);
    if (!statement)
        return false;
    index_bind_text(statement, 1, text);
    if (!index_run(index, statement, err))
        return false;
    *id = sqlite3_last_insert_rowid(index->db);
    return true;
}

/* The one number that a statement gives for another. */
static int64_t number_of(CrawlIndex *index, IndexStatement which, int64_t key)
{
    sqlite3_stmt *statement = index_statement(index, which, NULL);
    if (!statement)
        return 0;
    sqlite3_bind_int64(statement, 1, key);
    int64_t number =
        index_row(index, statement, NULL) > 0 ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return number;
}

int index_shape_taken(CrawlIndex *index, int64_t shape)
{
    return (int)number_of(index, STATEMENT_SHAPE_TAKEN, shape);
}

int index_shape_passed(CrawlIndex *index, int64_t shape)
{
    return (int)number_of(index, STATEMENT_SHAPE_PASSED, shape);
}

bool index_shape_count(CrawlIndex *index, int64_t shape, int taken, int passed_over,
                       Error *err)
{
    return numbers_run(index, STATEMENT_SHAPE_COUNT,
                       (const int64_t[]){shape, taken, passed_over}, 3, err);
}

bool index_variant(CrawlIndex *index, uint64_t list, int *count, Error *err)
{
    int64_t key = (int64_t)list;
    *count = (int)number_of(index, STATEMENT_VARIANT, key);
    return numbers_run(index, STATEMENT_VARIANT_ADD, &key, 1, err);
}

/* ---- the frontier ---- */

bool index_take(CrawlIndex *index, Arena *arena, UrlTaking *taking, Error *err)
{
    sqlite3_stmt *statement = index_statement(index, STATEMENT_TAKE, err);
    int row = 0;
    taking->count = 0;
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, (int64_t)taking->most);
    sqlite3_bind_int64(statement, 2, taking->foreign_only ? RANK_LAST : 0);
    while (taking->count < taking->most && (row = index_row(index, statement, err)) > 0)
        taking->tasks[taking->count++] =
            (UrlTask){.id = sqlite3_column_int64(statement, 0),
                      .url = index_text(arena, statement, 1),
                      .is_own = sqlite3_column_int(statement, 2) != 0,
                      .depth = sqlite3_column_int(statement, 3),
                      .tries = sqlite3_column_int(statement, 4),
                      .shape = sqlite3_column_int64(statement, 5),
                      .etag = index_text(arena, statement, 6),
                      .modified = index_text(arena, statement, 7)};
    sqlite3_reset(statement);
    if (row < 0)
        return false;
    for (size_t i = 0; i < taking->count; i++)
        if (!numbers_run(index, STATEMENT_TAKEN, &taking->tasks[i].id, 1, err))
            return false;
    return true;
}

bool index_restart(CrawlIndex *index, Error *err)
{
    return sql_run(index,
                   "BEGIN IMMEDIATE;"
                   "UPDATE urls SET state = 0, tries = 0, unchanged = 0 WHERE state = 2;"
                   "COMMIT",
                   err);
}

bool index_counts(CrawlIndex *index, IndexCounts *counts, Error *err)
{
    return number_ask(index, "SELECT count(*) FROM urls WHERE state < 2", &counts->waiting,
                      err) &&
           number_ask(index, "SELECT count(*) FROM urls WHERE state = 2", &counts->done,
                      err) &&
           number_ask(index, "SELECT count(*) FROM urls WHERE state = 2 AND is_own",
                      &counts->own_done, err) &&
           number_ask(index, "SELECT count(*) FROM urls WHERE state = 2 AND NOT is_own",
                      &counts->foreign_done, err) &&
           number_ask(index, "SELECT count(*) FROM urls WHERE state < 3 AND NOT is_own",
                      &counts->foreign, err) &&
           number_ask(index, "SELECT count(*) FROM pages", &counts->pages, err) &&
           number_ask(index, "SELECT count(*) FROM urls WHERE unchanged AND is_own",
                      &counts->unchanged, err);
}

/* ---- how many examples of a rule are kept, by kind and shape ---- */

static size_t sample_slot(const CrawlIndex *index, unsigned long long key)
{
    size_t at = (size_t)(key ^ key >> 31) & (SEEN_SLOTS - 1);
    for (size_t i = 0; i < 8 && index->samples[at] && index->samples[at] != key; i++)
        at = (at + 1) & (SEEN_SLOTS - 1);
    return at;
}

bool index_sample(CrawlIndex *index, int64_t rule, int64_t kind, int64_t shape)
{
    unsigned long long key =
        ((unsigned long long)rule * 64 + (unsigned long long)kind) * 1000003ULL +
        (unsigned long long)shape + 1;
    size_t at = sample_slot(index, key);
    if (index->samples[at] != key) {
        index->samples[at] = key;
        index->sampled[at] = 0;
    }
    if (index->sampled[at] >= EXAMPLES_PER_TEMPLATE)
        return false;
    index->sampled[at]++;
    return true;
}

static bool examples_count(CrawlIndex *index, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    int row;
    if (!index_query(index, "SELECT rule, kind, shape FROM examples", &statement, err))
        return false;
    while ((row = index_row(index, statement, err)) > 0)
        index_sample(index, sqlite3_column_int64(statement, 0),
                     sqlite3_column_int64(statement, 1),
                     sqlite3_column_int64(statement, 2));
    return row == 0;
}
