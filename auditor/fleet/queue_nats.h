/* queue_nats.h - what the files of the queue share: the connection, names, patience.
 *
 * Empty where the NATS client is not installed when the program is built. Private to
 * fleet/. Layer: fleet. SPDX-License-Identifier: MIT */
#ifndef FLEET_QUEUE_NATS_H
#define FLEET_QUEUE_NATS_H

#include "fleet/queue.h"

#ifdef HAS_LIBNATS
#    include <nats/nats.h>

enum { NATS_MS = 1000000 /**< the library counts some times in ns */ };

struct Queue {
    Arena *arena;
    const QueuePlace *place;
    const char *shown; /**< for messages */
    const char *name;  /**< prefix of all names */
    const char *jobs_stream, *aside_stream;
    natsOptions *options;
    natsConnection *connection;
    jsCtx *jetstream;
    natsSubscription *stages[JOB_STAGE_COUNT];
    kvStore *sites, *records;
    int64_t lease_us;
};

/** A call that failed, in words. Returns false always. */
bool queue_error(const Queue *queue, Error *err, natsStatus status, const char *what);
/** May the same call succeed in a moment (a node of the cluster is changing)? Then a short
 * sleep, and true; tries counts up. */
bool queue_again(natsStatus status, jsErrCode code, int *tries);
/** "QUEUE.jobs.visit.ID" and "QUEUE.aside.ID"; id "*": all. Owns: arena. */
const char *queue_job_subject(const Queue *queue, Arena *arena, JobStage stage,
                              const char *id);
const char *queue_aside_subject(const Queue *queue, Arena *arena, const char *id);
/** Put bytes under a subject, unless there are some. *is_new: they were put. */
bool queue_publish(Queue *queue, const char *subject, Str bytes, bool *is_new,
                   Error *err) MUST_USE;
/** Let the site's lock go (queue_state.c). */
void delivery_unlock(Queue *queue, Delivery *delivery);

#endif
#endif
