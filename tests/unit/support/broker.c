/* broker.c - NATS on a free port of loopback, in a folder of its own.
 *
 * SPDX-License-Identifier: MIT */
#include "broker.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/out.h"
#include "unit.h"

typedef struct TestBroker {
    pid_t pid;
    bool is_tried, is_there;
    int port, queues;
    char folder[64];
} TestBroker;

static TestBroker broker;

#ifdef HAS_LIBNATS
static void broker_stop(void)
{
    if (broker.pid > 0) {
        kill(broker.pid, SIGKILL);
        waitpid(broker.pid, NULL, 0);
    }
    folder_remove(broker.folder);
    broker.pid = 0;
}

static int socket_at(int port, bool is_server)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    if (is_server ? bind(fd, (struct sockaddr *)&address, size) == 0 &&
                        getsockname(fd, (struct sockaddr *)&address, &size) == 0
                  : connect(fd, (struct sockaddr *)&address, size) == 0) {
        port = ntohs(address.sin_port);
        close(fd);
        return port;
    }
    close(fd);
    return 0;
}

static bool broker_wait(void)
{
    const Clock real = {.is_fixed = false};
    int64_t until_us = clock_now_us(&real) + 60 * 1000000LL;
    while (clock_now_us(&real) < until_us) {
        if (socket_at(broker.port, false))
            return true;
        if (waitpid(broker.pid, NULL, WNOHANG) == broker.pid) {
            broker.pid = 0;
            return false;
        }
        clock_sleep_us(&real, 20000);
    }
    return false;
}

static bool broker_start(void)
{
    char port[16];
    if (broker.is_tried)
        return broker.is_there;
    broker.is_tried = true;
    snprintf(broker.folder, sizeof broker.folder, "/tmp/mystery-nats-XXXXXX");
    assert_non_null(mkdtemp(broker.folder));
    broker.port = socket_at(0, true);
    snprintf(port, sizeof port, "%d", broker.port);
    pid_t parent = getpid();
    broker.pid = fork();
    if (broker.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() == parent)
            execl("tests/servers/nats.sh", "nats.sh", broker.folder, port, (char *)NULL);
        _exit(77);
    }
    atexit(broker_stop);
    broker.is_there = broker_wait();
    return broker.is_there;
}

const char *broker_fresh(Arena *arena)
{
    if (!broker_start())
        return NULL;
    return arena_printf(arena, "nats://127.0.0.1:%d/test%d", broker.port, ++broker.queues);
}

Queue *broker_queue(Arena *arena, const char *servers, int64_t lease_ms)
{
    QueuePlace *place = ARENA_NEW(arena, QueuePlace);
    Queue *queue = NULL;
    Error err = {0};
    *place = (QueuePlace){.servers = servers, .lease_us = lease_ms * 1000};
    if (!queue_open(arena, place, &queue, &err))
        fail_msg("%s: %s", err.where, err.what);
    return queue;
}
#else
const char *broker_fresh(Arena *arena)
{
    (void)arena;
    broker.is_tried = true;
    return NULL;
}
#endif
