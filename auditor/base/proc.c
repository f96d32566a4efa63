/* proc.c - children with deadlines, each a process group of its own.
 *
 * A group is killed while its leader is still waited for, so that the number cannot belong
 * to somebody else yet. Layer: base. SPDX-License-Identifier: MIT */
#include "base/proc.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/units.h"

#ifdef COVERAGE
void __gcov_dump(void);
#endif

enum { WATCHED_MOST = 64, NAP_MS = 5, WAIT_MOST_MS = 60 * 1000 };

static int64_t now_us(void)
{
    const Clock real = {.is_fixed = false};
    return clock_now_us(&real);
}

static int64_t deadline_of(int64_t timeout_us)
{
    return timeout_us > 0 ? now_us() + timeout_us : 0;
}

/* What every child does first. parent: who must be alive. */
static void child_begin(pid_t parent)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE};
    sigset_t none;

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* The parent may have died before the line above. */
    if (getppid() != parent)
        _exit(1);
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        signal(signals[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static pid_t child_fork(void)
{
    pid_t parent = getpid();
    pid_t pid = 0;

    /* What stands in our buffers must not be written by both. */
    fflush(NULL);
    pid = fork();
    if (pid == 0)
        child_begin(parent);
    else if (pid > 0)
        setpgid(pid, pid); /* whoever of the two comes first */
    return pid;
}

static void group_kill(pid_t pid)
{
    if (kill(-pid, SIGKILL) != 0)
        kill(pid, SIGKILL);
}

/* Has the child ended? Then the rest of its group is killed and it is reaped. */
static bool child_reap(pid_t pid, int *status, int flags)
{
    siginfo_t info = {0};
    int answer = 0;

    do
        answer = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT | flags);
    while (answer != 0 && errno == EINTR);
    if (answer == 0 && info.si_pid == 0)
        return false;
    group_kill(pid);
    *status = 0;
    while (waitpid(pid, status, 0) < 0 && errno == EINTR)
        continue;
    return true;
}

bool proc_start(ProcPool *pool, size_t job, ProcWork *work, void *context,
                int64_t timeout_us, Error *err)
{
    Proc *slot = NULL;
    pid_t pid = 0;

    for (size_t i = 0; i < pool->width && !slot; i++)
        if (pool->slots[i].pid == 0)
            slot = &pool->slots[i];
    assert(slot);
    pid = child_fork();
    if (pid < 0)
        return error_set(err, ERROR_FAILED, NULL, "cannot start a child process: %s",
                         strerror(errno));
    if (pid == 0) {
        int code = work(context);
        fflush(NULL);
#ifdef COVERAGE
        __gcov_dump();
#endif
        _exit(code);
    }
    *slot = (Proc){.pid = pid, .deadline_us = deadline_of(timeout_us), .job = job};
    return true;
}

bool proc_has_room(const ProcPool *pool)
{
    for (size_t i = 0; i < pool->width; i++)
        if (pool->slots[i].pid == 0)
            return true;
    return false;
}

bool proc_is_busy(const ProcPool *pool)
{
    for (size_t i = 0; i < pool->width; i++)
        if (pool->slots[i].pid != 0)
            return true;
    return false;
}

/* Milliseconds from now to the nearest of two moments (0: none), rounded up and bounded so
 * that a wrong clock cannot hang us. */
static int wait_ms(int64_t one_us, int64_t other_us)
{
    int64_t until = one_us == 0 || (other_us != 0 && other_us < one_us) ? other_us : one_us;
    int64_t left_ms = until == 0 ? WAIT_MOST_MS : (until - now_us() + 999) / 1000;
    if (left_ms < 0)
        return 0;
    return left_ms < WAIT_MOST_MS ? (int)left_ms : WAIT_MOST_MS;
}

/* Sleep until one of the children ends or ms passed. False: a signal handler ran. */
static bool children_watch(const ProcPool *pool, int ms)
{
    struct pollfd fds[WATCHED_MOST];
    nfds_t count = 0;
    int ready = 0;

    for (size_t i = 0; i < pool->width; i++) {
        int fd = -1;
        if (pool->slots[i].pid == 0)
            continue;
        if (count < WATCHED_MOST)
            fd = pidfd_open(pool->slots[i].pid, 0);
        if (fd >= 0)
            fds[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
        else if (ms > NAP_MS)
            ms = NAP_MS; /* a child that cannot be watched is looked at now and then */
    }
    ready = poll(fds, count, ms);
    for (nfds_t i = 0; i < count; i++)
        close(fds[i].fd);
    return ready >= 0;
}

/* Kill who is over time; the nearest deadline of the others (0: none). */
static int64_t deadlines_keep(ProcPool *pool)
{
    int64_t now = now_us();
    int64_t nearest = 0;

    for (size_t i = 0; i < pool->width; i++) {
        Proc *slot = &pool->slots[i];
        if (slot->pid == 0 || slot->deadline_us == 0 || slot->is_over_time)
            continue;
        if (slot->deadline_us <= now) {
            slot->is_over_time = true;
            group_kill(slot->pid);
        } else if (nearest == 0 || slot->deadline_us < nearest) {
            nearest = slot->deadline_us;
        }
    }
    return nearest;
}

/* Take one child that has ended, in the order of the slots. */
static bool pool_reap(ProcPool *pool, ProcEnd *end)
{
    for (size_t i = 0; i < pool->width; i++) {
        Proc *slot = &pool->slots[i];
        int status = 0;
        if (slot->pid == 0 || !child_reap(slot->pid, &status, WNOHANG))
            continue;
        *end = (ProcEnd){.job = slot->job,
                         .exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                         .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
                         .is_over_time = slot->is_over_time};
        *slot = (Proc){.pid = 0};
        return true;
    }
    return false;
}

bool proc_wait(ProcPool *pool, int64_t wait_us, ProcEnd *end)
{
    int64_t until = wait_us < 0 ? 0 : now_us() + wait_us;

    while (proc_is_busy(pool)) {
        int64_t nearest = deadlines_keep(pool);
        if (pool_reap(pool, end))
            return true;
        if (until != 0 && now_us() >= until)
            return false;
        if (!children_watch(pool, wait_ms(nearest, until)))
            return false;
    }
    return false;
}

void proc_kill_all(ProcPool *pool)
{
    for (size_t i = 0; i < pool->width; i++)
        if (pool->slots[i].pid != 0)
            group_kill(pool->slots[i].pid);
    for (size_t i = 0; i < pool->width; i++) {
        int status = 0;
        if (pool->slots[i].pid != 0)
            child_reap(pool->slots[i].pid, &status, 0);
        pool->slots[i] = (Proc){.pid = 0};
    }
}

/* A program being run: its pipes and when it must be over. */
typedef struct Run {
    pid_t pid;
    int out;     /* reading end of its standard output; -1 after its end */
    int failure; /* reading end of the pipe that closes when exec succeeds */
    int64_t deadline_us;
} Run;

/* The child's part: never returns. failure: where errno goes when exec fails. */
static NO_RETURN void program_exec(const char *const *argv, int out, int failure)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int code = 0;

    if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
        dup2(nothing, STDERR_FILENO) >= 0)
        execvp(argv[0], (char *const *)(uintptr_t)argv);
    code = errno;
    if (write(failure, &code, sizeof(code)) < 0)
        _exit(126);
    _exit(127);
}

/* The work of a child that becomes a program. */
static int program_become(void *context)
{
    const ProcProgram *program = context;
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int errors = open(program->errors, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (nothing < 0 || errors < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(nothing, STDOUT_FILENO) < 0 || dup2(errors, STDERR_FILENO) < 0)
        return 127;
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    execve(program->path, (char *const *)(uintptr_t)program->arguments,
           (char *const *)(uintptr_t)program->environment);
    return 127;
}

bool proc_start_program(ProcPool *pool, size_t job, const ProcProgram *program,
                        int64_t timeout_us, Error *err)
{
    ProcProgram copy = *program;
    return proc_start(pool, job, program_become, &copy, timeout_us, err);
}

static void fd_drop(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool run_start(Run *run, const char *const *argv, Error *err)
{
    int out[2] = {-1, -1};
    int failure[2] = {-1, -1};

    if (pipe2(out, O_CLOEXEC) == 0 && pipe2(failure, O_CLOEXEC) == 0)
        run->pid = child_fork();
    else
        run->pid = -1;
    if (run->pid == 0)
        program_exec(argv, out[1], failure[1]);
    if (run->pid < 0)
        error_set(err, ERROR_FAILED, NULL, "cannot start '%s': %s", argv[0],
                  strerror(errno));
    fd_drop(&out[1]);
    fd_drop(&failure[1]);
    run->out = out[0];
    run->failure = failure[0];
    return run->pid > 0;
}

/* Did exec fail? Blocks only until exec. */
static bool run_is_started(Run *run, const char *name, Error *err)
{
    int code = 0;
    ssize_t got = 0;

    do
        got = read(run->failure, &code, sizeof(code));
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof(code))
        return true;
    return error_set(err, ERROR_FAILED, NULL, "cannot start '%s': %s", name,
                     strerror(code));
}

/* Take what the pipe has; closes it at its end. What does not fit is dropped. */
static void run_read(Run *run, Buf *out)
{
    char chunk[16384];
    ssize_t got = read(run->out, chunk, sizeof(chunk));

    if (got > 0) {
        size_t room = out->limit - out->length;
        Str bytes = str_slice(str_from(chunk, (size_t)got), 0, room);
        (void)buf_add(out, bytes);
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        fd_drop(&run->out);
    }
}

/* Sleep until there is output, the program ended or its time is over. Returns whether there
 * is output. */
static bool run_watch(const Run *run)
{
    struct pollfd fds[2] = {{.fd = run->out, .events = POLLIN},
                            {.fd = pidfd_open(run->pid, 0), .events = POLLIN}};
    int ms = wait_ms(run->deadline_us, 0);
    int ready = 0;

    /* A program that cannot be watched is looked at now and then. */
    if (fds[1].fd < 0 && ms > NAP_MS)
        ms = NAP_MS;
    ready = poll(fds, 2, ms);
    fd_drop(&fds[1].fd);
    return ready > 0 && fds[0].revents != 0;
}

/* Collect output until the program ends. False: over time. */
static bool run_collect(Run *run, Buf *out, int *status)
{
    for (;;) {
        if (run_watch(run))
            run_read(run, out);
        if (child_reap(run->pid, status, WNOHANG))
            break;
        if (run->deadline_us != 0 && now_us() >= run->deadline_us)
            return false;
    }
    /* What the program wrote last; its own children, if any, are dead by now. */
    if (run->out >= 0)
        fcntl(run->out, F_SETFL, O_NONBLOCK);
    for (int i = 0; run->out >= 0 && i < 64; i++)
        run_read(run, out);
    return true;
}

bool proc_run(const char *const *argv, Buf *out, int64_t timeout_us, int *exit_code,
              Error *err)
{
    Run run = {.pid = -1, .out = -1, .failure = -1, .deadline_us = deadline_of(timeout_us)};
    int status = 0;
    bool is_done = run_start(&run, argv, err) && run_is_started(&run, argv[0], err);

    if (is_done && !run_collect(&run, out, &status)) {
        is_done = error_set(err, ERROR_FAILED, NULL, "'%s' did not end within %lld ms",
                            argv[0], (long long)(timeout_us / 1000));
        group_kill(run.pid);
    }
    if (!is_done && run.pid > 0)
        child_reap(run.pid, &status, 0);
    fd_drop(&run.out);
    fd_drop(&run.failure);
    *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return is_done;
}

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

const char *proc_which(const char *name, char *buffer, size_t size)
{
    const char *path = getenv("PATH");
    Str rest = str_of(path ? path : "/usr/local/bin:/usr/bin:/bin");
    Str folder = {0};

    if (strchr(name, '/'))
        return is_program(name) && snprintf(buffer, size, "%s", name) < (int)size ? buffer
                                                                                  : NULL;
    while (name[0] != '\0' && str_next(&rest, ':', &folder)) {
        int length = 0;
        if (str_is_empty(folder))
            folder = STR(".");
        length = snprintf(buffer, size, "%.*s/%s", STR_ARGS(folder), name);
        if (length > 0 && (size_t)length < size && is_program(buffer))
            return buffer;
    }
    return NULL;
}
