/* network.c - the life of a request, from the browser's events. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/network.h"

#include <string.h>

#include "visit/chromium/network_parts.h"

enum {
    LONG_US = 5000000,    /* what is older is a long poll or a stream */
    COLLECT_US = 5000000, /* for the bodies that are still on their way */
    TURN_US = 20000,
    ID_MAX = 128,
};

#define ENABLE                                                                             \
    "{\"maxPostDataSize\":262144,\"maxTotalBufferSize\":268435456,"                        \
    "\"maxResourceBufferSize\":33554432,\"enableDurableMessages\":true}"

/* ---- flights ---- */

/* Ids are put into messages as they are. */
static bool is_id(const char *id)
{
    size_t length = strlen(id);
    return length > 0 && length <= ID_MAX && strcspn(id, "\"\\\n") == length;
}

static Flight **bucket_of(Traffic *traffic, const char *id)
{
    return &traffic->buckets[str_hash(str_of(id)) % FLIGHT_BUCKETS];
}

static Flight *flight_find(Traffic *traffic, const char *id)
{
    Flight *flight = *bucket_of(traffic, id);
    while (flight && strcmp(flight->id, id) != 0)
        flight = flight->next;
    return flight;
}

/* Made by whatever event comes first. NULL: no usable id. */
static Flight *flight_make(Traffic *traffic, const char *id)
{
    Flight *flight = flight_find(traffic, id);
    if (flight || !is_id(id))
        return flight;
    Flight **bucket = bucket_of(traffic, id);
    flight = ARENA_NEW(traffic->arena, Flight);
    flight->id = arena_text(traffic->arena, id);
    flight->session = "";
    flight->loader = "";
    flight->next = *bucket;
    *bucket = flight;
    ARENA_PUSH(traffic->arena, traffic->flights, traffic->flight_count,
               traffic->flight_capacity, flight);
    return flight;
}

static void flight_open(Traffic *traffic, Flight *flight)
{
    flight->since_us = clock_now_us(traffic->clock);
    traffic->last_us = flight->since_us;
    if (flight->is_open)
        return;
    flight->is_open = true;
    ARENA_PUSH(traffic->arena, traffic->open, traffic->open_count, traffic->open_capacity,
               flight);
}

static void flight_close(Traffic *traffic, Flight *flight)
{
    if (!flight->is_quiet)
        traffic->last_us = clock_now_us(traffic->clock);
    flight->is_open = false;
    for (size_t i = 0; i < traffic->open_count; i++)
        if (traffic->open[i] == flight)
            traffic->open[i--] = traffic->open[--traffic->open_count];
}

/* ---- headers of the wire ---- */

static void head_apply(Flight *flight, const RawHead *head)
{
    if (!head->is_answer) {
        Exchange *exchange = flight->hops[flight->requests_headed++];
        exchange->request_headers = head->headers;
        exchange->request_header_count = head->count;
        return;
    }
    Exchange *exchange = flight->hops[flight->answers_headed++];
    /* A 304 confirms what the cache has, whose headers the answer tells. */
    if (head->status == 304)
        return;
    exchange->headers = head->headers;
    exchange->header_count = head->count;
}

static bool head_fits(const Flight *flight, const RawHead *head)
{
    size_t next = head->is_answer ? flight->answers_headed : flight->requests_headed;
    return next < flight->hop_count;
}

/* Apply those whose hop has come meanwhile; the rest keep their order. */
static void heads_flush(Flight *flight)
{
    size_t kept = 0;
    for (size_t i = 0; i < flight->head_count; i++) {
        if (head_fits(flight, &flight->heads[i]))
            head_apply(flight, &flight->heads[i]);
        else
            flight->heads[kept++] = flight->heads[i];
    }
    flight->head_count = kept;
}

static void on_head(Traffic *traffic, const CdpEvent *event, bool is_answer)
{
    Flight *flight =
        flight_make(traffic, json_text(json_get(event->params, "requestId"), ""));
    if (!flight)
        return;
    RawHead head = {.is_answer = is_answer,
                    .status = (int)json_integer(json_get(event->params, "statusCode"), 0)};
    head.headers =
        read_headers(traffic->arena, json_get(event->params, "headers"), &head.count);
    ARENA_PUSH(traffic->arena, flight->heads, flight->head_count, flight->head_capacity,
               head);
    heads_flush(flight);
}

static void on_request_head(Traffic *traffic, const CdpEvent *event)
{
    on_head(traffic, event, false);
}

static void on_answer_head(Traffic *traffic, const CdpEvent *event)
{
    on_head(traffic, event, true);
}

/* ---- a request begins ---- */

static int64_t wall_of(const Traffic *traffic, const Json *params)
{
    double wall_s = json_number(json_get(params, "wallTime"), 0);
    if (wall_s <= 0 || wall_s > 1e11 || traffic->clock->is_fixed ||
        traffic->clock->is_wall_fixed)
        return clock_wall_us(traffic->clock);
    return (int64_t)(wall_s * 1e6);
}

static Exchange *hop_add(Traffic *traffic, Flight *flight, const Json *params)
{
    Arena *arena = traffic->arena;
    const Json *request = json_get(params, "request");
    const char *blocking = json_text(json_get(params, "renderBlockingBehavior"), "");
    Exchange *exchange = visit_add_exchange(traffic->options.visit);
    size_t index = traffic->options.visit->exchange_count - 1;
    exchange->page = traffic->page;
    exchange->type = read_type(json_text(json_get(params, "type"), ""), request);
    exchange->method = arena_text(arena, json_text(json_get(request, "method"), "GET"));
    exchange->url = arena_text(arena, json_text(json_get(request, "url"), ""));
    exchange->request_headers =
        read_headers(arena, json_get(request, "headers"), &exchange->request_header_count);
    exchange->request_type =
        arena_text(arena, json_text(json_at(request, "headers.Content-Type"), NULL));
    exchange->request_body = read_post_data(arena, request);
    exchange->initiator = read_initiator(arena, params);
    exchange->mime = "";
    exchange->error = "no answer before the visit went on";
    exchange->transfer_bytes = 0;
    exchange->body_bytes = 0;
    exchange->started_us = wall_of(traffic, params);
    exchange->timings = (Timings){-1, -1, -1, -1, -1, -1, -1};
    exchange->is_render_blocking = strcmp(blocking, "Blocking") == 0;
    flight->exchange = exchange;
    ARENA_PUSH(arena, flight->hops, flight->hop_count, flight->hop_capacity, exchange);
    ARENA_PUSH(arena, flight->indexes, flight->index_count, flight->index_capacity, index);
    heads_flush(flight);
    return exchange;
}

/* The hop before ends with the answer that sends on. */
static void hop_end(Traffic *traffic, Flight *flight, const Json *params)
{
    const Json *response = json_get(params, "redirectResponse");
    Exchange *exchange = flight->exchange;
    double end_s = json_number(json_get(params, "timestamp"), 0);
    if (!response || !exchange)
        return;
    read_answer(traffic->arena, response, flight->answers_headed >= flight->hop_count,
                exchange);
    exchange->redirect_url =
        arena_text(traffic->arena, json_text(json_at(params, "request.url"), ""));
    exchange->transfer_bytes = json_integer(json_get(response, "encodedDataLength"), 0);
    read_timings(response, flight->asked_s, end_s, exchange);
    exchange->body_bytes = 0;
    /* Wire headers that never come for it must not be taken by the next hop. */
    if (!json_bool(json_get(params, "redirectHasExtraInfo"), false)) {
        if (flight->requests_headed < flight->hop_count)
            flight->requests_headed = flight->hop_count;
        if (flight->answers_headed < flight->hop_count)
            flight->answers_headed = flight->hop_count;
    }
}

static void on_post_data(void *context, const Json *result)
{
    Exchange *exchange = ((void **)context)[0];
    Traffic *traffic = ((void **)context)[1];
    traffic->questions--;
    if (result)
        exchange->request_body =
            arena_str(traffic->arena, json_str(json_get(result, "postData")));
}

/* A large body of a request is not in the event. */
static void post_data_ask(Traffic *traffic, const Flight *flight, Exchange *exchange)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    void **context = ARENA_ARRAY(traffic->arena, 2, void *);
    CdpRequest request = {
        .session = flight->session,
        .method = "Network.getRequestPostData",
        .params = arena_printf(arena, "{\"requestId\":\"%s\"}", flight->id),
    };
    context[0] = exchange;
    context[1] = traffic;
    traffic->questions++;
    cdp_ask(traffic->cdp, &request, on_post_data, context);
}

static void session_note(Traffic *traffic, Flight *flight, const CdpEvent *event)
{
    if (strcmp(flight->session, event->session) != 0)
        flight->session = arena_text(traffic->arena, event->session);
}

static void on_request(Traffic *traffic, const CdpEvent *event)
{
    const Json *params = event->params;
    const Json *request = json_get(params, "request");
    const char *url = json_text(json_get(request, "url"), "");
    if (!read_is_web(url) || guard_blocks(traffic, url))
        return;
    Flight *flight = flight_make(traffic, json_text(json_get(params, "requestId"), ""));
    if (!flight)
        return;
    hop_end(traffic, flight, params);
    session_note(traffic, flight, event);
    flight->loader =
        arena_text(traffic->arena, json_text(json_get(params, "loaderId"), ""));
    flight->asked_s = json_number(json_get(params, "timestamp"), 0);
    flight->answered_s = 0;
    flight->has_answer = false;
    flight->is_quiet = read_is_quiet(json_text(json_get(params, "type"), ""));
    flight_open(traffic, flight);
    Exchange *exchange = hop_add(traffic, flight, params);
    if (json_bool(json_get(request, "hasPostData"), false) &&
        exchange->request_body.length == 0)
        post_data_ask(traffic, flight, exchange);
}

/* ---- it is answered, and ends ---- */

static Flight *flight_of(Traffic *traffic, const CdpEvent *event)
{
    const char *id = json_text(json_get(event->params, "requestId"), "");
    Flight *flight = flight_find(traffic, id);
    if (!flight || !flight->exchange)
        return NULL;
    session_note(traffic, flight, event);
    return flight;
}

static void on_response(Traffic *traffic, const CdpEvent *event)
{
    Flight *flight = flight_of(traffic, event);
    const Json *response = json_get(event->params, "response");
    if (!flight || !response)
        return;
    Exchange *exchange = flight->exchange;
    bool has_head =
        flight->answers_headed >= flight->hop_count && exchange->header_count > 0;
    read_answer(traffic->arena, response, has_head, exchange);
    flight->answered_s = read_timings(response, flight->asked_s, 0, exchange);
    flight->has_answer = true;
    flight->charset =
        arena_text(traffic->arena, json_text(json_get(response, "charset"), ""));
    exchange->transfer_bytes = json_integer(json_get(response, "encodedDataLength"), 0);
}

static void on_served_from_cache(Traffic *traffic, const CdpEvent *event)
{
    Flight *flight = flight_of(traffic, event);
    if (flight)
        flight->exchange->is_from_cache = true;
}

static void on_data(Traffic *traffic, const CdpEvent *event)
{
    Flight *flight = flight_of(traffic, event);
    if (!flight)
        return;
    Exchange *exchange = flight->exchange;
    int64_t decoded = json_integer(json_get(event->params, "dataLength"), 0);
    int64_t encoded = json_integer(json_get(event->params, "encodedDataLength"), 0);
    exchange->body_bytes += decoded > 0 ? decoded : 0;
    exchange->transfer_bytes += encoded > 0 ? encoded : 0;
}

static void times_end(const Flight *flight, Exchange *exchange, double end_s)
{
    if (end_s > flight->asked_s)
        exchange->duration_us = (int64_t)((end_s - flight->asked_s) * 1e6);
    if (flight->answered_s > 0 && end_s > flight->answered_s)
        exchange->timings.receive_us = (int64_t)((end_s - flight->answered_s) * 1e6);
    else if (flight->answered_s > 0)
        exchange->timings.receive_us = 0;
}

static void on_finished(Traffic *traffic, const CdpEvent *event)
{
    Flight *flight = flight_of(traffic, event);
    if (!flight)
        return;
    Exchange *exchange = flight->exchange;
    int64_t bytes = json_integer(json_get(event->params, "encodedDataLength"), -1);
    if (bytes >= 0)
        exchange->transfer_bytes = bytes;
    if (exchange->is_from_cache)
        exchange->transfer_bytes = 0;
    times_end(flight, exchange, json_number(json_get(event->params, "timestamp"), 0));
    flight_close(traffic, flight);
    body_ask(traffic, flight);
}

static void on_failed(Traffic *traffic, const CdpEvent *event)
{
    Flight *flight = flight_of(traffic, event);
    if (!flight)
        return;
    Exchange *exchange = flight->exchange;
    const char *refused = guard_refusal(traffic, flight->id);
    read_failure(traffic->arena, event->params, exchange);
    if (refused)
        exchange->error = arena_printf(traffic->arena, "not sent: it %s", refused);
    exchange->is_body_cut = exchange->status != 0;
    times_end(flight, exchange, json_number(json_get(event->params, "timestamp"), 0));
    flight_close(traffic, flight);
}

static void on_event(void *context, const CdpEvent *event)
{
    static const struct {
        const char *method;
        void (*handle)(Traffic *traffic, const CdpEvent *event);
    } handlers[] = {
        {"Network.requestWillBeSent", on_request},
        {"Network.requestWillBeSentExtraInfo", on_request_head},
        {"Network.responseReceived", on_response},
        {"Network.responseReceivedExtraInfo", on_answer_head},
        {"Network.requestServedFromCache", on_served_from_cache},
        {"Network.dataReceived", on_data},
        {"Network.loadingFinished", on_finished},
        {"Network.loadingFailed", on_failed},
    };

    for (size_t i = 0; i < COUNT_OF(handlers); i++)
        if (strcmp(event->method, handlers[i].method) == 0)
            handlers[i].handle(context, event);
}

/* ---- for others ---- */

Traffic *traffic_open(Arena *arena, Cdp *cdp, const TrafficOptions *options,
                      const Clock *clock)
{
    Traffic *traffic = ARENA_NEW(arena, Traffic);
    traffic->arena = arena;
    traffic->cdp = cdp;
    traffic->options = *options;
    traffic->clock = clock;
    traffic->page = -1;
    traffic->has_site = options->site &&
                        url_parse(arena, str_of(options->site), NULL, &traffic->site, NULL);
    cdp_listen(cdp, "Network.request", on_event, traffic);
    cdp_listen(cdp, "Network.response", on_event, traffic);
    cdp_listen(cdp, "Network.dataReceived", on_event, traffic);
    cdp_listen(cdp, "Network.loading", on_event, traffic);
    guard_open(traffic);
    return traffic;
}

void traffic_setup(Traffic *traffic, const Target *target)
{
    cdp_send(traffic->cdp, target->session, "Network.enable", ENABLE);
    guard_setup(traffic, target);
}

void traffic_page(Traffic *traffic, int page)
{
    traffic->page = page;
}

static bool is_claimed(const Traffic *traffic, const char *loader)
{
    for (size_t i = 0; i < traffic->claimed_count; i++)
        if (strcmp(traffic->claimed[i], loader) == 0)
            return true;
    return false;
}

void traffic_claim(Traffic *traffic, const char *loader_id, int page)
{
    bool is_begun = false;
    traffic->page = page;
    for (size_t i = 0; i < traffic->flight_count; i++) {
        const Flight *flight = traffic->flights[i];
        is_begun = is_begun || strcmp(flight->id, loader_id) == 0;
        bool is_its = strcmp(flight->loader, loader_id) == 0;
        if (!is_its && (!is_begun || is_claimed(traffic, flight->loader)))
            continue;
        for (size_t k = 0; k < flight->hop_count; k++)
            flight->hops[k]->page = page;
    }
    const char *claimed = arena_text(traffic->arena, loader_id);
    if (!is_claimed(traffic, loader_id))
        ARENA_PUSH(traffic->arena, traffic->claimed, traffic->claimed_count,
                   traffic->claimed_capacity, claimed);
}

int traffic_in_flight(const Traffic *traffic)
{
    int64_t now_us = clock_now_us(traffic->clock);
    int count = 0;
    for (size_t i = 0; i < traffic->open_count; i++)
        if (!traffic->open[i]->is_quiet && now_us - traffic->open[i]->since_us < LONG_US)
            count++;
    return count;
}

int64_t traffic_last_us(const Traffic *traffic)
{
    return traffic->last_us;
}

int traffic_document(const Traffic *traffic, const char *loader_id)
{
    for (size_t i = traffic->flight_count; loader_id && i > 0; i--) {
        const Flight *flight = traffic->flights[i - 1];
        if (strcmp(flight->id, loader_id) == 0 && flight->index_count > 0)
            return (int)flight->indexes[flight->index_count - 1];
    }
    return -1;
}

bool traffic_collect(Traffic *traffic, Error *err)
{
    int64_t until_us = clock_now_us(traffic->clock) + COLLECT_US;
    while (traffic->questions > 0) {
        int64_t now_us = clock_now_us(traffic->clock);
        if (now_us >= until_us)
            break;
        if (!cdp_pump(traffic->cdp, now_us + TURN_US, NULL))
            return error_set(err, ERROR_FAILED, NULL, "the browser is gone");
    }
    return true;
}

int traffic_refused(const Traffic *traffic, const char **why)
{
    if (why)
        *why = traffic->refusal_count > 0
                   ? traffic->refusals[traffic->refusal_count - 1].why
                   : NULL;
    return (int)traffic->refusal_count;
}
