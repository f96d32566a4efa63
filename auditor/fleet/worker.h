/* worker.h - takes jobs off the queue, has them done by programs of their own, a slot each,
 * and says how they ended.
 *
 * Layer: fleet. Called by audit/fleet. SPDX-License-Identifier: MIT */
#ifndef FLEET_WORKER_H
#define FLEET_WORKER_H

#include "base/proc.h"
#include "fleet/log.h"
#include "fleet/queue.h"

/** What a worker is told. */
typedef struct WorkerPlan {
    Arena *arena;
    Clock *clock;
    QueuePlace queue;
    unsigned stages; /**< a bit each: 1 << JOB_VISIT */
    bool is_visiting_only;
    int slots;
    const char *metrics; /**< where to listen; NULL: nowhere */
    const char *output;  /**< folder that keeps SITE/JOB of each job; NULL: none kept */
    bool ends_when_empty;
    int64_t job_limit_us; /**< a job that takes longer counts as having killed itself */
    void *context;        /**< of the functions below */
    /** Path, arguments and environment of the program for a job whose files go into
     * folder. */
    bool (*program)(void *context, Arena *arena, const Job *job, const char *folder,
                    ProcProgram *program, Error *err);
    /** Is the job's audit kept already? Errors: the store does not answer. */
    bool (*is_kept)(void *context, const Job *job, bool *is_kept, Error *err);
    /** Put out one line of the log, with its line end. */
    void (*say)(void *context, Str line);
} WorkerPlan;

/** Work until a signal (those held back by the caller: the running jobs are given back), or
 * until the queue is empty. Errors: ERROR_FAILED (queue). */
bool worker_run(const WorkerPlan *plan, Error *err) MUST_USE;

#endif
