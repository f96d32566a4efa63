/* settle.c - what becomes of an answer: done, again later, or a page to be read.
 * Layer: crawl. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "crawl/address.h"
#include "crawl/crawl_inside.h"

enum { PAUSE_MOST_S = 120, PAUSE_FIRST_S = 2 };

void job_release(Job *job)
{
    arena_release(job->arena);
    *job = (Job){0};
}

static bool is_html(const Exchange *exchange)
{
    return strcmp(exchange->mime, "text/html") == 0 ||
           strcmp(exchange->mime, "application/xhtml+xml") == 0 ||
           (!*exchange->mime &&
            str_starts_with(str_trim(str_slice(exchange->body, 0, 512)), STR("<")));
}

static const char *header_or(const Exchange *exchange, const char *name)
{
    const char *value = exchange_header(exchange, name);
    return value ? value : "";
}

static void answer_fill(const Job *job, UrlAnswer *answer)
{
    const Exchange *exchange = job->exchange;
    *answer = (UrlAnswer){.status = exchange->status,
                          .error_kind = exchange->error_kind,
                          .bytes = exchange->body_bytes,
                          .transfer = exchange->transfer_bytes,
                          .wait_us = exchange->timings.wait_us,
                          .total_us = exchange->duration_us,
                          .mime = exchange->mime,
                          .etag = header_or(exchange, "ETag"),
                          .modified = header_or(exchange, "Last-Modified"),
                          .is_unchanged = exchange->status == 304};
}

/* ---- servers that ask for patience ---- */

/* Seconds, or a date; unreadable: none. At most two minutes. */
static int64_t retry_after_us(const Crawl *crawl, const Exchange *exchange)
{
    const char *text = exchange_header(exchange, "Retry-After");
    long long seconds = 0;
    if (!text || !str_to_int(str_trim(str_of(text)), &seconds) || seconds < 0)
        seconds = PAUSE_FIRST_S;
    /* On one's own machine a second is long. */
    if (url_is_loopback(&crawl->site) && !text)
        seconds = 1;
    return (seconds > PAUSE_MOST_S ? PAUSE_MOST_S : seconds) * SECOND_US;
}

static bool is_asking_patience(const Exchange *exchange)
{
    return exchange->status == 429 ||
           (exchange->status == 503 && exchange_header(exchange, "Retry-After"));
}

/* A fault of the way, or an answer that broke off: it may go better next time. */
static bool is_passing(const Exchange *exchange)
{
    static const char *const lasting[] = {"dns", "tls", "limit"};
    if (!exchange->error_kind)
        return false;
    for (size_t i = 0; i < COUNT_OF(lasting); i++)
        if (strcmp(exchange->error_kind, lasting[i]) == 0)
            return false;
    return true;
}

/* Asked again? Then the slot is free. */
static bool try_again(Crawl *crawl, Job *job, bool *is_again, Error *err)
{
    const Exchange *exchange = job->exchange;
    bool is_patience = is_asking_patience(exchange);
    *is_again = job->task.tries + 1 < TRIES_MOST && (is_patience || is_passing(exchange));
    if (!*is_again)
        return true;
    if (is_patience && job->task.is_own) {
        int64_t until = clock_now_us(crawl->order->clock) + retry_after_us(crawl, exchange);
        crawl->paused_until_us =
            until > crawl->paused_until_us ? until : crawl->paused_until_us;
        /* From here on slower, whoever we are. */
        crawl->delay_us = crawl->delay_us ? crawl->delay_us * 2 : SECOND_US / 20;
    }
    bool is_put = index_again(crawl->index, job->task.id, err);
    job_release(job);
    return is_put;
}

/* ---- redirects ---- */

static bool redirect_meet(Crawl *crawl, const Job *job, int64_t *target, Error *err)
{
    const char *location = exchange_header(job->exchange, "Location");
    Meeting meeting = {.source = job->task.id, .depth = job->task.depth};
    Url base, url;
    *target = 0;
    if (job->exchange->status < 300 || job->exchange->status > 399 || !location ||
        !url_parse(job->arena, str_of(job->exchange->url), NULL, &base, NULL) ||
        !url_parse(job->arena, str_of(location), &base, &url, NULL))
        return true;
    const char *normal = address_normal(job->arena, &url);
    return !normal || frontier_meet(&crawl->frontier, normal, &meeting, target, err);
}

/* A head that was refused may be a page that is there: asked for whole before it is called
 * broken. */
static bool head_is_doubtful(const Job *job)
{
    return job->is_head && (job->exchange->status >= 400 || job->exchange->error);
}

static bool whole_ask(Crawl *crawl, Job *job, Error *err)
{
    NetRequest request = crawl_request(crawl, job->task.url);
    request.tag = job;
    request.keep_body = false;
    job->is_head = false;
    job->exchange = ARENA_NEW(job->arena, Exchange);
    return net_start(crawl->net, &request, job->arena, job->exchange, err);
}

static bool is_to_be_read(const Job *job)
{
    const Exchange *exchange = job->exchange;
    return job->task.is_own && exchange->has_body && !str_is_empty(exchange->body) &&
           is_html(exchange) && (exchange->status < 300 || exchange->status >= 400) &&
           !exchange->error;
}

bool crawl_answered(Crawl *crawl, Job *job, Error *err)
{
    bool is_again = false;
    if (head_is_doubtful(job) && !is_asking_patience(job->exchange))
        return whole_ask(crawl, job, err);
    if (!try_again(crawl, job, &is_again, err))
        return false;
    if (is_again)
        return true;
    answer_fill(job, &job->answer);
    if (job->task.is_own) {
        crawl->end.fetched++;
        crawl->own_fetched++;
    }
    if (!redirect_meet(crawl, job, &job->answer.redirect, err))
        return false;
    if (is_to_be_read(job)) {
        job->state = JOB_READY;
        return true;
    }
    crawl->changes++;
    bool is_done = index_done(crawl->index, &job->task, &job->answer, err);
    job_release(job);
    return is_done;
}

/* ---- pages ---- */

static bool links_meet(Crawl *crawl, const Job *job, const Digest *digest, PageIds *ids,
                       Error *err)
{
    int64_t *links = ARENA_ARRAY(job->arena, digest->link_count, int64_t);
    int64_t *alternates = ARENA_ARRAY(job->arena, digest->alternate_count, int64_t);
    Meeting meeting = {.source = job->task.id, .depth = job->task.depth + 1};
    if (job->task.depth < 0)
        meeting.depth = -1;
    for (size_t i = 0; i < digest->link_count; i++) {
        meeting.flags = digest->links[i].flags;
        if (!frontier_meet(&crawl->frontier, digest->links[i].url, &meeting, &links[i],
                           err))
            return false;
    }
    /* Pages in other languages and the canonical one are pages that the shop names. */
    meeting.flags = 0;
    for (size_t i = 0; i < digest->alternate_count; i++)
        if (!frontier_meet(&crawl->frontier, digest->alternates[i].url, &meeting,
                           &alternates[i], err))
            return false;
    if (*digest->canonical &&
        !frontier_meet(&crawl->frontier, digest->canonical, &meeting, &ids->canonical, err))
        return false;
    ids->links = links;
    ids->alternates = alternates;
    return true;
}

bool crawl_page_read(Crawl *crawl, Job *job, const Digest *digest, Error *err)
{
    PageIds ids = {0};
    if (digest->kind == PAGE_CHALLENGE)
        job->answer.error_kind = "wall";
    if (!links_meet(crawl, job, digest, &ids, err) ||
        !index_done(crawl->index, &job->task, &job->answer, err) ||
        !index_page(crawl->index, &job->task, digest, &ids, err))
        return false;
    crawl->end.read++;
    crawl->changes++;
    job_release(job);
    return true;
}
