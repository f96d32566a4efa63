/* fleet.c - between panels, queue and store. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/fleet.h"

#include <string.h>

#include "model/panel.h"
#include "store/store.h"

bool fleet_check(Error *err)
{
#ifdef HAS_LIBNATS
    (void)err;
    return true;
#else
    error_set(err, ERROR_FAILED, NULL, "this mystery was built without queues");
    return error_hint(err, "install libnats-dev and build again with 'make'");
#endif
}

#ifdef HAS_LIBNATS

static bool panel_put(Queue *queue, Arena *arena, const Panel *panel,
                      FleetSubmitted *submitted, Error *err)
{
    for (size_t i = 0; i < panel->shop_count; i++) {
        Job job;
        bool is_new = false;
        if (!job_make(arena, submitted->batch, &panel->shops[i], &job, err) ||
            !queue_put(queue, &job, &is_new, err))
            return false;
        submitted->put += is_new;
    }
    return true;
}

bool fleet_submit(const AuditPlan *plan, const FleetAsk *ask, const char *path,
                  FleetSubmitted *submitted, Error *err)
{
    Panel panel;
    Queue *queue = NULL;
    char moment[32];
    clock_iso8601(clock_wall_us(plan->clock), moment, sizeof moment);
    *submitted = (FleetSubmitted){.batch = ask->batch ? ask->batch
                                                      : arena_text(plan->arena, moment)};
    if (!panel_load(plan->arena, path, &panel, err) ||
        !panel_check_distinct(plan->arena, path, &panel, err) ||
        !queue_open(plan->arena, &ask->queue, &queue, err))
        return false;
    submitted->shops = panel.shop_count;
    bool is_put = panel_put(queue, plan->arena, &panel, submitted, err);
    queue_close(&queue);
    return is_put;
}

/* A worker at work: the store stays open from job to job. */
typedef struct FleetWork {
    const AuditPlan *plan;
    const FleetProgram *program;
    Store *store; /* NULL: not open now, or none is kept */
    bool has_store;
} FleetWork;

static bool work_is_kept(void *context, const Job *job, bool *is_kept, Error *err)
{
    FleetWork *work = context;
    Error inner = {0};
    *is_kept = false;
    if (!work->has_store ||
        (work->store && store_has_job(work->store, job->host, job->id, is_kept, &inner)))
        return true;
    /* The connection may be older than the server: once more on a new one. */
    store_close(&work->store);
    return store_open(work->plan->arena, work->plan->store, &work->store, err) &&
           store_has_job(work->store, job->host, job->id, is_kept, err);
}

static bool work_program(void *context, Arena *arena, const Job *job, const char *folder,
                         ProcProgram *program, Error *err)
{
    FleetWork *work = context;
    return work->program->make(work->program->context, arena, job, folder, program, err);
}

static void work_say(void *context, Str line)
{
    FleetWork *work = context;
    work->program->say(work->program->context, line);
}

/* Which jobs: who keeps no files cannot judge those of others. */
static bool stages_choose(const AuditPlan *plan, const FleetAsk *ask, WorkerPlan *worker,
                          Error *err)
{
    JobStage stage = JOB_VISIT;
    worker->stages = 1u << JOB_VISIT | (plan->output ? 1u << JOB_JUDGE : 0);
    if (!ask->only)
        return true;
    if (!job_stage_of(ask->only, &stage))
        return error_set(err, ERROR_INPUT, "--only", "'%s' is neither visit nor judge",
                         ask->only);
    if (!plan->output) {
        error_set(err, ERROR_INPUT, "--only", "needs a folder that all workers share");
        return error_hint(err, "--output DIR, on a shared disk or a mounted object store");
    }
    worker->stages = 1u << stage;
    worker->is_visiting_only = stage == JOB_VISIT;
    return true;
}

bool fleet_work(const AuditPlan *plan, const FleetAsk *ask, const FleetProgram *program,
                Error *err)
{
    Catalogue catalogue;
    FleetWork work = {.plan = plan, .program = program};
    WorkerPlan worker = {.arena = plan->arena,
                         .clock = plan->clock,
                         .queue = ask->queue,
                         .slots = plan->jobs,
                         .metrics = ask->metrics,
                         .output = plan->output,
                         .ends_when_empty = ask->ends_when_empty,
                         .job_limit_us = ask->job_limit_us,
                         .context = &work,
                         .program = work_program,
                         .is_kept = work_is_kept,
                         .say = work_say};
    if (!stages_choose(plan, ask, &worker, err))
        return false;
    work.has_store =
        !worker.is_visiting_only && plan->store && strcmp(plan->store, "none") != 0;
    if (!worker.is_visiting_only && !work.has_store) {
        error_set(err, ERROR_INPUT, "--store", "a worker needs a place to keep audits");
        return error_hint(err, "--store postgres://USER@HOST/DATABASE, or a file");
    }
    /* Before the first job, so that nothing is taken that cannot be judged or kept. */
    if (!catalogue_load(plan->arena, plan->data_folders, &catalogue, err))
        return false;
    if (work.has_store && !store_open(plan->arena, plan->store, &work.store, err))
        return false;
    bool is_done = worker_run(&worker, err);
    store_close(&work.store);
    return is_done;
}

#else

bool fleet_submit(const AuditPlan *plan, const FleetAsk *ask, const char *path,
                  FleetSubmitted *submitted, Error *err)
{
    (void)plan;
    (void)ask;
    (void)path;
    *submitted = (FleetSubmitted){0};
    return fleet_check(err);
}

bool fleet_work(const AuditPlan *plan, const FleetAsk *ask, const FleetProgram *program,
                Error *err)
{
    (void)plan;
    (void)ask;
    (void)program;
    return fleet_check(err);
}

#endif
