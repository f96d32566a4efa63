/* tls_test.c - HTTP/2 over TLS against nginx with a certificate of its own; left out where
 * nginx or openssl are not installed. Tests tls.c, and HTTP/2 through transfer.c.
 *
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/session.h"
#include "server.h"
#include "unit.h"

enum { READY_MS = 60000 };

typedef struct Fixture {
    Arena *arena;
    Clock clock;
    Net *net;
    char folder[64];
    const char *certificate;
    pid_t nginx;
    int port;
} Fixture;

static int run(const char *const *argv)
{
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        dup2(null, 2);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    int status = -1;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(probe, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(probe, (struct sockaddr *)&address, &size), 0);
    close(probe);
    return ntohs(address.sin_port);
}

static void config_write(const Fixture *fixture)
{
    FILE *file =
        fopen(arena_printf(fixture->arena, "%s/nginx.conf", fixture->folder), "we");
    assert_non_null(file);
    fprintf(
        file,
        "daemon off; master_process off; pid nginx.pid; error_log stderr crit;\n"
        "events { worker_connections 64; }\n"
        "http { access_log off; client_body_temp_path t1; proxy_temp_path t2;\n"
        "fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\n"
        "server { listen 127.0.0.1:%d ssl http2; ssl_certificate cert.pem;\n"
        "ssl_certificate_key key.pem; ssl_protocols TLSv1.3;\n"
        "add_header Strict-Transport-Security max-age=600;\n"
        "location / { default_type text/plain; return 200 \"hello $request_uri\"; } } }\n",
        fixture->port);
    fclose(file);
}

static bool is_listening(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                                  .sin_port = htons((uint16_t)port)};
    int probe = socket(AF_INET, SOCK_STREAM, 0);
    bool is_open = connect(probe, (struct sockaddr *)&address, sizeof address) == 0;
    close(probe);
    return is_open;
}

static void nginx_start(Fixture *fixture)
{
    fixture->nginx = fork();
    if (fixture->nginx == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 2);
        execlp("nginx", "nginx", "-p", fixture->folder, "-c", "nginx.conf", "-e", "stderr",
               (char *)NULL);
        _exit(127);
    }
    for (int waited_ms = 0; waited_ms < READY_MS && !is_listening(fixture->port);
         waited_ms += 20)
        server_pause_ms(20);
    assert_true(is_listening(fixture->port));
}

/** false: what it needs is not installed. */
static bool fixture_open(Fixture *fixture, bool is_trusted)
{
    memset(fixture, 0, sizeof *fixture);
    if (run((const char *const[]){"nginx", "-v", NULL}) != 0 ||
        run((const char *const[]){"openssl", "version", NULL}) != 0)
        return false;
    fixture->arena = arena_create();
    clock_init(&fixture->clock);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/mystery-tls-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    fixture->certificate = arena_printf(fixture->arena, "%s/cert.pem", fixture->folder);
    const char *key = arena_printf(fixture->arena, "%s/key.pem", fixture->folder);
    assert_int_equal(run((const char *const[]){
                         "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "10", "-subj",
                         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                         "-keyout", key, "-out", fixture->certificate, NULL}),
                     0);
    fixture->port = free_port();
    config_write(fixture);
    nginx_start(fixture);
    NetOptions options = {.ca_file = is_trusted ? fixture->certificate : NULL};
    Error err = {0};
    assert_true(
        net_open(fixture->arena, &options, 0, 0, &fixture->clock, &fixture->net, &err));
    return true;
}

static void fixture_close(Fixture *fixture)
{
    kill(fixture->nginx, SIGKILL);
    waitpid(fixture->nginx, NULL, 0);
    run((const char *const[]){"rm", "-r", fixture->folder, NULL});
    net_close(&fixture->net);
    arena_release(fixture->arena);
}

static Exchange *start(Fixture *fixture, const char *path)
{
    Error err = {0};
    Exchange *exchange = ARENA_NEW(fixture->arena, Exchange);
    NetRequest request = {.method = "GET", .keep_body = true};
    request.url =
        arena_printf(fixture->arena, "https://localhost:%d%s", fixture->port, path);
    assert_true(net_start(fixture->net, &request, fixture->arena, exchange, &err));
    return exchange;
}

void test_tls__one_http2_connection_carries_all(void)
{
    Fixture fixture;
    if (!fixture_open(&fixture, true))
        skip();
    start(&fixture, "/first");
    for (int i = 0; i < 20; i++)
        start(&fixture, arena_printf(fixture.arena, "/%d", i));
    Exchange *exchange = NULL;
    int reused = 0;
    int count = 0;
    while (net_next(fixture.net, 0, &exchange, NULL)) {
        assert_null(exchange->error);
        assert_int_equal(exchange->status, 200);
        assert_string_equal(exchange->http_version, "HTTP/2");
        assert_true(str_starts_with(exchange->body, STR("hello /")));
        reused += exchange->is_connection_reused;
        count++;
    }
    assert_int_equal(count, 21);
    assert_int_equal(reused, 20);
    fixture_close(&fixture);
}

void test_tls__tells_version_and_end_of_the_certificate(void)
{
    Fixture fixture;
    if (!fixture_open(&fixture, true))
        skip();
    const Exchange *exchange = start(&fixture, "/");
    while (net_next(fixture.net, 0, NULL, NULL))
        continue;
    int64_t days =
        (exchange->certificate_until_us - clock_wall_us(&fixture.clock)) / 86400000000;
    assert_string_equal(exchange->tls_version, "TLSv1.3");
    assert_in_range(days, 9, 10);
    assert_true(exchange->timings.ssl_us > 0);
    assert_true(exchange->timings.connect_us >= exchange->timings.ssl_us);
    assert_true(net_is_hsts(fixture.net, "http://localhost/"));
    fixture_close(&fixture);
}

void test_tls__an_unknown_issuer_is_a_fact(void)
{
    Fixture fixture;
    if (!fixture_open(&fixture, false))
        skip();
    const Exchange *exchange = start(&fixture, "/");
    while (net_next(fixture.net, 0, NULL, NULL))
        continue;
    assert_int_equal(exchange->status, 0);
    assert_string_equal(exchange->error_kind, "tls");
    assert_non_null(strstr(exchange->error, "certificate"));
    fixture_close(&fixture);
}
