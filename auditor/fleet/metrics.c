/* metrics.c - the smallest HTTP server that Prometheus reads. Layer: fleet.
 *
 * SPDX-License-Identifier: MIT */
#include "fleet/metrics.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/units.h"

enum {
    REQUEST_LIMIT = 4096,
    ANSWER_LIMIT = 64 << 10,
    PATIENCE_MS = 250,
    QUEUE = 16,
    AT_ONCE = 8
};

static bool place_read(const char *place, struct sockaddr_in *address, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *colon = strrchr(place, ':');
    const char *host = "127.0.0.1";
    int64_t port = 0;
    if (colon)
        host = arena_str_text(arena, str_from(place, (size_t)(colon - place)));
    *address = (struct sockaddr_in){.sin_family = AF_INET};
    if (integer_parse(colon ? colon + 1 : place, 0, 65535, &port, NULL) &&
        inet_pton(AF_INET, host, &address->sin_addr) == 1) {
        address->sin_port = htons((uint16_t)port);
        return true;
    }
    error_set(err, ERROR_INPUT, "--metrics", "'%s' is no port and no ADDRESS:PORT", place);
    return error_hint(err, "9100 (loopback alone) or 0.0.0.0:9100");
}

bool metrics_open(const char *place, MetricsDoor *door, Error *err)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    int on = 1;
    door->fd = -1;
    if (!place_read(place, &address, err))
        return false;
    door->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (door->fd >= 0 &&
        setsockopt(door->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        bind(door->fd, (struct sockaddr *)&address, sizeof address) == 0 &&
        listen(door->fd, QUEUE) == 0 &&
        getsockname(door->fd, (struct sockaddr *)&address, &size) == 0) {
        door->port = ntohs(address.sin_port);
        return true;
    }
    error_set(err, ERROR_FAILED, "--metrics", "cannot listen on '%s': %s", place,
              strerror(errno));
    metrics_close(door);
    return false;
}

void metrics_close(MetricsDoor *door)
{
    if (door->fd >= 0)
        close(door->fd);
    door->fd = -1;
}

/* The head of a request, or what of it came in time. */
static Str request_read(int fd, char *bytes)
{
    size_t length = 0;
    while (length < REQUEST_LIMIT) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (poll(&wait, 1, PATIENCE_MS) <= 0)
            break;
        ssize_t got = recv(fd, bytes + length, REQUEST_LIMIT - length, 0);
        if (got <= 0)
            break;
        length += (size_t)got;
        if (str_contains(str_from(bytes, length), STR("\r\n\r\n")))
            break;
    }
    return str_from(bytes, length);
}

static void answer(int fd, const WorkCounts *counts)
{
    AUTO(buf_release) Buf body = {0};
    AUTO(buf_release) Buf out = {0};
    char bytes[REQUEST_LIMIT];
    Str request = request_read(fd, bytes);
    const char *status = "200 OK";
    buf_init(&body, ANSWER_LIMIT);
    buf_init(&out, ANSWER_LIMIT + 1024);
    if (str_starts_with(request, STR("GET /metrics ")))
        counts_write(counts, &body);
    else if (str_starts_with(request, STR("GET /healthz ")))
        buf_add_text(&body, "ok\n");
    else
        status = "404 Not Found";
    buf_printf(&out,
               "HTTP/1.1 %s\r\nContent-Type: application/openmetrics-text; version=1.0.0; "
               "charset=utf-8\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
               status, body.length, buf_text(&body));
    /* Small enough for the socket's own buffer: whoever does not read it loses it. */
    ssize_t sent = send(fd, out.data, out.length, MSG_NOSIGNAL | MSG_DONTWAIT);
    (void)sent;
    shutdown(fd, SHUT_WR);
    request_read(fd, bytes);
}

void metrics_serve(const MetricsDoor *door, const WorkCounts *counts)
{
    for (int i = 0; i < AT_ONCE && door->fd >= 0; i++) {
        int fd = accept4(door->fd, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0)
            return;
        answer(fd, counts);
        close(fd);
    }
}
