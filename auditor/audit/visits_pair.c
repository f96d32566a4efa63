/* visits_pair.c - visits of two sites in turns, so that both have the same moments.
 *
 * Layer: audit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "audit/visits.h"
#include "base/out.h"

enum { SECOND_US = 1000000, PAUSE_LEAST_US = 2 * SECOND_US, PAUSE_MORE_US = 8 * SECOND_US };

/* The turns so far. Events of a list of one are told as those of the whole. */
typedef struct Counting {
    const AuditPlan *plan;
    const Catalogue *catalogue;
    VisitPair *pair;
    size_t done, all;
    const char *site;
    bool is_over; /* time is up, or the user has interrupted */
} Counting;

static void count_on(void *context, const AuditEvent *event)
{
    const Counting *counting = context;
    plan_tell(counting->plan, counting->site, counting->done + 1, counting->all, event);
}

/* The first journey once more, in front, with number 0. */
static void opening_add(const AuditPlan *plan, VisitJobs *jobs, const char *folder)
{
    Arena *arena = plan->arena;
    if (!jobs->count)
        return;
    VisitJob opening = jobs->items[0];
    opening.number = 0;
    opening.file = arena_printf(arena, "visits/%s-%s-%s-0.har", opening.scenario->id,
                                opening.persona->id, opening.engine);
    opening.path = path_join(arena, folder, opening.file);
    opening.name = arena_printf(arena, "%s, %s, %s, opening", opening.scenario->id,
                                opening.persona->id, opening.engine);
    ARENA_PUSH(arena, jobs->items, jobs->count, jobs->capacity, opening);
    memmove(jobs->items + 1, jobs->items, (jobs->count - 1) * sizeof *jobs->items);
    jobs->items[0] = opening;
}

/* One visit to one side, by a plan for one visit. */
static bool one_run(Counting *counting, const AuditPlan *single, int side, size_t at,
                    Error *err)
{
    VisitPair *pair = counting->pair;
    VisitJobs one = *pair->jobs[side];
    one.items = &pair->jobs[side]->items[at];
    one.count = one.capacity = 1;
    one.is_out_of_time = false;
    counting->site = pair->sites[side];
    if (!visit_jobs_run(single, counting->catalogue, pair->sites[side], &one, err))
        return false;
    counting->done++;
    counting->is_over = one.is_out_of_time;
    return true;
}

static void pause_between(const AuditPlan *plan)
{
    if (plan->is_human_pace)
        clock_sleep_us(plan->clock,
                       PAUSE_LEAST_US + (int64_t)clock_random(plan->clock, PAUSE_MORE_US));
}

/* The two visits of one pair; which side is first changes every time. */
static bool turn_run(Counting *counting, AuditPlan *single, size_t at, int64_t end_us,
                     Error *err)
{
    for (int turn = 0; turn < 2 && !counting->is_over; turn++) {
        int side = (turn + (int)(at % 2)) % 2;
        if (end_us)
            single->time_limit_us = end_us - clock_now_us(single->clock);
        counting->is_over = end_us && single->time_limit_us < SECOND_US;
        if (counting->is_over)
            break;
        if (counting->done)
            pause_between(single);
        if (!one_run(counting, single, side, at, err))
            return false;
    }
    return true;
}

bool visit_jobs_run_pair(const AuditPlan *plan, const Catalogue *catalogue, VisitPair *pair,
                         Error *err)
{
    AuditPlan single = *plan;
    Counting counting = {.plan = plan, .catalogue = catalogue, .pair = pair};
    int64_t end_us =
        plan->time_limit_us ? clock_now_us(plan->clock) + plan->time_limit_us : 0;
    for (int side = 0; side < 2; side++)
        opening_add(plan, pair->jobs[side], pair->folders[side]);
    size_t count = pair->jobs[0]->count;
    counting.all = 2 * count;
    single.progress = count_on;
    single.progress_context = &counting;
    single.jobs = 1;
    for (size_t at = 0; at < count && !counting.is_over; at++)
        if (!turn_run(&counting, &single, at, end_us, err))
            return false;
    pair->jobs[0]->is_out_of_time = pair->jobs[1]->is_out_of_time = counting.is_over;
    return true;
}
