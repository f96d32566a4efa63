/* budget_foreign.c - budget files of Lighthouse and sitespeed.io in our metrics.
 *
 * What we do not measure is kept as a row that cannot be told, never dropped in silence.
 * Forms: web.dev "Performance budgets" (budget.json); sitespeed.io, documentation
 * "Performance budget". Layer: score. SPDX-License-Identifier: MIT */
#include <string.h>

#include "score/budget_inside.h"

/* A name of another tool, its list, and ours. METRIC_COUNT ends a table. */
typedef struct Twin {
    const char *list, *name;
    Metric metric;
    double scale;
} Twin;

static const Twin lighthouse[] = {
    {"resourceSizes", "document", METRIC_HTML_BYTES, 1024},
    {"resourceSizes", "script", METRIC_SCRIPT_BYTES, 1024},
    {"resourceSizes", "image", METRIC_IMAGE_BYTES, 1024},
    {"resourceSizes", "total", METRIC_TRANSFER, 1024},
    {"resourceCounts", "total", METRIC_REQUESTS, 1},
    {"resourceCounts", "third-party", METRIC_THIRD_PARTY, 1},
    {"timings", "first-contentful-paint", METRIC_FCP, 1},
    {"timings", "largest-contentful-paint", METRIC_LCP, 1},
    {"timings", "total-blocking-time", METRIC_TBT, 1},
    {"timings", "cumulative-layout-shift", METRIC_CLS, 1},
    {"timings", "speed-index", METRIC_SPEED_INDEX, 1},
    {NULL, NULL, METRIC_COUNT, 0},
};

static const Twin sitespeed[] = {
    {"timings", "ttfb", METRIC_TTFB, 1},
    {"timings", "firstContentfulPaint", METRIC_FCP, 1},
    {"timings", "largestContentfulPaint", METRIC_LCP, 1},
    {"timings", "SpeedIndex", METRIC_SPEED_INDEX, 1},
    {"timings", "speedIndex", METRIC_SPEED_INDEX, 1},
    {"timings", "pageLoadTime", METRIC_LOAD, 1},
    {"cpu", "totalBlockingTime", METRIC_TBT, 1},
    {"cpu", "maxPotentialFid", METRIC_LONG_TASK, 1},
    {"googleWebVitals", "ttfb", METRIC_TTFB, 1},
    {"googleWebVitals", "firstContentfulPaint", METRIC_FCP, 1},
    {"googleWebVitals", "largestContentfulPaint", METRIC_LCP, 1},
    {"googleWebVitals", "totalBlockingTime", METRIC_TBT, 1},
    {"googleWebVitals", "cumulativeLayoutShift", METRIC_CLS, 1},
    {"requests", "total", METRIC_REQUESTS, 1},
    {"transferSize", "total", METRIC_TRANSFER, 1},
    {"transferSize", "html", METRIC_HTML_BYTES, 1},
    {"transferSize", "javascript", METRIC_SCRIPT_BYTES, 1},
    {"transferSize", "image", METRIC_IMAGE_BYTES, 1},
    {"thirdParty", "requests", METRIC_THIRD_PARTY, 1},
    {NULL, NULL, METRIC_COUNT, 0},
};

static void row_take(BudgetIn *in, const Twin *table, const char *list, const char *name,
                     BudgetRow row)
{
    const Twin *twin = table;
    while (twin->list && (strcmp(twin->list, list) != 0 || strcmp(twin->name, name) != 0))
        twin++;
    row.metric = twin->metric;
    row.is_foreign = !twin->list;
    row.most *= twin->list ? twin->scale : 1;
    row.name = arena_printf(in->arena, "%s.%s", list, name);
    budget_row_add(in, &row);
}

static bool lighthouse_list(BudgetIn *in, const Json *entry, const char *list,
                            const char *path, Error *err)
{
    const char *key = strcmp(list, "timings") == 0 ? "metric" : "resourceType";
    for (const Json *i = json_first(json_get(entry, list)); i; i = json_next(i)) {
        const char *name = NULL;
        BudgetRow row = {.page = PAGE_KIND_COUNT, .path = path};
        if (!json_need_text(in->file, i, key, &name, err) ||
            !json_need_number(in->file, i, "budget", &row.most, err))
            return false;
        row_take(in, lighthouse, list, name, row);
    }
    return true;
}

bool budget_read_lighthouse(BudgetIn *in, Error *err)
{
    static const char *const keys[] = {"path", "resourceSizes", "resourceCounts", "timings",
                                       "options"};
    static const char *const lists[] = {"resourceSizes", "resourceCounts", "timings"};
    for (const Json *i = json_first(in->file->root); i; i = json_next(i)) {
        if (json_type(i) != JSON_OBJECT)
            return json_error(in->file, i, err, "an entry of a budget is an object");
        if (!json_only_keys(in->file, i, keys, COUNT_OF(keys), err))
            return false;
        const char *path = arena_text(in->arena, json_text(json_get(i, "path"), NULL));
        for (size_t l = 0; l < COUNT_OF(lists); l++)
            if (!lighthouse_list(in, i, lists[l], path, err))
                return false;
    }
    return true;
}

static bool sitespeed_list(BudgetIn *in, const Json *list, const char *path, Error *err)
{
    const char *name = json_key(list);
    for (const Json *i = json_first(list); i; i = json_next(i)) {
        BudgetRow row = {.page = PAGE_KIND_COUNT, .path = path};
        if (json_type(i) != JSON_NUMBER)
            return json_error(in->file, i, err, "'%s' of a budget wants a number",
                              json_key(i));
        row.most = json_number(i, 0);
        row_take(in, sitespeed, name, json_key(i), row);
    }
    return true;
}

/* Path of an address, or NULL for a name of ours. */
static const char *path_of(BudgetIn *in, const char *key)
{
    const char *scheme = strstr(key, "://");
    const char *path = scheme ? strchr(scheme + 3, '/') : NULL;
    if (!scheme)
        return key[0] == '/' ? arena_printf(in->arena, "%s$", key) : NULL;
    return arena_printf(in->arena, "%s$", path ? path : "/");
}

bool budget_read_sitespeed(BudgetIn *in, const Json *budget, Error *err)
{
    for (const Json *i = json_first(budget); i; i = json_next(i)) {
        const char *path = path_of(in, json_key(i));
        if (json_type(i) != JSON_OBJECT)
            return json_error(in->file, i, err, "'%s' of a budget wants an object",
                              json_key(i));
        if (!path) {
            if (!sitespeed_list(in, i, NULL, err))
                return false;
            continue;
        }
        for (const Json *list = json_first(i); list; list = json_next(list))
            if (!sitespeed_list(in, list, path, err))
                return false;
    }
    return true;
}
