/* transfer.c - the queue of each host and the loop that moves exchanges through curl.
 *
 * Layer: net. See session.h for a transfer's states. SPDX-License-Identifier: MIT */
#include "net/transfer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "net/session.h"

enum { TURN_WAIT_MAX_MS = 1000, BODY_KEEP_CAPACITY = 1 << 20 };

/** Ports that browsers refuse to speak HTTP to (Fetch Standard, "bad port"): the common
 * ones, so that a hostile page cannot make us talk to mail and shell servers. */
static const int bad_ports[] = {
    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,    25,   37,
    42,   43,   53,   69,   77,   79,   87,   95,   101,  102,  103,  104,   109,  110,
    111,  113,  115,  117,  119,  123,  135,  137,  139,  143,  161,  179,   389,  427,
    465,  512,  513,  514,  515,  526,  530,  531,  532,  540,  548,  554,   556,  563,
    587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049, 3659,  4045, 4190,
    5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
};

static bool port_is_bad(int port)
{
    for (size_t i = 0; i < COUNT_OF(bad_ports); i++)
        if (bad_ports[i] == port)
            return true;
    return false;
}

/* ---- opening and closing ---- */

static bool net_start_curl(Net *net, Error *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return error_set(err, ERROR_FAILED, NULL, "libcurl cannot be started");
    net->multi = curl_multi_init();
    if (!net->multi) {
        curl_global_cleanup();
        return error_set(err, ERROR_FAILED, NULL, "libcurl has no memory");
    }
    /* Without it curl keeps only four times as many connections as transfers run just now,
     * and closes the rest between two pages. */
    curl_multi_setopt(net->multi, CURLMOPT_MAXCONNECTS, 2L * NET_RUNNING_MAX);
    curl_multi_setopt(net->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    curl_multi_setopt(net->multi, CURLMOPT_MAX_CONCURRENT_STREAMS, (long)NET_STREAMS_MAX);
    return true;
}

bool net_open(Arena *arena, const NetOptions *options, int64_t down_bytes_per_s,
              int64_t latency_us, const Clock *clock, Net **net, Error *err)
{
    Net *session = ARENA_NEW(arena, Net);
    session->arena = arena;
    session->clock = clock;
    session->down_bytes_per_s = down_bytes_per_s;
    session->latency_us = latency_us;
    session->allows_private = -1;
    session->cookies = cookie_jar_create(arena);
    if (!net_options_take(session, options, err) || !net_start_curl(session, err))
        return false;
    *net = session;
    return true;
}

static void transfer_unlink(Transfer **list, const Transfer *transfer)
{
    while (*list != transfer)
        list = &(*list)->next;
    *list = transfer->next;
}

/** Give the easy handle and the header list back. */
static void transfer_let_go(Transfer *transfer)
{
    Net *net = transfer->net;
    if (transfer->easy) {
        if (transfer->state == TRANSFER_RUNNING) {
            curl_multi_remove_handle(net->multi, transfer->easy);
            net->running--;
        }
        curl_easy_reset(transfer->easy);
        ARENA_PUSH(net->arena, net->idle, net->idle_count, net->idle_capacity,
                   transfer->easy);
        transfer->easy = NULL;
    }
    curl_slist_free_all(transfer->header_list);
    transfer->header_list = NULL;
}

static void list_release(Transfer *list)
{
    for (Transfer *transfer = list; transfer; transfer = transfer->next) {
        transfer_let_go(transfer);
        buf_release(&transfer->body);
    }
}

void net_close(Net **net)
{
    Net *session = *net;
    if (!session)
        return;
    for (NetHost *host = session->hosts; host; host = host->next)
        list_release(host->waiting);
    list_release(session->active);
    list_release(session->done);
    list_release(session->free);
    for (size_t i = 0; i < session->idle_count; i++)
        curl_easy_cleanup(session->idle[i]);
    curl_multi_cleanup(session->multi);
    curl_slist_free_all(session->resolve);
    curl_slist_free_all(session->connect_to);
    curl_global_cleanup();
    *net = NULL;
}

/* ---- the queue ---- */

static NetHost *host_of(Net *net, const Url *url)
{
    const char *origin = url_origin(net->arena, url);
    for (NetHost *host = net->hosts; host; host = host->next)
        if (strcmp(host->origin, origin) == 0)
            return host;
    NetHost *host = ARENA_NEW(net->arena, NetHost);
    host->origin = origin;
    host->is_secure = strcmp(url->scheme, "https") == 0;
    host->next = net->hosts;
    net->hosts = host;
    return host;
}

static Transfer *transfer_take(Net *net)
{
    Transfer *transfer = net->free;
    if (!transfer)
        transfer = ARENA_NEW(net->arena, Transfer);
    else
        net->free = transfer->next;
    Buf body = transfer->body;
    memset(transfer, 0, sizeof *transfer);
    transfer->body = body;
    transfer->net = net;
    return transfer;
}

static void host_queue(NetHost *host, Transfer *transfer)
{
    Transfer **place = &host->waiting;
    while (*place && (*place)->request.priority <= transfer->request.priority)
        place = &(*place)->next;
    transfer->next = *place;
    *place = transfer;
}

static void done_add(Net *net, Transfer *transfer)
{
    Transfer **place = &net->done;
    while (*place)
        place = &(*place)->next;
    transfer->next = NULL;
    transfer->state = TRANSFER_DONE;
    *place = transfer;
}

static void exchange_begin(Exchange *exchange, const NetRequest *request, const Net *net,
                           Arena *arena)
{
    exchange->method = request->method;
    exchange->url = url_without_fragment(arena, request->url);
    exchange->request_body = request->body;
    exchange->mime = "";
    exchange->body_bytes = -1;
    exchange->transfer_bytes = -1;
    exchange->started_us = clock_wall_us(net->clock);
    exchange->timings = (Timings){-1, -1, -1, -1, -1, -1, -1};
}

static bool request_is_sane(const NetRequest *request, Url *url, Arena *arena, Error *err)
{
    assert(strcmp(request->method, "GET") == 0 || strcmp(request->method, "POST") == 0 ||
           strcmp(request->method, "HEAD") == 0);
    if (!url_parse(arena, str_of(request->url), NULL, url, err))
        return false;
    if (!url_is_http(url))
        return error_set(err, ERROR_INPUT, request->url,
                         "only http and https are fetched, not '%s'", url->scheme);
    return true;
}

bool net_start(Net *net, const NetRequest *request, Arena *arena, Exchange *exchange,
               Error *err)
{
    Url url;
    if (!request_is_sane(request, &url, arena, err) ||
        !net_site_set(net, request->url, err))
        return false;
    Transfer *transfer = transfer_take(net);
    transfer->request = *request;
    transfer->url = url;
    transfer->exchange = exchange;
    transfer->arena = arena;
    transfer->keeps_body = request->keep_body;
    transfer->body_limit = net->options.body_limit;
    transfer->times.queued = clock_now_us(net->clock);
    exchange_begin(exchange, request, net, arena);
    transfer->host = host_of(net, &url);
    if (port_is_bad(url.port)) {
        net_answer_fail(
            transfer, "connect",
            arena_printf(arena, "browsers refuse to speak to port %d", url.port));
        done_add(net, transfer);
        return true;
    }
    transfer->state = TRANSFER_WAITING;
    host_queue(transfer->host, transfer);
    return true;
}

/* ---- through curl ---- */

static CURL *easy_take(Net *net)
{
    return net->idle_count ? net->idle[--net->idle_count] : curl_easy_init();
}

static void transfer_fail(Transfer *transfer, const char *kind, const char *text)
{
    transfer_let_go(transfer);
    net_answer_fail(transfer, kind, text);
    transfer_unlink(&transfer->net->active, transfer);
    transfer->host->active--;
    done_add(transfer->net, transfer);
}

static void transfer_add(Transfer *transfer)
{
    Net *net = transfer->net;
    transfer->easy = easy_take(net);
    if (!transfer->easy || !net_easy_prepare(transfer) ||
        curl_multi_add_handle(net->multi, transfer->easy) != CURLM_OK) {
        transfer_fail(transfer, "protocol", "libcurl refused the request");
        return;
    }
    transfer->times.added = clock_now_us(net->clock);
    transfer->state = TRANSFER_RUNNING;
    net->running++;
}

static void transfer_begin(Transfer *transfer, int64_t now_us)
{
    Net *net = transfer->net;
    NetHost *host = transfer->host;
    host->active++;
    transfer->times.begun = now_us;
    transfer->next = net->active;
    net->active = transfer;
    transfer->state = TRANSFER_HELD;
    /* On HTTP/2 only the first exchange opens a connection; on HTTP/1.1 each that finds
     * all the others busy. */
    transfer->is_first_use =
        host->is_multiplexed ? host->connections == 0 : host->active > host->connections;
    host->connections += transfer->is_first_use;
    throttle_hold(transfer);
}

static int host_limit(const NetHost *host, const Net *net)
{
    return host->is_multiplexed ? NET_STREAMS_MAX : net->options.connections_per_host;
}

static void net_dispatch(Net *net, int64_t now_us)
{
    int begun = 0;
    for (const Transfer *transfer = net->active; transfer; transfer = transfer->next)
        begun += transfer->state != TRANSFER_DRAINING;
    for (NetHost *host = net->hosts; host; host = host->next) {
        while (host->waiting && host->active < host_limit(host, net) &&
               begun < NET_RUNNING_MAX) {
            Transfer *transfer = host->waiting;
            host->waiting = transfer->next;
            transfer_begin(transfer, now_us);
            begun++;
        }
    }
    for (Transfer *transfer = net->active, *next; transfer; transfer = next) {
        next = transfer->next;
        if (transfer->state == TRANSFER_HELD &&
            now_us >= transfer->times.begun + transfer->hold_us)
            transfer_add(transfer);
    }
}

/** A connection more than foreseen was opened, or the server closed one. One that was
 * foreseen but not needed, because curl found another idle meanwhile, stays in the model.
 */
static void connections_correct(const Transfer *transfer)
{
    NetHost *host = transfer->host;
    const char *connection = exchange_header(transfer->exchange, "Connection");
    bool is_opened = transfer->times.socket != 0;
    bool is_closed = transfer->exchange->error ||
                     (connection && str_contains_nocase(str_of(connection), STR("close")));
    host->connections += (is_opened && !transfer->is_first_use) - is_closed;
    if (host->connections < 0)
        host->connections = 0;
    if (host->connections > transfer->net->options.connections_per_host)
        host->connections = transfer->net->options.connections_per_host;
}

/** It ended at curl; the modelled link may hold it back. */
static void transfer_end(Transfer *transfer, CURLcode code)
{
    Net *net = transfer->net;
    transfer->times.end = clock_now_us(net->clock);
    net_answer_finish(transfer, code);
    connections_correct(transfer);
    transfer_let_go(transfer);
    transfer->state = TRANSFER_DRAINING;
}

static void net_collect(Net *net)
{
    int left = 0;
    const CURLMsg *message;
    while ((message = curl_multi_info_read(net->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        char *tag = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &tag);
        /* The pointer was given as void *; curl hands it out as char *. */
        Transfer *transfer = (Transfer *)(void *)tag;
        transfer_end(transfer, code);
    }
}

/** Body and phases into the exchange, from the active list to the done list. */
static void transfer_finish(Transfer *transfer)
{
    Exchange *exchange = transfer->exchange;
    if (transfer->keeps_body && exchange->status > 0) {
        exchange->body = arena_str(transfer->arena, buf_str(&transfer->body));
        exchange->has_body = true;
    }
    if (transfer->body.capacity > BODY_KEEP_CAPACITY)
        buf_release(&transfer->body);
    net_timings_fill(transfer);
    transfer_unlink(&transfer->net->active, transfer);
    transfer->host->active--;
    done_add(transfer->net, transfer);
}

static void net_settle(Net *net)
{
    int64_t now_us = clock_now_us(net->clock);
    throttle_serve(net, now_us);
    /* The list has the newest first; the oldest of those that are ready ends first. */
    for (;;) {
        Transfer *ready = NULL;
        for (Transfer *transfer = net->active; transfer; transfer = transfer->next)
            if (transfer->state == TRANSFER_DRAINING &&
                transfer->served_bytes >= transfer->exchange->transfer_bytes)
                ready = transfer;
        if (!ready)
            return;
        if (net->down_bytes_per_s > 0)
            ready->times.end = now_us;
        transfer_finish(ready);
    }
}

static void net_give_up(Net *net)
{
    while (net->active) {
        Transfer *transfer = net->active;
        transfer->times.end = clock_now_us(net->clock);
        transfer_fail(transfer, "timeout", "the visit's time was over before the answer");
    }
    for (NetHost *host = net->hosts; host; host = host->next) {
        while (host->waiting) {
            Transfer *transfer = host->waiting;
            host->waiting = transfer->next;
            transfer->times.end = clock_now_us(net->clock);
            net_answer_fail(transfer, "timeout",
                            "the visit's time was over before the request");
            done_add(net, transfer);
        }
    }
}

static int wait_ms(const Net *net, int64_t deadline_us)
{
    int64_t now_us = clock_now_us(net->clock);
    int64_t wait_us = throttle_wait_us(net, now_us);
    if (wait_us < 0 || wait_us > TURN_WAIT_MAX_MS * INT64_C(1000))
        wait_us = TURN_WAIT_MAX_MS * INT64_C(1000);
    if (deadline_us && deadline_us - now_us < wait_us)
        wait_us = deadline_us > now_us ? deadline_us - now_us : 0;
    return (int)((wait_us + 999) / 1000);
}

/** One turn of the loop. Returns false when nothing is under way. */
static bool net_turn(Net *net, int64_t deadline_us)
{
    int64_t now_us = clock_now_us(net->clock);
    net_dispatch(net, now_us);
    if (!net->active)
        return net->done != NULL;
    if (deadline_us && now_us >= deadline_us) {
        net_give_up(net);
        return true;
    }
    int running = 0;
    curl_multi_perform(net->multi, &running);
    net_collect(net);
    net_settle(net);
    if (!net->done && net->active)
        curl_multi_poll(net->multi, NULL, 0, wait_ms(net, deadline_us), NULL);
    return true;
}

static void done_take(Net *net, Transfer *transfer, Exchange **exchange, void **tag)
{
    transfer_unlink(&net->done, transfer);
    if (exchange)
        *exchange = transfer->exchange;
    if (tag)
        *tag = transfer->request.tag;
    transfer->next = net->free;
    net->free = transfer;
}

bool net_next(Net *net, int64_t deadline_us, Exchange **exchange, void **tag)
{
    while (!net->done)
        if (!net_turn(net, deadline_us))
            return false;
    done_take(net, net->done, exchange, tag);
    return true;
}

bool net_take(Net *net, Exchange **exchange, void **tag)
{
    if (!net->done)
        return false;
    done_take(net, net->done, exchange, tag);
    return true;
}

bool net_turn_with(Net *net, const int *descriptors, size_t count, int wait_ms_most)
{
    struct curl_waitfd others[NET_OTHERS_MOST];
    int running = 0, ready = 0;
    count = count < NET_OTHERS_MOST ? count : NET_OTHERS_MOST;
    for (size_t i = 0; i < count; i++)
        others[i] = (struct curl_waitfd){.fd = descriptors[i], .events = CURL_WAIT_POLLIN};
    net_dispatch(net, clock_now_us(net->clock));
    curl_multi_perform(net->multi, &running);
    net_collect(net);
    net_settle(net);
    if (!net->done) {
        int own = wait_ms(net, 0);
        int wait = net->active && own < wait_ms_most ? own : wait_ms_most;
        curl_multi_poll(net->multi, others, (unsigned)count, wait, &ready);
        curl_multi_perform(net->multi, &running);
        net_collect(net);
        net_settle(net);
    }
    return net->active || net->done;
}

bool net_fetch(Net *net, const NetRequest *request, Arena *arena, Exchange *exchange,
               Error *err)
{
    if (!net_start(net, request, arena, exchange, err))
        return false;
    for (;;) {
        for (Transfer *transfer = net->done; transfer; transfer = transfer->next) {
            if (transfer->exchange == exchange) {
                done_take(net, transfer, NULL, NULL);
                return true;
            }
        }
        /* Others may sit in the done list: turn until ours is there too. */
        net_turn(net, 0);
    }
}

CookieJar *net_cookies(Net *net)
{
    return net->cookies;
}

const char *net_version(Arena *arena)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    return arena_printf(arena, "libcurl/%s %s nghttp2/%s", info->version,
                        info->ssl_version ? info->ssl_version : "no TLS",
                        info->nghttp2_version ? info->nghttp2_version : "none");
}
