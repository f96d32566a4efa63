/* queue_state.c - locks of sites, records of jobs, how the queue stands. Layer: fleet.
 *
 * SPDX-License-Identifier: MIT */
#include "fleet/queue_nats.h"

#ifdef HAS_LIBNATS

#    include <string.h>

enum { RECORD_LIMIT = 4096 };

bool delivery_lock(Queue *queue, Delivery *delivery, const char *worker, bool *is_ours,
                   Error *err)
{
    const char *holder = arena_printf(delivery->arena, "%s %s", worker, delivery->job.id);
    int tries = 0;
    natsStatus status = NATS_OK;
    do
        status = kvStore_CreateString(&delivery->lock_revision, queue->sites,
                                      delivery->job.site, holder);
    while (status != NATS_OK && queue_again(status, 0, &tries));
    *is_ours = status == NATS_OK;
    if (*is_ours)
        return true;
    delivery->lock_revision = 0;
    /* The library names no status for "somebody was first"; the key being there does. */
    kvEntry *entry = NULL;
    natsStatus looked = kvStore_Get(&entry, queue->sites, delivery->job.site);
    kvEntry_Destroy(entry);
    if (looked == NATS_OK || looked == NATS_NOT_FOUND)
        return true;
    return queue_error(queue, err, status, "cannot lock a site");
}

bool delivery_extend(Queue *queue, Delivery *delivery, Error *err)
{
    natsStatus status = natsMsg_InProgress(delivery->mail, NULL);
    if (status == NATS_OK && delivery->lock_revision)
        status =
            kvStore_UpdateString(&delivery->lock_revision, queue->sites, delivery->job.site,
                                 delivery->job.id, delivery->lock_revision);
    return status == NATS_OK || queue_error(queue, err, status, "cannot extend a lease");
}

void delivery_unlock(Queue *queue, Delivery *delivery)
{
    if (!delivery->lock_revision)
        return;
    /* Should this fail, the lock ends with its lease. */
    natsStatus status = kvStore_Delete(queue->sites, delivery->job.site);
    (void)status;
    delivery->lock_revision = 0;
}

bool queue_record_read(Queue *queue, Arena *arena, const char *id, JobRecord *record,
                       Error *err)
{
    kvEntry *entry = NULL;
    JsonFile file;
    int tries = 0;
    natsStatus status = NATS_OK;
    *record = (JobRecord){.worker = ""};
    do
        status = kvStore_Get(&entry, queue->records, id);
    while (status != NATS_OK && status != NATS_NOT_FOUND && queue_again(status, 0, &tries));
    if (status == NATS_NOT_FOUND)
        return true;
    if (status != NATS_OK)
        return queue_error(queue, err, status, "cannot read a job's record");
    Str text =
        arena_str(arena, str_from(kvEntry_Value(entry), (size_t)kvEntry_ValueLen(entry)));
    kvEntry_Destroy(entry);
    /* A record that does not read is as good as none. */
    if (text.length > RECORD_LIMIT || !json_parse(arena, "record", text, &file, NULL))
        return true;
    record->is_running = json_bool(json_get(file.root, "running"), false);
    record->kills = (int)json_integer(json_get(file.root, "kills"), 0);
    record->failures = (int)json_integer(json_get(file.root, "failures"), 0);
    record->worker = json_text(json_get(file.root, "worker"), "");
    return true;
}

bool queue_record_write(Queue *queue, const char *id, const JobRecord *record, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    int tries = 0;
    natsStatus status = NATS_OK;
    buf_init(&text, RECORD_LIMIT);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_put_bool(&json, "running", record->is_running);
    json_put_integer(&json, "kills", record->kills);
    json_put_integer(&json, "failures", record->failures);
    json_put_text(&json, "worker", record->worker);
    json_write_end(&json);
    do
        status = kvStore_Put(NULL, queue->records, id, text.data, (int)text.length);
    while (status != NATS_OK && queue_again(status, 0, &tries));
    return status == NATS_OK ||
           queue_error(queue, err, status, "cannot write a job's record");
}

bool queue_record_drop(Queue *queue, const char *id, Error *err)
{
    int tries = 0;
    natsStatus status = NATS_OK;
    do
        status = kvStore_Delete(queue->records, id);
    while (status != NATS_OK && queue_again(status, 0, &tries));
    return status == NATS_OK ||
           queue_error(queue, err, status, "cannot drop a job's record");
}

static bool stage_status(Queue *queue, JobStage stage, QueueStatus *status, Error *err)
{
    jsConsumerInfo *info = NULL;
    jsErrCode code = 0;
    int tries = 0;
    natsStatus answer = NATS_OK;
    do
        answer = js_GetConsumerInfo(&info, queue->jetstream, queue->jobs_stream,
                                    job_stage_name(stage), NULL, &code);
    while (answer != NATS_OK && queue_again(answer, code, &tries));
    if (answer != NATS_OK)
        return queue_error(queue, err, answer, "cannot look at the queue");
    status->waiting[stage] = info->NumPending;
    status->running[stage] = (uint64_t)info->NumAckPending;
    jsConsumerInfo_Destroy(info);
    return true;
}

static bool stream_status(Queue *queue, const char *name, uint64_t *messages,
                          QueueStatus *status, Error *err)
{
    jsStreamInfo *info = NULL;
    jsErrCode code = 0;
    int tries = 0;
    natsStatus answer = NATS_OK;
    do
        answer = js_GetStreamInfo(&info, queue->jetstream, name, NULL, &code);
    while (answer != NATS_OK && queue_again(answer, code, &tries));
    if (answer != NATS_OK)
        return queue_error(queue, err, answer, "cannot look at the queue");
    *messages = info->State.Msgs;
    status->bytes += info->State.Bytes;
    status->replicas = (int)info->Config->Replicas;
    jsStreamInfo_Destroy(info);
    return true;
}

int64_t queue_sites(Queue *queue)
{
    kvKeysList keys = {0};
    if (kvStore_Keys(&keys, queue->sites, NULL) != NATS_OK)
        return -1;
    int64_t count = keys.Count;
    kvKeysList_Destroy(&keys);
    return count;
}

bool queue_status(Queue *queue, Arena *arena, QueueStatus *status, Error *err)
{
    uint64_t jobs = 0;
    *status = (QueueStatus){.name = arena_text(arena, queue->name),
                            .server = arena_text(arena, queue->shown),
                            .lease_us = queue->lease_us};
    for (int stage = 0; stage < JOB_STAGE_COUNT; stage++)
        if (!stage_status(queue, (JobStage)stage, status, err))
            return false;
    if (!stream_status(queue, queue->aside_stream, &status->aside, status, err) ||
        !stream_status(queue, queue->jobs_stream, &jobs, status, err))
        return false;
    return true;
}

#endif
