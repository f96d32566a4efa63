/* site_links.c - what links lead to: broken, blocked, chained, far, nowhere linked.
 * Layer: crawl. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "crawl/site_inside.h"

enum { PASSES_MOST = 60, DEPTH_MOST = 4, HOPS_MOST = 10, OWN = 1, FOREIGN = 2 };

static Str blob_of(sqlite3_stmt *statement, int at)
{
    int length = sqlite3_column_bytes(statement, at);
    return str_from(sqlite3_column_blob(statement, at), length > 0 ? (size_t)length : 0);
}

static bool is_id(const SiteWalk *walk, int64_t id)
{
    return id > 0 && id <= walk->last_id;
}

/* ---- one pass over all links ---- */

static bool nearer(SiteWalk *walk, int64_t id, int32_t depth)
{
    if (!is_id(walk, id) || (walk->depth[id] >= 0 && walk->depth[id] <= depth))
        return false;
    walk->depth[id] = depth;
    return true;
}

static bool links_pass(SiteWalk *walk, bool counts, bool *is_changed, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    int row;
    if (!index_query(walk->index, "SELECT id, links FROM pages ORDER BY id", &statement,
                     err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        int64_t id = sqlite3_column_int64(statement, 0);
        LinkReader links;
        if (!is_id(walk, id))
            continue;
        link_reader_init(&links, blob_of(statement, 1));
        while (link_reader_next(&links)) {
            if (!is_id(walk, links.id))
                continue;
            walk->inbound[links.id] += counts && links.id != id;
            if (walk->depth[id] >= 0)
                *is_changed |= nearer(walk, links.id, walk->depth[id] + 1);
        }
    }
    return row == 0;
}

/* A redirect costs no click. */
static bool redirects_pass(SiteWalk *walk, bool *is_changed, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    int row;
    if (!index_query(walk->index, "SELECT id, redirect FROM urls WHERE redirect > 0",
                     &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        int64_t id = sqlite3_column_int64(statement, 0);
        if (is_id(walk, id) && walk->depth[id] >= 0)
            *is_changed |=
                nearer(walk, sqlite3_column_int64(statement, 1), walk->depth[id]);
    }
    return row == 0;
}

static bool depths_find(SiteWalk *walk, Error *err)
{
    bool is_changed = true;
    int64_t first = walk_number(walk, "SELECT min(id) FROM urls WHERE depth = 0");
    if (is_id(walk, first))
        walk->depth[first] = 0;
    for (int pass = 0; is_changed && pass < PASSES_MOST; pass++) {
        is_changed = false;
        if (!links_pass(walk, pass == 0, &is_changed, err) ||
            !redirects_pass(walk, &is_changed, err))
            return false;
    }
    return true;
}

/* ---- links to nothing ---- */

static const char *status_text(Arena *arena, sqlite3_stmt *statement, int at)
{
    int status = sqlite3_column_int(statement, at);
    const char *error = index_text(arena, statement, at + 1);
    return status ? arena_printf(arena, "%d", status) : *error ? error : "no answer";
}

/* rows: id, url, source url, status, error. */
static bool targets_note(SiteWalk *walk, SiteQuestion *question, const char *where,
                         unsigned char mark, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    const char *sql = arena_printf(
        walk->arena,
        "SELECT u.id, u.url, coalesce(s.url, ''), u.status, u.error FROM urls u LEFT JOIN"
        " urls s ON s.id = u.source WHERE %s ORDER BY u.id",
        where);
    int row;
    if (!index_query(walk->index, sql, &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *arena = arena_create();
        int64_t id = sqlite3_column_int64(statement, 0);
        if (!is_id(walk, id))
            continue;
        walk->broken[id] |= mark;
        SiteExample example = {.url = index_text(arena, statement, 1),
                               .source = index_text(arena, statement, 2),
                               .detail = status_text(arena, statement, 3),
                               .places = walk->inbound[id]};
        /* Links are told by the templates that hold them, not by what they lead to. */
        walk_note(walk, question, 0, &example);
    }
    return row == 0;
}

/* Templates whose pages hold links to nothing. */
static bool broken_tally(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteQuestion *own = walk_question(walk, TOPIC_LINKS_OWN);
    SiteQuestion *foreign = walk_question(walk, TOPIC_LINKS_FOREIGN);
    int row;
    if (!own->count && !foreign->count)
        return true;
    if (!index_query(walk->index, "SELECT id, links FROM pages ORDER BY id", &statement,
                     err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        int64_t id = sqlite3_column_int64(statement, 0);
        unsigned found = 0;
        LinkReader links;
        link_reader_init(&links, blob_of(statement, 1));
        while (is_id(walk, id) && link_reader_next(&links))
            if (is_id(walk, links.id))
                found |= walk->broken[links.id];
        if (found & OWN)
            site_tally(walk->report, own, (size_t)walk->pattern[id] - 1, 1);
        if (found & FOREIGN)
            site_tally(walk->report, foreign, (size_t)walk->pattern[id] - 1, 1);
    }
    return row == 0;
}

/* All foreign addresses tried, if none of them had a name that resolves. */
static const char unnamed_sql[] =
    "SELECT CASE WHEN sum(error <> 'dns') > 0 THEN -1 ELSE count(*) END FROM urls WHERE"
    " NOT is_own AND state = 2";

static bool broken_find(SiteWalk *walk, Error *err)
{
    SiteQuestion *own = walk_question(walk, TOPIC_LINKS_OWN);
    SiteQuestion *foreign = walk_question(walk, TOPIC_LINKS_FOREIGN);
    SiteQuestion *blocked = walk_question(walk, TOPIC_BLOCKED);
    SiteQuestion *errors = walk_question(walk, TOPIC_SERVER_ERRORS);
    if (!targets_note(walk, own, "u.is_own AND u.source > 0 AND " SQL_DEAD, OWN, err) ||
        !targets_note(walk, foreign, "NOT u.is_own AND " SQL_DEAD, FOREIGN, err) ||
        !targets_note(walk, blocked, SQL_BLOCKED, 0, err) ||
        !targets_note(walk, errors, "u.is_own AND u.state = 2 AND u.status >= 500", 0,
                      err) ||
        !broken_tally(walk, err))
        return false;
    int64_t own_total = walk_number(
        walk, "SELECT count(*) FROM urls WHERE is_own AND state = 2 AND source > 0");
    int64_t foreign_total =
        walk_number(walk, "SELECT count(*) FROM urls WHERE NOT is_own AND state = 2");
    walk_close(own, own_total);
    /* When no other site at all is found, it is our way out that is missing. */
    if (foreign->count && foreign->count == walk_number(walk, unnamed_sql)) {
        foreign->count = 0;
        foreign->example_count = foreign->tally_count = 0;
        foreign->outcome = FINDING_CANNOT_TELL;
        foreign->reason =
            "no other site's name was found: this machine may have no way out";
    }
    walk_close(foreign, foreign_total);
    walk_close(errors, walk_number(walk, "SELECT count(*) FROM urls WHERE is_own AND"
                                         " state = 2"));
    blocked->total = own_total + foreign_total;
    /* A door that is shut to us may be open to a customer. */
    blocked->outcome = blocked->count ? FINDING_CANNOT_TELL : FINDING_NOT_APPLICABLE;
    blocked->reason =
        blocked->count ? "these answer a program otherwise than a person" : "none was met";
    return true;
}

/* ---- anchors ---- */

static bool has_anchor(sqlite3_stmt *statement, Arena *arena, const char *fragment)
{
    Str blob = blob_of(statement, 4);
    size_t count = blob.length / sizeof(uint32_t);
    uint32_t *ids = ARENA_ARRAY(arena, count, uint32_t);
    memcpy(ids, blob.data ? blob.data : "", count * sizeof *ids);
    const char *decoded = arena_str_text(arena, url_decode(arena, str_of(fragment)));
    return digest_has_id(ids, count, fragment) || digest_has_id(ids, count, decoded);
}

static bool anchors_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_ANCHORS);
    int64_t total = 0;
    int row;
    if (!index_query(walk->index,
                     "SELECT a.source, t.url, a.fragment, coalesce(s.url, ''), p.ids FROM"
                     " anchors a JOIN pages p ON p.id = a.target JOIN urls t ON t.id ="
                     " a.target LEFT JOIN urls s ON s.id = a.source WHERE p.flags & 64 AND"
                     " NOT p.flags & 2 AND t.status BETWEEN 200 AND 299 ORDER BY a.target,"
                     " a.fragment",
                     &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const char *fragment = index_text(arena, statement, 2);
        total++;
        if (has_anchor(statement, arena, fragment))
            continue;
        SiteExample example = {
            .url = arena_printf(arena, "%s#%s", index_text(arena, statement, 1), fragment),
            .source = index_text(arena, statement, 3)};
        walk_note(walk, question, sqlite3_column_int64(statement, 0), &example);
    }
    walk_close(question, total);
    return row == 0;
}

/* ---- redirects ---- */

static bool redirects_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    AUTO(index_end) sqlite3_stmt *next = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_REDIRECTS);
    int row;
    if (!index_query(
            walk->index,
            "SELECT u.id, u.url, coalesce(s.url, ''), u.redirect FROM urls u JOIN"
            " urls v ON v.id = u.redirect LEFT JOIN urls s ON s.id = u.source WHERE"
            " u.is_own AND v.redirect > 0 AND u.source > 0 AND NOT (s.redirect ="
            " u.id) ORDER BY u.id",
            &statement, err) ||
        !index_query(walk->index, "SELECT redirect FROM urls WHERE id = ?", &next, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *arena = arena_create();
        int64_t id = sqlite3_column_int64(statement, 0);
        int64_t at = sqlite3_column_int64(statement, 3), last = at;
        int hops = 1;
        for (; at && hops < HOPS_MOST && at != id; hops++) {
            sqlite3_reset(next);
            sqlite3_bind_int64(next, 1, at);
            last = at;
            at = index_row(walk->index, next, NULL) > 0 ? sqlite3_column_int64(next, 0) : 0;
            if (!at)
                break;
        }
        bool is_loop = at == id || hops == HOPS_MOST;
        SiteExample example = {
            .url = index_text(arena, statement, 1),
            .source = index_text(arena, statement, 2),
            .detail = is_loop ? arena_printf(arena, "%d", hops)
                              : arena_printf(arena, "%d: %s", hops, walk_url(walk, last)),
            .key = is_loop ? "loop" : ""};
        walk_note(walk, question, id, &example);
    }
    walk_close(
        question,
        walk_number(walk, "SELECT count(*) FROM urls WHERE is_own AND redirect > 0"));
    return row == 0;
}

/* ---- far and unlinked ---- */

static bool orphans_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_ORPHANS);
    int64_t total = 0;
    int row;
    if (!index_query(walk->index,
                     "SELECT u.id, u.url FROM urls u JOIN pages p USING (id) WHERE u.is_own"
                     " AND u.in_sitemap AND " SQL_FINE " AND NOT p.flags & 4 ORDER BY u.id",
                     &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        int64_t id = sqlite3_column_int64(statement, 0);
        total++;
        if (!is_id(walk, id) || walk->depth[id] >= 0)
            continue;
        AUTO(arena_auto) Arena *arena = arena_create();
        walk_note(walk, question, id,
                  &(SiteExample){.url = index_text(arena, statement, 1)});
    }
    if (!walk->report->sitemap_urls || !walk->is_whole) {
        question->count = 0;
        question->example_count = question->tally_count = 0;
        question->outcome = walk->is_whole ? FINDING_NOT_APPLICABLE : FINDING_CANNOT_TELL;
        question->reason = walk->is_whole ? "the shop has no sitemap to compare with"
                                          : "not every page was looked at";
        return row == 0;
    }
    walk_close(question, total);
    return row == 0;
}

static bool depth_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_DEPTH);
    int64_t total = 0;
    int row;
    const char *sql =
        arena_printf(walk->arena,
                     "SELECT u.id, u.url FROM urls u JOIN pages p USING (id)"
                     " WHERE " SQL_FINE " AND p.kind IN (%d, %d) ORDER BY u.id",
                     PAGE_PRODUCT, PAGE_CATEGORY);
    if (!index_query(walk->index, sql, &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        int64_t id = sqlite3_column_int64(statement, 0);
        if (!is_id(walk, id) || walk->depth[id] < 0)
            continue;
        total++;
        if (walk->depth[id] <= DEPTH_MOST)
            continue;
        AUTO(arena_auto) Arena *arena = arena_create();
        walk_note(walk, question, id,
                  &(SiteExample){.url = index_text(arena, statement, 1),
                                 .detail = arena_printf(arena, "%d", walk->depth[id]),
                                 .key = "clicks"});
    }
    walk_close(question, total);
    return row == 0;
}

bool site_links(SiteWalk *walk, Error *err)
{
    return depths_find(walk, err) && broken_find(walk, err) && anchors_find(walk, err) &&
           redirects_find(walk, err) && orphans_find(walk, err) && depth_find(walk, err);
}
