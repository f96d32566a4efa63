/* selftest.c - A against A. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/selftest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/keep.h"
#include "audit/run.h"
#include "base/json.h"
#include "base/proc.h"
#include "demo/demo.h"
#include "report/compare.h"
#include "report/locale.h"
#include "score/compare.h"

enum { READY_BYTES = 16 };

static const double RATE_MOST = 0.08;
static const double ALARMS_MOST = 0.05;

/* The demo shop in a child, its port told through a pipe. */
typedef struct Shop {
    int pipe[2];
    Proc slot[1];
    ProcPool pool;
} Shop;

static void port_tell(void *context, int port)
{
    const Shop *shop = context;
    char text[READY_BYTES] = {0};
    for (int i = READY_BYTES - 2; i >= 0; i--, port /= 10)
        text[i] = (char)('0' + port % 10);
    if (write(shop->pipe[1], text, READY_BYTES) != READY_BYTES)
        return;
}

static int shop_serve(void *context)
{
    DemoOptions options;
    Clock clock;
    Error err = {0};
    clock_init(&clock);
    demo_options_init(&options);
    options.ready = port_tell;
    options.ready_context = context;
    return demo_serve(&options, &clock, &err) ? 0 : 1;
}

static bool shop_open(const AuditPlan *plan, Shop *shop, const char **site, Error *err)
{
    char text[READY_BYTES] = {0};
    long long port = 0;
    if (pipe(shop->pipe) != 0)
        return error_set(err, ERROR_FAILED, NULL, "no pipe for the demo shop");
    shop->pool = (ProcPool){shop->slot, 1};
    if (!proc_start(&shop->pool, 0, shop_serve, shop, 0, err))
        return false;
    close(shop->pipe[1]);
    bool is_told = read(shop->pipe[0], text, READY_BYTES) == READY_BYTES;
    close(shop->pipe[0]);
    if (!is_told || !str_to_int(str_from(text, READY_BYTES - 1), &port))
        return error_set(err, ERROR_FAILED, NULL, "the demo shop did not start");
    *site = arena_printf(plan->arena, "http://127.0.0.1:%lld/", port);
    return true;
}

static void shop_close(Shop *shop)
{
    if (shop->pool.width)
        proc_kill_all(&shop->pool);
}

/* One visit with its pages into one side of a split. */
static void visit_copy(Arena *arena, const Snapshot *from, size_t visit, Snapshot *to)
{
    ARENA_PUSH(arena, to->visits, to->visit_count, to->visit_capacity, from->visits[visit]);
    for (size_t p = 0; p < from->page_count; p++) {
        SnapPage page = from->pages[p];
        if (page.visit != visit)
            continue;
        page.visit = to->visit_count - 1;
        ARENA_PUSH(arena, to->pages, to->page_count, to->page_capacity, page);
    }
}

/* One side of a split: the visits of a pool that fell to it. */
static void side_make(Arena *arena, const Snapshot *const *pool, const int *sides, int side,
                      Snapshot *made)
{
    size_t at = 0;
    *made = *pool[0];
    made->visits = NULL;
    made->pages = NULL;
    made->visit_count = made->visit_capacity = made->page_count = made->page_capacity = 0;
    made->finding_count = made->price_count = 0;
    for (int s = 0; s < 2; s++)
        for (size_t v = 0; v < pool[s]->visit_count; v++)
            if (sides[at++] == side)
                visit_copy(arena, pool[s], v, made);
}

/* Half of each journey's visits to either side, at random. */
static void split(const Snapshot *const *pool, Clock *dice, int *sides)
{
    size_t first = pool[0]->visit_count, all = first + pool[1]->visit_count;
    /* Visit i of A and visit i of B were made one after the other: a coin for each pair. */
    for (size_t i = 0; i < first && first + i < all; i++) {
        sides[i] = (int)clock_random(dice, 2);
        sides[first + i] = 1 - sides[i];
    }
}

static SelftestPage *page_of(const AuditPlan *plan, SelftestResult *result,
                             const ComparedTime *time)
{
    const char *name = snap_page_name(plan->arena, time->kind, time->stage);
    for (size_t i = 0; i < result->count; i++)
        if (strcmp(result->pages[i].page, name) == 0)
            return &result->pages[i];
    if (result->count == SELFTEST_PAGES)
        return NULL;
    SelftestPage *page = &result->pages[result->count++];
    *page = (SelftestPage){.page = name,
                           .metric = metric_info(time->change.metric)->name,
                           .median = time->change.before,
                           .noise = time->change.sigma,
                           .detectable = time->change.detectable,
                           .limit = time->change.limit - 1};
    return page;
}

static void comparison_count(const AuditPlan *plan, const Comparison *c,
                             SelftestResult *result, size_t *significant, size_t *tests)
{
    bool is_alarm = false;
    for (size_t i = 0; i < c->time_count; i++) {
        const Change *change = &c->times[i].change;
        if (!c->times[i].is_primary || change->is_too_few)
            continue;
        SelftestPage *page = page_of(plan, result, &c->times[i]);
        bool is_significant = change->p < 0.05;
        (*tests)++;
        *significant += is_significant;
        if (page)
            page->significant += is_significant;
        if (page && change->word == CHANGE_WORSE)
            page->worse++;
        is_alarm |= change->word == CHANGE_WORSE;
    }
    result->alarms += is_alarm;
    result->splits++;
}

static void splits_run(const AuditPlan *plan, const Snapshot *const *pool,
                       SelftestResult *result)
{
    const CompareDesign design = {.is_interleaved = true, .session_sd = NAN};
    size_t significant = 0, tests = 0;
    Clock dice;
    clock_init_fixed(&dice, 0, 1);
    int *sides = ARENA_ARRAY(plan->arena, pool[0]->visit_count + pool[1]->visit_count, int);
    for (int i = 0; i < SELFTEST_SPLITS; i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Snapshot before, after;
        Comparison comparison;
        split(pool, &dice, sides);
        side_make(arena, pool, sides, 0, &before);
        side_make(arena, pool, sides, 1, &after);
        compare_snapshots(arena, &before, &after, &design, &comparison);
        comparison_count(plan, &comparison, result, &significant, &tests);
    }
    result->rate = tests ? (double)significant / (double)tests : NAN;
}

static void result_judge(const AuditPlan *plan, SelftestResult *result)
{
    double alarms = result->splits ? (double)result->alarms / result->splits : NAN;
    result->status = AUDIT_PASSED;
    if (isnan(result->rate)) {
        result->status = AUDIT_INCONCLUSIVE;
        result->reason = "no kind of page was measured often enough";
    } else if (result->rate > RATE_MOST || alarms > ALARMS_MOST) {
        result->status = AUDIT_FAILED;
        result->reason = arena_printf(
            plan->arena, "false alarms: %d of %d splits would have failed a gate",
            result->alarms, result->splits);
    }
}

static bool visits_compare(const AuditPlan *plan, const char *site, const char *folder,
                           SelftestResult *result, Error *err)
{
    AuditPlan plans[2] = {*plan, *plan};
    AuditResult audits[2];
    Snapshot sides[2];
    const Snapshot *const pool[] = {&sides[0], &sides[1]};
    for (int side = 0; side < 2; side++) {
        plans[side].site = site;
        plans[side].output = arena_printf(plan->arena, "%s/%s", folder, side ? "b" : "a");
        plans[side].store = "none";
        plans[side].crawl = 0;
        plans[side].formats = (TextList){0};
        text_list_add(plan->arena, &plans[side].formats, "json");
        if (!plan->scenarios.count)
            text_list_add(plan->arena, &plans[side].scenarios, "buy");
    }
    if (!audit_run_pair(plans, audits, err))
        return false;
    for (int side = 0; side < 2; side++)
        snapshot_take(plan->arena, audits[side].audit, &sides[side]);
    result->visits = (size_t)plan->visits;
    splits_run(plan, pool, result);
    result_judge(plan, result);
    return true;
}

bool selftest_run(const AuditPlan *plan, const char *site, SelftestResult *result,
                  Error *err)
{
    Shop shop = {0};
    AuditPlan own = *plan;
    const char *folder = plan->output ? plan->output : "mystery-report/selftest";
    *result = (SelftestResult){.calibration_us = keep_calibrate(plan->clock)};
    if (!site) {
        own.is_human_pace = false;
        if (!shop_open(plan, &shop, &site, err))
            return false;
    }
    bool is_run = visits_compare(&own, site, folder, result, err);
    shop_close(&shop);
    return is_run;
}

static void tell_json(const SelftestResult *result, Buf *out)
{
    JsonWriter json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_put_text(&json, "schema", "mystery-selftest/1");
    json_put_text(&json, "status", audit_status_name(result->status));
    json_put_integer(&json, "visits", (int64_t)result->visits);
    json_put_integer(&json, "splits", result->splits);
    json_put_integer(&json, "gate_alarms", result->alarms);
    json_put_number(&json, "significant_share", result->rate);
    json_put_number(&json, "calibration_ms", (double)result->calibration_us / 1000);
    json_write_key(&json, "pages");
    json_write_array(&json);
    for (size_t i = 0; i < result->count; i++) {
        const SelftestPage *page = &result->pages[i];
        json_write_object(&json);
        json_put_text(&json, "page", page->page);
        json_put_text(&json, "metric", page->metric);
        json_put_number(&json, "median", page->median);
        json_put_number(&json, "noise", page->noise);
        json_put_number(&json, "detectable_share", page->detectable);
        json_put_number(&json, "limit_share", page->limit);
        json_put_integer(&json, "significant", page->significant);
        json_put_integer(&json, "worse", page->worse);
        json_write_end(&json);
    }
    json_write_end(&json);
    json_write_end(&json);
    buf_add_byte(out, '\n');
}

static const char *share(const Locale *locale, Arena *arena, double value)
{
    return isnan(value) ? "?" : locale_percent(locale, arena, value, 1);
}

bool selftest_tell(const AuditPlan *plan, const SelftestResult *result, bool is_json,
                   Buf *out, Error *err)
{
    Catalogue catalogue;
    Locale *locale = NULL;
    Arena *arena = plan->arena;
    if (is_json) {
        tell_json(result, out);
        return buf_check(out, "the self-test", err);
    }
    catalogue_folders(arena, plan->data_folders, &catalogue);
    if (!locale_load(arena, catalogue.report_folders, plan->language, &locale, err))
        return false;
    for (size_t i = 0; i < result->count; i++) {
        const SelftestPage *page = &result->pages[i];
        buf_printf(out, "%s\n",
                   locale_line(
                       locale, arena, "selftest.page",
                       LOCALE_ARGS({"page", say_page(locale, arena, page->page)},
                                   {"median", locale_duration(locale, arena, page->median)},
                                   {"noise", share(locale, arena, page->noise)},
                                   {"found", share(locale, arena, page->detectable)},
                                   {"limit", share(locale, arena, page->limit)})));
    }
    buf_printf(
        out, "%s\n",
        locale_line(locale, arena, "selftest.rate",
                    LOCALE_ARGS({"splits", arena_printf(arena, "%d", result->splits)},
                                {"rate", share(locale, arena, result->rate)},
                                {"alarms", arena_printf(arena, "%d", result->alarms)},
                                {"visits", arena_printf(arena, "%zu", result->visits)})));
    return buf_check(out, "the self-test", err);
}
