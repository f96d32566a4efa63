/* cdp.c - the pipe: framing, answers to their callers, events to their listeners.
 *
 * Both directions are polled together, so that a large message out and a large one in
 * cannot wait for each other. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/chromium/cdp.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "visit/chromium/cdp_scan.h"

enum { LAST_CALL_US = 1000000 }; /* what a call has when the time is over */

enum {
    READ_CHUNK = 256 << 10,
    KEEP_BYTES = 4 << 20, /* a larger buffer is given back once it is empty */
    POLL_MOST_MS = 60 * 1000,
};

typedef struct Listening {
    const char *prefix;
    size_t prefix_length;
    CdpListener *listener;
    void *context;
} Listening;

/* A question whose answer goes to a function. */
typedef struct Question {
    int64_t id; /* 0: slot is free */
    CdpAnswer *answer;
    void *context;
} Question;

/* The call that is being waited for; there is at most one. */
typedef struct Waiting {
    int64_t id; /* 0: none */
    const char *method;
    Arena *arena;
    const Json *result;
    Error *err;
    bool is_done;
    bool is_fine;
} Waiting;

struct Cdp {
    Arena *arena;
    const Clock *clock;
    int64_t deadline_us; /* monotonic: no call waits beyond it; 0 none */
    int write_fd, read_fd;
    Buf in;
    size_t in_scanned; /* bytes of in known to hold no NUL */
    bool is_dropping;  /* inside a message that is too large */
    Buf out;
    size_t out_done;
    Listening *listenings;
    size_t listening_count, listening_capacity;
    Question *questions;
    size_t question_count, question_capacity;
    Waiting waiting;
    int64_t last_id;
    int64_t bytes;
    bool is_gone;
    bool is_in_listener;
};

static void cdp_release(void *object)
{
    Cdp *cdp = object;
    buf_release(&cdp->in);
    buf_release(&cdp->out);
}

Cdp *cdp_open(Arena *arena, int write_fd, int read_fd, const Clock *clock)
{
    Cdp *cdp = ARENA_NEW(arena, Cdp);
    cdp->arena = arena;
    cdp->clock = clock;
    cdp->write_fd = write_fd;
    cdp->read_fd = read_fd;
    buf_init(&cdp->in, (size_t)CDP_MESSAGE_MAX + READ_CHUNK);
    buf_init(&cdp->out, (size_t)CDP_MESSAGE_MAX * 2);
    arena_on_release(arena, cdp_release, cdp);
    return cdp;
}

void cdp_listen(Cdp *cdp, const char *prefix, CdpListener *listener, void *context)
{
    Listening listening = {arena_text(cdp->arena, prefix), strlen(prefix), listener,
                           context};
    ARENA_PUSH(cdp->arena, cdp->listenings, cdp->listening_count, cdp->listening_capacity,
               listening);
}

bool cdp_is_gone(const Cdp *cdp)
{
    return cdp->is_gone;
}

int64_t cdp_calls(const Cdp *cdp)
{
    return cdp->last_id;
}

int64_t cdp_bytes(const Cdp *cdp)
{
    return cdp->bytes;
}

/* ---- answers ---- */

static bool part_parse(Arena *arena, const char *name, Str text, const Json **value,
                       Error *err)
{
    JsonFile file;
    if (!json_parse(arena, name, str_is_empty(text) ? STR("{}") : text, &file, err))
        return false;
    *value = file.root;
    return true;
}

static void waiting_fail(Cdp *cdp, const char *why)
{
    Waiting *waiting = &cdp->waiting;
    error_set(waiting->err, ERROR_FAILED, waiting->method, "%s", why);
    waiting->is_done = true;
}

static void waiting_answer(Cdp *cdp, const CdpHead *head)
{
    Waiting *waiting = &cdp->waiting;
    waiting->is_done = true;
    if (!str_is_empty(head->error)) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const Json *error = NULL;
        if (part_parse(arena, waiting->method, head->error, &error, NULL))
            waiting_fail(cdp, json_text(json_get(error, "message"), "refused"));
        else
            waiting_fail(cdp, "refused");
        return;
    }
    waiting->is_fine =
        !waiting->arena || part_parse(waiting->arena, waiting->method, head->result,
                                      &waiting->result, waiting->err);
    /* What the browser wrote wrong is no mistake of the user's. */
    if (!waiting->is_fine && waiting->err)
        waiting->err->code = ERROR_FAILED;
}

static Question question_take(Cdp *cdp, int64_t id)
{
    for (size_t i = 0; i < cdp->question_count; i++) {
        if (cdp->questions[i].id != id)
            continue;
        Question found = cdp->questions[i];
        cdp->questions[i] = cdp->questions[--cdp->question_count];
        return found;
    }
    return (Question){0};
}

static void question_answer(Cdp *cdp, const Question *question, const CdpHead *head)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Json *result = NULL;
    bool was_in_listener = cdp->is_in_listener;
    if (head && str_is_empty(head->error) &&
        !part_parse(arena, "answer", head->result, &result, NULL))
        result = NULL;
    cdp->is_in_listener = true;
    question->answer(question->context, result);
    cdp->is_in_listener = was_in_listener;
}

/* head: NULL when the answer was too large. */
static void answer_handle(Cdp *cdp, int64_t id, const CdpHead *head)
{
    if (cdp->waiting.id == id && !cdp->waiting.is_done) {
        if (head)
            waiting_answer(cdp, head);
        else
            waiting_fail(cdp, "the answer is larger than the limit of 64 MiB");
        return;
    }
    Question question = question_take(cdp, id);
    if (question.id)
        question_answer(cdp, &question, head);
}

/* Answers of a broken connection: none will come. */
static void cdp_break(Cdp *cdp)
{
    if (cdp->is_gone)
        return;
    cdp->is_gone = true;
    if (cdp->waiting.id && !cdp->waiting.is_done)
        waiting_fail(cdp, "the browser is gone");
    while (cdp->question_count > 0) {
        Question question = cdp->questions[--cdp->question_count];
        question_answer(cdp, &question, NULL);
    }
}

/* ---- events ---- */

static bool is_heard(const Listening *listening, Str method)
{
    return method.length >= listening->prefix_length &&
           memcmp(method.data, listening->prefix, listening->prefix_length) == 0;
}

static void event_handle(Cdp *cdp, const CdpHead *head)
{
    bool is_wanted = false;
    for (size_t i = 0; i < cdp->listening_count && !is_wanted; i++)
        is_wanted = is_heard(&cdp->listenings[i], head->method);
    if (!is_wanted)
        return;
    AUTO(arena_auto) Arena *arena = arena_create();
    CdpEvent event = {.method = arena_str_text(arena, head->method),
                      .session = arena_str_text(arena, head->session)};
    if (!part_parse(arena, event.method, head->params, &event.params, NULL))
        return;
    cdp->is_in_listener = true;
    for (size_t i = 0; i < cdp->listening_count; i++)
        if (is_heard(&cdp->listenings[i], head->method))
            cdp->listenings[i].listener(cdp->listenings[i].context, &event);
    cdp->is_in_listener = false;
}

static void message_handle(Cdp *cdp, Str message)
{
    CdpHead head;
    if (!cdp_scan(message, &head))
        return;
    if (head.id >= 0)
        answer_handle(cdp, head.id, &head);
    else if (!str_is_empty(head.method))
        event_handle(cdp, &head);
}

/* ---- the pipe ---- */

/* Too large, and its end is not there yet: fail its call, forget what came. */
static void oversize_drop(Cdp *cdp)
{
    if (!cdp->is_dropping) {
        int64_t id = cdp_scan_id(str_slice(buf_str(&cdp->in), 0, 4096));
        cdp->is_dropping = true;
        if (id >= 0)
            answer_handle(cdp, id, NULL);
    }
    buf_clear(&cdp->in);
    cdp->in_scanned = 0;
}

/* Take whole messages out of the buffer. They stay in place while they are handled:
 * listeners do not read. */
static void messages_take(Cdp *cdp)
{
    size_t start = 0;
    Str all = buf_str(&cdp->in);
    for (;;) {
        size_t end = str_find_byte(all, '\0', cdp->in_scanned);
        if (end == SIZE_MAX)
            break;
        if (cdp->is_dropping)
            cdp->is_dropping = false;
        else
            message_handle(cdp, str_slice(all, start, end - start));
        start = end + 1;
        cdp->in_scanned = start;
    }
    size_t rest = all.length - start;
    if (start > 0 && rest > 0)
        memmove(cdp->in.data, cdp->in.data + start, rest);
    if (start > 0)
        buf_truncate(&cdp->in, rest);
    cdp->in_scanned = rest;
    if (rest > CDP_MESSAGE_MAX || (cdp->is_dropping && rest > 0))
        oversize_drop(cdp);
    if (rest == 0 && cdp->in.capacity > KEEP_BYTES) {
        size_t limit = cdp->in.limit;
        buf_release(&cdp->in);
        buf_init(&cdp->in, limit);
    }
}

static void pipe_read(Cdp *cdp)
{
    char chunk[READ_CHUNK];
    ssize_t got = read(cdp->read_fd, chunk, sizeof chunk);
    if (got > 0) {
        cdp->bytes += got;
        /* The limit leaves room for a chunk: messages_take keeps the rest below it. */
        if (!buf_add(&cdp->in, str_from(chunk, (size_t)got)))
            cdp_break(cdp);
        messages_take(cdp);
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        cdp_break(cdp);
    }
}

static void pipe_write(Cdp *cdp)
{
    while (!cdp->is_gone && cdp->out_done < cdp->out.length) {
        ssize_t put = write(cdp->write_fd, cdp->out.data + cdp->out_done,
                            cdp->out.length - cdp->out_done);
        if (put > 0)
            cdp->out_done += (size_t)put;
        else if (errno == EAGAIN)
            return;
        else if (errno != EINTR)
            cdp_break(cdp);
    }
    buf_clear(&cdp->out);
    cdp->out_done = 0;
}

static int64_t message_send(Cdp *cdp, const char *session, const char *method,
                            const char *params)
{
    AUTO(buf_release) Buf text = {0};
    int64_t id = ++cdp->last_id;
    if (cdp->is_gone)
        return id;
    buf_init(&text, CDP_MESSAGE_MAX);
    buf_printf(&text, "{\"id\":%lld,\"method\":\"%s\"", (long long)id, method);
    if (session && *session)
        buf_printf(&text, ",\"sessionId\":\"%s\"", session);
    if (params) {
        buf_add_text(&text, ",\"params\":");
        buf_add_text(&text, params);
    }
    buf_add(&text, str_from("}", 2)); /* with its NUL */
    /* A message cut in the middle would spoil the pipe for all that follow. */
    if (text.is_over || !buf_add(&cdp->out, buf_str(&text)))
        cdp_break(cdp);
    pipe_write(cdp);
    return id;
}

/* One turn: wait for the pipe until until_us, then move what can be moved. */
static void pipe_turn(Cdp *cdp, int64_t until_us)
{
    bool has_output = cdp->out_done < cdp->out.length;
    struct pollfd fds[2] = {{.fd = cdp->read_fd, .events = POLLIN},
                            {.fd = has_output ? cdp->write_fd : -1, .events = POLLOUT}};
    int64_t left_us = until_us - clock_now_us(cdp->clock);
    int64_t left_ms = left_us > 0 ? (left_us + 999) / 1000 : 0;
    if (poll(fds, 2, left_ms < POLL_MOST_MS ? (int)left_ms : POLL_MOST_MS) <= 0)
        return;
    if (fds[1].revents)
        pipe_write(cdp);
    if (fds[0].revents)
        pipe_read(cdp);
}

/* ---- for others ---- */

bool cdp_pump(Cdp *cdp, int64_t until_us, const bool *stop)
{
    assert(!cdp->is_in_listener);
    do {
        if (cdp->is_gone || (stop && *stop))
            break;
        pipe_turn(cdp, until_us);
    } while (clock_now_us(cdp->clock) < until_us);
    return !cdp->is_gone;
}

bool cdp_call_make(Arena *arena, Cdp *cdp, const CdpRequest *request, const Json **result,
                   Error *err)
{
    assert(!cdp->is_in_listener && cdp->waiting.id == 0);
    int64_t now_us = clock_now_us(cdp->clock);
    int64_t until_us = now_us + request->timeout_us;
    if (cdp->deadline_us && until_us > cdp->deadline_us)
        until_us = cdp->deadline_us > now_us + LAST_CALL_US ? cdp->deadline_us
                                                            : now_us + LAST_CALL_US;
    cdp->waiting = (Waiting){.id = cdp->last_id + 1,
                             .method = request->method,
                             .arena = result ? arena : NULL,
                             .err = err};
    message_send(cdp, request->session, request->method, request->params);
    if (cdp->is_gone)
        waiting_fail(cdp, "the browser is gone");
    (void)cdp_pump(cdp, until_us, &cdp->waiting.is_done);
    if (!cdp->waiting.is_done)
        error_set(err, ERROR_FAILED, request->method, "no answer within %lld ms",
                  (long long)(request->timeout_us / 1000));
    bool is_fine = cdp->waiting.is_fine;
    if (result)
        *result = cdp->waiting.result;
    cdp->waiting = (Waiting){.id = 0};
    return is_fine;
}

void cdp_until(Cdp *cdp, int64_t deadline_us)
{
    cdp->deadline_us = deadline_us;
}

void cdp_send(Cdp *cdp, const char *session, const char *method, const char *params)
{
    message_send(cdp, session, method, params);
}

void cdp_ask(Cdp *cdp, const CdpRequest *request, CdpAnswer *answer, void *context)
{
    Question question = {.id = cdp->last_id + 1, .answer = answer, .context = context};
    if (cdp->is_gone) {
        question_answer(cdp, &question, NULL);
        return;
    }
    ARENA_PUSH(cdp->arena, cdp->questions, cdp->question_count, cdp->question_capacity,
               question);
    message_send(cdp, request->session, request->method, request->params);
}
