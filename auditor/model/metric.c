/* metric.c - the table made of metric.def. Layer: model. SPDX-License-Identifier: MIT */
#include "model/metric.h"

#include <math.h>
#include <string.h>

static const MetricInfo infos[METRIC_COUNT] = {
#define METRIC(constant, name, unit, good, poor, engines, en, fr)                          \
    [METRIC_##constant] = {name, unit, good, poor, engines, en, fr},
#include "model/metric.def"
#undef METRIC
};

const MetricInfo *metric_info(Metric metric)
{
    return &infos[metric];
}

Metric metric_of(const char *name)
{
    int i = 0;
    while (i < METRIC_COUNT && strcmp(infos[i].name, name) != 0)
        i++;
    return (Metric)i;
}
