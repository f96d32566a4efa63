/* crawl.c - the story of a crawl: walk, judge, answer, tell. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/crawl.h"

#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "crawl/crawl.h"
#include "crawl/site.h"
#include "dom/html.h"
#include "report/site.h"
#include "rule/judge_page.h"
#include "scenario/load.h"

enum {
    OUTPUT_LIMIT = 256 << 20,
    SECOND_US = 1000000,
    POLITE_US = 250000, /* between two pages of a stranger's shop */
    STRANGER_CONNECTIONS = 2,
    NEAR_CONNECTIONS = 8, /* one's own shop, or this machine */
    WORKERS_MOST = 32,
    EXAMPLE_BYTES = 300,
};

/* What the children need; copied with the process. */
typedef struct Reading {
    const AuditPlan *plan;
    const Catalogue *catalogue;
    Changing changing;
    JudgeOptions options;
    bool has_rules;
} Reading;

/* A walk and all it carries. */
typedef struct Walk {
    const AuditPlan *plan;
    Catalogue catalogue;
    Reading reading;
    Url site;
    const char *folder;
    CrawlIndex *index;
    Workers *workers;
    Crawl *crawl;
    CrawlOrder order;
    CrawlEnd end;
    SiteReport *report;
    int64_t started_us;
} Walk;

/* ---- in the child: one page ---- */

typedef struct PageWork {
    const Reading *reading;
    Arena *arena;
    DigestSource source;
    Digest *digest;
    char *verdicts;
} PageWork;

static void page_look(void *context, const Document *document, Page *page)
{
    PageWork *work = context;
    digest_read(&work->source, document, page, work->digest);
}

static DigestVerdict verdict_of(FindingOutcome outcome)
{
    switch (outcome) {
    case FINDING_PASS: return VERDICT_PASS;
    case FINDING_FAIL: return VERDICT_FAIL;
    case FINDING_CANNOT_TELL: return VERDICT_CANNOT;
    case FINDING_NOT_APPLICABLE:
    case FINDING_OUTCOME_COUNT: break;
    }
    return VERDICT_NONE;
}

static const char *cut(Arena *arena, const char *text)
{
    Str all = str_of(text);
    return arena_str_text(arena, str_slice(all, 0, EXAMPLE_BYTES));
}

static void rule_told(void *context, size_t rule, const Answer *answer)
{
    PageWork *work = context;
    unsigned bits = (unsigned)verdict_of(answer->outcome);
    unsigned byte = (unsigned char)work->verdicts[rule / 4] | bits << rule % 4 * 2;
    work->verdicts[rule / 4] = (char)(unsigned char)byte;
    if (answer->outcome != FINDING_FAIL ||
        work->digest->example_count == DIGEST_EXAMPLES_MOST)
        return;
    const Evidence *evidence = answer->evidence_count ? &answer->evidence[0] : NULL;
    const char *snippet = evidence ? evidence->snippet : NULL;
    DigestExample example = {.rule = (int)rule,
                             .text = cut(work->arena, answer->text),
                             .selector =
                                 cut(work->arena, evidence ? evidence->selector : NULL),
                             .snippet = cut(work->arena, snippet    ? snippet
                                                         : evidence ? evidence->note
                                                                    : NULL)};
    ARENA_PUSH(work->arena, work->digest->examples, work->digest->example_count,
               work->digest->example_capacity, example);
}

static Visit *visit_of(Arena *arena, const CrawlPage *page)
{
    Visit *visit = visit_create(arena);
    Page *kept = visit_add_page(visit);
    Exchange *exchange = visit_add_exchange(visit);
    *exchange = *page->exchange;
    exchange->page = 0;
    visit->site = page->site;
    visit->engine = "http";
    visit->scenario_id = "crawl";
    visit->persona_id = "";
    kept->url = kept->requested = page->url;
    kept->title = kept->language = "";
    kept->status = exchange->status;
    kept->document = 0;
    kept->started_us = exchange->started_us;
    if (exchange->timings.wait_us >= 0)
        kept->metrics[METRIC_TTFB] = (double)exchange->timings.wait_us / 1000;
    if (exchange->body_bytes >= 0)
        kept->metrics[METRIC_HTML_BYTES] = (double)exchange->body_bytes;
    return visit;
}

/* Parsed only: its links and words, no rules. */
static bool page_parse(const PageWork *work, const CrawlPage *page, Page *kept, Error *err)
{
    Document *document = NULL;
    if (!html_parse(work->arena, page->exchange->body,
                    exchange_header(page->exchange, "Content-Type"), page->url, NULL,
                    &document, err))
        return false;
    digest_read(&work->source, document, kept, work->digest);
    return true;
}

/* A piece that scripts put into a page (a dialog's text, say), not a page: nobody wrote a
 * head or a body, so rules of pages would accuse it of what it is not. */
static bool is_fragment(Str body)
{
    static const char *const marks[] = {"<!doctype", "<html", "<head", "<body", "<title"};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_contains_nocase(body, str_of(marks[i])))
            return false;
    return true;
}

static void page_work(void *context, Arena *arena, const CrawlPage *page, Digest *digest)
{
    const Reading *reading = context;
    const Grid *grid = reading->catalogue->grid;
    Error trouble = {0};
    PageWork work = {.reading = reading,
                     .arena = arena,
                     .digest = digest,
                     .source = {.arena = arena,
                                .words = reading->catalogue->words,
                                .changing = &reading->changing,
                                .site = page->site,
                                .exchange = page->exchange,
                                .url = page->url}};
    Visit *visit = visit_of(arena, page);
    digest_bare(&work.source, digest);
    bool is_piece = is_fragment(page->exchange->body);
    if (!reading->has_rules || is_piece) {
        if (!page_parse(&work, page, visit->pages[0], &trouble))
            digest->failure = arena_text(arena, trouble.what);
        digest->is_html = digest->is_html && !is_piece;
        return;
    }
    size_t bytes = grid->rule_count / 4 + 1;
    work.verdicts = arena_alloc(arena, bytes);
    PageJudge judge = {.grid = grid,
                       .words = reading->catalogue->words,
                       .options = &reading->options,
                       .countries = reading->plan->countries.items,
                       .look = page_look,
                       .told = rule_told,
                       .context = &work};
    if (!judge_page(arena, &judge, visit, visit->pages[0], &trouble))
        digest->failure = arena_text(arena, trouble.what);
    digest->verdicts = str_from(work.verdicts, bytes);
}

/* ---- opening ---- */

static bool patterns_compile(Arena *arena, const TextList *list, const char *option,
                             Regex ***out, Error *err)
{
    *out = NULL;
    if (!list->count)
        return true;
    Regex **regexes = ARENA_ARRAY(arena, list->count + 1, Regex *);
    for (size_t i = 0; i < list->count; i++)
        if (!regex_compile(arena, str_of(list->items[i]), 0, option, &regexes[i], err))
            return false;
    *out = regexes;
    return true;
}

/* SIGINT and SIGTERM are held back, so that what was done is kept. */
static bool is_interrupted(void *context)
{
    sigset_t pending;
    (void)context;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1);
}

static void progress_tell(void *context, const CrawlProgress *progress)
{
    const Walk *walk = context;
    const AuditPlan *plan = walk->plan;
    double seconds = (double)progress->elapsed_us / SECOND_US;
    AuditEvent event = {.kind = EVENT_CRAWL, .visit = (size_t)progress->fetched};
    if (!plan->progress)
        return;
    event.name = seconds > 0 ? arena_printf(plan->arena, "%.0f a second",
                                            (double)progress->fetched / seconds)
                             : NULL;
    event.outcome = progress->pause;
    plan->progress(plan->progress_context, &event);
}

static const char *agent_of(Walk *walk, Error *err)
{
    Persona persona;
    const AuditPlan *plan = walk->plan;
    if (plan->net.user_agent)
        return plan->net.user_agent;
    if (!persona_find(plan->arena, walk->catalogue.persona_folders,
                      plan->personas.count ? plan->personas.items[0] : "desktop", &persona,
                      err))
        return NULL;
    const char *agent = persona.user_agent ? persona.user_agent : "Mozilla/5.0";
    return plan->is_declared
               ? arena_printf(plan->arena, "%s Mystery/" MYSTERY_VERSION, agent)
               : agent;
}

static bool order_make(Walk *walk, Error *err)
{
    const AuditPlan *plan = walk->plan;
    bool is_near = !plan->is_human_pace;
    walk->order = (CrawlOrder){
        .site = walk->site.href,
        .clock = plan->clock,
        .net = &plan->net,
        .agent = agent_of(walk, err),
        .language = "en,fr;q=0.8,*;q=0.5",
        .words = walk->catalogue.words,
        .pages_most = plan->pages ? plan->pages : CRAWL_PAGES_USUAL,
        .foreign_most = plan->foreign >= 0 ? plan->foreign : CRAWL_FOREIGN_USUAL,
        .sample = plan->sample,
        .connections = is_near ? NEAR_CONNECTIONS : STRANGER_CONNECTIONS,
        .delay_us = is_near ? 0 : POLITE_US,
        .deadline_us =
            plan->time_limit_us ? clock_now_us(plan->clock) + plan->time_limit_us : 0,
        .ignores_robots = plan->is_own_site,
        .told = progress_tell,
        .stop = is_interrupted,
        .context = walk};
    return walk->order.agent &&
           patterns_compile(plan->arena, &plan->include, "--include", &walk->order.include,
                            err) &&
           patterns_compile(plan->arena, &plan->exclude, "--exclude", &walk->order.exclude,
                            err);
}

static size_t workers_wanted(const AuditPlan *plan)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = plan->jobs > 1 ? (size_t)plan->jobs : cores > 1 ? (size_t)cores : 1;
    return count > WORKERS_MOST ? WORKERS_MOST : count;
}

static bool rules_are_wanted(const AuditPlan *plan)
{
    return !(plan->only.count == 1 && strcmp(plan->only.items[0], "none") == 0);
}

static bool folder_choose(Walk *walk, Error *err)
{
    const AuditPlan *plan = walk->plan;
    const char *host = walk->site.port ? arena_printf(plan->arena, "%s_%d", walk->site.host,
                                                      walk->site.port)
                                       : walk->site.host;
    bool is_place = plan->output && strcmp(plan->output, "-") != 0;
    walk->folder = is_place ? plan->output
                            : arena_printf(plan->arena, "mystery-report/%s/crawl", host);
    return folder_make(walk->folder, err);
}

/* A new crawl, one that goes on, or one that asks what changed. */
static bool index_ready(Walk *walk, Error *err)
{
    Arena *arena = walk->plan->arena;
    const char *path = path_join(arena, walk->folder, "site-index.db");
    if (walk->plan->is_fresh) {
        static const char *const endings[] = {"", "-wal", "-shm"};
        for (size_t i = 0; i < COUNT_OF(endings); i++)
            unlink(arena_printf(arena, "%s%s", path, endings[i]));
    }
    if (!index_open(arena, path, &walk->index, err))
        return false;
    const char *asked = index_meta(walk->index, arena, "asked");
    if (*asked && strcmp(asked, walk->site.href) != 0) {
        error_set(err, ERROR_INPUT, path, "is the index of '%s'", asked);
        return error_hint(err, "choose another folder, or --fresh");
    }
    if (strcmp(index_meta(walk->index, arena, "state"), "done") == 0 &&
        !index_restart(walk->index, err))
        return false;
    return index_meta_set(walk->index, "asked", walk->site.href, err) &&
           index_meta_set(walk->index, "state", "walking", err);
}

static bool walk_open(Walk *walk, Error *err)
{
    const AuditPlan *plan = walk->plan;
    Arena *arena = plan->arena;
    walk->started_us = clock_wall_us(plan->clock);
    if (!url_from_user(arena, plan->site, &walk->site, err) ||
        !catalogue_open(plan, &walk->catalogue, err) || !folder_choose(walk, err) ||
        !order_make(walk, err))
        return false;
    walk->reading = (Reading){
        .plan = plan,
        .catalogue = &walk->catalogue,
        .has_rules = rules_are_wanted(plan),
        .options = {.assume_public = plan->assume_public, .only = plan->only.items}};
    /* The children come first, so that they hold no descriptor of the network. */
    return changing_open(arena, walk->catalogue.words, &walk->reading.changing, err) &&
           workers_open(arena, workers_wanted(plan), page_work, &walk->reading, plan->clock,
                        &walk->workers, err) &&
           index_ready(walk, err) &&
           crawl_open(arena, &walk->order, walk->index, &walk->crawl, err);
}

/* ---- telling ---- */

static bool report_fill(Walk *walk, Error *err)
{
    const AuditPlan *plan = walk->plan;
    const Grid *grid = walk->catalogue.grid;
    SiteReport *report = ARENA_NEW(plan->arena, SiteReport);
    bool *any_page = ARENA_ARRAY(plan->arena, grid->rule_count + 1, bool);
    walk->report = report;
    report->arena = plan->arena;
    report->site = crawl_site(walk->crawl);
    report->host = walk->site.host;
    report->folder = walk->folder;
    report->tool_version = MYSTERY_VERSION;
    report->grid = grid;
    report->grid_id = grid->id;
    report->grid_version = grid->version;
    report->started_us = walk->started_us;
    report->duration_us = walk->end.duration_us;
    report->has_rules = walk->reading.has_rules;
    report->is_complete = walk->end.is_complete;
    report->is_limited = walk->end.is_limited;
    report->is_interrupted = walk->end.is_interrupted;
    for (size_t i = 0; i < grid->rule_count; i++)
        any_page[i] = judge_is_any_page(grid->rules[i]);
    return site_questions(walk->index, report, err) &&
           (!report->has_rules || site_rules(walk->index, report, any_page, err));
}

static ReportOptions options_of(const Walk *walk)
{
    return (ReportOptions){.language = walk->plan->language,
                           .folders = (const char *const *)walk->catalogue.report_folders,
                           .brand = walk->plan->brand};
}

/* Rows are written as they are read: all pages of a site are not held in memory. */
typedef struct Table {
    Buf *out;
    FILE *file;
    bool is_failed;
} Table;

static bool row_take(void *context, const char *const *cells, size_t count)
{
    Table *table = context;
    site_csv_row(table->out, cells, count);
    if (table->out->length < OUTPUT_LIMIT / 64)
        return true;
    table->is_failed = fwrite(buf_text(table->out), 1, table->out->length, table->file) !=
                       table->out->length;
    buf_clear(table->out);
    return !table->is_failed;
}

typedef bool TableRows(CrawlIndex *index, SiteRowTake *take, void *context, Error *err);

static bool table_write(const Walk *walk, const char *name, const char *head,
                        TableRows *rows, Error *err)
{
    AUTO(buf_release) Buf out = {0};
    const char *path = path_join(walk->plan->arena, walk->folder, name);
    AUTO(file_close) FILE *file = fopen(path, "wbe");
    Table table = {.out = &out, .file = file};
    if (!file)
        return error_set(err, ERROR_FAILED, path, "cannot be written");
    buf_init(&out, OUTPUT_LIMIT);
    buf_add_text(&out, head);
    if (!rows(walk->index, row_take, &table, err))
        return false;
    table.is_failed |= fwrite(buf_text(&out), 1, out.length, file) != out.length;
    return !table.is_failed || error_set(err, ERROR_FAILED, path, "cannot be written");
}

static bool tables_write(const Walk *walk, Error *err)
{
    return table_write(walk, "pages.csv", SITE_PAGES_HEAD, site_each_page, err) &&
           table_write(walk, "broken-links.csv", SITE_BROKEN_HEAD, site_each_broken, err);
}

static bool format_write(const Walk *walk, const SiteFormat *format, Error *err)
{
    AUTO(buf_release) Buf out = {0};
    ReportOptions options = options_of(walk);
    bool is_stdout = walk->plan->output && strcmp(walk->plan->output, "-") == 0;
    buf_init(&out, OUTPUT_LIMIT);
    return format->write(walk->report, &options, &out, err) &&
           file_write(is_stdout ? "-"
                                : path_join(walk->plan->arena, walk->folder, format->file),
                      buf_str(&out), err);
}

static bool formats_write(const Walk *walk, Error *err)
{
    const TextList *formats = &walk->plan->formats;
    for (size_t i = 0; i < formats->count; i++) {
        if (strcmp(formats->items[i], "csv") == 0) {
            if (!tables_write(walk, err))
                return false;
            continue;
        }
        for (const SiteFormat *format = site_formats(); format->name; format++)
            if (strcmp(format->name, formats->items[i]) == 0 &&
                !format_write(walk, format, err))
                return false;
    }
    return true;
}

static bool formats_check(const AuditPlan *plan, Error *err)
{
    for (size_t i = 0; i < plan->formats.count; i++) {
        const SiteFormat *format = site_formats();
        bool is_known = strcmp(plan->formats.items[i], "csv") == 0;
        for (; format->name && !is_known; format++)
            is_known = strcmp(format->name, plan->formats.items[i]) == 0;
        if (is_known)
            continue;
        error_set(err, ERROR_INPUT, "--format", "a crawl has no format '%s'",
                  plan->formats.items[i]);
        return error_hint(err, "html, json, csv, markdown, junit");
    }
    return true;
}

static void result_fill(const Walk *walk, CrawlResult *result)
{
    *result = (CrawlResult){.report = walk->report, .folder = walk->folder};
    if (walk->end.is_interrupted) {
        result->status = AUDIT_INCONCLUSIVE;
        result->reason = "the crawl was ended before all pages were looked at; the same "
                         "command goes on";
    } else if (!walk->report->pages) {
        result->status = AUDIT_INCONCLUSIVE;
        result->reason = walk->report->passed_count
                             ? "no page was read: robots.txt keeps crawlers out of the "
                               "first page (--own-site goes in all the same)"
                             : "no page was read: the first one is no HTML page";
    }
}

static bool walk_whole(Walk *walk, CrawlResult *result, Error *err)
{
    if (!formats_check(walk->plan, err) || !walk_open(walk, err) ||
        !crawl_run(walk->crawl, walk->workers, &walk->end, err))
        return false;
    if (walk->end.is_complete && !index_meta_set(walk->index, "state", "done", err))
        return false;
    workers_close(&walk->workers);
    if (!report_fill(walk, err) || !formats_write(walk, err))
        return false;
    result_fill(walk, result);
    return true;
}

bool crawl_site_whole(const AuditPlan *plan, CrawlResult *result, Error *err)
{
    Walk walk = {.plan = plan};
    bool is_done = walk_whole(&walk, result, err);
    workers_close(&walk.workers);
    crawl_close(&walk.crawl);
    index_close(&walk.index);
    return is_done;
}

bool crawl_summary(const AuditPlan *plan, const CrawlResult *result, Buf *out, Error *err)
{
    Catalogue catalogue;
    catalogue_folders(plan->arena, plan->data_folders, &catalogue);
    ReportOptions options = {.language = plan->language,
                             .folders = (const char *const *)catalogue.report_folders};
    return site_text(result->report, &options, out, err);
}
