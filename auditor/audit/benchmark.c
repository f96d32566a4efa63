/* benchmark.c - the story of a benchmark: blocks, judgement, league, report. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/benchmark.h"

#include <math.h>
#include <string.h>

#include "audit/run.h"
#include "audit/visits.h"
#include "base/out.h"
#include "base/units.h"
#include "base/url.h"
#include "model/audit_json.h"
#include "report/benchmark.h"
#include "score/league.h"

enum {
    BLOCKS_MOST = 1000,
    OUTPUT_LIMIT = 64 << 20,
    SECOND_US = 1000000,
    PAUSE_LEAST_US = 2 * SECOND_US,
    PAUSE_MORE_US = 8 * SECOND_US,
};

/* A shop on its way. */
typedef struct Contender {
    AuditPlan plan;
    VisitJobs jobs;
    const char *site, *folder, *failure;
} Contender;

typedef struct Running {
    const AuditPlan *plan;
    Panel panel;
    TextList scenarios, personas; /* of the panel */
    const char *engine;           /* of the panel; NULL */
    Catalogue catalogue;
    const char *folder;
    Contender *contenders;
    size_t blocks, done, all;
    const char *site; /* being visited, for progress */
    int64_t end_us;
    bool is_over;
    Benchmark *benchmark;
} Running;

/* ---- preparing ---- */

static const char *host_of(Arena *arena, const char *site)
{
    Url url;
    if (!url_parse(arena, str_of(site), NULL, &url, NULL))
        return site;
    return url.port ? arena_printf(arena, "%s:%d", url.host, url.port) : url.host;
}

static const char *folder_name(Arena *arena, size_t number, const char *host)
{
    char *name = arena_printf(arena, "shops/%02zu-%s", number + 1, host);
    for (char *c = name + strlen("shops/"); *c; c++)
        if (*c == ':' || *c == '/')
            *c = '_';
    return name;
}

/* The same journeys for every shop: what the command says wins over the panel. */
static AuditPlan plan_of(const Running *run, const char *site, const char *folder)
{
    AuditPlan plan = *run->plan;
    plan.site = site;
    plan.output = path_join(run->plan->arena, run->folder, folder);
    plan.visits = (int)run->blocks;
    plan.crawl = 0;
    plan.min_score = NAN;
    plan.budget = plan.baseline = NULL;
    plan.store = NULL;
    plan.jobs = 1;
    plan.formats = (TextList){0};
    text_list_add(plan.arena, &plan.formats, "html");
    text_list_add(plan.arena, &plan.formats, "json");
    if (!plan.scenarios.count)
        plan.scenarios = run->scenarios;
    if (!plan.scenarios.count)
        text_list_add(plan.arena, &plan.scenarios, "buy");
    if (!plan.personas.count)
        plan.personas = run->personas;
    if (run->engine && strcmp(run->plan->engine, "auto") == 0)
        plan.engine = run->engine;
    return plan;
}

static bool contender_make(Running *run, size_t s, Error *err)
{
    Contender *contender = &run->contenders[s];
    const PanelShop *shop = &run->panel.shops[s];
    Arena *arena = run->plan->arena;
    if (shop->audit)
        return true;
    contender->site = shop->url;
    contender->folder = folder_name(arena, s, host_of(arena, shop->url));
    contender->plan = plan_of(run, shop->url, contender->folder);
    return visit_jobs_make(&contender->plan, &run->catalogue, contender->plan.output,
                           &contender->jobs, err) &&
           folder_make(path_join(arena, contender->plan.output, "visits"), err) &&
           (!contender->jobs.has_browser ||
            folder_make(path_join(arena, contender->plan.output, "screenshots"), err));
}

/* Options of the panel that a benchmark knows; all shops are walked alike. */
static bool option_take(Running *run, const PanelOption *option, Error *err)
{
    static const char *const known[] = {"scenario", "persona", "engine", "visits"};
    const char *value = option->value ? option->value : "";
    int64_t blocks = 0;
    if (strcmp(option->name, "scenario") == 0) {
        text_list_add(run->plan->arena, &run->scenarios, value);
    } else if (strcmp(option->name, "persona") == 0) {
        text_list_add(run->plan->arena, &run->personas, value);
    } else if (strcmp(option->name, "engine") == 0) {
        run->engine = value;
    } else if (strcmp(option->name, "visits") != 0) {
        error_set(err, ERROR_INPUT, NULL, "a benchmark does not take '%s' from its panel",
                  option->name);
        const char *near = error_did_you_mean(option->name, known, COUNT_OF(known));
        return near ? error_hint(err, "did you mean '%s'?", near)
                    : error_hint(err,
                                 "scenario, persona, engine and visits; the rest stands "
                                 "on the command line");
    } else if (!integer_parse(value, 1, BLOCKS_MOST, &blocks, err)) {
        return false;
    } else {
        run->blocks = (size_t)blocks;
    }
    return true;
}

static bool panel_take(Running *run, const char *path, Error *err)
{
    const Panel *panel = &run->panel;
    run->blocks = BENCHMARK_BLOCKS_USUAL;
    if (panel->shop_count < 2) {
        error_set(err, ERROR_INPUT, path, "a panel needs two shops at least");
        return error_hint(err, "one URL a line, or {\"shops\": [{\"url\": ...}, ...]}");
    }
    if (panel->shop_count > BENCHMARK_SHOPS_MOST)
        return error_set(err, ERROR_INPUT, path, "a benchmark has at most %d shops",
                         (int)BENCHMARK_SHOPS_MOST);
    for (size_t s = 0; s < panel->shop_count; s++)
        if (panel->shops[s].option_count != panel->shared_count) {
            error_set(err, ERROR_INPUT, path, "'%s' has options of its own",
                      panel->shops[s].url);
            return error_hint(err,
                              "a benchmark walks all shops alike: 'options' of the panel");
        }
    for (size_t i = 0; i < panel->shared_count; i++) {
        Error fault = {0};
        if (option_take(run, &panel->shops[0].options[i], &fault))
            continue;
        error_set(err, ERROR_INPUT, path, "%s", fault.what);
        return error_hint(err, "%s", fault.hint);
    }
    return true;
}

static bool running_open(Running *run, const char *path, Error *err)
{
    const AuditPlan *plan = run->plan;
    if (!panel_load(plan->arena, path, &run->panel, err) || !panel_take(run, path, err) ||
        !catalogue_open(plan, &run->catalogue, err))
        return false;
    if (plan->visits)
        run->blocks = (size_t)plan->visits;
    bool is_stdout = plan->output && strcmp(plan->output, "-") == 0;
    run->folder = plan->output && !is_stdout ? plan->output : "mystery-report/benchmark";
    run->contenders = ARENA_ARRAY(plan->arena, run->panel.shop_count, Contender);
    for (size_t s = 0; s < run->panel.shop_count; s++) {
        if (!contender_make(run, s, err))
            return false;
        run->all += run->contenders[s].jobs.count;
    }
    if (plan->time_limit_us)
        run->end_us = clock_now_us(plan->clock) + plan->time_limit_us;
    return folder_make(run->folder, err);
}

/* ---- blocks ---- */

static void count_on(void *context, const AuditEvent *event)
{
    const Running *run = context;
    plan_tell(run->plan, run->site, run->done + 1, run->all, event);
}

/* One visit; a shop whose visit cannot even be begun is out, the others go on. */
static void visit_make(Running *run, Contender *contender, size_t at)
{
    AuditPlan single = contender->plan;
    VisitJobs one = contender->jobs;
    Error trouble = {0};
    one.items = &contender->jobs.items[at];
    one.count = one.capacity = 1;
    one.is_out_of_time = false;
    run->site = host_of(run->plan->arena, contender->site);
    single.progress = count_on;
    single.progress_context = run;
    if (run->end_us)
        single.time_limit_us = run->end_us - clock_now_us(single.clock);
    if (run->end_us && single.time_limit_us < SECOND_US) {
        run->is_over = true;
        return;
    }
    if (single.is_human_pace && run->done)
        clock_sleep_us(single.clock,
                       PAUSE_LEAST_US + (int64_t)clock_random(single.clock, PAUSE_MORE_US));
    if (!visit_jobs_run(&single, &run->catalogue, contender->site, &one, &trouble))
        contender->failure = arena_text(run->plan->arena, trouble.what);
    run->is_over |= one.is_out_of_time;
}

/* Journeys of a block: one after the other, each over all shops, so that the same journey
 * of two shops is minutes apart. A reference beside a browser's visits belongs to block 1.
 */
static void block_walk(Running *run, size_t block, const size_t *order)
{
    size_t most = 0;
    for (size_t s = 0; s < run->panel.shop_count; s++)
        most = run->contenders[s].jobs.count > most ? run->contenders[s].jobs.count : most;
    for (size_t at = 0; at < most; at++)
        for (size_t i = 0; i < run->panel.shop_count && !run->is_over; i++) {
            Contender *contender = &run->contenders[order[i]];
            if (at >= contender->jobs.count || contender->failure ||
                (size_t)contender->jobs.items[at].number != block)
                continue;
            if (!path_is_file(contender->jobs.items[at].path))
                visit_make(run, contender, at);
            run->done++;
        }
}

/* Fisher and Yates, from the panel's seed and the block's number: a resumed benchmark draws
 * the same order. */
static void order_draw(const Running *run, size_t block, size_t *order)
{
    Clock dice;
    clock_init_fixed(&dice, 0, run->benchmark->seed + block);
    for (size_t i = 0; i < run->panel.shop_count; i++)
        order[i] = i;
    for (size_t i = run->panel.shop_count; i > 1; i--) {
        size_t j = (size_t)clock_random(&dice, i), kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

static void blocks_walk(Running *run)
{
    size_t *order = ARENA_ARRAY(run->plan->arena, run->panel.shop_count, size_t);
    for (size_t block = 1; block <= run->blocks && !run->is_over; block++) {
        order_draw(run, block, order);
        block_walk(run, block, order);
    }
}

/* ---- judging ---- */

/* Why a shop has no mark: what every visit says, or that little was seen. */
static const char *unseen_why(const Audit *audit)
{
    const char *reason = audit->visit_count ? audit->visits[0]->reason : NULL;
    for (size_t v = 0; v < audit->visit_count; v++) {
        const Visit *visit = audit->visits[v];
        if (visit->outcome != VISIT_ERROR && visit->outcome != VISIT_BLOCKED)
            reason = NULL;
    }
    return reason ? reason : "too little was seen for a mark";
}

static void shop_judge(Running *run, size_t s, LeagueShop *shop)
{
    Contender *contender = &run->contenders[s];
    Arena *arena = run->plan->arena;
    TextList hars = {0};
    AuditResult result = {0};
    Error trouble = {0};
    shop->folder = contender->folder;
    shop->failure = contender->failure;
    for (size_t i = 0; i < contender->jobs.count; i++)
        if (path_is_file(contender->jobs.items[i].path))
            text_list_add(arena, &hars, contender->jobs.items[i].path);
    if (!hars.count)
        shop->failure = shop->failure ? shop->failure : "no visit was made";
    else if (audit_judge(&contender->plan, hars.items, &result, &trouble))
        shop->audit = result.audit;
    else
        shop->failure = arena_text(arena, trouble.what);
    if (shop->audit && isnan(shop->audit->score))
        shop->failure = unseen_why(shop->audit);
}

static void shop_load(Running *run, LeagueShop *shop)
{
    Error trouble = {0};
    Audit *audit = NULL;
    Arena *arena = run->plan->arena;
    if (audit_read(arena, shop->panel.audit, run->catalogue.grid, &audit, &trouble))
        shop->audit = audit;
    else
        shop->failure = arena_printf(arena, "%s: %s", trouble.where, trouble.what);
    run->benchmark->is_saved = true;
}

/* Blocks that every shop with an audit has made whole. */
static size_t blocks_of(const Benchmark *benchmark, size_t planned)
{
    size_t fewest = SIZE_MAX;
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        const Audit *audit = benchmark->shops[s].audit;
        size_t most = 0;
        for (size_t v = 0; audit && v < audit->visit_count; v++) {
            const Visit *visit = audit->visits[v];
            if (visit->number > 0 && (size_t)visit->number > most)
                most = (size_t)visit->number;
        }
        if (audit && most < fewest)
            fewest = most;
    }
    return fewest == SIZE_MAX ? 0 : fewest < planned ? fewest : planned;
}

static void league_make(Running *run)
{
    Benchmark *benchmark = run->benchmark;
    Arena *arena = run->plan->arena;
    benchmark->shops = ARENA_ARRAY(arena, run->panel.shop_count, LeagueShop);
    benchmark->shop_count = run->panel.shop_count;
    for (size_t s = 0; s < run->panel.shop_count; s++) {
        LeagueShop *shop = &benchmark->shops[s];
        shop->panel = run->panel.shops[s];
        if (shop->panel.audit)
            shop_load(run, shop);
        else
            shop_judge(run, s, shop);
        shop->name = shop->panel.name   ? shop->panel.name
                     : *shop->panel.url ? host_of(arena, shop->panel.url)
                     : shop->audit      ? shop->audit->host
                                        : shop->panel.audit;
    }
    benchmark->is_partial = run->is_over;
    benchmark->block_count = blocks_of(benchmark, run->blocks);
    /* Audits of other days share no hours: their visits are drawn as if they were blocks.
     */
    league_compute(benchmark);
}

/* ---- telling ---- */

static ReportOptions options_of(const AuditPlan *plan)
{
    Catalogue catalogue;
    catalogue_folders(plan->arena, plan->data_folders, &catalogue);
    return (ReportOptions){.language = plan->language,
                           .folders = catalogue.report_folders,
                           .brand = plan->brand};
}

static bool formats_write(const Running *run, Error *err)
{
    ReportOptions options = options_of(run->plan);
    bool is_stdout = run->plan->output && strcmp(run->plan->output, "-") == 0;
    for (size_t i = 0; i < run->plan->formats.count; i++) {
        AUTO(buf_release) Buf out = {0};
        const BenchmarkFormat *format = benchmark_format(run->plan->formats.items[i]);
        buf_init(&out, OUTPUT_LIMIT);
        if (!format->write(run->benchmark, &options, &out, err) ||
            !file_write(is_stdout ? "-"
                                  : path_join(run->plan->arena, run->folder, format->file),
                        buf_str(&out), err))
            return false;
    }
    return true;
}

static bool formats_check(const AuditPlan *plan, Error *err)
{
    for (size_t i = 0; i < plan->formats.count; i++)
        if (!benchmark_format(plan->formats.items[i])) {
            error_set(err, ERROR_INPUT, "--format", "a benchmark has no format '%s'",
                      plan->formats.items[i]);
            return error_hint(err, "html, json, csv");
        }
    return true;
}

static unsigned long long seed_of(const Panel *panel)
{
    unsigned long long seed = 0;
    if (panel->seed >= 0)
        return (unsigned long long)panel->seed;
    for (size_t i = 0; i < panel->shop_count; i++)
        seed = seed * 31 + str_hash(str_of(panel->shops[i].url));
    return seed;
}

static void result_fill(const Running *run, BenchmarkResult *result)
{
    size_t marked = 0;
    for (size_t s = 0; s < run->benchmark->shop_count; s++)
        marked += isnan(run->benchmark->shops[s].score) ? 0 : 1;
    *result = (BenchmarkResult){.benchmark = run->benchmark, .folder = run->folder};
    if (run->is_over)
        result->reason = "ended before all blocks were made; the same command goes on";
    else if (marked < 2)
        result->reason = "fewer than two shops could be marked";
    result->status = result->reason ? AUDIT_INCONCLUSIVE : AUDIT_PASSED;
}

bool benchmark_run(const AuditPlan *plan, const char *panel_path, BenchmarkResult *result,
                   Error *err)
{
    Running run = {.plan = plan};
    run.benchmark = ARENA_NEW(plan->arena, Benchmark);
    if (!formats_check(plan, err) || !running_open(&run, panel_path, err))
        return false;
    *run.benchmark = (Benchmark){.arena = plan->arena,
                                 .name = run.panel.title[0] ? run.panel.title : NULL,
                                 .tool_version = MYSTERY_VERSION,
                                 .grid = run.catalogue.grid,
                                 .started_us = clock_wall_us(plan->clock),
                                 .planned = run.blocks,
                                 .seed = seed_of(&run.panel)};
    blocks_walk(&run);
    league_make(&run);
    result_fill(&run, result);
    return formats_write(&run, err);
}

bool benchmark_summary(const AuditPlan *plan, const BenchmarkResult *result, Buf *out,
                       Error *err)
{
    ReportOptions options = options_of(plan);
    return benchmark_text(result->benchmark, &options, out, err);
}
