/* trend.c - change points that matter. Layer: score. SPDX-License-Identifier: MIT */
#include "score/trend.h"

#include <math.h>

#include "base/attr.h"

static double step_least(const HistorySeries *series, double before)
{
    static const double steps[SERIES_KIND_COUNT] = {
        [SERIES_MARK] = 2,     [SERIES_SATISFACTION] = 0.2, [SERIES_RECOMMENDATION] = 5,
        [SERIES_EFFORT] = 0.2, [SERIES_COMPLETION] = 0.02,
    };
    if (series->kind == SERIES_TIME)
        return fmax(0.10 * before, 100);
    return steps[series->kind];
}

void trend_changes(HistorySeries *series)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    double *values = ARENA_ARRAY(arena, series->count, double);
    bool is_time = series->kind == SERIES_TIME;
    size_t kept = 0;
    for (size_t i = 0; i < series->count; i++)
        values[i] = is_time ? log(fmax(series->values[i], 0.001)) : series->values[i];
    size_t found = series_changes(arena, values, series->count, series->count,
                                  series->changes, COUNT_OF(series->changes));
    for (size_t i = 0; i < found; i++) {
        ChangePoint change = series->changes[i];
        if (is_time) {
            change.before = exp(change.before);
            change.after = exp(change.after);
        }
        if (fabs(change.after - change.before) >= step_least(series, change.before))
            series->changes[kept++] = change;
    }
    series->change_count = kept;
}
