/* queue.h - jobs on NATS JetStream: put, taken for as long as a lease is extended, done,
 * put back or set aside; who is at which site; what is known of a job that died.
 *
 * Streams QUEUE_JOBS (a work queue: what is done leaves it) and QUEUE_ASIDE, key-value
 * buckets QUEUE_sites (a lock each, gone with its lease) and QUEUE_records (kills and
 * failures). The client library has threads of its own; after queue_open a child may only
 * exec. Layer: fleet. SPDX-License-Identifier: MIT */
#ifndef FLEET_QUEUE_H
#define FLEET_QUEUE_H

#include "fleet/job.h"

typedef struct Queue Queue;

/** Where the queue is and how it is spoken to. */
typedef struct QueuePlace {
    const char *servers; /**< nats://[USER:PASSWORD@]HOST:PORT[,...][/QUEUE], tls://... */
    const char *credentials; /**< a NATS .creds file; NULL */
    const char *ca;          /**< certificates to trust; NULL */
    const char *certificate; /**< the client's own, with key; NULL */
    const char *key;
    int replicas; /**< of a queue that is made now; 0: three when three servers are named */
    int64_t lease_us; /**< of a queue that is made now: a silent worker's job is given to
                         another one after it */
} QueuePlace;

/** Connect; the queue is made when it is not there. Errors: ERROR_FAILED (server, rights),
 * ERROR_INPUT (address). Owns: the caller, who calls queue_close; arena. */
bool queue_open(Arena *arena, const QueuePlace *place, Queue **queue, Error *err) MUST_USE;
/** Send what is unsent, close. */
void queue_close(Queue **queue);
/** The servers without passwords, for messages. */
const char *queue_shown(Arena *arena, const char *servers);
/** µs after which a silent worker's job is given to another one. */
int64_t queue_lease_us(const Queue *queue);

/** Put a job. is_new: false when this id waits or runs already. */
bool queue_put(Queue *queue, const Job *job, bool *is_new, Error *err) MUST_USE;

/** A job taken from the queue. */
typedef struct Delivery {
    Arena *arena; /**< holds all of it; released by the delivery_... that ends it */
    Job job;
    int64_t queued_us;      /**< wall time it was put */
    struct __natsMsg *mail; /**< the library's */
    uint64_t lock_revision; /**< of its site's lock; 0: not held */
} Delivery;

/** Take the next job of a stage that is wanted (a bit each: 1 << JOB_VISIT), waiting at
 * most wait_ms. *delivery is NULL when there is none. What is no job is set aside. Errors:
 * ERROR_FAILED (the servers do not answer now). */
bool queue_take(Queue *queue, unsigned stages, int wait_ms, Delivery **delivery,
                Error *err) MUST_USE;
/** It is done: take it off the queue. */
bool delivery_done(Queue *queue, Delivery **delivery, Error *err) MUST_USE;
/** Give it back, to come again after delay_ms. */
bool delivery_later(Queue *queue, Delivery **delivery, int64_t delay_ms,
                    Error *err) MUST_USE;
/** Still at it: another lease, for the job and its site. */
bool delivery_extend(Queue *queue, Delivery *delivery, Error *err) MUST_USE;
/** Set it aside, with the reason for people. */
bool delivery_aside(Queue *queue, Delivery **delivery, const char *reason,
                    Error *err) MUST_USE;
/** Visited: the same job, now to be judged, is put, and this one is done. */
bool delivery_visited(Queue *queue, Delivery **delivery, Error *err) MUST_USE;
/** Be the one visitor of its site; *is_ours is false when somebody is there. */
bool delivery_lock(Queue *queue, Delivery *delivery, const char *worker, bool *is_ours,
                   Error *err) MUST_USE;

/** What is remembered of a job between its deliveries. */
typedef struct JobRecord {
    bool is_running;    /**< the last who had it has not said how it ended */
    int kills;          /**< times it took its worker, or itself, down */
    int failures;       /**< times its surroundings failed */
    const char *worker; /**< who had it last; "" */
} JobRecord;

/** Read; all zero when there is none. Owns: arena. */
bool queue_record_read(Queue *queue, Arena *arena, const char *id, JobRecord *record,
                       Error *err) MUST_USE;
bool queue_record_write(Queue *queue, const char *id, const JobRecord *record,
                        Error *err) MUST_USE;
/** Forget. */
bool queue_record_drop(Queue *queue, const char *id, Error *err) MUST_USE;

/** How the queue stands. */
typedef struct QueueStatus {
    const char *name, *server;
    uint64_t waiting[JOB_STAGE_COUNT], running[JOB_STAGE_COUNT];
    uint64_t aside, bytes;
    int replicas;
    int64_t lease_us;
} QueueStatus;

bool queue_status(Queue *queue, Arena *arena, QueueStatus *status, Error *err) MUST_USE;
/** How many sites are visited now; -1: this user may not know. */
int64_t queue_sites(Queue *queue);

/** One line of a listing. */
typedef struct QueueItem {
    Job job;
    int64_t queued_us;
    JobRecord record;
    const char *reason; /**< of a job set aside; NULL: it waits or runs */
} QueueItem;

/** Jobs in the order they came, at most `most`: those set aside, or those that wait and
 * run. Owns: arena. */
bool queue_list(Arena *arena, Queue *queue, bool is_aside, size_t most, QueueItem **items,
                size_t *count, Error *err) MUST_USE;
/** Put a job that was set aside on the queue again, its kills forgotten. id NULL: all.
 * Errors: ERROR_INPUT (none of this id). */
bool queue_retry(Queue *queue, const char *id, size_t *count, Error *err) MUST_USE;
/** Forget jobs: one, waiting or set aside, or (id NULL) all that were set aside. A job that
 * runs ends, and is not delivered again. Errors: ERROR_INPUT (none of this id). */
bool queue_drop(Queue *queue, const char *id, size_t *count, Error *err) MUST_USE;

#endif
