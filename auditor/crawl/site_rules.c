/* site_rules.c - what the rules said of all pages, by template; rows for tables.
 * Layer: crawl. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "crawl/site_inside.h"

/* Counts of a rule in a template. */
typedef struct RuleCount {
    int64_t failed, seen;
} RuleCount;

typedef struct RuleWalk {
    CrawlIndex *index;
    SiteReport *report;
    size_t rules;
    RuleCount *counts; /* by template, then rule */
    bool *has_passed;  /* by rule */
} RuleWalk;

static void verdicts_count(RuleWalk *walk, size_t template, Str verdicts)
{
    for (size_t rule = 0; rule < walk->rules; rule++) {
        DigestVerdict verdict = digest_verdict(verdicts, rule);
        RuleCount *count = &walk->counts[template * walk->rules + rule];
        if (verdict != VERDICT_PASS && verdict != VERDICT_FAIL)
            continue;
        count->seen++;
        count->failed += verdict == VERDICT_FAIL;
        walk->has_passed[rule] |= verdict == VERDICT_PASS;
    }
}

static bool verdicts_read(RuleWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    int row;
    if (!index_query(
            walk->index,
            "SELECT p.kind, u.shape, p.verdicts FROM pages p JOIN urls u USING (id)",
            &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        size_t at = site_template(walk->report, (PageKind)sqlite3_column_int(statement, 0),
                                  sqlite3_column_int64(statement, 1));
        int length = sqlite3_column_bytes(statement, 2);
        if (at != SIZE_MAX)
            verdicts_count(walk, at,
                           str_from(sqlite3_column_blob(statement, 2), (size_t)length));
    }
    return row == 0;
}

static bool examples_read(RuleWalk *walk, SiteRule *rule, size_t number, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    const SiteTemplate *template = &walk->report->templates[rule->template_index];
    Arena *arena = walk->report->arena;
    int row;
    if (!index_query(
            walk->index,
            "SELECT u.url, e.text, e.selector, e.snippet FROM examples e JOIN urls u"
            " ON u.id = e.url WHERE e.rule = ? AND e.kind = ? AND e.shape = ?"
            " ORDER BY e.url LIMIT 5",
            &statement, err))
        return false;
    sqlite3_bind_int64(statement, 1, (int64_t)number);
    sqlite3_bind_int64(statement, 2, template->kind);
    sqlite3_bind_int64(statement, 3, template->shape_id);
    while ((row = index_row(walk->index, statement, err)) > 0) {
        const char *text = index_text(arena, statement, 1);
        const char *selector = index_text(arena, statement, 2);
        const char *snippet = index_text(arena, statement, 3);
        SiteExample example = {.url = index_text(arena, statement, 0),
                               .source = selector,
                               .detail = *snippet ? snippet : text,
                               .key = ""};
        ARENA_PUSH(arena, rule->examples, rule->example_count, rule->example_capacity,
                   example);
    }
    return row == 0;
}

static int rule_compare(const void *a, const void *b)
{
    const SiteRule *left = a, *right = b;
    if (left->rule->impact != right->rule->impact)
        return left->rule->impact > right->rule->impact ? -1 : 1;
    int order = strcmp(left->rule->id, right->rule->id);
    if (order)
        return order;
    if (left->failed != right->failed)
        return left->failed > right->failed ? -1 : 1;
    return left->template_index < right->template_index ? -1 : 1;
}

static bool rules_gather(RuleWalk *walk, const bool *any_page, Error *err)
{
    SiteReport *report = walk->report;
    for (size_t t = 0; t < report->template_count; t++) {
        for (size_t r = 0; r < walk->rules; r++) {
            const RuleCount *count = &walk->counts[t * walk->rules + r];
            SiteRule rule = {
                report->grid->rules[r], t, count->failed, count->seen, NULL, 0, 0};
            if (!count->failed || (any_page[r] && walk->has_passed[r]))
                continue;
            report->templates[t].failed[rule.rule->impact]++;
            if (!examples_read(walk, &rule, r, err))
                return false;
            ARENA_PUSH(report->arena, report->rules, report->rule_count,
                       report->rule_capacity, rule);
        }
    }
    if (report->rule_count)
        qsort(report->rules, report->rule_count, sizeof *report->rules, rule_compare);
    return true;
}

bool site_rules(CrawlIndex *index, SiteReport *report, const bool *any_page, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RuleWalk walk = {.index = index, .report = report, .rules = report->grid->rule_count};
    walk.counts = ARENA_ARRAY(arena, walk.rules * (report->template_count + 1), RuleCount);
    walk.has_passed = ARENA_ARRAY(arena, walk.rules + 1, bool);
    return verdicts_read(&walk, err) && rules_gather(&walk, any_page, err);
}

/* ---- rows for tables ---- */

enum { CELLS_MOST = 16 };

static bool rows_give(CrawlIndex *index, const char *sql, SiteRowTake *take, void *context,
                      Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    int row;
    if (!index_query(index, sql, &statement, err))
        return false;
    while ((row = index_row(index, statement, err)) > 0) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const char *cells[CELLS_MOST];
        int count = sqlite3_column_count(statement);
        for (int i = 0; i < count && i < CELLS_MOST; i++)
            cells[i] = index_text(arena, statement, i);
        if (!take(context, cells, (size_t)count))
            return true;
    }
    return row == 0;
}

bool site_each_page(CrawlIndex *index, SiteRowTake *take, void *context, Error *err)
{
    return rows_give(
        index,
        "SELECT u.url, CASE WHEN u.state = 2 THEN u.status END, u.error,"
        " coalesce(p.kind, 0), coalesce(s.text, ''), u.depth, u.in_sitemap,"
        " p.title, p.description, p.lang, c.url, CASE WHEN u.wait_us >= 0 THEN"
        " u.wait_us / 1000 END, u.bytes, CASE u.state WHEN 3 THEN u.why END,"
        " CASE WHEN p.flags & 4 THEN 1 ELSE 0 END, r.url FROM urls u LEFT JOIN"
        " pages p USING (id) LEFT JOIN shapes s ON s.id = u.shape LEFT JOIN urls"
        " c ON c.id = p.canonical LEFT JOIN urls r ON r.id = u.redirect WHERE"
        " u.is_own ORDER BY u.id",
        take, context, err);
}

/* Dead addresses, a byte each by id. */
static bool dead_read(CrawlIndex *index, Arena *arena, Str *dead, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    char *marks = NULL;
    size_t count = 0;
    int row;
    if (!index_query(index, "SELECT u.id FROM urls u WHERE " SQL_DEAD " ORDER BY u.id DESC",
                     &statement, err))
        return false;
    while ((row = index_row(index, statement, err)) > 0) {
        size_t id = (size_t)sqlite3_column_int64(statement, 0);
        if (!marks) {
            count = id + 1;
            marks = arena_alloc(arena, count);
        }
        marks[id] = 1;
    }
    *dead = str_from(marks, count);
    return row == 0;
}

static bool broken_give(CrawlIndex *index, const char *page, int64_t id, SiteRowTake *take,
                        void *context)
{
    AUTO(index_end) sqlite3_stmt *target = NULL;
    AUTO(arena_auto) Arena *arena = arena_create();
    if (!index_query(index, "SELECT url, status, error FROM urls WHERE id = ?", &target,
                     NULL))
        return true;
    sqlite3_bind_int64(target, 1, id);
    if (index_row(index, target, NULL) <= 0)
        return true;
    const char *cells[] = {page, index_text(arena, target, 0), index_text(arena, target, 1),
                           index_text(arena, target, 2)};
    return take(context, cells, COUNT_OF(cells));
}

bool site_each_broken(CrawlIndex *index, SiteRowTake *take, void *context, Error *err)
{
    AUTO(index_end) sqlite3_stmt *pages = NULL;
    AUTO(arena_auto) Arena *arena = arena_create();
    Str dead = {0};
    int row = 0;
    if (!dead_read(index, arena, &dead, err) ||
        !index_query(
            index,
            "SELECT u.url, p.links FROM pages p JOIN urls u USING (id) ORDER BY p.id",
            &pages, err))
        return false;
    while (dead.length && (row = index_row(index, pages, err)) > 0) {
        const char *page = (const char *)sqlite3_column_text(pages, 0);
        int length = sqlite3_column_bytes(pages, 1);
        LinkReader links;
        link_reader_init(&links, str_from(sqlite3_column_blob(pages, 1), (size_t)length));
        while (link_reader_next(&links))
            if ((uint64_t)links.id < dead.length && dead.data[links.id] &&
                !broken_give(index, page, links.id, take, context))
                return true;
    }
    return !dead.length || row == 0;
}
