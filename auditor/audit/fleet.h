/* fleet.h - audits by many machines: a panel put on a queue, jobs taken off it, done by
 * programs of their own, kept once in the store that all share.
 *
 * Layer: audit. Called by cli/. SPDX-License-Identifier: MIT */
#ifndef AUDIT_FLEET_H
#define AUDIT_FLEET_H

#include "audit/plan.h"
#include "fleet/worker.h"

/** What only fleet commands are asked. */
typedef struct FleetAsk {
    QueuePlace queue;
    const char *batch;   /**< NULL: the moment */
    const char *only;    /**< "visit" or "judge"; NULL: all of a job */
    const char *metrics; /**< port or ADDRESS:PORT; NULL */
    bool ends_when_empty;
    int64_t job_limit_us;
} FleetAsk;

/** What was put on the queue. */
typedef struct FleetSubmitted {
    const char *batch;
    size_t shops; /**< in the panel */
    size_t put;   /**< the rest waits or runs already */
} FleetSubmitted;

/** Is what a fleet needs built in? Errors: ERROR_FAILED saying what to install. */
bool fleet_check(Error *err) MUST_USE;
/** Put every shop of a panel on the queue. Errors: ERROR_INPUT (panel), ERROR_FAILED. */
bool fleet_submit(const AuditPlan *plan, const FleetAsk *ask, const char *panel,
                  FleetSubmitted *submitted, Error *err) MUST_USE;

/** What cli/ knows of the program itself. */
typedef struct FleetProgram {
    void *context;
    /** Arguments and environment of a job's program; as WorkerPlan.program. */
    bool (*make)(void *context, Arena *arena, const Job *job, const char *folder,
                 ProcProgram *program, Error *err);
    void (*say)(void *context, Str line);
} FleetProgram;

/** Work off the queue until a signal or (asked for) until it is empty. plan: jobs, output,
 * store. Errors: ERROR_INPUT, ERROR_FAILED (store, queue). */
bool fleet_work(const AuditPlan *plan, const FleetAsk *ask, const FleetProgram *program,
                Error *err) MUST_USE;

#endif
