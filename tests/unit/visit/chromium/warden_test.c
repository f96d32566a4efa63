/* warden_test.c - a process under the warden connects where it may and nowhere else.
 *
 * SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"
#include "visit/chromium/warden.h"

enum { DEADLINE_MS = 30000, EXIT_IMPOSSIBLE = 99 };

/* What connect says to an address, for the parent as an exit code: errno, 0 done. */
static int connect_code(const char *host, int port, int type)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, host, &address.sin_addr);
    int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    int code =
        connect(fd, (const struct sockaddr *)&address, sizeof address) == 0 ? 0 : errno;
    close(fd);
    return code;
}

static int unix_code(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/nonexistent/socket"};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int code =
        connect(fd, (const struct sockaddr *)&address, sizeof address) == 0 ? 0 : errno;
    close(fd);
    return code;
}

/* Run what in a child under the warden, answering for it. host NULL: a UNIX socket. */
static int watched_code(const char *host, int port, int type)
{
    int pair[2];
    int status = 0;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        int fd = warden_install();
        if (!warden_send(pair[1], fd) || fd < 0)
            _exit(EXIT_IMPOSSIBLE);
        _exit(host ? connect_code(host, port, type) : unix_code());
    }
    close(pair[1]);
    int warden = warden_receive(pair[0]);
    struct pollfd asked = {.fd = warden, .events = POLLIN};
    while (warden >= 0 && poll(&asked, 1, DEADLINE_MS) > 0 && (asked.revents & POLLIN))
        warden_answer(warden);
    if (warden >= 0)
        close(warden);
    close(pair[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void test_warden__private_addresses_are_refused(void)
{
    if (!warden_is_possible())
        skip();
    int code = watched_code("127.0.0.1", 9, SOCK_STREAM);
    if (code == EXIT_IMPOSSIBLE)
        skip();
    assert_int_equal(code, EACCES);
    assert_int_equal(watched_code("10.1.2.3", 80, SOCK_STREAM), EACCES);
    assert_int_equal(watched_code("169.254.169.254", 443, SOCK_DGRAM), EACCES);
}

void test_warden__names_and_local_sockets_go_on(void)
{
    if (!warden_is_possible())
        skip();
    int code = watched_code("127.0.0.1", 53, SOCK_DGRAM);
    if (code == EXIT_IMPOSSIBLE)
        skip();
    assert_int_equal(code, 0);
    assert_int_equal(watched_code(NULL, 0, 0), ENOENT);
}

void test_warden__a_parcel_may_be_empty(void)
{
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    assert_true(warden_send(pair[1], -1));
    assert_int_equal(warden_receive(pair[0]), -1);
    close(pair[1]);
    assert_int_equal(warden_receive(pair[0]), -1);
    close(pair[0]);
}
