/* server.c - see server.h. SPDX-License-Identifier: MIT */
#include "server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_MAX = 1 << 20 };

bool server_send_bytes(int socket, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t sent = send(socket, at, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

bool server_send(int socket, const char *text)
{
    return server_send_bytes(socket, text, strlen(text));
}

bool server_page(int socket, const char *status, const char *type, const char *extra,
                 const char *body)
{
    char head[4096];
    snprintf(head, sizeof head,
             "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%s\r\n", status,
             type, strlen(body), extra);
    return server_send(socket, head) && server_send(socket, body);
}

void server_pause_ms(int ms)
{
    struct timespec pause = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

static void log_add(ServerLog *log, const char *bytes, size_t length)
{
    __atomic_add_fetch(&log->requests, 1, __ATOMIC_SEQ_CST);
    size_t at = __atomic_fetch_add(&log->length, length, __ATOMIC_SEQ_CST);
    if (at + length < sizeof log->text)
        memcpy(log->text + at, bytes, length);
}

static size_t body_length(const char *head)
{
    const char *line = strcasestr(head, "\r\nContent-Length:");
    return line ? (size_t)strtoul(line + 17, NULL, 10) : 0;
}

/** Read one request into buffer; returns its length, 0 at the connection's end. */
static size_t request_read(int socket, char *buffer, size_t have, size_t *head_length)
{
    for (;;) {
        buffer[have] = '\0';
        const char *end = have ? strstr(buffer, "\r\n\r\n") : NULL;
        if (end) {
            *head_length = (size_t)(end - buffer) + 4;
            if (have >= *head_length + body_length(buffer))
                return *head_length + body_length(buffer);
        }
        ssize_t got =
            have < REQUEST_MAX ? recv(socket, buffer + have, REQUEST_MAX - have, 0) : 0;
        if (got <= 0)
            return 0;
        have += (size_t)got;
    }
}

static bool request_answer(const Server *server, int socket, ServerAnswer *answer,
                           char *buffer, size_t head_length, size_t length)
{
    log_add(server->log, buffer, length);
    char *head = strndup(buffer, head_length);
    char *body = strndup(buffer + head_length, length - head_length);
    char *method = strdup(head);
    char *path = strchr(method, ' ');
    if (!path)
        return false;
    *path++ = '\0';
    path[strcspn(path, " \r\n")] = '\0';
    ServerRequest request = {method, path, head, body, length - head_length, server->port};
    bool stays = answer(socket, &request);
    free(method);
    free(head);
    free(body);
    return stays;
}

static void connection_serve(const Server *server, int socket, ServerAnswer *answer)
{
    ServerLog *log = server->log;
    int now = __atomic_add_fetch(&log->open_now, 1, __ATOMIC_SEQ_CST);
    int most = __atomic_load_n(&log->open_most, __ATOMIC_SEQ_CST);
    while (now > most && !__atomic_compare_exchange_n(&log->open_most, &most, now, false,
                                                      __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        continue;
    char *buffer = malloc(REQUEST_MAX + 1);
    size_t have = 0;
    size_t head_length = 0;
    size_t length;
    while (buffer && (length = request_read(socket, buffer, have, &head_length)) > 0) {
        if (!request_answer(server, socket, answer, buffer, head_length, length))
            break;
        have = 0; /* a client that waits for its answer sends nothing ahead */
    }
    free(buffer);
    __atomic_sub_fetch(&log->open_now, 1, __ATOMIC_SEQ_CST);
    shutdown(socket, SHUT_WR);
    close(socket);
}

static void accept_loop(const Server *server, int listener, ServerAnswer *answer)
{
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0)
            _exit(0);
        __atomic_add_fetch(&server->log->connections, 1, __ATOMIC_SEQ_CST);
        /* An answer in two pieces must not wait for the client's delayed acknowledgement.
         */
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            close(listener);
            connection_serve(server, connection, answer);
            _exit(0);
        }
        close(connection);
    }
}

/** A test without its server tells nothing: end here. No cmocka, so that programs that are
 * no tests can have a server too. */
static void need(bool is_fine, const char *what)
{
    if (is_fine)
        return;
    perror(what);
    _exit(1);
}

void server_start(Server *server, ServerAnswer *answer)
{
    memset(server, 0, sizeof *server);
    server->log = mmap(NULL, sizeof(ServerLog), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    need(server->log != MAP_FAILED, "mmap");
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    need(bind(listener, (struct sockaddr *)&address, size) == 0, "bind");
    need(getsockname(listener, (struct sockaddr *)&address, &size) == 0, "getsockname");
    need(listen(listener, 64) == 0, "listen");
    server->port = ntohs(address.sin_port);
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%d", server->port);
    server->pid = fork();
    need(server->pid >= 0, "fork");
    if (server->pid == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        accept_loop(server, listener, answer);
    }
    setpgid(server->pid, server->pid);
    close(listener);
}

void server_stop(Server *server)
{
    kill(-server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
    munmap(server->log, sizeof(ServerLog));
}

int server_count(const Server *server, const char *text)
{
    int count = 0;
    for (const char *at = server->log->text; (at = strstr(at, text)); at += strlen(text))
        count++;
    return count;
}
