/* queue.c - connected to the queue; jobs put, taken, ended. Layer: fleet.
 *
 * SPDX-License-Identifier: MIT */
#include "fleet/queue.h"

#include "fleet/queue_nats.h"

#ifdef HAS_LIBNATS

#    include <stdio.h>
#    include <string.h>

#    include "base/clock.h"
#    include "base/url.h"

enum {
    CALL_MS = 5000,
    TRIES_MOST = 40,
    TIMEOUTS_MOST = 3,
    PAUSE_US = 250000,
    SERVERS_MOST = 16,
    JOB_LIMIT = 256 << 10,
    UNACKNOWLEDGED_MOST = 100000,
};

static const int64_t RECORDS_KEPT_NS = 7 * 86400LL * 1000000000LL;

bool queue_error(const Queue *queue, Error *err, natsStatus status, const char *what)
{
    const char *detail = nats_GetLastError(NULL);
    error_set(err, ERROR_FAILED, queue->shown, "%s: %s", what,
              detail && detail[0] ? detail : natsStatus_GetText(status));
    switch ((int)status) {
    case NATS_CONNECTION_AUTH_FAILED:
        return error_hint(err, "give user and password in the address, or --queue-creds "
                               "FILE");
    case NATS_SSL_ERROR:
    case NATS_SECURE_CONNECTION_REQUIRED:
    case NATS_SECURE_CONNECTION_WANTED:
        return error_hint(err, "tls://..., --queue-ca, --queue-cert and --queue-key");
    case NATS_NO_SERVER: return error_hint(err, "is nats-server running there?");
    case NATS_NOT_PERMITTED:
        return error_hint(err, "docs/scale.md names the rights this user needs");
    case NATS_NO_RESPONDERS:
        return error_hint(err, "is JetStream switched on? (nats-server -js)");
    default: return error_hint(err, "docs/scale.md says how the queue is set up");
    }
}

bool queue_again(natsStatus status, jsErrCode code, int *tries)
{
    const Clock real = {.is_fixed = false};
    bool is_passing = status == NATS_TIMEOUT || status == NATS_CONNECTION_DISCONNECTED ||
                      status == NATS_NO_RESPONDERS ||
                      (code == JSClusterNotAvailErr || code == JSInsufficientResourcesErr ||
                       code == JSClusterNotLeaderErr || code == JSStreamOfflineErr ||
                       code == JSConsumerOfflineErr);
    /* Some answers come at once, others only by waiting for none. */
    int most = status == NATS_TIMEOUT ? TIMEOUTS_MOST : TRIES_MOST;
    if (!is_passing || ++*tries > most)
        return false;
    clock_sleep_us(&real, PAUSE_US);
    return true;
}

const char *queue_job_subject(const Queue *queue, Arena *arena, JobStage stage,
                              const char *id)
{
    return arena_printf(arena, "%s.jobs.%s.%s", queue->name, job_stage_name(stage), id);
}

const char *queue_aside_subject(const Queue *queue, Arena *arena, const char *id)
{
    return arena_printf(arena, "%s.aside.%s", queue->name, id);
}

/* "nats://u:p@a:4222,b:4222/night": the part behind the last server's slash. */
static bool name_find(Queue *queue, Error *err)
{
    Str servers = str_of(queue->place->servers);
    size_t scheme = str_find(servers, STR("://"), 0);
    size_t slash = str_find_byte(servers, '/', scheme == SIZE_MAX ? 0 : scheme + 3);
    Str name = slash == SIZE_MAX ? (Str){0} : str_slice(servers, slash + 1, SIZE_MAX);
    queue->name = str_is_empty(name) ? "mystery" : arena_str_text(queue->arena, name);
    if (strspn(queue->name,
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
        strlen(queue->name))
        return true;
    error_set(err, ERROR_INPUT, queue->shown, "'%s' is no name of a queue", queue->name);
    return error_hint(err, "nats://HOST:4222/night: letters, digits, '-' and '_'");
}

static size_t servers_split(Arena *arena, const char *text, const char **servers)
{
    Str rest = str_of(text), one;
    size_t count = 0;
    size_t scheme = str_find(rest, STR("://"), 0);
    Str prefix = scheme == SIZE_MAX ? STR("nats://") : str_slice(rest, 0, scheme + 3);
    if (scheme != SIZE_MAX)
        rest = str_slice(rest, scheme + 3, SIZE_MAX);
    rest = str_slice(rest, 0, str_find_byte(rest, '/', 0));
    while (count < SERVERS_MOST && str_next(&rest, ',', &one)) {
        size_t inner = str_find(one, STR("://"), 0);
        if (inner != SIZE_MAX)
            one = str_slice(one, inner + 3, SIZE_MAX);
        servers[count++] = arena_printf(arena, "%.*s%.*s", STR_ARGS(prefix), STR_ARGS(one));
    }
    return count;
}

const char *queue_shown(Arena *arena, const char *servers)
{
    Str text = str_of(servers);
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '@')
            at = i;
    size_t scheme = str_find(text, STR("://"), 0);
    if (at == SIZE_MAX || scheme == SIZE_MAX || at < scheme)
        return arena_text(arena, servers);
    return arena_printf(arena, "%.*s***%.*s", STR_ARGS(str_slice(text, 0, scheme + 3)),
                        STR_ARGS(str_slice(text, at, SIZE_MAX)));
}

static natsStatus tls_set(Queue *queue)
{
    const QueuePlace *place = queue->place;
    natsStatus status = NATS_OK;
    if (strncmp(place->servers, "tls://", 6) != 0 && !place->ca && !place->certificate)
        return NATS_OK;
    status = natsOptions_SetSecure(queue->options, true);
    if (status == NATS_OK && place->ca)
        status = natsOptions_LoadCATrustedCertificates(queue->options, place->ca);
    if (status == NATS_OK && place->certificate)
        status =
            natsOptions_LoadCertificatesChain(queue->options, place->certificate,
                                              place->key ? place->key : place->certificate);
    return status;
}

static natsStatus options_set(Queue *queue)
{
    const char *servers[SERVERS_MOST];
    size_t count = servers_split(queue->arena, queue->place->servers, servers);
    natsStatus status = natsOptions_Create(&queue->options);
    if (status == NATS_OK)
        status = natsOptions_SetServers(queue->options, servers, (int)count);
    if (status == NATS_OK)
        status = natsOptions_SetTimeout(queue->options, CALL_MS);
    /* A cluster that changes its nodes comes back; the jobs wait meanwhile. */
    if (status == NATS_OK)
        status = natsOptions_SetMaxReconnect(queue->options, -1);
    if (status == NATS_OK)
        status = natsOptions_SetReconnectWait(queue->options, 200);
    if (status == NATS_OK)
        status = natsOptions_SetName(queue->options, "mystery");
    if (status == NATS_OK && queue->place->credentials)
        status = natsOptions_SetUserCredentialsFromFiles(queue->options,
                                                         queue->place->credentials, NULL);
    return status == NATS_OK ? tls_set(queue) : status;
}

/* Whoever names three servers has a cluster. */
static int replicas_of(const Queue *queue)
{
    const char *servers[SERVERS_MOST];
    if (queue->place->replicas)
        return queue->place->replicas;
    return servers_split(queue->arena, queue->place->servers, servers) >= 3 ? 3 : 1;
}

static bool stream_make(Queue *queue, const char *name, const char *subject, bool is_work,
                        Error *err)
{
    jsStreamConfig config;
    jsErrCode code = 0;
    jsStreamInfo *info = NULL;
    int tries = 0;
    natsStatus status = NATS_OK;
    do
        status = js_GetStreamInfo(&info, queue->jetstream, name, NULL, &code);
    while (status != NATS_OK && status != NATS_NOT_FOUND &&
           queue_again(status, code, &tries));
    jsStreamInfo_Destroy(info);
    if (status == NATS_OK)
        return true;
    if (status != NATS_NOT_FOUND)
        return queue_error(queue, err, status, "cannot open the queue");
    jsStreamConfig_Init(&config);
    config.Name = name;
    config.Subjects = &subject;
    config.SubjectsLen = 1;
    config.Retention = is_work ? js_WorkQueuePolicy : js_LimitsPolicy;
    config.Storage = js_FileStorage;
    config.Replicas = replicas_of(queue);
    config.AllowDirect = true;
    config.MaxMsgSize = JOB_LIMIT + 4096;
    do
        status = js_AddStream(NULL, queue->jetstream, &config, NULL, &code);
    while (status != NATS_OK && queue_again(status, code, &tries));
    /* Somebody else may have made it meanwhile. */
    if (status == NATS_OK || code == JSStreamNameExistErr)
        return true;
    return queue_error(queue, err, status, "cannot make the queue");
}

static bool consumer_make(Queue *queue, JobStage stage, Error *err)
{
    jsConsumerConfig config;
    jsConsumerInfo *info = NULL;
    jsErrCode code = 0;
    int tries = 0;
    natsStatus status = NATS_OK;
    const char *name = job_stage_name(stage);
    do
        status = js_GetConsumerInfo(&info, queue->jetstream, queue->jobs_stream, name, NULL,
                                    &code);
    while (status != NATS_OK && status != NATS_NOT_FOUND &&
           queue_again(status, code, &tries));
    if (status == NATS_NOT_FOUND) {
        jsConsumerConfig_Init(&config);
        config.Durable = name;
        config.DeliverPolicy = js_DeliverAll;
        config.AckPolicy = js_AckExplicit;
        config.AckWait = queue->place->lease_us * 1000;
        config.MaxDeliver = -1;
        config.MaxAckPending = UNACKNOWLEDGED_MOST;
        config.FilterSubject = queue_job_subject(queue, queue->arena, stage, "*");
        do
            status = js_AddConsumer(&info, queue->jetstream, queue->jobs_stream, &config,
                                    NULL, &code);
        while (status != NATS_OK && queue_again(status, code, &tries));
    }
    if (status != NATS_OK)
        return queue_error(queue, err, status, "cannot make the queue");
    queue->lease_us = info->Config->AckWait / 1000;
    jsConsumerInfo_Destroy(info);
    return true;
}

static bool bucket_open(Queue *queue, const char *kind, int64_t kept_ns, kvStore **store,
                        Error *err)
{
    kvConfig config;
    const char *name = arena_printf(queue->arena, "%s_%s", queue->name, kind);
    int tries = 0;
    natsStatus status = NATS_OK;
    do
        status = js_KeyValue(store, queue->jetstream, name);
    while (status != NATS_OK && status != NATS_NOT_FOUND && queue_again(status, 0, &tries));
    if (status == NATS_OK)
        return true;
    kvConfig_Init(&config);
    config.Bucket = name;
    config.History = 1;
    config.TTL = kept_ns;
    config.StorageType = js_FileStorage;
    config.Replicas = replicas_of(queue);
    do {
        status = js_CreateKeyValue(store, queue->jetstream, &config);
        if (status != NATS_OK && js_KeyValue(store, queue->jetstream, name) == NATS_OK)
            return true;
    } while (status != NATS_OK && queue_again(status, 0, &tries));
    return status == NATS_OK || queue_error(queue, err, status, "cannot make the queue");
}

static bool queue_make(Queue *queue, Error *err)
{
    const char *jobs = arena_printf(queue->arena, "%s.jobs.>", queue->name);
    const char *aside = arena_printf(queue->arena, "%s.aside.>", queue->name);
    queue->jobs_stream = arena_printf(queue->arena, "%s_jobs", queue->name);
    queue->aside_stream = arena_printf(queue->arena, "%s_aside", queue->name);
    if (!stream_make(queue, queue->jobs_stream, jobs, true, err) ||
        !stream_make(queue, queue->aside_stream, aside, false, err))
        return false;
    for (int stage = 0; stage < JOB_STAGE_COUNT; stage++)
        if (!consumer_make(queue, (JobStage)stage, err))
            return false;
    return bucket_open(queue, "sites", queue->lease_us * 1000, &queue->sites, err) &&
           bucket_open(queue, "records", RECORDS_KEPT_NS, &queue->records, err);
}

bool queue_open(Arena *arena, const QueuePlace *place, Queue **queue, Error *err)
{
    Queue *made = ARENA_NEW(arena, Queue);
    jsOptions options;
    *made = (Queue){
        .arena = arena, .place = place, .shown = queue_shown(arena, place->servers)};
    *queue = made;
    bool is_open = name_find(made, err);
    if (is_open) {
        natsStatus status = options_set(made);
        if (status == NATS_OK)
            status = natsConnection_Connect(&made->connection, made->options);
        if (status == NATS_OK)
            status = jsOptions_Init(&options);
        options.Wait = CALL_MS;
        if (status == NATS_OK)
            status = natsConnection_JetStream(&made->jetstream, made->connection, &options);
        is_open =
            status == NATS_OK || queue_error(made, err, status, "cannot open the queue");
    }
    if (is_open && queue_make(made, err))
        return true;
    queue_close(queue);
    return false;
}

void queue_close(Queue **queue)
{
    Queue *q = *queue;
    if (!q)
        return;
    for (int stage = 0; stage < JOB_STAGE_COUNT; stage++)
        natsSubscription_Destroy(q->stages[stage]);
    kvStore_Destroy(q->sites);
    kvStore_Destroy(q->records);
    jsCtx_Destroy(q->jetstream);
    if (q->connection && natsConnection_FlushTimeout(q->connection, CALL_MS) != NATS_OK)
        natsConnection_Close(q->connection);
    natsConnection_Destroy(q->connection);
    natsOptions_Destroy(q->options);
    *queue = NULL;
}

int64_t queue_lease_us(const Queue *queue)
{
    return queue->lease_us;
}

bool queue_publish(Queue *queue, const char *subject, Str bytes, bool *is_new, Error *err)
{
    jsPubOptions options;
    jsErrCode code = 0;
    int tries = 0;
    natsStatus status = NATS_OK;
    jsPubOptions_Init(&options);
    options.ExpectNoMessage = true;
    options.MaxWait = CALL_MS;
    do
        status = js_Publish(NULL, queue->jetstream, subject, bytes.data, (int)bytes.length,
                            &options, &code);
    while (status != NATS_OK && code != JSStreamWrongLastSequenceErr &&
           queue_again(status, code, &tries));
    *is_new = status == NATS_OK;
    if (*is_new || code == JSStreamWrongLastSequenceErr)
        return true;
    return queue_error(queue, err, status, "cannot put the job");
}

bool queue_put(Queue *queue, const Job *job, bool *is_new, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf text = {0};
    buf_init(&text, JOB_LIMIT);
    job_write(job, &text);
    return buf_check(&text, "a job", err) &&
           queue_publish(queue, queue_job_subject(queue, arena, job->stage, job->id),
                         buf_str(&text), is_new, err);
}

static bool stage_subscribe(Queue *queue, JobStage stage, Error *err)
{
    jsSubOptions options;
    jsErrCode code = 0;
    natsStatus status = NATS_OK;
    int tries = 0;
    if (queue->stages[stage])
        return true;
    jsSubOptions_Init(&options);
    options.Stream = queue->jobs_stream;
    options.Consumer = job_stage_name(stage);
    do
        status = js_PullSubscribe(&queue->stages[stage], queue->jetstream,
                                  queue_job_subject(queue, queue->arena, stage, "*"),
                                  job_stage_name(stage), NULL, &options, &code);
    while (status != NATS_OK && queue_again(status, code, &tries));
    return status == NATS_OK || queue_error(queue, err, status, "cannot take jobs");
}

static bool mail_fetch(Queue *queue, JobStage stage, int wait_ms, natsMsg **mail,
                       Error *err)
{
    jsFetchRequest request;
    natsMsgList list = {0};
    if (!stage_subscribe(queue, stage, err))
        return false;
    jsFetchRequest_Init(&request);
    request.Batch = 1;
    request.NoWait = wait_ms == 0;
    request.Expires = (int64_t)(wait_ms ? wait_ms : CALL_MS) * NATS_MS;
    natsStatus status =
        natsSubscription_FetchRequest(&list, queue->stages[stage], &request);
    *mail = NULL;
    if (status == NATS_OK && list.Count > 0) {
        *mail = list.Msgs[0];
        list.Msgs[0] = NULL;
    }
    natsMsgList_Destroy(&list);
    if (status == NATS_OK || status == NATS_TIMEOUT || status == NATS_NOT_FOUND)
        return true;
    return queue_error(queue, err, status, "cannot take a job");
}

static void mail_read(Delivery *delivery, Error *err)
{
    Str text = str_from(natsMsg_GetData(delivery->mail),
                        (size_t)natsMsg_GetDataLength(delivery->mail));
    delivery->queued_us = natsMsg_GetTime(delivery->mail) / 1000;
    if (!job_read(delivery->arena, text, &delivery->job, err))
        return;
}

static void delivery_release(Queue *queue, Delivery **delivery)
{
    Arena *arena = (*delivery)->arena;
    delivery_unlock(queue, *delivery);
    natsMsg_Destroy((*delivery)->mail);
    *delivery = NULL;
    arena_release(arena);
}

/* What is no job cannot be done, and must not come again and again. */
static bool refuse(Queue *queue, Delivery **delivery, const Error *fault, Error *err)
{
    const char *subject = natsMsg_GetSubject((*delivery)->mail);
    Job *job = &(*delivery)->job;
    *job = (Job){.id = "", .url = subject, .batch = "", .site = "", .host = ""};
    const char *id = strrchr(subject, '.');
    job->id = id && job_id_is(id + 1) ? arena_text((*delivery)->arena, id + 1)
                                      : "0000000000000000";
    return delivery_aside(queue, delivery, fault->what, err);
}

bool queue_take(Queue *queue, unsigned stages, int wait_ms, Delivery **delivery, Error *err)
{
    natsMsg *mail = NULL;
    Error fault = {0};
    *delivery = NULL;
    /* What is half done goes first. */
    for (int stage = JOB_STAGE_COUNT - 1; stage >= 0 && !mail; stage--) {
        bool is_last = !(stages & ((1u << stage) - 1));
        if ((stages & (1u << stage)) &&
            !mail_fetch(queue, (JobStage)stage, is_last ? wait_ms : 0, &mail, err))
            return false;
    }
    if (!mail)
        return true;
    Arena *arena = arena_create();
    *delivery = ARENA_NEW(arena, Delivery);
    (*delivery)->arena = arena;
    (*delivery)->mail = mail;
    mail_read(*delivery, &fault);
    return fault.code == ERROR_NONE || refuse(queue, delivery, &fault, err);
}

bool delivery_done(Queue *queue, Delivery **delivery, Error *err)
{
    jsErrCode code = 0;
    int tries = 0;
    natsStatus status = NATS_OK;
    do
        status = natsMsg_AckSync((*delivery)->mail, NULL, &code);
    while (status != NATS_OK && queue_again(status, code, &tries));
    if (status != NATS_OK)
        queue_error(queue, err, status, "cannot say that a job is done");
    delivery_release(queue, delivery);
    return status == NATS_OK;
}

bool delivery_later(Queue *queue, Delivery **delivery, int64_t delay_ms, Error *err)
{
    natsStatus status = natsMsg_NakWithDelay((*delivery)->mail, delay_ms, NULL);
    if (status != NATS_OK)
        queue_error(queue, err, status, "cannot give a job back");
    delivery_release(queue, delivery);
    return status == NATS_OK;
}

bool delivery_aside(Queue *queue, Delivery **delivery, const char *reason, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf text = {0};
    const Job *job = &(*delivery)->job;
    JsonWriter json;
    bool is_new = false;
    buf_init(&text, JOB_LIMIT);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_put_text(&json, "reason", reason);
    json_put_integer(&json, "queued_us", (*delivery)->queued_us);
    json_put_str(&json, "job",
                 str_from(natsMsg_GetData((*delivery)->mail),
                          (size_t)natsMsg_GetDataLength((*delivery)->mail)));
    json_write_end(&json);
    if (!buf_check(&text, "a job", err) ||
        !queue_publish(queue, queue_aside_subject(queue, arena, job->id), buf_str(&text),
                       &is_new, err)) {
        delivery_release(queue, delivery);
        return false;
    }
    return delivery_done(queue, delivery, err);
}

bool delivery_visited(Queue *queue, Delivery **delivery, Error *err)
{
    Job next = (*delivery)->job;
    bool is_new = false;
    next.stage = JOB_JUDGE;
    if (queue_put(queue, &next, &is_new, err))
        return delivery_done(queue, delivery, err);
    delivery_release(queue, delivery);
    return false;
}

#endif
