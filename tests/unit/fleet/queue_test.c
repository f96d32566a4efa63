/* queue_test.c - promises of the queue, on a server of the tests' own where one is
 * installed. Tests queue_state.c and queue_look.c too.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/clock.h"
#include "broker.h"
#include "fleet/queue.h"
#include "unit.h"

#ifdef HAS_LIBNATS

enum { LEASE_MS = 1000, ALL = 1 << JOB_VISIT | 1 << JOB_JUDGE };

static Job made(Arena *arena, const char *url)
{
    PanelShop shop = {.url = url};
    Job job;
    Error err = {0};
    assert_true(job_make(arena, "night", &shop, &job, &err));
    return job;
}

static bool put(Arena *arena, Queue *queue, const char *url)
{
    Job job = made(arena, url);
    bool is_new = false;
    Error err = {0};
    if (!queue_put(queue, &job, &is_new, &err))
        fail_msg("%s", err.what);
    return is_new;
}

/* Take one, however long that takes on a busy machine. */
static Delivery *taken(Queue *queue)
{
    const Clock real = {.is_fixed = false};
    int64_t until_us = clock_now_us(&real) + 60 * 1000000LL;
    Delivery *delivery = NULL;
    Error err = {0};
    while (!delivery && clock_now_us(&real) < until_us)
        if (!queue_take(queue, ALL, 200, &delivery, &err))
            fail_msg("%s", err.what);
    assert_non_null(delivery);
    return delivery;
}

static QueueStatus status_of(Arena *arena, Queue *queue)
{
    QueueStatus status;
    Error err = {0};
    if (!queue_status(queue, arena, &status, &err))
        fail_msg("%s", err.what);
    return status;
}

void test_queue__a_job_waits_once_and_leaves_when_done(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *place = broker_fresh(arena);
    Error err = {0};
    if (!place)
        skip();
    Queue *queue = broker_queue(arena, place, 30000);
    assert_true(put(arena, queue, "https://a.example/"));
    assert_false(put(arena, queue, "https://a.example/"));
    assert_true(put(arena, queue, "https://b.example/"));
    assert_int_equal(status_of(arena, queue).waiting[JOB_VISIT], 2);
    Delivery *a = taken(queue), *b = taken(queue);
    assert_string_equal(a->job.url, "https://a.example/");
    assert_string_equal(b->job.url, "https://b.example/");
    assert_int_equal(status_of(arena, queue).running[JOB_VISIT], 2);
    assert_true(delivery_done(queue, &a, &err));
    assert_null(a);
    assert_true(delivery_later(queue, &b, 1, &err));
    b = taken(queue);
    assert_true(delivery_visited(queue, &b, &err));
    b = taken(queue);
    assert_int_equal(b->job.stage, JOB_JUDGE);
    assert_true(delivery_done(queue, &b, &err));
    QueueStatus status = status_of(arena, queue);
    assert_int_equal(status.waiting[JOB_VISIT] + status.running[JOB_VISIT], 0);
    assert_int_equal(status.waiting[JOB_JUDGE] + status.running[JOB_JUDGE], 0);
    queue_close(&queue);
}

void test_queue__a_silent_worker_loses_its_job_and_its_site(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *place = broker_fresh(arena);
    bool is_ours = false;
    Error err = {0};
    if (!place)
        skip();
    Queue *dead = broker_queue(arena, place, LEASE_MS);
    Queue *other = broker_queue(arena, place, 99000);
    assert_int_equal(queue_lease_us(other), LEASE_MS * 1000);
    assert_true(put(arena, dead, "https://a.example/"));
    Delivery *lost = taken(dead);
    assert_true(delivery_lock(dead, lost, "dead", &is_ours, &err) && is_ours);
    Delivery *found = taken(other);
    assert_string_equal(found->job.id, lost->job.id);
    const Clock real = {.is_fixed = false};
    int64_t until_us = clock_now_us(&real) + 60 * 1000000LL;
    is_ours = false;
    while (!is_ours && clock_now_us(&real) < until_us)
        assert_true(delivery_lock(other, found, "other", &is_ours, &err));
    assert_true(is_ours);
    assert_true(delivery_done(other, &found, &err));
    queue_close(&other);
    assert_true(delivery_later(dead, &lost, 1, &err));
    queue_close(&dead);
}

void test_queue__one_visitor_a_site(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *place = broker_fresh(arena);
    bool is_ours = false;
    Error err = {0};
    if (!place)
        skip();
    Queue *queue = broker_queue(arena, place, 30000);
    assert_true(put(arena, queue, "https://www.shop.example/"));
    assert_true(put(arena, queue, "https://shop.example/"));
    Delivery *a = taken(queue), *b = taken(queue);
    assert_true(delivery_lock(queue, a, "one", &is_ours, &err) && is_ours);
    assert_true(delivery_extend(queue, a, &err));
    assert_true(delivery_lock(queue, b, "two", &is_ours, &err) && !is_ours);
    assert_int_equal(queue_sites(queue), 1);
    assert_true(delivery_done(queue, &a, &err));
    assert_true(delivery_lock(queue, b, "two", &is_ours, &err) && is_ours);
    assert_true(delivery_done(queue, &b, &err));
    queue_close(&queue);
}

void test_queue__what_is_set_aside_is_listed_retried_dropped(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *place = broker_fresh(arena);
    QueueItem *items = NULL;
    size_t count = 0;
    Error err = {0};
    JobRecord record = {.is_running = true, .kills = 2, .worker = "w"};
    if (!place)
        skip();
    Queue *queue = broker_queue(arena, place, 30000);
    assert_true(put(arena, queue, "https://a.example/"));
    Delivery *a = taken(queue);
    const char *id = arena_text(arena, a->job.id);
    assert_true(queue_record_write(queue, id, &record, &err));
    assert_true(queue_list(arena, queue, false, 10, &items, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(items[0].record.kills, 2);
    assert_true(delivery_aside(queue, &a, "because", &err));
    assert_true(queue_list(arena, queue, true, 10, &items, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(items[0].reason, "because");
    assert_string_equal(items[0].job.url, "https://a.example/");
    assert_int_equal(status_of(arena, queue).aside, 1);
    assert_true(queue_retry(queue, id, &count, &err));
    assert_int_equal(count, 1);
    assert_true(queue_record_read(queue, arena, id, &record, &err));
    assert_int_equal(record.kills, 0);
    assert_int_equal(status_of(arena, queue).aside, 0);
    assert_true(queue_drop(queue, id, &count, &err));
    assert_int_equal(count, 1);
    assert_int_equal(status_of(arena, queue).waiting[JOB_VISIT], 0);
    assert_false(queue_retry(queue, id, &count, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    queue_close(&queue);
}

void test_queue__who_cannot_connect_is_told_without_the_password(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    QueuePlace place = {.servers = "nats://u:secret@127.0.0.1:1/night",
                        .lease_us = 1000000};
    Queue *queue = NULL;
    Error err = {0};
    assert_false(queue_open(arena, &place, &queue, &err));
    assert_null(queue);
    assert_int_equal(err.code, ERROR_FAILED);
    assert_null(strstr(err.where, "secret"));
    assert_true(err.hint[0]);
    error_clear(&err);
    place.servers = "nats://127.0.0.1:1/a b";
    assert_false(queue_open(arena, &place, &queue, &err));
    assert_int_equal(err.code, ERROR_INPUT);
}

#else

/* The runner finds the tests by name, whatever is built in. */
#    define ABSENT(name)                                                                   \
        void name(void)                                                                    \
        {                                                                                  \
            skip();                                                                        \
        }

ABSENT(test_queue__a_job_waits_once_and_leaves_when_done)
ABSENT(test_queue__a_silent_worker_loses_its_job_and_its_site)
ABSENT(test_queue__one_visitor_a_site)
ABSENT(test_queue__what_is_set_aside_is_listed_retried_dropped)
ABSENT(test_queue__who_cannot_connect_is_told_without_the_password)

#endif
