/* site_texts.c - pages that say the same, lists without goods, insecure parts, menus that
 * differ. Layer: crawl. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "crawl/site_inside.h"

enum { MENU_PAGES_LEAST = 3 };

#define MENU_SHARE_LEAST 0.6

/* Pages that stand for themselves: found, readable, meant to be found, not another's copy.
 */
#define SQL_OWN_PAGE                                                                       \
    SQL_FINE " AND u.is_own AND p.flags & 1 AND NOT p.flags & 6 AND (p.canonical = 0 OR"   \
             " p.canonical = p.id)"

/* Views of one list (sorted, filtered, another page of it) differ in their query alone. */
static bool is_same_list(const char *a, const char *b)
{
    size_t left = strcspn(a, "?"), right = strcspn(b, "?");
    return left == right && strncmp(a, b, left) == 0 && (a[left] == '?' || b[right] == '?');
}

/* column: what must differ; rows of the same are neighbours. */
static bool same_find(SiteWalk *walk, SiteTopic topic, const char *column,
                      const char *where, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteQuestion *question = walk_question(walk, topic);
    const char *sql = arena_printf(
        walk->arena,
        "SELECT p.id, u.url, p.%s, p.lang, p.title, p.kind FROM pages p JOIN urls u USING"
        " (id) WHERE %s AND " SQL_OWN_PAGE " ORDER BY p.%s, p.lang, p.id",
        column, where, column);
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *first = "", *first_text = "", *first_lang = "";
    int64_t total = 0;
    int row;
    if (!index_query(walk->index, sql, &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *scratch = arena_create();
        const char *url = index_text(scratch, statement, 1);
        const char *text = index_text(scratch, statement, 2);
        const char *lang = index_text(scratch, statement, 3);
        total++;
        if (strcmp(text, first_text) != 0 || strcmp(lang, first_lang) != 0) {
            /* A new group: what was kept of the last is let go. */
            arena_release(arena);
            arena = arena_create();
            first = arena_text(arena, url);
            first_text = arena_text(arena, text);
            first_lang = arena_text(arena, lang);
            continue;
        }
        if (is_same_list(first, url))
            continue;
        SiteExample example = {
            .url = url,
            .source = first,
            .detail = topic == TOPIC_CONTENTS ? index_text(scratch, statement, 4) : text};
        walk_note(walk, question, sqlite3_column_int64(statement, 0), &example);
    }
    walk_close(question, total < 2 ? 0 : total);
    return row == 0;
}

/* Rows of a query (id, url, detail) are all faults. */
static bool rows_note(SiteWalk *walk, SiteQuestion *question, const char *sql,
                      const char *key, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    int row;
    if (!index_query(walk->index, sql, &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *arena = arena_create();
        SiteExample example = {.url = index_text(arena, statement, 1),
                               .detail = index_text(arena, statement, 2),
                               .key = key};
        walk_note(walk, question, sqlite3_column_int64(statement, 0), &example);
    }
    return row == 0;
}

static bool lists_find(SiteWalk *walk, Error *err)
{
    SiteQuestion *question = walk_question(walk, TOPIC_EMPTY_LISTS);
    const char *sql = arena_printf(
        walk->arena,
        "SELECT p.id, u.url, p.title FROM pages p JOIN urls u USING (id) WHERE p.kind = %d"
        " AND p.flags & 16 AND " SQL_FINE " ORDER BY p.id",
        PAGE_CATEGORY);
    if (!rows_note(walk, question, sql, "", err))
        return false;
    walk_close(
        question,
        walk_number(walk, arena_printf(walk->arena,
                                       "SELECT count(*) FROM pages p JOIN urls u USING"
                                       " (id) WHERE p.kind = %d AND " SQL_FINE,
                                       PAGE_CATEGORY)));
    return true;
}

static bool mixed_find(SiteWalk *walk, Error *err)
{
    SiteQuestion *question = walk_question(walk, TOPIC_MIXED);
    if (!rows_note(walk, question,
                   "SELECT p.id, u.url, p.mixed_example FROM pages p JOIN urls u USING (id)"
                   " WHERE p.mixed > 0 ORDER BY p.id",
                   "", err))
        return false;
    walk_close(question, walk_number(walk, "SELECT count(*) FROM pages p JOIN urls u USING"
                                           " (id) WHERE u.url LIKE 'https:%'"));
    if (!question->total)
        question->reason = "no page is served over https";
    return true;
}

/* The menu that most pages of a language have. Checkouts leave it out on purpose. */
#define SQL_MENU                                                                           \
    "FROM pages p JOIN urls u USING (id) WHERE " SQL_FINE " AND p.flags & 1 AND NOT"       \
    " p.flags & 2 AND p.menu <> 0 AND p.kind IN (1, 2, 3, 4, 8, 9, 10)"

static bool menu_find(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteQuestion *question = walk_question(walk, TOPIC_MENU);
    int64_t total = 0;
    int row;
    if (!index_query(walk->index,
                     "SELECT lang, menu, n, sum(n) OVER (PARTITION BY lang) FROM (SELECT"
                     " p.lang, p.menu, count(*) AS n " SQL_MENU " GROUP BY 1, 2)"
                     " ORDER BY lang, n DESC",
                     &statement, err))
        return false;
    const char *last = NULL;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        const char *lang = index_text(walk->arena, statement, 0);
        int64_t pages = sqlite3_column_int64(statement, 2);
        int64_t all = sqlite3_column_int64(statement, 3);
        if (last && strcmp(last, lang) == 0)
            continue;
        last = lang;
        if (all < MENU_PAGES_LEAST || (double)pages < MENU_SHARE_LEAST * (double)all)
            continue;
        total += all;
        AUTO(buf_release) Buf quoted = {0};
        buf_init(&quoted, 1024);
        for (const char *c = lang; *c; c++)
            buf_printf(&quoted, *c == '\'' ? "''" : "%c", *c);
        const char *sql = arena_printf(
            walk->arena,
            "SELECT p.id, u.url, '' " SQL_MENU " AND p.lang = '%s' AND p.menu <> %lld"
            " ORDER BY p.id",
            buf_text(&quoted), (long long)sqlite3_column_int64(statement, 1));
        if (!rows_note(walk, question, sql, "", err))
            return false;
    }
    walk_close(question, total);
    if (!total) {
        question->outcome = FINDING_CANNOT_TELL;
        question->reason = "no menu is the same on most pages";
    }
    return row == 0;
}

bool site_texts(SiteWalk *walk, Error *err)
{
    return same_find(walk, TOPIC_TITLES, "title", "p.title <> ''", err) &&
           same_find(walk, TOPIC_DESCRIPTIONS, "description", "p.description <> ''", err) &&
           same_find(walk, TOPIC_CONTENTS, "content", "p.content <> 0", err) &&
           lists_find(walk, err) && mixed_find(walk, err) && menu_find(walk, err);
}
