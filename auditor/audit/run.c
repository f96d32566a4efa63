/* run.c - the story of an audit on one screen, and its variants. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/run.h"

#include <string.h>

#include "audit/calibrate.h"
#include "audit/complete.h"
#include "audit/gate.h"
#include "audit/hars.h"
#include "audit/hold.h"
#include "audit/keep.h"
#include "audit/links.h"
#include "audit/reference.h"
#include "audit/render.h"
#include "audit/visits.h"
#include "audit/walls.h"
#include "base/out.h"
#include "base/url.h"
#include "model/audit_json.h"
#include "model/har.h"
#include "rule/judge.h"
#include "rule/person.h"
#include "score/score.h"

/* Everything that a run carries from hop to hop. */
typedef struct Run {
    const AuditPlan *plan;
    AuditPlan placed; /* the plan, with the site's place in the network */
    Catalogue catalogue;
    VisitJobs jobs;
    Url site;
    const char *folder;
    Audit *audit;
    Hold *hold; /* bars that need a baseline or a budget; NULL */
    Calibration calibration;
    PersonAnswers answers;
    int64_t started_us, begin_us, calibration_us;
    Visit **references; /* walked for comparison only */
    size_t reference_count, reference_capacity;
} Run;

static void tell(const AuditPlan *plan, AuditEventKind kind)
{
    AuditEvent event = {.kind = kind};
    if (plan->progress)
        plan->progress(plan->progress_context, &event);
}

/* "2026-11-19T09-32-05Z": sorts by time and is a valid name everywhere. */
static const char *time_name(const AuditPlan *plan)
{
    CivilTime t;
    clock_civil(clock_wall_us(plan->clock), &t);
    return arena_printf(plan->arena, "%04d-%02d-%02dT%02d-%02d-%02dZ", t.year, t.month,
                        t.day, t.hour, t.minute, t.second);
}

static const char *host_name(const AuditPlan *plan, const Url *site)
{
    return site->port ? arena_printf(plan->arena, "%s_%d", site->host, site->port)
                      : site->host;
}

static bool run_open(Run *run, Error *err)
{
    const AuditPlan *plan = run->plan;
    if (!url_from_user(plan->arena, plan->site, &run->site, err))
        return false;
    run->placed = *plan;
    run->placed.net.place = net_place_of(run->site.href, &plan->net);
    run->plan = plan = &run->placed;
    if (!catalogue_open(plan, &run->catalogue, err) || !render_check(plan, err) ||
        !render_language_check(plan, &run->catalogue, err))
        return false;
    run->folder = plan->output;
    if (!run->folder)
        run->folder = arena_printf(plan->arena, "mystery-report/%s/%s",
                                   host_name(plan, &run->site), time_name(plan));
    return visit_jobs_make(plan, &run->catalogue, run->folder, &run->jobs, err) &&
           folder_make(path_join(plan->arena, run->folder, "visits"), err) &&
           (!run->jobs.has_browser ||
            folder_make(path_join(plan->arena, run->folder, "screenshots"), err));
}

static bool run_visits(Run *run, Error *err)
{
    return visit_jobs_run(run->plan, &run->catalogue, run->site.href, &run->jobs, err);
}

static bool visit_take(Run *run, const char *path, const char *file, Error *err)
{
    Audit *audit = run->audit;
    Visit *visit = NULL;
    if (!har_read(audit->arena, path, &visit, err))
        return false;
    visit_complete(visit, run->catalogue.words);
    if (visit->is_reference) {
        ARENA_PUSH(audit->arena, run->references, run->reference_count,
                   run->reference_capacity, visit);
        return true;
    }
    size_t before = audit->visit_capacity;
    ARENA_PUSH(audit->arena, audit->visits, audit->visit_count, audit->visit_capacity,
               visit);
    if (audit->visit_capacity != before)
        audit->visit_files = arena_grow(audit->arena, audit->visit_files, before,
                                        audit->visit_capacity, sizeof *audit->visit_files);
    audit->visit_files[audit->visit_count - 1] = file;
    return true;
}

static void audit_begin(Run *run)
{
    const AuditPlan *plan = run->plan;
    run->audit = audit_create(plan->arena);
    run->audit->language = plan->language;
    run->audit->tool_version = MYSTERY_VERSION;
    run->audit->command = plan->command;
    run->audit->safety = plan->safety;
    run->audit->grid = run->catalogue.grid;
    run->audit->min_score = plan->min_score;
}

static void audit_site(Run *run)
{
    run->audit->site = run->site.href;
    run->audit->host = host_name(run->plan, &run->site);
    run->audit->place = url_is_loopback(&run->site) ? "loopback" : NULL;
}

static bool run_read(Run *run, Error *err)
{
    const AuditPlan *plan = run->plan;
    audit_begin(run);
    audit_site(run);
    for (size_t i = 0; i < run->jobs.count; i++) {
        const VisitJob *job = &run->jobs.items[i];
        /* A missing file is a visit that the time limit left undone. */
        if (path_is_file(job->path) && !visit_take(run, job->path, job->file, err))
            return false;
    }
    run->audit->is_partial = run->jobs.is_out_of_time;
    const char *links = NULL;
    tell(plan, EVENT_LINKS);
    if (!links_try(plan, run->catalogue.words, run->audit, run->folder, &links, err))
        return false;
    return !links ||
           visit_take(run, path_join(plan->arena, run->folder, links), links, err);
}

/* What people answered, before the marks; a measurement is not overruled. */
static void answers_lay(Run *run)
{
    const AuditPlan *plan = run->plan;
    size_t unused = person_apply(run->audit, &run->answers);
    AuditEvent event = {.kind = EVENT_NOTE};
    if (!unused || !plan->progress)
        return;
    event.name = arena_printf(plan->arena,
                              "%zu of %zu answers were not needed: the program could tell "
                              "itself, or the question was not asked",
                              unused, run->answers.count);
    plan->progress(plan->progress_context, &event);
}

/* What the user gives besides the grid, read before anything is visited. */
static bool papers_open(Run *run, Error *err)
{
    const AuditPlan *plan = run->plan;
    return calibration_open(plan, &run->calibration, err) &&
           (!plan->answers ||
            (answers_load(plan->arena, plan->answers, &run->answers, err) &&
             person_check(run->catalogue.grid, &run->answers, err)));
}

static bool run_weigh(Run *run, Error *err)
{
    const AuditPlan *plan = run->plan;
    JudgeOptions options = {.assume_public = plan->assume_public,
                            .only = plan->only.count ? plan->only.items : NULL};
    tell(plan, EVENT_JUDGES);
    references_apply(run->audit, run->references, run->reference_count);
    if (!journeys_make(plan, &run->catalogue, run->audit, err))
        return false;
    countries_find(plan, run->audit);
    if (!judge_audit(run->audit, run->catalogue.words, &options, err))
        return false;
    answers_lay(run);
    score_audit(run->audit);
    calibrate_apply(run->audit, &run->calibration);
    gate_decide(run->audit);
    return true;
}

/* Written and read back: what is rendered now is what `report` renders later. */
static bool run_save(Run *run, const char *path, Audit **saved, Error *err)
{
    Str json;
    return render_json(run->plan, &run->catalogue, run->audit, &json, err) &&
           file_write(path, json, err) &&
           audit_read(run->plan->arena, path, run->catalogue.grid, saved, err);
}

/* mystery-report/HOST/latest points to the newest folder. */
static bool latest_link(const Run *run, Error *err)
{
    if (run->plan->output)
        return true;
    const char *slash = strrchr(run->folder, '/');
    const char *host_folder = arena_str_text(
        run->plan->arena, str_from(run->folder, (size_t)(slash - run->folder)));
    return link_replace(path_join(run->plan->arena, host_folder, "latest"), slash + 1, err);
}

static bool run_render(Run *run, AuditResult *result, Error *err)
{
    Arena *arena = run->plan->arena;
    Audit *saved = NULL;
    tell(run->plan, EVENT_REPORTS);
    if (!run_save(run, path_join(arena, run->folder, "audit.json"), &saved, err) ||
        !render_formats(run->plan, &run->catalogue, saved, run->folder, err))
        return false;
    const char *html = path_join(arena, run->folder, "report.html");
    result->audit = saved;
    result->folder = run->folder;
    result->report = path_is_file(html) ? html : NULL;
    return latest_link(run, err);
}

static bool run_begin(Run *run, Error *err)
{
    run->started_us = clock_wall_us(run->plan->clock);
    run->begin_us = clock_now_us(run->plan->clock);
    return run_open(run, err) && papers_open(run, err) &&
           hold_prepare(run->plan, run->catalogue.grid, &run->hold, err);
}

/* From the visits to everything that is written. */
static bool run_finish(Run *run, AuditResult *result, Error *err)
{
    run->calibration_us = keep_calibrate(run->plan->clock);
    walls_judge(run->plan, run->folder, NULL);
    if (!run_read(run, err))
        return false;
    run->audit->started_us = run->started_us;
    run->audit->duration_us = clock_now_us(run->plan->clock) - run->begin_us;
    return run_weigh(run, err) &&
           hold_judge(run->hold, run->catalogue.grid, run->audit, run->folder, err) &&
           run_render(run, result, err) &&
           keep_audit(run->plan, run->audit, run->calibration_us, err);
}

bool audit_run(const AuditPlan *plan, AuditResult *result, Error *err)
{
    Run run = {.plan = plan};
    *result = (AuditResult){0};
    return run_begin(&run, err) && run_visits(&run, err) && run_finish(&run, result, err);
}

bool audit_run_pair(const AuditPlan *plans, AuditResult *results, Error *err)
{
    Run runs[2] = {{.plan = &plans[0]}, {.plan = &plans[1]}};
    for (int side = 0; side < 2; side++) {
        results[side] = (AuditResult){0};
        if (!run_begin(&runs[side], err))
            return false;
    }
    VisitPair pair = {{&runs[0].jobs, &runs[1].jobs},
                      {runs[0].site.href, runs[1].site.href},
                      {runs[0].folder, runs[1].folder}};
    /* One plan walks both: where they differ, each session finds out for itself. */
    if (runs[0].placed.net.place != runs[1].placed.net.place)
        runs[0].placed.net.place = NET_PLACE_UNKNOWN;
    if (!visit_jobs_run_pair(&runs[0].placed, &runs[0].catalogue, &pair, err))
        return false;
    /* Two audits that began in one moment would have one name. */
    runs[1].started_us += runs[0].started_us == runs[1].started_us ? 1000 : 0;
    return run_finish(&runs[0], &results[0], err) && run_finish(&runs[1], &results[1], err);
}

bool audit_visit(const AuditPlan *plan, const char ***paths, bool *is_seen, Error *err)
{
    Run run = {.plan = plan};
    if (!run_open(&run, err) || !run_visits(&run, err))
        return false;
    TextList list = {0};
    for (size_t i = 0; i < run.jobs.count; i++)
        if (path_is_file(run.jobs.items[i].path))
            text_list_add(plan->arena, &list, run.jobs.items[i].path);
    *paths = list.items ? list.items : ARENA_ARRAY(plan->arena, 1, const char *);
    *is_seen = run.jobs.seen > 0;
    return true;
}

/* An audit of saved files begins when the first of its visits began. */
static void judged_times(Audit *audit)
{
    int64_t end_us = 0;
    for (size_t v = 0; v < audit->visit_count; v++) {
        const Visit *visit = audit->visits[v];
        int64_t from_us = visit->started_us;
        if (!from_us && visit->page_count)
            from_us = visit->pages[0]->started_us;
        if (from_us && (!audit->started_us || from_us < audit->started_us))
            audit->started_us = from_us;
        if (from_us + visit->duration_us > end_us)
            end_us = from_us + visit->duration_us;
    }
    audit->duration_us = end_us > audit->started_us ? end_us - audit->started_us : 0;
}

static bool judged_site(Run *run, Error *err)
{
    const char *site = NULL;
    for (size_t v = 0; v < run->audit->visit_count && !site; v++)
        site = run->audit->visits[v]->site;
    if (!site || !url_parse(run->plan->arena, str_of(site), NULL, &run->site, err)) {
        error_set(err, ERROR_INPUT, NULL, "no page was found in the files given");
        return error_hint(err, "export the HAR with content, from a visit of a shop");
    }
    audit_site(run);
    return true;
}

/* Where a judged audit goes: one file, standard output, or a folder as `audit` leaves it.
 */
static bool judged_is_file(const AuditPlan *plan)
{
    return strcmp(plan->output, "-") == 0 ||
           str_ends_with(str_of(plan->output), STR(".json"));
}

static const char *folder_of(Arena *arena, const char *path)
{
    const char *name = path_name(path);
    return name == path ? "."
                        : arena_str_text(arena, str_from(path, (size_t)(name - path)));
}

static const char *judged_folder(const AuditPlan *plan)
{
    return strcmp(plan->output, "-") == 0 ? "-" : folder_of(plan->arena, plan->output);
}

/* The one format, on standard output or in the file named. */
static bool judged_print(Run *run, AuditResult *result, Error *err)
{
    const AuditPlan *plan = run->plan;
    Audit *saved = NULL;
    if (strcmp(plan->output, "-") == 0) {
        hars_relate(run->audit, ".");
        result->audit = run->audit;
        return render_formats(plan, &run->catalogue, run->audit, "-", err);
    }
    result->folder = folder_of(plan->arena, plan->output);
    if (!folder_make(result->folder, err))
        return false;
    hars_relate(run->audit, result->folder);
    if (!run_save(run, plan->output, &saved, err))
        return false;
    result->audit = saved;
    return true;
}

static bool judged_write(Run *run, AuditResult *result, Error *err)
{
    const AuditPlan *plan = run->plan;
    run->folder = plan->output;
    if (!folder_make(run->folder, err))
        return false;
    if (!hars_wanted(plan))
        hars_relate(run->audit, run->folder);
    else if (!hars_write(plan, run->audit, run->folder, err))
        return false;
    return run_render(run, result, err);
}

bool audit_judge(const AuditPlan *plan, const char *const *hars, AuditResult *result,
                 Error *err)
{
    Run run = {.plan = plan};
    *result = (AuditResult){0};
    if (!catalogue_open(plan, &run.catalogue, err) || !papers_open(&run, err) ||
        !render_check(plan, err))
        return false;
    walls_judge(plan, judged_is_file(plan) ? judged_folder(plan) : plan->output, hars);
    audit_begin(&run);
    for (; *hars; hars++)
        if (!visit_take(&run, *hars, *hars, err))
            return false;
    judged_times(run.audit);
    if (!judged_site(&run, err) || !run_weigh(&run, err))
        return false;
    if (judged_is_file(plan) ? !judged_print(&run, result, err)
                             : !judged_write(&run, result, err))
        return false;
    /* Only a job of a queue is kept: who judges old files does not audit now. */
    return !plan->job || keep_audit(plan, run.audit, 0, err);
}

/* The visits beside a saved audit: copied when asked for, else pointed to from the new
 * place. Standard output has no place of its own. */
static bool rendered_visits(const AuditPlan *plan, Audit *audit, const char *from,
                            const char *to, Error *err)
{
    if (strcmp(to, "-") == 0)
        return true;
    if (!folder_make(to, err))
        return false;
    if (hars_wanted(plan))
        return hars_copy(plan, audit, from, to, err);
    for (size_t v = 0; v < audit->visit_count; v++)
        audit->visit_files[v] = path_join(plan->arena, from, audit->visit_files[v]);
    hars_relate(audit, to);
    return true;
}

bool audit_render(const AuditPlan *asked, const char *audit_path, const char *folder,
                  Error *err)
{
    /* The audit may hold answers of people: their questions have texts too. */
    AuditPlan with_questions = *asked;
    with_questions.asks_people = true;
    const AuditPlan *plan = &with_questions;
    Catalogue catalogue;
    Calibration calibration;
    Audit *audit = NULL;
    if (!catalogue_open(plan, &catalogue, err) ||
        !calibration_open(plan, &calibration, err) || !render_check(plan, err))
        return false;
    const char *const inputs[] = {folder_of(plan->arena, audit_path), NULL};
    walls_judge(plan, folder, inputs);
    if (!audit_read(plan->arena, audit_path, catalogue.grid, &audit, err))
        return false;
    calibrate_apply(audit, &calibration);
    return rendered_visits(plan, audit, folder_of(plan->arena, audit_path), folder, err) &&
           render_formats(plan, &catalogue, audit, folder, err);
}
