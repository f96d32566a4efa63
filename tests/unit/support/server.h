/* server.h - a raw HTTP/1.1 server on loopback for tests: a child process that hands each
 * request to a function of the test, which writes whatever bytes it likes.
 *
 * One child accepts, one more per connection serves it; all end with server_stop or with
 * the test. What was asked for is kept in shared memory. SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_SERVER_H
#define TESTS_SUPPORT_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/** A request as it came over the wire. */
typedef struct ServerRequest {
    const char *method;
    const char *path; /**< with query */
    const char *head; /**< all lines, NUL-ended */
    const char *body; /**< NUL-ended too */
    size_t body_length;
    int port; /**< of the server */
} ServerRequest;

/** Answer on socket. Returns false to close the connection. */
typedef bool ServerAnswer(int socket, const ServerRequest *request);

/** What the children tell the test. */
typedef struct ServerLog {
    int connections;
    int open_now;
    int open_most; /**< connections open at once, at most */
    int requests;
    size_t length;
    char text[256 << 10]; /**< raw requests, one after the other */
} ServerLog;

typedef struct Server {
    pid_t pid;
    int port;
    ServerLog *log;
    char url[64]; /**< "http://127.0.0.1:PORT" */
} Server;

/** Start; ends the program on failure. */
void server_start(Server *server, ServerAnswer *answer);
/** End it and all its children. */
void server_stop(Server *server);
/** Times that text occurs in the log. */
int server_count(const Server *server, const char *text);
/** Write all of a text, or length bytes. false when the other side is gone. */
bool server_send(int socket, const char *text);
bool server_send_bytes(int socket, const void *bytes, size_t length);
/** A whole answer: status line, Content-Length, extra header lines (each ending in \r\n).
 */
bool server_page(int socket, const char *status, const char *type, const char *extra,
                 const char *body);
/** Pause a connection's child. */
void server_pause_ms(int ms);

#endif
