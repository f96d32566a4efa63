/* view_measures.c - the person's time and the machine's, every visit as a point, and the
 * metrics page by page.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/stats.h"
#include "base/units.h"
#include "report/view_inside.h"

enum { ROWS_MOST = 60 };

/* Columns of the table, in reading order; those nobody measured are left out. */
static const Metric columns[] = {METRIC_TTFB,     METRIC_HTML,     METRIC_NETWORK_LOAD,
                                 METRIC_FCP,      METRIC_LCP,      METRIC_CLS,
                                 METRIC_TBT,      METRIC_INP,      METRIC_LOAD,
                                 METRIC_REQUESTS, METRIC_TRANSFER, METRIC_DOM_NODES};

static const char *pixels(const View *view, double value)
{
    char text[64];

    return arena_text(view->arena, number_fixed(value, 1, text, sizeof text));
}

/* The first round number of seconds at or above, for an axis with few ticks. */
static double axis_end(double ms)
{
    /* Quarters of them are round too. */
    static const double ends[] = {0.02, 0.04, 0.08, 0.2, 0.4, 0.8, 1,  2,   4,
                                  6,    8,    12,   16,  20,  40,  60, 100, 200};

    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        if (ms <= ends[i] * 1000)
            return ends[i] * 1000;
    }
    return ceil(ms / 600000) * 600000;
}

static void axis_put(const View *view, double end, Value *object)
{
    Value *ticks = value_put_list(object, "ticks");

    value_put_text(object, "scale",
                   view_line(view, "measures.scale",
                             LOCALE_ARGS({"n", locale_number(view->locale, view->arena,
                                                             end / 1000, -1)})));
    for (int i = 0; i <= 4; i++) {
        Value *tick = value_add_object(ticks);
        value_put_text(tick, "x", view_percent(view, i, 4));
        value_put_text(tick, "label",
                       locale_number(view->locale, view->arena, end / 4000 * i, -1));
        value_put_text(tick, "anchor", i == 0 ? "start" : i == 4 ? "end" : "middle");
    }
}

static double longest_effort(const Story *story)
{
    double longest = 0;

    for (size_t s = 0; s < story->step_count; s++) {
        for (size_t j = 0; j < story->journey_count; j++) {
            const StoryCell *cell = &story->steps[s].cells[j];
            double sum = (isfinite(cell->human) ? cell->human : 0) +
                         (isfinite(cell->wait) ? cell->wait : 0);
            longest = fmax(longest, sum);
        }
    }
    return longest;
}

static const char *sum_say(const View *view, double human, double wait)
{
    return arena_printf(
        view->arena, "%s + %s",
        isfinite(human) ? locale_seconds(view->locale, view->arena, human) : "?",
        isfinite(wait) ? locale_seconds(view->locale, view->arena, wait) : "?");
}

/* One row of a chart being made. */
typedef struct Strip {
    const Story *story;
    double end; /* of the axis, ms */
    Value *cells, *points;
} Strip;

static void effort_cell_put(const View *view, const Strip *strip, size_t j,
                            const StoryCell *cell)
{
    Value *shown = value_add_object(strip->cells);
    double human = isfinite(cell->human) ? cell->human : 0;

    value_put_text(shown, "device", view_device(strip->story->journeys[j]));
    value_put_text(shown, "persona",
                   say_persona(view->locale, view->arena, strip->story, j));
    value_put_text(shown, "label", sum_say(view, cell->human, cell->wait));
    value_put_text(shown, "y", pixels(view, 4 + 15 * (double)j));
    value_put_text(shown, "human", view_percent(view, human, strip->end));
    value_put_text(shown, "x", view_percent(view, human, strip->end));
    value_put_text(shown, "wait",
                   view_percent(view, isfinite(cell->wait) ? cell->wait : 0, strip->end));
}

static void efforts_put(const View *view, const Story *story, Value *shown)
{
    double end = axis_end(longest_effort(story));
    Value *rows = NULL, *totals = NULL;

    if (longest_effort(story) <= 0)
        return;
    Value *efforts = value_put_object(shown, "efforts");
    axis_put(view, end, efforts);
    value_put_text(efforts, "height",
                   say_int(view->arena, 8 + 15 * (int)story->journey_count));
    rows = value_put_list(efforts, "rows");
    for (size_t s = 0; s < story->step_count; s++) {
        Strip strip = {.story = story, .end = end};
        Value *row = NULL;
        if (story->steps[s].number == 0)
            continue;
        row = value_add_object(rows);
        value_put_text(row, "name",
                       say_story_step(view->locale, view->arena, &story->steps[s]));
        strip.cells = value_put_list(row, "cells");
        for (size_t j = 0; j < story->journey_count; j++)
            effort_cell_put(view, &strip, j, &story->steps[s].cells[j]);
    }
    totals = value_put_list(efforts, "totals");
    for (size_t j = 0; j < story->journey_count; j++) {
        Value *total = value_add_object(totals);
        value_put_text(total, "device", view_device(story->journeys[j]));
        value_put_text(total, "persona", say_persona(view->locale, view->arena, story, j));
        value_put_text(total, "label",
                       sum_say(view, story_human(story, j), story_wait(story, j)));
    }
}

static void strip_cell_put(const View *view, const Strip *strip, size_t j,
                           const StoryCell *cell)
{
    double y = 11 + 16 * (double)j;
    Value *shown = value_add_object(strip->cells);

    value_put_text(shown, "device", view_device(strip->story->journeys[j]));
    value_put_text(shown, "persona",
                   say_persona(view->locale, view->arena, strip->story, j));
    value_put_text(
        shown, "label",
        isfinite(cell->wait) ? locale_seconds(view->locale, view->arena, cell->wait) : "–");
    if (isfinite(cell->wait)) {
        value_put_text(shown, "median", view_percent(view, cell->wait, strip->end));
        value_put_text(shown, "y1", pixels(view, y - 8));
        value_put_text(shown, "y2", pixels(view, y + 8));
    }
    for (int i = 0; i < cell->wait_count; i++) {
        Value *point = value_add_object(strip->points);
        value_put_text(point, "x", view_percent(view, cell->waits[i], strip->end));
        value_put_text(point, "y", pixels(view, y));
        value_put_text(point, "y_box", pixels(view, y - 3.5));
        value_put_bool(point, "is_phone", strip->story->journeys[j]->is_phone);
    }
}

static void strips_put(const View *view, const Story *story, Value *shown)
{
    static const double limits[] = {1000, 2500, 9000};
    double end = axis_end(story->longest);
    Value *strips = NULL, *rows = NULL, *lines = NULL;

    /* A single visit is no distribution. */
    if (story->longest <= 0 || story_visits(story) < 2)
        return;
    strips = value_put_object(shown, "strips");
    axis_put(view, end, strips);
    value_put_text(strips, "height",
                   say_int(view->arena, 6 + 16 * (int)story->journey_count));
    lines = value_put_list(strips, "limits");
    for (size_t i = 0; i < COUNT_OF(limits); i++) {
        if (limits[i] <= end)
            value_put_text(value_add_object(lines), "x",
                           view_percent(view, limits[i], end));
    }
    rows = value_put_list(strips, "rows");
    for (size_t s = 0; s < story->step_count; s++) {
        Strip strip = {.story = story, .end = end};
        Value *row = NULL;
        if (story->steps[s].number == 0)
            continue;
        row = value_add_object(rows);
        value_put_text(row, "name",
                       say_story_step(view->locale, view->arena, &story->steps[s]));
        strip.cells = value_put_list(row, "cells");
        strip.points = value_put_list(row, "points");
        for (size_t j = 0; j < story->journey_count; j++)
            strip_cell_put(view, &strip, j, &story->steps[s].cells[j]);
    }
}

/* Pages that count as the same over the visits of a journey: the n-th page of a step, or
 * the same address outside of steps. */
typedef struct PageRow {
    const Page *page; /* of the first visit that has it */
    const char *step; /* NULL: none */
    int ordinal;
    double *values[METRIC_COUNT];
    size_t counts[METRIC_COUNT];
} PageRow;

typedef struct PageTable {
    PageRow *rows;
    size_t count, capacity;
    size_t visits;
} PageTable;

static const char *page_step(const Visit *visit, const Page *page)
{
    return page->step >= 0 && (size_t)page->step < visit->step_count
               ? visit->steps[page->step].id
               : NULL;
}

static PageRow *row_find(const View *view, PageTable *table, const Page *page,
                         const char *step, int ordinal)
{
    for (size_t i = 0; i < table->count; i++) {
        PageRow *row = &table->rows[i];
        bool is_same = step && row->step
                           ? strcmp(row->step, step) == 0 && row->ordinal == ordinal
                           : !step && !row->step && strcmp(row->page->url, page->url) == 0;
        if (is_same)
            return row;
    }
    ARENA_PUSH(view->arena, table->rows, table->count, table->capacity,
               ((PageRow){.page = page, .step = step, .ordinal = ordinal}));
    return &table->rows[table->count - 1];
}

static void visit_gather(const View *view, PageTable *table, const Visit *visit)
{
    const char *last = NULL;
    int ordinal = 0;

    for (size_t p = 0; p < visit->page_count; p++) {
        const Page *page = visit->pages[p];
        const char *step = page_step(visit, page);
        PageRow *row = NULL;
        ordinal = step && last && strcmp(step, last) == 0 ? ordinal + 1 : 0;
        last = step;
        row = row_find(view, table, page, step, ordinal);
        for (size_t c = 0; c < COUNT_OF(columns); c++) {
            Metric metric = columns[c];
            if (!isfinite(page->metrics[metric]))
                continue;
            if (!row->values[metric])
                row->values[metric] = ARENA_ARRAY(view->arena, table->visits, double);
            if (row->counts[metric] < table->visits)
                row->values[metric][row->counts[metric]++] = page->metrics[metric];
        }
    }
}

static const char *metric_say(const View *view, Metric metric, double value)
{
    const char *unit = metric_info(metric)->unit;

    if (strcmp(unit, "ms") == 0)
        return locale_seconds(view->locale, view->arena, value);
    if (strcmp(unit, "byte") == 0)
        return locale_number(view->locale, view->arena, value / 1e3, 0);
    return locale_number(view->locale, view->arena, value, metric == METRIC_CLS ? 2 : 0);
}

/* metric.def holds the thresholds; beyond good is half met, beyond poor is missed. */
static Moment metric_moment(Metric metric, double value)
{
    const MetricInfo *info = metric_info(metric);

    if (value > info->poor)
        return MOMENT_MISSED;
    return value > info->good ? MOMENT_PART : MOMENT_MET;
}

static void cell_put(const View *view, PageRow *row, Metric metric, Value *cells)
{
    Value *cell = value_add_object(cells);
    double value = NAN;

    if (row->counts[metric] == 0) {
        value_put_text(cell, "text", "–");
        value_put_text(cell, "word", locale_word(view->locale, "number.none"));
        return;
    }
    stats_sort(row->values[metric], row->counts[metric]);
    value = stats_median(row->values[metric], row->counts[metric]);
    value_put_text(cell, "text", metric_say(view, metric, value));
    if (metric_moment(metric, value) == MOMENT_MET)
        return;
    view_put_moment(view, cell, metric_moment(metric, value));
}

static void table_put(const View *view, PageTable *table, const bool *is_used, Value *group)
{
    Value *rows = value_put_list(group, "rows");

    for (size_t i = 0; i < table->count && i < ROWS_MOST; i++) {
        PageRow *row = &table->rows[i];
        Value *shown = value_add_object(rows);
        Value *cells = NULL;
        value_put_text(shown, "kind",
                       view_capital(view, locale_page(view->locale, row->page->kind)));
        value_put_text(shown, "path", view_path(view, row->page->url));
        cells = value_put_list(shown, "cells");
        for (size_t c = 0; c < COUNT_OF(columns); c++) {
            if (is_used[c])
                cell_put(view, row, columns[c], cells);
        }
    }
}

static void used_mark(const PageTable *table, bool *is_used)
{
    for (size_t i = 0; i < table->count; i++) {
        for (size_t c = 0; c < COUNT_OF(columns); c++)
            is_used[c] = is_used[c] || table->rows[i].counts[columns[c]] > 0;
    }
}

static Value *headers_put(const View *view, const bool *is_used, Value *section)
{
    Value *headers = value_put_list(section, "columns");

    for (size_t c = 0; c < COUNT_OF(columns); c++) {
        const MetricInfo *info = metric_info(columns[c]);
        const char *unit = NULL;
        Value *header = NULL;
        if (!is_used[c])
            continue;
        header = value_add_object(headers);
        unit = locale_find(view->locale,
                           arena_printf(view->arena, "column.unit.%s", info->unit));
        value_put_text(
            header, "name",
            locale_word(view->locale, arena_printf(view->arena, "column.%s", info->name)));
        value_put_text(header, "full", locale_metric(view->locale, columns[c]));
        value_put_text(header, "unit", unit);
    }
    return headers;
}

/* Tables of the journeys, then of the visits no journey owns. */
static size_t tables_gather(const View *view, PageTable **tables)
{
    const Audit *audit = view->audit;
    size_t count = audit->journey_count + 1;
    bool *is_owned = ARENA_ARRAY(view->arena, audit->visit_count + 1, bool);

    *tables = ARENA_ARRAY(view->arena, count, PageTable);
    for (size_t j = 0; j < audit->journey_count; j++) {
        const Journey *journey = &audit->journeys[j];
        (*tables)[j].visits = journey->visit_count + 1;
        for (size_t v = 0; v < journey->visit_count; v++) {
            is_owned[journey->visits[v]] = true;
            visit_gather(view, &(*tables)[j], audit->visits[journey->visits[v]]);
        }
    }
    (*tables)[count - 1].visits = audit->visit_count + 1;
    for (size_t v = 0; v < audit->visit_count; v++) {
        if (!is_owned[v])
            visit_gather(view, &(*tables)[count - 1], audit->visits[v]);
    }
    return count;
}

static void pages_put(const View *view, Value *section)
{
    PageTable *tables = NULL;
    size_t count = tables_gather(view, &tables);
    bool is_used[COUNT_OF(columns)] = {0};
    Value *groups = NULL, *headers = NULL;

    for (size_t i = 0; i < count; i++)
        used_mark(&tables[i], is_used);
    headers = headers_put(view, is_used, section);
    groups = value_put_list(section, "groups");
    for (size_t i = 0; i < count; i++) {
        const Journey *journey =
            i < view->audit->journey_count ? &view->audit->journeys[i] : NULL;
        Value *group = NULL;
        if (tables[i].count == 0)
            continue;
        group = value_add_object(groups);
        value_put_text(group, "title", NULL);
        value_put_text(group, "span", say_int(view->arena, (int64_t)headers->count + 1));
        if (journey) {
            const char *title =
                locale_text(view->locale, view->arena, &journey->persona_title);
            value_put_text(group, "device", view_device(journey));
            value_put_text(group, "title",
                           arena_printf(view->arena, "%s · %s",
                                        *title ? title : journey->persona_id,
                                        locale_text(view->locale, view->arena,
                                                    &journey->scenario_title)));
        }
        table_put(view, &tables[i], is_used, group);
    }
    value_put_bool(section, "has_groups", groups->count > 0);
    value_put_text(section, "caption", view_line(view, "measures.caption", NULL));
    for (size_t c = 0; c < COUNT_OF(columns); c++) {
        if (columns[c] == METRIC_NETWORK_LOAD && is_used[c])
            value_put_text(section, "network_note",
                           view_line(view, "measures.network-load", NULL));
    }
}

static const char *lede_say(const View *view)
{
    double bytes = 0;
    size_t pages = 0, requests = 0;

    for (int v = 0; v < view->visit_count; v++) {
        const Visit *visit = view->visits[v];
        pages += visit->page_count;
        for (size_t p = 0; p < visit->page_count; p++) {
            double transfer = visit->pages[p]->metrics[METRIC_TRANSFER];
            double count = visit->pages[p]->metrics[METRIC_REQUESTS];
            bytes += isfinite(transfer) ? transfer : 0;
            requests += isfinite(count) && count > 0 ? (size_t)count : 0;
        }
    }
    if (pages == 0)
        return view_line(view, "lede.measures.none", NULL);
    return view_line(view, bytes > 0 ? "lede.measures" : "lede.measures.nobytes",
                     LOCALE_ARGS({"pages", say_int(view->arena, (int64_t)pages)},
                                 {"visits", say_int(view->arena, view->visit_count)},
                                 {"requests", say_int(view->arena, (int64_t)requests)},
                                 {"bytes", say_number(view->arena, bytes)}));
}

static bool has_inserting_scripts(const Audit *audit)
{
    for (size_t v = 0; v < audit->visit_count; v++) {
        for (size_t p = 0; p < audit->visits[v]->page_count; p++) {
            if (audit->visits[v]->pages[p]->has_inserting_scripts)
                return true;
        }
    }
    return false;
}

void view_measures(View *view)
{
    Value *section = view_section(view, "measures", lede_say(view));
    Value *stories = value_put_list(section, "stories");

    for (size_t i = 0; i < view->story_count; i++) {
        const Journey *journey = view->stories[i].journeys[0];
        const char *title =
            locale_text(view->locale, view->arena, &journey->scenario_title);
        if (view_is_without_scripts(view, &view->stories[i]))
            continue;
        Value *shown = value_add_object(stories);
        value_put_text(shown, "title", *title ? title : journey->scenario_id);
        efforts_put(view, &view->stories[i], shown);
        strips_put(view, &view->stories[i], shown);
    }
    value_put_text(section, "human_note", view_line(view, "measures.human-note", NULL));
    value_put_text(section, "machine_note", view_line(view, "measures.machine-note", NULL));
    value_put_text(section, "points_note", view_line(view, "measures.points", NULL));
    pages_put(view, section);
    view_put_causes(view, section);
    if (has_inserting_scripts(view->audit))
        value_put_text(section, "inserting_note",
                       view_line(view, "measures.inserting", NULL));
}
