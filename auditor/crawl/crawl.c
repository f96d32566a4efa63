/* crawl.c - the loop of a crawl: begin what may begin, wait, take what ended.
 *
 * At most JOBS_MOST addresses are under way; what is met meanwhile waits in the index, so
 * memory does not grow with the site. Layer: crawl. SPDX-License-Identifier: MIT */
#include "crawl/crawl.h"

#include <string.h>

#include "base/attr.h"
#include "crawl/crawl_inside.h"

enum {
    COMMIT_CHANGES = 32,
    COMMIT_US = 500000,
    WAIT_MS = 200,
    FOREIGN_DELAY_US = 1000000,
    DESCRIPTORS_MOST = 64,
};

/* ---- opening ---- */

static void headers_make(Crawl *crawl)
{
    const CrawlOrder *order = crawl->order;
    crawl->headers[0] = (Header){"User-Agent", order->agent};
    crawl->headers[1] = (Header){
        "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"};
    crawl->headers[2] = (Header){"Accept-Language", order->language};
    crawl->header_count = 3;
}

static bool counts_take(Crawl *crawl, Error *err)
{
    IndexCounts counts;
    if (!index_counts(crawl->index, &counts, err))
        return false;
    crawl->own_fetched = counts.own_done;
    crawl->frontier.foreign = (int)counts.foreign;
    return true;
}

bool crawl_open(Arena *arena, const CrawlOrder *order, CrawlIndex *index, Crawl **out,
                Error *err)
{
    Crawl *crawl = ARENA_NEW(arena, Crawl);
    NetOptions options = *order->net;
    *out = crawl;
    crawl->arena = arena;
    crawl->order = order;
    crawl->index = index;
    crawl->delay_us = order->delay_us;
    crawl->connections = order->connections;
    options.connections_per_host = order->connections;
    headers_make(crawl);
    crawl->frontier = (Frontier){.index = index,
                                 .site = &crawl->site,
                                 .include = order->include,
                                 .exclude = order->exclude,
                                 .ignores_robots = order->ignores_robots,
                                 .sample = order->sample,
                                 .foreign_most = order->foreign_most};
    return changing_open(arena, order->words, &crawl->frontier.changing, err) &&
           net_open(arena, &options, 0, 0, order->clock, &crawl->net, err) &&
           crawl_prepare(crawl, err) && counts_take(crawl, err);
}

void crawl_close(Crawl **crawl)
{
    if (!*crawl)
        return;
    for (size_t i = 0; i < JOBS_MOST; i++)
        if ((*crawl)->jobs[i].state != JOB_FREE)
            job_release(&(*crawl)->jobs[i]);
    arena_release((*crawl)->queue_arena);
    net_close(&(*crawl)->net);
    *crawl = NULL;
}

const char *crawl_site(const Crawl *crawl)
{
    return crawl->site.href;
}

/* ---- the queue ---- */

static bool is_limited(const Crawl *crawl)
{
    return crawl->own_fetched >= crawl->order->pages_most;
}

static bool has_more(const Crawl *crawl)
{
    for (size_t i = crawl->queue_at; i < crawl->queue_count; i++)
        if (!crawl->queue[i].is_own || !is_limited(crawl))
            return true;
    return false;
}

static bool queue_fill(Crawl *crawl, Error *err)
{
    UrlTaking taking = {
        .most = QUEUE_MOST, .foreign_only = is_limited(crawl), .tasks = crawl->queue};
    /* Own addresses behind the limit wait for another run: the index gives them again. */
    if (has_more(crawl))
        return true;
    arena_release(crawl->queue_arena);
    crawl->queue_arena = arena_create();
    bool is_taken = index_take(crawl->index, crawl->queue_arena, &taking, err);
    crawl->queue_at = 0;
    crawl->queue_count = taking.count;
    return is_taken;
}

/* ---- manners ---- */

static HostPace *pace_of(Crawl *crawl, const char *url)
{
    Str rest = str_of(url);
    size_t from = str_find(rest, STR("://"), 0);
    Str host = from == SIZE_MAX ? rest : str_slice(rest, from + 3, SIZE_MAX);
    host = str_slice(host, 0, str_find_byte(host, '/', 0));
    unsigned long long hash = str_hash(host);
    HostPace *pace = &crawl->hosts[hash % HOSTS_MOST];
    if (pace->host != hash)
        *pace = (HostPace){.host = hash};
    return pace;
}

/* How many own addresses are being fetched. */
static int own_running(const Crawl *crawl)
{
    int count = 0;
    for (size_t i = 0; i < JOBS_MOST; i++)
        count += crawl->jobs[i].state == JOB_FETCHING && crawl->jobs[i].task.is_own;
    return count;
}

static bool may_begin(Crawl *crawl, const UrlTask *task, int64_t now_us)
{
    if (!task->is_own)
        return pace_of(crawl, task->url)->next_us <= now_us;
    return now_us >= crawl->next_us && now_us >= crawl->paused_until_us &&
           own_running(crawl) < crawl->connections;
}

static void pace_note(Crawl *crawl, const UrlTask *task, int64_t now_us)
{
    if (task->is_own)
        crawl->next_us = now_us + crawl->delay_us;
    else
        pace_of(crawl, task->url)->next_us = now_us + FOREIGN_DELAY_US;
}

/* ---- beginning ---- */

static Job *job_free(Crawl *crawl)
{
    for (size_t i = 0; i < JOBS_MOST; i++)
        if (crawl->jobs[i].state == JOB_FREE)
            return &crawl->jobs[i];
    return NULL;
}

/* Pages fetched faster than they are read would fill the memory. */
static bool is_full(const Crawl *crawl)
{
    int ready = 0;
    for (size_t i = 0; i < JOBS_MOST; i++)
        ready += crawl->jobs[i].state == JOB_READY;
    return ready >= crawl->connections;
}

static void conditions_add(const Crawl *crawl, Job *job, NetRequest *request)
{
    Header *headers = ARENA_ARRAY(job->arena, 8, Header);
    int count = crawl->header_count;
    memcpy(headers, crawl->headers, (size_t)count * sizeof *headers);
    if (*job->task.etag)
        headers[count++] = (Header){"If-None-Match", job->task.etag};
    if (*job->task.modified)
        headers[count++] = (Header){"If-Modified-Since", job->task.modified};
    request->headers = headers;
    request->header_count = count;
}

static bool job_begin(Crawl *crawl, Job *job, const UrlTask *task, Error *err)
{
    job->arena = arena_create();
    job->state = JOB_FETCHING;
    job->task = *task;
    job->task.url = arena_text(job->arena, task->url);
    job->task.etag = arena_text(job->arena, task->etag);
    job->task.modified = arena_text(job->arena, task->modified);
    job->exchange = ARENA_NEW(job->arena, Exchange);
    job->is_head = !task->is_own;
    NetRequest request = crawl_request(crawl, job->task.url);
    request.tag = job;
    request.method = job->is_head ? "HEAD" : "GET";
    request.keep_body = task->is_own;
    conditions_add(crawl, job, &request);
    return net_start(crawl->net, &request, job->arena, job->exchange, err);
}

/* The first address of the queue that may begin now; the others keep their order. */
static bool queue_next(Crawl *crawl, int64_t now_us, UrlTask *task)
{
    for (size_t i = crawl->queue_at; i < crawl->queue_count; i++) {
        if (crawl->queue[i].is_own && is_limited(crawl))
            continue;
        if (!may_begin(crawl, &crawl->queue[i], now_us))
            continue;
        *task = crawl->queue[i];
        memmove(&crawl->queue[crawl->queue_at + 1], &crawl->queue[crawl->queue_at],
                (i - crawl->queue_at) * sizeof *task);
        crawl->queue_at++;
        return true;
    }
    return false;
}

static bool jobs_begin(Crawl *crawl, Error *err)
{
    UrlTask task;
    Job *job;
    while (!is_full(crawl) && (job = job_free(crawl))) {
        int64_t now_us = clock_now_us(crawl->order->clock);
        if (!queue_fill(crawl, err))
            return false;
        if (!queue_next(crawl, now_us, &task))
            return true;
        pace_note(crawl, &task, now_us);
        if (!job_begin(crawl, job, &task, err))
            return false;
    }
    return true;
}

/* ---- ending ---- */

static bool answers_take(Crawl *crawl, Error *err)
{
    void *tag = NULL;
    while (net_take(crawl->net, NULL, &tag))
        if (!crawl_answered(crawl, tag, err))
            return false;
    return true;
}

static bool pages_give(Crawl *crawl, Error *err)
{
    for (size_t i = 0; i < JOBS_MOST && workers_has_room(crawl->workers); i++) {
        Job *job = &crawl->jobs[i];
        if (job->state != JOB_READY)
            continue;
        CrawlPage page = {job->task.url, crawl->site.href, job->exchange};
        if (!workers_give(crawl->workers, (int64_t)i, &page, err))
            return false;
        job->state = JOB_READING;
    }
    return true;
}

static bool pages_take(Crawl *crawl, Error *err)
{
    for (;;) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Digest digest;
        int64_t slot = 0;
        Error trouble = {0};
        if (!workers_take(crawl->workers, arena, &slot, &digest, &trouble))
            return true;
        if (trouble.code)
            return error_set(err, trouble.code, trouble.where, "%s", trouble.what);
        if (!crawl_page_read(crawl, &crawl->jobs[slot], &digest, err))
            return false;
        if (!pages_give(crawl, err))
            return false;
    }
}

/* ---- the loop ---- */

static bool commit(Crawl *crawl, bool is_forced, Error *err)
{
    int64_t now_us = clock_now_us(crawl->order->clock);
    if (!is_forced && crawl->changes < COMMIT_CHANGES &&
        now_us - crawl->committed_us < COMMIT_US)
        return true;
    crawl->changes = 0;
    crawl->committed_us = now_us;
    return index_commit(crawl->index, err) && (is_forced || index_begin(crawl->index, err));
}

static void tell(Crawl *crawl)
{
    int64_t now_us = clock_now_us(crawl->order->clock);
    if (!crawl->order->told || now_us - crawl->told_us < SECOND_US)
        return;
    crawl->told_us = now_us;
    CrawlProgress progress = {crawl->end.fetched, crawl->end.read, now_us - crawl->begun_us,
                              NULL, 0};
    if (crawl->paused_until_us > now_us) {
        progress.pause = "retry-after";
        progress.pause_us = crawl->paused_until_us - now_us;
    }
    crawl->order->told(crawl->order->context, &progress);
}

static bool is_idle(const Crawl *crawl)
{
    for (size_t i = 0; i < JOBS_MOST; i++)
        if (crawl->jobs[i].state != JOB_FREE)
            return false;
    return true;
}

static bool is_stopped(Crawl *crawl)
{
    const CrawlOrder *order = crawl->order;
    if ((order->stop && order->stop(order->context)) ||
        (order->deadline_us && clock_now_us(order->clock) >= order->deadline_us))
        crawl->end.is_interrupted = true;
    return crawl->end.is_interrupted;
}

/* Until something may begin: a pace, or a pause that a server asked for. */
static int wait_ms(const Crawl *crawl)
{
    int64_t now_us = clock_now_us(crawl->order->clock), next = crawl->next_us;
    if (crawl->paused_until_us > next)
        next = crawl->paused_until_us;
    if (next <= now_us || next - now_us > WAIT_MS * INT64_C(1000))
        return WAIT_MS;
    return (int)((next - now_us + 999) / 1000);
}

static bool turn(Crawl *crawl, Error *err)
{
    int descriptors[DESCRIPTORS_MOST];
    size_t count = workers_wait_for(crawl->workers, descriptors, DESCRIPTORS_MOST);
    net_turn_with(crawl->net, descriptors, count, wait_ms(crawl));
    tell(crawl);
    return answers_take(crawl, err) && pages_give(crawl, err) && pages_take(crawl, err) &&
           commit(crawl, false, err);
}

static bool walk(Crawl *crawl, Error *err)
{
    for (;;) {
        bool stops = is_stopped(crawl);
        if (!stops && !jobs_begin(crawl, err))
            return false;
        /* What is under way is waited for: it has been asked for already. */
        if (is_idle(crawl) && (stops || !has_more(crawl)))
            return true;
        if (!turn(crawl, err))
            return false;
    }
}

bool crawl_run(Crawl *crawl, Workers *workers, CrawlEnd *end, Error *err)
{
    crawl->workers = workers;
    crawl->end = (CrawlEnd){0};
    crawl->begun_us = crawl->committed_us = clock_now_us(crawl->order->clock);
    if (!index_begin(crawl->index, err) || !walk(crawl, err) || !commit(crawl, true, err))
        return false;
    IndexCounts counts;
    if (!index_counts(crawl->index, &counts, err))
        return false;
    crawl->end.is_limited = is_limited(crawl) && counts.waiting > 0;
    crawl->end.is_complete = counts.waiting == 0;
    crawl->end.duration_us = clock_now_us(crawl->order->clock) - crawl->begun_us;
    *end = crawl->end;
    return true;
}
