/* metrics.h - a door for whoever collects the counters: GET /metrics and /healthz.
 *
 * One short answer a connection, never waited for longer than a moment. Layer: fleet.
 * SPDX-License-Identifier: MIT */
#ifndef FLEET_METRICS_H
#define FLEET_METRICS_H

#include "fleet/log.h"

/** The open door; fd -1: none. */
typedef struct MetricsDoor {
    int fd, port;
} MetricsDoor;

/** Listen at place: "9100" (loopback alone) or "ADDRESS:PORT"; port 0: any free one.
 * Errors: ERROR_INPUT (place), ERROR_FAILED (port taken). */
bool metrics_open(const char *place, MetricsDoor *door, Error *err) MUST_USE;
/** Answer everybody who is there now. */
void metrics_serve(const MetricsDoor *door, const WorkCounts *counts);
void metrics_close(MetricsDoor *door);

#endif
