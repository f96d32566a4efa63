/* network_read.c - the browser's words about a request to the facts of an exchange.
 *
 * Layer: visit. Called by network.c. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/base64.h"
#include "base/units.h"
#include "visit/chromium/network_parts.h"

enum { HEADER_LINES_MAX = 512, STACKS_MAX = 32 };

bool read_is_web(const char *url)
{
    return strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0;
}

/* Headers of the request say what "Other" is for. */
static ResourceType type_of_other(const Json *request)
{
    const char *dest = json_text(json_at(request, "headers.Sec-Fetch-Dest"), "");
    const char *url = json_text(json_get(request, "url"), "");
    /* The icon is asked for by the browser itself, without that header. */
    if (strcmp(dest, "image") == 0 || strstr(url, "favicon"))
        return RESOURCE_IMAGE;
    return RESOURCE_OTHER;
}

ResourceType read_type(const char *type, const Json *request)
{
    static const struct {
        const char *name;
        ResourceType type;
    } rows[] = {
        {"Document", RESOURCE_DOCUMENT}, {"Stylesheet", RESOURCE_STYLE},
        {"Script", RESOURCE_SCRIPT},     {"Image", RESOURCE_IMAGE},
        {"Font", RESOURCE_FONT},         {"Media", RESOURCE_MEDIA},
        {"XHR", RESOURCE_DATA},          {"Fetch", RESOURCE_DATA},
        {"EventSource", RESOURCE_DATA},
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (strcmp(type, rows[i].name) == 0)
            return rows[i].type;
    return type_of_other(request);
}

bool read_is_quiet(const char *type)
{
    static const char *const names[] = {"EventSource", "WebSocket", "Media",
                                        "Ping",        "Prefetch",  "CSPViolationReport",
                                        "TextTrack"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(type, names[i]) == 0)
            return true;
    return false;
}

Header *read_headers(Arena *arena, const Json *object, int *count)
{
    Header *headers = NULL;
    size_t length = 0;
    size_t capacity = 0;
    for (const Json *item = json_first(object); item; item = json_next(item)) {
        const char *name = json_key(item);
        Str rest = json_str(item);
        Str line;
        /* ":authority" and its like are HTTP/2's request line. */
        if (!name || name[0] == ':')
            continue;
        while (length < HEADER_LINES_MAX && str_next(&rest, '\n', &line)) {
            Header header = {arena_text(arena, name), arena_str_text(arena, line)};
            ARENA_PUSH(arena, headers, length, capacity, header);
        }
    }
    *count = (int)length;
    return headers;
}

const char *read_mime(Arena *arena, const char *type)
{
    Str whole = str_of(type);
    Str essence = str_trim(str_slice(whole, 0, str_find_byte(whole, ';', 0)));
    char *mime = arena_str_text(arena, essence);
    for (char *c = mime; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return mime;
}

static const char *protocol_name(Arena *arena, const char *protocol)
{
    static const char *const rows[][2] = {
        {"http/1.0", "HTTP/1.0"}, {"http/1.1", "HTTP/1.1"}, {"h2", "HTTP/2"},
        {"h3", "HTTP/3"},         {"h3-29", "HTTP/3"},      {"quic", "HTTP/3"}};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (strcmp(protocol, rows[i][0]) == 0)
            return rows[i][1];
    return *protocol ? arena_text(arena, protocol) : NULL;
}

/* "TLS 1.3" as other tools write it. */
static const char *tls_name(Arena *arena, const char *protocol)
{
    if (strncmp(protocol, "TLS 1", 5) == 0)
        return strcmp(protocol, "TLS 1.0") == 0
                   ? "TLSv1"
                   : arena_printf(arena, "TLSv%s", protocol + 4);
    return strcmp(protocol, "QUIC") == 0 ? "TLSv1.3" : NULL;
}

/* "[::1]" without its brackets. */
static const char *address_text(Arena *arena, const char *address)
{
    Str text = str_of(address);
    if (text.length > 2 && text.data[0] == '[')
        text = str_slice(text, 1, text.length - 2);
    return text.length ? arena_str_text(arena, text) : NULL;
}

static void read_security(Arena *arena, const Json *response, Exchange *exchange)
{
    const Json *details = json_get(response, "securityDetails");
    double until_s = json_number(json_get(details, "validTo"), 0);
    if (!details)
        return;
    exchange->tls_version = tls_name(arena, json_text(json_get(details, "protocol"), ""));
    if (until_s > 0 && until_s < 1e12)
        exchange->certificate_until_us = (int64_t)until_s * 1000000;
}

void read_answer(Arena *arena, const Json *response, bool has_head, Exchange *exchange)
{
    exchange->error = NULL;
    exchange->status = (int)json_integer(json_get(response, "status"), 0);
    if (!has_head)
        exchange->headers =
            read_headers(arena, json_get(response, "headers"), &exchange->header_count);
    exchange->http_version =
        protocol_name(arena, json_text(json_get(response, "protocol"), ""));
    const char *type = exchange_header(exchange, "Content-Type");
    /* Of an answer without a type the browser guesses one, if there is something to show.
     */
    bool is_shown = exchange->status >= 200 && exchange->status < 300;
    const char *guess = is_shown ? json_text(json_get(response, "mimeType"), "") : "";
    exchange->mime = read_mime(arena, type ? type : guess);
    exchange->server_ip =
        address_text(arena, json_text(json_get(response, "remoteIPAddress"), ""));
    exchange->is_connection_reused =
        json_bool(json_get(response, "connectionReused"), false);
    if (json_bool(json_get(response, "fromDiskCache"), false) ||
        json_bool(json_get(response, "fromPrefetchCache"), false))
        exchange->is_from_cache = true;
    read_security(arena, response, exchange);
}

/* A phase of the browser's, from and to in ms from requestTime, -1: it did not apply. */
static int64_t phase_us(const Json *timing, const char *from, const char *to)
{
    double start = json_number(json_get(timing, from), -1);
    double end = json_number(json_get(timing, to), -1);
    return start >= 0 && end >= start ? (int64_t)llround((end - start) * 1000) : -1;
}

static int64_t span_us(double from_s, double to_s)
{
    return to_s > from_s ? (int64_t)llround((to_s - from_s) * 1e6) : 0;
}

/* The first thing done for the request, in ms from requestTime: before it, it queued. */
static double first_ms(const Json *timing)
{
    static const char *const starts[] = {"dnsStart", "connectStart", "sendStart"};
    for (size_t i = 0; i < COUNT_OF(starts); i++) {
        double start = json_number(json_get(timing, starts[i]), -1);
        if (start >= 0)
            return start;
    }
    return 0;
}

static int64_t at_least_none(int64_t phase)
{
    return phase > 0 ? phase : 0;
}

/* What no phase claims until the answer began is waiting too: the delay of an emulated
 * network, the browser's own queues. So the phases add up to the whole. */
static int64_t wait_us(const Timings *timings, int64_t until_answer_us)
{
    int64_t others = at_least_none(timings->blocked_us) + at_least_none(timings->dns_us) +
                     at_least_none(timings->connect_us) + at_least_none(timings->send_us);
    return at_least_none(until_answer_us - others);
}

double read_timings(const Json *response, double asked_s, double end_s, Exchange *exchange)
{
    const Json *timing = json_get(response, "timing");
    Timings *timings = &exchange->timings;
    if (end_s > 0)
        exchange->duration_us = span_us(asked_s, end_s);
    double begun_s = json_number(json_get(timing, "requestTime"), 0);
    double head_ms = json_number(json_get(timing, "receiveHeadersEnd"), -1);
    if (exchange->is_from_cache) {
        /* The browser tells the phases of when it was fetched. */
        *timings = (Timings){.dns_us = -1, .connect_us = -1, .ssl_us = -1};
        return 0;
    }
    *timings = (Timings){-1, -1, -1, -1, -1, -1, -1};
    if (!timing || begun_s <= 0 || head_ms < 0)
        return 0;
    double answered_s = begun_s + head_ms / 1000;
    timings->blocked_us = span_us(asked_s, begun_s + first_ms(timing) / 1000);
    timings->dns_us = phase_us(timing, "dnsStart", "dnsEnd");
    timings->connect_us = phase_us(timing, "connectStart", "connectEnd");
    timings->ssl_us = phase_us(timing, "sslStart", "sslEnd");
    timings->send_us = phase_us(timing, "sendStart", "sendEnd");
    timings->wait_us = wait_us(timings, span_us(asked_s, answered_s));
    if (end_s > 0)
        timings->receive_us = span_us(answered_s, end_s);
    return answered_s;
}

typedef struct FailureRow {
    const char *begin; /* of the browser's word behind net::ERR_ */
    const char *kind;  /* NULL: no fault of the network */
    const char *text;
} FailureRow;

static const FailureRow failures[] = {
    {"NAME_NOT_RESOLVED", "dns", "the host's name is not known"},
    {"NAME_RESOLUTION_FAILED", "dns", "the host's name is not known"},
    {"DNS_", "dns", "the host's name could not be looked up"},
    {"CONNECTION_REFUSED", "connect", "the connection was refused"},
    {"ADDRESS_UNREACHABLE", "connect", "the host cannot be reached"},
    {"NETWORK_ACCESS_DENIED", "connect",
     "a private address, which a public site may not send us to"},
    {"INTERNET_DISCONNECTED", "connect", "there is no network"},
    {"CONNECTION_FAILED", "connect", "no connection came about"},
    {"PROXY_CONNECTION_FAILED", "connect", "the proxy cannot be reached"},
    {"TUNNEL_CONNECTION_FAILED", "connect", "the proxy gave no connection"},
    {"CONNECTION_TIMED_OUT", "timeout", "no connection came about in time"},
    {"TIMED_OUT", "timeout", "no answer came in time"},
    {"CONNECTION_RESET", "reset", "the server closed the connection"},
    {"CONNECTION_CLOSED", "reset", "the server closed the connection"},
    {"CONNECTION_ABORTED", "reset", "the connection broke"},
    {"EMPTY_RESPONSE", "reset", "the server closed the connection without an answer"},
    {"SOCKET_NOT_CONNECTED", "reset", "the connection broke"},
    {"CERT_", "tls", "the certificate is not trusted"},
    {"SSL_", "tls", "the TLS handshake failed"},
    {"RESPONSE_HEADERS_TOO_BIG", "limit", "the answer's headers are too large"},
    {"TOO_MANY_REDIRECTS", "limit", "the redirects do not end"},
    {"CONTENT_LENGTH_MISMATCH", "protocol", "the answer is shorter than it announced"},
    {"INCOMPLETE_CHUNKED_ENCODING", "protocol", "the answer is cut off"},
    {"CONTENT_DECODING_FAILED", "protocol", "the answer's compression is damaged"},
    {"HTTP2_", "protocol", "an error of HTTP/2"},
    {"QUIC_", "protocol", "an error of HTTP/3"},
    {"INVALID_", "protocol", "the answer is no HTTP"},
    {"UNSAFE_PORT", "protocol", "browsers do not call this port"},
    {"BLOCKED_BY_CLIENT", NULL, "not sent: blocked by us"},
    {"BLOCKED_BY_ORB", NULL, "the browser keeps the answer from the page"},
    {"BLOCKED_BY_RESPONSE", NULL, "the answer's own headers forbid its use here"},
    {"BLOCKED_BY_CSP", NULL, "the page's content policy forbids it"},
    {"ABORTED", NULL, "ended by the page before the answer"},
};

void read_failure(Arena *arena, const Json *params, Exchange *exchange)
{
    const char *word = json_text(json_get(params, "errorText"), "");
    const char *blocked = json_text(json_get(params, "blockedReason"), NULL);
    const char *cors = json_text(json_at(params, "corsErrorStatus.corsError"), NULL);
    if (cors) {
        exchange->error =
            arena_printf(arena, "the browser keeps it from the page (CORS: %s)", cors);
        return;
    }
    if (strncmp(word, "net::ERR_", 9) == 0)
        word += 9;
    for (size_t i = 0; i < COUNT_OF(failures); i++) {
        if (strncmp(word, failures[i].begin, strlen(failures[i].begin)) != 0)
            continue;
        exchange->error = failures[i].text;
        exchange->error_kind = failures[i].kind;
        return;
    }
    if (blocked) {
        exchange->error = arena_printf(arena, "the browser blocked it (%s)", blocked);
        return;
    }
    exchange->error = *word ? arena_printf(arena, "failed (%s)", word) : "failed";
    exchange->error_kind = "protocol";
}

/* The first frame of a call stack that names a file; its callers after it. */
static const char *stack_url(const Json *stack)
{
    for (int depth = 0; stack && depth < STACKS_MAX; depth++) {
        const Json *frame = json_first(json_get(stack, "callFrames"));
        for (; frame; frame = json_next(frame))
            if (read_is_web(json_text(json_get(frame, "url"), "")))
                return json_text(json_get(frame, "url"), "");
        stack = json_get(stack, "parent");
    }
    return NULL;
}

const char *read_initiator(Arena *arena, const Json *params)
{
    const Json *initiator = json_get(params, "initiator");
    const char *url = json_text(json_get(initiator, "url"), NULL);
    if (!url)
        url = stack_url(json_get(initiator, "stack"));
    return url && read_is_web(url) ? arena_text(arena, url) : NULL;
}

Str read_post_data(Arena *arena, const Json *request)
{
    AUTO(buf_release) Buf body = {0};
    const Json *entries = json_get(request, "postDataEntries");
    buf_init(&body, CDP_MESSAGE_MAX);
    for (const Json *entry = json_first(entries); entry; entry = json_next(entry)) {
        Str bytes;
        if (base64_decode(arena, json_str(json_get(entry, "bytes")), &bytes))
            buf_add(&body, bytes);
    }
    if (body.length == 0)
        return arena_str(arena, json_str(json_get(request, "postData")));
    return arena_str(arena, buf_str(&body));
}
