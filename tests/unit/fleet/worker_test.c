/* worker_test.c - promises of the worker: every job ends, whatever becomes of its program.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "broker.h"
#include "fleet/worker.h"
#include "unit.h"

#ifdef HAS_LIBNATS

/* What a test tells its worker and hears from it. */
typedef struct Bench {
    const char *command; /* of /bin/sh; "$1" is the job's address */
    const char *kept;    /* this address is kept already */
    Buf log;
} Bench;

static bool program(void *context, Arena *arena, const Job *job, const char *folder,
                    ProcProgram *made, Error *err)
{
    const Bench *bench = context;
    static const char *const environment[] = {"PATH=/usr/bin:/bin", NULL};
    const char **arguments = ARENA_ARRAY(arena, 6, const char *);
    (void)folder;
    (void)err;
    arguments[0] = "sh";
    arguments[1] = "-c";
    arguments[2] = bench->command;
    arguments[3] = "sh";
    arguments[4] = job->url;
    made->path = "/bin/sh";
    made->arguments = arguments;
    made->environment = environment;
    return true;
}

static bool is_kept(void *context, const Job *job, bool *kept, Error *err)
{
    const Bench *bench = context;
    (void)err;
    *kept = bench->kept && strcmp(job->url, bench->kept) == 0;
    return true;
}

static void say(void *context, Str line)
{
    Bench *bench = context;
    buf_add(&bench->log, line);
}

static size_t said(const Bench *bench, const char *event)
{
    size_t count = 0, at = 0;
    AUTO(arena_auto) Arena *arena = arena_create();
    Str what = str_of(arena_printf(arena, "\"event\":\"%s\"", event));
    while ((at = str_find(buf_str(&bench->log), what, at)) != SIZE_MAX) {
        count++;
        at++;
    }
    return count;
}

static void submit(Arena *arena, Queue *queue, const char *url)
{
    PanelShop shop = {.url = url};
    Job job;
    bool is_new = false;
    Error err = {0};
    assert_true(job_make(arena, "night", &shop, &job, &err));
    assert_true(queue_put(queue, &job, &is_new, &err));
}

static void work(Arena *arena, const char *place, Bench *bench)
{
    Clock clock;
    Error err = {0};
    clock_init(&clock);
    buf_init(&bench->log, 1 << 20);
    WorkerPlan plan = {.arena = arena,
                       .clock = &clock,
                       .queue = {.servers = place, .lease_us = 30000000},
                       .stages = 1u << JOB_VISIT,
                       .slots = 2,
                       .ends_when_empty = true,
                       .job_limit_us = 60000000,
                       .context = bench,
                       .program = program,
                       .is_kept = is_kept,
                       .say = say};
    if (!worker_run(&plan, &err))
        fail_msg("%s", err.what);
}

void test_worker__jobs_are_done_known_or_set_aside(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *place = broker_fresh(arena);
    QueueItem *items = NULL;
    size_t count = 0;
    Error err = {0};
    Bench bench = {.command =
                       "case $1 in *wrong*) echo no such shop >&2; exit 3;; *) exit 2;;"
                       " esac",
                   .kept = "https://kept.example/"};
    if (!place)
        skip();
    Queue *queue = broker_queue(arena, place, 30000);
    submit(arena, queue, "https://fine.example/");
    submit(arena, queue, "https://kept.example/");
    submit(arena, queue, "https://wrong.example/");
    work(arena, place, &bench);
    assert_int_equal(said(&bench, "job-done"), 1);
    assert_int_equal(said(&bench, "job-known"), 1);
    assert_int_equal(said(&bench, "job-aside"), 1);
    assert_true(queue_list(arena, queue, true, 10, &items, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(items[0].reason, "no such shop");
    assert_true(queue_list(arena, queue, false, 10, &items, &count, &err));
    assert_int_equal(count, 0);
    buf_release(&bench.log);
    queue_close(&queue);
}

/* Once already, says its record; the third time is the last. */
void test_worker__what_kills_three_times_is_set_aside(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *place = broker_fresh(arena);
    QueueItem *items = NULL;
    size_t count = 0;
    Error err = {0};
    Bench bench = {.command = "kill -9 $$"};
    const JobRecord record = {.is_running = true, .kills = 1, .worker = "gone"};
    if (!place)
        skip();
    Queue *queue = broker_queue(arena, place, 30000);
    submit(arena, queue, "https://deadly.example/");
    submit(arena, queue, "https://deadlier.example/");
    assert_true(queue_list(arena, queue, false, 10, &items, &count, &err));
    for (size_t i = 0; i < count; i++)
        assert_true(queue_record_write(queue, items[i].job.id, &record, &err));
    work(arena, place, &bench);
    assert_int_equal(said(&bench, "job-begins"), 2);
    assert_int_equal(said(&bench, "job-aside"), 2);
    assert_true(queue_list(arena, queue, true, 10, &items, &count, &err));
    assert_int_equal(count, 2);
    assert_non_null(strstr(items[0].reason, "signal 9"));
    buf_release(&bench.log);
    queue_close(&queue);
}

#else

/* The runner finds the tests by name, whatever is built in. */
#    define ABSENT(name)                                                                   \
        void name(void)                                                                    \
        {                                                                                  \
            skip();                                                                        \
        }

ABSENT(test_worker__jobs_are_done_known_or_set_aside)
ABSENT(test_worker__what_kills_three_times_is_set_aside)

#endif
