/* server_test.c - the shop over real sockets: it listens, waits, bears and ends.
 * SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "demo/demo.h"
#include "unit.h"

enum { ANSWER_MAX = 4 << 20, PATIENCE_MS = 20000 };

/** A shop in a child process. */
typedef struct Running {
    pid_t pid;
    int port;
    int stop; /**< closing it ends the shop */
} Running;

static void tell_port(void *context, int port)
{
    const int *pipe_end = context;
    if (write(*pipe_end, &port, sizeof port) != sizeof port)
        _exit(9);
}

static Running shop_start(const char *flaws, int64_t delay_us)
{
    int told[2], stop[2];
    Running shop = {0};
    assert_int_equal(pipe(told), 0);
    assert_int_equal(pipe(stop), 0);
    shop.pid = fork();
    assert_true(shop.pid >= 0);
    if (!shop.pid) {
        close(stop[1]);
        DemoOptions options;
        Error err = {0};
        Clock clock;
        clock_init(&clock);
        demo_options_init(&options);
        options.ready = tell_port;
        options.ready_context = &told[1];
        options.stop_fd = stop[0];
        options.delay_us = delay_us;
        bool is_fine =
            demo_flaws_parse(flaws, &options, &err) && demo_serve(&options, &clock, &err);
        _exit(is_fine ? 0 : 1);
    }
    close(told[1]);
    close(stop[0]);
    assert_int_equal(read(told[0], &shop.port, sizeof shop.port), sizeof shop.port);
    close(told[0]);
    shop.stop = stop[1];
    return shop;
}

/* Wait for the child; returns its exit code, or -1 for a signal. */
static int shop_wait(Running *shop)
{
    int status = 0;
    assert_int_equal(waitpid(shop->pid, &status, 0), shop->pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void shop_stop(Running *shop)
{
    close(shop->stop);
    assert_int_equal(shop_wait(shop), 0);
}

static int shop_connect(const Running *shop)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)shop->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void shop_send(int fd, const char *bytes, size_t length)
{
    while (length) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return; /* the shop hung up, as it may on nonsense */
        bytes += sent;
        length -= (size_t)sent;
    }
}

/* Everything until the shop closes; NUL-ended, to be freed. */
static char *shop_read(int fd)
{
    char *answer = calloc(1, ANSWER_MAX);
    size_t length = 0;
    assert_non_null(answer);
    for (;;) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
        ssize_t got = read(fd, answer + length, ANSWER_MAX - 1 - length);
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    close(fd);
    return answer;
}

static char *shop_ask(const Running *shop, const char *request)
{
    int fd = shop_connect(shop);
    shop_send(fd, request, strlen(request));
    return shop_read(fd);
}

static char *shop_get(const Running *shop, const char *path, const char *headers)
{
    char request[4096];
    snprintf(request, sizeof request,
             "GET %s HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n%s\r\n", path,
             headers);
    return shop_ask(shop, request);
}

static void assert_answer(char *answer, const char *text)
{
    if (!strstr(answer, text))
        fail_msg("'%s' is not in the answer: %.300s", text, answer);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void test_server__answers_pages_with_the_visitors_host(void)
{
    Running shop = shop_start("", 0);
    char *answer = shop_get(&shop, "/fr/", "");
    assert_answer(answer, "HTTP/1.1 200 OK\r\n");
    assert_answer(answer, "Content-Type: text/html; charset=utf-8\r\n");
    assert_answer(answer, "<link rel=\"canonical\" href=\"http://shop.test/fr/\">");
    free(answer);
    answer =
        shop_ask(&shop, "GET /fr/ HTTP/1.1\r\nHost: a\"<b>\r\nConnection: close\r\n\r\n");
    assert_answer(answer, "href=\"http://127.0.0.1:");
    free(answer);
    shop_stop(&shop);
}

void test_server__head_has_no_body(void)
{
    Running shop = shop_start("", 0);
    char *answer = shop_ask(
        &shop, "HEAD /fr/ HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n");
    assert_answer(answer, "HTTP/1.1 200 OK\r\n");
    assert_null(strstr(answer, "<html"));
    free(answer);
    shop_stop(&shop);
}

void test_server__compresses_text_for_those_who_take_it(void)
{
    Running shop = shop_start("", 0);
    char *answer = shop_get(&shop, "/fr/", "Accept-Encoding: br, gzip\r\n");
    assert_answer(answer, "Content-Encoding: gzip\r\n");
    assert_answer(answer, "Vary: Accept-Encoding\r\n");
    free(answer);
    answer = shop_get(&shop, "/fr/", "");
    assert_null(strstr(answer, "Content-Encoding"));
    free(answer);
    shop_stop(&shop);
    shop = shop_start("no-compression", 0);
    answer = shop_get(&shop, "/fr/", "Accept-Encoding: gzip\r\n");
    assert_null(strstr(answer, "Content-Encoding"));
    free(answer);
    shop_stop(&shop);
}

void test_server__an_unchanged_file_is_304(void)
{
    Running shop = shop_start("", 0);
    char *answer = shop_get(&shop, "/favicon.ico", "");
    const char *etag = strstr(answer, "ETag: ") + 6;
    char header[64];
    snprintf(header, sizeof header, "If-None-Match: %.*s\r\n", (int)strcspn(etag, "\r"),
             etag);
    free(answer);
    answer = shop_get(&shop, "/favicon.ico", header);
    assert_answer(answer, "HTTP/1.1 304 ");
    assert_null(strstr(answer, "<svg"));
    free(answer);
    shop_stop(&shop);
}

void test_server__a_form_fills_the_cart(void)
{
    static const char form[] = "sku=GR-TA-01&quantity=2";
    Running shop = shop_start("", 0);
    char request[512], header[128];
    snprintf(
        request, sizeof request,
        "POST /fr/panier/ajouter HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
        strlen(form), form);
    char *answer = shop_ask(&shop, request);
    assert_answer(answer, "HTTP/1.1 303 ");
    assert_answer(answer, "Location: /fr/panier?added=GR-TA-01\r\n");
    const char *cookie = strstr(answer, "Set-Cookie: session=") + strlen("Set-Cookie: ");
    snprintf(header, sizeof header, "Cookie: %.*s\r\n", (int)strcspn(cookie, ";"), cookie);
    free(answer);
    answer = shop_get(&shop, "/fr/panier", header);
    assert_answer(answer, "48,00");
    free(answer);
    shop_stop(&shop);
}

void test_server__waiting_answers_do_not_hold_up_each_other(void)
{
    enum { VISITORS = 8 };

    Running shop = shop_start("slow-first-byte", 0);
    int fds[VISITORS];
    static const char request[] =
        "GET /en/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
    int64_t begun = now_ms();
    for (int i = 0; i < VISITORS; i++) {
        fds[i] = shop_connect(&shop);
        shop_send(fds[i], request, strlen(request));
    }
    char *file = shop_get(&shop, "/robots.txt", "");
    assert_true(now_ms() - begun < 550); /* what is no page does not wait */
    free(file);
    for (int i = 0; i < VISITORS; i++) {
        char *answer = shop_read(fds[i]);
        assert_answer(answer, "200 OK");
        free(answer);
    }
    int64_t took = now_ms() - begun;
    assert_true(took >= 600 && took < 1100);
    shop_stop(&shop);
}

void test_server__a_delay_slows_every_answer(void)
{
    Running shop = shop_start("", 300000);
    int64_t begun = now_ms();
    free(shop_get(&shop, "/robots.txt", ""));
    int64_t took = now_ms() - begun;
    assert_true(took >= 300 && took < 800);
    shop_stop(&shop);
}

void test_server__ends_on_sigterm_even_while_answers_wait(void)
{
    Running shop = shop_start("", 30000000);
    int fd = shop_connect(&shop);
    static const char request[] = "GET /en/ HTTP/1.1\r\nHost: h\r\n\r\n";
    shop_send(fd, request, strlen(request));
    struct timespec moment = {.tv_nsec = 50000000};
    nanosleep(&moment, NULL);
    kill(shop.pid, SIGTERM);
    assert_int_equal(shop_wait(&shop), 0);
    close(fd);
    close(shop.stop);
}

void test_server__bears_visitors_who_leave_while_they_wait(void)
{
    Running shop = shop_start("", 200000);
    static const char request[] = "GET /en/ HTTP/1.1\r\nHost: h\r\n\r\n";
    for (int i = 0; i < 20; i++) {
        int fd = shop_connect(&shop);
        shop_send(fd, request, strlen(request));
        struct linger now = {.l_onoff = 1};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close(fd);
    }
    char *answer = shop_get(&shop, "/robots.txt", "");
    assert_answer(answer, "200 OK");
    free(answer);
    shop_stop(&shop);
}

void test_server__bears_nonsense(void)
{
    static const char *const nonsense[] = {
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: h\r\n\r\n",
        "DELETE /fr/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "GET /%00%ff%zz?%%%&&&==&q=%c3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "GET /fr/recherche?q=%00<script> HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "POST /fr/panier/ajouter HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n",
        "POST /fr/contact HTTP/1.1\r\nHost: h\r\nContent-Type: multipart/form-data; "
        "boundary=x\r\nContent-Length: 3\r\nConnection: close\r\n\r\n--x",
        "GET /fr/ HTTP/1.1\r\nHost: h\r\nCookie: session=../../x; session\r\n"
        "Connection: close\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    };
    Running shop = shop_start("", 0);
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
        int fd = shop_connect(&shop);
        shop_send(fd, nonsense[i], strlen(nonsense[i]));
        shutdown(fd, SHUT_WR);
        /* Some of it is answered, some waited on until the idle time is over: either is
         * fine, if the next customer is served. */
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        poll(&wait, 1, 200);
        close(fd);
    }
    char *answer = shop_get(&shop, "/fr/", "");
    assert_answer(answer, "200 OK");
    free(answer);
    shop_stop(&shop);
}

void test_server__refuses_a_body_beyond_the_limit(void)
{
    enum { LENGTH = 300000 };

    Running shop = shop_start("", 0);
    char *request = calloc(1, LENGTH + 512);
    assert_non_null(request);
    int head = snprintf(request, 512,
                        "POST /fr/contact HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                        "Content-Type: application/x-www-form-urlencoded\r\n"
                        "Content-Length: %d\r\n\r\n",
                        LENGTH);
    memset(request + head, 'a', LENGTH);
    char *answer = shop_ask(&shop, request);
    assert_answer(answer, "HTTP/1.1 413 ");
    free(answer);
    free(request);
    shop_stop(&shop);
}

void test_server__says_when_the_port_is_taken(void)
{
    Running shop = shop_start("", 0);
    DemoOptions options;
    Error err = {0};
    Clock clock;
    clock_init(&clock);
    demo_options_init(&options);
    options.port = shop.port;
    assert_false(demo_serve(&options, &clock, &err));
    assert_int_equal(err.code, ERROR_FAILED);
    assert_non_null(strstr(err.what, "cannot listen"));
    assert_true(*err.hint);
    shop_stop(&shop);
}
