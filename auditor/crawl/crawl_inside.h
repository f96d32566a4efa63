/* crawl_inside.h - what crawl.c, prepare.c and settle.c share. Layer: crawl.
 * SPDX-License-Identifier: MIT */
#ifndef CRAWL_CRAWL_INSIDE_H
#define CRAWL_CRAWL_INSIDE_H

#include "crawl/crawl.h"

enum {
    JOBS_MOST = 48,
    QUEUE_MOST = 128,
    HOSTS_MOST = 256, /* foreign hosts whose last request is remembered */
    TRIES_MOST = 3,
    SECOND_US = 1000000,
};

typedef enum JobState { JOB_FREE, JOB_FETCHING, JOB_READY, JOB_READING } JobState;

/* One address under way. */
typedef struct Job {
    JobState state;
    Arena *arena;
    UrlTask task;
    Exchange *exchange;
    UrlAnswer answer; /* of an exchange whose page is being read */
    bool is_head;     /* asked for the head alone */
} Job;

typedef struct HostPace {
    unsigned long long host;
    int64_t next_us;
} HostPace;

struct Crawl {
    Arena *arena;
    const CrawlOrder *order;
    CrawlIndex *index;
    Net *net;
    Url site;
    Frontier frontier;
    Header headers[6];
    int header_count;
    int64_t delay_us, next_us; /* of the own host */
    int64_t paused_until_us;
    int connections;
    Workers *workers;
    Job jobs[JOBS_MOST];
    Arena *queue_arena;
    UrlTask queue[QUEUE_MOST];
    size_t queue_at, queue_count;
    HostPace hosts[HOSTS_MOST];
    int64_t own_fetched; /* over all runs */
    CrawlEnd end;
    bool is_in_transaction;
    int changes; /* since the last commit */
    int64_t committed_us, told_us, begun_us;
};

/** robots.txt and sitemaps (prepare.c). */
bool crawl_prepare(Crawl *crawl, Error *err) MUST_USE;
/** An exchange ended (settle.c): the address is done, waits again, or its page is to be
 * read. */
bool crawl_answered(Crawl *crawl, Job *job, Error *err) MUST_USE;
/** A page was read. */
bool crawl_page_read(Crawl *crawl, Job *job, const Digest *digest, Error *err) MUST_USE;
/** The job's slot is free again. */
void job_release(Job *job);
/** A request with the crawl's headers. */
NetRequest crawl_request(const Crawl *crawl, const char *url);

#endif
