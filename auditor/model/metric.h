/* metric.h - the table of metrics (metric.def).
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_METRIC_H
#define MODEL_METRIC_H

typedef enum Metric {

#define METRIC(constant, name, unit, good, poor, engines, en, fr) METRIC_##constant,
#include "model/metric.def"
#undef METRIC
    METRIC_COUNT,
} Metric;

/** One row of metric.def. */
typedef struct MetricInfo {
    const char *name;
    const char *unit;    /**< "ms", "byte", "share" or "" */
    double good;         /**< at this value or below it is good */
    double poor;         /**< at this value or above it is poor */
    const char *engines; /**< letters h, c */
    const char *en;
    const char *fr;
} MetricInfo;

const MetricInfo *metric_info(Metric metric);
/** Metric of a name, or METRIC_COUNT. */
Metric metric_of(const char *name);

#endif
