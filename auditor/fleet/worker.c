/* worker.c - the loop of a worker. Layer: fleet. SPDX-License-Identifier: MIT */
#include "fleet/worker.h"

#ifdef HAS_LIBNATS

#    include <errno.h>
#    include <math.h>
#    include <signal.h>
#    include <stdlib.h>
#    include <string.h>
#    include <unistd.h>

#    include "base/out.h"
#    include "fleet/metrics.h"

enum {
    KILLS_MOST = 3,
    FAILURES_MOST = 10,
    WAIT_IDLE_MS = 500,
    WAIT_BUSY_MS = 100,
    BUSY_MS = 1000,   /* somebody is at the site: another look in one to two seconds */
    FAILED_MS = 5000, /* doubled each time */
    FAILED_MOST_MS = 300000,
    ERRORS_TAIL = 64 << 10,
    LINE_LIMIT = 64 << 10,
    EMPTY_LOOKS = 3,
};

/* A job in work. */
typedef struct WorkSlot {
    Delivery *delivery;
    JobRecord record;
    const char *folder, *errors; /* in the delivery's arena */
    int64_t begun_us, extended_us;
} WorkSlot;

typedef struct Worker {
    const WorkerPlan *plan;
    const char *name, *scratch;
    Queue *queue;
    WorkSlot *slots;
    ProcPool pool;
    MetricsDoor door;
    WorkCounts counts;
    int empty_looks;
} Worker;

static void say(const Worker *w, WorkLine line)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, LINE_LIMIT);
    line_write(&line, w->name, clock_wall_us(w->plan->clock), &out);
    w->plan->say(w->plan->context, buf_str(&out));
}

static void say_error(Worker *w, const char *event, const Job *job, const Error *err)
{
    say(w, (WorkLine){"error", event, job, err->what, NAN, -1});
}

/* The queue does not answer now: counted, said, and the lease takes care of the job. */
static void queue_missed(Worker *w, const Job *job, const Error *err)
{
    w->counts.queue_errors++;
    say_error(w, "queue-error", job, err);
}

static void turn_ended(Worker *w, const Job *job, WorkResult result, const char *text)
{
    w->counts.results[result]++;
    bool is_bad = result == WORK_FAILED || result == WORK_KILLED || result == WORK_ASIDE;
    say(w, (WorkLine){is_bad ? "warning" : "info",
                      arena_printf(w->plan->arena, "job-%s", work_result_name(result)), job,
                      text, NAN, -1});
}

static bool is_stopping(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1);
}

static void give_back(Worker *w, Delivery **delivery, int64_t delay_ms)
{
    Error err = {0};
    if (!delivery_later(w->queue, delivery, delay_ms, &err))
        queue_missed(w, NULL, &err);
}

static void set_aside(Worker *w, Delivery **delivery, const char *reason)
{
    Error err = {0};
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *id = arena_text(arena, (*delivery)->job.id);
    turn_ended(w, &(*delivery)->job, WORK_ASIDE, reason);
    if (!delivery_aside(w->queue, delivery, reason, &err) ||
        !queue_record_drop(w->queue, id, &err))
        queue_missed(w, NULL, &err);
}

/* Is it known to have been done, or to be deadly, or is somebody at its site? Then its turn
 * ends here. */
static bool is_turned_away(Worker *w, Delivery **delivery, JobRecord *record)
{
    Error err = {0};
    bool is_kept = false, is_ours = false;
    Delivery *d = *delivery;
    if (!w->plan->is_kept(w->plan->context, &d->job, &is_kept, &err)) {
        w->counts.store_errors++;
        say_error(w, "store-error", &d->job, &err);
        give_back(w, delivery, FAILED_MS);
        return true;
    }
    if (is_kept) {
        turn_ended(w, &d->job, WORK_KNOWN, NULL);
        if (!queue_record_drop(w->queue, d->job.id, &err) ||
            !delivery_done(w->queue, delivery, &err))
            queue_missed(w, NULL, &err);
        return true;
    }
    if (!delivery_lock(w->queue, d, w->name, &is_ours, &err) ||
        (is_ours && !queue_record_read(w->queue, d->arena, d->job.id, record, &err))) {
        queue_missed(w, &d->job, &err);
        give_back(w, delivery, FAILED_MS);
        return true;
    }
    if (!is_ours) {
        w->counts.results[WORK_BUSY]++;
        give_back(w, delivery, BUSY_MS + (int64_t)clock_random(w->plan->clock, BUSY_MS));
        return true;
    }
    record->kills += record->is_running;
    if (record->kills < KILLS_MOST)
        return false;
    set_aside(w, delivery,
              arena_printf(d->arena, "killed its worker %d times; the last was %s",
                           record->kills, record->worker));
    return true;
}

static WorkSlot *slot_free(Worker *w)
{
    for (int i = 0; i < w->plan->slots; i++)
        if (!w->slots[i].delivery)
            return &w->slots[i];
    return NULL;
}

static const char *folder_of(const Worker *w, const Job *job, Arena *arena)
{
    return w->plan->output
               ? arena_printf(arena, "%s/%s/%s", w->plan->output, job->site, job->id)
               : arena_printf(arena, "%s/%s", w->scratch, job->id);
}

static bool slot_start(Worker *w, WorkSlot *slot, Error *err)
{
    Delivery *d = slot->delivery;
    ProcProgram program = {0};
    slot->folder = folder_of(w, &d->job, d->arena);
    slot->errors = arena_printf(d->arena, "%s/%s.err", w->scratch, d->job.id);
    slot->begun_us = slot->extended_us = clock_now_us(w->plan->clock);
    slot->record.is_running = true;
    slot->record.worker = w->name;
    program.errors = slot->errors;
    return folder_make(slot->folder, err) &&
           w->plan->program(w->plan->context, d->arena, &d->job, slot->folder, &program,
                            err) &&
           queue_record_write(w->queue, d->job.id, &slot->record, err) &&
           proc_start_program(&w->pool, (size_t)(slot - w->slots), &program,
                              w->plan->job_limit_us, err);
}

static void job_begin(Worker *w, Delivery *delivery)
{
    Error err = {0};
    WorkSlot *slot = slot_free(w);
    JobRecord record = {0};
    if (is_turned_away(w, &delivery, &record))
        return;
    *slot = (WorkSlot){.delivery = delivery, .record = record};
    say(w, (WorkLine){"info", "job-begins", &delivery->job, NULL, NAN, -1});
    if (slot_start(w, slot, &err)) {
        w->counts.running++;
        return;
    }
    if (err.code == ERROR_INPUT) {
        set_aside(w, &slot->delivery, err.what);
    } else {
        turn_ended(w, &delivery->job, WORK_FAILED, err.what);
        give_back(w, &slot->delivery, FAILED_MS);
    }
    slot->delivery = NULL;
}

/* The last error that a program told, or the last line it wrote. */
static const char *last_words(const WorkSlot *slot)
{
    static const char mark[] = "mystery: ";
    Str text, line, last = {0};
    Arena *arena = slot->delivery->arena;
    bool has_error = false;
    if (!file_read(arena, slot->errors, ERRORS_TAIL, &text, NULL))
        return "";
    while (str_next(&text, '\n', &line)) {
        bool is_error = str_starts_with(line, str_of(mark));
        if (is_error)
            line = str_slice(line, sizeof mark - 1, SIZE_MAX);
        if (is_error || (!str_is_empty(str_trim(line)) && !has_error))
            last = str_trim(line);
        has_error |= is_error;
    }
    return arena_str_text(arena, str_slice(last, 0, 1000));
}

/* Its record says it is not running any more; then it comes again, or is set aside. */
static void job_again(Worker *w, WorkSlot *slot, WorkResult result, const char *text)
{
    Error err = {0};
    JobRecord *record = &slot->record;
    Delivery *d = slot->delivery;
    bool is_killed = result == WORK_KILLED;
    record->is_running = false;
    record->kills += is_killed;
    record->failures += !is_killed;
    if (record->kills >= KILLS_MOST || record->failures >= FAILURES_MOST) {
        set_aside(w, &slot->delivery,
                  arena_printf(d->arena, "%s %d times; the last: %s",
                               is_killed ? "died" : "failed",
                               is_killed ? record->kills : record->failures, text));
        return;
    }
    int64_t delay_ms = FAILED_MS;
    for (int i = 1; i < record->failures && delay_ms < FAILED_MOST_MS; i++)
        delay_ms *= 2;
    turn_ended(w, &d->job, result, text);
    if (!queue_record_write(w->queue, d->job.id, record, &err))
        queue_missed(w, &d->job, &err);
    give_back(w, &slot->delivery, delay_ms);
}

static void job_done(Worker *w, WorkSlot *slot, int exit_code)
{
    Error err = {0};
    Delivery *d = slot->delivery;
    double seconds = (double)(clock_now_us(w->plan->clock) - slot->begun_us) / 1e6;
    bool is_visited = w->plan->is_visiting_only && d->job.stage == JOB_VISIT;
    counts_done(&w->counts, exit_code, seconds);
    say(w, (WorkLine){"info", "job-done", &d->job, NULL, seconds, exit_code});
    if (!queue_record_drop(w->queue, d->job.id, &err) ||
        !(is_visited ? delivery_visited(w->queue, &slot->delivery, &err)
                     : delivery_done(w->queue, &slot->delivery, &err))) {
        queue_missed(w, NULL, &err);
        /* Delivered again, it will be known. */
        if (slot->delivery)
            give_back(w, &slot->delivery, 0);
    }
}

/* Exit codes are those of interface.md. */
static void job_end(Worker *w, const ProcEnd *end)
{
    WorkSlot *slot = &w->slots[end->job];
    Arena *arena = slot->delivery->arena;
    const char *words = last_words(slot);
    const char *folder = arena_text(w->plan->arena, slot->folder);
    unlink(slot->errors);
    w->counts.running--;
    if (end->is_over_time)
        job_again(w, slot, WORK_KILLED, "did not end in time");
    else if (end->signal)
        job_again(w, slot, WORK_KILLED,
                  arena_printf(arena, "died of signal %d", end->signal));
    else if (end->exit_code == 3)
        set_aside(w, &slot->delivery, words[0] ? words : "the audit's input is wrong");
    else if (end->exit_code == 0 || end->exit_code == 2 || end->exit_code == 4)
        job_done(w, slot, end->exit_code);
    else
        job_again(w, slot, WORK_FAILED, words);
    slot->delivery = NULL;
    if (!w->plan->output)
        folder_remove(folder);
}

static void leases_extend(Worker *w)
{
    int64_t now_us = clock_now_us(w->plan->clock);
    for (int i = 0; i < w->plan->slots; i++) {
        WorkSlot *slot = &w->slots[i];
        Error err = {0};
        if (!slot->delivery || now_us - slot->extended_us < queue_lease_us(w->queue) / 3)
            continue;
        slot->extended_us = now_us;
        if (!delivery_extend(w->queue, slot->delivery, &err))
            queue_missed(w, &slot->delivery->job, &err);
    }
}

static void job_take(Worker *w)
{
    Delivery *delivery = NULL;
    Error err = {0};
    bool is_busy = proc_is_busy(&w->pool);
    if (!queue_take(w->queue, w->plan->stages, is_busy ? WAIT_BUSY_MS : WAIT_IDLE_MS,
                    &delivery, &err)) {
        queue_missed(w, NULL, &err);
        clock_sleep_us(w->plan->clock, 200000);
        return;
    }
    if (delivery) {
        w->empty_looks = 0;
        job_begin(w, delivery);
    } else if (!is_busy) {
        w->empty_looks++;
    }
}

/* Nothing came several times, and nothing waits for a site or a second try. */
static bool is_empty(Worker *w)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    QueueStatus status;
    if (!w->plan->ends_when_empty || w->empty_looks < EMPTY_LOOKS)
        return false;
    w->empty_looks = 0;
    if (!queue_status(w->queue, arena, &status, NULL))
        return false;
    for (int stage = 0; stage < JOB_STAGE_COUNT; stage++)
        if ((w->plan->stages & (1u << stage)) &&
            (status.waiting[stage] || status.running[stage]))
            return false;
    return true;
}

/* Whoever had to stop: its jobs are as if they had never been taken. */
static void jobs_hand_on(Worker *w)
{
    proc_kill_all(&w->pool);
    for (int i = 0; i < w->plan->slots; i++) {
        WorkSlot *slot = &w->slots[i];
        Error err = {0};
        if (!slot->delivery)
            continue;
        slot->record.is_running = false;
        turn_ended(w, &slot->delivery->job, WORK_HANDED_ON, NULL);
        if (!queue_record_write(w->queue, slot->delivery->job.id, &slot->record, &err))
            queue_missed(w, &slot->delivery->job, &err);
        give_back(w, &slot->delivery, 0);
    }
}

static void worker_loop(Worker *w)
{
    ProcEnd end;
    while (!is_stopping() && !is_empty(w)) {
        metrics_serve(&w->door, &w->counts);
        leases_extend(w);
        if (proc_has_room(&w->pool))
            job_take(w);
        int64_t wait_us = proc_has_room(&w->pool) ? 0 : (int64_t)WAIT_BUSY_MS * 1000;
        while (proc_wait(&w->pool, wait_us, &end)) {
            job_end(w, &end);
            wait_us = 0;
        }
    }
    jobs_hand_on(w);
}

static const char *worker_name(Arena *arena)
{
    char host[256] = "worker";
    gethostname(host, sizeof host - 1);
    return arena_printf(arena, "%s-%d", host, (int)getpid());
}

static const char *scratch_make(Arena *arena, Error *err)
{
    const char *top = getenv("TMPDIR");
    char *path =
        arena_printf(arena, "%s/mystery-worker-XXXXXX", top && top[0] ? top : "/tmp");
    if (mkdtemp(path))
        return path;
    error_set(err, ERROR_FAILED, path, "cannot make a folder: %s", strerror(errno));
    return NULL;
}

bool worker_run(const WorkerPlan *plan, Error *err)
{
    Worker w = {.plan = plan, .name = worker_name(plan->arena), .door = {.fd = -1}};
    w.slots = ARENA_ARRAY(plan->arena, (size_t)plan->slots, WorkSlot);
    w.pool = (ProcPool){ARENA_ARRAY(plan->arena, (size_t)plan->slots, Proc),
                        (size_t)plan->slots};
    w.counts.slots = plan->slots;
    w.scratch = scratch_make(plan->arena, err);
    if (!w.scratch)
        return false;
    bool is_open = (!plan->metrics || metrics_open(plan->metrics, &w.door, err)) &&
                   queue_open(plan->arena, &plan->queue, &w.queue, err);
    if (is_open) {
        const char *port =
            w.door.fd < 0 ? NULL
                          : arena_printf(plan->arena, "metrics on port %d", w.door.port);
        say(&w, (WorkLine){"info", "worker-begins", NULL, port, NAN, -1});
        worker_loop(&w);
        say(&w, (WorkLine){"info", "worker-ends", NULL, NULL, NAN, -1});
    }
    queue_close(&w.queue);
    metrics_close(&w.door);
    folder_remove(w.scratch);
    return is_open;
}

#endif
