/* options.c - everything curl is told: limits, protocols, the user's options, headers.
 *
 * Layer: net. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "net/cookie_file.h"
#include "net/session.h"

enum {
    BODY_LIMIT = 16 << 20,
    CONNECT_TIMEOUT_US = 10000000,
    TIMEOUT_US = 60000000,
    CONNECTIONS_PER_HOST = 6,
};

static const char ACCEPT_ENCODING[] = "gzip, deflate, br, zstd";

/* ---- taking the options ---- */

static bool header_line_is_sane(const char *line)
{
    size_t name = strcspn(line, ":;");
    if (name == 0 || line[name] == '\0')
        return false;
    for (const char *c = line; *c; c++)
        if ((unsigned char)*c < 0x20 && *c != '\t')
            return false;
    return strcspn(line, " \t") >= name;
}

static bool list_fill(struct curl_slist **list, const char **lines, Error *err)
{
    for (; lines && *lines; lines++) {
        struct curl_slist *longer = curl_slist_append(*list, *lines);
        if (!longer)
            return error_set(err, ERROR_FAILED, NULL, "libcurl has no memory");
        *list = longer;
    }
    return true;
}

static void defaults_fill(NetOptions *options)
{
    if (!options->body_limit)
        options->body_limit = BODY_LIMIT;
    if (!options->connect_timeout_us)
        options->connect_timeout_us = CONNECT_TIMEOUT_US;
    if (!options->timeout_us)
        options->timeout_us = TIMEOUT_US;
    if (!options->connections_per_host)
        options->connections_per_host = CONNECTIONS_PER_HOST;
    if (!options->ca_file || !options->ca_file[0]) {
        const char *file = getenv("SSL_CERT_FILE");
        options->ca_file = file && file[0] ? file : NULL;
    }
}

bool net_options_take(Net *net, const NetOptions *options, Error *err)
{
    if (options)
        net->options = *options;
    defaults_fill(&net->options);
    for (const char **line = net->options.headers; line && *line; line++)
        if (!header_line_is_sane(*line))
            return error_set(err, ERROR_INPUT, NULL, "'%s' is no header line", *line) ||
                   error_hint(err, "write -H 'Name: value'");
    if (net->options.user && !strchr(net->options.user, ':'))
        return error_set(err, ERROR_INPUT, NULL, "-u has no password") ||
               error_hint(err, "write -u user:password");
    return list_fill(&net->resolve, net->options.resolve, err) &&
           list_fill(&net->connect_to, net->options.connect_to, err);
}

bool net_site_set(Net *net, const char *url, Error *err)
{
    if (net->has_site)
        return true;
    if (!url_parse(net->arena, str_of(url), NULL, &net->site, err))
        return false;
    net->has_site = true;
    if (!net->options.cookie)
        return true;
    return cookie_option_take(net->cookies, net->arena, net->options.cookie, url,
                              clock_wall_us(net->clock), err);
}

/* ---- headers ---- */

static bool line_names(const char *line, const char *name)
{
    size_t length = strcspn(line, ":;");
    return strlen(name) == length && strncasecmp(line, name, length) == 0;
}

/** The user's -H line of that name, or NULL; only the site and its hosts get them: they may
 * carry a secret. */
static const char *user_line(const Transfer *transfer, const char *name, bool is_site)
{
    const char **lines = transfer->net->options.headers;
    for (; is_site && lines && *lines; lines++)
        if (line_names(*lines, name))
            return *lines;
    return NULL;
}

static void line_write(Transfer *transfer, const char *name, const char *value)
{
    Exchange *exchange = transfer->exchange;
    if (exchange->request_header_count >= NET_REQUEST_HEADERS_MAX ||
        strpbrk(value, "\r\n") != NULL)
        return;
    exchange->request_headers[exchange->request_header_count++] =
        (Header){name, arena_text(transfer->arena, value)};
    /* curl sends a header without a value only when it ends in ';'. */
    const char *line = value[0] ? arena_printf(transfer->arena, "%s: %s", name, value)
                                : arena_printf(transfer->arena, "%s;", name);
    struct curl_slist *longer = curl_slist_append(transfer->header_list, line);
    if (longer)
        transfer->header_list = longer;
}

static void user_line_write(Transfer *transfer, const char *line)
{
    size_t length = strcspn(line, ":;");
    Str name = {line, length};
    Str value = str_trim(str_of(line + length + 1));
    if (line[length] == ':' && value.length == 0)
        return; /* -H 'Name:' takes a header away, as in curl */
    line_write(transfer, arena_str_text(transfer->arena, name),
               arena_str_text(transfer->arena, value));
}

/** Cookies and credentials: what the session, not the caller, knows. */
static void session_headers_write(Transfer *transfer, const Url *url)
{
    Net *net = transfer->net;
    bool is_origin = url_same_origin(url, &net->site);
    if (net->options.user && is_origin && !user_line(transfer, "Authorization", true))
        line_write(
            transfer, "Authorization",
            arena_printf(transfer->arena, "Basic %s",
                         base64_encode(transfer->arena, str_of(net->options.user)).data));
    const NetRequest *request = &transfer->request;
    if (request->is_anonymous)
        return;
    const char *cookies = cookie_jar_header(net->cookies, transfer->arena, request->url,
                                            request->initiator, request->is_navigation,
                                            request->method, clock_wall_us(net->clock));
    if (cookies)
        line_write(transfer, "Cookie", cookies);
}

static void given_headers_write(Transfer *transfer, bool is_site)
{
    const NetRequest *request = &transfer->request;
    bool has_encoding = user_line(transfer, "Accept-Encoding", is_site) != NULL;
    bool has_accept = false;
    for (int i = 0; i < request->header_count; i++) {
        const Header *header = &request->headers[i];
        /* Browsers send the encodings right before the languages. */
        if (!has_encoding && strcasecmp(header->name, "Accept-Language") == 0) {
            line_write(transfer, "Accept-Encoding", ACCEPT_ENCODING);
            has_encoding = true;
        }
        has_accept = has_accept || strcasecmp(header->name, "Accept") == 0;
        const char *agent = transfer->net->options.user_agent;
        if (user_line(transfer, header->name, is_site))
            continue;
        if (agent && strcasecmp(header->name, "User-Agent") == 0)
            line_write(transfer, header->name, agent);
        else
            line_write(transfer, header->name, header->value);
    }
    if (!has_encoding)
        line_write(transfer, "Accept-Encoding", ACCEPT_ENCODING);
    /* curl would send it anyway, unrecorded. */
    if (!has_accept && !user_line(transfer, "Accept", is_site))
        line_write(transfer, "Accept", "*/*");
}

void net_headers_write(Transfer *transfer)
{
    Net *net = transfer->net;
    Exchange *exchange = transfer->exchange;
    const Url *url = &transfer->url;
    exchange->request_headers =
        ARENA_ARRAY(transfer->arena, NET_REQUEST_HEADERS_MAX + 2, Header);
    const char *host = url->port
                           ? arena_printf(transfer->arena, "%s:%d", url->host, url->port)
                           : url->host;
    exchange->request_headers[exchange->request_header_count++] = (Header){"Host", host};
    bool is_site = url_same_site(url, &net->site);
    given_headers_write(transfer, is_site);
    for (const char **line = net->options.headers; is_site && line && *line; line++)
        user_line_write(transfer, *line);
    session_headers_write(transfer, url);
    /* curl would ask before a large body, browsers do not; the length it adds by itself. */
    struct curl_slist *longer = curl_slist_append(transfer->header_list, "Expect:");
    if (longer)
        transfer->header_list = longer;
    if (strcmp(transfer->request.method, "POST") == 0)
        exchange->request_headers[exchange->request_header_count++] =
            (Header){"Content-Length",
                     arena_printf(transfer->arena, "%zu", transfer->request.body.length)};
}

/* ---- the easy handle ---- */

static int on_request(void *userdata, char *server, char *local, int server_port,
                      int local_port)
{
    Transfer *transfer = userdata;
    (void)server, (void)local, (void)server_port, (void)local_port;
    transfer->times.ready = clock_now_us(transfer->net->clock);
    return CURL_PREREQFUNC_OK;
}

static int on_resolver(void *resolver, void *reserved, void *userdata)
{
    Transfer *transfer = userdata;
    (void)resolver, (void)reserved;
    if (!transfer->times.resolver)
        transfer->times.resolver = clock_now_us(transfer->net->clock);
    return 0;
}

static void callbacks_set(Transfer *transfer)
{
    CURL *easy = transfer->easy;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->curl_text);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, net_on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, net_on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_RESOLVER_START_FUNCTION, on_resolver);
    curl_easy_setopt(easy, CURLOPT_RESOLVER_START_DATA, transfer);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, net_on_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
}

static void limits_set(const Transfer *transfer)
{
    CURL *easy = transfer->easy;
    const NetOptions *options = &transfer->net->options;
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)(options->connect_timeout_us / 1000));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(options->timeout_us / 1000));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)NET_SLOW_BYTES_PER_S);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, (long)NET_SLOW_S);
}

static void user_options_set(const Transfer *transfer, const Url *url)
{
    CURL *easy = transfer->easy;
    const Net *net = transfer->net;
    const NetOptions *options = &net->options;
    static const long ip_versions[] = {[4] = CURL_IPRESOLVE_V4, [6] = CURL_IPRESOLVE_V6};
    if (options->ip_version == 4 || options->ip_version == 6)
        curl_easy_setopt(easy, CURLOPT_IPRESOLVE, ip_versions[options->ip_version]);
    if (options->proxy)
        curl_easy_setopt(easy, CURLOPT_PROXY, options->proxy);
    else if (url_is_loopback(url)) /* browsers go round the environment's proxy there */
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
    if (options->is_insecure) {
        /* Asked for by name (-k): the user vouches for this shop. */
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (options->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file);
    if (net->resolve)
        curl_easy_setopt(easy, CURLOPT_RESOLVE, net->resolve);
    if (net->connect_to)
        curl_easy_setopt(easy, CURLOPT_CONNECT_TO, net->connect_to);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     options->http_version == 1 ? (long)CURL_HTTP_VERSION_1_1
                                                : (long)CURL_HTTP_VERSION_2TLS);
    /* Where HTTP/2 may come about, wait for the connection instead of opening a second. */
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT,
                     transfer->host->is_secure && options->http_version != 1 ? 1L : 0L);
}

static void body_set(const Transfer *transfer)
{
    CURL *easy = transfer->easy;
    const NetRequest *request = &transfer->request;
    if (strcmp(request->method, "HEAD") == 0) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (strcmp(request->method, "POST") != 0)
        return;
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.length);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
                     request->body.length ? request->body.data : "");
}

bool net_easy_prepare(Transfer *transfer)
{
    CURL *easy = transfer->easy;
    net_headers_write(transfer);
    callbacks_set(transfer);
    limits_set(transfer);
    user_options_set(transfer, &transfer->url);
    body_set(transfer);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ACCEPT_ENCODING);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->header_list);
    return curl_easy_setopt(easy, CURLOPT_URL, transfer->exchange->url) == CURLE_OK;
}
