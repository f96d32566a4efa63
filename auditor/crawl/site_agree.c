/* site_agree.c - do hreflang, canonical and sitemap say what the pages say? Layer: crawl.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "crawl/site_inside.h"

/* What a page named by another is. */
typedef struct Target {
    const char *key; /* what is wrong: dead, redirect, noindex, elsewhere; NULL fine */
    const char *url;
    bool is_known; /* it was fetched */
    bool is_own;
    Str alternates;
} Target;

/* ?1 the id. */
static const char target_sql[] =
    "SELECT u.url, u.is_own, u.state, u.status, u.redirect, u.error, coalesce(p.flags, 0),"
    " coalesce(p.canonical, 0), coalesce(p.alternates, '') FROM urls u LEFT JOIN pages p"
    " USING (id) WHERE u.id = ?";

static bool is_shut(int status)
{
    return status == 401 || status == 403 || status == 429;
}

static Target target_of(SiteWalk *walk, sqlite3_stmt *statement, Arena *arena, int64_t id)
{
    Target target = {0};
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, id);
    if (index_row(walk->index, statement, NULL) <= 0)
        return target;
    int status = sqlite3_column_int(statement, 3);
    int64_t flags = sqlite3_column_int64(statement, 6);
    int64_t canonical = sqlite3_column_int64(statement, 7);
    int length = sqlite3_column_bytes(statement, 8);
    target.url = index_text(arena, statement, 0);
    target.is_own = sqlite3_column_int(statement, 1) != 0;
    target.is_known = sqlite3_column_int(statement, 2) == URL_DONE && !is_shut(status);
    target.alternates =
        arena_str(arena, str_from(sqlite3_column_blob(statement, 8), (size_t)length));
    if (!target.is_known)
        return target;
    if (status >= 400 || !status)
        target.key = "dead";
    else if (sqlite3_column_int64(statement, 4))
        target.key = "redirect";
    else if (flags & FLAG_NOINDEX)
        target.key = "noindex";
    else if (canonical && canonical != id)
        target.key = "elsewhere";
    return target;
}

/* ---- hreflang ---- */

/* BCP 47 in short: two or three letters, maybe a script or region; or x-default. */
static bool is_language(const char *lang)
{
    Str rest = str_of(lang), part;
    bool is_first = true;
    if (str_equal_nocase(rest, STR("x-default")))
        return true;
    while (str_next(&rest, '-', &part)) {
        size_t letters = 0;
        for (size_t i = 0; i < part.length; i++)
            letters += (part.data[i] | 32) >= 'a' && (part.data[i] | 32) <= 'z';
        if (is_first ? letters != part.length || letters < 2 || letters > 3
                     : part.length < 2 || part.length > 8)
            return false;
        is_first = false;
    }
    /* A country that is often taken for a language. */
    return !str_equal_nocase(str_of(lang), STR("uk-gb")) && !is_first;
}

static bool names(Str alternates, int64_t id)
{
    WireReader reader = {.rest = alternates};
    while (!str_is_empty(reader.rest)) {
        wire_str(&reader);
        if ((int64_t)wire_number(&reader) == id)
            return true;
    }
    return false;
}

typedef struct Alternate {
    int64_t page;
    const char *url;
} Alternate;

static void alternate_check(SiteWalk *walk, sqlite3_stmt *targets, const Alternate *of,
                            const char *lang, int64_t id)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SiteQuestion *question = walk_question(walk, TOPIC_HREFLANG);
    Target target = target_of(walk, targets, arena, id);
    const char *key = NULL;
    if (!is_language(lang))
        key = "language";
    else if (!target.is_known)
        return;
    else if (target.key && strcmp(target.key, "elsewhere") != 0)
        key = target.key;
    else if (id != of->page && target.is_own && !names(target.alternates, of->page))
        key = "no-return";
    if (!key)
        return;
    SiteExample example = {
        .url = target.url ? target.url : "", .source = of->url, .detail = lang, .key = key};
    walk_note(walk, question, of->page, &example);
}

static bool hreflang_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    AUTO(index_end) sqlite3_stmt *targets = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_HREFLANG);
    int64_t total = 0;
    int row;
    if (!index_query(walk->index,
                     "SELECT p.id, u.url, p.alternates FROM pages p JOIN urls u USING (id)"
                     " WHERE length(p.alternates) > 0 AND " SQL_FINE
                     " AND (p.canonical = 0 OR p.canonical = p.id) ORDER BY p.id",
                     &statement, err) ||
        !index_query(walk->index, target_sql, &targets, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Alternate of = {sqlite3_column_int64(statement, 0),
                        index_text(arena, statement, 1)};
        WireReader reader = {
            .rest = arena_str(arena, str_from(sqlite3_column_blob(statement, 2),
                                              (size_t)sqlite3_column_bytes(statement, 2)))};
        while (!str_is_empty(reader.rest)) {
            const char *lang = wire_text(&reader, arena);
            int64_t id = (int64_t)wire_number(&reader);
            total++;
            if (!reader.is_broken)
                alternate_check(walk, targets, &of, lang, id);
        }
    }
    walk_close(question, total);
    if (!total)
        question->reason = "no page names another language";
    return row == 0;
}

/* ---- canonical ---- */

static bool canonical_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    AUTO(index_end) sqlite3_stmt *targets = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_CANONICAL);
    int row;
    if (!index_query(walk->index,
                     "SELECT p.id, u.url, p.canonical FROM pages p JOIN urls u USING (id)"
                     " WHERE p.canonical > 0 AND p.canonical <> p.id AND " SQL_FINE
                     " ORDER BY p.id",
                     &statement, err) ||
        !index_query(walk->index, target_sql, &targets, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Target target = target_of(walk, targets, arena, sqlite3_column_int64(statement, 2));
        const char *key = target.url && !target.is_own ? "foreign" : target.key;
        if (!key)
            continue;
        SiteExample example = {
            .url = index_text(arena, statement, 1), .detail = target.url, .key = key};
        walk_note(walk, question, sqlite3_column_int64(statement, 0), &example);
    }
    walk_close(question,
               walk_number(walk, "SELECT count(*) FROM pages WHERE canonical > 0"));
    if (!question->total)
        question->reason = "no page names a canonical address";
    return row == 0;
}

/* ---- sitemap ---- */

static bool sitemap_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_SITEMAP);
    int row;
    if (!index_query(
            walk->index,
            "SELECT u.id, u.url, u.status, CASE WHEN u.state = 3 THEN 'robots' WHEN"
            " u.status >= 400 OR u.status = 0 THEN 'dead' WHEN u.redirect > 0 THEN"
            " 'redirect' WHEN p.flags & 4 THEN 'noindex' ELSE 'elsewhere' END FROM"
            " urls u LEFT JOIN pages p USING (id) WHERE u.in_sitemap AND ((u.state ="
            " 3 AND u.why = 1) OR (u.state = 2 AND (u.redirect > 0 OR u.status >="
            " 400 OR u.status = 0 OR p.flags & 4 OR (p.canonical > 0 AND p.canonical"
            " <> p.id)))) ORDER BY u.id",
            &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        static const char *const keys[] = {"robots", "dead", "redirect", "noindex",
                                           "elsewhere"};
        AUTO(arena_auto) Arena *arena = arena_create();
        const char *found = index_text(arena, statement, 3);
        SiteExample example = {.url = index_text(arena, statement, 1)};
        for (size_t i = 0; i < COUNT_OF(keys); i++)
            if (strcmp(keys[i], found) == 0)
                example.key = keys[i];
        walk_note(walk, question, sqlite3_column_int64(statement, 0), &example);
    }
    walk_close(question,
               walk_number(walk, "SELECT count(*) FROM urls WHERE in_sitemap AND (state = 2"
                                 " OR (state = 3 AND why = 1))"));
    if (!question->total)
        question->reason = "the shop has no sitemap to compare with";
    return row == 0;
}

/* Products and lists that are meant to be found and stand in no sitemap. */
#define SQL_LISTED                                                                         \
    "FROM pages p JOIN urls u USING (id) WHERE p.kind IN (2, 4) AND " SQL_FINE             \
    " AND NOT p.flags & 6 AND (p.canonical = 0 OR p.canonical = p.id) AND"                 \
    " instr(u.url, '?') = 0"

static bool missing_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_SITEMAP_MISSING);
    int row = 0;
    if (!walk->report->sitemap_urls) {
        question->outcome = FINDING_NOT_APPLICABLE;
        question->reason = "the shop has no sitemap to compare with";
        return true;
    }
    if (!index_query(walk->index,
                     "SELECT p.id, u.url " SQL_LISTED " AND NOT u.in_sitemap ORDER BY p.id",
                     &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *arena = arena_create();
        walk_note(walk, question, sqlite3_column_int64(statement, 0),
                  &(SiteExample){.url = index_text(arena, statement, 1)});
    }
    walk_close(question, walk_number(walk, "SELECT count(*) " SQL_LISTED));
    return row == 0;
}

bool site_agreement(SiteWalk *walk, Error *err)
{
    return hreflang_find(walk, err) && canonical_find(walk, err) &&
           sitemap_find(walk, err) && missing_find(walk, err);
}
