/* budget.c - budgets read in our own form, and judged. Layer: score.
 *
 * SPDX-License-Identifier: MIT */
#include "score/budget.h"

#include <math.h>
#include <string.h>

#include "base/stats.h"
#include "score/budget_inside.h"

enum { FILE_LIMIT = 1 << 20 };

static const char *const efforts[] = {"pages", "clicks", "fields", "human_ms",
                                      "machine_ms"};

void budget_row_add(BudgetIn *in, const BudgetRow *row)
{
    ARENA_PUSH(in->arena, in->budget->rows, in->budget->count, in->budget->capacity, *row);
}

static bool metric_read(BudgetIn *in, const Json *json, BudgetRow *row, Error *err)
{
    const char *names[METRIC_COUNT + COUNT_OF(efforts)];
    int count = 0;
    if (!json_need_text(in->file, json, "metric", &row->name, err))
        return false;
    row->metric = metric_of(row->name);
    for (int m = 0; m < METRIC_COUNT; m++)
        names[count++] = metric_info((Metric)m)->name;
    for (size_t e = 0; e < COUNT_OF(efforts); e++) {
        if (strcmp(efforts[e], row->name) == 0)
            row->effort = efforts[e];
        names[count++] = efforts[e];
    }
    if (row->metric < METRIC_COUNT || row->effort)
        return true;
    json_error(in->file, json_get(json, "metric"), err, "unknown metric '%s'", row->name);
    const char *near = error_did_you_mean(row->name, names, count);
    return error_hint(err, "%s%s",
                      near ? "did you mean " : "'mystery list metrics' has them",
                      near ? near : "");
}

static bool page_read(BudgetIn *in, const Json *json, BudgetRow *row, Error *err)
{
    const Json *page = json_get(json, "page");
    const char *names[PAGE_KIND_COUNT];
    row->page = PAGE_KIND_COUNT;
    if (!page)
        return true;
    row->page = page_kind_of(json_text(page, ""));
    for (int k = 0; k < PAGE_KIND_COUNT; k++)
        names[k] = page_kind_name((PageKind)k);
    if (strcmp(page_kind_name(row->page), json_text(page, "")) == 0)
        return true;
    json_error(in->file, page, err, "unknown kind of page '%s'", json_text(page, ""));
    const char *near = error_did_you_mean(json_text(page, ""), names, PAGE_KIND_COUNT);
    return near ? error_hint(err, "did you mean '%s'?", near) : false;
}

static const char *optional(BudgetIn *in, const Json *json, const char *key)
{
    return arena_text(in->arena, json_text(json_get(json, key), NULL));
}

static bool row_read(BudgetIn *in, const Json *json, Error *err)
{
    static const char *const keys[] = {"page", "step",   "journey", "path",
                                       "max",  "metric", "note"};
    BudgetRow row = {.page = PAGE_KIND_COUNT};
    if (json_type(json) != JSON_OBJECT)
        return json_error(in->file, json, err, "a line of a budget is an object");
    if (!json_only_keys(in->file, json, keys, COUNT_OF(keys), err) ||
        !page_read(in, json, &row, err) || !metric_read(in, json, &row, err) ||
        !json_need_number(in->file, json, "max", &row.most, err))
        return false;
    row.name = arena_text(in->arena, row.name);
    row.step = optional(in, json, "step");
    row.journey = optional(in, json, "journey");
    row.path = optional(in, json, "path");
    if (row.effort && (row.page != PAGE_KIND_COUNT || row.step || row.path))
        return json_error(in->file, json, err,
                          "'%s' is of a whole journey, not of a page or step", row.name);
    budget_row_add(in, &row);
    return true;
}

bool budget_load(Arena *arena, const char *path, Budget *budget, Error *err)
{
    JsonFile file;
    BudgetIn in = {arena, &file, budget};
    *budget = (Budget){.file = arena_text(arena, path)};
    if (!json_load(arena, path, FILE_LIMIT, &file, err))
        return false;
    const Json *rows = json_get(file.root, "budget");
    if (json_type(file.root) == JSON_ARRAY)
        return budget_read_lighthouse(&in, err);
    if (rows && json_type(rows) == JSON_OBJECT)
        return budget_read_sitespeed(&in, rows, err);
    if (!rows || json_type(rows) != JSON_ARRAY) {
        json_error(&file, file.root, err, "no budget of ours, Lighthouse's or sitespeed's");
        return error_hint(err, "{\"budget\": [{\"page\": \"product\", \"metric\": "
                               "\"ttfb_ms\", \"max\": 800}]}");
    }
    for (const Json *i = json_first(rows); i; i = json_next(i))
        if (!row_read(&in, i, err))
            return false;
    return true;
}

/* robots.txt's own pattern: '*' any run, '$' at the end only there. */
static bool path_fits(const char *pattern, const char *path)
{
    const char *star = NULL, *from = NULL;
    while (*path) {
        if (*pattern == '*') {
            star = ++pattern;
            from = path;
        } else if (*pattern == *path) {
            pattern++;
            path++;
        } else if (!*pattern) {
            return true;
        } else if (star) {
            pattern = star;
            path = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern || strcmp(pattern, "$") == 0;
}

static bool step_fits(const char *wanted, const char *step)
{
    Str name = str_of(step);
    if (str_starts_with(name, STR("mystery/")))
        name = str_slice(name, strlen("mystery/"), SIZE_MAX);
    return str_equal_text(name, wanted) || strcmp(step, wanted) == 0;
}

static bool page_fits(const BudgetRow *row, const SnapPage *page, const SnapVisit *visit)
{
    return snap_visit_counts(visit) && !isnan(page->metrics[row->metric]) &&
           (row->page == PAGE_KIND_COUNT || row->page == page->kind) &&
           (!row->step || step_fits(row->step, page->step)) &&
           (!row->journey || strcmp(row->journey, visit->scenario) == 0) &&
           (!row->path || path_fits(row->path, page->path));
}

static bool same_place(const Snapshot *s, const SnapPage *a, const SnapPage *b)
{
    const SnapVisit *one = &s->visits[a->visit], *other = &s->visits[b->visit];
    return a->kind == b->kind && a->stage == b->stage && strcmp(a->step, b->step) == 0 &&
           strcmp(one->scenario, other->scenario) == 0 &&
           strcmp(one->persona, other->persona) == 0 &&
           strcmp(one->engine, other->engine) == 0;
}

static void worst_take(BudgetResult *result, double value, const SnapPage *page,
                       const char *journey)
{
    if (!isnan(result->value) && !(value > result->value))
        return;
    result->value = value;
    result->journey = journey;
    result->page = page ? page->kind : PAGE_KIND_COUNT;
    result->stage = page ? page->stage : STAGE_NONE;
    result->step = page ? page->step : "";
}

static void pages_judge(Arena *arena, const Snapshot *s, BudgetResult *result)
{
    double *values = ARENA_ARRAY(arena, s->page_count, double);
    bool *is_done = ARENA_ARRAY(arena, s->page_count, bool);
    for (size_t p = 0; p < s->page_count; p++) {
        const SnapPage *page = &s->pages[p];
        size_t count = 0;
        if (is_done[p] || !page_fits(result->row, page, &s->visits[page->visit]))
            continue;
        for (size_t q = p; q < s->page_count; q++) {
            const SnapPage *other = &s->pages[q];
            if (!same_place(s, page, other) ||
                !page_fits(result->row, other, &s->visits[other->visit]))
                continue;
            is_done[q] = true;
            values[count++] = other->metrics[result->row->metric];
        }
        stats_sort(values, count);
        worst_take(result, stats_median(values, count), page,
                   s->visits[page->visit].scenario);
    }
}

static double sum_of(const SnapVisit *visit, const char *effort)
{
    const double values[] = {visit->pages, visit->clicks, visit->fields, visit->human_ms,
                             visit->machine_ms};
    size_t i = 0;
    while (strcmp(efforts[i], effort) != 0)
        i++;
    return values[i];
}

static void journeys_judge(Arena *arena, const Snapshot *s, BudgetResult *result)
{
    const BudgetRow *row = result->row;
    double *values = ARENA_ARRAY(arena, s->visit_count, double);
    for (size_t v = 0; v < s->visit_count; v++) {
        const SnapVisit *visit = &s->visits[v];
        size_t count = 0;
        if (row->journey && strcmp(row->journey, visit->scenario) != 0)
            continue;
        for (size_t w = 0; w < s->visit_count; w++) {
            const SnapVisit *other = &s->visits[w];
            if (snap_visit_counts(other) && strcmp(other->scenario, visit->scenario) == 0 &&
                strcmp(other->persona, visit->persona) == 0 &&
                strcmp(other->engine, visit->engine) == 0 &&
                !isnan(sum_of(other, row->effort)))
                values[count++] = sum_of(other, row->effort);
        }
        stats_sort(values, count);
        if (count)
            worst_take(result, stats_median(values, count), NULL, visit->scenario);
    }
}

BudgetResult budget_judge(const BudgetRow *row, const Snapshot *snapshot)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    BudgetResult result = {.row = row, .value = NAN, .page = row->page, .step = ""};
    result.journey = row->journey ? row->journey : "";
    if (row->is_foreign)
        return result;
    if (row->effort)
        journeys_judge(arena, snapshot, &result);
    else
        pages_judge(arena, snapshot, &result);
    return result;
}
