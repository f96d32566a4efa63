/* visits.c - visits in child processes. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/visits.h"

#include <signal.h>
#include <string.h>

#include "audit/secrets.h"
#include "audit/walls.h"
#include "base/out.h"
#include "base/proc.h"
#include "base/units.h"
#include "base/url.h"
#include "model/har.h"
#include "scenario/load.h"
#include "visit/chromium/launch.h"
#include "visit/visitor.h"
#include "visit/walk.h"

enum {
    HAR_LIMIT = 512 << 20,
    SECOND_US = 1000000,
    VISIT_TIME_US = 15 * 60 * SECOND_US, /* scenarios.md 6.3: maxMinutes 15 */
    RESERVE_US = 15 * SECOND_US,         /* of the time, for what follows the walk */
    GRACE_US = 10 * SECOND_US,           /* to write the HAR after the visitor's deadline */
    WAIT_US = 200000,
    EXIT_OUTCOME = 100, /* a child's exit code is this plus the visit's outcome */
};

/* What a child needs; copied with the process. */
typedef struct ChildContext {
    const AuditPlan *plan;
    const Catalogue *catalogue;
    const char *site;
    const VisitJob *job;
    int64_t deadline_us;
} ChildContext;

static const char *first_of_list(const TextList *list, size_t i,
                                 const char *const *defaults)
{
    return list->count ? list->items[i] : defaults[i];
}

static bool personas_load(const AuditPlan *plan, const Catalogue *catalogue,
                          VisitJobs *jobs, Error *err)
{
    static const char *const defaults[] = {"phone", "desktop"};
    jobs->persona_count = plan->personas.count ? plan->personas.count : COUNT_OF(defaults);
    jobs->personas = ARENA_ARRAY(plan->arena, jobs->persona_count, Persona);
    for (size_t i = 0; i < jobs->persona_count; i++)
        if (!persona_find(plan->arena, catalogue->persona_folders,
                          first_of_list(&plan->personas, i, defaults), &jobs->personas[i],
                          err))
            return false;
    return true;
}

static bool scenarios_load(const AuditPlan *plan, const Catalogue *catalogue,
                           VisitJobs *jobs, Error *err)
{
    static const char *const defaults[] = {"buy", "get-help", "look-around"};
    jobs->scenario_count =
        plan->scenarios.count ? plan->scenarios.count : COUNT_OF(defaults);
    jobs->scenarios = ARENA_ARRAY(plan->arena, jobs->scenario_count, Scenario);
    for (size_t i = 0; i < jobs->scenario_count; i++)
        if (!scenario_find(plan->arena, catalogue->scenario_folders,
                           first_of_list(&plan->scenarios, i, defaults),
                           &jobs->scenarios[i], err))
            return false;
    return true;
}

/* The pass that takes time is done once for each kind of page and persona: by the first
 * visit of a scenario; scenarios behind the first look at what it does not come to. */
static unsigned kinds_diagnosed(const VisitJobs *jobs, const VisitJob *job)
{
    const unsigned shopping = 1u << PAGE_HOME | 1u << PAGE_CATEGORY | 1u << PAGE_SEARCH |
                              1u << PAGE_PRODUCT | 1u << PAGE_CART | 1u << PAGE_CHECKOUT;
    if (job->number != 1)
        return 0;
    return job->scenario == &jobs->scenarios[0] ? ~0u : ~shopping;
}

static void job_add(const AuditPlan *plan, VisitJobs *jobs, const char *folder,
                    VisitJob job)
{
    Arena *arena = plan->arena;
    job.file = arena_printf(arena, "visits/%s-%s-%s-%d.har", job.scenario->id,
                            job.persona->id, job.engine, job.number);
    job.path = path_join(arena, folder, job.file);
    job.screenshots =
        arena_printf(arena, "%s/screenshots/%s-%s-%s-%d", folder, job.scenario->id,
                     job.persona->id, job.engine, job.number);
    job.diagnosed_kinds = kinds_diagnosed(jobs, &job);
    job.name = arena_printf(arena, "%s, %s, %s, %d/%d", job.scenario->id, job.persona->id,
                            job.engine, job.number, plan->visits);
    ARENA_PUSH(arena, jobs->items, jobs->count, jobs->capacity, job);
}

/* Can a browser be started here at all? */
static bool has_browser(const AuditPlan *plan)
{
    BrowserUser user;
    const char *binary = browser_find(plan->arena, plan->wants_shell);
    return binary &&
           (plan->is_sandbox_waived || browser_confinement(plan->arena, binary, &user));
}

/* The engines asked for; auto: the browser where there is one. */
static const char *engines_of(const AuditPlan *plan)
{
    if (strcmp(plan->engine, "auto") != 0)
        return plan->engine;
    return has_browser(plan) ? "chromium" : "http";
}

/* Beside a browser's visits each scenario is walked once without scripts, for what that
 * tells of the shop; it gives no marks. */
static void references_add(const AuditPlan *plan, VisitJobs *jobs, const char *folder)
{
    for (size_t s = 0; s < jobs->scenario_count; s++)
        job_add(plan, jobs, folder,
                (VisitJob){.scenario = &jobs->scenarios[s],
                           .persona = &jobs->personas[0],
                           .engine = "http",
                           .number = 1,
                           .is_reference = true});
}

/* Every scenario with every persona once. */
static void round_add(const AuditPlan *plan, VisitJobs *jobs, const char *folder,
                      VisitJob job)
{
    for (size_t s = 0; s < jobs->scenario_count; s++)
        for (size_t p = 0; p < jobs->persona_count; p++) {
            job.scenario = &jobs->scenarios[s];
            job.persona = &jobs->personas[p];
            job_add(plan, jobs, folder, job);
        }
}

bool visit_jobs_make(const AuditPlan *plan, const Catalogue *catalogue, const char *folder,
                     VisitJobs *jobs, Error *err)
{
    if (!scenarios_load(plan, catalogue, jobs, err) ||
        !personas_load(plan, catalogue, jobs, err))
        return false;
    static const char *const engines[] = {"http", "chromium"};
    const char *wanted = engines_of(plan);
    jobs->has_browser = strstr(wanted, "chromium") != NULL;
    if (jobs->has_browser && strcmp(plan->engine, "auto") == 0)
        references_add(plan, jobs, folder);
    for (int number = 1; number <= plan->visits; number++)
        for (size_t e = 0; e < COUNT_OF(engines); e++)
            if (strstr(wanted, engines[e]))
                round_add(plan, jobs, folder,
                          (VisitJob){.engine = engines[e], .number = number});
    return true;
}

/* "K=V" texts as parallel names and values; secrets are named "secret:K". */
static void walk_data_add(Arena *arena, const TextList *list, const char *prefix,
                          WalkData *data)
{
    for (size_t i = 0; i < list->count; i++) {
        Str text = str_of(list->items[i]);
        size_t equals = str_find_byte(text, '=', 0);
        data->names[data->count] =
            arena_printf(arena, "%s%.*s", prefix, STR_ARGS(str_slice(text, 0, equals)));
        data->values[data->count++] = text.data + equals + 1;
    }
}

static WalkData walk_data(const AuditPlan *plan, Arena *arena)
{
    size_t most = plan->variables.count + plan->secrets.count;
    WalkData data = {ARENA_ARRAY(arena, most, const char *),
                     ARENA_ARRAY(arena, most, const char *), 0};
    walk_data_add(arena, &plan->variables, "", &data);
    walk_data_add(arena, &plan->secrets, "secret:", &data);
    return data;
}

static Visit *visit_begin(Arena *arena, const AuditPlan *plan, const VisitJob *job,
                          const char *site)
{
    Visit *visit = visit_create(arena);
    visit->site = site;
    visit->scenario_id = job->scenario->id;
    visit->persona_id = job->persona->id;
    visit->engine = job->engine;
    visit->number = job->number;
    visit->is_reference = job->is_reference;
    visit->tool_version = MYSTERY_VERSION;
    visit->network = plan->throttle ? plan->throttle : job->persona->network;
    visit->started_us = clock_wall_us(plan->clock);
    visit->safety = plan->safety;
    if (job->scenario->safety < visit->safety)
        visit->safety = job->scenario->safety;
    return visit;
}

static bool visit_save(const AuditPlan *plan, const Visit *visit, const char *path,
                       Error *err)
{
    AUTO(buf_release) Buf out = {0};
    TextList secrets = secrets_collect(visit->arena, plan);
    buf_init(&out, HAR_LIMIT);
    if (!har_write(visit, plan->keep_credentials, &out, err))
        return false;
    secrets_scrub(&secrets, &out);
    return file_write(path, buf_str(&out), err);
}

/* A visit over HTTP reads what strangers wrote with nothing but our own code between, so it
 * gives away what it will not need. A browser has its own sandbox, and needs to start. */
static void visit_confine(const ChildContext *child, Arena *arena)
{
    const char *name = path_name(child->job->path);
    Str folder = str_from(child->job->path, (size_t)(name - child->job->path));
    walls_visit(child->plan, arena, arena_str_text(arena, folder));
}

static bool visit_walk(const ChildContext *child, Visit *visit, Error *err)
{
    const AuditPlan *plan = child->plan;
    const VisitJob *job = child->job;
    const char *film = arena_printf(visit->arena, "%s.webm", job->screenshots);
    VisitorOptions options = {.visit = visit,
                              .persona = job->persona,
                              .clock = plan->clock,
                              .safety = visit->safety,
                              .net = &plan->net,
                              .network = plan->throttle ? network_of(plan->throttle) : NULL,
                              .site = child->site,
                              .is_declared = plan->is_declared,
                              .is_human_pace = plan->is_human_pace,
                              .is_recording = true,
                              .loads_resources = true,
                              .diagnosed_kinds = job->diagnosed_kinds,
                              .wants_shell = plan->wants_shell,
                              .is_sandbox_waived = plan->is_sandbox_waived,
                              .leaves_no_trace = plan->leaves_no_trace,
                              .screenshots = job->screenshots,
                              .screenshots_from_har = "../screenshots/",
                              .video = plan->wants_video && job->number == 1 ? film : NULL,
                              .words = child->catalogue->words,
                              .browser_files = child->catalogue->browser_files,
                              .deadline_us = child->deadline_us,
                              .max_requests = job->scenario->max_requests};
    WalkData data = walk_data(plan, visit->arena);
    WalkOptions walk = {.scenario = job->scenario,
                        .words = child->catalogue->words,
                        .data = &data,
                        .use_platform_hints = plan->use_platform_hints,
                        .leaves_no_trace = plan->leaves_no_trace,
                        .is_own_site = plan->is_own_site,
                        .is_human_pace = plan->is_human_pace};
    Visitor *visitor = NULL;
    bool is_open = strcmp(job->engine, "chromium") == 0
                       ? chromium_visitor_open(&options, &visitor, err)
                       : http_visitor_open(&options, &visitor, err);
    if (!is_open)
        return false;
    bool is_walked = walk_scenario(visitor, &walk, err);
    visitor_close(&visitor);
    return is_walked;
}

static int child_work(void *context)
{
    const ChildContext *child = context;
    const AuditPlan *plan = child->plan;
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = visit_begin(arena, plan, child->job, child->site);
    int64_t begin_us = clock_now_us(plan->clock);
    Error err = {0};
    if (strcmp(child->job->engine, "http") == 0)
        visit_confine(child, arena);
    if (!visit_walk(child, visit, &err)) {
        visit->outcome = VISIT_ERROR;
        visit->reason =
            arena_printf(arena, "%s%s%s", err.where, err.where[0] ? ": " : "", err.what);
    }
    visit->duration_us = clock_now_us(plan->clock) - begin_us;
    error_clear(&err);
    if (!visit_save(plan, visit, child->job->path, &err))
        return 1;
    return EXIT_OUTCOME + (int)visit->outcome;
}

/* A child that died leaves nothing: its place is kept by a visit that says so. */
static bool visit_lost(const AuditPlan *plan, const char *site, const VisitJob *job,
                       const ProcEnd *end, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = visit_begin(arena, plan, job, site);
    visit->outcome = VISIT_ERROR;
    visit->reason = end->is_over_time ? "the visit did not end in time"
                    : end->signal
                        ? arena_printf(arena, "the visit died of signal %d", end->signal)
                        : "the visit's process failed";
    return visit_save(plan, visit, job->path, err);
}

static void tell(const AuditPlan *plan, const VisitJobs *jobs, AuditEventKind kind,
                 size_t number, const char *outcome)
{
    AuditEvent event = {.kind = kind,
                        .visit = number + 1,
                        .visits = jobs->count,
                        .name = jobs->items[number].name,
                        .outcome = outcome};
    if (plan->progress)
        plan->progress(plan->progress_context, &event);
}

/* SIGINT and SIGTERM are blocked while visits run, so that what was done is kept. */
static bool is_interrupted(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1);
}

static bool end_take(const AuditPlan *plan, const char *site, VisitJobs *jobs,
                     const ProcEnd *end, Error *err)
{
    const VisitJob *job = &jobs->items[end->job];
    int outcome = end->exit_code - EXIT_OUTCOME;
    bool is_fine = outcome >= 0 && outcome < VISIT_OUTCOME_COUNT;
    if (!is_fine && !visit_lost(plan, site, job, end, err))
        return false;
    jobs->seen += is_fine && outcome != VISIT_ERROR && outcome != VISIT_BLOCKED;
    tell(plan, jobs, EVENT_VISIT_ENDS, end->job,
         visit_outcome_name(is_fine ? (VisitOutcome)outcome : VISIT_ERROR));
    return true;
}

/* One run of the pool: the next job started, an end awaited. */
typedef struct Pooling {
    const AuditPlan *plan;
    const Catalogue *catalogue;
    const char *site;
    VisitJobs *jobs;
    ProcPool pool;
    size_t next;
    int64_t end_us; /* of the plan's time limit; 0 none */
} Pooling;

static bool job_start(Pooling *p, Error *err)
{
    int64_t now_us = clock_now_us(p->plan->clock);
    int64_t time_us = VISIT_TIME_US;
    const VisitJob *job = &p->jobs->items[p->next];
    if (job->scenario->time_limit_us && job->scenario->time_limit_us < time_us)
        time_us = job->scenario->time_limit_us;
    if (p->end_us && p->end_us - now_us < time_us)
        time_us = p->end_us - now_us;
    /* The walk ends early enough to write what it has: a visit that is killed has nothing.
     */
    int64_t reserve_us = time_us / 6 < RESERVE_US ? time_us / 6 : RESERVE_US;
    ChildContext child = {p->plan, p->catalogue, p->site, job,
                          now_us + time_us - reserve_us};
    tell(p->plan, p->jobs, EVENT_VISIT_BEGINS, p->next, NULL);
    return proc_start(&p->pool, p->next++, child_work, &child, time_us + GRACE_US, err);
}

static bool has_time(const Pooling *p)
{
    return !is_interrupted() &&
           (!p->end_us || p->end_us - clock_now_us(p->plan->clock) > SECOND_US);
}

static bool pool_run(Pooling *p, Error *err)
{
    ProcEnd end;
    for (;;) {
        bool is_going = p->next < p->jobs->count && has_time(p);
        if (is_going && proc_has_room(&p->pool)) {
            if (!job_start(p, err))
                return false;
            continue;
        }
        if (!proc_is_busy(&p->pool))
            break;
        if (is_interrupted())
            proc_kill_all(&p->pool);
        else if (proc_wait(&p->pool, WAIT_US, &end) &&
                 !end_take(p->plan, p->site, p->jobs, &end, err))
            return false;
    }
    p->jobs->is_out_of_time = p->next < p->jobs->count || is_interrupted();
    return true;
}

bool visit_jobs_run(const AuditPlan *plan, const Catalogue *catalogue, const char *site,
                    VisitJobs *jobs, Error *err)
{
    Pooling p = {.plan = plan, .catalogue = catalogue, .site = site, .jobs = jobs};
    p.pool.width = (size_t)plan->jobs;
    p.pool.slots = ARENA_ARRAY(plan->arena, p.pool.width, Proc);
    if (plan->time_limit_us)
        p.end_us = clock_now_us(plan->clock) + plan->time_limit_us;
    bool is_run = pool_run(&p, err);
    proc_kill_all(&p.pool);
    return is_run;
}
