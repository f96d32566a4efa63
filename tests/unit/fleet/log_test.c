/* log_test.c - promises to whoever watches a worker. Tests metrics.c too.
 *
 * SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fleet/log.h"
#include "fleet/metrics.h"
#include "unit.h"

static const char *counted(Arena *arena, const WorkCounts *counts)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, 64 << 10);
    counts_write(counts, &out);
    return arena_str_text(arena, buf_str(&out));
}

void test_log__counters_are_openmetrics(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    WorkCounts counts = {.slots = 4, .running = 2, .queue_errors = 3};
    counts.results[WORK_BUSY] = 7;
    counts_done(&counts, 0, 2.5);
    counts_done(&counts, 4, 90);
    const char *text = counted(arena, &counts);
    assert_non_null(strstr(text, "\nmystery_jobs_total{result=\"done\"} 2\n"));
    assert_non_null(strstr(text, "\nmystery_jobs_total{result=\"busy\"} 7\n"));
    assert_non_null(strstr(text, "\nmystery_audits_total{verdict=\"inconclusive\"} 1\n"));
    assert_non_null(strstr(text, "\nmystery_job_seconds_bucket{le=\"5.0\"} 1\n"));
    assert_non_null(strstr(text, "\nmystery_job_seconds_bucket{le=\"+Inf\"} 2\n"));
    assert_non_null(strstr(text, "\nmystery_job_seconds_sum 92.500\n"));
    assert_non_null(strstr(text, "\nmystery_jobs_slots 4\n"));
    assert_string_equal(text + strlen(text) - 6, "# EOF\n");
}

void test_log__a_line_is_one_object_with_its_job(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    JsonFile file;
    Error err = {0};
    const Job job = {.id = "0123456789abcdef",
                     .batch = "n",
                     .url = "https://a.example/\n",
                     .site = "a",
                     .host = "a"};
    buf_init(&out, 4096);
    line_write(&(WorkLine){"info", "job-done", &job, NULL, 1.23456, 0}, "w", 0, &out);
    assert_int_equal(str_find_byte(buf_str(&out), '\n', 0), out.length - 1);
    assert_true(json_parse(arena, "line", buf_str(&out), &file, &err));
    assert_string_equal(json_text(json_get(file.root, "job"), ""), job.id);
    assert_near(json_number(json_get(file.root, "seconds"), 0), 1.235, 0);
    assert_null(json_get(file.root, "text"));
    buf_clear(&out);
    line_write(&(WorkLine){"error", "queue-error", NULL, "gone", NAN, -1}, "w", 0, &out);
    assert_true(json_parse(arena, "line", buf_str(&out), &file, &err));
    assert_null(json_get(file.root, "job"));
    assert_null(json_get(file.root, "seconds"));
    assert_string_equal(json_text(json_get(file.root, "text"), ""), "gone");
}

static const char *fetched(Arena *arena, const MetricsDoor *door, const char *request)
{
    WorkCounts counts = {.slots = 1};
    char bytes[16384];
    size_t length = 0;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)door->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_true(send(fd, request, strlen(request), 0) >= 0);
    metrics_serve(door, &counts);
    for (;;) {
        ssize_t got = recv(fd, bytes + length, sizeof bytes - length, 0);
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    close(fd);
    return arena_str_text(arena, str_from(bytes, length));
}

void test_metrics__are_served_and_nothing_else(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    MetricsDoor door;
    Error err = {0};
    assert_true(metrics_open("0", &door, &err));
    const char *text = fetched(arena, &door, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_non_null(strstr(text, "200 OK"));
    assert_non_null(strstr(text, "application/openmetrics-text"));
    assert_non_null(strstr(text, "# EOF\n"));
    assert_non_null(strstr(fetched(arena, &door, "GET /healthz HTTP/1.1\r\n\r\n"), "ok\n"));
    assert_non_null(strstr(fetched(arena, &door, "GET /etc HTTP/1.1\r\n\r\n"), "404"));
    /* Whoever says nothing is not waited for. */
    assert_non_null(strstr(fetched(arena, &door, ""), "404"));
    metrics_close(&door);
    assert_false(metrics_open("here", &door, &err));
    assert_int_equal(err.code, ERROR_INPUT);
}
