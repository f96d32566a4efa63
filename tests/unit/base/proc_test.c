/* proc_test.c - promises of base/proc.
 *
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/out.h"
#include "base/proc.h"
#include "unit.h"

static int answer_number(void *context)
{
    return *(int *)context;
}

static int sleep_for_ever(void *context)
{
    (void)context;
    while (pause() < 0)
        continue;
    return 0;
}

static int die_by_signal(void *context)
{
    (void)context;
    raise(SIGKILL);
    return 0;
}

/* Leaves a grandchild that holds the writing end of the pipe, and ends. */
static int leave_grandchild(void *context)
{
    (void)context;
    if (fork() == 0)
        for (;;)
            pause();
    return 0;
}

void test_proc__children_answer_with_their_code_and_job(void)
{
    Proc slots[2] = {{0}};
    ProcPool pool = {slots, 2};
    ProcEnd end;
    int numbers[] = {7, 255};
    int seen = 0;

    assert_true(proc_has_room(&pool));
    assert_false(proc_is_busy(&pool));
    for (size_t i = 0; i < 2; i++)
        assert_true(proc_start(&pool, i, answer_number, &numbers[i], 0, NULL));
    assert_false(proc_has_room(&pool));
    for (int i = 0; i < 2; i++) {
        assert_true(proc_wait(&pool, 10000000, &end));
        assert_int_equal(end.exit_code, numbers[end.job]);
        assert_int_equal(end.signal, 0);
        assert_false(end.is_over_time);
        seen += 1 << end.job;
    }
    assert_int_equal(seen, 3);
    assert_false(proc_wait(&pool, -1, &end));
}

void test_proc__a_deadline_kills(void)
{
    Proc slots[3] = {{0}};
    ProcPool pool = {slots, 3};
    ProcEnd end;
    assert_true(proc_start(&pool, 5, sleep_for_ever, NULL, 30000, NULL));
    assert_true(proc_wait(&pool, 20000000, &end));
    assert_int_equal(end.job, 5);
    assert_int_equal(end.exit_code, -1);
    assert_int_equal(end.signal, SIGKILL);
    assert_true(end.is_over_time);
}

void test_proc__waiting_ends_in_time(void)
{
    Proc slots[1] = {{0}};
    ProcPool pool = {slots, 1};
    ProcEnd end;
    assert_true(proc_start(&pool, 1, sleep_for_ever, NULL, 0, NULL));
    assert_false(proc_wait(&pool, 20000, &end));
    assert_true(proc_is_busy(&pool));
    proc_kill_all(&pool);
    assert_false(proc_is_busy(&pool));
}

void test_proc__a_crash_is_not_a_timeout(void)
{
    Proc slots[1] = {{0}};
    ProcPool pool = {slots, 1};
    ProcEnd end;
    assert_true(proc_start(&pool, 1, die_by_signal, NULL, 10000000, NULL));
    assert_true(proc_wait(&pool, -1, &end));
    assert_int_equal(end.signal, SIGKILL);
    assert_false(end.is_over_time);
}

void test_proc__grandchildren_die_with_the_child(void)
{
    Proc slots[1] = {{0}};
    ProcPool pool = {slots, 1};
    ProcEnd end;
    int ends[2];
    char byte = 0;

    assert_int_equal(pipe(ends), 0);
    assert_true(proc_start(&pool, 1, leave_grandchild, NULL, 10000000, NULL));
    close(ends[1]);
    assert_true(proc_wait(&pool, 10000000, &end));
    /* The grandchild held the other end: its death closes the pipe. */
    struct pollfd fd = {.fd = ends[0], .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 10000), 1);
    assert_int_equal(read(ends[0], &byte, 1), 0);
    close(ends[0]);
}

void test_proc__programs_are_run_and_their_output_kept(void)
{
    const char *const argv[] = {"sh", "-c", "printf abc; echo lost >&2; exit 3", NULL};
    AUTO(buf_release) Buf out = {0};
    Error err = {0};
    int code = 0;
    buf_init(&out, 100);
    assert_true(proc_run(argv, &out, 10000000, &code, &err));
    assert_int_equal(code, 3);
    assert_string_equal(buf_text(&out), "abc");
}

void test_proc__output_stops_at_the_limit(void)
{
    const char *const argv[] = {"sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x", NULL};
    AUTO(buf_release) Buf out = {0};
    int code = 0;
    buf_init(&out, 1000);
    assert_true(proc_run(argv, &out, 10000000, &code, NULL));
    assert_int_equal(code, 0);
    assert_int_equal(out.length, 1000);
}

void test_proc__a_missing_program_is_an_error(void)
{
    const char *const argv[] = {"no-such-program-at-all", NULL};
    AUTO(buf_release) Buf out = {0};
    Error err = {0};
    int code = 0;
    buf_init(&out, 100);
    assert_false(proc_run(argv, &out, 10000000, &code, &err));
    assert_int_equal(err.code, ERROR_FAILED);
    assert_string_equal(err.what,
                        "cannot start 'no-such-program-at-all': No such file or directory");
}

void test_proc__a_program_over_time_is_killed(void)
{
    const char *const quiet[] = {"sleep", "1000", NULL};
    const char *const noisy[] = {"yes", NULL};
    const char *const *const programs[] = {quiet, noisy};
    for (size_t i = 0; i < COUNT_OF(programs); i++) {
        AUTO(buf_release) Buf out = {0};
        Error err = {0};
        int code = 0;
        buf_init(&out, 100);
        assert_false(proc_run(programs[i], &out, 50000, &code, &err));
        assert_int_equal(err.code, ERROR_FAILED);
        assert_non_null(strstr(err.what, "did not end within 50 ms"));
    }
}

void test_proc__a_background_child_does_not_hold_a_program_up(void)
{
    const char *const argv[] = {"sh", "-c", "sleep 1000 & printf done", NULL};
    AUTO(buf_release) Buf out = {0};
    int code = 0;
    buf_init(&out, 100);
    assert_true(proc_run(argv, &out, 20000000, &code, NULL));
    assert_string_equal(buf_text(&out), "done");
}

void test_proc__which_finds_programs(void)
{
    char path[4096];
    assert_non_null(proc_which("sh", path, sizeof(path)));
    assert_int_equal(path[0], '/');
    assert_null(proc_which("no-such-program-at-all", path, sizeof(path)));
    assert_null(proc_which("", path, sizeof(path)));
    assert_string_equal(proc_which("/bin/sh", path, sizeof(path)), "/bin/sh");
    assert_null(proc_which("/etc", path, sizeof(path)));
    assert_null(proc_which("sh", path, 3));
}

void test_proc__a_started_program_leaves_its_errors_in_a_file(void)
{
    char path[] = "/tmp/mystery-proc-XXXXXX";
    static const char *const arguments[] = {"sh", "-c", "echo $A >&2; read x || exit 5",
                                            NULL};
    static const char *const environment[] = {"A=words", "PATH=/usr/bin:/bin", NULL};
    AUTO(arena_auto) Arena *arena = arena_create();
    Proc slots[1] = {{0}};
    ProcPool pool = {slots, 1};
    ProcEnd end = {0};
    Error err = {0};
    Str text;
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    ProcProgram program = {"/bin/sh", arguments, environment, path};
    assert_true(proc_start_program(&pool, 7, &program, 0, &err));
    assert_true(proc_wait(&pool, -1, &end));
    assert_int_equal(end.exit_code, 5);
    assert_int_equal(end.job, 7);
    assert_true(file_read(arena, path, 100, &text, &err));
    assert_true(str_equal(text, STR("words\n")));
    program.path = "/nonexistent";
    assert_true(proc_start_program(&pool, 0, &program, 0, &err));
    assert_true(proc_wait(&pool, -1, &end));
    assert_int_equal(end.exit_code, 127);
    unlink(path);
}
