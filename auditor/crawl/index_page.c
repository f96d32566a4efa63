/* index_page.c - answers and pages put into the site index. Layer: crawl.
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "crawl/index_inside.h"

enum { BLOB_MOST = 1 << 20, FRAGMENT_MOST = 200 };

bool index_done(CrawlIndex *index, const UrlTask *task, const UrlAnswer *answer, Error *err)
{
    sqlite3_stmt *statement;
    if (answer->is_unchanged) {
        statement = index_statement(index, STATEMENT_UNCHANGED, err);
        if (!statement)
            return false;
        sqlite3_bind_int64(statement, 1, task->id);
        return index_run(index, statement, err);
    }
    statement = index_statement(index, STATEMENT_DONE, err);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, task->id);
    sqlite3_bind_int64(statement, 2, answer->status);
    index_bind_text(statement, 3, answer->error_kind);
    const int64_t numbers[] = {answer->redirect, answer->bytes, answer->transfer,
                               answer->wait_us, answer->total_us};
    for (int i = 0; i < (int)COUNT_OF(numbers); i++)
        sqlite3_bind_int64(statement, 4 + i, numbers[i]);
    index_bind_text(statement, 9, answer->mime);
    index_bind_text(statement, 10, answer->etag);
    index_bind_text(statement, 11, answer->modified);
    sqlite3_bind_int64(statement, 12, 0);
    if (!index_run(index, statement, err))
        return false;
    static const IndexStatement gone[] = {STATEMENT_PAGE_GONE, STATEMENT_EXAMPLES_GONE,
                                          STATEMENT_ANCHORS_GONE};
    for (size_t i = 0; i < COUNT_OF(gone); i++) {
        statement = index_statement(index, gone[i], err);
        if (!statement)
            return false;
        sqlite3_bind_int64(statement, 1, task->id);
        if (!index_run(index, statement, err))
            return false;
    }
    return true;
}

/* ---- blobs ---- */

typedef struct KeptLink {
    int64_t id;
    unsigned flags;
} KeptLink;

static int kept_compare(const void *a, const void *b)
{
    const KeptLink *left = a, *right = b;
    return left->id < right->id ? -1 : left->id > right->id;
}

/* Rising ids as differences, two bits of flags beside each. */
static void links_pack(Arena *arena, const Digest *digest, const PageIds *ids, Buf *out)
{
    KeptLink *links = ARENA_ARRAY(arena, digest->link_count + 1, KeptLink);
    size_t count = 0;
    for (size_t i = 0; i < digest->link_count; i++)
        if (ids->links[i])
            links[count++] = (KeptLink){ids->links[i], digest->links[i].flags};
    qsort(links, count, sizeof *links, kept_compare);
    int64_t last = 0;
    for (size_t i = 0; i < count; i++) {
        if (links[i].id == last)
            continue;
        unsigned flags = (links[i].flags & LINK_NOFOLLOW ? 1U : 0) |
                         (links[i].flags & LINK_MENU ? 2U : 0);
        wire_put_number(out, (uint64_t)(links[i].id - last) << 2 | flags);
        last = links[i].id;
    }
}

void link_reader_init(LinkReader *links, Str blob)
{
    *links = (LinkReader){.reader = {.rest = blob}};
}

bool link_reader_next(LinkReader *links)
{
    if (str_is_empty(links->reader.rest))
        return false;
    uint64_t number = wire_number(&links->reader);
    links->id += (int64_t)(number >> 2);
    links->flags = (number & 1 ? LINK_NOFOLLOW : 0) | (number & 2 ? LINK_MENU : 0);
    return !links->reader.is_broken;
}

static void alternates_pack(const Digest *digest, const PageIds *ids, Buf *out)
{
    for (size_t i = 0; i < digest->alternate_count; i++) {
        wire_put_text(out, digest->alternates[i].lang);
        wire_put_number(out, (uint64_t)ids->alternates[i]);
    }
}

static void blob_bind(sqlite3_stmt *statement, int at, const Buf *blob)
{
    sqlite3_bind_blob(statement, at, buf_text(blob), (int)blob->length, SQLITE_TRANSIENT);
}

static void blobs_bind(sqlite3_stmt *statement, const Digest *digest, const PageIds *ids)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf blob = {0};
    buf_init(&blob, BLOB_MOST);
    links_pack(arena, digest, ids, &blob);
    blob_bind(statement, 16, &blob);
    buf_clear(&blob);
    alternates_pack(digest, ids, &blob);
    blob_bind(statement, 17, &blob);
    sqlite3_bind_blob(statement, 18, digest->ids ? (const void *)digest->ids : "",
                      (int)(digest->id_count * sizeof *digest->ids), SQLITE_TRANSIENT);
    sqlite3_bind_blob(statement, 19, digest->verdicts.length ? digest->verdicts.data : "",
                      (int)digest->verdicts.length, SQLITE_TRANSIENT);
}

/* ---- pages ---- */

int64_t page_flags_of(const Digest *digest)
{
    const bool flags[] = {digest->is_html,    digest->is_shell,      digest->is_noindex,
                          digest->is_cut,     digest->is_empty_list, digest->is_session,
                          digest->has_all_ids};
    int64_t bits = 0;
    for (size_t i = 0; i < COUNT_OF(flags); i++)
        bits |= (int64_t)flags[i] << i;
    return bits;
}

static bool row_write(CrawlIndex *index, const UrlTask *task, const Digest *digest,
                      const PageIds *ids, Error *err)
{
    sqlite3_stmt *statement = index_statement(index, STATEMENT_PAGE, err);
    if (!statement)
        return false;
    sqlite3_bind_int64(statement, 1, task->id);
    sqlite3_bind_int64(statement, 2, digest->kind);
    sqlite3_bind_int64(statement, 3, page_flags_of(digest));
    const char *const texts[] = {digest->failure, digest->title, digest->description,
                                 digest->h1, digest->lang};
    for (int i = 0; i < (int)COUNT_OF(texts); i++)
        index_bind_text(statement, 4 + i, texts[i]);
    const int64_t numbers[] = {ids->canonical,        (int64_t)digest->content,
                               (int64_t)digest->menu, digest->words,
                               digest->cards,         digest->mixed};
    for (int i = 0; i < (int)COUNT_OF(numbers); i++)
        sqlite3_bind_int64(statement, 9 + i, numbers[i]);
    index_bind_text(statement, 15, digest->mixed_example);
    blobs_bind(statement, digest, ids);
    return index_run(index, statement, err);
}

static bool examples_write(CrawlIndex *index, const UrlTask *task, const Digest *digest,
                           Error *err)
{
    for (size_t i = 0; i < digest->example_count; i++) {
        const DigestExample *example = &digest->examples[i];
        if (!index_sample(index, example->rule, digest->kind, task->shape))
            continue;
        sqlite3_stmt *statement = index_statement(index, STATEMENT_EXAMPLE, err);
        if (!statement)
            return false;
        const int64_t numbers[] = {example->rule, digest->kind, task->shape, task->id};
        for (int n = 0; n < (int)COUNT_OF(numbers); n++)
            sqlite3_bind_int64(statement, n + 1, numbers[n]);
        index_bind_text(statement, 5, example->text);
        index_bind_text(statement, 6, example->selector);
        index_bind_text(statement, 7, example->snippet);
        if (!index_run(index, statement, err))
            return false;
    }
    return true;
}

/* Places inside pages that links lead to. "#top" and "#" are always there. */
static bool anchors_write(CrawlIndex *index, const UrlTask *task, const Digest *digest,
                          const PageIds *ids, Error *err)
{
    for (size_t i = 0; i < digest->link_count; i++) {
        const char *fragment = digest->links[i].fragment;
        if (!*fragment || !ids->links[i] || strlen(fragment) > FRAGMENT_MOST ||
            str_equal_nocase(str_of(fragment), STR("top")) || strchr("!/:", *fragment) ||
            strstr(fragment, ":~:"))
            continue;
        sqlite3_stmt *statement = index_statement(index, STATEMENT_ANCHOR, err);
        if (!statement)
            return false;
        sqlite3_bind_int64(statement, 1, ids->links[i]);
        index_bind_text(statement, 2, fragment);
        sqlite3_bind_int64(statement, 3, task->id);
        if (!index_run(index, statement, err))
            return false;
    }
    return true;
}

bool index_page(CrawlIndex *index, const UrlTask *task, const Digest *digest,
                const PageIds *ids, Error *err)
{
    return row_write(index, task, digest, ids, err) &&
           examples_write(index, task, digest, err) &&
           anchors_write(index, task, digest, ids, err);
}
