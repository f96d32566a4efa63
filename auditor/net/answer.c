/* answer.c - what comes back: head, body, sizes, phases, and why it failed, into Exchange.
 *
 * Everything here is under the server's control and bounded. Layer: net.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "net/image_size.h"
#include "net/session.h"

/* ---- the head ---- */

static size_t transfer_stop(Transfer *transfer, const char *kind, const char *text)
{
    transfer->failure_kind = kind;
    transfer->failure = text;
    return 0;
}

static void headers_restart(Transfer *transfer)
{
    transfer->exchange->header_count = 0;
    transfer->exchange->mime = "";
    transfer->is_body_begun = false;
}

/** A line that begins with white space belongs to the value before it (RFC 9112, 5.2). */
static void header_continue(Transfer *transfer, Str line)
{
    Exchange *exchange = transfer->exchange;
    if (exchange->header_count == 0)
        return;
    Header *last = &exchange->headers[exchange->header_count - 1];
    last->value = arena_printf(transfer->arena, "%s %.*s", last->value, STR_ARGS(line));
}

static void header_add(Transfer *transfer, Str name, Str value)
{
    Exchange *exchange = transfer->exchange;
    size_t count = (size_t)exchange->header_count;
    Header header = {arena_str_text(transfer->arena, name),
                     arena_str_text(transfer->arena, value)};
    ARENA_PUSH(transfer->arena, exchange->headers, count, transfer->header_capacity,
               header);
    exchange->header_count = (int)count;
}

static const char *mime_of(Arena *arena, const char *content_type)
{
    Str type = str_trim(str_slice(str_of(content_type), 0, strcspn(content_type, ";,")));
    char *mime = arena_str_text(arena, type);
    for (char *c = mime; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return mime;
}

/** The head is complete: what it says decides how much of the body is wanted. */
static void head_finish(Transfer *transfer)
{
    Exchange *exchange = transfer->exchange;
    const char *type = exchange_header(exchange, "Content-Type");
    exchange->mime = type ? mime_of(transfer->arena, type) : "";
    transfer->is_image = strncmp(exchange->mime, "image/", 6) == 0;
    net_tls_read(transfer);
}

size_t net_on_header(char *data, size_t size, size_t count, void *userdata)
{
    Transfer *transfer = userdata;
    size_t length = size * count;
    Str line = {data, length};
    if (!transfer->times.first)
        transfer->times.first = clock_now_us(transfer->net->clock);
    if (transfer->is_body_begun)
        return length; /* trailers tell a visitor nothing */
    if (str_starts_with(line, STR("HTTP/")))
        headers_restart(transfer);
    if (str_starts_with(line, STR("HTTP/2")))
        transfer->host->is_multiplexed = true;
    transfer->header_bytes += (int64_t)length;
    if (transfer->header_bytes > NET_HEAD_LIMIT ||
        transfer->exchange->header_count >= NET_HEADER_LINES_MAX)
        return transfer_stop(transfer, "limit", "the answer's headers are too large");
    bool is_folded = length > 0 && (data[0] == ' ' || data[0] == '\t');
    line = str_trim(line);
    if (line.length == 0) {
        head_finish(transfer);
        return length;
    }
    size_t colon = str_find_byte(line, ':', 0);
    if (is_folded)
        header_continue(transfer, line);
    else if (colon != SIZE_MAX && colon > 0 && !str_starts_with(line, STR("HTTP/")))
        header_add(transfer, str_slice(line, 0, colon),
                   str_trim(str_slice(line, colon + 1, line.length)));
    return length;
}

/* ---- the body ---- */

/** Would a browser save this answer of a navigation instead of showing it? */
static bool answer_is_download(const Exchange *exchange)
{
    const char *disposition = exchange_header(exchange, "Content-Disposition");
    if (disposition &&
        str_starts_with_nocase(str_trim(str_of(disposition)), STR("attachment")))
        return true;
    const char *mime = exchange->mime;
    if (mime[0] == '\0' || strncmp(mime, "text/", 5) == 0)
        return false;
    return !strstr(mime, "html") && !strstr(mime, "xml") && !strstr(mime, "json");
}

/** Begin the body: how many bytes of it are kept, how many are let through. */
static void body_begin(Transfer *transfer)
{
    transfer->is_body_begun = true;
    size_t keep = transfer->keeps_body ? transfer->body_limit : 0;
    if (!transfer->keeps_body && transfer->is_image)
        keep = NET_PREFIX_LIMIT;
    if (transfer->request.is_navigation && answer_is_download(transfer->exchange) &&
        transfer->body_limit > NET_DOWNLOAD_LIMIT) {
        transfer->body_limit = NET_DOWNLOAD_LIMIT;
        transfer->is_stopped = true;
    }
    if (transfer->body.data) {
        buf_clear(&transfer->body);
        transfer->body.limit = keep;
    } else {
        buf_init(&transfer->body, keep);
    }
}

size_t net_on_body(char *data, size_t size, size_t count, void *userdata)
{
    Transfer *transfer = userdata;
    size_t length = size * count;
    if (!transfer->is_body_begun)
        body_begin(transfer);
    size_t before = (size_t)transfer->decoded_bytes;
    size_t room = before < transfer->body_limit ? transfer->body_limit - before : 0;
    size_t taken = length < room ? length : room;
    size_t kept = transfer->body.limit - transfer->body.length;
    buf_add(&transfer->body, (Str){data, taken < kept ? taken : kept});
    transfer->decoded_bytes += (int64_t)taken;
    if (taken == length)
        return length;
    transfer->exchange->is_body_cut = true;
    if (transfer->is_stopped)
        return 0;
    return transfer_stop(transfer, "limit",
                         arena_printf(transfer->arena,
                                      "the answer is larger than %zu bytes",
                                      transfer->body_limit));
}

/* ---- why it failed ---- */

typedef struct FailureRow {
    CURLcode code;
    const char *kind;
    const char *text;
} FailureRow;

static const FailureRow failures[] = {
    {CURLE_UNSUPPORTED_PROTOCOL, "protocol", "the answer is no HTTP"},
    {CURLE_URL_MALFORMAT, "protocol", "the address is malformed"},
    {CURLE_COULDNT_RESOLVE_PROXY, "dns", "the proxy's name is not known"},
    {CURLE_COULDNT_RESOLVE_HOST, "dns", "the host's name is not known"},
    {CURLE_COULDNT_CONNECT, "connect", "the connection was refused"},
    {CURLE_WEIRD_SERVER_REPLY, "protocol", "the answer is no HTTP"},
    {CURLE_HTTP2, "protocol", "an error of HTTP/2"},
    {CURLE_HTTP2_STREAM, "protocol", "the server reset the HTTP/2 stream"},
    {CURLE_PARTIAL_FILE, "protocol", "the answer is shorter than it announced"},
    {CURLE_WRITE_ERROR, "protocol", "the answer could not be decoded"},
    {CURLE_BAD_CONTENT_ENCODING, "protocol", "the answer's compression is damaged"},
    /* What curl says of a single header line beyond 100 KB (faults.md). */
    {CURLE_OUT_OF_MEMORY, "limit", "the answer's headers are too large"},
    {CURLE_SSL_CONNECT_ERROR, "tls", "the TLS handshake failed"},
    {CURLE_SSL_CIPHER, "tls", "no common TLS cipher"},
    {CURLE_PEER_FAILED_VERIFICATION, "tls", "the certificate is not trusted"},
    {CURLE_SSL_CACERT_BADFILE, "tls", "the file of trusted certificates cannot be read"},
    {CURLE_SSL_ISSUER_ERROR, "tls", "the certificate's issuer does not fit"},
    {CURLE_SSL_INVALIDCERTSTATUS, "tls", "the certificate was revoked"},
    {CURLE_GOT_NOTHING, "reset", "the server closed the connection without an answer"},
    {CURLE_SEND_ERROR, "reset", "the connection broke while sending"},
    {CURLE_RECV_ERROR, "reset", "the connection broke while receiving"},
};

static void timeout_name(const Transfer *transfer, const char **kind, const char **text)
{
    *kind = "timeout";
    if (!transfer->times.ready)
        *text = transfer->times.socket || !transfer->times.resolver
                    ? "no connection came about in time"
                    : "the host's name was not answered in time";
    else if (!transfer->times.first)
        *text = "no answer came in time";
    else
        *text = "the answer did not end in time";
}

static void failure_name(const Transfer *transfer, CURLcode code, const char **kind,
                         const char **text)
{
    *kind = "protocol";
    *text = curl_easy_strerror(code);
    if (code == CURLE_OPERATION_TIMEDOUT) {
        timeout_name(transfer, kind, text);
        return;
    }
    for (size_t i = 0; i < COUNT_OF(failures); i++) {
        if (failures[i].code == code) {
            *kind = failures[i].kind;
            *text = failures[i].text;
        }
    }
    if (code == CURLE_RECV_ERROR && strstr(transfer->curl_text, "large response headers")) {
        *kind = "limit";
        *text = "the answer's headers are too large";
    }
}

void net_answer_fail(Transfer *transfer, const char *kind, const char *text)
{
    Exchange *exchange = transfer->exchange;
    exchange->error_kind = kind;
    exchange->error = text;
    if (!transfer->times.end)
        transfer->times.end = clock_now_us(transfer->net->clock);
    exchange->is_body_cut = transfer->is_body_begun;
    net_timings_fill(transfer);
}

static void failure_fill(Transfer *transfer, CURLcode code)
{
    Exchange *exchange = transfer->exchange;
    if (transfer->failure) {
        exchange->error = transfer->failure;
        exchange->error_kind = transfer->failure_kind;
        return;
    }
    const char *kind;
    const char *text;
    failure_name(transfer, code, &kind, &text);
    /* curl's own words name the detail: which certificate rule, which address. */
    exchange->error =
        transfer->curl_text[0] && (strcmp(kind, "tls") == 0 || strcmp(kind, "connect") == 0)
            ? arena_printf(transfer->arena, "%s (%s)", text, transfer->curl_text)
            : text;
    exchange->error_kind = kind;
    exchange->is_body_cut = transfer->is_body_begun;
}

/* ---- the end ---- */

static int64_t info_size(CURL *easy, CURLINFO info)
{
    curl_off_t value = 0;
    curl_easy_getinfo(easy, info, &value);
    return (int64_t)value;
}

static long info_long(CURL *easy, CURLINFO info)
{
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

static void version_fill(Transfer *transfer)
{
    Exchange *exchange = transfer->exchange;
    switch (info_long(transfer->easy, CURLINFO_HTTP_VERSION)) {
    case CURL_HTTP_VERSION_1_0: exchange->http_version = "HTTP/1.0"; break;
    case CURL_HTTP_VERSION_1_1: exchange->http_version = "HTTP/1.1"; break;
    case CURL_HTTP_VERSION_2_0: exchange->http_version = "HTTP/2"; break;
    case CURL_HTTP_VERSION_3: exchange->http_version = "HTTP/3"; break;
    default: exchange->http_version = NULL; break;
    }
}

/** Cookies and HSTS that the answer brings to the session. */
static void session_learn(Transfer *transfer)
{
    Net *net = transfer->net;
    const Exchange *exchange = transfer->exchange;
    const char *line;
    bool is_anonymous = transfer->request.is_anonymous;
    for (int i = 0; !is_anonymous && (line = exchange_header_at(exchange, "Set-Cookie", i));
         i++) {
        const char *why_not = NULL;
        cookie_jar_receive(net->cookies, exchange->url, line, clock_wall_us(net->clock),
                           &why_not);
    }
    line = exchange_header(exchange, "Strict-Transport-Security");
    if (line && transfer->host->is_secure)
        net_hsts_receive(net, exchange->url, line);
}

static void sizes_fill(Transfer *transfer)
{
    Exchange *exchange = transfer->exchange;
    CURL *easy = transfer->easy;
    exchange->transfer_bytes = info_size(easy, CURLINFO_SIZE_DOWNLOAD_T) +
                               (int64_t)info_long(easy, CURLINFO_HEADER_SIZE);
    exchange->body_bytes = transfer->decoded_bytes;
    if (transfer->is_stopped && exchange->is_body_cut) {
        int64_t announced = info_size(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
        exchange->body_bytes = announced >= 0 ? announced : -1;
    }
    if (transfer->is_image)
        image_size_read(buf_str(&transfer->body), &exchange->image_width,
                        &exchange->image_height);
}

void net_answer_finish(Transfer *transfer, CURLcode code)
{
    Exchange *exchange = transfer->exchange;
    CURL *easy = transfer->easy;
    exchange->status = (int)info_long(easy, CURLINFO_RESPONSE_CODE);
    char *address = NULL;
    if (curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address &&
        address[0])
        exchange->server_ip = arena_text(transfer->arena, address);
    bool is_ours = transfer->is_stopped && exchange->is_body_cut;
    if (code != CURLE_OK && !is_ours)
        failure_fill(transfer, code);
    /* An interim answer is none, nor is one that broke before its first byte could be read:
     * a browser shows its own error page then. */
    if (exchange->status < 200 ||
        (code != CURLE_OK && !is_ours && !transfer->is_body_begun))
        exchange->status = 0;
    if (exchange->status == 0 && !exchange->error_kind) {
        exchange->error_kind = "protocol";
        exchange->error = "the server changed the protocol unasked";
    }
    if (!transfer->is_body_begun)
        buf_clear(&transfer->body);
    sizes_fill(transfer);
    if (exchange->status == 0)
        return;
    version_fill(transfer);
    transfer->ssl_us = info_size(easy, CURLINFO_APPCONNECT_TIME_T) -
                       info_size(easy, CURLINFO_CONNECT_TIME_T);
    exchange->is_connection_reused =
        transfer->times.socket == 0 && transfer->handshake_us == 0;
    exchange->tls_version = transfer->host->tls_version;
    exchange->certificate_until_us = transfer->host->certificate_until_us;
    session_learn(transfer);
}

/* ---- phases ---- */

/** Length between two moments, -1 when either did not happen. */
static int64_t phase(int64_t from, int64_t to)
{
    return from && to && to >= from ? to - from : -1;
}

/** Phases by our own clock, because this libcurl does not tell how long an exchange was
 * queued (limits.md, decision 5). They add up to the duration. The modelled latency is part
 * of the phase that pays it on a real link: the handshakes' share of connect (and TLS), the
 * rest of wait. */
void net_timings_fill(Transfer *transfer)
{
    const TransferTimes *times = &transfer->times;
    Timings *timings = &transfer->exchange->timings;
    transfer->exchange->duration_us = times->end - times->queued;
    if (!times->added) {
        timings->blocked_us = times->end - times->queued;
        return;
    }
    timings->blocked_us = times->added - transfer->hold_us - times->queued;
    int64_t connected_from = times->resolver && times->resolver <= times->socket
                                 ? times->resolver
                                 : times->socket;
    int64_t last = times->ready ? times->ready : times->end;
    if (times->socket) {
        timings->blocked_us += connected_from - times->added;
        if (times->resolver)
            timings->dns_us = phase(times->resolver, times->socket);
        timings->connect_us = last - times->socket + transfer->handshake_us;
    } else {
        /* The model opens a connection although curl had an idle one meanwhile. */
        timings->blocked_us += last - times->added;
        if (transfer->handshake_us)
            timings->connect_us = transfer->handshake_us;
    }
    if (!times->ready)
        return;
    int64_t answered = times->first ? times->first : times->end;
    timings->send_us = 0; /* a request fits into the kernel's buffer */
    timings->wait_us = answered - times->ready + transfer->hold_us - transfer->handshake_us;
    timings->receive_us = times->end - answered;
    /* Of the modelled handshakes TCP pays one round trip, TLS 1.3 the other. */
    if (transfer->host->is_secure && timings->connect_us >= 0)
        timings->ssl_us =
            (times->socket ? transfer->ssl_us : 0) + transfer->handshake_us / 2;
}
