/* site.c - the site as a whole: templates, counts, what was passed over, rules by template.
 * Layer: crawl. SPDX-License-Identifier: MIT */
#include "crawl/site.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "crawl/site_inside.h"

/* ---- notes ---- */

SiteQuestion *walk_question(SiteWalk *walk, SiteTopic topic)
{
    SiteQuestion *question = &walk->report->questions[topic];
    question->topic = topic;
    return question;
}

void walk_note(SiteWalk *walk, SiteQuestion *question, int64_t id,
               const SiteExample *example)
{
    Arena *arena = walk->report->arena;
    question->count++;
    if (id > 0 && id <= walk->last_id && walk->pattern[id])
        site_tally(walk->report, question, (size_t)walk->pattern[id] - 1, 1);
    if (question->example_count == SITE_EXAMPLES_MOST)
        return;
    SiteExample kept = {.url = arena_text(arena, example->url),
                        .source = arena_text(arena, example->source ? example->source : ""),
                        .detail = arena_text(arena, example->detail ? example->detail : ""),
                        .key = example->key ? example->key : "",
                        .places = example->places};
    ARENA_PUSH(arena, question->examples, question->example_count,
               question->example_capacity, kept);
}

void walk_close(SiteQuestion *question, int64_t total)
{
    question->total = total;
    if (question->reason && question->outcome != FINDING_PASS)
        return;
    question->outcome = question->count ? FINDING_FAIL
                        : total         ? FINDING_PASS
                                        : FINDING_NOT_APPLICABLE;
    if (!question->count && !total)
        question->reason = "there was nothing of the kind";
}

const char *walk_url(SiteWalk *walk, int64_t id)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    if (!id ||
        !index_query(walk->index, "SELECT url FROM urls WHERE id = ?", &statement, NULL))
        return "";
    sqlite3_bind_int64(statement, 1, id);
    return index_row(walk->index, statement, NULL) > 0
               ? index_text(walk->report->arena, statement, 0)
               : "";
}

int64_t walk_number(SiteWalk *walk, const char *sql)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    if (!index_query(walk->index, sql, &statement, NULL) ||
        index_row(walk->index, statement, NULL) <= 0)
        return 0;
    return sqlite3_column_int64(statement, 0);
}

/* ---- templates ---- */

static double median_of(SiteWalk *walk, const char *column, const SiteTemplate *template)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    const char *sql = arena_printf(
        walk->arena,
        "SELECT u.%s FROM pages p JOIN urls u USING (id) WHERE p.kind = ?1 AND u.shape = ?2"
        " AND u.%s >= 0 AND u.status BETWEEN 200 AND 299 ORDER BY 1 LIMIT 1 OFFSET (SELECT"
        " count(*) / 2 FROM pages p JOIN urls u USING (id) WHERE p.kind = ?1 AND u.shape ="
        " ?2 AND u.%s >= 0 AND u.status BETWEEN 200 AND 299)",
        column, column, column);
    if (!index_query(walk->index, sql, &statement, NULL))
        return NAN;
    sqlite3_bind_int64(statement, 1, template->kind);
    sqlite3_bind_int64(statement, 2, template->shape_id);
    return index_row(walk->index, statement, NULL) > 0
               ? (double)sqlite3_column_int64(statement, 0)
               : NAN;
}

enum { MEDIANS_MOST = 60 };

static bool templates_read(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteReport *report = walk->report;
    int row;
    if (!index_query(
            walk->index,
            "SELECT p.kind, u.shape, s.text, count(*), min(u.id), u.url FROM pages p"
            " JOIN urls u USING (id) JOIN shapes s ON s.id = u.shape GROUP BY 1, 2"
            " ORDER BY 4 DESC, 3, 1 LIMIT 400",
            &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        SiteTemplate template = {.kind = (PageKind)sqlite3_column_int(statement, 0),
                                 .shape_id = sqlite3_column_int64(statement, 1),
                                 .shape = index_text(report->arena, statement, 2),
                                 .pages = sqlite3_column_int64(statement, 3),
                                 .wait_ms = NAN,
                                 .bytes = NAN,
                                 .example = index_text(report->arena, statement, 5)};
        ARENA_PUSH(report->arena, report->templates, report->template_count,
                   report->template_capacity, template);
    }
    for (size_t i = 0; i < report->template_count && i < MEDIANS_MOST; i++) {
        report->templates[i].wait_ms =
            median_of(walk, "wait_us", &report->templates[i]) / 1000;
        report->templates[i].bytes = median_of(walk, "bytes", &report->templates[i]);
    }
    return row == 0;
}

/* Which template each page belongs to. */
static bool patterns_read(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    int row;
    if (!index_query(walk->index,
                     "SELECT p.id, p.kind, u.shape FROM pages p JOIN urls u USING (id)",
                     &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        int64_t id = sqlite3_column_int64(statement, 0);
        size_t at = site_template(walk->report, (PageKind)sqlite3_column_int(statement, 1),
                                  sqlite3_column_int64(statement, 2));
        if (id > 0 && id <= walk->last_id && at != SIZE_MAX)
            walk->pattern[id] = (unsigned short)(at + 1);
    }
    return row == 0;
}

/* ---- counts ---- */

static bool passed_read(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteReport *report = walk->report;
    int row;
    if (!index_query(walk->index,
                     "SELECT u.why, coalesce(s.text, ''), count(*), max(coalesce("
                     "s.passed_over, 0)), u.url, min(u.id) FROM urls u LEFT JOIN shapes s"
                     " ON s.id = u.shape WHERE u.state = 3 GROUP BY u.why, u.shape"
                     " ORDER BY 1, 3 DESC, 2 LIMIT 300",
                     &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        UrlWhy why = (UrlWhy)sqlite3_column_int(statement, 0);
        SitePassed passed = {.why = url_why_name(why),
                             .shape = index_text(report->arena, statement, 1),
                             .count = sqlite3_column_int64(statement, 2),
                             .example = index_text(report->arena, statement, 4)};
        /* Of very many, only some were kept as rows. */
        int64_t all = sqlite3_column_int64(statement, 3);
        if ((why == WHY_VARIANT || why == WHY_SAMPLED || why == WHY_TRAP) &&
            passed.count > 900 && all > passed.count)
            passed.count = all;
        ARENA_PUSH(report->arena, report->passed, report->passed_count,
                   report->passed_capacity, passed);
    }
    return row == 0;
}

static int64_t meta_number(SiteWalk *walk, const char *key)
{
    long long number = 0;
    return str_to_int(str_of(index_meta(walk->index, walk->arena, key)), &number) ? number
                                                                                  : 0;
}

static bool counts_read(SiteWalk *walk, Error *err)
{
    AUTO(index_end) sqlite3_stmt *statement = NULL;
    SiteReport *report = walk->report;
    IndexCounts counts;
    int row;
    if (!index_counts(walk->index, &counts, err) ||
        !index_query(walk->index,
                     "SELECT status / 100, count(*) FROM urls WHERE state = 2 AND is_own"
                     " GROUP BY 1",
                     &statement, err))
        return false;
    while ((row = index_row(walk->index, statement, err)) > 0) {
        int hundred = sqlite3_column_int(statement, 0);
        if (hundred >= 0 && hundred < (int)COUNT_OF(report->status_counts))
            report->status_counts[hundred] = sqlite3_column_int64(statement, 1);
    }
    report->fetched = counts.own_done;
    report->foreign = counts.foreign_done;
    report->pages = counts.pages;
    report->unchanged = counts.unchanged;
    report->waiting = counts.waiting;
    report->sitemaps = meta_number(walk, "sitemaps");
    report->sitemap_urls = meta_number(walk, "sitemap_urls");
    report->robots_status = (int)meta_number(walk, "robots_status");
    report->index_bytes =
        walk_number(walk, "PRAGMA page_count") * walk_number(walk, "PRAGMA page_size");
    walk->is_whole = counts.waiting == 0;
    return row == 0;
}

static void arrays_make(SiteWalk *walk)
{
    walk->last_id = walk_number(walk, "SELECT coalesce(max(id), 0) FROM urls");
    size_t count = (size_t)walk->last_id + 1;
    walk->inbound = ARENA_ARRAY(walk->arena, count, uint32_t);
    walk->depth = ARENA_ARRAY(walk->arena, count, int32_t);
    walk->broken = ARENA_ARRAY(walk->arena, count, unsigned char);
    walk->pattern = ARENA_ARRAY(walk->arena, count, unsigned short);
    for (size_t i = 0; i < count; i++)
        walk->depth[i] = -1;
}

bool site_questions(CrawlIndex *index, SiteReport *report, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SiteWalk walk = {.index = index, .report = report, .arena = arena};
    arrays_make(&walk);
    return templates_read(&walk, err) && patterns_read(&walk, err) &&
           counts_read(&walk, err) && site_links(&walk, err) && site_texts(&walk, err) &&
           site_agreement(&walk, err) && passed_read(&walk, err);
}
