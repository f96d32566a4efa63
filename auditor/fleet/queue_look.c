/* queue_look.c - jobs listed, retried, dropped. Layer: fleet. SPDX-License-Identifier: MIT
 */
#include "fleet/queue_nats.h"

#ifdef HAS_LIBNATS

#    include <string.h>

/* The first message of a stream at or after a number that fits a subject; *mail is NULL
 * behind the last. */
static bool mail_next(Queue *queue, const char *stream, const char *subject, uint64_t from,
                      natsMsg **mail, Error *err)
{
    jsDirectGetMsgOptions options;
    int tries = 0;
    natsStatus status = NATS_OK;
    *mail = NULL;
    do {
        jsDirectGetMsgOptions_Init(&options);
        options.Sequence = from;
        options.NextBySubject = subject;
        status = js_DirectGetMsg(mail, queue->jetstream, stream, NULL, &options);
    } while (status != NATS_OK && status != NATS_NOT_FOUND &&
             queue_again(status, 0, &tries));
    if (status == NATS_OK || status == NATS_NOT_FOUND)
        return true;
    return queue_error(queue, err, status, "cannot look at the queue");
}

static bool aside_read(Arena *arena, Str text, QueueItem *item)
{
    JsonFile file;
    if (!json_parse(arena, "aside", text, &file, NULL))
        return false;
    item->reason = json_text(json_get(file.root, "reason"), "");
    item->queued_us = json_integer(json_get(file.root, "queued_us"), 0);
    return job_read(arena, json_str(json_get(file.root, "job")), &item->job, NULL);
}

static void item_read(Arena *arena, natsMsg *mail, bool is_aside, QueueItem *item)
{
    Str text = str_from(natsMsg_GetData(mail), (size_t)natsMsg_GetDataLength(mail));
    const char *subject = natsMsg_GetSubject(mail);
    *item = (QueueItem){.queued_us = natsMsg_GetTime(mail) / 1000,
                        .record = {.worker = ""},
                        .reason = is_aside ? "" : NULL};
    if (is_aside ? aside_read(arena, text, item) : job_read(arena, text, &item->job, NULL))
        return;
    const char *id = strrchr(subject, '.');
    item->job = (Job){.id = arena_text(arena, id ? id + 1 : subject),
                      .url = "(no job)",
                      .batch = "",
                      .site = "",
                      .host = ""};
}

bool queue_list(Arena *arena, Queue *queue, bool is_aside, size_t most, QueueItem **items,
                size_t *count, Error *err)
{
    const char *stream = is_aside ? queue->aside_stream : queue->jobs_stream;
    const char *subject =
        arena_printf(arena, "%s.%s.>", queue->name, is_aside ? "aside" : "jobs");
    size_t capacity = 0;
    *items = NULL;
    *count = 0;
    for (uint64_t from = 1; *count < most;) {
        natsMsg *mail = NULL;
        QueueItem item;
        if (!mail_next(queue, stream, subject, from, &mail, err))
            return false;
        if (!mail)
            return true;
        from = natsMsg_GetSequence(mail) + 1;
        item_read(arena, mail, is_aside, &item);
        natsMsg_Destroy(mail);
        if (!is_aside && !queue_record_read(queue, arena, item.job.id, &item.record, err))
            return false;
        ARENA_PUSH(arena, *items, *count, capacity, item);
    }
    return true;
}

static bool mail_delete(Queue *queue, const char *stream, uint64_t sequence, Error *err)
{
    jsErrCode code = 0;
    int tries = 0;
    natsStatus status = NATS_OK;
    do
        status = js_DeleteMsg(queue->jetstream, stream, sequence, NULL, &code);
    while (status != NATS_OK && status != NATS_NOT_FOUND &&
           queue_again(status, code, &tries));
    if (status == NATS_OK || status == NATS_NOT_FOUND)
        return true;
    return queue_error(queue, err, status, "cannot drop a job");
}

/* Back on the queue as it was put; what is no job stays where it is. */
static bool mail_retry(Queue *queue, natsMsg *mail, bool *is_done, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    QueueItem item;
    bool is_new = false;
    item_read(arena, mail, true, &item);
    *is_done = false;
    if (!item.job.site[0])
        return true;
    if (!queue_record_drop(queue, item.job.id, err) ||
        !queue_put(queue, &item.job, &is_new, err) ||
        !mail_delete(queue, queue->aside_stream, natsMsg_GetSequence(mail), err))
        return false;
    *is_done = true;
    return true;
}

/* Walk what was set aside: one id, or all. */
static bool aside_walk(Queue *queue, const char *id, bool is_retry, size_t *count,
                       Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *subject = queue_aside_subject(queue, arena, id ? id : "*");
    for (uint64_t from = 1;;) {
        natsMsg *mail = NULL;
        bool is_done = true;
        if (!mail_next(queue, queue->aside_stream, subject, from, &mail, err))
            return false;
        if (!mail)
            return true;
        from = natsMsg_GetSequence(mail) + 1;
        bool is_walked = is_retry ? mail_retry(queue, mail, &is_done, err)
                                  : mail_delete(queue, queue->aside_stream, from - 1, err);
        natsMsg_Destroy(mail);
        if (!is_walked)
            return false;
        *count += is_done;
    }
}

static bool none_error(const Queue *queue, const char *id, Error *err)
{
    error_set(err, ERROR_INPUT, queue->shown, "no such job: '%s'", id);
    return error_hint(err, "'mystery queue list' names them");
}

bool queue_retry(Queue *queue, const char *id, size_t *count, Error *err)
{
    *count = 0;
    if (!aside_walk(queue, id, true, count, err))
        return false;
    return *count || !id || none_error(queue, id, err);
}

static bool waiting_drop(Queue *queue, const char *id, size_t *count, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    for (int stage = 0; stage < JOB_STAGE_COUNT; stage++) {
        const char *subject = queue_job_subject(queue, arena, (JobStage)stage, id);
        natsMsg *mail = NULL;
        if (!mail_next(queue, queue->jobs_stream, subject, 1, &mail, err))
            return false;
        if (!mail)
            continue;
        bool is_deleted =
            mail_delete(queue, queue->jobs_stream, natsMsg_GetSequence(mail), err);
        natsMsg_Destroy(mail);
        if (!is_deleted)
            return false;
        ++*count;
    }
    return true;
}

bool queue_drop(Queue *queue, const char *id, size_t *count, Error *err)
{
    *count = 0;
    if (!aside_walk(queue, id, false, count, err))
        return false;
    if (id && (!waiting_drop(queue, id, count, err) || !queue_record_drop(queue, id, err)))
        return false;
    return *count || !id || none_error(queue, id, err);
}

#endif
