/* cdp_test.c - promises of visit/chromium/cdp, against a browser made of two pipes.
 *
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "unit.h"
#include "visit/chromium/cdp.h"

enum { SECOND_US = 1000000, MEGABYTE = 1 << 20 };

/* Our side and the browser's side of the two pipes. */
typedef struct Wire {
    Arena *arena;
    Clock clock;
    Cdp *cdp;
    int write_fd, read_fd;
    int browser_in, browser_out;
} Wire;

static void wire_open(Wire *wire)
{
    int to[2];
    int from[2];
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    fcntl(to[1], F_SETFL, O_NONBLOCK);
    fcntl(from[0], F_SETFL, O_NONBLOCK);
    *wire = (Wire){.arena = arena_create(),
                   .write_fd = to[1],
                   .read_fd = from[0],
                   .browser_in = to[0],
                   .browser_out = from[1]};
    clock_init(&wire->clock);
    wire->cdp = cdp_open(wire->arena, to[1], from[0], &wire->clock);
}

static void wire_close(Wire *wire)
{
    arena_release(wire->arena);
    close(wire->write_fd);
    close(wire->read_fd);
    close(wire->browser_in);
    if (wire->browser_out >= 0)
        close(wire->browser_out);
}

/* The browser says text and its NUL. */
static void browser_says(const Wire *wire, const char *text)
{
    size_t size = strlen(text) + 1;
    assert_int_equal(write(wire->browser_out, text, size), (ssize_t)size);
}

static void browser_hangs_up(Wire *wire)
{
    close(wire->browser_out);
    wire->browser_out = -1;
}

static bool pump(Wire *wire)
{
    return cdp_pump(wire->cdp, clock_now_us(&wire->clock) + SECOND_US / 50, NULL);
}

static bool call(Wire *wire, const char *method, const Json **result, Error *err)
{
    return cdp_call(wire->cdp, "", method, NULL, SECOND_US, wire->arena, result, err);
}

typedef struct Heard {
    int count;
    char last[64];
    char session[64];
    Cdp *sends;
} Heard;

static void hear(void *context, const CdpEvent *event)
{
    Heard *heard = context;
    heard->count++;
    snprintf(heard->last, sizeof heard->last, "%s %s", event->method,
             json_text(json_get(event->params, "x"), ""));
    snprintf(heard->session, sizeof heard->session, "%s", event->session);
    if (heard->sends)
        cdp_send(heard->sends, event->session, "Then.do", "{\"y\":1}");
}

void test_cdp__a_call_gets_its_answer_and_others_are_dropped(void)
{
    Wire wire;
    const Json *result = NULL;
    wire_open(&wire);
    browser_says(&wire, "{\"id\":99,\"result\":{\"x\":\"no\"}}");
    browser_says(&wire, "{\"id\":1,\"result\":{\"x\":\"yes\"}}");
    assert_true(call(&wire, "Some.method", &result, NULL));
    assert_string_equal(json_text(json_get(result, "x"), ""), "yes");
    wire_close(&wire);
}

void test_cdp__writes_session_method_and_parameters(void)
{
    Wire wire;
    char text[256] = "";
    wire_open(&wire);
    cdp_send(wire.cdp, "AB", "Do.it", "{\"z\":[1]}");
    assert_true(read(wire.browser_in, text, sizeof text - 1) > 0);
    assert_string_equal(
        text,
        "{\"id\":1,\"method\":\"Do.it\",\"sessionId\":\"AB\",\"params\":{\"z\":[1]}}");
    assert_int_equal(cdp_calls(wire.cdp), 1);
    wire_close(&wire);
}

void test_cdp__a_refusal_carries_the_browsers_words(void)
{
    Wire wire;
    Error err = {0};
    const Json *result = NULL;
    wire_open(&wire);
    browser_says(&wire, "{\"id\":1,\"error\":{\"code\":-32601,\"message\":\"not found\"}}");
    assert_false(call(&wire, "No.such", &result, &err));
    assert_int_equal(err.code, ERROR_FAILED);
    assert_string_equal(err.where, "No.such");
    assert_string_equal(err.what, "not found");
    wire_close(&wire);
}

void test_cdp__a_call_without_answer_ends_in_time(void)
{
    Wire wire;
    Error err = {0};
    wire_open(&wire);
    int64_t before_us = clock_now_us(&wire.clock);
    assert_false(cdp_call(wire.cdp, "", "Slow.one", NULL, 30000, NULL, NULL, &err));
    assert_true(clock_now_us(&wire.clock) - before_us < 10 * SECOND_US);
    assert_string_equal(err.what, "no answer within 30 ms");
    assert_false(cdp_is_gone(wire.cdp));
    wire_close(&wire);
}

void test_cdp__a_closed_pipe_fails_the_call(void)
{
    Wire wire;
    Error err = {0};
    wire_open(&wire);
    browser_hangs_up(&wire);
    assert_false(call(&wire, "Any.thing", NULL, &err));
    assert_string_equal(err.what, "the browser is gone");
    assert_true(cdp_is_gone(wire.cdp));
    assert_false(pump(&wire));
    wire_close(&wire);
}

void test_cdp__events_reach_those_who_listen_in_order(void)
{
    Wire wire;
    Heard all = {0};
    Heard one = {0};
    Heard other = {0};
    wire_open(&wire);
    cdp_listen(wire.cdp, "Net.", hear, &all);
    cdp_listen(wire.cdp, "Net.b", hear, &one);
    cdp_listen(wire.cdp, "Page.", hear, &other);
    browser_says(&wire, "{\"method\":\"Net.a\",\"params\":{\"x\":\"1\"}}");
    browser_says(&wire,
                 "{\"method\":\"Net.b\",\"params\":{\"x\":\"2\"},\"sessionId\":\"S\"}");
    pump(&wire);
    assert_int_equal(all.count, 2);
    assert_string_equal(all.last, "Net.b 2");
    assert_string_equal(all.session, "S");
    assert_int_equal(one.count, 1);
    assert_int_equal(other.count, 0);
    wire_close(&wire);
}

void test_cdp__events_are_heard_while_a_call_waits_and_listeners_may_send(void)
{
    Wire wire;
    Heard heard = {0};
    char text[512];
    wire_open(&wire);
    heard.sends = wire.cdp;
    cdp_listen(wire.cdp, "E.", hear, &heard);
    browser_says(&wire, "{\"method\":\"E.v\",\"params\":{},\"sessionId\":\"S\"}");
    browser_says(&wire, "{\"id\":1,\"result\":{}}");
    assert_true(call(&wire, "A.b", NULL, NULL));
    assert_int_equal(heard.count, 1);
    ssize_t got = read(wire.browser_in, text, sizeof text);
    assert_true(str_contains(str_from(text, (size_t)got), STR("Then.do")));
    wire_close(&wire);
}

void test_cdp__messages_may_come_in_pieces(void)
{
    Wire wire;
    Heard heard = {0};
    wire_open(&wire);
    cdp_listen(wire.cdp, "E.", hear, &heard);
    assert_int_equal(write(wire.browser_out, "{\"method\":\"E.", 13), 13);
    pump(&wire);
    assert_int_equal(heard.count, 0);
    browser_says(&wire, "v\",\"params\":{\"x\":\"whole\"}}");
    pump(&wire);
    assert_string_equal(heard.last, "E.v whole");
    wire_close(&wire);
}

void test_cdp__rubbish_is_stepped_over(void)
{
    Wire wire;
    Heard heard = {0};
    wire_open(&wire);
    cdp_listen(wire.cdp, "E.", hear, &heard);
    browser_says(&wire, "rubbish");
    browser_says(&wire, "");
    browser_says(&wire, "{\"method\":\"E.bad\",\"params\":{\"x\":tru}}");
    browser_says(&wire, "{\"method\":\"E.good\",\"params\":{}}");
    pump(&wire);
    assert_int_equal(heard.count, 1);
    assert_string_equal(heard.last, "E.good ");
    wire_close(&wire);
}

static void answer_keep(void *context, const Json *result)
{
    snprintf(context, 64, "%s", result ? json_text(json_get(result, "x"), "?") : "none");
}

void test_cdp__a_question_is_answered_once_whatever_happens(void)
{
    Wire wire;
    char first[64] = "";
    char second[64] = "";
    char third[64] = "";
    char fourth[64] = "";
    wire_open(&wire);
    cdp_ask(wire.cdp, &(CdpRequest){.method = "Q.a"}, answer_keep, first);
    cdp_ask(wire.cdp, &(CdpRequest){.method = "Q.b"}, answer_keep, second);
    cdp_ask(wire.cdp, &(CdpRequest){.method = "Q.c"}, answer_keep, third);
    browser_says(&wire, "{\"id\":2,\"error\":{\"message\":\"no\"}}");
    browser_says(&wire, "{\"id\":1,\"result\":{\"x\":\"one\"}}");
    browser_says(&wire, "{\"id\":1,\"result\":{\"x\":\"again\"}}");
    pump(&wire);
    assert_string_equal(first, "one");
    assert_string_equal(second, "none");
    assert_string_equal(third, "");
    browser_hangs_up(&wire);
    pump(&wire);
    assert_string_equal(third, "none");
    cdp_ask(wire.cdp, &(CdpRequest){.method = "Q.d"}, answer_keep, fourth);
    assert_string_equal(fourth, "none");
    wire_close(&wire);
}

void test_cdp__the_pump_stops_when_told(void)
{
    Wire wire;
    bool stop = true;
    wire_open(&wire);
    int64_t before_us = clock_now_us(&wire.clock);
    assert_true(cdp_pump(wire.cdp, before_us + 60 * SECOND_US, &stop));
    assert_true(clock_now_us(&wire.clock) - before_us < 30 * SECOND_US);
    wire_close(&wire);
}

/* A child that plays the browser. */
typedef void Player(int in, int out);

static pid_t player_start(Wire *wire, Player *player)
{
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(wire->write_fd);
        close(wire->read_fd);
        player(wire->browser_in, wire->browser_out);
        _exit(0);
    }
    browser_hangs_up(wire); /* the child has it */
    return pid;
}

static void put_whole(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, data, size);
        if (put <= 0)
            _exit(1);
        data += put;
        size -= (size_t)put;
    }
}

/* Write much before reading anything: only who polls both ways gets on. */
static void stubborn(int in, int out)
{
    static const size_t size = 4 * MEGABYTE;
    char *data = malloc(size);
    if (!data)
        _exit(1);
    memset(data, 'a', size);
    put_whole(out, "{\"id\":1,\"result\":{\"x\":\"", 23);
    put_whole(out, data, size);
    size_t left = size;
    while (left > 0) {
        ssize_t got = read(in, data, size);
        if (got <= 0)
            _exit(1);
        left -= (size_t)got < left ? (size_t)got : left;
    }
    put_whole(out, "\"}}", 4);
    free(data);
}

void test_cdp__large_messages_both_ways_do_not_wait_for_each_other(void)
{
    Wire wire;
    AUTO(buf_release) Buf params = {0};
    const Json *result = NULL;
    wire_open(&wire);
    pid_t pid = player_start(&wire, stubborn);
    buf_init(&params, 8 * MEGABYTE);
    buf_add_text(&params, "{\"z\":\"");
    for (int i = 0; i < 4 * MEGABYTE / 64; i++)
        buf_add_text(&params,
                     "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    buf_add_text(&params, "\"}");
    assert_true(cdp_call(wire.cdp, "", "Big.one", buf_text(&params), 60 * SECOND_US,
                         wire.arena, &result, NULL));
    assert_int_equal(json_str(json_get(result, "x")).length, 4 * MEGABYTE);
    waitpid(pid, NULL, 0);
    wire_close(&wire);
}

static void boundless(int in, int out)
{
    char *data = malloc(MEGABYTE);
    if (!data)
        _exit(1);
    (void)in;
    memset(data, 'a', MEGABYTE);
    put_whole(out, "{\"id\":1,\"result\":{\"x\":\"", 23);
    for (int i = 0; i < 70; i++)
        put_whole(out, data, MEGABYTE);
    put_whole(out, "\"}}", 4);
    put_whole(out, "{\"id\":2,\"result\":{\"x\":\"next\"}}", 31);
    free(data);
}

void test_cdp__a_message_beyond_the_limit_fails_its_call_alone(void)
{
    Wire wire;
    Error err = {0};
    const Json *result = NULL;
    wire_open(&wire);
    pid_t pid = player_start(&wire, boundless);
    assert_false(
        cdp_call(wire.cdp, "", "Too.big", NULL, 60 * SECOND_US, wire.arena, &result, &err));
    assert_string_equal(err.what, "the answer is larger than the limit of 64 MiB");
    assert_true(cdp_call(wire.cdp, "", "Next.one", NULL, 60 * SECOND_US, wire.arena,
                         &result, NULL));
    assert_string_equal(json_text(json_get(result, "x"), ""), "next");
    waitpid(pid, NULL, 0);
    wire_close(&wire);
}
