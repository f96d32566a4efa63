/* log.h - what a worker tells the machines that watch it: JSON lines and OpenMetrics.
 *
 * Layer: fleet. SPDX-License-Identifier: MIT */
#ifndef FLEET_LOG_H
#define FLEET_LOG_H

#include "base/clock.h"
#include "fleet/job.h"

/** How a job's turn ended. */
typedef enum WorkResult {
    WORK_DONE,      /**< audited and kept, or visited, whatever the verdict */
    WORK_KNOWN,     /**< kept already: nothing to do */
    WORK_BUSY,      /**< somebody is at the site: later */
    WORK_FAILED,    /**< the surroundings failed: later */
    WORK_KILLED,    /**< its process died or did not end: later */
    WORK_ASIDE,     /**< set aside */
    WORK_HANDED_ON, /**< the worker ends: given back */
    WORK_RESULT_COUNT,
} WorkResult;

/** "done", "known" ... */
const char *work_result_name(WorkResult result);

enum { WORK_BUCKETS = 8 };

/** Counters since the worker began. */
typedef struct WorkCounts {
    uint64_t results[WORK_RESULT_COUNT];
    uint64_t
        verdicts[5]; /**< of done ones by exit code: 0 passed, 2 failed, 4 inconclusive */
    uint64_t buckets[WORK_BUCKETS]; /**< of the seconds a done job took, cumulative */
    double seconds;
    uint64_t queue_errors, store_errors;
    int running, slots;
} WorkCounts;

/** Count a job that was done within seconds. */
void counts_done(WorkCounts *counts, int exit_code, double seconds);
/** OpenMetrics text (https://openmetrics.io, version 1.0.0), with its end mark. */
void counts_write(const WorkCounts *counts, Buf *out);

/** One line of the log. */
typedef struct WorkLine {
    const char *level; /**< "info", "warning", "error" */
    const char *event; /**< "job-begins" ... */
    const Job *job;    /**< NULL: of the worker */
    const char *text;  /**< NULL: nothing more to say */
    double seconds;    /**< NAN: none */
    int exit_code;     /**< -1: none */
} WorkLine;

/** {"time","level","event","worker","job","batch","site","url","seconds","code","text"} and
 * a line end; what does not apply is left out. */
void line_write(const WorkLine *line, const char *worker, int64_t wall_us, Buf *out);

#endif
