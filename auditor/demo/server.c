/* server.c - listens on loopback, hands requests to the shop and sends its answers.
 *
 * The only file that includes libmicrohttpd. Its loop is ours: one poll over the library's
 * descriptor, the signals and the caller's stop; an answer that must wait is parked and its
 * connection suspended, so others go on. Layer: demo. SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "demo/demo.h"
#include "demo/pack.h"
#include "demo/shop/shop.h"

enum {
    CONNECTION_LIMIT = 400,
    IDLE_S = 30,
    MEMORY_A_CONNECTION = 64 * 1024,
    TICK_MS = 1000, /**< longest sleep, so that idle connections are closed */
    ORIGIN_SIZE = 128,
};

/** One request on its way. */
typedef struct Exchange {
    Arena *arena;
    const char *target; /**< as sent */
    Buf body;           /**< of the request */
    Request request;
    Reply reply;
    bool is_begun;  /**< headers were seen */
    bool is_made;   /**< the reply is ready */
    int64_t due_us; /**< when it may be sent */
    struct MHD_Connection *connection;
    struct Exchange *next; /**< in the queue of the waiting */
} Exchange;

typedef struct Server {
    Arena *arena;
    const DemoOptions *options;
    Clock *clock;
    Clock waiting_clock; /**< always real: answers wait even when dates stand still */
    Shop *shop;
    int port;
    struct MHD_Daemon *daemon;
    Exchange *waiting; /**< suspended, in no order */
} Server;

/* Called with the request line, before anything else is known of the request. */
static void *exchange_begin(void *context, const char *target,
                            struct MHD_Connection *connection)
{
    (void)context;
    Arena *arena = arena_create();
    Exchange *exchange = ARENA_NEW(arena, Exchange);
    exchange->arena = arena;
    exchange->connection = connection;
    exchange->target = arena_text(arena, target);
    buf_init(&exchange->body, REQUEST_BODY_LIMIT);
    buf_init(&exchange->reply.body, REPLY_BODY_LIMIT);
    return exchange;
}

static void queue_remove(Server *server, const Exchange *exchange)
{
    for (Exchange **at = &server->waiting; *at; at = &(*at)->next) {
        if (*at != exchange)
            continue;
        *at = exchange->next;
        return;
    }
}

static void exchange_end(void *context, struct MHD_Connection *connection, void **slot,
                         enum MHD_RequestTerminationCode code)
{
    (void)connection;
    (void)code;
    Exchange *exchange = *slot;
    if (!exchange)
        return;
    queue_remove(context, exchange);
    buf_release(&exchange->body);
    buf_release(&exchange->reply.body);
    arena_release(exchange->arena);
    *slot = NULL;
}

/* Targets are taken as sent: request.c decodes them, and only once. */
static size_t unescape_nothing(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static const char *header_of(struct MHD_Connection *connection, const char *name)
{
    const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return value ? value : "";
}

/* The host as the visitor wrote it, if it looks like one; else our own. */
static const char *origin_of(const Server *server, Arena *arena, const char *host)
{
    size_t length = strlen(host);
    size_t plain = strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789.-:[]");
    if (!length || length != plain || length > ORIGIN_SIZE)
        return arena_printf(arena, "http://127.0.0.1:%d", server->port);
    return arena_printf(arena, "http://%s", host);
}

static bool is_form(const char *type)
{
    return str_starts_with_nocase(str_of(type), STR("application/x-www-form-urlencoded"));
}

static void request_fill(Server *server, Exchange *exchange, const char *method)
{
    struct MHD_Connection *connection = exchange->connection;
    Request *request = &exchange->request;
    request->arena = exchange->arena;
    request->is_post = !strcmp(method, MHD_HTTP_METHOD_POST);
    request->is_other_method = !request->is_post &&
                               strcmp(method, MHD_HTTP_METHOD_GET) != 0 &&
                               strcmp(method, MHD_HTTP_METHOD_HEAD) != 0;
    request_target(request, exchange->target);
    request->origin = origin_of(server, exchange->arena, header_of(connection, "Host"));
    request->cookie = header_of(connection, "Cookie");
    request->accept_language = header_of(connection, "Accept-Language");
    request->referer = header_of(connection, "Referer");
    request->if_none_match = header_of(connection, "If-None-Match");
    request->takes_gzip =
        str_contains_nocase(str_of(header_of(connection, "Accept-Encoding")), STR("gzip"));
    if (!request->is_post)
        return;
    request->is_body_refused =
        exchange->body.is_over ||
        (exchange->body.length && !is_form(header_of(connection, "Content-Type")));
    if (!request->is_body_refused)
        fields_parse(exchange->arena, buf_str(&exchange->body), &request->form);
}

static bool is_text(const char *type)
{
    return type &&
           (!strncmp(type, "text/", 5) || strstr(type, "json") || strstr(type, "xml"));
}

/* The bytes to send; compressed where the visitor takes it and it gains something. */
static Str body_choose(const Server *server, Exchange *exchange, bool *is_gzip)
{
    Reply *reply = &exchange->reply;
    Str body = reply->kept.length ? reply->kept : buf_str(&reply->body);
    *is_gzip = false;
    if (!exchange->request.takes_gzip || !is_text(reply->type) ||
        server->options->flaws[FLAW_NO_COMPRESSION])
        return body;
    Str packed = reply->kept.length ? reply->kept_gzip : pack_gzip(exchange->arena, body);
    *is_gzip = packed.length > 0;
    return *is_gzip ? packed : body;
}

static enum MHD_Result reply_send(const Server *server, Exchange *exchange)
{
    Reply *reply = &exchange->reply;
    bool is_gzip;
    Str body = body_choose(server, exchange, &is_gzip);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        body.length, (void *)(uintptr_t)body.data, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < reply->header_count; i++)
        MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value);
    if (reply->type && reply->status != 304)
        MHD_add_response_header(response, "Content-Type", reply->type);
    if (is_gzip)
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    if (is_text(reply->type))
        MHD_add_response_header(response, "Vary", "Accept-Encoding");
    enum MHD_Result result =
        MHD_queue_response(exchange->connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result request_take(void *context, struct MHD_Connection *connection,
                                    const char *url, const char *method,
                                    const char *version, const char *upload,
                                    size_t *upload_size, void **slot)
{
    (void)url;
    (void)version;
    (void)connection;
    Server *server = context;
    Exchange *exchange = *slot;
    if (!exchange->is_begun) {
        exchange->is_begun = true;
        return MHD_YES;
    }
    if (*upload_size) {
        buf_add(&exchange->body, str_from(upload, *upload_size));
        *upload_size = 0;
        return MHD_YES;
    }
    if (exchange->is_made)
        return reply_send(server, exchange);
    request_fill(server, exchange, method);
    shop_answer(server->shop, &exchange->request, &exchange->reply);
    exchange->is_made = true;
    if (exchange->reply.delay_us <= 0)
        return reply_send(server, exchange);
    exchange->due_us = clock_now_us(&server->waiting_clock) + exchange->reply.delay_us;
    exchange->next = server->waiting;
    server->waiting = exchange;
    MHD_suspend_connection(exchange->connection);
    return MHD_YES;
}

/* Let go those whose time has come (all: everybody). Returns when the next is due: -1
 * when there is none, 0 when somebody was let go and wants to be served now. */
static int64_t queue_run(Server *server, bool all)
{
    int64_t now = clock_now_us(&server->waiting_clock), next = -1;
    for (Exchange **at = &server->waiting; *at;) {
        Exchange *exchange = *at;
        if (all || exchange->due_us <= now) {
            *at = exchange->next;
            MHD_resume_connection(exchange->connection);
            next = 0;
            continue;
        }
        if (next < 0 || exchange->due_us < next)
            next = exchange->due_us;
        at = &exchange->next;
    }
    return next;
}

static int wait_ms(const Server *server, int64_t next_us)
{
    MHD_UNSIGNED_LONG_LONG library = TICK_MS;
    int64_t wait = TICK_MS;
    if (MHD_get_timeout(server->daemon, &library) == MHD_YES && library < TICK_MS)
        wait = (int64_t)library;
    if (next_us >= 0) {
        int64_t left = (next_us - clock_now_us(&server->waiting_clock) + 999) / 1000;
        wait = left < wait ? left : wait;
    }
    return wait > 0 ? (int)wait : 0;
}

static bool server_loop(Server *server, int signals, Error *err)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (!info)
        return error_set(err, ERROR_FAILED, "demo",
                         "the server has no descriptor to wait on");
    struct pollfd fds[3] = {{.fd = info->epoll_fd, .events = POLLIN},
                            {.fd = signals, .events = POLLIN},
                            {.fd = server->options->stop_fd, .events = POLLIN}};
    for (;;) {
        int64_t next = queue_run(server, false);
        int ready = poll(fds, 3, wait_ms(server, next));
        if (ready < 0 && errno != EINTR)
            return error_set(err, ERROR_FAILED, "demo", "cannot wait: %s", strerror(errno));
        if (ready > 0 && (fds[1].revents || fds[2].revents)) {
            /* taken off the queue, or it would end the process when the mask is restored */
            struct signalfd_siginfo signal;
            while (read(signals, &signal, sizeof signal) > 0)
                continue;
            return true;
        }
        if (MHD_run(server->daemon) != MHD_YES)
            return error_set(err, ERROR_FAILED, "demo", "the server stopped working");
    }
}

static bool server_start(Server *server, Error *err)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)server->options->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, (uint16_t)server->options->port, NULL,
        NULL, request_take, server, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTION_LIMIT,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)MEMORY_A_CONNECTION, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, server,
        MHD_OPTION_NOTIFY_COMPLETED, exchange_end, server, MHD_OPTION_UNESCAPE_CALLBACK,
        unescape_nothing, server, MHD_OPTION_END);
    if (!server->daemon) {
        error_set(err, ERROR_FAILED, "demo", "cannot listen on 127.0.0.1:%d: %s",
                  server->options->port, strerror(errno));
        return error_hint(err, "choose another port, or --port 0 for any free one");
    }
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info ? info->port : server->options->port;
    return true;
}

static void server_stop(Server *server)
{
    queue_run(server, true);
    MHD_run(server->daemon);
    MHD_stop_daemon(server->daemon);
}

static bool serve(Server *server, int signals, Error *err)
{
    server->shop = shop_create(server->arena, server->options, server->clock);
    if (!server_start(server, err))
        return false;
    if (server->options->ready)
        server->options->ready(server->options->ready_context, server->port);
    bool is_fine = server_loop(server, signals, err);
    server_stop(server);
    return is_fine;
}

bool demo_serve(const DemoOptions *options, Clock *clock, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Server server = {.arena = arena, .options = options, .clock = clock};
    sigset_t stopping, before;
    sigemptyset(&stopping);
    sigaddset(&stopping, SIGTERM);
    sigaddset(&stopping, SIGINT);
    if (sigprocmask(SIG_BLOCK, &stopping, &before))
        return error_set(err, ERROR_FAILED, "demo", "cannot block signals: %s",
                         strerror(errno));
    int signals = signalfd(-1, &stopping, SFD_NONBLOCK | SFD_CLOEXEC);
    bool is_fine = signals < 0 ? error_set(err, ERROR_FAILED, "demo",
                                           "cannot watch signals: %s", strerror(errno))
                               : serve(&server, signals, err);
    if (signals >= 0)
        close(signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return is_fine;
}
