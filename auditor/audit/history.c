/* history.c - rows and medians become series; series are told. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/history.h"

#include <math.h>
#include <string.h>

#include "audit/keep.h"
#include "base/out.h"
#include "base/url.h"
#include "report/history.h"
#include "score/trend.h"

enum { IMPORT_LIMIT = 1 << 30 };

const char *history_host(const AuditPlan *plan, const char *site)
{
    Url url;
    if (!url_from_user(plan->arena, site, &url, NULL))
        return site;
    return url.port ? arena_printf(plan->arena, "%s_%d", url.host, url.port) : url.host;
}

/* A history that is looked into must be there. */
static bool open_needed(const AuditPlan *plan, Store **store, Error *err)
{
    if (!plan->store || strcmp(plan->store, "none") == 0) {
        error_set(err, ERROR_INPUT, "--store", "no history is kept");
        return error_hint(err, "name a file, or set HOME or XDG_STATE_HOME");
    }
    return store_open(plan->arena, plan->store, store, err);
}

static void value_add(Arena *arena, HistorySeries *series, double value, int64_t when_us)
{
    if (isnan(value))
        return;
    if (series->count == series->capacity) {
        size_t more = series->capacity ? series->capacity * 2 : 16;
        series->values = arena_grow(arena, series->values, series->capacity, more,
                                    sizeof *series->values);
        series->times =
            arena_grow(arena, series->times, series->capacity, more, sizeof *series->times);
        series->capacity = more;
    }
    series->values[series->count] = value;
    series->times[series->count++] = when_us;
}

static void series_add(Arena *arena, History *shop, HistorySeries *series)
{
    if (!series->count)
        return;
    trend_changes(series);
    ARENA_PUSH(arena, shop->series, shop->series_count, shop->series_capacity, *series);
}

static void marks_add(Arena *arena, History *shop)
{
    for (int kind = SERIES_MARK; kind < SERIES_TIME; kind++) {
        HistorySeries series = {
            .kind = (SeriesKind)kind, .page = "", .engine = "", .metric = ""};
        for (size_t i = 0; i < shop->row_count; i++) {
            const HistoryRow *row = &shop->rows[i];
            const double marks[] = {
                [SERIES_MARK] = row->score,
                [SERIES_SATISFACTION] = row->satisfaction,
                [SERIES_RECOMMENDATION] = row->recommendation,
                [SERIES_EFFORT] = row->effort,
                [SERIES_COMPLETION] = row->completion,
            };
            value_add(arena, &series, marks[kind], row->started_us);
        }
        series_add(arena, shop, &series);
    }
}

static int64_t time_of(const History *shop, int64_t audit, size_t *at)
{
    /* Both lists are in the same order. */
    while (*at < shop->row_count && shop->rows[*at].id != audit)
        (*at)++;
    return *at < shop->row_count ? shop->rows[*at].started_us : 0;
}

static bool has_series(const History *shop, const HistoryMedian *median)
{
    for (size_t i = 0; i < shop->series_count; i++)
        if (strcmp(shop->series[i].page, median->page) == 0 &&
            strcmp(shop->series[i].engine, median->engine) == 0 &&
            strcmp(shop->series[i].metric, median->metric) == 0)
            return true;
    return false;
}

static void times_add(Arena *arena, History *shop, const HistoryMedian *medians,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        HistorySeries series = {.kind = SERIES_TIME,
                                .page = medians[i].page,
                                .engine = medians[i].engine,
                                .metric = medians[i].metric};
        size_t at = 0;
        if (has_series(shop, &medians[i]))
            continue;
        for (size_t m = i; m < count; m++)
            if (strcmp(medians[m].page, series.page) == 0 &&
                strcmp(medians[m].engine, series.engine) == 0 &&
                strcmp(medians[m].metric, series.metric) == 0)
                value_add(arena, &series, medians[m].median,
                          time_of(shop, medians[m].audit, &at));
        series_add(arena, shop, &series);
    }
}

static bool shop_fill(const AuditPlan *plan, Store *store, const HistoryAsk *ask,
                      History *shop, Error *err)
{
    HistoryMedian *medians = NULL;
    size_t count = 0;
    StoreQuery query = {.host = shop->host, .newest = ask->newest};
    if (!store_list(store, plan->arena, &query, &shop->rows, &shop->row_count, err))
        return false;
    if (strcmp(ask->format, "html") != 0)
        return true;
    if (!store_medians(store, plan->arena, &query, &medians, &count, err) ||
        !store_prices(store, plan->arena, shop->host, &shop->prices, &shop->price_count,
                      err))
        return false;
    marks_add(plan->arena, shop);
    times_add(plan->arena, shop, medians, count);
    return true;
}

static bool hosts_find(const AuditPlan *plan, Store *store, const HistoryAsk *ask,
                       TextList *hosts, Error *err)
{
    HistoryRow *rows = NULL;
    size_t count = 0;
    StoreQuery query = {.host = ask->host, .newest = ask->host ? 1 : 0};
    if (!store_list(store, plan->arena, &query, &rows, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool is_known = false;
        for (size_t h = 0; h < hosts->count; h++)
            is_known |= strcmp(hosts->items[h], rows[i].host) == 0;
        if (!is_known)
            text_list_add(plan->arena, hosts, rows[i].host);
    }
    return true;
}

bool history_show(const AuditPlan *plan, const HistoryAsk *ask, Buf *out, Error *err)
{
    AUTO(keep_close) Store *store = NULL;
    TextList hosts = {0};
    Catalogue catalogue;
    if (!open_needed(plan, &store, err) || !hosts_find(plan, store, ask, &hosts, err))
        return false;
    History *shops = ARENA_ARRAY(plan->arena, hosts.count, History);
    for (size_t i = 0; i < hosts.count; i++) {
        shops[i].host = hosts.items[i];
        if (!shop_fill(plan, store, ask, &shops[i], err))
            return false;
    }
    catalogue_folders(plan->arena, plan->data_folders, &catalogue);
    ReportOptions options = {.language = plan->language,
                             .folders = catalogue.report_folders};
    if (strcmp(ask->format, "json") == 0)
        return history_json(shops, hosts.count, out, err);
    if (strcmp(ask->format, "html") == 0)
        return history_html(shops, hosts.count, &options, out, err);
    return history_text(shops, hosts.count, &options, out, err);
}

bool history_export(const AuditPlan *plan, const HistoryAsk *ask, const char *path,
                    size_t *count, Error *err)
{
    AUTO(keep_close) Store *store = NULL;
    AUTO(buf_release) Buf out = {0};
    HistoryRow *rows = NULL;
    StoreQuery query = {.host = ask->host, .newest = ask->newest};
    buf_init(&out, IMPORT_LIMIT);
    if (!open_needed(plan, &store, err) ||
        !store_list(store, plan->arena, &query, &rows, count, err))
        return false;
    for (size_t i = 0; i < *count; i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Snapshot snapshot;
        StoreQuery one = {.name = rows[i].name};
        if (!store_load(store, arena, &one, &snapshot, err))
            return false;
        if (snapshot.name)
            snapshot_write(&snapshot, false, &out);
        buf_add_byte(&out, '\n');
    }
    return buf_check(&out, "the export; take fewer audits with --keep", err) &&
           file_write(path, buf_str(&out), err);
}

static bool line_import(Store *store, const char *place, Str line, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file;
    Snapshot snapshot;
    return json_parse(arena, place, line, &file, err) &&
           snapshot_read(arena, &file, &snapshot, err) && store_save(store, &snapshot, err);
}

bool history_import(const AuditPlan *plan, const char *path, size_t *count, Error *err)
{
    AUTO(keep_close) Store *store = NULL;
    Str text, line;
    size_t number = 0;
    *count = 0;
    if (!file_read(plan->arena, path, IMPORT_LIMIT, &text, err) ||
        !open_needed(plan, &store, err))
        return false;
    while (str_next(&text, '\n', &line)) {
        Error inner = {0};
        number++;
        if (str_is_empty(str_trim(line)))
            continue;
        if (!line_import(store, path, line, &inner)) {
            const char *place = arena_printf(plan->arena, "%s:%zu", path, number);
            error_set(err, inner.code, place, "%s", inner.what);
            return inner.hint[0] ? error_hint(err, "%s", inner.hint) : false;
        }
        (*count)++;
    }
    return true;
}

bool history_prune(const AuditPlan *plan, const HistoryAsk *ask, size_t *gone, Error *err)
{
    AUTO(keep_close) Store *store = NULL;
    StoreKeep keep = {.host = ask->host, .newest = ask->keep_newest};
    if (!ask->keep_newest && !ask->keep_us) {
        error_set(err, ERROR_INPUT, NULL, "'history prune' wants to know what to keep");
        return error_hint(err, "--keep 100 (audits of each shop) or --keep 90d");
    }
    if (ask->keep_us)
        keep.since_us = clock_wall_us(plan->clock) - ask->keep_us;
    return open_needed(plan, &store, err) && store_prune(store, &keep, gone, err);
}

bool history_check(const AuditPlan *plan, size_t *count, Error *err)
{
    AUTO(keep_close) Store *store = NULL;
    return open_needed(plan, &store, err) && store_check(store, count, err);
}
