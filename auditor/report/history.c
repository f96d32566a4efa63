/* history.c - the page of trends, the list, the JSON. Layer: report.
 *
 * SPDX-License-Identifier: MIT */
#include "report/history.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/stats.h"
#include "base/units.h"
#include "report/compare.h"
#include "report/html.h"
#include "report/locale.h"
#include "report/say.h"

enum {
    DOTS_MOST = 240,
    CHART_TOP = 8,
    CHART_HEIGHT = 104,
    ROWS_MOST = 60,
    PRICES_MOST = 200
};

/* What every part needs. */
typedef struct Telling {
    Arena *arena;
    const Locale *locale;
} Telling;

static const char *word(const Telling *t, const char *key)
{
    return locale_word(t->locale, arena_printf(t->arena, "history.%s", key));
}

static const char *value_said(const Telling *t, SeriesKind kind, double value)
{
    switch (kind) {
    case SERIES_MARK: return locale_number(t->locale, t->arena, value, 0);
    case SERIES_SATISFACTION:
    case SERIES_EFFORT: return locale_number(t->locale, t->arena, value, 1);
    case SERIES_RECOMMENDATION: return locale_signed(t->locale, t->arena, value, 0);
    case SERIES_COMPLETION: return locale_percent(t->locale, t->arena, value, 0);
    case SERIES_TIME: return locale_duration(t->locale, t->arena, value);
    case SERIES_KIND_COUNT: break;
    }
    return "";
}

static const char *title_of(const Telling *t, const HistorySeries *series)
{
    static const char *const keys[SERIES_KIND_COUNT] = {
        [SERIES_MARK] = "mark",
        [SERIES_SATISFACTION] = "satisfaction",
        [SERIES_RECOMMENDATION] = "recommendation",
        [SERIES_EFFORT] = "effort",
        [SERIES_COMPLETION] = "completion",
        [SERIES_TIME] = "time",
    };
    if (series->kind != SERIES_TIME)
        return word(t, keys[series->kind]);
    Metric metric = metric_of(series->metric);
    const char *name =
        metric < METRIC_COUNT ? locale_metric(t->locale, metric) : series->metric;
    return arena_printf(t->arena, "%s · %s", say_page(t->locale, t->arena, series->page),
                        name);
}

/* Dots of a chart: all values, or medians of neighbours when there are very many. */
typedef struct Dots {
    double x[DOTS_MOST], y[DOTS_MOST];
    size_t count, each;
} Dots;

static double place_of(const HistorySeries *series, double index)
{
    return series->count > 1 ? index / (double)(series->count - 1) : 0.5;
}

static void dots_fill(Arena *arena, const HistorySeries *series, Dots *dots)
{
    double *some = ARENA_ARRAY(arena, series->count, double);
    dots->each = (series->count + DOTS_MOST - 1) / DOTS_MOST;
    dots->count = 0;
    for (size_t from = 0; from < series->count; from += dots->each) {
        size_t size =
            from + dots->each <= series->count ? dots->each : series->count - from;
        memcpy(some, series->values + from, size * sizeof *some);
        stats_sort(some, size);
        dots->x[dots->count] = place_of(series, (double)from + (double)(size - 1) / 2);
        dots->y[dots->count++] = stats_median(some, size);
    }
}

/* The range a chart shows: zero is in it for times, a mark keeps some air. */
static void range_of(const HistorySeries *series, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < series->count; i++) {
        *low = fmin(*low, series->values[i]);
        *high = fmax(*high, series->values[i]);
    }
    double air = fmax((*high - *low) * 0.1, fabs(*high) * 0.02 + 0.01);
    *low = series->kind == SERIES_TIME ? 0 : *low - air;
    *high += air;
}

static const char *percent_text(const Telling *t, double share)
{
    char text[64];
    return arena_printf(t->arena, "%s%%", number_fixed(100 * share, 2, text, sizeof text));
}

static const char *y_text(const Telling *t, double value, double low, double high)
{
    char text[64];
    double share = high > low ? (value - low) / (high - low) : 0.5;
    return arena_printf(
        t->arena, "%s",
        number_fixed(CHART_TOP + CHART_HEIGHT * (1 - share), 1, text, sizeof text));
}

static void dots_put(const Telling *t, const HistorySeries *series, Value *chart)
{
    Dots dots;
    double low = 0, high = 0;
    Value *points = value_put_list(chart, "points");
    Value *lines = value_put_list(chart, "lines");
    dots_fill(t->arena, series, &dots);
    range_of(series, &low, &high);
    for (size_t i = 0; i < dots.count; i++) {
        Value *point = value_add_object(points);
        value_put_text(point, "x", percent_text(t, dots.x[i]));
        value_put_text(point, "y", y_text(t, dots.y[i], low, high));
        if (!i)
            continue;
        Value *line = value_add_object(lines);
        value_put_text(line, "x1", percent_text(t, dots.x[i - 1]));
        value_put_text(line, "y1", y_text(t, dots.y[i - 1], low, high));
        value_put_text(line, "x2", percent_text(t, dots.x[i]));
        value_put_text(line, "y2", y_text(t, dots.y[i], low, high));
    }
    value_put_text(chart, "top", value_said(t, series->kind, high));
    value_put_text(chart, "bottom", value_said(t, series->kind, low));
    if (dots.each > 1)
        value_put_text(
            chart, "each",
            locale_line(t->locale, t->arena, "history.each",
                        LOCALE_ARGS({"n", say_int(t->arena, (int64_t)dots.each)})));
}

static void changes_put(const Telling *t, const HistorySeries *series, Value *chart)
{
    Value *list = value_put_list(chart, "changes");
    for (size_t i = 0; i < series->change_count; i++) {
        const ChangePoint *change = &series->changes[i];
        Value *one = value_add_object(list);
        double from = place_of(series, (double)change->low - 0.5);
        double to = place_of(series, (double)change->high + 0.5);
        from = fmax(0, from);
        to = fmin(1, to);
        value_put_text(one, "x",
                       percent_text(t, place_of(series, (double)change->at - 0.5)));
        value_put_text(one, "from", percent_text(t, from));
        value_put_text(one, "width", percent_text(t, to - from));
        value_put_text(
            one, "text",
            locale_line(
                t->locale, t->arena, "history.change",
                LOCALE_ARGS(
                    {"when", locale_date(t->locale, t->arena, series->times[change->at])},
                    {"low", locale_date(t->locale, t->arena, series->times[change->low])},
                    {"high", locale_date(t->locale, t->arena, series->times[change->high])},
                    {"before", value_said(t, series->kind, change->before)},
                    {"after", value_said(t, series->kind, change->after)})));
    }
    value_put_bool(chart, "has_changes", series->change_count > 0);
}

static void series_put(const Telling *t, const HistorySeries *series, Value *charts)
{
    Value *chart = value_add_object(charts);
    value_put_text(chart, "title", title_of(t, series));
    value_put_bool(chart, "is_model",
                   series->kind != SERIES_MARK && series->kind != SERIES_TIME);
    value_put_text(chart, "last",
                   value_said(t, series->kind, series->values[series->count - 1]));
    value_put_text(
        chart, "count",
        locale_line(t->locale, t->arena, "history.audits",
                    LOCALE_ARGS({"n", say_int(t->arena, (int64_t)series->count)})));
    value_put_text(chart, "since", locale_date(t->locale, t->arena, series->times[0]));
    value_put_text(chart, "until",
                   locale_date(t->locale, t->arena, series->times[series->count - 1]));
    dots_put(t, series, chart);
    changes_put(t, series, chart);
}

static const char *status_said(const Telling *t, AuditStatus status)
{
    return word(t, arena_printf(t->arena, "status.%s", audit_status_name(status)));
}

static void rows_put(const Telling *t, const History *shop, Value *object)
{
    Value *list = value_put_list(object, "rows");
    size_t from = shop->row_count > ROWS_MOST ? shop->row_count - ROWS_MOST : 0;
    for (size_t i = shop->row_count; i-- > from;) {
        const HistoryRow *row = &shop->rows[i];
        Value *one = value_add_object(list);
        value_put_text(one, "when",
                       arena_printf(t->arena, "%s %s",
                                    locale_date(t->locale, t->arena, row->started_us),
                                    locale_time(t->locale, t->arena, row->started_us)));
        value_put_text(one, "mark", value_said(t, SERIES_MARK, row->score));
        value_put_text(one, "satisfaction",
                       value_said(t, SERIES_SATISFACTION, row->satisfaction));
        value_put_text(one, "recommendation",
                       isnan(row->recommendation)
                           ? locale_number(t->locale, t->arena, NAN, 0)
                           : value_said(t, SERIES_RECOMMENDATION, row->recommendation));
        value_put_text(one, "effort", value_said(t, SERIES_EFFORT, row->effort));
        value_put_text(one, "completion",
                       isnan(row->completion)
                           ? locale_number(t->locale, t->arena, NAN, 0)
                           : value_said(t, SERIES_COMPLETION, row->completion));
        value_put_text(one, "status", status_said(t, row->status));
        value_put_text(one, "grid", row->grid);
        value_put_text(one, "name", row->name);
    }
}

static void prices_put(const Telling *t, const History *shop, Value *object)
{
    Value *list = value_put_list(object, "prices");
    for (size_t i = 0; i < shop->price_count && i < PRICES_MOST; i++) {
        const SnapPrice *price = &shop->prices[i];
        Value *one = value_add_object(list);
        const char *money = arena_printf(t->arena, "%s %s", price->currency,
                                         say_number(t->arena, price->price));
        value_put_text(one, "name", price->name);
        value_put_text(one, "path", price->path);
        value_put_text(one, "price", locale_money(t->locale, t->arena, money));
        value_put_text(one, "when", locale_date(t->locale, t->arena, price->seen_us));
        if (!isnan(price->former))
            value_put_text(one, "former",
                           locale_money(t->locale, t->arena,
                                        arena_printf(t->arena, "%s %s", price->currency,
                                                     say_number(t->arena, price->former))));
    }
    value_put_bool(object, "has_prices", shop->price_count > 0);
}

static const char *places_of(const Telling *t, const History *shop)
{
    const char *first = shop->row_count ? shop->rows[0].place : "";
    for (size_t i = 1; i < shop->row_count; i++)
        if (strcmp(shop->rows[i].place, first) != 0)
            return word(t, "places");
    return NULL;
}

static void shop_put(const Telling *t, const History *shop, Value *shops)
{
    Value *object = value_add_object(shops);
    value_put_text(object, "host", shop->host);
    value_put_text(
        object, "lede",
        locale_line(t->locale, t->arena, "history.lede",
                    LOCALE_ARGS({"n", say_int(t->arena, (int64_t)shop->row_count)})));
    value_put_text(object, "places", places_of(t, shop));
    Value *charts = value_put_list(object, "charts");
    for (size_t i = 0; i < shop->series_count; i++)
        if (shop->series[i].count)
            series_put(t, &shop->series[i], charts);
    rows_put(t, shop, object);
    prices_put(t, shop, object);
}

bool history_html(const History *shops, size_t count, const ReportOptions *options,
                  Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RenderShelf shelf = {arena, options->folders, "html"};
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    Telling t = {arena, locale};
    Value *root = html_root(arena, locale, "history.");
    value_put_text(root, "title", word(&t, "title"));
    Value *list = value_put_list(root, "shops");
    for (size_t i = 0; i < count; i++)
        shop_put(&t, &shops[i], list);
    return html_page(&shelf, "history.mustache", root, out, err);
}

static void cell(Buf *out, const char *text, size_t width)
{
    size_t size = str_rune_count(str_of(text));
    for (; size < width; size++)
        buf_add_byte(out, ' ');
    escape_terminal(out, str_of(text));
    buf_add_text(out, "  ");
}

bool history_text(const History *shops, size_t count, const ReportOptions *options,
                  Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    Telling t = {arena, locale};
    for (size_t i = 0; i < count; i++) {
        escape_terminal(out, str_of(shops[i].host));
        buf_add_byte(out, '\n');
        cell(out, word(&t, "when"), 17);
        cell(out, word(&t, "mark-short"), 6);
        cell(out, word(&t, "satisfaction-short"), 7);
        cell(out, word(&t, "recommendation-short"), 6);
        cell(out, word(&t, "effort-short"), 6);
        cell(out, word(&t, "completion-short"), 7);
        buf_printf(out, "%s\n", word(&t, "status"));
        for (size_t r = 0; r < shops[i].row_count; r++) {
            const HistoryRow *row = &shops[i].rows[r];
            char when[32];
            clock_iso8601(row->started_us, when, sizeof when);
            when[10] = ' ';
            cell(out, arena_printf(arena, "%.16s", when), 17);
            cell(out, isnan(row->score) ? "?" : locale_number(locale, arena, row->score, 0),
                 6);
            cell(out,
                 isnan(row->satisfaction)
                     ? "?"
                     : locale_number(locale, arena, row->satisfaction, 1),
                 7);
            cell(out,
                 isnan(row->recommendation)
                     ? "?"
                     : locale_signed(locale, arena, row->recommendation, 0),
                 6);
            cell(out,
                 isnan(row->effort) ? "?" : locale_number(locale, arena, row->effort, 1),
                 6);
            cell(out,
                 isnan(row->completion) ? "?"
                                        : locale_percent(locale, arena, row->completion, 0),
                 7);
            buf_printf(out, "%s  %s\n", status_said(&t, row->status), row->name);
        }
    }
    if (!count)
        buf_printf(out, "%s\n", word(&t, "empty"));
    return buf_check(out, "the history", err);
}

static void row_json(JsonWriter *json, const HistoryRow *row)
{
    char when[32];
    clock_iso8601(row->started_us, when, sizeof when);
    json_write_object(json);
    json_put_text(json, "name", row->name);
    json_put_text(json, "site", row->site);
    json_put_text(json, "host", row->host);
    json_put_text(json, "started", when);
    json_put_text(json, "status", audit_status_name(row->status));
    json_put_bool(json, "partial", row->is_partial);
    json_put_number(json, "score", row->score);
    json_put_number(json, "confidence", row->confidence);
    json_put_number(json, "satisfaction", row->satisfaction);
    json_put_number(json, "recommendation", row->recommendation);
    json_put_number(json, "effort", row->effort);
    json_put_number(json, "completion", row->completion);
    json_put_integer(json, "visits", row->visits);
    json_put_text(json, "engines", row->engines);
    json_put_text(json, "place", row->place);
    json_put_text(json, "grid", row->grid);
    json_put_text(json, "tool", row->tool_version);
    json_put_number(json, "calibration_ms",
                    row->calibration_us > 0 ? (double)row->calibration_us / 1000 : NAN);
    json_write_end(json);
}

bool history_json(const History *shops, size_t count, Buf *out, Error *err)
{
    JsonWriter json;
    json_writer_init(&json, out, true);
    json_write_array(&json);
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < shops[i].row_count; r++)
            row_json(&json, &shops[i].rows[r]);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the history", err);
}
