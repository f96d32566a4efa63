/* history.h - kept audits of a shop as series: rows, marks and times along the months, the
 * moments they changed.
 *
 * Filled by store/ and audit/, the changes by score/trend, rendered by report/history.
 * Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/stats_series.h"
#include "model/snapshot.h"

/** One kept audit, without its raw values. Marks not measured are NAN. */
typedef struct HistoryRow {
    int64_t id;
    const char *name;
    const char *site, *host, *place, *engines, *grid, *tool_version;
    int64_t started_us;
    int64_t calibration_us; /**< 0: not measured */
    AuditStatus status;
    bool is_partial;
    int visits;
    double score, confidence, satisfaction, recommendation, effort, completion;
} HistoryRow;

/** A median of one audit. */
typedef struct HistoryMedian {
    int64_t audit;    /**< id of the row */
    const char *page; /**< "product", "checkout address" */
    const char *engine, *metric;
    double median;
    int visits;
} HistoryMedian;

/** How the values of a series are told, and from which change on they matter. */
typedef enum SeriesKind {
    SERIES_MARK,           /**< 0 to 100 */
    SERIES_SATISFACTION,   /**< out of 10 */
    SERIES_RECOMMENDATION, /**< -100 to 100 */
    SERIES_EFFORT,         /**< 1 to 7 */
    SERIES_COMPLETION,     /**< share */
    SERIES_TIME,           /**< ms */
    SERIES_KIND_COUNT,
} SeriesKind;

/** One series, oldest first; audits that did not measure it are left out. */
typedef struct HistorySeries {
    SeriesKind kind;
    const char *page;   /**< of times; "" */
    const char *engine; /**< of times; "" */
    const char *metric; /**< of times; "" */
    double *values;
    int64_t *times; /**< when, µs */
    size_t count, capacity;
    ChangePoint changes[16];
    size_t change_count;
} HistorySeries;

/** All that is known of one shop. */
typedef struct History {
    const char *host;
    HistoryRow *rows; /**< oldest first */
    size_t row_count;
    HistorySeries *series;
    size_t series_count, series_capacity;
    SnapPrice *prices; /**< by path and time */
    size_t price_count;
} History;

#endif
