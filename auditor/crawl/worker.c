/* worker.c - children that read pages. Layer: crawl. SPDX-License-Identifier: MIT */
#include "crawl/worker.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/proc.h"

enum {
    MESSAGE_MOST = 64 << 20,
    HEADERS_MOST = 1000,
    SECOND_US = 1000000,
    PAGE_TIME_US = 30 * SECOND_US,
    WAIT_MS = 30000,
    LENGTH_BYTES = 4,
};

typedef struct Worker {
    ProcPool pool; /* of this one child */
    Proc slot;
    int socket; /* -1: none */
    bool is_busy;
    int64_t id, since_us;
} Worker;

struct Workers {
    Worker *items;
    size_t count;
    CrawlRead *read;
    void *context;
    const Clock *clock;
    Buf message; /* used again and again */
};

/* ---- bytes over a socket ---- */

static bool bytes_send(int socket, Str bytes)
{
    while (bytes.length) {
        ssize_t sent = send(socket, bytes.data, bytes.length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes = str_slice(bytes, (size_t)sent, SIZE_MAX);
    }
    return true;
}

/* patient: wait for ever (a child for work), or half a minute for each part. */
static bool bytes_receive(int socket, char *bytes, size_t length, bool is_patient)
{
    while (length) {
        struct pollfd waiting = {.fd = socket, .events = POLLIN};
        int ready = poll(&waiting, 1, is_patient ? -1 : WAIT_MS);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return false;
        ssize_t got = recv(socket, bytes, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes += got;
        length -= (size_t)got;
    }
    return true;
}

static bool message_send(int socket, const Buf *message)
{
    uint32_t length = (uint32_t)message->length;
    char head[LENGTH_BYTES];
    if (message->is_over)
        return false;
    memcpy(head, &length, sizeof head);
    return bytes_send(socket, str_from(head, sizeof head)) &&
           bytes_send(socket, buf_str(message));
}

static bool message_receive(int socket, Arena *arena, bool is_patient, Str *message)
{
    char head[LENGTH_BYTES];
    uint32_t length;
    if (!bytes_receive(socket, head, sizeof head, is_patient))
        return false;
    memcpy(&length, head, sizeof head);
    if (length > MESSAGE_MOST)
        return false;
    char *bytes = arena_alloc(arena, length + 1);
    *message = str_from(bytes, length);
    return bytes_receive(socket, bytes, length, is_patient);
}

/* ---- a page as a message ---- */

static void page_write(const CrawlPage *page, Buf *out)
{
    const Exchange *exchange = page->exchange;
    const int64_t numbers[] = {exchange->status,          exchange->body_bytes,
                               exchange->transfer_bytes,  exchange->started_us,
                               exchange->duration_us,     exchange->certificate_until_us,
                               exchange->timings.wait_us, exchange->timings.receive_us,
                               exchange->is_body_cut};
    wire_put_text(out, page->url);
    wire_put_text(out, page->site);
    wire_put_text(out, exchange->mime);
    wire_put_text(out, exchange->http_version);
    wire_put_text(out, exchange->tls_version);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        wire_put_signed(out, numbers[i]);
    wire_put_number(out, (uint64_t)exchange->header_count);
    for (int h = 0; h < exchange->header_count; h++) {
        wire_put_text(out, exchange->headers[h].name);
        wire_put_text(out, exchange->headers[h].value);
    }
    wire_put_str(out, exchange->body);
}

static const char *text_or_null(WireReader *reader, Arena *arena)
{
    const char *text = wire_text(reader, arena);
    return *text ? text : NULL;
}

static void page_read(Arena *arena, Str message, CrawlPage *page)
{
    WireReader reader = {.rest = message};
    Exchange *exchange = ARENA_NEW(arena, Exchange);
    page->url = wire_text(&reader, arena);
    page->site = wire_text(&reader, arena);
    page->exchange = exchange;
    exchange->type = RESOURCE_DOCUMENT;
    exchange->method = "GET";
    exchange->url = page->url;
    exchange->mime = wire_text(&reader, arena);
    exchange->http_version = text_or_null(&reader, arena);
    exchange->tls_version = text_or_null(&reader, arena);
    exchange->status = (int)wire_signed(&reader);
    exchange->body_bytes = wire_signed(&reader);
    exchange->transfer_bytes = wire_signed(&reader);
    exchange->started_us = wire_signed(&reader);
    exchange->duration_us = wire_signed(&reader);
    exchange->certificate_until_us = wire_signed(&reader);
    exchange->timings = (Timings){-1, -1, -1, -1, -1, -1, -1};
    exchange->timings.wait_us = wire_signed(&reader);
    exchange->timings.receive_us = wire_signed(&reader);
    exchange->is_body_cut = wire_signed(&reader) != 0;
    uint64_t count = wire_number(&reader);
    count = count > HEADERS_MOST ? 0 : count;
    exchange->headers = ARENA_ARRAY(arena, (size_t)count, Header);
    exchange->header_count = (int)count;
    for (uint64_t h = 0; h < count; h++) {
        exchange->headers[h].name = wire_text(&reader, arena);
        exchange->headers[h].value = wire_text(&reader, arena);
    }
    exchange->body = wire_str(&reader);
    exchange->has_body = true;
}

/* ---- the child ---- */

typedef struct ChildStart {
    const Workers *workers;
    int socket;
} ChildStart;

static bool child_page(const Workers *workers, int socket, Buf *out)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CrawlPage page = {0};
    Digest digest = {0};
    Str message;
    if (!message_receive(socket, arena, true, &message))
        return false;
    page_read(arena, message, &page);
    workers->read(workers->context, arena, &page, &digest);
    buf_clear(out);
    digest_write(&digest, out);
    return message_send(socket, out);
}

/* Ends when the parent closes its end. */
static int child_work(void *context)
{
    const ChildStart *start = context;
    AUTO(buf_release) Buf out = {0};
    for (size_t i = 0; i < start->workers->count; i++)
        if (start->workers->items[i].socket >= 0)
            close(start->workers->items[i].socket);
    buf_init(&out, MESSAGE_MOST);
    while (child_page(start->workers, start->socket, &out))
        continue;
    return 0;
}

/* ---- the parent ---- */

static bool worker_start(Workers *workers, Worker *worker, Error *err)
{
    int pair[2];
    worker->pool = (ProcPool){&worker->slot, 1};
    worker->is_busy = false;
    worker->socket = -1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return error_set(err, ERROR_FAILED, NULL, "cannot make a socket pair: %s",
                         strerror(errno));
    worker->socket = pair[0];
    ChildStart start = {workers, pair[1]};
    bool is_started = proc_start(&worker->pool, 0, child_work, &start, 0, err);
    close(pair[1]);
    return is_started;
}

static void worker_end(Worker *worker)
{
    if (worker->socket >= 0)
        close(worker->socket);
    worker->socket = -1;
    proc_kill_all(&worker->pool);
}

bool workers_open(Arena *arena, size_t count, CrawlRead *read, void *context,
                  const Clock *clock, Workers **out, Error *err)
{
    Workers *workers = ARENA_NEW(arena, Workers);
    *workers = (Workers){.count = count, .read = read, .context = context, .clock = clock};
    workers->items = ARENA_ARRAY(arena, count, Worker);
    buf_init(&workers->message, MESSAGE_MOST);
    for (size_t i = 0; i < count; i++)
        workers->items[i].socket = -1;
    *out = workers;
    for (size_t i = 0; i < count; i++)
        if (!worker_start(workers, &workers->items[i], err))
            return false;
    return true;
}

void workers_close(Workers **workers)
{
    if (!*workers)
        return;
    for (size_t i = 0; i < (*workers)->count; i++)
        worker_end(&(*workers)->items[i]);
    buf_release(&(*workers)->message);
    *workers = NULL;
}

static Worker *worker_free(const Workers *workers)
{
    for (size_t i = 0; i < workers->count; i++)
        if (!workers->items[i].is_busy)
            return &workers->items[i];
    return NULL;
}

bool workers_has_room(const Workers *workers)
{
    return worker_free(workers) != NULL;
}

bool workers_is_busy(const Workers *workers)
{
    for (size_t i = 0; i < workers->count; i++)
        if (workers->items[i].is_busy)
            return true;
    return false;
}

size_t workers_wait_for(const Workers *workers, int *descriptors, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < workers->count && count < most; i++)
        if (workers->items[i].is_busy)
            descriptors[count++] = workers->items[i].socket;
    return count;
}

bool workers_give(Workers *workers, int64_t id, const CrawlPage *page, Error *err)
{
    Worker *worker = worker_free(workers);
    buf_clear(&workers->message);
    page_write(page, &workers->message);
    if (!buf_check(&workers->message, "a page on its way to be read", err))
        return false;
    /* A child that died while it was idle is replaced once. */
    if (!message_send(worker->socket, &workers->message)) {
        worker_end(worker);
        if (!worker_start(workers, worker, err))
            return false;
        if (!message_send(worker->socket, &workers->message))
            return error_set(err, ERROR_FAILED, NULL, "a child does not take work");
    }
    worker->is_busy = true;
    worker->id = id;
    worker->since_us = clock_now_us(workers->clock);
    return true;
}

static bool is_ready(const Worker *worker)
{
    struct pollfd waiting = {.fd = worker->socket, .events = POLLIN};
    return poll(&waiting, 1, 0) > 0;
}

static void lost(Arena *arena, Digest *digest, const char *why)
{
    DigestSource source = {.arena = arena, .exchange = ARENA_NEW(arena, Exchange)};
    digest_bare(&source, digest);
    digest->failure = why;
}

bool workers_take(Workers *workers, Arena *arena, int64_t *id, Digest *digest, Error *err)
{
    int64_t now_us = clock_now_us(workers->clock);
    for (size_t i = 0; i < workers->count; i++) {
        Worker *worker = &workers->items[i];
        bool is_late = worker->is_busy && now_us - worker->since_us > PAGE_TIME_US;
        Str message;
        if (!worker->is_busy || (!is_late && !is_ready(worker)))
            continue;
        *id = worker->id;
        worker->is_busy = false;
        if (!is_late && message_receive(worker->socket, arena, false, &message) &&
            digest_parse(arena, message, digest, NULL))
            return true;
        lost(arena, digest,
             is_late ? "reading the page took too long" : "reading the page failed");
        worker_end(worker);
        /* Without a child no page could be read: that ends the crawl. */
        return worker_start(workers, worker, err) || true;
    }
    return false;
}
